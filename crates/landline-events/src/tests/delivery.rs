//! The way of an event to its targets.

use super::*;
use crate::delivery::DELIVERIES;

#[tokio::test]
async fn a_function_gets_the_event_on_behalf_of_the_rule() {
    let fixture = Fixture::new();
    let rule = fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    assert_eq!(rule, "arn:aws:events:eu-west-1:000000000000:rule/r");
    fixture.target("r", None, target(FUNCTION)).await.unwrap();
    let put = fixture.put(joined(&json!({ "user": "ann" }))).await;
    let told = &fixture.world.wait_for(1).await[0];
    assert_eq!(told.to, "notify");
    assert_eq!(told.by, format!("events.amazonaws.com {rule}"));
    let id = put.event_id.unwrap();
    let expected = format!(
        r#"{{"version":"0","id":"{id}","detail-type":"Joined","source":"app","account":"000000000000","time":"2027-02-03T09:15:42Z","region":"eu-west-1","resources":[],"detail":{{"user":"ann"}}}}"#
    );
    assert_eq!(told.text, expected);
}

#[tokio::test]
async fn an_event_goes_to_all_targets_of_all_rules_that_it_matches() {
    let fixture = Fixture::new();
    fixture
        .rule("both", None, &json!({ "source": ["app"] }))
        .await;
    fixture
        .rule("other", None, &json!({ "source": ["else"] }))
        .await;
    for (id, arn) in [("a", FUNCTION), ("b", QUEUE), ("c", TOPIC)] {
        let target = api::Target {
            id: id.to_owned(),
            ..target(arn)
        };
        fixture.target("both", None, target.clone()).await.unwrap();
        fixture.target("other", None, target).await.unwrap();
    }
    fixture.put(joined(&json!({}))).await;
    let mut told = fixture.world.wait_for(3).await;
    told.sort_by(|left, right| left.to.cmp(&right.to));
    let names: Vec<&str> = told.iter().map(|told| told.to.as_str()).collect();
    assert_eq!(names, ["jobs", "news", "notify"]);
    fixture.until_nothing_is_kept().await;
    assert_eq!(fixture.world.told.lock().len(), 3);
}

#[tokio::test]
async fn a_disabled_rule_sees_nothing() {
    let fixture = Fixture::new();
    fixture
        .rule("off", None, &json!({ "source": ["app"] }))
        .await;
    fixture
        .rule("on", None, &json!({ "source": ["app"] }))
        .await;
    fixture.target("off", None, target(FUNCTION)).await.unwrap();
    fixture.target("on", None, target(QUEUE)).await.unwrap();
    let off = api::DisableRuleInput {
        name: "off".to_owned(),
        ..Default::default()
    };
    fixture.call::<api::DisableRule>(off).await.unwrap();
    fixture.put(joined(&json!({}))).await;
    assert_eq!(fixture.world.wait_for(1).await[0].to, "jobs");
}

#[tokio::test]
async fn a_target_is_told_what_its_rule_says() {
    let fixture = Fixture::new();
    fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    let transformer = api::InputTransformer {
        input_paths_map: Some([("user".to_owned(), "$.detail.user".to_owned())].into()),
        input_template: r#"{"who": <user>}"#.to_owned(),
    };
    let target = api::Target {
        input_transformer: Some(transformer),
        sqs_parameters: Some(api::SqsParameters {
            message_group_id: Some("g".to_owned()),
        }),
        ..target(QUEUE)
    };
    fixture.target("r", None, target).await.unwrap();
    fixture.put(joined(&json!({ "user": "ann" }))).await;
    let told = &fixture.world.wait_for(1).await[0];
    assert_eq!(told.text, r#"{"who": "ann"}"#);
    let message = told.message.as_ref().unwrap();
    assert_eq!(message.message_group_id.as_deref(), Some("g"));
}

#[tokio::test]
async fn an_event_goes_on_to_another_bus_and_not_in_circles() {
    let fixture = Fixture::new();
    let input = api::CreateEventBusInput {
        name: "other".to_owned(),
        ..Default::default()
    };
    let made = fixture.call::<api::CreateEventBus>(input).await.unwrap();
    let other = made.event_bus_arn.unwrap();
    let default = other.replace("/other", "/default");
    fixture
        .rule("there", None, &json!({ "source": ["app"] }))
        .await;
    fixture.target("there", None, target(&other)).await.unwrap();
    fixture
        .rule("back", Some("other"), &json!({ "source": ["app"] }))
        .await;
    fixture
        .target("back", Some("other"), target(&default))
        .await
        .unwrap();
    fixture
        .rule("told", Some("other"), &json!({ "source": ["app"] }))
        .await;
    fixture
        .target("told", Some("other"), target(FUNCTION))
        .await
        .unwrap();
    fixture.put(joined(&json!({}))).await;
    // There, and there again: the fifth hop is the last.
    let told = fixture.world.wait_for(3).await;
    assert!(told[0].by.ends_with("rule/other/told"), "{told:?}");
    fixture.until_nothing_is_kept().await;
    assert_eq!(fixture.world.told.lock().len(), 3);
}

#[tokio::test]
async fn what_fails_for_a_while_is_tried_again() {
    let fixture = Fixture::new();
    fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    fixture.target("r", None, target(FUNCTION)).await.unwrap();
    fixture
        .world
        .refusals
        .lock()
        .extend([throttled(), throttled()]);
    fixture.put(joined(&json!({}))).await;
    fixture.world.wait_for(1).await;
}

#[tokio::test]
async fn what_is_not_taken_goes_to_the_dead_letter_queue_with_its_reason() {
    let fixture = Fixture::new();
    let rule = fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    let retry = api::RetryPolicy {
        maximum_retry_attempts: Some(2),
        ..Default::default()
    };
    let target = api::Target {
        dead_letter_config: Some(api::DeadLetterConfig {
            arn: Some(QUEUE.to_owned()),
        }),
        retry_policy: Some(retry),
        ..target(FUNCTION)
    };
    fixture.target("r", None, target).await.unwrap();
    let refusals = [throttled(), throttled(), throttled()];
    fixture.world.refusals.lock().extend(refusals);
    fixture.put(joined(&json!({}))).await;
    let told = &fixture.world.wait_for(1).await[0];
    assert_eq!(told.to, "jobs");
    assert_eq!(told.json()["detail-type"], "Joined");
    let message = told.message.as_ref().unwrap();
    let attributes = message.message_attributes.as_ref().unwrap();
    let text = |name: &str| attributes[name].string_value.clone().unwrap();
    assert_eq!(text("RULE_ARN"), rule);
    assert_eq!(text("TARGET_ARN"), FUNCTION);
    assert_eq!(text("ERROR_CODE"), "TooManyRequestsException");
    assert_eq!(text("EXHAUSTED_RETRY_CONDITION"), "MaximumRetryAttempts");
    assert_eq!(text("RETRY_ATTEMPTS"), "2");
}

#[tokio::test]
async fn what_was_accepted_goes_out_after_a_restart() {
    let store = open_memory();
    let first = Fixture::on(store.clone());
    first.rule("r", None, &json!({ "source": ["app"] })).await;
    first.target("r", None, target(FUNCTION)).await.unwrap();
    // Nothing runs any more, and the publisher is answered all the same.
    first.events.shutdown().await;
    first.put(joined(&json!({ "n": 1 }))).await;
    assert_eq!(first.kept(), 1);
    let second = Fixture::on(store);
    let told = &second.world.wait_for(1).await[0];
    assert_eq!(told.json()["detail"], json!({ "n": 1 }));
}

#[tokio::test]
async fn an_execution_that_is_started_again_has_the_same_name() {
    let fixture = Fixture::new();
    fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    fixture.target("r", None, target(MACHINE)).await.unwrap();
    let exists = ServiceError::new(
        "ExecutionAlreadyExists",
        400,
        "Execution Already Exists: 'x'",
    );
    fixture.world.refusals.lock().extend([throttled(), exists]);
    fixture.put(joined(&json!({ "n": 1 }))).await;
    fixture.until_nothing_is_kept().await;
    let told = fixture.world.told.lock().clone();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0].json()["detail"], json!({ "n": 1 }));
    fixture.put(joined(&json!({ "n": 2 }))).await;
    let told = fixture.world.wait_for(3).await;
    assert_ne!(told[2].by, told[0].by);
}

#[tokio::test]
async fn an_execution_keeps_its_name_over_a_restart() {
    let store = open_memory();
    let first = Fixture::on(store.clone());
    first.rule("r", None, &json!({ "source": ["app"] })).await;
    first.target("r", None, target(MACHINE)).await.unwrap();
    first.events.shutdown().await;
    first.put(joined(&json!({}))).await;
    let (id, record) = DELIVERIES.load(&*store).unwrap().remove(0);
    let second = Fixture::on(store.clone());
    let heard = second.world.wait_for(1).await[0].by.clone();
    second.until_nothing_is_kept().await;
    // As if the process had ended before it wrote down that the execution was started.
    DELIVERIES.put(&*store, &id, record).await.unwrap();
    let third = Fixture::on(store);
    assert_eq!(third.world.wait_for(1).await[0].by, heard);
}

#[tokio::test]
async fn an_entry_that_is_no_event_fails_alone() {
    let fixture = Fixture::new();
    fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    fixture.target("r", None, target(FUNCTION)).await.unwrap();
    let without_source = api::PutEventsRequestEntry {
        source: None,
        ..joined(&json!({}))
    };
    let of_aws = api::PutEventsRequestEntry {
        source: Some("aws.ec2".to_owned()),
        ..joined(&json!({}))
    };
    let malformed = joined(&json!("text"));
    let input = api::PutEventsInput {
        entries: vec![without_source, of_aws, malformed, joined(&json!({}))],
        ..Default::default()
    };
    let answer = fixture.call::<api::PutEvents>(input).await.unwrap();
    assert_eq!(answer.failed_entry_count, Some(3));
    let codes = answer.entries.unwrap().into_iter();
    let codes: Vec<_> = codes.map(|entry| entry.error_code).collect();
    let expected = [
        Some("InvalidArgument".to_owned()),
        Some("NotAuthorizedForSourceException".to_owned()),
        Some("MalformedDetail".to_owned()),
        None,
    ];
    assert_eq!(codes, expected);
    fixture.world.wait_for(1).await;
}
