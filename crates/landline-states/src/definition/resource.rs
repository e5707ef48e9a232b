//! What the ARN of a task's `Resource` asks for.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html>

use landline_wire::Arn;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Resource {
    /// A function by its own ARN.
    Function(String),
    Activity(String),
    Service {
        call: ServiceCall,
        pattern: Pattern,
    },
}

/// Whom a task calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ServiceCall {
    /// An integration that Step Functions has made more of.
    Optimized(Optimized),
    /// `aws-sdk:{service}:{action}`
    Sdk { service: String, action: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Optimized {
    InvokeApi,
    DynamoDbDeleteItem,
    DynamoDbGetItem,
    DynamoDbPutItem,
    DynamoDbUpdateItem,
    EventsPutEvents,
    LambdaInvoke,
    SnsPublish,
    SqsSendMessage,
    StatesStartExecution,
}

/// For what a task waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// For the answer.
    Answer,
    /// `.sync`: for what was started to end.
    Sync,
    /// `.sync:2`: the same, and its output is read as JSON.
    SyncJson,
    /// `.waitForTaskToken`
    Token,
}

impl Optimized {
    const ALL: [(&'static str, &'static str, Self); 10] = [
        ("apigateway", "invoke", Self::InvokeApi),
        ("dynamodb", "deleteItem", Self::DynamoDbDeleteItem),
        ("dynamodb", "getItem", Self::DynamoDbGetItem),
        ("dynamodb", "putItem", Self::DynamoDbPutItem),
        ("dynamodb", "updateItem", Self::DynamoDbUpdateItem),
        ("events", "putEvents", Self::EventsPutEvents),
        ("lambda", "invoke", Self::LambdaInvoke),
        ("sns", "publish", Self::SnsPublish),
        ("sqs", "sendMessage", Self::SqsSendMessage),
        ("states", "startExecution", Self::StatesStartExecution),
    ];

    /// The service and the action, as the ARN names them.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        let found = Self::ALL.iter().find(|(_, _, it)| *it == self);
        found.map_or(("", ""), |(service, action, _)| (service, action))
    }

    /// Whether the integration can wait so.
    fn has(self, pattern: Pattern) -> bool {
        match pattern {
            Pattern::Answer => true,
            Pattern::Sync | Pattern::SyncJson => self == Self::StatesStartExecution,
            Pattern::Token => !matches!(
                self,
                Self::DynamoDbDeleteItem
                    | Self::DynamoDbGetItem
                    | Self::DynamoDbPutItem
                    | Self::DynamoDbUpdateItem
            ),
        }
    }
}

impl Resource {
    /// Reads the ARN; `None` when there is nothing behind it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let arn = Arn::parse(text)?;
        match arn.service {
            "lambda" if arn.resource.starts_with("function:") => {
                Some(Self::Function(text.to_owned()))
            }
            "states" if arn.resource.starts_with("activity:") => {
                Some(Self::Activity(text.to_owned()))
            }
            "states" if arn.region.is_empty() && arn.account_id.is_empty() => {
                integration(arn.resource)
            }
            _ => None,
        }
    }

    /// `resourceType` and `resource`, as events name them.
    pub(crate) fn event_names(&self) -> (String, String) {
        let Self::Service { call, pattern } = self else {
            return Default::default();
        };
        let suffix = match pattern {
            Pattern::Answer => "",
            Pattern::Sync => ".sync",
            Pattern::SyncJson => ".sync:2",
            Pattern::Token => ".waitForTaskToken",
        };
        match call {
            ServiceCall::Optimized(optimized) => {
                let (service, action) = optimized.names();
                (service.to_owned(), format!("{action}{suffix}"))
            }
            ServiceCall::Sdk { service, action } => {
                (format!("aws-sdk:{service}"), format!("{action}{suffix}"))
            }
        }
    }
}

/// `lambda:invoke.waitForTaskToken`, `aws-sdk:s3:getObject`
fn integration(resource: &str) -> Option<Resource> {
    let (resource, pattern) = [
        (".waitForTaskToken", Pattern::Token),
        (".sync:2", Pattern::SyncJson),
        (".sync", Pattern::Sync),
    ]
    .into_iter()
    .find_map(|(suffix, pattern)| Some((resource.strip_suffix(suffix)?, pattern)))
    .unwrap_or((resource, Pattern::Answer));
    if let Some(rest) = resource.strip_prefix("aws-sdk:") {
        let (service, action) = rest.split_once(':')?;
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_alphanumeric())
        };
        let is_fit = matches!(pattern, Pattern::Answer | Pattern::Token);
        return (is_fit && is_name(service) && is_name(action)).then(|| Resource::Service {
            call: ServiceCall::Sdk {
                service: service.to_owned(),
                action: action.to_owned(),
            },
            pattern,
        });
    }
    let (service, action) = resource.split_once(':')?;
    let mut all = Optimized::ALL.into_iter();
    let (_, _, optimized) = all.find(|(it, what, _)| *it == service && *what == action)?;
    optimized.has(pattern).then_some(Resource::Service {
        call: ServiceCall::Optimized(optimized),
        pattern,
    })
}
