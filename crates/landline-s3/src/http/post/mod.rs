//! `PostObject`: uploads by the forms of browsers. A form becomes the `PutObject` that says
//! the same, after its policy has been looked at.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>

mod fields;
mod policy;

use form_urlencoded::Serializer;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::request::Parts;
use http::{Method, Request, StatusCode};
use landline_wire::ServiceError;
use landline_wire::sigv4::{self, SignedPolicy};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::answer::{document, set};
use super::operation::Operation;
use super::query::Query;
use super::{Answer, Call, Incoming, Sender, access, host, objects, roles};
use crate::address::{self, Endpoint};
use crate::body::{Payload, RequestBody, form};
use crate::error::{invalid_argument, malformed_form};
use crate::notification::Event;
use crate::quotas::PUT_BYTES_MAX;
use fields::Fields;
use policy::Policy;

/// Whether a request is a form for a bucket, whose signature is among its fields.
pub fn is_form<B>(request: &Request<B>) -> bool {
    let (uri, headers) = (request.uri(), request.headers());
    let query = uri.query().unwrap_or_default();
    let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let is_multipart = kind.is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("multipart/form-data")
    });
    let is_signed = headers.contains_key(AUTHORIZATION)
        || sigv4::is_signed(headers, query)
        || sigv4::is_presigned_v2(query);
    if request.method() != Method::POST || !is_multipart || is_signed {
        return false;
    }
    let host = host(uri, headers);
    let address = address::read(&host, uri.path());
    address.endpoint == Endpoint::Api && !address.bucket.is_empty() && address.key.is_empty()
}

/// Makes an object of a form. `identify` says who signed its policy.
pub(super) async fn object(
    call: &Call<'_>,
    body: RequestBody,
    identify: impl Fn(&SignedPolicy<'_>) -> Result<Sender, ServiceError>,
) -> Result<Answer, ServiceError> {
    call.s3.bucket(call.bucket)?;
    let boundary = call.header("content-type").and_then(form::boundary);
    let read = form::read(body, &boundary.ok_or_else(malformed_form)?).await?;
    let file_name = read.file.as_ref().map_or("", |file| file.name.as_str());
    let fields = Fields::new(read.fields, file_name);
    let key = fields.key()?;
    let Some(file) = read.file else {
        let text = "POST requires exactly one file upload per request.";
        return Err(invalid_argument(text, "file", "0"));
    };
    let (sender, sizes) = match fields.signed()? {
        None => (Sender::Anonymous, 0..=PUT_BYTES_MAX),
        Some(signed) => {
            let sender = identify(&signed)?;
            let now = call.s3.config.clock.now();
            let policy = Policy::read(signed.policy)?;
            (sender, policy.check(&fields, call.bucket, now)?)
        }
    };
    let parts = parts(call.parts, &fields)?;
    let put = Call {
        query: Query::default(),
        parts: &parts,
        key,
        sender: &sender,
        ..*call
    };
    access::check(&put, Operation::PutObject)?;
    roles::check(&put, Operation::PutObject).await?;
    let incoming = Incoming {
        body: file.body,
        payload: Payload::Unsigned,
    };
    let mut answer = objects::receive(&put, incoming, sizes, Event::Post).await?;
    tell(&put, &fields, &mut answer);
    Ok(answer)
}

/// The head of a `PutObject` that says what the form does.
fn parts(form: &Parts, fields: &Fields) -> Result<Parts, ServiceError> {
    let (mut parts, ()) = Request::new(()).into_parts();
    parts.method = form.method.clone();
    parts.uri = form.uri.clone();
    parts.headers = fields.headers(&form.headers)?;
    Ok(parts)
}

/// Answers as the form wishes: by a redirection, a document, or nothing.
fn tell(call: &Call<'_>, fields: &Fields, answer: &mut Answer) {
    let etag = answer.headers().get("etag");
    let etag = etag.and_then(|etag| etag.to_str().ok()).unwrap_or_default();
    let etag = etag.to_owned();
    let redirect = fields.get("success_action_redirect");
    if let Some(target) = redirect
        .or_else(|| fields.get("redirect"))
        .and_then(|to| target(to, call, &etag))
    {
        *answer.status_mut() = StatusCode::SEE_OTHER;
        set(answer.headers_mut(), "location", &target);
        return;
    }
    let location = location(call);
    match fields.get("success_action_status") {
        Some("200") => {}
        Some("201") => {
            let written = document("PostResponse", |xml| {
                xml.text_element("Location", &location);
                xml.text_element("Bucket", call.bucket);
                xml.text_element("Key", call.key);
                xml.text_element("ETag", &etag);
            });
            let (parts, body) = written.into_parts();
            *answer.body_mut() = body;
            answer.headers_mut().extend(parts.headers);
            *answer.status_mut() = StatusCode::CREATED;
        }
        _ => *answer.status_mut() = StatusCode::NO_CONTENT,
    }
    set(answer.headers_mut(), "location", &location);
}

/// The URL that a form asks for, with what was written; one that is none is ignored.
fn target(url: &str, call: &Call<'_>, etag: &str) -> Option<String> {
    let parsed: http::Uri = url.parse().ok()?;
    if !matches!(parsed.scheme_str(), Some("http" | "https")) {
        return None;
    }
    let written = Serializer::new(String::new())
        .extend_pairs([("bucket", call.bucket), ("key", call.key), ("etag", etag)])
        .finish();
    let separator = match parsed.query() {
        None => "?",
        Some("") => "",
        Some(_) => "&",
    };
    let url = url.split('#').next().unwrap_or_default();
    Some(format!("{url}{separator}{written}"))
}

/// The object's URL. Its key is one segment, as S3 writes it here.
fn location(call: &Call<'_>) -> String {
    let uri = &call.parts.uri;
    let scheme = uri.scheme_str().unwrap_or("http");
    let host = call.header(HOST.as_str()).unwrap_or_default();
    let bucket = uri.path().trim_end_matches('/');
    let key = utf8_percent_encode(call.key, SEGMENT);
    format!("{scheme}://{host}{bucket}/{key}")
}

const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
