//! The environment: every variable that Landline reads, in one table, read once.
//!
//! The table makes the reference in `landline serve --help`; nothing else in the
//! product reads the process's environment.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// One variable that Landline reads.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub about: &'static str,
}

/// Every variable that Landline reads.
pub const VARIABLES: &[Variable] = &[
    Variable {
        name: "LANDLINE_CONFIG",
        about: "the configuration file (TOML)",
    },
    Variable {
        name: "LANDLINE_LISTEN",
        about: "the address and port to listen on",
    },
    Variable {
        name: "LANDLINE_DATA_DIR",
        about: "the folder that keeps all state",
    },
    Variable {
        name: "LANDLINE_REGION",
        about: "the region that Landline is",
    },
    Variable {
        name: "LANDLINE_ACCOUNT_ID",
        about: "the twelve-digit account that Landline is",
    },
    Variable {
        name: "LANDLINE_ACCESS_KEY_ID",
        about: "the access key that requests must be signed with",
    },
    Variable {
        name: "LANDLINE_SECRET_ACCESS_KEY",
        about: "the secret of that access key",
    },
    Variable {
        name: "LANDLINE_PACKS_DIR",
        about: "the folder of the runtime packs (the SDKs that Lambda bundles)",
    },
    Variable {
        name: "LANDLINE_DURABILITY",
        about: "full, normal or off: when a write counts as kept",
    },
    Variable {
        name: "LANDLINE_TUNNEL",
        about: "whether CONNECT to hosts other than AWS's is let through",
    },
    Variable {
        name: "LANDLINE_DYNAMODB_STRICT",
        about: "whether tables take their time, as on AWS",
    },
    Variable {
        name: "LANDLINE_DYNAMODB_WORDING",
        about: "classic or 2026: the words in which tables refuse",
    },
    Variable {
        name: "LANDLINE_FREEZE_FUNCTIONS",
        about: "whether functions stand still between events, as on AWS",
    },
    Variable {
        name: "LANDLINE_CERTIFICATES",
        about: "a folder of certificates for custom domains, NAME.crt beside NAME.key",
    },
    Variable {
        name: "LANDLINE_METRICS",
        about: "loopback or everyone: who may read /metrics",
    },
    Variable {
        name: "LANDLINE_DYNAMODB_ENDPOINT",
        about: "a DynamoDB elsewhere, which takes the place of the embedded tables",
    },
    Variable {
        name: "AWS_ACCESS_KEY_ID",
        about: "the access key for that DynamoDB, unless the file has one",
    },
    Variable {
        name: "AWS_SECRET_ACCESS_KEY",
        about: "its secret",
    },
    Variable {
        name: "LANDLINE_IAM",
        about: "off, warn or enforce: what becomes of a call that no policy of its role allows",
    },
    Variable {
        name: "LANDLINE_ENDPOINT",
        about: "the running Landline that the commands talk to",
    },
    Variable {
        name: "LANDLINE_LOG",
        about: "what to log, as in info or landline_gateway=debug",
    },
    Variable {
        name: "OTEL_EXPORTER_OTLP_ENDPOINT",
        about: "the OpenTelemetry collector that gets spans, over HTTP",
    },
    Variable {
        name: "NO_COLOR",
        about: "no colours, whatever its value",
    },
    Variable {
        name: "HOME",
        about: "the folder below which the runtime packs are cached",
    },
    Variable {
        name: "XDG_CACHE_HOME",
        about: "the same, where it is set",
    },
    Variable {
        name: "PATH",
        about: "where interpreters, npm and pip are looked for",
    },
    Variable {
        name: "SSL_CERT_FILE",
        about: "root certificates to put into the bundle",
    },
    Variable {
        name: "NODE_OPTIONS",
        about: "options of Node.js, to which `landline exec` adds one",
    },
];

/// The variables of the process that the table names, as they were at the start.
#[derive(Debug, Clone, Default)]
pub struct Environment(BTreeMap<&'static str, String>);

impl Environment {
    /// Reads the process's environment.
    pub fn read() -> Self {
        let read = |variable: &Variable| {
            #[expect(
                clippy::disallowed_methods,
                reason = "the one place that reads the environment"
            )]
            let value = std::env::var(variable.name).ok()?;
            Some((variable.name, value))
        };
        Self(VARIABLES.iter().filter_map(read).collect())
    }

    /// An environment for a test.
    pub fn of(variables: &[(&'static str, &str)]) -> Self {
        Self(
            variables
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
        )
    }

    /// A variable's value; empty counts as not set.
    pub fn get(&self, name: &str) -> Option<&str> {
        debug_assert!(
            VARIABLES.iter().any(|variable| variable.name == name),
            "{name} is not in the table"
        );
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The folder below which caches of this user lie.
    pub fn cache_dir(&self) -> Option<PathBuf> {
        let explicit = self.get("XDG_CACHE_HOME").map(PathBuf::from);
        explicit.or_else(|| {
            self.get("HOME")
                .map(|home| PathBuf::from(home).join(".cache"))
        })
    }
}

/// The table as text, for `--help`.
pub fn reference() -> String {
    let width = VARIABLES
        .iter()
        .map(|variable| variable.name.len())
        .max()
        .unwrap_or(0);
    let lines = VARIABLES
        .iter()
        .map(|v| format!("  {:width$}  {}", v.name, v.about));
    format!(
        "Environment variables:\n{}",
        lines.collect::<Vec<_>>().join("\n")
    )
}
