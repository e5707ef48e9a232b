//! A request as the function gets it: payload format 2.0.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use landline_wire::Timestamp;
use serde_json::{Map, Value, json};

use super::{UrlCaller, UrlRequest};

/// What an event holds beside its request.
pub(super) struct Around<'a> {
    pub(super) url_id: &'a str,
    pub(super) region: &'a str,
    pub(super) now: Timestamp,
}

pub(super) fn of(request: &UrlRequest, caller: &UrlCaller, around: &Around<'_>) -> Value {
    let mut event = Map::new();
    event.insert("version".into(), "2.0".into());
    event.insert("routeKey".into(), "$default".into());
    event.insert("rawPath".into(), request.path.clone().into());
    event.insert("rawQueryString".into(), request.query.clone().into());
    let cookies: Vec<&str> = request
        .headers
        .iter()
        .filter(|(name, _)| name == "cookie")
        .flat_map(|(_, value)| value.split(';'))
        .map(str::trim)
        .collect();
    if !cookies.is_empty() {
        event.insert("cookies".into(), json!(cookies));
    }
    event.insert("headers".into(), headers(request).into());
    let query = query_parameters(&request.query);
    if !query.is_empty() {
        event.insert("queryStringParameters".into(), query.into());
    }
    event.insert("requestContext".into(), context(request, caller, around));
    let (body, encoded) = body(request);
    if let Some(body) = body {
        event.insert("body".into(), body.into());
    }
    event.insert("isBase64Encoded".into(), encoded.into());
    event.into()
}

/// Several values of one name are joined.
fn headers(request: &UrlRequest) -> Map<String, Value> {
    let mut headers = Map::new();
    for (name, value) in request.headers.iter().filter(|(name, _)| name != "cookie") {
        join(&mut headers, name, value);
    }
    headers
}

fn query_parameters(query: &str) -> Map<String, Value> {
    let mut parameters = Map::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        join(&mut parameters, &name, &value);
    }
    parameters
}

fn join(map: &mut Map<String, Value>, name: &str, value: &str) {
    match map.get_mut(name) {
        Some(Value::String(before)) => {
            before.push(',');
            before.push_str(value);
        }
        _ => {
            map.insert(name.to_owned(), value.into());
        }
    }
}

fn context(request: &UrlRequest, caller: &UrlCaller, around: &Around<'_>) -> Value {
    let who = caller.caller();
    let account_id = match caller {
        UrlCaller::Anonymous(_) => "anonymous",
        UrlCaller::Signed(caller) => &caller.account_id,
    };
    let mut context = json!({
        "accountId": account_id,
        "apiId": around.url_id,
        "domainName": format!("{}.lambda-url.{}.on.aws", around.url_id, around.region),
        "domainPrefix": around.url_id,
        "http": {
            "method": request.method,
            "path": request.path,
            "protocol": request.protocol,
            "sourceIp": who.source_ip.map(|ip| ip.to_string()).unwrap_or_default(),
            "userAgent": request.header("user-agent").unwrap_or_default(),
        },
        "requestId": &*who.request_id,
        "routeKey": "$default",
        "stage": "$default",
        "time": around.now.common_log_format(),
        "timeEpoch": around.now.as_millis(),
    });
    if let UrlCaller::Signed(caller) = caller {
        context["authorizer"] = json!({ "iam": {
            "accessKey": caller.access_key_id.as_deref(),
            "accountId": &*caller.account_id,
            "callerId": &*caller.account_id,
            "cognitoIdentity": null,
            "principalOrgId": null,
            "userArn": &*caller.principal,
            "userId": &*caller.account_id,
        }});
    }
    context
}

/// Text stays text; everything else is encoded.
fn body(request: &UrlRequest) -> (Option<String>, bool) {
    if request.body.is_empty() {
        return (None, false);
    }
    let content_type = request.header("content-type").unwrap_or_default();
    let content_type = content_type.split(';').next().unwrap_or_default().trim();
    let is_text = content_type.starts_with("text/") || TEXTS.contains(&content_type);
    match std::str::from_utf8(&request.body) {
        Ok(text) if is_text => (Some(text.to_owned()), false),
        _ => (Some(STANDARD.encode(&request.body)), true),
    }
}

const TEXTS: [&str; 3] = [
    "application/json",
    "application/javascript",
    "application/xml",
];
