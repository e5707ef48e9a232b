//! Every property that an update may change is either changed by a case of `tests/clients/boto3/updates.yaml`, which
//! reads it back, or named with a reason here, there, or among those without effect.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::super::without_effect;
use super::*;

/// Types that have tests of their own: their updates put everything anew, or are read back elsewhere.
const ELSEWHERE: [&str; 52] = [
    "AWS::ApiGateway::Account",
    "AWS::ApiGateway::ApiKey",
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGateway::ClientCertificate",
    "AWS::ApiGateway::Deployment",
    "AWS::ApiGateway::DocumentationPart",
    "AWS::ApiGateway::DocumentationVersion",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGateway::Method",
    "AWS::ApiGateway::Resource",
    "AWS::ApiGateway::UsagePlan",
    "AWS::ApiGateway::UsagePlanKey",
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::ApiGatewayV2::Deployment",
    "AWS::CDK::Metadata",
    "AWS::Cognito::IdentityPoolRoleAttachment",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolResourceServer",
    "AWS::Cognito::UserPoolUser",
    "AWS::Cognito::UserPoolUserToGroupAttachment",
    "AWS::Events::Archive",
    "AWS::Events::Rule",
    "AWS::IAM::AccessKey",
    "AWS::IAM::Group",
    "AWS::IAM::GroupPolicy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::User",
    "AWS::IAM::UserPolicy",
    "AWS::IAM::UserToGroupAddition",
    "AWS::KMS::Alias",
    "AWS::Lambda::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::LayerVersion",
    "AWS::Lambda::LayerVersionPermission",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Url",
    "AWS::Lambda::Version",
    "AWS::Logs::LogStream",
    "AWS::Logs::MetricFilter",
    "AWS::Logs::SubscriptionFilter",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicInlinePolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::Scheduler::Schedule",
    "AWS::Scheduler::ScheduleGroup",
    "AWS::StepFunctions::Activity",
    "AWS::StepFunctions::StateMachineAlias",
    "AWS::StepFunctions::StateMachineVersion",
];

fn cases() -> BTreeMap<String, BTreeSet<String>> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/clients/boto3/updates.yaml"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let groups = crate::template::parse_text(&text).unwrap().to_json();
    let mut changed = BTreeMap::<String, BTreeSet<String>>::new();
    for case in groups
        .as_object()
        .unwrap()
        .values()
        .flat_map(|group| group.as_array().unwrap())
    {
        let properties = changed
            .entry(case["Type"].as_str().unwrap().to_owned())
            .or_default();
        for member in ["Once", "Unread"] {
            let named = case
                .get(member)
                .and_then(Json::as_object)
                .into_iter()
                .flatten();
            properties.extend(named.map(|(property, _)| property.clone()));
        }
    }
    changed
}

#[test]
fn no_property_is_taken_and_forgotten_by_updates() {
    let artifacts: Arc<dyn Artifacts> = Arc::new(LocalArtifacts::default());
    let providers = providers(&DispatcherBuilder::new().seal(), &artifacts);
    let cases = cases();
    let mut forgotten = Vec::new();
    let mut unknown = Vec::new();
    for provider in providers.all() {
        let schema = provider.schema();
        let Some(changed) = cases.get(schema.resource_type) else {
            if !ELSEWHERE.contains(&schema.resource_type) {
                unknown.push(schema.resource_type);
            }
            continue;
        };
        let without_effect = without_effect::properties(schema.resource_type);
        for property in schema.properties {
            let is_known = changed.contains(*property)
                || schema.replace_on.contains(property)
                || schema.required.contains(property)
                || without_effect.contains(property);
            if !is_known {
                forgotten.push(format!("{} {property}", schema.resource_type));
            }
        }
    }
    unknown.sort_unstable();
    forgotten.sort_unstable();
    assert_eq!((unknown, forgotten), (vec![], vec![]));
}

#[test]
fn what_has_no_effect_is_a_property_of_its_type() {
    let artifacts: Arc<dyn Artifacts> = Arc::new(LocalArtifacts::default());
    let providers = providers(&DispatcherBuilder::new().seal(), &artifacts);
    for provider in providers.all() {
        let schema = provider.schema();
        for property in without_effect::properties(schema.resource_type) {
            assert!(schema.properties.contains(property), "{property}");
        }
    }
}

#[tokio::test]
async fn a_property_without_effect_is_told_in_the_events() {
    let cloud = cloud();
    let template = "Resources: {G: {Type: 'AWS::Logs::LogGroup', Properties: {DeletionProtectionEnabled: true, DataProtectionPolicy: {}, FieldIndexPolicies: [{Fields: [a]}]}}}\n";
    let deployed = cloud.deploy(template, None).await.unwrap();
    let reason = &deployed.stack.state.resources["G"].status_reason;
    assert_eq!(
        reason.as_deref(),
        Some(
            "Landline does not provide DeletionProtectionEnabled and FieldIndexPolicies: the properties have no effect."
        )
    );
}
