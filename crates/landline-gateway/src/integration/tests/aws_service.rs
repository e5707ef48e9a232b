//! `AWS` to a service action: a table is written without any function.

use std::sync::Arc;

use landline_api::dynamodb::{PutItem, PutItemInput, PutItemOutput};
use landline_api::iam::{CreateRole, CreateRoleInput, CreateRoleOutput, Role};
use landline_wire::{Caller, ServiceError};
use parking_lot::Mutex;

use super::*;
use crate::deployment::snapshot::{AwsAction, StageTemplate};
use crate::quotas::Limits;

fn action(uri: &str) -> Making {
    Making::new(IntegrationTarget::Aws(AwsAction {
        method: "POST".to_owned(),
        uri: StageTemplate::new(uri),
    }))
}

const PUT: &str = "arn:aws:apigateway:eu-central-1:dynamodb:action/PutItem";
const ITEM: &str = r#"{"TableName":"connections","Item":{"id":{"S":"$context.connectionId"}}}"#;

#[tokio::test]
async fn a_message_becomes_an_item_of_a_table() {
    let puts = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&puts);
    let node = Node::with_services(&[], Limits::default(), |builder| {
        builder.register_fn::<PutItem, _>(move |input: PutItemInput, caller: &Caller| {
            seen.lock()
                .push((input.table_name, caller.principal.to_string()));
            Ok(PutItemOutput::default())
        });
    });
    let role = "arn:aws:iam::123456789012:role/gateway";
    let making = action(PUT)
        .template(ITEM)
        .response("$default", "stored")
        .change(|it| it.credentials = Some(StageTemplate::new(role)));
    node.deploy([making.two_way("$default")]);
    assert_eq!(answer_to(&node, "x").await, "stored");
    let expected = ("connections".to_owned(), role.to_owned());
    assert_eq!(*puts.lock(), [expected]);
}

#[tokio::test]
async fn the_status_of_a_refusal_selects_the_integration_response() {
    let node = Node::with_services(&[], Limits::default(), |builder| {
        builder.register_fn::<PutItem, _>(|_, _: &Caller| {
            Err(ServiceError::new(
                "ResourceNotFoundException",
                400,
                "no table",
            ))
        });
    });
    let making = action(PUT)
        .template(ITEM)
        .response("/4\\d{2}/", "refused: $input.path('$.message')")
        .response("$default", "stored");
    node.deploy([making.two_way("$default")]);
    assert_eq!(answer_to(&node, "x").await, "refused: no table");
}

#[tokio::test]
async fn a_query_service_gets_its_parameters_as_a_form() {
    let names = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&names);
    let node = Node::with_services(&[], Limits::default(), |builder| {
        builder.register_fn::<CreateRole, _>(move |input: CreateRoleInput, _: &Caller| {
            seen.lock().push(input.role_name.clone());
            Ok(CreateRoleOutput {
                role: Role {
                    role_name: input.role_name,
                    ..Role::default()
                },
            })
        });
    });
    let making = action("arn:aws:apigateway:eu-central-1:iam:action/CreateRole")
        .parameter("integration.request.querystring.RoleName", "'ann'")
        .parameter(
            "integration.request.querystring.AssumeRolePolicyDocument",
            "'{}'",
        )
        .passing_response("$default");
    node.deploy([making.two_way("$default")]);
    // The message is the rest of the form.
    let answer = answer_to(&node, "Description=x").await;
    assert!(answer.contains("<CreateRoleResponse"), "{answer}");
    assert_eq!(*names.lock(), ["ann"]);
}

#[tokio::test]
async fn a_service_that_is_not_here_answers_like_one_that_cannot_be_reached() {
    let node = Node::start(&[]);
    let uri = "arn:aws:apigateway:eu-central-1:states:action/StartExecution";
    node.deploy([action(uri).template("{}").one_way("$default")]);
    assert!(is_error(&answer_to(&node, "x").await));
}

#[tokio::test]
async fn a_uri_that_names_no_action_gives_an_error_frame() {
    let node = Node::start(&[]);
    for uri in ["", "arn:aws:dynamodb:action/PutItem", "https://example.com"] {
        node.deploy([action(uri).template("{}").one_way("$default")]);
        assert!(is_error(&answer_to(&node, "x").await), "{uri}");
    }
}
