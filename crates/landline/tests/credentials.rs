//! A node with credentials: what is signed with them passes, everything else is
//! refused in the words of the service.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper_util::rt::TokioIo;
use landline::config::{Config, Layer};
use landline::env::Environment;
use landline::node::{Node, Replacements};
use landline_wire::sigv4::{Signer, WireRequest, sign};
use landline_wire::{ManualClock, Timestamp};
use tokio::net::{TcpListener, TcpStream};

const NOW: &str = "2027-02-03T09:15:42Z";

struct Guarded {
    address: SocketAddr,
    _node: Node,
    _folder: tempfile::TempDir,
}

/// One request for an AWS API.
struct Call {
    service: &'static str,
    method: Method,
    path: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
}

const LIST_TABLES: Call = Call {
    service: "dynamodb",
    method: Method::POST,
    path: "/",
    headers: &[("x-amz-target", "DynamoDB_20120810.ListTables")],
    body: "{}",
};
const GET_APIS: Call = Call {
    service: "apigateway",
    method: Method::GET,
    path: "/v2/apis",
    headers: &[],
    body: "",
};
const WHO_AM_I: Call = Call {
    service: "sts",
    method: Method::POST,
    path: "/",
    headers: &[("content-type", "application/x-www-form-urlencoded")],
    body: "Action=GetCallerIdentity&Version=2011-06-15",
};
const STACKS: Call = Call {
    service: "landline",
    method: Method::POST,
    path: "/_landline/stacks",
    headers: &[],
    body: "{}",
};

impl Guarded {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let flags = Layer {
            listen: Some("127.0.0.1:0".to_owned()),
            access_key_id: Some("AKIDOWNER".to_owned()),
            secret_access_key: Some("a secret".to_owned()),
            durability: Some("off".to_owned()),
            ..Layer::default()
        };
        let config = Config::load(flags, &Environment::default(), None, folder.path()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let replacements = Replacements {
            clock: Some(Arc::new(ManualClock::at(Timestamp::parse(NOW).unwrap()))),
            ..Replacements::default()
        };
        let starting = Node::start_with(&config, listener, replacements);
        let node = Box::pin(starting).await.unwrap();
        Self {
            address: node.address,
            _node: node,
            _folder: folder,
        }
    }

    async fn send(&self, call: &Call, signature: HeaderMap) -> Response<Bytes> {
        let socket = TcpStream::connect(self.address).await.unwrap();
        let handshake = hyper::client::conn::http1::handshake(TokioIo::new(socket)).await;
        let (mut sender, connection) = handshake.unwrap();
        tokio::spawn(connection);
        let mut request = Request::builder()
            .method(call.method.clone())
            .uri(call.path);
        for (name, value) in call.headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Full::new(Bytes::from(call.body))).unwrap();
        request.headers_mut().extend(signature);
        let host = self.address.to_string().parse().unwrap();
        request.headers_mut().insert("host", host);
        let (parts, body) = sender.send_request(request).await.unwrap().into_parts();
        Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
    }

    fn signature(&self, call: &Call, key: &str, secret: &str, at: &str) -> HeaderMap {
        let signer = Signer {
            access_key_id: key.to_owned(),
            secret_access_key: secret.to_owned(),
            region: "us-east-1".to_owned(),
            service: call.service.to_owned(),
        };
        let mut headers = HeaderMap::new();
        headers.insert("host", self.address.to_string().parse().unwrap());
        for (name, value) in call.headers {
            headers.insert(*name, value.parse().unwrap());
        }
        let request = WireRequest {
            method: call.method.as_str(),
            path: call.path,
            query: "",
            headers: &headers,
            body: call.body.as_bytes(),
        };
        sign(&request, &signer, Timestamp::parse(at).unwrap())
    }
}

#[tokio::test]
async fn what_the_owner_signs_passes_in_every_protocol() {
    let node = Guarded::start().await;
    for call in [LIST_TABLES, GET_APIS, WHO_AM_I] {
        let signature = node.signature(&call, "AKIDOWNER", "a secret", NOW);
        let answer = node.send(&call, signature).await;
        assert_eq!(
            answer.status(),
            StatusCode::OK,
            "{} {:?}",
            call.service,
            answer.body()
        );
    }
}

#[tokio::test]
async fn a_wrong_secret_is_refused_in_the_words_of_each_service() {
    let node = Guarded::start().await;
    for (call, status, code) in [
        (LIST_TABLES, 400, "InvalidSignatureException"),
        (GET_APIS, 403, "InvalidSignatureException"),
        (WHO_AM_I, 403, "SignatureDoesNotMatch"),
        (STACKS, 403, "InvalidSignatureException"),
    ] {
        let signature = node.signature(&call, "AKIDOWNER", "a guess", NOW);
        assert_refused(&node.send(&call, signature).await, status, code);
    }
}

#[tokio::test]
async fn a_stranger_and_a_latecomer_are_refused() {
    let node = Guarded::start().await;
    let stranger = node.signature(&GET_APIS, "AKIDSTRANGER", "a secret", NOW);
    assert_refused(
        &node.send(&GET_APIS, stranger).await,
        403,
        "UnrecognizedClientException",
    );
    let late = node.signature(&GET_APIS, "AKIDOWNER", "a secret", "2027-02-03T09:00:00Z");
    assert_refused(
        &node.send(&GET_APIS, late).await,
        403,
        "InvalidSignatureException",
    );
    let unsigned = node.send(&STACKS, HeaderMap::new()).await;
    assert_refused(&unsigned, 403, "MissingAuthenticationTokenException");
}

#[tokio::test]
async fn the_environment_tells_no_secret() {
    let node = Guarded::start().await;
    let call = Call {
        method: Method::GET,
        path: "/_landline/environment",
        body: "",
        ..STACKS
    };
    let told = node.send(&call, HeaderMap::new()).await;
    let told = String::from_utf8(told.into_body().to_vec()).unwrap();
    assert!(
        told.contains("AWS_ENDPOINT_URL") && !told.contains("a secret"),
        "{told}"
    );
}

/// Each protocol has its place for the code; all of them name it.
fn assert_refused(answer: &Response<Bytes>, status: u16, code: &str) {
    let body = String::from_utf8_lossy(answer.body());
    let header = answer.headers().get("x-amzn-errortype");
    let header = header
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    assert_eq!(answer.status().as_u16(), status, "{body}");
    assert!(body.contains(code) || header == code, "{header} {body}");
}
