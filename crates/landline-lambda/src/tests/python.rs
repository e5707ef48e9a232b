//! Functions in Python.

use serde_json::json;

use super::{Fixture, create_input};

const PYTHON: &str = "python3.12";

#[tokio::test]
async fn a_python_function_answers_an_event() {
    let fixture = Fixture::new().await;
    let code = "def handler(event, context):\n    return {'got': event}\n";
    fixture.deploy("echo", PYTHON, "app.py", code).await;
    let answer = fixture.invoke("echo", r#"{"a":[1,"ü"]}"#).await;
    assert_eq!((answer.status, answer.failed), (200, false));
    assert_eq!(answer.json, json!({ "got": { "a": [1, "ü"] } }));
}

#[tokio::test]
async fn a_warm_worker_is_used_again() {
    let fixture = Fixture::new().await;
    let code = "n = 0\ndef handler(event, context):\n    global n\n    n += 1\n    return n\n";
    fixture.deploy("count", PYTHON, "app.py", code).await;
    for expected in 1..=20 {
        assert_eq!(fixture.invoke("count", "{}").await.json, json!(expected));
    }
    assert_eq!(fixture.lambda.environments(), 1);
}

#[tokio::test]
async fn the_context_has_all_its_members() {
    let fixture = Fixture::new().await;
    let code = r#"
def handler(event, context):
    return {
        "id": len(context.aws_request_id),
        "arn": context.invoked_function_arn,
        "name": context.function_name,
        "version": context.function_version,
        "memory": context.memory_limit_in_mb,
        "group": context.log_group_name,
        "stream": "[$LATEST]" in context.log_stream_name,
        "left": 2000 < context.get_remaining_time_in_millis() <= 3000,
        "client": context.client_context,
        "identity": context.identity.cognito_identity_id,
    }
"#;
    fixture.deploy("context", PYTHON, "app.py", code).await;
    assert_eq!(
        fixture.invoke("context", "{}").await.json,
        json!({
            "id": 36,
            "arn": "arn:aws:lambda:us-east-1:000000000000:function:context",
            "name": "context",
            "version": "$LATEST",
            "memory": "128",
            "group": "/aws/lambda/context",
            "stream": true,
            "left": true,
            "client": null,
            "identity": null,
        })
    );
}

#[tokio::test]
async fn a_handler_may_be_in_a_folder_or_a_package() {
    let fixture = Fixture::new().await;
    let code = "def handler(event, context):\n    return __name__\n";
    for (name, handler) in [("slash", "a/b.handler"), ("dot", "a.b.handler")] {
        let mut input = create_input(name, PYTHON, &[("a/b.py", code)]);
        input.handler = Some(handler.into());
        fixture.create(input).await.unwrap();
        assert_eq!(fixture.invoke(name, "{}").await.json, json!("a.b"));
    }
}

#[tokio::test]
async fn an_exception_has_lambdas_shape_and_the_worker_goes_on() {
    let fixture = Fixture::new().await;
    let code = "def handler(event, context):\n    if event: raise ValueError('no ' + event)\n    return 1\n";
    fixture.deploy("raise", PYTHON, "app.py", code).await;
    let answer = fixture.invoke_with_tail("raise", "\"way\"").await;
    assert!(answer.failed);
    assert_eq!(answer.error_type(), "ValueError");
    assert_eq!(answer.error_message(), "no way");
    let trace = answer.json["stackTrace"][0].as_str().unwrap();
    assert!(trace.contains("app.py\", line 2, in handler"), "{trace}");
    assert!(
        answer.tail.contains("[ERROR] ValueError: no way"),
        "{}",
        answer.tail
    );
    assert_eq!(fixture.invoke("raise", "null").await.json, json!(1));
    assert_eq!(fixture.lambda.environments(), 1);
}

#[tokio::test]
async fn a_missing_module_is_named() {
    let fixture = Fixture::new().await;
    fixture
        .deploy("import", PYTHON, "app.py", "import nonesuch\n")
        .await;
    let answer = fixture.invoke("import", "{}").await;
    assert_eq!(answer.error_type(), "Runtime.ImportModuleError");
    assert_eq!(
        answer.error_message(),
        "Unable to import module 'app': No module named 'nonesuch'"
    );
}

#[tokio::test]
async fn a_missing_handler_is_named() {
    let fixture = Fixture::new().await;
    fixture.deploy("missing", PYTHON, "app.py", "x = 1\n").await;
    let answer = fixture.invoke("missing", "{}").await;
    assert_eq!(answer.error_type(), "Runtime.HandlerNotFound");
    assert_eq!(
        answer.error_message(),
        "Handler 'handler' missing on module 'app'"
    );
}

#[tokio::test]
async fn a_syntax_error_is_told() {
    let fixture = Fixture::new().await;
    fixture
        .deploy("syntax", PYTHON, "app.py", "def handler(:\n")
        .await;
    let answer = fixture.invoke("syntax", "{}").await;
    assert_eq!(answer.error_type(), "Runtime.UserCodeSyntaxError");
    assert!(
        answer
            .error_message()
            .starts_with("Syntax error in module 'app': ")
    );
}

#[tokio::test]
async fn an_answer_that_is_not_json_is_an_error() {
    let fixture = Fixture::new().await;
    let code = "def handler(event, context):\n    return {1, 2}\n";
    fixture.deploy("nonsense", PYTHON, "app.py", code).await;
    let answer = fixture.invoke("nonsense", "{}").await;
    assert_eq!(answer.error_type(), "Runtime.MarshalError");
    assert_eq!(
        answer.error_message(),
        "Unable to marshal response: Object of type set is not JSON serializable"
    );
}

#[tokio::test]
async fn the_logging_module_writes_lambdas_format() {
    let fixture = Fixture::new().await;
    let code = "import logging\nlogging.getLogger().setLevel('INFO')\ndef handler(event, context):\n    logging.info('seen %s', 7)\n";
    fixture.deploy("logging", PYTHON, "app.py", code).await;
    let tail = fixture.invoke_with_tail("logging", "{}").await.tail;
    let line = tail
        .lines()
        .find(|line| line.starts_with("[INFO]\t"))
        .unwrap();
    assert!(line.ends_with("\tseen 7"), "{line}");
}

#[tokio::test]
async fn aws_host_names_lead_to_landline() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let fixture = Fixture::with(|config| config.endpoint_port = port).await;
    let code = r#"
import http.client, socket
def handler(event, context):
    client = http.client.HTTPConnection("abc.execute-api.us-east-1.amazonaws.com", 80, timeout=2)
    client.request("GET", "/prod")
    return client.getresponse().read().decode()
"#;
    fixture.deploy("divert", PYTHON, "app.py", code).await;
    let serve = super::node::answer_once(listener);
    let (answer, request) = tokio::join!(fixture.invoke("divert", "{}"), serve);
    assert_eq!(answer.json, json!("hello"));
    assert!(
        request.contains("Host: abc.execute-api.us-east-1.amazonaws.com"),
        "{request}"
    );
}

#[tokio::test]
async fn a_custom_domain_that_is_served_here_leads_to_landline() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let fixture = Fixture::with(|config| config.endpoint_port = port).await;
    let code = r#"
import http.client
def handler(event, context):
    client = http.client.HTTPConnection("chat.rooms.invalid", 80, timeout=2)
    client.request("GET", "/key")
    return client.getresponse().read().decode()
"#;
    fixture.deploy("divert", PYTHON, "app.py", code).await;
    let names = ["chat.rooms.invalid".to_owned()];
    fixture.lambda.tell_domains(&names).unwrap();
    let serve = super::node::answer_once(listener);
    let (answer, request) = tokio::join!(fixture.invoke("divert", "{}"), serve);
    assert_eq!(answer.json, json!("hello"));
    assert!(request.contains("Host: chat.rooms.invalid"), "{request}");
}

#[tokio::test]
async fn every_event_has_a_trace() {
    let fixture = Fixture::new().await;
    let code =
        "import os\ndef handler(event, context):\n    return os.environ['_X_AMZN_TRACE_ID']\n";
    fixture.deploy("traced", PYTHON, "app.py", code).await;
    let first = fixture.invoke("traced", "{}").await.json;
    let text = first.as_str().unwrap();
    assert!(
        text.starts_with("Root=1-") && text.ends_with(";Sampled=0"),
        "{text}"
    );
    assert_ne!(fixture.invoke("traced", "{}").await.json, first);
}
