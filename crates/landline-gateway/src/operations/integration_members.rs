//! What an integration may hold, by its type: methods, URIs, mappings and templates.
//!
//! The texts are those of REST APIs, whose engine WebSocket APIs share.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html>.

use std::collections::BTreeMap;

use landline_api::apigatewayv2::{ConnectionType, Integration, IntegrationType};
use landline_wire::{Arn, ServiceError};

use super::expect;
use crate::integration::parameters::{Source, Target};
use crate::quotas::{
    INTEGRATION_TIMEOUT, LEAST_INTEGRATION_TIMEOUT, MAPPING_CHARS, TEMPLATE_CHARS,
};
use crate::state::bad_request;

/// The longest timeout is also the default.
#[expect(clippy::cast_possible_truncation, reason = "29 seconds")]
pub(super) const DEFAULT_TIMEOUT_MILLIS: i32 = INTEGRATION_TIMEOUT.as_millis() as i32;

/// Refuses an integration that could never be called.
pub(super) fn expect_integration(it: &Integration) -> Result<(), ServiceError> {
    let uri = it.integration_uri.as_deref().unwrap_or_default();
    match it.integration_type.as_ref() {
        // A mock answers by itself; deploy tools send it an empty URI.
        Some(IntegrationType::Mock) => {}
        Some(IntegrationType::Http | IntegrationType::HttpProxy) => {
            if it.integration_method.is_none() {
                return Err(bad_request(
                    "Enumeration value for HttpMethod must be non-empty",
                ));
            }
            expect_url(uri)?;
        }
        Some(IntegrationType::Aws) => expect_action(uri)?,
        Some(IntegrationType::AwsProxy) => expect_function(uri)?,
        Some(IntegrationType::Unrecognized(_)) | None => {
            let known = IntegrationType::VALUES.join(", ");
            return Err(bad_request(format!(
                "Invalid integration type specified. Must be one of [{known}]"
            )));
        }
    }
    expect_method(it.integration_method.as_deref())?;
    expect::description(it.description.as_deref())?;
    expect::credentials(it.credentials_arn.as_deref())?;
    expect_timeout(it.timeout_in_millis)?;
    expect_parameters(it.request_parameters.as_ref())?;
    expect::values(
        "RequestTemplates",
        it.request_templates.as_ref(),
        0,
        TEMPLATE_CHARS,
    )?;
    let is_private = it.connection_type == Some(ConnectionType::VpcLink);
    if is_private && it.connection_id.is_none() {
        return Err(bad_request(
            "ConnectionId must be set to an existing VPC link when ConnectionType is VPC_LINK",
        ));
    }
    expect::selection_expression(
        "TemplateSelectionExpression",
        it.template_selection_expression.as_deref(),
    )
}

fn expect_method(method: Option<&str>) -> Result<(), ServiceError> {
    match method {
        Some(method) if !METHODS.contains(&method) => {
            Err(bad_request("Invalid HTTP method specified"))
        }
        _ => Ok(()),
    }
}

const METHODS: [&str; 8] = [
    "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT",
];

/// The URL of a backend; a stage variable may stand for any part of it.
fn expect_url(uri: &str) -> Result<(), ServiceError> {
    let schemes = ["http://", "https://", "${stageVariables."];
    let rest = schemes.iter().find_map(|scheme| uri.strip_prefix(scheme));
    if rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace)) {
        return Ok(());
    }
    Err(bad_request("Invalid HTTP endpoint specified for URI"))
}

/// `arn:aws:apigateway:{region}:{service}:action/{name}` or `…:path/{path}`.
fn expect_action(uri: &str) -> Result<(), ServiceError> {
    if uri.contains("${stageVariables.") && uri.starts_with("arn:") {
        return Ok(());
    }
    let Some(arn) = Arn::parse(uri) else {
        return Err(bad_request("Invalid ARN specified in the request"));
    };
    // Many tutorials give the function's own ARN, and so did the CDK.
    let is_bare_function = arn.service == "lambda";
    let named = |kind| {
        arn.resource
            .strip_prefix(kind)
            .is_some_and(|it| !it.is_empty())
    };
    if is_bare_function || named("action/") || named("path/") {
        return Ok(());
    }
    Err(bad_request(
        "AWS ARN for integration must contain path or action",
    ))
}

/// A proxy is a function's, which its own ARN may name.
fn expect_function(uri: &str) -> Result<(), ServiceError> {
    if uri.is_empty() {
        return Err(bad_request("IntegrationUri is required"));
    }
    expect_action(uri)?;
    if uri.contains(":lambda:") || uri.contains(":firehose:") || uri.contains("${stageVariables.") {
        return Ok(());
    }
    Err(bad_request(
        "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    ))
}

fn expect_timeout(millis: Option<i32>) -> Result<(), ServiceError> {
    let least = i32::try_from(LEAST_INTEGRATION_TIMEOUT.as_millis()).unwrap_or(i32::MAX);
    if millis.is_none_or(|millis| (least..=DEFAULT_TIMEOUT_MILLIS).contains(&millis)) {
        return Ok(());
    }
    Err(bad_request(format!(
        "Timeout should be between {least} ms and {DEFAULT_TIMEOUT_MILLIS} ms"
    )))
}

/// Mappings into the integration's request: where to, and from where.
fn expect_parameters(mappings: Option<&BTreeMap<String, String>>) -> Result<(), ServiceError> {
    expect::values("RequestParameters", mappings, 1, MAPPING_CHARS)?;
    for (target, source) in mappings.into_iter().flatten() {
        if Target::parse(target).is_none() {
            return Err(invalid_mapping("parameter specified", target));
        }
        if Source::parse(source).is_none() {
            return Err(invalid_mapping("specified", source));
        }
    }
    Ok(())
}

fn invalid_mapping(what: &str, text: &str) -> ServiceError {
    bad_request(format!(
        "Invalid mapping expression specified: Validation Result: warnings : [], \
         errors : [Invalid mapping expression {what}: {text}]"
    ))
}
