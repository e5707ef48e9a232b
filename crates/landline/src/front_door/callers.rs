//! Who calls: from a request's signature to a [`Caller`].

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http::header::USER_AGENT;
use landline_wire::sigv4::{self, Credential, Scope, Verifier, WireRequest};
use landline_wire::{Caller, Clock, ServiceError, request_id};

use super::Arrival;
use crate::config::{Config, Credentials};
use crate::node::IssuedCredentials;

/// Tells callers apart.
#[derive(Debug)]
pub struct Callers {
    account_id: Arc<str>,
    region: Arc<str>,
    principal: Arc<str>,
    credentials: Credentials,
    verifier: Verifier,
    /// What functions call back with.
    issued: Arc<IssuedCredentials>,
}

/// A caller, and what the request is signed for.
#[derive(Debug)]
pub struct Identified {
    /// Who calls.
    pub caller: Caller,
    /// The service that the signature names.
    pub signing_name: String,
}

impl Callers {
    /// Callers of a node with this configuration.
    pub fn new(config: &Config, clock: Arc<dyn Clock>, issued: Arc<IssuedCredentials>) -> Self {
        Self {
            account_id: config.account_id.as_str().into(),
            region: config.region.as_str().into(),
            principal: format!("arn:aws:iam::{}:root", config.account_id).into(),
            credentials: config.credentials.clone(),
            verifier: Verifier::new(clock),
            issued,
        }
    }

    /// The caller as far as no signature is looked at.
    pub fn anonymous<B>(&self, request: &Request<B>, arrival: Arrival) -> Caller {
        let agent = request.headers().get(USER_AGENT);
        Caller {
            account_id: self.account_id.clone(),
            region: self.region.clone(),
            principal: self.principal.clone(),
            access_key_id: None,
            source_arn: None,
            source_ip: Some(arrival.peer.ip().to_canonical()),
            user_agent: agent.and_then(|agent| agent.to_str().ok()).map(Into::into),
            request_id: request_id::uuid().into(),
        }
    }

    /// Identifies the caller, or refuses.
    ///
    /// Where any credentials pass, there must still be some: a web page that makes a
    /// browser send requests here has none. `service` words the refusal of a request
    /// that names no service itself.
    ///
    /// # Errors
    ///
    /// The refusal, in the words of the request's service.
    pub fn identify(
        &self,
        request: &Request<Bytes>,
        arrival: Arrival,
        service: &str,
    ) -> Result<Identified, ServiceError> {
        let mut caller = self.anonymous(request, arrival);
        let scope = match &self.credentials {
            Credentials::Any => self.read(request, service)?,
            Credentials::Key {
                access_key_id,
                secret_access_key,
            } => {
                let find = |id: &str| {
                    let own = || Credential::lasting(secret_access_key.reveal());
                    (id == access_key_id)
                        .then(own)
                        .or_else(|| self.issued.credential(id))
                };
                let verified = self.verifier.verify(&wire(request), find, service)?;
                verified.scope
            }
        };
        if let Some(role) = self.issued.principal(&scope.access_key_id) {
            caller.principal = role.into();
        }
        caller.access_key_id = Some(scope.access_key_id.as_str().into());
        Ok(Identified {
            caller,
            signing_name: scope.service,
        })
    }

    /// The scope as it is written; a request whose scope cannot be read is refused
    /// as a verifier would refuse it.
    fn read(&self, request: &Request<Bytes>, service: &str) -> Result<Scope, ServiceError> {
        let query = request.uri().query().unwrap_or_default();
        match sigv4::parse_scope(request.headers(), query) {
            Some(scope) => Ok(scope),
            None => Err(self
                .verifier
                .verify(&wire(request), |_| None, service)
                .err()
                .unwrap_or_else(|| ServiceError::new("AccessDenied", 403, "Access Denied"))),
        }
    }
}

fn wire(request: &Request<Bytes>) -> WireRequest<'_> {
    WireRequest {
        method: request.method().as_str(),
        path: request.uri().path(),
        query: request.uri().query().unwrap_or_default(),
        headers: request.headers(),
        body: request.body(),
    }
}
