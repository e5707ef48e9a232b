//! Using AWS Lambda with Amazon DynamoDB.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>

use landline_api::dynamodb::{self, AttributeValue};
use landline_api::lambda as api;
use landline_testing::{Answer, Node};
use serde_json::{Value, json};

use super::create_function;

/// Makes a table `connections` with a stream, and gives the stream's ARN.
async fn create_table(node: &Node) -> String {
    let made = node
        .call::<dynamodb::CreateTable>(dynamodb::CreateTableInput {
            table_name: "connections".to_owned(),
            billing_mode: Some(dynamodb::BillingMode::PayPerRequest),
            key_schema: Some(vec![dynamodb::KeySchemaElement {
                attribute_name: "id".to_owned(),
                key_type: dynamodb::KeyType::Hash,
            }]),
            attribute_definitions: Some(vec![dynamodb::AttributeDefinition {
                attribute_name: "id".to_owned(),
                attribute_type: dynamodb::ScalarAttributeType::S,
            }]),
            stream_specification: Some(dynamodb::StreamSpecification {
                stream_enabled: true,
                stream_view_type: Some(dynamodb::StreamViewType::NewAndOldImages),
            }),
            ..Default::default()
        })
        .await;
    made.table_description.unwrap().latest_stream_arn.unwrap()
}

async fn put(node: &Node, id: &str, room: &str) {
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let item = [("id", id), ("room", room)];
    node.call::<dynamodb::PutItem>(dynamodb::PutItemInput {
        table_name: "connections".to_owned(),
        item: item
            .map(|(name, value)| (name.to_owned(), text(value)))
            .into(),
        ..Default::default()
    })
    .await;
}

async fn map(node: &Node, arn: &str, change: impl FnOnce(&mut api::CreateEventSourceMappingInput)) {
    let mut input = api::CreateEventSourceMappingInput {
        event_source_arn: Some(arn.to_owned()),
        function_name: "notify".to_owned(),
        starting_position: Some(api::EventSourcePosition::Latest),
        ..Default::default()
    };
    change(&mut input);
    node.call::<api::CreateEventSourceMapping>(input).await;
}

/// The records that the function saw, once there are as many.
async fn records(node: &Node, count: usize) -> Vec<Value> {
    let mut calls = 1;
    loop {
        let seen = node.functions.wait_for("notify", calls).await;
        calls = seen.len() + 1;
        let records = seen
            .iter()
            .flat_map(|call| call.event["Records"].as_array().unwrap());
        let records: Vec<Value> = records.cloned().collect();
        if records.len() >= count {
            return records;
        }
    }
}

#[tokio::test]
async fn changes_of_items_reach_the_function_in_order() {
    let node = Node::start().await;
    let arn = create_table(&node).await;
    create_function(&node, "notify").await;
    put(&node, "before", "x").await;
    map(&node, &arn, |_| {}).await;
    put(&node, "a", "one").await;
    put(&node, "a", "two").await;
    let key = [("id".to_owned(), AttributeValue::S("a".to_owned()))];
    node.call::<dynamodb::DeleteItem>(dynamodb::DeleteItemInput {
        table_name: "connections".to_owned(),
        key: key.into(),
        ..Default::default()
    })
    .await;
    let seen = records(&node, 3).await;
    let names: Vec<&Value> = seen.iter().map(|record| &record["eventName"]).collect();
    assert_eq!(names, ["INSERT", "MODIFY", "REMOVE"]);
    let modified = &seen[1];
    assert_eq!(modified["eventSource"], "aws:dynamodb");
    assert_eq!(modified["eventVersion"], "1.1");
    assert_eq!(modified["eventSourceARN"], json!(arn));
    let change = &modified["dynamodb"];
    assert_eq!(change["Keys"], json!({ "id": { "S": "a" } }));
    assert_eq!(change["OldImage"]["room"], json!({ "S": "one" }));
    assert_eq!(change["NewImage"]["room"], json!({ "S": "two" }));
    assert_eq!(change["StreamViewType"], "NEW_AND_OLD_IMAGES");
}

#[tokio::test]
async fn a_filter_keeps_the_function_from_other_changes() {
    let node = Node::start().await;
    let arn = create_table(&node).await;
    create_function(&node, "notify").await;
    let pattern = json!({
        "eventName": ["INSERT"],
        "dynamodb": { "NewImage": { "room": { "S": [{ "prefix": "lobby" }] } } },
    });
    map(&node, &arn, |input| {
        input.filter_criteria = Some(api::FilterCriteria {
            filters: Some(vec![api::Filter {
                pattern: Some(pattern.to_string()),
            }]),
        });
    })
    .await;
    put(&node, "a", "kitchen").await;
    put(&node, "b", "lobby-1").await;
    let seen = records(&node, 1).await;
    assert_eq!(seen[0]["dynamodb"]["Keys"]["id"]["S"], "b");
}

#[tokio::test]
async fn a_record_that_fails_comes_again_and_holds_up_those_behind_it() {
    let node = Node::start().await;
    let arn = create_table(&node).await;
    create_function(&node, "notify").await;
    let failures = std::sync::atomic::AtomicUsize::new(0);
    node.functions.script("notify", move |_| {
        match failures.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => Answer::Throws("not now"),
            _ => Answer::Returns(Value::Null),
        }
    });
    map(&node, &arn, |input| input.batch_size = Some(1)).await;
    put(&node, "a", "x").await;
    put(&node, "b", "x").await;
    let seen = records(&node, 3).await;
    let ids: Vec<&Value> = seen
        .iter()
        .map(|record| &record["dynamodb"]["Keys"]["id"]["S"])
        .collect();
    assert_eq!(ids, ["a", "a", "b"]);
}

#[tokio::test]
async fn a_mapping_goes_on_after_a_restart() {
    let node = Node::start().await;
    let arn = create_table(&node).await;
    create_function(&node, "notify").await;
    map(&node, &arn, |_| {}).await;
    put(&node, "a", "x").await;
    records(&node, 1).await;
    let processed = async || {
        let input = api::ListEventSourceMappingsInput::default();
        let listed = node.call::<api::ListEventSourceMappings>(input).await;
        let mapping = listed.event_source_mappings.unwrap().remove(0);
        mapping.last_processing_result.unwrap()
    };
    while processed().await != "OK" {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let node = node.restart().await;
    put(&node, "b", "x").await;
    let seen = records(&node, 1).await;
    assert_eq!(seen.last().unwrap()["dynamodb"]["Keys"]["id"]["S"], "b");
}
