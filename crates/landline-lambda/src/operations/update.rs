//! `UpdateFunctionCode`, `UpdateFunctionConfiguration`.

use landline_api::lambda as api;
use landline_api::lambda::errors::PreconditionFailedException;
use landline_wire::{Caller, Handler, ServiceError};

use super::source::CodeObject;
use super::{Service, configuration, create, validation};
use crate::function::Family;
use crate::function::record::FunctionRecord;

impl Handler<api::UpdateFunctionCode> for Service {
    async fn handle(
        &self,
        input: api::UpdateFunctionCodeInput,
        caller: &Caller,
    ) -> Result<api::FunctionConfiguration, ServiceError> {
        let object = CodeObject {
            bucket: input.s3_bucket.clone(),
            key: input.s3_key.clone(),
            version: input.s3_object_version.clone(),
        };
        let (zip_file, image) = (input.zip_file.clone(), input.image_uri.as_deref());
        let zip = self.zip_of(zip_file, object, image, caller);
        let zip = zip.await?;
        let _one_at_a_time = self.changes.lock().await;
        let function = self.latest(&input.function_name)?;
        check_revision(input.revision_id.as_deref(), &function.record.revision_id)?;
        let added = self.code.add(zip, function.spec.family).await;
        let code = added.map_err(|error| validation::code_error(&error))?;
        if input.dry_run == Some(true) {
            return Ok(configuration::of(&function, None));
        }
        let mut record = function.record.clone();
        let old_digest = std::mem::replace(&mut record.code, code).digest;
        if let Some(architectures) = input.architectures.filter(|list| !list.is_empty()) {
            record.architectures = architectures.iter().map(ToString::to_string).collect();
        }
        self.touch(&mut record);
        let function = self.save(record).await?;
        // Events that run now still read the old files; they go with the next update or the function.
        if old_digest != function.record.code.digest {
            self.remove_later(|service| async move {
                service.remove_unused_code(&old_digest).await;
            });
        }
        if input.publish == Some(true) {
            let version = self.publish(&function, None, caller).await?;
            return Ok(configuration::just_published(&version));
        }
        Ok(configuration::just_updated(&function))
    }
}

impl Handler<api::UpdateFunctionConfiguration> for Service {
    async fn handle(
        &self,
        input: api::UpdateFunctionConfigurationInput,
        _caller: &Caller,
    ) -> Result<api::FunctionConfiguration, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let function = self.latest(&input.function_name)?;
        check_revision(input.revision_id.as_deref(), &function.record.revision_id)?;
        let mut record = function.record.clone();
        let names_layers = input.layers.is_some();
        apply(input, &mut record)?;
        if names_layers {
            record.layer_content = self.layer_content(&record.layers).await?;
        }
        let family = Family::of(&record.runtime).unwrap_or(function.spec.family);
        let unpacked = self.code.unpack_kept(&record.code.digest, family).await;
        unpacked.map_err(|error| validation::code_error(&error))?;
        self.touch(&mut record);
        let before = function.record.clone();
        let function = self.save(record).await?;
        if before.layer_content != function.record.layer_content {
            self.remove_later(|service| async move {
                service.remove_unused_layers(&before).await;
            });
        }
        Ok(configuration::just_updated(&function))
    }
}

impl Service {
    pub(super) fn touch(&self, record: &mut FunctionRecord) {
        record.last_modified = self.config.clock.now().as_millis();
        record.revision_id = landline_wire::request_id::uuid();
    }

    /// Removes files once the events that run with them must have ended.
    fn remove_later<R, F>(&self, remove: R)
    where
        R: FnOnce(Self) -> F,
        F: Future<Output = ()> + Send + 'static,
    {
        let removed = remove(self.clone());
        let stop = self.node.stop.clone();
        let timeout = std::time::Duration::from_secs(
            crate::quotas::MAX_TIMEOUT_SECONDS.unsigned_abs().into(),
        );
        self.node.tasks.spawn(async move {
            tokio::select! {
                () = tokio::time::sleep(timeout) => removed.await,
                () = stop.cancelled() => {}
            }
        });
    }
}

/// Takes over what the call names; what it leaves out stays.
fn apply(
    input: api::UpdateFunctionConfigurationInput,
    record: &mut FunctionRecord,
) -> Result<(), ServiceError> {
    if let Some(runtime) = input.runtime {
        validation::runtime(&runtime)?;
        record.runtime = runtime.to_string();
    }
    if let Some(seconds) = input.timeout {
        validation::timeout(seconds)?;
        record.timeout_seconds = seconds;
    }
    if let Some(megabytes) = input.memory_size {
        validation::memory(megabytes)?;
        record.memory_mb = megabytes;
    }
    if let Some(environment) = input.environment {
        let variables = environment.variables.unwrap_or_default();
        validation::environment(&variables)?;
        record.environment = variables;
        record.has_environment = true;
    }
    if let Some(layers) = input.layers {
        record.layers = layers;
    }
    if let Some(config) = input.vpc_config {
        record.vpc = create::vpc_of(config);
    }
    if input.snap_start.is_some() {
        record.snap_start = create::snap_start_of(input.snap_start);
    }
    if let Some(config) = input.dead_letter_config {
        record.dead_letter_arn = config.target_arn.filter(|arn| !arn.is_empty());
    }
    if let Some(mode) = input.tracing_config.and_then(|config| config.mode) {
        record.tracing_mode = mode.to_string();
    }
    if let Some(config) = input.logging_config {
        record.logging = create::logging_of(Some(config));
    }
    if let Some(storage) = input.ephemeral_storage {
        record.ephemeral_storage_mb = storage.size;
    }
    record.role = input.role.unwrap_or_else(|| record.role.clone());
    record.handler = input.handler.unwrap_or_else(|| record.handler.clone());
    record.description = input
        .description
        .unwrap_or_else(|| record.description.clone());
    Ok(())
}

/// A caller may insist on the state that it has seen.
pub(super) fn check_revision(expected: Option<&str>, current: &str) -> Result<(), ServiceError> {
    match expected {
        Some(expected) if expected != current => {
            Err(PreconditionFailedException
                .with("The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id")
                .with_field("Type", "User"))
        }
        _ => Ok(()),
    }
}
