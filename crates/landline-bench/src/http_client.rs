//! One keep-alive HTTP connection.

use std::net::SocketAddr;

use anyhow::{Result, ensure};
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::signature::Signature;

pub(crate) struct HttpClient {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
}

impl HttpClient {
    pub(crate) async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // It ends with the sender.
        drop(tokio::task::spawn(connection));
        Ok(Self {
            sender,
            host: address.to_string(),
        })
    }

    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer> {
        self.send(
            Request::builder().method(Method::GET).uri(path),
            Bytes::new(),
        )
        .await
    }

    /// A call of an AWS API; `scope` is the service's name in the signature.
    pub(crate) async fn call(
        &mut self,
        scope: &str,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<Answer> {
        let signature = Signature::of(scope, method.as_str(), path, &self.host, &body);
        let request = Request::builder().method(method).uri(path);
        let request = request.header("authorization", signature.authorization);
        self.send(request.header("x-amz-date", signature.date), body)
            .await
    }

    /// A call whose answer is a JSON document; anything but success is an error.
    pub(crate) async fn call_json(
        &mut self,
        scope: &str,
        path: &str,
        body: &serde_json::Value,
    ) -> Result<serde_json::Value> {
        let answer = self
            .call(scope, Method::POST, path, body.to_string().into())
            .await?;
        let text = String::from_utf8_lossy(&answer.body);
        ensure!(
            answer.status.is_success(),
            "POST {path}: {} {text}",
            answer.status
        );
        Ok(serde_json::from_slice(&answer.body)?)
    }

    /// A call of a service that names its operation in a header, `DynamoDB_20120810.GetItem`.
    pub(crate) async fn call_target(
        &mut self,
        target: &str,
        body: &serde_json::Value,
    ) -> Result<()> {
        let body = Bytes::from(body.to_string());
        let signature = Signature::of("dynamodb", "POST", "/", &self.host, &body);
        let request = Request::builder()
            .method(Method::POST)
            .uri("/")
            .header("authorization", signature.authorization)
            .header("x-amz-date", signature.date)
            .header("x-amz-target", target);
        let answer = self.send(request, body).await?;
        let text = String::from_utf8_lossy(&answer.body);
        ensure!(answer.status.is_success(), "{target}: {text}");
        Ok(())
    }

    /// A call of a service that speaks the query protocol: a form goes up, XML comes down.
    pub(crate) async fn call_form(&mut self, scope: &str, form: String) -> Result<String> {
        let body = Bytes::from(form);
        let signature = Signature::of(scope, "POST", "/", &self.host, &body);
        let request = Request::builder()
            .method(Method::POST)
            .uri("/")
            .header("authorization", signature.authorization)
            .header("x-amz-date", signature.date)
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = self.send(request, body).await?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        ensure!(answer.status.is_success(), "{text}");
        Ok(text)
    }

    async fn send(&mut self, request: http::request::Builder, body: Bytes) -> Result<Answer> {
        let request = request.header("host", &self.host).body(Full::new(body))?;
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        Ok(Answer { status, body })
    }
}
