//! `DescribeStackResource`, `DescribeStackResources`, `ListStackResources`.

use landline_api::cloudformation::{
    DescribeStackResource, DescribeStackResourceInput, DescribeStackResourceOutput,
    DescribeStackResources, DescribeStackResourcesInput, DescribeStackResourcesOutput,
    ListStackResources, ListStackResourcesInput, ListStackResourcesOutput,
};
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::{CloudFormation, invalid, unavailable, view};
use crate::stack::Stack;
use crate::template::{Includes, Template};

impl Handler<DescribeStackResource> for CloudFormation {
    async fn handle(
        &self,
        input: DescribeStackResourceInput,
        _caller: &Caller,
    ) -> Result<DescribeStackResourceOutput, ServiceError> {
        let stack = self.existing_named(&input.stack_name)?;
        let logical_id = &input.logical_resource_id;
        let Some(resource) = stack.state.resources.get(logical_id) else {
            return Err(invalid(format!(
                "Resource {logical_id} does not exist for stack {}",
                input.stack_name
            )));
        };
        let metadata = self.stacks.metadata(&stack, logical_id).await;
        let metadata = metadata.map_or_else(
            || metadata_as_written(&stack, logical_id),
            |metadata| Some(metadata.to_string()),
        );
        let drift = self.stacks.drift(&stack).map_err(unavailable)?;
        let detail = view::resource_detail(&stack, logical_id, resource, metadata, &drift);
        Ok(DescribeStackResourceOutput {
            stack_resource_detail: Some(detail),
        })
    }
}

impl Handler<DescribeStackResources> for CloudFormation {
    async fn handle(
        &self,
        input: DescribeStackResourcesInput,
        _caller: &Caller,
    ) -> Result<DescribeStackResourcesOutput, ServiceError> {
        let stack = match (&input.stack_name, &input.physical_resource_id) {
            (Some(name), _) => self.described(name)?,
            (None, Some(physical_id)) => self.stack_with(physical_id)?,
            (None, None) => {
                return Err(invalid(
                    "Either StackName or PhysicalResourceId must be specified.",
                ));
            }
        };
        let resources = stack.state.resources.iter();
        let wanted = resources.filter(|(id, _)| {
            input
                .logical_resource_id
                .as_ref()
                .is_none_or(|wanted| wanted == *id)
        });
        let drift = self.stacks.drift(&stack).map_err(unavailable)?;
        let wanted = wanted.map(|(id, resource)| view::resource(&stack, id, resource, &drift));
        Ok(DescribeStackResourcesOutput {
            stack_resources: Some(wanted.collect()),
        })
    }
}

impl Handler<ListStackResources> for CloudFormation {
    async fn handle(
        &self,
        input: ListStackResourcesInput,
        _caller: &Caller,
    ) -> Result<ListStackResourcesOutput, ServiceError> {
        let stack = self.described(&input.stack_name)?;
        let drift = self.stacks.drift(&stack).map_err(unavailable)?;
        let resources = stack.state.resources.iter().collect();
        let (resources, next_token) = page(resources, input.next_token.as_deref())?;
        let summaries = resources
            .into_iter()
            .map(|(id, resource)| view::resource_summary(id, resource, &drift));
        Ok(ListStackResourcesOutput {
            stack_resource_summaries: Some(summaries.collect()),
            next_token,
        })
    }
}

impl CloudFormation {
    fn existing_named(&self, name: &str) -> Result<Stack, ServiceError> {
        let found = self.stacks.find(name).map_err(unavailable)?;
        found.ok_or_else(|| invalid(format!("Stack '{name}' does not exist")))
    }

    fn stack_with(&self, physical_id: &str) -> Result<Stack, ServiceError> {
        let stacks = self.stacks.list().map_err(unavailable)?;
        let has = |stack: &Stack| {
            let mut resources = stack.state.resources.values();
            resources.any(|resource| resource.physical_id.as_deref() == Some(physical_id))
        };
        let found = stacks.into_iter().find(has);
        found.ok_or_else(|| invalid(format!("Stack for {physical_id} does not exist")))
    }
}

/// The Metadata of a resource in the template, as JSON text: of a template that cannot be evaluated any more.
fn metadata_as_written(stack: &Stack, logical_id: &str) -> Option<String> {
    let state = &stack.state;
    let template =
        Template::parse_with(&state.template, &state.parameters, &Includes::new()).ok()?;
    let metadata = template.resources.get(logical_id)?.metadata.as_ref()?;
    Some(metadata.to_json().to_string())
}
