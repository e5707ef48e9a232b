//! A small HTTP client for a running Landline: plain HTTP, one request a connection.

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http::{Method, Request, Response, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Sends a request and waits for the head of the answer.
pub(super) async fn send(
    endpoint: &str,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Bytes,
) -> anyhow::Result<Response<Incoming>> {
    let uri: Uri = endpoint
        .parse()
        .with_context(|| format!("{endpoint} is not a URL"))?;
    if uri.scheme_str() != Some("http") {
        bail!("{endpoint} does not begin with http://");
    }
    let authority = uri.authority().context("the endpoint has no host")?;
    let address = match authority.port() {
        Some(_) => authority.to_string(),
        None => format!("{authority}:80"),
    };
    let socket = TcpStream::connect(&address).await.with_context(|| {
        format!(
            "no Landline answers at {endpoint}; start one with `landline dev` or `landline serve`"
        )
    })?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(socket)).await?;
    // Ends with the connection, which ends with the answer.
    tokio::spawn(connection);
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", authority.as_str());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Ok(sender.send_request(request.body(Full::new(body))?).await?)
}

/// The whole body of an answer that must be a success.
pub(super) async fn body(response: Response<Incoming>) -> anyhow::Result<Bytes> {
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    if !status.is_success() {
        bail!("Landline answered {status}: {}", message(&body));
    }
    Ok(body)
}

/// The message of an error's body, or the body itself.
pub(super) fn message(body: &[u8]) -> String {
    let json: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let message = json
        .as_ref()
        .and_then(|json| json.get("message").or_else(|| json.get("Message")));
    let message = message.and_then(serde_json::Value::as_str);
    message.map_or_else(
        || String::from_utf8_lossy(body).trim().to_owned(),
        str::to_owned,
    )
}
