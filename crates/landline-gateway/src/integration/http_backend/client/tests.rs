//! A web server that wants to know who calls.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use rcgen::{CertificateParams, KeyPair};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::HttpClient;
use crate::deployment::snapshot::ClientIdentity;
use crate::integration::HttpBackend as _;

fn identity(id: &str) -> (ClientIdentity, CertificateDer<'static>) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::default().self_signed(&key).unwrap();
    let identity = ClientIdentity {
        id: id.to_owned(),
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    };
    (identity, certificate.der().clone())
}

/// Serves whoever shows this certificate, and answers with how many certificates it was shown.
async fn server(client: CertificateDer<'static>) -> (SocketAddr, RootCertStore) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let own = params.self_signed(&key).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut clients = RootCertStore::empty();
    clients.add(client).unwrap();
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::new(clients), Arc::clone(&provider));
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier.build().unwrap())
        .with_single_cert(
            vec![own.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let shown = stream.get_ref().1.peer_certificates().map_or(0, <[_]>::len);
            let mut request = [0; 4096];
            let _read = stream.read(&mut request).await;
            let answer =
                format!("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n{shown}");
            let _written = stream.write_all(answer.as_bytes()).await;
            let _closed = stream.shutdown().await;
        }
    });
    let mut roots = RootCertStore::empty();
    roots.add(own.der().clone()).unwrap();
    (address, roots)
}

#[tokio::test]
async fn a_server_that_asks_is_shown_the_certificate_of_the_stage() {
    let (known, certificate) = identity("known1");
    let (stranger, _) = identity("other1");
    let (address, roots) = server(certificate).await;
    let client = HttpClient::trusting(roots);
    let call = |identity: Option<ClientIdentity>| {
        let url = format!("https://localhost:{}/", address.port());
        let mut request = Request::post(url).body(Bytes::new()).unwrap();
        if let Some(identity) = identity {
            request.extensions_mut().insert(Arc::new(identity));
        }
        client.send(request)
    };
    let answer = call(Some(known.clone())).await.unwrap();
    assert_eq!(answer.body(), "1");
    // Each has connections of its own: nobody goes on under another's name.
    assert!(call(Some(stranger)).await.is_err());
    assert!(call(None).await.is_err());
    assert_eq!(call(Some(known)).await.unwrap().body(), "1");
}

#[tokio::test]
async fn the_key_is_not_shown_in_logs() {
    let (known, _) = identity("known1");
    assert_eq!(format!("{known:?}"), "ClientIdentity(known1)");
}
