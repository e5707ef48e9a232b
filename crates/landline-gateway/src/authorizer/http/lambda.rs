//! Lambda authorizers of HTTP and REST APIs: a function says who may, by a policy or by a
//! plain yes.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html> and
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html>.

use std::sync::Arc;
use std::time::Duration;

use landline_api::lambda::{InvocationType, Invoke, InvokeInput, InvokeOutput};
use landline_wire::JavaPattern;
use landline_wire::policy::{Decision, PolicyRequest, evaluate};
use serde_json::{Map, Value, json};

use super::cache::Key;
use super::resource_policy::context;
use super::{Admitted, Entrance, source};
use crate::authorizer::policy_result::PolicyResult;
use crate::authorizer::report::{Report, Step};
use crate::authorizer::{INVOKE, lambda::caller_of};
use crate::deployment::snapshot::{Authorizer, AuthorizerKind, PayloadFormat};
use crate::http::{Refusal, RefusalKind, Who};
use crate::integration::error_message;
use crate::quotas;

/// What a function said of an identity.
#[derive(Debug)]
pub(super) enum Verdict {
    Policy(PolicyResult),
    /// `isAuthorized` of a simple response.
    Simple {
        is_authorized: bool,
        context: Value,
    },
}

pub(super) async fn authorize(
    entrance: &Entrance<'_>,
    authorizer: &Authorizer,
) -> Result<Admitted, Refusal> {
    let identity = identity(entrance, authorizer)?;
    let plane = entrance.plane;
    let key = Key {
        authorizer_id: authorizer.authorizer_id.clone(),
        identity,
    };
    let is_kept = !authorizer.result_ttl.is_zero() && !key.identity.is_empty();
    let known = entrance
        .slot
        .authorizations
        .get(&key, plane.uptime())
        .filter(|_| is_kept);
    let (verdict, latency) = if let Some(verdict) = known {
        (verdict, Duration::ZERO)
    } else {
        let begun = plane.uptime();
        let asked = ask(entrance, authorizer, &key.identity).await;
        let latency = plane.uptime().saturating_sub(begun);
        let verdict = Arc::new(asked.map_err(|failure| failure.refuse(entrance, latency))?);
        if is_kept {
            let (ttl, kept) = (authorizer.result_ttl, Arc::clone(&verdict));
            let cache = &entrance.slot.authorizations;
            cache.put(key, kept, plane.uptime(), ttl);
        }
        (verdict, latency)
    };
    if let Some(observer) = entrance.observer {
        let report = Report {
            authorizer: Some(Step::passed(latency)),
            ..Report::default()
        };
        report.tell(observer);
    }
    judge(entrance, authorizer, &verdict, latency)
}

/// What a function is asked about: none of a request that brings too little.
pub(super) fn identity(
    entrance: &Entrance<'_>,
    authorizer: &Authorizer,
) -> Result<Vec<String>, Refusal> {
    let identity = source::values(&authorizer.identity_sources, entrance);
    // Without a cache a REST API's function decides about what is missing by itself.
    let must_have =
        !matches!(authorizer.kind, AuthorizerKind::Request) || !authorizer.result_ttl.is_zero();
    let identity = match identity {
        Some(identity) => identity,
        None if must_have => return Err(RefusalKind::Unauthorized.into()),
        None => Vec::new(),
    };
    if let AuthorizerKind::Token {
        validation: Some(pattern),
    } = &authorizer.kind
    {
        let token = identity.first().map(String::as_str).unwrap_or_default();
        if !matches_whole(pattern, token) {
            return Err(RefusalKind::Unauthorized.into());
        }
    }
    Ok(identity)
}

/// Judges by what the function said; a policy is asked anew for each request.
fn judge(
    entrance: &Entrance<'_>,
    authorizer: &Authorizer,
    verdict: &Verdict,
    latency: Duration,
) -> Result<Admitted, Refusal> {
    let result = match verdict {
        Verdict::Simple {
            is_authorized: false,
            ..
        } => {
            return Err(RefusalKind::AccessDenied.into());
        }
        Verdict::Simple { context, .. } => {
            return Ok(admitted(json!({ "lambda": context }), None));
        }
        Verdict::Policy(result) => result,
    };
    let request = PolicyRequest {
        action: INVOKE,
        resource: &entrance.call.method_arn(entrance.stage),
        context: context(entrance),
    };
    let decision = evaluate([&result.policy], &request);
    if decision != Decision::Allowed {
        let text = match decision {
            // REST APIs leave the reason out where no statement says anything.
            Decision::ExplicitDeny => format!(
                "User is not authorized to access this resource {}",
                decision.reason(INVOKE)
            ),
            _ => "User is not authorized to access this resource".to_owned(),
        };
        return Err(Refusal::saying(RefusalKind::AccessDenied, text));
    }
    let mut members = result.context.clone();
    let authorizer = if authorizer.kind == AuthorizerKind::V2 {
        members.shift_remove("principalId");
        json!({ "lambda": members })
    } else {
        let millis = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
        members.insert("integrationLatency".to_owned(), millis.into());
        Value::Object(members)
    };
    Ok(admitted(authorizer, result.usage_identifier_key.clone()))
}

fn admitted(authorizer: Value, usage_identifier_key: Option<String>) -> Admitted {
    Admitted {
        who: Who {
            authorizer: Some(authorizer),
            ..Who::default()
        },
        usage_identifier_key,
    }
}

/// Why a function said nothing that can be used.
#[derive(Debug)]
pub(super) enum Failure {
    /// Its error is exactly `Unauthorized`.
    Unauthorized,
    Failed(String),
    Malformed(String),
}

async fn ask(
    entrance: &Entrance<'_>,
    authorizer: &Authorizer,
    identity: &[String],
) -> Result<Verdict, Failure> {
    let event = Value::Object(event(entrance, authorizer, identity));
    let invoked = invoke(entrance, authorizer, event.to_string()).await;
    read(authorizer, &invoked.map_err(Failure::Failed)?)
}

/// Calls the function; `Err` says why it could not be called.
pub(super) async fn invoke(
    entrance: &Entrance<'_>,
    authorizer: &Authorizer,
    payload: String,
) -> Result<InvokeOutput, String> {
    let stage = entrance.stage;
    let Some(function_name) = authorizer.function.arn(&stage.variables) else {
        return Err("the authorizer's URI names no Lambda function".to_owned());
    };
    let input = InvokeInput {
        function_name,
        invocation_type: Some(InvocationType::RequestResponse),
        payload: Some(payload.into()),
        ..InvokeInput::default()
    };
    let caller = caller_of(stage, authorizer, entrance.request_id);
    let invoked = entrance.plane.dispatcher.call::<Invoke>(input, &caller);
    let output = tokio::time::timeout(quotas::INTEGRATION_TIMEOUT, invoked).await;
    output
        .map_err(|_| "the authorizer took too long".to_owned())?
        .map_err(|error| error.to_string())
}

/// What the function said.
pub(super) fn read(authorizer: &Authorizer, output: &InvokeOutput) -> Result<Verdict, Failure> {
    let payload = output.payload.as_deref().unwrap_or_default();
    if output.function_error.is_some() {
        return Err(match error_message(payload) {
            Some(message) if message == "Unauthorized" => Failure::Unauthorized,
            message => Failure::Failed(message.unwrap_or_default()),
        });
    }
    if authorizer.kind == AuthorizerKind::V2Simple {
        return simple(payload)
            .ok_or_else(|| Failure::Malformed("the result has no isAuthorized".to_owned()));
    }
    PolicyResult::parse(payload)
        .map(Verdict::Policy)
        .map_err(Failure::Malformed)
}

/// `{"isAuthorized": true, "context": {…}}`; a context may hold anything.
fn simple(payload: &[u8]) -> Option<Verdict> {
    if payload.len() > quotas::AUTHORIZER_RESULT_BYTES {
        return None;
    }
    let mut result: Map<String, Value> = serde_json::from_slice(payload).ok()?;
    Some(Verdict::Simple {
        is_authorized: result.get("isAuthorized")?.as_bool()?,
        context: result.remove("context").unwrap_or_default(),
    })
}

pub(super) fn event(
    entrance: &Entrance<'_>,
    authorizer: &Authorizer,
    identity: &[String],
) -> Map<String, Value> {
    let (call, stage) = (entrance.call, entrance.stage);
    let subject = source::subject(entrance);
    let arn = call.method_arn(stage);
    let joined = identity.join(",");
    let (head, rest) = match &authorizer.kind {
        AuthorizerKind::Token { .. } => (
            json!({ "type": "TOKEN", "methodArn": arn, "authorizationToken": joined }),
            Map::new(),
        ),
        AuthorizerKind::Request => (
            json!({ "type": "REQUEST", "methodArn": arn }),
            call.event_v1(&subject, PayloadFormat::Rest),
        ),
        AuthorizerKind::V1 => (
            json!({
                "version": "1.0", "type": "REQUEST", "methodArn": arn,
                "identitySource": joined, "authorizationToken": joined,
            }),
            call.event_v1(&subject, PayloadFormat::V1),
        ),
        AuthorizerKind::V2 | AuthorizerKind::V2Simple => (
            json!({
                "version": "2.0", "type": "REQUEST", "routeArn": arn,
                "identitySource": identity,
            }),
            call.event_v2(&subject),
        ),
    };
    let mut event = match head {
        Value::Object(head) => head,
        _ => Map::new(),
    };
    event.extend(rest);
    event
}

fn matches_whole(pattern: &str, text: &str) -> bool {
    // One that cannot be compiled lets nobody in, as it would say nothing of anybody.
    JavaPattern::new(pattern).is_ok_and(|it| it.is_match(text))
}

impl Failure {
    fn refuse(self, entrance: &Entrance<'_>, latency: Duration) -> Refusal {
        let (kind, text) = match self {
            Self::Unauthorized => (RefusalKind::Unauthorized, "Unauthorized".to_owned()),
            Self::Failed(text) => (RefusalKind::AuthorizerFailure, text),
            Self::Malformed(text) => (RefusalKind::AuthorizerConfiguration, text),
        };
        if kind != RefusalKind::Unauthorized {
            let api_id = entrance.stage.api_id.as_str();
            tracing::info!(api_id, reason = text, "authorizer gave no answer");
        }
        if let Some(observer) = entrance.observer {
            let status = if kind == RefusalKind::Unauthorized {
                401
            } else {
                500
            };
            let report = Report {
                authorizer: Some(Step::failed(status, latency, text)),
                ..Report::default()
            };
            report.tell(observer);
        }
        kind.into()
    }
}
