//! What goes back to the client: error frames, refusals of a handshake, replies.
//!
//! The shape of a gateway error lives here and nowhere else.

use std::borrow::Cow;

use bytes::Bytes;

use crate::connection::id::ConnectionId;
use crate::integration::{Answer, IntegrationFailure};

/// What the gateway says for itself, to a message or to a handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GatewayError {
    /// No route takes the message.
    Forbidden,
    /// The message is not what its route's model says.
    InvalidRequestBody,
    /// A limit is used up.
    TooManyRequests,
    /// The integration failed or answered nonsense.
    BadGateway,
    /// The integration could not be called.
    InternalServerError,
    /// The integration took too long.
    GatewayTimeout,
    /// There is no template for the message, and it may not be passed on without.
    UnsupportedMediaType,
}

impl GatewayError {
    /// The status that refuses a handshake.
    pub(crate) fn status(self) -> u16 {
        match self {
            Self::Forbidden => 403,
            Self::InvalidRequestBody => 400,
            Self::TooManyRequests => 429,
            Self::BadGateway => 502,
            Self::InternalServerError => 500,
            Self::GatewayTimeout => 504,
            Self::UnsupportedMediaType => 415,
        }
    }

    /// What it says, `$context.error.message` in logs.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Forbidden => "Forbidden",
            Self::InvalidRequestBody => "Invalid request body",
            Self::TooManyRequests => "Too Many Requests",
            Self::BadGateway | Self::InternalServerError => "Internal server error",
            Self::GatewayTimeout => "Endpoint request timed out",
            Self::UnsupportedMediaType => "Unsupported Media Type",
        }
    }

    /// The frame, or the body of the refusal. AWS puts a blank after the first
    /// colon only.
    pub(crate) fn render(self, connection_id: &ConnectionId, request_id: &str) -> Bytes {
        render(self.message(), connection_id, request_id)
    }
}

/// An error in the gateway's form. The message must need no escaping.
pub(crate) fn render(message: &str, connection_id: &ConnectionId, request_id: &str) -> Bytes {
    format!(
        "{{\"message\": \"{message}\", \"connectionId\":\"{connection_id}\", \"requestId\":\"{request_id}\"}}"
    )
    .into()
}

impl From<IntegrationFailure> for GatewayError {
    fn from(failure: IntegrationFailure) -> Self {
        match failure {
            IntegrationFailure::FunctionError | IntegrationFailure::MalformedResponse => {
                Self::BadGateway
            }
            IntegrationFailure::NotCallable
            | IntegrationFailure::MappingFailed
            | IntegrationFailure::AnswerTooLarge => Self::InternalServerError,
            IntegrationFailure::UnsupportedMediaType => Self::UnsupportedMediaType,
            IntegrationFailure::TimedOut => Self::GatewayTimeout,
        }
    }
}

/// The message that a two-way route sends back: the body, as text, if there is one.
pub(crate) fn reply(answer: Answer) -> Option<Bytes> {
    let body = answer.body.filter(|body| !body.is_empty())?;
    // Frames are text whatever the bytes are.
    Some(into_text(body))
}

/// Bytes as text, with U+FFFD for what is not UTF-8.
pub(crate) fn into_text(bytes: Bytes) -> Bytes {
    if simdutf8::basic::from_utf8(&bytes).is_ok() {
        return bytes;
    }
    match String::from_utf8_lossy(&bytes) {
        Cow::Owned(text) => text.into(),
        Cow::Borrowed(_) => bytes,
    }
}
