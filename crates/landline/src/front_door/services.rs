//! What lies behind the front door, as the door sees it.

use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;

use bytes::Bytes;

use super::Response;
use super::route::Stages;
use super::socket::Socket;

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
    /// The request, without the socket.
    pub request: http::Request<()>,
    /// Where it came from.
    pub arrival: Arrival,
}

/// The task of an accepted WebSocket: it owns the socket to its end.
pub type Session = Box<dyn FnOnce(Socket) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

/// What became of a handshake.
pub enum Outcome {
    /// A `101`, and the session that takes the socket.
    Accepted(http::Response<()>, Session),
    /// Any other answer.
    Refused(Response),
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted(response, _) => f.debug_tuple("Accepted").field(response).finish(),
            Self::Refused(response) => f.debug_tuple("Refused").field(&response.status()).finish(),
        }
    }
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

    /// Decides about a WebSocket.
    fn handshake(&self, handshake: Handshake) -> impl Future<Output = Outcome> + Send;

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
