//! A server that answers every request of the chat handler at once: what remains is the interpreter's own time.

use std::convert::Infallible;
use std::net::SocketAddr;

use anyhow::Result;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

const ONE_CONNECTION: &str =
    r#"{"Count":1,"Items":[{"connectionId":{"S":"bench000000000A="}}],"ScannedCount":1}"#;

/// Accepts for as long as the process lives.
pub(crate) async fn start() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    drop(tokio::task::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(tokio::task::spawn(serve(stream)));
        }
    }));
    Ok(address)
}

async fn serve(stream: TcpStream) {
    // A client that hangs up is how every connection ends.
    let _ = stream.set_nodelay(true);
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service_fn(answer))
        .await;
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_table = request.headers().contains_key("x-amz-target");
    let _ = request.into_body().collect().await;
    let body = if is_table { ONE_CONNECTION } else { "" };
    let kind = if is_table {
        "application/x-amz-json-1.0"
    } else {
        "application/json"
    };
    let mut response = Response::new(Full::new(Bytes::from_static(body.as_bytes())));
    response
        .headers_mut()
        .insert("content-type", http::HeaderValue::from_static(kind));
    Ok(response)
}
