//! An event of a function or a state machine that is a route: what its author wrote, and what its API holds for it.

use serde_json::{Value as Json, json};

use super::super::super::node::Node;

/// An event of a function that is a route.
pub(in super::super) struct ApiEvent {
    pub(super) function: String,
    /// The logical id of the function's alias, where it has one.
    pub(super) alias: Option<String>,
    pub(super) event: String,
    pub(super) line: u32,
    pub(super) kind: Kind,
    /// The logical id of its API; the implicit one where it names none.
    pub(super) api: String,
    pub(super) properties: Json,
    /// The condition of the function, which its permission has too.
    pub(super) condition: Option<Node>,
    /// Who answers.
    pub(super) target: Target,
}

/// Who answers a route.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Function,
    StateMachine,
}

impl Target {
    pub(super) fn of_type(resource_type: Option<&str>) -> Option<Self> {
        match resource_type? {
            "AWS::Serverless::Function" => Some(Self::Function),
            "AWS::Serverless::StateMachine" => Some(Self::StateMachine),
            _ => None,
        }
    }

    /// Only REST APIs start executions.
    pub(super) fn has(self, kind: Kind) -> bool {
        self == Self::Function || kind == Kind::Rest
    }
}

/// The two kinds of APIs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Kind {
    Http,
    Rest,
}

impl Kind {
    pub(super) fn of_event(event_type: &str) -> Option<Self> {
        match event_type {
            "HttpApi" => Some(Self::Http),
            "Api" => Some(Self::Rest),
            _ => None,
        }
    }

    pub(super) fn implicit_id(self) -> &'static str {
        match self {
            Self::Http => "ServerlessHttpApi",
            Self::Rest => "ServerlessRestApi",
        }
    }

    /// The property of an event that names its API.
    pub(in super::super) fn reference(self) -> &'static str {
        match self {
            Self::Http => "ApiId",
            Self::Rest => "RestApiId",
        }
    }

    pub(super) fn sam_type(self) -> &'static str {
        match self {
            Self::Http => "HttpApi",
            Self::Rest => "Api",
        }
    }
}

impl ApiEvent {
    /// What SAM calls it.
    pub(in super::super) fn name(&self) -> &str {
        &self.event
    }

    pub(in super::super) fn line(&self) -> u32 {
        self.line
    }

    pub(in super::super) fn kind(&self) -> Kind {
        self.kind
    }

    pub(in super::super) fn property(&self, name: &str) -> Option<&Json> {
        self.properties.get(name).filter(|it| !it.is_null())
    }

    pub(in super::super) fn path(&self) -> &str {
        self.text("Path").unwrap_or("$default")
    }

    /// The method as its author wrote it, in small letters.
    pub(in super::super) fn written_method(&self) -> String {
        let method = self.text("Method").map(str::to_ascii_lowercase);
        method.unwrap_or_else(|| self.method())
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.properties.get(name).and_then(Json::as_str)
    }

    pub(super) fn auth(&self, name: &str) -> Option<&Json> {
        self.properties
            .get("Auth")?
            .get(name)
            .filter(|it| !it.is_null())
    }

    /// The method as OpenAPI writes it.
    pub(super) fn method(&self) -> String {
        let method = self.text("Method").unwrap_or("any").to_ascii_lowercase();
        match method.as_str() {
            "any" | "*" => "x-amazon-apigateway-any-method".to_owned(),
            _ => method,
        }
    }

    /// The method and the path in the ARN that the function's policy allows.
    pub(super) fn arn_tail(&self, path: &str) -> String {
        let method = self.method();
        let method = match method.as_str() {
            "x-amazon-apigateway-any-method" => "*".to_owned(),
            method => method.to_ascii_uppercase(),
        };
        let mut tail = String::new();
        for (index, part) in path.split('{').enumerate() {
            match part.split_once('}') {
                Some((_, rest)) if index > 0 => tail.extend(["*", rest]),
                _ => tail.push_str(part),
            }
        }
        format!("{method}{tail}")
    }

    pub(super) fn integration_uri(&self, partition: &str) -> Json {
        // An alias is known by its ARN.
        let called = match &self.alias {
            Some(alias) => alias.clone(),
            None => format!("{}.Arn", self.function),
        };
        json!({ "Fn::Sub": format!(
            "arn:{partition}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{called}}}/invocations",
        ) })
    }

    /// Calls the function, or starts an execution.
    pub(super) fn operation(&self) -> Json {
        if self.target == Target::Function {
            return json!({
                "x-amazon-apigateway-integration": {
                    "httpMethod": "POST", "type": "aws_proxy", "uri": self.integration_uri("aws"),
                },
                "responses": {},
            });
        }
        let machine = &self.function;
        let template = format!(
            "{{\"input\": \"$util.escapeJavaScript($input.json('$'))\", \"stateMachineArn\": \"${{{machine}}}\"}}"
        );
        json!({
            "x-amazon-apigateway-integration": {
                "httpMethod": "POST", "type": "aws",
                "uri": { "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution" },
                "credentials": { "Fn::GetAtt": [self.role_id(), "Arn"] },
                "requestTemplates": { "application/json": { "Fn::Sub": template } },
                "responses": { "200": { "statusCode": "200" }, "400": { "statusCode": "400" } },
            },
            "responses": { "200": { "description": "OK" }, "400": { "description": "Bad Request" } },
        })
    }

    pub(super) fn role_id(&self) -> String {
        format!("{}{}Role", self.function, self.event)
    }

    /// The role by which the API starts executions.
    pub(super) fn role(&self) -> Node {
        let properties = json!({
            "AssumeRolePolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [{"Action": ["sts:AssumeRole"], "Effect": "Allow", "Principal": {"Service": ["apigateway.amazonaws.com"]}}],
            },
            "Policies": [{
                "PolicyName": format!("{}StartExecutionPolicy", self.role_id()),
                "PolicyDocument": { "Statement": [{
                    "Action": "states:StartExecution", "Effect": "Allow", "Resource": { "Ref": self.function },
                }] },
            }],
        });
        let resource = json!({ "Type": "AWS::IAM::Role", "Properties": properties });
        let node = Node::from_json(self.line, &resource);
        match &self.condition {
            Some(condition) => node.with("Condition", condition.clone()),
            None => node,
        }
    }

    /// Lets the API invoke the function.
    pub(super) fn permission(&self, partition: &str, tail: &str) -> Node {
        let properties = json!({
            "Action": "lambda:InvokeFunction",
            "FunctionName": { "Ref": self.alias.as_ref().unwrap_or(&self.function) },
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": { "Fn::Sub": [
                format!("arn:{partition}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{__ApiId__}}/${{__Stage__}}/{tail}"),
                { "__ApiId__": { "Ref": self.api }, "__Stage__": "*" },
            ] },
        });
        let resource = json!({ "Type": "AWS::Lambda::Permission", "Properties": properties });
        let node = Node::from_json(self.line, &resource);
        match &self.condition {
            Some(condition) => node.with("Condition", condition.clone()),
            None => node,
        }
    }
}
