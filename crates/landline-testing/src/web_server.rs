//! A web server for HTTP integrations: it answers as told and remembers what came.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running web server; it ends with this value.
#[derive(Debug)]
pub struct WebServer {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    state: Arc<State>,
    serving: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    answer: Mutex<Response<Bytes>>,
    requests: Mutex<Vec<Request<Bytes>>>,
    peers: Mutex<HashSet<SocketAddr>>,
}

impl WebServer {
    /// Starts a server that answers 200 and nothing.
    ///
    /// # Panics
    ///
    /// When there is no free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State::default());
        let serving = tokio::spawn(serve(listener, Arc::clone(&state)));
        Self {
            url: format!("http://{address}"),
            state,
            serving,
        }
    }

    /// From now on it answers so.
    ///
    /// # Panics
    ///
    /// When that is no response.
    pub fn answers(&self, status: u16, body: impl Into<Bytes>) {
        let response = Response::builder().status(status).body(body.into());
        *self.state.answer.lock() = response.expect("a response");
    }

    /// The requests that came since the last call.
    pub fn take_requests(&self) -> Vec<Request<Bytes>> {
        std::mem::take(&mut self.state.requests.lock())
    }

    /// How many connections were opened to it.
    pub fn connection_count(&self) -> usize {
        self.state.peers.lock().len()
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, state: Arc<State>) {
    while let Ok((socket, peer)) = listener.accept().await {
        state.peers.lock().insert(peer);
        let state = Arc::clone(&state);
        let service = service_fn(move |request: Request<Incoming>| {
            let state = Arc::clone(&state);
            async move { state.answer(request).await }
        });
        let connection = hyper::server::conn::http1::Builder::new();
        tokio::spawn(connection.serve_connection(TokioIo::new(socket), service));
    }
}

impl State {
    async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, hyper::Error> {
        let (head, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        self.requests.lock().push(Request::from_parts(head, body));
        Ok(self.answer.lock().clone().map(Full::new))
    }
}
