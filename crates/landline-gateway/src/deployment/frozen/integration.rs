//! Integrations and their responses, as a deployment keeps them.

use std::time::Duration;

use landline_api::apigatewayv2 as api;
use serde::{Deserialize, Serialize};

use super::expression;
use crate::deployment::snapshot::{
    AwsAction, ContentHandling, HttpEndpoint, Integration, IntegrationResponse,
    IntegrationResponses, IntegrationTarget, LambdaFunction, Passthrough, RequestMapping,
    StageTemplate, Templates,
};
use crate::integration::parameters::ParameterMapping;
use crate::message::selection::SelectionExpression;
use crate::quotas::INTEGRATION_TIMEOUT;
use crate::state::{Resource, Stored};

/// An integration with its responses.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct FrozenIntegration {
    pub(super) integration: Stored<api::Integration>,
    pub(super) responses: Vec<Stored<api::IntegrationResponse>>,
}

impl FrozenIntegration {
    /// The integration's identifier.
    pub(super) fn id(&self) -> &str {
        self.integration.0.id()
    }

    /// What the data plane calls.
    pub(super) fn thaw(&self) -> Integration {
        let Stored(it) = &self.integration;
        let timeout = it
            .timeout_in_millis
            .and_then(|millis| u64::try_from(millis).ok());
        let mut responses = IntegrationResponses::default();
        for Stored(it) in &self.responses {
            responses.insert(&it.integration_response_key, response(it));
        }
        Integration {
            timeout: timeout.map_or(INTEGRATION_TIMEOUT, Duration::from_millis),
            request: request(it),
            responses,
            credentials: it.credentials_arn.clone().map(StageTemplate::new),
            ..Integration::new(it.id(), target(it))
        }
    }
}

fn target(it: &api::Integration) -> IntegrationTarget {
    let uri = it.integration_uri.clone().unwrap_or_default();
    let method = it.integration_method.as_deref().unwrap_or("POST");
    let method = method.to_ascii_uppercase();
    match it.integration_type {
        Some(api::IntegrationType::Mock) => IntegrationTarget::Mock,
        Some(api::IntegrationType::Aws) if LambdaFunction::is_meant_by(&uri) => {
            IntegrationTarget::Lambda(LambdaFunction::from_uri(uri))
        }
        Some(api::IntegrationType::Aws) => IntegrationTarget::Aws(AwsAction {
            method,
            uri: StageTemplate::new(uri),
        }),
        Some(api::IntegrationType::Http) => IntegrationTarget::Http(HttpEndpoint {
            method,
            url: StageTemplate::new(uri),
        }),
        Some(api::IntegrationType::HttpProxy) => IntegrationTarget::HttpProxy(HttpEndpoint {
            method,
            url: StageTemplate::new(uri),
        }),
        _ => IntegrationTarget::LambdaProxy(LambdaFunction::from_uri_or_arn(uri)),
    }
}

fn request(it: &api::Integration) -> RequestMapping {
    let parameters = it.request_parameters.iter().flatten();
    RequestMapping {
        parameters: parameters
            .filter_map(|(target, source)| ParameterMapping::parse(target, source))
            .collect(),
        templates: Templates::parse(it.request_templates.as_ref()),
        template_selection: it.template_selection_expression.as_deref().map(expression),
        passthrough: match it.passthrough_behavior {
            Some(api::PassthroughBehavior::Never) => Passthrough::Never,
            Some(api::PassthroughBehavior::WhenNoTemplates) => Passthrough::WhenNoTemplates,
            _ => Passthrough::WhenNoMatch,
        },
        content_handling: content_handling(it.content_handling_strategy.as_ref()),
    }
}

fn response(it: &api::IntegrationResponse) -> IntegrationResponse {
    let selection = it.template_selection_expression.as_deref();
    let selection = selection.map(SelectionExpression::parse_response);
    IntegrationResponse {
        templates: Templates::parse(it.response_templates.as_ref()),
        template_selection: selection.and_then(Result::ok),
        content_handling: content_handling(it.content_handling_strategy.as_ref()),
        ..IntegrationResponse::default()
    }
}

fn content_handling(strategy: Option<&api::ContentHandlingStrategy>) -> Option<ContentHandling> {
    match strategy? {
        api::ContentHandlingStrategy::ConvertToBinary => Some(ContentHandling::ConvertToBinary),
        api::ContentHandlingStrategy::ConvertToText => Some(ContentHandling::ConvertToText),
        api::ContentHandlingStrategy::Unrecognized(_) => None,
    }
}
