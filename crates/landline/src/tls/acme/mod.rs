//! Certificates that an ACME authority (RFC 8555) issues for custom domains.
//!
//! # Layout
//!
//! 1. this file: one task that looks which domain needs a certificate, and asks for it;
//! 2. [`schedule`]: when that is, and how long to wait after a failure (pure);
//! 3. `order`: one order, from the authority's challenge to the certificate;
//! 4. [`challenges`]: what the front door answers the authority meanwhile;
//! 5. `https`: how the authority is reached; `kept`: what is kept on disk;
//!    [`validity`]: from when to when a certificate holds.
//!
//! Nothing waits for it: until a certificate is there, the local authority's is shown.

pub mod challenges;
mod https;
mod kept;
mod order;
pub mod schedule;
pub mod validity;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use landline_gateway::deployment::domains::LiveDomains;
use landline_wire::Clock;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use self::challenges::Challenges;
use self::kept::Kept;
use self::order::Authority;
use self::schedule::Progress;
use self::validity::Validity;
use super::certificates::{Certificates, Source};
use super::{Files, TlsError, files};
use crate::config::Acme;

/// How long one order may take, from the first request to the certificate.
const ORDER_TIMEOUT: Duration = Duration::from_mins(5);

/// What the task works with.
#[derive(Debug)]
pub struct Issuing {
    /// The authority.
    pub settings: Acme,
    /// Where the account and the certificates are kept.
    pub files: Files,
    /// The system's root certificates, where they are not in a usual place.
    pub system_roots: Option<PathBuf>,
    /// Where issued certificates go.
    pub certificates: Arc<Certificates>,
    /// What the front door answers.
    pub challenges: Arc<Challenges>,
    /// The domains that need certificates.
    pub domains: Arc<LiveDomains>,
    /// Dates.
    pub clock: Arc<dyn Clock>,
}

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub(super) enum AcmeError {
    /// The authority refused or could not be reached.
    #[error("{0}")]
    Protocol(#[from] instant_acme::Error),
    /// The authority does not offer what this node can do.
    #[error("the authority offers no challenge of the configured kind for this name")]
    NoChallenge,
    /// The authority could not convince itself.
    #[error(
        "the authority did not find the domain here: does its name resolve to this node, on port 80 for http-01 and 443 for tls-alpn-01?"
    )]
    NotValidated,
    /// It took too long.
    #[error("the order took longer than {} seconds", ORDER_TIMEOUT.as_secs())]
    TimedOut,
    /// What the authority sent is no certificate for the key.
    #[error("the authority's answer is no certificate for this key")]
    NoCertificate,
    /// Files, keys, roots.
    #[error(transparent)]
    Local(#[from] TlsError),
}

/// Runs until the node closes.
pub async fn run(issuing: Issuing, closing: CancellationToken) {
    let mut changes = issuing.domains.changes();
    let mut progress: HashMap<String, Progress> = HashMap::new();
    loop {
        let work = async {
            issuing.look(&mut progress).await;
            let now = issuing.clock.now();
            let pause = schedule::pause(progress.values(), now);
            // Whatever happens first; the sender lives as long as the table.
            let _ = timeout(pause, changes.changed()).await;
        };
        tokio::select! {
            () = closing.cancelled() => return,
            () = work => {}
        }
    }
}

impl Issuing {
    /// Asks for every certificate that is due, one after the other.
    async fn look(&self, progress: &mut HashMap<String, Progress>) {
        let names = self.names();
        progress.retain(|name, _| names.contains(name));
        for name in names {
            if !progress.contains_key(&name) {
                let found = self.find_kept(&name);
                progress.insert(name.clone(), Progress::beginning(found));
            }
            let Some(state) = progress.get_mut(&name) else {
                continue;
            };
            if !state.is_due(self.clock.now()) {
                continue;
            }
            match self.obtain(&name).await {
                Ok(validity) => {
                    tracing::info!(domain = name, "certificate issued");
                    *state = Progress::beginning(Some(validity));
                }
                Err(error) => {
                    state.failed(self.clock.now());
                    let again = state.retry_in(self.clock.now());
                    tracing::warn!(domain = name, %error, retry_in = ?again, "no certificate");
                }
            }
        }
    }

    /// The domains whose certificate is the authority's business. It can only look at
    /// hosts, so a wildcard needs a certificate of the operator's.
    fn names(&self) -> Vec<String> {
        let mut names = self.domains.names();
        names.retain(|name| {
            !name.starts_with("*.") && self.certificates.source(name) != Source::Files
        });
        names
    }

    /// A certificate of an earlier run, which is shown at once.
    fn find_kept(&self, name: &str) -> Option<Validity> {
        let (chain, key) = Kept::new(&self.files).certificate(name)?;
        let found = self.install(name, &chain, &key);
        found
            .inspect_err(
                |error| tracing::warn!(domain = name, %error, "a kept certificate is not used"),
            )
            .ok()
    }

    async fn obtain(&self, name: &str) -> Result<Validity, AcmeError> {
        let kept = Kept::new(&self.files);
        let authority = Authority {
            settings: &self.settings,
            kept: &kept,
            challenges: &self.challenges,
            http: https::Client::new(&self.settings, &self.files, self.system_roots.as_deref())?,
        };
        let ordered = timeout(ORDER_TIMEOUT, authority.order(name)).await;
        let issued = ordered.map_err(|_| AcmeError::TimedOut)??;
        // Looked at before it is kept.
        let validity = self.install(name, &issued.chain, &issued.key)?;
        kept.keep_certificate(name, &issued.chain, &issued.key)?;
        Ok(validity)
    }

    fn install(&self, name: &str, chain: &str, key: &str) -> Result<Validity, AcmeError> {
        let certified = files::certified(chain.as_bytes(), key.as_bytes())
            .map_err(|_| AcmeError::NoCertificate)?;
        let validity = certified.cert.first().and_then(|it| Validity::read(it));
        let validity = validity.ok_or(AcmeError::NoCertificate)?;
        self.certificates.install_issued(name, &Arc::new(certified));
        Ok(validity)
    }
}

#[cfg(test)]
mod tests;
