//! URLs that botocore 1.43 presigned at 2026-11-21T10:30:00Z for ten minutes.

use http::HeaderMap;

use super::super::{Credential, WireRequest};
use super::{is_presigned, verify_presigned};
use crate::{ServiceError, Timestamp};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const GET: &str = "/a-bucket/a%20key/b%2Bc?response-content-type=text%2Fplain&versionId=v1&AWSAccessKeyId=AKIDEXAMPLE&Signature=mmg5TL5d7BHYsZAF1tub31H%2BY6o%3D&Expires=1795257600";
const PUT: &str = "/a-bucket/key?AWSAccessKeyId=AKIDEXAMPLE&Signature=xZbWtEfEh4cY285b2%2Bd7%2FxcuBy0%3D&content-type=text%2Fplain&x-amz-meta-colour=red&Expires=1795257600";
const WITH_TOKEN: &str = "/a-bucket/key?AWSAccessKeyId=AKIDEXAMPLE&Signature=QOWXJxvdVvV5PgXob6r6JNS2j20%3D&x-amz-security-token=the%2Ftoken%2B&Expires=1795257600";

fn verify(
    method: &str,
    url: &str,
    token: Option<&str>,
    millis: i64,
) -> Result<String, ServiceError> {
    let (path, query) = url.split_once('?').unwrap();
    let headers = HeaderMap::new();
    let request = WireRequest {
        method,
        path,
        query,
        headers: &headers,
        body: b"",
    };
    let credential = Credential {
        session_token: token.map(str::to_owned),
        ..Credential::lasting(SECRET)
    };
    let find = |id: &str| (id == "AKIDEXAMPLE").then(|| credential.clone());
    verify_presigned(&request, path, Timestamp::from_millis(millis), find)
}

const NOW: i64 = 1_795_257_100_000;

#[test]
fn what_botocore_presigned_verifies() {
    assert_eq!(verify("GET", GET, None, NOW).unwrap(), "AKIDEXAMPLE");
    assert_eq!(verify("PUT", PUT, None, NOW).unwrap(), "AKIDEXAMPLE");
    let token = Some("the/token+");
    assert_eq!(
        verify("GET", WITH_TOKEN, token, NOW).unwrap(),
        "AKIDEXAMPLE"
    );
    assert!(is_presigned(GET.split_once('?').unwrap().1));
    assert!(!is_presigned("Signature=x&Expires=1"));
}

#[test]
fn what_was_changed_or_is_too_old_is_refused() {
    let code = |method, url: &str, token, millis| {
        let refused = verify(method, url, token, millis);
        refused.unwrap_err().code.into_owned()
    };
    let late = 1_795_257_601_000;
    assert_eq!(code("GET", GET, None, late), "AccessDenied");
    assert_eq!(code("PUT", GET, None, NOW), "SignatureDoesNotMatch");
    for (from, to) in [("a-bucket", "b-bucket"), ("v1", "v2"), ("257600", "257601")] {
        let changed = GET.replace(from, to);
        assert_eq!(code("GET", &changed, None, NOW), "SignatureDoesNotMatch");
    }
    let changed = PUT.replace("red", "blue");
    assert_eq!(code("PUT", &changed, None, NOW), "SignatureDoesNotMatch");
    assert_eq!(code("GET", WITH_TOKEN, None, NOW), "InvalidAccessKeyId");
    let unknown = GET.replace("AKIDEXAMPLE", "AKIDUNKNOWN");
    assert_eq!(code("GET", &unknown, None, NOW), "InvalidAccessKeyId");
}
