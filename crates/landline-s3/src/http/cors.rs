//! Cross-origin requests, as a bucket's rules allow them.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html>

use http::{HeaderMap, StatusCode};
use landline_wire::ServiceError;
use landline_wire::protocol::xml_reader::Element;

use super::answer::{empty, set};
use super::{Answer, Call};

/// Answers what a browser asks before the request itself.
pub(super) fn preflight(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let forbidden = |text: &str| ServiceError::new("AccessForbidden", 403, text);
    let (Some(origin), Some(method)) = (
        call.header("origin"),
        call.header("access-control-request-method"),
    ) else {
        let text = "Insufficient information. Origin request header needed.";
        return Err(ServiceError::new("BadRequest", 400, text));
    };
    let bucket = call.s3.bucket(call.bucket)?;
    let Some(rules) = bucket.document("cors") else {
        return Err(forbidden(
            "CORSResponse: CORS is not enabled for this bucket.",
        ));
    };
    let wanted = call
        .header("access-control-request-headers")
        .unwrap_or_default();
    let wanted: Vec<&str> = wanted
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let rule = rules
        .all("CORSRule")
        .filter(|rule| matches_origin(rule, origin) && allows(rule, method))
        .find(|rule| wanted.iter().all(|name| allows_header(rule, name)));
    let Some(rule) = rule else {
        return Err(forbidden(
            "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
        ));
    };
    let mut answer = empty(StatusCode::OK);
    let headers = answer.headers_mut();
    let wanted = wanted.join(", ").to_lowercase();
    if !wanted.is_empty() {
        set(headers, "access-control-allow-headers", &wanted);
    }
    if let Some(seconds) = rule.text_of("MaxAgeSeconds") {
        set(headers, "access-control-max-age", seconds);
    }
    write(rule, origin, headers);
    Ok(answer)
}

/// Adds to an answer what lets a page of another origin read it.
pub(super) fn allow(call: &Call<'_>, headers: &mut HeaderMap) {
    let Some(origin) = call.header("origin") else {
        return;
    };
    if headers.contains_key("access-control-allow-origin") {
        return;
    }
    let Some(rules) = call
        .s3
        .bucket(call.bucket)
        .ok()
        .and_then(|bucket| bucket.document("cors"))
    else {
        return;
    };
    let method = call.parts.method.as_str();
    let mut all = rules.all("CORSRule");
    if let Some(rule) = all.find(|rule| matches_origin(rule, origin) && allows(rule, method)) {
        write(rule, origin, headers);
    }
}

fn write(rule: &Element, origin: &str, headers: &mut HeaderMap) {
    let is_for_all = rule.all("AllowedOrigin").any(|it| it.text == "*");
    if is_for_all {
        set(headers, "access-control-allow-origin", "*");
    } else {
        set(headers, "access-control-allow-origin", origin);
        set(headers, "access-control-allow-credentials", "true");
    }
    let joined = |name: &str| {
        let all: Vec<&str> = rule.all(name).map(|it| it.text.as_str()).collect();
        all.join(", ")
    };
    set(
        headers,
        "access-control-allow-methods",
        &joined("AllowedMethod"),
    );
    let exposed = joined("ExposeHeader");
    if !exposed.is_empty() {
        set(headers, "access-control-expose-headers", &exposed);
    }
    let varies = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
    set(headers, "vary", varies);
}

fn matches_origin(rule: &Element, origin: &str) -> bool {
    rule.all("AllowedOrigin")
        .any(|it| matches_star(&it.text, origin))
}

fn allows(rule: &Element, method: &str) -> bool {
    rule.all("AllowedMethod").any(|it| it.text == method)
}

fn allows_header(rule: &Element, name: &str) -> bool {
    let name = name.to_lowercase();
    rule.all("AllowedHeader")
        .any(|it| matches_star(&it.text.to_lowercase(), &name))
}

/// A pattern with at most one star.
fn matches_star(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, end)) => {
            text.len() >= start.len() + end.len() && text.starts_with(start) && text.ends_with(end)
        }
    }
}
