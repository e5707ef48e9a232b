//! Operations that only HTTP APIs have: OpenAPI definitions, CORS and cached authorizers.
//! For a WebSocket API there is nothing but a refusal.

use landline_api::apigatewayv2::{
    Api, CreateApiInput, DeleteCorsConfiguration, DeleteCorsConfigurationInput, ExportApi,
    ExportApiInput, ExportApiOutput, ImportApi, ImportApiInput, ProtocolType, ReimportApi,
    ReimportApiInput, ResetAuthorizersCache, ResetAuthorizersCacheInput, Stage,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::apis::{expect_api, new_api};
use super::http_apis::{as_http, export};
use super::openapi::{Definition, http};
use super::{ApiGateway, expect};
use crate::state::{self, APIS, Stored, bad_request};

impl Handler<ImportApi> for ApiGateway {
    async fn handle(&self, input: ImportApiInput, caller: &Caller) -> Result<Api, ServiceError> {
        let definition = Definition::parse(input.body.as_bytes())?;
        let described = CreateApiInput {
            protocol_type: ProtocolType::Http,
            ..CreateApiInput::default()
        };
        let mut api = as_http(new_api(described, caller, self.clock.now()));
        http::describe(&definition, &mut api);
        expect_api(&api)?;
        expect::tags(api.tags.as_ref(), &self.limits)?;
        let (api_id, limits) = (api.api_id.clone().unwrap_or_default(), self.limits.clone());
        self.keep(api, caller, move |transaction, _| {
            http::fill(transaction, &api_id, &definition, &limits)
        })
        .await
    }
}

impl Handler<ReimportApi> for ApiGateway {
    async fn handle(&self, input: ReimportApiInput, caller: &Caller) -> Result<Api, ServiceError> {
        if !self.is_http(caller, &input.api_id)? {
            return Err(unsupported("Importing an OpenAPI definition"));
        }
        let definition = Definition::parse(input.body.as_bytes())?;
        let limits = self.limits.clone();
        self.redefine(caller, input.api_id, move |transaction, scope| {
            let mut record = scope.record.clone();
            let Stored(api) = &mut record.api;
            http::describe(&definition, api);
            expect_api(api)?;
            let api = api.clone();
            APIS.put_in(transaction, &scope.api_id, &record)?;
            http::fill(transaction, &scope.api_id, &definition, &limits)?;
            Ok(api)
        })
        .await
    }
}

impl Handler<ExportApi> for ApiGateway {
    async fn handle(
        &self,
        input: ExportApiInput,
        caller: &Caller,
    ) -> Result<ExportApiOutput, ServiceError> {
        if !self.is_http(caller, &input.api_id)? {
            return Err(unsupported("Exporting an OpenAPI definition"));
        }
        self.read(caller, &input.api_id, |reader, record| {
            export(reader, record, &input)
        })
    }
}

impl Handler<DeleteCorsConfiguration> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteCorsConfigurationInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        if !self.is_http(caller, &input.api_id)? {
            return Err(unsupported("CorsConfiguration"));
        }
        self.redefine(caller, input.api_id, |transaction, scope| {
            let mut record = scope.record.clone();
            record.api.0.cors_configuration = None;
            APIS.put_in(transaction, &scope.api_id, &record)?;
            Ok(Unit {})
        })
        .await
    }
}

impl Handler<ResetAuthorizersCache> for ApiGateway {
    async fn handle(
        &self,
        input: ResetAuthorizersCacheInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.read(caller, &input.api_id, |reader, _| {
            state::find::<Stage>(reader, &input.api_id, &input.stage_name)
        })?;
        if !self.is_http(caller, &input.api_id)? {
            return Err(unsupported("Caching of authorizer results"));
        }
        self.publisher
            .forget_authorizations(&input.api_id, &input.stage_name);
        Ok(Unit {})
    }
}

fn unsupported(what: &str) -> ServiceError {
    bad_request(format!(
        "{what} is not supported for WEBSOCKET protocol Apis."
    ))
}
