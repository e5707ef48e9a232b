//! Structure of a state machine: top-level fields, states, transitions.
//!
//! <https://states-language.net/spec.html#structure-of-a-state-machine>

use landline_testing::Node;
use serde_json::{Value, json};

use super::{findings, output};

fn pass() -> Value {
    json!({ "Type": "Pass", "End": true })
}

#[tokio::test]
async fn a_machine_begins_at_start_at_and_follows_next() {
    let node = Node::start().await;
    let definition = json!({
        "Comment": "two steps", "Version": "1.0", "StartAt": "B",
        "States": {
            "A": { "Type": "Pass", "Result": 2, "ResultPath": "$.a", "End": true },
            "B": { "Type": "Pass", "Result": 1, "ResultPath": "$.b", "Next": "A" },
        },
    });
    let made = output(&node, &definition, &json!({})).await;
    assert_eq!(made, json!({ "b": 1, "a": 2 }));
}

#[tokio::test]
async fn a_machine_has_to_have_states_and_a_start() {
    let node = Node::start().await;
    let at_start = |message: &str| vec![(message.to_owned(), "/".to_owned())];
    assert_eq!(
        findings(&node, &json!({})).await,
        at_start("These fields are required: [States, StartAt]")
    );
    assert_eq!(
        findings(&node, &json!({ "States": { "A": pass() } })).await,
        at_start("These fields are required: [StartAt]")
    );
    let elsewhere = json!({ "StartAt": "B", "States": { "A": pass() } });
    let found = findings(&node, &elsewhere).await;
    let missing = (
        "Missing 'StartAt' target: B".to_owned(),
        "/StartAt".to_owned(),
    );
    assert!(found.contains(&missing), "{found:?}");
}

#[tokio::test]
async fn a_state_leads_somewhere_or_is_the_end() {
    let node = Node::start().await;
    for (state, message, place) in [
        (
            json!({ "Type": "Pass", "Next": "None" }),
            "Missing 'Next' target: None",
            "/States/A/Next",
        ),
        (
            json!({ "Type": "Whatever", "End": true }),
            "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]",
            "/States/A/Type",
        ),
        (
            json!({ "Type": "Succeed", "Next": "A" }),
            "Field is not supported",
            "/States/A/Next",
        ),
    ] {
        let definition = json!({ "StartAt": "A", "States": { "A": state } });
        let found = findings(&node, &definition).await;
        let expected = (message.to_owned(), place.to_owned());
        assert!(found.contains(&expected), "{definition}: {found:?}");
    }
}

#[tokio::test]
async fn no_state_is_out_of_reach_and_no_name_is_there_twice() {
    let node = Node::start().await;
    let lonely = json!({ "StartAt": "A", "States": { "A": pass(), "B": pass() } });
    assert_eq!(
        findings(&node, &lonely).await,
        [(
            "State \"B\" is not reachable.".to_owned(),
            "/States/B".to_owned()
        )]
    );
    let twice = json!({
        "StartAt": "A",
        "States": {
            "A": {
                "Type": "Parallel", "End": true,
                "Branches": [{ "StartAt": "A", "States": { "A": pass() } }],
            },
        },
    });
    let found = findings(&node, &twice).await;
    assert_eq!(found[0].0, "Duplicate State name: A");
}

#[tokio::test]
async fn a_machine_may_speak_jsonata_and_a_state_may_for_itself() {
    let node = Node::start().await;
    let definition = json!({
        "StartAt": "Path",
        "States": {
            "Path": { "Type": "Pass", "Parameters": { "n.$": "$.n" }, "Next": "Program" },
            "Program": {
                "Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.input.n + 1 %}", "End": true,
            },
        },
    });
    assert_eq!(
        output(&node, &definition, &json!({ "n": 1 })).await,
        json!(2)
    );
    let mut reversed = definition;
    reversed["QueryLanguage"] = "JSONata".into();
    reversed["States"]["Path"]["QueryLanguage"] = "JSONPath".into();
    let found = findings(&node, &reversed).await;
    assert!(
        found[0]
            .0
            .contains("can not be 'JSONPath' if set to 'JSONata'"),
        "{found:?}"
    );
}
