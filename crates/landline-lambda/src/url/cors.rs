//! What pages of other origins may do with a function's URL.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors>

use bytes::Bytes;

use super::UrlAnswer;
use crate::function::record::Cors;

/// Answers a browser that asks beforehand; the function is not called.
pub(super) fn preflight(cors: &Cors, origin: Option<&str>) -> UrlAnswer {
    let mut answer = UrlAnswer {
        status: 200,
        headers: Vec::new(),
        body: Bytes::new(),
    };
    if !mark(cors, origin, &mut answer) {
        return answer;
    }
    let mut say = |name: &str, values: Option<&Vec<String>>| {
        if let Some(values) = values.filter(|values| !values.is_empty()) {
            answer.headers.push((name.into(), values.join(",")));
        }
    };
    say("access-control-allow-methods", cors.allow_methods.as_ref());
    say("access-control-allow-headers", cors.allow_headers.as_ref());
    if let Some(seconds) = cors.max_age {
        let max_age = ("access-control-max-age".into(), seconds.to_string());
        answer.headers.push(max_age);
    }
    answer
}

/// Lets the page of an allowed origin read the answer, in place of what the function said of it.
/// Gives whether the origin is allowed.
pub(super) fn mark(cors: &Cors, origin: Option<&str>, answer: &mut UrlAnswer) -> bool {
    answer
        .headers
        .retain(|(name, _)| !name.starts_with("access-control-"));
    let Some(origin) = origin.filter(|origin| is_allowed(cors, origin)) else {
        return false;
    };
    let has_credentials = cors.allow_credentials == Some(true);
    let any = cors.allow_origins.iter().flatten().any(|o| o == "*");
    let told = if any && !has_credentials { "*" } else { origin };
    let mut say = |name: &str, value: &str| answer.headers.push((name.into(), value.into()));
    say("access-control-allow-origin", told);
    if told != "*" {
        say("vary", "Origin");
    }
    if has_credentials {
        say("access-control-allow-credentials", "true");
    }
    if let Some(exposed) = cors.expose_headers.as_ref().filter(|list| !list.is_empty()) {
        say("access-control-expose-headers", &exposed.join(","));
    }
    true
}

/// `*`, the origin itself, or a pattern such as `https://*.example.com`.
fn is_allowed(cors: &Cors, origin: &str) -> bool {
    cors.allow_origins.iter().flatten().any(|allowed| {
        allowed == "*"
            || allowed.eq_ignore_ascii_case(origin)
            || allowed.split_once('*').is_some_and(|(begin, end)| {
                origin.len() >= begin.len() + end.len()
                    && origin.starts_with(begin)
                    && origin.ends_with(end)
            })
    })
}
