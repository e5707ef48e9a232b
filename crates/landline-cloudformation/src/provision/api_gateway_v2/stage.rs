//! `AWS::ApiGatewayV2::Deployment` and `AWS::ApiGatewayV2::Stage`. A deployment stays what it was when it was made: who
//! wants another one gives it another logical id, or a stage that deploys itself.

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{
    call, check, delete, drawn_id, is_true, log_group, remove_entries, text, with_removed,
};
use super::{change_tags, id};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    SNAPSHOT, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Deployment(pub(in super::super) Dispatcher);

#[derive(Debug)]
pub(in super::super) struct Stage(pub(in super::super) Dispatcher);

static DEPLOYMENT: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::Deployment",
    required: &["ApiId"],
    properties: &["ApiId", "Description", "StageName"],
    replace_on: &["ApiId", SNAPSHOT],
    attributes: &["DeploymentId"],
};

static STAGE: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::Stage",
    required: &["ApiId", "StageName"],
    properties: &[
        "AccessLogSettings",
        "AccessPolicyId",
        "ApiId",
        "AutoDeploy",
        "ClientCertificateId",
        "DefaultRouteSettings",
        "DeploymentId",
        "Description",
        "RouteSettings",
        "StageName",
        "StageVariables",
        "Tags",
    ],
    replace_on: &["ApiId", "StageName"],
    attributes: &[],
};

fn made(deployment: gateway::Deployment) -> Result<Provisioned, ProvisionError> {
    let deployment_id = id(deployment.deployment_id)?;
    Ok(Provisioned::new(deployment_id.clone()).with("DeploymentId", Some(deployment_id)))
}

impl ResourceProvider for Deployment {
    fn schema(&self) -> &'static Schema {
        &DEPLOYMENT
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateDeployment>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            made(
                call::<gateway::CreateDeployment>(
                    &self.0,
                    &request.properties,
                    &[],
                    &request.caller,
                )
                .await?,
            )
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties =
                with_removed(request, &existing.properties, &[("Description", json!(""))]);
            let ids = [("DeploymentId", existing.physical_id.as_str())];
            made(
                call::<gateway::UpdateDeployment>(&self.0, &properties, &ids, &request.caller)
                    .await?,
            )
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("DeploymentId", existing.physical_id.as_str())];
            delete::<gateway::DeleteDeployment>(
                &self.0,
                &json!({"ApiId": existing.properties["ApiId"]}),
                &ids,
                caller,
            )
            .await
        })
    }
}

impl ResourceProvider for Stage {
    fn schema(&self) -> &'static Schema {
        &STAGE
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        text(&request.properties, "StageName")
    }

    fn parent(&self) -> Option<&'static str> {
        Some("ApiId")
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateStage>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let mut properties = request.properties.clone();
            name_log_group(&mut properties);
            let stage =
                call::<gateway::CreateStage>(&self.0, &properties, &[], &request.caller).await?;
            Ok(Provisioned::new(stage.stage_name))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let cleared = [
                ("AutoDeploy", json!(false)),
                ("ClientCertificateId", json!("")),
                ("DefaultRouteSettings", json!({})),
                ("Description", json!("")),
                ("StageVariables", json!({})),
            ];
            let mut properties = with_removed(request, &existing.properties, &cleared);
            name_log_group(&mut properties);
            remove_entries(&mut properties, &existing.properties, "StageVariables");
            if let Json::Object(fields) = &mut properties
                && is_true(&request.properties, "AutoDeploy")
            {
                // A stage that deploys itself has a newer deployment than the one that the template names.
                fields.remove("DeploymentId");
            }
            self.remove_settings(existing, request).await?;
            let stage =
                call::<gateway::UpdateStage>(&self.0, &properties, &[], &request.caller).await?;
            let (region, name) = (&request.caller.region, &stage.stage_name);
            let api_id = text(&request.properties, "ApiId").unwrap_or_default();
            let arn = format!("arn:aws:apigateway:{region}::/apis/{api_id}/stages/{name}");
            let (before, after) = (&existing.properties, &request.properties);
            change_tags(&self.0, &arn, before, after, &request.caller).await?;
            Ok(Provisioned::new(stage.stage_name))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("StageName", existing.physical_id.as_str())];
            delete::<gateway::DeleteStage>(
                &self.0,
                &json!({"ApiId": existing.properties["ApiId"]}),
                &ids,
                caller,
            )
            .await
        })
    }
}

impl Stage {
    /// An update adds settings; taking them away has operations of its own.
    async fn remove_settings(
        &self,
        existing: &Existing,
        request: &ResourceRequest,
    ) -> Result<(), ProvisionError> {
        let (before, after, caller) = (&existing.properties, &request.properties, &request.caller);
        let stage = json!({"ApiId": after["ApiId"], "StageName": existing.physical_id});
        if before.get("AccessLogSettings").is_some() && after.get("AccessLogSettings").is_none() {
            delete::<gateway::DeleteAccessLogSettings>(&self.0, &stage, &[], caller).await?;
        }
        if let Some(default) = after.get("DefaultRouteSettings")
            && has_lost(before.get("DefaultRouteSettings"), default)
        {
            let mut reset = stage.clone();
            reset["DefaultRouteSettings"] = json!({});
            call::<gateway::UpdateStage>(&self.0, &reset, &[], caller).await?;
        }
        let wanted = after.get("RouteSettings").and_then(Json::as_object);
        for (key, settings) in before
            .get("RouteSettings")
            .and_then(Json::as_object)
            .into_iter()
            .flatten()
        {
            let wanted = wanted.and_then(|wanted| wanted.get(key));
            if wanted.is_none_or(|wanted| has_lost(Some(settings), wanted)) {
                delete::<gateway::DeleteRouteSettings>(
                    &self.0,
                    &stage,
                    &[("RouteKey", key)],
                    caller,
                )
                .await?;
            }
        }
        Ok(())
    }
}

fn name_log_group(properties: &mut Json) {
    if let Some(Json::String(arn)) = properties.pointer_mut("/AccessLogSettings/DestinationArn") {
        *arn = log_group(arn).to_owned();
    }
}

/// Whether settings have lost one of their members.
fn has_lost(before: Option<&Json>, after: &Json) -> bool {
    let mut before = before.and_then(Json::as_object).into_iter().flatten();
    before.any(|(member, _)| after.get(member).is_none())
}
