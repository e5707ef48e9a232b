//! Models: the schemas that messages are validated against.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html>.

use landline_api::apigatewayv2::{
    CreateModel, CreateModelInput, DeleteModel, DeleteModelInput, GetModel, GetModelInput,
    GetModelTemplate, GetModelTemplateInput, GetModelTemplateOutput, GetModels, GetModelsInput,
    GetModelsOutput, Model, Route, RouteResponse, UpdateModel, UpdateModelInput,
};
use landline_store::{Reader, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::patch::{self, non_empty};
use super::{ApiGateway, Scope, expect, model_template};
use crate::message::validation::Validator;
use crate::quotas::SCHEMA_CHARS;
use crate::state::{self, Failure, Resource, bad_request, conflict, quota_reached};

impl Handler<CreateModel> for ApiGateway {
    async fn handle(
        &self,
        input: CreateModelInput,
        caller: &Caller,
    ) -> Result<Model, ServiceError> {
        let limit = self.limits.models_per_api;
        let mut ids = caller.new_ids();
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let siblings = state::list::<Model>(transaction, &scope.api_id)?;
            if siblings.len() >= limit {
                return Err(quota_reached("Models", "API").into());
            }
            let content_type = non_empty(input.content_type);
            let model = Model {
                content_type: content_type.or_else(|| Some("application/json".to_owned())),
                description: non_empty(input.description),
                model_id: Some(state::fresh_id::<Model>(
                    transaction,
                    &scope.api_id,
                    &mut ids,
                )?),
                name: input.name,
                schema: Some(input.schema),
            };
            put_expected(transaction, scope, &model)?;
            Ok(model)
        })
        .await
    }
}

impl Handler<GetModel> for ApiGateway {
    async fn handle(&self, input: GetModelInput, caller: &Caller) -> Result<Model, ServiceError> {
        self.read(caller, &input.api_id, |reader, _| {
            state::find(reader, &input.api_id, &input.model_id)
        })
    }
}

impl Handler<GetModelTemplate> for ApiGateway {
    async fn handle(
        &self,
        input: GetModelTemplateInput,
        caller: &Caller,
    ) -> Result<GetModelTemplateOutput, ServiceError> {
        let model: Model = self.read(caller, &input.api_id, |reader, _| {
            state::find(reader, &input.api_id, &input.model_id)
        })?;
        let schema = model.schema.as_deref().unwrap_or_default();
        Ok(GetModelTemplateOutput {
            value: Some(model_template::sample(schema)),
        })
    }
}

impl Handler<GetModels> for ApiGateway {
    async fn handle(
        &self,
        input: GetModelsInput,
        caller: &Caller,
    ) -> Result<GetModelsOutput, ServiceError> {
        let all = self.read(caller, &input.api_id, |reader, _| {
            Ok(state::list::<Model>(reader, &input.api_id)?)
        })?;
        let max_results = input.max_results.as_deref();
        let page = page(all, Model::id, max_results, input.next_token.as_deref())?;
        Ok(GetModelsOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateModel> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateModelInput,
        caller: &Caller,
    ) -> Result<Model, ServiceError> {
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let mut model: Model = state::find(transaction, &scope.api_id, &input.model_id)?;
            patch::value(&mut model.content_type, non_empty(input.content_type));
            patch::text(&mut model.description, input.description);
            patch::value(&mut model.schema, input.schema);
            if let Some(name) = input.name.filter(|name| *name != model.name) {
                // Routes mean models by their names, and would mean none.
                expect_unused(transaction, &scope.api_id, &model.name)?;
                model.name = name;
            }
            put_expected(transaction, scope, &model)?;
            Ok(model)
        })
        .await
    }
}

impl Handler<DeleteModel> for ApiGateway {
    async fn handle(&self, input: DeleteModelInput, caller: &Caller) -> Result<Unit, ServiceError> {
        self.redefine(caller, input.api_id, move |transaction, scope| {
            let model: Model = state::find(transaction, &scope.api_id, &input.model_id)?;
            expect_unused(transaction, &scope.api_id, &model.name)?;
            state::remove::<Model>(transaction, &scope.api_id, model.id());
            Ok(Unit {})
        })
        .await
    }
}

/// Refuses to take a model away from the routes that use it.
fn expect_unused(reader: &dyn Reader, api_id: &str, name: &str) -> Result<(), Failure> {
    for route in state::list::<Route>(reader, api_id)? {
        let parent = state::path(api_id, route.id());
        let responses = state::list::<RouteResponse>(reader, &parent)?;
        let used = responses
            .iter()
            .filter_map(|response| response.response_models.as_ref())
            .chain(&route.request_models)
            .flat_map(|models| models.values())
            .any(|used| used == name);
        if used {
            let key = &route.route_key;
            return Err(conflict(format!(
                "Cannot delete model '{name}', is referenced in route: {key}"
            ))
            .into());
        }
    }
    Ok(())
}

/// Stores a model if it may stand beside its siblings.
fn put_expected(
    transaction: &mut Transaction<'_>,
    scope: &Scope,
    model: &Model,
) -> Result<(), Failure> {
    expect_name(&model.name)?;
    expect::length("ContentType", model.content_type.as_deref(), 1, 256)?;
    expect::description(model.description.as_deref())?;
    expect_schema(scope, model.schema.as_deref().unwrap_or_default())?;
    let siblings = state::list::<Model>(transaction, &scope.api_id)?;
    let taken = |other: &Model| other.name == model.name && other.id() != model.id();
    if siblings.iter().any(taken) {
        let name = &model.name;
        return Err(conflict(format!(
            "Model with name {name} already exists for this API"
        ))
        .into());
    }
    state::put(transaction, &scope.api_id, model)?;
    Ok(())
}

fn expect_name(name: &str) -> Result<(), ServiceError> {
    expect::length("Name", Some(name), 1, 128)?;
    if name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(());
    }
    Err(bad_request("Model name must be alphanumeric"))
}

/// A schema is JSON at least; an API with `DisableSchemaValidation` takes any.
fn expect_schema(scope: &Scope, schema: &str) -> Result<(), ServiceError> {
    expect::length("Schema", Some(schema), 0, SCHEMA_CHARS)?;
    let Err(invalid) = Validator::compile(schema) else {
        return Ok(());
    };
    let is_checked = scope.record.api.0.disable_schema_validation != Some(true);
    if !is_checked && invalid.is_json() {
        return Ok(());
    }
    // AWS stops after its first words; what is wrong helps more than their absence.
    Err(bad_request(format!(
        "Invalid model specified: Validation Result: warnings : [], \
         errors : [Invalid model schema specified. {invalid}]"
    )))
}
