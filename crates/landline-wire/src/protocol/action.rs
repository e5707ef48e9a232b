//! The request that calls an action by its name, for callers that only have text:
//! API Gateway's `AWS` integrations.

use bytes::Bytes;
use http::Method;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Request;
use crate::{Protocol, ServiceMeta};

/// Makes the request for `action` of `service`, in the service's protocol.
///
/// `body` is what that protocol has for a body: JSON, or a form to which `parameters`
/// and the action's name are added. `None` for services whose operations have paths
/// instead of names.
pub fn request(
    service: &ServiceMeta,
    action: &str,
    parameters: &[(String, String)],
    body: Bytes,
) -> Option<Request> {
    match service.protocol {
        Protocol::Json {
            content_version,
            target_prefix,
        } => {
            let content_type = format!("application/x-amz-json-{content_version}");
            let mut request = post(&content_type, body)?;
            let target = HeaderValue::from_str(&format!("{target_prefix}.{action}")).ok()?;
            request.headers_mut().insert(TARGET, target);
            Some(request)
        }
        Protocol::Query { version, .. } => {
            let named = [("Action", action), ("Version", version)];
            let given = parameters.iter().map(|(name, value)| (&**name, &**value));
            let mut form = form(named.into_iter().chain(given)).into_bytes();
            if !body.is_empty() {
                form.push(b'&');
                form.extend_from_slice(&body);
            }
            post("application/x-www-form-urlencoded", form.into())
        }
        Protocol::RestJson | Protocol::RestXml { .. } => None,
    }
}

/// Names and values as a form or a query string has them.
pub fn form<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let fields: Vec<String> = fields
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    fields.join("&")
}

fn post(content_type: &str, body: Bytes) -> Option<Request> {
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    let content_type = HeaderValue::from_str(content_type).ok()?;
    request.headers_mut().insert(CONTENT_TYPE, content_type);
    Some(request)
}

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
