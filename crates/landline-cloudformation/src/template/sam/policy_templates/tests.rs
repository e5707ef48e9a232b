//! What templates become.

use serde_json::{Value as Json, json};

use super::*;

fn statements(name: &str, parameters: &Json) -> Json {
    let parameters = Node::from_json(1, parameters);
    let document = document(name, &parameters, 1).unwrap().unwrap();
    document.to_json()["Statement"].clone()
}

#[test]
fn a_bucket_has_neither_region_nor_account() {
    let read = statements("S3ReadPolicy", &json!({"BucketName": {"Ref": "B"}}));
    let bucket = json!({"Fn::Sub": ["arn:${AWS::Partition}:s3:::${bucketName}", {"bucketName": {"Ref": "B"}}]});
    assert_eq!(read[0]["Resource"][0], bucket);
    assert_eq!(read[0]["Action"][1], "s3:ListBucket");
}

#[test]
fn a_text_has_only_the_parameters_that_it_names() {
    let parameters = json!({"TableName": "t", "StreamName": "s"});
    let read = statements("DynamoDBStreamReadPolicy", &parameters);
    let named = |index: usize| &read[index]["Resource"]["Fn::Sub"][1];
    assert_eq!(named(0), &json!({"tableName": "t", "streamName": "s"}));
    assert_eq!(named(1), &json!({"tableName": "t"}));
}

#[test]
fn a_template_without_parameters_allows_everything() {
    let textract = json!([{"Action": ["textract:*"], "Effect": "Allow", "Resource": "*"}]);
    assert_eq!(statements("TextractPolicy", &json!({})), textract);
}

#[test]
fn a_missing_parameter_and_an_unknown_template_are_told() {
    let told = |name| {
        let refused = document(name, &Node::object(7), 7);
        refused.unwrap_err().to_string()
    };
    assert_eq!(
        told("SQSPollerPolicy"),
        "Must specify valid parameter values for policy template 'SQSPollerPolicy': QueueName is missing (line 7)"
    );
    assert!(told("NobodysPolicy").starts_with("Policy template 'NobodysPolicy' is not supported"));
}
