//! What `UpdateTable` asks for, checked: by itself, and against the table that it is to change.
//!
//! AWS takes one concern a call; the texts with which it says so are those it had in October 2026.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html>

mod indexes;

use landline_api::dynamodb as api;
use landline_store::Transaction;
use landline_wire::{ServiceError, Timestamp};

use self::indexes::IndexChange;
use super::create::{check_units, on_demand, throughput};
use super::record::{
    Billing, EncryptionRecord, IndexScope, OnDemand, StreamRecord, TableRecord, Throughput,
};
use super::warm::Warm;
use crate::error::{Failure, invalid_parameter, validation};

/// A request that is right in itself.
#[derive(Debug)]
pub(crate) struct TableUpdate {
    definitions: Option<Vec<api::AttributeDefinition>>,
    billing: Option<api::BillingMode>,
    throughput: Option<Throughput>,
    on_demand: Option<OnDemand>,
    indexes: Vec<IndexChange>,
    stream: Option<api::StreamSpecification>,
    encryption: Option<api::SSESpecification>,
    class: Option<api::TableClass>,
    deletion_protection: Option<bool>,
    warm: Option<api::WarmThroughput>,
}

/// Whether a change takes AWS a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    NoTime,
    AWhile,
}

impl TableUpdate {
    pub(crate) fn from_request(input: api::UpdateTableInput) -> Result<Self, ServiceError> {
        if input.replica_updates.is_some() || input.global_table_witness_updates.is_some() {
            return Err(invalid_parameter(
                "ReplicaUpdates cannot be specified: Landline is one region",
            ));
        }
        let update = Self {
            definitions: input.attribute_definitions,
            billing: input.billing_mode,
            throughput: input.provisioned_throughput.as_ref().map(throughput),
            on_demand: input.on_demand_throughput.as_ref().map(on_demand),
            indexes: indexes::parse(input.global_secondary_index_updates.unwrap_or_default())?,
            stream: input.stream_specification,
            encryption: input.sse_specification,
            class: input.table_class,
            deletion_protection: input.deletion_protection_enabled,
            warm: input.warm_throughput,
        };
        if update.concerns() == 0 {
            return Err(validation(NOTHING_TO_DO));
        }
        if let Some(throughput) = update.throughput {
            check_units(throughput, "")?;
        }
        update.check_single()?;
        update.check_iops()?;
        if let Some(stream) = &update.stream {
            check_stream(stream)?;
        }
        indexes::check_count(&update.indexes)?;
        Ok(update)
    }

    /// How many different things the request wants.
    fn concerns(&self) -> usize {
        [
            self.billing.is_some() || self.throughput.is_some(),
            self.on_demand.is_some(),
            !self.indexes.is_empty(),
            self.stream.is_some(),
            self.encryption.is_some(),
            self.class.is_some(),
            self.deletion_protection.is_some(),
            self.warm.is_some(),
        ]
        .into_iter()
        .filter(|given| *given)
        .count()
    }

    /// Of two such operations, AWS names the one that stands first here.
    fn check_single(&self) -> Result<(), ServiceError> {
        let lonely = [
            (
                self.encryption.is_some(),
                "Server-Side Encryption modification must be the only operation in the request",
            ),
            (
                self.class.is_some(),
                "TableClass modification must be the only operation in the request",
            ),
            (
                self.deletion_protection.is_some(),
                "DeletionProtection modification must be the only operation in the request",
            ),
            (
                self.warm.is_some(),
                "WarmThroughput must be the only operation in the request",
            ),
        ];
        let refusal = lonely.into_iter().find(|(given, _)| *given);
        match refusal {
            Some((_, refusal)) if self.concerns() > 1 => Err(invalid_parameter(refusal)),
            _ => Ok(()),
        }
    }

    fn check_iops(&self) -> Result<(), ServiceError> {
        let iops = self.throughput.is_some() || self.billing == Some(api::BillingMode::Provisioned);
        let makes_or_deletes = self.indexes.iter().any(IndexChange::makes_or_deletes);
        let refusal = match (iops, makes_or_deletes, self.stream.is_some()) {
            (true, true, _) => "You cannot create or delete index while updating table IOPS",
            (true, _, true) => "You cannot modify stream status while updating table IOPS",
            (_, true, true) => "You cannot create or delete index while changing stream status",
            _ => return Ok(()),
        };
        Err(invalid_parameter(refusal))
    }

    /// Changes the record, unless the table cannot be changed so.
    pub(crate) fn apply(
        &self,
        record: &mut TableRecord,
        transaction: &Transaction<'_>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        self.change_billing(record, now)?;
        for change in &self.indexes {
            change.apply(record, self.definitions.as_deref(), transaction, now)?;
        }
        self.check_index_throughput(record)?;
        if let Some(stream) = &self.stream {
            change_stream(record, stream)?;
        }
        if let Some(encryption) = &self.encryption {
            change_encryption(record, encryption)?;
        }
        if let Some(class) = &self.class {
            record.table_class = Some(class.to_string());
        }
        if let Some(protection) = self.deletion_protection {
            record.deletion_protection = protection;
        }
        if self.on_demand.is_some() {
            record.on_demand = self.on_demand;
        }
        if let Some(warm) = &self.warm {
            let current = Warm::of(record.billing, None, record.warm);
            record.warm = Some(current.grown(warm, "table")?);
        }
        if self.takes() == Takes::AWhile {
            record.changed_millis = Some(now.as_millis());
        }
        Ok(())
    }

    pub(crate) fn takes(&self) -> Takes {
        if self.deletion_protection.is_some() || self.encryption.is_some() {
            Takes::NoTime
        } else {
            Takes::AWhile
        }
    }

    fn change_billing(&self, record: &mut TableRecord, now: Timestamp) -> Result<(), ServiceError> {
        let on_demand = match &self.billing {
            Some(mode) => *mode == api::BillingMode::PayPerRequest,
            None => record.billing == Billing::PayPerRequest,
        };
        match (on_demand, self.throughput, record.billing) {
            (true, Some(_), _) => Err(invalid_parameter(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
            )),
            (true, None, Billing::PayPerRequest) | (false, None, Billing::Provisioned(_)) => Ok(()),
            (true, None, Billing::Provisioned(_)) => {
                record.billing = Billing::PayPerRequest;
                record.on_demand_since_millis = Some(now.as_millis());
                record.warm = Some(Warm::of(Billing::PayPerRequest, None, record.warm));
                for index in &mut record.indexes {
                    index.throughput = None;
                }
                Ok(())
            }
            (false, None, Billing::PayPerRequest) => Err(invalid_parameter(
                "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
            )),
            (false, Some(wanted), Billing::PayPerRequest) => {
                record
                    .on_demand_since_millis
                    .get_or_insert(record.created_millis);
                // What was warm stays so.
                record.warm = Some(Warm::of(record.billing, None, record.warm));
                record.billing = Billing::Provisioned(wanted);
                Ok(())
            }
            (false, Some(wanted), Billing::Provisioned(current)) => {
                let changed = current.changed(wanted, "table", now)?;
                record.billing = Billing::Provisioned(changed);
                Ok(())
            }
        }
    }

    /// A table that is provisioned now has no index that is not.
    fn check_index_throughput(&self, record: &TableRecord) -> Result<(), ServiceError> {
        let bare = record.indexes.iter().find(|index| {
            index.scope == IndexScope::Global
                && index.throughput.is_none()
                && matches!(record.billing, Billing::Provisioned(_))
        });
        match bare {
            Some(index) if self.throughput.is_some() => Err(invalid_parameter(format_args!(
                "ProvisionedThroughput must be specified for index: {}",
                index.name
            ))),
            _ => Ok(()),
        }
    }
}

impl Throughput {
    /// The throughput after a change to `wanted`; `of` is the table or the index.
    fn changed(self, wanted: Self, of: &str, now: Timestamp) -> Result<Self, ServiceError> {
        if (self.read, self.write) == (wanted.read, wanted.write) {
            let (read, write) = (self.read, self.write);
            return Err(validation(format!(
                "The provisioned throughput for the {of} will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the {of}: {read}. Requested ReadCapacityUnits: {read}. Current WriteCapacityUnits provisioned for the {of}: {write}. Requested WriteCapacityUnits: {write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
            )));
        }
        let mut changed = Self {
            read: wanted.read,
            write: wanted.write,
            ..self
        };
        if wanted.read > self.read || wanted.write > self.write {
            changed.increased_millis = Some(now.as_millis());
        }
        if wanted.read < self.read || wanted.write < self.write {
            let day = |millis: i64| millis.div_euclid(DAY_MILLIS);
            let today = day(now.as_millis());
            let is_another = self.decreased_millis.is_none_or(|last| day(last) != today);
            changed.decreases = if is_another { 1 } else { self.decreases + 1 };
            changed.decreased_millis = Some(now.as_millis());
        }
        Ok(changed)
    }
}

fn check_stream(stream: &api::StreamSpecification) -> Result<(), ServiceError> {
    match (stream.stream_enabled, &stream.stream_view_type) {
        (true, None) => Err(invalid_parameter(
            "If stream is being enabled then UpdateViewType is required",
        )),
        (false, Some(_)) => Err(invalid_parameter(
            "If stream is being disabled, then UpdateViewType must not be specified",
        )),
        _ => Ok(()),
    }
}

fn change_stream(
    record: &mut TableRecord,
    stream: &api::StreamSpecification,
) -> Result<(), ServiceError> {
    let is_open = record.open_stream().is_some();
    match (&stream.stream_view_type, is_open) {
        (Some(_), true) => Err(validation(format!(
            "Table already has an enabled stream: TableName: {}",
            record.name
        ))),
        (Some(view), false) => {
            record.stream = Some(StreamRecord::new(view));
            Ok(())
        }
        (None, true) => {
            if let Some(stream) = &mut record.stream {
                stream.enabled = false;
            }
            Ok(())
        }
        (None, false) => Err(validation(format!(
            "Table has no stream to disable: TableName: {}",
            record.name
        ))),
    }
}

fn change_encryption(
    record: &mut TableRecord,
    wanted: &api::SSESpecification,
) -> Result<(), ServiceError> {
    let key = wanted.kms_master_key_id.as_ref();
    let is_on = match wanted.enabled {
        Some(enabled) => enabled,
        None => wanted.sse_type.is_some(),
    };
    if !is_on {
        for (member, given) in [
            ("SSEType", wanted.sse_type.is_some()),
            ("KMSMasterKeyId", key.is_some()),
        ] {
            if given {
                return Err(invalid_parameter(format_args!(
                    "{member} can not be specified if Enabled is false"
                )));
            }
        }
        if record.encryption.take().is_none() {
            return Err(invalid_parameter("Table is already encrypted by default"));
        }
        return Ok(());
    }
    if wanted.sse_type == Some(api::SSEType::Aes256) {
        return Err(invalid_parameter("SSEType AES256 is not supported"));
    }
    let current = record.encryption.as_ref();
    if key.is_some() && current.and_then(|current| current.key_arn.as_ref()) == key {
        return Err(invalid_parameter(
            "Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key",
        ));
    }
    record.encryption = Some(EncryptionRecord {
        kind: "KMS".to_owned(),
        key_arn: key.cloned(),
    });
    Ok(())
}

const NOTHING_TO_DO: &str = "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required";

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
