//! What every service of Landline shares: shapes and operations, the wire
//! protocols that carry them, and the dispatcher that calls them in process.
//!
//! # Layout
//!
//! Read in this order:
//!
//! 1. [`operation`]: an AWS operation as a type, and [`Handler`] which answers it;
//! 2. [`dispatcher`]: typed calls between services, the only door between them;
//! 3. [`shape`]: how a structure describes itself to the codecs;
//! 4. [`protocol`]: one codec per wire protocol, and which request speaks which;
//! 5. [`error`]: the one error that leaves a service;
//! 6. [`sigv4`], [`policy`], [`permit`]: who signed a request, and what IAM policies let them do;
//! 7. [`event_pattern`]: which events somebody wants to see;
//! 8. [`java_pattern`]: expressions as AWS matches them;
//! 9. [`caller`], [`clock`], [`timestamp`], [`request_id`], [`new_ids`], [`arn`]: the small nouns.
//!
//! No other crate knows the HTTP headers of an AWS API, XML or JSON member names.

pub mod arn;
pub mod caller;
pub mod clock;
pub mod dispatcher;
pub mod error;
pub mod event_pattern;
mod hex;
pub mod java_pattern;
pub mod new_ids;
pub mod operation;
pub mod permit;
pub mod policy;
pub mod protocol;
pub mod request_id;
pub mod shape;
pub mod sigv4;
pub mod timestamp;
pub mod validate;

pub use arn::Arn;
pub use caller::Caller;
pub use clock::{Clock, ManualClock, SystemClock};
pub use dispatcher::{Dispatcher, DispatcherBuilder};
pub use error::{ErrorShape, ServiceError};
pub use hex::hex;
pub use java_pattern::JavaPattern;
pub use new_ids::NewIds;
pub use operation::{Handler, Operation, OperationMeta, Protocol, ServiceMeta};
pub use permit::{Around, Asked, Permit, RoleSession};
pub use shape::Encoded;
pub use timestamp::Timestamp;

#[doc(hidden)]
pub mod macro_support;
