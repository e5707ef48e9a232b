//! Errors on the wire, each protocol's way, in this one file.

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::{Map, Value};

use super::spoken::Spoken;
use super::xml::XmlEncoder;
use super::{Request, Response, cbor, former_query, json, query};
use crate::{Protocol, ServiceError, ServiceMeta};

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
/// What SDKs take for the code where a service spoke the query protocol before.
const QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");

/// Writes `error` as an answer of `service`.
pub fn render(service: &ServiceMeta, error: &ServiceError, request_id: &str) -> Response {
    match service.protocol {
        Protocol::RestJson => rest_json(service, error),
        Protocol::Json {
            content_version, ..
        } => {
            let mut response =
                json_body(error, &namespace(&service.protocol, &error.code), service);
            response
                .headers_mut()
                .insert(CONTENT_TYPE, json::content_type(content_version));
            if let Some(header) = query_error_header(service, error) {
                response.headers_mut().insert(QUERY_ERROR, header);
            }
            if service.name.starts_with("dynamodb") {
                json::add_crc32(&mut response);
            }
            response
        }
        Protocol::Query { xml_namespace, .. } => query_error(error, xml_namespace, request_id),
        Protocol::RestXml { .. } => rest_xml(error, request_id),
    }
}

/// Writes `error` as an answer to `request`, in the way in which that speaks to `service`.
pub fn render_to(
    request: &Request,
    service: &ServiceMeta,
    error: &ServiceError,
    request_id: &str,
) -> Response {
    render_in(Spoken::of(service, request), service, error, request_id)
}

/// Writes `error` as an answer of `service` to whoever speaks to it so.
pub(crate) fn render_in(
    spoken: Spoken,
    service: &ServiceMeta,
    error: &ServiceError,
    request_id: &str,
) -> Response {
    match spoken {
        Spoken::Own => render(service, error, request_id),
        Spoken::Cbor => {
            let mut response = cbor::respond_error(error.status, members(error, "", service));
            if let Some(header) = query_error_header(service, error) {
                response.headers_mut().insert(QUERY_ERROR, header);
            }
            response
        }
        Spoken::FormerQuery => {
            let mut named = error.clone();
            named.code = former_code(service, error).to_owned().into();
            query_error(&named, former_query::namespace(service), request_id)
        }
    }
}

fn former_code<'a>(service: &ServiceMeta, error: &'a ServiceError) -> &'a str {
    let mut renamed = service.query_codes.unwrap_or_default().iter();
    let found = renamed.find(|(now, _)| *now == error.code);
    found.map_or(&*error.code, |(_, before)| before)
}

/// The code and the fault as the query protocol had them.
/// <https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait>
fn query_error_header(service: &ServiceMeta, error: &ServiceError) -> Option<HeaderValue> {
    service.query_codes?;
    let code = former_code(service, error);
    let fault = if error.is_client_fault() {
        "Sender"
    } else {
        "Receiver"
    };
    HeaderValue::from_str(&format!("{code};{fault}")).ok()
}

fn rest_json(service: &ServiceMeta, error: &ServiceError) -> Response {
    let mut response = json_body(error, "", service);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(code) = HeaderValue::from_str(&error.code) {
        headers.insert(ERROR_TYPE, code);
    }
    response
}

fn json_body(error: &ServiceError, type_prefix: &str, service: &ServiceMeta) -> Response {
    let body = Value::Object(members(error, type_prefix, service));
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status(error);
    response
}

/// The members of the body, with `__type` where the protocol has no header for the code.
fn members(error: &ServiceError, type_prefix: &str, service: &ServiceMeta) -> Map<String, Value> {
    let mut body = Map::new();
    let shape = service.errors.iter().find(|shape| shape.code == error.code);
    if service.protocol != Protocol::RestJson {
        // What was called otherwise in the query protocol is still called so in a header.
        let name = match shape {
            Some(shape) if service.query_codes.is_some() => shape.name,
            _ => &error.code,
        };
        body.insert("__type".into(), format!("{type_prefix}{name}").into());
    }
    let member = match error.code.as_ref() {
        // The JSON front end itself writes it with a capital.
        "SerializationException" if service.protocol != Protocol::RestJson => "Message",
        "AccessDeniedException" if service.protocol.dynamodb_version().is_some() => "Message",
        _ => shape.map_or("message", |shape| shape.message_member),
    };
    if !error.message.is_empty() {
        body.insert(member.into(), error.message.clone().into());
    }
    for (name, value) in &error.fields {
        body.insert(name.to_string(), value.clone());
    }
    body
}

/// DynamoDB writes codes with the namespace of the layer that raised them; the
/// other JSON services write the bare code.
fn namespace(protocol: &Protocol, code: &str) -> String {
    let Some(version) = protocol.dynamodb_version() else {
        return String::new();
    };
    match code {
        "ValidationException" => "com.amazon.coral.validate#".to_owned(),
        "SerializationException"
        | "UnknownOperationException"
        | "AccessDeniedException"
        | "MissingAuthenticationTokenException"
        | "InvalidSignatureException"
        | "UnrecognizedClientException"
        | "IncompleteSignatureException" => "com.amazon.coral.service#".to_owned(),
        _ => format!("com.amazonaws.dynamodb.v{version}#"),
    }
}

fn query_error(error: &ServiceError, namespace: &str, request_id: &str) -> Response {
    let mut xml = XmlEncoder::default();
    xml.open(&format!("ErrorResponse xmlns=\"{namespace}\""));
    xml.element("Error", |xml| {
        xml.text_element(
            "Type",
            if error.is_client_fault() {
                "Sender"
            } else {
                "Receiver"
            },
        );
        xml.text_element("Code", &error.code);
        xml.text_element("Message", &error.message);
    });
    xml.text_element("RequestId", request_id);
    xml.close("ErrorResponse");
    query::respond_xml(status(error).as_u16(), xml)
}

/// As S3 writes it: the root is the error itself.
fn rest_xml(error: &ServiceError, request_id: &str) -> Response {
    let mut xml = XmlEncoder::default();
    xml.element("Error", |xml| {
        xml.text_element("Code", &error.code);
        xml.text_element("Message", &error.message);
        for (name, value) in &error.fields {
            match value.as_str() {
                Some(text) => xml.text_element(name, text),
                None => xml.text_element(name, &value.to_string()),
            }
        }
        xml.text_element("RequestId", request_id);
    });
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}",
        xml.into_text()
    );
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status(error);
    let kind = HeaderValue::from_static("application/xml");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

fn status(error: &ServiceError) -> StatusCode {
    StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
