//! A table as `DescribeTable` and the table operations show it.

use landline_api::dynamodb as api;
use landline_wire::Timestamp;

use super::record::{
    Billing, IndexRecord, IndexScope, IndexState, KeysRecord, OnDemand, Projected, TableRecord,
    Throughput,
};
use super::warm::Warm;

/// How much a table or an index holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Statistics {
    pub(crate) items: i64,
    pub(crate) bytes: i64,
}

impl TableRecord {
    /// `statistics` gives how much the row range with this index number holds.
    pub(crate) fn describe(
        &self,
        status: &api::TableStatus,
        statistics: &dyn Fn(u8) -> Statistics,
    ) -> api::TableDescription {
        let held = statistics(super::BASE);
        let settled = *status != api::TableStatus::Creating;
        let created = Timestamp::from_millis(self.created_millis);
        api::TableDescription {
            attribute_definitions: Some(self.attribute_definitions()),
            table_name: Some(self.name.clone()),
            key_schema: Some(key_elements(&self.keys)),
            table_status: Some(status.clone()),
            creation_date_time: Some(created),
            provisioned_throughput: Some(throughput_description(match self.billing {
                Billing::Provisioned(throughput) => throughput,
                Billing::PayPerRequest => Throughput::default(),
            })),
            table_size_bytes: Some(held.bytes),
            item_count: Some(held.items),
            table_arn: Some(self.arn.clone()),
            table_id: Some(self.id.clone()),
            billing_mode_summary: self.billing_summary(settled),
            on_demand_throughput: self.on_demand.map(on_demand_throughput),
            local_secondary_indexes: self.local_indexes(statistics),
            global_secondary_indexes: self.global_indexes(status, statistics),
            stream_specification: self.open_stream().map(|stream| api::StreamSpecification {
                stream_enabled: true,
                stream_view_type: Some(stream.view.as_str().into()),
            }),
            latest_stream_label: self.stream.as_ref().map(|stream| stream.label.clone()),
            latest_stream_arn: self.stream.as_ref().map(|stream| self.stream_arn(stream)),
            sse_description: self
                .encryption
                .as_ref()
                .map(|encryption| api::SSEDescription {
                    status: Some(api::SSEStatus::Enabled),
                    sse_type: Some(encryption.kind.as_str().into()),
                    kms_master_key_arn: encryption.key_arn.clone(),
                    ..api::SSEDescription::default()
                }),
            table_class_summary: self
                .table_class
                .as_ref()
                .map(|class| api::TableClassSummary {
                    table_class: Some(class.as_str().into()),
                    last_update_date_time: None,
                }),
            deletion_protection_enabled: Some(self.deletion_protection),
            warm_throughput: Some(warm_description(
                Warm::of(self.billing, None, self.warm),
                status,
            )),
            ..api::TableDescription::default()
        }
    }

    /// Also a table that is provisioned now tells when it was last on demand.
    fn billing_summary(&self, settled: bool) -> Option<api::BillingModeSummary> {
        let since = self.on_demand_since_millis.map(Timestamp::from_millis);
        match (self.billing, since) {
            (Billing::Provisioned(_), None) => None,
            (Billing::Provisioned(_), Some(since)) => Some(api::BillingModeSummary {
                billing_mode: Some(api::BillingMode::Provisioned),
                last_update_to_pay_per_request_date_time: Some(since),
            }),
            (Billing::PayPerRequest, since) => {
                let since = since.unwrap_or_else(|| Timestamp::from_millis(self.created_millis));
                Some(api::BillingModeSummary {
                    billing_mode: Some(api::BillingMode::PayPerRequest),
                    last_update_to_pay_per_request_date_time: settled.then_some(since),
                })
            }
        }
    }

    fn attribute_definitions(&self) -> Vec<api::AttributeDefinition> {
        let definitions = self
            .attributes
            .iter()
            .map(|attribute| api::AttributeDefinition {
                attribute_name: attribute.name.clone(),
                attribute_type: attribute.kind.as_str().into(),
            });
        definitions.collect()
    }

    fn local_indexes(
        &self,
        statistics: &dyn Fn(u8) -> Statistics,
    ) -> Option<Vec<api::LocalSecondaryIndexDescription>> {
        let described = self.indexes_of(IndexScope::Local).map(|index| {
            let held = statistics(index.number);
            api::LocalSecondaryIndexDescription {
                index_name: Some(index.name.clone()),
                key_schema: Some(key_elements(&index.keys)),
                projection: Some(projection(&index.projected)),
                index_size_bytes: Some(held.bytes),
                item_count: Some(held.items),
                index_arn: Some(self.index_arn(index)),
            }
        });
        not_empty(described.collect())
    }

    fn global_indexes(
        &self,
        table: &api::TableStatus,
        statistics: &dyn Fn(u8) -> Statistics,
    ) -> Option<Vec<api::GlobalSecondaryIndexDescription>> {
        let described = self.indexes_of(IndexScope::Global).map(|index| {
            let held = statistics(index.number);
            api::GlobalSecondaryIndexDescription {
                index_name: Some(index.name.clone()),
                key_schema: Some(key_elements(&index.keys)),
                projection: Some(projection(&index.projected)),
                index_status: Some(index_status(table, index.state)),
                backfilling: backfilling(table, index.state),
                provisioned_throughput: Some(throughput_description(
                    index.throughput.unwrap_or_default(),
                )),
                index_size_bytes: Some(held.bytes),
                item_count: Some(held.items),
                index_arn: Some(self.index_arn(index)),
                on_demand_throughput: index.on_demand.map(on_demand_throughput),
                warm_throughput: Some(self.warm_index(index, table)),
            }
        });
        not_empty(described.collect())
    }

    fn warm_index(
        &self,
        index: &IndexRecord,
        table: &api::TableStatus,
    ) -> api::GlobalSecondaryIndexWarmThroughputDescription {
        let warm = Warm::of(self.billing, index.throughput, index.warm);
        api::GlobalSecondaryIndexWarmThroughputDescription {
            read_units_per_second: Some(warm.read),
            write_units_per_second: Some(warm.write),
            status: Some(index_status(table, index.state)),
        }
    }

    fn indexes_of(&self, scope: IndexScope) -> impl Iterator<Item = &IndexRecord> {
        self.indexes
            .iter()
            .filter(move |index| index.scope == scope)
    }

    fn index_arn(&self, index: &IndexRecord) -> String {
        format!("{}/index/{}", self.arn, index.name)
    }
}

fn index_status(table: &api::TableStatus, state: IndexState) -> api::IndexStatus {
    match (table, state) {
        (api::TableStatus::Creating, _) | (_, IndexState::Backfilling) => {
            api::IndexStatus::Creating
        }
        (api::TableStatus::Deleting, _) | (_, IndexState::Deleting) => api::IndexStatus::Deleting,
        _ => api::IndexStatus::Active,
    }
}

/// Only an index that is on its way has the member; and at first AWS looks for a place.
fn backfilling(table: &api::TableStatus, state: IndexState) -> Option<bool> {
    match state {
        IndexState::Original | IndexState::Backfilled | IndexState::Deleting => None,
        IndexState::Backfilling => Some(*table != api::TableStatus::Updating),
    }
}

pub(crate) fn key_elements(keys: &KeysRecord) -> Vec<api::KeySchemaElement> {
    let element = |name: &String, key_type| api::KeySchemaElement {
        attribute_name: name.clone(),
        key_type,
    };
    let hash = keys
        .hash
        .iter()
        .map(|name| element(name, api::KeyType::Hash));
    let sort = keys
        .sort
        .iter()
        .map(|name| element(name, api::KeyType::Range));
    hash.chain(sort).collect()
}

fn projection(projected: &Projected) -> api::Projection {
    let (kind, names) = match projected {
        Projected::All => (api::ProjectionType::All, None),
        Projected::KeysOnly => (api::ProjectionType::KeysOnly, None),
        Projected::Include(names) => (api::ProjectionType::Include, Some(names.clone())),
    };
    api::Projection {
        projection_type: Some(kind),
        non_key_attributes: names,
    }
}

fn warm_description(warm: Warm, status: &api::TableStatus) -> api::TableWarmThroughputDescription {
    api::TableWarmThroughputDescription {
        read_units_per_second: Some(warm.read),
        write_units_per_second: Some(warm.write),
        status: Some(status.clone()),
    }
}

fn on_demand_throughput(most: OnDemand) -> api::OnDemandThroughput {
    api::OnDemandThroughput {
        max_read_request_units: most.max_read,
        max_write_request_units: most.max_write,
    }
}

fn throughput_description(throughput: Throughput) -> api::ProvisionedThroughputDescription {
    api::ProvisionedThroughputDescription {
        last_increase_date_time: throughput.increased_millis.map(Timestamp::from_millis),
        last_decrease_date_time: throughput.decreased_millis.map(Timestamp::from_millis),
        number_of_decreases_today: Some(throughput.decreases),
        read_capacity_units: Some(throughput.read),
        write_capacity_units: Some(throughput.write),
    }
}

/// AWS leaves the member out when there is no index.
fn not_empty<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
