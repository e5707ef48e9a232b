//! The `Policies` of a function: managed policies by name or ARN, statements, and SAM's policy templates.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-templates.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::{Node, Value};
use super::{Source, policy_templates};

/// Sorts the policies into managed ones and inline ones. An inline policy's name has its place among all of them.
pub(super) fn collect(
    source: &Source<'_>,
    managed: &mut Vec<Node>,
    inline: &mut Vec<Node>,
) -> Result<(), TemplateError> {
    let Some(policies) = source.property("Policies") else {
        return Ok(());
    };
    let entries = policies.as_list().unwrap_or(std::slice::from_ref(policies));
    for (index, entry) in entries.iter().enumerate() {
        let invalid = || {
            TemplateError::at(
                entry.line,
                format!("Policy at index {index} in the 'Policies' property is not valid"),
            )
        };
        match sort(entry)? {
            Some(Policy::Managed(arn)) if !managed.iter().any(|known| known.value == arn.value) => {
                managed.push(arn);
            }
            Some(Policy::Managed(_) | Policy::Nothing) => {}
            Some(Policy::Document(document)) => {
                let name = Node::string(entry.line, format!("{}RolePolicy{index}", source.id));
                inline.push(
                    Node::object(entry.line)
                        .with("PolicyName", name)
                        .with("PolicyDocument", document),
                );
            }
            None => return Err(invalid()),
        }
    }
    Ok(())
}

enum Policy {
    Managed(Node),
    Document(Node),
    /// `AWS::NoValue`
    Nothing,
}

fn sort(entry: &Node) -> Result<Option<Policy>, TemplateError> {
    match (&entry.value, entry.as_function()) {
        (_, Some(("Ref", argument))) if argument.as_str() == Some("AWS::NoValue") => {
            Ok(Some(Policy::Nothing))
        }
        (_, Some(("Fn::If", argument))) => sort_if(entry, argument),
        (_, Some(_)) => Ok(Some(Policy::Managed(entry.clone()))),
        (Value::String(name), None) => Ok(Some(Policy::Managed(Node::string(
            entry.line,
            managed_policy_arn(name),
        )))),
        (Value::Map(map), None) if map.contains("Statement") => {
            Ok(Some(Policy::Document(entry.clone())))
        }
        (Value::Map(map), None) => match map.iter().next() {
            Some(only) if map.len() == 1 => Ok(policy_templates::document(
                &only.key, &only.node, only.line,
            )?
            .map(Policy::Document)),
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// A policy that a condition chooses: both branches have to be of one kind, or absent.
fn sort_if(entry: &Node, argument: &Node) -> Result<Option<Policy>, TemplateError> {
    let Some([condition, when_true, when_false]) = argument.as_list() else {
        return Ok(None);
    };
    let no_value = |node: &Node| Node::from_json(node.line, &json!({"Ref": "AWS::NoValue"}));
    let joined = |left: Node, right: Node| {
        Node::object(entry.line).with(
            "Fn::If",
            Node::list(argument.line, vec![condition.clone(), left, right]),
        )
    };
    Ok(match (sort(when_true)?, sort(when_false)?) {
        (Some(Policy::Managed(left)), Some(Policy::Managed(right))) => {
            Some(Policy::Managed(joined(left, right)))
        }
        (Some(Policy::Managed(left)), Some(Policy::Nothing)) => {
            Some(Policy::Managed(joined(left, no_value(when_false))))
        }
        (Some(Policy::Nothing), Some(Policy::Managed(right))) => {
            Some(Policy::Managed(joined(no_value(when_true), right)))
        }
        (Some(Policy::Document(left)), Some(Policy::Document(right))) => {
            Some(Policy::Document(joined(left, right)))
        }
        (Some(Policy::Document(left)), Some(Policy::Nothing)) => {
            Some(Policy::Document(joined(left, no_document(when_false))))
        }
        (Some(Policy::Nothing), Some(Policy::Document(right))) => {
            Some(Policy::Document(joined(no_document(when_true), right)))
        }
        (Some(Policy::Nothing), Some(Policy::Nothing)) => Some(Policy::Nothing),
        _ => None,
    })
}

/// An inline policy has to have a document; the absent branch of a condition grants nothing.
fn no_document(node: &Node) -> Node {
    Node::from_json(
        node.line,
        &json!({"Version": "2012-10-17", "Statement": []}),
    )
}

/// AWS's managed policies for Lambda live under a path of their own; everything else is directly under `policy/`.
fn managed_policy_arn(name: &str) -> String {
    if name.starts_with("arn:") {
        return name.to_owned();
    }
    let path = if SERVICE_ROLES.contains(&name) {
        "service-role/"
    } else {
        ""
    };
    format!("arn:aws:iam::aws:policy/{path}{name}")
}

const SERVICE_ROLES: [&str; 11] = [
    "AWSLambdaBasicDurableExecutionRolePolicy",
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaDynamoDBExecutionRole",
    "AWSLambdaENIManagementAccess",
    "AWSLambdaKinesisExecutionRole",
    "AWSLambdaMSKExecutionRole",
    "AWSLambdaRole",
    "AWSLambdaSQSQueueExecutionRole",
    "AWSLambdaVPCAccessExecutionRole",
    "AmazonAPIGatewayPushToCloudWatchLogs",
    "AmazonS3ObjectLambdaExecutionRolePolicy",
];
