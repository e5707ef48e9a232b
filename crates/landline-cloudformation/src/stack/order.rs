//! Which resource of a template is made after which: what it uses, what it is told to wait for, and what a deployment
//! freezes. Pure.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::Graph;
use crate::template::{Resource, Template, TemplateError, uses};

/// A type that freezes an API, the property that names the API, and the types that it freezes.
struct Freezing {
    resource_type: &'static str,
    api: &'static str,
    frozen: &'static [&'static str],
}

const FREEZING: [Freezing; 3] = [
    Freezing {
        resource_type: "AWS::ApiGatewayV2::Deployment",
        api: "ApiId",
        frozen: &[
            "AWS::ApiGatewayV2::Authorizer",
            "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::IntegrationResponse",
            "AWS::ApiGatewayV2::Model",
            "AWS::ApiGatewayV2::Route",
            "AWS::ApiGatewayV2::RouteResponse",
        ],
    },
    Freezing {
        resource_type: "AWS::ApiGateway::Deployment",
        api: "RestApiId",
        frozen: &[
            "AWS::ApiGateway::Authorizer",
            "AWS::ApiGateway::GatewayResponse",
            "AWS::ApiGateway::Method",
            "AWS::ApiGateway::Model",
            "AWS::ApiGateway::RequestValidator",
            "AWS::ApiGateway::Resource",
        ],
    },
    Freezing {
        resource_type: "AWS::ApiGateway::DocumentationVersion",
        api: "RestApiId",
        frozen: &["AWS::ApiGateway::DocumentationPart"],
    },
];

type Dependencies = BTreeMap<String, BTreeSet<String>>;

/// The order of the resources whose condition holds.
pub(super) fn order(
    template: &Template,
    conditions: &BTreeMap<String, bool>,
) -> Result<Graph, TemplateError> {
    let mut dependencies = Dependencies::new();
    for (logical_id, resource) in template
        .resources
        .iter()
        .filter(|(_, resource)| is_active(resource, conditions))
    {
        let mut needed = resource.depends_on.clone();
        needed.extend(
            uses(&resource.properties, Some(conditions))?
                .into_iter()
                .map(|found| found.target),
        );
        dependencies.insert(logical_id.clone(), needed);
    }
    freeze_last(template, conditions, &mut dependencies);
    Graph::new(dependencies).map_err(|circle| {
        let first = circle.0.first().cloned().unwrap_or_default();
        let line = template.resources.get(&first).map(|resource| resource.line);
        TemplateError {
            message: circle.to_string(),
            resource: Some(first),
            line,
        }
    })
}

pub(super) fn is_active(resource: &Resource, conditions: &BTreeMap<String, bool>) -> bool {
    resource
        .condition
        .as_ref()
        .is_none_or(|condition| conditions.get(condition) == Some(&true))
}

/// Lets a deployment wait for the whole of its API. Many templates name one of its routes in `DependsOn`, and on AWS the
/// others are there as well when a deployment gets its turn.
fn freeze_last(
    template: &Template,
    conditions: &BTreeMap<String, bool>,
    dependencies: &mut Dependencies,
) {
    let active: Vec<(String, &Resource)> = dependencies
        .keys()
        .filter_map(|id| Some((id.clone(), template.resources.get(id)?)))
        .collect();
    let api_of = |resource: &Resource, property: &str| {
        let node = resource.properties.get(property)?;
        let first = uses(node, Some(conditions)).ok()?.into_iter().next()?;
        Some(first.target)
    };
    for (deployment, resource) in &active {
        let Some(freezing) = FREEZING
            .iter()
            .find(|freezing| freezing.resource_type == resource.resource_type)
        else {
            continue;
        };
        let Some(api) = api_of(resource, freezing.api) else {
            continue;
        };
        for (part, resource) in &active {
            let is_frozen = freezing.frozen.contains(&resource.resource_type.as_str())
                && api_of(resource, freezing.api).as_ref() == Some(&api);
            if is_frozen && !waits_for(part, deployment, dependencies) {
                dependencies
                    .entry(deployment.clone())
                    .or_default()
                    .insert(part.clone());
            }
        }
    }
}

/// Whether a resource needs another one, by however many steps.
fn waits_for(resource: &str, other: &str, dependencies: &Dependencies) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![resource];
    while let Some(name) = open.pop() {
        if name == other {
            return true;
        }
        if seen.insert(name) {
            let needed = dependencies.get(name).into_iter().flatten();
            open.extend(needed.map(String::as_str));
        }
    }
    false
}
