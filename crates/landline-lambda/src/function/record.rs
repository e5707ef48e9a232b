//! What the store keeps of a function.

use std::collections::BTreeMap;

use landline_store::Collection;
use serde::{Deserialize, Serialize};

use super::policy::Statement;

/// All functions of the node, by name.
pub(crate) const FUNCTIONS: Collection<FunctionRecord> = Collection::new("lambda.function");

/// A function in the words of its API.
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
    pub(crate) fn log_group(&self) -> String {
        let group = self.logging.group.clone();
        group.unwrap_or_else(|| format!("/aws/lambda/{}", self.name))
    }
}
