//! What a function's answer to an HTTP request comes to, by payload format.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use serde_json::{Map, Value};

use super::call::{HttpCall, is_listed, is_of_hop};
use crate::deployment::snapshot::{HttpApi, HttpKind, PayloadFormat};
use crate::integration::{Answer, IntegrationFailure};

/// Reads the answer of a proxy's function.
pub(crate) fn read(
    call: &HttpCall,
    api: &HttpApi,
    format: PayloadFormat,
    payload: &[u8],
) -> Result<Answer, IntegrationFailure> {
    let value: Value =
        serde_json::from_slice(payload).map_err(|_| IntegrationFailure::MalformedResponse)?;
    let answer = match (format, value) {
        (PayloadFormat::V2, Value::Object(members)) if members.contains_key("statusCode") => {
            response(members, TEXT)
        }
        (PayloadFormat::V2, value) => Some(plain(value)),
        (_, Value::Object(members)) if api.kind == HttpKind::Rest => of_rest(members),
        (_, Value::Object(members)) => response(members, JSON),
        _ => None,
    };
    let Read { mut answer, form } = answer.ok_or(IntegrationFailure::MalformedResponse)?;
    if form == Form::Base64 && decodes(call, api) {
        let body = answer.body.take().unwrap_or_default();
        let decoded = STANDARD.decode(&body);
        answer.body = Some(decoded.map_or(body, Bytes::from));
    }
    Ok(answer)
}

/// An answer as it was read, its body not decoded yet.
struct Read {
    answer: Answer,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Base64,
}

/// An HTTP API always decodes; a REST API where the client accepts what is listed as binary.
fn decodes(call: &HttpCall, api: &HttpApi) -> bool {
    if api.kind == HttpKind::Http {
        return true;
    }
    let accept = call.head.header_values(ACCEPT.as_str());
    let accept = accept.and_then(|values| values.last()).map(String::as_str);
    // The first type alone is looked at.
    let first = accept.unwrap_or_default().split([',', ';']).next();
    is_listed(api, first.unwrap_or_default().trim())
}

/// JSON that is no proxy response is the body itself.
fn plain(value: Value) -> Read {
    let body = match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, JSON);
    Read {
        answer: Answer {
            status_code: 200,
            subprotocol: None,
            body: Some(body.into()),
            headers,
        },
        form: Form::Plain,
    }
}

/// What a REST API takes: no member that it does not know, and no status for 200.
fn of_rest(mut members: Map<String, Value>) -> Option<Read> {
    let known = [
        "statusCode",
        "headers",
        "multiValueHeaders",
        "body",
        "isBase64Encoded",
    ];
    if members.keys().any(|name| !known.contains(&name.as_str())) {
        return None;
    }
    members.entry("statusCode").or_insert_with(|| 200.into());
    // Headers of one value come behind those of several.
    let (single, several) = (members.get("headers"), members.get("multiValueHeaders"));
    let (single, several) = (map(single.cloned())?, map(several.cloned())?);
    let mut all = Map::new();
    for (name, values) in several {
        let Value::Array(mut values) = values else {
            return None;
        };
        let same = single
            .iter()
            .filter(|(it, _)| it.eq_ignore_ascii_case(&name));
        values.extend(same.map(|(_, value)| value.clone()));
        all.insert(name, values.into());
    }
    members.insert("multiValueHeaders".to_owned(), all.into());
    response(members, JSON)
}

fn response(mut members: Map<String, Value>, content_type: HeaderValue) -> Option<Read> {
    let status_code = status(members.get("statusCode")?)?;
    let body = match members.remove("body") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text,
        // Observed on AWS: a body that is no text is a malformed response.
        Some(Value::Object(_) | Value::Array(_)) => return None,
        Some(other) => other.to_string(),
    };
    let mut headers = HeaderMap::new();
    for (name, value) in map(members.remove("headers"))? {
        set(&mut headers, &name, std::slice::from_ref(&value));
    }
    for (name, values) in map(members.remove("multiValueHeaders"))? {
        let Value::Array(values) = values else {
            return None;
        };
        set(&mut headers, &name, &values);
    }
    if let Some(Value::Array(cookies)) = members.remove("cookies") {
        for cookie in cookies.iter().filter_map(Value::as_str) {
            if let Ok(cookie) = HeaderValue::from_str(cookie) {
                headers.append(SET_COOKIE, cookie);
            }
        }
    }
    headers.entry(CONTENT_TYPE).or_insert(content_type);
    let form = match members.get("isBase64Encoded") {
        Some(Value::Bool(true)) => Form::Base64,
        _ => Form::Plain,
    };
    Some(Read {
        answer: Answer {
            status_code,
            subprotocol: None,
            body: Some(body.into()),
            headers,
        },
        form,
    })
}

fn status(value: &Value) -> Option<u16> {
    let status = match value {
        Value::Number(number) => number.as_u64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    u16::try_from(status)
        .ok()
        .filter(|it| (200..600).contains(it))
}

/// The entries of an object; none where there is none, and nothing where it is something else.
fn map(value: Option<Value>) -> Option<Map<String, Value>> {
    match value {
        None | Some(Value::Null) => Some(Map::new()),
        Some(Value::Object(map)) => Some(map),
        Some(_) => None,
    }
}

/// Sets a header; what can be none is left out.
fn set(headers: &mut HeaderMap, name: &str, values: &[Value]) {
    let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
        return;
    };
    if is_of_hop(&name) {
        return;
    }
    headers.remove(&name);
    for value in values {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Null => continue,
            other => other.to_string(),
        };
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(name.clone(), value);
        }
    }
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain;charset=UTF-8");
