//! Certificates for custom domains: the operator's own, and those that an ACME authority
//! issues.

use std::path::PathBuf;

use serde::Deserialize;

use crate::tls::Pair;

/// Where certificates come from, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Certificates {
    /// The pairs that the configuration names.
    pub pairs: Vec<Pair>,
    /// A directory of `NAME.crt` and `NAME.key`.
    pub directory: Option<PathBuf>,
    /// Who issues the others.
    pub acme: Option<Acme>,
}

/// An ACME authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acme {
    /// The URL of its directory.
    pub directory: String,
    /// Whom it writes to, as `mailto:` URLs.
    pub contact: Vec<String>,
    /// The roots that its own server is trusted by, where they are not the system's.
    pub certificate_authority: Option<PathBuf>,
    /// How it finds out that a name leads here.
    pub challenge: AcmeChallenge,
}

/// How an authority finds out that a name leads to this node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum AcmeChallenge {
    /// It asks for a file on port 80 (RFC 8555, section 8.3).
    #[default]
    #[serde(rename = "http-01")]
    Http01,
    /// It begins TLS on port 443 (RFC 8737).
    #[serde(rename = "tls-alpn-01")]
    TlsAlpn01,
}

/// `[[domain]]`, unchecked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainLayer {
    /// The name; may begin with `*.`.
    pub name: String,
    /// The chain, in PEM.
    pub certificate: PathBuf,
    /// The private key, in PEM.
    pub key: PathBuf,
}

/// `[acme]`, unchecked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcmeLayer {
    /// The URL of the authority's directory.
    pub directory: String,
    /// An address, or several.
    #[serde(default)]
    pub contact: Contact,
    /// Whether the operator accepts the authority's terms.
    #[serde(default)]
    pub terms_accepted: bool,
    /// The roots that the authority's own server is trusted by.
    pub certificate_authority: Option<PathBuf>,
    /// `http-01` or `tls-alpn-01`.
    #[serde(default)]
    pub challenge: AcmeChallenge,
}

/// One address or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Contact {
    /// `contact = "ops@example.com"`
    One(String),
    /// `contact = ["ops@example.com", "dev@example.com"]`
    Several(Vec<String>),
}

impl Default for Contact {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl Certificates {
    /// Turns the settings into a configuration; what is wrong goes to `mistakes`.
    pub(super) fn check(
        directory: Option<PathBuf>,
        domains: Option<Vec<DomainLayer>>,
        acme: Option<AcmeLayer>,
        mistakes: &mut Vec<String>,
    ) -> Self {
        let pairs = domains.unwrap_or_default().into_iter().map(|domain| Pair {
            name: domain.name.to_ascii_lowercase(),
            certificate: domain.certificate,
            key: domain.key,
        });
        let pairs: Vec<Pair> = pairs.collect();
        for (index, pair) in pairs.iter().enumerate() {
            if pairs[..index].iter().any(|other| other.name == pair.name) {
                let name = &pair.name;
                mistakes.push(format!("domain `{name}` has more than one certificate"));
            }
        }
        Self {
            pairs,
            directory,
            acme: acme.map(|acme| Acme::check(acme, mistakes)),
        }
    }
}

impl Acme {
    fn check(layer: AcmeLayer, mistakes: &mut Vec<String>) -> Self {
        let directory = layer.directory;
        if !directory.starts_with("https://") {
            mistakes.push(format!(
                "acme.directory is `{directory}`, not the https:// URL of an ACME directory"
            ));
        }
        if !layer.terms_accepted {
            mistakes.push(format!(
                "acme.terms_accepted is not true: read the terms of {directory}, then say that you accept them"
            ));
        }
        let contact = match layer.contact {
            Contact::One(address) => vec![address],
            Contact::Several(addresses) => addresses,
        };
        let contact = contact.into_iter().map(|address| {
            let address = address.strip_prefix("mailto:").unwrap_or(&address);
            if !address.contains('@') {
                mistakes.push(format!("acme.contact has `{address}`, not a mail address"));
            }
            format!("mailto:{address}")
        });
        Self {
            contact: contact.collect(),
            directory,
            certificate_authority: layer.certificate_authority,
            challenge: layer.challenge,
        }
    }
}
