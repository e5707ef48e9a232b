//! Which names a template uses: the edges of the dependency graph, and the refusal of names that do not exist.

use std::collections::{BTreeMap, BTreeSet};

use super::error::TemplateError;
use super::evaluate::{Scope, evaluate};
use super::functions::{SubPart, attribute_parts, if_parts, scalar_text, sub_arguments, sub_parts};
use super::node::{Node, Value};
use super::sections::Template;

/// One `Ref`, `Fn::GetAtt` or `${…}` of `Fn::Sub`, to a parameter, a pseudo parameter or a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub target: String,
    pub attribute: Option<String>,
    pub line: u32,
}

/// Every name that a node uses. With conditions given, only the branch of each `Fn::If` that is taken counts.
pub fn uses(
    node: &Node,
    conditions: Option<&BTreeMap<String, bool>>,
) -> Result<Vec<Use>, TemplateError> {
    let mut walk = Walk {
        conditions,
        uses: Vec::new(),
        named_conditions: Vec::new(),
    };
    walk.visit(node)?;
    Ok(walk.uses)
}

/// The exports that a node imports, in a scope in which no resource is made.
pub fn imports(
    node: &Node,
    scope: &Scope<'_>,
    names: &mut BTreeSet<String>,
) -> Result<(), TemplateError> {
    if let Some(("Fn::ImportValue", argument)) = node.as_function() {
        let name = evaluate(argument, scope)?;
        names.extend(name.as_ref().and_then(scalar_text));
        return Ok(());
    }
    if let Some(("Fn::If", argument)) = node.as_function() {
        let (condition, when_true, when_false) = if_parts(argument)?;
        let holds = scope.conditions.get(condition) == Some(&true);
        return imports(if holds { when_true } else { when_false }, scope, names);
    }
    match &node.value {
        Value::List(items) => items
            .iter()
            .try_for_each(|item| imports(item, scope, names)),
        Value::Map(map) => map
            .iter()
            .try_for_each(|entry| imports(&entry.node, scope, names)),
        _ => Ok(()),
    }
}

struct Walk<'a> {
    conditions: Option<&'a BTreeMap<String, bool>>,
    uses: Vec<Use>,
    named_conditions: Vec<(String, u32)>,
}

impl Walk<'_> {
    fn visit(&mut self, node: &Node) -> Result<(), TemplateError> {
        match node.as_function() {
            Some(("Ref", argument)) => match argument.as_str() {
                Some(target) => self.push(target, None, argument.line),
                None => {
                    return Err(TemplateError::at(
                        argument.line,
                        "Template error: every Ref object must have a single String value.",
                    ));
                }
            },
            Some(("Fn::GetAtt", argument)) => return self.visit_attribute(argument),
            Some(("Fn::Sub", argument)) => return self.visit_sub(argument),
            Some(("Fn::If", argument)) => return self.visit_if(argument),
            _ => return self.visit_children(node),
        }
        Ok(())
    }

    fn visit_children(&mut self, node: &Node) -> Result<(), TemplateError> {
        match &node.value {
            Value::List(items) => items.iter().try_for_each(|item| self.visit(item)),
            Value::Map(map) => map.iter().try_for_each(|entry| self.visit(&entry.node)),
            _ => Ok(()),
        }
    }

    fn visit_attribute(&mut self, argument: &Node) -> Result<(), TemplateError> {
        let (target, attribute) = attribute_parts(argument)?;
        let name = attribute.as_str().map(|text| match argument.as_str() {
            Some(whole) => whole
                .split_once('.')
                .map_or(text, |(_, rest)| rest)
                .to_owned(),
            None => text.to_owned(),
        });
        self.uses.push(Use {
            target,
            attribute: Some(name.unwrap_or_default()),
            line: argument.line,
        });
        if attribute.as_str().is_some() {
            Ok(())
        } else {
            self.visit(attribute)
        }
    }

    fn visit_sub(&mut self, argument: &Node) -> Result<(), TemplateError> {
        let (text, variables) = sub_arguments(argument)?;
        let own = variables.and_then(Node::as_map);
        for part in sub_parts(text, argument.line)? {
            let SubPart::Variable(name) = part else {
                continue;
            };
            if own.is_some_and(|own| own.contains(name)) {
                continue;
            }
            match name.split_once('.') {
                Some((target, attribute)) => self.push(target, Some(attribute), argument.line),
                None => self.push(name, None, argument.line),
            }
        }
        variables.map_or(Ok(()), |variables| self.visit_children(variables))
    }

    fn visit_if(&mut self, argument: &Node) -> Result<(), TemplateError> {
        let (condition, when_true, when_false) = if_parts(argument)?;
        self.named_conditions
            .push((condition.to_owned(), argument.line));
        match self
            .conditions
            .and_then(|conditions| conditions.get(condition))
        {
            Some(true) => self.visit(when_true),
            Some(false) => self.visit(when_false),
            None => {
                self.visit(when_true)?;
                self.visit(when_false)
            }
        }
    }

    fn push(&mut self, target: &str, attribute: Option<&str>, line: u32) {
        self.uses.push(Use {
            target: target.to_owned(),
            attribute: attribute.map(str::to_owned),
            line,
        });
    }
}

/// Refuses a template that names a resource, parameter or condition which it does not have.
pub fn check_references(template: &Template) -> Result<(), TemplateError> {
    check_conditions(template)?;
    for (id, resource) in &template.resources {
        check_condition(
            template,
            resource.condition.as_deref(),
            resource.line,
            "Resources",
        )
        .map_err(|error| error.in_resource(id))?;
    }
    let mut unresolved: BTreeSet<String> = BTreeSet::new();
    let mut first: Option<(String, u32)> = None;
    for (id, resource) in &template.resources {
        let mut found = check_node(template, &resource.properties, "Resources")
            .map_err(|error| error.in_resource(id))?;
        found.extend(
            resource
                .depends_on
                .iter()
                .filter(|name| !template.resources.contains_key(*name))
                .map(|name| (name.clone(), resource.line)),
        );
        if let Some((_, line)) = found.first() {
            first.get_or_insert_with(|| (id.clone(), *line));
        }
        unresolved.extend(found.into_iter().map(|(name, _)| name));
    }
    report(&unresolved, first, "Resources")?;
    for (name, output) in &template.outputs {
        check_condition(
            template,
            output.condition.as_deref(),
            output.line,
            "Outputs",
        )
        .map_err(|error| error.in_resource(name))?;
        let mut found = check_node(template, &output.value, "Outputs")
            .map_err(|error| error.in_resource(name))?;
        if let Some(export) = &output.export {
            found.extend(
                check_node(template, export, "Outputs").map_err(|error| error.in_resource(name))?,
            );
        }
        let first = found.first().map(|(_, line)| (name.clone(), *line));
        report(
            &found.into_iter().map(|(name, _)| name).collect(),
            first,
            "Outputs",
        )?;
    }
    Ok(())
}

/// Conditions are known before the first resource is made: they name parameters only.
fn check_conditions(template: &Template) -> Result<(), TemplateError> {
    for (id, condition) in &template.conditions {
        let uses = uses(condition, None).map_err(|error| error.in_resource(id))?;
        let unknown: Vec<&Use> = uses
            .iter()
            .filter(|it| !template.parameters.contains_key(&it.target) && !is_pseudo(&it.target))
            .collect();
        let Some(first) = unknown.first() else {
            continue;
        };
        let names: BTreeSet<&str> = unknown.iter().map(|it| it.target.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let message = format!(
            "Template format error: Unresolved dependencies [{}]. Cannot reference resources in the Conditions block of the template",
            names.join(", ")
        );
        return Err(TemplateError::at(first.line, message).in_resource(id));
    }
    Ok(())
}

fn report(
    unresolved: &BTreeSet<String>,
    first: Option<(String, u32)>,
    block: &str,
) -> Result<(), TemplateError> {
    let Some((resource, line)) = first else {
        return Ok(());
    };
    let names: Vec<&str> = unresolved.iter().map(String::as_str).collect();
    let message = format!(
        "Template format error: Unresolved resource dependencies [{}] in the {block} block of the template",
        names.join(", ")
    );
    Err(TemplateError::at(line, message).in_resource(&resource))
}

fn check_condition(
    template: &Template,
    condition: Option<&str>,
    line: u32,
    block: &str,
) -> Result<(), TemplateError> {
    match condition {
        Some(name) if !template.conditions.contains_key(name) => {
            let message = format!(
                "Template format error: Unresolved condition dependency {name} in the {block} block of the template"
            );
            Err(TemplateError::at(line, message))
        }
        _ => Ok(()),
    }
}

/// The names under a node that nothing in the template has.
fn check_node(
    template: &Template,
    node: &Node,
    block: &str,
) -> Result<Vec<(String, u32)>, TemplateError> {
    let mut walk = Walk {
        conditions: None,
        uses: Vec::new(),
        named_conditions: Vec::new(),
    };
    walk.visit(node)?;
    for (condition, line) in &walk.named_conditions {
        check_condition(template, Some(condition), *line, block)?;
    }
    let mut unresolved = Vec::new();
    for found in walk.uses {
        let is_resource = template.resources.contains_key(&found.target);
        match found.attribute {
            Some(_) if is_resource => {}
            Some(_) => {
                let message = format!(
                    "Template error: instance of Fn::GetAtt references undefined resource {}",
                    found.target
                );
                return Err(TemplateError::at(found.line, message));
            }
            None if is_resource
                || template.parameters.contains_key(&found.target)
                || is_pseudo(&found.target) => {}
            None => unresolved.push((found.target, found.line)),
        }
    }
    Ok(unresolved)
}

fn is_pseudo(name: &str) -> bool {
    matches!(
        name,
        "AWS::AccountId"
            | "AWS::NoValue"
            | "AWS::NotificationARNs"
            | "AWS::Partition"
            | "AWS::Region"
            | "AWS::StackId"
            | "AWS::StackName"
            | "AWS::URLSuffix"
    )
}
