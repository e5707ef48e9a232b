//! State machines: what the store keeps of them, and how they are found.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_store::{Collection, Store, StoreError};
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::definition::{self, Machine, MachineKind};

/// State machines, by name.
pub(crate) const MACHINES: Collection<MachineRecord> = Collection::new("states.machine");
/// What machines are and were, by `{machine}|{revision}`: executions go on with what they began with.
pub(crate) const REVISIONS: Collection<Revision> = Collection::new("states.revision");
/// Published versions, by `{machine}|{number}`.
pub(crate) const VERSIONS: Collection<VersionRecord> = Collection::new("states.version");
/// Aliases, by `{machine}|{alias}`.
pub(crate) const ALIASES: Collection<AliasRecord> = Collection::new("states.alias");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum Kind {
    #[default]
    Standard,
    Express,
}

impl Kind {
    pub(crate) fn for_definition(self) -> MachineKind {
        match self {
            Self::Standard => MachineKind::Standard,
            Self::Express => MachineKind::Express,
        }
    }
}

/// A machine in the store.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct MachineRecord {
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) kind: Kind,
    /// The key of what it is now.
    pub(crate) revision_id: String,
    pub(crate) revision: Revision,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) created_millis: i64,
    /// The number of the version that was published last.
    #[serde(default)]
    pub(crate) last_version: u64,
    /// It is to go as soon as nothing runs any more.
    #[serde(default)]
    pub(crate) is_deleting: bool,
}

/// What a change of a machine changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Revision {
    pub(crate) definition: String,
    pub(crate) role_arn: String,
    /// Kept as they came.
    pub(crate) logging: Option<Value>,
    pub(crate) is_traced: bool,
    pub(crate) encryption: Option<Value>,
    pub(crate) updated_millis: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct VersionRecord {
    pub(crate) revision_id: String,
    pub(crate) revision: Revision,
    pub(crate) description: Option<String>,
    pub(crate) created_millis: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct AliasRecord {
    pub(crate) description: Option<String>,
    /// Versions with how many of a hundred executions each gets.
    pub(crate) routes: Vec<(String, i32)>,
    pub(crate) created_millis: i64,
    pub(crate) updated_millis: i64,
}

/// A machine, with its definition read.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) record: MachineRecord,
    pub(crate) machine: Arc<Machine>,
}

/// Key of a revision, a version or an alias.
pub(crate) fn key(machine: &str, part: &str) -> String {
    format!("{machine}|{part}")
}

/// Versions in the order of their numbers.
pub(crate) fn version_key(machine: &str, number: u64) -> String {
    format!("{machine}|{number:010}")
}

/// All machines that are not gone.
#[derive(Debug, Default)]
pub(crate) struct Machines(RwLock<BTreeMap<String, Arc<Known>>>);

impl Machines {
    /// All as they were left. A definition that can be read no more is told, and left out.
    pub(crate) fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let mut machines = BTreeMap::new();
        for (name, record) in MACHINES.load(store)? {
            let kind = record.kind.for_definition();
            match definition::parse(&record.revision.definition, kind) {
                Ok(machine) => {
                    let machine = Arc::new(machine);
                    machines.insert(name, Arc::new(Known { record, machine }));
                }
                Err(diagnostics) => {
                    tracing::error!(
                        machine = name,
                        ?diagnostics,
                        "the definition of a state machine can be read no more; it is not there until it is made anew"
                    );
                }
            }
        }
        Ok(Self(RwLock::new(machines)))
    }

    pub(crate) fn get(&self, name: &str) -> Option<Arc<Known>> {
        self.0.read().get(name).cloned()
    }

    pub(crate) fn all(&self) -> Vec<Arc<Known>> {
        self.0.read().values().cloned().collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.read().len()
    }

    pub(crate) fn put(&self, known: Known) {
        let name = known.record.name.clone();
        self.0.write().insert(name, Arc::new(known));
    }

    pub(crate) fn remove(&self, name: &str) {
        self.0.write().remove(name);
    }
}
