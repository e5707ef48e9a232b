//! API mappings: under which path of a custom domain a stage is served.
//!
//! See <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames-domainname-apimappings.html>.

use landline_api::apigatewayv2::{
    ApiMapping, CreateApiMapping, CreateApiMappingInput, DeleteApiMapping, DeleteApiMappingInput,
    GetApiMapping, GetApiMappingInput, GetApiMappings, GetApiMappingsInput, GetApiMappingsOutput,
    ProtocolType, Stage, UpdateApiMapping, UpdateApiMappingInput,
};
use landline_store::{Reader, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::ApiGateway;
use super::page::page;
use crate::quotas::MAPPING_KEY_CHARS;
use crate::state::rest::{REST_APIS, REST_STAGES};
use crate::state::{self, DOMAINS, Failure, Resource, bad_request, conflict, quota_reached};

impl Handler<CreateApiMapping> for ApiGateway {
    async fn handle(
        &self,
        input: CreateApiMappingInput,
        caller: &Caller,
    ) -> Result<ApiMapping, ServiceError> {
        let (limit, account_id) = (self.limits.mappings_per_domain, caller.account_id.clone());
        let mut ids = caller.new_ids();
        self.change_domains(move |transaction| {
            let name = input.domain_name;
            state::domain(transaction, &name)?;
            if state::list::<ApiMapping>(transaction, &name)?.len() >= limit {
                return Err(quota_reached("ApiMappings", "domain name").into());
            }
            let mapping = ApiMapping {
                api_id: input.api_id,
                api_mapping_id: Some(state::fresh_id::<ApiMapping>(transaction, &name, &mut ids)?),
                // The root's is shown too, as an empty text.
                api_mapping_key: Some(input.api_mapping_key.unwrap_or_default()),
                stage: input.stage,
            };
            put_expected(transaction, &account_id, &name, &mapping)?;
            Ok(mapping)
        })
        .await
    }
}

impl Handler<GetApiMapping> for ApiGateway {
    async fn handle(
        &self,
        input: GetApiMappingInput,
        _caller: &Caller,
    ) -> Result<ApiMapping, ServiceError> {
        self.read_domain(&input.domain_name, |reader, _| {
            state::find(reader, &input.domain_name, &input.api_mapping_id)
        })
    }
}

impl Handler<GetApiMappings> for ApiGateway {
    async fn handle(
        &self,
        input: GetApiMappingsInput,
        _caller: &Caller,
    ) -> Result<GetApiMappingsOutput, ServiceError> {
        let all = self.read_domain(&input.domain_name, |reader, _| {
            Ok(state::list::<ApiMapping>(reader, &input.domain_name)?)
        })?;
        let (max_results, next_token) = (input.max_results, input.next_token);
        let page = page(
            all,
            ApiMapping::id,
            max_results.as_deref(),
            next_token.as_deref(),
        )?;
        Ok(GetApiMappingsOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateApiMapping> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateApiMappingInput,
        caller: &Caller,
    ) -> Result<ApiMapping, ServiceError> {
        let account_id = caller.account_id.clone();
        self.change_domains(move |transaction| {
            let name = input.domain_name;
            state::domain(transaction, &name)?;
            let mut mapping: ApiMapping = state::find(transaction, &name, &input.api_mapping_id)?;
            mapping.api_id = input.api_id;
            if let Some(stage) = input.stage {
                mapping.stage = stage;
            }
            if let Some(key) = input.api_mapping_key {
                mapping.api_mapping_key = Some(key);
            }
            put_expected(transaction, &account_id, &name, &mapping)?;
            Ok(mapping)
        })
        .await
    }
}

impl Handler<DeleteApiMapping> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteApiMappingInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_domains(move |transaction| {
            let name = input.domain_name;
            state::domain(transaction, &name)?;
            let mapping: ApiMapping = state::find(transaction, &name, &input.api_mapping_id)?;
            state::remove::<ApiMapping>(transaction, &name, mapping.id());
            Ok(Unit {})
        })
        .await
    }
}

/// Refuses to delete an API that a custom domain leads to.
pub(super) fn refuse_while_mapped(reader: &dyn Reader, api_id: &str) -> Result<(), Failure> {
    for (name, _) in DOMAINS.load_in(reader)? {
        let mappings = state::list::<ApiMapping>(reader, &name)?;
        if mappings.iter().any(|mapping| mapping.api_id == api_id) {
            return Err(bad_request(format!(
                "Deleting API {api_id} failed. \
                 Please remove all API mappings for the API from your custom domain names."
            ))
            .into());
        }
    }
    Ok(())
}

/// Stores a mapping if it leads somewhere and may stand beside its siblings.
fn put_expected(
    transaction: &mut Transaction<'_>,
    account_id: &str,
    domain_name: &str,
    mapping: &ApiMapping,
) -> Result<(), Failure> {
    let key = mapping.api_mapping_key.as_deref().unwrap_or_default();
    expect_key(key)?;
    expect_same_protocol(transaction, account_id, domain_name, mapping)?;
    let rest_stage = state::path(&mapping.api_id, &mapping.stage);
    if state::find_optional::<Stage>(transaction, &mapping.api_id, &mapping.stage)?.is_none()
        && REST_STAGES.get_in(transaction, &rest_stage)?.is_none()
    {
        // 400, where other operations answer 404 to the same text.
        return Err(bad_request(Stage::NOT_FOUND).into());
    }
    let siblings = state::list::<ApiMapping>(transaction, domain_name)?;
    let taken = |other: &ApiMapping| {
        other.id() != mapping.id() && other.api_mapping_key.as_deref().unwrap_or_default() == key
    };
    if siblings.iter().any(taken) {
        return Err(conflict("ApiMapping key already exists for this domain name").into());
    }
    state::put(transaction, domain_name, mapping)?;
    Ok(())
}

/// A domain leads to WebSocket APIs or to others, never to both.
fn expect_same_protocol(
    reader: &dyn Reader,
    account_id: &str,
    domain_name: &str,
    mapping: &ApiMapping,
) -> Result<(), Failure> {
    let is_web_socket = |api_id: &str| -> Result<bool, Failure> {
        if REST_APIS.get_in(reader, api_id)?.is_some() {
            return Ok(false);
        }
        let record = state::api(reader, account_id, api_id)?;
        Ok(record.api.0.protocol_type == ProtocolType::Websocket)
    };
    let mapped = is_web_socket(&mapping.api_id)?;
    for sibling in state::list::<ApiMapping>(reader, domain_name)? {
        if sibling.id() != mapping.id() && is_web_socket(&sibling.api_id)? != mapped {
            return Err(bad_request(
                "Currently, WebSocket APIs can only be attached to a domain name with other \
                 WebSocket APIs. This must also occur through API Gateway's V2 DomainName interface.",
            )
            .into());
        }
    }
    Ok(())
}

/// Segments of letters, digits and `$-_.+!*'()`, with single slashes between them.
fn expect_key(key: &str) -> Result<(), ServiceError> {
    if key.starts_with('/') || key.contains("//") {
        return Err(bad_request(
            "API mapping key should not start with a '/' or have consecutive '/'s.",
        ));
    }
    if key.ends_with('/') {
        return Err(bad_request("API mapping key should not end with a '/'."));
    }
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"$-_.+!*'()/".contains(&byte);
    if key.len() > MAPPING_KEY_CHARS || !key.bytes().all(fits) {
        return Err(bad_request(format!(
            "Invalid API mapping key: {key}. \
             It may have up to {MAPPING_KEY_CHARS} characters of [A-Za-z0-9$-_.+!*'()/]."
        )));
    }
    Ok(())
}
