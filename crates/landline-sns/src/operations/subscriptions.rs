//! `Subscribe`, `ConfirmSubscription`, `Unsubscribe`, `ListSubscriptions`, `ListSubscriptionsByTopic`.
//!
//! <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::sns as api;
use landline_api::sns::errors;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, hex, request_id};

use super::page::page;
use crate::Sns;
use crate::attributes::{Protocol, check_given, normalize};
use crate::errors::{WriteFailure, invalid, invalid_because, no_topic};
use crate::quotas::{CONFIRMATION_MILLIS, FIFO_SUBSCRIPTIONS_MAX, SUBSCRIPTIONS_MAX};
use crate::topic::{SUBSCRIPTIONS, Subscription, SubscriptionRecord, Topic, check_topic};

impl Handler<api::Subscribe> for Sns {
    async fn handle(
        &self,
        input: api::SubscribeInput,
        caller: &Caller,
    ) -> Result<api::SubscribeOutput, ServiceError> {
        let topic = self.find(&input.topic_arn)?;
        let protocol = Protocol::parse(&input.protocol)?;
        let endpoint = input.endpoint.unwrap_or_default();
        protocol.check_endpoint(&endpoint)?;
        check_fits(&topic, protocol, &endpoint)?;
        let mut attributes = input.attributes.unwrap_or_default();
        normalize(&mut attributes);
        check_given(&attributes)?;
        let record = SubscriptionRecord {
            protocol,
            endpoint,
            owner: caller.account_id.to_string(),
            attributes,
            token: protocol.is_confirmed_by_subscriber().then(token),
            created_millis: self.now(),
            authenticates_unsubscribe: false,
        };
        let subscription = self.subscribe(&topic, record).await?;
        if !subscription.is_confirmed() && protocol.is_web() {
            let ask = subscription.clone();
            self.deliveries.ask(topic.arn.clone(), ask);
        }
        if !protocol.is_delivered() {
            tracing::warn!(
                topic = topic.arn,
                protocol = protocol.as_str(),
                "Landline delivers nothing by this protocol; the subscription is kept and nobody is told"
            );
        }
        let wants_arn = input.return_subscription_arn == Some(true);
        let arn = if subscription.is_confirmed() || wants_arn {
            subscription.arn.clone()
        } else {
            "pending confirmation".to_owned()
        };
        Ok(api::SubscribeOutput {
            subscription_arn: Some(arn),
        })
    }
}

/// FIFO topics tell queues only, and standard topics no FIFO queue.
fn check_fits(topic: &Topic, protocol: Protocol, endpoint: &str) -> Result<(), ServiceError> {
    let is_fifo_queue = endpoint
        .rsplit_once('.')
        .is_some_and(|(_, end)| end == "fifo");
    if topic.is_fifo() && protocol != Protocol::Sqs {
        return Err(invalid_because(
            "Endpoint",
            format_args!(
                "Endpoint protocol {} is not supported by FIFO topics",
                protocol.as_str()
            ),
        ));
    }
    if !topic.is_fifo() && protocol == Protocol::Sqs && is_fifo_queue {
        return Err(invalid_because(
            "Endpoint",
            "FIFO SQS Queues can not be subscribed to standard SNS topics",
        ));
    }
    Ok(())
}

fn token() -> String {
    hex(&request_id::random_bytes::<32>())
}

impl Sns {
    /// Makes a subscription, or finds the one that is the same.
    async fn subscribe(
        &self,
        topic: &Arc<Topic>,
        record: SubscriptionRecord,
    ) -> Result<Arc<Subscription>, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        self.forget_unconfirmed(topic).await?;
        let subscriptions = topic.subscriptions();
        let existing = subscriptions.iter().find(|it| {
            it.record.protocol == record.protocol && it.record.endpoint == record.endpoint
        });
        if let Some(existing) = existing {
            if differs(&existing.record.attributes, &record.attributes) {
                return Err(invalid_because(
                    "Attributes",
                    "Subscription already exists with different attributes",
                ));
            }
            return Ok(existing.clone());
        }
        let most = if topic.is_fifo() {
            FIFO_SUBSCRIPTIONS_MAX
        } else {
            SUBSCRIPTIONS_MAX
        };
        if subscriptions.len() >= most {
            return Err(errors::SubscriptionLimitExceededException.with("Too many subscriptions"));
        }
        let id = request_id::uuid();
        let (name, key, kept) = (topic.name.clone(), topic.key(&id), record.clone());
        let written = self.store.write(move |transaction| {
            check_topic(transaction, &name, no_topic)?;
            SUBSCRIPTIONS.put_in(transaction, &key, &kept)?;
            Ok::<_, WriteFailure>(())
        });
        written.await?;
        Ok(topic.put(Subscription::new(&topic.arn, &id, record)))
    }

    /// Ends the subscriptions that nobody confirmed in time.
    async fn forget_unconfirmed(&self, topic: &Topic) -> Result<(), ServiceError> {
        let since = self.now() - CONFIRMATION_MILLIS;
        for subscription in topic.subscriptions() {
            if !subscription.is_confirmed() && subscription.record.created_millis < since {
                self.end(topic, &subscription).await?;
            }
        }
        Ok(())
    }

    async fn end(&self, topic: &Topic, subscription: &Subscription) -> Result<(), ServiceError> {
        let key = topic.key(&subscription.id);
        let deleted = SUBSCRIPTIONS.delete(&*self.store, &key).await;
        deleted.map_err(|error| ServiceError::internal(&error))?;
        topic.remove(&subscription.id);
        Ok(())
    }
}

/// Whether attributes that are given are others than those that are known.
fn differs(known: &BTreeMap<String, String>, given: &BTreeMap<String, String>) -> bool {
    let mut given = given.iter().filter(|(_, value)| !value.is_empty());
    given.any(|(name, value)| known.get(name) != Some(value))
}

impl Handler<api::ConfirmSubscription> for Sns {
    async fn handle(
        &self,
        input: api::ConfirmSubscriptionInput,
        _caller: &Caller,
    ) -> Result<api::ConfirmSubscriptionOutput, ServiceError> {
        let topic = self.find(&input.topic_arn)?;
        let subscriptions = topic.subscriptions();
        let token = Some(&input.token);
        let found = subscriptions
            .iter()
            .find(|it| it.record.token.as_ref() == token);
        let subscription = found.ok_or_else(|| invalid("Token"))?;
        let authenticates = input.authenticate_on_unsubscribe.as_deref() == Some("true");
        let change = self.change_subscription(&topic, subscription, move |record| {
            record.token = None;
            record.authenticates_unsubscribe = authenticates;
            Ok(())
        });
        change.await?;
        Ok(api::ConfirmSubscriptionOutput {
            subscription_arn: Some(subscription.arn.clone()),
        })
    }
}

impl Handler<api::Unsubscribe> for Sns {
    async fn handle(
        &self,
        input: api::UnsubscribeInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        match self.find_subscription(&input.subscription_arn) {
            Ok((topic, subscription)) => {
                let is_unsigned = caller.source_ip.is_some() && caller.access_key_id.is_none();
                if is_unsigned && subscription.record.authenticates_unsubscribe {
                    return Err(errors::AuthorizationErrorException.with("Access denied"));
                }
                self.end(&topic, &subscription).await?;
            }
            // Ending what is not there is a success.
            Err(error) if errors::NotFoundException.matches(&error) => {}
            Err(error) => return Err(error),
        }
        Ok(Unit {})
    }
}

impl Handler<api::ListSubscriptions> for Sns {
    async fn handle(
        &self,
        input: api::ListSubscriptionsInput,
        _caller: &Caller,
    ) -> Result<api::ListSubscriptionsOutput, ServiceError> {
        let topics = self.topics.all();
        let all = topics.iter().flat_map(|topic| shown(topic)).collect();
        let (page, next_token) = page(all, input.next_token.as_deref(), |(key, _)| key);
        Ok(api::ListSubscriptionsOutput {
            subscriptions: Some(page.into_iter().map(|(_, shown)| shown).collect()),
            next_token,
        })
    }
}

impl Handler<api::ListSubscriptionsByTopic> for Sns {
    async fn handle(
        &self,
        input: api::ListSubscriptionsByTopicInput,
        _caller: &Caller,
    ) -> Result<api::ListSubscriptionsByTopicOutput, ServiceError> {
        let all = shown(&*self.find(&input.topic_arn)?);
        let (page, next_token) = page(all, input.next_token.as_deref(), |(key, _)| key);
        Ok(api::ListSubscriptionsByTopicOutput {
            subscriptions: Some(page.into_iter().map(|(_, shown)| shown).collect()),
            next_token,
        })
    }
}

/// The subscriptions of a topic as lists show them, each with its place in them.
fn shown(topic: &Topic) -> Vec<(String, api::Subscription)> {
    let subscriptions = topic.subscriptions().into_iter();
    let shown = subscriptions.map(|subscription| {
        let arn = if subscription.is_confirmed() {
            subscription.arn.clone()
        } else {
            "PendingConfirmation".to_owned()
        };
        let record = &subscription.record;
        let shown = api::Subscription {
            subscription_arn: Some(arn),
            owner: Some(record.owner.clone()),
            protocol: Some(record.protocol.as_str().to_owned()),
            endpoint: Some(record.endpoint.clone()),
            topic_arn: Some(topic.arn.clone()),
        };
        (topic.key(&subscription.id), shown)
    });
    shown.collect()
}
