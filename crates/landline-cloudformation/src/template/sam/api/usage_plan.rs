//! `Auth.UsagePlan` of REST APIs: a key, and a plan for one API or for all that share it.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiusageplan.html>

use serde_json::{Value as Json, json};

use super::super::super::error::TemplateError;
use super::super::super::node::{Node, Value};
use super::super::{Output, Source};

/// Makes what the stage of an API needs to count keys.
pub(super) fn expand(
    source: &Source<'_>,
    auth: &Json,
    stage_id: &str,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let Some(plan) = auth.get("UsagePlan").filter(|it| !it.is_null()) else {
        return Ok(());
    };
    let refused = |message: &str| Err(TemplateError::at(source.line, message));
    let Some(asked) = plan.as_object() else {
        return refused("'UsagePlan' must be a dictionary");
    };
    let is_known = |key: &String| key == "CreateUsagePlan" || PASSED.contains(&key.as_str());
    if !asked.keys().all(is_known) {
        return refused("Invalid property for 'UsagePlan'");
    }
    let prefix = match plan.get("CreateUsagePlan").and_then(Json::as_str) {
        Some("NONE") => return Ok(()),
        Some("PER_API") => source.id,
        Some("SHARED") => "Serverless",
        None if plan.get("CreateUsagePlan").is_none() => {
            return refused("'CreateUsagePlan' is a required field for UsagePlan.");
        }
        _ => {
            return refused("'CreateUsagePlan' accepts one of ['SHARED', 'PER_API', 'NONE'].");
        }
    };
    let [plan_id, key_id] = ["UsagePlan", "ApiKey"].map(|end| format!("{prefix}{end}"));
    let reference = |id: &str| json!({ "Ref": id });
    let api_stage = json!({ "ApiId": reference(source.id), "Stage": reference(stage_id) });
    let stage_key = json!({ "RestApiId": reference(source.id), "StageName": reference(stage_id) });
    if output.properties_of(&plan_id).is_some() {
        add(source, output, (&plan_id, "ApiStages"), &api_stage);
        add(source, output, (&key_id, "StageKeys"), &stage_key);
        pass(source, plan, output.properties_of(&plan_id));
        return Ok(());
    }
    let made = [
        (
            &plan_id,
            "UsagePlan",
            source.id,
            json!({ "ApiStages": [api_stage] }),
        ),
        (
            &key_id,
            "ApiKey",
            &plan_id,
            json!({ "Enabled": true, "StageKeys": [stage_key] }),
        ),
        (
            &format!("{plan_id}Key"),
            "UsagePlanKey",
            &key_id,
            json!({ "KeyId": reference(&key_id), "KeyType": "API_KEY", "UsagePlanId": reference(&plan_id) }),
        ),
    ];
    for (id, kind, needs, properties) in made {
        let resource_type = format!("AWS::ApiGateway::{kind}");
        let resource = source
            .secondary(&resource_type, source.json(&properties))
            .with("DependsOn", source.json(&json!([needs])));
        output.push(id, resource);
    }
    pass(source, plan, output.properties_of(&plan_id));
    Ok(())
}

/// Adds one more API to what several share.
fn add(source: &Source<'_>, output: &mut Output, (id, list): (&str, &str), item: &Json) {
    let properties = output.properties_of(id).and_then(Node::as_map_mut);
    let known = properties.and_then(|properties| properties.get_mut(list));
    if let Some(Value::List(known)) = known.map(|node| &mut node.value) {
        known.push(source.json(item));
    }
}

/// What is said of a plan goes into it; where several share one, what the last of them says.
fn pass(source: &Source<'_>, plan: &Json, properties: Option<&mut Node>) {
    let Some(properties) = properties else { return };
    let mut node = properties.clone();
    for key in PASSED {
        if let Some(value) = plan.get(key).filter(|it| !it.is_null()) {
            node = node.with(key, source.json(value));
        }
    }
    *properties = node;
}

const PASSED: [&str; 5] = ["Description", "Quota", "Tags", "Throttle", "UsagePlanName"];
