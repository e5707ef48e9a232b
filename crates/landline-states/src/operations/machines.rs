//! `CreateStateMachine`, `UpdateStateMachine`, `DescribeStateMachine`, `DescribeStateMachineForExecution`,
//! `DeleteStateMachine`, `ListStateMachines`, `ValidateStateMachineDefinition`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html>

use std::sync::Arc;

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_store::StoreError;
use landline_wire::{Caller, Handler, ServiceError, Timestamp, request_id};

use super::names::{check_name, of_kind};
use super::page::{kept, page, shown};
use super::{Service, tags};
use crate::definition::{self, Diagnostic, Machine};
use crate::errors::{invalid, invalid_definition, no_execution, no_machine, unavailable};
use crate::execution::record::{EXECUTIONS, key as execution_key};
use crate::integration;
use crate::machine::{Kind, Known, MACHINES, MachineRecord, REVISIONS, Revision, key};
use crate::quotas::{MACHINES_MAX, REVISIONS_KEPT};

impl Service {
    /// Reads a definition, and looks whether all is there that it would call.
    fn read(&self, definition: &str, kind: Kind) -> Result<Machine, Vec<Diagnostic>> {
        let machine = definition::parse(definition, kind.for_definition())?;
        let diagnostics = integration::unreachable(&machine, &self.config.dispatcher);
        if diagnostics.is_empty() {
            Ok(machine)
        } else {
            Err(diagnostics)
        }
    }

    /// Keeps a machine in a new state. To be called with `changes` locked.
    pub(super) async fn keep(
        &self,
        record: MachineRecord,
        machine: Arc<Machine>,
    ) -> Result<(), ServiceError> {
        let kept = record.clone();
        let old = self.old_revisions(&record.name)?;
        let written = self
            .config
            .store
            .write(move |transaction| -> Result<(), StoreError> {
                for revision in &old {
                    REVISIONS.delete_in(transaction, revision);
                }
                let revision_key = key(&kept.name, &kept.revision_id);
                REVISIONS.put_in(transaction, &revision_key, &kept.revision)?;
                MACHINES.put_in(transaction, &kept.name, &kept)
            })
            .await;
        written.map_err(unavailable)?;
        self.machines.put(Known { record, machine });
        Ok(())
    }

    /// The keys of revisions that nobody needs any more.
    fn old_revisions(&self, machine: &str) -> Result<Vec<String>, ServiceError> {
        let store = &*self.config.store;
        let prefix = key(machine, "");
        let all = store.read(|reader| REVISIONS.list_in(reader, &prefix));
        let mut all = all.map_err(unavailable)?;
        if all.len() < REVISIONS_KEPT {
            return Ok(Vec::new());
        }
        all.sort_by_key(|(_, revision)| revision.updated_millis);
        let count = all.len() + 1 - REVISIONS_KEPT;
        let keys = all.into_iter().map(|(key, _)| key);
        Ok(keys
            .filter(|key| !self.executions.any_by(key))
            .take(count)
            .collect())
    }
}

fn is_traced(tracing: Option<&api::TracingConfiguration>) -> bool {
    tracing
        .and_then(|tracing| tracing.enabled)
        .unwrap_or_default()
}

fn kind_of(given: Option<&api::StateMachineType>) -> Kind {
    match given {
        Some(api::StateMachineType::Express) => Kind::Express,
        _ => Kind::Standard,
    }
}

pub(super) fn shown_kind(kind: Kind) -> api::StateMachineType {
    match kind {
        Kind::Standard => api::StateMachineType::Standard,
        Kind::Express => api::StateMachineType::Express,
    }
}

fn check_description(
    publish: Option<bool>,
    description: Option<&String>,
) -> Result<(), ServiceError> {
    if description.is_some() && publish != Some(true) {
        return Err(invalid(
            "Version description can only be set when publish is true",
        ));
    }
    Ok(())
}

impl Handler<api::CreateStateMachine> for Service {
    async fn handle(
        &self,
        input: api::CreateStateMachineInput,
        _caller: &Caller,
    ) -> Result<api::CreateStateMachineOutput, ServiceError> {
        check_name(&input.name)?;
        check_description(input.publish, input.version_description.as_ref())?;
        self.check_logging(input.logging_configuration.as_ref())
            .await?;
        let kind = kind_of(input.r#type.as_ref());
        let machine = self.read(&input.definition, kind);
        let machine = machine.map_err(|it| invalid_definition(&it))?;
        let revision = Revision {
            definition: input.definition,
            role_arn: input.role_arn,
            logging: kept(input.logging_configuration.as_ref()),
            is_traced: is_traced(input.tracing_configuration.as_ref()),
            encryption: kept(input.encryption_configuration.as_ref()),
            updated_millis: self.now().as_millis(),
        };
        let _one_at_a_time = self.changes.lock().await;
        let arn = self.arn(&format!("stateMachine:{}", input.name));
        if let Some(known) = self.machines.get(&input.name) {
            return existing(&known, kind, &revision);
        }
        if self.machines.len() >= MACHINES_MAX {
            let text = "Maximum number of state machines reached";
            return Err(errors::StateMachineLimitExceeded.with(text));
        }
        let record = MachineRecord {
            name: input.name.clone(),
            arn: arn.clone(),
            kind,
            // So AWS calls what has not changed yet.
            revision_id: request_id::uuid(),
            created_millis: revision.updated_millis,
            revision,
            tags: tags::map_of(input.tags)?,
            last_version: 0,
            is_deleting: false,
        };
        let created = Timestamp::from_millis(record.created_millis);
        self.keep(record, Arc::new(machine)).await?;
        let version_arn = match input.publish {
            Some(true) => {
                let published = self.publish(&input.name, input.version_description).await?;
                Some(published.0)
            }
            _ => None,
        };
        Ok(api::CreateStateMachineOutput {
            state_machine_arn: arn,
            creation_date: created,
            state_machine_version_arn: version_arn,
        })
    }
}

/// Creating once more what is there is a success, when it is the same.
fn existing(
    known: &Known,
    kind: Kind,
    revision: &Revision,
) -> Result<api::CreateStateMachineOutput, ServiceError> {
    let record = &known.record;
    if record.is_deleting {
        let text = format!("State Machine is deleting: '{}'", record.arn);
        return Err(errors::StateMachineDeleting.with(text));
    }
    let before = &record.revision;
    let is_same = record.kind == kind
        && before.definition == revision.definition
        && before.logging == revision.logging
        && before.is_traced == revision.is_traced;
    if !is_same {
        let text = format!("State Machine Already Exists: '{}'", record.arn);
        return Err(errors::StateMachineAlreadyExists.with(text));
    }
    Ok(api::CreateStateMachineOutput {
        state_machine_arn: record.arn.clone(),
        creation_date: Timestamp::from_millis(record.created_millis),
        state_machine_version_arn: None,
    })
}

impl Handler<api::UpdateStateMachine> for Service {
    async fn handle(
        &self,
        input: api::UpdateStateMachineInput,
        _caller: &Caller,
    ) -> Result<api::UpdateStateMachineOutput, ServiceError> {
        let is_nothing = input.definition.is_none()
            && input.role_arn.is_none()
            && input.logging_configuration.is_none()
            && input.tracing_configuration.is_none()
            && input.encryption_configuration.is_none();
        if is_nothing {
            return Err(errors::MissingRequiredParameter.with(
                "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
            ));
        }
        check_description(input.publish, input.version_description.as_ref())?;
        self.check_logging(input.logging_configuration.as_ref())
            .await?;
        let _one_at_a_time = self.changes.lock().await;
        let known = self.machine(&input.state_machine_arn)?;
        if known.record.is_deleting {
            let text = format!("State Machine is deleting: '{}'", known.record.arn);
            return Err(errors::StateMachineDeleting.with(text));
        }
        let mut record = known.record.clone();
        let machine = match &input.definition {
            Some(definition) => {
                let machine = self.read(definition, record.kind);
                Arc::new(machine.map_err(|it| invalid_definition(&it))?)
            }
            None => known.machine.clone(),
        };
        let before = record.revision.clone();
        record.revision = Revision {
            definition: input.definition.unwrap_or(before.definition),
            role_arn: input.role_arn.unwrap_or(before.role_arn),
            logging: kept(input.logging_configuration.as_ref()).or(before.logging),
            is_traced: match &input.tracing_configuration {
                Some(tracing) => is_traced(Some(tracing)),
                None => before.is_traced,
            },
            encryption: kept(input.encryption_configuration.as_ref()).or(before.encryption),
            updated_millis: self.now().as_millis(),
        };
        record.revision_id = request_id::uuid();
        let (updated, revision_id) = (record.revision.updated_millis, record.revision_id.clone());
        let name = record.name.clone();
        self.keep(record, machine).await?;
        let version_arn = match input.publish {
            Some(true) => Some(self.publish(&name, input.version_description).await?.0),
            _ => None,
        };
        Ok(api::UpdateStateMachineOutput {
            update_date: Timestamp::from_millis(updated),
            revision_id: Some(revision_id),
            state_machine_version_arn: version_arn,
        })
    }
}

fn logging_of(revision: &Revision) -> api::LoggingConfiguration {
    shown(revision.logging.as_ref()).unwrap_or(api::LoggingConfiguration {
        level: Some(api::LogLevel::Off),
        include_execution_data: Some(false),
        destinations: None,
    })
}

fn tracing_of(revision: &Revision) -> api::TracingConfiguration {
    api::TracingConfiguration {
        enabled: Some(revision.is_traced),
    }
}

fn definition_of(revision: Revision, included: Option<&api::IncludedData>) -> String {
    match included {
        Some(api::IncludedData::MetadataOnly) => String::new(),
        _ => revision.definition,
    }
}

impl Handler<api::DescribeStateMachine> for Service {
    async fn handle(
        &self,
        input: api::DescribeStateMachineInput,
        _caller: &Caller,
    ) -> Result<api::DescribeStateMachineOutput, ServiceError> {
        let meant = self.meant(&input.state_machine_arn)?;
        let record = &meant.known.record;
        let variables = &meant.machine.variables;
        let created = match meant.version_arn {
            Some(_) => meant.revision.updated_millis,
            None => record.created_millis,
        };
        Ok(api::DescribeStateMachineOutput {
            state_machine_arn: input.state_machine_arn,
            name: record.name.clone(),
            status: Some(if record.is_deleting {
                api::StateMachineStatus::Deleting
            } else {
                api::StateMachineStatus::Active
            }),
            role_arn: meant.revision.role_arn.clone(),
            r#type: shown_kind(record.kind),
            creation_date: Timestamp::from_millis(created),
            logging_configuration: Some(logging_of(&meant.revision)),
            tracing_configuration: Some(tracing_of(&meant.revision)),
            encryption_configuration: shown(meant.revision.encryption.as_ref()),
            variable_references: (!variables.is_empty()).then(|| variables.clone()),
            revision_id: (meant.revision.updated_millis != record.created_millis)
                .then(|| meant.revision_id.clone()),
            description: meant.description,
            label: None,
            definition: definition_of(meant.revision, input.included_data.as_ref()),
        })
    }
}

impl Handler<api::DescribeStateMachineForExecution> for Service {
    async fn handle(
        &self,
        input: api::DescribeStateMachineForExecutionInput,
        _caller: &Caller,
    ) -> Result<api::DescribeStateMachineForExecutionOutput, ServiceError> {
        let arn = &input.execution_arn;
        let rest = of_kind(arn, "execution")?;
        let (machine, name) = rest.split_once(':').ok_or_else(|| no_execution(arn))?;
        let store = &*self.config.store;
        let record = EXECUTIONS.get(store, &execution_key(machine, name));
        let record = record.map_err(unavailable)?;
        let record = record.ok_or_else(|| no_execution(arn))?;
        let revision = REVISIONS.get(store, &key(machine, &record.revision_id));
        let revision = revision.map_err(unavailable)?;
        let revision = revision.ok_or_else(|| no_machine(&record.machine_arn))?;
        Ok(api::DescribeStateMachineForExecutionOutput {
            state_machine_arn: record.machine_arn,
            name: record.machine,
            role_arn: revision.role_arn.clone(),
            update_date: Timestamp::from_millis(revision.updated_millis),
            logging_configuration: Some(logging_of(&revision)),
            tracing_configuration: Some(tracing_of(&revision)),
            encryption_configuration: shown(revision.encryption.as_ref()),
            revision_id: Some(record.revision_id),
            definition: definition_of(revision, input.included_data.as_ref()),
            ..Default::default()
        })
    }
}

impl Handler<api::DeleteStateMachine> for Service {
    async fn handle(
        &self,
        input: api::DeleteStateMachineInput,
        _caller: &Caller,
    ) -> Result<api::DeleteStateMachineOutput, ServiceError> {
        let name = of_kind(&input.state_machine_arn, "stateMachine")?;
        let _one_at_a_time = self.changes.lock().await;
        // Deleting what is not there is a success.
        let Some(known) = self.machines.get(name) else {
            return Ok(api::DeleteStateMachineOutput {});
        };
        if self.executions.any_of(name) {
            let record = MachineRecord {
                is_deleting: true,
                ..known.record.clone()
            };
            self.keep(record, known.machine.clone()).await?;
            // The last one may have ended in between.
            if self.executions.any_of(name) {
                return Ok(api::DeleteStateMachineOutput {});
            }
        }
        self.purge(name).await.map_err(unavailable)?;
        Ok(api::DeleteStateMachineOutput {})
    }
}

impl Handler<api::ListStateMachines> for Service {
    async fn handle(
        &self,
        input: api::ListStateMachinesInput,
        _caller: &Caller,
    ) -> Result<api::ListStateMachinesOutput, ServiceError> {
        let all = self.machines.all();
        let token = input.next_token.as_deref();
        let (page, next_token) = page(all, token, input.max_results, |it| &it.record.name);
        let shown = page.iter().map(|known| api::StateMachineListItem {
            state_machine_arn: known.record.arn.clone(),
            name: known.record.name.clone(),
            r#type: shown_kind(known.record.kind),
            creation_date: Timestamp::from_millis(known.record.created_millis),
        });
        Ok(api::ListStateMachinesOutput {
            state_machines: shown.collect(),
            next_token,
        })
    }
}

impl Handler<api::ValidateStateMachineDefinition> for Service {
    async fn handle(
        &self,
        input: api::ValidateStateMachineDefinitionInput,
        _caller: &Caller,
    ) -> Result<api::ValidateStateMachineDefinitionOutput, ServiceError> {
        let kind = kind_of(input.r#type.as_ref());
        let found = self.read(&input.definition, kind).err().unwrap_or_default();
        let most = input
            .max_results
            .and_then(|most| usize::try_from(most).ok());
        let most = most.filter(|most| *most > 0).unwrap_or(100);
        let result = if found.is_empty() {
            api::ValidateStateMachineDefinitionResultCode::Ok
        } else {
            api::ValidateStateMachineDefinitionResultCode::Fail
        };
        let is_truncated = found.len() > most;
        let shown =
            found
                .into_iter()
                .take(most)
                .map(|it| api::ValidateStateMachineDefinitionDiagnostic {
                    severity: api::ValidateStateMachineDefinitionSeverity::Error,
                    code: it.code.to_owned(),
                    message: it.message,
                    location: Some(it.location),
                });
        Ok(api::ValidateStateMachineDefinitionOutput {
            result,
            diagnostics: shown.collect(),
            truncated: Some(is_truncated),
        })
    }
}
