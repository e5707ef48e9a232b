//! The custom domains that are served now: which host, and under it which path, leads to
//! which stage.
//!
//! A lookup takes no lock. A domain is an `Arc` that changes as a whole, so that whoever
//! keeps something for it (a TLS configuration, say) notices by its identity.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-mappings.html>.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::sync::watch;

use super::snapshot::{ApiId, StageName};

/// All custom domains, by name.
#[derive(Debug, Default)]
pub struct LiveDomains {
    domains: ArcSwap<HashMap<String, Arc<LiveDomain>>>,
    changes: watch::Sender<()>,
}

/// One custom domain, with its mappings.
#[derive(Debug, PartialEq, Eq)]
pub struct LiveDomain {
    name: String,
    /// The longest keys first.
    mappings: Vec<LiveMapping>,
    truststore: Option<String>,
}

/// The stage that a path under a domain leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveMapping {
    /// The segments of the mapping's key; none for the root.
    pub key: Vec<String>,
    /// The API.
    pub api_id: ApiId,
    /// The stage, which its URL does not name.
    pub stage_name: StageName,
}

impl LiveDomains {
    /// A table without domains.
    pub fn new() -> Self {
        Self::default()
    }

    /// Serves these domains from now on, and no others.
    ///
    /// A domain that did not change keeps its identity.
    pub fn publish(&self, domains: Vec<LiveDomain>) {
        let served = self.domains.load();
        let next = domains.into_iter().map(|domain| {
            let kept = served.get(&domain.name).filter(|kept| ***kept == domain);
            let domain = kept.cloned().unwrap_or_else(|| Arc::new(domain));
            (domain.name.clone(), domain)
        });
        self.domains.store(Arc::new(next.collect()));
        self.changes.send_replace(());
    }

    /// Tells of every change from now on.
    pub fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    /// The domain that answers under a host name: the one of that very name, else the
    /// wildcard above it. `host` may carry a port, and capitals.
    pub fn find(&self, host: &str) -> Option<Arc<LiveDomain>> {
        let domains = self.domains.load();
        if domains.is_empty() {
            return None;
        }
        let host = host_name(host);
        if let Some(exact) = domains.get(&host) {
            return Some(exact.clone());
        }
        // As in a certificate, the star stands for one label.
        let (_, above) = host.split_once('.')?;
        domains.get(&format!("*.{above}")).cloned()
    }

    /// The names of all domains, in their order.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.domains.load().keys().cloned().collect();
        names.sort_unstable();
        names
    }
}

impl LiveDomain {
    /// A domain with its mappings; `truststore` holds the certificates of mutual TLS in PEM.
    pub fn new(name: String, mut mappings: Vec<LiveMapping>, truststore: Option<String>) -> Self {
        mappings.sort_by_key(|mapping| Reverse(mapping.key.len()));
        Self {
            name,
            mappings,
            truststore,
        }
    }

    /// The domain's name, which may be a wildcard.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The certificates that a client's must chain to, in PEM, with mutual TLS.
    pub fn truststore(&self) -> Option<&str> {
        self.truststore.as_deref()
    }

    /// The mapping whose key begins the path, segment by segment; the longest key wins.
    pub fn mapping(&self, segments: &[&str]) -> Option<&LiveMapping> {
        self.mappings.iter().find(|mapping| {
            let key = mapping.key.iter().map(String::as_str);
            segments.len() >= mapping.key.len()
                && key.eq(segments[..mapping.key.len()].iter().copied())
        })
    }
}

/// A `Host` header's name: without the port, in small letters, without the root's dot.
pub fn host_name(host: &str) -> String {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
