//! Memory per idle connection: fresh, after large messages, and after all have left and come back.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::net::TcpStream;
use tokio::time::sleep;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::application::api_without_functions;
use crate::load::Talk;
use crate::report::Report;
use crate::server::Server;

const CONNECTIONS: [usize; 2] = [10_000, 19_000];
/// What the first connections leave in the allocator is not theirs alone.
const WARM_UP: usize = 100;
const RETRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(20);
const LARGE: usize = 16 * 1024;

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    for connections in CONNECTIONS {
        for kind in [Kind::Plain, Kind::Tls] {
            measure_one(binary, report, kind, connections).await?;
        }
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Tls,
}

enum Open {
    Plain(Talk),
    Tls(Box<Talk<TlsStream<TcpStream>>>),
}

/// Where and how to connect.
struct Door {
    address: SocketAddr,
    stage: String,
    tls: Option<TlsConnector>,
}

async fn measure_one(
    binary: &Path,
    report: &mut Report,
    kind: Kind,
    connections: usize,
) -> Result<()> {
    let data_dir = tempfile::tempdir()?;
    let (server, _) = Server::serve(binary, data_dir.path()).await?;
    let door = Door {
        address: server.address,
        stage: api_without_functions(server.address).await?,
        tls: match kind {
            Kind::Plain => None,
            Kind::Tls => Some(connector(data_dir.path())?),
        },
    };
    let warm = door.open(WARM_UP).await?;
    let before = server.resident_bytes()?;
    let per_connection = async || {
        sleep(Duration::from_secs(2)).await;
        let grown = server.resident_bytes()?.saturating_sub(before);
        anyhow::Ok(grown / connections as u64)
    };
    let mut open = door.open(connections).await?;
    let fresh = per_connection().await?;
    say_all(&mut open).await?;
    let after_large = per_connection().await?;
    drop(open);
    sleep(Duration::from_secs(2)).await;
    let mut open = door.open(connections).await?;
    say_all(&mut open).await?;
    let after_churn = per_connection().await?;
    let aim = match kind {
        Kind::Plain => "aim ≤ 4 KB",
        Kind::Tls => "aim ≤ 12 KB",
    };
    report.add(
        &format!("RSS per idle connection, {kind:?}, at {connections}"),
        format!("{fresh} bytes; after a message of 16 KB {after_large}; after churn {after_churn}"),
        aim,
    );
    drop((open, warm));
    server.stop().await
}

impl Door {
    async fn open(&self, count: usize) -> Result<Vec<Open>> {
        let mut open = Vec::with_capacity(count);
        for _ in 0..count {
            open.push(self.open_in_time().await?);
        }
        Ok(open)
    }

    /// Beyond a burst, a second takes 500 new connections; 429 refuses the others.
    async fn open_in_time(&self) -> Result<Open> {
        for _ in 0..RETRIES {
            match self.open_one().await {
                Err(refused) if refused.to_string().contains(" 429 ") => sleep(PAUSE).await,
                opened => return opened,
            }
        }
        self.open_one().await
    }

    async fn open_one(&self) -> Result<Open> {
        let Some(tls) = &self.tls else {
            let talk = Talk::handshake(self.address, &self.stage).await?;
            return Ok(Open::Plain(talk));
        };
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let name = ServerName::try_from("localhost")?;
        let mut talk = Talk::over(tls.connect(name, stream).await?);
        talk.upgrade("localhost", &self.stage).await?;
        Ok(Open::Tls(Box::new(talk)))
    }
}

/// A large message on every connection, and the answer to it.
async fn say_all(open: &mut [Open]) -> Result<()> {
    let text = "x".repeat(LARGE);
    for one in open {
        match one {
            Open::Plain(talk) => {
                talk.ask(&text).await?;
                talk.rest();
            }
            Open::Tls(talk) => {
                talk.ask(&text).await?;
                talk.rest();
            }
        }
    }
    Ok(())
}

/// Trusts the authority that the server made for itself.
fn connector(data_dir: &Path) -> Result<TlsConnector> {
    let authority = data_dir.join("tls/ca.pem");
    let authority = CertificateDer::from_pem_file(&authority)
        .with_context(|| format!("cannot read {}", authority.display()))?;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(authority)?;
    let config = rustls::ClientConfig::builder()
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
