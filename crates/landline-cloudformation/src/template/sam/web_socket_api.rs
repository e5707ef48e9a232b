//! `AWS::Serverless::WebSocketApi` → an API, three resources for each route, a stage that deploys itself.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-websocketapi.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::{Entry, Map, Node};
use super::checks::{self, tables};
use super::{Output, Source, domain};

pub(super) fn expand(source: &Source<'_>, output: &mut Output) -> Result<(), TemplateError> {
    checks::properties(source, &tables::WEB_SOCKET_API, &[])?;
    let truststore = source.property("Domain");
    let truststore = truststore.and_then(|domain| domain.get("MutualTlsAuthentication"));
    if let Some(truststore) = truststore {
        return Err(TemplateError::at(
            truststore.line,
            "Mutual TLS domain name association is not supported for Websocket APIs.",
        ));
    }
    let routes = source
        .property("Routes")
        .and_then(Node::as_map)
        .filter(|routes| !routes.is_empty());
    let Some(routes) = routes else {
        return Err(TemplateError::at(
            source.line,
            "WebSocket API must have at least one route.",
        ));
    };
    let addresses = source.property("IpAddressType");
    if let Some(addresses) = addresses
        && !matches!(addresses.as_str(), None | Some("ipv4" | "dualstack"))
    {
        let message = "IpAddressType must be 'ipv4' or 'dualstack'.";
        return Err(TemplateError::at(addresses.line, message));
    }
    let stage_name = source
        .property("StageName")
        .cloned()
        .unwrap_or_else(|| source.text("default"));
    if stage_name.as_str() == Some("$default") {
        return Err(TemplateError::at(
            stage_name.line,
            "Stages cannot be named $default for WebSocket APIs.",
        ));
    }
    let auth = Auth::read(source)?;
    if auth.is_some() && !routes.contains("$connect") {
        return Err(TemplateError::at(
            source.line,
            "Authorization is only available if there is a $connect route.",
        ));
    }
    output.push(source.id, api(source));
    let mut route_ids = Vec::new();
    for route in routes {
        let prefix = format!("{}{}", source.id, route_prefix(route)?);
        expand_route(source, route, &prefix, &stage_name, auth.as_ref(), output)?;
        route_ids.push(source.text(&format!("{prefix}Route")));
    }
    let stage_id = match stage_name.as_str() {
        Some(_) if source.property("StageName").is_none() => format!("{}DefaultStage", source.id),
        Some(name) => format!("{}{name}Stage", source.id),
        None => format!("{}Stage", source.id),
    };
    output.push(&stage_id, stage(source, stage_name, route_ids));
    output
        .references
        .insert(format!("{}.Stage", source.id), stage_id);
    if let Some(auth) = auth {
        auth.expand(source, output);
    }
    domain::expand(source, "websocketapi:createdBy", output)
}

fn api(source: &Source<'_>) -> Node {
    let name = source
        .property("Name")
        .cloned()
        .unwrap_or_else(|| source.text(source.id));
    let properties = Node::object(source.line)
        .with("Name", name)
        .with("ProtocolType", source.text("WEBSOCKET"));
    let keys = [
        "ApiKeySelectionExpression",
        "Description",
        "DisableExecuteApiEndpoint",
        "DisableSchemaValidation",
        "IpAddressType",
        "RouteSelectionExpression",
    ];
    let properties = source
        .pass_through(properties, &keys)
        .with("Tags", tags(source));
    source.primary("AWS::ApiGatewayV2::Api", properties)
}

/// Tags of the V2 family are a map.
fn tags(source: &Source<'_>) -> Node {
    let own = source
        .property("Tags")
        .cloned()
        .unwrap_or_else(|| Node::object(source.line));
    own.with("websocketapi:createdBy", source.text("SAM"))
}

/// What a route's resources are called: the key with a capital, the rest of it small, its `$` gone.
fn route_prefix(route: &Entry) -> Result<String, TemplateError> {
    let name = match route.key.as_str() {
        "$connect" | "$disconnect" | "$default" => &route.key[1..],
        key if !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric()) => key,
        key => {
            let message = format!(
                "Route key '{key}' must be alphanumeric. Only $connect, $disconnect, and $default special routes are supported."
            );
            return Err(TemplateError::at(route.line, message));
        }
    };
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let rest = letters.map(|letter| letter.to_ascii_lowercase());
    Ok(first.into_iter().chain(rest).collect())
}

fn expand_route(
    source: &Source<'_>,
    route: &Entry,
    prefix: &str,
    stage: &Node,
    auth: Option<&Auth>,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let Some(function) = route.node.get("FunctionArn") else {
        return Err(TemplateError::at(
            route.line,
            "Route must have associated function.",
        ));
    };
    if let Some(wrong) = route
        .node
        .as_map()
        .into_iter()
        .flatten()
        .find(|entry| !ROUTE.contains(&entry.key.as_str()))
    {
        return Err(TemplateError::at(
            wrong.line,
            format!("property {} not defined for a route.", wrong.key),
        ));
    }
    let parameters = route.node.get("RequestParameters");
    if let Some(parameters) = parameters.filter(|_| route.key != "$connect") {
        let message =
            "Request parameters are only supported for the $connect route in WebSocket APIs.";
        return Err(TemplateError::at(parameters.line, message));
    }
    let line = route.line;
    let reference = |id: &str| Node::from_json(line, &json!({"Ref": id}));
    let mut properties = Node::object(line).with("ApiId", reference(source.id));
    for key in [
        "ApiKeyRequired",
        "ModelSelectionExpression",
        "OperationName",
        "RequestModels",
        "RequestParameters",
        "RouteResponseSelectionExpression",
    ] {
        if let Some(node) = route.node.get(key) {
            properties = properties.with(key, node.clone());
        }
    }
    if let Some(auth) = auth.filter(|_| route.key == "$connect") {
        properties = auth.on_route(source, properties);
    }
    let integration_id = format!("{prefix}Integration");
    let target = json!({"Fn::Join": ["/", ["integrations", {"Ref": integration_id}]]});
    properties = properties
        .with("RouteKey", Node::string(line, &route.key))
        .with("Target", Node::from_json(line, &target));
    output.push(
        &format!("{prefix}Route"),
        source.secondary("AWS::ApiGatewayV2::Route", properties),
    );

    let mut integration = Node::object(line)
        .with("ApiId", reference(source.id))
        .with("IntegrationType", Node::string(line, "AWS_PROXY"))
        .with("IntegrationUri", invocation_uri("FunctionArn", function));
    if let Some(timeout) = route.node.get("IntegrationTimeout") {
        integration = integration.with("TimeoutInMillis", timeout.clone());
    }
    output.push(
        &integration_id,
        source.secondary("AWS::ApiGatewayV2::Integration", integration),
    );

    let source_arn = permission_source(source.id, &route.key, stage, line);
    output.push(
        &format!("{prefix}Permission"),
        source.secondary("AWS::Lambda::Permission", permission(function, source_arn)),
    );
    Ok(())
}

fn permission_source(api: &str, route_key: &str, stage: &Node, line: u32) -> Node {
    let arn = format!(
        "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{api}.ApiId}}"
    );
    if let Some(name) = stage.as_str() {
        Node::from_json(
            line,
            &json!({"Fn::Sub": format!("{arn}/{name}/{route_key}")}),
        )
    } else {
        let text = Node::string(line, format!("{arn}/${{__Stage__}}/{route_key}"));
        let variables = Node::object(line).with("__Stage__", stage.clone());
        Node::object(line).with("Fn::Sub", Node::list(line, vec![text, variables]))
    }
}

fn permission(function: &Node, source_arn: Node) -> Node {
    let line = source_arn.line;
    Node::object(line)
        .with("Action", Node::string(line, "lambda:InvokeFunction"))
        .with("FunctionName", function.clone())
        .with("Principal", Node::string(line, "apigateway.amazonaws.com"))
        .with("SourceArn", source_arn)
}

fn invocation_uri(variable: &str, function: &Node) -> Node {
    let line = function.line;
    let text = format!(
        "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{variable}}}/invocations"
    );
    let variables = Node::object(line).with(variable, function.clone());
    Node::object(line).with(
        "Fn::Sub",
        Node::list(line, vec![Node::string(line, text), variables]),
    )
}

/// A stage that names settings of single routes is made after the routes.
fn stage(source: &Source<'_>, stage_name: Node, route_ids: Vec<Node>) -> Node {
    let properties = source
        .pass_through(
            Node::object(source.line),
            &["AccessLogSettings", "DefaultRouteSettings", "RouteSettings"],
        )
        .with("ApiId", source.json(&json!({"Ref": source.id})))
        .with("StageName", stage_name)
        .with(
            "Tags",
            source.json(&json!({"websocketapi:createdBy": "SAM"})),
        );
    let properties = source
        .pass_through(properties, &["StageVariables"])
        .with("AutoDeploy", source.json(&json!(true)));
    let node = source.secondary("AWS::ApiGatewayV2::Stage", properties);
    if source.property("RouteSettings").is_some() {
        node.with("DependsOn", Node::list(source.line, route_ids))
    } else {
        node
    }
}

/// Who may connect.
struct Auth {
    kind: String,
    arn: Option<Node>,
    node: Node,
}

impl Auth {
    fn read(source: &Source<'_>) -> Result<Option<Self>, TemplateError> {
        let given = source.property("Auth");
        let is_empty = |node: &Node| node.as_map().is_some_and(Map::is_empty);
        let Some(node) = given.filter(|node| !is_empty(node)) else {
            return Ok(None);
        };
        let refuse = |message: &str| Err(TemplateError::at(node.line, message));
        let kind = node.get("AuthType").and_then(|kind| source.resolved(kind));
        let arn = node.get("AuthArn").cloned();
        let Some(kind) = kind.filter(|kind| !kind.is_empty()) else {
            return refuse("AuthType must be specified for additional auth configurations.");
        };
        let has_more = node.as_map().is_some_and(|map| map.len() > 1);
        match kind.as_str() {
            "NONE" | "AWS_IAM" if has_more => {
                return refuse(&format!(
                    "No additional configurations supported for AuthType {kind}."
                ));
            }
            "CUSTOM" if arn.is_none() => {
                return refuse("AuthArn must be specified if AuthType is CUSTOM.");
            }
            "NONE" | "AWS_IAM" | "CUSTOM" => {}
            _ => {
                return refuse(&format!(
                    "AuthType '{kind}' is not one of AWS_IAM, CUSTOM or NONE."
                ));
            }
        }
        Ok(Some(Self {
            kind,
            arn,
            node: node.clone(),
        }))
    }

    fn authorizer_id(source: &Source<'_>) -> String {
        format!("{}ConnectAuthorizer", source.id)
    }

    fn on_route(&self, source: &Source<'_>, properties: Node) -> Node {
        let properties = properties.with(
            "AuthorizationType",
            Node::string(self.node.line, &self.kind),
        );
        if self.kind != "CUSTOM" {
            return properties;
        }
        properties.with(
            "AuthorizerId",
            Node::from_json(self.node.line, &json!({"Ref": Self::authorizer_id(source)})),
        )
    }

    fn expand(self, source: &Source<'_>, output: &mut Output) {
        let Some(arn) = self.arn.filter(|_| self.kind == "CUSTOM") else {
            return;
        };
        let line = self.node.line;
        let id = Self::authorizer_id(source);
        let mut properties = Node::object(line)
            .with("ApiId", source.json(&json!({"Ref": source.id})))
            .with("AuthorizerType", Node::string(line, "REQUEST"))
            .with("AuthorizerUri", invocation_uri("AuthArn", &arn));
        if let Some(role) = self.node.get("InvokeRole") {
            properties = properties.with("AuthorizerCredentialsArn", role.clone());
        }
        if let Some(identity) = self.node.get("IdentitySource") {
            properties = properties.with("IdentitySource", identity.clone());
        }
        let name = self
            .node
            .get("Name")
            .cloned()
            .unwrap_or_else(|| Node::string(line, &id));
        output.push(
            &id,
            source.secondary(
                "AWS::ApiGatewayV2::Authorizer",
                properties.with("Name", name),
            ),
        );
        if self.node.get("InvokeRole").is_none() {
            let source_arn = json!({"Fn::Sub": [
                "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*",
                {"__ApiId__": {"Ref": source.id}},
            ]});
            let properties = permission(&arn, Node::from_json(line, &source_arn));
            output.push(
                &format!("{}AuthorizerPermission", source.id),
                source.secondary("AWS::Lambda::Permission", properties),
            );
        }
    }
}

const ROUTE: [&str; 8] = [
    "ApiKeyRequired",
    "FunctionArn",
    "IntegrationTimeout",
    "ModelSelectionExpression",
    "OperationName",
    "RequestModels",
    "RequestParameters",
    "RouteResponseSelectionExpression",
];
