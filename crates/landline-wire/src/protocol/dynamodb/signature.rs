//! How DynamoDB refuses what does not even look like a signature. Real ones are `sigv4`'s matter.

use http::HeaderMap;
use http::header::{AUTHORIZATION, DATE};

use crate::ServiceError;

/// The refusal of a request whose signature lacks something; `None` when nothing is missing.
pub(super) fn refusal(headers: &HeaderMap, query: &str) -> Option<ServiceError> {
    let header = headers.get(AUTHORIZATION);
    let header = header.map(|header| header.to_str().unwrap_or_default());
    let is_presigned = parameter(query, "X-Amz-Algorithm").is_some();
    match (header, is_presigned) {
        (Some(_), true) => Some(ServiceError::new(
            "InvalidSignatureException",
            400,
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
        )),
        (Some(header), false) if header.trim().starts_with("AWS4-") => {
            let has_date = headers.contains_key("x-amz-date") || headers.contains_key(DATE);
            incomplete_header(header, has_date)
        }
        (None, true) => incomplete_query(query),
        (_, false) => Some(ServiceError::new(
            "MissingAuthenticationTokenException",
            400,
            "Request is missing Authentication Token",
        )),
    }
}

fn incomplete_header(header: &str, has_date: bool) -> Option<ServiceError> {
    let has = |name: &str| {
        let mut parts = header
            .split([',', ' '])
            .filter_map(|part| part.split_once('='));
        parts.any(|(key, _)| key == name)
    };
    let names = ["Credential", "Signature", "SignedHeaders"];
    let missing = names.into_iter().filter(|name| !has(name));
    let missing = missing.map(|name| format!("Authorization header requires '{name}' parameter. "));
    let mut text = missing.collect::<Vec<_>>().concat();
    if !has_date {
        text.push_str(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
        );
    }
    (!text.is_empty()).then(|| incomplete(format!("{text}Authorization={header}")))
}

fn incomplete_query(query: &str) -> Option<ServiceError> {
    let names = [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Signature",
        "X-Amz-SignedHeaders",
        "X-Amz-Date",
    ];
    let missing = names
        .into_iter()
        .filter(|name| parameter(query, name).is_none_or(str::is_empty));
    let missing =
        missing.map(|name| format!("AWS query-string parameters must include '{name}'. "));
    let text = missing.collect::<Vec<_>>().concat();
    (!text.is_empty()).then(|| incomplete(format!("{text}Re-examine the query-string parameters.")))
}

fn incomplete(text: String) -> ServiceError {
    ServiceError::new("IncompleteSignatureException", 400, text)
}

/// The value of a parameter, empty where there is only its name.
fn parameter<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let mut pairs = query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}
