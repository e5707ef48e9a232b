//! Who calls: from a request's signature to a [`Caller`].

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::Request;
use http::header::USER_AGENT;
use landline_gateway::Authentication;
use landline_s3::{Payload, Sender, address};
use landline_wire::sigv4::{self, Credential, Scope, SignedPolicy, Verifier, WireRequest};
use landline_wire::{Caller, Clock, ServiceError, request_id};

use super::Arrival;
use super::answer::host;
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
    /// The regions that deploy tools believe to be in, as far as the owner was told.
    elsewhere: Mutex<BTreeSet<String>>,
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
            elsewhere: Mutex::default(),
        }
    }

    /// The caller as far as no signature is looked at.
    pub fn anonymous<B>(&self, request: &Request<B>, arrival: Arrival) -> Caller {
        let agent = request.headers().get(USER_AGENT);
        let trace_id = request.headers().get("x-amzn-trace-id");
        Caller {
            account_id: self.account_id.clone(),
            region: self.region.clone(),
            principal: self.principal.clone(),
            access_key_id: None,
            source_arn: None,
            source_ip: Some(arrival.peer.ip().to_canonical()),
            user_agent: agent.and_then(|agent| agent.to_str().ok()).map(Into::into),
            request_id: request_id::uuid().into(),
            trace_id: trace_id.and_then(|id| id.to_str().ok()).map(Into::into),
            creation_token: None,
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
    ) -> Result<Caller, ServiceError> {
        let query = request.uri().query().unwrap_or_default();
        let scope = sigv4::parse_scope(request.headers(), query);
        self.identify_by(scope, request, arrival, service)
    }

    /// The same of a request whose scope has been read.
    ///
    /// # Errors
    ///
    /// The refusal, in the words of the request's service.
    pub fn identify_by(
        &self,
        scope: Option<Scope<'_>>,
        request: &Request<Bytes>,
        arrival: Arrival,
        service: &str,
    ) -> Result<Caller, ServiceError> {
        let wire = wire(request, request.body());
        let scope = match &self.credentials {
            Credentials::Any => self.accept(scope, &wire, service)?,
            Credentials::Key { .. } => {
                let find = |id: &str| self.credential(id);
                self.verifier.verify(&wire, find, service)?.scope
            }
        };
        if scope.service == "cloudformation" && scope.region != *self.region {
            self.tell_of_region(&scope.region);
        }
        Ok(self.identified(request, arrival, &scope))
    }

    /// Says once of each region that ARNs in templates for it will not match those of this one.
    fn tell_of_region(&self, region: &str) {
        let mut told = self
            .elsewhere
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if told.len() < REGIONS_TOLD && told.insert(region.to_owned()) {
            tracing::warn!(
                asked = region,
                is = %self.region,
                "a stack is meant for another region; start Landline with --region, or its ARNs will not match"
            );
        }
    }

    /// What the signature of a request for an API of the owner's proves: nothing, if
    /// there is none. The body is empty, as a handshake's is, or the one that is given.
    pub fn authenticate<B>(
        &self,
        request: &Request<B>,
        body: &[u8],
        arrival: Arrival,
    ) -> Authentication {
        if !sigv4::is_signed(request.headers(), request.uri().query().unwrap_or_default()) {
            return Authentication::Anonymous;
        }
        let wire = wire(request, body);
        let scope = match &self.credentials {
            Credentials::Any => self.read(&wire, EXECUTE_API),
            Credentials::Key { .. } => {
                let find = |id: &str| self.credential(id);
                let verified = self.verifier.verify_for(EXECUTE_API, &wire, find);
                verified.map(|verified| verified.scope)
            }
        };
        match scope {
            Ok(scope) => Authentication::Signed(self.identified(request, arrival, &scope)),
            Err(refusal) => Authentication::Refused(refusal),
        }
    }

    /// Who asks S3 for something, and what the signature says of the body, which is still to
    /// come. Whoever does not sign may ask too: the bucket decides.
    ///
    /// # Errors
    ///
    /// The refusal, in S3's words.
    pub fn identify_for_s3<B>(
        &self,
        request: &Request<B>,
        arrival: Arrival,
    ) -> Result<(Sender, Payload), ServiceError> {
        let query = request.uri().query().unwrap_or_default();
        let payload = |chunks| Payload::stated(request.headers(), chunks);
        if sigv4::is_presigned_v2(query) {
            let caller = self.presigned_v2(request, arrival)?;
            return Ok((Sender::Signed(caller), payload(None)));
        }
        if !sigv4::is_signed(request.headers(), query) {
            return Ok((Sender::Anonymous, payload(None)));
        }
        let wire = wire(request, b"");
        let (scope, chunks) = match &self.credentials {
            Credentials::Any => {
                let scope = self.read(&wire, "s3")?;
                // A URL that has ended has ended, whoever made it.
                self.verifier.check_expiry(query)?;
                (scope, None)
            }
            Credentials::Key { .. } => {
                let find = |id: &str| self.credential(id);
                let head = self.verifier.verify_head(&wire, find)?;
                (head.verified.scope, head.chunks)
            }
        };
        let region: Arc<str> = (*scope.region).into();
        let mut caller = self.identified(request, arrival, &scope);
        // A bucket whose creator names no region is where its creator believes to be.
        caller.region = region;
        Ok((Sender::Signed(caller), payload(chunks)))
    }

    fn presigned_v2<B>(
        &self,
        request: &Request<B>,
        arrival: Arrival,
    ) -> Result<Caller, ServiceError> {
        let mut caller = self.anonymous(request, arrival);
        let wire = wire(request, b"");
        match &self.credentials {
            Credentials::Any => self.verifier.check_expiry(wire.query)?,
            Credentials::Key { .. } => {
                let resource = address::resource(host(request), wire.path);
                let find = |id: &str| self.credential(id);
                let key = self.verifier.verify_presigned_v2(&wire, &resource, find)?;
                self.name(&mut caller, &key);
            }
        }
        Ok(caller)
    }

    /// Whoever signed the policy of a form that uploads to S3; `anonymous` is the form's
    /// request without it.
    ///
    /// # Errors
    ///
    /// The refusal, in S3's words.
    pub fn identify_form(
        &self,
        anonymous: &Caller,
        signed: &SignedPolicy<'_>,
    ) -> Result<Caller, ServiceError> {
        let signer = match &self.credentials {
            Credentials::Any => signed.signer()?,
            Credentials::Key { .. } => {
                let find = |id: &str| self.credential(id);
                self.verifier.verify_policy(signed, find)?
            }
        };
        let mut caller = anonymous.clone();
        self.name(&mut caller, &signer.access_key_id);
        if let Some(region) = signer.region {
            caller.region = region.into();
        }
        Ok(caller)
    }

    /// Says who an access key belongs to.
    fn name(&self, caller: &mut Caller, access_key_id: &str) {
        if let Some(principal) = self.issued.principal(access_key_id) {
            caller.principal = principal;
        }
        caller.access_key_id = Some(access_key_id.into());
    }

    /// The secret of an access key: the owner's, or one that a function was given.
    fn credential(&self, id: &str) -> Option<Credential> {
        match &self.credentials {
            Credentials::Key {
                access_key_id,
                secret_access_key,
            } if id == access_key_id => Some(Credential::lasting(secret_access_key.reveal())),
            _ => self.issued.credential(id),
        }
    }

    fn identified<B>(&self, request: &Request<B>, arrival: Arrival, scope: &Scope<'_>) -> Caller {
        let mut caller = self.anonymous(request, arrival);
        self.name(&mut caller, &scope.access_key_id);
        caller
    }

    /// The scope as it is written.
    fn read<'a>(
        &self,
        request: &WireRequest<'a>,
        service: &str,
    ) -> Result<Scope<'a>, ServiceError> {
        let scope = sigv4::parse_scope(request.headers, request.query);
        self.accept(scope, request, service)
    }

    /// A request whose scope cannot be read is refused as a verifier would refuse it.
    fn accept<'a>(
        &self,
        scope: Option<Scope<'a>>,
        request: &WireRequest<'_>,
        service: &str,
    ) -> Result<Scope<'a>, ServiceError> {
        match scope {
            Some(scope) if scope.service.is_empty() => Ok(Scope {
                service: service.to_owned().into(),
                ..scope
            }),
            Some(scope) => Ok(scope),
            None => Err(self
                .verifier
                .verify(request, |_| None, service)
                .err()
                .unwrap_or_else(|| ServiceError::new("AccessDenied", 403, "Access Denied"))),
        }
    }
}

fn wire<'a, B>(request: &'a Request<B>, body: &'a [u8]) -> WireRequest<'a> {
    WireRequest {
        method: request.method().as_str(),
        path: request.uri().path(),
        query: request.uri().query().unwrap_or_default(),
        headers: request.headers(),
        body,
    }
}

/// More regions than AWS has; a client that invents names is not followed.
const REGIONS_TOLD: usize = 64;

/// The signing name of handshakes and of `@connections`.
const EXECUTE_API: &str = "execute-api";
