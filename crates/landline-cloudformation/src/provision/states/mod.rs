//! `AWS::StepFunctions::StateMachine`, `Activity`, `StateMachineVersion`, `StateMachineAlias`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_StepFunctions.html>

mod activity;
mod definition;
mod machine;
mod version;

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::{Map, Value as Json, json};

use super::input::tags;
use crate::provider::ProvisionError;

pub(super) use activity::Activity;
pub(super) use machine::StateMachine;
pub(super) use version::{StateMachineAlias, StateMachineVersion};

/// Properties as the API names them: `Level` is `level`, all the way down.
fn lowered(value: &Json) -> Json {
    match value {
        Json::Array(items) => items.iter().map(lowered).collect(),
        Json::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let mut letters = name.chars();
                let first = letters.next().map(|letter| letter.to_ascii_lowercase());
                (first.into_iter().chain(letters).collect(), lowered(value))
            });
            Json::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// These properties as members of an input.
fn members(properties: &Json, names: &[(&str, &str)]) -> Map<String, Json> {
    let mut members = Map::new();
    for (property, member) in names {
        if let Some(value) = properties.get(property) {
            members.insert((*member).to_owned(), lowered(value));
        }
    }
    members
}

/// Tags as the API takes them.
fn tag_list(properties: &Json) -> Json {
    let tags = tags(properties).into_iter();
    tags.map(|(key, value)| json!({ "key": key, "value": value }))
        .collect()
}

async fn change_tags(
    dispatcher: &Dispatcher,
    arn: &str,
    before: &Json,
    after: &Json,
    caller: &Caller,
) -> Result<(), ProvisionError> {
    let (before, after) = (tags(before), tags(after));
    let removed = before.keys().filter(|key| !after.contains_key(*key));
    let removed: Vec<String> = removed.cloned().collect();
    if !removed.is_empty() {
        let input = api::UntagResourceInput {
            resource_arn: arn.to_owned(),
            tag_keys: removed,
        };
        dispatcher.call::<api::UntagResource>(input, caller).await?;
    }
    if after != before && !after.is_empty() {
        let tags = after.into_iter().map(|(key, value)| api::Tag {
            key: Some(key),
            value: Some(value),
        });
        let input = api::TagResourceInput {
            resource_arn: arn.to_owned(),
            tags: tags.collect(),
        };
        dispatcher.call::<api::TagResource>(input, caller).await?;
    }
    Ok(())
}

/// What is gone already needs no change.
fn unless_gone<T>(answer: Result<T, ServiceError>) -> Result<(), ProvisionError> {
    let gone = [errors::StateMachineDoesNotExist, errors::ResourceNotFound];
    match answer {
        Err(error) if !gone.iter().any(|it| it.matches(&error)) => Err(error.into()),
        _ => Ok(()),
    }
}
