//! `AWS::ApiGateway::UsagePlan`

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, drawn_id, name, tag_map};
use super::{change_tags, patch, renamed, scalar};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct UsagePlan(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGateway::UsagePlan",
    required: &[],
    properties: &[
        "ApiStages",
        "Description",
        "Quota",
        "Tags",
        "Throttle",
        "UsagePlanName",
    ],
    replace_on: &[],
    attributes: &["Id"],
};

const QUOTA: [(&str, &str); 3] = [
    ("Limit", "limit"),
    ("Offset", "offset"),
    ("Period", "period"),
];
const THROTTLE: [(&str, &str); 2] = [("BurstLimit", "burstLimit"), ("RateLimit", "rateLimit")];

fn members(properties: &Json) -> Json {
    let names = [("Description", "description"), ("UsagePlanName", "name")];
    let mut members = renamed(properties, &names);
    if let Some(quota) = properties.get("Quota") {
        members["quota"] = renamed(quota, &QUOTA);
    }
    if let Some(throttle) = properties.get("Throttle") {
        members["throttle"] = renamed(throttle, &THROTTLE);
    }
    if let Some(stages) = properties.get("ApiStages").and_then(Json::as_array) {
        members["apiStages"] = stages.iter().map(stage_members).collect();
    }
    let tags = tag_map(properties);
    if !tags.is_empty() {
        members["tags"] = Json::Object(tags);
    }
    members
}

fn stage_members(stage: &Json) -> Json {
    let mut members = renamed(stage, &[("ApiId", "apiId"), ("Stage", "stage")]);
    if let Some(routes) = stage.get("Throttle").and_then(Json::as_object) {
        let mut throttle = json!({});
        for (route, settings) in routes {
            throttle[route] = renamed(settings, &THROTTLE);
        }
        members["throttle"] = throttle;
    }
    members
}

/// The stages of a plan, as patches name them, with what else is said of them.
fn stages(properties: &Json) -> Vec<(String, &Json)> {
    let stages = properties.get("ApiStages").and_then(Json::as_array);
    let stages = stages.into_iter().flatten();
    stages
        .map(|stage| {
            let id = format!("{}:{}", scalar(&stage["ApiId"]), scalar(&stage["Stage"]));
            (id, stage)
        })
        .collect()
}

/// How a plan gets from what it was to what it shall be.
fn steps(before: &Json, after: &Json, name: &str) -> Vec<Json> {
    let mut steps = vec![patch("replace", "/name", name)];
    if before.get("Description") != after.get("Description") {
        let text = after.get("Description").map(scalar).unwrap_or_default();
        steps.push(patch("replace", "/description", &text));
    }
    replace_settings(
        &mut steps,
        "/throttle",
        &THROTTLE,
        before.get("Throttle"),
        after.get("Throttle"),
    );
    replace_settings(
        &mut steps,
        "/quota",
        &QUOTA,
        before.get("Quota"),
        after.get("Quota"),
    );
    let (had, wants) = (stages(before), stages(after));
    for (id, _) in &had {
        if !wants.iter().any(|(wanted, _)| wanted == id) {
            steps.push(patch("remove", "/apiStages", id));
        }
    }
    for (id, stage) in &wants {
        let known = had.iter().find(|(known, _)| known == id);
        if known.is_none() {
            steps.push(patch("add", "/apiStages", id));
        }
        let throttle = known.and_then(|(_, stage)| stage.get("Throttle"));
        replace_routes(&mut steps, id, throttle, stage.get("Throttle"));
    }
    steps
}

fn replace_settings(
    steps: &mut Vec<Json>,
    path: &str,
    names: &[(&str, &str)],
    before: Option<&Json>,
    after: Option<&Json>,
) {
    if before == after {
        return;
    }
    if before.is_some() {
        steps.push(patch("remove", path, ""));
    }
    for (property, member) in names {
        if let Some(value) = after.and_then(|after| after.get(property)) {
            steps.push(patch(
                "replace",
                &format!("{path}/{member}"),
                &scalar(value),
            ));
        }
    }
}

fn replace_routes(steps: &mut Vec<Json>, stage: &str, before: Option<&Json>, after: Option<&Json>) {
    if before == after {
        return;
    }
    let path = format!("/apiStages/{stage}/throttle");
    if before.is_some() {
        steps.push(patch("remove", &path, ""));
    }
    for (route, settings) in after.and_then(Json::as_object).into_iter().flatten() {
        // A route key may hold what divides a path.
        let route = route.replace('~', "~0").replace('/', "~1");
        replace_settings(
            steps,
            &format!("{path}/{route}"),
            &THROTTLE,
            None,
            Some(settings),
        );
    }
}

fn made(id: String) -> Provisioned {
    Provisioned::new(id.clone()).with("Id", Some(id))
}

impl ResourceProvider for UsagePlan {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        let mut members = members(properties);
        if members.get("name").is_none() {
            members["name"] = json!("made up later");
        }
        check::<gateway::CreateUsagePlan>(&members, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let mut members = members(&request.properties);
            members["name"] = json!(name(request, "UsagePlanName"));
            let plan = call::<gateway::CreateUsagePlan>(&self.0, &members, &[], &request.caller);
            Ok(made(plan.await?.id.unwrap_or_default()))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after, caller) =
                (&existing.properties, &request.properties, &request.caller);
            let id = &existing.physical_id;
            let steps = steps(before, after, &name(request, "UsagePlanName"));
            let input = json!({"usagePlanId": id, "patchOperations": steps});
            call::<gateway::UpdateUsagePlan>(&self.0, &input, &[], caller).await?;
            let arn = format!("arn:aws:apigateway:{}::/usageplans/{id}", caller.region);
            change_tags(&self.0, &arn, before, after, caller).await?;
            Ok(made(id.clone()))
        })
    }

    /// A plan that has stages cannot be deleted, so they leave first.
    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let plan = gateway::GetUsagePlanInput {
                usage_plan_id: existing.physical_id.clone(),
            };
            let found = self.0.call::<gateway::GetUsagePlan>(plan, caller).await;
            let plan = match found {
                Ok(plan) => plan,
                Err(error) if error.status == 404 => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            let stages = plan.api_stages.into_iter().flatten();
            let steps: Vec<Json> = stages
                .filter_map(|stage| {
                    let id = format!("{}:{}", stage.api_id?, stage.stage?);
                    Some(patch("remove", "/apiStages", &id))
                })
                .collect();
            let id = json!(existing.physical_id);
            if !steps.is_empty() {
                let input = json!({"usagePlanId": id, "patchOperations": steps});
                call::<gateway::UpdateUsagePlan>(&self.0, &input, &[], caller).await?;
            }
            let plan = json!({"usagePlanId": id});
            delete::<gateway::DeleteUsagePlan>(&self.0, &plan, &[], caller).await
        })
    }
}
