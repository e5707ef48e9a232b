//! The API through the dispatcher, with things that remember their properties and fail on request.

mod change_sets;
mod drift;
mod imports;
mod stacks;
mod templates;
mod tokens;

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::cloudformation::{
    self as api, Capability, ChangeAction, ChangeSetStatus, ChangeSetType, EvaluationType,
    ExecutionStatus, Parameter, Replacement, RequiresRecreation, StackStatus, Tag,
};
use landline_store::{Store, open_memory};
use landline_wire::dispatcher::BoxFuture;
use landline_wire::{
    Caller, Dispatcher, DispatcherBuilder, ManualClock, Operation, ServiceError, Timestamp,
};
use serde_json::json;

use super::*;
use crate::provider::Providers;
use crate::sources::{ObjectLocation, Sources};
use crate::things::Things;

/// One bucket, one parameter.
struct Shelf;

impl Sources for Shelf {
    fn object<'a>(
        &'a self,
        location: &'a ObjectLocation,
        _caller: &'a Caller,
    ) -> BoxFuture<'a, Result<bytes::Bytes, String>> {
        Box::pin(async move {
            if location.bucket == "bucket" && location.key == "a/template.yaml" {
                Ok(thing("A", "1").into())
            } else {
                Err("S3 error: The specified key does not exist.".to_owned())
            }
        })
    }

    fn parameter<'a>(
        &'a self,
        name: &'a str,
        _caller: &'a Caller,
    ) -> BoxFuture<'a, Result<String, String>> {
        Box::pin(async move {
            if name == "/version" {
                Ok("21".to_owned())
            } else {
                Err(format!(
                    "Unable to fetch parameters [{name}] from parameter store for this account."
                ))
            }
        })
    }
}

struct Bench {
    dispatcher: Dispatcher,
    service: Arc<CloudFormation>,
    things: Things,
    caller: Caller,
}

fn bench() -> Bench {
    on(&open_memory(), &Things::default())
}

fn on(store: &Arc<dyn Store>, things: &Things) -> Bench {
    let mut providers = Providers::default();
    providers.add(things.clone());
    providers.observe_with(Arc::new(things.clone()));
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000)));
    let caller = Caller::root("123456789012", "us-east-1");
    let stacks = Stacks::new(store.clone(), providers, clock, caller.clone());
    let service = CloudFormation::new(Arc::new(stacks.with_sources(Arc::new(Shelf))));
    let mut builder = DispatcherBuilder::new();
    service.register(&mut builder);
    Bench {
        dispatcher: builder.seal(),
        service,
        things: things.clone(),
        caller,
    }
}

fn thing(id: &str, value: &str) -> String {
    format!("Resources:\n{}", resource(id, value))
}

fn resource(id: &str, value: &str) -> String {
    format!("  {id}:\n    Type: Test::Thing\n    Properties: {{Value: {value}}}\n")
}

fn parameter(key: &str, value: &str) -> Parameter {
    Parameter {
        parameter_key: Some(key.to_owned()),
        parameter_value: Some(value.to_owned()),
        ..Parameter::default()
    }
}

impl Bench {
    async fn call<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        self.dispatcher.call::<Op>(input, &self.caller).await
    }

    async fn create(&self, template: &str) -> Result<String, ServiceError> {
        let input = api::CreateStackInput {
            stack_name: "s".to_owned(),
            template_body: Some(template.to_owned()),
            ..Default::default()
        };
        let output = self.call::<api::CreateStack>(input).await?;
        Ok(output.stack_id.unwrap())
    }

    async fn update(&self, template: &str) -> Result<(), ServiceError> {
        let input = api::UpdateStackInput {
            stack_name: "s".to_owned(),
            template_body: Some(template.to_owned()),
            ..Default::default()
        };
        self.call::<api::UpdateStack>(input).await.map(|_| ())
    }

    async fn delete(&self) -> Result<(), ServiceError> {
        let input = api::DeleteStackInput {
            stack_name: "s".to_owned(),
            ..Default::default()
        };
        self.call::<api::DeleteStack>(input).await.map(|_| ())
    }

    async fn describe(&self, name: &str) -> Result<api::Stack, ServiceError> {
        let input = api::DescribeStacksInput {
            stack_name: Some(name.to_owned()),
            next_token: None,
        };
        let output = self.call::<api::DescribeStacks>(input).await?;
        Ok(output.stacks.unwrap().remove(0))
    }

    /// The ARN of the stack that was deleted.
    async fn deleted_id(&self) -> String {
        let input = api::ListStacksInput::default();
        let output = self.call::<api::ListStacks>(input).await.unwrap();
        let mut stacks = output.stack_summaries.unwrap().into_iter();
        let deleted = stacks.find(|stack| stack.stack_status == StackStatus::DeleteComplete);
        deleted.unwrap().stack_id.unwrap()
    }

    async fn status(&self) -> StackStatus {
        self.describe("s").await.unwrap().stack_status
    }

    async fn events(&self, name: &str) -> Vec<api::StackEvent> {
        let input = api::DescribeStackEventsInput {
            stack_name: name.to_owned(),
            next_token: None,
        };
        let output = self.call::<api::DescribeStackEvents>(input).await.unwrap();
        output.stack_events.unwrap()
    }

    async fn create_change_set(
        &self,
        kind: ChangeSetType,
        template: &str,
    ) -> Result<api::CreateChangeSetOutput, ServiceError> {
        let input = api::CreateChangeSetInput {
            stack_name: "s".to_owned(),
            change_set_name: "c".to_owned(),
            change_set_type: Some(kind),
            template_body: Some(template.to_owned()),
            ..Default::default()
        };
        self.call::<api::CreateChangeSet>(input).await
    }

    async fn describe_change_set(&self) -> Result<api::DescribeChangeSetOutput, ServiceError> {
        let input = api::DescribeChangeSetInput {
            stack_name: Some("s".to_owned()),
            change_set_name: "c".to_owned(),
            include_property_values: Some(true),
            next_token: None,
        };
        self.call::<api::DescribeChangeSet>(input).await
    }

    async fn execute_change_set(&self) -> Result<(), ServiceError> {
        let input = api::ExecuteChangeSetInput {
            stack_name: Some("s".to_owned()),
            change_set_name: "c".to_owned(),
            ..Default::default()
        };
        self.call::<api::ExecuteChangeSet>(input).await.map(|_| ())
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, ServiceError>, code: &str, message: &str) {
    let error = result.unwrap_err();
    assert_eq!(
        (error.code.as_ref(), error.message.as_str()),
        (code, message)
    );
}
