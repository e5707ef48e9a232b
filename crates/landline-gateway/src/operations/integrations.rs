//! Integrations: what routes call.
//!
//! See <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html>.

use landline_api::apigatewayv2::{
    ConnectionType, CreateIntegration, CreateIntegrationInput, DeleteIntegration,
    DeleteIntegrationInput, GetIntegration, GetIntegrationInput, GetIntegrations,
    GetIntegrationsInput, GetIntegrationsOutput, Integration, IntegrationResponse, IntegrationType,
    PassthroughBehavior, Route, UpdateIntegration, UpdateIntegrationInput,
};
use landline_store::Reader;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::integration_members::{DEFAULT_TIMEOUT_MILLIS, expect_integration};
use super::page::page;
use super::patch::{self, non_empty};
use super::{ApiGateway, expect, http_apis};
use crate::deployment::frozen::integration_id;
use crate::state::{self, Failure, Resource, VPC_LINKS, bad_request, conflict, quota_reached};

impl Handler<CreateIntegration> for ApiGateway {
    async fn handle(
        &self,
        input: CreateIntegrationInput,
        caller: &Caller,
    ) -> Result<Integration, ServiceError> {
        let limit = self.limits.integrations_per_api;
        let mut ids = caller.new_ids();
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let mut integration = if scope.is_http() {
                http_apis::new_integration(input)?
            } else {
                expect::absent("IntegrationSubtype", input.integration_subtype.as_ref())?;
                expect::absent("ResponseParameters", input.response_parameters.as_ref())?;
                expect::absent("TlsConfig", input.tls_config.as_ref())?;
                let integration = new_integration(input);
                expect_integration(&integration)?;
                expect_link(transaction, &integration)?;
                integration
            };
            let siblings = state::list::<Integration>(transaction, &scope.api_id)?;
            if siblings.len() >= limit {
                return Err(quota_reached("Integrations", "API").into());
            }
            let id = state::fresh_id::<Integration>(transaction, &scope.api_id, &mut ids)?;
            integration.integration_id = Some(id);
            state::put(transaction, &scope.api_id, &integration)?;
            Ok(integration)
        })
        .await
    }
}

impl Handler<GetIntegration> for ApiGateway {
    async fn handle(
        &self,
        input: GetIntegrationInput,
        caller: &Caller,
    ) -> Result<Integration, ServiceError> {
        self.read(caller, &input.api_id, |reader, _| {
            state::find(reader, &input.api_id, &input.integration_id)
        })
    }
}

impl Handler<GetIntegrations> for ApiGateway {
    async fn handle(
        &self,
        input: GetIntegrationsInput,
        caller: &Caller,
    ) -> Result<GetIntegrationsOutput, ServiceError> {
        let all = self.read(caller, &input.api_id, |reader, _| {
            Ok(state::list::<Integration>(reader, &input.api_id)?)
        })?;
        let max_results = input.max_results.as_deref();
        let page = page(
            all,
            Integration::id,
            max_results,
            input.next_token.as_deref(),
        )?;
        Ok(GetIntegrationsOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateIntegration> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateIntegrationInput,
        caller: &Caller,
    ) -> Result<Integration, ServiceError> {
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let id = &input.integration_id;
            let mut integration: Integration = state::find(transaction, &scope.api_id, id)?;
            if scope.is_http() {
                http_apis::update_integration(&mut integration, input)?;
                state::put(transaction, &scope.api_id, &integration)?;
                return Ok(integration);
            }
            expect::absent("IntegrationSubtype", input.integration_subtype.as_ref())?;
            expect::absent("ResponseParameters", input.response_parameters.as_ref())?;
            expect::absent("TlsConfig", input.tls_config.as_ref())?;
            update(&mut integration, input);
            expect_integration(&integration)?;
            expect_link(transaction, &integration)?;
            state::put(transaction, &scope.api_id, &integration)?;
            Ok(integration)
        })
        .await
    }
}

impl Handler<DeleteIntegration> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteIntegrationInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.redefine(caller, input.api_id, move |transaction, scope| {
            let id = input.integration_id.as_str();
            state::find::<Integration>(transaction, &scope.api_id, id)?;
            let routes = state::list::<Route>(transaction, &scope.api_id)?;
            let users: Vec<&str> = routes
                .iter()
                .filter(|route| route.target.as_deref().and_then(integration_id) == Some(id))
                .map(Resource::id)
                .collect();
            if !users.is_empty() {
                return Err(conflict(format!(
                    "Cannot delete Integration because it is referenced by the following Routes with Ids: [{}]",
                    users.join(", ")
                ))
                .into());
            }
            let responses = state::path(&scope.api_id, id);
            state::remove_all::<IntegrationResponse>(transaction, &responses)?;
            state::remove::<Integration>(transaction, &scope.api_id, id);
            Ok(Unit {})
        })
        .await
    }
}

/// WebSocket APIs share the engine of REST APIs, and with it their VPC links: a link of version 2 is
/// of no use to them.
fn expect_link(reader: &dyn Reader, integration: &Integration) -> Result<(), Failure> {
    let is_private = integration.connection_type == Some(ConnectionType::VpcLink);
    let id = integration.connection_id.as_deref().filter(|_| is_private);
    let Some(id) = id else {
        return Ok(());
    };
    if VPC_LINKS.get_in(reader, id)?.is_some() {
        return Err(bad_request(format!(
            "Invalid ConnectionId: {id} is a VPC link for HTTP APIs; WEBSOCKET protocol Apis use VPC links for REST APIs."
        ))
        .into());
    }
    Ok(())
}

fn new_integration(input: CreateIntegrationInput) -> Integration {
    let kind = input.integration_type;
    Integration {
        connection_id: non_empty(input.connection_id),
        connection_type: input.connection_type.or(Some(ConnectionType::Internet)),
        content_handling_strategy: input.content_handling_strategy,
        credentials_arn: non_empty(input.credentials_arn),
        description: non_empty(input.description),
        integration_method: non_empty(input.integration_method).or_else(|| default_method(&kind)),
        integration_response_selection_expression: response_selection(&kind),
        integration_uri: input.integration_uri,
        passthrough_behavior: input
            .passthrough_behavior
            .or(Some(PassthroughBehavior::WhenNoMatch)),
        payload_format_version: non_empty(input.payload_format_version)
            .or_else(|| Some("1.0".to_owned())),
        request_parameters: input.request_parameters.filter(|map| !map.is_empty()),
        request_templates: input.request_templates.filter(|map| !map.is_empty()),
        template_selection_expression: non_empty(input.template_selection_expression),
        timeout_in_millis: input.timeout_in_millis.or(Some(DEFAULT_TIMEOUT_MILLIS)),
        integration_type: Some(kind),
        ..Integration::default()
    }
}

/// Lambda, like most AWS actions, is called with POST.
fn default_method(kind: &IntegrationType) -> Option<String> {
    matches!(kind, IntegrationType::Aws | IntegrationType::AwsProxy).then(|| "POST".to_owned())
}

/// What picks the integration response; proxies have none.
fn response_selection(kind: &IntegrationType) -> Option<String> {
    let expression = match kind {
        IntegrationType::Aws => "${integration.response.body.errorMessage}",
        IntegrationType::Http | IntegrationType::Mock => "${integration.response.statuscode}",
        _ => return None,
    };
    Some(expression.to_owned())
}

pub(super) fn update(integration: &mut Integration, input: UpdateIntegrationInput) {
    let it = integration;
    patch::text(&mut it.connection_id, input.connection_id);
    patch::value(&mut it.connection_type, input.connection_type);
    patch::handling(
        &mut it.content_handling_strategy,
        input.content_handling_strategy,
    );
    patch::text(&mut it.credentials_arn, input.credentials_arn);
    patch::text(&mut it.description, input.description);
    patch::text(&mut it.integration_method, input.integration_method);
    if let Some(kind) = input.integration_type {
        it.integration_response_selection_expression = response_selection(&kind);
        it.integration_type = Some(kind);
    }
    if let (None, Some(kind)) = (&it.integration_method, &it.integration_type) {
        it.integration_method = default_method(kind);
    }
    patch::value(&mut it.integration_uri, input.integration_uri);
    patch::value(&mut it.passthrough_behavior, input.passthrough_behavior);
    patch::value(
        &mut it.payload_format_version,
        non_empty(input.payload_format_version),
    );
    if let Some(given) = input.request_parameters {
        let mut parameters = it.request_parameters.take().unwrap_or_default();
        patch::entries(&mut parameters, given);
        it.request_parameters = Some(parameters).filter(|map| !map.is_empty());
    }
    patch::map(&mut it.request_templates, input.request_templates);
    patch::text(
        &mut it.template_selection_expression,
        input.template_selection_expression,
    );
    patch::value(&mut it.timeout_in_millis, input.timeout_in_millis);
}
