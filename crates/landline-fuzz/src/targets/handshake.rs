//! Handshakes: the head of a request, its place behind the port, and its key.

use http::{HeaderName, HeaderValue, Request};
use landline::front_door::route::{Destination, Head, Mapped, Stages, Upgrade, route};
use landline_gateway::fuzzing::handshake_key;
use landline_wire::sigv4::parse_scope;

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "handshake",
    run,
    seeds: &[
        b"GET /k3v9q0z1ab/prod HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n\
          Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        b"GET /prod?a=b&c=%20 HTTP/1.1\r\n\
          Host: k3v9q0z1ab.execute-api.eu-central-1.amazonaws.com:443\r\n\
          Connection: keep-alive, upgrade\r\nUpgrade: h2c, WebSocket\r\n\
          Sec-WebSocket-Protocol: a, b\r\nSec-WebSocket-Version: 13\r\n\
          Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        b"POST /prod/@connections/abc%3D HTTP/1.1\r\nHost: 127.0.0.1:4566\r\n\r\n",
        b"POST /k3v9q0z1ab/prod/%40connections/abc= HTTP/1.1\r\nHost: [::1]:4566\r\n\r\n",
        b"PUT /bucket/a/key HTTP/1.1\r\nHost: bucket.s3.amazonaws.com\r\n\
          Authorization: AWS4-HMAC-SHA256 Credential=AKIA/20270101/us-east-1/s3/aws4_request, \
          SignedHeaders=host, Signature=00\r\n\r\n",
        b"GET /_landline/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
    words: &[
        "\r\n",
        ": ",
        "/",
        "%",
        "%2F",
        "%00",
        "..",
        "@connections",
        "/prod",
        "Upgrade",
        ",",
        "websocket",
        "Sec-WebSocket-Key: ",
        "Host: ",
        "=",
        "?",
        "*",
        "http://x/",
        "[",
        "]",
        ":",
        ".execute-api.",
        ".amazonaws.com",
        "_landline/",
        "X-Amz-Credential=",
        "\u{e9}",
    ],
};

fn run(input: &[u8]) {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut head = httparse::Request::new(&mut headers);
    let Ok(httparse::Status::Complete(_)) = head.parse(input) else {
        return;
    };
    let Some(request) = request(&head) else {
        return;
    };
    let key = handshake_key(&request);
    assert!(key.is_none_or(|key| key.len() == 24), "a key has 16 bytes");
    let scope = parse_scope(request.headers(), request.uri().query().unwrap_or_default());
    let host = request.headers().get("host");
    for upgrade in [Upgrade::WebSocket, Upgrade::None] {
        let head = Head {
            method: request.method().as_str(),
            host: host.and_then(|host| host.to_str().ok()).unwrap_or_default(),
            path: request.uri().path(),
            upgrade,
            signing_name: scope.as_ref().map(|scope| scope.service.as_ref()),
        };
        if let Destination::WebSocket { api_id, stage, .. } = route(&head, &OneStage) {
            assert!(
                upgrade == Upgrade::WebSocket,
                "nobody asked for a WebSocket"
            );
            assert!(!api_id.is_empty() && !stage.is_empty());
        }
    }
}

fn request(head: &httparse::Request<'_, '_>) -> Option<Request<()>> {
    let mut request = Request::new(());
    *request.method_mut() = head.method?.parse().ok()?;
    *request.uri_mut() = head.path?.parse().ok()?;
    for header in head.headers.iter() {
        let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
        let value = HeaderValue::from_bytes(header.value).ok()?;
        request.headers_mut().append(name, value);
    }
    Some(request)
}

struct OneStage;

impl Stages for OneStage {
    fn has_bucket(&self, _bucket: &str) -> bool {
        false
    }

    fn has(&self, api_id: &str, stage: &str) -> bool {
        api_id == "k3v9q0z1ab" && stage == "prod"
    }

    fn only_api_with(&self, stage: &str) -> Option<String> {
        (stage == "prod").then(|| "k3v9q0z1ab".to_owned())
    }

    fn http(&self, api_id: &str, first: Option<&str>) -> Option<String> {
        let is_named = api_id == "h77p4p1abc" && first == Some("prod");
        is_named.then(|| "prod".to_owned())
    }

    fn mapped(&self, host: &str, path: &[&str]) -> Mapped {
        match (host, path) {
            ("ws.example.com", ["chat", ..]) => Mapped::Stage {
                api_id: "k3v9q0z1ab".to_owned(),
                stage: "prod".to_owned(),
                depth: 1,
            },
            ("ws.example.com", _) => Mapped::Nothing,
            _ => Mapped::NoDomain,
        }
    }
}
