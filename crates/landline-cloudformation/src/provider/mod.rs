//! What the engine asks of a resource family: its schema, and how to create, update and delete one of its resources.
//! The engine knows nothing else about any resource type.

mod names;
mod observation;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use landline_wire::dispatcher::BoxFuture;
use landline_wire::{Caller, ServiceError};
use serde_json::Value as Json;

pub use names::physical_name;
pub use observation::{Observed, Observer};

/// One resource type, as data: enough to refuse a template before anything is deployed.
#[derive(Debug)]
pub struct Schema {
    pub resource_type: &'static str,
    pub required: &'static [&'static str],
    /// All properties, the required ones included; empty if any property is taken.
    pub properties: &'static [&'static str],
    /// A change of one of these makes a new resource.
    pub replace_on: &'static [&'static str],
    /// What `Fn::GetAtt` gives: a name, a beginning with `*` (`Outputs.*`), or `*` where only the resource knows.
    pub attributes: &'static [&'static str],
}

impl Schema {
    /// Whether a resource of the type may have the attribute.
    pub fn has_attribute(&self, attribute: &str) -> bool {
        self.attributes
            .iter()
            .any(|known| match known.strip_suffix('*') {
                Some(beginning) => attribute.starts_with(beginning),
                None => *known == attribute,
            })
    }
}

/// A property that no author writes. A type that has it in `replace_on` freezes what it depends on when it is made (a
/// deployment of an API); when a deployment asks for it, the engine sets it to a fingerprint of that, so that the thing
/// is made anew when what it froze has changed.
pub const SNAPSHOT: &str = "Snapshot";

/// Creates, updates and deletes the resources of one type.
pub trait ResourceProvider: Send + Sync + 'static {
    fn schema(&self) -> &'static Schema;

    /// Completes resolved properties with what only the provider sees (a fingerprint of the code that a path names), so
    /// that a change of it is a change of the resource. Called before anything is touched; must not change anything.
    /// `directory` is where the template lies, if it lies on this machine.
    fn prepare<'a>(
        &'a self,
        properties: Json,
        _directory: Option<&'a Path>,
    ) -> Provisioning<'a, Json> {
        Box::pin(async move { Ok(properties) })
    }

    /// Refuses values that no resource of the type can have, before anything is touched. Some are only known later, and
    /// [`KNOWN_AFTER_APPLY`](crate::template::KNOWN_AFTER_APPLY) until then.
    fn check(&self, _properties: &Json) -> Result<(), ProvisionError> {
        Ok(())
    }

    /// Refuses an update in place that the type cannot make, before anything is touched.
    fn check_update(&self, _before: &Json, _after: &Json) -> Result<(), ProvisionError> {
        Ok(())
    }

    /// The physical id that a creation will give, if the request alone decides it: a name, or the id that a service
    /// draws from the request's token ([`landline_wire::NewIds`]). With it, a creation that a crash interrupted can be undone.
    fn intended_id(&self, _request: &ResourceRequest) -> Option<String> {
        None
    }

    /// How an existing resource of the type is told to a stack; nothing if stacks cannot take over one.
    fn import(&self) -> Option<&'static Import> {
        None
    }

    /// Looks at the existing resource that a stack shall take over, by what [`Import`] says. Changes nothing; the error is
    /// the reason why there is none.
    fn find<'a>(
        &'a self,
        identifier: &'a str,
        _caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        let resource_type = self.schema().resource_type;
        Box::pin(async move { Err(ProvisionError::not_found(resource_type, identifier)) })
    }

    /// The property that says in what a physical id is unique; nothing if it is unique among all of its type.
    fn parent(&self) -> Option<&'static str> {
        None
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned>;

    /// Changes a resource in place; no property of `replace_on` differs.
    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned>;

    /// Deletes a resource. One that is gone already is a success.
    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()>;
}

/// How an existing resource of a type is told to a stack that shall take it over.
#[derive(Debug)]
pub struct Import {
    /// The primary identifier in the schema that AWS has of the type; its value is the physical id.
    pub identifier: &'static str,
    /// The property in which a template names a resource of the type, if it can.
    pub name: Option<&'static str>,
}

/// The future of one call of a provider.
pub type Provisioning<'a, T> = BoxFuture<'a, Result<T, ProvisionError>>;

/// What a resource shall be.
#[derive(Clone, Debug)]
pub struct ResourceRequest {
    pub stack_name: String,
    pub stack_id: String,
    pub logical_id: String,
    /// As the template has it: a family of types has one provider.
    pub resource_type: String,
    /// The name to give, where the template gives none.
    pub physical_name: String,
    /// Resolved and prepared, always a map.
    pub properties: Json,
    pub caller: Caller,
}

/// A resource that exists.
#[derive(Clone, Debug)]
pub struct Existing {
    pub logical_id: String,
    pub resource_type: String,
    pub physical_id: String,
    pub properties: Json,
}

/// What a creation or an update made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provisioned {
    /// The value of `Ref`.
    pub physical_id: String,
    /// The values of `Fn::GetAtt`; that of `*` stands for all that are not named.
    pub attributes: BTreeMap<String, Json>,
    /// What whoever reads the events should know.
    pub note: Option<String>,
}

/// Why a resource could not be created, updated or deleted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct ProvisionError {
    pub reason: String,
}

impl ProvisionError {
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
        }
    }

    /// There is no such resource, in the words of most types.
    pub fn not_found(resource_type: &str, identifier: &str) -> Self {
        Self::new(format!(
            "Resource of type '{resource_type}' with identifier '{identifier}' was not found."
        ))
    }
}

impl From<ServiceError> for ProvisionError {
    /// As CloudFormation tells what a service refused.
    fn from(error: ServiceError) -> Self {
        Self {
            reason: format!(
                "Resource handler returned message: \"{}\" (Status Code: {}, Error Code: {})",
                error.message, error.status, error.code
            ),
        }
    }
}

impl Provisioned {
    pub fn new(physical_id: impl Into<String>) -> Self {
        Self {
            physical_id: physical_id.into(),
            ..Self::default()
        }
    }

    /// The same with one more attribute; one without a value is left out.
    #[must_use]
    pub fn with(mut self, attribute: &str, value: Option<impl Into<Json>>) -> Self {
        if let Some(value) = value {
            self.attributes.insert(attribute.to_owned(), value.into());
        }
        self
    }
}

/// The resource types that can be deployed.
#[derive(Clone, Default)]
pub struct Providers {
    by_type: HashMap<&'static str, Arc<dyn ResourceProvider>>,
    families: Vec<(&'static str, Arc<dyn ResourceProvider>)>,
    observer: Option<Arc<dyn Observer>>,
    note: Option<Note>,
}

/// What whoever reads the events should know of a type with these properties.
type Note = fn(&str, &Json) -> Option<String>;

impl Providers {
    /// Adds the provider of one more type.
    pub fn add(&mut self, provider: impl ResourceProvider) -> &mut Self {
        self.by_type
            .insert(provider.schema().resource_type, Arc::new(provider));
        self
    }

    /// The provider of a type: its own, or that of the family that it belongs to.
    pub fn get(&self, resource_type: &str) -> Option<&Arc<dyn ResourceProvider>> {
        let mut families = self.families.iter();
        let family = families.find(|(beginning, _)| resource_type.starts_with(beginning));
        self.by_type
            .get(resource_type)
            .or(family.map(|(_, provider)| provider))
    }

    /// Lets somebody look at the resources that providers made.
    pub fn observe_with(&mut self, observer: Arc<dyn Observer>) -> &mut Self {
        self.observer = Some(observer);
        self
    }

    /// Lets somebody tell what there is to know of properties, whatever their provider made of them.
    pub fn note_with(&mut self, note: Note) -> &mut Self {
        self.note = Some(note);
        self
    }

    /// What whoever reads the events should know of a resource that was made.
    pub fn note(&self, resource_type: &str, properties: &Json) -> Option<String> {
        self.note?(resource_type, properties)
    }

    /// All providers of single types.
    pub fn all(&self) -> impl Iterator<Item = &Arc<dyn ResourceProvider>> {
        self.by_type.values()
    }

    /// What became of a resource.
    pub async fn observe(
        &self,
        existing: &Existing,
        caller: &Caller,
    ) -> Result<Observed, ProvisionError> {
        match &self.observer {
            Some(observer) => observer.observe(existing, caller).await,
            None => Ok(Observed::Unreadable),
        }
    }

    /// Adds the provider of all types that begin so and have none of their own.
    pub fn add_family(
        &mut self,
        beginning: &'static str,
        provider: Arc<dyn ResourceProvider>,
    ) -> &mut Self {
        self.families.push((beginning, provider));
        self
    }
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut types: Vec<&&str> = self.by_type.keys().collect();
        types.sort();
        f.debug_tuple("Providers").field(&types).finish()
    }
}
