//! The door with stand-ins behind it, over real sockets.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use http_body_util::BodyExt as _;
use hyper_util::rt::TokioIo;
use landline_gateway::HeaderNames;
use landline_s3::RequestBody;
use landline_wire::SystemClock;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::answer::{empty, text};
use super::route::{Mapped, Stages};
use super::{
    Arrival, ClientVerified, FrontDoor, Handshake, HttpRequest, ManagementCall, Response, Services,
    Transport, Tunnels, serve,
};
use crate::tls;

/// Answers with what it was asked.
struct Mirror;

impl Stages for Mirror {
    fn has(&self, api_id: &str, stage: &str) -> bool {
        (api_id, stage) == ("chatapi", "prod")
    }

    fn only_api_with(&self, stage: &str) -> Option<String> {
        (stage == "prod").then(|| "chatapi".to_owned())
    }

    fn has_bucket(&self, name: &str) -> bool {
        name == "a-bucket"
    }

    fn http(&self, api_id: &str, first: Option<&str>) -> Option<String> {
        (api_id == "webapi").then(|| first.unwrap_or("$default").to_owned())
    }

    fn mapped(&self, _: &str, _: &[&str]) -> Mapped {
        Mapped::NoDomain
    }
}

impl Services for Mirror {
    fn stages(&self) -> &(dyn Stages + Sync) {
        self
    }

    fn acme_answer(&self, _: &str) -> Option<String> {
        None
    }

    fn admits(&self, _: &str, _: Option<&ClientVerified>) -> bool {
        true
    }

    async fn handshake(&self, mut handshake: Handshake) -> Response {
        if handshake.stage != "prod" {
            return empty(StatusCode::FORBIDDEN);
        }
        let upgrading = hyper::upgrade::on(&mut handshake.request);
        tokio::spawn(async move {
            let mut socket = TokioIo::new(upgrading.await.unwrap());
            let mut word = [0; 4];
            socket.read_exact(&mut word).await.unwrap();
            socket.write_all(&word).await.unwrap();
        });
        let mut response = empty(StatusCode::SWITCHING_PROTOCOLS);
        let headers = response.headers_mut();
        headers.insert("connection", HeaderValue::from_static("upgrade"));
        headers.insert("upgrade", HeaderValue::from_static("websocket"));
        if let Some(HeaderNames(names)) = handshake.request.extensions().get() {
            headers.insert("x-names", names.join(",").parse().unwrap());
        }
        response
    }

    async fn http(&self, request: HttpRequest) -> Response {
        let length = request.request.body().len();
        text(
            StatusCode::OK,
            format!("{} bytes={length}", request.address.path),
        )
    }

    async fn management(&self, call: ManagementCall) -> Response {
        text(StatusCode::OK, call.connection_id)
    }

    async fn aws_api(&self, request: http::Request<Bytes>, arrival: Arrival) -> Response {
        let secure = arrival.transport == Transport::Tls;
        let host = super::answer::host(&request).to_owned();
        let length = request.body().len();
        text(
            StatusCode::OK,
            format!("{host} tls={secure} bytes={length}"),
        )
    }

    async fn s3(&self, request: http::Request<RequestBody>, _: Arrival) -> Response {
        let body = request.into_body().collect().await;
        let length = body.map_or(0, |body| body.to_bytes().len());
        text(StatusCode::OK, format!("s3 bytes={length}"))
    }

    async fn function_url(
        &self,
        id: &str,
        path: &str,
        _: http::Request<Bytes>,
        _: Arrival,
    ) -> Response {
        text(StatusCode::OK, format!("{id} {path}"))
    }

    fn user_pool(&self, pool: &str, document: &str) -> Response {
        text(StatusCode::OK, format!("{pool} {document}"))
    }

    async fn internal(&self, endpoint: &str, _: http::Request<Bytes>, _: Arrival) -> Response {
        text(StatusCode::OK, endpoint)
    }
}

struct Running {
    address: SocketAddr,
    files: tls::Files,
    closing: CancellationToken,
    tasks: TaskTracker,
    _folder: tempfile::TempDir,
}

async fn start(tunnels: Tunnels, connections_max: usize) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let files = tls::Files::in_data_dir(folder.path());
    let certificates = tls::open(&files, None, Arc::new(SystemClock)).unwrap();
    let config = tls::Server::new(certificates, Arc::default()).unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (closing, tasks) = (CancellationToken::new(), TaskTracker::new());
    let door = FrontDoor {
        services: Arc::new(Mirror),
        tls: config,
        tunnels,
        closing: closing.clone(),
        tasks: tasks.clone(),
    };
    tasks.spawn(serve(listener, Arc::new(door), connections_max));
    Running {
        address,
        files,
        closing,
        tasks,
        _folder: folder,
    }
}

impl Running {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn secure<T: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: T,
        name: &'static str,
    ) -> tokio_rustls::client::TlsStream<T> {
        let mut roots = RootCertStore::empty();
        let authority = CertificateDer::from_pem_file(self.files.authority()).unwrap();
        roots.add(authority).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let client = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(name).unwrap();
        TlsConnector::from(Arc::new(client))
            .connect(name, stream)
            .await
            .unwrap()
    }
}

/// Sends a request and reads until `end` has come.
async fn exchange<T: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut T,
    request: &str,
    end: &str,
) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !String::from_utf8_lossy(&answer).contains(end) {
        if stream.read_buf(&mut answer).await.unwrap() == 0 {
            break;
        }
    }
    String::from_utf8(answer).unwrap()
}

const GET: &str = "GET /v2/apis HTTP/1.1\r\nhost: apigateway.us-east-1.amazonaws.com\r\n\r\n";

#[tokio::test]
async fn plain_and_tls_are_answered_on_one_port() {
    let door = start(Tunnels::Off, 10).await;
    let mut plain = door.connect().await;
    let answer = exchange(&mut plain, GET, "bytes=0").await;
    assert!(
        answer.contains("apigateway.us-east-1.amazonaws.com tls=false"),
        "{answer}"
    );

    let mut secure = door
        .secure(door.connect().await, "apigateway.us-east-1.amazonaws.com")
        .await;
    let answer = exchange(&mut secure, GET, "bytes=0").await;
    assert!(
        answer.contains("apigateway.us-east-1.amazonaws.com tls=true"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_session_gets_the_bytes_that_came_with_the_handshake() {
    let door = start(Tunnels::Off, 10).await;
    let mut client = door.connect().await;
    let handshake = "GET /chatapi/prod HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\necho";
    let answer = exchange(&mut client, handshake, "echo").await;
    assert!(
        answer.starts_with("HTTP/1.1 101 Switching Protocols\r\n"),
        "{answer}"
    );
    assert!(answer.ends_with("\r\n\r\necho"), "{answer}");
}

#[tokio::test]
async fn a_handshake_keeps_the_clients_spelling_of_its_headers() {
    let door = start(Tunnels::Off, 10).await;
    let handshake = "GET /chatapi/prod HTTP/1.1\r\nHOST: localhost\r\nConnection: Upgrade\r\nupgrade: websocket\r\nx-User: me\r\n\r\n";
    for secure in [false, true] {
        let client = door.connect().await;
        let answer = if secure {
            let mut client = door.secure(client, "localhost").await;
            exchange(&mut client, handshake, "\r\n\r\n").await
        } else {
            let mut client = client;
            exchange(&mut client, handshake, "\r\n\r\n").await
        };
        assert!(
            answer.contains("x-names: HOST,Connection,upgrade,x-User\r\n"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_stage_without_an_upgrade_answers_426_without_a_body() {
    let door = start(Tunnels::Off, 10).await;
    let request = "GET /chatapi/prod HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let answer = exchange(&mut door.connect().await, request, "never").await;
    assert!(
        answer.starts_with("HTTP/1.1 426 Upgrade Required\r\n"),
        "{answer}"
    );
    assert!(answer.contains("\r\nupgrade: websocket\r\n"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn a_tunnel_to_aws_ends_here() {
    let door = start(Tunnels::Off, 10).await;
    let mut client = door.connect().await;
    let connect = "CONNECT sts.us-east-1.amazonaws.com:443 HTTP/1.1\r\nhost: sts.us-east-1.amazonaws.com:443\r\n\r\n";
    let opened = exchange(&mut client, connect, "\r\n\r\n").await;
    assert!(opened.starts_with("HTTP/1.1 200 OK\r\n"), "{opened}");
    let mut secure = door.secure(client, "sts.us-east-1.amazonaws.com").await;
    let answer = exchange(&mut secure, GET, "bytes=0").await;
    assert!(answer.contains("tls=true"), "{answer}");
}

#[tokio::test]
async fn a_tunnel_to_elsewhere_is_passed_on_or_refused() {
    let elsewhere = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = elsewhere.local_addr().unwrap().port();
    let connect = format!("CONNECT 127.0.0.1:{port} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n");

    let open = start(Tunnels::Loopback, 10).await;
    let mut client = open.connect().await;
    let opened = exchange(&mut client, &connect, "\r\n\r\n").await;
    assert!(opened.starts_with("HTTP/1.1 200 OK\r\n"), "{opened}");
    let (mut far, _) = elsewhere.accept().await.unwrap();
    client.write_all(b"hello").await.unwrap();
    let mut word = [0; 5];
    far.read_exact(&mut word).await.unwrap();
    assert_eq!(&word, b"hello");

    let closed = start(Tunnels::Off, 10).await;
    let refused = exchange(&mut closed.connect().await, &connect, "\r\n\r\n").await;
    assert!(
        refused.starts_with("HTTP/1.1 403 Forbidden\r\n"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_client_that_expects_100_is_told_to_continue() {
    let door = start(Tunnels::Off, 10).await;
    let mut client = door.connect().await;
    let head =
        "PUT /bucket/key HTTP/1.1\r\nhost: s3\r\ncontent-length: 3\r\nexpect: 100-continue\r\n\r\n";
    let go_on = exchange(&mut client, head, "\r\n\r\n").await;
    assert_eq!(go_on, "HTTP/1.1 100 Continue\r\n\r\n");
    let answer = exchange(&mut client, "zip", "bytes=").await;
    assert!(answer.contains("bytes=3"), "{answer}");
}

#[tokio::test]
async fn a_target_that_is_too_long_is_refused() {
    let door = start(Tunnels::Off, 10).await;
    let long = format!("GET /{} HTTP/1.1\r\nhost: s3\r\n\r\n", "a".repeat(8200));
    let answer = exchange(&mut door.connect().await, &long, "\r\n\r\n").await;
    assert!(
        answer.starts_with("HTTP/1.1 414 URI Too Long\r\n"),
        "{answer}"
    );
}

#[tokio::test]
async fn too_many_header_fields_are_refused_and_the_door_stays_open() {
    let door = start(Tunnels::Off, 10).await;
    let fields = "a: b\r\n".repeat(101);
    let many = format!("GET / HTTP/1.1\r\nhost: s3\r\n{fields}\r\n");
    let answer = exchange(&mut door.connect().await, &many, "\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    let answer = exchange(&mut door.connect().await, GET, "bytes=0").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test]
async fn a_client_that_sends_too_much_still_reads_the_refusal() {
    let door = start(Tunnels::Off, 10).await;
    let mut client = door.connect().await;
    let huge = format!(
        "GET / HTTP/1.1\r\nhost: s3\r\nx: {}\r\n\r\n",
        "y".repeat(400_000)
    );
    let answer = exchange(&mut client, &huge, "\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    assert_eq!(client.read(&mut [0; 1]).await.unwrap(), 0);
}

#[test]
fn a_body_that_trickles_is_too_slow_and_a_large_one_is_not() {
    let after = |seconds| Duration::from_secs(seconds);
    assert!(!super::limits::is_too_slow(after(20), 1));
    assert!(super::limits::is_too_slow(after(22), 1024));
    assert!(!super::limits::is_too_slow(after(22), 2048));
    assert!(!super::limits::is_too_slow(after(600), 64 * 1024 * 1024));
}

#[tokio::test]
async fn beyond_the_limit_a_client_waits_for_a_place() {
    let door = start(Tunnels::Off, 1).await;
    let mut first = door.connect().await;
    exchange(&mut first, GET, "bytes=0").await;
    let mut second = door.connect().await;
    second.write_all(GET.as_bytes()).await.unwrap();
    drop(first);
    let answer = exchange(&mut second, "", "bytes=0").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[tokio::test]
async fn a_door_that_closes_lets_nobody_wait() {
    let door = start(Tunnels::Off, 10).await;
    let mut idle = door.connect().await;
    exchange(&mut idle, GET, "bytes=0").await;
    let _silent = door.connect().await;
    door.closing.cancel();
    door.tasks.close();
    tokio::time::timeout(Duration::from_secs(5), door.tasks.wait())
        .await
        .unwrap();
}
