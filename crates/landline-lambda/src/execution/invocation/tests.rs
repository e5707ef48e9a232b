//! Failures in the words of Lambda.

use super::{Exit, Failure, timed_out};

fn message(failure: &Failure) -> String {
    let payload = failure.payload("8f507cfc-xmpl-4697-b07a-ac58fc914c95");
    String::from_utf8(payload.to_vec()).unwrap()
}

#[test]
fn a_timeout_reads_as_lambda_writes_it() {
    assert_eq!(
        message(&Failure::TimedOut { after_millis: 3000 }),
        r#"{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 8f507cfc-xmpl-4697-b07a-ac58fc914c95 Error: Task timed out after 3.00 seconds"}"#
    );
    assert_eq!(timed_out(1_250), "Task timed out after 1.25 seconds");
}

#[test]
fn a_process_that_ends_reads_as_lambda_writes_it() {
    let text = |exit| message(&Failure::Exited(exit));
    assert_eq!(
        text(Exit::Status(1)),
        r#"{"errorType":"Runtime.ExitError","errorMessage":"RequestId: 8f507cfc-xmpl-4697-b07a-ac58fc914c95 Error: Runtime exited with error: exit status 1"}"#
    );
    assert!(text(Exit::Status(0)).contains("Error: Runtime exited without providing a reason"));
    assert!(text(Exit::Signal(9)).contains("Error: Runtime exited with error: signal: killed"));
}
