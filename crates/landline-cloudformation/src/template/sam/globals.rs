//! The Globals section: what all resources of a type have in common, merged under what each says itself.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html>

use super::super::error::TemplateError;
use super::super::node::{Map, Node, Value};

pub(super) struct Globals {
    sections: Map,
}

impl Globals {
    pub(super) fn read(node: Option<&Node>) -> Result<Self, TemplateError> {
        let Some(node) = node.filter(|node| !node.is_null()) else {
            return Ok(Self {
                sections: Map::default(),
            });
        };
        let invalid = |line, message: &str| {
            Err(TemplateError::at(
                line,
                format!("'Globals' section is invalid. {message}"),
            ))
        };
        let Some(sections) = node.as_map() else {
            return invalid(node.line, "It must be a non-empty dictionary");
        };
        for section in sections {
            let Some((_, known)) = SECTIONS.iter().find(|(name, _)| *name == section.key) else {
                let names: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
                let message = format!(
                    "'{}' is not supported. Must be one of the following values - [{}]",
                    section.key,
                    names.join(", ")
                );
                return invalid(section.line, &message);
            };
            let Some(properties) = section.node.as_map() else {
                return invalid(
                    section.line,
                    &format!("Value of {} must be a dictionary", section.key),
                );
            };
            // The sections of resource types that are refused anyway are not checked in detail.
            if let Some(wrong) = properties
                .iter()
                .find(|entry| !known.is_empty() && !known.contains(&entry.key.as_str()))
            {
                let message = format!(
                    "'{}' is not a supported property of '{}'. Must be one of the following values - [{}]",
                    wrong.key,
                    section.key,
                    known.join(", ")
                );
                return invalid(wrong.line, &message);
            }
        }
        Ok(Self {
            sections: sections.clone(),
        })
    }

    /// The properties of a resource over those of its type; `IgnoreGlobals` names what a resource does not want.
    pub(super) fn merge_into(&self, sam_type: &str, own: Node, ignore: Option<&Node>) -> Node {
        let Some(global) = self.sections.get(sam_type) else {
            return own;
        };
        let mut global = global.clone();
        match ignore.map(|node| &node.value) {
            Some(Value::String(text)) if text == "*" => return own,
            Some(Value::List(names)) => {
                for name in names.iter().filter_map(Node::as_str) {
                    global.as_map_mut().and_then(|map| map.remove(name));
                }
            }
            _ => {}
        }
        merge(global, own)
    }
}

/// Maps are merged key by key, lists appended to the global one, everything else overridden; a function is a value.
fn merge(global: Node, own: Node) -> Node {
    if global.as_function().is_some() || own.as_function().is_some() {
        return own;
    }
    let line = own.line;
    match (global.value, own.value) {
        (Value::Map(mut merged), Value::Map(own)) => {
            for entry in &own {
                let node = match merged.remove(&entry.key) {
                    Some(global) => merge(global, entry.node.clone()),
                    None => entry.node.clone(),
                };
                merged.push(super::Entry {
                    key: entry.key.clone(),
                    line: entry.line,
                    node,
                });
            }
            Node::new(line, Value::Map(merged))
        }
        (Value::List(mut items), Value::List(own)) => {
            items.extend(own);
            Node::new(line, Value::List(items))
        }
        (_, own) => Node::new(line, own),
    }
}

const SECTIONS: [(&str, &[&str]); 8] = [
    ("Api", &[]),
    ("CapacityProvider", &[]),
    ("Function", &FUNCTION),
    ("HttpApi", &[]),
    ("LayerVersion", &["PublishLambdaVersion"]),
    ("SimpleTable", &["SSESpecification"]),
    ("StateMachine", &[]),
    ("WebSocketApi", &WEB_SOCKET_API),
];

const FUNCTION: [&str; 36] = [
    "Architectures",
    "AssumeRolePolicyDocument",
    "AutoPublishAlias",
    "AutoPublishAliasAllProperties",
    "CapacityProviderConfig",
    "CodeSigningConfigArn",
    "CodeUri",
    "DeadLetterQueue",
    "DeploymentPreference",
    "Description",
    "DurableConfig",
    "Environment",
    "EphemeralStorage",
    "EventInvokeConfig",
    "FileSystemConfigs",
    "FunctionScalingConfig",
    "FunctionUrlConfig",
    "Handler",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "MemorySize",
    "PermissionsBoundary",
    "PropagateTags",
    "ProvisionedConcurrencyConfig",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "RolePath",
    "Runtime",
    "RuntimeManagementConfig",
    "SnapStart",
    "Tags",
    "TenancyConfig",
    "Timeout",
    "Tracing",
    "VpcConfig",
];

const WEB_SOCKET_API: [&str; 12] = [
    "AccessLogSettings",
    "ApiKeySelectionExpression",
    "DefaultRouteSettings",
    "DisableExecuteApiEndpoint",
    "DisableSchemaValidation",
    "Domain",
    "IpAddressType",
    "PropagateTags",
    "RouteSelectionExpression",
    "RouteSettings",
    "StageVariables",
    "Tags",
];
