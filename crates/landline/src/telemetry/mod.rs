//! Logs for people, on stderr; stdout is for results.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::env::Environment;

/// What is logged unless `LANDLINE_LOG` says otherwise.
const DEFAULT_FILTER: &str = "info";

/// Begins logging. A filter that cannot be read is told on stderr and ignored.
pub fn start(environment: &Environment) {
    let wanted = environment.get("LANDLINE_LOG").unwrap_or(DEFAULT_FILTER);
    let filter = EnvFilter::try_new(wanted).unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let colours = std::io::stderr().is_terminal() && environment.get("NO_COLOR").is_none();
    // A second start, as in tests, keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .with_target(false)
        .try_init();
}
