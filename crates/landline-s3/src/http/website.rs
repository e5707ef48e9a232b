//! Static websites: index and error documents, redirects, answers in HTML.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html>

use std::fmt::Write as _;

use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, Response, StatusCode};
use landline_wire::ServiceError;
use landline_wire::protocol::xml_reader::Element;

use super::access::may;
use super::answer::{empty, full, set};
use super::conditions::{Conditions, Unmodified};
use super::reading::describe;
use super::{Answer, Call};
use crate::address::WEBSITES;
use crate::body::read;
use crate::bucket::Bucket;
use crate::error::{access_denied, method_not_allowed, no_such_key};

/// Answers a request to a website. Whoever asks, and signed or not, gets what everybody gets.
pub(super) fn serve(call: &Call<'_>) -> Answer {
    match site(call) {
        Ok(answer) => answer,
        Err(refusal) => error_page(call, &refusal),
    }
}

fn site(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let method = &call.parts.method;
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err(method_not_allowed(method.as_str(), "OBJECT"));
    }
    let bucket = call.s3.bucket(call.bucket)?;
    let Some(website) = bucket.document("website") else {
        let text = "The specified bucket does not have a website configuration";
        return Err(ServiceError::new("NoSuchWebsiteConfiguration", 404, text)
            .with_field("BucketName", call.bucket));
    };
    if let Some(all) = website.child("RedirectAllRequestsTo") {
        return Ok(redirect_all(call, all));
    }
    if let Some(rule) = rule(&website, call.key, None) {
        return Ok(redirect(call, rule));
    }
    let index = website
        .child("IndexDocument")
        .and_then(|index| index.text_of("Suffix"))
        .unwrap_or("index.html");
    let key = match call.key {
        "" => index.to_owned(),
        key if key.ends_with('/') => format!("{key}{index}"),
        key => key.to_owned(),
    };
    match page(call, &bucket, &key, StatusCode::OK) {
        Ok(answer) => Ok(answer),
        Err(refusal) => missing(call, &bucket, &website, (&key, index), refusal),
    }
}

/// An object for everybody.
fn page(
    call: &Call<'_>,
    bucket: &Bucket,
    key: &str,
    status: StatusCode,
) -> Result<Answer, ServiceError> {
    if !may(call, bucket, "s3:GetObject", key) {
        return Err(access_denied());
    }
    let version = call.s3.find(&bucket.name, key, None)?;
    let Some(object) = &version.object else {
        return Err(no_such_key(key));
    };
    if let Some(location) = &object.about.redirect {
        let mut answer = empty(StatusCode::MOVED_PERMANENTLY);
        set(answer.headers_mut(), "location", location);
        return Ok(answer);
    }
    let conditions = Conditions {
        none_matching: call.header("if-none-match"),
        modified_since: call.header("if-modified-since"),
        ..Conditions::default()
    };
    let unmodified = Unmodified::NotModified;
    let checked = conditions.check(&object.etag, version.modified(), unmodified);
    let mut answer = match checked {
        Err(_) if status == StatusCode::OK => empty(StatusCode::NOT_MODIFIED),
        _ if call.parts.method == Method::HEAD || object.size == 0 => empty(status),
        _ => {
            let reader = call.s3.open_object(&bucket.name, key, &version, |it| it)?;
            Response::new(read::body(reader, object.size))
        }
    };
    if answer.status() != StatusCode::NOT_MODIFIED {
        *answer.status_mut() = status;
        let length = object.size.to_string();
        set(answer.headers_mut(), "content-length", &length);
    }
    describe(answer.headers_mut(), &version, object);
    Ok(answer)
}

/// What comes instead of a page that is not there, or not for everybody.
fn missing(
    call: &Call<'_>,
    bucket: &Bucket,
    website: &Element,
    (key, index): (&str, &str),
    refusal: ServiceError,
) -> Result<Answer, ServiceError> {
    // A folder without its slash.
    let folder = format!("{key}/{index}");
    let is_folder = !call.key.is_empty()
        && !call.key.ends_with('/')
        && may(call, bucket, "s3:GetObject", &folder)
        && call.s3.find(&bucket.name, &folder, None).is_ok();
    if is_folder {
        let mut answer = empty(StatusCode::FOUND);
        let location = format!("{}{}/", base(call), call.key);
        set(answer.headers_mut(), "location", &location);
        return Ok(answer);
    }
    // Without the right to list, nobody learns what is not there.
    let refusal = match refusal.code.as_ref() {
        "NoSuchKey" if !may(call, bucket, "s3:ListBucket", "") && !bucket_is_open(bucket) => {
            access_denied()
        }
        _ => refusal,
    };
    if let Some(rule) = rule(website, call.key, Some(refusal.status)) {
        return Ok(redirect(call, rule));
    }
    let document = website.child("ErrorDocument");
    if let Some(key) = document.and_then(|document| document.text_of("Key")) {
        let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::NOT_FOUND);
        if let Ok(answer) = page(call, bucket, key, status) {
            return Ok(answer);
        }
    }
    Err(refusal)
}

/// Whether everybody may read every object: then what is missing is no secret.
fn bucket_is_open(bucket: &Bucket) -> bool {
    let decision = bucket.lets_everybody("s3:GetObject", "", "false");
    let any = bucket.lets_everybody("s3:GetObject", "any", "false");
    [decision, any].contains(&landline_wire::policy::Decision::Allowed)
}

/// The routing rule whose condition holds.
fn rule<'a>(website: &'a Element, key: &str, status: Option<u16>) -> Option<&'a Element> {
    let rules = website.child("RoutingRules")?;
    let holds = |rule: &&Element| {
        let condition = rule.child("Condition");
        let prefix = condition.and_then(|it| it.text_of("KeyPrefixEquals"));
        let code = condition.and_then(|it| it.text_of("HttpErrorCodeReturnedEquals"));
        let code: Option<u16> = code.and_then(|code| code.parse().ok());
        prefix.is_none_or(|prefix| key.starts_with(prefix)) && code == status
    };
    rules.all("RoutingRule").find(holds)
}

fn redirect(call: &Call<'_>, rule: &Element) -> Answer {
    let nothing = Element::default();
    let to = rule.child("Redirect").unwrap_or(&nothing);
    let prefix = rule
        .child("Condition")
        .and_then(|it| it.text_of("KeyPrefixEquals"))
        .unwrap_or_default();
    let key = match (
        to.text_of("ReplaceKeyWith"),
        to.text_of("ReplaceKeyPrefixWith"),
    ) {
        (Some(key), _) => key.to_owned(),
        (None, Some(with)) => {
            let rest = call.key.strip_prefix(prefix).unwrap_or(call.key);
            format!("{with}{rest}")
        }
        (None, None) => call.key.to_owned(),
    };
    let code = to
        .text_of("HttpRedirectCode")
        .and_then(|it| it.parse().ok());
    let status = code.and_then(|code: u16| StatusCode::from_u16(code).ok());
    let mut answer = empty(status.unwrap_or(StatusCode::MOVED_PERMANENTLY));
    let location = match (to.text_of("HostName"), to.text_of("Protocol")) {
        (None, None) => format!("{}{key}", base(call)),
        (host, protocol) => {
            let host = host.or_else(|| call.header("host")).unwrap_or_default();
            format!("{}://{host}/{key}", protocol.unwrap_or("http"))
        }
    };
    set(answer.headers_mut(), "location", &location);
    answer
}

fn redirect_all(call: &Call<'_>, to: &Element) -> Answer {
    let mut answer = empty(StatusCode::MOVED_PERMANENTLY);
    let host = to.text_of("HostName").unwrap_or_default();
    let protocol = to.text_of("Protocol").unwrap_or("http");
    let location = format!("{protocol}://{host}/{}", call.key);
    set(answer.headers_mut(), "location", &location);
    answer
}

/// Where the site's own paths begin.
fn base(call: &Call<'_>) -> String {
    if call.parts.uri.path().starts_with(WEBSITES) {
        format!("{WEBSITES}{}/", call.bucket)
    } else {
        "/".to_owned()
    }
}

fn error_page(call: &Call<'_>, refusal: &ServiceError) -> Answer {
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::NOT_FOUND);
    let reason = status.canonical_reason().unwrap_or_default();
    let title = format!("{} {reason}", refusal.status);
    let mut items = format!(
        "<li>Code: {}</li>\n<li>Message: {}</li>\n",
        refusal.code,
        escape(&refusal.message)
    );
    for (name, value) in &refusal.fields {
        let value = value.as_str().map_or(value.to_string(), str::to_owned);
        let _ = writeln!(items, "<li>{name}: {}</li>", escape(&value));
    }
    let _ = writeln!(items, "<li>RequestId: {}</li>", call.request_id);
    let html = format!(
        "<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n{items}</ul>\n<hr/>\n</body>\n</html>\n"
    );
    let mut answer = if call.parts.method == Method::HEAD {
        empty(status)
    } else {
        Response::new(full(html))
    };
    *answer.status_mut() = status;
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    answer.headers_mut().insert(CONTENT_TYPE, kind);
    set(answer.headers_mut(), "x-amz-error-code", &refusal.code);
    set(
        answer.headers_mut(),
        "x-amz-error-message",
        &refusal.message,
    );
    answer
}
