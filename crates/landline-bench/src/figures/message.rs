//! What a message costs that no backend sees: processor time beside a bare TCP echo of the same bytes, in turns.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::application::api_of_mocks;
use crate::load::{Talk, exchange_all, frame, framed_length};
use crate::peers::Peer;
use crate::process::{Usage, to_float};
use crate::report::Report;
use crate::server::Server;

const SIZES: [usize; 3] = [32, 1024, 16 * 1024];
const CONNECTIONS: [usize; 2] = [64, 1000];
const ROUNDS: usize = 3;
/// Of all connections together, in each round.
const MESSAGES: usize = 32_000;

/// A server under load.
struct Subject {
    name: &'static str,
    address: SocketAddr,
    pid: u32,
    /// Where a WebSocket is asked for; a bare echo has none.
    path: Option<String>,
}

/// What one server needed for a message: the median of the rounds.
struct Cost {
    micros: f64,
    sleeps: f64,
}

pub(super) async fn measure(binary: &Path, one_in: u32, report: &mut Report) -> Result<()> {
    let data_dir = tempfile::tempdir()?;
    let (server, _) = Server::serve(binary, data_dir.path()).await?;
    let stage = api_of_mocks(server.address, &SIZES).await?;
    let mut peers = Vec::new();
    for peer in Peer::ALL {
        peers.push((peer, peer.start().await?));
    }
    let mut subjects: Vec<Subject> = Vec::new();
    for (peer, running) in &peers {
        subjects.push(Subject {
            name: peer.name(),
            address: running.address,
            pid: running.pid,
            path: (*peer != Peer::Tcp).then(|| "/".to_owned()),
        });
    }
    subjects.push(Subject {
        name: "landline",
        address: server.address,
        pid: server.pid()?,
        path: Some(stage),
    });
    let messages = MESSAGES / usize::try_from(one_in)?;
    for connections in CONNECTIONS {
        for size in SIZES {
            let costs = compare(&subjects, size, connections, messages).await?;
            tell(&subjects, &costs, size, connections, report);
        }
    }
    server.stop().await
}

async fn compare(
    subjects: &[Subject],
    size: usize,
    connections: usize,
    messages: usize,
) -> Result<Vec<Cost>> {
    let text = message(size);
    let bytes = frame(text.as_bytes());
    let mut open = Vec::new();
    for subject in subjects {
        let mut talks = Vec::new();
        for _ in 0..connections {
            talks.push(match &subject.path {
                None => Talk::connect(subject.address).await?,
                Some(path) => Talk::handshake(subject.address, path).await?,
            });
        }
        if subject.path.is_some() {
            let answer = talks[0].ask(&text).await?;
            ensure!(answer.len() == size, "{} answered {answer}", subject.name);
        }
        open.push(talks);
    }
    let times = messages.div_ceil(connections);
    let mut rounds: Vec<Vec<Cost>> = subjects.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (index, subject) in subjects.iter().enumerate() {
            let length = match subject.path {
                None => bytes.len(),
                Some(_) => framed_length(size),
            };
            let before = Usage::of(subject.pid)?;
            exchange_all(&mut open[index], &bytes, length, times).await?;
            let used = Usage::of(subject.pid)?.since(before);
            rounds[index].push(Cost {
                micros: used.cpu_micros_per(times * connections),
                sleeps: to_float(usize::try_from(used.sleeps)?) / to_float(times * connections),
            });
        }
    }
    Ok(rounds.into_iter().map(median).collect())
}

fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|a, b| a.micros.total_cmp(&b.micros));
    costs.swap_remove(costs.len() / 2)
}

/// A text of exactly `size` bytes that the route `m{size}` takes, most of it one string.
fn message(size: usize) -> String {
    let text = |data: &str| json!({ "action": format!("m{size}"), "data": data }).to_string();
    text(&"x".repeat(size.saturating_sub(text("").len())))
}

fn tell(
    subjects: &[Subject],
    costs: &[Cost],
    size: usize,
    connections: usize,
    report: &mut Report,
) {
    let floor = costs[0].micros;
    let mut told: Vec<String> = subjects
        .iter()
        .zip(costs)
        .map(|(subject, cost)| {
            let ratio = cost.micros / floor;
            format!("{} {:.2} µs ({ratio:.2}x)", subject.name, cost.micros)
        })
        .collect();
    let own = told.pop().unwrap_or_default();
    let sleeps = costs.last().map_or(0.0, |cost| cost.sleeps);
    report.add(
        &format!("CPU of a message of {size} bytes, {connections} connections"),
        format!("{own}, {sleeps:.2} sleeps"),
        &format!("{}; aim ≤ 2x", told.join(", ")),
    );
}
