//! What a template means with given parameters: the resources that shall exist, their order, their properties. Whatever
//! can be wrong with a template is found here, before anything is touched. Pure.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::order::{is_active, order};
use super::record::{ShownParameter, StackOutput, StackResource};
use crate::graph::Graph;
use crate::provider::{Providers, SNAPSHOT, Schema};
use crate::template::{
    Budget, KNOWN_AFTER_APPLY, ParameterValue, Policy, Pseudo, Resource, Resources, Scope,
    Template, TemplateError, Use, add_tags, check_references, check_rules, evaluate,
    evaluate_conditions, imports, resolve_parameters, uses,
};

/// What a template is given beside its text.
#[derive(Debug)]
pub(super) struct Given<'a> {
    pub(super) parameters: &'a BTreeMap<String, String>,
    /// The values of the parameters that name another value.
    pub(super) resolved: BTreeMap<String, String>,
    pub(super) pseudo: Pseudo,
    /// The exports of all other stacks.
    pub(super) exports: BTreeMap<String, String>,
    /// For every resource that takes tags.
    pub(super) tags: BTreeMap<String, String>,
    /// Whether what freezes others is made anew when they change.
    pub(super) renew_snapshots: bool,
}

#[derive(Debug)]
pub(super) struct Blueprint {
    pub(super) template: Template,
    parameters: BTreeMap<String, ParameterValue>,
    /// The same as people may see them: a secret one is masked.
    masked: BTreeMap<String, ParameterValue>,
    resolved: BTreeMap<String, String>,
    tags: BTreeMap<String, String>,
    conditions: BTreeMap<String, bool>,
    pseudo: Pseudo,
    exports: BTreeMap<String, String>,
    schemas: BTreeMap<String, &'static Schema>,
    /// Whether what freezes others is made anew when they change.
    renew_snapshots: bool,
    /// The resources whose condition holds.
    pub(super) graph: Graph,
}

impl Blueprint {
    pub(super) fn new(
        template: Template,
        given: Given<'_>,
        providers: &Providers,
    ) -> Result<Self, TemplateError> {
        let Given {
            resolved,
            pseudo,
            exports,
            tags,
            renew_snapshots,
            ..
        } = given;
        let schemas = find_schemas(&template, providers)?;
        check_references(&template)?;
        let parameters = resolve_parameters(&template.parameters, given.parameters, &resolved)?;
        check_rules(&template, &parameters, &pseudo)?;
        let conditions = evaluate_conditions(&template, &parameters, &pseudo)?;
        let graph = order(&template, &conditions)?;
        let mut masked = parameters.clone();
        for (name, parameter) in &template.parameters {
            if let (true, Some(value)) = (parameter.no_echo, masked.get_mut(name)) {
                *value = ParameterValue::Text(parameter.shown(""));
            }
        }
        let mut blueprint = Self {
            template,
            parameters,
            masked,
            resolved,
            tags,
            conditions,
            pseudo,
            exports,
            schemas,
            renew_snapshots,
            graph,
        };
        blueprint.compute_policies()?;
        blueprint.try_everything()?;
        Ok(blueprint)
    }

    /// Gives resources the policies that are functions in the template. None of them may ask for another resource.
    fn compute_policies(&mut self) -> Result<(), TemplateError> {
        let nothing = BTreeMap::new();
        let view = View {
            blueprint: self,
            made: &nothing,
        };
        let budget = Budget::default();
        let scope = self.scope(&view, &budget);
        let mut computed = Vec::new();
        for (logical_id, resource) in &self.template.resources {
            for (policy, node) in &resource.computed_policies {
                let value = evaluate(node, &scope).map_err(|error| error.in_resource(logical_id));
                let text = match value? {
                    None => "Delete".to_owned(),
                    Some(Json::String(text)) => text,
                    Some(other) => other.to_string(),
                };
                let value = policy.read(&text, node.line);
                let value = value.map_err(|error| error.in_resource(logical_id))?;
                computed.push((logical_id.clone(), *policy, value));
            }
        }
        for (logical_id, policy, value) in computed {
            let Some(resource) = self.template.resources.get_mut(&logical_id) else {
                continue;
            };
            match policy {
                Policy::Deletion => resource.deletion_policy = value,
                Policy::UpdateReplace => resource.update_replace_policy = value,
            }
        }
        Ok(())
    }

    pub(super) fn resource(&self, logical_id: &str) -> Option<&Resource> {
        self.template.resources.get(logical_id)
    }

    /// The resources that shall exist.
    pub(super) fn contains(&self, logical_id: &str) -> bool {
        self.is_active(logical_id)
    }

    /// The parameters as people may see them.
    pub(super) fn shown_parameters(
        &self,
        given: &BTreeMap<String, String>,
    ) -> BTreeMap<String, ShownParameter> {
        let mut shown = BTreeMap::new();
        for (name, parameter) in &self.template.parameters {
            let Some(value) = given.get(name).or(parameter.default.as_ref()) else {
                continue;
            };
            let resolved = self.resolved.get(name);
            let parameter = ShownParameter {
                value: parameter.shown(value),
                resolved: resolved.map(|text| parameter.shown(text)),
            };
            shown.insert(name.clone(), parameter);
        }
        shown
    }

    /// What a property of a resource refers to.
    pub(super) fn uses_of(&self, logical_id: &str, property: &str) -> Vec<Use> {
        let node = self
            .resource(logical_id)
            .and_then(|resource| resource.properties.get(property));
        let found = node.and_then(|node| uses(node, Some(&self.conditions)).ok());
        found.unwrap_or_default()
    }

    /// The exports of other stacks that are used.
    pub(super) fn imports(&self) -> Result<BTreeSet<String>, TemplateError> {
        let nothing = BTreeMap::new();
        let view = View {
            blueprint: self,
            made: &nothing,
        };
        let budget = Budget::default();
        let scope = self.scope(&view, &budget);
        let mut names = BTreeSet::new();
        for (id, resource) in &self.template.resources {
            if self.is_active(id) {
                imports(&resource.properties, &scope, &mut names)?;
            }
        }
        for output in self.template.outputs.values() {
            imports(&output.value, &scope, &mut names)?;
        }
        Ok(names)
    }

    /// The properties of a resource as far as the resources made so far decide them.
    pub(super) fn properties(
        &self,
        logical_id: &str,
        made: &BTreeMap<String, StackResource>,
    ) -> Result<Json, TemplateError> {
        let Some(resource) = self.resource(logical_id) else {
            return Ok(Json::Object(serde_json::Map::new()));
        };
        let view = View {
            blueprint: self,
            made,
        };
        let properties = evaluate(&resource.properties, &self.scope(&view, &Budget::default()))
            .map_err(|error| error.in_resource(logical_id))?;
        let mut properties = properties
            .filter(Json::is_object)
            .unwrap_or_else(|| Json::Object(serde_json::Map::new()));
        for key in self
            .schemas
            .get(logical_id)
            .map_or(&[][..], |schema| schema.required)
        {
            if properties.get(key).is_none_or(Json::is_null) {
                return Err(missing(logical_id, key, resource.line));
            }
        }
        let takes_tags = self
            .schemas
            .get(logical_id)
            .is_some_and(|schema| schema.properties.contains(&"Tags"));
        if takes_tags {
            add_tags(&mut properties, &self.tags, &resource.resource_type);
        }
        let freezes = self
            .schemas
            .get(logical_id)
            .is_some_and(|schema| schema.replace_on.contains(&SNAPSHOT));
        if self.renew_snapshots && freezes {
            properties[SNAPSHOT] = Json::String(self.fingerprint_of_dependencies(logical_id));
        }
        Ok(properties)
    }

    /// The same properties as the events of a stack show them: without secrets, and without what the stack adds.
    pub(super) fn shown_properties(
        &self,
        logical_id: &str,
        made: &BTreeMap<String, StackResource>,
    ) -> Option<Json> {
        let view = View {
            blueprint: self,
            made,
        };
        let budget = Budget::default();
        let scope = Scope {
            parameters: &self.masked,
            ..self.scope(&view, &budget)
        };
        let properties = evaluate(&self.resource(logical_id)?.properties, &scope).ok()?;
        let properties = properties.filter(Json::is_object);
        Some(properties.unwrap_or_else(|| Json::Object(serde_json::Map::new())))
    }

    /// What the template says about a resource, with its functions evaluated.
    pub(super) fn metadata(
        &self,
        logical_id: &str,
        made: &BTreeMap<String, StackResource>,
    ) -> Option<Json> {
        let view = View {
            blueprint: self,
            made,
        };
        let metadata = self.resource(logical_id)?.metadata.as_ref()?;
        let budget = Budget::default();
        evaluate(metadata, &self.scope(&view, &budget)).ok()?
    }

    /// What a resource depends on, as the template says it.
    fn fingerprint_of_dependencies(&self, logical_id: &str) -> String {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = self.graph.dependencies(logical_id).collect();
        while let Some(name) = open.pop() {
            if found.insert(name) {
                open.extend(self.graph.dependencies(name));
            }
        }
        let mut digest = Sha256::new();
        for (name, resource) in found
            .iter()
            .filter_map(|name| Some((name, self.resource(name)?)))
        {
            digest.update(format!(
                "{name}\0{}\0{}\n",
                resource.resource_type,
                resource.properties.to_json()
            ));
        }
        for (name, value) in &self.parameters {
            digest.update(format!("{name}\0{}\n", value.to_json()));
        }
        STANDARD.encode(digest.finalize())
    }

    pub(super) fn outputs(
        &self,
        made: &BTreeMap<String, StackResource>,
    ) -> Result<BTreeMap<String, StackOutput>, TemplateError> {
        let view = View {
            blueprint: self,
            made,
        };
        let budget = Budget::default();
        let scope = self.scope(&view, &budget);
        let mut outputs = BTreeMap::new();
        for (name, output) in &self.template.outputs {
            if output
                .condition
                .as_ref()
                .is_some_and(|condition| self.conditions.get(condition) != Some(&true))
            {
                continue;
            }
            let text = |node| -> Result<String, TemplateError> {
                let value = evaluate(node, &scope).map_err(|error| unmade(error).in_resource(name));
                match value? {
                    Some(Json::String(text)) => Ok(text),
                    Some(value @ (Json::Number(_) | Json::Bool(_))) => Ok(value.to_string()),
                    _ => {
                        let message = "Template format error: The Value field of every Outputs member must evaluate to a String.";
                        Err(TemplateError::at(node.line, message).in_resource(name))
                    }
                }
            };
            let export_name = output.export.as_ref().map(text).transpose()?;
            let output = StackOutput {
                value: text(&output.value)?,
                description: output.description.clone(),
                export_name,
            };
            outputs.insert(name.clone(), output);
        }
        Ok(outputs)
    }

    /// Evaluates all that will be evaluated, with nothing made yet.
    fn try_everything(&self) -> Result<(), TemplateError> {
        let nothing = BTreeMap::new();
        for logical_id in self.graph.order() {
            let (Some(schema), Some(resource)) =
                (self.schemas.get(logical_id), self.resource(logical_id))
            else {
                continue;
            };
            check_properties(logical_id, resource, schema)?;
            self.properties(logical_id, &nothing)?;
        }
        self.outputs(&nothing).map(|_| ())
    }

    fn is_active(&self, logical_id: &str) -> bool {
        self.resource(logical_id)
            .is_some_and(|resource| is_active(resource, &self.conditions))
    }

    fn scope<'a>(&'a self, view: &'a View<'a>, budget: &'a Budget) -> Scope<'a> {
        Scope {
            pseudo: &self.pseudo,
            parameters: &self.parameters,
            mappings: &self.template.mappings,
            conditions: &self.conditions,
            resources: view,
            exports: &self.exports,
            budget,
        }
    }
}

/// An output that refers to a resource which its condition leaves out is refused in words of its own.
fn unmade(mut error: TemplateError) -> TemplateError {
    let dependencies = error.message.strip_prefix("Template format error: ");
    let dependencies =
        dependencies.and_then(|text| text.strip_suffix("Resources block of the template"));
    if let Some(text) = dependencies.filter(|text| text.starts_with("Unresolved resource")) {
        error.message = format!("{text}Outputs block of the template");
    }
    error
}

/// The resources of the template, as far as they exist.
struct View<'a> {
    blueprint: &'a Blueprint,
    made: &'a BTreeMap<String, StackResource>,
}

impl Resources for View<'_> {
    fn reference(&self, logical_id: &str) -> Option<Json> {
        if !self.blueprint.is_active(logical_id) {
            return None;
        }
        let physical_id = self
            .made
            .get(logical_id)
            .and_then(|resource| resource.physical_id.clone());
        Some(Json::String(
            physical_id.unwrap_or_else(|| KNOWN_AFTER_APPLY.to_owned()),
        ))
    }

    fn attribute(&self, logical_id: &str, attribute: &str) -> Option<Result<Json, String>> {
        if !self.blueprint.is_active(logical_id) {
            return None;
        }
        let schema = self.blueprint.schemas.get(logical_id)?;
        if !schema.has_attribute(attribute) {
            let message = format!(
                "Template error: resource {logical_id} does not support attribute type {attribute} in Fn::GetAtt"
            );
            return Some(Err(message));
        }
        let Some(made) = self
            .made
            .get(logical_id)
            .filter(|resource| resource.physical_id.is_some())
        else {
            return Some(Ok(Json::from(KNOWN_AFTER_APPLY)));
        };
        let value = made.attributes.get(attribute);
        let value = value.or_else(|| made.attributes.get("*")).cloned();
        Some(value.ok_or_else(|| {
            format!("Template error: resource {logical_id} has no value for attribute {attribute}")
        }))
    }
}

fn find_schemas(
    template: &Template,
    providers: &Providers,
) -> Result<BTreeMap<String, &'static Schema>, TemplateError> {
    let mut unknown = BTreeSet::new();
    let mut first = None;
    let mut schemas = BTreeMap::new();
    for (logical_id, resource) in &template.resources {
        if let Some(provider) = providers.get(&resource.resource_type) {
            schemas.insert(logical_id.clone(), provider.schema());
        } else {
            unknown.insert(resource.resource_type.as_str());
            first.get_or_insert((logical_id, resource.line));
        }
    }
    let Some((logical_id, line)) = first else {
        return Ok(schemas);
    };
    let names: Vec<&str> = unknown.into_iter().collect();
    let message = format!(
        "Template format error: Unrecognized resource types: [{}]",
        names.join(", ")
    );
    Err(TemplateError::at(line, message).in_resource(logical_id))
}

/// Whether the properties are those that the type has.
fn check_properties(
    logical_id: &str,
    resource: &Resource,
    schema: &Schema,
) -> Result<(), TemplateError> {
    let Some(properties) = resource.properties.as_map() else {
        return Ok(());
    };
    if let Some(key) = schema.required.iter().find(|key| !properties.contains(key)) {
        return Err(missing(logical_id, key, resource.line));
    }
    let known = |key: &str| schema.properties.is_empty() || schema.properties.contains(&key);
    match properties.iter().find(|entry| !known(&entry.key)) {
        None => Ok(()),
        Some(entry) => {
            let message = format!(
                "Properties validation failed for resource {logical_id} with message: #: extraneous key [{}] is not permitted",
                entry.key
            );
            Err(TemplateError::at(entry.line, message).in_resource(logical_id))
        }
    }
}

fn missing(logical_id: &str, key: &str, line: u32) -> TemplateError {
    let message = format!(
        "Properties validation failed for resource {logical_id} with message: #: required key [{key}] not found"
    );
    TemplateError::at(line, message).in_resource(logical_id)
}
