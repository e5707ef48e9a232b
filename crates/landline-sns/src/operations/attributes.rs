//! `GetTopicAttributes`, `SetTopicAttributes`, `GetSubscriptionAttributes`, `SetSubscriptionAttributes`.

use std::collections::BTreeMap;

use landline_api::sns as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Sns;
use crate::attributes::{
    check_of_subscription, check_of_topic, default_delivery_policy, default_policy, normalize,
};
use crate::errors::{WriteFailure, invalid, no_subscription, no_topic};
use crate::topic::{
    SUBSCRIPTIONS, Subscription, SubscriptionRecord, TOPICS, Topic, TopicRecord, check_topic,
};

impl Handler<api::GetTopicAttributes> for Sns {
    async fn handle(
        &self,
        input: api::GetTopicAttributesInput,
        _caller: &Caller,
    ) -> Result<api::GetTopicAttributesOutput, ServiceError> {
        let topic = self.find(&input.topic_arn)?;
        let record = topic.record();
        let subscriptions = topic.subscriptions();
        let confirmed = subscriptions.iter().filter(|it| it.is_confirmed()).count();
        let pending = subscriptions.len() - confirmed;
        let mut told = record.attributes.clone();
        told.retain(|_, value| !value.is_empty());
        let mut tell = |name: &str, value: String| {
            told.entry(name.to_owned()).or_insert(value);
        };
        tell("TopicArn", record.arn.clone());
        tell("Owner", record.owner.clone());
        tell("Policy", default_policy(&record).to_string());
        tell("DisplayName", String::new());
        tell("SubscriptionsConfirmed", confirmed.to_string());
        tell("SubscriptionsPending", pending.to_string());
        tell("SubscriptionsDeleted", "0".to_owned());
        let policy = record.attributes.get("DeliveryPolicy").cloned();
        let policy = policy.unwrap_or_else(|| default_delivery_policy().to_string());
        tell("EffectiveDeliveryPolicy", policy);
        if topic.is_fifo() {
            tell("ContentBasedDeduplication", "false".to_owned());
        }
        Ok(api::GetTopicAttributesOutput {
            attributes: Some(told),
        })
    }
}

impl Handler<api::SetTopicAttributes> for Sns {
    async fn handle(
        &self,
        input: api::SetTopicAttributesInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let topic = self.find(&input.topic_arn)?;
        let name = input.attribute_name;
        let value = input.attribute_value.unwrap_or_default();
        check_of_topic(&name, &value, topic.is_fifo())?;
        if name == "FifoTopic" {
            return Err(invalid("AttributeName"));
        }
        let change = self.change_topic(&topic, move |record| {
            record.attributes.insert(name, value);
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Handler<api::GetSubscriptionAttributes> for Sns {
    async fn handle(
        &self,
        input: api::GetSubscriptionAttributesInput,
        caller: &Caller,
    ) -> Result<api::GetSubscriptionAttributesOutput, ServiceError> {
        let (topic, subscription) = self.find_subscription(&input.subscription_arn)?;
        let record = &subscription.record;
        let mut told: BTreeMap<String, String> = record.attributes.clone();
        told.retain(|_, value| !value.is_empty());
        if told.contains_key("FilterPolicy") {
            let scope = told.entry("FilterPolicyScope".to_owned());
            scope.or_insert_with(|| "MessageAttributes".to_owned());
        } else {
            told.remove("FilterPolicyScope");
        }
        let mut tell = |name: &str, value: String| {
            told.entry(name.to_owned()).or_insert(value);
        };
        tell("SubscriptionArn", subscription.arn.clone());
        tell("TopicArn", topic.arn.clone());
        tell("Owner", record.owner.clone());
        tell("Protocol", record.protocol.as_str().to_owned());
        tell("Endpoint", record.endpoint.clone());
        tell("RawMessageDelivery", "false".to_owned());
        let is_pending = !subscription.is_confirmed();
        tell("PendingConfirmation", is_pending.to_string());
        let is_authenticated = !record.protocol.is_confirmed_by_subscriber()
            || (!is_pending && record.authenticates_unsubscribe);
        tell("ConfirmationWasAuthenticated", is_authenticated.to_string());
        tell("SubscriptionPrincipal", caller.principal.to_string());
        if record.protocol.is_web() {
            let policy = default_delivery_policy()["http"].to_string();
            tell("EffectiveDeliveryPolicy", policy);
        }
        Ok(api::GetSubscriptionAttributesOutput {
            attributes: Some(told),
        })
    }
}

impl Handler<api::SetSubscriptionAttributes> for Sns {
    async fn handle(
        &self,
        input: api::SetSubscriptionAttributesInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let (topic, subscription) = self.find_subscription(&input.subscription_arn)?;
        let (name, value) = (input.attribute_name, input.attribute_value);
        let change = self.change_subscription(&topic, &subscription, move |record| {
            record.attributes.insert(name, value.unwrap_or_default());
            normalize(&mut record.attributes);
            check_of_subscription(&record.attributes)
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Sns {
    /// Changes a topic: in the store, then for those who look.
    pub(super) async fn change_topic(
        &self,
        topic: &Topic,
        change: impl FnOnce(&mut TopicRecord) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<(), ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let name = topic.name.clone();
        let written = self.store.write(move |transaction| {
            let mut record = check_topic(transaction, &name, no_topic)?;
            change(&mut record).map_err(WriteFailure::Refused)?;
            TOPICS.put_in(transaction, &name, &record)?;
            Ok::<_, WriteFailure>(record)
        });
        topic.follow(written.await?);
        Ok(())
    }

    /// Changes a subscription: in the store, then for those who look.
    pub(super) async fn change_subscription(
        &self,
        topic: &Topic,
        subscription: &Subscription,
        change: impl FnOnce(&mut SubscriptionRecord) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<(), ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let key = topic.key(&subscription.id);
        let written = self.store.write(move |transaction| {
            let Some(mut record) = SUBSCRIPTIONS.get_in(transaction, &key)? else {
                return Err(WriteFailure::Refused(no_subscription()));
            };
            change(&mut record).map_err(WriteFailure::Refused)?;
            SUBSCRIPTIONS.put_in(transaction, &key, &record)?;
            Ok(record)
        });
        let record = written.await?;
        topic.put(Subscription::new(&topic.arn, &subscription.id, record));
        Ok(())
    }
}
