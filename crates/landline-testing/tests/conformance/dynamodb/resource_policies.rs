//! Resource policies: kept whole, with a revision that a change may insist on.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Service, table};

const ARN: &str = "arn:aws:dynamodb:us-east-1:000000000000:table/Tab";

fn policy(action: &str) -> String {
    json!({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Action": action, "Resource": "*"}],
    })
    .to_string()
}

fn put(service: &Service, action: &str) -> Value {
    let input = json!({"ResourceArn": ARN, "Policy": policy(action)});
    service.call("PutResourcePolicy", input)["RevisionId"].clone()
}

fn get(service: &Service) -> Value {
    service.call("GetResourcePolicy", json!({"ResourceArn": ARN}))
}

#[test]
fn a_policy_comes_back_as_it_was_put() {
    let service = Service::with_table(&["id:S"]);
    let revision = put(&service, "dynamodb:*");
    let expected = json!({"Policy": policy("dynamodb:*"), "RevisionId": revision});
    assert_eq!(get(&service), expected);
}

#[test]
fn only_another_policy_is_another_revision() {
    let service = Service::with_table(&["id:S"]);
    let first = put(&service, "dynamodb:*");
    service.advance(Duration::from_secs(1));
    assert_eq!(put(&service, "dynamodb:*"), first);
    let second = put(&service, "dynamodb:GetItem");
    assert!(second.as_str() > first.as_str());
    // Even where the clock stands still.
    assert!(put(&service, "dynamodb:PutItem").as_str() > second.as_str());
}

#[test]
fn a_change_may_insist_on_a_revision() {
    let service = Service::with_table(&["id:S"]);
    let with = |revision: &Value| json!({"ResourceArn": ARN, "Policy": policy("dynamodb:Scan"), "ExpectedRevisionId": revision});
    let none = json!("NO_POLICY");
    let first = service.call("PutResourcePolicy", with(&none))["RevisionId"].clone();
    let first_text = first.as_str().unwrap();
    let opening =
        "PolicyNotFoundException: Resource-based policy not found for the provided ResourceArn:";
    assert_eq!(
        service.refusal("PutResourcePolicy", with(&none)),
        format!(
            "{opening} Requested policy update expecting none to be present for table Tab, but a policy exists with revision id {first_text}."
        )
    );
    let stale = json!({"ResourceArn": ARN, "ExpectedRevisionId": "1"});
    assert_eq!(
        service.refusal("DeleteResourcePolicy", stale),
        format!(
            "{opening} Requested update for policy with revision id 1, but the policy associated to target table Tab has revision id {first_text}."
        )
    );
    let input = json!({"ResourceArn": ARN, "ExpectedRevisionId": first});
    assert_eq!(
        service.call("DeleteResourcePolicy", input)["RevisionId"],
        first
    );
}

#[test]
fn what_is_not_there_can_be_deleted_but_not_read() {
    let service = Service::with_table(&["id:S"]);
    let input = json!({"ResourceArn": ARN});
    let deleted = service.call("DeleteResourcePolicy", input.clone());
    assert_eq!(deleted["RevisionId"], "");
    assert_eq!(
        service.refusal("GetResourcePolicy", input),
        format!(
            "PolicyNotFoundException: Resource-based policy not found for the provided ResourceArn: {ARN}"
        )
    );
    let unknown = json!({"ResourceArn": format!("{ARN}_")});
    assert_eq!(
        service.refusal("GetResourcePolicy", unknown),
        "ResourceNotFoundException: Requested resource not found: Table: Tab_ not found"
    );
}

#[test]
fn a_table_may_be_made_with_a_policy_and_its_stream_has_one_of_its_own() {
    let service = Service::new();
    let mut input = table("Tab", &["id:S"]);
    input["ResourcePolicy"] = json!(policy("dynamodb:Query"));
    input["StreamSpecification"] = json!({"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"});
    service.call("CreateTable", input);
    assert_eq!(get(&service)["Policy"], json!(policy("dynamodb:Query")));

    let described = service.call("DescribeTable", json!({"TableName": "Tab"}));
    let stream = &described["Table"]["LatestStreamArn"];
    let read = json!({"ResourceArn": stream});
    let refused = service.refusal("GetResourcePolicy", read.clone());
    assert!(refused.starts_with("PolicyNotFoundException"), "{refused}");
    let of_stream = policy("dynamodb:GetRecords");
    service.call(
        "PutResourcePolicy",
        json!({"ResourceArn": stream, "Policy": of_stream}),
    );
    assert_eq!(
        service.call("GetResourcePolicy", read)["Policy"],
        json!(of_stream)
    );
    assert_eq!(get(&service)["Policy"], json!(policy("dynamodb:Query")));
}

#[test]
fn what_is_no_policy_is_refused() {
    let service = Service::with_table(&["id:S"]);
    let input = json!({"ResourceArn": ARN, "Policy": "{"});
    let refused = service.refusal("PutResourcePolicy", input);
    assert!(
        refused.starts_with("ValidationException: Invalid policy document"),
        "{refused}"
    );
}
