//! How an execution ended, and whose fault a failure was.

use std::borrow::Cow;

use crate::deployment::snapshot::IntegrationTarget;
use crate::integration::{Answer, IntegrationFailure};
use crate::message::reply::GatewayError;

/// Whose fault a failure was; each is a metric of CloudWatch's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailureSource {
    /// `ClientError`: refused before any integration was called, or by a proxy's function.
    Client,
    /// `IntegrationError`: the integration answered with an error.
    Integration,
    /// `ExecutionError`: the integration could not be called, or its answer not be used.
    Execution,
}

/// How an execution ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// `$context.status`.
    pub(crate) status: u16,
    /// `$context.error.message`.
    pub(crate) error: Option<Cow<'static, str>>,
    /// `$context.error.validationErrorString`.
    pub(crate) validation_error: Option<String>,
    /// Why the integration gave no answer, for the execution log.
    pub(crate) integration_failure: Option<IntegrationFailure>,
    pub(crate) failure: Option<FailureSource>,
}

impl Outcome {
    /// An end without any failure.
    pub(crate) fn success(status: u16) -> Self {
        Self {
            status,
            ..Self::default()
        }
    }

    /// The gateway refused by itself, before any integration was called.
    pub(crate) fn refusal(error: GatewayError) -> Self {
        Self::denial(error.status(), error.message().into())
    }

    /// The authorization of `$connect` turned the client away.
    pub(crate) fn denial(status: u16, message: Cow<'static, str>) -> Self {
        Self {
            error: Some(message),
            failure: Some(source_of_refusal(status)),
            ..Self::success(status)
        }
    }

    /// An integration was called.
    pub(crate) fn of_call(
        target: &IntegrationTarget,
        result: Result<&Answer, IntegrationFailure>,
    ) -> Self {
        match result {
            Ok(answer) => Self {
                failure: failure_of_answer(target, answer.status_code),
                ..Self::success(answer.status_code)
            },
            Err(failure) => Self {
                integration_failure: Some(failure),
                failure: Some(source(failure)),
                ..Self::refusal(failure.into())
            },
        }
    }

    /// `$context.error.responseType`: REST APIs' name for the kind of refusal.
    pub(crate) fn response_type(&self) -> Option<&'static str> {
        self.error.as_ref()?;
        Some(match self.status {
            400 => "BAD_REQUEST_BODY",
            401 => "UNAUTHORIZED",
            403 => "ACCESS_DENIED",
            413 => "REQUEST_TOO_LARGE",
            415 => "UNSUPPORTED_MEDIA_TYPE",
            429 => "THROTTLED",
            504 => "INTEGRATION_TIMEOUT",
            500 if self.integration_failure.is_none() => "API_CONFIGURATION_ERROR",
            500.. => "INTEGRATION_FAILURE",
            _ => "DEFAULT_4XX",
        })
    }
}

/// An answer with an error's status. Observed on AWS: what a proxy to Lambda answers counts
/// as if the gateway had said it, the client's error below 500, and one of execution above.
fn failure_of_answer(target: &IntegrationTarget, status: u16) -> Option<FailureSource> {
    match (status, target) {
        (..400, _) | (_, IntegrationTarget::Mock) => None,
        (..500, IntegrationTarget::LambdaProxy(_)) => Some(FailureSource::Client),
        (_, IntegrationTarget::LambdaProxy(_)) => Some(FailureSource::Execution),
        _ => Some(FailureSource::Integration),
    }
}

fn source_of_refusal(status: u16) -> FailureSource {
    if (400..500).contains(&status) {
        FailureSource::Client
    } else {
        FailureSource::Execution
    }
}

fn source(failure: IntegrationFailure) -> FailureSource {
    match failure {
        IntegrationFailure::FunctionError => FailureSource::Integration,
        // No request was ever made.
        IntegrationFailure::UnsupportedMediaType => FailureSource::Client,
        IntegrationFailure::MalformedResponse
        | IntegrationFailure::NotCallable
        | IntegrationFailure::MappingFailed
        | IntegrationFailure::AnswerTooLarge
        | IntegrationFailure::TimedOut => FailureSource::Execution,
    }
}
