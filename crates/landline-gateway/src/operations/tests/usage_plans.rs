//! Usage plans, their keys, and what the data plane makes of them.

use landline_api::apigateway as v1;

use super::*;
use crate::usage::{ApiKeys as _, Call, KeyRefusal, UsagePlans};

fn stage_of(api_id: &str) -> v1::ApiStage {
    v1::ApiStage {
        api_id: Some(api_id.into()),
        stage: Some("prod".into()),
        throttle: None,
    }
}

fn op(op: v1::Op, path: &str, value: &str) -> v1::PatchOperation {
    v1::PatchOperation {
        op: Some(op),
        path: Some(path.into()),
        value: Some(value.into()),
        from: None,
    }
}

impl Plane {
    async fn plan(&self, api_id: &str) -> Result<String, ServiceError> {
        let input = v1::CreateUsagePlanInput {
            name: "gold".into(),
            api_stages: Some(vec![stage_of(api_id)]),
            ..Default::default()
        };
        let plan = self.call::<v1::CreateUsagePlan>(input).await?;
        Ok(plan.id.unwrap())
    }

    async fn join(&self, plan: &str, key: &str) -> Result<v1::UsagePlanKey, ServiceError> {
        let input = v1::CreateUsagePlanKeyInput {
            usage_plan_id: plan.into(),
            key_id: key.into(),
            key_type: "API_KEY".into(),
        };
        self.call::<v1::CreateUsagePlanKey>(input).await
    }

    async fn patch_plan(
        &self,
        plan: &str,
        operations: Vec<v1::PatchOperation>,
    ) -> Result<v1::UsagePlan, ServiceError> {
        let input = v1::UpdateUsagePlanInput {
            usage_plan_id: plan.into(),
            patch_operations: Some(operations),
        };
        self.call::<v1::UpdateUsagePlan>(input).await
    }

    /// Presents a key at `$connect` of the stage `prod`.
    fn admit(&self, api_id: &str, key_value: &str) -> Result<(), KeyRefusal> {
        let call = Call {
            api_id,
            stage: "prod",
            route_key: "$connect",
            key_value: Some(key_value),
        };
        let now = self.clock.now();
        let plans: &UsagePlans = &self.usage_plans;
        plans.admit(now, Duration::ZERO, &call).map(|_| ())
    }
}

#[tokio::test]
async fn a_plan_is_for_stages_that_exist() {
    let plane = Plane::new();
    let outcome = plane.plan("abcdefghij").await;
    let text = "API Stage not found: abcdefghij:prod";
    assert_eq!(refusal(outcome), (404, text.into()));
    let api_id = plane.served_api().await;
    assert_eq!(plane.plan(&api_id).await.unwrap().len(), 6);
}

#[tokio::test]
async fn every_change_reaches_the_data_plane_at_once() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let key = plane.api_key("mobile").await;
    let (key_id, value) = (key.id.unwrap(), key.value.unwrap());
    let plan = plane.plan(&api_id).await.unwrap();
    assert_eq!(plane.admit(&api_id, &value), Err(KeyRefusal::Unknown));
    plane.join(&plan, &key_id).await.unwrap();
    assert_eq!(plane.admit(&api_id, &value), Ok(()));
    let stage = format!("{api_id}:prod");
    let leave = vec![op(v1::Op::Remove, "/apiStages", &stage)];
    plane.patch_plan(&plan, leave).await.unwrap();
    assert_eq!(plane.admit(&api_id, &value), Err(KeyRefusal::Unknown));
    let come_back = vec![op(v1::Op::Add, "/apiStages", &stage)];
    plane.patch_plan(&plan, come_back).await.unwrap();
    assert_eq!(plane.admit(&api_id, &value), Ok(()));
    let delete = v1::DeleteUsagePlanKeyInput {
        usage_plan_id: plan,
        key_id,
    };
    plane.call::<v1::DeleteUsagePlanKey>(delete).await.unwrap();
    assert_eq!(plane.admit(&api_id, &value), Err(KeyRefusal::Unknown));
}

#[tokio::test]
async fn a_new_process_lets_in_whom_the_old_one_let_in() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let key = plane.api_key("mobile").await;
    let plan = plane.plan(&api_id).await.unwrap();
    plane.join(&plan, &key.id.unwrap()).await.unwrap();
    let plane = plane.restarted();
    assert_eq!(plane.admit(&api_id, &key.value.unwrap()), Ok(()));
}

#[tokio::test]
async fn a_deleted_stage_leaves_its_plans() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let key = plane.api_key("mobile").await;
    let plan = plane.plan(&api_id).await.unwrap();
    plane.join(&plan, &key.id.unwrap()).await.unwrap();
    let delete = api::DeleteStageInput {
        api_id: api_id.clone(),
        stage_name: "prod".into(),
    };
    plane.call::<api::DeleteStage>(delete).await.unwrap();
    let value = key.value.unwrap();
    assert_eq!(plane.admit(&api_id, &value), Err(KeyRefusal::Unknown));
    let get = v1::GetUsagePlanInput {
        usage_plan_id: plan,
    };
    let plan = plane.call::<v1::GetUsagePlan>(get).await.unwrap();
    assert_eq!(plan.api_stages, Some(vec![]));
}

#[tokio::test]
async fn a_key_is_in_one_plan_for_a_stage() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let key_id = plane.api_key("mobile").await.id.unwrap();
    let first = plane.plan(&api_id).await.unwrap();
    let second = plane.plan(&api_id).await.unwrap();
    plane.join(&first, &key_id).await.unwrap();
    let text = format!(
        "Usage Plan {second} cannot be added because API Key cannot reference multiple Usage Plans with the same API stage: {api_id}:prod"
    );
    let outcome = plane.join(&second, &key_id).await;
    assert_eq!(refusal(outcome), (409, text));
    assert_eq!(refusal(plane.join(&first, &key_id).await).0, 409);
}

#[tokio::test]
async fn a_stage_cannot_be_added_where_a_key_has_it_already() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let key_id = plane.api_key("mobile").await.id.unwrap();
    let first = plane.plan(&api_id).await.unwrap();
    plane.join(&first, &key_id).await.unwrap();
    let input = v1::CreateUsagePlanInput {
        name: "other".into(),
        ..Default::default()
    };
    let second = plane.call::<v1::CreateUsagePlan>(input).await.unwrap();
    let second = second.id.unwrap();
    plane.join(&second, &key_id).await.unwrap();
    let stage = format!("{api_id}:prod");
    let add = vec![op(v1::Op::Add, "/apiStages", &stage)];
    assert_eq!(refusal(plane.patch_plan(&second, add).await).0, 409);
}

#[tokio::test]
async fn a_plan_is_patched_member_by_member() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let plan = plane.plan(&api_id).await.unwrap();
    let route = format!("/apiStages/{api_id}:prod/throttle/$connect");
    let operations = vec![
        op(v1::Op::Replace, "/throttle/rateLimit", "2.5"),
        op(v1::Op::Replace, "/throttle/burstLimit", "7"),
        op(v1::Op::Replace, "/quota/limit", "100"),
        op(v1::Op::Replace, "/quota/period", "WEEK"),
        op(v1::Op::Replace, "/quota/offset", "1"),
        op(v1::Op::Replace, &format!("{route}/rateLimit"), "1"),
        op(v1::Op::Replace, &format!("{route}/burstLimit"), "1"),
    ];
    let patched = plane.patch_plan(&plan, operations).await.unwrap();
    assert_eq!(patched.throttle.unwrap().rate_limit, Some(2.5));
    assert_eq!(patched.quota.unwrap().limit, Some(100));
    let stages = patched.api_stages.unwrap();
    let routes = stages[0].throttle.as_ref().unwrap();
    assert_eq!(routes["$connect"].burst_limit, Some(1));
    let operations = vec![
        op(v1::Op::Remove, "/throttle", ""),
        op(v1::Op::Remove, "/quota", ""),
        op(v1::Op::Remove, &route, ""),
    ];
    let patched = plane.patch_plan(&plan, operations).await.unwrap();
    assert_eq!((patched.throttle, patched.quota), (None, None));
}

#[tokio::test]
async fn a_bad_patch_changes_nothing() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let plan = plane.plan(&api_id).await.unwrap();
    for (operation, text) in [
        (
            op(v1::Op::Remove, &format!("/apiStages/{api_id}:prod"), ""),
            "Invalid patch path  '/apiStages/",
        ),
        (
            op(v1::Op::Remove, "/apiStages", "a:b"),
            "Invalid API Stage specified",
        ),
        (
            op(v1::Op::Replace, "/quota/period", "YEAR"),
            "Invalid patch value",
        ),
        (
            op(v1::Op::Replace, "/throttle/rateLimit", "fast"),
            "Invalid patch value",
        ),
        (
            op(v1::Op::Replace, "/quota/limit", "10"),
            "Usage Plan quota period",
        ),
    ] {
        let operations = vec![op(v1::Op::Replace, "/name", "silver"), operation];
        let (status, message) = refusal(plane.patch_plan(&plan, operations).await);
        assert!(status == 400 && message.starts_with(text), "{message}");
    }
    let get = v1::GetUsagePlanInput {
        usage_plan_id: plan,
    };
    let plan = plane.call::<v1::GetUsagePlan>(get).await.unwrap();
    assert_eq!(plan.name.as_deref(), Some("gold"));
}

#[tokio::test]
async fn a_period_begins_on_one_of_its_days() {
    use v1::QuotaPeriodType::{Day, Month, Week};
    let plane = Plane::new();
    for (period, offset, accepted) in [
        (Day, 0, true),
        (Day, 1, false),
        (Week, 6, true),
        (Week, 7, false),
        (Month, 27, true),
        (Month, 28, false),
        (Month, -1, false),
    ] {
        let input = v1::CreateUsagePlanInput {
            name: "gold".into(),
            quota: Some(v1::QuotaSettings {
                limit: Some(1),
                offset: Some(offset),
                period: Some(period.clone()),
            }),
            ..Default::default()
        };
        let outcome = plane.call::<v1::CreateUsagePlan>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{period:?} {offset}");
    }
}

#[tokio::test]
async fn a_plan_with_stages_cannot_be_deleted() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let plan = plane.plan(&api_id).await.unwrap();
    let delete = v1::DeleteUsagePlanInput {
        usage_plan_id: plan.clone(),
    };
    let text = format!(
        "Cannot delete Usage Plan {plan} because there are API Stages associated with it, including {api_id}:prod"
    );
    let outcome = plane.call::<v1::DeleteUsagePlan>(delete.clone()).await;
    assert_eq!(refusal(outcome), (400, text));
    let stage = format!("{api_id}:prod");
    let leave = vec![op(v1::Op::Remove, "/apiStages", &stage)];
    plane.patch_plan(&plan, leave).await.unwrap();
    plane.call::<v1::DeleteUsagePlan>(delete).await.unwrap();
    let get = v1::GetUsagePlanInput {
        usage_plan_id: plan,
    };
    let text = "Invalid Usage Plan ID specified";
    let outcome = plane.call::<v1::GetUsagePlan>(get).await;
    assert_eq!(refusal(outcome), (404, text.into()));
}

#[tokio::test]
async fn keys_of_a_plan_are_listed_and_plans_of_a_key() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let key = plane.api_key("mobile").await;
    let plan = plane.plan(&api_id).await.unwrap();
    let joined = plane.join(&plan, key.id.as_deref().unwrap()).await.unwrap();
    assert_eq!(members(&joined), ["id", "name", "type", "value"]);
    let list = v1::GetUsagePlanKeysInput {
        usage_plan_id: plan.clone(),
        ..Default::default()
    };
    let keys = plane.call::<v1::GetUsagePlanKeys>(list).await.unwrap();
    assert_eq!(keys.items, Some(vec![joined]));
    for (key_id, count) in [(key.id.clone(), 1), (Some("abc".into()), 0), (None, 1)] {
        let list = v1::GetUsagePlansInput {
            key_id,
            ..Default::default()
        };
        let plans = plane.call::<v1::GetUsagePlans>(list).await.unwrap();
        assert_eq!(plans.items.unwrap().len(), count);
    }
}

#[tokio::test]
async fn usage_is_told_day_by_day_with_what_is_left() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let key = plane.api_key("mobile").await;
    let (key_id, value) = (key.id.unwrap(), key.value.unwrap());
    let plan = plane.plan(&api_id).await.unwrap();
    plane.join(&plan, &key_id).await.unwrap();
    let operations = vec![
        op(v1::Op::Replace, "/quota/limit", "5"),
        op(v1::Op::Replace, "/quota/period", "MONTH"),
    ];
    plane.patch_plan(&plan, operations).await.unwrap();
    plane.admit(&api_id, &value).unwrap();
    plane.clock.advance(Duration::from_hours(24));
    plane.admit(&api_id, &value).unwrap();
    plane.admit(&api_id, &value).unwrap();
    let usage = |start: &str, end: &str| v1::GetUsageInput {
        usage_plan_id: plan.clone(),
        start_date: start.into(),
        end_date: end.into(),
        ..Default::default()
    };
    let input = usage("2027-02-02", "2027-02-04");
    let told = plane.call::<v1::GetUsage>(input).await.unwrap();
    let expected = vec![vec![0, 5], vec![1, 4], vec![2, 2]];
    assert_eq!(told.items, Some(BTreeMap::from([(key_id, expected)])));
    for (start, end) in [
        ("2027-02-04", "2027-02-02"),
        ("yesterday", "2027-02-02"),
        ("2026-02-04", "2027-02-04"),
    ] {
        let outcome = plane.call::<v1::GetUsage>(usage(start, end)).await;
        assert_eq!(refusal(outcome).0, 400, "{start} {end}");
    }
}
