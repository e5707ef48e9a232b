//! What a function returned as an HTTP answer.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Map, Value};

use super::UrlAnswer;
use super::stream::{self, Prelude};

/// An object with a status says what to answer; anything else is the body itself.
pub(super) fn of(payload: &Bytes) -> UrlAnswer {
    // A function that streams told its status so; its answer was put together for this URL.
    match stream::with_prelude(payload) {
        Prelude::Answer(answer) => return answer,
        Prelude::Broken => return broken(502),
        Prelude::None => {}
    }
    match serde_json::from_slice::<Value>(payload) {
        Ok(Value::Object(object)) if object.contains_key("statusCode") => {
            structured(&object).unwrap_or_else(|| broken(502))
        }
        Ok(Value::String(text)) => plain(text.into()),
        Ok(_) => plain(payload.clone()),
        Err(_) => broken(502),
    }
}

/// None: the function says something that no answer can be.
pub(super) fn structured(object: &Map<String, Value>) -> Option<UrlAnswer> {
    let status = match &object["statusCode"] {
        Value::String(text) => text.parse().ok()?,
        number => u16::try_from(number.as_u64()?).ok()?,
    };
    if !(100..=599).contains(&status) {
        return None;
    }
    let mut headers = Vec::new();
    let given = object.get("headers").and_then(Value::as_object);
    for (name, value) in given.into_iter().flatten() {
        headers.push((name.to_ascii_lowercase(), scalar(value)?));
    }
    let cookies = object.get("cookies").and_then(Value::as_array);
    for cookie in cookies.into_iter().flatten() {
        headers.push(("set-cookie".into(), cookie.as_str()?.to_owned()));
    }
    if !headers.iter().any(|(name, _)| name == "content-type") {
        headers.push(("content-type".into(), "application/json".into()));
    }
    let body = match object.get("body") {
        None | Some(Value::Null) => Bytes::new(),
        Some(body) => body_of(body, object.get("isBase64Encoded"))?,
    };
    Some(UrlAnswer {
        status,
        headers,
        body,
    })
}

fn body_of(body: &Value, encoded: Option<&Value>) -> Option<Bytes> {
    let text = match body {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if encoded == Some(&Value::Bool(true)) {
        return STANDARD.decode(text).ok().map(Into::into);
    }
    Some(text.into())
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

pub(super) fn plain(body: Bytes) -> UrlAnswer {
    UrlAnswer {
        status: 200,
        headers: vec![("content-type".into(), "application/json".into())],
        body,
    }
}

pub(super) fn forbidden(message: &str) -> UrlAnswer {
    let mut answer = plain(serde_json::json!({ "Message": message }).to_string().into());
    answer.status = 403;
    let error_type = ("x-amzn-errortype".into(), "AccessDeniedException".into());
    answer.headers.push(error_type);
    answer
}

/// The function failed, or could not be called.
pub(super) fn broken(status: u16) -> UrlAnswer {
    let text = match status {
        429 => "Rate Exceeded.",
        413 => "Request Too Long",
        _ => "Internal Server Error",
    };
    UrlAnswer {
        status,
        headers: vec![("content-type".into(), "text/plain".into())],
        body: text.into(),
    }
}
