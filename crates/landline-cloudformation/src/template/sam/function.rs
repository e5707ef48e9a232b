//! `AWS::Serverless::Function` → a Lambda function and, unless it names one, its role.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::checks::{self, tables};
use super::destinations::{self, Choice, is_nothing, negated};
use super::{Output, Source, alias, invocation, policies, pull_events, push_events, tag_list};

pub(super) fn expand(source: &Source<'_>, output: &mut Output) -> Result<(), TemplateError> {
    checks::properties(source, &tables::FUNCTION, &["PublishToLatestPublished"])?;
    checks::function::check(source)?;
    let role_id = format!("{}Role", source.id);
    let role = Role::of(source, &role_id)?;
    let properties = Node::object(source.line).with("Code", code(source)?);
    let properties = source
        .pass_through(
            properties,
            &[
                "FunctionName",
                "Description",
                "PackageType",
                "Handler",
                "MemorySize",
            ],
        )
        .with("Role", role.arn);
    let properties = source
        .pass_through(properties, &["Runtime", "Timeout", "Environment"])
        .with("Tags", tag_list(source, "lambda:createdBy"));
    let properties = described(source, properties);
    let mut properties = source.pass_through(properties, &LAMBDA_PROPERTIES);
    if let Some(mode) = tracing(source)? {
        properties = properties.with(
            "TracingConfig",
            Node::object(mode.line).with("Mode", mode.clone()),
        );
    }
    if let Some(queue) = dead_letter_queue(source) {
        properties = properties.with(
            "DeadLetterConfig",
            Node::object(queue.line).with("TargetArn", queue.clone()),
        );
    }
    let alias_id = alias::expand(source, &properties, output);
    output.push(
        source.id,
        source.primary("AWS::Lambda::Function", properties),
    );
    if role.made != Made::Never {
        let mut resource = source.secondary("AWS::IAM::Role", role_properties(source)?);
        if let Made::Under(condition) = role.made {
            resource = resource.with("Condition", source.text(&condition));
        }
        output.push(&role_id, resource);
        output.conditions.extend(role.condition);
    }
    // Whoever calls the function calls its alias, where there is one.
    let called = alias_id.as_deref().unwrap_or(source.id);
    let function = source.json(&json!({"Ref": called}));
    invocation::expand_url(source, &function, output)?;
    invocation::expand_events(source, alias_id.as_deref(), output)?;
    push_events::expand(source, &function, alias_id.as_deref(), output)?;
    pull_events::expand(source, &function, output)
}

/// By what a function does what it does.
struct Role {
    arn: Node,
    made: Made,
    /// A condition that the template lacks.
    condition: Option<(String, Node)>,
}

/// When a role is made for a function.
#[derive(PartialEq)]
enum Made {
    Always,
    /// Under this condition.
    Under(String),
    Never,
}

impl Role {
    fn of(source: &Source<'_>, id: &str) -> Result<Self, TemplateError> {
        let own = source.json(&json!({"Fn::GetAtt": [id, "Arn"]}));
        let always = Self {
            arn: own.clone(),
            made: Made::Always,
            condition: None,
        };
        let Some(given) = source.property("Role") else {
            return Ok(always);
        };
        let choice = Choice::of(given, "Role")?;
        let Some(choice) = choice else {
            return Ok(Self {
                arn: given.clone(),
                made: Made::Never,
                condition: None,
            });
        };
        let condition = choice.condition;
        let chosen = |then: Node, otherwise: Node| {
            let branches = vec![source.text(condition), then, otherwise];
            Node::object(given.line).with("Fn::If", Node::list(given.line, branches))
        };
        Ok(
            match (is_nothing(choice.then), is_nothing(choice.otherwise)) {
                (true, true) => always,
                (true, false) => Self {
                    arn: chosen(own, choice.otherwise.clone()),
                    made: Made::Under(condition.to_owned()),
                    condition: None,
                },
                (false, true) => {
                    let not = format!("NOT{condition}");
                    Self {
                        arn: chosen(choice.then.clone(), own),
                        made: Made::Under(not.clone()),
                        condition: Some((not, negated(source, condition))),
                    }
                }
                (false, false) => Self {
                    arn: given.clone(),
                    made: Made::Never,
                    condition: None,
                },
            },
        )
    }
}

/// A digest that the author gives for the code stands in the description too, so that another digest is another version.
fn described(source: &Source<'_>, properties: Node) -> Node {
    let digest = source.property("AutoPublishCodeSha256");
    let digest = digest.and_then(|digest| source.resolved(digest));
    let Some(digest) = digest.filter(|_| source.property("AutoPublishAlias").is_some()) else {
        return properties;
    };
    let text = match source.property("Description") {
        None => source.text(&digest),
        Some(own) => {
            if let Some(own) = own.as_str() {
                source.text(&format!("{own} {digest}"))
            } else {
                let parts = Node::list(own.line, vec![own.clone(), source.text(&digest)]);
                let joined = Node::list(own.line, vec![source.text(" "), parts]);
                Node::object(own.line).with("Fn::Join", joined)
            }
        }
    };
    properties.with("Description", text)
}

/// Where the code is. A path of the author's machine stays a path, as `aws cloudformation package` reads it in a
/// `AWS::Lambda::Function`; without any, the code lies beside the template, as for `sam build`.
fn code(source: &Source<'_>) -> Result<Node, TemplateError> {
    if let Some(image) = source.property("ImageUri") {
        return Ok(Node::object(image.line).with("ImageUri", image.clone()));
    }
    if let Some(inline) = source.property("InlineCode") {
        return Ok(Node::object(inline.line).with("ZipFile", inline.clone()));
    }
    match source.property("CodeUri") {
        Some(uri) => location(uri, "CodeUri"),
        None => Ok(source.text(".")),
    }
}

/// A place of code or content, as `property` gives it.
pub(super) fn location(uri: &Node, property: &str) -> Result<Node, TemplateError> {
    if let Some(text) = uri.as_str() {
        return match text.strip_prefix("s3://") {
            Some(location) => s3_location(location, uri.line, property),
            None => Ok(uri.clone()),
        };
    }
    let (Some(bucket), Some(key)) = (uri.get("Bucket"), uri.get("Key")) else {
        let message = format!("'{property}' requires Bucket and Key properties to be specified.");
        return Err(TemplateError::at(uri.line, message));
    };
    let code = Node::object(uri.line)
        .with("S3Bucket", bucket.clone())
        .with("S3Key", key.clone());
    Ok(match uri.get("Version") {
        Some(version) => code.with("S3ObjectVersion", version.clone()),
        None => code,
    })
}

fn s3_location(location: &str, line: u32, property: &str) -> Result<Node, TemplateError> {
    let (path, version) = match location.split_once("?versionId=") {
        Some((path, version)) => (path, Some(version)),
        None => (location, None),
    };
    let parts = path
        .split_once('/')
        .filter(|(bucket, key)| !bucket.is_empty() && !key.is_empty());
    let Some((bucket, key)) = parts else {
        let message = format!(
            "'{property}' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter."
        );
        return Err(TemplateError::at(line, message));
    };
    let code = Node::object(line)
        .with("S3Bucket", Node::string(line, bucket))
        .with("S3Key", Node::string(line, key));
    Ok(match version {
        Some(version) => code.with("S3ObjectVersion", Node::string(line, version)),
        None => code,
    })
}

fn tracing<'a>(source: &'a Source<'_>) -> Result<Option<&'a Node>, TemplateError> {
    match source.property("Tracing") {
        Some(mode)
            if mode
                .as_str()
                .is_some_and(|text| !["Active", "PassThrough", "Disabled"].contains(&text)) =>
        {
            Err(TemplateError::at(
                mode.line,
                "'Tracing' must be one of Active, PassThrough, Disabled.",
            ))
        }
        Some(mode) if mode.as_str() == Some("Disabled") => Ok(None),
        mode => Ok(mode),
    }
}

fn dead_letter_queue<'a>(source: &'a Source<'_>) -> Option<&'a Node> {
    source.property("DeadLetterQueue")?.get("TargetArn")
}

/// Lets the function's role send what nobody took to the queue or the topic.
fn dead_letter_policy(source: &Source<'_>) -> Option<Node> {
    let target = dead_letter_queue(source)?;
    let kind = source.property("DeadLetterQueue")?.get("Type")?;
    let action = match kind.as_str()? {
        "SQS" => "sqs:SendMessage",
        _ => "sns:Publish",
    };
    let statement = json!({"Action": action, "Effect": "Allow"});
    let statement = source.json(&statement).with("Resource", target.clone());
    let document = Node::object(target.line)
        .with("Version", source.text("2012-10-17"))
        .with("Statement", Node::list(target.line, vec![statement]));
    let policy = Node::object(target.line)
        .with("PolicyName", source.text("DeadLetterQueuePolicy"))
        .with("PolicyDocument", document);
    Some(policy)
}

fn role_properties(source: &Source<'_>) -> Result<Node, TemplateError> {
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{"Action": ["sts:AssumeRole"], "Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com"]}}],
    });
    let trust = source
        .property("AssumeRolePolicyDocument")
        .cloned()
        .unwrap_or_else(|| source.json(&trust));
    let mut managed =
        vec![source.text("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")];
    if source.property("Tracing").and_then(Node::as_str) == Some("Active") {
        managed.push(source.text("arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess"));
    }
    if source.property("VpcConfig").is_some() {
        managed.push(
            source.text("arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"),
        );
    }
    let mut inline: Vec<Node> = dead_letter_policy(source).into_iter().collect();
    policies::collect(source, &mut managed, &mut inline)?;
    inline.append(&mut destinations::grants(source)?);
    let mut grants = pull_events::grants(source)?;
    managed.append(&mut grants.managed);
    inline.append(&mut grants.inline);
    let mut properties = Node::object(source.line).with("AssumeRolePolicyDocument", trust);
    properties = properties.with("ManagedPolicyArns", Node::list(source.line, managed));
    if !inline.is_empty() {
        properties = properties.with("Policies", Node::list(source.line, inline));
    }
    if let Some(path) = source.property("RolePath") {
        properties = properties.with("Path", path.clone());
    }
    Ok(source
        .pass_through(properties, &["PermissionsBoundary"])
        .with("Tags", tag_list(source, "lambda:createdBy")))
}

/// Properties of the same name and meaning in Lambda.
const LAMBDA_PROPERTIES: [&str; 17] = [
    "Layers",
    "ReservedConcurrentExecutions",
    "Architectures",
    "EphemeralStorage",
    "LoggingConfig",
    "VpcConfig",
    "SnapStart",
    "KmsKeyArn",
    "FileSystemConfigs",
    "ImageConfig",
    "CodeSigningConfigArn",
    "RuntimeManagementConfig",
    "RecursiveLoop",
    "CapacityProviderConfig",
    "DurableConfig",
    "FunctionScalingConfig",
    "TenancyConfig",
];
