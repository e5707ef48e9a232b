//! CloudFormation's own resource types: stacks in stacks, resources that a function makes, conditions that somebody
//! signals.

mod attempts;
mod custom_resource;
mod nested_stack;
mod wait_condition;

use std::sync::{Arc, OnceLock, Weak};

use landline_wire::Dispatcher;

use crate::callbacks::Callbacks;
use crate::provider::Providers;
use crate::stack::Stacks;
use custom_resource::CustomResource;
use nested_stack::NestedStack;
use wait_condition::{WaitCondition, WaitConditionHandle};

/// The stacks, for a provider that they own: tied once they are there.
#[derive(Clone, Debug, Default)]
pub struct StacksLink(Arc<OnceLock<Weak<Stacks>>>);

impl StacksLink {
    /// Lets nested stacks be deployed to `stacks`.
    pub fn tie(&self, stacks: &Arc<Stacks>) {
        // A second call would name the same stacks.
        let _tied = self.0.set(Arc::downgrade(stacks));
    }

    fn stacks(&self) -> Option<Arc<Stacks>> {
        self.0.get().and_then(Weak::upgrade)
    }
}

/// Adds the types that need the stacks themselves.
pub fn add_stack_types(
    providers: &mut Providers,
    dispatcher: &Dispatcher,
    callbacks: &Arc<Callbacks>,
    link: &StacksLink,
) {
    let custom = Arc::new(CustomResource::new(dispatcher.clone(), callbacks.clone()));
    providers
        .add(NestedStack(link.clone()))
        .add(WaitConditionHandle(callbacks.clone()))
        .add(WaitCondition(callbacks.clone()))
        .add_family("AWS::CloudFormation::CustomResource", custom.clone())
        .add_family("Custom::", custom);
}

#[cfg(test)]
mod tests;
