//! Operations that only HTTP APIs have: a WebSocket API has no OpenAPI form, no CORS and
//! no cached authorizers, so there is nothing but a refusal.

use landline_api::apigatewayv2::{
    Api, DeleteCorsConfiguration, DeleteCorsConfigurationInput, ExportApi, ExportApiInput,
    ExportApiOutput, ImportApi, ImportApiInput, ReimportApi, ReimportApiInput,
    ResetAuthorizersCache, ResetAuthorizersCacheInput, Stage,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::ApiGateway;
use crate::state::{self, bad_request};

impl Handler<ImportApi> for ApiGateway {
    async fn handle(&self, _input: ImportApiInput, _caller: &Caller) -> Result<Api, ServiceError> {
        // An OpenAPI definition always makes an HTTP API.
        Err(bad_request("Landline does not offer HTTP APIs yet"))
    }
}

impl Handler<ReimportApi> for ApiGateway {
    async fn handle(&self, input: ReimportApiInput, caller: &Caller) -> Result<Api, ServiceError> {
        self.read(caller, &input.api_id, |_, _| Ok(()))?;
        Err(unsupported("Importing an OpenAPI definition"))
    }
}

impl Handler<ExportApi> for ApiGateway {
    async fn handle(
        &self,
        input: ExportApiInput,
        caller: &Caller,
    ) -> Result<ExportApiOutput, ServiceError> {
        self.read(caller, &input.api_id, |_, _| Ok(()))?;
        Err(unsupported("Exporting an OpenAPI definition"))
    }
}

impl Handler<DeleteCorsConfiguration> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteCorsConfigurationInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.read(caller, &input.api_id, |_, _| Ok(()))?;
        Err(unsupported("CorsConfiguration"))
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
        Err(unsupported("Caching of authorizer results"))
    }
}

fn unsupported(what: &str) -> ServiceError {
    bad_request(format!(
        "{what} is not supported for WEBSOCKET protocol Apis."
    ))
}
