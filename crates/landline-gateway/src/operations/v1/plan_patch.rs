//! How a usage plan is patched.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateUsagePlan-Patch>.

use landline_api::apigateway::{
    ApiStage, QuotaPeriodType, QuotaSettings, ThrottleSettings, UsagePlan,
};
use landline_wire::ServiceError;

use super::patch::Step;
use crate::state::bad_request;

/// Takes one step of an update.
pub(super) fn apply(plan: &mut UsagePlan, step: &Step<'_>) -> Result<(), ServiceError> {
    match (step.op, step.path) {
        ("replace" | "add", "/name") => plan.name = step.text(),
        ("replace" | "add", "/description") => plan.description = step.text(),
        ("replace" | "add", "/productCode") => plan.product_code = step.text(),
        ("remove", "/productCode") => plan.product_code = None,
        ("remove", "/throttle") => plan.throttle = None,
        ("remove", "/quota") => plan.quota = None,
        ("add", "/apiStages") => add_stage(plan, step)?,
        ("remove", "/apiStages") => remove_stage(plan, step)?,
        (op, path) => {
            if let Some(place) = path.strip_prefix("/apiStages/") {
                return apply_to_stage(plan, step, place);
            }
            let member = path.rsplit_once('/');
            match (op, member) {
                ("replace" | "add", Some(("/throttle", member))) => {
                    let throttle = plan.throttle.get_or_insert_default();
                    set_throttle(throttle, member, step)?;
                }
                ("replace" | "add", Some(("/quota", member))) => set_quota(plan, member, step)?,
                _ => return Err(refuse(step)),
            }
        }
    }
    Ok(())
}

/// `add /apiStages`, its value `{apiId}:{stage}`.
fn add_stage(plan: &mut UsagePlan, step: &Step<'_>) -> Result<(), ServiceError> {
    let (api_id, stage) = api_and_stage(step.value)?;
    let stages = plan.api_stages.get_or_insert_default();
    if find(stages, api_id, stage).is_none() {
        stages.push(ApiStage {
            api_id: Some(api_id.to_owned()),
            stage: Some(stage.to_owned()),
            throttle: None,
        });
    }
    Ok(())
}

fn remove_stage(plan: &mut UsagePlan, step: &Step<'_>) -> Result<(), ServiceError> {
    let (api_id, stage) = api_and_stage(step.value)?;
    let stages = plan.api_stages.get_or_insert_default();
    let Some(at) = find(stages, api_id, stage) else {
        return Err(invalid_stage());
    };
    stages.remove(at);
    Ok(())
}

/// `/apiStages/{apiId}:{stage}/throttle`, and further `/{route}` and `/rateLimit`; the
/// route of a REST API is a path and a method, in which `~1` stands for `/`.
fn apply_to_stage(plan: &mut UsagePlan, step: &Step<'_>, place: &str) -> Result<(), ServiceError> {
    let (stage, rest) = place.split_once('/').ok_or_else(|| refuse(step))?;
    let (api_id, stage) = api_and_stage(stage)?;
    let stages = plan.api_stages.get_or_insert_default();
    let at = find(stages, api_id, stage).ok_or_else(invalid_stage)?;
    let routes = &mut stages[at].throttle;
    if (step.op, rest) == ("remove", "throttle") {
        *routes = None;
        return Ok(());
    }
    let route = rest.strip_prefix("throttle/").ok_or_else(|| refuse(step))?;
    if step.op == "remove" {
        let routes = routes.get_or_insert_default();
        routes.remove(&unescaped(route));
        return Ok(());
    }
    let (route, member) = route.rsplit_once('/').ok_or_else(|| refuse(step))?;
    let routes = routes.get_or_insert_default();
    set_throttle(routes.entry(unescaped(route)).or_default(), member, step)
}

fn unescaped(text: &str) -> String {
    text.replace("~1", "/").replace("~0", "~")
}

fn set_throttle(
    throttle: &mut ThrottleSettings,
    member: &str,
    step: &Step<'_>,
) -> Result<(), ServiceError> {
    match member {
        "rateLimit" => throttle.rate_limit = Some(step.number()?),
        "burstLimit" => throttle.burst_limit = Some(step.number()?),
        _ => return Err(refuse(step)),
    }
    Ok(())
}

fn set_quota(plan: &mut UsagePlan, member: &str, step: &Step<'_>) -> Result<(), ServiceError> {
    let quota: &mut QuotaSettings = plan.quota.get_or_insert_default();
    match member {
        "limit" => quota.limit = Some(step.number()?),
        "offset" => quota.offset = Some(step.number()?),
        "period" => {
            quota.period = match step.value {
                "DAY" => Some(QuotaPeriodType::Day),
                "WEEK" => Some(QuotaPeriodType::Week),
                "MONTH" => Some(QuotaPeriodType::Month),
                _ => return Err(step.invalid_value()),
            }
        }
        _ => return Err(refuse(step)),
    }
    Ok(())
}

fn api_and_stage(text: &str) -> Result<(&str, &str), ServiceError> {
    let pair = text.split_once(':');
    pair.filter(|(api_id, stage)| !api_id.is_empty() && !stage.is_empty())
        .ok_or_else(invalid_stage)
}

fn find(stages: &[ApiStage], api_id: &str, stage: &str) -> Option<usize> {
    stages
        .iter()
        .position(|it| it.api_id.as_deref() == Some(api_id) && it.stage.as_deref() == Some(stage))
}

fn invalid_stage() -> ServiceError {
    bad_request("Invalid API Stage specified")
}

fn refuse(step: &Step<'_>) -> ServiceError {
    match step.op {
        "remove" => step.refuse(&[
            "/apiStages",
            "/quota",
            "/throttle",
            "/productCode",
            "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>",
            "/apiStages/<apidId:stageName>/throttle",
        ]),
        _ => step.refuse(&[
            "/name",
            "/description",
            "/productCode",
            "/quota/limit",
            "/quota/offset",
            "/quota/period",
            "/throttle/rateLimit",
            "/throttle/burstLimit",
            "/apiStages",
            "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/rateLimit",
            "/apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>/burstLimit",
        ]),
    }
}
