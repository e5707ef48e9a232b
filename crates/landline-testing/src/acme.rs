//! An ACME authority in the test's process: what RFC 8555 has for one order, by `http-01` or by
//! `tls-alpn-01`, from the directory to the certificate. Signatures of requests are not checked; whether a
//! name leads to the node is.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use landline::config::{Acme, AcmeChallenge};
use parking_lot::Mutex;
use rcgen::{
    BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, PKCS_ECDSA_P256_SHA256,
    PublicKeyData, SignatureAlgorithm, date_time_ymd,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::tls::acme_certificate;

/// A running authority.
#[derive(Debug, Clone)]
pub struct FakeAuthority {
    shared: Arc<Shared>,
}

struct Shared {
    address: SocketAddr,
    issuer: Issuer<'static, KeyPair>,
    root: CertificateDer<'static>,
    root_pem: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    node: Option<SocketAddr>,
    accounts: usize,
    thumbprint: String,
    orders: Vec<Order>,
}

#[derive(Clone)]
struct Order {
    name: String,
    status: &'static str,
    certificate: String,
}

/// The token of every challenge.
const TOKEN: &str = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA";

impl FakeAuthority {
    /// Starts an authority whose certificates hold for the whole of the given years.
    ///
    /// # Panics
    ///
    /// When it cannot start.
    pub async fn start() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let root = params.self_signed(&key).expect("a certificate");
        let issuer = Issuer::new(params, key);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let own_key = KeyPair::generate().expect("a key");
        let own = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("a name");
        let own = own.signed_by(&own_key, &issuer).expect("a certificate");
        let acceptor = acceptor(own.der().clone(), &own_key);
        let shared = Arc::new(Shared {
            address: listener.local_addr().expect("an address"),
            root: root.der().clone(),
            root_pem: root.pem(),
            issuer,
            state: Mutex::default(),
        });
        let authority = Self { shared };
        tokio::spawn(authority.clone().serve(listener, acceptor));
        authority
    }

    /// How a node is told of the authority; its root goes into the folder.
    ///
    /// # Panics
    ///
    /// When the root cannot be written.
    pub fn settings(&self, folder: &Path) -> Acme {
        let path = folder.join("authority.pem");
        std::fs::write(&path, &self.shared.root_pem).expect("the root is written");
        Acme {
            directory: self.shared.url("directory"),
            contact: vec!["mailto:ops@example.com".to_owned()],
            certificate_authority: Some(path),
            challenge: AcmeChallenge::Http01,
        }
    }

    /// Where every name leads, as the authority's DNS has it; nowhere until it is said.
    pub fn names_lead_to(&self, node: SocketAddr) {
        self.shared.state.lock().node = Some(node);
    }

    /// The root that the authority's certificates chain to.
    pub fn root(&self) -> CertificateDer<'static> {
        self.shared.root.clone()
    }

    /// The names that were ordered, in their order, with what became of them.
    pub fn orders(&self) -> Vec<(String, &'static str)> {
        let state = self.shared.state.lock();
        let orders = state.orders.iter();
        orders.map(|it| (it.name.clone(), it.status)).collect()
    }

    /// How many accounts were made.
    pub fn accounts(&self) -> usize {
        self.shared.state.lock().accounts
    }

    async fn serve(self, listener: TcpListener, acceptor: TlsAcceptor) {
        while let Ok((socket, _)) = listener.accept().await {
            let (acceptor, shared) = (acceptor.clone(), self.shared.clone());
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(socket).await else {
                    return;
                };
                let service = service_fn(move |request| {
                    let shared = shared.clone();
                    async move { Ok::<_, Infallible>(shared.answer(request).await) }
                });
                let served = hyper::server::conn::http1::Builder::new();
                let _ = served.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    }
}

impl Shared {
    fn url(&self, path: &str) -> String {
        format!("https://{}/{path}", self.address)
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path().to_owned();
        let is_read = request.method() == Method::GET;
        let body = request.into_body().collect().await;
        let body = body
            .map(http_body_util::Collected::to_bytes)
            .unwrap_or_default();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let (status, location, body) = match (segments.as_slice(), is_read) {
            (["directory"], true) => (200, None, self.directory().to_string()),
            (["nonce"], false) => (200, None, String::new()),
            (["account"], false) => {
                self.create_account(&body);
                (
                    201,
                    Some("account/1".to_owned()),
                    json!({ "status": "valid" }).to_string(),
                )
            }
            (["order"], false) => {
                let id = self.create_order(&body);
                (201, Some(format!("order/{id}")), self.order(id).to_string())
            }
            ([kind, id], false) => self.resource(kind, id, &body).await,
            _ => (404, None, String::new()),
        };
        let mut response = Response::builder()
            .status(status)
            .header("replay-nonce", "nonce");
        if let Some(location) = location {
            response = response.header("location", self.url(&location));
        }
        response.body(Full::new(body.into())).expect("a response")
    }

    async fn resource(&self, kind: &str, id: &str, body: &[u8]) -> (u16, Option<String>, String) {
        let Some(id) = id
            .parse()
            .ok()
            .filter(|id| *id < self.state.lock().orders.len())
        else {
            return (404, None, String::new());
        };
        let answer = match kind {
            "authorization" => self.authorization(id).to_string(),
            "challenge" | "challenge-tls" => {
                let challenge = match kind {
                    "challenge" => AcmeChallenge::Http01,
                    _ => AcmeChallenge::TlsAlpn01,
                };
                self.validate(id, challenge).await;
                self.challenge(id, challenge).to_string()
            }
            "order" => self.order(id).to_string(),
            "finalize" => {
                self.finalize(id, body);
                self.order(id).to_string()
            }
            "certificate" => self.state.lock().orders[id].certificate.clone(),
            _ => return (404, None, String::new()),
        };
        (200, None, answer)
    }

    fn directory(&self) -> Value {
        json!({
            "newNonce": self.url("nonce"),
            "newAccount": self.url("account"),
            "newOrder": self.url("order"),
        })
    }

    /// The thumbprint of RFC 7638: the key's members in their order, hashed.
    fn create_account(&self, body: &[u8]) {
        let key = &part(body, "protected")["jwk"];
        let text = |name: &str| key[name].as_str().unwrap_or_default().to_owned();
        let canonical = format!(
            r#"{{"crv":"{}","kty":"{}","x":"{}","y":"{}"}}"#,
            text("crv"),
            text("kty"),
            text("x"),
            text("y")
        );
        let mut state = self.state.lock();
        state.thumbprint = URL_SAFE_NO_PAD.encode(Sha256::digest(canonical));
        state.accounts += 1;
    }

    fn create_order(&self, body: &[u8]) -> usize {
        let name = part(body, "payload")["identifiers"][0]["value"].clone();
        let mut state = self.state.lock();
        state.orders.push(Order {
            name: name.as_str().unwrap_or_default().to_owned(),
            status: "pending",
            certificate: String::new(),
        });
        state.orders.len() - 1
    }

    fn order(&self, id: usize) -> Value {
        let order = self.state.lock().orders[id].clone();
        json!({
            "status": order.status,
            "identifiers": [{ "type": "dns", "value": order.name }],
            "authorizations": [self.url(&format!("authorization/{id}"))],
            "finalize": self.url(&format!("finalize/{id}")),
            "certificate": self.url(&format!("certificate/{id}")),
        })
    }

    fn authorization(&self, id: usize) -> Value {
        let name = self.state.lock().orders[id].name.clone();
        json!({
            "status": "pending",
            "identifier": { "type": "dns", "value": name },
            "challenges": [
                self.challenge(id, AcmeChallenge::Http01),
                self.challenge(id, AcmeChallenge::TlsAlpn01),
            ],
        })
    }

    fn challenge(&self, id: usize, challenge: AcmeChallenge) -> Value {
        let (kind, path) = match challenge {
            AcmeChallenge::Http01 => ("http-01", "challenge"),
            AcmeChallenge::TlsAlpn01 => ("tls-alpn-01", "challenge-tls"),
        };
        let url = self.url(&format!("{path}/{id}"));
        json!({ "type": kind, "url": url, "token": TOKEN, "status": "processing" })
    }

    /// Asks the node for the key authorization, under the name.
    async fn validate(&self, id: usize, challenge: AcmeChallenge) {
        let (node, name, expected) = {
            let state = self.state.lock();
            let expected = format!("{TOKEN}.{}", state.thumbprint);
            (state.node, state.orders[id].name.clone(), expected)
        };
        let is_valid = match (node, challenge) {
            (None, _) => false,
            (Some(node), AcmeChallenge::Http01) => {
                let answered = ask(node, &name).await.unwrap_or_default();
                answered.starts_with("HTTP/1.1 200") && answered.ends_with(&expected)
            }
            (Some(node), AcmeChallenge::TlsAlpn01) => proves(node, &name, &expected).await,
        };
        self.state.lock().orders[id].status = if is_valid { "ready" } else { "invalid" };
    }

    fn finalize(&self, id: usize, body: &[u8]) {
        let request = part(body, "payload")["csr"].clone();
        let request = URL_SAFE_NO_PAD.decode(request.as_str().unwrap_or_default());
        let mut state = self.state.lock();
        let order = &mut state.orders[id];
        let Some(key) = request.ok().as_deref().and_then(RequestedKey::find) else {
            order.status = "invalid";
            return;
        };
        let mut params = CertificateParams::new(vec![order.name.clone()]).expect("a name");
        params.not_before = date_time_ymd(2026, 1, 1);
        params.not_after = date_time_ymd(2096, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        order.certificate = certificate.pem();
        order.status = "valid";
    }
}

/// Whether the node shows a certificate with the digest of the key authorization to whoever speaks
/// `acme-tls/1` (RFC 8737, section 3).
async fn proves(node: SocketAddr, name: &str, expected: &str) -> bool {
    let Ok(shown) = acme_certificate(node, name).await else {
        return false;
    };
    // The extension `acmeIdentifier`, critical, with the digest as an octet string in another.
    let mut extension = vec![
        0x06, 0x08, 0x2b, 6, 1, 5, 5, 7, 1, 0x1f, 1, 1, 0xff, 4, 0x22, 4, 0x20,
    ];
    extension.extend_from_slice(&Sha256::digest(expected));
    let holds = |part: &[u8]| shown.windows(part.len()).any(|it| it == part);
    holds(&extension) && holds(name.as_bytes())
}

async fn ask(node: SocketAddr, name: &str) -> io::Result<String> {
    let mut socket = TcpStream::connect(node).await?;
    let request = format!(
        "GET /.well-known/acme-challenge/{TOKEN} HTTP/1.1\r\nhost: {name}\r\nconnection: close\r\n\r\n"
    );
    socket.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// A part of a signed request, decoded.
fn part(body: &[u8], name: &str) -> Value {
    let signed: Value = serde_json::from_slice(body).unwrap_or_default();
    let part = URL_SAFE_NO_PAD.decode(signed[name].as_str().unwrap_or_default());
    serde_json::from_slice(&part.unwrap_or_default()).unwrap_or_default()
}

/// The public key of a signing request.
struct RequestedKey(Vec<u8>);

impl RequestedKey {
    /// A point of P-256 in a bit string: the only thing in a request that begins so.
    fn find(request: &[u8]) -> Option<Self> {
        const BEGINNING: [u8; 4] = [0x03, 0x42, 0x00, 0x04];
        let at = request.windows(4).position(|it| it == BEGINNING)? + 3;
        request.get(at..at + 65).map(|point| Self(point.to_vec()))
    }
}

impl PublicKeyData for RequestedKey {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

fn acceptor(certificate: CertificateDer<'static>, key: &KeyPair) -> TlsAcceptor {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("a certificate");
    TlsAcceptor::from(Arc::new(config))
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
