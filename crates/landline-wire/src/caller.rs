//! Who makes a call, whether it came over the wire or from another service.

use std::net::IpAddr;
use std::sync::Arc;

/// The identity and the circumstances of one call.
///
/// Cloning is cheap: the texts are shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The twelve-digit account that the call acts in.
    pub account_id: Arc<str>,
    /// The region of the call, from the credential scope or the node's configuration.
    pub region: Arc<str>,
    /// The ARN of the user, role or root, or a service principal such as
    /// `apigateway.amazonaws.com`.
    pub principal: Arc<str>,
    /// The access key that signed the request, if one did.
    pub access_key_id: Option<Arc<str>>,
    /// The ARN on whose behalf a service calls (`aws:SourceArn`).
    pub source_arn: Option<Arc<str>>,
    /// The client's address, for calls from the wire.
    pub source_ip: Option<IpAddr>,
    /// The client's `User-Agent`, for calls from the wire.
    pub user_agent: Option<Arc<str>>,
    /// The request id that the answer and the logs carry.
    pub request_id: Arc<str>,
    /// The trace that the call belongs to, as `X-Amzn-Trace-Id` has it.
    pub trace_id: Option<Arc<str>>,
    /// What the id of a thing that the call makes is drawn from, if somebody has to know it
    /// before. Only calls within the process have it.
    pub creation_token: Option<Arc<str>>,
}

impl Caller {
    /// The account's root, as the owner of a laptop is.
    pub fn root(account_id: &str, region: &str) -> Self {
        Self {
            account_id: account_id.into(),
            region: region.into(),
            principal: format!("arn:aws:iam::{account_id}:root").into(),
            access_key_id: None,
            source_arn: None,
            source_ip: None,
            user_agent: None,
            request_id: crate::request_id::uuid().into(),
            trace_id: None,
            creation_token: None,
        }
    }

    /// A service that calls on behalf of one of its resources, as API Gateway
    /// calls Lambda on behalf of a route.
    #[must_use]
    pub fn service(&self, principal: &str, source_arn: &str) -> Self {
        Self {
            principal: principal.into(),
            source_arn: Some(source_arn.into()),
            access_key_id: None,
            ..self.clone()
        }
    }

    /// The same caller, who knows the id of what a call will make: see [`crate::NewIds`].
    #[must_use]
    pub fn creating(mut self, token: &str) -> Self {
        self.creation_token = Some(token.into());
        self
    }

    /// Whether no policy is asked: the root of the account may everything, and a service is
    /// judged by the resource policies of what it calls.
    pub fn may_everything(&self) -> bool {
        self.principal.ends_with(":root") || self.is_service()
    }

    /// Whether the caller is an AWS service rather than a user or a role.
    pub fn is_service(&self) -> bool {
        self.principal.ends_with(".amazonaws.com")
    }
}
