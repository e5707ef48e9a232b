//! The operations of event-source mappings.

use landline_api::lambda as api;
use landline_wire::ServiceError;

use super::streams::fake::FakeStream;
use super::{Fixture, create_input};

const ARN: &str =
    "arn:aws:dynamodb:us-east-1:000000000000:table/chat/stream/2026-01-01T00:00:00.000";

async fn fixture() -> Fixture {
    let fixture = Fixture::beside(|builder| FakeStream::new().register(builder), |_| {}).await;
    let input = create_input("reader", "python3.12", &[("app.py", "")]);
    fixture.create(input).await.unwrap();
    fixture
}

fn input() -> api::CreateEventSourceMappingInput {
    api::CreateEventSourceMappingInput {
        event_source_arn: Some(ARN.into()),
        function_name: "reader".into(),
        starting_position: Some(api::EventSourcePosition::Latest),
        ..Default::default()
    }
}

async fn create(
    fixture: &Fixture,
    input: api::CreateEventSourceMappingInput,
) -> Result<api::EventSourceMappingConfiguration, ServiceError> {
    let dispatcher = &fixture.dispatcher;
    dispatcher
        .call::<api::CreateEventSourceMapping>(input, &fixture.caller)
        .await
}

async fn get(fixture: &Fixture, uuid: &str) -> Result<String, ServiceError> {
    let input = api::GetEventSourceMappingInput { uuid: uuid.into() };
    let dispatcher = &fixture.dispatcher;
    let got = dispatcher.call::<api::GetEventSourceMapping>(input, &fixture.caller);
    got.await.map(|mapping| mapping.state.unwrap())
}

#[tokio::test]
async fn a_new_mapping_is_told_in_full_and_becomes_enabled() {
    let fixture = fixture().await;
    let made = create(&fixture, input()).await.unwrap();
    let uuid = made.uuid.clone().unwrap();
    assert_eq!(made.state.as_deref(), Some("Creating"));
    assert_eq!(made.state_transition_reason.as_deref(), Some("User action"));
    assert_eq!(made.batch_size, Some(100));
    assert_eq!(made.maximum_retry_attempts, Some(-1));
    assert_eq!(made.maximum_record_age_in_seconds, Some(-1));
    assert_eq!(
        made.last_processing_result.as_deref(),
        Some("No records processed")
    );
    assert_eq!(
        made.function_arn.as_deref(),
        Some("arn:aws:lambda:us-east-1:000000000000:function:reader")
    );
    for _ in 0..100 {
        if get(&fixture, &uuid).await.unwrap() == "Enabled" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the mapping is never enabled");
}

#[tokio::test]
async fn mappings_are_listed_by_function_and_source_and_deleted() {
    let fixture = fixture().await;
    let uuid = create(&fixture, input()).await.unwrap().uuid.unwrap();
    let list = async |function: Option<&str>, source: Option<&str>| {
        let input = api::ListEventSourceMappingsInput {
            function_name: function.map(str::to_owned),
            event_source_arn: source.map(str::to_owned),
            ..Default::default()
        };
        let dispatcher = &fixture.dispatcher;
        let listed = dispatcher.call::<api::ListEventSourceMappings>(input, &fixture.caller);
        listed.await.unwrap().event_source_mappings.unwrap().len()
    };
    assert_eq!(list(None, None).await, 1);
    assert_eq!(list(Some("reader"), Some(ARN)).await, 1);
    assert_eq!(list(Some("other"), None).await, 0);
    let input = api::DeleteEventSourceMappingInput { uuid: uuid.clone() };
    let dispatcher = &fixture.dispatcher;
    let deleted = dispatcher
        .call::<api::DeleteEventSourceMapping>(input, &fixture.caller)
        .await
        .unwrap();
    assert_eq!(deleted.state.as_deref(), Some("Deleting"));
    let gone = get(&fixture, &uuid).await.unwrap_err();
    assert_eq!(gone.code, "ResourceNotFoundException");
    assert_eq!(list(None, None).await, 0);
}

#[tokio::test]
async fn a_second_mapping_of_the_same_source_and_function_is_refused() {
    let fixture = fixture().await;
    let uuid = create(&fixture, input()).await.unwrap().uuid.unwrap();
    let twice = create(&fixture, input()).await.unwrap_err();
    assert_eq!(
        (twice.code.as_ref(), twice.status),
        ("ResourceConflictException", 409)
    );
    assert!(twice.message.ends_with(&uuid), "{}", twice.message);
}

#[tokio::test]
async fn what_a_mapping_cannot_be_is_refused_in_lambdas_words() {
    let fixture = fixture().await;
    let filter = |pattern: &str| api::FilterCriteria {
        filters: Some(vec![api::Filter {
            pattern: Some(pattern.into()),
        }]),
    };
    let cases = [
        (
            api::CreateEventSourceMappingInput {
                function_name: "none".into(),
                ..input()
            },
            "Function does not exist",
        ),
        (
            api::CreateEventSourceMappingInput {
                starting_position: None,
                ..input()
            },
            "Value null at 'startingPosition'",
        ),
        (
            api::CreateEventSourceMappingInput {
                event_source_arn: Some(ARN.replace("chat", "none")),
                ..input()
            },
            "Stream not found",
        ),
        (
            api::CreateEventSourceMappingInput {
                filter_criteria: Some(filter(r#"{"a": "b"}"#)),
                ..input()
            },
            "Invalid filter pattern definition.",
        ),
        (
            api::CreateEventSourceMappingInput {
                event_source_arn: Some("arn:aws:sqs:us-east-1:000000000000:queue".into()),
                batch_size: Some(100),
                ..input()
            },
            "Maximum batch window in seconds must be greater than 0",
        ),
    ];
    for (input, message) in cases {
        let refused = create(&fixture, input).await.unwrap_err();
        assert_eq!(refused.code, "InvalidParameterValueException");
        assert!(refused.message.contains(message), "{}", refused.message);
    }
}

#[tokio::test]
async fn a_mapping_has_tags_that_an_update_leaves_alone() {
    let fixture = fixture().await;
    let made = create(&fixture, input()).await.unwrap();
    let (uuid, arn) = (made.uuid.unwrap(), made.event_source_mapping_arn.unwrap());
    let tag = api::TagResourceInput {
        resource: arn.clone(),
        tags: [("team".to_owned(), "chat".to_owned())].into(),
    };
    fixture.ask::<api::TagResource>(tag).await.unwrap();
    let update = api::UpdateEventSourceMappingInput {
        uuid,
        enabled: Some(false),
        ..Default::default()
    };
    let updated = fixture.ask::<api::UpdateEventSourceMapping>(update).await;
    assert_eq!(updated.unwrap().state.as_deref(), Some("Disabling"));
    let list = api::ListTagsInput { resource: arn };
    let tags = fixture
        .ask::<api::ListTags>(list)
        .await
        .unwrap()
        .tags
        .unwrap();
    assert_eq!(tags["team"], "chat");
}
