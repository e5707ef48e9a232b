//! Usage plans: which keys may use which stages, how fast and how often.

use landline_api::apigateway::{
    CreateUsagePlan, CreateUsagePlanInput, DeleteUsagePlan, DeleteUsagePlanInput, GetUsagePlan,
    GetUsagePlanInput, GetUsagePlans, GetUsagePlansInput, QuotaPeriodType, QuotaSettings,
    ThrottleSettings, UpdateUsagePlan, UpdateUsagePlanInput, UsagePlan, UsagePlans,
};
use landline_api::apigatewayv2::Stage;
use landline_store::{Reader, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::super::patch::non_empty;
use super::super::{ApiGateway, expect};
use super::page::page;
use super::usage_plan_keys::expect_one_plan_for_each_stage;
use super::{patch, plan_patch};
use crate::state::rest::REST_STAGES;
use crate::state::usage::{PLAN_KEYS, USAGE_PLANS, plan_keys, remove_plan_key, usage_plan};
use crate::state::{self, Failure, Stored, bad_request, not_found, path, quota_reached};

impl Handler<CreateUsagePlan> for ApiGateway {
    async fn handle(
        &self,
        input: CreateUsagePlanInput,
        caller: &Caller,
    ) -> Result<UsagePlan, ServiceError> {
        expect::tags(input.tags.as_ref(), &self.limits)?;
        let limit = self.limits.usage_plans;
        let plan = UsagePlan {
            id: Some(caller.new_ids().resource_id(6)),
            name: Some(input.name),
            description: non_empty(input.description),
            api_stages: Some(input.api_stages.unwrap_or_default()),
            throttle: input.throttle,
            quota: input.quota,
            product_code: None,
            tags: input.tags.filter(|tags| !tags.is_empty()),
        };
        self.change_usage(move |transaction, _| {
            if USAGE_PLANS.load_in(transaction)?.len() >= limit {
                return Err(quota_reached("UsagePlans", "account").into());
            }
            expect_stages(transaction, &plan, &[])?;
            put_expected(transaction, &plan)?;
            Ok(plan)
        })
        .await
    }
}

impl Handler<GetUsagePlan> for ApiGateway {
    async fn handle(
        &self,
        input: GetUsagePlanInput,
        _caller: &Caller,
    ) -> Result<UsagePlan, ServiceError> {
        self.read_usage(|reader| usage_plan(reader, &input.usage_plan_id))
    }
}

impl Handler<GetUsagePlans> for ApiGateway {
    async fn handle(
        &self,
        input: GetUsagePlansInput,
        _caller: &Caller,
    ) -> Result<UsagePlans, ServiceError> {
        let all = self.read_usage(|reader| {
            let records = USAGE_PLANS.load_in(reader)?;
            let Some(key_id) = &input.key_id else {
                return Ok(records);
            };
            let mut with_key = Vec::new();
            for (id, plan) in records {
                if PLAN_KEYS.get_in(reader, &path(&id, key_id))?.is_some() {
                    with_key.push((id, plan));
                }
            }
            Ok(with_key)
        })?;
        let all: Vec<UsagePlan> = all.into_iter().map(|(_, Stored(plan))| plan).collect();
        let page = page(all, id_of, input.limit, input.position.as_deref())?;
        Ok(UsagePlans {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<UpdateUsagePlan> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateUsagePlanInput,
        _caller: &Caller,
    ) -> Result<UsagePlan, ServiceError> {
        self.change_usage(move |transaction, _| {
            let mut plan = usage_plan(transaction, &input.usage_plan_id)?;
            let before = stages_of(&plan);
            for step in patch::steps(input.patch_operations.as_ref())? {
                plan_patch::apply(&mut plan, &step)?;
            }
            expect_stages(transaction, &plan, &before)?;
            put_expected(transaction, &plan)?;
            Ok(plan)
        })
        .await
    }
}

impl Handler<DeleteUsagePlan> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteUsagePlanInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let keys = self
            .change_usage(move |transaction, _| {
                let id = &input.usage_plan_id;
                let plan = usage_plan(transaction, id)?;
                if let Some((api_id, stage)) = stages_of(&plan).first() {
                    return Err(bad_request(format!(
                        "Cannot delete Usage Plan {id} because there are API Stages associated with it, including {api_id}:{stage}"
                    ))
                    .into());
                }
                let mut keys = plan_keys(transaction)?;
                keys.retain(|(plan_id, _)| plan_id == id);
                for (plan_id, key_id) in &keys {
                    remove_plan_key(transaction, plan_id, key_id)?;
                }
                USAGE_PLANS.delete_in(transaction, id);
                Ok(keys)
            })
            .await?;
        for (plan_id, key_id) in keys {
            self.usage_plans.forget(&plan_id, &key_id);
        }
        Ok(Unit {})
    }
}

fn id_of(plan: &UsagePlan) -> &str {
    plan.id.as_deref().unwrap_or_default()
}

/// The stages of a plan, as pairs of API and stage.
pub(super) fn stages_of(plan: &UsagePlan) -> Vec<(String, String)> {
    let stages = plan.api_stages.iter().flatten();
    stages
        .map(|it| {
            let api_id = it.api_id.clone().unwrap_or_default();
            (api_id, it.stage.clone().unwrap_or_default())
        })
        .collect()
}

/// The stages that a plan did not have `before` exist.
fn expect_stages(
    reader: &dyn Reader,
    plan: &UsagePlan,
    before: &[(String, String)],
) -> Result<(), Failure> {
    let name = plan.name.as_deref().unwrap_or_default();
    let stages = stages_of(plan);
    for (number, pair) in stages.iter().enumerate() {
        let (api_id, stage) = pair;
        if api_id.is_empty() || stage.is_empty() {
            return Err(bad_request(format!(
                "Invalid API Stage {{api: {api_id}, stage: {stage}}} specified for usageplan {name}"
            ))
            .into());
        }
        if stages[..number].contains(pair) {
            return Err(bad_request("Invalid API Stage specified").into());
        }
        let is_there = state::find_optional::<Stage>(reader, api_id, stage)?.is_some()
            || REST_STAGES.get_in(reader, &path(api_id, stage))?.is_some();
        if !is_there && !before.contains(pair) {
            return Err(not_found(format!("API Stage not found: {api_id}:{stage}")).into());
        }
    }
    Ok(())
}

/// Stores a plan if it may stand as it is.
fn put_expected(transaction: &mut Transaction<'_>, plan: &UsagePlan) -> Result<(), Failure> {
    expect::length("Name", plan.name.as_deref(), 1, 1024)?;
    expect::description(plan.description.as_deref())?;
    let per_route = plan.api_stages.iter().flatten();
    let per_route = per_route.flat_map(|stage| stage.throttle.iter().flat_map(|it| it.values()));
    for throttle in per_route.chain(&plan.throttle) {
        expect_throttle(throttle)?;
    }
    if let Some(quota) = &plan.quota {
        expect_quota(quota)?;
    }
    for (plan_id, key_id) in plan_keys(transaction)? {
        if plan_id == id_of(plan) {
            expect_one_plan_for_each_stage(transaction, plan, &key_id)?;
        }
    }
    USAGE_PLANS.put_in(transaction, id_of(plan), &Stored(plan.clone()))?;
    Ok(())
}

fn expect_throttle(it: &ThrottleSettings) -> Result<(), ServiceError> {
    let rate = it.rate_limit.unwrap_or_default();
    if rate < 0.0 || !rate.is_finite() {
        return Err(bad_request(
            "Usage Plan throttle rate limit must not be negative",
        ));
    }
    if it.burst_limit.unwrap_or_default() < 0 {
        return Err(bad_request(
            "Usage Plan throttle burst limit must not be negative",
        ));
    }
    Ok(())
}

fn expect_quota(quota: &QuotaSettings) -> Result<(), ServiceError> {
    let limit = quota.limit.unwrap_or_default();
    if limit < 1 {
        return Err(bad_request("Usage Plan quota limit must be greater than 0"));
    }
    let offset = quota.offset.unwrap_or_default();
    let (most, period) = match &quota.period {
        Some(QuotaPeriodType::Day) => (0, "zero in the DAY period"),
        Some(QuotaPeriodType::Week) => (6, "between zero and six inclusive in the WEEK period"),
        Some(QuotaPeriodType::Month) => (27, "between zero and 27 inclusive in the MONTH period"),
        Some(QuotaPeriodType::Unrecognized(_)) | None => {
            return Err(bad_request(
                "Usage Plan quota period must be one of [DAY, WEEK, MONTH]",
            ));
        }
    };
    if (0..=most).contains(&offset) {
        return Ok(());
    }
    Err(bad_request(format!(
        "Usage Plan quota offset must be {period}"
    )))
}
