//! A small HTTP client for a running Landline: plain HTTP, one request a connection.

use anyhow::{Context as _, bail};
use bytes::Bytes;
use http::header::{HOST, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Request, Response, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use landline_wire::sigv4::{Signer, WireRequest, sign};
use landline_wire::{Clock as _, SystemClock};
use tokio::net::TcpStream;

use crate::config::DEFAULT_REGION;
use crate::env::Environment;

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
    let address = address(&uri)?;
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

/// The host and the port of a plain URL.
pub(super) fn address(uri: &Uri) -> anyhow::Result<String> {
    let host = uri.host().context("the URL has no host")?;
    Ok(format!("{host}:{}", uri.port_u16().unwrap_or(80)))
}

/// A request that has to be signed: an AWS API's, or one that changes something.
pub(super) struct Call<'a> {
    /// The signing name, such as `logs`.
    pub(super) service: &'a str,
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: Bytes,
}

/// Signs a request with the node's credentials, or with any where any pass, and sends it.
pub(super) async fn call(
    endpoint: &str,
    environment: &Environment,
    call: Call<'_>,
) -> anyhow::Result<Response<Incoming>> {
    const ANY: &str = "test";
    let credential = |name| environment.get(name).unwrap_or(ANY).to_owned();
    let signer = Signer {
        access_key_id: credential("LANDLINE_ACCESS_KEY_ID"),
        secret_access_key: credential("LANDLINE_SECRET_ACCESS_KEY"),
        region: environment
            .get("LANDLINE_REGION")
            .unwrap_or(DEFAULT_REGION)
            .to_owned(),
        service: call.service.to_owned(),
    };
    let host = endpoint.split_once("//").map_or(endpoint, |(_, host)| host);
    let mut headers = HeaderMap::new();
    headers.insert(HOST, HeaderValue::from_str(host)?);
    for (name, value) in call.headers {
        headers.insert(HeaderName::try_from(*name)?, HeaderValue::from_str(value)?);
    }
    let request = WireRequest {
        method: call.method.as_str(),
        path: call.path,
        query: "",
        headers: &headers,
        body: &call.body,
    };
    let signature = sign(&request, &signer, SystemClock.now());
    let mut all = call.headers.to_vec();
    for (name, value) in &signature {
        all.push((name.as_str(), value.to_str()?));
    }
    send(endpoint, call.method, call.path, &all, call.body).await
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
