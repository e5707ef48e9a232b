//! When to stop: the signals of a service manager and of a terminal.

use tokio::signal::unix::{SignalKind, signal};

/// Listens from now on; resolves at the first SIGINT or SIGTERM.
///
/// A second one ends the process at once: somebody does not want to wait. Called before the process says that it is
/// ready: a signal that comes while its listener is being set up is lost.
pub fn requested() -> impl Future<Output = ()> + Send + use<> {
    let listeners = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    );
    async move {
        let (Ok(mut interrupt), Ok(mut terminate)) = listeners else {
            tracing::warn!("signals are not delivered; stop with SIGKILL");
            return std::future::pending().await;
        };
        let code = tokio::select! {
            _ = interrupt.recv() => EXIT_INTERRUPTED,
            _ = terminate.recv() => EXIT_TERMINATED,
        };
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            #[expect(clippy::exit, reason = "asked twice, the process ends without order")]
            std::process::exit(code);
        });
    }
}

/// What shells report for a process that a signal ended.
const EXIT_INTERRUPTED: i32 = 130;
const EXIT_TERMINATED: i32 = 143;
