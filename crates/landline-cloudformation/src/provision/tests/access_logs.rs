//! Access logs of stages.

use landline_api::apigateway as rest;

use super::*;

const GROUP: &str = "arn:aws:logs:us-east-1:123456789012:log-group:g";

#[tokio::test]
async fn a_log_group_may_be_named_by_the_arn_that_get_att_gives() {
    let cloud = cloud_with(|builder, calls| {
        answer::<rest::CreateStage>(builder, calls, |input| {
            let stage = rest::Stage {
                stage_name: Some(input.stage_name.clone()),
                ..Default::default()
            };
            (String::new(), Ok(stage))
        });
        answer::<rest::UpdateStage>(builder, calls, |input| {
            let steps = input.patch_operations.iter().flatten();
            let values: Vec<&str> = steps.filter_map(|step| step.value.as_deref()).collect();
            (values.join(" "), Ok(rest::Stage::default()))
        });
    });
    let template = format!(
        "Resources:\n  V2: {{Type: 'AWS::ApiGatewayV2::Stage', Properties: {{ApiId: a, StageName: s, AccessLogSettings: {{DestinationArn: '{GROUP}:*', Format: f}}}}}}\n  V1: {{Type: 'AWS::ApiGateway::Stage', DependsOn: V2, Properties: {{RestApiId: r, StageName: s, DeploymentId: d, AccessLogSetting: {{DestinationArn: '{GROUP}:*', Format: f}}}}}}\n"
    );
    cloud.deploy(&template, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [
            format!("CreateStage s None None Some({GROUP:?})"),
            "CreateStage".to_owned(),
            format!("UpdateStage {GROUP} f"),
        ]
    );
}

#[tokio::test]
async fn a_stream_is_made_in_its_group_and_deleted() {
    let cloud = cloud_with(|builder, calls| {
        unit::<logs::CreateLogStream>(builder, calls, |input| {
            format!("{}/{}", input.log_group_name, input.log_stream_name)
        });
        unit::<logs::DeleteLogStream>(builder, calls, |input| {
            format!("{}/{}", input.log_group_name, input.log_stream_name)
        });
    });
    let template = "Resources: {S: {Type: 'AWS::Logs::LogStream', Properties: {LogGroupName: g, LogStreamName: s}}}\nOutputs: {S: {Value: !Ref S}}\n";
    let deployed = cloud.deploy(template, None).await.unwrap();
    assert_eq!(deployed.stack.state.outputs["S"].value, "s");
    assert_eq!(cloud.calls(), ["CreateLogStream g/s"]);
    let empty = "Resources: {X: {Type: 'AWS::CDK::Metadata'}}\n";
    cloud.deploy(empty, None).await.unwrap();
    assert_eq!(cloud.calls(), ["DeleteLogStream g/s"]);
}
