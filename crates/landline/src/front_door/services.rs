//! What lies behind the front door, as the door sees it.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use hyper::body::Incoming;
use landline_gateway::deployment::domains::LiveDomain;
use landline_s3::RequestBody;

use super::Response;
use super::route::{Endpoint, HttpAddress, Stages};

/// How a client came in.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// The client's address.
    pub peer: SocketAddr,
    /// Plain or TLS.
    pub transport: Transport,
}

/// What carries the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// TCP alone.
    Plain,
    /// TLS.
    Tls,
}

/// The custom domain for which a client showed its certificate, among the extensions of
/// each request on that connection.
#[derive(Debug, Clone)]
pub struct ClientVerified(pub Arc<LiveDomain>);

/// A WebSocket handshake for a stage, which may not exist.
#[derive(Debug)]
pub struct Handshake {
    /// The API.
    pub api_id: String,
    /// The stage.
    pub stage: String,
    /// How the API was called.
    pub endpoint: Endpoint,
    /// The request; `hyper::upgrade::on` gives the socket to whoever answers 101.
    pub request: http::Request<Incoming>,
    /// Where it came from.
    pub arrival: Arrival,
}

/// A request for a stage of an HTTP or a REST API.
#[derive(Debug)]
pub struct HttpRequest {
    /// What its URL says.
    pub address: HttpAddress,
    /// The request as it came.
    pub request: http::Request<Bytes>,
    /// Where it came from.
    pub arrival: Arrival,
}

/// A call of `@connections`, with what its URL says.
#[derive(Debug)]
pub struct ManagementCall {
    /// The API, from the host or the path.
    pub api_id: Option<String>,
    /// The stage.
    pub stage: Option<String>,
    /// The connection's id, which may be nonsense.
    pub connection_id: String,
    /// How the API was called.
    pub endpoint: Endpoint,
    /// The request as it came.
    pub request: http::Request<Bytes>,
    /// Where it came from.
    pub arrival: Arrival,
}

/// What the node offers.
pub trait Services: Send + Sync + 'static {
    /// The stages that are served now.
    fn stages(&self) -> &(dyn Stages + Sync);

    /// What an ACME authority that asks for this path is answered.
    fn acme_answer(&self, path: &str) -> Option<String>;

    /// Whether a client may ask anything under a host: a custom domain with mutual TLS
    /// lets nobody in who did not show a certificate for it.
    fn admits(&self, host: &str, verified: Option<&ClientVerified>) -> bool;

    /// Answers a WebSocket handshake, and takes the socket if it answers 101.
    fn handshake(&self, handshake: Handshake) -> impl Future<Output = Response> + Send;

    /// Answers a request for an HTTP or a REST API.
    fn http(&self, request: HttpRequest) -> impl Future<Output = Response> + Send;

    /// Answers a call of `@connections`.
    fn management(&self, call: ManagementCall) -> impl Future<Output = Response> + Send;

    /// Answers a call of a function's URL; `path` is what follows the URL.
    fn function_url(
        &self,
        id: &str,
        path: &str,
        request: http::Request<Bytes>,
        arrival: Arrival,
    ) -> impl Future<Output = Response> + Send;

    /// Answers a call of an AWS API.
    fn aws_api(
        &self,
        request: http::Request<Bytes>,
        arrival: Arrival,
    ) -> impl Future<Output = Response> + Send;

    /// Answers a request for S3, whose body is still to come.
    fn s3(
        &self,
        request: http::Request<RequestBody>,
        arrival: Arrival,
    ) -> impl Future<Output = Response> + Send;

    /// Answers whoever asks for what a user pool publishes, such as `jwks.json`.
    fn user_pool(&self, pool: &str, document: &str) -> Response;

    /// Answers Landline's own endpoints, named by what follows `/_landline/`.
    fn internal(
        &self,
        endpoint: &str,
        request: http::Request<Bytes>,
        arrival: Arrival,
    ) -> impl Future<Output = Response> + Send;
}
