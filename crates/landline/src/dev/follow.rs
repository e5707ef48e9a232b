//! What functions print, in the terminal of `landline dev`, as they print it.

use std::sync::Arc;

use landline_lambda::{Lambda, LogBatch};
use tokio::sync::broadcast::error::RecvError;

/// Lines that Lambda adds around each event; they are in `landline logs`.
const FRAME: [&str; 3] = ["START RequestId:", "END RequestId:", "REPORT RequestId:"];

/// Shows lines until the node ends.
pub async fn follow_functions(lambda: Arc<Lambda>) {
    let mut batches = lambda.follow_logs();
    drop(lambda);
    loop {
        match batches.recv().await {
            Ok(batch) => show(&batch),
            Err(RecvError::Lagged(missed)) => {
                tracing::warn!(missed, "functions print faster than the terminal shows");
            }
            Err(RecvError::Closed) => return,
        }
    }
}

#[expect(clippy::print_stderr, reason = "this is what the person watches")]
fn show(batch: &LogBatch) {
    for line in &batch.lines {
        let message = line.message.trim_end();
        if !FRAME.iter().any(|frame| message.starts_with(frame)) {
            eprintln!("{} | {message}", batch.function_name);
        }
    }
}
