//! `GetAccountSettings`, `GetFunctionCodeSigningConfig`, and the reserved concurrency of functions.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html>

use landline_api::lambda as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Service, validation};
use crate::function::name::FunctionName;
use crate::functions::LATEST;
use crate::quotas::{
    MAX_CODE_STORAGE_BYTES, MAX_CONCURRENCY, MAX_UNZIPPED_BYTES, MAX_ZIPPED_BYTES,
    MIN_UNRESERVED_CONCURRENCY,
};

impl Handler<api::GetAccountSettings> for Service {
    async fn handle(
        &self,
        _input: api::GetAccountSettingsInput,
        _caller: &Caller,
    ) -> Result<api::GetAccountSettingsOutput, ServiceError> {
        let functions = self.functions.all();
        let mut bytes = 0;
        for function in &functions {
            bytes += function.record.code.bytes;
            for version in self.functions.versions(&function.record.name) {
                bytes += version.record.code.bytes;
            }
        }
        let unreserved = MAX_CONCURRENCY.saturating_sub(self.reserved_by_others(""));
        Ok(api::GetAccountSettingsOutput {
            account_limit: Some(api::AccountLimit {
                total_code_size: i64::try_from(MAX_CODE_STORAGE_BYTES).ok(),
                code_size_unzipped: i64::try_from(MAX_UNZIPPED_BYTES).ok(),
                code_size_zipped: i64::try_from(MAX_ZIPPED_BYTES).ok(),
                concurrent_executions: i32::try_from(MAX_CONCURRENCY).ok(),
                unreserved_concurrent_executions: i32::try_from(unreserved).ok(),
            }),
            account_usage: Some(api::AccountUsage {
                total_code_size: i64::try_from(bytes).ok(),
                function_count: i64::try_from(functions.len()).ok(),
            }),
        })
    }
}

impl Handler<api::GetFunctionCodeSigningConfig> for Service {
    async fn handle(
        &self,
        input: api::GetFunctionCodeSigningConfigInput,
        _caller: &Caller,
    ) -> Result<api::GetFunctionCodeSigningConfigOutput, ServiceError> {
        let function = self.latest(&input.function_name)?;
        Ok(api::GetFunctionCodeSigningConfigOutput {
            code_signing_config_arn: None,
            function_name: function.record.name.clone(),
        })
    }
}

impl Handler<api::PutFunctionConcurrency> for Service {
    async fn handle(
        &self,
        input: api::PutFunctionConcurrencyInput,
        _caller: &Caller,
    ) -> Result<api::Concurrency, ServiceError> {
        let named = FunctionName::parse(&input.function_name);
        let _one_at_a_time = self.changes.lock().await;
        let function = self.target(&input.function_name, named.qualifier.or(Some(LATEST)));
        let function = function?.latest;
        if named.qualifier.is_some() {
            return Err(validation::invalid(
                "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.",
            ));
        }
        let count = input.reserved_concurrent_executions;
        let wanted = usize::try_from(count).unwrap_or_default();
        let reserved = self.reserved_by_others(&function.record.name);
        if reserved + wanted > MAX_CONCURRENCY - MIN_UNRESERVED_CONCURRENCY {
            return Err(validation::exceeds_account(format!(
                "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [{MIN_UNRESERVED_CONCURRENCY}]."
            )));
        }
        let mut record = function.record.clone();
        let provisioned: usize = record.provisioned.values().map(|one| one.count).sum();
        if wanted < provisioned {
            return Err(validation::invalid(format!(
                " ReservedConcurrentExecutions  {wanted} should not be lower than function's total provisioned concurrency [{provisioned}]."
            )));
        }
        record.reserved_concurrency = Some(wanted);
        self.save(record).await?;
        Ok(api::Concurrency {
            reserved_concurrent_executions: Some(count),
        })
    }
}

impl Handler<api::GetFunctionConcurrency> for Service {
    async fn handle(
        &self,
        input: api::GetFunctionConcurrencyInput,
        _caller: &Caller,
    ) -> Result<api::Concurrency, ServiceError> {
        let function = self.latest(&input.function_name)?;
        let count = function.record.reserved_concurrency;
        Ok(api::Concurrency {
            reserved_concurrent_executions: count.and_then(|count| i32::try_from(count).ok()),
        })
    }
}

impl Handler<api::DeleteFunctionConcurrency> for Service {
    async fn handle(
        &self,
        input: api::DeleteFunctionConcurrencyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let function = self.latest(&input.function_name)?;
        let mut record = function.record.clone();
        if record.reserved_concurrency.take().is_some() {
            self.save(record).await?;
        }
        Ok(Unit {})
    }
}

impl Service {
    pub(super) fn reserved_by_others(&self, name: &str) -> usize {
        let functions = self.functions.all();
        let others = functions.iter().filter(|f| f.record.name != name);
        others.filter_map(|f| f.record.reserved_concurrency).sum()
    }
}
