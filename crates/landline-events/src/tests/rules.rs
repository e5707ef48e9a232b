//! Rules and their targets.

use super::*;

#[tokio::test]
async fn a_rule_is_told_as_it_was_put_and_changes_when_it_is_put_again() {
    let fixture = Fixture::new();
    fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    fixture.target("r", None, target(FUNCTION)).await.unwrap();
    fixture
        .rule("r", None, &json!({ "source": ["other"] }))
        .await;
    let input = api::DescribeRuleInput {
        name: "r".to_owned(),
        ..Default::default()
    };
    let told = fixture.call::<api::DescribeRule>(input).await.unwrap();
    assert_eq!(
        told.event_pattern.as_deref(),
        Some(r#"{"source":["other"]}"#)
    );
    assert_eq!(told.state, Some(api::RuleState::Enabled));
    assert_eq!(told.event_bus_name.as_deref(), Some("default"));
    // Its targets stay.
    let input = api::ListTargetsByRuleInput {
        rule: "r".to_owned(),
        ..Default::default()
    };
    let listed = fixture.call::<api::ListTargetsByRule>(input).await.unwrap();
    assert_eq!(listed.targets, Some(vec![target(FUNCTION)]));
    let input = api::ListRuleNamesByTargetInput {
        target_arn: FUNCTION.to_owned(),
        ..Default::default()
    };
    let names = fixture.call::<api::ListRuleNamesByTarget>(input).await;
    assert_eq!(names.unwrap().rule_names, Some(vec!["r".to_owned()]));
}

#[tokio::test]
async fn a_rule_needs_a_pattern_or_a_schedule_that_can_be_read() {
    let fixture = Fixture::new();
    let put = async |pattern: Option<&str>, schedule: Option<&str>, bus: Option<&str>| {
        let input = api::PutRuleInput {
            name: "r".to_owned(),
            event_pattern: pattern.map(str::to_owned),
            schedule_expression: schedule.map(str::to_owned),
            event_bus_name: bus.map(str::to_owned),
            ..Default::default()
        };
        fixture.call::<api::PutRule>(input).await.map(drop)
    };
    let code = |refused: Result<(), ServiceError>| refused.unwrap_err().code.into_owned();
    assert_eq!(code(put(None, None, None).await), "ValidationException");
    assert_eq!(
        code(put(Some("{}"), None, None).await),
        "InvalidEventPatternException"
    );
    let refused = put(Some(r#"{"source": "app"}"#), None, None)
        .await
        .unwrap_err();
    assert_eq!(
        refused.message,
        r#"Event pattern is not valid. Reason: "source" must be an object or an array"#
    );
    for schedule in ["every day", "at(2027-02-03T10:00:00)"] {
        let refused = put(None, Some(schedule), None).await.unwrap_err();
        assert_eq!(
            refused.message,
            "Parameter ScheduleExpression is not valid."
        );
    }
    let nowhere = put(Some(r#"{"a": [1]}"#), None, Some("nowhere")).await;
    assert_eq!(code(nowhere), "ResourceNotFoundException");
}

#[tokio::test]
async fn a_rule_with_targets_stays() {
    let fixture = Fixture::new();
    fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    fixture.target("r", None, target(FUNCTION)).await.unwrap();
    let delete = || api::DeleteRuleInput {
        name: "r".to_owned(),
        ..Default::default()
    };
    let refused = fixture.call::<api::DeleteRule>(delete()).await.unwrap_err();
    assert_eq!(
        refused.message,
        "Rule can't be deleted since it has targets."
    );
    let remove = api::RemoveTargetsInput {
        rule: "r".to_owned(),
        ids: vec!["one".to_owned(), "two".to_owned()],
        ..Default::default()
    };
    let removed = fixture.call::<api::RemoveTargets>(remove).await.unwrap();
    assert_eq!(removed.failed_entry_count, Some(1));
    fixture.call::<api::DeleteRule>(delete()).await.unwrap();
    fixture.call::<api::DeleteRule>(delete()).await.unwrap();
    let input = api::DescribeRuleInput {
        name: "r".to_owned(),
        ..Default::default()
    };
    let gone = fixture.call::<api::DescribeRule>(input).await.unwrap_err();
    assert_eq!(gone.message, "Rule r does not exist on EventBus default.");
}

#[tokio::test]
async fn a_target_has_one_input_that_can_be_read() {
    let fixture = Fixture::new();
    fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    let bad = [
        api::Target {
            input: Some("{".to_owned()),
            ..target(FUNCTION)
        },
        api::Target {
            input_path: Some("detail".to_owned()),
            ..target(FUNCTION)
        },
        api::Target {
            input: Some("{}".to_owned()),
            input_path: Some("$.detail".to_owned()),
            ..target(FUNCTION)
        },
        api::Target {
            input_transformer: Some(api::InputTransformer {
                input_paths_map: Some([("user".to_owned(), "$.detail.user".to_owned())].into()),
                input_template: r#""<user> at <aws.events.rule-name> says \<hi> to <nobody>""#
                    .to_owned(),
            }),
            ..target(FUNCTION)
        },
        target("notify"),
    ];
    for target in bad {
        let refused = fixture.target("r", None, target).await.unwrap_err();
        assert_eq!(refused.code, "ValidationException");
    }
}

#[tokio::test]
async fn a_pattern_can_be_tried() {
    let fixture = Fixture::new();
    let event = json!({
        "id": "1", "account": "0", "source": "app", "time": "t", "region": "r", "resources": [],
        "detail-type": "Joined", "detail": { "n": 5 },
    });
    for (pattern, expected) in [
        (
            json!({ "detail": { "n": [{ "numeric": [">", 4] }] } }),
            true,
        ),
        (
            json!({ "detail": { "n": [{ "numeric": [">", 5] }] } }),
            false,
        ),
        (json!({ "source": [{ "wildcard": "a*p" }] }), true),
    ] {
        let input = api::TestEventPatternInput {
            event_pattern: pattern.to_string(),
            event: event.to_string(),
        };
        let tried = fixture.call::<api::TestEventPattern>(input).await.unwrap();
        assert_eq!(tried.result, Some(expected), "{pattern}");
    }
}
