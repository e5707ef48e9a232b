//! `CUSTOM`: a Lambda function returns the policy by which the client may connect.
//!
//! Nothing is cached: every handshake asks.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html>.

use std::time::Duration;

use landline_api::lambda::{InvocationType, Invoke, InvokeInput, InvokeOutput};
use landline_wire::Caller;
use landline_wire::policy::{Context, Decision, PolicyRequest, evaluate};
use serde_json::Value;

use super::policy_result::PolicyResult;
use super::report::Step;
use super::{Admitted, Denial, Entrance, INVOKE, Report, identity_source};
use crate::deployment::snapshot::{Authorizer, LiveStage, RouteKey};
use crate::integration::error_message;
use crate::message::context::{Identity, Moment};
use crate::quotas;

/// Why an authorizer gave no policy.
#[derive(Debug)]
enum Failure {
    /// Its error is exactly `Unauthorized`.
    Unauthorized,
    /// It failed otherwise, took too long, or could not be called.
    Failed(String),
    /// It returned something that is no result.
    Malformed(String),
}

/// Asks the authorizer, and judges by its policy.
pub(super) async fn authorize(
    entrance: &Entrance<'_>,
    authorizer: &Authorizer,
    report: &mut Report,
) -> Result<Admitted, Denial> {
    let headers = entrance.handshake.header_values("authorization");
    if headers.is_some_and(|values| values.len() > 1) {
        return Err(Denial::Malformed);
    }
    if !identity_source::all_present(&authorizer.identity_sources, entrance) {
        return Err(Denial::unauthorized());
    }
    let begun = entrance.plane.uptime();
    let asked = ask(entrance, authorizer).await;
    let latency = entrance.plane.uptime().saturating_sub(begun);
    let result = match asked {
        Ok(result) => result,
        Err(failure) => return Err(failure.deny(entrance, latency, report)),
    };
    report.authorizer = Some(Step::passed(latency));
    let decision = judge(entrance, &result);
    if decision != Decision::Allowed {
        let text = format!(
            "User is not authorized to access this resource {}",
            decision.reason(INVOKE)
        );
        report.authorize = Some(Step::failed(403, Duration::ZERO, text.as_str()));
        return Err(Denial::new(403, text));
    }
    Ok(Admitted {
        identity: Identity {
            authorizer: Some(Value::Object(result.context).to_string()),
            ..Identity::default()
        },
        authorizer_latency: Some(latency),
        usage_identifier_key: result.usage_identifier_key,
    })
}

async fn ask(entrance: &Entrance<'_>, authorizer: &Authorizer) -> Result<PolicyResult, Failure> {
    let invoked = tokio::time::timeout(quotas::INTEGRATION_TIMEOUT, invoke(entrance, authorizer));
    let output = invoked
        .await
        .unwrap_or_else(|_| Err(Failure::Failed("the authorizer took too long".to_owned())))?;
    let payload = output.payload.unwrap_or_default();
    if output.function_error.is_some() {
        return Err(match error_message(&payload) {
            Some(message) if message == "Unauthorized" => Failure::Unauthorized,
            message => Failure::Failed(message.unwrap_or_default()),
        });
    }
    PolicyResult::parse(&payload).map_err(Failure::Malformed)
}

async fn invoke(entrance: &Entrance<'_>, authorizer: &Authorizer) -> Result<InvokeOutput, Failure> {
    let stage = entrance.stage;
    let Some(function_name) = authorizer.function.arn(&stage.variables) else {
        let text = "the authorizer's URI names no Lambda function";
        return Err(Failure::Failed(text.to_owned()));
    };
    let moment = Moment {
        request_id: entrance.request_id,
        time: entrance.time,
    };
    let context = entrance.connection.unidentified();
    let event = context.authorizer_event(stage, entrance.handshake, moment);
    let input = InvokeInput {
        function_name,
        invocation_type: Some(InvocationType::RequestResponse),
        payload: Some(event),
        ..InvokeInput::default()
    };
    let caller = caller_of(stage, authorizer, entrance.request_id);
    let output = entrance.plane.dispatcher.call::<Invoke>(input, &caller);
    output
        .await
        .map_err(|error| Failure::Failed(error.to_string()))
}

/// API Gateway on behalf of the authorizer, or the authorizer's role.
pub(super) fn caller_of(stage: &LiveStage, authorizer: &Authorizer, request_id: &str) -> Caller {
    let caller = Caller {
        account_id: stage.account_id.clone(),
        region: stage.region.clone(),
        principal: "apigateway.amazonaws.com".into(),
        access_key_id: None,
        source_arn: None,
        source_ip: None,
        user_agent: None,
        request_id: request_id.into(),
        trace_id: None,
        creation_token: None,
    };
    if let Some(role) = &authorizer.credentials {
        let principal = role.resolve(&stage.variables).into();
        return Caller {
            principal,
            ..caller
        };
    }
    let source_arn = format!(
        "arn:aws:execute-api:{}:{}:{}/authorizers/{}",
        stage.region, stage.account_id, stage.api_id, authorizer.authorizer_id
    );
    Caller {
        source_arn: Some(source_arn.into()),
        ..caller
    }
}

fn judge(entrance: &Entrance<'_>, result: &PolicyResult) -> Decision {
    let connection = entrance.connection;
    let time = entrance.time;
    let mut context = Context::default()
        .with("aws:SourceIp", connection.source_ip.to_string())
        .with("aws:CurrentTime", time.to_string())
        .with("aws:EpochTime", time.as_seconds().to_string());
    if let Some(agent) = &connection.user_agent {
        context = context.with("aws:UserAgent", &**agent);
    }
    let request = PolicyRequest {
        action: INVOKE,
        resource: &entrance.stage.route_arn(&RouteKey::Connect),
        context,
    };
    evaluate([&result.policy], &request)
}

impl Failure {
    fn deny(self, entrance: &Entrance<'_>, latency: Duration, report: &mut Report) -> Denial {
        let (denial, text) = match self {
            Self::Unauthorized => (Denial::unauthorized(), "Unauthorized".to_owned()),
            Self::Failed(text) => (Denial::internal_server_error(), text),
            // AWS says nothing at all.
            Self::Malformed(text) => (Denial::new(500, ""), text),
        };
        let status = match denial {
            Denial::Answered { status, .. } => status,
            Denial::Malformed => 400,
        };
        if status == 500 {
            let api_id = entrance.stage.api_id.as_str();
            tracing::info!(api_id, reason = text, "authorizer gave no policy");
        }
        report.authorizer = Some(Step::failed(status, latency, text));
        denial
    }
}
