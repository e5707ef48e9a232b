//! Resource types and properties that a template may have and that change nothing here: alarms, tracing rules, firewalls, scaling, and
//! what stands before an application, as a content network, names and certificates. A stack with them is deployed, and
//! its events say that they are not provided.

use landline_wire::Caller;
use serde_json::Value as Json;

use super::input::text;
use crate::provider::{
    Existing, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct WithoutEffect;

/// Types by the beginning of their name: what watches, guards or scales an application, and what it works without.
pub(super) const FAMILIES: [&str; 39] = [
    "AWS::ApplicationAutoScaling::",
    "AWS::ApplicationInsights::",
    "AWS::ApplicationSignals::",
    "AWS::Backup::",
    "AWS::Budgets::",
    "AWS::CertificateManager::",
    "AWS::Chatbot::",
    "AWS::CloudFront::",
    "AWS::CloudTrail::",
    "AWS::CloudWatch::",
    "AWS::CodeDeploy::",
    "AWS::Cognito::LogDeliveryConfiguration",
    "AWS::Cognito::ManagedLoginBranding",
    "AWS::Cognito::UserPoolRiskConfigurationAttachment",
    "AWS::Cognito::UserPoolUICustomizationAttachment",
    "AWS::Config::",
    "AWS::DevOpsGuru::",
    "AWS::GuardDuty::",
    "AWS::IAM::InstanceProfile",
    "AWS::IAM::OIDCProvider",
    "AWS::IAM::SAMLProvider",
    "AWS::IAM::ServerCertificate",
    "AWS::IAM::ServiceLinkedRole",
    "AWS::IAM::VirtualMFADevice",
    "AWS::InternetMonitor::",
    "AWS::Lambda::CodeSigningConfig",
    "AWS::Logs::QueryDefinition",
    "AWS::Logs::ResourcePolicy",
    "AWS::ResourceGroups::",
    "AWS::Route53::",
    "AWS::SecretsManager::ResourcePolicy",
    "AWS::SecretsManager::RotationSchedule",
    "AWS::ServiceCatalogAppRegistry::",
    "AWS::Signer::",
    "AWS::Synthetics::",
    "AWS::WAF::",
    "AWS::WAFRegional::",
    "AWS::WAFv2::",
    "AWS::XRay::",
];

/// Properties that a template may have and that change nothing here, by type: each of another service, or of machines
/// that a node does not have.
const PROPERTIES: [(&str, &[&str]); 17] = [
    ("AWS::ApiGateway::Deployment", &["DeploymentCanarySettings"]),
    ("AWS::ApiGateway::DomainName", &["EndpointAccessMode"]),
    (
        "AWS::ApiGateway::RestApi",
        &[
            "EndpointAccessMode",
            "FailOnWarnings",
            "Parameters",
            "SecurityPolicy",
        ],
    ),
    (
        "AWS::ApiGateway::Stage",
        &["CacheClusterEnabled", "CacheClusterSize", "CanarySetting"],
    ),
    ("AWS::ApiGatewayV2::Api", &["BasePath", "FailOnWarnings"]),
    (
        "AWS::CloudFormation::Stack",
        &["NotificationARNs", "TimeoutInMinutes"],
    ),
    (
        "AWS::DynamoDB::GlobalTable",
        &["GlobalTableWitnesses", "MultiRegionConsistency"],
    ),
    (
        "AWS::DynamoDB::Table",
        &[
            "ContributorInsightsSpecification",
            "KinesisStreamSpecification",
        ],
    ),
    (
        "AWS::ECR::Repository",
        &[
            "EncryptionConfiguration",
            "ImageTagMutabilityExclusionFilters",
        ],
    ),
    ("AWS::Events::EventBus", &["LogConfig"]),
    ("AWS::KMS::Key", &["MultiRegion", "Origin"]),
    (
        "AWS::Lambda::EventSourceMapping",
        &[
            "KmsKeyArn",
            "LoggingConfig",
            "MetricsConfig",
            "ProvisionedPollerConfig",
        ],
    ),
    (
        "AWS::Lambda::Function",
        &[
            "CapacityProviderConfig",
            "CodeSigningConfigArn",
            "DurableConfig",
            "FileSystemConfigs",
            "FunctionScalingConfig",
            "ImageConfig",
            "KmsKeyArn",
            "PublishToLatestPublished",
            "TenancyConfig",
        ],
    ),
    (
        "AWS::Logs::LogGroup",
        &[
            "BearerTokenAuthenticationEnabled",
            "DataProtectionPolicy",
            "DeletionProtectionEnabled",
            "FieldIndexPolicies",
            "ResourcePolicyDocument",
        ],
    ),
    (
        "AWS::S3::Bucket",
        &[
            "AbacStatus",
            "AccelerateConfiguration",
            "AnalyticsConfigurations",
            "IntelligentTieringConfigurations",
            "InventoryConfigurations",
            "LoggingConfiguration",
            "MetadataConfiguration",
            "MetadataTableConfiguration",
            "MetricsConfigurations",
            "ReplicationConfiguration",
        ],
    ),
    ("AWS::SSM::Parameter", &["Policies"]),
    ("AWS::SecretsManager::Secret", &["ReplicaRegions", "Type"]),
];

/// The properties of a type that change nothing.
pub(super) fn properties(resource_type: &str) -> &'static [&'static str] {
    let mut types = PROPERTIES.iter();
    let found = types.find(|(known, _)| *known == resource_type);
    found.map_or(&[][..], |(_, properties)| *properties)
}

/// What whoever reads the events should know of properties that change nothing; one that asks for nothing is as it is
/// on AWS.
pub(super) fn note(resource_type: &str, given: &Json) -> Option<String> {
    let asks = |value: &Json| {
        !["null", "false", "\"false\"", "[]", "{}", "\"\""].contains(&value.to_string().as_str())
    };
    let named = properties(resource_type).iter();
    let named = named.filter(|property| given.get(property).is_some_and(asks));
    let named: Vec<&str> = named.copied().collect();
    let (last, others) = named.split_last()?;
    Some(if others.is_empty() {
        format!("Landline does not provide {last}: the property has no effect.")
    } else {
        let others = others.join(", ");
        format!("Landline does not provide {others} and {last}: the properties have no effect.")
    })
}

static SCHEMA: Schema = Schema {
    resource_type: "AWS::CloudWatch::Alarm",
    required: &[],
    properties: &[],
    replace_on: &[],
    attributes: &["*"],
};

fn made(physical_id: &str, request: &ResourceRequest) -> Provisioned {
    let Caller {
        account_id, region, ..
    } = &request.caller;
    let mut parts = request.resource_type.split("::").skip(1);
    let service = parts.next().unwrap_or_default().to_lowercase();
    let kind = parts.next().unwrap_or_default().to_lowercase();
    let mut arn = if physical_id.starts_with("arn:") {
        physical_id.to_owned()
    } else {
        let service = service.replace("certificatemanager", "acm");
        format!("arn:aws:{service}:{region}:{account_id}:{kind}/{physical_id}")
    };
    let mut made = match request.resource_type.as_str() {
        // Known by its ARN alone.
        "AWS::CertificateManager::Certificate" => Provisioned::new(arn.clone()),
        "AWS::CloudFront::Distribution" => {
            let name = format!("{}.cloudfront.net", physical_id.to_lowercase());
            Provisioned::new(physical_id).with("DomainName", Some(name))
        }
        "AWS::CloudWatch::Alarm" | "AWS::CloudWatch::CompositeAlarm" => {
            arn = format!("arn:aws:cloudwatch:{region}:{account_id}:alarm:{physical_id}");
            Provisioned::new(physical_id)
        }
        _ => Provisioned::new(physical_id),
    };
    made = made
        .with("Arn", Some(arn))
        // Whatever else is asked of it.
        .with("*", Some(Json::from(physical_id)));
    made.note = Some(format!(
        "Landline does not provide {}: the resource has no effect.",
        request.resource_type
    ));
    made
}

/// The name that the template gives, for types whose `Ref` it is.
fn given_name(request: &ResourceRequest) -> Option<String> {
    let property = match request.resource_type.as_str() {
        "AWS::CloudWatch::Alarm" | "AWS::CloudWatch::CompositeAlarm" => "AlarmName",
        "AWS::CloudWatch::Dashboard" => "DashboardName",
        _ => return None,
    };
    text(&request.properties, property)
}

impl ResourceProvider for WithoutEffect {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = given_name(request);
            Ok(made(
                name.as_ref().unwrap_or(&request.physical_name),
                request,
            ))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let name = given_name(request);
            Ok(made(
                name.as_ref().unwrap_or(&existing.physical_id),
                request,
            ))
        })
    }

    fn delete<'a>(&'a self, _existing: &'a Existing, _caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}
