//! The codecs of all generated operations behind HTTP, without any service: the
//! counterpart of `tests/protocol`, which compares them with botocore's.
//!
//! * `x-landline-echo: input`: the request is decoded as its operation's input and
//!   answered as JSON in the SDK's member names.
//! * `POST /echo-output?service=S&operation=O`: the body, JSON in the SDK's member
//!   names, is answered as the operation would answer it.
//! * `GET /operations`: what there is to compare.
#![expect(clippy::print_stdout, reason = "the test reads the port from stdout")]

use std::convert::Infallible;

use anyhow::Context as _;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use landline_api::SERVICES;
use landline_wire::protocol::detect;
use landline_wire::{OperationMeta, Protocol, ServiceMeta};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    let until_parent_exits = tokio::task::spawn_blocking(|| std::io::stdin().lines().count());
    let serve = async {
        loop {
            let (socket, _) = listener.accept().await?;
            let service = service_fn(answer);
            let server = hyper::server::conn::http1::Builder::new();
            tokio::task::spawn(server.serve_connection(TokioIo::new(socket), service));
        }
    };
    tokio::select! {
        served = serve => served,
        _ = until_parent_exits => Ok(()),
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let response = echo(request).await.unwrap_or_else(|error| {
        let mut response = Response::new(Bytes::from(format!("{error:#}")));
        *response.status_mut() = StatusCode::BAD_REQUEST;
        response
    });
    Ok(response.map(Full::new))
}

async fn echo(request: Request<Incoming>) -> anyhow::Result<Response<Bytes>> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let request = Request::from_parts(parts, body);
    match request.uri().path() {
        "/operations" => Ok(Response::new(operations().into())),
        "/echo-output" => {
            let operation = named_operation(request.uri().query().unwrap_or_default())?;
            Ok((operation.codec.output_from_json)(request.body())?)
        }
        _ => {
            let scope = signing_name(&request);
            let target = detect::target_of(SERVICES, &request, scope.as_deref())?;
            let json = (target.operation.codec.input_as_json)(&request, &target)?;
            let response =
                Response::builder().header("x-landline-operation", target.operation.name);
            Ok(response.body(json.into())?)
        }
    }
}

fn operations() -> String {
    // S3 reads its requests itself.
    let with_codec =
        |service: &&&ServiceMeta| !matches!(service.protocol, Protocol::RestXml { .. });
    let services = SERVICES.iter().filter(with_codec);
    let all = services.flat_map(|service| service.operations);
    let all: Vec<_> = all
        .map(|meta| serde_json::json!({ "service": meta.service.name, "operation": meta.name }))
        .collect();
    serde_json::Value::from(all).to_string()
}

fn named_operation(query: &str) -> anyhow::Result<&'static OperationMeta> {
    let value = |wanted: &str| {
        let pair = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(k, _)| *k == wanted);
        pair.map(|(_, value)| value)
            .with_context(|| format!("the query lacks {wanted}"))
    };
    let (service, operation) = (value("service")?, value("operation")?);
    let service = SERVICES.iter().find(|known| known.name == service);
    service
        .and_then(|service| {
            service
                .operations
                .iter()
                .find(|known| known.name == operation)
        })
        .copied()
        .with_context(|| format!("there is no operation {operation}"))
}

/// The service in `Credential=KEY/DATE/REGION/SERVICE/aws4_request`.
fn signing_name(request: &Request<Bytes>) -> Option<String> {
    let authorization = request.headers().get("authorization")?.to_str().ok()?;
    let (_, rest) = authorization.split_once("Credential=")?;
    rest.split(',').next()?.split('/').nth(3).map(str::to_owned)
}
