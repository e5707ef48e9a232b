//! The API, a file a family.

mod attributes;
mod page;
mod permissions;
mod publish;
mod subscriptions;
mod tags;
mod topics;

use std::sync::Arc;

use landline_api::sns as api;
use landline_wire::DispatcherBuilder;

use crate::Sns;

impl Sns {
    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateTopic, _>(self.clone())
            .register::<api::DeleteTopic, _>(self.clone())
            .register::<api::ListTopics, _>(self.clone())
            .register::<api::GetTopicAttributes, _>(self.clone())
            .register::<api::SetTopicAttributes, _>(self.clone())
            .register::<api::AddPermission, _>(self.clone())
            .register::<api::RemovePermission, _>(self.clone())
            .register::<api::Subscribe, _>(self.clone())
            .register::<api::ConfirmSubscription, _>(self.clone())
            .register::<api::Unsubscribe, _>(self.clone())
            .register::<api::ListSubscriptions, _>(self.clone())
            .register::<api::ListSubscriptionsByTopic, _>(self.clone())
            .register::<api::GetSubscriptionAttributes, _>(self.clone())
            .register::<api::SetSubscriptionAttributes, _>(self.clone())
            .register::<api::Publish, _>(self.clone())
            .register::<api::PublishBatch, _>(self.clone())
            .register::<api::ListTagsForResource, _>(self.clone())
            .register::<api::TagResource, _>(self.clone())
            .register::<api::UntagResource, _>(self.clone());
    }
}
