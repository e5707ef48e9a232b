//! `GetFunction`, `GetFunctionConfiguration`, `ListFunctions`.

use landline_api::lambda as api;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Service, configuration};
use crate::functions::{Function, Target};
use crate::quotas::MAX_LISTED_FUNCTIONS;

impl Handler<api::GetFunction> for Service {
    async fn handle(
        &self,
        input: api::GetFunctionInput,
        _caller: &Caller,
    ) -> Result<api::GetFunctionOutput, ServiceError> {
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        let (record, latest) = (&target.function.record, &target.latest.record);
        let (port, digest) = (self.config.endpoint_port, &record.code.digest);
        let location = format!("http://127.0.0.1:{port}/_landline/lambda/code/{digest}.zip");
        Ok(api::GetFunctionOutput {
            configuration: Some(told(&target)),
            code: Some(api::FunctionCodeLocation {
                repository_type: Some("S3".into()),
                location: Some(location),
                ..Default::default()
            }),
            tags: (!latest.tags.is_empty()).then(|| latest.tags.clone()),
            tags_error: None,
            concurrency: latest.reserved_concurrency.map(|count| api::Concurrency {
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
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        Ok(told(&target))
    }
}

impl Handler<api::ListFunctions> for Service {
    async fn handle(
        &self,
        input: api::ListFunctionsInput,
        _caller: &Caller,
    ) -> Result<api::ListFunctionsOutput, ServiceError> {
        let lists_versions = match input.function_version {
            Some(api::FunctionVersion::All) => Versions::All,
            _ => Versions::Latest,
        };
        let max = input.max_items.and_then(|max| usize::try_from(max).ok());
        let max = max
            .unwrap_or(MAX_LISTED_FUNCTIONS)
            .min(MAX_LISTED_FUNCTIONS);
        let after = input.marker.unwrap_or_default();
        // The marker is the last name of the page before.
        let latest = self.functions.all().into_iter();
        let mut rest = latest.filter(|function| function.record.name > after);
        let page: Vec<_> = rest.by_ref().take(max).collect();
        let next_marker = rest
            .next()
            .and_then(|_| page.last().map(|function| function.record.name.clone()));
        Ok(api::ListFunctionsOutput {
            next_marker,
            functions: Some(
                page.iter()
                    .flat_map(|function| self.listed(function, lists_versions))
                    .collect(),
            ),
        })
    }
}

/// Which versions `ListFunctions` tells.
#[derive(Debug, Clone, Copy)]
enum Versions {
    Latest,
    All,
}

impl Service {
    fn listed(&self, latest: &Function, versions: Versions) -> Vec<api::FunctionConfiguration> {
        match versions {
            Versions::Latest => vec![configuration::listed(latest, None)],
            Versions::All => {
                let published = self.functions.versions(&latest.record.name);
                let published = published.iter().map(|version| {
                    configuration::listed(version, Some(&version.record.version_text()))
                });
                let latest = configuration::listed(latest, Some(crate::functions::LATEST));
                std::iter::once(latest).chain(published).collect()
            }
        }
    }
}

/// A function by the name under which a caller asked for it.
fn told(target: &Target) -> api::FunctionConfiguration {
    configuration::of(&target.function, target.qualifier.as_deref())
}
