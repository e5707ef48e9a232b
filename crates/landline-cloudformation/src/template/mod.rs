//! A template from its text to resolved properties. Pure: no I/O, no clock, no panics, bounded in size and depth.
//!
//! The steps, in the order of the files: [`yaml`]/[`json`] → [`node`] → [`sam`] → [`sections`] → [`parameters`] →
//! [`conditions`] → [`references`] → [`evaluate`].
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>

mod brackets;
mod cidr;
mod conditions;
pub mod dynamic_references;
mod error;
mod evaluate;
mod functions;
mod include;
mod json;
mod language_extensions;
mod node;
mod parameters;
mod references;
mod rules;
pub mod sam;
mod sections;
mod tags;
mod yaml;

pub use conditions::evaluate_conditions;
pub use error::TemplateError;
pub use evaluate::{Budget, KNOWN_AFTER_APPLY, Pseudo, Resources, Scope, evaluate, is_known};
pub use include::{Includes, included};
pub use node::{Entry, Map, Node, Value};
pub use parameters::{Parameter, ParameterValue, resolve_parameters, split_list};
pub use references::{Use, check_references, imports, uses};
pub use rules::check_rules;
pub use sections::{DeletionPolicy, Output, Policy, Resource, Template};
pub use tags::add_tags;

use std::collections::BTreeMap;

use crate::quotas;

impl Template {
    /// Reads a template as its author wrote it: YAML or JSON, with or without the SAM transform.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        Self::parse_with(text, &BTreeMap::new(), &Includes::new())
    }

    /// Reads a template for these parameters, over which the loops of the language extensions may run, with what it
    /// includes.
    pub fn parse_with(
        text: &str,
        parameters: &BTreeMap<String, String>,
        includes: &Includes,
    ) -> Result<Self, TemplateError> {
        let root = process(parse_text(text)?, parameters, includes)?;
        Self::from_node(&root, text)
    }
}

/// Applies the transforms that a template names.
pub fn process(
    root: Node,
    parameters: &BTreeMap<String, String>,
    includes: &Includes,
) -> Result<Node, TemplateError> {
    let root = include::apply(root, parameters, includes)?;
    if !language_extensions::is_wanted(&root) {
        return sam::transform_for(root, parameters);
    }
    let root = language_extensions::transform(root, parameters)?;
    let mut root = sam::transform_for(root, parameters)?;
    if let Some(map) = root.as_map_mut() {
        map.remove("Transform");
    }
    Ok(root)
}

/// Text to tree: JSON if it begins like JSON, else YAML. What is no JSON for a comma too many may still be YAML.
pub fn parse_text(text: &str) -> Result<Node, TemplateError> {
    if text.len() > quotas::TEMPLATE_BYTES {
        let message = format!(
            "Template format error: the template is {} bytes long, the limit is {}.",
            text.len(),
            quotas::TEMPLATE_BYTES
        );
        return Err(TemplateError::new(message));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = if text.trim_start().starts_with('{') {
        json::parse(text).or_else(|error| yaml::parse(text).map_err(|_| error))?
    } else {
        yaml::parse(text)?
    };
    match root.as_map() {
        Some(_) => Ok(root),
        None => Err(TemplateError::at(
            root.line,
            "Template format error: unsupported structure.",
        )),
    }
}

#[cfg(test)]
mod tests;
