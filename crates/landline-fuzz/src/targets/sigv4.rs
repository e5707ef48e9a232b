//! Signatures: whatever is claimed, nobody gets in without the secret.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue};
use landline_wire::sigv4::{Credential, Signer, Verifier, WireRequest, parse_scope, sign};
use landline_wire::{ManualClock, Timestamp};

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "sigv4",
    run,
    seeds: &[
        b"POST\n/prod/@connections/abc%3D\n\nhost: localhost\n\nhello",
        b"GET\n/v2/apis\nmaxResults=10&nextToken=a%2Fb\nhost: localhost\nx-amz-meta: a  b\n\n",
        b"GET\n/\nX-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20270203%2Fus-east-1\
          %2Fexecute-api%2Faws4_request&X-Amz-Date=20270203T091542Z&X-Amz-Expires=60\
          &X-Amz-SignedHeaders=host&X-Amz-Signature=00\nhost: localhost\n\n",
        b"POST\n/\n\nhost: localhost\nx-amz-date: 20270203T091542Z\nauthorization: \
          AWS4-HMAC-SHA256 Credential=AKIA/20270203/us-east-1/dynamodb/aws4_request, \
          SignedHeaders=host;x-amz-date, Signature=00\n\n{}",
    ],
    words: &[
        "\n",
        ": ",
        "host",
        "x-amz-date",
        "x-amz-security-token",
        "authorization: ",
        "%",
        "%2F",
        "%zz",
        "&",
        "=",
        "/",
        "//",
        "/../",
        "AWS4-HMAC-SHA256",
        "Credential=",
        "SignedHeaders=",
        "Signature=",
        ",",
        ";",
        "aws4_request",
        "X-Amz-Expires=",
        "X-Amz-Signature=",
        "20270203T091542Z",
        "UNSIGNED-PAYLOAD",
        "+",
        " ",
        "\u{e9}",
        "-1",
        "99999999999999999999",
    ],
};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// 2027-02-03T09:15:42Z
const NOW: Timestamp = Timestamp::from_millis(1_801_646_142_000);

/// A method, a path, a query, headers, and after an empty line the body.
fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut lines = head.split('\n');
    let mut line = || lines.next().unwrap_or_default();
    let (method, path, query) = (line(), line(), line());
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        let name = HeaderName::try_from(name);
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            headers.append(name, value);
        }
    }
    let request = WireRequest {
        method,
        path,
        query,
        headers: &headers,
        body: body.as_bytes(),
    };
    let _scope = parse_scope(&headers, query);
    assert!(!passes(&request), "in without a signature");
    check_signed(&request);
}

/// A signature lets nobody in with another body or another secret.
fn check_signed(request: &WireRequest<'_>) {
    let signer = Signer {
        access_key_id: "AKIA".to_owned(),
        secret_access_key: SECRET.to_owned(),
        region: "us-east-1".to_owned(),
        service: "execute-api".to_owned(),
    };
    let mut headers = request.headers.clone();
    headers.extend(sign(request, &signer, NOW));
    let longer = [request.body, b"x"].concat();
    let changed = WireRequest {
        headers: &headers,
        body: &longer,
        ..*request
    };
    assert!(!passes(&changed), "in with another body");
    let stranger = Signer {
        secret_access_key: "another".to_owned(),
        ..signer
    };
    let mut headers = request.headers.clone();
    headers.extend(sign(request, &stranger, NOW));
    let forged = WireRequest {
        headers: &headers,
        ..*request
    };
    assert!(!passes(&forged), "in with another secret");
}

fn passes(request: &WireRequest<'_>) -> bool {
    let verifier = Verifier::new(Arc::new(ManualClock::at(NOW)));
    let find = |id: &str| (id == "AKIA").then(|| Credential::lasting(SECRET));
    verifier.verify(request, find, "execute-api").is_ok()
}
