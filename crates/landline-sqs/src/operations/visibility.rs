//! `ChangeMessageVisibility`, `ChangeMessageVisibilityBatch`.

use landline_api::sqs as api;
use landline_api::sqs::errors;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::batch;
use super::receipt::Handle;
use crate::Sqs;
use crate::errors::{invalid_value, missing};
use crate::index::Receipt;
use crate::queue::Queue;
use crate::quotas::VISIBILITY_SECONDS_MAX;

impl Handler<api::ChangeMessageVisibility> for Sqs {
    async fn handle(
        &self,
        input: api::ChangeMessageVisibilityInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        self.hide(&queue, &input.receipt_handle, input.visibility_timeout)?;
        Ok(Unit {})
    }
}

impl Handler<api::ChangeMessageVisibilityBatch> for Sqs {
    async fn handle(
        &self,
        input: api::ChangeMessageVisibilityBatchInput,
        _caller: &Caller,
    ) -> Result<api::ChangeMessageVisibilityBatchOutput, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let ids = input.entries.iter().map(|entry| &entry.id);
        batch::check(ids, "ChangeMessageVisibilityBatchRequestEntry")?;
        let (mut successful, mut failed) = (Vec::new(), Vec::new());
        for entry in input.entries {
            let timeout = entry.visibility_timeout;
            let changed = timeout
                .ok_or_else(|| missing("VisibilityTimeout"))
                .and_then(|seconds| self.hide(&queue, &entry.receipt_handle, seconds));
            match changed {
                Ok(()) => {
                    let id = entry.id;
                    successful.push(api::ChangeMessageVisibilityBatchResultEntry { id });
                }
                Err(error) => failed.push(batch::failed(entry.id, error)),
            }
        }
        Ok(api::ChangeMessageVisibilityBatchOutput { successful, failed })
    }
}

impl Sqs {
    fn hide(&self, queue: &Queue, handle: &str, seconds: i32) -> Result<(), ServiceError> {
        check_timeout(seconds)?;
        let parsed = Handle::parse(handle, queue)?;
        let now = self.now();
        let mut index = queue.index.lock();
        index.advance(now);
        let is_fifo = queue.state().settings.is_fifo;
        match index.receipt(parsed.number, parsed.receipt) {
            Receipt::Outdated if is_fifo => {
                let text = format!(
                    "Value {handle} for parameter ReceiptHandle is invalid. Reason: Message is not available for visibility timeout change."
                );
                return Err(errors::MessageNotInflight.with(text));
            }
            // Where there is no order to keep, an old receipt is as good as the last one.
            Receipt::Current | Receipt::Outdated => {
                index.hide_until(parsed.number, now + i64::from(seconds) * 1000);
                index.advance(now);
            }
            Receipt::Gone => {
                return Err(invalid_value(
                    handle,
                    "ReceiptHandle",
                    "Message does not exist or is not available for visibility timeout change.",
                ));
            }
        }
        drop(index);
        queue.arrivals.notify_waiters();
        Ok(())
    }
}

pub(super) fn check_timeout(seconds: i32) -> Result<(), ServiceError> {
    if (0..=VISIBILITY_SECONDS_MAX).contains(&seconds) {
        return Ok(());
    }
    let reason = format!("Must be between 0 and {VISIBILITY_SECONDS_MAX}, if provided.");
    Err(invalid_value(seconds, "VisibilityTimeout", &reason))
}
