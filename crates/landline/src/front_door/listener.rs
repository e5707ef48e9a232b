//! The accept loop.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::services::Services;
use super::socket::Socket;
use super::turn::in_one_turn;
use super::{FrontDoor, connection};

/// How long the loop rests when the system has no file or no memory for a client.
const REST: Duration = Duration::from_millis(100);

/// Accepts clients, `connections_max` at once, until the door is closing.
///
/// Nothing that a client or the system does ends the loop.
pub async fn serve<S: Services>(
    listener: TcpListener,
    door: Arc<FrontDoor<S>>,
    connections_max: usize,
) {
    let places = Arc::new(Semaphore::new(connections_max));
    loop {
        // Without a place, clients wait in the system's queue.
        let place = tokio::select! {
            () = door.closing.cancelled() => return,
            place = places.clone().acquire_owned() => place.expect("the semaphore is never closed"),
        };
        let accepted = tokio::select! {
            () = door.closing.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                prepare(&stream);
                let socket = Socket::accepted(stream, place);
                let client = connection::serve(door.clone(), socket, peer);
                door.tasks.spawn(in_one_turn(client));
            }
            Err(error) if is_the_clients(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "cannot accept a client");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

/// Messages are small and wait for nobody.
fn prepare(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
}

/// A client that left before it was accepted.
fn is_the_clients(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}
