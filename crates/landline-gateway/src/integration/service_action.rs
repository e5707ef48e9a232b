//! `AWS_PROXY` with a subtype: an HTTP API that calls an AWS service with what its parameters say.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html>.

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_TYPE, HeaderValue};
use landline_wire::protocol::{self, action};
use landline_wire::request_id;
use serde_json::{Map, Value, json};

use super::http_parameters::Text;
use super::{Answer, IntegrationFailure};
use crate::deployment::snapshot::Integration;
use crate::message::execution::Execution;
use crate::observe::{Received, Sent};

/// An action of a service, and what it is called with.
#[derive(Debug)]
pub struct ServiceAction {
    subtype: String,
    parameters: Vec<(String, Text)>,
}

/// How a parameter stands in the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Number,
    Json,
}

impl ServiceAction {
    /// The action that a subtype such as `SQS-SendMessage` names.
    pub(crate) fn new<'a>(
        subtype: &str,
        parameters: impl IntoIterator<Item = (&'a String, &'a String)>,
    ) -> Self {
        let parameters = parameters.into_iter();
        Self {
            subtype: subtype.to_owned(),
            parameters: parameters
                .filter_map(|(name, text)| Some((name.clone(), Text::parse(text)?)))
                .collect(),
        }
    }

    /// The service's signing name and the action.
    fn target(&self) -> Option<(&'static str, &str)> {
        let (service, action) = self.subtype.split_once('-')?;
        let service = match service {
            "SQS" => "sqs",
            "EventBridge" => "events",
            "StepFunctions" => "states",
            "Kinesis" => "kinesis",
            "AppConfig" => "appconfig",
            _ => return None,
        };
        Some((service, action))
    }

    fn body(&self, execution: &Execution<'_>) -> Value {
        let path = execution.http().map_or("", |call| call.path.as_str());
        let mut members = Map::new();
        for (name, text) in &self.parameters {
            // It says where the service is, which is here.
            if name == "Region" {
                continue;
            }
            if let Some(text) = text.of_request(execution, path) {
                members.insert(member(name).to_owned(), shaped(name, text));
            }
        }
        match self.subtype.as_str() {
            "EventBridge-PutEvents" => json!({ "Entries": [members] }),
            _ => members.into(),
        }
    }
}

/// Step Functions begins its members with small letters.
fn member(name: &str) -> &str {
    match name {
        "StateMachineArn" => "stateMachineArn",
        "ExecutionArn" => "executionArn",
        "Input" => "input",
        "Name" => "name",
        "TraceHeader" => "TraceHeader",
        "Cause" => "cause",
        "Error" => "error",
        other => other,
    }
}

fn shaped(name: &str, text: String) -> Value {
    let form = match name {
        "DelaySeconds" | "MaxNumberOfMessages" | "VisibilityTimeout" | "WaitTimeSeconds" => {
            Form::Number
        }
        "MessageAttributes"
        | "MessageSystemAttributes"
        | "AttributeNames"
        | "MessageAttributeNames"
        | "Resources" => Form::Json,
        _ => Form::Text,
    };
    match form {
        Form::Text => text.into(),
        Form::Number => text.parse::<i64>().map_or(Value::from(text), Value::from),
        Form::Json => match serde_json::from_str(&text) {
            Ok(value @ (Value::Array(_) | Value::Object(_))) => value,
            _ => json!([text]),
        },
    }
}

/// Calls the action; its answer goes back as it is.
pub(super) async fn call(
    integration: &Integration,
    service_action: &ServiceAction,
    execution: &Execution<'_>,
) -> Result<Answer, IntegrationFailure> {
    let route = &execution.route.key;
    let subtype = &service_action.subtype;
    let Some((name, action)) = service_action.target() else {
        tracing::warn!(%route, subtype, "there is no such integration subtype");
        return Err(IntegrationFailure::NotCallable);
    };
    let dispatcher = &execution.plane.dispatcher;
    let mut services = dispatcher.services().iter();
    let Some(service) = services.find(|service| service.signing_name == name) else {
        tracing::warn!(%route, subtype, "Landline has no such AWS service; the integration answers like one that cannot be reached");
        return Err(IntegrationFailure::NotCallable);
    };
    let body: Bytes = service_action.body(execution).to_string().into();
    let request = action::request(service, action, &[], body);
    let request = request.ok_or(IntegrationFailure::MappingFailed)?;
    let mut caller = execution.caller_with(integration.credentials.as_ref());
    caller.request_id = request_id::uuid().into();
    if let Some(observer) = execution.observer {
        observer.sending(&Sent {
            uri: format!("https://{name}.{}.amazonaws.com/", execution.stage.region),
            headers: Vec::new(),
            body: request.body().clone(),
        });
    }
    let response = protocol::serve(dispatcher, request, Some(name), &caller).await;
    let (head, body) = response.into_parts();
    if let Some(observer) = execution.observer {
        observer.received(&Received {
            status: head.status.as_u16(),
            headers: Some(&head.headers),
            body: &body,
            request_id: Some(caller.request_id.to_string()),
        });
    }
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(Answer {
        status_code: head.status.as_u16(),
        subprotocol: None,
        body: Some(body),
        headers,
    })
}
