//! Answers to browsers that ask from other origins: an HTTP API gives them itself, and what
//! its integrations say of it counts for nothing.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html>.

use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderName, HeaderValue, ORIGIN,
};

use crate::deployment::snapshot::Cors;

/// Whether a browser asks what it may send.
pub(super) fn is_preflight(method: &str, headers: &HeaderMap) -> bool {
    method == "OPTIONS"
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The headers that answer a preflight; none for a stranger.
pub(super) fn preflight(cors: &Cors, request: &HeaderMap) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if !grant(cors, request, &mut headers) {
        return headers;
    }
    add_list(
        &mut headers,
        ACCESS_CONTROL_ALLOW_METHODS,
        &cors.allow_methods,
    );
    add_list(
        &mut headers,
        ACCESS_CONTROL_ALLOW_HEADERS,
        &cors.allow_headers,
    );
    if let Some(seconds) = cors.max_age {
        headers.insert(ACCESS_CONTROL_MAX_AGE, seconds.into());
    }
    headers
}

/// Replaces what an integration says of other origins.
pub(super) fn decorate(cors: &Cors, request: &HeaderMap, headers: &mut HeaderMap) {
    for name in OWN {
        headers.remove(name);
    }
    if grant(cors, request, headers) {
        add_list(headers, ACCESS_CONTROL_EXPOSE_HEADERS, &cors.expose_headers);
    }
}

fn grant(cors: &Cors, request: &HeaderMap, headers: &mut HeaderMap) -> bool {
    let Some(origin) = request.get(ORIGIN) else {
        return false;
    };
    let Some(allowed) = origin.to_str().ok().and_then(|it| allow_origin(cors, it)) else {
        return false;
    };
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
    if cors.allow_credentials {
        let yes = HeaderValue::from_static("true");
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
    }
    true
}

/// `*` where everybody may, else the origin itself.
fn allow_origin(cors: &Cors, origin: &str) -> Option<HeaderValue> {
    let mut allowed = cors.allow_origins.iter().map(String::as_str);
    if allowed.clone().any(|it| it == "*") {
        return Some(HeaderValue::from_static("*"));
    }
    let is_meant = |allowed: &str| match allowed.split_once("://*") {
        Some((scheme, rest)) => {
            let tail = origin
                .strip_prefix(scheme)
                .and_then(|it| it.strip_prefix("://"));
            tail.is_some_and(|tail| tail.ends_with(rest))
        }
        None => allowed.eq_ignore_ascii_case(origin),
    };
    allowed
        .any(is_meant)
        .then(|| HeaderValue::from_str(origin).ok())?
}

fn add_list(headers: &mut HeaderMap, name: HeaderName, values: &[String]) {
    if let (false, Ok(value)) = (values.is_empty(), HeaderValue::from_str(&values.join(","))) {
        headers.insert(name, value);
    }
}

const OWN: [HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];
