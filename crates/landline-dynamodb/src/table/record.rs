//! A table as it is kept: the definition that `CreateTable` gave, and what was set on it since.

use std::collections::BTreeMap;

use landline_store::Collection;
use serde::{Deserialize, Deserializer, Serialize};

use super::policy::PolicyRecord;
use super::warm::Warm;

/// All tables, by name.
pub(crate) const TABLES: Collection<TableRecord> = Collection::new("dynamodb.table");

/// The numbers of tables that were deleted while some of their rows are still there.
pub(crate) const PURGES: Collection<u32> = Collection::new("dynamodb.purge");

/// The number that the next table gets, under [`NEXT_NUMBER`].
pub(crate) const SEQUENCES: Collection<u32> = Collection::new("dynamodb.sequence");
pub(crate) const NEXT_NUMBER: &str = "next-table-number";

/// The number that the next stream gets, in the same collection.
pub(crate) const NEXT_STREAM_NUMBER: &str = "next-stream-number";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TableRecord {
    /// Stands in every row's key, and is never used again: rows of a deleted table cannot come back
    /// in a new one of the same name.
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) arn: String,
    pub(crate) id: String,
    pub(crate) created_millis: i64,
    pub(crate) attributes: Vec<AttributeRecord>,
    pub(crate) keys: KeysRecord,
    #[serde(default)]
    pub(crate) indexes: Vec<IndexRecord>,
    pub(crate) billing: Billing,
    /// When it was last switched to on-demand, if it was not made so.
    #[serde(default)]
    pub(crate) on_demand_since_millis: Option<i64>,
    /// The most that it may use on demand: told, never enforced.
    #[serde(default)]
    pub(crate) on_demand: Option<OnDemand>,
    /// When it was last changed in a way that takes AWS a moment.
    #[serde(default)]
    pub(crate) changed_millis: Option<i64>,
    #[serde(default)]
    pub(crate) recovery: Option<Recovery>,
    #[serde(default)]
    pub(crate) deletion_protection: bool,
    #[serde(default)]
    pub(crate) table_class: Option<String>,
    #[serde(default)]
    pub(crate) encryption: Option<EncryptionRecord>,
    #[serde(default)]
    pub(crate) stream: Option<StreamRecord>,
    #[serde(default)]
    pub(crate) time_to_live: Option<String>,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
    /// What was asked for, or what it had before it was changed.
    #[serde(default)]
    pub(crate) warm: Option<Warm>,
    /// By the ARNs of the table and of its stream.
    #[serde(default)]
    pub(crate) policies: BTreeMap<String, PolicyRecord>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AttributeRecord {
    pub(crate) name: String,
    /// `S`, `N` or `B`.
    pub(crate) kind: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeysRecord {
    #[serde(deserialize_with = "one_or_many")]
    pub(crate) hash: Vec<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    pub(crate) sort: Vec<String>,
}

impl KeysRecord {
    pub(crate) fn names(&self) -> impl Iterator<Item = &String> {
        self.hash.iter().chain(&self.sort)
    }
}

/// Before keys could have many attributes, a record had a name or nothing.
fn one_or_many<'de, D: Deserializer<'de>>(record: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Names {
        Many(Vec<String>),
        One(Option<String>),
    }
    Ok(match Names::deserialize(record)? {
        Names::Many(names) => names,
        Names::One(name) => Vec::from_iter(name),
    })
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct IndexRecord {
    /// Stands in the keys of the index's rows; unique in the table, and not zero.
    pub(crate) number: u8,
    pub(crate) name: String,
    pub(crate) scope: IndexScope,
    pub(crate) keys: KeysRecord,
    pub(crate) projected: Projected,
    #[serde(default)]
    pub(crate) throughput: Option<Throughput>,
    #[serde(default)]
    pub(crate) on_demand: Option<OnDemand>,
    #[serde(default)]
    pub(crate) warm: Option<Warm>,
    #[serde(default)]
    pub(crate) state: IndexState,
}

/// How far an index has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum IndexState {
    /// It is as old as the table.
    #[default]
    Original,
    /// Added later: writes go into it, and the items from before follow piece by piece.
    Backfilling,
    /// Added later, and complete.
    Backfilled,
    /// No write goes into it any more; its rows go piece by piece.
    Deleting,
}

impl IndexState {
    pub(crate) fn is_settled(self) -> bool {
        matches!(self, Self::Original | Self::Backfilled)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum IndexScope {
    Local,
    Global,
}

/// Which attributes an index holds beside its keys and the table's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Projected {
    All,
    KeysOnly,
    Include(Vec<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Billing {
    PayPerRequest,
    Provisioned(Throughput),
}

/// Only told, never enforced.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Throughput {
    pub(crate) read: i64,
    pub(crate) write: i64,
    #[serde(default)]
    pub(crate) increased_millis: Option<i64>,
    #[serde(default)]
    pub(crate) decreased_millis: Option<i64>,
    /// On the day of the last decrease, UTC.
    #[serde(default)]
    pub(crate) decreases: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OnDemand {
    pub(crate) max_read: Option<i64>,
    pub(crate) max_write: Option<i64>,
}

/// Point-in-time recovery, as it is switched on: told, no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recovery {
    pub(crate) days: i32,
    pub(crate) since_millis: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EncryptionRecord {
    pub(crate) kind: String,
    pub(crate) key_arn: Option<String>,
}

/// The latest stream of a table; a table that never had one has no record.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StreamRecord {
    pub(crate) view: String,
    /// The ISO 8601 time at which it was switched on: the last part of its ARN.
    pub(crate) label: String,
    /// Which stream it is; [`NEW_STREAM`] until it is opened.
    #[serde(default)]
    pub(crate) number: u32,
    /// What was switched off is still told of.
    #[serde(default)]
    pub(crate) enabled: bool,
}

impl StreamRecord {
    /// A stream that is to be opened.
    pub(crate) fn new(view: &landline_api::dynamodb::StreamViewType) -> Self {
        Self {
            view: view.to_string(),
            label: String::new(),
            number: NEW_STREAM,
            enabled: true,
        }
    }
}

impl TableRecord {
    /// The stream that takes records, if there is one.
    pub(crate) fn open_stream(&self) -> Option<&StreamRecord> {
        self.stream.as_ref().filter(|stream| stream.enabled)
    }

    pub(crate) fn stream_arn(&self, stream: &StreamRecord) -> String {
        format!("{}/stream/{}", self.arn, stream.label)
    }
}

/// Numbers begin at one.
pub(crate) const NEW_STREAM: u32 = 0;
