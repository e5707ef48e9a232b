//! Which service and which operation a request is for.
//!
//! In this order: the path of `rpc-v2-cbor`, `X-Amz-Target` (the `json` protocol), a form's `Action` (`query`),
//! the method and the path (`rest-json`). The service comes from the credential
//! scope; without one, from the host name; without either, from what matches.

use std::borrow::Cow;

use http::header::{CONTENT_TYPE, HOST};
use percent_encoding::percent_decode_str;

use super::spoken::Spoken;
use super::{Request, cbor, query};
use crate::{OperationMeta, Protocol, ServiceError, ServiceMeta};

/// The operation that a request names, and what its path holds.
#[derive(Debug)]
pub struct Target {
    /// The operation.
    pub operation: &'static OperationMeta,
    pub(crate) spoken: Spoken,
    path_parameters: Vec<(&'static str, String)>,
}

impl Target {
    /// An operation that was named, in the service's own protocol.
    fn named(operation: &'static OperationMeta) -> Self {
        Self {
            operation,
            spoken: Spoken::Own,
            path_parameters: Vec::new(),
        }
    }

    /// A placeholder's value, percent-decoded.
    pub(crate) fn path_parameter(&self, name: &str) -> Option<&str> {
        self.path_parameters
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A request that names no operation, and the service in whose shape to say so.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) service: &'static ServiceMeta,
    pub(crate) error: ServiceError,
}

/// The shapes of an answer when not even the service is known: clients read errors in the protocol that they spoke.
static NO_SERVICE: ServiceMeta = no_service(Protocol::RestJson);
static NO_JSON_SERVICE: ServiceMeta = no_service(Protocol::Json {
    content_version: "1.1",
    target_prefix: "",
});
static NO_XML_SERVICE: ServiceMeta = no_service(Protocol::Query {
    version: "",
    xml_namespace: "",
});

const fn no_service(protocol: Protocol) -> ServiceMeta {
    ServiceMeta {
        signing_name: "",
        name: "unknown",
        protocol,
        validation_code: "ValidationException",
        errors: &[],
        query_codes: None,
        operations: &[],
    }
}

/// The signing names of services that speak XML over paths.
const XML_OVER_PATHS: [&str; 3] = ["cloudfront", "route53", "s3"];

/// What a request names: an operation, or nothing that is offered.
#[derive(Debug)]
pub struct Named(pub(super) Result<Target, Refusal>);

impl Named {
    /// Looks at a request. `signing_name` is the service of the credential scope, when the request has one.
    pub fn by(
        services: &[&'static ServiceMeta],
        request: &Request,
        signing_name: Option<&str>,
    ) -> Self {
        Self(detect(services, request, signing_name))
    }

    /// The operation.
    pub fn operation(&self) -> Option<&'static OperationMeta> {
        self.0.as_ref().ok().map(|target| target.operation)
    }
}

/// Percent-decodes; bytes that are no UTF-8 become U+FFFD.
pub(crate) fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Finds the operation that `request` names.
pub(crate) fn detect(
    services: &[&'static ServiceMeta],
    request: &Request,
    signing_name: Option<&str>,
) -> Result<Target, Refusal> {
    if cbor::is_spoken(request) {
        return by_operation_path(services, request.uri().path());
    }
    if let Some(target) = request.headers().get("x-amz-target") {
        return by_target(services, target.to_str().unwrap_or_default());
    }
    if is_form(request) {
        let mut target = by_action(services, request, signing_name)?;
        target.spoken = Spoken::of(target.operation.service, request);
        return Ok(target);
    }
    let wanted = signing_name.or_else(|| service_of_host(request));
    by_path(services, request, wanted)
}

fn unknown(service: &'static ServiceMeta, code: &'static str, message: String) -> Refusal {
    Refusal {
        service,
        error: ServiceError::new(code, 400, message),
    }
}

/// `/service/GraniteServiceVersion20100801/operation/PutMetricData`. DynamoDB has never spoken CBOR.
fn by_operation_path(services: &[&'static ServiceMeta], path: &str) -> Result<Target, Refusal> {
    let (prefix, name) = cbor::names(path).unwrap_or_default();
    let service = named_json_service(services, prefix);
    let service = service.filter(|service| service.protocol.dynamodb_version().is_none());
    let operation = service.and_then(|service| operation_of(service, name));
    match operation {
        Some(operation) => Ok(Target {
            spoken: Spoken::Cbor,
            ..Target::named(operation)
        }),
        None => Err(Refusal {
            service: service.unwrap_or(&NO_SERVICE),
            error: ServiceError::new("UnknownOperationException", 404, String::new()),
        }),
    }
}

fn named_json_service(
    services: &[&'static ServiceMeta],
    prefix: &str,
) -> Option<&'static ServiceMeta> {
    services.iter().copied().find(|service| {
        matches!(service.protocol, Protocol::Json { target_prefix, .. } if target_prefix == prefix)
    })
}

fn operation_of(service: &ServiceMeta, name: &str) -> Option<&'static OperationMeta> {
    let mut operations = service.operations.iter().copied();
    operations.find(|operation| operation.name == name)
}

/// `DynamoDB_20120810.PutItem`.
fn by_target(services: &[&'static ServiceMeta], target: &str) -> Result<Target, Refusal> {
    let (prefix, name) = target.rsplit_once('.').unwrap_or((target, ""));
    let Some(service) = named_json_service(services, prefix) else {
        let text = format!("Landline does not offer the service of {target}.");
        return Err(unknown(&NO_JSON_SERVICE, "UnknownOperationException", text));
    };
    match operation_of(service, name) {
        Some(operation) => Ok(Target::named(operation)),
        None => Err(unknown(service, "UnknownOperationException", String::new())),
    }
}

fn is_form(request: &Request) -> bool {
    let form = |value: &http::HeaderValue| {
        value
            .as_bytes()
            .starts_with(b"application/x-www-form-urlencoded")
    };
    request.headers().get(CONTENT_TYPE).is_some_and(form)
        || request
            .uri()
            .query()
            .is_some_and(|q| q.starts_with("Action=") || q.contains("&Action="))
}

fn by_action(
    services: &[&'static ServiceMeta],
    request: &Request,
    signing_name: Option<&str>,
) -> Result<Target, Refusal> {
    let field = |wanted: &str| {
        query::fields(request)
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value)
    };
    let (action, version) = (field("Action").unwrap_or_default(), field("Version"));
    let by_version = |service: &ServiceMeta| matches!(service.protocol, Protocol::Query { version: v, .. } if Some(v) == version.as_deref());
    let candidates: Vec<_> = services
        .iter()
        .copied()
        .filter(|service| match signing_name {
            Some(name) => service.signing_name == name,
            // Links in messages of SNS name an action and no version.
            None if version.is_none() => matches!(service.protocol, Protocol::Query { .. }),
            None => by_version(service),
        })
        .collect();
    let operation = candidates
        .iter()
        .flat_map(|service| service.operations.iter().copied())
        .find(|operation| operation.name == action);
    match (operation, candidates.first().copied()) {
        (Some(operation), _) => Ok(Target::named(operation)),
        (None, Some(service)) if version.is_some() || signing_name.is_some() => {
            let version = version.unwrap_or_default();
            let text = format!("Could not find operation {action} for version {version}");
            Err(unknown(service, "InvalidAction", text))
        }
        (None, _) => {
            let text = format!("Landline does not offer the service of action {action}.");
            Err(unknown(&NO_XML_SERVICE, "InvalidAction", text))
        }
    }
}

/// `lambda` of `lambda.eu-west-1.amazonaws.com`.
fn service_of_host(request: &Request) -> Option<&str> {
    let host = request.headers().get(HOST)?.to_str().ok()?;
    let (service, rest) = host.split_once('.')?;
    rest.contains("amazonaws.com").then_some(service)
}

fn by_path(
    services: &[&'static ServiceMeta],
    request: &Request,
    wanted: Option<&str>,
) -> Result<Target, Refusal> {
    let segments: Vec<&str> = request
        .uri()
        .path()
        .trim_start_matches('/')
        .split('/')
        .collect();
    let method = request.method().as_str();
    let query = request.uri().query().unwrap_or_default();
    let rest = services
        .iter()
        .copied()
        .filter(|service| service.protocol == Protocol::RestJson);
    let candidates: Vec<_> = rest
        .filter(|service| wanted.is_none_or(|name| service.signing_name == name))
        .collect();
    for service in &candidates {
        let fitting = || {
            let operations = service.operations.iter().copied();
            operations.filter(|op| op.method == method && has_query_of(op.path, query))
        };
        // Of two with one path, the one that a query tells apart is meant.
        let told_apart = fitting().filter(|op| op.path.contains('?'));
        let others = fitting().filter(|op| !op.path.contains('?'));
        for operation in told_apart.chain(others) {
            if let Some(path_parameters) = match_path(operation.path, &segments) {
                return Ok(Target {
                    path_parameters,
                    ..Target::named(operation)
                });
            }
        }
    }
    let (service, text) = match (candidates.first().copied(), wanted) {
        (None, Some(name)) if !services.iter().any(|known| known.signing_name == name) => {
            let is_xml = XML_OVER_PATHS.contains(&name);
            let service = if is_xml { &NO_XML_SERVICE } else { &NO_SERVICE };
            let text = format!("Landline does not offer the service {name}.");
            (service, text)
        }
        (candidate, _) => {
            let path = request.uri().path();
            let text = format!("Unable to determine the operation of {method} {path}");
            (candidate.unwrap_or(&NO_SERVICE), text)
        }
    };
    Err(Refusal {
        service,
        error: ServiceError::new("UnknownOperationException", 404, text),
    })
}

/// Whether a request's query has what the template's begins with: `/layers?find=LayerVersion`.
fn has_query_of(template: &str, query: &str) -> bool {
    let Some((_, wanted)) = template.split_once('?') else {
        return true;
    };
    let mut wanted = wanted.split('&');
    wanted.all(|pair| query.split('&').any(|given| given == pair))
}

/// The placeholders' values when `path` fits `template`. A trailing slash in either
/// is ignored: the models of Lambda and its callers disagree about it.
fn match_path(template: &'static str, segments: &[&str]) -> Option<Vec<(&'static str, String)>> {
    let template = template
        .split('?')
        .next()
        .unwrap_or_default()
        .trim_matches('/');
    let segments = segments.strip_suffix(&[""]).unwrap_or(segments);
    let mut rest = segments.iter();
    let mut parameters = Vec::new();
    for part in template.split('/') {
        let Some(name) = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'))
        else {
            if *rest.next()? != part {
                return None;
            }
            continue;
        };
        if let Some(name) = name.strip_suffix('+') {
            let all: Vec<&str> = rest.by_ref().copied().collect();
            parameters.push((name, percent_decode(&all.join("/")).into_owned()));
        } else {
            let value = rest.next().filter(|value| !value.is_empty())?;
            parameters.push((name, percent_decode(value).into_owned()));
        }
    }
    rest.next().is_none().then_some(parameters)
}

/// Finds the operation of a request in a list of services: the door of tests that
/// have no dispatcher.
pub fn target_of(
    services: &[&'static ServiceMeta],
    request: &Request,
    signing_name: Option<&str>,
) -> Result<Target, ServiceError> {
    detect(services, request, signing_name).map_err(|refusal| refusal.error)
}
