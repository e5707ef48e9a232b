//! What keys used of a plan, day by day.

use std::collections::BTreeMap;

use landline_api::apigateway::{GetUsage, GetUsageInput, Usage};
use landline_wire::{Caller, Handler, ServiceError};

use super::super::ApiGateway;
use super::page::page;
use crate::quotas::USAGE_DAYS;
use crate::state::bad_request;
use crate::state::usage::{plan_keys, usage_plan};
use crate::usage::{Day, Quota};

impl Handler<GetUsage> for ApiGateway {
    async fn handle(&self, input: GetUsageInput, _caller: &Caller) -> Result<Usage, ServiceError> {
        let days = days(&input.start_date, &input.end_date)?;
        let (plan, mut keys) = self.read_usage(|reader| {
            let plan = usage_plan(reader, &input.usage_plan_id)?;
            Ok((plan, plan_keys(reader)?))
        })?;
        keys.retain(|(plan_id, key_id)| {
            let is_meant = input.key_id.as_ref().is_none_or(|wanted| wanted == key_id);
            *plan_id == input.usage_plan_id && is_meant
        });
        let quota = Quota::of(plan.quota.as_ref());
        let limit = input.limit;
        let page = page(keys, |(_, key)| key, limit, input.position.as_deref())?;
        let items = page.items.into_iter().map(|(plan_id, key_id)| {
            let used = self.usage_plans.used(&plan_id, &key_id);
            let rows = days.iter().map(|day| row(&used, *day, quota)).collect();
            (key_id, rows)
        });
        Ok(Usage {
            items: Some(items.collect()),
            usage_plan_id: Some(input.usage_plan_id),
            start_date: Some(input.start_date),
            end_date: Some(input.end_date),
            position: page.position,
        })
    }
}

/// How often a key called on a day, and how often it still could.
fn row(used: &BTreeMap<Day, u64>, day: Day, quota: Option<Quota>) -> Vec<i64> {
    let on_day = used.get(&day).copied().unwrap_or_default();
    let left = quota.map_or(0, |quota| {
        let so_far: u64 = used.range(quota.start(day)..=day).map(|(_, n)| n).sum();
        quota.limit.saturating_sub(so_far)
    });
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    vec![number(on_day), number(left)]
}

/// From a first to a last day; older days than those that are kept cannot be asked for.
fn days(start: &str, end: &str) -> Result<Vec<Day>, ServiceError> {
    let date = |text: &str| {
        Day::parse(text).ok_or_else(|| {
            bad_request(format!(
                "Invalid date specified: {text}. Must be YYYY-MM-DD"
            ))
        })
    };
    let (start, end) = (date(start)?, date(end)?);
    let between = usize::try_from(end.since(start));
    match between {
        Ok(between) if between <= USAGE_DAYS => {
            let back = (0..=end.since(start)).rev();
            Ok(back.map(|days| end.back(days)).collect())
        }
        _ => Err(bad_request(format!(
            "The end date must not be before the start date, nor more than {USAGE_DAYS} days after it"
        ))),
    }
}
