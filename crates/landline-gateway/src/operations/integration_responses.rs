//! Integration responses: what becomes of a backend's answer, by its status or its error.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html>.

use landline_api::apigatewayv2::{
    CreateIntegrationResponse, CreateIntegrationResponseInput, DeleteIntegrationResponse,
    DeleteIntegrationResponseInput, GetIntegrationResponse, GetIntegrationResponseInput,
    GetIntegrationResponses, GetIntegrationResponsesInput, GetIntegrationResponsesOutput,
    Integration, IntegrationResponse, UpdateIntegrationResponse, UpdateIntegrationResponseInput,
};
use landline_store::{Reader, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, JavaPattern, ServiceError};

use super::page::page;
use super::patch::{self, non_empty};
use super::{ApiGateway, expect};
use crate::quotas::{MAPPING_CHARS, TEMPLATE_CHARS};
use crate::state::{self, Failure, Resource, bad_request, conflict, quota_reached};

impl Handler<CreateIntegrationResponse> for ApiGateway {
    async fn handle(
        &self,
        input: CreateIntegrationResponseInput,
        caller: &Caller,
    ) -> Result<IntegrationResponse, ServiceError> {
        let limit = self.limits.responses_per_integration;
        let mut ids = caller.new_ids();
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let parent = integration_path(transaction, &scope.api_id, &input.integration_id)?;
            let siblings = state::list::<IntegrationResponse>(transaction, &parent)?;
            if siblings.len() >= limit {
                return Err(quota_reached("IntegrationResponses", "Integration").into());
            }
            let id = state::fresh_id::<IntegrationResponse>(transaction, &parent, &mut ids)?;
            let response = IntegrationResponse {
                content_handling_strategy: input.content_handling_strategy,
                integration_response_id: Some(id),
                integration_response_key: input.integration_response_key,
                response_parameters: input.response_parameters.filter(|map| !map.is_empty()),
                response_templates: input.response_templates.filter(|map| !map.is_empty()),
                template_selection_expression: non_empty(input.template_selection_expression),
            };
            put_expected(transaction, &parent, &response)?;
            Ok(response)
        })
        .await
    }
}

impl Handler<GetIntegrationResponse> for ApiGateway {
    async fn handle(
        &self,
        input: GetIntegrationResponseInput,
        caller: &Caller,
    ) -> Result<IntegrationResponse, ServiceError> {
        self.read(caller, &input.api_id, |reader, _| {
            let parent = integration_path(reader, &input.api_id, &input.integration_id)?;
            state::find(reader, &parent, &input.integration_response_id)
        })
    }
}

impl Handler<GetIntegrationResponses> for ApiGateway {
    async fn handle(
        &self,
        input: GetIntegrationResponsesInput,
        caller: &Caller,
    ) -> Result<GetIntegrationResponsesOutput, ServiceError> {
        let all = self.read(caller, &input.api_id, |reader, _| {
            let parent = integration_path(reader, &input.api_id, &input.integration_id)?;
            Ok(state::list::<IntegrationResponse>(reader, &parent)?)
        })?;
        let max_results = input.max_results.as_deref();
        let page = page(
            all,
            IntegrationResponse::id,
            max_results,
            input.next_token.as_deref(),
        )?;
        Ok(GetIntegrationResponsesOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateIntegrationResponse> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateIntegrationResponseInput,
        caller: &Caller,
    ) -> Result<IntegrationResponse, ServiceError> {
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let parent = integration_path(transaction, &scope.api_id, &input.integration_id)?;
            let mut response: IntegrationResponse =
                state::find(transaction, &parent, &input.integration_response_id)?;
            update(&mut response, input);
            put_expected(transaction, &parent, &response)?;
            Ok(response)
        })
        .await
    }
}

impl Handler<DeleteIntegrationResponse> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteIntegrationResponseInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let parent = integration_path(transaction, &scope.api_id, &input.integration_id)?;
            let response: IntegrationResponse =
                state::find(transaction, &parent, &input.integration_response_id)?;
            state::remove::<IntegrationResponse>(transaction, &parent, response.id());
            Ok(Unit {})
        })
        .await
    }
}

/// Where the responses of an integration lie, if there is such an integration.
fn integration_path(reader: &dyn Reader, api_id: &str, id: &str) -> Result<String, Failure> {
    let integration: Integration = state::find(reader, api_id, id)?;
    Ok(state::path(api_id, integration.id()))
}

fn update(response: &mut IntegrationResponse, input: UpdateIntegrationResponseInput) {
    patch::handling(
        &mut response.content_handling_strategy,
        input.content_handling_strategy,
    );
    if let Some(key) = input.integration_response_key {
        response.integration_response_key = key;
    }
    if let Some(given) = input.response_parameters {
        let mut parameters = response.response_parameters.take().unwrap_or_default();
        patch::entries(&mut parameters, given);
        response.response_parameters = Some(parameters).filter(|map| !map.is_empty());
    }
    patch::map(&mut response.response_templates, input.response_templates);
    patch::text(
        &mut response.template_selection_expression,
        input.template_selection_expression,
    );
}

/// Stores an integration response if it may stand beside its siblings.
fn put_expected(
    transaction: &mut Transaction<'_>,
    parent: &str,
    response: &IntegrationResponse,
) -> Result<(), Failure> {
    let key = &response.integration_response_key;
    expect_key(key)?;
    expect::values(
        "ResponseTemplates",
        response.response_templates.as_ref(),
        0,
        TEMPLATE_CHARS,
    )?;
    expect::values(
        "ResponseParameters",
        response.response_parameters.as_ref(),
        1,
        MAPPING_CHARS,
    )?;
    expect::response_selection_expression(
        "TemplateSelectionExpression",
        response.template_selection_expression.as_deref(),
    )?;
    let siblings = state::list::<IntegrationResponse>(transaction, parent)?;
    let taken = |other: &IntegrationResponse| {
        other.integration_response_key == *key && other.id() != response.id()
    };
    if siblings.iter().any(taken) {
        return Err(conflict(format!(
            "IntegrationResponse with key {key} already exists for this Integration"
        ))
        .into());
    }
    state::put(transaction, parent, response)?;
    Ok(())
}

/// `$default`, or a pattern between slashes.
fn expect_key(key: &str) -> Result<(), ServiceError> {
    if key == "$default" {
        return Ok(());
    }
    let pattern = key
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'));
    let Some(pattern) = pattern.filter(|it| !it.is_empty()) else {
        return Err(bad_request(format!(
            "Invalid IntegrationResponseKey: {key}. Must be $default or a regular expression between slashes, such as /400/."
        )));
    };
    match JavaPattern::new(pattern) {
        Ok(_) => Ok(()),
        Err(_) => Err(bad_request(format!(
            "Invalid IntegrationResponseKey: {key} is not a valid regular expression."
        ))),
    }
}
