//! Who comes, as far as a test says so: signatures and API keys.

use std::time::Duration;

use http::Request;
use hyper::body::Incoming;
use landline_wire::dispatcher::BoxFuture;
use landline_wire::policy::Decision;
use landline_wire::{Asked, Caller, Permit, ServiceError, Timestamp};
use parking_lot::Mutex;

use crate::authorizer::Authentication;
use crate::usage::{Admitted, ApiKeys, Call, KeyRefusal};

/// A principal that has to be allowed what it does.
pub(crate) const ROLE_SESSION: &str = "arn:aws:sts::123456789012:assumed-role/chat/session";

/// What a front door would say of `Authorization: root`, `role` and `wrong`.
pub(super) fn authentication(request: &Request<Incoming>) -> Authentication {
    who(request.headers())
}

pub(super) fn who(headers: &http::HeaderMap) -> Authentication {
    let header = headers.get("authorization");
    let caller = Caller {
        access_key_id: Some("AKIDEXAMPLE".into()),
        ..Caller::root("123456789012", "eu-central-1")
    };
    match header.and_then(|value| value.to_str().ok()) {
        Some("root") => Authentication::Signed(caller),
        Some("role") => Authentication::Signed(Caller {
            principal: ROLE_SESSION.into(),
            ..caller
        }),
        Some("wrong") => Authentication::Refused(ServiceError::new(
            "InvalidSignatureException",
            403,
            "The signature in \"this\" does not match.",
        )),
        _ => Authentication::Anonymous,
    }
}

/// Keys that a test hands out: a value, and what comes of it.
#[derive(Debug, Default)]
pub(crate) struct FakeKeys(Mutex<Vec<(String, Result<Admitted, KeyRefusal>)>>);

impl FakeKeys {
    pub(crate) fn set(&self, value: &str, outcome: Result<&str, KeyRefusal>) {
        let outcome = outcome.map(|id| Admitted {
            api_key_id: id.to_owned(),
            plan_id: "plan12".to_owned(),
        });
        self.0.lock().push((value.to_owned(), outcome));
    }
}

impl ApiKeys for FakeKeys {
    fn admit(
        &self,
        _now: Timestamp,
        _uptime: Duration,
        call: &Call<'_>,
    ) -> Result<Admitted, KeyRefusal> {
        assert_eq!(call.stage, "prod");
        assert!(matches!(call.route_key, "$connect" | "/pets/GET"));
        let keys = self.0.lock();
        let known = keys
            .iter()
            .find(|(value, _)| Some(value.as_str()) == call.key_value);
        known.map_or(Err(KeyRefusal::Unknown), |(_, outcome)| outcome.clone())
    }
}

/// What one policy says of every role; the root needs none.
#[derive(Debug, Default)]
pub(crate) struct FakePolicy {
    allowed: Mutex<Vec<(String, String)>>,
    denial: Mutex<Option<Decision>>,
}

impl FakePolicy {
    pub(crate) fn allow(&self, action: &str, resource: &str) {
        let statement = (action.to_owned(), resource.to_owned());
        self.allowed.lock().push(statement);
    }

    /// Denies explicitly what is not allowed.
    pub(crate) fn deny(&self) {
        *self.denial.lock() = Some(Decision::ExplicitDeny);
    }
}

impl Permit for FakePolicy {
    fn permit<'a>(
        &'a self,
        caller: &'a Caller,
        asked: Asked<'a>,
    ) -> BoxFuture<'a, Result<(), Decision>> {
        let allowed = self.allowed.lock();
        let is_asked = |(action, resource): &(String, String)| {
            action == asked.action && resource == asked.resource
        };
        let decided = if caller.may_everything() || allowed.iter().any(is_asked) {
            Ok(())
        } else {
            Err(self.denial.lock().unwrap_or(Decision::ImplicitDeny))
        };
        Box::pin(std::future::ready(decided))
    }
}
