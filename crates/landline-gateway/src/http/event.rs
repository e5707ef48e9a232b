//! The events that functions get of an HTTP request, by payload format.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::call::{Encoding, HttpCall};
use crate::deployment::snapshot::PayloadFormat;
use crate::integration::http_parameters::HttpMappings;
use crate::mapping::Variables as _;
use crate::message::context::Handshake;
use crate::message::execution::Execution;
use crate::message::subject::Subject;

/// What an event shows of a request, once the parameters of its integration are mapped.
#[derive(Clone, Copy)]
struct Shown<'a> {
    head: &'a Handshake,
    path: &'a str,
    query: &'a str,
}

/// The same after the changes that an HTTP API makes.
struct Changed {
    head: Handshake,
    /// Nothing where the path stays what it was.
    path: Option<String>,
    query: String,
}

impl HttpCall {
    /// The event of a proxy to Lambda.
    pub(crate) fn event(&self, execution: &Execution<'_>) -> Bytes {
        let integration = execution.route.integration.as_ref();
        let format = integration.map(|it| it.payload).unwrap_or_default();
        let subject = execution.subject();
        let changed = integration.and_then(|it| self.changed(&it.mappings, execution));
        let mut shown = self.shown();
        if let Some(changed) = &changed {
            shown.head = &changed.head;
            shown.query = &changed.query;
            shown.path = changed.path.as_deref().unwrap_or(shown.path);
        }
        let mut event = match format {
            PayloadFormat::V2 => self.shown_v2(&subject, shown),
            PayloadFormat::V1 | PayloadFormat::Rest => self.shown_v1(&subject, format, shown),
        };
        if format != PayloadFormat::V2 || !self.body.is_empty() {
            event.insert("body".to_owned(), self.body_member());
        }
        let is_encoded = self.encoding == Encoding::Base64 && !self.body.is_empty();
        event.insert("isBase64Encoded".to_owned(), is_encoded.into());
        Value::Object(event).to_string().into()
    }

    fn shown(&self) -> Shown<'_> {
        Shown {
            head: &self.head,
            path: &self.shown_path,
            query: &self.raw_query,
        }
    }

    /// The request as a backend would get it; nothing where it is not changed.
    fn changed(&self, mappings: &HttpMappings, execution: &Execution<'_>) -> Option<Changed> {
        if !mappings.change_requests() {
            return None;
        }
        let mut request = Request::new(Bytes::new());
        for (name, values) in self.head.headers() {
            for value in values {
                let name = HeaderName::from_bytes(name.as_bytes());
                if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                    request.headers_mut().append(name, value);
                }
            }
        }
        // A path that no URI can have is not shown otherwise than it came.
        *request.uri_mut() = format!("/?{}", self.raw_query).parse().ok()?;
        mappings.change_request(execution, &self.path, &mut request);
        let (uri, headers) = (request.uri(), request.headers());
        let query = uri.query().unwrap_or_default().to_owned();
        Some(Changed {
            head: self.head.changed(headers, &query),
            path: Some(uri.path())
                .filter(|_| mappings.change_path())
                .map(str::to_owned),
            query,
        })
    }

    fn body_member(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        match self.encoding {
            Encoding::Text => self.text.as_str().into(),
            Encoding::Base64 => STANDARD.encode(&self.body).into(),
        }
    }

    /// `requestContext` of payload 1.0 and of REST APIs.
    fn context_v1(&self, subject: &Subject<'_>, format: PayloadFormat) -> Value {
        let mut context = Map::new();
        for name in CONTEXT_V1 {
            if let Some(value) = subject.member(name) {
                context.insert((*name).to_owned(), value);
            }
        }
        if self.resource_path.is_empty() {
            context.insert("resourcePath".to_owned(), self.route_key.as_str().into());
        }
        if format == PayloadFormat::V1 && self.who.authorizer.is_none() {
            let nobody = json!({ "claims": null, "scopes": null });
            context.insert("authorizer".to_owned(), nobody);
        }
        Value::Object(context)
    }

    /// The members of an event of payload 1.0, without the body.
    pub(crate) fn event_v1(
        &self,
        subject: &Subject<'_>,
        format: PayloadFormat,
    ) -> Map<String, Value> {
        self.shown_v1(subject, format, self.shown())
    }

    fn shown_v1(
        &self,
        subject: &Subject<'_>,
        format: PayloadFormat,
        shown: Shown<'_>,
    ) -> Map<String, Value> {
        let resource = if self.resource_path.is_empty() {
            self.route_key.as_str()
        } else {
            self.resource_path.as_str()
        };
        let mut event = Map::new();
        let mut add = |name: &str, value: Value| event.insert(name.to_owned(), value);
        if format == PayloadFormat::V1 {
            add("version", "1.0".into());
        }
        let path = match format {
            // REST APIs show the path behind the stage, HTTP APIs the whole of it.
            PayloadFormat::Rest => self.path.as_str(),
            _ => shown.path,
        };
        let (headers, query) = (|| shown.head.headers(), || shown.head.query());
        add("resource", resource.into());
        add("path", path.into());
        add("httpMethod", self.method.as_str().into());
        add("headers", last_values(headers()).unwrap_or(Value::Null));
        add(
            "multiValueHeaders",
            all_values(headers()).unwrap_or(Value::Null),
        );
        let (last, all) = (last_values(query()), all_values(query()));
        add("queryStringParameters", last.unwrap_or(Value::Null));
        add(
            "multiValueQueryStringParameters",
            all.unwrap_or(Value::Null),
        );
        add(
            "pathParameters",
            map(&self.path_parameters).unwrap_or(Value::Null),
        );
        let variables = map(&subject.stage.variables);
        add("stageVariables", variables.unwrap_or(Value::Null));
        add("requestContext", self.context_v1(subject, format));
        event
    }

    /// The members of an event of payload 2.0, without the body. What is empty is left out.
    pub(crate) fn event_v2(&self, subject: &Subject<'_>) -> Map<String, Value> {
        self.shown_v2(subject, self.shown())
    }

    fn shown_v2(&self, subject: &Subject<'_>, shown: Shown<'_>) -> Map<String, Value> {
        let mut event = Map::new();
        let mut add = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                event.insert(name.to_owned(), value);
            }
        };
        let route_key = subject.route_key.unwrap_or_default();
        // HTTP APIs decode a path before anybody sees it.
        let path = percent_decode_str(&self.shown_path).decode_utf8_lossy();
        let raw_path = percent_decode_str(shown.path).decode_utf8_lossy();
        add("version", Some("2.0".into()));
        add("routeKey", Some(route_key.into()));
        add("rawPath", Some(raw_path.as_ref().into()));
        add("rawQueryString", Some(shown.query.into()));
        add("cookies", cookies(shown.head));
        add("headers", Some(self.headers_v2(shown.head)));
        let query = joined(shown.head.query());
        add("queryStringParameters", query);
        let mut context = Map::new();
        let mut fact = |name: &str| {
            if let Some(value) = subject.member(name) {
                context.insert(name.to_owned(), value);
            }
        };
        fact("accountId");
        fact("apiId");
        fact("authorizer");
        fact("domainName");
        fact("domainPrefix");
        let http = json!({
            "method": self.method,
            "path": path,
            "protocol": self.protocol,
            "sourceIp": self.source_ip.to_string(),
            "userAgent": self.user_agent.as_deref().unwrap_or_default(),
        });
        context.insert("http".to_owned(), http);
        context.insert("requestId".to_owned(), subject.request_id.into());
        context.insert("routeKey".to_owned(), route_key.into());
        context.insert("stage".to_owned(), subject.stage.stage_name.as_str().into());
        context.insert("time".to_owned(), self.time.common_log_format().into());
        context.insert("timeEpoch".to_owned(), self.time.as_millis().into());
        add("requestContext", Some(Value::Object(context)));
        add("pathParameters", map(&self.path_parameters));
        add("stageVariables", map(&subject.stage.variables));
        event
    }

    /// Lower-case names, the values of one joined by commas; cookies are apart.
    fn headers_v2(&self, head: &Handshake) -> Value {
        let mut headers: BTreeMap<String, Value> = BTreeMap::new();
        for (name, values) in head.headers() {
            let name = name.to_ascii_lowercase();
            if name != "cookie" {
                headers.insert(name, values.join(",").into());
            }
        }
        headers.insert(
            "content-length".to_owned(),
            self.body.len().to_string().into(),
        );
        Value::Object(headers.into_iter().collect())
    }
}

fn cookies(head: &Handshake) -> Option<Value> {
    let cookies = head.header_values("cookie")?;
    let cookies = cookies.iter().flat_map(|line| line.split(';'));
    let cookies: Vec<Value> = cookies.map(|cookie| cookie.trim().into()).collect();
    Some(Value::Array(cookies))
}

type Entries<'a> = (&'a str, &'a [String]);

fn last_values<'a>(entries: impl Iterator<Item = Entries<'a>>) -> Option<Value> {
    object(entries.map(|(name, values)| (name, values.last().cloned().unwrap_or_default().into())))
}

fn all_values<'a>(entries: impl Iterator<Item = Entries<'a>>) -> Option<Value> {
    object(entries.map(|(name, values)| (name, json!(values))))
}

fn joined<'a>(entries: impl Iterator<Item = Entries<'a>>) -> Option<Value> {
    object(entries.map(|(name, values)| (name, values.join(",").into())))
}

fn map(entries: &BTreeMap<String, String>) -> Option<Value> {
    object(
        entries
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().into())),
    )
}

fn object<'a>(entries: impl Iterator<Item = (&'a str, Value)>) -> Option<Value> {
    let entries: Map<String, Value> = entries.map(|(name, it)| (name.to_owned(), it)).collect();
    (!entries.is_empty()).then_some(Value::Object(entries))
}

const CONTEXT_V1: &[&str] = &[
    "resourceId",
    "authorizer",
    "resourcePath",
    "httpMethod",
    "extendedRequestId",
    "requestTime",
    "path",
    "accountId",
    "protocol",
    "stage",
    "domainPrefix",
    "requestTimeEpoch",
    "requestId",
    "identity",
    "domainName",
    "deploymentId",
    "apiId",
];
