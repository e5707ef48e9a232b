//! What the operations that deploy are given: template, parameters, tags, resolved against the stack that is there.

use std::collections::BTreeMap;

use landline_api::cloudformation::{Capability, Parameter, Tag};
use landline_wire::ServiceError;

use super::{CloudFormation, invalid};
use crate::quotas;
use crate::sources::ObjectLocation;
use crate::stack::{DeployOptions, Stack};
use crate::template::{Node, parse_text};

/// Where a call has its template from.
#[derive(Debug, Default)]
pub(super) struct TemplateSource {
    pub(super) body: Option<String>,
    pub(super) url: Option<String>,
    pub(super) use_previous: bool,
}

impl CloudFormation {
    /// The text of the template.
    pub(super) async fn template_text(
        &self,
        source: TemplateSource,
        existing: Option<&Stack>,
    ) -> Result<String, ServiceError> {
        let one = "Either Template URL or Template Body must be specified.";
        match (source.body, source.url) {
            (Some(body), None) => Ok(body),
            (None, Some(url)) => self.template_at(&url).await,
            (None, None) if source.use_previous => existing
                .map(|stack| stack.state.template.clone())
                .ok_or_else(|| invalid(one)),
            _ => Err(invalid(one)),
        }
    }

    async fn template_at(&self, url: &str) -> Result<String, ServiceError> {
        let Some(location) = ObjectLocation::parse(url) else {
            return Err(invalid("TemplateURL must be a supported URL."));
        };
        let owner = self.stacks.owner();
        let content = self.stacks.sources().object(&location, owner).await;
        let content = content.map_err(invalid)?;
        if content.len() > quotas::TEMPLATE_BYTES {
            return Err(invalid(format!(
                "Template may not exceed {} bytes in size.",
                quotas::TEMPLATE_BYTES
            )));
        }
        String::from_utf8(content.into())
            .map_err(|_| invalid("Template format error: the template is not UTF-8 text."))
    }
}

/// The values of the parameters; a stack gives those that shall be what they were.
pub(super) fn parameters(
    given: Option<Vec<Parameter>>,
    existing: Option<&Stack>,
) -> Result<BTreeMap<String, String>, ServiceError> {
    let mut values = BTreeMap::new();
    for parameter in given.unwrap_or_default() {
        let Some(key) = parameter.parameter_key else {
            return Err(invalid("Each parameter must have a ParameterKey."));
        };
        if parameter.use_previous_value != Some(true) {
            values.insert(key, parameter.parameter_value.unwrap_or_default());
            continue;
        }
        let Some(stack) = existing.filter(|stack| knows_parameter(stack, &key)) else {
            return Err(invalid(format!(
                "Invalid input for parameter key {key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template"
            )));
        };
        values.extend(previous_value(stack, &key).map(|value| (key, value)));
    }
    Ok(values)
}

fn knows_parameter(stack: &Stack, key: &str) -> bool {
    stack.state.parameters.contains_key(key) || stack.state.shown_parameters.contains_key(key)
}

/// What a parameter was; nothing if it had a default that nobody may see.
fn previous_value(stack: &Stack, key: &str) -> Option<String> {
    let state = &stack.state;
    let shown = state.shown_parameters.get(key);
    let given = state.parameters.get(key);
    given
        .or_else(|| {
            shown
                .map(|shown| &shown.value)
                .filter(|value| *value != "****")
        })
        .cloned()
}

/// Tags as a map; those of the stack if none were given.
pub(super) fn tags(given: Option<Vec<Tag>>, existing: Option<&Stack>) -> BTreeMap<String, String> {
    match given {
        Some(tags) => tags.into_iter().map(|tag| (tag.key, tag.value)).collect(),
        None => existing
            .map(|stack| stack.state.tags.clone())
            .unwrap_or_default(),
    }
}

/// The options that a stack keeps when a call does not say.
pub(super) fn kept_options(
    notification_arns: Option<Vec<String>>,
    role_arn: Option<String>,
    existing: Option<&Stack>,
) -> DeployOptions {
    let state = existing.map(|stack| &stack.state);
    DeployOptions {
        notification_arns: notification_arns.unwrap_or_else(|| {
            state
                .map(|state| state.notification_arns.clone())
                .unwrap_or_default()
        }),
        role_arn: role_arn.or_else(|| state.and_then(|state| state.role_arn.clone())),
        ..DeployOptions::default()
    }
}

pub(super) fn capability_names(capabilities: &[Capability]) -> Vec<String> {
    capabilities.iter().map(ToString::to_string).collect()
}

/// The transforms that a template names.
pub(super) fn transforms(root: &Node) -> Vec<String> {
    let Some(node) = root.get("Transform") else {
        return Vec::new();
    };
    let names = node.as_list().unwrap_or(std::slice::from_ref(node));
    names
        .iter()
        .filter_map(|name| {
            name.scalar_text()
                .or_else(|| name.get("Name").and_then(Node::scalar_text))
        })
        .collect()
}

/// The transforms that a text names; none if it is no template.
pub(super) fn transforms_of(text: &str) -> Vec<String> {
    parse_text(text).map_or_else(|_| Vec::new(), |root| transforms(&root))
}
