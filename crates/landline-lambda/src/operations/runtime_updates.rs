//! What AWS would do to a function by itself: another patch of its runtime (`PutRuntimeManagementConfig`), an end to its
//! loops (`PutFunctionRecursionConfig`). Both are kept and told.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html>

use landline_api::lambda as api;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Service, validation};
use crate::function::record::RuntimeUpdates;
use crate::functions::{LATEST, Target};

impl Handler<api::PutRuntimeManagementConfig> for Service {
    async fn handle(
        &self,
        input: api::PutRuntimeManagementConfigInput,
        _caller: &Caller,
    ) -> Result<api::PutRuntimeManagementConfigOutput, ServiceError> {
        let is_manual = input.update_runtime_on == api::UpdateRuntimeOn::Manual;
        if is_manual && input.runtime_version_arn.is_none() {
            return Err(validation::invalid(
                "RuntimeVersionArn is required when UpdateRuntimeOn is Manual.",
            ));
        }
        let _one_at_a_time = self.changes.lock().await;
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        let updates = RuntimeUpdates {
            on: input.update_runtime_on.to_string(),
            version_arn: input.runtime_version_arn.filter(|_| is_manual),
        };
        let mut record = target.latest.record.clone();
        let key = target.key().unwrap_or_default().to_owned();
        record.runtime_updates.insert(key, updates.clone());
        self.save(record).await?;
        Ok(api::PutRuntimeManagementConfigOutput {
            update_runtime_on: updates.on.as_str().into(),
            function_arn: qualified_arn(&target),
            runtime_version_arn: updates.version_arn,
        })
    }
}

impl Handler<api::GetRuntimeManagementConfig> for Service {
    async fn handle(
        &self,
        input: api::GetRuntimeManagementConfigInput,
        _caller: &Caller,
    ) -> Result<api::GetRuntimeManagementConfigOutput, ServiceError> {
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        let key = target.key().unwrap_or_default();
        let updates = target.latest.record.runtime_updates.get(key);
        Ok(api::GetRuntimeManagementConfigOutput {
            update_runtime_on: Some(match updates {
                Some(updates) => updates.on.as_str().into(),
                None => api::UpdateRuntimeOn::Auto,
            }),
            runtime_version_arn: updates.and_then(|updates| updates.version_arn.clone()),
            function_arn: Some(qualified_arn(&target)),
        })
    }
}

impl Handler<api::PutFunctionRecursionConfig> for Service {
    async fn handle(
        &self,
        input: api::PutFunctionRecursionConfigInput,
        _caller: &Caller,
    ) -> Result<api::PutFunctionRecursionConfigOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let mut record = self.latest(&input.function_name)?.record.clone();
        record.recursive_loop = Some(input.recursive_loop.to_string());
        self.save(record).await?;
        Ok(api::PutFunctionRecursionConfigOutput {
            recursive_loop: Some(input.recursive_loop),
        })
    }
}

impl Handler<api::GetFunctionRecursionConfig> for Service {
    async fn handle(
        &self,
        input: api::GetFunctionRecursionConfigInput,
        _caller: &Caller,
    ) -> Result<api::GetFunctionRecursionConfigOutput, ServiceError> {
        let latest = self.latest(&input.function_name)?;
        let recursive_loop = latest.record.recursive_loop.as_deref();
        Ok(api::GetFunctionRecursionConfigOutput {
            recursive_loop: Some(recursive_loop.map_or(api::RecursiveLoop::Terminate, Into::into)),
        })
    }
}

fn qualified_arn(target: &Target) -> String {
    let qualifier = target.key().unwrap_or(LATEST);
    format!("{}:{qualifier}", target.latest.spec.arn)
}
