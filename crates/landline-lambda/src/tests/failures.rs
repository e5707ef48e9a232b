//! Handlers that throw, exit, hang or return nonsense.

use std::time::Duration;

use landline_api::lambda as api;
use serde_json::json;
use tokio::time::Instant;

use super::{Fixture, create_input, eventually};

const PYTHON: &str = "python3.12";

#[tokio::test]
async fn a_function_that_hangs_times_out_and_a_new_environment_serves() {
    let fixture = Fixture::new().await;
    let code = "import time\ndef handler(event, context):\n    if event: time.sleep(60)\n    return 'fine'\n";
    let mut input = create_input("hang", PYTHON, &[("app.py", code)]);
    input.timeout = Some(1);
    fixture.create(input).await.unwrap();
    let answer = fixture.invoke_with_tail("hang", "true").await;
    assert!(answer.failed);
    assert_eq!(answer.error_type(), "Sandbox.Timedout");
    let message = answer.error_message();
    assert!(message.starts_with("RequestId: "), "{message}");
    assert!(
        message.ends_with(" Error: Task timed out after 1.00 seconds"),
        "{message}"
    );
    assert!(answer.tail.contains(" Task timed out after 1.00 seconds\n"));
    assert!(answer.tail.contains("\tStatus: timeout"));
    assert_eq!(fixture.invoke("hang", "false").await.json, json!("fine"));
}

#[tokio::test]
async fn a_function_that_exits_is_told_as_lambda_tells_it() {
    let fixture = Fixture::new().await;
    let code = "import os\ndef handler(event, context):\n    if event == 9: os.kill(os.getpid(), 9)\n    os._exit(event)\n";
    fixture.deploy("exit", PYTHON, "app.py", code).await;
    for (event, reason) in [
        ("1", "Runtime exited with error: exit status 1"),
        ("0", "Runtime exited without providing a reason"),
        ("9", "Runtime exited with error: signal: killed"),
    ] {
        let answer = fixture.invoke("exit", event).await;
        assert_eq!(answer.error_type(), "Runtime.ExitError");
        assert!(
            answer
                .error_message()
                .ends_with(&format!(" Error: {reason}"))
        );
    }
}

#[tokio::test]
async fn the_tail_of_a_function_that_does_not_load_says_why() {
    let fixture = Fixture::new().await;
    let code = "def handler(event, context:\n";
    fixture.deploy("syntax", PYTHON, "app.py", code).await;
    let answer = fixture.invoke_with_tail("syntax", "{}").await;
    assert_eq!(answer.error_type(), "Runtime.UserCodeSyntaxError");
    let (load, event) = answer.tail.split_once("START ").unwrap();
    assert!(load.contains("Syntax error in module 'app'"), "{load}");
    assert!(event.contains("\tError Type: Runtime.UserCodeSyntaxError"));
}

#[tokio::test]
async fn an_answer_at_the_limit_passes_and_one_byte_more_does_not() {
    let fixture = Fixture::new().await;
    let code = "def handler(event, context):\n    return 'x' * (event - 2)\n";
    fixture.deploy("large", PYTHON, "app.py", code).await;
    let fits = fixture.invoke("large", "6291556").await;
    assert!(!fits.failed);
    let too_large = fixture.invoke("large", "6291557").await;
    assert_eq!(too_large.error_type(), "Function.ResponseSizeTooLarge");
    assert_eq!(
        too_large.error_message(),
        "Response payload size exceeded maximum allowed payload size (6291556 bytes)."
    );
    assert!(!fixture.invoke("large", "10").await.failed);
}

#[tokio::test]
async fn an_event_that_is_too_large_is_refused() {
    let fixture = Fixture::new().await;
    fixture
        .deploy(
            "any",
            PYTHON,
            "app.py",
            "def handler(event, context): pass\n",
        )
        .await;
    let refused = fixture
        .call(api::InvokeInput {
            function_name: "any".into(),
            payload: Some(format!("\"{}\"", "x".repeat(6_291_555)).into()),
            ..Default::default()
        })
        .await
        .unwrap_err();
    assert_eq!(
        (refused.code.as_ref(), refused.status),
        ("RequestTooLargeException", 413)
    );
}

#[tokio::test]
async fn a_large_event_reaches_the_function() {
    let fixture = Fixture::new().await;
    let python = "def handler(event, context):\n    return len(event)\n";
    fixture.deploy("python", PYTHON, "app.py", python).await;
    let node = "exports.handler = async (event) => event.length;";
    fixture.deploy("node", "nodejs20.x", "app.js", node).await;
    let event = format!("\"{}\"", "x".repeat(5_000_000));
    for name in ["python", "node"] {
        assert_eq!(fixture.invoke(name, &event).await.json, json!(5_000_000));
        assert_eq!(fixture.invoke(name, "\"abc\"").await.json, json!(3));
    }
}

#[tokio::test]
async fn a_function_that_prints_without_end_costs_only_itself() {
    let fixture = Fixture::new().await;
    let flood = "import os\ndef handler(event, context):\n    line = b'x' * 1023 + b'\\n'\n    while True: os.write(1, line * 64)\n";
    let mut input = create_input("flood", PYTHON, &[("app.py", flood)]);
    input.timeout = Some(2);
    fixture.create(input).await.unwrap();
    let calm = "def handler(event, context):\n    return 'calm'\n";
    fixture.deploy("calm", PYTHON, "app.py", calm).await;
    fixture.invoke("calm", "{}").await;
    let others = async {
        let mut slowest = Duration::ZERO;
        for _ in 0..20 {
            let began = Instant::now();
            assert_eq!(fixture.invoke("calm", "{}").await.json, json!("calm"));
            slowest = slowest.max(began.elapsed());
        }
        slowest
    };
    let (flooded, slowest) = tokio::join!(fixture.invoke("flood", "{}"), others);
    assert_eq!(flooded.error_type(), "Sandbox.Timedout");
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}

#[tokio::test]
async fn a_function_that_takes_too_much_memory_is_killed() {
    let fixture = Fixture::new().await;
    let code = "import time\ndef handler(event, context):\n    kept = []\n    while True:\n        kept.append(bytearray(b'x' * 10_000_000))\n        time.sleep(0.01)\n";
    fixture.deploy("memory", PYTHON, "app.py", code).await;
    let answer = fixture.invoke("memory", "{}").await;
    assert_eq!(answer.error_type(), "Runtime.ExitError");
    assert!(
        answer
            .error_message()
            .ends_with("Runtime exited with error: signal: killed")
    );
}

#[tokio::test]
async fn a_function_that_cannot_start_is_not_started_without_end() {
    let fixture = Fixture::new().await;
    let code = "open('starts', 'a').write('x')\nraise RuntimeError('broken')\n";
    fixture.deploy("broken", PYTHON, "app.py", code).await;
    for _ in 0..20 {
        let answer = fixture.invoke("broken", "{}").await;
        assert_eq!(
            (answer.error_type(), answer.error_message()),
            ("RuntimeError", "broken")
        );
    }
    let folder = fixture.folder.path().join("lambda/code/python");
    let code = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap();
    let starts = std::fs::read(code.path().join("starts")).unwrap().len();
    assert!(starts <= 7, "{starts} starts");
}

#[tokio::test]
async fn a_slow_start_gets_a_second_chance_under_the_functions_timeout() {
    let slow = |config: &mut crate::LambdaConfig| {
        config.limits.init_timeout = Duration::from_millis(400);
    };
    let fixture = Fixture::with(slow).await;
    let code = "import os, time\nseen = os.path.exists('seen')\nopen('seen', 'w').close()\nif not seen: time.sleep(60)\ndef handler(event, context):\n    return 'second'\n";
    fixture.deploy("once", PYTHON, "app.py", code).await;
    let answer = fixture.invoke("once", "{}").await;
    assert_eq!(answer.json, json!("second"));
    let code = "import time\ntime.sleep(60)\n";
    let mut input = create_input("always", PYTHON, &[("app.py", code)]);
    input.timeout = Some(1);
    fixture.create(input).await.unwrap();
    let answer = fixture.invoke_with_tail("always", "{}").await;
    assert_eq!(answer.error_type(), "Sandbox.Timedout");
    assert!(
        answer
            .error_message()
            .ends_with("Task timed out after 1.00 seconds")
    );
}

#[tokio::test]
async fn a_missing_interpreter_is_one_plain_sentence() {
    let fixture = Fixture::with(|config| config.search_path = "/nonexistent".into()).await;
    fixture
        .deploy(
            "any",
            PYTHON,
            "app.py",
            "def handler(event, context): pass\n",
        )
        .await;
    let answer = fixture.invoke("any", "{}").await;
    assert_eq!(answer.error_type(), "Runtime.InvalidRuntime");
    assert!(
        answer
            .error_message()
            .contains("Python 3 is not installed on this machine")
    );
    assert!(answer.error_message().contains("install python3"));
}

#[tokio::test]
async fn shutdown_ends_all_environments() {
    let fixture = Fixture::new().await;
    let code = "import os\ndef handler(event, context):\n    return os.getpid()\n";
    fixture.deploy("pid", PYTHON, "app.py", code).await;
    let pid = fixture.invoke("pid", "{}").await.json;
    fixture.lambda.shutdown().await;
    assert_eq!(fixture.lambda.environments(), 0);
    let process = format!("/proc/{pid}");
    eventually("the process is gone", || {
        !std::path::Path::new(&process).exists()
    })
    .await;
}
