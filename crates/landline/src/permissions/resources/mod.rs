//! Which action on which resource an operation is: the service authorization reference, for what Landline has.

use landline_wire::shape::{Encode, Step, texts};
use landline_wire::{Caller, OperationMeta};

use Step::{Items, Keys, Member};

/// One permission that a call takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) action: String,
    pub(super) resource: String,
}

/// All permissions that a call takes; none where nothing is judged.
pub(super) fn needs(operation: &OperationMeta, input: &dyn Encode, caller: &Caller) -> Vec<Need> {
    let call = Call {
        operation: operation.name,
        input,
        caller,
    };
    match operation.service.name {
        "dynamodb" => call.dynamodb(),
        "dynamodbstreams" => call.on("dynamodb", call.given(&["StreamArn"])),
        "lambda" => call.lambda(),
        "sts" => call.sts(),
        "iam" => call.iam(),
        "logs" => call.logs(),
        "ssm" => call.ssm(),
        "events" => call.events(),
        "cognito_idp" => call.user_pools(),
        "scheduler" => call.scheduler(),
        "sns" => call.sns(),
        "secretsmanager" => call.secretsmanager(),
        "s3" => call.s3(),
        "sqs" => call.sqs(),
        "stepfunctions" => call.states(),
        "cloudformation" => call.cloudformation(),
        "cloudwatch" => call.on("cloudwatch", vec!["*".to_owned()]),
        "apigateway" | "apigatewayv2" => call.apigateway(operation),
        // It judges each call by the connection's stage.
        "apigatewaymanagementapi" => Vec::new(),
        other => call.on(other, vec!["*".to_owned()]),
    }
}

struct Call<'a> {
    operation: &'static str,
    input: &'a dyn Encode,
    caller: &'a Caller,
}

impl Call<'_> {
    /// The operation's own action on each resource.
    fn on(&self, service: &str, resources: Vec<String>) -> Vec<Need> {
        let action = format!("{service}:{}", self.operation);
        let needs = resources.into_iter().map(|resource| Need {
            action: action.clone(),
            resource,
        });
        needs.collect()
    }

    /// The first of these members that is there.
    fn member(&self, names: &[&'static str]) -> Option<String> {
        let mut found = names
            .iter()
            .map(|name| texts(self.input, &[Member(name)]))
            .filter(|texts| !texts.is_empty());
        found.next()?.into_iter().next()
    }

    /// A member that is an ARN already.
    fn given(&self, names: &[&'static str]) -> Vec<String> {
        self.member(names).into_iter().collect()
    }

    /// `arn:aws:{service}:{region}:{account}:{resource}`.
    fn arn(&self, service: &str, resource: &str) -> String {
        let Caller {
            region, account_id, ..
        } = self.caller;
        format!("arn:aws:{service}:{region}:{account_id}:{resource}")
    }

    fn table(&self, name: &str) -> String {
        if name.starts_with("arn:") {
            return name.to_owned();
        }
        self.arn("dynamodb", &format!("table/{name}"))
    }

    fn dynamodb(&self) -> Vec<Need> {
        if matches!(self.operation, "BatchGetItem" | "BatchWriteItem") {
            let names = texts(self.input, &[Member("RequestItems"), Keys]);
            let tables = names.iter().map(|name| self.table(name)).collect();
            return self.on("dynamodb", tables);
        }
        if let "TransactWriteItems" | "TransactGetItems" = self.operation {
            return self.transaction();
        }
        let resource = match self.member(&["TableName"]) {
            Some(name) => {
                let table = self.table(&name);
                match self.member(&["IndexName"]) {
                    Some(index) => format!("{table}/index/{index}"),
                    None => table,
                }
            }
            None => self
                .member(&["ResourceArn"])
                .unwrap_or_else(|| "*".to_owned()),
        };
        self.on("dynamodb", vec![resource])
    }

    /// A transaction takes what its actions would take alone.
    fn transaction(&self) -> Vec<Need> {
        let actions = [
            ("Put", "PutItem"),
            ("Update", "UpdateItem"),
            ("Delete", "DeleteItem"),
            ("ConditionCheck", "ConditionCheckItem"),
            ("Get", "GetItem"),
        ];
        let mut needs = Vec::new();
        for (member, action) in actions {
            let path = [
                Member("TransactItems"),
                Items,
                Member(member),
                Member("TableName"),
            ];
            for name in texts(self.input, &path) {
                let need = Need {
                    action: format!("dynamodb:{action}"),
                    resource: self.table(&name),
                };
                if !needs.contains(&need) {
                    needs.push(need);
                }
            }
        }
        needs
    }

    fn lambda(&self) -> Vec<Need> {
        let action = match self.operation {
            "Invoke" | "InvokeWithResponseStream" => "InvokeFunction",
            other => other,
        };
        let resource = match self.member(&["FunctionName"]) {
            None => "*".to_owned(),
            Some(arn) if arn.starts_with("arn:") => arn,
            // `account:function:name`, `function:name` or `name`, each with `:qualifier`.
            Some(name) => {
                let name = name.rsplit_once("function:").map_or(&*name, |(_, it)| it);
                self.arn("lambda", &format!("function:{name}"))
            }
        };
        vec![Need {
            action: format!("lambda:{action}"),
            resource,
        }]
    }

    fn sts(&self) -> Vec<Need> {
        // Nobody needs a permission to ask who they are.
        match self.operation {
            "AssumeRole" => self.on("sts", self.given(&["RoleArn"])),
            _ => Vec::new(),
        }
    }

    fn iam(&self) -> Vec<Need> {
        let account = &self.caller.account_id;
        let resource = match self.member(&["RoleName"]) {
            Some(role) => format!("arn:aws:iam::{account}:role/{role}"),
            None => self
                .member(&["PolicyArn", "PolicySourceArn"])
                .unwrap_or_else(|| "*".to_owned()),
        };
        self.on("iam", vec![resource])
    }

    fn logs(&self) -> Vec<Need> {
        let group = self.member(&["logGroupName", "LogGroupName", "logGroupIdentifier"]);
        let stream = self.member(&["logStreamName", "LogStreamName"]);
        let resource = match (group, stream) {
            (Some(arn), _) if arn.starts_with("arn:") => arn,
            (Some(group), Some(stream)) => {
                self.arn("logs", &format!("log-group:{group}:log-stream:{stream}"))
            }
            (Some(group), None) => self.arn("logs", &format!("log-group:{group}:*")),
            (None, _) => "*".to_owned(),
        };
        self.on("logs", vec![resource])
    }

    /// A secret's ARN ends with six characters that its name does not tell.
    fn secretsmanager(&self) -> Vec<Need> {
        let resource = match self.member(&["SecretId", "Name"]) {
            Some(id) if id.starts_with("arn:") => id,
            Some(name) => self.arn("secretsmanager", &format!("secret:{name}-??????")),
            None => "*".to_owned(),
        };
        self.on("secretsmanager", vec![resource])
    }

    fn ssm(&self) -> Vec<Need> {
        let mut names = self.given(&["Name", "Path"]);
        names.extend(texts(self.input, &[Member("Names"), Items]));
        let parameter = |name: &String| {
            let name = name.trim_start_matches('/');
            self.arn("ssm", &format!("parameter/{name}"))
        };
        let resources: Vec<String> = names.iter().map(parameter).collect();
        match resources.as_slice() {
            [] => self.on("ssm", vec!["*".to_owned()]),
            _ => self.on("ssm", resources),
        }
    }

    fn events(&self) -> Vec<Need> {
        // A bus may be named by its ARN.
        let bus_name = |named: String| match named.split_once("event-bus/") {
            Some((_, name)) => name.to_owned(),
            None => named,
        };
        let bus_arn = |named: String| {
            let name = bus_name(named);
            self.arn("events", &format!("event-bus/{name}"))
        };
        if self.operation == "PutEvents" {
            let path = [Member("Entries"), Items, Member("EventBusName")];
            let mut buses = texts(self.input, &path);
            // Entries that name no bus are for the default one.
            let sources = texts(self.input, &[Member("Entries"), Items, Member("Source")]);
            if buses.len() < sources.len().max(1) {
                buses.push("default".to_owned());
            }
            let mut arns: Vec<String> = buses.into_iter().map(bus_arn).collect();
            arns.sort_unstable();
            arns.dedup();
            return self.on("events", arns);
        }
        for (member, kind) in [("ArchiveName", "archive"), ("ReplayName", "replay")] {
            if let Some(name) = self.member(&[member]) {
                let resource = self.arn("events", &format!("{kind}/{name}"));
                return self.on("events", vec![resource]);
            }
        }
        let bus = self.member(&["EventBusName"]);
        let resource = match (self.operation, self.member(&["Rule", "Name"])) {
            (_, Some(name)) if self.operation.ends_with("EventBus") => bus_arn(name),
            (_, Some(rule)) => match bus.map(bus_name).filter(|bus| bus != "default") {
                Some(bus) => self.arn("events", &format!("rule/{bus}/{rule}")),
                None => self.arn("events", &format!("rule/{rule}")),
            },
            ("PutPermission" | "RemovePermission", None) => {
                bus_arn(bus.unwrap_or_else(|| "default".to_owned()))
            }
            (_, None) => {
                let given = self.member(&["ResourceARN"]);
                given.unwrap_or_else(|| "*".to_owned())
            }
        };
        self.on("events", vec![resource])
    }

    fn scheduler(&self) -> Vec<Need> {
        let name = self.member(&["Name"]);
        let group = self.member(&["GroupName"]);
        let group = group.unwrap_or_else(|| "default".to_owned());
        let resource = match name {
            Some(name) if self.operation.ends_with("ScheduleGroup") => {
                self.arn("scheduler", &format!("schedule-group/{name}"))
            }
            Some(name) => self.arn("scheduler", &format!("schedule/{group}/{name}")),
            None => {
                let given = self.member(&["ResourceArn"]);
                given.unwrap_or_else(|| "*".to_owned())
            }
        };
        self.on("scheduler", vec![resource])
    }

    /// Only calls by name come here: S3 judges its own requests itself.
    fn s3(&self) -> Vec<Need> {
        let action = match self.operation {
            "HeadObject" => "GetObject",
            "ListObjects" | "ListObjectsV2" | "HeadBucket" => "ListBucket",
            "CopyObject" => "PutObject",
            other => other,
        };
        let bucket = self.member(&["Bucket"]);
        let resource = match (bucket, self.member(&["Key"])) {
            (Some(bucket), Some(key)) => format!("arn:aws:s3:::{bucket}/{key}"),
            (Some(bucket), None) => format!("arn:aws:s3:::{bucket}"),
            (None, _) => "*".to_owned(),
        };
        vec![Need {
            action: format!("s3:{action}"),
            resource,
        }]
    }

    fn states(&self) -> Vec<Need> {
        let given = self.member(&[
            "stateMachineArn",
            "executionArn",
            "activityArn",
            "resourceArn",
            "stateMachineAliasArn",
            "stateMachineVersionArn",
        ]);
        let named = || {
            let kind = match self.operation {
                "CreateActivity" => "activity",
                "CreateStateMachine" => "stateMachine",
                _ => return None,
            };
            let name = self.member(&["name"])?;
            Some(self.arn("states", &format!("{kind}:{name}")))
        };
        let resource = given.or_else(named).unwrap_or_else(|| "*".to_owned());
        self.on("states", vec![resource])
    }

    fn user_pools(&self) -> Vec<Need> {
        let pool = self.member(&["UserPoolId"]);
        let pool = pool.map(|id| self.arn("cognito-idp", &format!("userpool/{id}")));
        let named = pool.or_else(|| self.member(&["ResourceArn"]));
        self.on("cognito-idp", vec![named.unwrap_or_else(|| "*".to_owned())])
    }

    fn sns(&self) -> Vec<Need> {
        let action = match self.operation {
            "PublishBatch" => "Publish",
            other => other,
        };
        // A subscription's ARN is that of its topic and an id; what one does to it one does to the topic.
        let arn = self.member(&["TopicArn", "TargetArn", "ResourceArn", "SubscriptionArn"]);
        let topic = arn.map(|arn| arn.splitn(7, ':').take(6).collect::<Vec<_>>().join(":"));
        let named = || self.member(&["Name"]).map(|name| self.arn("sns", &name));
        vec![Need {
            action: format!("sns:{action}"),
            resource: topic.or_else(named).unwrap_or_else(|| "*".to_owned()),
        }]
    }

    fn sqs(&self) -> Vec<Need> {
        let action = match self.operation {
            "SendMessageBatch" => "SendMessage",
            "DeleteMessageBatch" => "DeleteMessage",
            "ChangeMessageVisibilityBatch" => "ChangeMessageVisibility",
            other => other,
        };
        let url = self.member(&["QueueUrl"]);
        let name = url
            .as_deref()
            .and_then(|url| url.rsplit('/').next())
            .map(str::to_owned)
            .or_else(|| self.member(&["QueueName"]));
        vec![Need {
            action: format!("sqs:{action}"),
            resource: name.map_or_else(|| "*".to_owned(), |name| self.arn("sqs", &name)),
        }]
    }

    fn cloudformation(&self) -> Vec<Need> {
        let resource = match self.member(&["StackName"]) {
            Some(arn) if arn.starts_with("arn:") => arn,
            Some(name) => self.arn("cloudformation", &format!("stack/{name}/*")),
            None => "*".to_owned(),
        };
        self.on("cloudformation", vec![resource])
    }

    /// API Gateway's actions are HTTP methods, and its resources are paths.
    fn apigateway(&self, operation: &OperationMeta) -> Vec<Need> {
        let path = operation.path.split('?').next().unwrap_or_default();
        let mut filled = String::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            filled.push('/');
            let name = part.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
            match name.and_then(|name| self.named(name.trim_end_matches('+'))) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(part),
            }
        }
        let region = &self.caller.region;
        let resource = filled.strip_prefix("/v2").unwrap_or(&filled);
        vec![Need {
            action: format!("apigateway:{}", operation.method),
            resource: format!("arn:aws:apigateway:{region}::{resource}"),
        }]
    }

    /// The text of a member by the name that the path has for it, which is not the SDKs'.
    fn named(&self, name: &str) -> Option<String> {
        const MEMBERS: &[(&str, &str)] = &[
            ("apiId", "ApiId"),
            ("apiMappingId", "ApiMappingId"),
            ("authorizerId", "AuthorizerId"),
            ("deploymentId", "DeploymentId"),
            ("domainName", "DomainName"),
            ("integrationId", "IntegrationId"),
            ("integrationResponseId", "IntegrationResponseId"),
            ("modelId", "ModelId"),
            ("routeId", "RouteId"),
            ("routeResponseId", "RouteResponseId"),
            ("stageName", "StageName"),
            ("vpcLinkId", "VpcLinkId"),
            // REST APIs.
            ("api_Key", "apiKey"),
            ("authorizer_id", "authorizerId"),
            ("clientcertificate_id", "clientCertificateId"),
            ("deployment_id", "deploymentId"),
            ("http_method", "httpMethod"),
            ("keyId", "keyId"),
            ("model_name", "modelName"),
            ("parent_id", "parentId"),
            ("requestvalidator_id", "requestValidatorId"),
            ("resource_id", "resourceId"),
            ("response_type", "responseType"),
            ("restapi_id", "restApiId"),
            ("stage_name", "stageName"),
            ("status_code", "statusCode"),
            ("usageplanId", "usagePlanId"),
        ];
        let (_, member) = MEMBERS
            .iter()
            .find(|(placeholder, _)| *placeholder == name)?;
        self.member(&[member])
    }
}

#[cfg(test)]
mod tests;
