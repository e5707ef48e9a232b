//! `AWS::Scheduler::Schedule`, `AWS::Scheduler::ScheduleGroup`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Scheduler.html>

use landline_api::scheduler::{
    CreateSchedule, CreateScheduleGroup, CreateScheduleGroupInput, DeleteSchedule,
    DeleteScheduleGroup, DeleteScheduleGroupInput, DeleteScheduleInput, Tag, TagResource,
    TagResourceInput, UntagResource, UntagResourceInput, UpdateSchedule, errors,
};
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::Value as Json;

use super::input::{call, check, name, tag_map, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct Schedule(pub(super) Dispatcher);

static SCHEDULE: Schema = Schema {
    resource_type: "AWS::Scheduler::Schedule",
    required: &["FlexibleTimeWindow", "ScheduleExpression", "Target"],
    properties: &[
        "Description",
        "EndDate",
        "FlexibleTimeWindow",
        "GroupName",
        "KmsKeyArn",
        "Name",
        "ScheduleExpression",
        "ScheduleExpressionTimezone",
        "StartDate",
        "State",
        "Target",
    ],
    replace_on: &["Name"],
    attributes: &["Arn"],
};

/// The properties, to which the name is given beside them.
fn without_name(properties: &Json) -> Json {
    let mut properties = properties.clone();
    if let Some(fields) = properties.as_object_mut() {
        fields.remove("Name");
    }
    properties
}

/// The group is part of the ARN that the creation answers; `Ref` is the name alone.
fn made(name: &str, arn: String) -> Provisioned {
    Provisioned::new(name).with("Arn", Some(arn))
}

impl ResourceProvider for Schedule {
    fn schema(&self) -> &'static Schema {
        &SCHEDULE
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        // A name is made up where there is none.
        let more: &[_] = match properties.get("Name") {
            Some(_) => &[],
            None => &[("Name", "made-up")],
        };
        check::<CreateSchedule>(properties, more)
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "Name"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = name(request, "Name");
            let properties = without_name(&request.properties);
            let more = [("Name", name.as_str())];
            let created = call::<CreateSchedule>(&self.0, &properties, &more, &request.caller);
            Ok(made(&name, created.await?.schedule_arn))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = &existing.physical_id;
            let group = |properties: &Json| text(properties, "GroupName");
            // A schedule does not move: it is made anew in the other group.
            let properties = without_name(&request.properties);
            let more = [("Name", name.as_str())];
            if group(&existing.properties) != group(&properties) {
                let created = call::<CreateSchedule>(&self.0, &properties, &more, &request.caller);
                let created = created.await?;
                self.delete(existing, &request.caller).await?;
                return Ok(made(name, created.schedule_arn));
            }
            let updated = call::<UpdateSchedule>(&self.0, &properties, &more, &request.caller);
            Ok(made(name, updated.await?.schedule_arn))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = DeleteScheduleInput {
                name: existing.physical_id.clone(),
                group_name: text(&existing.properties, "GroupName"),
                ..Default::default()
            };
            unless_gone(self.0.call::<DeleteSchedule>(input, caller).await)
        })
    }
}

/// What is gone already needs no change.
fn unless_gone<T>(answer: Result<T, ServiceError>) -> Result<(), ProvisionError> {
    match answer {
        Err(error) if !errors::ResourceNotFoundException.matches(&error) => Err(error.into()),
        _ => Ok(()),
    }
}

#[derive(Debug)]
pub(super) struct ScheduleGroup(pub(super) Dispatcher);

static SCHEDULE_GROUP: Schema = Schema {
    resource_type: "AWS::Scheduler::ScheduleGroup",
    required: &[],
    properties: &["Name", "Tags"],
    replace_on: &["Name"],
    attributes: &["Arn"],
};

fn tags(properties: &Json) -> Vec<Tag> {
    let tags = tag_map(properties).into_iter();
    let tags = tags.filter_map(|(key, value)| {
        let value = value.as_str()?.to_owned();
        Some(Tag { key, value })
    });
    tags.collect()
}

fn group_arn(name: &str, caller: &Caller) -> String {
    let (region, account) = (&caller.region, &caller.account_id);
    format!("arn:aws:scheduler:{region}:{account}:schedule-group/{name}")
}

impl ResourceProvider for ScheduleGroup {
    fn schema(&self) -> &'static Schema {
        &SCHEDULE_GROUP
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "Name"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = name(request, "Name");
            let input = CreateScheduleGroupInput {
                name: name.clone(),
                tags: Some(tags(&request.properties)),
                ..Default::default()
            };
            let created = self.0.call::<CreateScheduleGroup>(input, &request.caller);
            Ok(made(&name, created.await?.schedule_group_arn))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let arn = group_arn(&existing.physical_id, &request.caller);
            let (before, after) = (tags(&existing.properties), tags(&request.properties));
            let is_gone = |tag: &&Tag| !after.iter().any(|it| it.key == tag.key);
            let gone = before.iter().filter(is_gone).map(|tag| tag.key.clone());
            let gone: Vec<String> = gone.collect();
            if !gone.is_empty() {
                let input = UntagResourceInput {
                    resource_arn: arn.clone(),
                    tag_keys: gone,
                };
                self.0.call::<UntagResource>(input, &request.caller).await?;
            }
            if !after.is_empty() {
                let input = TagResourceInput {
                    resource_arn: arn.clone(),
                    tags: after,
                };
                self.0.call::<TagResource>(input, &request.caller).await?;
            }
            Ok(made(&existing.physical_id, arn))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = DeleteScheduleGroupInput {
                name: existing.physical_id.clone(),
                ..Default::default()
            };
            unless_gone(self.0.call::<DeleteScheduleGroup>(input, caller).await)
        })
    }
}
