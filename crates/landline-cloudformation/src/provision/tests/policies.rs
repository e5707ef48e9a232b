//! Policies that templates make.

use landline_api::iam;
use landline_wire::Timestamp;

use super::*;

const ARN: &str = "arn:aws:iam::123456789012:policy/p";

#[tokio::test]
async fn a_managed_policy_tells_its_attributes() {
    let policy = || iam::Policy {
        arn: Some(ARN.to_owned()),
        policy_id: Some("ANPA1".to_owned()),
        default_version_id: Some("v1".to_owned()),
        attachment_count: Some(0),
        permissions_boundary_usage_count: Some(0),
        create_date: Some(Timestamp::from_millis(0)),
        update_date: Some(Timestamp::from_millis(1)),
        ..Default::default()
    };
    let cloud = cloud_with(|builder, calls| {
        answer::<iam::CreatePolicy>(builder, calls, move |_| {
            let output = iam::CreatePolicyOutput {
                policy: Some(policy()),
            };
            (String::new(), Ok(output))
        });
        answer::<iam::GetPolicy>(builder, calls, move |_| {
            let output = iam::GetPolicyOutput {
                policy: Some(policy()),
            };
            (String::new(), Ok(output))
        });
    });
    let attributes = [
        "AttachmentCount",
        "CreateDate",
        "DefaultVersionId",
        "IsAttachable",
        "PermissionsBoundaryUsageCount",
        "PolicyArn",
        "PolicyId",
        "UpdateDate",
    ];
    let outputs = attributes.map(|name| format!("  {name}: {{Value: !GetAtt P.{name}}}\n"));
    let template = format!(
        "Resources:\n  P: {{Type: 'AWS::IAM::ManagedPolicy', Properties: {{ManagedPolicyName: p, PolicyDocument: {{}}}}}}\nOutputs:\n{}",
        outputs.concat()
    );
    let deployed = cloud.deploy(&template, None).await.unwrap();
    let outputs = deployed.stack.state.outputs;
    let values = attributes.map(|name| outputs[name].value.as_str());
    let (created, updated) = ("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.001Z");
    let expected = ["0", created, "v1", "true", "0", ARN, "ANPA1", updated];
    assert_eq!(values, expected);
}

#[tokio::test]
async fn an_inline_policy_of_nobody_is_refused() {
    let template = "Resources: {P: {Type: 'AWS::IAM::Policy', Properties: {PolicyName: p, PolicyDocument: {}}}}\n";
    let error = cloud().deploy(template, None).await.unwrap_err();
    let text = "At least one of [Groups,Roles,Users] must be non-empty.";
    assert!(error.to_string().contains(text), "{error}");
}
