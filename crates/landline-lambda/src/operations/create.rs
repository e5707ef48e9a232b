//! `CreateFunction`, `DeleteFunction`.

use std::collections::BTreeMap;

use landline_api::lambda as api;
use landline_api::lambda::errors::ResourceConflictException;
use landline_wire::{Caller, Handler, ServiceError};

use super::source::CodeObject;
use super::{Service, configuration, validation};
use crate::function::name::FunctionName;
use crate::function::record::{Code, FunctionRecord, Logging, Vpc};
use crate::functions::LATEST;
use crate::quotas::{DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS};

impl Handler<api::CreateFunction> for Service {
    async fn handle(
        &self,
        input: api::CreateFunctionInput,
        caller: &Caller,
    ) -> Result<api::FunctionConfiguration, ServiceError> {
        let name = self.new_name(&input.function_name)?;
        let image = input.code.image_uri.as_deref();
        let object = CodeObject {
            bucket: input.code.s3_bucket.clone(),
            key: input.code.s3_key.clone(),
            version: input.code.s3_object_version.clone(),
        };
        let zip_file = input.code.zip_file.clone();
        let zip = self.zip_of(zip_file, object, image, caller);
        let zip = zip.await?;
        let (Some(runtime), Some(_)) = (&input.runtime, &input.handler) else {
            return Err(validation::invalid(
                "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
            ));
        };
        let family = validation::runtime(runtime)?;
        check(&input)?;
        let _one_at_a_time = self.changes.lock().await;
        if self.exists(&name) {
            let message = format!("Function already exist: {name}");
            return Err(ResourceConflictException
                .with(message)
                .with_field("Type", "User"));
        }
        let added = self.code.add(zip, family).await;
        let code = added.map_err(|error| validation::code_error(&error))?;
        let now = self.config.clock.now().as_millis();
        let publishes = input.publish == Some(true);
        let mut record = record_of(input, name, code, now);
        record.layer_content = self.layer_content(&record.layers).await?;
        let mut function = self.save(record).await?;
        if publishes {
            function = self.publish(&function, None, caller).await?;
        }
        Ok(configuration::just_created(&function))
    }
}

impl Handler<api::DeleteFunction> for Service {
    async fn handle(
        &self,
        input: api::DeleteFunctionInput,
        _caller: &Caller,
    ) -> Result<api::DeleteFunctionOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let named = FunctionName::parse(&input.function_name);
        let qualifier = named.qualified_by(input.qualifier.as_deref())?;
        if qualifier == Some(LATEST) {
            return Err(validation::invalid(
                "$LATEST version cannot be deleted without deleting the function.",
            ));
        }
        let function = self.latest(&input.function_name)?;
        if let Some(qualifier) = qualifier {
            // A version that is not there is deleted.
            if let Ok(version) = self.find(&input.function_name, Some(qualifier)) {
                self.delete_version(&function, &version).await?;
            }
        } else {
            let versions = self.functions.versions(&function.record.name);
            self.forget(&function).await?;
            for function in versions.iter().chain([&function]) {
                self.remove_unused_code(&function.record.code.digest).await;
                self.remove_unused_layers(&function.record).await;
            }
        }
        Ok(api::DeleteFunctionOutput {
            status_code: Some(204),
        })
    }
}

impl Service {
    /// The name of a function that shall be made here.
    fn new_name(&self, text: &str) -> Result<String, ServiceError> {
        let named = FunctionName::parse(text);
        validation::function_name(named.name)?;
        self.check_reach(&named)?;
        let ours = &*self.config.account_id;
        if named.account_id.is_some_and(|account| account != ours) {
            return Err(ServiceError::new("AccessDeniedException", 403, ""));
        }
        Ok(named.name.to_owned())
    }
}

fn check(input: &api::CreateFunctionInput) -> Result<(), ServiceError> {
    if let Some(names) = &input.architectures {
        validation::architectures(names)?;
    }
    if let Some(tags) = &input.tags {
        validation::tags(tags)?;
    }
    if let Some(seconds) = input.timeout {
        validation::timeout(seconds)?;
    }
    if let Some(megabytes) = input.memory_size {
        validation::memory(megabytes)?;
    }
    let environment = input.environment.as_ref();
    if let Some(variables) = environment.and_then(|environment| environment.variables.as_ref()) {
        validation::environment(variables)?;
    }
    Ok(())
}

fn record_of(
    input: api::CreateFunctionInput,
    name: String,
    code: Code,
    now: i64,
) -> FunctionRecord {
    let storage = input.ephemeral_storage.map_or(512, |storage| storage.size);
    let architectures = input.architectures.unwrap_or_default();
    FunctionRecord {
        name,
        runtime: input.runtime.unwrap_or_default().as_str().to_owned(),
        role: input.role,
        handler: input.handler.unwrap_or_default(),
        description: input.description.unwrap_or_default(),
        timeout_seconds: input.timeout.unwrap_or(DEFAULT_TIMEOUT_SECONDS),
        memory_mb: input.memory_size.unwrap_or(DEFAULT_MEMORY_MB),
        ephemeral_storage_mb: storage,
        has_environment: input.environment.is_some(),
        environment: input
            .environment
            .and_then(|environment| environment.variables)
            .unwrap_or_default(),
        architectures: if architectures.is_empty() {
            vec!["x86_64".into()]
        } else {
            architectures.iter().map(ToString::to_string).collect()
        },
        layers: input.layers.unwrap_or_default(),
        tracing_mode: input
            .tracing_config
            .and_then(|config| config.mode)
            .map_or_else(|| "PassThrough".into(), |mode| mode.to_string()),
        dead_letter_arn: input
            .dead_letter_config
            .and_then(|config| config.target_arn),
        vpc: input.vpc_config.and_then(vpc_of),
        logging: logging_of(input.logging_config),
        tags: input.tags.unwrap_or_default(),
        code,
        last_modified: now,
        revision_id: landline_wire::request_id::uuid(),
        statements: Vec::new(),
        reserved_concurrency: None,
        version: None,
        published_description: None,
        last_version: 0,
        aliases: BTreeMap::new(),
        event_invoke: BTreeMap::new(),
        urls: BTreeMap::new(),
        provisioned: BTreeMap::new(),
        runtime_updates: BTreeMap::new(),
        recursive_loop: None,
        snap_start: snap_start_of(input.snap_start),
        layer_content: BTreeMap::new(),
    }
}

pub(super) fn snap_start_of(config: Option<api::SnapStart>) -> Option<String> {
    let apply_on = config.and_then(|config| config.apply_on)?;
    (apply_on != api::SnapStartApplyOn::None).then(|| apply_on.to_string())
}

/// A configuration without subnets takes the function out of its network.
pub(super) fn vpc_of(config: api::VpcConfig) -> Option<Vpc> {
    let subnet_ids = config.subnet_ids.unwrap_or_default();
    (!subnet_ids.is_empty()).then(|| Vpc {
        subnet_ids,
        security_group_ids: config.security_group_ids.unwrap_or_default(),
    })
}

pub(super) fn logging_of(config: Option<api::LoggingConfig>) -> Logging {
    let config = config.unwrap_or_default();
    let format = config
        .log_format
        .map_or_else(|| "Text".into(), |format| format.to_string());
    let is_leveled = format == "JSON";
    // Lines of JSON have levels, of which nobody has to think.
    let level = |given: Option<String>| given.or_else(|| is_leveled.then(|| "INFO".into()));
    Logging {
        application_level: level(config.application_log_level.map(|level| level.to_string())),
        system_level: level(config.system_log_level.map(|level| level.to_string())),
        group: config.log_group,
        format,
    }
}
