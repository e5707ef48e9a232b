//! AWS's published examples, requests that botocore signed, and what must be refused.

mod changes;

use std::sync::Arc;

use http::HeaderMap;
use http::header::{HeaderName, HeaderValue};
use serde::Deserialize;

use super::canonical::path_forms;
use super::{Credential, Signer, Verified, Verifier, WireRequest, parse_scope, presign, sign};
use crate::{ManualClock, ServiceError, Timestamp};

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// A request with the secret's session token, as `vectors.json` holds those that
/// botocore 1.43 signed at 2026-11-21T10:30:00Z.
#[derive(Debug, Clone, Deserialize)]
struct Vector {
    name: String,
    token: Option<String>,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: String,
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str(include_str!("../vectors.json")).unwrap()
}

fn verify_at(vector: &Vector, secret: &str, now: &str) -> Result<Verified<'static>, ServiceError> {
    let mut headers = HeaderMap::new();
    for (name, value) in &vector.headers {
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    let request = WireRequest {
        method: &vector.method,
        path: &vector.path,
        query: &vector.query,
        headers: &headers,
        body: vector.body.as_bytes(),
    };
    let credential = Credential {
        session_token: vector.token.clone(),
        ..Credential::lasting(secret)
    };
    let clock = ManualClock::at(Timestamp::parse(now).unwrap());
    let known = |id: &str| {
        [KEY, "AKIAIOSFODNN7EXAMPLE"]
            .contains(&id)
            .then(|| credential.clone())
    };
    let verifier = Verifier::new(Arc::new(clock));
    let verified = verifier.verify(&request, known, "execute-api")?;
    Ok(Verified {
        scope: verified.scope.into_owned(),
        signed_at: verified.signed_at,
    })
}

fn verify(vector: &Vector) -> Result<Verified<'static>, ServiceError> {
    verify_at(vector, SECRET, "2026-11-21T10:31:00Z")
}

fn vector(name: &str) -> Vector {
    vectors().into_iter().find(|v| v.name == name).unwrap()
}

fn refused(vector: &Vector) -> (String, u16, String) {
    let error = verify(vector).unwrap_err();
    (error.code.into_owned(), error.status, error.message)
}

fn published(path: &str, query: &str, headers: &[(&str, &str)]) -> Vector {
    Vector {
        name: String::new(),
        token: None,
        method: "GET".into(),
        path: path.into(),
        query: query.into(),
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect(),
        body: String::new(),
    }
}

#[test]
fn the_published_examples_verify() {
    let vanilla = published(
        "/",
        "",
        &[
            ("host", "example.amazonaws.com"),
            ("x-amz-date", "20150830T123600Z"),
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
                 SignedHeaders=host;x-amz-date, \
                 Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
            ),
        ],
    );
    let list_users = published(
        "/",
        "Action=ListUsers&Version=2010-05-08",
        &[
            ("host", "iam.amazonaws.com"),
            (
                "content-type",
                "application/x-www-form-urlencoded; charset=utf-8",
            ),
            ("x-amz-date", "20150830T123600Z"),
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,\
                 SignedHeaders=content-type;host;x-amz-date,\
                 Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            ),
        ],
    );
    for example in [vanilla, list_users] {
        verify_at(&example, SECRET, "2015-08-30T12:36:00Z").unwrap();
    }
}

#[test]
fn the_published_examples_of_s3_verify() {
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let range = published(
        "/test.txt",
        "",
        &[
            ("host", "examplebucket.s3.amazonaws.com"),
            ("range", "bytes=0-9"),
            (
                "x-amz-content-sha256",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            ("x-amz-date", "20130524T000000Z"),
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,\
                 SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,\
                 Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            ),
        ],
    );
    let presigned = published(
        "/test.txt",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        &[("host", "examplebucket.s3.amazonaws.com")],
    );
    verify_at(&range, secret, "2013-05-24T00:00:00Z").unwrap();
    verify_at(&presigned, secret, "2013-05-24T23:00:00Z").unwrap();
}

#[test]
fn what_botocore_signs_verifies() {
    for vector in vectors() {
        let verified = verify(&vector);
        assert!(verified.is_ok(), "{}: {verified:?}", vector.name);
    }
}

#[test]
fn a_connection_id_is_taken_in_both_encodings_of_its_path() {
    let wires = [
        "/prod/@connections/Yq=",
        "/prod/@connections/Yq%3D",
        "/prod/%40connections/Yq%3D",
    ];
    for wire in wires {
        let forms = path_forms(wire, "execute-api");
        for signed in [
            "/prod/%40connections/Yq%3D",
            "/prod/%2540connections/Yq%253D",
        ] {
            assert!(
                forms.iter().any(|form| form == signed),
                "{wire} as {signed}: {forms:?}"
            );
        }
        assert!(forms.len() <= 5, "{forms:?}");
    }
}

#[test]
fn an_unsigned_request_misses_its_token() {
    let mut unsigned = vector("post to connection");
    unsigned.headers.retain(|(name, _)| name != "authorization");
    let expected = (
        "MissingAuthenticationTokenException".to_owned(),
        403,
        "Missing Authentication Token".to_owned(),
    );
    assert_eq!(refused(&unsigned), expected);
}

#[test]
fn an_unknown_key_is_an_invalid_token() {
    let mut stranger = vector("post to connection");
    for (_, value) in &mut stranger.headers {
        *value = value.replace(KEY, "BKIDEXAMPLE");
    }
    let expected = (
        "UnrecognizedClientException".to_owned(),
        403,
        "The security token included in the request is invalid.".to_owned(),
    );
    assert_eq!(refused(&stranger), expected);
}

#[test]
fn a_wrong_signature_is_worded_as_its_service_does() {
    for (name, code, status) in [
        ("post to connection", "InvalidSignatureException", 403),
        ("put item", "InvalidSignatureException", 400),
        ("caller identity", "SignatureDoesNotMatch", 403),
        ("get an object", "SignatureDoesNotMatch", 403),
    ] {
        let error = verify_at(&vector(name), "another secret", "2026-11-21T10:30:00Z").unwrap_err();
        assert_eq!(
            (error.code.as_ref(), error.status),
            (code, status),
            "{name}"
        );
        assert!(
            error
                .message
                .starts_with("The request signature we calculated does not match")
        );
    }
}

#[test]
fn the_clock_of_execute_api_is_strict_and_of_the_others_lenient() {
    let connection = vector("post to connection");
    let item = vector("put item");
    for now in ["10:34:59", "10:25:01"] {
        verify_at(&connection, SECRET, &format!("2026-11-21T{now}Z")).unwrap();
    }
    for now in ["10:44:59", "10:15:01"] {
        verify_at(&item, SECRET, &format!("2026-11-21T{now}Z")).unwrap();
    }
    let message = |vector: &Vector, now: &str| verify_at(vector, SECRET, now).unwrap_err().message;
    assert_eq!(
        message(&connection, "2026-11-21T10:35:01Z"),
        "Signature expired: 20261121T103000Z is now earlier than 20261121T103001Z (20261121T103501Z - 5 min.)"
    );
    assert_eq!(
        message(&item, "2026-11-21T10:14:59Z"),
        "Signature not yet current: 20261121T103000Z is still later than 20261121T102959Z (20261121T101459Z + 15 min.)"
    );
}

#[test]
fn a_presigned_url_ends_when_its_author_said() {
    let handshake = vector("presigned handshake");
    verify_at(&handshake, SECRET, "2026-11-21T10:31:00Z").unwrap();
    let error = verify_at(&handshake, SECRET, "2026-11-21T10:31:01Z").unwrap_err();
    assert!(error.message.starts_with("Signature expired:"), "{error}");
}

/// A URL as `aws4` signs it: only S3's say how long they hold.
fn without_expires(service: &str) -> Vector {
    let mut url = published("/prod", "room=7", &[("host", "localhost")]);
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("localhost"));
    let request = WireRequest {
        method: "GET",
        path: "/prod",
        query: "room=7",
        headers: &headers,
        body: b"",
    };
    let signer = Signer {
        access_key_id: KEY.to_owned(),
        secret_access_key: SECRET.to_owned(),
        region: "us-east-1".to_owned(),
        service: service.to_owned(),
    };
    let at = Timestamp::parse("2026-11-21T10:30:00Z").unwrap();
    url.query = presign(&request, &signer, at, None);
    url
}

#[test]
fn a_presigned_handshake_may_leave_out_how_long_it_holds() {
    let url = without_expires("execute-api");
    verify_at(&url, SECRET, "2026-11-21T10:34:59Z").unwrap();
    let error = verify_at(&url, SECRET, "2026-11-21T10:35:01Z").unwrap_err();
    assert!(error.message.ends_with("- 5 min.)"), "{error}");
    let refused = refused(&without_expires("lambda"));
    assert_eq!(refused.0, "IncompleteSignatureException");
}

#[test]
fn a_handshake_does_not_take_a_token_that_was_added_after_signing() {
    let mut url = without_expires("execute-api");
    url.query.push_str("&X-Amz-Security-Token=token");
    url.token = Some("token".to_owned());
    assert_eq!(refused(&url).0, "InvalidSignatureException");
}

#[test]
fn a_signature_for_another_service_is_refused_where_only_one_will_do() {
    let url = without_expires("s3");
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("localhost"));
    let request = WireRequest {
        method: "GET",
        path: "/prod",
        query: &url.query,
        headers: &headers,
        body: b"",
    };
    let clock = ManualClock::at(Timestamp::parse("2026-11-21T10:31:00Z").unwrap());
    let refused = Verifier::new(Arc::new(clock)).verify_for("execute-api", &request, |_| None);
    assert_eq!(
        refused.unwrap_err().message,
        "Credential should be scoped to correct service: 'execute-api'. "
    );
}

#[test]
fn a_presigned_parameter_twice_is_refused() {
    let mut handshake = vector("presigned handshake");
    handshake.query.push_str("&X-Amz-Signature=0");
    assert_eq!(refused(&handshake).0, "IncompleteSignatureException");
}

#[test]
fn a_session_token_that_is_missing_or_uninvited_is_refused() {
    let mut without = vector("delete connection with a session");
    without
        .headers
        .retain(|(name, _)| name != "x-amz-security-token");
    assert_eq!(refused(&without).0, "UnrecognizedClientException");

    let uninvited = Vector {
        token: None,
        ..vector("delete connection with a session")
    };
    assert_eq!(refused(&uninvited).0, "UnrecognizedClientException");
}

#[test]
fn a_header_that_was_added_on_the_way_is_refused() {
    let mut more = vector("put item");
    more.headers.push(("x-amz-meta-more".into(), "1".into()));
    assert_eq!(
        refused(&more).2,
        "'x-amz-meta-more' must be a 'SignedHeader' in the AWS Authorization."
    );
}

#[test]
fn other_authorization_schemes_are_incomplete() {
    let lacking = "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. \
         Authorization header requires 'SignedHeaders' parameter. Authorization=";
    for (header, told) in [
        ("Bearer", format!("{lacking}Bearer")),
        ("Basic eDp5=", format!("{lacking}Basic eDp5=")),
        (
            "Bearer eyJhbGciOi",
            "'eyJhbGciOi' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer eyJhbGciOi'."
                .to_owned(),
        ),
    ] {
        let mut other = vector("post to connection");
        for (name, value) in &mut other.headers {
            if name == "authorization" {
                *value = header.to_owned();
            }
        }
        assert_eq!(refused(&other).2, told);
    }
}

#[test]
fn a_path_that_climbs_is_refused() {
    for path in ["/prod/../other", "/prod/%2e%2E/other", "/./prod"] {
        let climbing = Vector {
            path: path.into(),
            ..vector("post to connection")
        };
        assert_eq!(refused(&climbing).0, "InvalidSignatureException");
    }
}

#[test]
fn the_scope_is_read_without_verifying() {
    for vector in vectors() {
        let mut headers = HeaderMap::new();
        if let Some((_, value)) = vector.headers.iter().find(|(n, _)| n == "authorization") {
            headers.insert("authorization", value.parse().unwrap());
        }
        let scope = parse_scope(&headers, &vector.query).unwrap();
        assert_eq!((&*scope.access_key_id, &*scope.region), (KEY, "us-east-1"));
    }
    assert_eq!(parse_scope(&HeaderMap::new(), "a=b"), None);
}

#[test]
fn what_we_sign_verifies() {
    let mut headers = HeaderMap::new();
    headers.insert("host", HeaderValue::from_static("127.0.0.1:4566"));
    let signer = Signer {
        access_key_id: KEY.into(),
        secret_access_key: SECRET.into(),
        region: "us-east-1".into(),
        service: "execute-api".into(),
    };
    let mut request = WireRequest {
        method: "POST",
        path: "/prod/@connections/Yq%3D",
        query: "b=2&a=1+1",
        headers: &headers,
        body: b"hello",
    };
    let now = Timestamp::parse("2026-11-21T10:31:00Z").unwrap();
    let mut all = sign(&request, &signer, now);
    all.extend(headers.clone());
    request.headers = &all;
    let find = |_: &str| Some(Credential::lasting(SECRET));
    let verifier = Verifier::new(Arc::new(ManualClock::at(now)));
    verifier.verify(&request, find, "execute-api").unwrap();
}
