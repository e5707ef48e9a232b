//! What a transform makes only under a condition: roles, destinations, routes and implied APIs.

use serde_json::{Value as Json, json};

use super::super::parse_text;
use super::*;

fn transformed(text: &str) -> Json {
    let text = format!(
        "Transform: AWS::Serverless-2016-10-31\nConditions: {{C: !Equals [a, b], D: !Equals [a, c]}}\n{text}"
    );
    transform(parse_text(&text).unwrap()).unwrap().to_json()
}

fn function(id: &str, attributes: &str, more: &str) -> String {
    format!(
        "  {id}: {{Type: 'AWS::Serverless::Function', {attributes} Properties: {{Handler: a.h, Runtime: r, InlineCode: x, {more}}}}}\n"
    )
}

#[test]
fn a_role_is_made_where_a_condition_leaves_it_out() {
    let first = function("F", "", "Role: !If [C, !Ref 'AWS::NoValue', arn:r]");
    let second = function("G", "", "Role: !If [C, arn:r, !Ref 'AWS::NoValue']");
    let made = transformed(&format!("Resources:\n{first}{second}"));
    let resources = &made["Resources"];
    let own = |id: &str| json!({"Fn::GetAtt": [id, "Arn"]});
    let role = &resources["F"]["Properties"]["Role"];
    assert_eq!(*role, json!({"Fn::If": ["C", own("FRole"), "arn:r"]}));
    assert_eq!(resources["FRole"]["Condition"], "C");
    let role = &resources["G"]["Properties"]["Role"];
    assert_eq!(*role, json!({"Fn::If": ["C", "arn:r", own("GRole")]}));
    assert_eq!(resources["GRole"]["Condition"], "NOTC");
    let not = json!({"Fn::Not": [{"Condition": "C"}]});
    assert_eq!(made["Conditions"]["NOTC"], not);
}

#[test]
fn a_destination_that_is_not_named_is_made() {
    let text = function(
        "F",
        "",
        "EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: SQS}, OnFailure: {Type: SNS, Destination: !If [C, !Ref 'AWS::NoValue', arn:t]}}}",
    );
    let made = transformed(&format!("Resources:\n{text}"));
    let resources = &made["Resources"];
    let queue = "FEventInvokeConfigOnSuccessQueue";
    let topic = "FEventInvokeConfigOnFailureTopic";
    assert_eq!(resources[queue]["Type"], "AWS::SQS::Queue");
    assert_eq!(resources[topic]["Condition"], "C");
    let config = &resources["FEventInvokeConfig"]["Properties"]["DestinationConfig"];
    let to_topic = json!({"Fn::If": ["C", {"Ref": topic}, "arn:t"]});
    assert_eq!(
        *config,
        json!({
            "OnSuccess": {"Destination": {"Fn::GetAtt": [queue, "Arn"]}},
            "OnFailure": {"Destination": to_topic},
        })
    );
    let policies = &resources["FRole"]["Properties"]["Policies"];
    assert_eq!(
        policies[0]["PolicyName"],
        "FEventInvokeConfigOnSuccessSQSPolicy"
    );
    let statement = &policies[1]["PolicyDocument"]["Statement"][0];
    assert_eq!(statement["Resource"], to_topic);
}

#[test]
fn an_implied_api_is_there_if_one_of_its_functions_is() {
    let route = |path: &str, method: &str| {
        format!("Events: {{E: {{Type: Api, Properties: {{Path: {path}, Method: {method}}}}}}}")
    };
    let first = function("F", "Condition: C,", &route("/a", "get"));
    let second = function("G", "Condition: D,", &route("/a", "post"));
    let made = transformed(&format!("Resources:\n{first}{second}"));
    let either = json!({"Fn::Or": [{"Condition": "C"}, {"Condition": "D"}]});
    assert_eq!(made["Conditions"]["ServerlessRestApiCondition"], either);
    let name = "ServerlessRestApiSLASHaPathCondition";
    assert_eq!(made["Conditions"][name], either);
    let api = &made["Resources"]["ServerlessRestApi"];
    assert_eq!(api["Condition"], "ServerlessRestApiCondition");
    let path = &api["Properties"]["Body"]["paths"]["/a"]["Fn::If"];
    assert_eq!(path[0], name);
    assert_eq!(path[1]["get"]["Fn::If"][0], "C");
    assert_eq!(path[2], json!({"Ref": "AWS::NoValue"}));

    let always = function("H", "", &route("/b", "get"));
    let made = transformed(&format!("Resources:\n{first}{always}"));
    let api = &made["Resources"]["ServerlessRestApi"];
    assert_eq!(api["Condition"], Json::Null);
    let paths = &api["Properties"]["Body"]["paths"];
    assert_eq!(paths["/a"]["Fn::If"][0], "C");
    assert_eq!(paths["/b"]["get"]["Fn::If"], Json::Null);
}
