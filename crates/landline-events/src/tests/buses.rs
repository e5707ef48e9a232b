//! Event buses, their policies and tags.

use super::*;

async fn create(fixture: &Fixture, name: &str) -> Result<String, ServiceError> {
    let input = api::CreateEventBusInput {
        name: name.to_owned(),
        ..Default::default()
    };
    let made = fixture.call::<api::CreateEventBus>(input).await?;
    Ok(made.event_bus_arn.unwrap())
}

#[tokio::test]
async fn everybody_has_the_default_bus_and_may_make_others() {
    let fixture = Fixture::new();
    let arn = create(&fixture, "chat").await.unwrap();
    assert_eq!(arn, "arn:aws:events:eu-west-1:000000000000:event-bus/chat");
    let again = create(&fixture, "chat").await.unwrap_err();
    assert_eq!(again.code, "ResourceAlreadyExistsException");
    let listed = fixture.call::<api::ListEventBuses>(api::ListEventBusesInput::default());
    let names = listed.await.unwrap().event_buses.unwrap().into_iter();
    let names: Vec<_> = names.map(|bus| bus.name.unwrap()).collect();
    assert_eq!(names, ["chat", "default"]);
    let delete = |name: &str| api::DeleteEventBusInput {
        name: name.to_owned(),
    };
    let refused = fixture.call::<api::DeleteEventBus>(delete("default")).await;
    assert_eq!(refused.unwrap_err().code, "ValidationException");
    fixture
        .rule("r", Some("chat"), &json!({ "source": ["app"] }))
        .await;
    let refused = fixture.call::<api::DeleteEventBus>(delete("chat")).await;
    assert!(refused.unwrap_err().message.contains("has rules"));
}

#[tokio::test]
async fn an_event_stays_on_its_bus() {
    let fixture = Fixture::new();
    let arn = create(&fixture, "chat").await.unwrap();
    fixture.rule("d", None, &json!({ "source": ["app"] })).await;
    fixture.target("d", None, target(QUEUE)).await.unwrap();
    fixture
        .rule("c", Some("chat"), &json!({ "source": ["app"] }))
        .await;
    fixture
        .target("c", Some("chat"), target(FUNCTION))
        .await
        .unwrap();
    // A bus is named by its ARN as well.
    let entry = api::PutEventsRequestEntry {
        event_bus_name: Some(arn),
        ..joined(&json!({}))
    };
    fixture.put(entry).await;
    let told = fixture.world.wait_for(1).await;
    assert_eq!(told[0].to, "notify");
    assert!(told[0].by.ends_with(":rule/chat/c"), "{}", told[0].by);
}

#[tokio::test]
async fn a_bus_keeps_its_policy_and_its_tags() {
    let fixture = Fixture::new();
    let arn = create(&fixture, "chat").await.unwrap();
    let permit = api::PutPermissionInput {
        event_bus_name: Some("chat".to_owned()),
        action: Some("events:PutEvents".to_owned()),
        principal: Some("111111111111".to_owned()),
        statement_id: Some("others".to_owned()),
        ..Default::default()
    };
    fixture.call::<api::PutPermission>(permit).await.unwrap();
    let tag = api::TagResourceInput {
        resource_arn: arn.clone(),
        tags: vec![api::Tag {
            key: "team".to_owned(),
            value: "chat".to_owned(),
        }],
    };
    fixture.call::<api::TagResource>(tag).await.unwrap();
    let again = Fixture::on(fixture.store.clone());
    let describe = || api::DescribeEventBusInput {
        name: Some("chat".to_owned()),
    };
    let told = again
        .call::<api::DescribeEventBus>(describe())
        .await
        .unwrap();
    assert!(told.policy.unwrap().contains(r#""Sid":"others""#));
    let list = api::ListTagsForResourceInput { resource_arn: arn };
    let tags = again.call::<api::ListTagsForResource>(list).await.unwrap();
    assert_eq!(tags.tags.unwrap()[0].value, "chat");
    let remove = || api::RemovePermissionInput {
        event_bus_name: Some("chat".to_owned()),
        statement_id: Some("others".to_owned()),
        ..Default::default()
    };
    again.call::<api::RemovePermission>(remove()).await.unwrap();
    assert!(again.call::<api::RemovePermission>(remove()).await.is_err());
    let told = again
        .call::<api::DescribeEventBus>(describe())
        .await
        .unwrap();
    assert_eq!(told.policy, None);
}
