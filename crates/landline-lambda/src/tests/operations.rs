//! The operations of the Lambda API.

use landline_api::lambda as api;
use landline_store::open_memory;
use landline_wire::DispatcherBuilder;
use serde_json::{Value, json};

use super::{Fixture, create_input, environment, zip_of};
use crate::Lambda;

const ANSWER_1: &str = "def handler(event, context):\n    return 1\n";
const ANSWER_2: &str = "def handler(event, context):\n    return 2\n";

#[tokio::test]
async fn a_created_function_is_told_in_full() {
    let fixture = Fixture::new().await;
    let mut input = create_input("full", "python3.12", &[("app.py", ANSWER_1)]);
    input.environment = Some(environment(&[("A_NAME", "value")]));
    let zip = input.code.zip_file.clone().unwrap();
    let created = fixture.create(input).await.unwrap();
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:full";
    assert_eq!(created.function_arn.as_deref(), Some(arn));
    assert_eq!(created.code_size, i64::try_from(zip.len()).ok());
    assert_eq!(created.code_sha256.unwrap().len(), 44);
    assert_eq!((created.timeout, created.memory_size), (Some(3), Some(128)));
    assert!(created.last_modified.unwrap().ends_with("+0000"));
    fixture.lambda.prepared().await;
    let input = api::GetFunctionInput {
        function_name: arn.into(),
        qualifier: Some("$LATEST".into()),
    };
    let got = fixture
        .dispatcher
        .call::<api::GetFunction>(input, &fixture.caller)
        .await
        .unwrap();
    let configuration = got.configuration.unwrap();
    assert_eq!(
        configuration.last_update_status,
        Some(api::LastUpdateStatus::Successful)
    );
    assert!(got.code.unwrap().location.is_some());
}

#[tokio::test]
async fn a_function_survives_a_restart() {
    let fixture = Fixture::new().await;
    let folder = tempfile::tempdir().unwrap();
    let store = open_memory();
    let open = async || {
        let mut builder = DispatcherBuilder::new();
        let mut config = super::config(folder.path(), builder.dispatcher());
        config.store = store.clone();
        let lambda = Lambda::open(config).await.unwrap();
        lambda.register(&mut builder);
        (lambda, builder.seal())
    };
    let (lambda, dispatcher) = open().await;
    let input = create_input("kept", "python3.12", &[("app.py", ANSWER_1)]);
    dispatcher
        .call::<api::CreateFunction>(input, &fixture.caller)
        .await
        .unwrap();
    lambda.shutdown().await;
    let (_lambda, dispatcher) = open().await;
    let input = api::InvokeInput {
        function_name: "kept".into(),
        ..Default::default()
    };
    let answer = dispatcher
        .call::<api::Invoke>(input, &fixture.caller)
        .await
        .unwrap();
    assert_eq!(answer.payload.as_deref(), Some(&b"1"[..]));
}

#[tokio::test]
async fn new_code_serves_the_next_event() {
    let fixture = Fixture::new().await;
    fixture
        .deploy("code", "python3.12", "app.py", ANSWER_1)
        .await;
    assert_eq!(fixture.invoke("code", "{}").await.json, json!(1));
    let input = api::UpdateFunctionCodeInput {
        function_name: "code".into(),
        zip_file: Some(zip_of(&[("app.py", ANSWER_2)])),
        ..Default::default()
    };
    fixture
        .dispatcher
        .call::<api::UpdateFunctionCode>(input, &fixture.caller)
        .await
        .unwrap();
    assert_eq!(fixture.invoke("code", "{}").await.json, json!(2));
}

#[tokio::test]
async fn a_function_may_change_its_language() {
    let fixture = Fixture::new().await;
    let files = [
        ("app.py", ANSWER_1),
        ("app.js", "exports.handler = async () => 3;"),
    ];
    fixture
        .create(create_input("both", "python3.12", &files))
        .await
        .unwrap();
    assert_eq!(fixture.invoke("both", "{}").await.json, json!(1));
    let input = api::UpdateFunctionConfigurationInput {
        function_name: "both".into(),
        runtime: Some("nodejs20.x".into()),
        ..Default::default()
    };
    fixture
        .dispatcher
        .call::<api::UpdateFunctionConfiguration>(input, &fixture.caller)
        .await
        .unwrap();
    assert_eq!(fixture.invoke("both", "{}").await.json, json!(3));
}

#[tokio::test]
async fn a_function_that_is_not_there_is_not_found() {
    let fixture = Fixture::new().await;
    let input = api::InvokeInput {
        function_name: "none".into(),
        ..Default::default()
    };
    let refused = fixture.call(input).await.unwrap_err();
    assert_eq!(
        (refused.code.as_ref(), refused.status),
        ("ResourceNotFoundException", 404)
    );
    assert_eq!(
        refused.message,
        "Function not found: arn:aws:lambda:us-east-1:000000000000:function:none:$LATEST"
    );
}

#[tokio::test]
async fn bad_input_is_refused_in_lambdas_words() {
    let fixture = Fixture::new().await;
    let base = || create_input("bad", "python3.12", &[("app.py", ANSWER_1)]);
    let cases = [
        (
            api::CreateFunctionInput {
                code: api::FunctionCode {
                    zip_file: Some("no zip".into()),
                    ..Default::default()
                },
                ..base()
            },
            "Could not unzip uploaded file.",
        ),
        (
            api::CreateFunctionInput {
                environment: Some(environment(&[("AWS_REGION", "x")])),
                ..base()
            },
            "Reserved keys used in this request: AWS_REGION",
        ),
        (
            api::CreateFunctionInput {
                environment: Some(environment(&[("LONG", &"x".repeat(4096))])),
                ..base()
            },
            "exceeded the 4KB limit",
        ),
        (
            api::CreateFunctionInput {
                runtime: Some("java21".into()),
                ..base()
            },
            "does not run the runtime java21 yet",
        ),
    ];
    for (input, message) in cases {
        let refused = fixture.create(input).await.unwrap_err();
        assert_eq!(
            (refused.code.as_ref(), refused.status),
            ("InvalidParameterValueException", 400)
        );
        assert!(refused.message.contains(message), "{}", refused.message);
    }
    fixture.create(base()).await.unwrap();
    let twice = fixture.create(base()).await.unwrap_err();
    assert_eq!(
        (twice.code.as_ref(), twice.status),
        ("ResourceConflictException", 409)
    );
    assert_eq!(twice.message, "Function already exist: bad");
}

#[tokio::test]
async fn an_event_that_is_not_json_is_refused() {
    let fixture = Fixture::new().await;
    fixture
        .deploy("json", "python3.12", "app.py", ANSWER_1)
        .await;
    let input = api::InvokeInput {
        function_name: "json".into(),
        payload: Some("{oops".into()),
        ..Default::default()
    };
    let refused = fixture.call(input).await.unwrap_err();
    assert_eq!(refused.code, "InvalidRequestContentException");
    assert!(
        refused
            .message
            .starts_with("Could not parse request body into json")
    );
}

#[tokio::test]
async fn a_dry_run_runs_nothing() {
    let fixture = Fixture::new().await;
    fixture
        .deploy("dry", "python3.12", "app.py", ANSWER_1)
        .await;
    let input = api::InvokeInput {
        function_name: "dry".into(),
        invocation_type: Some(api::InvocationType::DryRun),
        ..Default::default()
    };
    assert_eq!(fixture.call(input).await.unwrap().status, 204);
    assert_eq!(fixture.lambda.environments(), 0);
}

#[tokio::test]
async fn api_gateway_may_invoke_when_a_permission_says_so() {
    let fixture = Fixture::new().await;
    fixture
        .deploy("guarded", "python3.12", "app.py", ANSWER_1)
        .await;
    let source = "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/prod/$connect";
    let gateway = fixture.caller.service("apigateway.amazonaws.com", source);
    let event = || api::InvokeInput {
        function_name: "guarded".into(),
        ..Default::default()
    };
    let call = || fixture.dispatcher.call::<api::Invoke>(event(), &gateway);
    assert_eq!(call().await.unwrap_err().code, "AccessDeniedException");
    let permission = api::AddPermissionInput {
        function_name: "guarded".into(),
        statement_id: "api".into(),
        action: "lambda:InvokeFunction".into(),
        principal: "apigateway.amazonaws.com".into(),
        source_arn: Some("arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/*".into()),
        ..Default::default()
    };
    fixture
        .dispatcher
        .call::<api::AddPermission>(permission.clone(), &fixture.caller)
        .await
        .unwrap();
    assert_eq!(call().await.unwrap().status_code, Some(200));
    let twice = fixture
        .dispatcher
        .call::<api::AddPermission>(permission, &fixture.caller)
        .await;
    assert_eq!(twice.unwrap_err().code, "ResourceConflictException");
    let policy = api::GetPolicyInput {
        function_name: "guarded".into(),
        ..Default::default()
    };
    let got = fixture
        .dispatcher
        .call::<api::GetPolicy>(policy.clone(), &fixture.caller)
        .await
        .unwrap();
    let document: Value = serde_json::from_str(&got.policy.unwrap()).unwrap();
    assert_eq!(document["Statement"][0]["Sid"], "api");
    let remove = api::RemovePermissionInput {
        function_name: "guarded".into(),
        statement_id: "api".into(),
        ..Default::default()
    };
    fixture
        .dispatcher
        .call::<api::RemovePermission>(remove, &fixture.caller)
        .await
        .unwrap();
    let gone = fixture
        .dispatcher
        .call::<api::GetPolicy>(policy, &fixture.caller)
        .await;
    assert_eq!(gone.unwrap_err().code, "ResourceNotFoundException");
}

#[tokio::test]
async fn an_invocation_has_the_request_id_that_api_gateway_tells_even_where_it_comes_as_a_role() {
    let fixture = Fixture::new().await;
    let source = "def handler(event, context):\n    return context.aws_request_id\n";
    fixture
        .deploy("tells", "python3.12", "app.py", source)
        .await;
    let event = || api::InvokeInput {
        function_name: "tells".into(),
        payload: Some("{}".into()),
        ..Default::default()
    };
    let gateway = landline_wire::Caller {
        user_agent: Some("AmazonAPIGateway_a1b2c3d4e5".into()),
        ..fixture.caller.clone()
    };
    let output = fixture.dispatcher.call::<api::Invoke>(event(), &gateway);
    let told: String = serde_json::from_slice(&output.await.unwrap().payload.unwrap()).unwrap();
    assert_eq!(*told, *gateway.request_id);
}

#[tokio::test]
async fn functions_are_listed_page_by_page_and_deleted() {
    let fixture = Fixture::new().await;
    for name in ["a", "b", "c"] {
        fixture.deploy(name, "python3.12", "app.py", ANSWER_1).await;
    }
    let list = async |marker: Option<String>| {
        let input = api::ListFunctionsInput {
            max_items: Some(2),
            marker,
            ..Default::default()
        };
        let page = fixture
            .dispatcher
            .call::<api::ListFunctions>(input, &fixture.caller)
            .await
            .unwrap();
        let names = page
            .functions
            .unwrap()
            .into_iter()
            .filter_map(|f| f.function_name);
        (names.collect::<Vec<_>>(), page.next_marker)
    };
    let (first, marker) = list(None).await;
    assert_eq!(first, ["a", "b"]);
    let (second, end) = list(marker).await;
    assert_eq!((second, end), (vec!["c".to_owned()], None));
    let input = api::DeleteFunctionInput {
        function_name: "b".into(),
        ..Default::default()
    };
    fixture
        .dispatcher
        .call::<api::DeleteFunction>(input, &fixture.caller)
        .await
        .unwrap();
    assert_eq!(list(None).await.0, ["a", "c"]);
}
