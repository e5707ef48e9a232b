//! Calls that are made again with the token of the first one.

use super::*;

fn creation(token: &str) -> api::CreateStackInput {
    api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(thing("A", "1")),
        client_request_token: Some(token.to_owned()),
        ..Default::default()
    }
}

fn update(token: &str, value: &str) -> api::UpdateStackInput {
    api::UpdateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(thing("A", value)),
        client_request_token: Some(token.to_owned()),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_creation_that_is_asked_for_again_is_the_same_one() {
    let bench = bench();
    let first = bench.call::<api::CreateStack>(creation("t")).await.unwrap();
    let again = bench.call::<api::CreateStack>(creation("t")).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(bench.things.calls(), ["create A"]);
    refused(
        bench.call::<api::CreateStack>(creation("other")).await,
        "AlreadyExistsException",
        "Stack [s] already exists",
    );
}

#[tokio::test]
async fn an_update_that_is_asked_for_again_is_the_same_one() {
    let bench = bench();
    bench.call::<api::CreateStack>(creation("t")).await.unwrap();
    let first = bench.call::<api::UpdateStack>(update("u", "2")).await;
    let again = bench.call::<api::UpdateStack>(update("u", "2")).await;
    assert_eq!(first.unwrap(), again.unwrap());
    refused(
        bench.call::<api::UpdateStack>(update("v", "2")).await,
        "ValidationError",
        "No updates are to be performed.",
    );
}

#[tokio::test]
async fn a_token_is_for_one_operation() {
    let bench = bench();
    bench.call::<api::CreateStack>(creation("t")).await.unwrap();
    let text = "ClientRequestToken [t] already exists";
    refused(
        bench.call::<api::UpdateStack>(update("t", "2")).await,
        "TokenAlreadyExistsException",
        text,
    );
    let deletion = api::DeleteStackInput {
        stack_name: "s".to_owned(),
        client_request_token: Some("t".to_owned()),
        ..Default::default()
    };
    refused(
        bench.call::<api::DeleteStack>(deletion).await,
        "TokenAlreadyExistsException",
        text,
    );
}

#[tokio::test]
async fn a_change_set_that_is_asked_for_or_executed_again_is_the_same_one() {
    let bench = bench();
    let input = |token: &str| api::CreateChangeSetInput {
        stack_name: "s".to_owned(),
        change_set_name: "c".to_owned(),
        change_set_type: Some(ChangeSetType::Create),
        template_body: Some(thing("A", "1")),
        client_token: Some(token.to_owned()),
        ..Default::default()
    };
    let first = bench.call::<api::CreateChangeSet>(input("t")).await;
    let again = bench.call::<api::CreateChangeSet>(input("t")).await;
    assert_eq!(first.unwrap(), again.unwrap());
    refused(
        bench.call::<api::CreateChangeSet>(input("other")).await,
        "AlreadyExistsException",
        "ChangeSet [c] already exists",
    );
    let execution = || api::ExecuteChangeSetInput {
        stack_name: Some("s".to_owned()),
        change_set_name: "c".to_owned(),
        client_request_token: Some("e".to_owned()),
        ..Default::default()
    };
    for _ in 0..2 {
        let executed = bench.call::<api::ExecuteChangeSet>(execution());
        executed.await.unwrap();
    }
    assert_eq!(bench.things.calls(), ["create A"]);
}
