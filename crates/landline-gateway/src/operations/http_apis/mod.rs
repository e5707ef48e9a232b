//! HTTP APIs: what their members may be, where they differ from those of WebSocket APIs, and
//! the API that `CreateApi` makes of a target alone.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html>.

mod export;
mod members;

use landline_api::apigatewayv2::{
    Api, AuthorizationType, ConnectionType, CreateApiInput, CreateIntegrationInput, Integration,
    IntegrationType, Route, Stage, UpdateApiInput,
};
use landline_store::Transaction;
use landline_wire::{Caller, NewIds, ServiceError, Timestamp};

pub(super) use export::export;
pub(super) use members::{
    expect_api, expect_route, new_authorizer, new_integration, update_authorizer,
    update_integration,
};

use super::apis::{expect_api as expect_any_api, new_api};
use super::patch::non_empty;
use super::{ApiGateway, Scope, expect};
use crate::deployment::deploy;
use crate::state::{self, Failure, bad_request};

impl ApiGateway {
    /// Makes an HTTP API; one with a target has an integration, a route and a stage at once.
    pub(super) async fn create_http_api(
        &self,
        mut input: CreateApiInput,
        caller: &Caller,
    ) -> Result<Api, ServiceError> {
        let quick = Quick::of(&mut input)?;
        let cors = input.cors_configuration.take();
        let api = as_http(new_api(input, caller, self.clock.now()));
        let api = Api {
            cors_configuration: cors,
            ..api
        };
        expect_any_api(&api)?;
        expect::tags(api.tags.as_ref(), &self.limits)?;
        let (api_id, now) = (api.api_id.clone().unwrap_or_default(), self.clock.now());
        let Some(quick) = quick else {
            return self.keep(api, caller, |_, _| Ok(())).await;
        };
        let made = api_id.clone();
        let api = self.keep(api, caller, move |transaction, record| {
            quick.fill(transaction, &made, now)?;
            deploy::follow(transaction, &made, record, now)
        });
        let api = api.await?;
        self.publisher.publish(&api_id).map_err(Failure::from)?;
        Ok(api)
    }
}

/// What an HTTP API shows that a WebSocket API does not.
pub(super) fn as_http(api: Api) -> Api {
    let endpoint = api
        .api_endpoint
        .map(|it| it.replacen("wss://", "https://", 1));
    let expression = match api.route_selection_expression.as_str() {
        "" => ROUTE_SELECTION.to_owned(),
        given => given.to_owned(),
    };
    Api {
        api_endpoint: endpoint,
        route_selection_expression: expression,
        ..api
    }
}

/// The parts of an API that `CreateApi` makes by itself.
struct Quick {
    target: String,
    route_key: String,
    credentials_arn: Option<String>,
}

impl Quick {
    fn of(input: &mut CreateApiInput) -> Result<Option<Self>, ServiceError> {
        let target = non_empty(input.target.take());
        let route_key = non_empty(input.route_key.take());
        let credentials_arn = non_empty(input.credentials_arn.take());
        match target {
            Some(target) => Ok(Some(Self {
                target,
                route_key: route_key.unwrap_or_else(|| "$default".to_owned()),
                credentials_arn,
            })),
            None if route_key.is_some() || credentials_arn.is_some() => Err(bad_request(
                "Target is required with RouteKey and CredentialsArn",
            )),
            None => Ok(None),
        }
    }

    fn fill(
        self,
        transaction: &mut Transaction<'_>,
        api_id: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let mut integration = quick_integration(api_id, &self.target, self.credentials_arn)?;
        let id = state::fresh_id::<Integration>(transaction, api_id, &mut NewIds::random())?;
        let target = format!("integrations/{id}");
        integration.integration_id = Some(id);
        state::put(transaction, api_id, &integration)?;
        let mut route = Route {
            api_gateway_managed: Some(true),
            api_key_required: Some(false),
            authorization_type: Some(AuthorizationType::None),
            route_id: Some(state::fresh_id::<Route>(
                transaction,
                api_id,
                &mut NewIds::random(),
            )?),
            route_key: self.route_key,
            target: Some(target),
            ..Route::default()
        };
        expect_route(&mut route)?;
        state::put(transaction, api_id, &route)?;
        let stage = Stage {
            api_gateway_managed: Some(true),
            auto_deploy: Some(true),
            created_date: Some(now.truncate_to_seconds()),
            default_route_settings: Some(super::stage_settings::default_route_settings(None, None)),
            last_updated_date: Some(now.truncate_to_seconds()),
            stage_name: "$default".to_owned(),
            ..Stage::default()
        };
        state::put(transaction, api_id, &stage)?;
        Ok(())
    }
}

fn quick_integration(
    api_id: &str,
    target: &str,
    credentials_arn: Option<String>,
) -> Result<Integration, ServiceError> {
    let is_function = target.starts_with("arn:");
    let kind = if is_function {
        IntegrationType::AwsProxy
    } else {
        IntegrationType::HttpProxy
    };
    let integration = new_integration(CreateIntegrationInput {
        api_id: api_id.to_owned(),
        connection_type: Some(ConnectionType::Internet),
        credentials_arn,
        integration_method: (!is_function).then(|| "ANY".to_owned()),
        integration_type: kind,
        integration_uri: Some(target.to_owned()),
        payload_format_version: Some(if is_function { "2.0" } else { "1.0" }.to_owned()),
        ..CreateIntegrationInput::default()
    })?;
    Ok(Integration {
        api_gateway_managed: Some(true),
        ..integration
    })
}

/// Changes what `CreateApi` made by itself.
pub(super) fn update_managed(
    transaction: &mut Transaction<'_>,
    scope: &Scope,
    input: &UpdateApiInput,
) -> Result<(), Failure> {
    let api_id = &scope.api_id;
    let target = non_empty(input.target.clone());
    let credentials = non_empty(input.credentials_arn.clone());
    if target.is_some() || credentials.is_some() {
        let all = state::list::<Integration>(transaction, api_id)?;
        let managed = all
            .into_iter()
            .find(|it| it.api_gateway_managed == Some(true));
        let managed = managed.ok_or_else(|| not_managed("Target"))?;
        let uri = target.or(managed.integration_uri).unwrap_or_default();
        let changed = quick_integration(api_id, &uri, credentials.or(managed.credentials_arn))?;
        let changed = Integration {
            integration_id: managed.integration_id,
            ..changed
        };
        state::put(transaction, api_id, &changed)?;
    }
    if let Some(key) = non_empty(input.route_key.clone()) {
        let all = state::list::<Route>(transaction, api_id)?;
        let managed = all
            .into_iter()
            .find(|it| it.api_gateway_managed == Some(true));
        let mut route = managed.ok_or_else(|| not_managed("RouteKey"))?;
        route.route_key = key;
        expect_route(&mut route)?;
        state::put(transaction, api_id, &route)?;
    }
    Ok(())
}

fn not_managed(member: &str) -> ServiceError {
    bad_request(format!(
        "{member} can only be updated on an Api that was made with quick create"
    ))
}

const ROUTE_SELECTION: &str = "$request.method $request.path";
