//! Keeps the operator's certificates as their files are, and says which certificate each
//! custom domain is served with.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use landline_gateway::deployment::domains::LiveDomains;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::certificates::{Certificates, Source};
use super::files::CertificateFiles;

/// How often the files are looked at.
const POLL: Duration = Duration::from_secs(2);

/// Runs until the node closes.
pub async fn run(
    certificates: Arc<Certificates>,
    mut files: CertificateFiles,
    domains: Arc<LiveDomains>,
    closing: CancellationToken,
) {
    let mut told = Told::default();
    let mut poll = interval(POLL);
    poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            _ = poll.tick() => {}
        }
        // Disks may be slow.
        let looked = tokio::task::spawn_blocking(move || {
            let has_changed = files.reload();
            (files, has_changed)
        });
        let Ok((looked_at, has_changed)) = looked.await else {
            return;
        };
        files = looked_at;
        if has_changed {
            certificates.install_files(files.loaded().clone());
            tracing::info!(certificates = files.loaded().len(), "certificates read");
        }
        for (domain, source) in told.news(&domains, &certificates) {
            tracing::info!(domain, certificate = %source, "custom domain is served");
        }
    }
}

/// What was said about each domain.
#[derive(Debug, Default)]
pub(super) struct Told(HashMap<String, Source>);

impl Told {
    /// The domains that are new, or have their certificate from elsewhere now.
    pub(super) fn news(
        &mut self,
        domains: &LiveDomains,
        certificates: &Certificates,
    ) -> Vec<(String, Source)> {
        let now: Vec<(String, Source)> = domains
            .names()
            .into_iter()
            .map(|name| {
                let source = certificates.source(&name);
                (name, source)
            })
            .collect();
        let before = std::mem::replace(&mut self.0, now.iter().cloned().collect());
        now.into_iter()
            .filter(|(name, source)| before.get(name) != Some(source))
            .collect()
    }
}
