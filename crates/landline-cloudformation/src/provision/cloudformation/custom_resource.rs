//! `Custom::…` and `AWS::CloudFormation::CustomResource`: a function makes the resource. It is sent an event and answers
//! when it likes, by a `PUT` to the URL in the event.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requests.html>

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use landline_wire::{Caller, Dispatcher, ServiceError, request_id};
use serde_json::{Map, Value as Json, json};
use tokio::time::timeout;

use super::super::input::text;
use super::attempts::{Attempts, Ended};
use crate::callbacks::{self, Callbacks, Mailbox};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct CustomResource {
    dispatcher: Dispatcher,
    callbacks: Arc<Callbacks>,
}

static SCHEMA: Schema = Schema {
    resource_type: "AWS::CloudFormation::CustomResource",
    required: &["ServiceToken"],
    properties: &[],
    replace_on: &[],
    attributes: &["*"],
};

/// What the function is asked, beside what every request has.
struct Request<'a> {
    kind: &'static str,
    stack_id: &'a str,
    logical_id: &'a str,
    resource_type: &'a str,
    physical_id: Option<&'a str>,
    properties: &'a Json,
    old_properties: Option<&'a Json>,
    caller: &'a Caller,
}

impl CustomResource {
    pub(super) fn new(dispatcher: Dispatcher, callbacks: Arc<Callbacks>) -> Self {
        Self {
            dispatcher,
            callbacks,
        }
    }

    async fn ask(&self, request: &Request<'_>) -> Result<Provisioned, ProvisionError> {
        let properties = request.properties;
        let Some(token) = text(properties, "ServiceToken").filter(|arn| arn.contains(":lambda:"))
        else {
            return Err(ProvisionError::new(
                "Invalid service token: only functions make custom resources here.",
            ));
        };
        let mut mailbox = self.callbacks.open(request.stack_id).ok_or_else(|| {
            ProvisionError::new("Too many resources wait for an answer; try again later.")
        })?;
        let request_id = request_id::uuid();
        let url = callbacks::url(&request.caller.region, mailbox.token());
        let event = event(request, &token, &url, &request_id);
        // In the name of whoever owns the stack: the function's own policy need not know CloudFormation.
        let owner = Caller::root(&request.caller.account_id, &request.caller.region);
        let attempts = Attempts::new(self.dispatcher.clone(), token, &event, owner);
        let mut running = pin!(attempts.run());
        let waiting = wait_for_answer(&mut mailbox, running.as_mut());
        let (answer, ended) = match timeout(patience(properties), waiting).await {
            Ok(heard) => heard?,
            Err(_) => return Err(silent(&request_id)),
        };
        let Some(answer) = answer else {
            return Err(match ended {
                Some(ended) if ended.is_failure => failed(&request_id, &ended),
                _ => ProvisionError::new("Resource creation cancelled"),
            });
        };
        match read(&answer, &request_id) {
            Err(refused) => {
                let ended = match ended {
                    None => timeout(LOG_PATIENCE, running)
                        .await
                        .ok()
                        .and_then(Result::ok),
                    ended => ended,
                };
                Err(with_last_words(refused, ended.as_ref()))
            }
            made => made,
        }
    }
}

/// Waits until the function answers or can no longer be expected to: one that ended well may have told somebody else to
/// answer, one that failed for good has not. Without an answer, it failed or the operation shall not wait.
async fn wait_for_answer(
    mailbox: &mut Mailbox<'_>,
    running: impl Future<Output = Result<Ended, ServiceError>>,
) -> Result<(Option<Bytes>, Option<Ended>), ProvisionError> {
    tokio::select! {
        biased;
        answer = mailbox.next() => Ok((answer, None)),
        ended = running => {
            let ended = ended?;
            let answer = if ended.is_failure {
                mailbox.heard()
            } else {
                mailbox.next().await
            };
            Ok((answer, Some(ended)))
        }
    }
}

fn silent(request_id: &str) -> ProvisionError {
    ProvisionError::new(format!(
        "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [{request_id}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version."
    ))
}

/// On AWS a function that failed for good is waited for all the same; here nobody has to.
fn failed(request_id: &str, ended: &Ended) -> ProvisionError {
    let times = match ended.attempts {
        1 => "once".to_owned(),
        attempts => format!("{attempts} times"),
    };
    let error = ProvisionError::new(format!(
        "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [{request_id}]. The function failed {times} and will not be called again."
    ));
    with_last_words(error, Some(ended))
}

/// Adds what the function wrote last: what it answers is often no more than where to look.
fn with_last_words(error: ProvisionError, ended: Option<&Ended>) -> ProvisionError {
    let words = ended.map_or("", |ended| ended.last_words.as_str());
    if words.is_empty() {
        return error;
    }
    ProvisionError::new(format!("{} Its last log lines:\n{words}", error.reason))
}

/// The event of a request: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requesttypes.html>
fn event(request: &Request<'_>, token: &str, url: &str, request_id: &str) -> Json {
    let mut event = json!({
        "RequestType": request.kind,
        "ServiceToken": token,
        "ResponseURL": url,
        "StackId": request.stack_id,
        "RequestId": request_id,
        "LogicalResourceId": request.logical_id,
        "ResourceType": request.resource_type,
        "ResourceProperties": stringified(request.properties),
    });
    if let Some(id) = request.physical_id {
        event["PhysicalResourceId"] = Json::from(id);
    }
    if let Some(old) = request.old_properties {
        event["OldResourceProperties"] = stringified(old);
    }
    event
}

/// Handlers see every number and boolean as text, because CloudFormation does.
fn stringified(value: &Json) -> Json {
    match value {
        Json::Bool(flag) => Json::from(flag.to_string()),
        Json::Number(number) => Json::from(number.to_string()),
        Json::Array(items) => items.iter().map(stringified).collect(),
        Json::Object(fields) => {
            let fields = fields.iter();
            Json::Object(
                fields
                    .map(|(key, field)| (key.clone(), stringified(field)))
                    .collect(),
            )
        }
        Json::String(_) | Json::Null => value.clone(),
    }
}

/// How long the function may take: the property `ServiceTimeout`, in seconds, else an hour.
fn patience(properties: &Json) -> Duration {
    let seconds = text(properties, "ServiceTimeout").and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(MAX_SECONDS).clamp(1, MAX_SECONDS))
}

/// What the function said.
fn read(answer: &[u8], request_id: &str) -> Result<Provisioned, ProvisionError> {
    let Ok(Json::Object(answer)) = serde_json::from_slice::<Json>(answer) else {
        return Err(ProvisionError::new(
            "Invalid Json response from custom resource.",
        ));
    };
    let field = |name: &str| answer.get(name).and_then(Json::as_str);
    match field("Status") {
        Some("SUCCESS") => {}
        Some("FAILED") => {
            let reason = field("Reason").unwrap_or_default();
            return Err(ProvisionError::new(format!(
                "Received response status [FAILED] from custom resource. Message returned: {reason} (RequestId: {request_id})"
            )));
        }
        _ => {
            return Err(ProvisionError::new(
                "Invalid response status from custom resource: Status must be SUCCESS or FAILED.",
            ));
        }
    }
    let Some(physical_id) = field("PhysicalResourceId").filter(|id| !id.is_empty()) else {
        return Err(ProvisionError::new(
            "Invalid PhysicalResourceId: a custom resource has to have one.",
        ));
    };
    let mut made = Provisioned::new(physical_id);
    let nothing = Map::new();
    let data = answer.get("Data").and_then(Json::as_object);
    for (name, value) in data.unwrap_or(&nothing) {
        flatten(name, value, &mut made);
    }
    Ok(made)
}

/// `Fn::GetAtt` reaches into the data by dots.
fn flatten(name: &str, value: &Json, made: &mut Provisioned) {
    made.attributes.insert(name.to_owned(), value.clone());
    if let Json::Object(fields) = value {
        for (key, field) in fields {
            flatten(&format!("{name}.{key}"), field, made);
        }
    }
}

impl ResourceProvider for CustomResource {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    /// The function names what it makes. One that may have begun is told to delete something of a name that nothing has,
    /// as AWS does where no answer came.
    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn check_update(&self, before: &Json, after: &Json) -> Result<(), ProvisionError> {
        if before.get("ServiceToken") == after.get("ServiceToken") {
            return Ok(());
        }
        Err(ProvisionError::new(
            "Modifying service token is not allowed.",
        ))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            self.ask(&Request {
                kind: "Create",
                stack_id: &request.stack_id,
                logical_id: &request.logical_id,
                resource_type: &request.resource_type,
                physical_id: None,
                properties: &request.properties,
                old_properties: None,
                caller: &request.caller,
            })
            .await
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            self.ask(&Request {
                kind: "Update",
                stack_id: &request.stack_id,
                logical_id: &request.logical_id,
                resource_type: &request.resource_type,
                physical_id: Some(&existing.physical_id),
                properties: &request.properties,
                old_properties: Some(&existing.properties),
                caller: &request.caller,
            })
            .await
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let stack_id = caller.source_arn.as_deref().unwrap_or_default();
            let request = Request {
                kind: "Delete",
                stack_id,
                logical_id: &existing.logical_id,
                resource_type: &existing.resource_type,
                physical_id: Some(&existing.physical_id),
                properties: &existing.properties,
                old_properties: None,
                caller,
            };
            self.ask(&request).await.map(|_| ())
        })
    }
}

/// How long to wait for the log of a function that has answered and not ended.
const LOG_PATIENCE: Duration = Duration::from_secs(2);

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html>
const MAX_SECONDS: u64 = 3_600;
