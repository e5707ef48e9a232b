//! What the engine asks when it looks whether resources are still what their templates say.

use landline_wire::Caller;
use serde_json::Value as Json;

use super::{Existing, Provisioning};

/// Looks at resources without changing anything.
pub trait Observer: Send + Sync + 'static {
    fn observe<'a>(
        &'a self,
        existing: &'a Existing,
        caller: &'a Caller,
    ) -> Provisioning<'a, Observed>;
}

/// What became of a resource.
#[derive(Clone, Debug, PartialEq)]
pub enum Observed {
    /// Nobody can read resources of the type.
    Unreadable,
    /// The resource is not there any more.
    Gone,
    /// The properties that can be read, all of them: one that is unset is null.
    Has(serde_json::Map<String, Json>),
}
