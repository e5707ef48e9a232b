//! A function: what is remembered of it, and what runs.

pub(crate) mod layer;
pub(crate) mod name;
pub(crate) mod policy;
pub(crate) mod record;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What a worker needs to know of its function. It never changes: an update makes another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionSpec {
    /// The name, unique in the region.
    pub name: Arc<str>,
    /// The ARN without a qualifier.
    pub arn: Arc<str>,
    /// `$LATEST`, or the number of a published version.
    pub version: Arc<str>,
    /// How the function is run.
    pub family: Family,
    /// `python3.12`
    pub runtime_name: String,
    /// `module.function`
    pub handler: String,
    /// The folder of its code.
    pub code_dir: PathBuf,
    /// What its layers make of `/opt`, when it has any.
    pub opt_dir: Option<PathBuf>,
    /// Whether its code mentions the SDK that the runtime bundles.
    pub uses_sdk: bool,
    /// The longest that an event may take.
    pub timeout: Duration,
    /// In megabytes.
    pub memory_mb: u32,
    /// The variables that its author set.
    pub environment: BTreeMap<String, String>,
    /// The ARN of its role.
    pub role: String,
    /// The name of its log group.
    pub log_group: Arc<str>,
    /// Its reserved concurrency.
    pub reserved_concurrency: Option<usize>,
}

/// How functions of a runtime are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// `python3.*`
    Python,
    /// `nodejs18.x` and later, which bundle version 3 of the SDK.
    Nodejs,
    /// Up to `nodejs16.x`, which bundle version 2 of the SDK.
    NodejsLegacy,
    /// `provided*`, and others that bring a `bootstrap` executable.
    Provided,
}

impl Family {
    /// The family of a runtime's name; `None` when Landline does not run it.
    pub fn of(runtime_name: &str) -> Option<Self> {
        if runtime_name.starts_with("python3.") {
            return Some(Self::Python);
        }
        if let Some(version) = runtime_name.strip_prefix("nodejs") {
            let major = version.split('.').next().unwrap_or_default();
            let legacy = major.parse().is_ok_and(|major: u32| major < 18) || major.is_empty();
            return Some(if legacy {
                Self::NodejsLegacy
            } else {
                Self::Nodejs
            });
        }
        // `go1.x` brings a binary under the handler's name that speaks another protocol.
        runtime_name
            .starts_with("provided")
            .then_some(Self::Provided)
    }

    /// The folder of this family's code.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Nodejs => "nodejs",
            Self::NodejsLegacy => "nodejs-legacy",
            Self::Provided => "provided",
        }
    }
}
