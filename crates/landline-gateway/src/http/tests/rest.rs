//! REST APIs: events, mocks for browsers, validation, keys, and refusals in the owner's words.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::deployment::snapshot::{
    GatewayResponse, HttpKind, Integration, IntegrationResponse, IntegrationTarget, MethodPath,
    RequestValidation, RequiredParameter, ResponseSource, Route, RouteKey, Templates, Validates,
};
use crate::message::selection::SelectionExpression;
use crate::message::validation::Validator;
use crate::testing::{Behaviour, Node, rest_route};
use crate::usage::KeyRefusal;

fn node(routes: impl IntoIterator<Item = Route>) -> Node {
    let node = Node::start(&[]);
    node.serve_api(HttpKind::Rest, routes, |_| {});
    node
}

fn templates(text: &str) -> Templates {
    let templates = BTreeMap::from([("application/json".to_owned(), text.to_owned())]);
    Templates::parse(Some(&templates))
}

#[tokio::test]
async fn a_function_gets_the_event_of_rest_apis() {
    let node = node([rest_route("POST /pets/{id}")]);
    node.send("POST /pets/7?q=1", &[("Content-Type", "text/plain")], "hi")
        .await;
    let invocation = node.functions.first("handler").await;
    let event = invocation.event;
    assert!(event.get("version").is_none());
    assert_eq!(event["resource"], "/pets/{id}");
    assert_eq!(event["path"], "/pets/7");
    assert_eq!(event["httpMethod"], "POST");
    assert_eq!(event["pathParameters"], json!({ "id": "7" }));
    assert_eq!(event["body"], "hi");
    assert_eq!(event["isBase64Encoded"], false);
    let context = &event["requestContext"];
    assert_eq!(context["path"], "/prod/pets/7");
    assert_eq!(context["resourceId"], "res001");
    assert_eq!(context["deploymentId"], "dep001");
    assert_eq!(context["protocol"], "HTTP/1.1");
    assert_eq!(context["identity"]["sourceIp"], "198.51.100.23");
    assert_eq!(context["identity"]["caller"], Value::Null);
    assert!(context.get("authorizer").is_none());
    let arn = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/POST/pets/{id}";
    assert_eq!(invocation.source_arn.as_deref(), Some(arn));
}

#[tokio::test]
async fn an_unknown_path_asks_for_a_token() {
    let node = node([rest_route("GET /pets")]);
    for line in ["GET /cats", "POST /pets"] {
        let answer = node.get(line).await;
        let body = r#"{"message":"Missing Authentication Token"}"#;
        assert_eq!((answer.status, answer.body.as_str()), (403, body));
        let kind = answer.header("x-amzn-errortype");
        assert_eq!(kind, Some("MissingAuthenticationTokenException"));
    }
    assert_eq!(node.get("GET /pets/").await.status, 200);
}

#[tokio::test]
async fn a_function_that_fails_makes_a_bad_gateway() {
    let node = node([rest_route("GET /pets")]);
    let body = r#"{"message":"Internal server error"}"#;
    for (behaviour, status) in [
        (Behaviour::Throws, 502),
        (Behaviour::Returns(json!({ "x": 1 })), 502),
        (Behaviour::Denies, 500),
    ] {
        node.functions.set("handler", behaviour);
        let answer = node.get("GET /pets").await;
        assert_eq!((answer.status, answer.body.as_str()), (status, body));
    }
}

#[tokio::test]
async fn a_resource_without_the_method_leaves_it_to_a_greedy_one() {
    let node = node([rest_route("POST /pets"), rest_route("OPTIONS /{proxy+}")]);
    assert_eq!(node.get("OPTIONS /pets").await.status, 200);
    let event = node.functions.first("handler").await.event;
    assert_eq!(event["resource"], "/{proxy+}");
    assert_eq!(event["pathParameters"], json!({ "proxy": "pets" }));
}

#[tokio::test]
async fn an_answer_has_no_member_that_is_not_known_and_needs_none() {
    let node = node([rest_route("GET /pets")]);
    for (answer, status) in [
        (json!({}), 200),
        (json!({ "headers": { "a": "b" } }), 200),
        (json!({ "statusCode": 200, "cookies": [] }), 502),
        (json!("text"), 502),
    ] {
        node.functions.set("handler", Behaviour::Returns(answer));
        assert_eq!(node.get("GET /pets").await.status, status);
    }
}

#[tokio::test]
async fn binary_bodies_are_those_of_listed_types() {
    let node = Node::start(&[]);
    node.serve_api(HttpKind::Rest, [rest_route("POST /")], |api| {
        api.binary_media_types.insert("image/png".to_owned());
    });
    let returned = json!({ "statusCode": 200, "body": "aGk=", "isBase64Encoded": true });
    node.functions.set("handler", Behaviour::Returns(returned));
    let headers = [("Content-Type", "image/png"), ("Accept", "image/png")];
    let answer = node.send("POST /", &headers, &b"\xff"[..]).await;
    assert_eq!(answer.body, "hi");
    let event = node.functions.first("handler").await.event;
    assert_eq!(
        (&event["body"], &event["isBase64Encoded"]),
        (&json!("/w=="), &json!(true))
    );
    // A client that does not accept the type gets the text.
    assert_eq!(node.get("POST /").await.body, "aGk=");
}

fn preflight() -> Route {
    let mut integration = Integration::new("", IntegrationTarget::Mock);
    integration.request.templates = templates("{ statusCode: 200 }");
    let literal = |name: &str, text: &str| (name.to_owned(), ResponseSource::parse(text).unwrap());
    let response = IntegrationResponse {
        status: Some(204),
        parameters: vec![
            literal("Access-Control-Allow-Origin", "'*'"),
            literal("Access-Control-Allow-Methods", "'GET,POST'"),
        ],
        ..IntegrationResponse::default()
    };
    integration.responses.insert("$default", response);
    let mut route = Route::new(RouteKey::parse("OPTIONS /pets"), Some(integration));
    route.at = MethodPath::of_key("OPTIONS /pets");
    route
}

#[tokio::test]
async fn a_mock_answers_browsers_as_the_cdk_wants_it() {
    let node = node([preflight()]);
    let answer = node.get("OPTIONS /pets").await;
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(
        answer.header("access-control-allow-methods"),
        Some("GET,POST")
    );
}

#[tokio::test]
async fn templates_make_the_request_and_the_answer_of_a_function() {
    let mut route = rest_route("POST /pets/{id}");
    let uri = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/\
               arn:aws:lambda:eu-central-1:123456789012:function:handler/invocations";
    let function = crate::deployment::snapshot::LambdaFunction::from_uri(uri);
    let mut integration = Integration::new("", IntegrationTarget::Lambda(function));
    integration.request.templates =
        templates(r#"{"pet": "$input.params('id')", "path": "$context.resourcePath"}"#);
    let ok = IntegrationResponse {
        status: Some(200),
        templates: templates("$input.json('$.name')"),
        parameters: vec![(
            "X-Name".to_owned(),
            ResponseSource::parse("integration.response.body.name").unwrap(),
        )],
        ..IntegrationResponse::default()
    };
    let missing = IntegrationResponse {
        status: Some(404),
        templates: templates("nothing"),
        ..IntegrationResponse::default()
    };
    integration.responses.insert("$default", ok);
    integration.responses.insert(".*not found.*", missing);
    route.integration = Some(Arc::new(integration));
    let node = node([route]);
    node.functions
        .set("handler", Behaviour::Returns(json!({ "name": "Rex" })));
    let answer = node.send("POST /pets/7", &[], "{}").await;
    assert_eq!((answer.status, answer.body.as_str()), (200, r#""Rex""#));
    assert_eq!(answer.header("x-name"), Some("Rex"));
    let event = node.functions.first("handler").await.event;
    assert_eq!(event, json!({ "pet": "7", "path": "/pets/{id}" }));
    node.functions
        .set("handler", Behaviour::ThrowsError("pet not found here"));
    let answer = node.send("POST /pets/7", &[], "{}").await;
    assert_eq!((answer.status, answer.body.as_str()), (404, "nothing"));
}

#[tokio::test]
async fn a_validator_looks_at_parameters_and_bodies() {
    let mut route = rest_route("POST /pets");
    route.at.as_mut().unwrap().validates = Validates::Everything;
    route.required_parameters.push(RequiredParameter {
        location: "querystring".to_owned(),
        name: "q".to_owned(),
    });
    let model = Validator::compile(r#"{"type":"object","required":["x"]}"#).unwrap();
    route.validation = Some(RequestValidation {
        selection: SelectionExpression::default(),
        models: BTreeMap::from([("application/json".to_owned(), Some(Arc::new(model)))]),
    });
    let node = node([route]);
    let answer = node.send("POST /pets", &[], r#"{"x":1}"#).await;
    let body = r#"{"message":"Missing required request parameters: [q]"}"#;
    assert_eq!((answer.status, answer.body.as_str()), (400, body));
    let answer = node.send("POST /pets?q=1", &[], "{}").await;
    let body = r#"{"message":"Invalid request body"}"#;
    assert_eq!((answer.status, answer.body.as_str()), (400, body));
    assert_eq!(
        node.send("POST /pets?q=1", &[], r#"{"x":1}"#).await.status,
        200
    );
}

#[tokio::test]
async fn a_method_may_demand_an_api_key() {
    let mut route = rest_route("GET /pets");
    route.api_key_required = true;
    let node = node([route]);
    node.keys.set("good", Ok("key123"));
    node.keys.set("spent", Err(KeyRefusal::QuotaExceeded));
    for (key, status, body) in [
        ("good", 200, ""),
        ("bad", 403, r#"{"message":"Forbidden"}"#),
        ("spent", 429, r#"{"message":"Limit Exceeded"}"#),
    ] {
        let answer = node.send("GET /pets", &[("x-api-key", key)], "").await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (status, body),
            "{key}"
        );
    }
    let event = node.functions.first("handler").await.event;
    assert_eq!(event["requestContext"]["identity"]["apiKeyId"], "key123");
    assert_eq!(event["requestContext"]["identity"]["apiKey"], "good");
}

#[tokio::test]
async fn a_gateway_response_words_refusals_anew() {
    let node = Node::start(&[]);
    node.serve_api(HttpKind::Rest, [rest_route("GET /pets")], |api| {
        let response = GatewayResponse {
            status: Some(404),
            parameters: vec![("Access-Control-Allow-Origin".to_owned(), "'*'".to_owned())],
            templates: templates(
                r#"{"error":$context.error.messageString,"type":"$context.error.responseType"}"#,
            ),
        };
        api.gateway_responses
            .insert("DEFAULT_4XX".to_owned(), response);
    });
    let answer = node.get("GET /cats").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let expected = json!({
        "error": "Missing Authentication Token", "type": "MISSING_AUTHENTICATION_TOKEN",
    });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn an_access_log_shows_what_the_templates_of_deploy_tools_ask_for() {
    use crate::observe::{AccessLog, Destination, Format};
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("access.log");
    let node = Node::start(&[]);
    let text = r#"$context.identity.sourceIp "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId"#;
    let log = AccessLog {
        destination: Destination::parse(&format!("file://{}", file.display())).unwrap(),
        format: Format::parse(text).unwrap(),
    };
    let route = rest_route("GET /pets/{id}");
    node.serve_api_at(
        "prod",
        HttpKind::Rest,
        [route],
        |_| {},
        |stage| {
            stage.observation.access_log = Some(log);
        },
    );
    let returned = json!({ "statusCode": 201, "body": "made" });
    node.functions.set("handler", Behaviour::Returns(returned));
    node.get("GET /pets/7").await;
    node.gateway.plane.sink.flush().await;
    let line = std::fs::read_to_string(file).unwrap();
    let expected = r#"198.51.100.23 "GET /pets/{id} HTTP/1.1" 201 4 "#;
    assert!(line.starts_with(expected), "{line}");
}
