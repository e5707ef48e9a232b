//! The API, a file a family.

mod batch;
mod delete;
mod moves;
mod permissions;
mod queues;
mod receipt;
mod receive;
mod send;
mod settings;
mod tags;
mod visibility;

use std::sync::Arc;

pub(crate) use moves::MoveTask;

use landline_api::sqs as api;
use landline_wire::DispatcherBuilder;

use crate::Sqs;

impl Sqs {
    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateQueue, _>(self.clone())
            .register::<api::GetQueueUrl, _>(self.clone())
            .register::<api::ListQueues, _>(self.clone())
            .register::<api::DeleteQueue, _>(self.clone())
            .register::<api::PurgeQueue, _>(self.clone())
            .register::<api::ListDeadLetterSourceQueues, _>(self.clone())
            .register::<api::GetQueueAttributes, _>(self.clone())
            .register::<api::SetQueueAttributes, _>(self.clone())
            .register::<api::SendMessage, _>(self.clone())
            .register::<api::SendMessageBatch, _>(self.clone())
            .register::<api::ReceiveMessage, _>(self.clone())
            .register::<api::DeleteMessage, _>(self.clone())
            .register::<api::DeleteMessageBatch, _>(self.clone())
            .register::<api::ChangeMessageVisibility, _>(self.clone())
            .register::<api::ChangeMessageVisibilityBatch, _>(self.clone())
            .register::<api::TagQueue, _>(self.clone())
            .register::<api::UntagQueue, _>(self.clone())
            .register::<api::ListQueueTags, _>(self.clone())
            .register::<api::StartMessageMoveTask, _>(self.clone())
            .register::<api::CancelMessageMoveTask, _>(self.clone())
            .register::<api::ListMessageMoveTasks, _>(self.clone())
            .register::<api::AddPermission, _>(self.clone())
            .register::<api::RemovePermission, _>(self.clone());
    }
}
