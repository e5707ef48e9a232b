//! Tags.

use super::*;

#[tokio::test]
async fn tags_of_an_api_are_merged_and_taken_away_by_key() {
    let plane = Plane::new();
    let arn = format!(
        "arn:aws:apigateway:eu-central-1::/apis/{}",
        plane.api().await
    );
    let tag = |tags| api::TagResourceInput {
        resource_arn: arn.clone(),
        tags: Some(tags),
    };
    plane
        .call::<api::TagResource>(tag(texts(&[("a", "1"), ("b", "2")])))
        .await
        .unwrap();
    plane
        .call::<api::TagResource>(tag(texts(&[("b", "3")])))
        .await
        .unwrap();
    let untag = api::UntagResourceInput {
        resource_arn: arn.clone(),
        tag_keys: vec!["a".into()],
    };
    plane.call::<api::UntagResource>(untag).await.unwrap();
    assert_eq!(tags_of(&plane, &arn).await, texts(&[("b", "3")]));
}

#[tokio::test]
async fn the_tags_of_a_stage_are_those_that_the_stage_shows() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let arn = format!("arn:aws:apigateway:eu-central-1::/apis/{api_id}/stages/prod");
    let input = api::TagResourceInput {
        resource_arn: arn.clone(),
        tags: Some(texts(&[("team", "chat")])),
    };
    plane.call::<api::TagResource>(input).await.unwrap();
    let stage = plane.get_stage(&api_id, "prod").await;
    assert_eq!(stage.tags, Some(tags_of(&plane, &arn).await));
}

#[tokio::test]
async fn the_tags_of_a_vpc_link_are_those_that_the_link_shows() {
    let plane = Plane::new();
    let input = api::CreateVpcLinkInput {
        name: "link".into(),
        subnet_ids: vec!["subnet-1".into()],
        tags: Some(texts(&[("a", "1")])),
        ..Default::default()
    };
    let vpc_link_id = plane.call::<api::CreateVpcLink>(input).await.unwrap();
    let vpc_link_id = vpc_link_id.vpc_link_id;
    let arn = format!("arn:aws:apigateway:eu-central-1::/vpclinks/{vpc_link_id}");
    let input = api::TagResourceInput {
        resource_arn: arn.clone(),
        tags: Some(texts(&[("b", "2")])),
    };
    plane.call::<api::TagResource>(input).await.unwrap();
    let input = api::UntagResourceInput {
        resource_arn: arn.clone(),
        tag_keys: vec!["a".into()],
    };
    plane.call::<api::UntagResource>(input).await.unwrap();
    let input = api::GetVpcLinkInput { vpc_link_id };
    let link = plane.call::<api::GetVpcLink>(input).await.unwrap();
    assert_eq!(link.tags, Some(texts(&[("b", "2")])));
    assert_eq!(link.tags, Some(tags_of(&plane, &arn).await));
}

#[tokio::test]
async fn what_is_no_arn_has_no_tags() {
    let plane = Plane::new();
    for (arn, status) in [
        ("apis/x", 400),
        ("arn:aws:lambda:eu-central-1::/apis/x", 400),
        ("arn:aws:apigateway:eu-central-1::/vpclinks/x", 404),
        ("arn:aws:apigateway:eu-central-1::/usageplans/x", 404),
        ("arn:aws:apigateway:eu-central-1::/apis/x", 404),
    ] {
        let input = api::GetTagsInput {
            resource_arn: arn.into(),
        };
        assert_eq!(
            refusal(plane.call::<api::GetTags>(input).await).0,
            status,
            "{arn}"
        );
    }
}

async fn tags_of(plane: &Plane, arn: &str) -> BTreeMap<String, String> {
    let input = api::GetTagsInput {
        resource_arn: arn.into(),
    };
    plane
        .call::<api::GetTags>(input)
        .await
        .unwrap()
        .tags
        .unwrap()
}
