//! APIs: the root of everything else.
//!
//! See <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html>.

use landline_api::apigatewayv2::{
    Api, Authorizer, CreateApi, CreateApiInput, DeleteApi, DeleteApiInput, Deployment, GetApi,
    GetApiInput, GetApis, GetApisInput, GetApisOutput, Integration, IntegrationResponse,
    IpAddressType, Model, ProtocolType, Route, RouteResponse, Stage, UpdateApi, UpdateApiInput,
};
use landline_store::Transaction;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::api_mappings::refuse_while_mapped;
use super::page::page;
use super::patch::{self, non_empty};
use super::{ApiGateway, expect, http_apis};
use crate::deployment::frozen::FROZEN;
use crate::state::{self, APIS, ApiRecord, Failure, Stored, bad_request, quota_reached};

impl Handler<CreateApi> for ApiGateway {
    async fn handle(&self, input: CreateApiInput, caller: &Caller) -> Result<Api, ServiceError> {
        expect_protocol(&input)?;
        if input.protocol_type == ProtocolType::Http {
            return self.create_http_api(input, caller).await;
        }
        let api = new_api(input, caller, self.clock.now());
        expect_api(&api)?;
        expect::tags(api.tags.as_ref(), &self.limits)?;
        self.keep(api, caller, |_, _| Ok(())).await
    }
}

impl Handler<GetApi> for ApiGateway {
    async fn handle(&self, input: GetApiInput, caller: &Caller) -> Result<Api, ServiceError> {
        self.read(caller, &input.api_id, |_, record| Ok(record.api.0.clone()))
    }
}

impl Handler<GetApis> for ApiGateway {
    async fn handle(
        &self,
        input: GetApisInput,
        _caller: &Caller,
    ) -> Result<GetApisOutput, ServiceError> {
        let records = APIS.load(&*self.store).map_err(Failure::from)?;
        let all: Vec<Api> = records.into_iter().map(|(_, it)| it.api.0).collect();
        let max_results = input.max_results.as_deref();
        let page = page(all, id_of, max_results, input.next_token.as_deref())?;
        Ok(GetApisOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateApi> for ApiGateway {
    async fn handle(&self, input: UpdateApiInput, caller: &Caller) -> Result<Api, ServiceError> {
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let mut record = scope.record.clone();
            let Stored(api) = &mut record.api;
            if api.protocol_type == ProtocolType::Http {
                http_apis::update_managed(transaction, scope, &input)?;
                patch::value(
                    &mut api.cors_configuration,
                    input.cors_configuration.clone(),
                );
            } else {
                expect::absent("CorsConfiguration", input.cors_configuration.as_ref())?;
                expect::absent("CredentialsArn", input.credentials_arn.as_ref())?;
                expect::absent("RouteKey", input.route_key.as_ref())?;
                expect::absent("Target", input.target.as_ref())?;
            }
            update(api, input);
            expect_api(api)?;
            let api = api.clone();
            APIS.put_in(transaction, &scope.api_id, &record)?;
            Ok(api)
        })
        .await
    }
}

impl Handler<DeleteApi> for ApiGateway {
    async fn handle(&self, input: DeleteApiInput, caller: &Caller) -> Result<Unit, ServiceError> {
        let deleted = self.change(caller, input.api_id, |transaction, scope| {
            let api_id = &scope.api_id;
            refuse_while_mapped(transaction, api_id)?;
            state::usage::forget_stages(transaction, api_id, None)?;
            state::remove_all::<RouteResponse>(transaction, api_id)?;
            state::remove_all::<Route>(transaction, api_id)?;
            state::remove_all::<IntegrationResponse>(transaction, api_id)?;
            state::remove_all::<Integration>(transaction, api_id)?;
            state::remove_all::<Authorizer>(transaction, api_id)?;
            state::remove_all::<Model>(transaction, api_id)?;
            state::remove_all::<Stage>(transaction, api_id)?;
            state::remove_all::<Deployment>(transaction, api_id)?;
            FROZEN.delete_under_in(transaction, &state::path(api_id, ""))?;
            APIS.delete_in(transaction, api_id);
            Ok(Unit {})
        });
        let deleted = deleted.await?;
        self.usage_plans.reload().map_err(Failure::from)?;
        Ok(deleted)
    }
}

impl ApiGateway {
    /// Stores a new API, with what belongs to it from the beginning.
    pub(super) async fn keep(
        &self,
        api: Api,
        caller: &Caller,
        fill: impl FnOnce(&mut Transaction<'_>, &ApiRecord) -> Result<(), Failure> + Send + 'static,
    ) -> Result<Api, ServiceError> {
        let record = ApiRecord {
            account_id: caller.account_id.as_ref().to_owned(),
            region: caller.region.as_ref().to_owned(),
            api: Stored(api.clone()),
        };
        let limit = self.limits.apis;
        let api_id = api.api_id.clone().unwrap_or_default();
        let written: Result<(), Failure> = self
            .store
            .write(move |transaction| {
                if APIS.load_in(transaction)?.len() >= limit {
                    return Err(quota_reached("Apis", "account").into());
                }
                APIS.put_in(transaction, &api_id, &record)?;
                fill(transaction, &record)
            })
            .await;
        written?;
        Ok(api)
    }
}

fn id_of(api: &Api) -> &str {
    api.api_id.as_deref().unwrap_or_default()
}

/// The defaults are part of every answer; other members that are not set are left out.
pub(super) fn new_api(input: CreateApiInput, caller: &Caller, now: Timestamp) -> Api {
    let (api_id, region) = (caller.new_ids().resource_id(10), &caller.region);
    Api {
        api_endpoint: Some(format!("wss://{api_id}.execute-api.{region}.amazonaws.com")),
        api_id: Some(api_id),
        api_key_selection_expression: non_empty(input.api_key_selection_expression)
            .or_else(|| Some(API_KEY_IN_HEADER.to_owned())),
        created_date: Some(now.truncate_to_seconds()),
        description: non_empty(input.description),
        disable_execute_api_endpoint: input.disable_execute_api_endpoint.or(Some(false)),
        disable_schema_validation: input.disable_schema_validation,
        ip_address_type: input.ip_address_type.or(Some(IpAddressType::Ipv4)),
        name: input.name,
        protocol_type: input.protocol_type,
        route_selection_expression: input.route_selection_expression.unwrap_or_default(),
        tags: input.tags.filter(|tags| !tags.is_empty()),
        version: non_empty(input.version),
        ..Api::default()
    }
}

fn update(api: &mut Api, input: UpdateApiInput) {
    if let Some(given) = input.api_key_selection_expression {
        let given = non_empty(Some(given));
        api.api_key_selection_expression = given.or_else(|| Some(API_KEY_IN_HEADER.to_owned()));
    }
    patch::text(&mut api.description, input.description);
    patch::text(&mut api.version, input.version);
    patch::value(
        &mut api.disable_schema_validation,
        input.disable_schema_validation,
    );
    patch::value(
        &mut api.disable_execute_api_endpoint,
        input.disable_execute_api_endpoint,
    );
    patch::value(&mut api.ip_address_type, input.ip_address_type);
    if let Some(name) = input.name {
        api.name = name;
    }
    if let Some(expression) = input.route_selection_expression {
        api.route_selection_expression = expression;
    }
}

fn expect_protocol(input: &CreateApiInput) -> Result<(), ServiceError> {
    match &input.protocol_type {
        ProtocolType::Websocket => {}
        ProtocolType::Http => return Ok(()),
        ProtocolType::Unrecognized(_) => {
            return Err(bad_request(
                "Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]",
            ));
        }
    }
    expect::absent("CorsConfiguration", input.cors_configuration.as_ref())?;
    expect::absent("CredentialsArn", input.credentials_arn.as_ref())?;
    expect::absent("RouteKey", input.route_key.as_ref())?;
    expect::absent("Target", input.target.as_ref())
}

pub(super) fn expect_api(api: &Api) -> Result<(), ServiceError> {
    expect::length("Name", Some(&api.name), 1, 128)?;
    expect::description(api.description.as_deref())?;
    expect::length("Version", api.version.as_deref(), 0, 64)?;
    if api.route_selection_expression.is_empty() {
        return Err(bad_request(
            "RouteSelectionExpression is required for WEBSOCKET protocol",
        ));
    }
    if api.protocol_type == ProtocolType::Http {
        return http_apis::expect_api(api);
    }
    let expression = Some(api.route_selection_expression.as_str());
    expect::selection_expression("RouteSelectionExpression", expression)?;
    match api.api_key_selection_expression.as_deref() {
        None | Some(API_KEY_IN_HEADER | API_KEY_FROM_AUTHORIZER) => Ok(()),
        Some(other) => Err(bad_request(format!(
            "Invalid ApiKeySelectionExpression: {other}. \
             Must be one of [{API_KEY_IN_HEADER}, {API_KEY_FROM_AUTHORIZER}]"
        ))),
    }
}

const API_KEY_IN_HEADER: &str = "$request.header.x-api-key";
const API_KEY_FROM_AUTHORIZER: &str = "$context.authorizer.usageIdentifierKey";
