//! The service: what all its operations share.

use std::sync::Arc;

use landline_api::dynamodb as api;
use landline_store::Store;
use landline_wire::{Clock, DispatcherBuilder, ServiceError};

use crate::catalog::{Catalog, purge_leftovers};
use crate::error::Failure;

/// Amazon DynamoDB on the embedded store.
#[derive(Debug)]
pub struct DynamoDb {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) account_id: Arc<str>,
    pub(crate) region: Arc<str>,
    pub(crate) catalog: Catalog,
}

impl DynamoDb {
    /// Opens the tables that the store holds.
    pub async fn open(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        account_id: &str,
        region: &str,
    ) -> Result<Arc<Self>, ServiceError> {
        let catalog = Catalog::load(&*store).map_err(Failure::from)?;
        purge_leftovers(&*store).await?;
        Ok(Arc::new(Self {
            store,
            clock,
            account_id: account_id.into(),
            region: region.into(),
            catalog,
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
    }
}
