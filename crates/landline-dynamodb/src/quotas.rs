//! DynamoDB's limits.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html>

/// An item with its attribute names.
pub const MAX_ITEM_BYTES: usize = 400 << 10;

pub const MAX_ATTRIBUTE_NAME_BYTES: usize = 65_535;

pub const MAX_HASH_KEY_BYTES: usize = 2_048;
pub const MAX_SORT_KEY_BYTES: usize = 1_024;

/// Attributes in each half of the key of a global index.
pub const MAX_KEY_ATTRIBUTES: usize = 4;

/// What one page of a Query or Scan may have read.
pub const MAX_PAGE_BYTES: usize = 1 << 20;

pub const MAX_SCAN_SEGMENTS: u32 = 1_000_000;

pub const MAX_BATCH_WRITES: usize = 25;
pub const MAX_BATCH_GETS: usize = 100;

/// What a batch may answer; what does not fit comes back as unprocessed.
pub const MAX_BATCH_BYTES: usize = 16 << 20;
/// And what of it may come from one partition: "more than 1 MB per partition" is told, and what was observed is a megabyte
/// and an item of the largest size.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html>
pub const MAX_PARTITION_BYTES: usize = MAX_PAGE_BYTES + MAX_ITEM_BYTES - 3;

/// What one partition provides; a table that asks for more has several.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html>
pub const PARTITION_READ_UNITS: i64 = 3_000;
pub const PARTITION_WRITE_UNITS: i64 = 1_000;

pub const MAX_TRANSACTION_ACTIONS: usize = 100;
pub const MAX_TRANSACTION_BYTES: usize = 4 << 20;

pub const MAX_LOCAL_INDEXES: usize = 5;
pub const MAX_GLOBAL_INDEXES: usize = 20;

/// Non-key attributes that all indexes of a table may project together.
pub const MAX_PROJECTED_ATTRIBUTES: usize = 100;

/// A resource's policy.
pub const MAX_POLICY_BYTES: usize = 20 << 10;

pub const MAX_TAGS: usize = 50;

pub const MAX_TABLES_LISTED: usize = 100;

/// One unit reads this much, or half of it strongly consistent.
pub const READ_UNIT_BYTES: usize = 4 << 10;
pub const WRITE_UNIT_BYTES: usize = 1 << 10;

/// What one `GetRecords` may ask for.
pub const MAX_RECORDS: usize = 1_000;

pub const MAX_STREAMS_LISTED: usize = 100;
