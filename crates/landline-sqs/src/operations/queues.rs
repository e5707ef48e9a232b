//! `CreateQueue`, `GetQueueUrl`, `ListQueues`, `DeleteQueue`, `PurgeQueue`.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::sqs as api;
use landline_api::sqs::errors;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Sqs;
use crate::attributes;
use crate::errors::{WriteFailure, invalid, unavailable};
use crate::queue::{QUEUES, Queue, QueueRecord};
use crate::quotas::{LISTED_MAX, PURGE_MILLIS};

impl Handler<api::CreateQueue> for Sqs {
    async fn handle(
        &self,
        input: api::CreateQueueInput,
        caller: &Caller,
    ) -> Result<api::CreateQueueOutput, ServiceError> {
        let name = input.queue_name;
        let mut attributes = input.attributes.unwrap_or_default();
        attributes::normalize(&mut attributes);
        let is_fifo = attributes.get("FifoQueue").is_some_and(|it| it == "true");
        attributes::check_name(&name, is_fifo)?;
        attributes::check(&attributes, is_fifo)?;
        let answer = api::CreateQueueOutput {
            queue_url: Some(self.url(&name, caller)),
        };
        let _one_at_a_time = self.changes.lock().await;
        if let Ok(existing) = self.named(&name) {
            check_same(&existing, &attributes)?;
            return Ok(answer);
        }
        self.check_redrive(&attributes, is_fifo)?;
        attributes.retain(|_, value| !value.is_empty());
        let now = self.now();
        let record = QueueRecord {
            id: self.next_number(),
            attributes,
            tags: input.tags.unwrap_or_default(),
            created_millis: now,
            modified_millis: now,
        };
        let put = QUEUES.put(&*self.store, &name, record.clone()).await;
        put.map_err(|error| unavailable(&error))?;
        let queue = Arc::new(Queue::new(&name, record));
        self.queues.write().insert(name, queue);
        Ok(answer)
    }
}

/// Refuses a queue that exists with other attributes than those that the caller gives.
fn check_same(existing: &Queue, attributes: &BTreeMap<String, String>) -> Result<(), ServiceError> {
    let state = existing.state();
    let has = attributes::with_defaults(&state.record.attributes, state.settings.is_fifo);
    for (name, value) in attributes {
        if has.get(name).is_none_or(|known| known != value) {
            return Err(errors::QueueNameExists.with(format!(
                "A queue already exists with the same name and a different value for attribute {name}"
            )));
        }
    }
    Ok(())
}

impl Handler<api::GetQueueUrl> for Sqs {
    async fn handle(
        &self,
        input: api::GetQueueUrlInput,
        caller: &Caller,
    ) -> Result<api::GetQueueUrlOutput, ServiceError> {
        let queue = self.named(&input.queue_name)?;
        Ok(api::GetQueueUrlOutput {
            queue_url: Some(self.url(&queue.name, caller)),
        })
    }
}

impl Handler<api::ListQueues> for Sqs {
    async fn handle(
        &self,
        input: api::ListQueuesInput,
        caller: &Caller,
    ) -> Result<api::ListQueuesOutput, ServiceError> {
        let prefix = input.queue_name_prefix.unwrap_or_default();
        let max = page_size(input.max_results)?;
        let after = input.next_token.unwrap_or_default();
        let queues = self.queues.read();
        let names = queues.keys().filter(|name| name.starts_with(&prefix));
        let mut rest = names.filter(|name| **name > after).peekable();
        let page: Vec<&String> = rest.by_ref().take(max).collect();
        // Without a limit the answer has no token, and no more than a page.
        let is_paged = input.max_results.is_some() && rest.peek().is_some();
        let next_token = page.last().filter(|_| is_paged).map(|name| (*name).clone());
        let urls: Vec<String> = page.iter().map(|name| self.url(name, caller)).collect();
        Ok(api::ListQueuesOutput {
            next_token,
            queue_urls: (!urls.is_empty()).then_some(urls),
        })
    }
}

fn page_size(asked: Option<i32>) -> Result<usize, ServiceError> {
    let size = asked.map_or(Ok(LISTED_MAX), usize::try_from);
    match size {
        Ok(size @ 1..=LISTED_MAX) => Ok(size),
        _ => Err(invalid(
            "Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.",
        )),
    }
}

impl Handler<api::ListDeadLetterSourceQueues> for Sqs {
    async fn handle(
        &self,
        input: api::ListDeadLetterSourceQueuesInput,
        caller: &Caller,
    ) -> Result<api::ListDeadLetterSourceQueuesOutput, ServiceError> {
        let target = self.find(&input.queue_url)?;
        let max = page_size(input.max_results)?;
        let after = input.next_token.unwrap_or_default();
        let queues = self.queues.read();
        let mut rest = queues
            .values()
            .filter(|queue| {
                let redrive = &queue.state().settings.redrive;
                redrive.as_ref().is_some_and(|it| it.target == target.name)
            })
            .filter(|queue| queue.name > after)
            .peekable();
        let page: Vec<_> = rest.by_ref().take(max).collect();
        let last = page.last().filter(|_| rest.peek().is_some());
        Ok(api::ListDeadLetterSourceQueuesOutput {
            next_token: last.map(|queue| queue.name.clone()),
            queue_urls: page.iter().map(|it| self.url(&it.name, caller)).collect(),
        })
    }
}

impl Handler<api::DeleteQueue> for Sqs {
    async fn handle(
        &self,
        input: api::DeleteQueueInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let queue = self.find(&input.queue_url)?;
        let deleted = queue.clone();
        let written = self.store.write(move |transaction| {
            QUEUES.delete_in(transaction, &deleted.name);
            deleted.delete_all_in(transaction)?;
            Ok::<_, WriteFailure>(())
        });
        written.await?;
        self.queues.write().remove(&queue.name);
        queue.arrivals.notify_waiters();
        Ok(Unit {})
    }
}

impl Handler<api::PurgeQueue> for Sqs {
    async fn handle(
        &self,
        input: api::PurgeQueueInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let now = self.now();
        {
            let mut purged = queue.purged_millis.lock();
            if purged.is_some_and(|last| now - last < PURGE_MILLIS) {
                let text = format!(
                    "Only one PurgeQueue operation on {} is allowed every 60 seconds.",
                    queue.name
                );
                // The model says 400.
                return Err(ServiceError::new(
                    errors::PurgeQueueInProgress.code,
                    403,
                    text,
                ));
            }
            *purged = Some(now);
        }
        let numbers = queue.index.lock().expire(i64::MAX, usize::MAX);
        self.forget(&queue, numbers).await?;
        // What was sent before may be sent again.
        let known = queue.known.lock().clear();
        self.forget_sent(&queue, known).await?;
        Ok(Unit {})
    }
}
