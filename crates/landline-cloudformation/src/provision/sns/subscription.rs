//! `AWS::SNS::Subscription`.

use std::collections::BTreeMap;

use landline_api::sns::{
    SetSubscriptionAttributes, SetSubscriptionAttributesInput, Subscribe, SubscribeInput,
    Unsubscribe, UnsubscribeInput,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::unless_gone;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{document, text};

#[derive(Debug)]
pub(in crate::provision) struct Subscription(pub(in crate::provision) Dispatcher);

static SUBSCRIPTION: Schema = Schema {
    resource_type: "AWS::SNS::Subscription",
    required: &["Protocol", "TopicArn"],
    properties: &[
        "DeliveryPolicy",
        "Endpoint",
        "FilterPolicy",
        "FilterPolicyScope",
        "Protocol",
        "RawMessageDelivery",
        "RedrivePolicy",
        "Region",
        "ReplayPolicy",
        "SubscriptionRoleArn",
        "TopicArn",
    ],
    replace_on: &["Endpoint", "Protocol", "TopicArn"],
    attributes: &["Arn"],
};

/// What an attribute is when a template no longer has it. The scope stands before the policy that is read by it.
const DEFAULTS: [(&str, &str); 7] = [
    ("FilterPolicyScope", "MessageAttributes"),
    ("DeliveryPolicy", ""),
    ("FilterPolicy", ""),
    ("RawMessageDelivery", "false"),
    ("RedrivePolicy", ""),
    ("ReplayPolicy", ""),
    ("SubscriptionRoleArn", ""),
];

fn attributes(properties: &Json) -> BTreeMap<String, String> {
    let names = DEFAULTS.iter().map(|(name, _)| *name);
    let given = names.filter_map(|name| Some((name, properties.get(name)?)));
    given
        .map(|(name, value)| (name.to_owned(), document(value)))
        .collect()
}

fn made(arn: &str) -> Provisioned {
    Provisioned::new(arn).with("Arn", Some(arn))
}

impl Subscription {
    async fn set(
        &self,
        arn: &str,
        name: &str,
        value: &str,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let input = SetSubscriptionAttributesInput {
            subscription_arn: arn.to_owned(),
            attribute_name: name.to_owned(),
            attribute_value: Some(value.to_owned()),
        };
        let set = self.0.call::<SetSubscriptionAttributes>(input, caller);
        set.await?;
        Ok(())
    }
}

impl ResourceProvider for Subscription {
    fn schema(&self) -> &'static Schema {
        &SUBSCRIPTION
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let input = SubscribeInput {
                topic_arn: text(properties, "TopicArn").unwrap_or_default(),
                protocol: text(properties, "Protocol").unwrap_or_default(),
                endpoint: text(properties, "Endpoint"),
                attributes: Some(attributes(properties)),
                return_subscription_arn: Some(true),
            };
            let made_one = self.0.call::<Subscribe>(input, &request.caller).await?;
            Ok(made(&made_one.subscription_arn.unwrap_or_default()))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let arn = &existing.physical_id;
            let mut known = attributes(&existing.properties);
            let wanted = attributes(&request.properties);
            if known.get("FilterPolicyScope") != wanted.get("FilterPolicyScope")
                && known.remove("FilterPolicy").is_some()
            {
                // SNS would read the policy that is there by the scope that is new.
                self.set(arn, "FilterPolicy", "", &request.caller).await?;
            }
            for (name, nothing) in DEFAULTS {
                let value = wanted.get(name).map_or(nothing, String::as_str);
                if known.get(name).map_or(nothing, String::as_str) == value {
                    continue;
                }
                self.set(arn, name, value, &request.caller).await?;
            }
            Ok(made(arn))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = UnsubscribeInput {
                subscription_arn: existing.physical_id.clone(),
            };
            unless_gone(self.0.call::<Unsubscribe>(input, caller).await)
        })
    }
}
