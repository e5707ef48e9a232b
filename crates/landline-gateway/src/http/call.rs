//! One HTTP request as the gateway knows it: what the client sent, where it leads, who sent
//! it, and the members of `$context` that come of all that.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html>.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, Request};
use landline_wire::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::HttpTarget;
use crate::deployment::snapshot::{Found, HttpApi, HttpKind, LiveStage};
use crate::message::context::{Handshake, HeaderNames};
use crate::message::subject::Subject;

/// A request for an HTTP or a REST API.
#[derive(Debug)]
pub(crate) struct HttpCall {
    pub(crate) kind: HttpKind,
    /// Headers and query.
    pub(crate) head: Handshake,
    /// In capitals.
    pub(crate) method: String,
    /// Behind the stage, as it came.
    pub(crate) path: String,
    /// What events show: with the stage, or the key of a domain's mapping.
    pub(super) shown_path: String,
    pub(super) raw_query: String,
    pub(super) protocol: &'static str,
    pub(super) domain_name: String,
    pub(super) source_ip: IpAddr,
    pub(super) user_agent: Option<String>,
    pub(crate) body: Bytes,
    /// The body as text; what is not UTF-8 is replaced.
    pub(crate) text: String,
    /// The media type of the body, without parameters.
    pub(crate) media_type: String,
    pub(super) encoding: Encoding,
    pub(crate) path_parameters: BTreeMap<String, String>,
    /// The path with its variables; empty for `$default`.
    pub(super) resource_path: String,
    pub(super) resource_id: String,
    pub(super) route_key: String,
    pub(super) who: Who,
    pub(super) time: Timestamp,
    pub(super) answered: OnceLock<Answered>,
}

/// How a body stands in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Text,
    Base64,
}

/// Who sends a request, as far as its authorization proved it.
#[derive(Debug, Default)]
pub(crate) struct Who {
    /// Members of `identity`.
    pub(crate) identity: BTreeMap<&'static str, String>,
    /// `requestContext.authorizer`.
    pub(crate) authorizer: Option<Value>,
}

/// What logs know of an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answered {
    pub(super) bytes: usize,
    pub(super) latency: Duration,
}

impl HttpCall {
    pub(super) fn new(
        request: &Request<Bytes>,
        target: &HttpTarget,
        api: &HttpApi,
        time: Timestamp,
    ) -> Self {
        let headers = request.headers();
        let head = Handshake::new(
            headers,
            request.extensions().get::<HeaderNames>(),
            request.uri().query(),
            target.source_ip,
            time,
        );
        let agent = headers.get(http::header::USER_AGENT);
        let media_type = media_type(headers);
        let body = request.body().clone();
        Self {
            kind: api.kind,
            head,
            method: request.method().as_str().to_ascii_uppercase(),
            path: target.path.clone(),
            shown_path: target.shown_path.clone(),
            raw_query: request.uri().query().unwrap_or_default().to_owned(),
            protocol: match request.version() {
                http::Version::HTTP_10 => "HTTP/1.0",
                _ => "HTTP/1.1",
            },
            domain_name: target.domain_name.clone(),
            source_ip: target.source_ip,
            user_agent: agent.map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned()),
            encoding: encoding(api, &media_type, &body),
            text: String::from_utf8_lossy(&body).into_owned(),
            body,
            media_type,
            path_parameters: BTreeMap::new(),
            resource_path: String::new(),
            resource_id: String::new(),
            route_key: String::new(),
            who: Who::default(),
            time,
            answered: OnceLock::new(),
        }
    }

    /// The client's address.
    pub(crate) fn source_ip(&self) -> IpAddr {
        self.source_ip
    }

    /// What the client calls itself.
    pub(crate) fn user_agent(&self) -> Option<&str> {
        self.user_agent.as_deref()
    }

    /// The segments of the path, decoded.
    pub(super) fn segments(&self) -> Vec<String> {
        let segments = self.path.split('/').filter(|segment| !segment.is_empty());
        let decoded = segments.map(|it| percent_decode_str(it).decode_utf8_lossy().into_owned());
        decoded.collect()
    }

    /// Notes where the request leads.
    pub(super) fn follow(&mut self, found: Found<'_>) {
        let route = found.route;
        self.route_key = route.key.as_str().to_owned();
        self.path_parameters = found.variables;
        if let Some(at) = &route.at {
            self.resource_path.clone_from(&at.path);
            self.resource_id.clone_from(&at.resource_id);
        }
        if self.resource_id.is_empty() {
            self.resource_id.clone_from(&route.route_id);
        }
    }

    /// The ARN that a function's policy must allow: the resource, not the path that was asked for.
    pub(crate) fn source_arn(&self, stage: &LiveStage) -> String {
        if self.route_key == "$default" {
            return arn(stage, "$default");
        }
        arn(stage, &format!("{}{}", self.method, self.resource_path))
    }

    /// The ARN that policies of callers are asked about: what was asked for.
    pub(crate) fn method_arn(&self, stage: &LiveStage) -> String {
        arn(stage, &format!("{}{}", self.method, self.path))
    }

    /// `GET/pets/{id}`, by which usage plans know a method.
    pub(crate) fn method_key(&self) -> String {
        format!("{}/{}", self.resource_path, self.method)
    }

    /// A member of `$context`.
    pub(crate) fn variable(&self, subject: &Subject<'_>, name: &str) -> Option<Value> {
        let stage = subject.stage;
        let value = match name {
            "accountId" => json!(&*stage.account_id),
            "apiId" => json!(stage.api_id.as_str()),
            "authorizer" => self.who.authorizer.clone()?,
            "deploymentId" => json!(stage.snapshot.as_ref()?.deployment_id),
            "domainName" => json!(self.domain_name),
            "domainPrefix" => json!(self.domain_prefix()),
            "httpMethod" => json!(self.method),
            "identity" => self.identity(),
            "path" => json!(self.shown_path),
            "protocol" => json!(self.protocol),
            "requestId" | "extendedRequestId" => json!(subject.request_id),
            "requestTime" => json!(self.time.common_log_format()),
            "requestTimeEpoch" => json!(self.time.as_millis()),
            "resourceId" => json!(self.resource_id),
            "resourcePath" => json!(self.resource_path),
            "responseLength" => json!(self.answered.get()?.bytes),
            "responseLatency" => {
                let latency = self.answered.get()?.latency.as_millis();
                json!(u64::try_from(latency).unwrap_or(u64::MAX))
            }
            "routeKey" => json!(subject.route_key?),
            "stage" => json!(stage.stage_name.as_str()),
            _ => return None,
        };
        Some(value)
    }

    fn domain_prefix(&self) -> &str {
        self.domain_name.split('.').next().unwrap_or_default()
    }

    /// `identity` as REST APIs show it: with a null for all that is not known.
    fn identity(&self) -> Value {
        let mut identity = Map::new();
        for name in IDENTITY {
            let value = match *name {
                "sourceIp" if !self.who.identity.contains_key(name) => {
                    Some(self.source_ip.to_string())
                }
                "userAgent" => self.user_agent.clone(),
                // These two are there for callers with keys alone.
                "apiKey" | "apiKeyId" if !self.who.identity.contains_key(name) => continue,
                name => self.who.identity.get(name).cloned(),
            };
            identity.insert((*name).to_owned(), value.into());
        }
        Value::Object(identity)
    }
}

fn arn(stage: &LiveStage, resource: &str) -> String {
    let (region, account, api) = (&stage.region, &stage.account_id, &stage.api_id);
    let name = &stage.stage_name;
    format!("arn:aws:execute-api:{region}:{account}:{api}/{name}/{resource}")
}

/// The media type of a body, in lower case and without parameters.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let value = value.unwrap_or_default().split(';').next();
    value.unwrap_or_default().trim().to_ascii_lowercase()
}

/// An HTTP API knows text by its type; a REST API has a list of what is binary.
fn encoding(api: &HttpApi, media_type: &str, body: &[u8]) -> Encoding {
    let is_binary = match api.kind {
        HttpKind::Rest => is_listed(api, media_type),
        HttpKind::Http => !is_text(media_type) || simdutf8::basic::from_utf8(body).is_err(),
    };
    if is_binary {
        Encoding::Base64
    } else {
        Encoding::Text
    }
}

/// Whether a REST API takes a media type for binary.
pub(super) fn is_listed(api: &HttpApi, media_type: &str) -> bool {
    let media_type = if media_type.is_empty() {
        "application/json"
    } else {
        media_type
    };
    let group = media_type.split('/').next().unwrap_or_default();
    let types = &api.binary_media_types;
    types.contains(media_type) || types.contains("*/*") || types.contains(&format!("{group}/*"))
}

fn is_text(media_type: &str) -> bool {
    media_type.is_empty()
        || media_type.starts_with("text/")
        || media_type.ends_with("+json")
        || media_type.ends_with("+xml")
        || matches!(
            media_type,
            "application/json" | "application/xml" | "application/javascript"
        )
}

/// Headers that belong to one hop.
pub(crate) fn is_of_hop(name: &http::HeaderName) -> bool {
    let hop = [
        "connection",
        "keep-alive",
        "te",
        "trailer",
        "upgrade",
        "proxy-connection",
    ];
    name == CONTENT_LENGTH
        || name == http::header::TRANSFER_ENCODING
        || hop.contains(&name.as_str())
}

const IDENTITY: &[&str] = &[
    "cognitoIdentityPoolId",
    "accountId",
    "apiKey",
    "apiKeyId",
    "cognitoIdentityId",
    "caller",
    "sourceIp",
    "principalOrgId",
    "accessKey",
    "cognitoAuthenticationType",
    "cognitoAuthenticationProvider",
    "userArn",
    "userAgent",
    "user",
];
