//! API keys.

use landline_api::apigateway::{
    ApiKey, ApiKeys, CreateApiKey, CreateApiKeyInput, DeleteApiKey, DeleteApiKeyInput, GetApiKey,
    GetApiKeyInput, GetApiKeys, GetApiKeysInput, StageKey, UpdateApiKey, UpdateApiKeyInput,
};
use landline_store::Transaction;
use landline_wire::request_id::random_text;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::super::patch::non_empty;
use super::super::{ApiGateway, expect};
use super::page::page;
use super::patch::{self, Step};
use crate::state::usage::{API_KEYS, api_key, plan_keys, remove_plan_key};
use crate::state::{Failure, Stored, bad_request, conflict, quota_reached};

impl Handler<CreateApiKey> for ApiGateway {
    async fn handle(
        &self,
        input: CreateApiKeyInput,
        caller: &Caller,
    ) -> Result<ApiKey, ServiceError> {
        expect::tags(input.tags.as_ref(), &self.limits)?;
        let limit = self.limits.api_keys;
        let mut key = new_key(input, caller.new_ids().resource_id(10));
        expect_key(&key)?;
        self.change_usage(move |transaction, now| {
            let others = API_KEYS.load_in(transaction)?;
            if others.len() >= limit {
                return Err(quota_reached("ApiKeys", "account").into());
            }
            if others.iter().any(|(_, Stored(it))| it.value == key.value) {
                return Err(conflict("API Key already exists").into());
            }
            key.created_date = Some(now);
            key.last_updated_date = Some(now);
            put(transaction, &key)?;
            Ok(key)
        })
        .await
    }
}

impl Handler<GetApiKey> for ApiGateway {
    async fn handle(
        &self,
        input: GetApiKeyInput,
        _caller: &Caller,
    ) -> Result<ApiKey, ServiceError> {
        let key = self.read_usage(|reader| api_key(reader, &input.api_key))?;
        Ok(shown(key, input.include_value))
    }
}

impl Handler<GetApiKeys> for ApiGateway {
    async fn handle(
        &self,
        input: GetApiKeysInput,
        _caller: &Caller,
    ) -> Result<ApiKeys, ServiceError> {
        let records = API_KEYS.load(&*self.store).map_err(Failure::from)?;
        let mut all: Vec<ApiKey> = records.into_iter().map(|(_, Stored(key))| key).collect();
        if let Some(query) = non_empty(input.name_query) {
            all.retain(|key| {
                let name = key.name.as_deref();
                name.is_some_and(|name| name.starts_with(&query))
            });
        }
        if let Some(customer) = non_empty(input.customer_id) {
            all.retain(|key| key.customer_id.as_deref() == Some(&customer));
        }
        let page = page(all, id_of, input.limit, input.position.as_deref())?;
        let items = page.items.into_iter();
        Ok(ApiKeys {
            items: Some(items.map(|key| shown(key, input.include_values)).collect()),
            position: page.position,
            warnings: None,
        })
    }
}

impl Handler<UpdateApiKey> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateApiKeyInput,
        _caller: &Caller,
    ) -> Result<ApiKey, ServiceError> {
        let key = self
            .change_usage(move |transaction, now| {
                let mut key = api_key(transaction, &input.api_key)?;
                for step in patch::steps(input.patch_operations.as_ref())? {
                    apply(&mut key, &step)?;
                }
                expect_key(&key)?;
                key.last_updated_date = Some(now);
                put(transaction, &key)?;
                Ok(key)
            })
            .await?;
        Ok(shown(key, None))
    }
}

impl Handler<DeleteApiKey> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteApiKeyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let key_id = input.api_key.clone();
        let plans = self
            .change_usage(move |transaction, _| {
                api_key(transaction, &input.api_key)?;
                let mut plans = plan_keys(transaction)?;
                plans.retain(|(_, key_id)| *key_id == input.api_key);
                for (plan_id, key_id) in &plans {
                    remove_plan_key(transaction, plan_id, key_id)?;
                }
                API_KEYS.delete_in(transaction, &input.api_key);
                Ok(plans)
            })
            .await?;
        for (plan_id, _) in plans {
            self.usage_plans.forget(&plan_id, &key_id);
        }
        Ok(Unit {})
    }
}

fn id_of(key: &ApiKey) -> &str {
    key.id.as_deref().unwrap_or_default()
}

fn put(transaction: &mut Transaction<'_>, key: &ApiKey) -> Result<(), Failure> {
    API_KEYS.put_in(transaction, id_of(key), &Stored(key.clone()))?;
    Ok(())
}

/// A value is a secret: it is shown to those who ask for it.
fn shown(key: ApiKey, include_value: Option<bool>) -> ApiKey {
    let value = key.value.filter(|_| include_value == Some(true));
    ApiKey { value, ..key }
}

fn new_key(input: CreateApiKeyInput, id: String) -> ApiKey {
    ApiKey {
        id: Some(id),
        value: non_empty(input.value).or_else(|| Some(random_text(ALPHANUMERIC, 40))),
        name: non_empty(input.name),
        customer_id: non_empty(input.customer_id),
        description: non_empty(input.description),
        // A key that nobody enabled cannot be used.
        enabled: input.enabled.or(Some(false)),
        created_date: None::<Timestamp>,
        last_updated_date: None,
        stage_keys: Some(input.stage_keys.iter().flatten().map(stage_key).collect()),
        tags: input.tags.filter(|tags| !tags.is_empty()),
    }
}

const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Stages of a key are a thing of the time before usage plans, kept and shown.
fn stage_key(key: &StageKey) -> String {
    let api = key.rest_api_id.as_deref().unwrap_or_default();
    let stage = key.stage_name.as_deref().unwrap_or_default();
    format!("{api}/{stage}")
}

fn expect_key(key: &ApiKey) -> Result<(), ServiceError> {
    expect::length("Name", key.name.as_deref(), 1, 1024)?;
    expect::description(key.description.as_deref())?;
    expect::length("CustomerId", key.customer_id.as_deref(), 1, 1024)?;
    let length = key.value.iter().flat_map(|value| value.chars()).count();
    if length < 20 {
        return Err(bad_request(
            "API Key value should be at least 20 characters",
        ));
    }
    if length > 128 {
        return Err(bad_request("API Key value exceeds maximum size of 128"));
    }
    Ok(())
}

fn apply(key: &mut ApiKey, step: &Step<'_>) -> Result<(), ServiceError> {
    match (step.op, step.path) {
        ("replace", "/name") => key.name = step.text(),
        ("replace", "/description") => key.description = step.text(),
        ("replace", "/customerId") => key.customer_id = step.text(),
        ("replace", "/enabled") => key.enabled = Some(step.truth()?),
        ("add", "/stages") => {
            let stages = key.stage_keys.get_or_insert_default();
            if !stages.iter().any(|stage| stage == step.value) {
                stages.push(step.value.to_owned());
            }
        }
        ("remove", "/stages") => {
            let stages = key.stage_keys.get_or_insert_default();
            stages.retain(|stage| stage != step.value);
        }
        ("replace", _) => {
            return Err(step.refuse(&["/name", "/description", "/enabled", "/customerId"]));
        }
        _ => return Err(step.refuse(&["/stages"])),
    }
    Ok(())
}
