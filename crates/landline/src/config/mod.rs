//! What a node is configured with: defaults → TOML file → `LANDLINE_*` → flags.
//!
//! Each source is a [`Layer`] of optional settings; the last one that says something
//! wins, and all mistakes are reported at once.

mod certificates;
mod external;
mod layer;
mod limits;

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use landline_dynamodb::Wording;
use landline_platform::iam::Enforcement;
use landline_store::Durability;
use landline_wire::protocol::dynamodb::Cors;

use crate::env::Environment;
pub use certificates::{Acme, AcmeChallenge, AcmeLayer, Certificates, Contact, DomainLayer};
pub use external::{DynamoDbLayer, ExternalDynamoDb};
pub use layer::Layer;
pub use limits::LimitsLayer;

/// The port that `awslocal`, `cdklocal`, `tflocal` and `samlocal` already use.
pub const DEFAULT_PORT: u16 = 4566;
/// The region of a Landline that is told nothing.
pub const DEFAULT_REGION: &str = "us-east-1";
/// The account of a Landline that is told nothing, as every emulator has it.
pub const DEFAULT_ACCOUNT_ID: &str = "000000000000";
/// The state's folder, beside the template or in the working directory.
pub const DEFAULT_DATA_DIR: &str = ".landline";

/// Who may call the AWS APIs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// Any credentials pass: a laptop on its loopback.
    Any,
    /// Requests must be signed with this key.
    Key {
        /// The access key id.
        access_key_id: String,
        /// Its secret.
        secret_access_key: Secret,
    },
}

/// Who may read the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsAccess {
    /// Programs of this machine.
    Loopback,
    /// Everybody who reaches the node: a Prometheus elsewhere.
    Everyone,
}

/// A text that no log shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A node's configuration, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// All state, certificates included.
    pub data_dir: PathBuf,
    /// The region that Landline is.
    pub region: String,
    /// The account that Landline is.
    pub account_id: String,
    /// Who may call.
    pub credentials: Credentials,
    /// Where the runtime packs are kept, shared between projects.
    pub packs_dir: PathBuf,
    /// When a write counts as kept.
    pub durability: Durability,
    /// Whether CONNECT to hosts other than AWS's is let through.
    pub tunnel: bool,
    /// Whether tables take their time, as on AWS.
    pub dynamodb_strict: bool,
    /// The words in which tables refuse.
    pub dynamodb_wording: Wording,
    /// Whether functions stand still between events, as on AWS.
    pub freeze_functions: bool,
    /// Where certificates for custom domains come from.
    pub certificates: Certificates,
    /// Who may read the metrics.
    pub metrics: MetricsAccess,
    /// Where interpreters, npm and pip are looked for, as `PATH` has it.
    pub search_path: String,
    /// What becomes of a call that no policy of its role allows.
    pub iam: Enforcement,
    /// Where DynamoDB is, when it is not the embedded one.
    pub external_dynamodb: Option<ExternalDynamoDb>,
    /// Who issues the tokens of user pools that are not on AWS, by the pools' ids.
    pub user_pools: BTreeMap<String, String>,
    /// Other limits than AWS's.
    pub limits: LimitsLayer,
    /// The system's root certificates, where they are not in a usual place.
    pub system_roots: Option<PathBuf>,
}

/// Everything that is wrong with a configuration.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the configuration is not valid:\n{}", .0.iter().map(|m| format!("  {m}")).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError(pub Vec<String>);

impl Config {
    /// From which web pages a browser may call.
    pub(crate) fn pages(&self) -> Cors {
        match self.credentials {
            Credentials::Any => Cors::Loopback,
            Credentials::Key { .. } => Cors::Everywhere,
        }
    }

    /// Puts the sources together. `default_data_dir` is where the command keeps its
    /// state unless told otherwise.
    pub fn load(
        flags: Layer,
        environment: &Environment,
        file: Option<&Path>,
        default_data_dir: &Path,
    ) -> Result<Self, ConfigError> {
        let mut mistakes = Vec::new();
        let file = file
            .map(Path::to_owned)
            .or_else(|| environment.get("LANDLINE_CONFIG").map(Into::into));
        let from_file = file.map(|path| Layer::from_file(&path)).transpose();
        let from_file = from_file.unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            None
        });
        let from_environment = Layer::from_environment(environment, &mut mistakes);
        let merged = flags
            .over(from_environment)
            .over(from_file.unwrap_or_default());
        let config = merged.check(environment, default_data_dir, &mut mistakes);
        if mistakes.is_empty() {
            Ok(config)
        } else {
            Err(ConfigError(mistakes))
        }
    }

    /// The URL under which local programs reach the node: an IP literal, so that S3
    /// clients use path-style and no name has to resolve.
    pub fn endpoint_url(&self, port: u16) -> String {
        let ip = match self.listen.ip() {
            ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            ip => ip,
        };
        format!("http://{}", SocketAddr::new(ip, port))
    }

    /// A node that others can reach must know who they are.
    pub fn refuse_public_without_credentials(&self) -> Result<(), ConfigError> {
        if self.listen.ip().is_loopback() || self.credentials != Credentials::Any {
            return Ok(());
        }
        Err(ConfigError(vec![format!(
            "{} can be reached from other machines, but any credentials would pass: set access_key_id and \
             secret_access_key (LANDLINE_ACCESS_KEY_ID, LANDLINE_SECRET_ACCESS_KEY), or listen on 127.0.0.1",
            self.listen
        )]))
    }
}

#[cfg(test)]
mod tests;
