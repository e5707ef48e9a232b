//! What methods refer to: authorizers, models, request validators; and gateway responses.

use landline_api::apigateway::{
    Authorizer, AuthorizerType, Authorizers, CreateAuthorizer, CreateAuthorizerInput, CreateModel,
    CreateModelInput, CreateRequestValidator, CreateRequestValidatorInput, DeleteAuthorizer,
    DeleteAuthorizerInput, DeleteGatewayResponse, DeleteGatewayResponseInput, DeleteModel,
    DeleteModelInput, DeleteRequestValidator, DeleteRequestValidatorInput, GatewayResponses,
    GetAuthorizer, GetAuthorizerInput, GetAuthorizers, GetAuthorizersInput, GetGatewayResponse,
    GetGatewayResponseInput, GetGatewayResponses, GetGatewayResponsesInput, GetModel,
    GetModelInput, GetModels, GetModelsInput, GetRequestValidator, GetRequestValidatorInput,
    GetRequestValidators, GetRequestValidatorsInput, Model, Models, PutGatewayResponse,
    PutGatewayResponseInput, PutGatewayResponseOutput, RequestValidator, RequestValidators,
    UpdateAuthorizer, UpdateAuthorizerInput, UpdateGatewayResponse, UpdateGatewayResponseInput,
    UpdateModel, UpdateModelInput, UpdateRequestValidator, UpdateRequestValidatorInput,
};
use landline_wire::request_id::resource_id;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::super::super::ApiGateway;
use super::super::page::page;
use super::{fresh, missing, no_api, patch_json};
use crate::quotas::AUTHORIZER_TTL;
use crate::state::rest::RestRecord;
use crate::state::{Stored, bad_request, conflict, not_found};

impl Handler<CreateAuthorizer> for ApiGateway {
    async fn handle(
        &self,
        input: CreateAuthorizerInput,
        caller: &Caller,
    ) -> Result<Authorizer, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let mut ids = caller.new_ids();
        self.change_rest(input.rest_api_id, absence, move |record| {
            let authorizer = Authorizer {
                id: Some(fresh(6, &record.authorizers, &mut ids)),
                name: Some(input.name),
                r#type: Some(input.r#type),
                provider_arns: input.provider_arns,
                auth_type: input.auth_type.or_else(|| Some("custom".to_owned())),
                authorizer_uri: input.authorizer_uri,
                authorizer_credentials: input.authorizer_credentials,
                identity_source: input.identity_source,
                identity_validation_expression: input.identity_validation_expression,
                authorizer_result_ttl_in_seconds: input
                    .authorizer_result_ttl_in_seconds
                    .or(Some(DEFAULT_TTL_SECONDS)),
            };
            expect_authorizer(&authorizer)?;
            let id = authorizer.id.clone().unwrap_or_default();
            record.authorizers.insert(id, Stored(authorizer.clone()));
            Ok(authorizer)
        })
        .await
    }
}

const DEFAULT_TTL_SECONDS: i32 = 300;

/// Refuses an authorizer that could never be asked.
pub(super) fn expect_authorizer(it: &Authorizer) -> Result<(), ServiceError> {
    let ttl = it.authorizer_result_ttl_in_seconds.unwrap_or_default();
    let most = i32::try_from(AUTHORIZER_TTL.as_secs()).unwrap_or(i32::MAX);
    if !(0..=most).contains(&ttl) {
        return Err(bad_request(format!(
            "Authorizer result TTL must be between 0 and {most} seconds"
        )));
    }
    if it.r#type == Some(AuthorizerType::CognitoUserPools) {
        return Ok(());
    }
    let uri = it.authorizer_uri.as_deref().unwrap_or_default();
    if !uri.contains(":lambda:path/") {
        return Err(bad_request(format!(
            "Invalid Authorizer URI: {uri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation."
        )));
    }
    let has_source = it
        .identity_source
        .as_deref()
        .is_some_and(|it| !it.is_empty());
    let needs_source = it.r#type == Some(AuthorizerType::Token) || ttl > 0;
    if needs_source && !has_source {
        return Err(bad_request("Identity source is required"));
    }
    Ok(())
}

impl Handler<GetAuthorizer> for ApiGateway {
    async fn handle(
        &self,
        input: GetAuthorizerInput,
        caller: &Caller,
    ) -> Result<Authorizer, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let found = self
            .rest(&input.rest_api_id, absence)?
            .authorizers
            .remove(&input.authorizer_id);
        found
            .map(|Stored(it)| it)
            .ok_or_else(|| missing("authorizer"))
    }
}

impl Handler<GetAuthorizers> for ApiGateway {
    async fn handle(
        &self,
        input: GetAuthorizersInput,
        caller: &Caller,
    ) -> Result<Authorizers, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let all = self
            .rest(&input.rest_api_id, absence)?
            .authorizers
            .into_values();
        let all = all.map(|Stored(it)| it).collect();
        let page = page(
            all,
            |it: &Authorizer| it.id.as_deref().unwrap_or_default(),
            input.limit,
            input.position.as_deref(),
        )?;
        Ok(Authorizers {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<UpdateAuthorizer> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateAuthorizerInput,
        caller: &Caller,
    ) -> Result<Authorizer, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        self.change_rest(input.rest_api_id, absence, move |record| {
            let known = record.authorizers.get_mut(&input.authorizer_id);
            let Stored(known) = known.ok_or_else(|| missing("authorizer"))?;
            *known = patch_json::apply(known, input.patch_operations.as_ref())?;
            expect_authorizer(known)?;
            Ok(known.clone())
        })
        .await
    }
}

impl Handler<DeleteAuthorizer> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteAuthorizerInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        self.change_rest(input.rest_api_id, absence, move |record| {
            let id = input.authorizer_id;
            let resources = record.resources.values().map(|Stored(it)| it);
            let mut methods = resources.flat_map(|it| it.resource_methods.iter().flatten());
            if methods.any(|(_, it)| it.authorizer_id.as_deref() == Some(&id)) {
                return Err(conflict(
                    "Cannot delete authorizer, is referenced in method",
                ));
            }
            record
                .authorizers
                .remove(&id)
                .ok_or_else(|| missing("authorizer"))?;
            Ok(Unit {})
        })
        .await
    }
}

impl Handler<PutGatewayResponse> for ApiGateway {
    async fn handle(
        &self,
        input: PutGatewayResponseInput,
        caller: &Caller,
    ) -> Result<PutGatewayResponseOutput, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        self.change_rest(input.rest_api_id, absence, move |record| {
            let kind = input.response_type.as_str().to_owned();
            let response = PutGatewayResponseOutput {
                response_type: Some(input.response_type),
                status_code: input.status_code,
                response_parameters: input.response_parameters,
                response_templates: input.response_templates,
                default_response: Some(false),
            };
            record
                .gateway_responses
                .insert(kind, Stored(response.clone()));
            Ok(response)
        })
        .await
    }
}

impl Handler<GetGatewayResponse> for ApiGateway {
    async fn handle(
        &self,
        input: GetGatewayResponseInput,
        caller: &Caller,
    ) -> Result<PutGatewayResponseOutput, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let mut record = self.rest(&input.rest_api_id, absence)?;
        let own = record
            .gateway_responses
            .remove(input.response_type.as_str());
        // What the owner does not word has the service's own words.
        Ok(own.map_or_else(
            || PutGatewayResponseOutput {
                response_type: Some(input.response_type),
                default_response: Some(true),
                ..PutGatewayResponseOutput::default()
            },
            |Stored(it)| it,
        ))
    }
}

impl Handler<GetGatewayResponses> for ApiGateway {
    async fn handle(
        &self,
        input: GetGatewayResponsesInput,
        caller: &Caller,
    ) -> Result<GatewayResponses, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let all = self
            .rest(&input.rest_api_id, absence)?
            .gateway_responses
            .into_values();
        let all = all.map(|Stored(it)| it).collect();
        let page = page(
            all,
            |it: &PutGatewayResponseOutput| it.response_type.as_ref().map_or("", |it| it.as_str()),
            input.limit,
            input.position.as_deref(),
        )?;
        Ok(GatewayResponses {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<UpdateGatewayResponse> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateGatewayResponseInput,
        caller: &Caller,
    ) -> Result<PutGatewayResponseOutput, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        self.change_rest(input.rest_api_id, absence, move |record| {
            let kind = input.response_type.as_str().to_owned();
            let Stored(known) = record.gateway_responses.entry(kind).or_default();
            *known = patch_json::apply(known, input.patch_operations.as_ref())?;
            known.response_type = Some(input.response_type);
            known.default_response = Some(false);
            Ok(known.clone())
        })
        .await
    }
}

impl Handler<DeleteGatewayResponse> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteGatewayResponseInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        self.change_rest(input.rest_api_id, absence, move |record| {
            let removed = record
                .gateway_responses
                .remove(input.response_type.as_str());
            removed.ok_or_else(|| not_found("Gateway response type not defined on api"))?;
            Ok(Unit {})
        })
        .await
    }
}

fn no_model(name: &str) -> ServiceError {
    not_found(format!("Invalid model name specified: {name}"))
}

impl Handler<CreateModel> for ApiGateway {
    async fn handle(
        &self,
        input: CreateModelInput,
        caller: &Caller,
    ) -> Result<Model, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        if input.name.is_empty() {
            return Err(bad_request("Model name must be non-empty"));
        }
        expect_schema(input.schema.as_deref())?;
        self.change_rest(input.rest_api_id, absence, move |record| {
            let model = Model {
                id: Some(resource_id(6)),
                name: Some(input.name.clone()),
                description: input.description,
                schema: input.schema,
                content_type: Some(input.content_type),
            };
            if record.models.contains_key(&input.name) {
                return Err(conflict("Model name already exists for this REST API"));
            }
            record.models.insert(input.name, Stored(model.clone()));
            Ok(model)
        })
        .await
    }
}

impl Handler<GetModel> for ApiGateway {
    async fn handle(&self, input: GetModelInput, _: &Caller) -> Result<Model, ServiceError> {
        let absence = no_model(&input.model_name);
        let found = self
            .rest(&input.rest_api_id, absence)?
            .models
            .remove(&input.model_name);
        found
            .map(|Stored(it)| it)
            .ok_or_else(|| no_model(&input.model_name))
    }
}

impl Handler<GetModels> for ApiGateway {
    async fn handle(&self, input: GetModelsInput, caller: &Caller) -> Result<Models, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let all = self.rest(&input.rest_api_id, absence)?.models.into_values();
        let all = all.map(|Stored(it)| it).collect();
        let page = page(
            all,
            |it: &Model| it.name.as_deref().unwrap_or_default(),
            input.limit,
            input.position.as_deref(),
        )?;
        Ok(Models {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<UpdateModel> for ApiGateway {
    async fn handle(&self, input: UpdateModelInput, _: &Caller) -> Result<Model, ServiceError> {
        let absence = no_model(&input.model_name);
        self.change_rest(input.rest_api_id, absence, move |record| {
            let known = record.models.get_mut(&input.model_name);
            let Stored(known) = known.ok_or_else(|| no_model(&input.model_name))?;
            *known = patch_json::apply(known, input.patch_operations.as_ref())?;
            expect_schema(known.schema.as_deref())?;
            Ok(known.clone())
        })
        .await
    }
}

/// A model says what its documents look like, even if that is anything.
fn expect_schema(schema: Option<&str>) -> Result<(), ServiceError> {
    if schema.is_some_and(|text| !text.is_empty()) {
        return Ok(());
    }
    Err(bad_request(
        "Model schema must have at least 1 property or array items defined",
    ))
}

impl Handler<DeleteModel> for ApiGateway {
    async fn handle(&self, input: DeleteModelInput, _: &Caller) -> Result<Unit, ServiceError> {
        let absence = no_model(&input.model_name);
        self.change_rest(input.rest_api_id, absence, move |record| {
            expect_unused(record, &input.model_name)?;
            let removed = record.models.remove(&input.model_name);
            removed.ok_or_else(|| no_model(&input.model_name))?;
            Ok(Unit {})
        })
        .await
    }
}

/// Refuses to delete a model that a request is checked by.
fn expect_unused(record: &RestRecord, model: &str) -> Result<(), ServiceError> {
    for Stored(resource) in record.resources.values() {
        for (name, method) in resource.resource_methods.iter().flatten() {
            let mut models = method.request_models.iter().flatten();
            if models.any(|(_, used)| used == model) {
                let path = resource.path.as_deref().unwrap_or_default();
                return Err(conflict(format!(
                    "Cannot delete model '{model}', is referenced in method request: {path}/{name}"
                )));
            }
        }
    }
    Ok(())
}

impl Handler<CreateRequestValidator> for ApiGateway {
    async fn handle(
        &self,
        input: CreateRequestValidatorInput,
        caller: &Caller,
    ) -> Result<RequestValidator, ServiceError> {
        let absence = bad_request("Invalid REST API identifier specified");
        let mut ids = caller.new_ids();
        self.change_rest(input.rest_api_id, absence, move |record| {
            let id = fresh(6, &record.validators, &mut ids);
            let validator = RequestValidator {
                id: Some(id.clone()),
                name: input.name,
                validate_request_body: input.validate_request_body.or(Some(false)),
                validate_request_parameters: input.validate_request_parameters.or(Some(false)),
            };
            record.validators.insert(id, Stored(validator.clone()));
            Ok(validator)
        })
        .await
    }
}

impl Handler<GetRequestValidator> for ApiGateway {
    async fn handle(
        &self,
        input: GetRequestValidatorInput,
        _: &Caller,
    ) -> Result<RequestValidator, ServiceError> {
        let absence = missing("Request Validator");
        let mut record = self.rest(&input.rest_api_id, absence)?;
        let found = record.validators.remove(&input.request_validator_id);
        found
            .map(|Stored(it)| it)
            .ok_or_else(|| missing("Request Validator"))
    }
}

impl Handler<GetRequestValidators> for ApiGateway {
    async fn handle(
        &self,
        input: GetRequestValidatorsInput,
        caller: &Caller,
    ) -> Result<RequestValidators, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let all = self
            .rest(&input.rest_api_id, absence)?
            .validators
            .into_values();
        let all = all.map(|Stored(it)| it).collect();
        let page = page(
            all,
            |it: &RequestValidator| it.id.as_deref().unwrap_or_default(),
            input.limit,
            input.position.as_deref(),
        )?;
        Ok(RequestValidators {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<UpdateRequestValidator> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateRequestValidatorInput,
        _: &Caller,
    ) -> Result<RequestValidator, ServiceError> {
        let absence = missing("Request Validator");
        self.change_rest(input.rest_api_id, absence, move |record| {
            let known = record.validators.get_mut(&input.request_validator_id);
            let Stored(known) = known.ok_or_else(|| missing("Request Validator"))?;
            *known = patch_json::apply(known, input.patch_operations.as_ref())?;
            Ok(known.clone())
        })
        .await
    }
}

impl Handler<DeleteRequestValidator> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteRequestValidatorInput,
        _: &Caller,
    ) -> Result<Unit, ServiceError> {
        let absence = missing("Request Validator");
        self.change_rest(input.rest_api_id, absence, move |record| {
            let removed = record.validators.remove(&input.request_validator_id);
            removed.ok_or_else(|| missing("Request Validator"))?;
            Ok(Unit {})
        })
        .await
    }
}
