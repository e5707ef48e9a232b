//! Function URLs: `CreateFunctionUrlConfig` and its siblings.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html>

use landline_api::lambda as api;
use landline_api::lambda::errors::{ResourceConflictException, ResourceNotFoundException};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp, request_id};

use super::{Service, validation};
use crate::function::name::FunctionName;
use crate::function::record::{Cors, FunctionUrl};
use crate::functions::Target;
use crate::quotas::MAX_LISTED_FUNCTIONS;

impl Handler<api::CreateFunctionUrlConfig> for Service {
    async fn handle(
        &self,
        input: api::CreateFunctionUrlConfigInput,
        _caller: &Caller,
    ) -> Result<api::CreateFunctionUrlConfigOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let qualifier = input.qualifier.as_deref();
        let target = self.url_target(&input.function_name, qualifier, NO_FUNCTION)?;
        let key = target.key().unwrap_or_default();
        if target.latest.record.urls.contains_key(key) {
            return Err(ResourceConflictException
                .with(format!(
                    "Failed to create function url config for [functionArn = {}]. Error message:  FunctionUrlConfig exists for this Lambda function",
                    target.arn()
                ))
                .with_field("Type", "User"));
        }
        let now = self.config.clock.now().as_millis();
        let url = FunctionUrl {
            id: request_id::random_text(b"abcdefghijklmnopqrstuvwxyz234567", URL_ID_LENGTH),
            auth_type: input.auth_type.to_string(),
            cors: input.cors.map(cors_of),
            invoke_mode: input
                .invoke_mode
                .map_or_else(|| "BUFFERED".into(), |mode| mode.to_string()),
            created: now,
            last_modified: now,
        };
        let told = self.url_configuration(&target, &url);
        let mut record = target.latest.record.clone();
        record.urls.insert(key.to_owned(), url);
        self.save(record).await?;
        Ok(api::CreateFunctionUrlConfigOutput {
            function_url: told.function_url,
            function_arn: told.function_arn,
            auth_type: told.auth_type,
            cors: told.cors,
            creation_time: told.creation_time,
            invoke_mode: told.invoke_mode,
        })
    }
}

impl Handler<api::GetFunctionUrlConfig> for Service {
    async fn handle(
        &self,
        input: api::GetFunctionUrlConfigInput,
        _caller: &Caller,
    ) -> Result<api::FunctionUrlConfig, ServiceError> {
        let qualifier = input.qualifier.as_deref();
        let target = self.url_target(&input.function_name, qualifier, NO_URL)?;
        Ok(self.url_configuration(&target, url_of(&target)?))
    }
}

impl Handler<api::UpdateFunctionUrlConfig> for Service {
    async fn handle(
        &self,
        input: api::UpdateFunctionUrlConfigInput,
        _caller: &Caller,
    ) -> Result<api::FunctionUrlConfig, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let qualifier = input.qualifier.as_deref();
        let target = self.url_target(&input.function_name, qualifier, NO_FUNCTION)?;
        let mut url = url_of(&target)?.clone();
        if let Some(auth_type) = input.auth_type {
            url.auth_type = auth_type.to_string();
        }
        if let Some(cors) = input.cors {
            let cors = cors_of(cors);
            url.cors = (cors != Cors::default()).then_some(cors);
        }
        if let Some(mode) = input.invoke_mode {
            url.invoke_mode = mode.to_string();
        }
        url.last_modified = self.config.clock.now().as_millis();
        let told = self.url_configuration(&target, &url);
        let mut record = target.latest.record.clone();
        let key = target.key().unwrap_or_default().to_owned();
        record.urls.insert(key, url);
        self.save(record).await?;
        Ok(told)
    }
}

impl Handler<api::DeleteFunctionUrlConfig> for Service {
    async fn handle(
        &self,
        input: api::DeleteFunctionUrlConfigInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let qualifier = input.qualifier.as_deref();
        let target = self.url_target(&input.function_name, qualifier, NO_URL)?;
        url_of(&target)?;
        let mut record = target.latest.record.clone();
        record.urls.remove(target.key().unwrap_or_default());
        self.save(record).await?;
        Ok(Unit {})
    }
}

impl Handler<api::ListFunctionUrlConfigs> for Service {
    async fn handle(
        &self,
        input: api::ListFunctionUrlConfigsInput,
        _caller: &Caller,
    ) -> Result<api::ListFunctionUrlConfigsOutput, ServiceError> {
        let latest = self.latest(&input.function_name);
        let latest = latest.map_err(|_| not_there(NO_FUNCTION))?;
        let max = input.max_items.and_then(|max| usize::try_from(max).ok());
        let max = max
            .unwrap_or(MAX_LISTED_FUNCTIONS)
            .min(MAX_LISTED_FUNCTIONS);
        let all = latest.record.urls.iter();
        let mut rest = all.filter(|(key, _)| input.marker.as_ref().is_none_or(|m| *key > m));
        let page: Vec<_> = rest.by_ref().take(max).collect();
        // The marker is the last qualifier of the page before.
        let next_marker = rest
            .next()
            .and_then(|_| page.last().map(|(key, _)| (*key).clone()));
        let page = page.into_iter().map(|(key, url)| {
            let target = Target {
                function: latest.clone(),
                latest: latest.clone(),
                qualifier: (!key.is_empty()).then(|| key.clone()),
            };
            self.url_configuration(&target, url)
        });
        Ok(api::ListFunctionUrlConfigsOutput {
            function_url_configs: page.collect(),
            next_marker,
        })
    }
}

impl Service {
    /// A URL belongs to the function itself or to an alias; never to a version.
    fn url_target(
        &self,
        text: &str,
        qualifier: Option<&str>,
        missing: &str,
    ) -> Result<Target, ServiceError> {
        let named = FunctionName::parse(text);
        let qualifier = named.qualified_by(qualifier)?;
        self.check_reach(&named)?;
        if let Some(qualifier) = qualifier {
            validation::url_qualifier(qualifier)?;
        }
        let target = self.target(text, qualifier);
        target.map_err(|_| not_there(missing))
    }

    fn url_configuration(&self, target: &Target, url: &FunctionUrl) -> api::FunctionUrlConfig {
        api::FunctionUrlConfig {
            function_url: format!(
                "https://{}.lambda-url.{}.on.aws/",
                url.id, self.config.region
            ),
            function_arn: target.arn(),
            creation_time: Timestamp::from_millis(url.created).iso8601_millis(),
            last_modified_time: Timestamp::from_millis(url.last_modified).iso8601_millis(),
            cors: url.cors.clone().map(told_cors),
            auth_type: url.auth_type.as_str().into(),
            invoke_mode: Some(url.invoke_mode.as_str().into()),
        }
    }
}

fn url_of(target: &Target) -> Result<&FunctionUrl, ServiceError> {
    let url = target
        .latest
        .record
        .urls
        .get(target.key().unwrap_or_default());
    url.ok_or_else(|| not_there(NO_URL))
}

fn not_there(message: &str) -> ServiceError {
    ResourceNotFoundException
        .with(message)
        .with_field("Type", "User")
}

fn cors_of(cors: api::Cors) -> Cors {
    Cors {
        allow_credentials: cors.allow_credentials,
        allow_headers: cors.allow_headers,
        allow_methods: cors.allow_methods,
        allow_origins: cors.allow_origins,
        expose_headers: cors.expose_headers,
        max_age: cors.max_age,
    }
}

fn told_cors(cors: Cors) -> api::Cors {
    api::Cors {
        allow_credentials: cors.allow_credentials,
        allow_headers: cors.allow_headers,
        allow_methods: cors.allow_methods,
        allow_origins: cors.allow_origins,
        expose_headers: cors.expose_headers,
        max_age: cors.max_age,
    }
}

/// To whom makes, changes or lists URLs.
const NO_FUNCTION: &str = "Function does not exist";

/// To whom asks for a URL.
const NO_URL: &str = "The resource you requested does not exist.";

const URL_ID_LENGTH: usize = 32;
