//! `AWS::Logs::LogStream`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-logstream.html>

use landline_api::logs::{
    CreateLogStream, CreateLogStreamInput, DeleteLogStream, DeleteLogStreamInput, errors,
};
use landline_wire::{Caller, Dispatcher};

use super::input::{name, text};
use crate::provider::{
    Existing, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct LogStream(pub(super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Logs::LogStream",
    required: &["LogGroupName"],
    properties: &["LogGroupName", "LogStreamName"],
    replace_on: &["LogGroupName", "LogStreamName"],
    attributes: &[],
};

impl ResourceProvider for LogStream {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn parent(&self) -> Option<&'static str> {
        Some("LogGroupName")
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "LogStreamName"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let stream = name(request, "LogStreamName");
            let input = CreateLogStreamInput {
                log_group_name: text(&request.properties, "LogGroupName").unwrap_or_default(),
                log_stream_name: stream.clone(),
            };
            let caller = &request.caller;
            self.0.call::<CreateLogStream>(input, caller).await?;
            Ok(Provisioned::new(stream))
        })
    }

    /// Another name or another group makes another stream.
    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move { Ok(Provisioned::new(existing.physical_id.clone())) })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let group = text(&existing.properties, "LogGroupName");
            let input = DeleteLogStreamInput {
                log_group_name: group.unwrap_or_default(),
                log_stream_name: existing.physical_id.clone(),
            };
            match self.0.call::<DeleteLogStream>(input, caller).await {
                Err(error) if !errors::ResourceNotFoundException.matches(&error) => {
                    Err(error.into())
                }
                _ => Ok(()),
            }
        })
    }
}
