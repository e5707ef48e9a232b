//! What environments leave behind, and what they never see.

use std::process::Stdio;
use std::time::Duration;

use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::process::Command;

use super::{Fixture, create_input, environment, eventually};

const PYTHON: &str = "python3.12";

#[tokio::test]
async fn nothing_of_landlines_environment_is_inherited() {
    let fixture = Fixture::with(|config| config.divert_aws_hosts = false).await;
    let code = "import os\ndef handler(event, context):\n    return sorted(set(os.environ) - {'LC_CTYPE'})  # which Python itself sets\n";
    let mut input = create_input("env", PYTHON, &[("app.py", code)]);
    input.environment = Some(environment(&[("TABLE_NAME", "chat")]));
    fixture.create(input).await.unwrap();
    assert_eq!(
        fixture.invoke("env", "{}").await.json,
        json!([
            "AWS_ACCESS_KEY_ID",
            "AWS_DEFAULT_REGION",
            "AWS_ENDPOINT_URL",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_XRAY_CONTEXT_MISSING",
            "AWS_XRAY_DAEMON_ADDRESS",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT",
            "LANDLINE_WORKER",
            "LANG",
            "PATH",
            "TABLE_NAME",
            "TZ",
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
        ])
    );
}

#[tokio::test]
async fn a_timeout_leaves_no_process_behind() {
    let fixture = Fixture::new().await;
    let code = r#"
import os, subprocess, signal, time
def handler(event, context):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    subprocess.Popen(["sleep", "300"])
    subprocess.Popen(["setsid", "sleep", "301"])
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(302)
        os._exit(0)
    time.sleep(60)
"#;
    let mut input = create_input("escape", PYTHON, &[("app.py", code)]);
    input.timeout = Some(1);
    fixture.create(input).await.unwrap();
    let answer = fixture.invoke("escape", "{}").await;
    assert_eq!(answer.error_type(), "Sandbox.Timedout");
    let folder = fixture.folder.path().join("lambda/code/python");
    let code_dir = std::fs::read_dir(folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    eventually("all processes of the function are gone", || {
        processes_in(&code_dir) == 0
    })
    .await;
}

#[tokio::test]
async fn a_shutdown_ends_what_functions_have_left() {
    let fixture = Fixture::new().await;
    // In the background, and out of the worker's group; the worker itself stays warm.
    let code = r#"
import subprocess
def handler(event, context):
    return subprocess.Popen(["sleep", "303"], start_new_session=True).pid
"#;
    fixture.deploy("daemon", PYTHON, "app.py", code).await;
    let pid = fixture.invoke("daemon", "{}").await.json;
    let process = format!("/proc/{pid}/cwd");
    assert!(std::fs::read_link(&process).is_ok(), "{process}");
    fixture.lambda.shutdown().await;
    eventually("the process is gone", || {
        std::fs::read_link(&process).is_err()
    })
    .await;
}

/// Processes that work in a folder.
fn processes_in(folder: &std::path::Path) -> usize {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter(|process| {
            std::fs::read_link(process.path().join("cwd"))
                .ok()
                .as_deref()
                == Some(folder)
        })
        .count()
}

#[tokio::test]
async fn a_frozen_environment_does_nothing_between_events() {
    let fixture = Fixture::with(|config| config.limits.freeze = true).await;
    let code = r"
import threading, time
ticks = 0
def tick():
    global ticks
    while True:
        time.sleep(0.01)
        ticks += 1
threading.Thread(target=tick, daemon=True).start()
def handler(event, context):
    return ticks
";
    fixture.deploy("freeze", PYTHON, "app.py", code).await;
    let before = fixture.invoke("freeze", "{}").await.json.as_i64().unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let after = fixture.invoke("freeze", "{}").await.json.as_i64().unwrap();
    assert!(after - before < 20, "{before} {after}");
}

/// A handler that does not wait for its post, once the event says to which port.
const CARELESS: &str = r"
const net = require('node:net');
exports.handler = async (event) => {
  if (event.port) setTimeout(() => net.connect(event.port, '127.0.0.1'), 100);
  else await new Promise((done) => setTimeout(done, 300));
  return 'answered';
};";

/// Whether somebody connects within half a second.
async fn is_called(listener: &TcpListener) -> bool {
    let called = tokio::time::timeout(Duration::from_millis(500), listener.accept());
    called.await.is_ok()
}

#[tokio::test]
async fn a_post_that_a_frozen_handler_did_not_wait_for_leaves_with_a_later_event_if_ever() {
    // C55
    let fixture = Fixture::with(|config| config.limits.freeze = true).await;
    fixture.deploy("f", "nodejs20.x", "app.js", CARELESS).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let answer = fixture.invoke("f", &format!("{{\"port\":{port}}}")).await;
    assert_eq!(answer.json, "answered");
    assert!(!is_called(&listener).await);
    assert_eq!(fixture.invoke("f", "{}").await.json, "answered");
    assert!(is_called(&listener).await);
}

#[tokio::test]
async fn a_post_that_a_handler_did_not_wait_for_leaves_where_nothing_is_frozen() {
    // C55, and what Landline does unless its owner wants it as on AWS.
    let fixture = Fixture::new().await;
    fixture.deploy("f", "nodejs20.x", "app.js", CARELESS).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    fixture.invoke("f", &format!("{{\"port\":{port}}}")).await;
    listener.accept().await.unwrap();
}

#[tokio::test]
async fn many_events_and_many_deaths_leave_nothing_open() {
    let fixture = Fixture::new().await;
    let code = "import os\ndef handler(event, context):\n    if event: os._exit(3)\n";
    fixture.deploy("leak", PYTHON, "app.py", code).await;
    fixture.invoke("leak", "null").await;
    let before = open_files();
    for n in 0..1000 {
        let event = if n % 100 == 99 { "1" } else { "null" };
        assert_eq!(fixture.invoke("leak", event).await.failed, event == "1");
    }
    fixture.invoke("leak", "null").await;
    eventually("the files are closed", || open_files() <= before).await;
    eventually("no zombie is left", || zombies() == 0).await;
}

#[tokio::test]
async fn an_environment_ends_when_landline_dies() {
    let fixture = Fixture::new().await;
    std::fs::write(
        fixture.folder.path().join("app.py"),
        "def handler(e, c): pass",
    )
    .unwrap();
    std::fs::write(
        fixture.folder.path().join("app.js"),
        "exports.handler = () => {};",
    )
    .unwrap();
    for (interpreter, bootstrap) in [("python3", "bootstrap.py"), ("node", "bootstrap.cjs")] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mut child = Command::new(interpreter)
            .arg(fixture.folder.path().join("lambda/runtime").join(bootstrap))
            .env("AWS_LAMBDA_RUNTIME_API", address)
            .env("LAMBDA_TASK_ROOT", fixture.folder.path())
            .env("_HANDLER", "app.handler")
            .stdin(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let (mut runtime, _) = listener.accept().await.unwrap();
        let mut request = [0; 16];
        runtime.read_exact(&mut request).await.unwrap();
        // As at the death of Landline; the connection stays, as inside an event.
        drop(child.stdin.take());
        let ended = tokio::time::timeout(Duration::from_secs(5), child.wait()).await;
        assert!(ended.is_ok(), "{bootstrap}");
    }
}

fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

/// Children of this process that ended and were not waited for.
fn zombies() -> usize {
    let parent = format!("PPid:\t{}\n", std::process::id());
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let statuses = processes.filter_map(|p| std::fs::read_to_string(p.path().join("status")).ok());
    statuses
        .filter(|status| status.contains("State:\tZ") && status.contains(&parent))
        .count()
}
