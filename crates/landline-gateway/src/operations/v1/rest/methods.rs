//! Methods of resources, their integrations, and the responses of both.

use std::collections::BTreeSet;

use landline_api::apigateway::{
    DeleteIntegration, DeleteIntegrationInput, DeleteIntegrationResponse,
    DeleteIntegrationResponseInput, DeleteMethod, DeleteMethodInput, DeleteMethodResponse,
    DeleteMethodResponseInput, GetIntegration, GetIntegrationInput, GetIntegrationResponse,
    GetIntegrationResponseInput, GetMethod, GetMethodInput, GetMethodResponse,
    GetMethodResponseInput, Integration, IntegrationType, Method, PutIntegration,
    PutIntegrationInput, PutIntegrationResponse, PutIntegrationResponseInput,
    PutIntegrationResponseOutput, PutMethod, PutMethodInput, PutMethodResponse,
    PutMethodResponseInput, PutMethodResponseOutput, UpdateIntegration, UpdateIntegrationInput,
    UpdateIntegrationResponse, UpdateIntegrationResponseInput, UpdateMethod, UpdateMethodInput,
    UpdateMethodResponse, UpdateMethodResponseInput,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::super::super::ApiGateway;
use super::{missing, patch_json};
use crate::quotas::INTEGRATION_TIMEOUT;
use crate::state::rest::RestRecord;
use crate::state::{Stored, bad_request, conflict, not_found};

/// The method of a resource.
pub(super) fn method<'a>(
    record: &'a mut RestRecord,
    resource_id: &str,
    http_method: &str,
) -> Result<&'a mut Method, ServiceError> {
    let resource = record.resources.get_mut(resource_id);
    let Stored(resource) = resource.ok_or_else(|| missing("Resource"))?;
    let methods = resource.resource_methods.get_or_insert_default();
    methods
        .get_mut(http_method)
        .ok_or_else(|| missing("Method"))
}

fn no_response() -> ServiceError {
    not_found("Invalid Response status code specified")
}

fn integration(method: &mut Method) -> Result<&mut Integration, ServiceError> {
    let integration = method.method_integration.as_mut();
    integration.ok_or_else(|| missing("Integration"))
}

impl Handler<PutMethod> for ApiGateway {
    async fn handle(&self, input: PutMethodInput, _: &Caller) -> Result<Method, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let method = Method {
                http_method: Some(input.http_method.clone()),
                authorization_type: Some(input.authorization_type),
                authorizer_id: input.authorizer_id,
                api_key_required: input.api_key_required.or(Some(false)),
                request_validator_id: input.request_validator_id,
                operation_name: input.operation_name,
                request_parameters: input.request_parameters,
                request_models: input.request_models,
                authorization_scopes: input.authorization_scopes,
                ..Method::default()
            };
            expect_request(record, &method)?;
            put_method(record, &input.resource_id, method.clone())?;
            Ok(method)
        })
        .await
    }
}

/// Stores a method that the resource does not have yet.
pub(super) fn put_method(
    record: &mut RestRecord,
    resource_id: &str,
    method: Method,
) -> Result<(), ServiceError> {
    let name = method.http_method.clone().unwrap_or_default();
    if !METHODS.contains(&name.as_str()) {
        return Err(bad_request(
            "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
        ));
    }
    if !record.resources.contains_key(resource_id) {
        return Err(missing("Resource"));
    }
    expect_known(record, &method)?;
    let resource = record.resources.get_mut(resource_id);
    let Stored(resource) = resource.ok_or_else(|| missing("Resource"))?;
    let methods = resource.resource_methods.get_or_insert_default();
    if methods.contains_key(&name) {
        return Err(conflict("Method already exists for this resource"));
    }
    methods.insert(name, method);
    Ok(())
}

/// Refuses a method that names an authorizer or a validator that its API does not have.
fn expect_known(record: &RestRecord, method: &Method) -> Result<(), ServiceError> {
    let kind = method.authorization_type.as_deref();
    if matches!(kind, Some("CUSTOM" | "COGNITO_USER_POOLS")) {
        let id = method.authorizer_id.as_deref().unwrap_or_default();
        if !record.authorizers.contains_key(id) {
            return Err(bad_request(
                "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
            ));
        }
    }
    let validator = method.request_validator_id.as_deref();
    let validator = validator.filter(|id| !id.is_empty());
    if validator.is_some_and(|id| !record.validators.contains_key(id)) {
        return Err(bad_request(
            "Invalid Request Validator identifier specified",
        ));
    }
    Ok(())
}

/// Refuses models that are not there, and parameters with one name in two places.
fn expect_request(record: &RestRecord, method: &Method) -> Result<(), ServiceError> {
    for (_, model) in method.request_models.iter().flatten() {
        if !DEFAULT_MODELS.contains(&model.as_str()) && !record.models.contains_key(model) {
            return Err(bad_request(format!(
                "Invalid model identifier specified: {model}"
            )));
        }
    }
    let parameters = method.request_parameters.iter().flatten();
    let mut names = BTreeSet::new();
    for (place, _) in parameters {
        let name = place.splitn(4, '.').last().unwrap_or_default();
        if !names.insert(name.to_owned()) {
            return Err(bad_request(
                "Parameter names must be unique across querystring, header and path",
            ));
        }
    }
    Ok(())
}

/// The models that every REST API has.
const DEFAULT_MODELS: [&str; 2] = ["Empty", "Error"];

const METHODS: [&str; 8] = [
    "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT",
];

impl Handler<GetMethod> for ApiGateway {
    async fn handle(&self, input: GetMethodInput, _: &Caller) -> Result<Method, ServiceError> {
        let mut record = self.rest(&input.rest_api_id, missing("Resource"))?;
        method(&mut record, &input.resource_id, &input.http_method).cloned()
    }
}

impl Handler<UpdateMethod> for ApiGateway {
    async fn handle(&self, input: UpdateMethodInput, _: &Caller) -> Result<Method, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let known = method(record, &input.resource_id, &input.http_method)?;
            let changed = patch_json::apply(known, input.patch_operations.as_ref())?;
            expect_known(record, &changed)?;
            *method(record, &input.resource_id, &input.http_method)? = changed.clone();
            Ok(changed)
        })
        .await
    }
}

impl Handler<DeleteMethod> for ApiGateway {
    async fn handle(&self, input: DeleteMethodInput, _: &Caller) -> Result<Unit, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            method(record, &input.resource_id, &input.http_method)?;
            if let Some(Stored(resource)) = record.resources.get_mut(&input.resource_id) {
                let methods = resource.resource_methods.get_or_insert_default();
                methods.remove(&input.http_method);
            }
            Ok(Unit {})
        })
        .await
    }
}

impl Handler<PutMethodResponse> for ApiGateway {
    async fn handle(
        &self,
        input: PutMethodResponseInput,
        _: &Caller,
    ) -> Result<PutMethodResponseOutput, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let method = method(record, &input.resource_id, &input.http_method)?;
            let response = PutMethodResponseOutput {
                status_code: Some(input.status_code.clone()),
                response_parameters: input.response_parameters,
                response_models: input.response_models,
            };
            let responses = method.method_responses.get_or_insert_default();
            if responses.contains_key(&input.status_code) {
                return Err(conflict("Response already exists for this resource"));
            }
            responses.insert(input.status_code, response.clone());
            Ok(response)
        })
        .await
    }
}

impl Handler<GetMethodResponse> for ApiGateway {
    async fn handle(
        &self,
        input: GetMethodResponseInput,
        _: &Caller,
    ) -> Result<PutMethodResponseOutput, ServiceError> {
        let mut record = self.rest(&input.rest_api_id, missing("Resource"))?;
        let method = method(&mut record, &input.resource_id, &input.http_method)?;
        let responses = method.method_responses.get_or_insert_default();
        let found = responses.remove(&input.status_code);
        found.ok_or_else(no_response)
    }
}

impl Handler<UpdateMethodResponse> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateMethodResponseInput,
        _: &Caller,
    ) -> Result<PutMethodResponseOutput, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let method = method(record, &input.resource_id, &input.http_method)?;
            let responses = method.method_responses.get_or_insert_default();
            let response = responses.get_mut(&input.status_code);
            let response = response.ok_or_else(no_response)?;
            *response = patch_json::apply(response, input.patch_operations.as_ref())?;
            Ok(response.clone())
        })
        .await
    }
}

impl Handler<DeleteMethodResponse> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteMethodResponseInput,
        _: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let method = method(record, &input.resource_id, &input.http_method)?;
            let responses = method.method_responses.get_or_insert_default();
            let removed = responses.remove(&input.status_code);
            removed.ok_or_else(no_response)?;
            Ok(Unit {})
        })
        .await
    }
}

impl Handler<PutIntegration> for ApiGateway {
    async fn handle(
        &self,
        input: PutIntegrationInput,
        _: &Caller,
    ) -> Result<Integration, ServiceError> {
        self.change_rest(
            input.rest_api_id.clone(),
            missing("Resource"),
            move |record| {
                let (resource_id, http_method) =
                    (input.resource_id.clone(), input.http_method.clone());
                let method = method(record, &resource_id, &http_method)?;
                let integration = new_integration(&resource_id, input)?;
                method.method_integration = Some(integration.clone());
                Ok(integration)
            },
        )
        .await
    }
}

fn new_integration(
    resource_id: &str,
    input: PutIntegrationInput,
) -> Result<Integration, ServiceError> {
    let integration = Integration {
        r#type: Some(input.r#type),
        http_method: input.integration_http_method,
        uri: input.uri,
        connection_type: input.connection_type,
        connection_id: input.connection_id,
        credentials: input.credentials,
        request_parameters: input.request_parameters,
        request_templates: input.request_templates,
        passthrough_behavior: input.passthrough_behavior,
        content_handling: input.content_handling,
        timeout_in_millis: input.timeout_in_millis,
        cache_namespace: input.cache_namespace,
        cache_key_parameters: input.cache_key_parameters,
        tls_config: input.tls_config,
        response_transfer_mode: input.response_transfer_mode,
        ..Integration::default()
    };
    let integration = completed(integration, resource_id);
    expect_integration(&integration)?;
    Ok(integration)
}

/// An integration with what its owner leaves to the service.
pub(super) fn completed(it: Integration, resource_id: &str) -> Integration {
    Integration {
        passthrough_behavior: it
            .passthrough_behavior
            .or_else(|| Some("WHEN_NO_MATCH".to_owned())),
        timeout_in_millis: it.timeout_in_millis.or(Some(DEFAULT_TIMEOUT_MILLIS)),
        cache_namespace: it.cache_namespace.or_else(|| Some(resource_id.to_owned())),
        cache_key_parameters: it.cache_key_parameters.or_else(|| Some(Vec::new())),
        ..it
    }
}

#[expect(clippy::cast_possible_truncation, reason = "29 seconds")]
pub(super) const DEFAULT_TIMEOUT_MILLIS: i32 = INTEGRATION_TIMEOUT.as_millis() as i32;

/// Refuses an integration that could never be called.
pub(super) fn expect_integration(it: &Integration) -> Result<(), ServiceError> {
    if it.r#type == Some(IntegrationType::Mock) {
        return Ok(());
    }
    if it.http_method.as_deref().unwrap_or_default().is_empty() {
        return Err(bad_request(
            "Enumeration value for HttpMethod must be non-empty",
        ));
    }
    let uri = it.uri.as_deref().unwrap_or_default();
    let is_web = matches!(
        it.r#type,
        Some(IntegrationType::Http | IntegrationType::HttpProxy)
    );
    let fits = if is_web {
        uri.contains("://") || uri.contains("${stageVariables.")
    } else {
        uri.starts_with("arn:")
    };
    match (fits, is_web) {
        (true, _) => Ok(()),
        (false, true) => Err(bad_request("Invalid HTTP endpoint specified for URI")),
        (false, false) => Err(bad_request("Invalid ARN specified in the request")),
    }
}

impl Handler<GetIntegration> for ApiGateway {
    async fn handle(
        &self,
        input: GetIntegrationInput,
        _: &Caller,
    ) -> Result<Integration, ServiceError> {
        let mut record = self.rest(&input.rest_api_id, missing("Resource"))?;
        let method = method(&mut record, &input.resource_id, &input.http_method)?;
        integration(method).cloned()
    }
}

impl Handler<UpdateIntegration> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateIntegrationInput,
        _: &Caller,
    ) -> Result<Integration, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let method = method(record, &input.resource_id, &input.http_method)?;
            let integration = integration(method)?;
            *integration = patch_json::apply(integration, input.patch_operations.as_ref())?;
            expect_integration(integration)?;
            Ok(integration.clone())
        })
        .await
    }
}

impl Handler<DeleteIntegration> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteIntegrationInput,
        _: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let method = method(record, &input.resource_id, &input.http_method)?;
            integration(method)?;
            method.method_integration = None;
            Ok(Unit {})
        })
        .await
    }
}

impl Handler<PutIntegrationResponse> for ApiGateway {
    async fn handle(
        &self,
        input: PutIntegrationResponseInput,
        _: &Caller,
    ) -> Result<PutIntegrationResponseOutput, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let method = method(record, &input.resource_id, &input.http_method)?;
            let response = PutIntegrationResponseOutput {
                status_code: Some(input.status_code.clone()),
                selection_pattern: input.selection_pattern,
                response_parameters: input.response_parameters,
                response_templates: input.response_templates,
                content_handling: input.content_handling,
            };
            let integration = integration(method)?;
            let responses = integration.integration_responses.get_or_insert_default();
            responses.insert(input.status_code, response.clone());
            Ok(response)
        })
        .await
    }
}

impl Handler<GetIntegrationResponse> for ApiGateway {
    async fn handle(
        &self,
        input: GetIntegrationResponseInput,
        _: &Caller,
    ) -> Result<PutIntegrationResponseOutput, ServiceError> {
        let mut record = self.rest(&input.rest_api_id, missing("Resource"))?;
        let method = method(&mut record, &input.resource_id, &input.http_method)?;
        let responses = &mut integration(method)?.integration_responses;
        let found = responses.get_or_insert_default().remove(&input.status_code);
        found.ok_or_else(no_response)
    }
}

impl Handler<UpdateIntegrationResponse> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateIntegrationResponseInput,
        _: &Caller,
    ) -> Result<PutIntegrationResponseOutput, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let method = method(record, &input.resource_id, &input.http_method)?;
            let responses = &mut integration(method)?.integration_responses;
            let response = responses
                .get_or_insert_default()
                .get_mut(&input.status_code);
            let response = response.ok_or_else(no_response)?;
            *response = patch_json::apply(response, input.patch_operations.as_ref())?;
            Ok(response.clone())
        })
        .await
    }
}

impl Handler<DeleteIntegrationResponse> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteIntegrationResponseInput,
        _: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_rest(input.rest_api_id, missing("Resource"), move |record| {
            let method = method(record, &input.resource_id, &input.http_method)?;
            let responses = &mut integration(method)?.integration_responses;
            let removed = responses.get_or_insert_default().remove(&input.status_code);
            removed.ok_or_else(no_response)?;
            Ok(Unit {})
        })
        .await
    }
}
