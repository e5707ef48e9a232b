//! What the store keeps of a function.

use std::collections::BTreeMap;

use landline_store::Collection;
use serde::{Deserialize, Serialize};

use super::policy::Statement;

/// All functions of the node, by name.
pub(crate) const FUNCTIONS: Collection<FunctionRecord> = Collection::new("lambda.function");

/// All published versions, by [`version_id`].
pub(crate) const VERSIONS: Collection<FunctionRecord> = Collection::new("lambda.version");

/// The id of a version's record: versions of one function are together, the oldest first.
pub(crate) fn version_id(name: &str, number: u64) -> String {
    format!("{name}:{number:020}")
}

/// A function, or one version of it, in the words of its API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct FunctionRecord {
    pub(crate) name: String,
    pub(crate) runtime: String,
    pub(crate) role: String,
    pub(crate) handler: String,
    pub(crate) description: String,
    pub(crate) timeout_seconds: i32,
    pub(crate) memory_mb: i32,
    pub(crate) ephemeral_storage_mb: i32,
    pub(crate) environment: BTreeMap<String, String>,
    /// Whether somebody has given a set of variables, an empty one perhaps.
    #[serde(default)]
    pub(crate) has_environment: bool,
    pub(crate) architectures: Vec<String>,
    pub(crate) layers: Vec<String>,
    pub(crate) tracing_mode: String,
    pub(crate) dead_letter_arn: Option<String>,
    pub(crate) vpc: Option<Vpc>,
    pub(crate) logging: Logging,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) code: Code,
    /// Milliseconds since the epoch.
    pub(crate) last_modified: i64,
    pub(crate) revision_id: String,
    pub(crate) statements: Vec<Statement>,
    pub(crate) reserved_concurrency: Option<usize>,
    /// None: `$LATEST`.
    #[serde(default)]
    pub(crate) version: Option<u64>,
    /// What `$LATEST` was described as when it was published; a publishing may describe its version otherwise.
    #[serde(default)]
    pub(crate) published_description: Option<String>,
    /// The number of the version that was published last. Numbers never come again.
    #[serde(default)]
    pub(crate) last_version: u64,
    /// By name.
    #[serde(default)]
    pub(crate) aliases: BTreeMap<String, Alias>,
    /// By qualifier; empty for the function itself.
    #[serde(default)]
    pub(crate) event_invoke: BTreeMap<String, EventInvoke>,
    /// By alias; empty for the function itself.
    #[serde(default)]
    pub(crate) urls: BTreeMap<String, FunctionUrl>,
    /// By alias or version.
    #[serde(default)]
    pub(crate) provisioned: BTreeMap<String, Provisioned>,
    /// By version; empty for `$LATEST`.
    #[serde(default)]
    pub(crate) runtime_updates: BTreeMap<String, RuntimeUpdates>,
    /// What AWS does when a function calls itself in a loop; kept and told, without effect.
    #[serde(default)]
    pub(crate) recursive_loop: Option<String>,
    /// Which versions AWS would start from a snapshot; kept and told, without effect.
    #[serde(default)]
    pub(crate) snap_start: Option<String>,
    /// What is in the layers, by ARN. A layer of somebody else is not here.
    #[serde(default)]
    pub(crate) layer_content: BTreeMap<String, LayerContent>,
}

/// A name for a version, or for two of them with weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Alias {
    pub(crate) version: String,
    pub(crate) description: String,
    /// The shares of other versions.
    pub(crate) weights: BTreeMap<String, f64>,
    pub(crate) revision_id: String,
}

/// How asynchronous events are run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EventInvoke {
    pub(crate) max_retries: Option<u32>,
    pub(crate) max_age_seconds: Option<u32>,
    pub(crate) on_success: Option<String>,
    pub(crate) on_failure: Option<String>,
    /// Milliseconds since the epoch.
    pub(crate) last_modified: i64,
}

/// How many environments AWS would keep ready; kept and told, because environments here start in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Provisioned {
    pub(crate) count: usize,
    /// Milliseconds since the epoch.
    pub(crate) last_modified: i64,
}

/// When AWS would move a function to another patch of its runtime; kept and told, without effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RuntimeUpdates {
    pub(crate) on: String,
    pub(crate) version_arn: Option<String>,
}

/// An HTTP endpoint of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FunctionUrl {
    /// The first label of its host.
    pub(crate) id: String,
    pub(crate) auth_type: String,
    pub(crate) cors: Option<Cors>,
    pub(crate) invoke_mode: String,
    /// Milliseconds since the epoch.
    pub(crate) created: i64,
    pub(crate) last_modified: i64,
}

/// Which pages of other origins may call a function's URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cors {
    pub(crate) allow_credentials: Option<bool>,
    pub(crate) allow_headers: Option<Vec<String>>,
    pub(crate) allow_methods: Option<Vec<String>>,
    pub(crate) allow_origins: Option<Vec<String>>,
    pub(crate) expose_headers: Option<Vec<String>>,
    pub(crate) max_age: Option<i32>,
}

/// The content of a layer's version in the code store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LayerContent {
    /// The SHA-256 of the zip file, in hexadecimal digits.
    pub(crate) digest: String,
    /// The length of the zip file.
    pub(crate) bytes: u64,
}

/// The code of a function in the code store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Code {
    /// The SHA-256 of the zip file, in hexadecimal digits.
    pub(crate) digest: String,
    /// The length of the zip file.
    pub(crate) bytes: u64,
    /// Whether it mentions an AWS SDK.
    pub(crate) uses_sdk: bool,
}

/// The networks that a function says it is in; kept and told, without effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Vpc {
    pub(crate) subnet_ids: Vec<String>,
    pub(crate) security_group_ids: Vec<String>,
}

/// Where a function's log goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Logging {
    pub(crate) format: String,
    pub(crate) application_level: Option<String>,
    pub(crate) system_level: Option<String>,
    pub(crate) group: Option<String>,
}

impl FunctionRecord {
    pub(crate) fn tells_environment(&self) -> bool {
        self.has_environment || !self.environment.is_empty()
    }

    pub(crate) fn log_group(&self) -> String {
        let group = self.logging.group.clone();
        group.unwrap_or_else(|| format!("/aws/lambda/{}", self.name))
    }

    /// `$LATEST`, or the number.
    pub(crate) fn version_text(&self) -> String {
        self.version
            .map_or_else(|| "$LATEST".to_owned(), |number| number.to_string())
    }

    /// The digests of the layers that are here, in the order in which they lie over each other.
    pub(crate) fn layer_digests(&self) -> Vec<&str> {
        let known = self
            .layers
            .iter()
            .filter_map(|arn| self.layer_content.get(arn));
        known.map(|content| content.digest.as_str()).collect()
    }

    /// This function as a version of it: without what belongs to all versions.
    pub(crate) fn as_version(&self, number: Option<u64>) -> Self {
        Self {
            version: number,
            published_description: Some(self.description.clone()),
            last_version: 0,
            aliases: BTreeMap::new(),
            event_invoke: BTreeMap::new(),
            urls: BTreeMap::new(),
            provisioned: BTreeMap::new(),
            runtime_updates: BTreeMap::new(),
            recursive_loop: None,
            statements: Vec::new(),
            tags: BTreeMap::new(),
            ..self.clone()
        }
    }

    /// Whether a version of this function would be another one than `version`.
    pub(crate) fn differs_from(&self, version: &Self) -> bool {
        let is_described_otherwise = version
            .published_description
            .as_ref()
            .is_some_and(|description| *description != self.description);
        let content = |record: &Self| Self {
            description: String::new(),
            published_description: None,
            last_modified: 0,
            revision_id: String::new(),
            reserved_concurrency: None,
            ..record.as_version(None)
        };
        is_described_otherwise || content(self) != content(version)
    }
}

impl Alias {
    /// The version that `point`, between 0 and 1, falls on.
    pub(crate) fn choose(&self, point: f64) -> &str {
        let mut passed = 0.0;
        for (version, weight) in &self.weights {
            passed += weight;
            if point < passed {
                return version;
            }
        }
        &self.version
    }
}
