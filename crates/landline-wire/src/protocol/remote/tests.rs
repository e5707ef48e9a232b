//! The client's side of the `json` protocol, against an endpoint that says what it was asked.

use super::*;

#[test]
fn an_error_of_the_other_side_stays_what_it_is() {
    let body = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"The conditional request failed","Item":{"id":{"S":"1"}}}"#;
    let response = Response::builder().status(400).body(Bytes::from(body));
    let error = refusal(&response.unwrap());
    assert_eq!(error.code, "ConditionalCheckFailedException");
    assert_eq!(error.status, 400);
    assert_eq!(error.message, "The conditional request failed");
    let item = serde_json::json!({ "id": { "S": "1" } });
    assert_eq!(error.fields, [("Item".into(), item)]);
}

#[test]
fn what_is_no_error_document_is_an_internal_error() {
    let response = Response::builder().status(502).body(Bytes::from("<html>"));
    let error = refusal(&response.unwrap());
    assert_eq!((&*error.code, error.status), ("InternalServerError", 502));
}
