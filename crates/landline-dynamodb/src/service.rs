//! The service: what all its operations share.

use std::sync::Arc;

use landline_api::{dynamodb as api, dynamodbstreams as streams};
use landline_store::Store;
use landline_wire::{Clock, DispatcherBuilder, ServiceError};

use crate::catalog::{Catalog, purge_leftovers};
use crate::error::Failure;
use crate::upkeep::Upkeep;

/// Amazon DynamoDB on the embedded store.
#[derive(Debug)]
pub struct DynamoDb {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) account_id: Arc<str>,
    pub(crate) region: Arc<str>,
    pub(crate) catalog: Catalog,
    pub(crate) upkeep: Arc<Upkeep>,
}

impl DynamoDb {
    /// Opens the tables that the store holds.
    pub async fn open(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        account_id: &str,
        region: &str,
    ) -> Result<Arc<Self>, ServiceError> {
        let catalog = Catalog::load(&*store, Arc::clone(&clock)).map_err(Failure::from)?;
        purge_leftovers(&*store).await?;
        Ok(Arc::new(Self {
            store,
            clock,
            account_id: account_id.into(),
            region: region.into(),
            catalog,
            upkeep: Arc::default(),
        }))
    }

    /// Lets the service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        macro_rules! register {
            ($($operation:ident),* $(,)?) => {
                $(builder.register::<api::$operation, _>(Arc::clone(self));)*
            };
        }
        register!(
            CreateTable,
            DescribeTable,
            DeleteTable,
            ListTables,
            PutItem,
            GetItem,
            DeleteItem,
            UpdateItem,
            Query,
            Scan,
            BatchWriteItem,
            BatchGetItem,
            TransactWriteItems,
            TransactGetItems,
            DescribeEndpoints,
            DescribeLimits,
            UpdateTimeToLive,
            DescribeTimeToLive,
            TagResource,
            UntagResource,
            ListTagsOfResource,
        );
        macro_rules! register_streams {
            ($($operation:ident),* $(,)?) => {
                $(builder.register::<streams::$operation, _>(Arc::clone(self));)*
            };
        }
        register_streams!(ListStreams, DescribeStream, GetShardIterator, GetRecords);
    }
}
