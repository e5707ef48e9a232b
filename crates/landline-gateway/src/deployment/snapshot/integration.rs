//! Integrations of a snapshot: what a route calls, and how the call is made.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html>.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{IntegrationResponses, StageTemplate, Templates};
use crate::integration::http_parameters::HttpMappings;
use crate::integration::parameters::ParameterMapping;
use crate::integration::service_action::ServiceAction;
use crate::message::selection::SelectionExpression;
use crate::quotas::INTEGRATION_TIMEOUT;

/// What a route calls.
#[derive(Debug)]
pub struct Integration {
    /// The integration's identifier.
    pub integration_id: String,
    /// How long the call may take.
    pub timeout: Duration,
    /// The type of the integration, and what that type needs.
    pub target: IntegrationTarget,
    /// What is sent.
    pub request: RequestMapping,
    /// What becomes of the answer, unless the integration is a proxy.
    pub responses: IntegrationResponses,
    /// The role with which AWS services are called, in place of resource policies.
    pub credentials: Option<StageTemplate>,
    /// The form of a proxy's event and answer.
    pub payload: PayloadFormat,
    /// What an HTTP API changes in requests and answers.
    pub mappings: HttpMappings,
}

/// `PayloadFormatVersion` of HTTP APIs; REST APIs have a form of their own, and WebSocket
/// APIs keep the version and do not mind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PayloadFormat {
    /// As REST APIs have it.
    #[default]
    Rest,
    /// `1.0`: nearly the same.
    V1,
    /// `2.0`: shorter, and any JSON is an answer.
    V2,
}

/// The integration types.
#[derive(Debug)]
pub enum IntegrationTarget {
    /// `AWS_PROXY`: a Lambda function gets the event and answers with `statusCode` and `body`.
    LambdaProxy(LambdaFunction),
    /// `AWS` to a Lambda function, with templates.
    Lambda(LambdaFunction),
    /// `AWS` to another action of an AWS service, with templates.
    Aws(AwsAction),
    /// `HTTP`: a web server, with templates.
    Http(HttpEndpoint),
    /// `HTTP_PROXY`: a web server that gets the message as it is.
    HttpProxy(HttpEndpoint),
    /// `AWS_PROXY` with a subtype: an action of an AWS service.
    Service(ServiceAction),
    /// `MOCK`: answered by the gateway itself.
    Mock,
}

/// What an integration makes of a request.
#[derive(Debug, Default)]
pub struct RequestMapping {
    /// Headers, query and path parameters of the request to the backend.
    pub parameters: Vec<ParameterMapping>,
    /// What the body is made of.
    pub templates: Templates,
    /// Which template applies.
    pub template_selection: Option<SelectionExpression>,
    /// What happens without a matching template.
    pub passthrough: Passthrough,
    /// What happens to the bytes of the message.
    pub content_handling: Option<ContentHandling>,
}

/// `PassthroughBehavior`: what happens to a message for which there is no template.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Passthrough {
    /// It is passed on as it is.
    #[default]
    WhenNoMatch,
    /// It is passed on only if there are no templates at all.
    WhenNoTemplates,
    /// It is refused.
    Never,
}

/// `ContentHandlingStrategy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentHandling {
    /// Base64 text becomes bytes.
    ConvertToBinary,
    /// Bytes become base64 text.
    ConvertToText,
}

/// A web server.
#[derive(Debug, Clone)]
pub struct HttpEndpoint {
    /// The method of the request, in capitals.
    pub method: String,
    /// The URL, with `{name}` for path parameters.
    pub url: StageTemplate,
}

/// An action of an AWS service:
/// `arn:aws:apigateway:{region}:{service}:action/{Action}` or `…:path/{path}`.
#[derive(Debug, Clone)]
pub struct AwsAction {
    /// The method of the request, in capitals.
    pub method: String,
    /// The URI.
    pub uri: StageTemplate,
}

/// The Lambda function that an integration URI names.
///
/// The URI is `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function ARN}/invocations`.
/// A bare function ARN names the function of a proxy of an HTTP or a WebSocket API. The AWS CDK wrote such URIs for
/// WebSocket APIs until 1.95, and tutorials do. (aws-cdk#13820: they work; only the console does not understand them.)
#[derive(Debug, Clone)]
pub struct LambdaFunction {
    uri: StageTemplate,
    bare: BareArn,
}

/// Whether a function's own ARN is an integration URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BareArn {
    Refused,
    Taken,
}

impl Integration {
    /// An integration that passes on what it gets, within the default timeout.
    pub fn new(integration_id: impl Into<String>, target: IntegrationTarget) -> Self {
        Self {
            integration_id: integration_id.into(),
            timeout: INTEGRATION_TIMEOUT,
            target,
            request: RequestMapping::default(),
            responses: IntegrationResponses::default(),
            credentials: None,
            payload: PayloadFormat::Rest,
            mappings: HttpMappings::default(),
        }
    }
}

impl LambdaFunction {
    /// The function behind an integration URI.
    pub fn from_uri(uri: impl Into<String>) -> Self {
        Self {
            uri: StageTemplate::new(uri),
            bare: BareArn::Refused,
        }
    }

    /// The function of a proxy, whose ARN may stand alone.
    pub fn from_uri_or_arn(uri: impl Into<String>) -> Self {
        Self {
            bare: BareArn::Taken,
            ..Self::from_uri(uri)
        }
    }

    /// Whether a URI leads to Lambda, whatever function it names.
    pub fn is_meant_by(uri: &str) -> bool {
        uri.starts_with("arn:") && uri.contains(":lambda:path/") && uri.contains("/functions/")
    }

    /// The function's ARN for a stage, if the URI names one.
    pub fn arn(&self, variables: &BTreeMap<String, String>) -> Option<String> {
        let uri = self.uri.resolve(variables);
        if self.bare == BareArn::Taken && uri.contains(":lambda:") && uri.contains(":function:") {
            let is_wrapped = uri.contains(":path/");
            if !is_wrapped {
                return Some(uri.into_owned());
            }
        }
        let (service, path) = uri.split_once(":path/")?;
        if !service.starts_with("arn:") || !service.ends_with(":lambda") {
            return None;
        }
        let (_version, function) = path.split_once("/functions/")?;
        let arn = function.strip_suffix("/invocations")?;
        (!arn.is_empty()).then(|| arn.to_owned())
    }
}
