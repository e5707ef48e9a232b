//! Which keys are in which plans.

use landline_api::apigateway::{
    ApiKey, CreateUsagePlanKey, CreateUsagePlanKeyInput, DeleteUsagePlanKey,
    DeleteUsagePlanKeyInput, GetUsagePlanKey, GetUsagePlanKeyInput, GetUsagePlanKeys,
    GetUsagePlanKeysInput, UsagePlan, UsagePlanKey, UsagePlanKeys,
};
use landline_store::Reader;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::super::ApiGateway;
use super::super::patch::non_empty;
use super::page::page;
use super::usage_plans::stages_of;
use crate::state::usage::{PLAN_KEYS, PlanKey, api_key, plan_keys, remove_plan_key, usage_plan};
use crate::state::{Failure, bad_request, conflict, not_found, path};

impl Handler<CreateUsagePlanKey> for ApiGateway {
    async fn handle(
        &self,
        input: CreateUsagePlanKeyInput,
        _caller: &Caller,
    ) -> Result<UsagePlanKey, ServiceError> {
        if input.key_type != API_KEY {
            return Err(bad_request(
                "Invalid key type specified. Must be one of: [API_KEY]",
            ));
        }
        self.change_usage(move |transaction, _| {
            let plan = usage_plan(transaction, &input.usage_plan_id)?;
            let key = api_key(transaction, &input.key_id)?;
            let id = path(&input.usage_plan_id, &input.key_id);
            if PLAN_KEYS.get_in(transaction, &id)?.is_some() {
                return Err(conflict("Usage Plan Key already exists").into());
            }
            expect_one_plan_for_each_stage(transaction, &plan, &input.key_id)?;
            let record = PlanKey {
                key_type: input.key_type,
            };
            PLAN_KEYS.put_in(transaction, &id, &record)?;
            Ok(shown(key))
        })
        .await
    }
}

impl Handler<GetUsagePlanKey> for ApiGateway {
    async fn handle(
        &self,
        input: GetUsagePlanKeyInput,
        _caller: &Caller,
    ) -> Result<UsagePlanKey, ServiceError> {
        self.read_usage(|reader| {
            usage_plan(reader, &input.usage_plan_id)?;
            expect_member(reader, &input.usage_plan_id, &input.key_id)?;
            Ok(shown(api_key(reader, &input.key_id)?))
        })
    }
}

impl Handler<GetUsagePlanKeys> for ApiGateway {
    async fn handle(
        &self,
        input: GetUsagePlanKeysInput,
        _caller: &Caller,
    ) -> Result<UsagePlanKeys, ServiceError> {
        let mut all = self.read_usage(|reader| {
            usage_plan(reader, &input.usage_plan_id)?;
            let mut keys = Vec::new();
            for (plan_id, key_id) in plan_keys(reader)? {
                if plan_id == input.usage_plan_id {
                    keys.push(shown(api_key(reader, &key_id)?));
                }
            }
            Ok(keys)
        })?;
        if let Some(query) = non_empty(input.name_query) {
            all.retain(|key| {
                let name = key.name.as_deref();
                name.is_some_and(|name| name.starts_with(&query))
            });
        }
        let id = |key: &UsagePlanKey| key.id.clone().unwrap_or_default();
        all.sort_by_key(id);
        let page = page(all, id_of, input.limit, input.position.as_deref())?;
        Ok(UsagePlanKeys {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<DeleteUsagePlanKey> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteUsagePlanKeyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let (plan_id, key_id) = (input.usage_plan_id.clone(), input.key_id.clone());
        self.change_usage(move |transaction, _| {
            usage_plan(transaction, &input.usage_plan_id)?;
            expect_member(transaction, &input.usage_plan_id, &input.key_id)?;
            remove_plan_key(transaction, &input.usage_plan_id, &input.key_id)?;
            Ok(())
        })
        .await?;
        self.usage_plans.forget(&plan_id, &key_id);
        Ok(Unit {})
    }
}

/// The only type of key.
const API_KEY: &str = "API_KEY";

fn id_of(key: &UsagePlanKey) -> &str {
    key.id.as_deref().unwrap_or_default()
}

fn shown(key: ApiKey) -> UsagePlanKey {
    UsagePlanKey {
        id: key.id,
        r#type: Some(API_KEY.to_owned()),
        value: key.value,
        name: key.name,
    }
}

fn expect_member(reader: &dyn Reader, plan_id: &str, key_id: &str) -> Result<(), Failure> {
    match PLAN_KEYS.get_in(reader, &path(plan_id, key_id))? {
        Some(_) => Ok(()),
        None => Err(not_found("Invalid Usage Plan Key identifier specified").into()),
    }
}

/// Which plan a call counts for must be clear from its key and its stage.
pub(super) fn expect_one_plan_for_each_stage(
    reader: &dyn Reader,
    plan: &UsagePlan,
    key_id: &str,
) -> Result<(), Failure> {
    let id = plan.id.as_deref().unwrap_or_default();
    let stages = stages_of(plan);
    for (other_id, other_key) in plan_keys(reader)? {
        if other_key != key_id || other_id == id {
            continue;
        }
        let others = stages_of(&usage_plan(reader, &other_id)?);
        if let Some((api_id, stage)) = others.iter().find(|stage| stages.contains(stage)) {
            return Err(conflict(format!(
                "Usage Plan {id} cannot be added because API Key cannot reference multiple Usage Plans with the same API stage: {api_id}:{stage}"
            ))
            .into());
        }
    }
    Ok(())
}
