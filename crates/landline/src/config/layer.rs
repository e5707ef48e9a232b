//! One source of settings, each of them optional.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use landline_dynamodb::Wording;
use landline_platform::iam::Enforcement;
use landline_store::Durability;
use serde::Deserialize;

use super::{
    AcmeLayer, Certificates, Config, Credentials, DEFAULT_ACCOUNT_ID, DEFAULT_PORT, DEFAULT_REGION,
    DomainLayer, DynamoDbLayer, LimitsLayer, MetricsAccess, Secret,
};
use crate::env::Environment;

/// Settings of one source, unchecked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Layer {
    /// The address and port to listen on.
    pub listen: Option<String>,
    /// The folder that keeps all state.
    pub data_dir: Option<PathBuf>,
    /// The region that Landline is.
    pub region: Option<String>,
    /// The account that Landline is.
    pub account_id: Option<String>,
    /// The access key that requests must be signed with.
    pub access_key_id: Option<String>,
    /// Its secret.
    pub secret_access_key: Option<String>,
    /// The folder of the runtime packs.
    pub packs_dir: Option<PathBuf>,
    /// `full`, `normal` or `off`.
    pub durability: Option<String>,
    /// Whether CONNECT to hosts other than AWS's is let through.
    pub tunnel: Option<bool>,
    /// Whether tables take their time, as on AWS.
    pub dynamodb_strict: Option<bool>,
    /// `classic` or `2026`: the words in which tables refuse.
    pub dynamodb_wording: Option<String>,
    /// Whether functions stand still between events, as on AWS.
    pub freeze_functions: Option<bool>,
    /// Other limits than AWS's; only a file has them.
    pub limits: Option<LimitsLayer>,
    /// A directory of certificates, `NAME.crt` beside `NAME.key`.
    pub certificates: Option<PathBuf>,
    /// Certificates for single names; only in the file.
    pub domain: Option<Vec<DomainLayer>>,
    /// Who issues certificates; only in the file.
    pub acme: Option<AcmeLayer>,
    /// `loopback` or `everyone`: who may read the metrics.
    pub metrics: Option<String>,
    /// DynamoDB elsewhere; only in the file, but for the endpoint.
    pub dynamodb: Option<DynamoDbLayer>,
    /// `off`, `warn` or `enforce`: what becomes of a call that no policy allows.
    pub iam: Option<String>,
    /// Issuers of the tokens of user pools, by the pools' ids; only in the file.
    pub user_pools: Option<BTreeMap<String, String>>,
}

impl Layer {
    /// Reads a TOML file.
    pub(super) fn from_file(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            format!(
                "cannot read the configuration file {}: {error}",
                path.display()
            )
        })?;
        toml::from_str(&text)
            .map_err(|error| format!("{}: {}", path.display(), error.to_string().trim_end()))
    }

    /// Takes the `LANDLINE_*` variables.
    pub(super) fn from_environment(environment: &Environment, mistakes: &mut Vec<String>) -> Self {
        let text = |name| environment.get(name).map(str::to_owned);
        let mut flag = |name| {
            environment.get(name).and_then(|value| match value {
                "1" | "true" | "yes" => Some(true),
                "0" | "false" | "no" => Some(false),
                other => {
                    mistakes.push(format!("{name} is `{other}`, neither true nor false"));
                    None
                }
            })
        };
        Self {
            listen: text("LANDLINE_LISTEN"),
            data_dir: text("LANDLINE_DATA_DIR").map(PathBuf::from),
            region: text("LANDLINE_REGION"),
            account_id: text("LANDLINE_ACCOUNT_ID"),
            access_key_id: text("LANDLINE_ACCESS_KEY_ID"),
            secret_access_key: text("LANDLINE_SECRET_ACCESS_KEY"),
            packs_dir: text("LANDLINE_PACKS_DIR").map(PathBuf::from),
            durability: text("LANDLINE_DURABILITY"),
            tunnel: flag("LANDLINE_TUNNEL"),
            dynamodb_strict: flag("LANDLINE_DYNAMODB_STRICT"),
            dynamodb_wording: text("LANDLINE_DYNAMODB_WORDING"),
            freeze_functions: flag("LANDLINE_FREEZE_FUNCTIONS"),
            limits: None,
            certificates: text("LANDLINE_CERTIFICATES").map(PathBuf::from),
            domain: None,
            acme: None,
            metrics: text("LANDLINE_METRICS"),
            dynamodb: text("LANDLINE_DYNAMODB_ENDPOINT").map(|endpoint| DynamoDbLayer {
                endpoint: Some(endpoint),
                ..DynamoDbLayer::default()
            }),
            iam: text("LANDLINE_IAM"),
            user_pools: None,
        }
    }

    /// These settings, and those of `below` where these say nothing.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            listen: self.listen.or(below.listen),
            data_dir: self.data_dir.or(below.data_dir),
            region: self.region.or(below.region),
            account_id: self.account_id.or(below.account_id),
            access_key_id: self.access_key_id.or(below.access_key_id),
            secret_access_key: self.secret_access_key.or(below.secret_access_key),
            packs_dir: self.packs_dir.or(below.packs_dir),
            durability: self.durability.or(below.durability),
            tunnel: self.tunnel.or(below.tunnel),
            dynamodb_strict: self.dynamodb_strict.or(below.dynamodb_strict),
            dynamodb_wording: self.dynamodb_wording.or(below.dynamodb_wording),
            freeze_functions: self.freeze_functions.or(below.freeze_functions),
            limits: self.limits.or(below.limits),
            certificates: self.certificates.or(below.certificates),
            domain: self.domain.or(below.domain),
            acme: self.acme.or(below.acme),
            metrics: self.metrics.or(below.metrics),
            dynamodb: self.dynamodb.or(below.dynamodb),
            iam: self.iam.or(below.iam),
            user_pools: self.user_pools.or(below.user_pools),
        }
    }

    /// Turns the settings into a configuration; what is wrong goes to `mistakes`,
    /// and the default stands in for it.
    pub(super) fn check(
        self,
        environment: &Environment,
        default_data_dir: &Path,
        mistakes: &mut Vec<String>,
    ) -> Config {
        let data_dir = self.data_dir.unwrap_or_else(|| default_data_dir.to_owned());
        let packs_dir = self.packs_dir.unwrap_or_else(|| {
            let cache = environment
                .cache_dir()
                .map(|cache| cache.join("landline/packs"));
            cache.unwrap_or_else(|| data_dir.join("packs"))
        });
        let limits = self.limits.unwrap_or_default();
        limits.check(mistakes);
        let credentials = credentials(self.access_key_id, self.secret_access_key, mistakes);
        let region = region(self.region, mistakes);
        let external = self.dynamodb.unwrap_or_default();
        Config {
            external_dynamodb: external.check(&region, environment, mistakes),
            limits,
            listen: listen(self.listen.as_deref(), mistakes),
            region,
            account_id: account_id(self.account_id, mistakes),
            iam: iam(self.iam.as_deref(), &credentials, mistakes),
            credentials,
            durability: durability(self.durability.as_deref(), mistakes),
            tunnel: self.tunnel.unwrap_or(true),
            dynamodb_strict: self.dynamodb_strict.unwrap_or(false),
            user_pools: self.user_pools.unwrap_or_default(),
            freeze_functions: self.freeze_functions.unwrap_or(false),
            dynamodb_wording: wording(self.dynamodb_wording.as_deref(), mistakes),
            certificates: Certificates::check(self.certificates, self.domain, self.acme, mistakes),
            metrics: metrics(self.metrics.as_deref(), mistakes),
            search_path: environment.get("PATH").unwrap_or_default().to_owned(),
            system_roots: environment.get("SSL_CERT_FILE").map(PathBuf::from),
            data_dir,
            packs_dir,
        }
    }
}

/// On a laptop, where any credentials pass, a missing permission is only told.
fn iam(text: Option<&str>, credentials: &Credentials, mistakes: &mut Vec<String>) -> Enforcement {
    match (text, credentials) {
        (Some("off"), _) => Enforcement::Off,
        (Some("warn"), _) | (None, Credentials::Any) => Enforcement::Warn,
        (Some("enforce"), _) | (None, Credentials::Key { .. }) => Enforcement::Enforce,
        (Some(other), _) => {
            mistakes.push(format!("iam is `{other}`, not off, warn or enforce"));
            Enforcement::Enforce
        }
    }
}

fn wording(text: Option<&str>, mistakes: &mut Vec<String>) -> Wording {
    let Some(text) = text else {
        return Wording::default();
    };
    Wording::from_name(text).unwrap_or_else(|| {
        mistakes.push(format!(
            "dynamodb_wording is `{text}`, neither classic nor 2026"
        ));
        Wording::default()
    })
}

fn metrics(text: Option<&str>, mistakes: &mut Vec<String>) -> MetricsAccess {
    match text {
        None | Some("loopback") => MetricsAccess::Loopback,
        Some("everyone") => MetricsAccess::Everyone,
        Some(other) => {
            mistakes.push(format!(
                "metrics is `{other}`, neither loopback nor everyone"
            ));
            MetricsAccess::Loopback
        }
    }
}

/// `127.0.0.1:4566`, `:4566`, `4566`, `0.0.0.0`.
fn listen(text: Option<&str>, mistakes: &mut Vec<String>) -> SocketAddr {
    let default = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), DEFAULT_PORT);
    let Some(text) = text else { return default };
    let parsed = text
        .parse()
        .ok()
        .or_else(|| {
            text.parse()
                .ok()
                .map(|ip: IpAddr| SocketAddr::new(ip, DEFAULT_PORT))
        })
        .or_else(|| {
            let port = text
                .strip_prefix("localhost:")
                .or_else(|| text.strip_prefix(':'));
            port.unwrap_or(text)
                .parse()
                .ok()
                .map(|port| SocketAddr::new(default.ip(), port))
        });
    parsed.unwrap_or_else(|| {
        mistakes.push(format!(
            "listen is `{text}`, not an address and port such as {default}"
        ));
        default
    })
}

fn region(region: Option<String>, mistakes: &mut Vec<String>) -> String {
    let region = region.unwrap_or_else(|| DEFAULT_REGION.to_owned());
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if region.is_empty() || !region.chars().all(fits) {
        mistakes.push(format!(
            "region is `{region}`, not a region such as {DEFAULT_REGION}"
        ));
    }
    region
}

fn account_id(account: Option<String>, mistakes: &mut Vec<String>) -> String {
    let account = account.unwrap_or_else(|| DEFAULT_ACCOUNT_ID.to_owned());
    if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
        mistakes.push(format!("account_id is `{account}`, not twelve digits"));
    }
    account
}

fn credentials(
    access_key_id: Option<String>,
    secret_access_key: Option<String>,
    mistakes: &mut Vec<String>,
) -> Credentials {
    match (access_key_id, secret_access_key) {
        (Some(access_key_id), Some(secret)) => Credentials::Key {
            access_key_id,
            secret_access_key: Secret(secret),
        },
        (None, None) => Credentials::Any,
        _ => {
            mistakes
                .push("access_key_id and secret_access_key only make sense together".to_owned());
            Credentials::Any
        }
    }
}

fn durability(text: Option<&str>, mistakes: &mut Vec<String>) -> Durability {
    match text {
        None | Some("full") => Durability::Full,
        Some("normal") => Durability::Normal,
        Some("off") => Durability::Off,
        Some(other) => {
            mistakes.push(format!("durability is `{other}`, not full, normal or off"));
            Durability::Full
        }
    }
}
