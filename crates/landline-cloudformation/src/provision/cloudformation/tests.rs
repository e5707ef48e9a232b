//! Stacks in stacks, custom resources and wait conditions, with a function that answers as scripted.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use landline_api::lambda::{Invoke, InvokeOutput};
use landline_store::open_memory;
use landline_wire::dispatcher::BoxFuture;
use landline_wire::{Caller, DispatcherBuilder, ManualClock, Timestamp};
use parking_lot::Mutex;
use serde_json::{Value as Json, json};

use super::*;
use crate::callbacks::token_in;
use crate::sources::{ObjectLocation, Sources};
use crate::stack::{DeployError, Deployed, Deployment, Progress, StackStatus};
use crate::things::Things;

type Shelf = Arc<Mutex<BTreeMap<String, String>>>;

/// The templates of nested stacks, by key.
struct Shelves(Shelf);

impl Sources for Shelves {
    fn object<'a>(
        &'a self,
        location: &'a ObjectLocation,
        _caller: &'a Caller,
    ) -> BoxFuture<'a, Result<Bytes, String>> {
        Box::pin(async move {
            let found = self.0.lock().get(&location.key).cloned();
            found.map(Bytes::from).ok_or_else(|| "no such key".into())
        })
    }

    fn parameter<'a>(
        &'a self,
        _name: &'a str,
        _caller: &'a Caller,
    ) -> BoxFuture<'a, Result<String, String>> {
        Box::pin(async { Err("no parameters".to_owned()) })
    }
}

struct Bench {
    stacks: Arc<Stacks>,
    things: Things,
    templates: Shelf,
    /// What the function was sent.
    requests: Arc<Mutex<Vec<Json>>>,
    /// What it answers, beside its status: by the kind of request.
    answers: Arc<Mutex<BTreeMap<String, Json>>>,
    /// How the function ends where it does not answer.
    failure: Arc<Mutex<Option<InvokeOutput>>>,
}

fn bench() -> Bench {
    let (things, templates) = (Things::default(), Shelf::default());
    let requests = Arc::<Mutex<Vec<Json>>>::default();
    let answers = Arc::<Mutex<BTreeMap<String, Json>>>::default();
    let failure = Arc::<Mutex<Option<InvokeOutput>>>::default();
    let callbacks = Arc::<Callbacks>::default();
    let mut builder = DispatcherBuilder::new();
    let (mailbox, seen, scripted) = (callbacks.clone(), requests.clone(), answers.clone());
    let fails = failure.clone();
    builder.register_fn::<Invoke, _>(move |input, _caller| {
        let event: Json = serde_json::from_slice(&input.payload.unwrap()).unwrap();
        if let Some(failure) = fails.lock().clone() {
            seen.lock().push(event);
            return Ok(failure);
        }
        let kind = event["RequestType"].as_str().unwrap();
        let mut answer = json!({"Status": "SUCCESS", "PhysicalResourceId": "thing-1"});
        if let Some(Json::Object(more)) = scripted.lock().get(kind) {
            answer.as_object_mut().unwrap().extend(more.clone());
        }
        let token = token_in(event["ResponseURL"].as_str().unwrap()).unwrap();
        assert!(mailbox.deliver(token, Bytes::from(answer.to_string())));
        seen.lock().push(event);
        Ok(InvokeOutput {
            log_result: Some(
                STANDARD.encode("START RequestId: 1\nno space left\nEND RequestId: 1\n"),
            ),
            ..Default::default()
        })
    });
    let mut providers = Providers::default();
    providers.add(things.clone());
    let link = StacksLink::default();
    let dispatcher = builder.seal();
    add_stack_types(&mut providers, &dispatcher, &callbacks, &link);
    let stacks = Stacks::new(
        open_memory(),
        providers,
        Arc::new(ManualClock::at(Timestamp::from_millis(1_000))),
        Caller::root("123456789012", "us-east-1"),
    )
    .with_sources(Arc::new(Shelves(templates.clone())))
    .with_callbacks(callbacks);
    let stacks = Arc::new(stacks);
    link.tie(&stacks);
    Bench {
        stacks,
        things,
        templates,
        requests,
        answers,
        failure,
    }
}

impl Bench {
    async fn deploy(&self, template: &str) -> Result<Deployed, DeployError> {
        let deployment = Deployment {
            stack_name: "s".into(),
            template: template.to_owned(),
            ..Deployment::default()
        };
        Box::pin(self.stacks.deploy(&deployment, &Progress::none())).await
    }

    async fn delete(&self) {
        self.stacks.delete("s", &Progress::none()).await.unwrap();
    }

    fn kinds(&self) -> Vec<String> {
        let requests = std::mem::take(&mut *self.requests.lock());
        let kind = |event: &Json| {
            let id = event["PhysicalResourceId"].as_str().unwrap_or("-");
            format!("{} {id}", event["RequestType"].as_str().unwrap())
        };
        requests.iter().map(kind).collect()
    }
}

fn custom(value: &str) -> String {
    format!(
        "Resources:\n  C:\n    Type: Custom::Bucket\n    Properties: {{ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:f', Size: {value}, Deep: {{On: true}}}}\n  T: {{Type: Test::Thing, Properties: {{Value: !GetAtt C.Url}}}}\n"
    )
}

#[tokio::test]
async fn a_function_makes_a_custom_resource_and_gives_its_attributes() {
    let bench = bench();
    let answers = &bench.answers;
    answers
        .lock()
        .insert("Create".into(), json!({"Data": {"Url": "http://x"}}));
    bench.deploy(&custom("7")).await.unwrap();
    assert_eq!(bench.things.things(), [("T".into(), json!("http://x"))]);
    let event = bench.requests.lock()[0].clone();
    assert_eq!(event["ResourceType"], "Custom::Bucket");
    assert_eq!(event["LogicalResourceId"], "C");
    // Numbers and booleans reach the function as text.
    assert_eq!(event["ResourceProperties"]["Size"], "7");
    assert_eq!(event["ResourceProperties"]["Deep"]["On"], "true");
    let url = event["ResponseURL"].as_str().unwrap();
    assert!(
        url.starts_with(
            "https://cloudformation-custom-resource-response-useast1.s3.us-east-1.amazonaws.com/"
        ),
        "{url}"
    );
}

#[tokio::test]
async fn another_physical_id_makes_the_old_resource_go_in_the_end() {
    let bench = bench();
    let data = json!({"Url": "u"});
    let answer = |id: &str| json!({"Data": data, "PhysicalResourceId": id});
    bench.answers.lock().insert("Create".into(), answer("a"));
    bench.answers.lock().insert("Update".into(), answer("b"));
    bench.deploy(&custom("1")).await.unwrap();
    bench.deploy(&custom("2")).await.unwrap();
    bench.delete().await;
    assert_eq!(
        bench.kinds(),
        ["Create -", "Update a", "Delete a", "Delete b"]
    );
}

#[tokio::test]
async fn a_function_that_refuses_turns_the_stack_back() {
    let bench = bench();
    bench.answers.lock().insert(
        "Create".into(),
        json!({"Status": "FAILED", "Reason": "no room"}),
    );
    let error = bench.deploy(&custom("1")).await.unwrap_err().to_string();
    assert!(
        error.contains(
            "Received response status [FAILED] from custom resource. Message returned: no room"
        ),
        "{error}"
    );
    // What a function answers is often no more than where its log is.
    assert!(
        error.contains("Its last log lines:\nno space left (ROLLBACK_COMPLETE)"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_function_that_failed_every_attempt_is_not_waited_for() {
    let bench = bench();
    let log =
        "START RequestId: 1\nModuleNotFoundError: No module named 'bucket'\nREPORT RequestId: 1\n";
    *bench.failure.lock() = Some(InvokeOutput {
        function_error: Some("Unhandled".into()),
        log_result: Some(STANDARD.encode(log)),
        ..Default::default()
    });
    let begun = tokio::time::Instant::now();
    let error = bench.deploy(&custom("1")).await.unwrap_err().to_string();
    assert!(
        error.contains(
            "The function failed 3 times and will not be called again. Its last log lines:\nModuleNotFoundError: No module named 'bucket' ("
        ),
        "{error}"
    );
    assert_eq!(bench.requests.lock().len(), 3);
    // A minute and two, as an event is tried again.
    assert_eq!(begun.elapsed().as_secs(), 180);
}

#[tokio::test(start_paused = true)]
async fn a_function_that_cannot_start_says_why() {
    let bench = bench();
    *bench.failure.lock() = Some(InvokeOutput {
        function_error: Some("Unhandled".into()),
        payload: Some(Bytes::from_static(
            br#"{"errorType": "Runtime.ExitError", "errorMessage": "Python 3 is not installed"}"#,
        )),
        ..Default::default()
    });
    let error = bench.deploy(&custom("1")).await.unwrap_err().to_string();
    assert!(error.contains("Python 3 is not installed"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_function_that_ended_well_without_an_answer_is_waited_for() {
    let bench = bench();
    *bench.failure.lock() = Some(InvokeOutput::default());
    let begun = tokio::time::Instant::now();
    let error = bench.deploy(&custom("1")).await.unwrap_err().to_string();
    assert!(
        error.contains("CloudFormation did not receive a response from your Custom Resource."),
        "{error}"
    );
    assert_eq!(begun.elapsed().as_secs(), 3_600);
}

#[tokio::test]
async fn a_nested_stack_takes_parameters_and_gives_outputs() {
    let bench = bench();
    let child = |value: &str| {
        format!(
            "Parameters:\n  P: {{Type: CommaDelimitedList}}\nResources:\n  T: {{Type: Test::Thing, Properties: {{Value: {value}}}}}\nOutputs:\n  O: {{Value: !Ref T}}\n"
        )
    };
    let put = |text: String| bench.templates.lock().insert("child".into(), text);
    put(child("!Join [+, !Ref P]"));
    let parent = "Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: 'https://s3.us-east-1.amazonaws.com/b/child', Parameters: {P: [a, b]}}\nOutputs:\n  O: {Value: !GetAtt N.Outputs.O}\n";
    let deployed = bench.deploy(parent).await.unwrap();
    assert_eq!(bench.things.things(), [("T".into(), json!("a+b"))]);
    assert_eq!(deployed.stack.state.outputs["O"].value, "T");
    let nested = deployed.stack.state.resources["N"].physical_id.clone();
    let nested = bench.stacks.find(&nested.unwrap()).unwrap().unwrap();
    assert_eq!(nested.settings.parent_id, Some(deployed.stack.id.clone()));
    // Another template under the same address is an update.
    put(child("!Join [/, !Ref P]"));
    bench.deploy(parent).await.unwrap();
    assert_eq!(bench.things.things(), [("T".into(), json!("a/b"))]);
    bench.delete().await;
    assert_eq!(bench.things.things(), []);
    let nested = bench.stacks.find(&nested.id).unwrap().unwrap();
    assert_eq!(nested.status, StackStatus::DeleteComplete);
}

#[tokio::test]
async fn a_nested_stack_that_fails_leaves_nothing() {
    let bench = bench();
    bench.things.break_thing("T");
    let child = "Resources:\n  T: {Type: Test::Thing, Properties: {Value: 1}}\n";
    bench.templates.lock().insert("child".into(), child.into());
    let parent = "Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: 'https://s3.us-east-1.amazonaws.com/b/child'}\n";
    let error = bench.deploy(parent).await.unwrap_err().to_string();
    assert!(
        error.contains("Embedded stack arn:aws:cloudformation:"),
        "{error}"
    );
    assert_eq!(bench.stacks.list().unwrap().len(), 1);
}

#[tokio::test]
async fn a_wait_condition_ends_with_its_signals() {
    let bench = bench();
    let template = "Resources:\n  H: {Type: AWS::CloudFormation::WaitConditionHandle}\n  W: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref H, Timeout: 20, Count: 2}}\nOutputs:\n  O: {Value: !GetAtt W.Data}\n";
    let signalling = async {
        // The handle is there before the condition waits; its URL is in the stack.
        let url = loop {
            let stack = bench.stacks.get("s").unwrap();
            let handle = stack.and_then(|stack| stack.state.resources.get("H").cloned());
            if let Some(url) = handle.and_then(|handle| handle.physical_id) {
                break url;
            }
            tokio::task::yield_now().await;
        };
        for id in ["one", "two"] {
            let signal = json!({"Status": "SUCCESS", "UniqueId": id, "Data": "d", "Reason": ""});
            let token = token_in(&url).unwrap();
            let signal = Bytes::from(signal.to_string());
            assert!(bench.stacks.callbacks().deliver(token, signal));
        }
    };
    let (deployed, ()) = tokio::join!(bench.deploy(template), signalling);
    let outputs = deployed.unwrap().stack.state.outputs;
    assert_eq!(outputs["O"].value, r#"{"one":"d","two":"d"}"#);
}
