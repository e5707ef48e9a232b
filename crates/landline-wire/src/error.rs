//! The one error that leaves a service.
//!
//! A service says what went wrong in AWS's words; how that looks on the wire
//! (`x-amzn-errortype`, `__type`, `<ErrorResponse>`) is `protocol/error.rs`'s matter.

use std::borrow::Cow;
use std::fmt;

/// An error as an AWS API answers it: a code that SDKs turn into an exception
/// class, the HTTP status, a message for people, and any further members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceError {
    /// The exception's name, such as `ResourceNotFoundException`.
    pub code: Cow<'static, str>,
    /// The HTTP status of the answer.
    pub status: u16,
    /// What went wrong, in AWS's words where they are known.
    pub message: String,
    /// Members beside the message, as JSON values by their wire names.
    pub fields: Vec<(Cow<'static, str>, serde_json::Value)>,
}

impl ServiceError {
    /// An error with a code, an HTTP status and a message.
    pub fn new(
        code: impl Into<Cow<'static, str>>,
        status: u16,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            status,
            message: message.into(),
            fields: Vec::new(),
        }
    }

    /// The same error with one more member.
    #[must_use]
    pub fn with_field(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<serde_json::Value>,
    ) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// A fault of Landline's own. The cause goes to the log, not to the client.
    pub fn internal(cause: &dyn fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Self::new("InternalServerError", 500, "Internal server error")
    }

    /// Whether the caller is at fault (4xx).
    pub fn is_client_fault(&self) -> bool {
        self.status < 500
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ServiceError {}

/// An exception of a service's model: its code and HTTP status, without a message.
///
/// The generated modules hold one constant per exception:
/// `errors::NotFoundException.with("Invalid API identifier specified")`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorShape {
    /// The name of the model's shape, which is the code unless the model says otherwise.
    pub name: &'static str,
    /// The code on the wire.
    pub code: &'static str,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The name of its message member on the wire: `message` or `Message`.
    pub message_member: &'static str,
}

impl ErrorShape {
    /// This exception with a message.
    pub fn with(self, message: impl Into<String>) -> ServiceError {
        ServiceError::new(self.code, self.status, message)
    }

    /// Whether `error` is this exception.
    pub fn matches(self, error: &ServiceError) -> bool {
        error.code == self.code
    }
}
