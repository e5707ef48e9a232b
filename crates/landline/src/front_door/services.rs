//! What lies behind the front door, as the door sees it.

use std::future::Future;
use std::net::SocketAddr;

use bytes::Bytes;
use hyper::body::Incoming;

use super::Response;
use super::route::Stages;

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

/// A WebSocket handshake for a stage, which may not exist.
#[derive(Debug)]
pub struct Handshake {
    /// The API.
    pub api_id: String,
    /// The stage.
    pub stage: String,
    /// The request; `hyper::upgrade::on` gives the socket to whoever answers 101.
    pub request: http::Request<Incoming>,
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
    /// The request as it came.
    pub request: http::Request<Bytes>,
    /// Where it came from.
    pub arrival: Arrival,
}

/// What the node offers.
pub trait Services: Send + Sync + 'static {
    /// The stages that are served now.
    fn stages(&self) -> &(dyn Stages + Sync);

    /// Answers a WebSocket handshake, and takes the socket if it answers 101.
    fn handshake(&self, handshake: Handshake) -> impl Future<Output = Response> + Send;

    /// Answers a call of `@connections`.
    fn management(&self, call: ManagementCall) -> impl Future<Output = Response> + Send;

    /// Answers a call of an AWS API.
    fn aws_api(
        &self,
        request: http::Request<Bytes>,
        arrival: Arrival,
    ) -> impl Future<Output = Response> + Send;

    /// Answers Landline's own endpoints, named by what follows `/_landline/`.
    fn internal(
        &self,
        endpoint: &str,
        request: http::Request<Bytes>,
        arrival: Arrival,
    ) -> impl Future<Output = Response> + Send;
}
