//! From an event to the deliveries that it makes: a record for each target of each rule that it matches.

use std::sync::Arc;

use landline_store::{StoreError, Transaction};
use landline_wire::{ServiceError, Timestamp, request_id};
use serde_json::{Value, json};

use crate::delivery::DeliveryRecord;
use crate::errors::unavailable;
use crate::input::About;
use crate::quotas::HOPS_MAX;
use crate::rule::{Rule, TargetRecord};
use crate::target::{Source, is_reached};
use crate::{Events, archive};

/// An event on its way to a bus.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Occurrence {
    pub(crate) bus: String,
    pub(crate) event: Value,
    /// Over how many buses it came.
    pub(crate) hops: u8,
}

/// What an event consists of beside its envelope.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) source: String,
    pub(crate) detail_type: String,
    pub(crate) detail: Value,
    pub(crate) resources: Vec<String>,
    pub(crate) time: Timestamp,
}

impl Events {
    /// An event as rules and targets see it.
    ///
    /// <https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html>
    pub(crate) fn event(&self, id: &str, content: &Content) -> Value {
        json!({
            "version": "0",
            "id": id,
            "detail-type": content.detail_type,
            "source": content.source,
            "account": &*self.config.account_id,
            "time": seconds(content.time),
            "region": &*self.config.region,
            "resources": content.resources,
            "detail": content.detail,
        })
    }

    /// Makes events durable for each target of the rules that they match, then lets them go out.
    pub(crate) async fn publish(
        self: &Arc<Self>,
        occurrences: Vec<Occurrence>,
    ) -> Result<(), ServiceError> {
        let mut deliveries = Vec::new();
        for occurrence in &occurrences {
            let Some(rules) = self.buses.rules(&occurrence.bus) else {
                tracing::warn!(
                    bus = occurrence.bus,
                    "an event for a bus that is not there is lost"
                );
                continue;
            };
            for rule in rules.iter().filter(|rule| rule.is_about(&occurrence.event)) {
                deliveries.extend(self.deliveries_of(rule, &occurrence.event, occurrence.hops));
            }
        }
        let additions = self.additions(&occurrences);
        if deliveries.is_empty() && additions.is_empty() {
            return Ok(());
        }
        let kept = self.send_with(deliveries, move |transaction| {
            archive::add_in(transaction, &additions)
        });
        kept.await
    }

    /// What a rule's targets are told of an event.
    pub(crate) fn deliveries_of(
        &self,
        rule: &Rule,
        event: &Value,
        hops: u8,
    ) -> Vec<DeliveryRecord> {
        let ingested = seconds(self.now());
        let about = About {
            rule_arn: &rule.record.arn,
            rule_name: &rule.record.name,
            ingested: &ingested,
        };
        // Of the others the log told when they were put.
        let targets = rule.record.targets.iter();
        let targets = targets.filter(|target| is_reached(&target.arn));
        let deliveries = targets.map(|target| {
            let text = target.input.of(event, about);
            self.delivery(&rule.record.arn, target, text, hops)
        });
        deliveries.collect()
    }

    fn delivery(
        &self,
        rule_arn: &str,
        target: &TargetRecord,
        text: String,
        hops: u8,
    ) -> DeliveryRecord {
        DeliveryRecord {
            source: Source {
                principal: "events.amazonaws.com".to_owned(),
                arn: rule_arn.to_owned(),
            },
            target_arn: target.arn.clone(),
            group: target.group.clone(),
            dead_letters: target.dead_letters.clone(),
            max_retries: target.max_retries,
            max_age_seconds: target.max_age_seconds,
            text,
            accepted_millis: self.now().as_millis(),
            hops,
        }
    }

    /// Keeps deliveries and starts them.
    pub(crate) async fn send(
        self: &Arc<Self>,
        deliveries: Vec<DeliveryRecord>,
    ) -> Result<(), ServiceError> {
        if deliveries.is_empty() {
            return Ok(());
        }
        self.send_with(deliveries, |_| Ok(())).await
    }

    /// Keeps deliveries and starts them, with what else is kept in the same write.
    pub(crate) async fn send_with<T: Send + 'static>(
        self: &Arc<Self>,
        deliveries: Vec<DeliveryRecord>,
        also: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let room = self.deliveries.make_room(deliveries.len())?;
        let numbered = deliveries.into_iter();
        let numbered = numbered.map(|record| (format!("{:020}", self.next_number()), record));
        let deliveries: Vec<_> = numbered.collect();
        let this = self.clone();
        let written = self.config.store.write(move |transaction| {
            this.keep_in(transaction, room, deliveries)?;
            also(transaction)
        });
        written.await.map_err(unavailable)
    }

    /// Hands an event from one bus to another.
    pub(crate) async fn hand_on(
        self: &Arc<Self>,
        bus: &str,
        event: Value,
        hops: u8,
    ) -> Result<(), ServiceError> {
        if hops > HOPS_MAX {
            tracing::warn!(bus, "an event goes in circles among buses and is dropped");
            return Ok(());
        }
        let occurrence = Occurrence {
            bus: bus.to_owned(),
            event,
            hops,
        };
        // Boxed: a delivery may publish, and what is published is delivered.
        Box::pin(self.publish(vec![occurrence])).await
    }

    /// The event of a rule whose time has come.
    pub(crate) fn scheduled_event(&self, rule: &Rule, due: Timestamp) -> Value {
        let content = Content {
            source: "aws.events".to_owned(),
            detail_type: "Scheduled Event".to_owned(),
            detail: json!({}),
            resources: vec![rule.record.arn.clone()],
            time: due,
        };
        self.event(&request_id::uuid(), &content)
    }
}

/// `2027-02-03T09:15:42Z`: events have no milliseconds.
pub(crate) fn seconds(time: Timestamp) -> String {
    let whole = time.truncate_to_seconds();
    whole.format(landline_wire::timestamp::TimestampFormat::Iso8601)
}
