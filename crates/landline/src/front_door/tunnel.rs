//! `CONNECT`: tools that build AWS's host names themselves reach the node as their
//! `HTTPS_PROXY`. AWS's names and custom domains end here, under a certificate of ours;
//! any other name is passed on, so that the same tool still finds npm.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use http::{Request, StatusCode};
use hyper::body::Incoming;
use tokio::io::copy_bidirectional;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::answer::{empty, own, text};
use super::connection::serve_tunnel;
use super::route::Mapped;
use super::services::Services;
use super::{FrontDoor, Response, Tunnels, limits};

/// Opens the tunnel that `request` asks for.
pub(super) async fn open<S: Services>(
    door: Arc<FrontDoor<S>>,
    mut request: Request<Incoming>,
    peer: SocketAddr,
) -> Response {
    let Some(target) = request.uri().authority().cloned() else {
        return empty(StatusCode::BAD_REQUEST);
    };
    let upgrading = hyper::upgrade::on(&mut request);
    let is_custom = door.services.stages().mapped(target.host(), &[]) != Mapped::NoDomain;
    if is_custom || is_aws(target.host()) {
        let tasks = door.tasks.clone();
        tasks.spawn(async move {
            if let Ok(upgraded) = upgrading.await {
                serve_tunnel(door, own(upgraded), peer).await;
            }
        });
        return empty(StatusCode::OK);
    }
    if door.tunnels == Tunnels::Off || !peer.ip().to_canonical().is_loopback() {
        let message =
            format!("landline opens no tunnel to {target}: only AWS's names are answered here\n");
        return text(StatusCode::FORBIDDEN, message);
    }
    let Some(port) = target.port_u16() else {
        return empty(StatusCode::BAD_REQUEST);
    };
    let far = match connect(target.host(), port).await {
        Ok(far) => far,
        Err(error) => {
            let message = format!("landline cannot reach {target}: {error}\n");
            return text(StatusCode::BAD_GATEWAY, message);
        }
    };
    let closing = door.closing.clone();
    door.tasks.spawn(async move {
        let pass = async {
            let mut near = own(upgrading.await.map_err(io::Error::other)?);
            let mut far = far;
            copy_bidirectional(&mut near, &mut far).await
        };
        tokio::select! {
            () = closing.cancelled() => {}
            _ = pass => {}
        }
    });
    empty(StatusCode::OK)
}

async fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match timeout(limits::TUNNEL_TIMEOUT, TcpStream::connect((host, port))).await {
        Ok(connected) => connected,
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

/// `*.amazonaws.com` and `*.amazonaws.com.cn`.
fn is_aws(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn")
}
