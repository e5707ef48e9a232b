//! `PutTargets`, `RemoveTargets`, `ListTargetsByRule`.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html>

use landline_api::events as api;
use landline_api::events::errors;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::Service;
use super::page::page;
use crate::errors::invalid;
use crate::input::{Input, Path, unknown_variable};
use crate::quotas::TARGETS_MAX;
use crate::rule::TargetRecord;
use crate::target::is_reached;

impl Handler<api::PutTargets> for Service {
    async fn handle(
        &self,
        input: api::PutTargetsInput,
        _caller: &Caller,
    ) -> Result<api::PutTargetsOutput, ServiceError> {
        let (bus, _) = self.bus(input.event_bus_name.as_deref())?;
        let targets = input.targets.into_iter().map(record_of);
        let targets = targets.collect::<Result<Vec<_>, _>>()?;
        for target in targets.iter().filter(|target| !is_reached(&target.arn)) {
            tracing::warn!(
                rule = input.rule,
                target = target.arn,
                "Landline has no such target; it is kept and told nothing"
            );
        }
        let change = self.change_rule(&bus, &input.rule, |record| {
            for target in targets {
                match record
                    .targets
                    .iter_mut()
                    .find(|known| known.id == target.id)
                {
                    Some(known) => *known = target,
                    None => record.targets.push(target),
                }
            }
            if record.targets.len() > TARGETS_MAX {
                return Err(errors::LimitExceededException
                    .with("The requested resource exceeds the maximum number allowed."));
            }
            Ok(())
        });
        change.await?;
        Ok(api::PutTargetsOutput {
            failed_entry_count: Some(0),
            failed_entries: Some(Vec::new()),
        })
    }
}

fn record_of(target: api::Target) -> Result<TargetRecord, ServiceError> {
    if Arn::parse(&target.arn).is_none() {
        let arn = &target.arn;
        return Err(invalid(format!(
            "Parameter {arn} is not valid. Reason: Provided Arn is not in correct format."
        )));
    }
    let id = &target.id;
    let input = match (target.input, target.input_path, target.input_transformer) {
        (None, None, None) => Input::Event,
        (Some(text), None, None) => {
            let parsed = serde_json::from_str::<serde::de::IgnoredAny>(&text);
            parsed.map_err(|_| invalid(format!("JSON syntax error in input for target {id}")))?;
            Input::Constant(text)
        }
        // The whole event.
        (None, Some(path), None) if path.is_empty() || path == "$" => Input::Event,
        (None, Some(path), None) => {
            check_path(&path, id)?;
            Input::Path(path)
        }
        (None, None, Some(transformer)) => {
            let paths = transformer.input_paths_map.unwrap_or_default();
            for path in paths.values() {
                check_path(path, id)?;
            }
            let template = transformer.input_template;
            if let Some(name) = unknown_variable(&template, &paths) {
                return Err(invalid(format!(
                    "InputTemplate for target {id} contains invalid placeholder {name}."
                )));
            }
            Input::Template { paths, template }
        }
        _ => {
            return Err(invalid(format!(
                "Only one of Input, InputPath, or InputTransformer must be provided for target {id}."
            )));
        }
    };
    Ok(TargetRecord {
        id: target.id,
        arn: target.arn,
        role_arn: target.role_arn,
        input,
        group: target.sqs_parameters.and_then(|it| it.message_group_id),
        dead_letters: target.dead_letter_config.and_then(|it| it.arn),
        max_retries: target
            .retry_policy
            .as_ref()
            .and_then(|it| it.maximum_retry_attempts),
        max_age_seconds: target
            .retry_policy
            .and_then(|it| it.maximum_event_age_in_seconds),
    })
}

fn check_path(path: &str, target: &str) -> Result<(), ServiceError> {
    let parsed = Path::parse(path).map(|_| ());
    parsed.ok_or_else(|| {
        invalid(format!(
            "Invalid JSON path {path} in input of target {target}."
        ))
    })
}

impl Handler<api::RemoveTargets> for Service {
    async fn handle(
        &self,
        input: api::RemoveTargetsInput,
        _caller: &Caller,
    ) -> Result<api::RemoveTargetsOutput, ServiceError> {
        let (bus, _) = self.bus(input.event_bus_name.as_deref())?;
        let rule = self.rule(Some(&bus), &input.rule)?;
        let is_known = |id: &String| rule.record.targets.iter().any(|target| target.id == *id);
        let unknown = input.ids.iter().filter(|id| !is_known(id));
        let failed: Vec<_> = unknown
            .map(|id| api::RemoveTargetsResultEntry {
                target_id: Some(id.clone()),
                error_code: Some("ResourceNotFoundException".to_owned()),
                error_message: Some(format!(
                    "Rule {} does not have target {id}.",
                    rule.record.name
                )),
            })
            .collect();
        let change = self.change_rule(&bus, &input.rule, |record| {
            record
                .targets
                .retain(|target| !input.ids.contains(&target.id));
            Ok(())
        });
        change.await?;
        Ok(api::RemoveTargetsOutput {
            failed_entry_count: i32::try_from(failed.len()).ok(),
            failed_entries: Some(failed),
        })
    }
}

impl Handler<api::ListTargetsByRule> for Service {
    async fn handle(
        &self,
        input: api::ListTargetsByRuleInput,
        _caller: &Caller,
    ) -> Result<api::ListTargetsByRuleOutput, ServiceError> {
        let rule = self.rule(input.event_bus_name.as_deref(), &input.rule)?;
        let mut targets = rule.record.targets.clone();
        targets.sort_by(|left, right| left.id.cmp(&right.id));
        let token = input.next_token.as_deref();
        let (page, next_token) = page(targets, token, input.limit, |target| &target.id);
        Ok(api::ListTargetsByRuleOutput {
            targets: Some(page.into_iter().map(shown).collect()),
            next_token,
        })
    }
}

fn shown(record: TargetRecord) -> api::Target {
    let retry = api::RetryPolicy {
        maximum_retry_attempts: record.max_retries,
        maximum_event_age_in_seconds: record.max_age_seconds,
    };
    let mut target = api::Target {
        id: record.id,
        arn: record.arn,
        role_arn: record.role_arn,
        sqs_parameters: record.group.map(|group| api::SqsParameters {
            message_group_id: Some(group),
        }),
        dead_letter_config: record
            .dead_letters
            .map(|arn| api::DeadLetterConfig { arn: Some(arn) }),
        retry_policy: (retry != api::RetryPolicy::default()).then_some(retry),
        ..Default::default()
    };
    match record.input {
        Input::Event => {}
        Input::Constant(text) => target.input = Some(text),
        Input::Path(path) => target.input_path = Some(path),
        Input::Template { paths, template } => {
            target.input_transformer = Some(api::InputTransformer {
                input_paths_map: (!paths.is_empty()).then_some(paths),
                input_template: template,
            });
        }
    }
    target
}
