//! Operations and what they take, as the service authorization reference has it.

use landline_api::apigateway::{GetApiKey, GetApiKeyInput};
use landline_api::apigatewayv2::{GetStage, GetStageInput};
use landline_api::dynamodb::{
    BatchGetItem, BatchGetItemInput, ConditionCheck, DescribeTable, DescribeTableInput, GetItem,
    GetItemInput, KeysAndAttributes, Put, Query, QueryInput, TransactWriteItem, TransactWriteItems,
    TransactWriteItemsInput,
};
use landline_api::events::{
    CancelReplay, CancelReplayInput, DescribeArchive, DescribeArchiveInput, PutEvents,
    PutEventsInput, PutEventsRequestEntry, PutTargets, PutTargetsInput,
};
use landline_api::iam::{GetRole, GetRoleInput};
use landline_api::lambda::{Invoke, InvokeInput};
use landline_api::logs::{PutLogEvents, PutLogEventsInput};
use landline_api::s3::{GetObject, GetObjectInput};
use landline_api::sns::{PublishBatch, PublishBatchInput, Unsubscribe, UnsubscribeInput};
use landline_api::stepfunctions::{
    CreateStateMachine, CreateStateMachineInput, StartExecution, StartExecutionInput,
};
use landline_api::sts::{AssumeRole, AssumeRoleInput, GetCallerIdentity, GetCallerIdentityInput};
use landline_wire::Operation;

use super::*;

/// What `Op` takes with this input, a line for each permission.
fn check<Op: Operation>(input: &Op::Input, expected: &[&str]) {
    let caller = Caller::root("123456789012", "eu-west-1");
    let needs = needs(Op::META, input, &caller);
    let lines: Vec<String> = needs
        .iter()
        .map(|need| format!("{} {}", need.action, need.resource))
        .collect();
    assert_eq!(lines, expected);
}

const TABLE: &str = "arn:aws:dynamodb:eu-west-1:123456789012:table";

#[test]
fn an_item_operation_is_one_on_its_table() {
    check::<GetItem>(
        &GetItemInput {
            table_name: "rooms".into(),
            ..GetItemInput::default()
        },
        &[&format!("dynamodb:GetItem {TABLE}/rooms")],
    );
    check::<DescribeTable>(
        &DescribeTableInput {
            table_name: format!("{TABLE}/rooms"),
        },
        &[&format!("dynamodb:DescribeTable {TABLE}/rooms")],
    );
}

#[test]
fn a_query_of_an_index_is_one_on_the_index() {
    check::<Query>(
        &QueryInput {
            table_name: "rooms".into(),
            index_name: Some("by-user".into()),
            ..QueryInput::default()
        },
        &[&format!("dynamodb:Query {TABLE}/rooms/index/by-user")],
    );
}

#[test]
fn a_batch_names_its_tables() {
    let tables = ["a", "b"].map(|name| (name.to_owned(), KeysAndAttributes::default()));
    check::<BatchGetItem>(
        &BatchGetItemInput {
            request_items: tables.into(),
            ..BatchGetItemInput::default()
        },
        &[
            &format!("dynamodb:BatchGetItem {TABLE}/a"),
            &format!("dynamodb:BatchGetItem {TABLE}/b"),
        ],
    );
}

#[test]
fn a_transaction_takes_what_its_actions_take() {
    let put = TransactWriteItem {
        put: Some(Put {
            table_name: "a".into(),
            ..Put::default()
        }),
        ..TransactWriteItem::default()
    };
    let condition = TransactWriteItem {
        condition_check: Some(ConditionCheck {
            table_name: "b".into(),
            ..ConditionCheck::default()
        }),
        ..TransactWriteItem::default()
    };
    check::<TransactWriteItems>(
        &TransactWriteItemsInput {
            transact_items: vec![put.clone(), put, condition],
            ..TransactWriteItemsInput::default()
        },
        &[
            &format!("dynamodb:PutItem {TABLE}/a"),
            &format!("dynamodb:ConditionCheckItem {TABLE}/b"),
        ],
    );
}

#[test]
fn an_invocation_has_an_action_of_another_name() {
    let function = "arn:aws:lambda:eu-west-1:123456789012:function:worker";
    for name in ["worker", "123456789012:function:worker", function] {
        check::<Invoke>(
            &InvokeInput {
                function_name: name.into(),
                ..InvokeInput::default()
            },
            &[&format!("lambda:InvokeFunction {function}")],
        );
    }
}

#[test]
fn a_stream_of_logs_lies_in_its_group() {
    check::<PutLogEvents>(
        &PutLogEventsInput {
            log_group_name: "/app".into(),
            log_stream_name: "s".into(),
            ..PutLogEventsInput::default()
        },
        &["logs:PutLogEvents arn:aws:logs:eu-west-1:123456789012:log-group:/app:log-stream:s"],
    );
}

#[test]
fn a_batch_of_notifications_is_published_like_one() {
    let topic = "arn:aws:sns:eu-west-1:123456789012:news";
    check::<PublishBatch>(
        &PublishBatchInput {
            topic_arn: topic.into(),
            ..PublishBatchInput::default()
        },
        &[&format!("sns:Publish {topic}")],
    );
    check::<Unsubscribe>(
        &UnsubscribeInput {
            subscription_arn: format!("{topic}:0a1b"),
        },
        &[&format!("sns:Unsubscribe {topic}")],
    );
}

#[test]
fn events_are_put_on_their_buses() {
    let entry = |bus: Option<&str>| PutEventsRequestEntry {
        source: Some("app".into()),
        event_bus_name: bus.map(Into::into),
        ..PutEventsRequestEntry::default()
    };
    check::<PutEvents>(
        &PutEventsInput {
            entries: vec![entry(Some("mine")), entry(None), entry(Some("mine"))],
            ..PutEventsInput::default()
        },
        &[
            "events:PutEvents arn:aws:events:eu-west-1:123456789012:event-bus/default",
            "events:PutEvents arn:aws:events:eu-west-1:123456789012:event-bus/mine",
        ],
    );
    check::<PutTargets>(
        &PutTargetsInput {
            rule: "r".into(),
            event_bus_name: Some("mine".into()),
            ..PutTargetsInput::default()
        },
        &["events:PutTargets arn:aws:events:eu-west-1:123456789012:rule/mine/r"],
    );
}

#[test]
fn archives_and_replays_have_arns_of_their_own() {
    check::<DescribeArchive>(
        &DescribeArchiveInput {
            archive_name: "all".into(),
        },
        &["events:DescribeArchive arn:aws:events:eu-west-1:123456789012:archive/all"],
    );
    check::<CancelReplay>(
        &CancelReplayInput {
            replay_name: "again".into(),
        },
        &["events:CancelReplay arn:aws:events:eu-west-1:123456789012:replay/again"],
    );
}

#[test]
fn nobody_needs_a_permission_to_ask_who_they_are() {
    check::<GetCallerIdentity>(&GetCallerIdentityInput::default(), &[]);
}

#[test]
fn an_execution_is_started_on_its_machine() {
    let machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:flow";
    check::<StartExecution>(
        &StartExecutionInput {
            state_machine_arn: machine.into(),
            ..StartExecutionInput::default()
        },
        &[&format!("states:StartExecution {machine}")],
    );
    check::<CreateStateMachine>(
        &CreateStateMachineInput {
            name: "flow".into(),
            ..CreateStateMachineInput::default()
        },
        &[&format!("states:CreateStateMachine {machine}")],
    );
}

#[test]
fn an_object_that_a_task_reads_is_named_by_its_bucket() {
    check::<GetObject>(
        &GetObjectInput {
            bucket: "b".into(),
            key: "a/k".into(),
            ..GetObjectInput::default()
        },
        &["s3:GetObject arn:aws:s3:::b/a/k"],
    );
}

#[test]
fn a_role_is_the_resource_of_what_is_done_with_it() {
    check::<AssumeRole>(
        &AssumeRoleInput {
            role_arn: "arn:aws:iam::123456789012:role/r".into(),
            ..AssumeRoleInput::default()
        },
        &["sts:AssumeRole arn:aws:iam::123456789012:role/r"],
    );
    check::<GetRole>(
        &GetRoleInput {
            role_name: "r".into(),
        },
        &["iam:GetRole arn:aws:iam::123456789012:role/r"],
    );
}

#[test]
fn api_gateways_actions_are_methods_on_paths() {
    check::<GetStage>(
        &GetStageInput {
            api_id: "abc".into(),
            stage_name: "prod".into(),
        },
        &["apigateway:GET arn:aws:apigateway:eu-west-1::/apis/abc/stages/prod"],
    );
    check::<GetApiKey>(
        &GetApiKeyInput {
            api_key: "jxnwdo88kr".into(),
            include_value: Some(true),
        },
        &["apigateway:GET arn:aws:apigateway:eu-west-1::/apikeys/jxnwdo88kr"],
    );
}
