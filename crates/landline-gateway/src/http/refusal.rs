//! What the gateway answers by itself: the kinds of refusals, and their form.
//!
//! HTTP APIs have a handful of fixed bodies; REST APIs name every kind, and let the owner
//! word it in a gateway response.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use crate::deployment::snapshot::{GatewayResponse, HttpApi, HttpKind, ResponseSource};
use crate::integration::IntegrationFailure;
use crate::integration::parameters::{context, into_text};
use crate::mapping::{Overrides, Parameters, Scope, Variables};
use crate::message::subject::Subject;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) kind: RefusalKind,
    /// In place of the kind's own words.
    message: Option<String>,
    /// What a model finds wrong with a body.
    pub(super) validation_error: Option<String>,
    /// `WWW-Authenticate`.
    challenge: Option<String>,
}

/// The kinds of refusals, as REST APIs name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefusalKind {
    NotFound,
    AccessDenied,
    ApiConfiguration,
    AuthorizerFailure,
    AuthorizerConfiguration,
    BadRequestBody,
    BadRequestParameters,
    IntegrationFailure,
    IntegrationTimeout,
    InvalidApiKey,
    InvalidSignature,
    MissingAuthenticationToken,
    QuotaExceeded,
    Throttled,
    Unauthorized,
    Unreachable,
    UnsupportedMediaType,
    Draining,
}

/// One kind: its name, the status, the error's name and its words for REST APIs, the same for
/// HTTP APIs.
struct Form {
    name: &'static str,
    rest: (u16, &'static str, &'static str),
    http: (u16, &'static str),
}

impl RefusalKind {
    #[rustfmt::skip]
    fn form(self) -> Form {
        const INTERNAL: &str = "Internal server error";
        const INTERNAL_HTTP: (u16, &str) = (500, "Internal Server Error");
        let (name, rest, http) = match self {
            Self::NotFound => ("MISSING_AUTHENTICATION_TOKEN", (403, "MissingAuthenticationTokenException", "Missing Authentication Token"), (404, "Not Found")),
            Self::AccessDenied => ("ACCESS_DENIED", (403, "AccessDeniedException", "User is not authorized to access this resource"), (403, "Forbidden")),
            Self::ApiConfiguration => ("API_CONFIGURATION_ERROR", (500, "InternalServerErrorException", INTERNAL), INTERNAL_HTTP),
            Self::AuthorizerFailure => ("AUTHORIZER_FAILURE", (500, "AuthorizerFailureException", INTERNAL), INTERNAL_HTTP),
            Self::AuthorizerConfiguration => ("AUTHORIZER_CONFIGURATION_ERROR", (500, "AuthorizerConfigurationException", INTERNAL), INTERNAL_HTTP),
            Self::BadRequestBody => ("BAD_REQUEST_BODY", (400, "BadRequestException", "Invalid request body"), (400, "Bad Request")),
            Self::BadRequestParameters => ("BAD_REQUEST_PARAMETERS", (400, "BadRequestException", "Missing required request parameters"), (400, "Bad Request")),
            Self::IntegrationFailure => ("INTEGRATION_FAILURE", (502, "InternalServerErrorException", INTERNAL), INTERNAL_HTTP),
            Self::IntegrationTimeout => ("INTEGRATION_TIMEOUT", (504, "InternalServerErrorException", "Endpoint request timed out"), (503, "Service Unavailable")),
            Self::InvalidApiKey => ("INVALID_API_KEY", (403, "ForbiddenException", "Forbidden"), (403, "Forbidden")),
            Self::InvalidSignature => ("INVALID_SIGNATURE", (403, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided."), (403, "Forbidden")),
            Self::MissingAuthenticationToken => ("MISSING_AUTHENTICATION_TOKEN", (403, "MissingAuthenticationTokenException", "Missing Authentication Token"), (403, "Forbidden")),
            Self::QuotaExceeded => ("QUOTA_EXCEEDED", (429, "LimitExceededException", "Limit Exceeded"), (429, "Too Many Requests")),
            Self::Throttled => ("THROTTLED", (429, "TooManyRequestsException", "Too Many Requests"), (429, "Too Many Requests")),
            Self::Unauthorized => ("UNAUTHORIZED", (401, "UnauthorizedException", "Unauthorized"), (401, "Unauthorized")),
            Self::Unreachable => ("INTEGRATION_FAILURE", (500, "InternalServerErrorException", INTERNAL), (503, "Service Unavailable")),
            Self::UnsupportedMediaType => ("UNSUPPORTED_MEDIA_TYPE", (415, "BadRequestException", "Unsupported Media Type"), (415, "Unsupported Media Type")),
            Self::Draining => ("DEFAULT_5XX", (503, "ServiceUnavailableException", "Service Unavailable"), (503, "Service Unavailable")),
        };
        Form { name, rest, http }
    }
}

impl From<RefusalKind> for Refusal {
    fn from(kind: RefusalKind) -> Self {
        Self {
            kind,
            message: None,
            validation_error: None,
            challenge: None,
        }
    }
}

/// An answer of the gateway's own.
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Refusal {
    /// A refusal in other words.
    pub(crate) fn saying(kind: RefusalKind, message: impl Into<String>) -> Self {
        Self {
            message: Some(message.into()),
            ..kind.into()
        }
    }

    /// A body that is not what its model says.
    pub(super) fn invalid_body(errors: &[String]) -> Self {
        Self {
            validation_error: Some(format!("[{}]", errors.join(", "))),
            ..RefusalKind::BadRequestBody.into()
        }
    }

    /// The same with what a client needs to do better.
    pub(crate) fn challenging(self, challenge: String) -> Self {
        Self {
            challenge: Some(challenge),
            ..self
        }
    }

    /// What an integration's failure comes to.
    pub(super) fn of_failure(failure: IntegrationFailure, calls_lambda: CallsLambda) -> Self {
        let kind = match (failure, calls_lambda) {
            (IntegrationFailure::FunctionError | IntegrationFailure::MalformedResponse, _) => {
                RefusalKind::IntegrationFailure
            }
            (IntegrationFailure::NotCallable, CallsLambda::No) => RefusalKind::Unreachable,
            (
                IntegrationFailure::NotCallable
                | IntegrationFailure::MappingFailed
                | IntegrationFailure::AnswerTooLarge,
                _,
            ) => RefusalKind::ApiConfiguration,
            (IntegrationFailure::UnsupportedMediaType, _) => RefusalKind::UnsupportedMediaType,
            (IntegrationFailure::TimedOut, _) => RefusalKind::IntegrationTimeout,
        };
        kind.into()
    }

    /// The status, unless a gateway response has another.
    pub(super) fn status(&self, kind: HttpKind) -> u16 {
        let form = self.kind.form();
        match kind {
            HttpKind::Http => form.http.0,
            HttpKind::Rest => form.rest.0,
        }
    }

    /// The words, for logs and for REST APIs' clients.
    pub(super) fn message(&self, kind: HttpKind) -> Cow<'static, str> {
        let form = self.kind.form();
        match (&self.message, kind) {
            (Some(message), HttpKind::Rest) => message.clone().into(),
            (_, HttpKind::Rest) => form.rest.2.into(),
            (_, HttpKind::Http) => form.http.1.into(),
        }
    }

    /// The answer.
    pub(super) fn render(&self, api: &HttpApi, subject: &Subject<'_>) -> Refused {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, JSON);
        let challenge = self.challenge.as_deref().map(HeaderValue::from_str);
        if let Some(Ok(challenge)) = challenge {
            headers.insert(http::header::WWW_AUTHENTICATE, challenge);
        }
        let message = self.message(api.kind);
        if api.kind == HttpKind::Http {
            return Refused {
                status: self.status(api.kind),
                headers,
                body: json!({ "message": message }).to_string().into(),
            };
        }
        let form = self.kind.form();
        headers.insert(ERROR_TYPE, HeaderValue::from_static(form.rest.1));
        // The one refusal whose member has a capital.
        let key = match self.kind {
            RefusalKind::AccessDenied => "Message",
            _ => "message",
        };
        let refused = Refused {
            status: form.rest.0,
            headers,
            body: json!({ key: message }).to_string().into(),
        };
        let group = if form.rest.0 < 500 {
            "DEFAULT_4XX"
        } else {
            "DEFAULT_5XX"
        };
        let own = api.gateway_responses.get(form.name);
        match own.or_else(|| api.gateway_responses.get(group)) {
            Some(response) => self.word(response, refused, subject),
            None => refused,
        }
    }

    /// The refusal as the owner wants it.
    fn word(
        &self,
        response: &GatewayResponse,
        mut refused: Refused,
        subject: &Subject<'_>,
    ) -> Refused {
        let variables = Context {
            subject,
            error: json!({
                "message": self.message(HttpKind::Rest),
                "messageString": Value::from(&*self.message(HttpKind::Rest)).to_string(),
                "responseType": self.kind.form().name,
                "validationErrorString": self.validation_error,
            }),
        };
        refused.status = response.status.unwrap_or(refused.status);
        for (name, source) in &response.parameters {
            let value = match ResponseSource::parse(source) {
                Some(ResponseSource::Static(text)) => Some(text),
                Some(ResponseSource::Context(path)) => {
                    context(&variables, &path).and_then(into_text)
                }
                Some(ResponseSource::StageVariable(name)) => {
                    subject.stage.variables.get(&name).cloned()
                }
                _ => None,
            };
            let name = HeaderName::from_bytes(name.as_bytes());
            let value = value.map(|value| HeaderValue::from_str(&value));
            if let (Ok(name), Some(Ok(value))) = (name, value) {
                refused.headers.insert(name, value);
            }
        }
        let Some(Ok(template)) = response.templates.select(None) else {
            return refused;
        };
        let scope = Scope {
            body: "",
            parameters: &Parameters::default(),
            context: &variables,
            stage_variables: &subject.stage.variables,
        };
        if let Ok(body) = template.render(&scope, &mut Overrides::default()) {
            refused.body = body.into();
        }
        refused
    }
}

/// Whether an integration calls Lambda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CallsLambda {
    Yes,
    No,
}

/// `$context` of a refusal.
struct Context<'a> {
    subject: &'a Subject<'a>,
    error: Value,
}

impl Variables for Context<'_> {
    fn member(&self, name: &str) -> Option<Value> {
        match name {
            "error" => Some(self.error.clone()),
            _ => self.subject.member(name),
        }
    }
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
