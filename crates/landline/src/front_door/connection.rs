//! One client: the first byte decides between TLS and plain, then HTTP/1.1.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::server::Acceptor;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{sleep, timeout};
use tokio_rustls::LazyConfigAcceptor;

use super::services::{Arrival, ClientVerified, Services, Transport};
use super::socket::Socket;
use super::{FrontDoor, answer, limits};
use crate::tls::{self, Then};

/// The first byte of a TLS handshake.
const TLS_HANDSHAKE: u8 = 0x16;

/// Serves an accepted client to its end.
pub(super) async fn serve<S: Services>(door: Arc<FrontDoor<S>>, socket: Socket, peer: SocketAddr) {
    serve_within(door, socket, peer, Within::Network).await;
}

/// What a socket came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// Straight from the network.
    Network,
    /// A tunnel that ends here.
    Tunnel,
}

/// Serves what comes through a tunnel. Boxed, because a tunnel is opened by what
/// serves it.
pub(super) fn serve_tunnel<S: Services>(
    door: Arc<FrontDoor<S>>,
    socket: Socket,
    peer: SocketAddr,
) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(serve_within(door, socket, peer, Within::Tunnel))
}

async fn serve_within<S: Services>(
    door: Arc<FrontDoor<S>>,
    mut socket: Socket,
    peer: SocketAddr,
    within: Within,
) {
    let first = tokio::select! {
        () = door.closing.cancelled() => return,
        first = timeout(limits::HANDSHAKE_TIMEOUT, socket.peek()) => first,
    };
    let Ok(Ok(Some(first))) = first else {
        return; // said nothing, or left
    };
    if first != TLS_HANDSHAKE {
        let carrier = Carrier {
            transport: Transport::Plain,
            verified: None,
            within,
        };
        return serve_http(door, socket, peer, carrier).await;
    }
    match timeout(limits::HANDSHAKE_TIMEOUT, secure(&door.tls, socket)).await {
        Ok(Ok(None)) => {}
        Ok(Ok(Some((socket, verified)))) => {
            let carrier = Carrier {
                transport: Transport::Tls,
                verified,
                within,
            };
            serve_http(door, socket, peer, carrier).await;
        }
        // Mostly a client that does not trust the authority: its own log says so.
        Ok(Err(error)) => tracing::debug!(%peer, %error, "tls handshake ended"),
        Err(_) => tracing::debug!(%peer, "tls handshake took too long"),
    }
}

/// Answers a TLS handshake as the name in the client's hello wants it. Nothing, where nothing is to
/// follow.
async fn secure(
    tls: &tls::Server,
    socket: Socket,
) -> io::Result<Option<(Socket, Option<ClientVerified>)>> {
    let hello = LazyConfigAcceptor::new(Acceptor::default(), socket).await?;
    let chosen = tls.choose(&hello.client_hello());
    let chosen = chosen.inspect_err(|error| tracing::error!(%error, "mutual tls lets nobody in"));
    let chosen = chosen.map_err(io::Error::other)?;
    let mut stream = hello.into_stream(chosen.config).await?;
    if chosen.then == Then::Nothing {
        stream.shutdown().await?;
        return Ok(None);
    }
    let verified = chosen.verifies_for.map(ClientVerified);
    Ok(Some((Socket::secured(stream), verified)))
}

/// What carries a client's requests.
struct Carrier {
    transport: Transport,
    verified: Option<ClientVerified>,
    within: Within,
}

async fn serve_http<S: Services>(
    door: Arc<FrontDoor<S>>,
    mut socket: Socket,
    peer: SocketAddr,
    carrier: Carrier,
) {
    let Carrier {
        transport,
        verified,
        within,
    } = carrier;
    let arrival = Arrival { peer, transport };
    let first_head = socket.record_first_head();
    let has_asked = Arc::new(AtomicBool::new(false));
    let service = {
        let (door, has_asked) = (door.clone(), has_asked.clone());
        service_fn(move |mut request: http::Request<Incoming>| {
            has_asked.store(true, Ordering::Relaxed);
            let door = door.clone();
            if let Some(names) = first_head.take() {
                request.extensions_mut().insert(names);
            }
            if let Some(verified) = &verified {
                request.extensions_mut().insert(verified.clone());
            }
            async move { Ok::<_, Infallible>(answer::answer(door, request, arrival, within).await) }
        })
    };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // Counts the pause between two requests as well, in which SDKs keep connections.
        .header_read_timeout(limits::KEEP_ALIVE_TIMEOUT)
        .max_headers(limits::HEADERS_MAX)
        .max_header_size(limits::HEAD_BYTES_MAX)
        .max_buf_size(limits::HEAD_BYTES_MAX * 2)
        .serve_connection(TokioIo::new(socket), service)
        .with_upgrades();
    let mut connection = connection;
    let first_head_is_due = sleep(limits::HEADER_TIMEOUT);
    tokio::pin!(first_head_is_due);
    let mut is_watched = true;
    let ended = loop {
        tokio::select! {
            ended = &mut connection => break ended,
            () = door.closing.cancelled() => {
                // The request that is under way gets its answer, then the socket closes.
                Pin::new(&mut connection).graceful_shutdown();
                break (&mut connection).await;
            }
            () = &mut first_head_is_due, if is_watched => {
                is_watched = false;
                if !has_asked.load(Ordering::Relaxed) {
                    return;
                }
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, %error, "connection ended");
    }
    // Nothing is left to hang up on when the socket became a WebSocket's.
    if let Some(parts) = connection.into_parts()
        && !door.closing.is_cancelled()
    {
        hang_up(parts.io.into_inner()).await;
    }
}

/// Reads what a client still sends after it was refused. A socket that is closed with
/// bytes unread is reset, and the client would never see the refusal.
async fn hang_up(mut socket: Socket) {
    if socket.shutdown().await.is_err() {
        return;
    }
    let rest = async {
        let mut discarded = 0;
        let mut buffer = vec![0; 16 * 1024];
        while discarded < limits::DISCARDED_BYTES_MAX {
            match socket.read(&mut buffer).await {
                Ok(0) | Err(_) => break,
                Ok(length) => discarded += length,
            }
        }
    };
    // Late or not, the socket closes now.
    let _ = timeout(limits::HANG_UP_TIMEOUT, rest).await;
}
