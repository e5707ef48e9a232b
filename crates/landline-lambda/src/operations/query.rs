//! `GetFunction`, `GetFunctionConfiguration`, `ListFunctions`.

use landline_api::lambda as api;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Service, configuration};
use crate::quotas::MAX_LISTED_FUNCTIONS;

impl Handler<api::GetFunction> for Service {
    async fn handle(
        &self,
        input: api::GetFunctionInput,
        _caller: &Caller,
    ) -> Result<api::GetFunctionOutput, ServiceError> {
        let function = self.find(&input.function_name, input.qualifier.as_deref())?;
        let record = &function.record;
        let (port, digest) = (self.config.endpoint_port, &record.code.digest);
        let location = format!("http://127.0.0.1:{port}/_landline/lambda/code/{digest}.zip");
        Ok(api::GetFunctionOutput {
            configuration: Some(configuration::of(&function)),
            code: Some(api::FunctionCodeLocation {
                repository_type: Some("S3".into()),
                location: Some(location),
                ..Default::default()
            }),
            tags: (!record.tags.is_empty()).then(|| record.tags.clone()),
            tags_error: None,
            concurrency: record.reserved_concurrency.map(|count| api::Concurrency {
                reserved_concurrent_executions: i32::try_from(count).ok(),
            }),
        })
    }
}

impl Handler<api::GetFunctionConfiguration> for Service {
    async fn handle(
        &self,
        input: api::GetFunctionConfigurationInput,
        _caller: &Caller,
    ) -> Result<api::FunctionConfiguration, ServiceError> {
        let function = self.find(&input.function_name, input.qualifier.as_deref())?;
        Ok(configuration::of(&function))
    }
}

impl Handler<api::ListFunctions> for Service {
    async fn handle(
        &self,
        input: api::ListFunctionsInput,
        _caller: &Caller,
    ) -> Result<api::ListFunctionsOutput, ServiceError> {
        let max = input.max_items.and_then(|max| usize::try_from(max).ok());
        let max = max
            .unwrap_or(MAX_LISTED_FUNCTIONS)
            .min(MAX_LISTED_FUNCTIONS);
        let after = input.marker.unwrap_or_default();
        // The marker is the last name of the page before.
        let mut rest = self.all().into_iter().filter(|f| f.record.name > after);
        let page: Vec<_> = rest.by_ref().take(max).collect();
        let next_marker = rest
            .next()
            .and_then(|_| page.last().map(|function| function.record.name.clone()));
        Ok(api::ListFunctionsOutput {
            next_marker,
            functions: Some(
                page.iter()
                    .map(|function| configuration::of(function))
                    .collect(),
            ),
        })
    }
}
