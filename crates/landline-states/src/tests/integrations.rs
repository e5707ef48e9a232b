//! Services that tasks call, and what becomes of their refusals.

use serde_json::{Value, json};

use super::{FUNCTION, Fixture, ROLE, only};

fn task(resource: &str, parameters: &Value) -> Value {
    only(&json!({
        "Type": "Task", "Resource": format!("arn:aws:states:::{resource}"), "Parameters": parameters,
    }))
}

#[tokio::test]
async fn lambda_invoke_wraps_what_the_function_gives() {
    let fixture = Fixture::new();
    let definition = task(
        "lambda:invoke",
        &json!({ "FunctionName": FUNCTION, "Payload.$": "$" }),
    );
    let output = fixture.output(&definition, &json!({ "a": 1 })).await;
    assert_eq!(output["Payload"], json!({ "a": 1 }));
    assert_eq!(output["StatusCode"], 200);
    assert_eq!(output["ExecutedVersion"], "$LATEST");
    assert_eq!(output["SdkHttpMetadata"]["HttpStatusCode"], 200);
}

#[tokio::test]
async fn a_connection_is_posted_to_as_the_role() {
    let fixture = Fixture::new();
    let definition = task(
        "apigateway:invoke",
        &json!({
            "ApiEndpoint": "abc.execute-api.eu-west-1.amazonaws.com",
            "Method": "POST", "Stage": "prod", "AuthType": "IAM_ROLE",
            "Path.$": "States.Format('/@connections/{}', $.id)",
            "RequestBody": { "hello.$": "$.name" },
        }),
    );
    let output = fixture
        .output(
            &definition,
            &json!({ "id": "L0SM9cOFvHcCIhw=", "name": "Ada" }),
        )
        .await;
    assert_eq!(output["StatusCode"], 200);
    let told = &fixture.world.told()[0];
    assert_eq!(
        (told.to.as_str(), told.by.as_str()),
        ("L0SM9cOFvHcCIhw=", ROLE)
    );
    assert_eq!(told.what, json!(r#"{"hello":"Ada"}"#));
    let fixture = Fixture::new();
    let ended = fixture
        .run(&definition, &json!({ "id": "gone%3D", "name": "Ada" }))
        .await;
    assert_eq!(ended.error.as_deref(), Some("ApiGateway.410"));
}

#[tokio::test]
async fn an_api_is_called_by_its_address() {
    let fixture = Fixture::new();
    let parameters = json!({
        "ApiEndpoint": "abc.execute-api.eu-west-1.amazonaws.com", "Method": "GET", "Stage": "prod",
        "Path": "pets", "QueryParameters": { "kind": ["cat", "dog"] },
    });
    let output = fixture
        .output(&task("apigateway:invoke", &parameters), &json!({}))
        .await;
    assert_eq!(output["ResponseBody"], json!({ "ok": true }));
    assert_eq!(
        fixture.world.told()[0].to,
        "GET https://abc.execute-api.eu-west-1.amazonaws.com/prod/pets?kind=cat&kind=dog"
    );
    let fixture = Fixture::new();
    let mut parameters = parameters;
    parameters["Path"] = "missing".into();
    let ended = fixture
        .run(&task("apigateway:invoke", &parameters), &json!({}))
        .await;
    assert_eq!(ended.error.as_deref(), Some("ApiGateway.403"));
}

#[tokio::test]
async fn json_is_written_out_where_a_service_takes_text() {
    let fixture = Fixture::new();
    let definition = task(
        "sqs:sendMessage",
        &json!({ "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/000000000000/jobs", "MessageBody": { "a.$": "$.a" } }),
    );
    let output = fixture.output(&definition, &json!({ "a": [1] })).await;
    assert_eq!(output["MessageId"], "m-1");
    assert_eq!(fixture.world.told()[0].what, json!(r#"{"a":[1]}"#));
}

#[tokio::test]
async fn a_refusal_is_named_after_the_service_and_the_exception() {
    let parameters = json!({ "TableName": "missing", "Key": { "id": { "S": "1" } } });
    for (resource, error, cause) in [
        (
            "dynamodb:getItem",
            "DynamoDB.ResourceNotFoundException",
            "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: ",
        ),
        (
            "aws-sdk:dynamodb:getItem",
            "DynamoDb.ResourceNotFoundException",
            "Requested resource not found (Service: DynamoDb, Status Code: 400, Request ID: ",
        ),
    ] {
        let fixture = Fixture::new();
        let ended = fixture.run(&task(resource, &parameters), &json!({})).await;
        assert_eq!(ended.error.as_deref(), Some(error));
        assert!(
            ended.cause.as_ref().unwrap().starts_with(cause),
            "{:?}",
            ended.cause
        );
    }
}

#[tokio::test]
async fn what_breaks_the_model_has_a_general_name() {
    let fixture = Fixture::new();
    let definition = task("dynamodb:getItem", &json!({ "TableName": "t" }));
    let ended = fixture.run(&definition, &json!({})).await;
    assert_eq!(
        ended.error.as_deref(),
        Some("DynamoDB.AmazonDynamoDBException")
    );
}

#[tokio::test]
async fn an_execution_waits_for_another_one() {
    let fixture = Fixture::new();
    let child = only(&json!({ "Type": "Pass", "Result": { "made": 1 } }));
    let input = landline_api::stepfunctions::CreateStateMachineInput {
        name: "child".to_owned(),
        definition: child.to_string(),
        role_arn: ROLE.to_owned(),
        ..Default::default()
    };
    let child = fixture
        .call::<landline_api::stepfunctions::CreateStateMachine>(input)
        .await
        .unwrap();
    let parameters = json!({ "StateMachineArn": child.state_machine_arn, "Input": { "a": 1 } });
    let output = fixture
        .output(
            &task("states:startExecution.sync:2", &parameters),
            &json!({}),
        )
        .await;
    assert_eq!(output["Output"], json!({ "made": 1 }));
    assert_eq!(output["Input"], json!({ "a": 1 }));
    assert_eq!(output["Status"], "SUCCEEDED");
}
