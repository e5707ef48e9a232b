//! `StartReplay`, `DescribeReplay`, `ListReplays`, `CancelReplay`.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html>

use landline_api::events as api;
use landline_api::events::errors;
use landline_store::StoreError;
use landline_wire::{Arn, Caller, Handler, ServiceError, Timestamp};

use super::Service;
use super::page::page;
use crate::Events;
use crate::archive::replay::{REPLAYS, ReplayRecord, State};
use crate::errors::{invalid, no_replay, unavailable};
use crate::quotas::REPLAYS_AT_ONCE;

impl Events {
    fn replay_arn(&self, name: &str) -> String {
        self.arn(&format!("replay/{name}"))
    }

    fn replay_record(&self, name: &str) -> Result<ReplayRecord, ServiceError> {
        let record = REPLAYS.get(&*self.config.store, name);
        record.map_err(unavailable)?.ok_or_else(|| no_replay(name))
    }
}

impl Service {
    /// The replay that a caller wants.
    fn wanted(&self, input: api::StartReplayInput) -> Result<ReplayRecord, ServiceError> {
        let archive = Arn::parse(&input.event_source_arn);
        let archive = archive.and_then(|arn| arn.resource.strip_prefix("archive/"));
        let archive = archive.ok_or_else(|| {
            invalid("Parameter EventSourceArn is not valid. Reason: Must contain an archive ARN.")
        })?;
        let (bus, _) = self.bus(Some(&input.destination.arn))?;
        let known = self.archives.get(archive).ok_or_else(|| {
            invalid(format!(
                "Parameter EventSourceArn is not valid. Reason: Archive {archive} does not exist."
            ))
        })?;
        if known.record.bus != bus {
            return Err(invalid(
                "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.",
            ));
        }
        if input.event_start_time.as_millis() >= input.event_end_time.as_millis() {
            return Err(invalid(
                "Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.",
            ));
        }
        Ok(ReplayRecord {
            name: input.replay_name,
            archive: archive.to_owned(),
            archive_arn: input.event_source_arn.clone(),
            description: input.description,
            bus,
            destination_arn: input.destination.arn,
            rules: input.destination.filter_arns.unwrap_or_default(),
            from_millis: input.event_start_time.as_millis(),
            until_millis: input.event_end_time.as_millis(),
            state: State::Starting,
            started_millis: self.now().as_millis(),
            ended_millis: None,
            last_key: None,
            last_millis: None,
        })
    }
}

impl Handler<api::StartReplay> for Service {
    async fn handle(
        &self,
        input: api::StartReplayInput,
        _caller: &Caller,
    ) -> Result<api::StartReplayOutput, ServiceError> {
        let record = self.wanted(input)?;
        let _one_at_a_time = self.changes.lock().await;
        let store = &*self.config.store;
        let all = REPLAYS.load(store).map_err(unavailable)?;
        let name = record.name.clone();
        if all.iter().any(|(known, _)| *known == name) {
            let text = format!("Replay {name} already exists.");
            return Err(errors::ResourceAlreadyExistsException.with(text));
        }
        let active = all.iter().filter(|(_, it)| it.state.is_active());
        if active.count() >= REPLAYS_AT_ONCE {
            return Err(errors::LimitExceededException
                .with("The requested resource exceeds the maximum number allowed."));
        }
        let started = Timestamp::from_millis(record.started_millis);
        let kept = REPLAYS.put(store, &name, record).await;
        kept.map_err(unavailable)?;
        self.set_off(name.clone());
        Ok(api::StartReplayOutput {
            replay_arn: Some(self.replay_arn(&name)),
            state: Some(api::ReplayState::Starting),
            state_reason: None,
            replay_start_time: Some(started),
        })
    }
}

impl Handler<api::DescribeReplay> for Service {
    async fn handle(
        &self,
        input: api::DescribeReplayInput,
        _caller: &Caller,
    ) -> Result<api::DescribeReplayOutput, ServiceError> {
        let record = self.replay_record(&input.replay_name)?;
        let rules = record.rules;
        Ok(api::DescribeReplayOutput {
            replay_arn: Some(self.replay_arn(&record.name)),
            replay_name: Some(record.name),
            description: record.description,
            state: Some(record.state.name().into()),
            state_reason: None,
            event_source_arn: Some(record.archive_arn),
            destination: Some(api::ReplayDestination {
                arn: record.destination_arn,
                filter_arns: (!rules.is_empty()).then_some(rules),
            }),
            event_start_time: Some(Timestamp::from_millis(record.from_millis)),
            event_end_time: Some(Timestamp::from_millis(record.until_millis)),
            event_last_replayed_time: record.last_millis.map(Timestamp::from_millis),
            replay_start_time: Some(Timestamp::from_millis(record.started_millis)),
            replay_end_time: record.ended_millis.map(Timestamp::from_millis),
        })
    }
}

impl Handler<api::ListReplays> for Service {
    async fn handle(
        &self,
        input: api::ListReplaysInput,
        _caller: &Caller,
    ) -> Result<api::ListReplaysOutput, ServiceError> {
        let all = REPLAYS.load(&*self.config.store).map_err(unavailable)?;
        let prefix = input.name_prefix.unwrap_or_default();
        let wanted = all.into_iter().map(|(_, record)| record).filter(|record| {
            let source = input.event_source_arn.as_ref();
            let state = input.state.as_ref();
            record.name.starts_with(&prefix)
                && source.is_none_or(|source| *source == record.archive_arn)
                && state.is_none_or(|state| state.as_str() == record.state.name())
        });
        let token = input.next_token.as_deref();
        let (page, next_token) = page(wanted.collect(), token, input.limit, |it| &it.name);
        let shown = page.into_iter().map(|record| api::Replay {
            replay_name: Some(record.name),
            event_source_arn: Some(record.archive_arn),
            state: Some(record.state.name().into()),
            state_reason: None,
            event_start_time: Some(Timestamp::from_millis(record.from_millis)),
            event_end_time: Some(Timestamp::from_millis(record.until_millis)),
            event_last_replayed_time: record.last_millis.map(Timestamp::from_millis),
            replay_start_time: Some(Timestamp::from_millis(record.started_millis)),
            replay_end_time: record.ended_millis.map(Timestamp::from_millis),
        });
        Ok(api::ListReplaysOutput {
            replays: Some(shown.collect()),
            next_token,
        })
    }
}

impl Handler<api::CancelReplay> for Service {
    async fn handle(
        &self,
        input: api::CancelReplayInput,
        _caller: &Caller,
    ) -> Result<api::CancelReplayOutput, ServiceError> {
        let name = input.replay_name;
        self.replay_record(&name)?;
        let key = name.clone();
        let cancelled = self.config.store.write(move |transaction| {
            let record = REPLAYS.get_in(transaction, &key)?;
            let is_under_way =
                |it: &ReplayRecord| matches!(it.state, State::Starting | State::Running);
            let Some(mut record) = record.filter(is_under_way) else {
                return Ok(false);
            };
            record.state = State::Cancelling;
            REPLAYS.put_in(transaction, &key, &record)?;
            Ok::<_, StoreError>(true)
        });
        if !cancelled.await.map_err(unavailable)? {
            let text = format!("Replay {name} is not in a valid state for this operation.");
            return Err(errors::IllegalStatusException.with(text));
        }
        Ok(api::CancelReplayOutput {
            replay_arn: Some(self.replay_arn(&name)),
            state: Some(api::ReplayState::Cancelling),
            state_reason: None,
        })
    }
}
