//! Lambda authorizers of a snapshot.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html>.

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
    /// Reads an expression that the control plane has accepted.
    pub fn parse(expression: &str) -> Option<Self> {
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
