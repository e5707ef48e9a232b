//! `StartExecution`, `StartSyncExecution`, `StopExecution`, `RedriveExecution`, `DescribeExecution`, `ListExecutions`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html>

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_wire::{Caller, Handler, ServiceError, Timestamp, request_id};
use serde_json::{Value, json};

use super::Service;
use super::names::{check_name, of_kind};
use super::page::size;
use crate::errors::{invalid, no_execution, no_machine, not_supported, unavailable};
use crate::execution::Wish;
use crate::execution::record::{EXECUTIONS, ExecutionRecord, STARTED, Status, key};
use crate::execution::redrive::redriven;
use crate::failure::Failure;
use crate::machine::Kind;
use crate::nesting::is_too_deep;

/// What an execution is given; an object without members, where it is given nothing.
fn read_input(input: Option<&str>) -> Result<Value, ServiceError> {
    let Some(text) = input else {
        return Ok(json!({}));
    };
    let refusal = |reason: String| {
        let text = format!("Invalid State Machine Execution Input: '{reason}'");
        errors::InvalidExecutionInput.with(text)
    };
    let input = serde_json::from_str(text).map_err(|error| refusal(error.to_string()))?;
    if is_too_deep(&input) {
        return Err(refusal("it is nested too deeply".to_owned()));
    }
    Ok(input)
}

impl Service {
    fn wish(
        &self,
        machine_arn: &str,
        name: Option<String>,
        input: Option<&str>,
        trace_header: Option<String>,
    ) -> Result<Wish, ServiceError> {
        let name = name.unwrap_or_else(request_id::uuid);
        check_name(&name)?;
        let meant = self.meant(machine_arn)?;
        if meant.known.record.is_deleting {
            let text = format!("State Machine is deleting: '{machine_arn}'");
            return Err(errors::StateMachineDeleting.with(text));
        }
        Ok(Wish {
            known: meant.known,
            revision_id: meant.revision_id,
            revision: meant.revision,
            machine: meant.machine,
            version_arn: meant.version_arn,
            alias_arn: meant.alias_arn,
            name,
            input: read_input(input)?,
            trace_header,
        })
    }

    /// The machine and the name of a standard execution, and its record.
    pub(super) fn execution(&self, arn: &str) -> Result<ExecutionRecord, ServiceError> {
        let rest = of_kind(arn, "execution")?;
        let (machine, name) = rest.split_once(':').ok_or_else(|| no_execution(arn))?;
        let record = EXECUTIONS.get(&*self.config.store, &key(machine, name));
        let record = record.map_err(unavailable)?;
        record.ok_or_else(|| no_execution(arn))
    }
}

impl Handler<api::StartExecution> for Service {
    async fn handle(
        &self,
        input: api::StartExecutionInput,
        _caller: &Caller,
    ) -> Result<api::StartExecutionOutput, ServiceError> {
        let wish = self.wish(
            &input.state_machine_arn,
            input.name,
            input.input.as_deref(),
            input.trace_header,
        )?;
        let (arn, millis) = match wish.known.record.kind {
            Kind::Standard => self.start_standard(wish).await?,
            Kind::Express => self.start_express(wish)?.0,
        };
        Ok(api::StartExecutionOutput {
            execution_arn: arn,
            start_date: Timestamp::from_millis(millis),
        })
    }
}

fn included() -> api::CloudWatchEventsExecutionDataDetails {
    api::CloudWatchEventsExecutionDataDetails {
        included: Some(true),
    }
}

impl Handler<api::StartSyncExecution> for Service {
    async fn handle(
        &self,
        input: api::StartSyncExecutionInput,
        _caller: &Caller,
    ) -> Result<api::StartSyncExecutionOutput, ServiceError> {
        let wish = self.wish(
            &input.state_machine_arn,
            input.name,
            input.input.as_deref(),
            input.trace_header,
        )?;
        if wish.known.record.kind != Kind::Express {
            return Err(not_supported());
        }
        let record = self.run_express(wish).await?;
        let stopped = record.stopped_millis.unwrap_or(record.started_millis);
        // In units of a tenth of a second, as AWS bills.
        let billed = (stopped - record.started_millis).max(0).div_euclid(100) * 100 + 100;
        let has_output = record.output.is_some();
        Ok(api::StartSyncExecutionOutput {
            execution_arn: record.arn,
            state_machine_arn: Some(record.machine_arn),
            name: Some(record.name),
            start_date: Timestamp::from_millis(record.started_millis),
            stop_date: Timestamp::from_millis(stopped),
            status: record.status.name().into(),
            error: record.failure.error,
            cause: record.failure.cause,
            input: Some(record.input),
            input_details: Some(included()),
            output: record.output,
            output_details: has_output.then(included),
            trace_header: record.trace_header,
            billing_details: Some(api::BillingDetails {
                billed_memory_used_in_mb: Some(64),
                billed_duration_in_milliseconds: Some(billed),
            }),
        })
    }
}

impl Handler<api::StopExecution> for Service {
    async fn handle(
        &self,
        input: api::StopExecutionInput,
        _caller: &Caller,
    ) -> Result<api::StopExecutionOutput, ServiceError> {
        let record = self.execution(&input.execution_arn)?;
        if let Some(running) = self.executions.get(&record.key()) {
            let reason = Failure {
                error: input.error,
                cause: input.cause,
            };
            running.stop(reason).await;
        }
        let record = self.execution(&input.execution_arn)?;
        let stopped = record
            .stopped_millis
            .unwrap_or_else(|| self.now().as_millis());
        Ok(api::StopExecutionOutput {
            stop_date: Timestamp::from_millis(stopped),
        })
    }
}

impl Handler<api::RedriveExecution> for Service {
    async fn handle(
        &self,
        input: api::RedriveExecutionInput,
        _caller: &Caller,
    ) -> Result<api::RedriveExecutionOutput, ServiceError> {
        let record = self.execution(&input.execution_arn)?;
        let millis = self.redrive(record, input.client_token).await?;
        Ok(api::RedriveExecutionOutput {
            redrive_date: Timestamp::from_millis(millis),
        })
    }
}

impl Handler<api::DescribeExecution> for Service {
    async fn handle(
        &self,
        input: api::DescribeExecutionInput,
        _caller: &Caller,
    ) -> Result<api::DescribeExecutionOutput, ServiceError> {
        let record = self.execution(&input.execution_arn)?;
        let why_not = self.why_not_redriven(&record).map_err(unavailable)?;
        let redriven = redriven(&record);
        let has_data = input.included_data != Some(api::IncludedData::MetadataOnly);
        let output = record.output.filter(|_| has_data);
        Ok(api::DescribeExecutionOutput {
            execution_arn: record.arn,
            state_machine_arn: record.machine_arn,
            name: Some(record.name),
            status: record.status.name().into(),
            start_date: Timestamp::from_millis(record.started_millis),
            stop_date: record.stopped_millis.map(Timestamp::from_millis),
            input: has_data.then_some(record.input),
            input_details: has_data.then(included),
            output_details: output.as_ref().map(|_| included()),
            output,
            trace_header: record.trace_header,
            error: record.failure.error,
            cause: record.failure.cause,
            state_machine_version_arn: record.version_arn,
            state_machine_alias_arn: record.alias_arn,
            redrive_count: i32::try_from(record.redrives).ok(),
            redrive_date: redriven,
            redrive_status: Some(match why_not {
                Some(_) => api::ExecutionRedriveStatus::NotRedrivable,
                None => api::ExecutionRedriveStatus::Redrivable,
            }),
            redrive_status_reason: why_not,
            ..Default::default()
        })
    }
}

impl Handler<api::ListExecutions> for Service {
    async fn handle(
        &self,
        input: api::ListExecutionsInput,
        _caller: &Caller,
    ) -> Result<api::ListExecutionsOutput, ServiceError> {
        let Some(arn) = &input.state_machine_arn else {
            return Err(invalid("Must provide a StateMachine ARN or MapRun ARN"));
        };
        let meant = self.meant(arn).map_err(|error| match error.code.as_ref() {
            "StateMachineDoesNotExist" => no_machine(arn),
            _ => error,
        })?;
        if meant.known.record.kind == Kind::Express {
            return Err(not_supported());
        }
        let wanted = |record: &ExecutionRecord| {
            let status = input.status_filter.as_ref();
            let is_version = meant.version_arn.is_none()
                || record.version_arn == meant.version_arn
                || (meant.alias_arn.is_some() && record.alias_arn == meant.alias_arn);
            is_version && status.is_none_or(|status| status.as_str() == record.status.name())
        };
        let (found, next_token) = self.newest(
            &meant.known.record.name,
            input.next_token.as_deref(),
            size(input.max_results),
            wanted,
        )?;
        let shown = found.into_iter().map(|record| api::ExecutionListItem {
            redrive_date: redriven(&record),
            execution_arn: record.arn,
            state_machine_arn: record.machine_arn,
            name: record.name,
            status: record.status.name().into(),
            start_date: Timestamp::from_millis(record.started_millis),
            stop_date: record.stopped_millis.map(Timestamp::from_millis),
            state_machine_version_arn: record.version_arn,
            state_machine_alias_arn: record.alias_arn,
            redrive_count: (record.status != Status::Running || record.redrives > 0)
                .then(|| i32::try_from(record.redrives).unwrap_or(i32::MAX)),
            ..Default::default()
        });
        Ok(api::ListExecutionsOutput {
            executions: shown.collect(),
            next_token,
        })
    }
}

impl Service {
    /// Executions of a machine, the newest first, and the token of those that come after them.
    fn newest(
        &self,
        machine: &str,
        token: Option<&str>,
        count: usize,
        wanted: impl Fn(&ExecutionRecord) -> bool,
    ) -> Result<(Vec<ExecutionRecord>, Option<String>), ServiceError> {
        let prefix = key(machine, "");
        let after = token.map(|token| format!("{prefix}{token}"));
        let read = self.config.store.read(|reader| {
            let mut found: Vec<(String, ExecutionRecord)> = Vec::new();
            let mut after = after;
            loop {
                let page = STARTED.page_in(reader, &prefix, after.as_deref(), count + 1)?;
                let Some((last, _)) = page.last() else {
                    return Ok(found);
                };
                after = Some(last.clone());
                for (started, name) in page {
                    let record = EXECUTIONS.get_in(reader, &key(machine, &name))?;
                    found.extend(record.filter(&wanted).map(|record| (started, record)));
                    if found.len() > count {
                        return Ok::<_, landline_store::StoreError>(found);
                    }
                }
            }
        });
        let mut found = read.map_err(unavailable)?;
        let has_more = found.len() > count;
        found.truncate(count);
        let last = found.last().filter(|_| has_more);
        let next = last.map(|(started, _)| started[prefix.len()..].to_owned());
        Ok((found.into_iter().map(|(_, record)| record).collect(), next))
    }
}
