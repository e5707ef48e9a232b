//! Keys by their values, each with its plans, made of what the store holds.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use landline_api::apigateway::{ApiKey, ApiStage, ThrottleSettings, UsagePlan};
use landline_store::{Reader, StoreError};

use super::counter::{Counter, Counters};
use super::quota::Quota;
use crate::state::Stored;
use crate::state::usage::{API_KEYS, USAGE_PLANS, plan_keys};
use crate::throttle::{Bucket, Rate};

/// All keys.
#[derive(Debug, Default)]
pub(super) struct Table {
    by_value: HashMap<String, Arc<ApiKeyEntry>>,
    buckets: HashMap<String, Arc<Bucket>>,
}

/// A key and the plans it is in.
#[derive(Debug)]
pub struct ApiKeyEntry {
    /// Its identifier.
    pub id: String,
    /// Whether it may be used at all.
    pub is_enabled: bool,
    /// Its plans.
    pub plans: Vec<PlanEntry>,
}

/// What one plan allows one key.
#[derive(Debug)]
pub struct PlanEntry {
    /// The plan's identifier.
    pub id: String,
    stages: Vec<StageEntry>,
    /// Each key has the plan's whole rate for itself.
    throttle: Option<Throttle>,
    pub(super) quota: Option<Quota>,
    pub(super) counter: Arc<Counter>,
}

#[derive(Debug)]
struct StageEntry {
    api_id: String,
    stage: String,
    /// By route key.
    routes: HashMap<String, Throttle>,
}

#[derive(Debug)]
struct Throttle {
    rate: Rate,
    bucket: Arc<Bucket>,
}

impl ApiKeyEntry {
    /// The plan through which the key may use a stage.
    pub fn plan_for(&self, api_id: &str, stage: &str) -> Option<&PlanEntry> {
        self.plans
            .iter()
            .find(|plan| plan.stage(api_id, stage).is_some())
    }
}

impl PlanEntry {
    /// The stages of the plan, as pairs of API and stage.
    pub fn stages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.stages
            .iter()
            .map(|it| (it.api_id.as_str(), it.stage.as_str()))
    }

    /// Takes a token of the plan and one of the route.
    pub(super) fn admit(&self, now: Duration, api_id: &str, stage: &str, route_key: &str) -> bool {
        let route = self
            .stage(api_id, stage)
            .and_then(|it| it.routes.get(route_key));
        let mut limits = route.into_iter().chain(&self.throttle);
        limits.all(|it| it.bucket.admit(now, it.rate))
    }

    fn stage(&self, api_id: &str, stage: &str) -> Option<&StageEntry> {
        let is_it = |it: &&StageEntry| it.api_id == api_id && it.stage == stage;
        self.stages.iter().find(is_it)
    }
}

impl Table {
    pub(super) fn find(&self, value: &str) -> Option<Arc<ApiKeyEntry>> {
        self.by_value.get(value).cloned()
    }

    /// Reads all keys; what their buckets hold is taken over from the table before.
    pub(super) fn read(
        reader: &dyn Reader,
        before: &Self,
        counters: &Counters,
    ) -> Result<Self, StoreError> {
        let plans: HashMap<String, UsagePlan> = USAGE_PLANS
            .load_in(reader)?
            .into_iter()
            .map(|(id, Stored(plan))| (id, plan))
            .collect();
        let mut table = Self::default();
        let mut plans_of: HashMap<String, Vec<PlanEntry>> = HashMap::new();
        for (plan_id, key_id) in plan_keys(reader)? {
            if let Some(plan) = plans.get(&plan_id) {
                let counter = counters.get(&plan_id, &key_id);
                let entry = table.plan_entry(before, plan_id, &key_id, plan, counter);
                plans_of.entry(key_id).or_default().push(entry);
            }
        }
        for (id, Stored(key)) in API_KEYS.load_in(reader)? {
            let plans = plans_of.remove(&id).unwrap_or_default();
            table.insert(id, key, plans);
        }
        Ok(table)
    }

    fn insert(&mut self, id: String, key: ApiKey, plans: Vec<PlanEntry>) {
        let Some(value) = key.value else {
            return;
        };
        let entry = ApiKeyEntry {
            id,
            is_enabled: key.enabled.unwrap_or_default(),
            plans,
        };
        self.by_value.insert(value, Arc::new(entry));
    }

    fn plan_entry(
        &mut self,
        before: &Self,
        plan_id: String,
        key_id: &str,
        plan: &UsagePlan,
        counter: Arc<Counter>,
    ) -> PlanEntry {
        let owner = format!("{plan_id}/{key_id}");
        let stages = plan.api_stages.iter().flatten();
        PlanEntry {
            throttle: self.throttle(before, &owner, plan.throttle.as_ref()),
            stages: stages
                .map(|stage| self.stage_entry(before, &owner, stage))
                .collect(),
            quota: Quota::of(plan.quota.as_ref()),
            id: plan_id,
            counter,
        }
    }

    fn stage_entry(&mut self, before: &Self, owner: &str, stage: &ApiStage) -> StageEntry {
        let api_id = stage.api_id.clone().unwrap_or_default();
        let name = stage.stage.clone().unwrap_or_default();
        let mut routes = HashMap::new();
        for (route_key, settings) in stage.throttle.iter().flatten() {
            let bucket = format!("{owner}/{api_id}/{name}/{route_key}");
            if let Some(throttle) = self.throttle(before, &bucket, Some(settings)) {
                routes.insert(route_key.clone(), throttle);
            }
        }
        StageEntry {
            api_id,
            stage: name,
            routes,
        }
    }

    fn throttle(
        &mut self,
        before: &Self,
        bucket_id: &str,
        settings: Option<&ThrottleSettings>,
    ) -> Option<Throttle> {
        let settings = settings?;
        let bucket = before.buckets.get(bucket_id).cloned().unwrap_or_default();
        self.buckets
            .insert(bucket_id.to_owned(), Arc::clone(&bucket));
        Some(Throttle {
            // Either alone limits; the other is the account's.
            rate: Rate {
                per_second: settings.rate_limit.unwrap_or(10_000.0),
                burst: settings.burst_limit.map_or(5_000.0, f64::from),
            },
            bucket,
        })
    }
}
