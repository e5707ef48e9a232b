//! In which of the protocols that a service knows a request speaks to it.

use super::{Request, cbor};
use crate::ServiceMeta;

/// How a service is spoken to, and so how it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoken {
    /// In the protocol that its declaration names.
    Own,
    /// In CBOR, which newer SDKs prefer.
    Cbor,
    /// In the query protocol, which it spoke before its own.
    FormerQuery,
}

impl Spoken {
    /// What a request for `service` says of itself. SQS and CloudWatch still understand what they
    /// spoke formerly; what has no target was found by the action of its form.
    pub(crate) fn of(service: &ServiceMeta, request: &Request) -> Self {
        if cbor::is_spoken(request) {
            Self::Cbor
        } else if service.query_codes.is_some() && !request.headers().contains_key("x-amz-target") {
            Self::FormerQuery
        } else {
            Self::Own
        }
    }
}
