//! The thread that starts all workers.
//!
//! Linux ties "die when the parent dies" to the parent's *thread*. The runtime's threads come and
//! go; this one lives as long as the process.

use std::io;
use std::sync::mpsc;

use tokio::process::{Child, Command};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

type Order = (Command, Handle, oneshot::Sender<io::Result<Child>>);

/// Starts processes on a thread of its own.
#[derive(Debug)]
pub(super) struct Spawner(mpsc::SyncSender<Order>);

impl Spawner {
    pub(super) fn start() -> io::Result<Self> {
        let (orders, inbox) = mpsc::sync_channel::<Order>(MAX_ORDERS);
        std::thread::Builder::new()
            .name("landline-spawn".into())
            .spawn(move || {
                for (mut command, runtime, answer) in inbox {
                    let _context = runtime.enter();
                    // A caller that has gone drops the child, whose stdin then ends.
                    let _ = answer.send(command.kill_on_drop(true).spawn());
                }
            })?;
        Ok(Self(orders))
    }

    pub(super) async fn spawn(&self, command: Command) -> io::Result<Child> {
        let (answer, answered) = oneshot::channel();
        let gone = || io::Error::other("the spawning thread has ended");
        self.0
            .try_send((command, Handle::current(), answer))
            .map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

const MAX_ORDERS: usize = 1024;
