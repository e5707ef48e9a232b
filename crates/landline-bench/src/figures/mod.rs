//! The figures, one file each. Every figure starts its own server, so that none pays for another.

mod connect;
mod fan_out;
mod idle;
mod management;
mod message;
mod pushes;
mod round_trip;
mod stacks;
mod start;
mod storm;
mod tables;

use anyhow::{Result, bail};

use crate::Options;
use crate::report::Report;

pub(crate) const FIGURES: [&str; 11] = [
    "start",
    "connect",
    "round-trip",
    "fan-out",
    "message",
    "management",
    "idle",
    "pushes",
    "storm",
    "tables",
    "stacks",
];

pub(crate) async fn measure(name: &str, options: &Options, report: &mut Report) -> Result<()> {
    let server = &*options.server;
    match name {
        "start" => start::measure(server, report).await,
        "connect" => connect::measure(server, report).await,
        "round-trip" => round_trip::measure(server, report).await,
        "fan-out" => fan_out::measure(server, report).await,
        "message" => message::measure(server, options.one_in, report).await,
        "pushes" => pushes::measure(server, report).await,
        "tables" => tables::measure(server, options.one_in, report).await,
        "stacks" => stacks::measure(server, report).await,
        "storm" => storm::measure(server, report).await,
        "management" => management::measure(server, options.one_in, report).await,
        "idle" => idle::measure(server, report).await,
        unknown => bail!("there is no figure `{unknown}`"),
    }
}
