//! Lambda authorizers of a snapshot.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html>.

use std::time::Duration;

use landline_wire::Arn;

use super::{LambdaFunction, StageTemplate};

/// A `REQUEST` authorizer: the function that decides who may connect.
#[derive(Debug, Clone)]
pub struct Authorizer {
    /// The authorizer's identifier, part of the ARN that the function's policy must allow.
    pub authorizer_id: String,
    /// The function.
    pub function: LambdaFunction,
    /// What a handshake must bring, or the function is not asked at all.
    pub identity_sources: Vec<IdentitySource>,
    /// The role with which the function is invoked, in place of its resource policy.
    pub credentials: Option<StageTemplate>,
    /// What it is sent, and what it may answer.
    pub kind: AuthorizerKind,
    /// How long an answer holds for the same identity; zero asks every time.
    pub result_ttl: Duration,
}

/// The forms of a Lambda authorizer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorizerKind {
    /// `REQUEST` of WebSocket and REST APIs.
    Request,
    /// `TOKEN` of REST APIs: one header, and what it must look like.
    Token {
        /// `IdentityValidationExpression`, a regular expression.
        validation: Option<String>,
    },
    /// `REQUEST` of HTTP APIs with payload 1.0.
    V1,
    /// The same with payload 2.0, which answers with a policy.
    V2,
    /// The same with `EnableSimpleResponses`: `isAuthorized`.
    V2Simple,
}

/// A `JWT` authorizer of an HTTP API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwtAuthorizer {
    /// Where the token is; the header `Authorization` unless the owner says otherwise.
    pub identity_source: IdentitySource,
    /// Who must have signed it.
    pub issuer: String,
    /// For whom it must be; any of these.
    pub audience: Vec<String>,
}

/// A `COGNITO_USER_POOLS` authorizer of a REST API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserPoolAuthorizer {
    /// Where the token is.
    pub identity_source: IdentitySource,
    /// The issuers of its pools: a token of any of them will do.
    pub issuers: Vec<String>,
}

impl UserPoolAuthorizer {
    /// `arn:aws:cognito-idp:{region}:{account}:userpool/{id}` as the issuer of the pool's tokens.
    pub fn issuer(pool_arn: &str) -> Option<String> {
        let arn = Arn::parse(pool_arn).filter(|arn| arn.service == "cognito-idp")?;
        let pool = arn.resource.strip_prefix("userpool/")?;
        let region = arn.region;
        Some(format!("https://cognito-idp.{region}.amazonaws.com/{pool}"))
    }
}

/// Where an authorizer finds whom it decides about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentitySource {
    /// `route.request.header.NAME`, whatever its case.
    Header(String),
    /// `route.request.querystring.NAME`.
    QueryString(String),
    /// `stageVariables.NAME`.
    StageVariable(String),
    /// `context.NAME`.
    Context(String),
}

impl IdentitySource {
    /// Reads an expression of an HTTP API: `$request.header.Authorization`, `$context.x`.
    pub fn parse_http(expression: &str) -> Option<Self> {
        let plain = expression.strip_prefix('$')?;
        match plain.strip_prefix("request.") {
            Some(parameter) => Self::parse(&format!("route.request.{parameter}")),
            None => Self::parse(plain),
        }
    }

    /// Reads an expression that the control plane has accepted. REST APIs say
    /// `method.request` for `route.request`.
    pub fn parse(expression: &str) -> Option<Self> {
        let expression = expression.replacen("method.request.", "route.request.", 1);
        let expression = expression.as_str();
        let (location, name) = match expression.strip_prefix("route.request.") {
            Some(parameter) => parameter.split_once('.')?,
            None => expression.split_once('.')?,
        };
        let name = (!name.is_empty()).then(|| name.to_owned())?;
        let is_parameter = expression.starts_with("route.request.");
        match (is_parameter, location) {
            (true, "header") => Some(Self::Header(name)),
            (true, "querystring") => Some(Self::QueryString(name)),
            (false, "stageVariables") => Some(Self::StageVariable(name)),
            (false, "context") => Some(Self::Context(name)),
            _ => None,
        }
    }
}
