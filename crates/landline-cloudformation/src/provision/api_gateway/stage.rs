//! `AWS::ApiGateway::Deployment` and `AWS::ApiGateway::Stage`

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Map, Value as Json, json};

use super::super::input::{call, delete, drawn_id, log_group, tag_map};
use super::parts::steps;
use super::{change_tags, lowered, patch, required_id, scalar};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    SNAPSHOT, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Deployment(pub(in super::super) Dispatcher);

static DEPLOYMENT: Schema = Schema {
    resource_type: "AWS::ApiGateway::Deployment",
    required: &["RestApiId"],
    properties: &[
        "DeploymentCanarySettings",
        "Description",
        "RestApiId",
        "StageDescription",
        "StageName",
    ],
    replace_on: &["DeploymentCanarySettings", "RestApiId", SNAPSHOT],
    attributes: &["DeploymentId"],
};

fn deployed(id: String) -> Provisioned {
    Provisioned::new(id.clone()).with("DeploymentId", Some(id))
}

/// What `StageDescription` says of the stage that comes with a deployment, as the properties of a stage: settings of all
/// methods stand beside those of single ones.
fn described_stage(properties: &Json) -> Json {
    let mut stage = only(properties, &["RestApiId", "StageName"]);
    let Some(description) = properties.get("StageDescription").and_then(Json::as_object) else {
        return stage;
    };
    let mut of_all = json!({"ResourcePath": "/*", "HttpMethod": "*"});
    for (member, value) in description {
        if METHOD_SETTINGS.iter().any(|(known, _)| known == member) {
            of_all[member] = value.clone();
        } else {
            stage[member] = value.clone();
        }
    }
    if of_all
        .as_object()
        .is_some_and(|settings| settings.len() > 2)
    {
        let single = stage.get("MethodSettings").and_then(Json::as_array);
        let mut all = vec![of_all];
        all.extend(single.cloned().unwrap_or_default());
        stage["MethodSettings"] = Json::Array(all);
    }
    stage
}

/// Some properties alone.
fn only(properties: &Json, names: &[&str]) -> Json {
    let mut kept = json!({});
    for name in names {
        if let Some(value) = properties.get(name) {
            kept[*name] = value.clone();
        }
    }
    kept
}

impl Deployment {
    /// Brings the stage that came with a deployment to what `StageDescription` says now.
    async fn describe_stage(
        &self,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        if before == after || after.get("StageName").is_none() {
            return Ok(());
        }
        let steps = changes(before, after);
        let mut input = place(after);
        let (api, name) = (scalar(&input["restApiId"]), scalar(&input["stageName"]));
        if !steps.is_empty() {
            input["patchOperations"] = Json::Array(steps);
            call::<gateway::UpdateStage>(&self.0, &input, &[], caller).await?;
        }
        let region = &caller.region;
        let arn = format!("arn:aws:apigateway:{region}::/restapis/{api}/stages/{name}");
        change_tags(&self.0, &arn, before, after, caller).await
    }
}

impl ResourceProvider for Deployment {
    fn schema(&self) -> &'static Schema {
        &DEPLOYMENT
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let members = ["Description", "RestApiId", "StageName"];
            let members = lowered(properties, &members);
            let caller = &request.caller;
            let made = call::<gateway::CreateDeployment>(&self.0, &members, &[], caller).await?;
            let id = required_id(made.id)?;
            let described = described_stage(properties);
            if let Err(error) = self.describe_stage(&json!({}), &described, caller).await {
                // Nobody would ever delete it, nor the stage that came with it.
                let made = Existing {
                    logical_id: request.logical_id.clone(),
                    resource_type: request.resource_type.clone(),
                    physical_id: id,
                    properties: properties.clone(),
                };
                let _gone = self.delete(&made, caller).await;
                return Err(error);
            }
            Ok(deployed(id))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let description = request.properties.get("Description").map(scalar);
            let step = patch("replace", "/description", &description.unwrap_or_default());
            let mut input = lowered(&request.properties, &["RestApiId"]);
            input["deploymentId"] = json!(existing.physical_id);
            input["patchOperations"] = json!([step]);
            call::<gateway::UpdateDeployment>(&self.0, &input, &[], &request.caller).await?;
            let before = described_stage(&existing.properties);
            let after = described_stage(&request.properties);
            self.describe_stage(&before, &after, &request.caller)
                .await?;
            Ok(deployed(existing.physical_id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let mut members = lowered(&existing.properties, &["RestApiId", "StageName"]);
            members["deploymentId"] = json!(existing.physical_id);
            if members.get("stageName").is_some() {
                // The stage that came with it goes with it, unless it has moved on.
                let stage = call::<gateway::GetStage>(&self.0, &members, &[], caller).await;
                let is_here =
                    stage.is_ok_and(|it| it.deployment_id.as_ref() == Some(&existing.physical_id));
                if is_here {
                    delete::<gateway::DeleteStage>(&self.0, &members, &[], caller).await?;
                }
            }
            delete::<gateway::DeleteDeployment>(&self.0, &members, &[], caller).await
        })
    }
}

#[derive(Debug)]
pub(in super::super) struct Stage(pub(in super::super) Dispatcher);

static STAGE: Schema = Schema {
    resource_type: "AWS::ApiGateway::Stage",
    required: &["RestApiId"],
    properties: &[
        "AccessLogSetting",
        "CacheClusterEnabled",
        "CacheClusterSize",
        "CanarySetting",
        "ClientCertificateId",
        "DeploymentId",
        "Description",
        "DocumentationVersion",
        "MethodSettings",
        "RestApiId",
        "StageName",
        "Tags",
        "TracingEnabled",
        "Variables",
    ],
    replace_on: &["RestApiId", "StageName"],
    attributes: &[],
};

/// The name of a stage that the template does not name.
const DEFAULT_NAME: &str = "default";

fn place(properties: &Json) -> Json {
    let mut place = lowered(properties, &["RestApiId", "StageName"]);
    if place.get("stageName").is_none() {
        place["stageName"] = json!(DEFAULT_NAME);
    }
    place
}

/// The settings of a method, and where a patch finds them.
const METHOD_SETTINGS: [(&str, &str); 8] = [
    ("CacheDataEncrypted", "caching/dataEncrypted"),
    ("CacheTtlInSeconds", "caching/ttlInSeconds"),
    ("CachingEnabled", "caching/enabled"),
    ("DataTraceEnabled", "logging/dataTrace"),
    ("LoggingLevel", "logging/loglevel"),
    ("MetricsEnabled", "metrics/enabled"),
    ("ThrottlingBurstLimit", "throttling/burstLimit"),
    ("ThrottlingRateLimit", "throttling/rateLimit"),
];

/// What is set by patches alone: the client certificate, the access log, and the settings of methods.
fn settings(before: &Json, after: &Json) -> Vec<Json> {
    let mut steps = Vec::new();
    let certificate = |properties: &Json| properties.get("ClientCertificateId").map(scalar);
    if certificate(before) != certificate(after) {
        let id = certificate(after).unwrap_or_default();
        steps.push(patch("replace", "/clientCertificateId", &id));
    }
    let log = |properties: &Json, member: &str| {
        let setting = properties.get("AccessLogSetting")?;
        let value = setting.get(member).map(scalar)?;
        Some(match member {
            "DestinationArn" => log_group(&value).to_owned(),
            _ => value,
        })
    };
    for (member, path) in [("DestinationArn", "/destinationArn"), ("Format", "/format")] {
        let path = format!("/accessLogSettings{path}");
        match log(after, member) {
            Some(value) => steps.push(patch("replace", &path, &value)),
            None if log(before, member).is_some() => {
                steps.push(patch("remove", "/accessLogSettings", ""));
            }
            None => {}
        }
    }
    let of = |properties: &Json| -> Vec<(String, Json)> {
        let list = properties.get("MethodSettings").and_then(Json::as_array);
        let list = list.cloned().unwrap_or_default();
        list.into_iter().map(|it| (method_path(&it), it)).collect()
    };
    let (had, wants) = (of(before), of(after));
    // What differs is set anew as a whole: it may have lost a limit.
    for setting in &had {
        if !wants.contains(setting) {
            steps.push(patch("remove", &setting.0, ""));
        }
    }
    for (path, setting) in wants {
        for (member, tail) in METHOD_SETTINGS {
            if let Some(value) = setting.get(member) {
                steps.push(patch("replace", &format!("{path}/{tail}"), &scalar(value)));
            }
        }
    }
    steps
}

/// `/*/*`, or `/~1pets/GET`.
fn method_path(setting: &Json) -> String {
    let text = |name: &str| setting.get(name).map_or_else(|| "*".to_owned(), scalar);
    let resource = text("ResourcePath");
    let resource = match resource.strip_prefix("/*") {
        Some("") => "*".to_owned(),
        _ => resource.replace('/', "~1"),
    };
    format!("/{resource}/{}", text("HttpMethod"))
}

fn changes(before: &Json, after: &Json) -> Vec<Json> {
    let members = [
        ("CacheClusterEnabled", "/cacheClusterEnabled", "false"),
        ("CacheClusterSize", "/cacheClusterSize", ""),
        ("Description", "/description", ""),
        ("DocumentationVersion", "/documentationVersion", ""),
        ("TracingEnabled", "/tracingEnabled", "false"),
    ];
    let mut steps = steps(before, after, &members);
    if let Some(id) = after.get("DeploymentId")
        && before.get("DeploymentId") != Some(id)
    {
        steps.push(patch("replace", "/deploymentId", &scalar(id)));
    }
    let variables = |properties: &Json| -> Map<String, Json> {
        let map = properties.get("Variables").and_then(Json::as_object);
        map.cloned().unwrap_or_default()
    };
    let (had, wants) = (variables(before), variables(after));
    for name in had.keys().filter(|name| !wants.contains_key(*name)) {
        steps.push(patch("remove", &format!("/variables/{name}"), ""));
    }
    for (name, value) in wants {
        steps.push(patch(
            "replace",
            &format!("/variables/{name}"),
            &scalar(&value),
        ));
    }
    steps.extend(settings(before, after));
    steps
}

impl ResourceProvider for Stage {
    fn schema(&self) -> &'static Schema {
        &STAGE
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        place(&request.properties)["stageName"]
            .as_str()
            .map(str::to_owned)
    }

    fn parent(&self) -> Option<&'static str> {
        Some("RestApiId")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let plain = [
                "CacheClusterEnabled",
                "CacheClusterSize",
                "DeploymentId",
                "Description",
                "DocumentationVersion",
                "TracingEnabled",
                "Variables",
            ];
            let mut members = lowered(properties, &plain);
            if let (Some(members), Json::Object(place)) =
                (members.as_object_mut(), place(properties))
            {
                members.extend(place);
            }
            let tags = tag_map(properties);
            if !tags.is_empty() {
                members["tags"] = Json::Object(tags);
            }
            let made = call::<gateway::CreateStage>(&self.0, &members, &[], caller).await?;
            let steps = settings(&json!({}), properties);
            if !steps.is_empty() {
                let mut input = place(properties);
                input["patchOperations"] = Json::Array(steps);
                let set = call::<gateway::UpdateStage>(&self.0, &input, &[], caller).await;
                if let Err(error) = set {
                    let stage = place(properties);
                    let _gone = delete::<gateway::DeleteStage>(&self.0, &stage, &[], caller).await;
                    return Err(error);
                }
            }
            Ok(Provisioned::new(required_id(made.stage_name)?))
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
            let mut input = place(after);
            let name = existing.physical_id.clone();
            let api = scalar(&input["restApiId"]);
            let arn = format!(
                "arn:aws:apigateway:{}::/restapis/{api}/stages/{name}",
                caller.region
            );
            input["patchOperations"] = Json::Array(changes(before, after));
            call::<gateway::UpdateStage>(&self.0, &input, &[], caller).await?;
            change_tags(&self.0, &arn, before, after, caller).await?;
            Ok(Provisioned::new(name))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let stage = place(&existing.properties);
            delete::<gateway::DeleteStage>(&self.0, &stage, &[], caller).await
        })
    }
}
