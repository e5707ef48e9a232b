//! Functions in JavaScript, in each style of handler.

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{Fixture, create_input};

const NODE: &str = "nodejs20.x";

/// Answers one HTTP request with `hello`; returns the request.
pub(super) async fn answer_once(listener: TcpListener) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0);
    }
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
    stream.write_all(answer).await.unwrap();
    String::from_utf8(request).unwrap()
}

#[tokio::test]
async fn every_kind_of_handler_answers() {
    let fixture = Fixture::new().await;
    let cases = [
        (
            "cjs",
            "app.js",
            "exports.handler = async (event) => ({ got: event.n });",
        ),
        (
            "cjs-ext",
            "app.cjs",
            "exports.handler = async (event) => ({ got: event.n });",
        ),
        (
            "esm",
            "app.mjs",
            "export const handler = async (event) => ({ got: event.n });",
        ),
        (
            "top-level-await",
            "app.mjs",
            "const add = await Promise.resolve(0); export const handler = async (event) => ({ got: event.n + add });",
        ),
        (
            "callback",
            "app.js",
            "exports.handler = (event, context, callback) => setTimeout(() => callback(null, { got: event.n }), 5);",
        ),
        (
            "succeed",
            "app.js",
            "exports.handler = (event, context) => { context.succeed({ got: event.n }); };",
        ),
        (
            "done",
            "app.js",
            "exports.handler = (event, context) => context.done(null, { got: event.n });",
        ),
        (
            "nested",
            "app.js",
            "exports.handler = { inner: async (event) => ({ got: event.n }) };",
        ),
    ];
    for (name, file, code) in cases {
        let mut input = create_input(name, NODE, &[(file, code)]);
        if name == "nested" {
            input.handler = Some("app.handler.inner".into());
        }
        fixture.create(input).await.unwrap();
        for n in 1..=3 {
            let answer = fixture.invoke(name, &format!("{{\"n\":{n}}}")).await;
            assert_eq!(answer.json, json!({ "got": n }), "{name}");
        }
    }
}

#[tokio::test]
async fn a_package_of_type_module_is_imported() {
    let fixture = Fixture::new().await;
    let files = [
        (
            "src/app.js",
            "import { n } from './n.js'; export const handler = async () => n;",
        ),
        ("src/n.js", "export const n = 42;"),
        ("package.json", r#"{"type":"module"}"#),
    ];
    fixture
        .create(create_input("module", NODE, &files))
        .await
        .unwrap();
    assert_eq!(fixture.invoke("module", "{}").await.json, json!(42));
}

#[tokio::test]
async fn an_error_has_lambdas_shape() {
    let fixture = Fixture::new().await;
    let code = r#"exports.handler = async (event) => {
        if (event === 1) throw new TypeError("bad");
        if (event === 2) throw "text";
        return "fine";
    };"#;
    fixture.deploy("throw", NODE, "app.js", code).await;
    let thrown = fixture.invoke_with_tail("throw", "1").await;
    assert!(thrown.failed);
    assert_eq!(
        (thrown.error_type(), thrown.error_message()),
        ("TypeError", "bad")
    );
    assert_eq!(thrown.json["trace"][0], json!("TypeError: bad"));
    assert!(
        thrown
            .tail
            .contains("\tERROR\tInvoke Error \t{\"errorType\":\"TypeError\"")
    );
    let text = fixture.invoke("throw", "2").await;
    assert_eq!(
        text.json,
        json!({ "errorType": "string", "errorMessage": "text", "trace": [] })
    );
    assert_eq!(fixture.invoke("throw", "3").await.json, json!("fine"));
}

#[tokio::test]
async fn a_callback_waits_for_the_event_loop_unless_told_otherwise() {
    let fixture = Fixture::new().await;
    let code = r#"exports.handler = (event, context, callback) => {
        context.callbackWaitsForEmptyEventLoop = event.waits;
        const began = Date.now();
        setTimeout(() => console.log("late"), 150);
        callback(null, "done");
    };"#;
    fixture.deploy("wait", NODE, "app.js", code).await;
    let waiting = fixture.invoke_with_tail("wait", r#"{"waits":true}"#).await;
    assert_eq!(waiting.json, json!("done"));
    assert!(waiting.tail.contains("\tlate"));
    let hasty = fixture.invoke_with_tail("wait", r#"{"waits":false}"#).await;
    assert_eq!(hasty.json, json!("done"));
    assert!(!hasty.tail.contains("\tlate"));
}

#[tokio::test]
async fn a_handler_that_never_answers_gives_null() {
    let fixture = Fixture::new().await;
    fixture
        .deploy("silent", NODE, "app.js", "exports.handler = () => {};")
        .await;
    let answer = fixture.invoke("silent", "{}").await;
    assert_eq!((answer.failed, answer.json), (false, json!(null)));
}

#[tokio::test]
async fn an_async_handler_that_never_settles_is_an_error() {
    let fixture = Fixture::new().await;
    let code = "exports.handler = async () => { await new Promise(() => {}); };";
    fixture.deploy("hang", NODE, "app.js", code).await;
    assert_eq!(
        fixture.invoke("hang", "{}").await.error_type(),
        "Runtime.NodeJsExit"
    );
}

#[tokio::test]
async fn of_callback_and_promise_the_first_answers() {
    let fixture = Fixture::new().await;
    let code = r#"exports.handler = async (event, context, callback) => {
        await null;
        if (event.by === "succeed") context.succeed("by succeed");
        callback(null, "by callback");
        if (event.throws) throw new Error("after the answer");
    };"#;
    fixture.deploy("both", NODE, "app.js", code).await;
    let cases = [
        ("{}", "by callback"),
        (r#"{"by":"succeed"}"#, "by succeed"),
        (r#"{"throws":true}"#, "by callback"),
    ];
    for (event, expected) in cases {
        let answer = fixture.invoke("both", event).await;
        assert_eq!((answer.failed, answer.json), (false, json!(expected)));
    }
}

#[tokio::test]
async fn start_errors_are_told() {
    let fixture = Fixture::new().await;
    let cases = [
        (
            "import",
            "require('nonesuch');",
            "Runtime.ImportModuleError",
        ),
        ("missing", "exports.other = 1;", "Runtime.HandlerNotFound"),
        (
            "syntax",
            "exports.handler = (",
            "Runtime.UserCodeSyntaxError",
        ),
        ("throws", "throw new RangeError('at start');", "RangeError"),
    ];
    for (name, code, error_type) in cases {
        fixture.deploy(name, NODE, "app.js", code).await;
        let answer = fixture.invoke(name, "{}").await;
        assert_eq!(answer.error_type(), error_type, "{:?}", answer.json);
    }
}

#[tokio::test]
async fn an_error_that_nobody_catches_ends_the_environment() {
    let fixture = Fixture::new().await;
    let code = "exports.handler = () => new Promise(() => setTimeout(() => { throw new Error('late'); }, 5));";
    fixture.deploy("uncaught", NODE, "app.js", code).await;
    let answer = fixture.invoke("uncaught", "{}").await;
    assert_eq!(
        (answer.error_type(), answer.error_message()),
        ("Error", "late")
    );
    super::eventually("the environment is gone", || {
        fixture.lambda.environments() == 0
    })
    .await;
}

#[tokio::test]
async fn a_rejection_that_nobody_handles_is_told() {
    let fixture = Fixture::new().await;
    let code = "exports.handler = () => new Promise(() => setTimeout(() => { Promise.reject(new Error('lost')); }, 5));";
    fixture.deploy("rejected", NODE, "app.js", code).await;
    let answer = fixture.invoke("rejected", "{}").await;
    assert_eq!(answer.error_type(), "Runtime.UnhandledPromiseRejection");
    assert_eq!(answer.error_message(), "Error: lost");
}

#[tokio::test]
async fn the_console_writes_lambdas_format() {
    let fixture = Fixture::new().await;
    let code = "exports.handler = async () => { console.log('a %d', 1); console.warn({ b: 2 }); console.error('two\\nlines'); };";
    fixture.deploy("console", NODE, "app.js", code).await;
    let tail = fixture.invoke_with_tail("console", "{}").await.tail;
    let id = tail.split_whitespace().nth(2).unwrap().to_owned();
    assert!(tail.contains(&format!("Z\t{id}\tINFO\ta 1\n")), "{tail}");
    assert!(
        tail.contains(&format!("Z\t{id}\tWARN\t{{ b: 2 }}\n")),
        "{tail}"
    );
}

#[tokio::test]
async fn aws_host_names_lead_to_landline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let fixture = Fixture::with(|config| config.endpoint_port = port).await;
    let code = r#"import { get } from "node:http";
export const handler = () => new Promise((resolve, reject) => {
    get("http://abc.execute-api.us-east-1.amazonaws.com/prod", (response) => {
        response.setEncoding("utf8").on("data", resolve);
    }).on("error", reject);
});"#;
    let mut input = create_input("divert", NODE, &[("app.mjs", code)]);
    input.environment = Some(super::environment(&[("NODE_OPTIONS", "--no-warnings")]));
    fixture.create(input).await.unwrap();
    let (answer, request) = tokio::join!(fixture.invoke("divert", "{}"), answer_once(listener));
    assert_eq!(answer.json, json!("hello"));
    assert!(
        request
            .to_lowercase()
            .contains("host: abc.execute-api.us-east-1.amazonaws.com"),
        "{request}"
    );
}

#[tokio::test]
async fn a_custom_domain_that_is_served_here_leads_to_landline_though_the_function_runs_already() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let fixture = Fixture::with(|config| config.endpoint_port = port).await;
    let code = r#"import { get } from "node:http";
export const handler = () => new Promise((resolve) => {
    get("http://chat.rooms.invalid/key", (response) => {
        response.setEncoding("utf8").on("data", resolve);
    }).on("error", (error) => resolve(error.code));
});"#;
    let input = create_input("divert", NODE, &[("app.mjs", code)]);
    fixture.create(input).await.unwrap();
    let unknown = fixture.invoke("divert", "{}").await;
    assert_ne!(unknown.json, json!("hello"));
    let names = ["chat.example.com".to_owned(), "*.rooms.invalid".to_owned()];
    fixture.lambda.tell_domains(&names).unwrap();
    let (answer, request) = tokio::join!(fixture.invoke("divert", "{}"), answer_once(listener));
    assert_eq!(answer.json, json!("hello"));
    assert!(
        request.to_lowercase().contains("host: chat.rooms.invalid"),
        "{request}"
    );
}
