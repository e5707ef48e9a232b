//! API keys, usage plans and what was used of them, in the store.

use landline_api::apigateway::{Account, ApiKey, UsagePlan};
use landline_store::{Collection, Reader, StoreError, Transaction};
use serde::{Deserialize, Serialize};

use super::{Failure, Stored, not_found, path};

/// Every API key, by its identifier.
pub(crate) const API_KEYS: Collection<Stored<ApiKey>> = Collection::new("apigateway.apikey");

/// Every usage plan, by its identifier.
pub(crate) const USAGE_PLANS: Collection<Stored<UsagePlan>> =
    Collection::new("apigateway.usageplan");

/// Which keys belong to which plans, by plan and key.
pub(crate) const PLAN_KEYS: Collection<PlanKey> = Collection::new("apigateway.usageplankey");

/// Calls by plan, key and day (days since 1970).
pub(crate) const USAGE: Collection<u64> = Collection::new("apigateway.usage");

/// The account's settings, under one name.
pub(crate) const ACCOUNT: Collection<Stored<Account>> = Collection::new("apigateway.account");

/// That a key belongs to a plan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PlanKey {
    /// The only type there is, `API_KEY`.
    pub(crate) key_type: String,
}

/// The API key with an identifier.
pub(crate) fn api_key(reader: &dyn Reader, id: &str) -> Result<ApiKey, Failure> {
    match API_KEYS.get_in(reader, id)? {
        Some(Stored(key)) => Ok(key),
        None => Err(not_found("Invalid API Key identifier specified").into()),
    }
}

/// The usage plan with an identifier.
pub(crate) fn usage_plan(reader: &dyn Reader, id: &str) -> Result<UsagePlan, Failure> {
    match USAGE_PLANS.get_in(reader, id)? {
        Some(Stored(plan)) => Ok(plan),
        None => Err(not_found("Invalid Usage Plan ID specified").into()),
    }
}

/// Every pair of a plan and a key of it.
pub(crate) fn plan_keys(reader: &dyn Reader) -> Result<Vec<(String, String)>, StoreError> {
    let records = PLAN_KEYS.load_in(reader)?;
    let pair = |(id, _): &(String, PlanKey)| {
        let (plan, key) = id.split_once('/')?;
        Some((plan.to_owned(), key.to_owned()))
    };
    Ok(records.iter().filter_map(pair).collect())
}

/// Takes a key out of a plan, with what it used.
pub(crate) fn remove_plan_key(
    transaction: &mut Transaction<'_>,
    plan_id: &str,
    key_id: &str,
) -> Result<(), StoreError> {
    let id = path(plan_id, key_id);
    PLAN_KEYS.delete_in(transaction, &id);
    USAGE.delete_under_in(transaction, &path(&id, ""))
}

/// Takes a stage, or all stages of an API, out of the plans: a stage that is made anew
/// is in no plan.
/// See <https://github.com/hashicorp/terraform-provider-aws/issues/14100>.
pub(crate) fn forget_stages(
    transaction: &mut Transaction<'_>,
    api_id: &str,
    stage_name: Option<&str>,
) -> Result<(), StoreError> {
    for (id, Stored(mut plan)) in USAGE_PLANS.load_in(transaction)? {
        let stages = plan.api_stages.get_or_insert_default();
        let before = stages.len();
        stages.retain(|stage| {
            let is_api = stage.api_id.as_deref() == Some(api_id);
            let is_stage = stage_name.is_none() || stage.stage.as_deref() == stage_name;
            !(is_api && is_stage)
        });
        if stages.len() < before {
            USAGE_PLANS.put_in(transaction, &id, &Stored(plan))?;
        }
    }
    Ok(())
}
