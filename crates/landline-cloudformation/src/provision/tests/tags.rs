//! The tags by which everything that a stack made is known.

use super::*;

#[tokio::test]
async fn what_a_stack_makes_is_marked_with_the_stack_and_its_record_is_not() {
    let cloud = cloud_with(|builder, calls| {
        answer::<gateway::CreateVpcLink>(builder, calls, |input| {
            let link = gateway::VpcLink {
                vpc_link_id: "v1".into(),
                ..Default::default()
            };
            (format!("{:?}", input.tags), Ok(link))
        });
    });
    let template = "Resources:\n  Link: {Type: 'AWS::ApiGatewayV2::VpcLink', Properties: {Name: l, SubnetIds: [s], Tags: {own: tag}}}\n";
    let deployed = cloud.deploy(template, None).await.unwrap();
    let id = &deployed.stack.id;
    assert_eq!(
        the(&cloud.calls(), "CreateVpcLink"),
        format!(
            r#"Some({{"aws:cloudformation:logical-id": "Link", "aws:cloudformation:stack-id": "{id}", "aws:cloudformation:stack-name": "chat", "own": "tag"}})"#
        )
    );
    let kept = &deployed.stack.state.resources["Link"].properties["Tags"];
    assert_eq!(kept.to_string(), r#"{"own":"tag"}"#);
}
