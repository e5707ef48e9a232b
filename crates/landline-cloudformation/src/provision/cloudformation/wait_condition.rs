//! `AWS::CloudFormation::WaitConditionHandle`, a URL, and `AWS::CloudFormation::WaitCondition`, which waits until it was
//! signalled there often enough.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html>

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use landline_wire::{Caller, request_id};
use serde_json::{Value as Json, json};
use tokio::time::timeout;

use super::super::input::text;
use crate::callbacks::{self, Callbacks, Mailbox, token_in};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct WaitConditionHandle(pub(super) Arc<Callbacks>);

#[derive(Debug)]
pub(super) struct WaitCondition(pub(super) Arc<Callbacks>);

static HANDLE_SCHEMA: Schema = Schema {
    resource_type: "AWS::CloudFormation::WaitConditionHandle",
    required: &[],
    properties: &[],
    replace_on: &[],
    attributes: &[],
};

static CONDITION_SCHEMA: Schema = Schema {
    resource_type: "AWS::CloudFormation::WaitCondition",
    required: &[],
    properties: &["Count", "Handle", "Timeout"],
    replace_on: &["Count", "Handle", "Timeout"],
    attributes: &["Data"],
};

impl ResourceProvider for WaitConditionHandle {
    fn schema(&self) -> &'static Schema {
        &HANDLE_SCHEMA
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let token = request_id::uuid();
            // Signals may come before the condition waits for them.
            if !self.0.reserve(&request.stack_id, &token) {
                return Err(too_many());
            }
            let url = callbacks::url(&request.caller.region, &token);
            Ok(Provisioned::new(url))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move { Ok(Provisioned::new(existing.physical_id.clone())) })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, _caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            if let Some(token) = token_in(&existing.physical_id) {
                self.0.release(token);
            }
            Ok(())
        })
    }
}

impl ResourceProvider for WaitCondition {
    fn schema(&self) -> &'static Schema {
        &CONDITION_SCHEMA
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            // A creation policy takes the place of the handle where machines signal; there are none here.
            let Some(handle) = text(properties, "Handle") else {
                return Ok(Provisioned::new(request.physical_name.clone()));
            };
            let number = |name: &str| text(properties, name).and_then(|text| text.parse().ok());
            let count: usize = number("Count").unwrap_or(1);
            let seconds: usize = number("Timeout").unwrap_or(MAX_SECONDS);
            let limit = Duration::from_secs(seconds.min(MAX_SECONDS) as u64);
            let token = token_in(&handle).unwrap_or_default().to_owned();
            let mailbox = self.0.open_as(&request.stack_id, token);
            let mut mailbox = mailbox.ok_or_else(too_many)?;
            let mut signals = BTreeMap::new();
            match timeout(limit, gather(&mut mailbox, count, &mut signals)).await {
                Ok(gathered) => gathered?,
                Err(_) => {
                    return Err(ProvisionError::new(format!(
                        "WaitCondition timed out. Received {} conditions when expecting {count}",
                        signals.len()
                    )));
                }
            }
            let data = Some(json!(signals).to_string());
            Ok(Provisioned::new(request.physical_name.clone()).with("Data", data))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move { Ok(Provisioned::new(existing.physical_id.clone())) })
    }

    fn delete<'a>(&'a self, _existing: &'a Existing, _caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

/// Waits for so many signals with ids of their own.
async fn gather(
    mailbox: &mut Mailbox<'_>,
    count: usize,
    signals: &mut BTreeMap<String, String>,
) -> Result<(), ProvisionError> {
    while signals.len() < count {
        let signal = mailbox.next().await;
        let signal = signal.ok_or_else(|| ProvisionError::new("Resource creation cancelled"))?;
        // What is no signal is nobody's.
        let Ok(signal) = serde_json::from_slice::<Json>(&signal) else {
            continue;
        };
        let id = text(&signal, "UniqueId").unwrap_or_default();
        if signal["Status"].as_str() != Some("SUCCESS") {
            let reason = text(&signal, "Reason").unwrap_or_default();
            return Err(ProvisionError::new(format!(
                "WaitCondition received failed message: '{reason}' for uniqueId: {id}"
            )));
        }
        signals.insert(id, text(&signal, "Data").unwrap_or_default());
    }
    Ok(())
}

fn too_many() -> ProvisionError {
    ProvisionError::new("Too many resources wait for an answer; try again later.")
}

/// Half a day.
const MAX_SECONDS: usize = 43_200;
