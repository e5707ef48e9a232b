//! What a template names and does not hold.

use serde_json::json;

use super::tests::{refused, resources};

#[test]
fn an_application_becomes_a_nested_stack() {
    let made = resources(
        "Resources:\n  A: {Type: 'AWS::Serverless::Application', Properties: {Location: 'https://s3.us-east-1.amazonaws.com/b/k', Parameters: {P: 1}}}\n",
    );
    assert_eq!(
        made["A"],
        json!({
            "Type": "AWS::CloudFormation::Stack",
            "Properties": {
                "TemplateURL": "https://s3.us-east-1.amazonaws.com/b/k", "Parameters": {"P": 1},
                "Tags": [{"Key": "lambda:createdBy", "Value": "SAM"}],
            },
        })
    );
}

#[test]
fn what_lies_elsewhere_is_refused_in_words_that_say_so() {
    refused(
        "Resources:\n  R: {Type: 'AWS::Serverless::Application', Properties: {Location: {ApplicationId: a, SemanticVersion: 1.0.0}}}\n",
        "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. Resource with id [R] is invalid. the application lies in the AWS Serverless Application Repository, which Landline does not reach; download its template and name it in 'Location'. (R, line 3)",
    );
}

#[test]
fn a_definition_that_lies_elsewhere_is_named_by_its_place() {
    let made = resources(
        "Resources:\n  H: {Type: 'AWS::Serverless::HttpApi', Properties: {DefinitionUri: 's3://b/k.yaml'}}\n",
    );
    assert_eq!(
        made["H"]["Properties"],
        json!({"BodyS3Location": {"Bucket": "b", "Key": "k.yaml"}})
    );
}
