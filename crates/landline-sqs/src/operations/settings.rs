//! `GetQueueAttributes`, `SetQueueAttributes`.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::sqs as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use crate::attributes::{self, Redrive, is_fifo_name};
use crate::errors::{WriteFailure, invalid_value};
use crate::queue::{QUEUES, Queue, QueueRecord};
use crate::{Sqs, arn};

impl Handler<api::GetQueueAttributes> for Sqs {
    async fn handle(
        &self,
        input: api::GetQueueAttributesInput,
        caller: &Caller,
    ) -> Result<api::GetQueueAttributesOutput, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let names = input.attribute_names.unwrap_or_default();
        let names: Vec<&str> = names.iter().map(api::QueueAttributeName::as_str).collect();
        let unknown = names
            .iter()
            .find(|name| **name != "All" && !api::QueueAttributeName::VALUES.contains(name));
        if let Some(name) = unknown {
            return Err(attributes::unknown(name));
        }
        let mut told = self.attributes(&queue, caller).await;
        told.retain(|name, _| names.contains(&"All") || names.contains(&name.as_str()));
        Ok(api::GetQueueAttributesOutput {
            attributes: (!told.is_empty()).then_some(told),
        })
    }
}

impl Handler<api::SetQueueAttributes> for Sqs {
    async fn handle(
        &self,
        mut input: api::SetQueueAttributesInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let is_fifo = queue.state().settings.is_fifo;
        attributes::normalize(&mut input.attributes);
        attributes::check(&input.attributes, is_fifo)?;
        attributes::check_kept(&input.attributes, is_fifo)?;
        self.check_redrive(&input.attributes, is_fifo)?;
        let now = self.now();
        let change = self.change(&queue, move |record| {
            record.modified_millis = now;
            for (name, value) in input.attributes {
                // An empty text takes a policy away.
                if value.is_empty() {
                    record.attributes.remove(&name);
                } else {
                    record.attributes.insert(name, value);
                }
            }
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Sqs {
    /// Changes what is kept of a queue, then what is known of it.
    pub(super) async fn change(
        &self,
        queue: &Arc<Queue>,
        change: impl FnOnce(&mut QueueRecord) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<(), ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let (name, id) = (queue.name.clone(), queue.id);
        let written = self.store.write(move |transaction| {
            let mut record = Queue::check_in(transaction, &name, id)?;
            change(&mut record).map_err(WriteFailure::Refused)?;
            QUEUES.put_in(transaction, &name, &record)?;
            Ok::<_, WriteFailure>(record)
        });
        queue.follow(written.await?);
        // Who waits may have to wait for less.
        queue.arrivals.notify_waiters();
        Ok(())
    }

    /// Refuses a dead-letter queue that cannot be one.
    pub(super) fn check_redrive(
        &self,
        attributes: &BTreeMap<String, String>,
        is_fifo: bool,
    ) -> Result<(), ServiceError> {
        let policy = attributes.get("RedrivePolicy");
        let Some(policy) = policy.filter(|policy| !policy.is_empty()) else {
            return Ok(());
        };
        let target = Redrive::parse(policy)?.target;
        let refused = |reason| Err(invalid_value(policy, "RedrivePolicy", reason));
        if self.named(&target).is_err() {
            return refused("Dead letter target does not exist.");
        }
        if is_fifo_name(&target) != is_fifo {
            return refused("Dead-letter queue must be same type of queue as the source.");
        }
        Ok(())
    }

    async fn attributes(&self, queue: &Arc<Queue>, caller: &Caller) -> BTreeMap<String, String> {
        self.tidy(queue).await;
        let state = queue.state();
        let counts = queue.index.lock().counts();
        let record = &state.record;
        let mut told = attributes::with_defaults(&record.attributes, state.settings.is_fifo);
        // How long a key is used means nothing without one.
        if !record.attributes.contains_key("KmsMasterKeyId") {
            told.remove("KmsDataKeyReusePeriodSeconds");
        }
        let mut tell = |name: &str, value: String| told.insert(name.to_owned(), value);
        tell("QueueArn", arn(&queue.name, caller));
        tell("ApproximateNumberOfMessages", counts.visible.to_string());
        tell(
            "ApproximateNumberOfMessagesNotVisible",
            counts.in_flight.to_string(),
        );
        tell(
            "ApproximateNumberOfMessagesDelayed",
            counts.delayed.to_string(),
        );
        tell(
            "CreatedTimestamp",
            (record.created_millis / 1000).to_string(),
        );
        tell(
            "LastModifiedTimestamp",
            (record.modified_millis / 1000).to_string(),
        );
        told
    }
}
