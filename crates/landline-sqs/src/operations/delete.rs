//! `DeleteMessage`, `DeleteMessageBatch`.

use std::sync::Arc;

use landline_api::sqs as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::batch;
use super::receipt::Handle;
use crate::Sqs;
use crate::errors::{WriteFailure, invalid_value};
use crate::index::Receipt;
use crate::queue::Queue;

impl Handler<api::DeleteMessage> for Sqs {
    async fn handle(
        &self,
        input: api::DeleteMessageInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let number = self.deletable(&queue, &input.receipt_handle)?;
        self.delete(&queue, number.into_iter().collect()).await?;
        Ok(Unit {})
    }
}

impl Handler<api::DeleteMessageBatch> for Sqs {
    async fn handle(
        &self,
        input: api::DeleteMessageBatchInput,
        _caller: &Caller,
    ) -> Result<api::DeleteMessageBatchOutput, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let ids = input.entries.iter().map(|entry| &entry.id);
        batch::check(ids, "DeleteMessageBatchRequestEntry")?;
        let (mut successful, mut failed, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        for entry in input.entries {
            match self.deletable(&queue, &entry.receipt_handle) {
                Ok(number) => {
                    numbers.extend(number);
                    successful.push(api::DeleteMessageBatchResultEntry { id: entry.id });
                }
                Err(error) => failed.push(batch::failed(entry.id, error)),
            }
        }
        self.delete(&queue, numbers).await?;
        Ok(api::DeleteMessageBatchOutput { successful, failed })
    }
}

impl Sqs {
    /// The message that a handle may delete; none when it is gone already.
    fn deletable(&self, queue: &Queue, handle: &str) -> Result<Option<u64>, ServiceError> {
        let parsed = Handle::parse(handle, queue)?;
        let mut index = queue.index.lock();
        index.advance(self.now());
        match index.receipt(parsed.number, parsed.receipt) {
            Receipt::Gone => Ok(None),
            // What a FIFO queue may have given to somebody else is not deleted.
            Receipt::Outdated if queue.state().settings.is_fifo => Err(invalid_value(
                handle,
                "ReceiptHandle",
                "The receipt handle has expired.",
            )),
            Receipt::Current | Receipt::Outdated => Ok(Some(parsed.number)),
        }
    }

    /// Removes messages from the store, then from the index.
    async fn delete(&self, queue: &Arc<Queue>, numbers: Vec<u64>) -> Result<(), ServiceError> {
        if numbers.is_empty() {
            return Ok(());
        }
        self.forget(queue, numbers.clone()).await?;
        let mut index = queue.index.lock();
        for number in numbers {
            index.remove(number);
        }
        drop(index);
        // The next of a group may be received now.
        if queue.state().settings.is_fifo {
            queue.arrivals.notify_waiters();
        }
        Ok(())
    }

    /// Removes from the store what must not be sent twice.
    pub(super) async fn forget_sent(
        &self,
        queue: &Arc<Queue>,
        ids: Vec<String>,
    ) -> Result<(), ServiceError> {
        let queue = queue.clone();
        let written = self.store.write(move |transaction| {
            for id in ids {
                transaction.delete(queue.sent_key(&id));
            }
            Ok::<_, WriteFailure>(())
        });
        Ok(written.await?)
    }

    /// Removes messages from the store.
    pub(super) async fn forget(
        &self,
        queue: &Arc<Queue>,
        numbers: Vec<u64>,
    ) -> Result<(), ServiceError> {
        let queue = queue.clone();
        let written = self.store.write(move |transaction| {
            for number in numbers {
                transaction.delete(queue.message_key(number));
            }
            Ok::<_, WriteFailure>(())
        });
        Ok(written.await?)
    }
}
