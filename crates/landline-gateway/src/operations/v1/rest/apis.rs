//! REST APIs themselves.

use landline_api::apigateway::{
    ApiKeySourceType, CreateRestApi, CreateRestApiInput, DeleteRestApi, DeleteRestApiInput,
    EndpointConfiguration, EndpointType, GetRestApi, GetRestApiInput, GetRestApis,
    GetRestApisInput, ImportRestApi, ImportRestApiInput, IpAddressType, PutMode, PutRestApi,
    PutRestApiInput, Resource, RestApi, RestApis, UpdateRestApi, UpdateRestApiInput,
};
use landline_wire::request_id::resource_id;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::super::super::openapi::Definition;
use super::super::super::{ApiGateway, expect};
use super::super::page::page;
use super::super::patch::{self, Step};
use super::{import, no_api, patch_json};
use crate::deployment::snapshot::ResourcePolicy;
use crate::state::rest::{
    REST_APIS, REST_DEPLOYMENTS, REST_DOCUMENTATION, REST_FROZEN, REST_STAGES, RestRecord,
};
use crate::state::{self, Failure, Stored, bad_request, quota_reached};

impl Handler<CreateRestApi> for ApiGateway {
    async fn handle(
        &self,
        input: CreateRestApiInput,
        caller: &Caller,
    ) -> Result<RestApi, ServiceError> {
        expect::tags(input.tags.as_ref(), &self.limits)?;
        expect_api(&input)?;
        let original = match input.clone_from.as_deref() {
            Some(id) => Some(self.rest(id, no_api(caller, id))?),
            None => None,
        };
        let mut record = self.new_rest(input, caller);
        if let Some(original) = original {
            copy_parts(&original, &mut record);
        }
        expect_policy(&record)?;
        self.keep_rest(record).await
    }
}

impl Handler<ImportRestApi> for ApiGateway {
    async fn handle(
        &self,
        input: ImportRestApiInput,
        caller: &Caller,
    ) -> Result<RestApi, ServiceError> {
        let definition = Definition::parse(&input.body)?;
        let mut record = self.new_rest(CreateRestApiInput::default(), caller);
        import::fill(&mut record, &definition)?;
        self.keep_rest(record).await
    }
}

impl Handler<PutRestApi> for ApiGateway {
    async fn handle(
        &self,
        input: PutRestApiInput,
        caller: &Caller,
    ) -> Result<RestApi, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        let definition = Definition::parse(&input.body)?;
        self.change_rest(input.rest_api_id, absence, move |record| {
            if input.mode == Some(PutMode::Overwrite) {
                record.authorizers.clear();
                record.gateway_responses.clear();
                record.models.clear();
                record.validators.clear();
                let root = record.api.0.root_resource_id.clone().unwrap_or_default();
                record.resources.retain(|id, _| *id == root);
                for Stored(resource) in record.resources.values_mut() {
                    resource.resource_methods = None;
                }
            }
            import::fill(record, &definition)?;
            Ok(record.api.0.clone())
        })
        .await
    }
}

impl Handler<GetRestApi> for ApiGateway {
    async fn handle(
        &self,
        input: GetRestApiInput,
        caller: &Caller,
    ) -> Result<RestApi, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        Ok(self.rest(&input.rest_api_id, absence)?.api.0)
    }
}

impl Handler<GetRestApis> for ApiGateway {
    async fn handle(
        &self,
        input: GetRestApisInput,
        _caller: &Caller,
    ) -> Result<RestApis, ServiceError> {
        let records = REST_APIS.load(&*self.store).map_err(Failure::from)?;
        let all: Vec<RestApi> = records.into_iter().map(|(_, it)| it.api.0).collect();
        let page = page(
            all,
            |api: &RestApi| api.id.as_deref().unwrap_or_default(),
            input.limit,
            input.position.as_deref(),
        )?;
        Ok(RestApis {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<UpdateRestApi> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateRestApiInput,
        caller: &Caller,
    ) -> Result<RestApi, ServiceError> {
        let absence = no_api(caller, &input.rest_api_id);
        self.change_rest(input.rest_api_id, absence, move |record| {
            let mut api = record.api.0.clone();
            let (endpoint, others) = input
                .patch_operations
                .unwrap_or_default()
                .into_iter()
                .partition(|it| it.path.as_deref().is_some_and(is_of_endpoint));
            for step in patch::steps(Some(&endpoint))? {
                change_endpoint(api.endpoint_configuration.get_or_insert_default(), &step)?;
            }
            let api = patch_json::apply(&api, Some(&others))?;
            record.api = Stored(api.clone());
            expect_policy(record)?;
            Ok(api)
        })
        .await
    }
}

impl Handler<DeleteRestApi> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteRestApiInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let deleted = self.serve_rest(input.rest_api_id, |transaction, id, _, _| {
            state::usage::forget_stages(transaction, id, None)?;
            let under = state::path(id, "");
            REST_STAGES.delete_under_in(transaction, &under)?;
            REST_DEPLOYMENTS.delete_under_in(transaction, &under)?;
            REST_DOCUMENTATION.delete_under_in(transaction, &under)?;
            REST_FROZEN.delete_under_in(transaction, &under)?;
            REST_APIS.delete_in(transaction, id);
            Ok(Unit {})
        });
        let deleted = deleted.await?;
        self.usage_plans.reload().map_err(Failure::from)?;
        Ok(deleted)
    }
}

/// Refuses an API that could not be reached, or whose answers could not be compressed.
fn expect_api(input: &CreateRestApiInput) -> Result<(), ServiceError> {
    if input.description.as_deref() == Some("") {
        return Err(bad_request("Description cannot be an empty string"));
    }
    if input
        .minimum_compression_size
        .is_some_and(|size| !(0..=MAX_COMPRESSION_SIZE).contains(&size))
    {
        return Err(bad_request(
            "Invalid minimum compression size, must be between 0 and 10485760",
        ));
    }
    let Some(endpoint) = &input.endpoint_configuration else {
        return Ok(());
    };
    match endpoint.types.as_deref() {
        Some([]) => Err(bad_request(
            "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.",
        )),
        Some([_, _, ..]) => Err(bad_request(
            "Cannot create an api with multiple Endpoint Types.",
        )),
        Some([EndpointType::Private]) if endpoint.ip_address_type == Some(IpAddressType::Ipv4) => {
            Err(bad_request(
                "Only dualstack ipAddressType is supported for Private APIs.",
            ))
        }
        _ => Ok(()),
    }
}

const MAX_COMPRESSION_SIZE: i32 = 10_485_760;

/// An endpoint with what its owner leaves to the service.
fn completed(endpoint: EndpointConfiguration) -> EndpointConfiguration {
    let types = endpoint.types.unwrap_or_else(|| vec![EndpointType::Edge]);
    let by_type = match types.as_slice() {
        [EndpointType::Private] => IpAddressType::Dualstack,
        _ => IpAddressType::Ipv4,
    };
    EndpointConfiguration {
        ip_address_type: endpoint.ip_address_type.or(Some(by_type)),
        types: Some(types),
        ..endpoint
    }
}

/// All that an API is made of; what it says of itself it was given.
fn copy_parts(original: &RestRecord, record: &mut RestRecord) {
    let root = original.api.0.root_resource_id.clone();
    record.api.0.root_resource_id = root;
    record.resources = original.resources.clone();
    record.authorizers = original.authorizers.clone();
    record.gateway_responses = original.gateway_responses.clone();
    record.models = original.models.clone();
    record.validators = original.validators.clone();
}

fn is_of_endpoint(path: &str) -> bool {
    path.starts_with(ENDPOINT)
}

const ENDPOINT: &str = "/endpointConfiguration/";

/// `/endpointConfiguration/types/EDGE` is replaced by another type; endpoints of networks come and go one by one.
fn change_endpoint(
    endpoint: &mut EndpointConfiguration,
    step: &Step<'_>,
) -> Result<(), ServiceError> {
    let path = step.path.strip_prefix(ENDPOINT).unwrap_or_default();
    match (path.split_once('/').unwrap_or((path, "")), step.op) {
        (("types", kind), "replace") => {
            let types = endpoint.types.get_or_insert_default();
            let old = types.iter_mut().find(|it| it.as_str() == kind);
            *old.ok_or_else(|| step.invalid_value())? = step.value.into();
        }
        (("ipAddressType", ""), "replace") => {
            endpoint.ip_address_type = Some(step.value.into());
        }
        (("vpcEndpointIds", id), op) => {
            let id = if id.is_empty() { step.value } else { id };
            let ids = endpoint.vpc_endpoint_ids.get_or_insert_default();
            ids.retain(|known| known != id);
            if op != "remove" {
                ids.push(id.to_owned());
            }
        }
        _ => {
            return Err(step.refuse(&[
                "/endpointConfiguration/types/{type}",
                "/endpointConfiguration/vpcEndpointIds/{vpcEndpointId}",
                "/endpointConfiguration/ipAddressType",
            ]));
        }
    }
    Ok(())
}

/// Refuses a policy that nobody could be judged by.
pub(super) fn expect_policy(record: &RestRecord) -> Result<(), ServiceError> {
    let Stored(api) = &record.api;
    match api.policy.as_deref().filter(|text| !text.is_empty()) {
        Some(text) if ResourcePolicy::parse(text, "").is_err() => Err(bad_request(
            "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.",
        )),
        _ => Ok(()),
    }
}

impl ApiGateway {
    /// A REST API with its root alone.
    fn new_rest(&self, input: CreateRestApiInput, caller: &Caller) -> RestRecord {
        let root_id = resource_id(10);
        let endpoint = completed(input.endpoint_configuration.unwrap_or_default());
        let api = RestApi {
            id: Some(caller.new_ids().resource_id(10)),
            name: Some(input.name),
            description: input.description,
            created_date: Some(self.clock.now().truncate_to_seconds()),
            version: input.version,
            binary_media_types: input.binary_media_types.filter(|it| !it.is_empty()),
            minimum_compression_size: input.minimum_compression_size,
            api_key_source: input.api_key_source.or(Some(ApiKeySourceType::Header)),
            endpoint_configuration: Some(endpoint),
            policy: input.policy.filter(|it| !it.is_empty()),
            tags: input.tags.filter(|it| !it.is_empty()),
            disable_execute_api_endpoint: input.disable_execute_api_endpoint.or(Some(false)),
            root_resource_id: Some(root_id.clone()),
            ..RestApi::default()
        };
        let root = Resource {
            id: Some(root_id.clone()),
            path: Some("/".to_owned()),
            ..Resource::default()
        };
        RestRecord {
            account_id: caller.account_id.as_ref().to_owned(),
            region: caller.region.as_ref().to_owned(),
            api: Stored(api),
            resources: [(root_id, Stored(root))].into(),
            ..RestRecord::default()
        }
    }

    async fn keep_rest(&self, record: RestRecord) -> Result<RestApi, ServiceError> {
        let api = record.api.0.clone();
        expect::length("Name", api.name.as_deref(), 1, 128)?;
        let (id, limit) = (api.id.clone().unwrap_or_default(), self.limits.apis);
        let written: Result<(), Failure> = self
            .store
            .write(move |transaction| {
                if REST_APIS.load_in(transaction)?.len() >= limit {
                    return Err(quota_reached("RestApis", "account").into());
                }
                REST_APIS.put_in(transaction, &id, &record)?;
                Ok(())
            })
            .await;
        written?;
        Ok(api)
    }
}
