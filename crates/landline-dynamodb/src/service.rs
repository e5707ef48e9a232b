//! The service: what all its operations share.

use std::collections::HashMap;
use std::sync::Arc;

use landline_api::{dynamodb as api, dynamodbstreams as streams};
use landline_store::Store;
use landline_wire::protocol::remote::Remote;
use landline_wire::{Clock, DispatcherBuilder, Handler, Operation, ServiceError};
use parking_lot::Mutex;

use crate::catalog::{Catalog, purge_leftovers};
use crate::error::Failure;
use crate::operations::Counted;
use crate::strict::{Lag, Strict};
use crate::upkeep::{Rest, Upkeep};
use crate::wording::{Wording, WordsOf2026};

/// How the service behaves.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// As slow as AWS, where that shows; without it, everything is done at once.
    pub strict: Option<Strict>,
    /// The words of refusals.
    pub wording: Wording,
}

/// Amazon DynamoDB on the embedded store.
#[derive(Debug)]
pub struct DynamoDb {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) account_id: Arc<str>,
    pub(crate) region: Arc<str>,
    pub(crate) strict: Option<Strict>,
    wording: Wording,
    pub(crate) catalog: Catalog,
    pub(crate) upkeep: Arc<Upkeep>,
    /// The statistics of large tables, by the tables' numbers.
    pub(crate) counted: Mutex<HashMap<u32, Counted>>,
}

impl DynamoDb {
    /// Opens the tables that the store holds.
    pub async fn open(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        account_id: &str,
        region: &str,
    ) -> Result<Arc<Self>, ServiceError> {
        Self::open_with(store, clock, (account_id, region), Options::default()).await
    }

    /// As [`open`](Self::open), with other options than the default ones.
    pub async fn open_with(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        (account_id, region): (&str, &str),
        options: Options,
    ) -> Result<Arc<Self>, ServiceError> {
        let lag = options
            .strict
            .map(|strict| Lag::open(&*store, strict.index_delay, Arc::clone(&clock)));
        let lag = lag.transpose().map_err(Failure::from)?.map(Arc::new);
        let catalog = Catalog::load(&*store, Arc::clone(&clock), lag).map_err(Failure::from)?;
        purge_leftovers(&*store).await?;
        let service = Arc::new(Self {
            store,
            clock,
            account_id: account_id.into(),
            region: region.into(),
            strict: options.strict,
            wording: options.wording,
            catalog,
            upkeep: Arc::default(),
            counted: Mutex::default(),
        });
        // What strict mode has left behind is done at once where it is over.
        if options.strict.is_none() {
            while service.catch_up(i64::MAX).await? == Rest::MoreToDo {}
        }
        Ok(service)
    }

    /// Lets the service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        register(self, builder);
        if self.wording == Wording::Of2026 {
            let service = <api::PutItem as Operation>::META.service;
            builder.reword(service, Arc::new(WordsOf2026));
        }
    }
}

/// Lets a service that is elsewhere answer DynamoDB's operations.
pub fn register_remote(remote: &Arc<Remote>, builder: &mut DispatcherBuilder) {
    register(remote, builder);
}

macro_rules! operations {
    ($($operation:ident),* ; $($stream_operation:ident),*) => {
        /// Whoever answers all operations.
        trait Answers: $(Handler<api::$operation> +)* $(Handler<streams::$stream_operation> +)* {}

        impl<T> Answers for T where
            T: $(Handler<api::$operation> +)* $(Handler<streams::$stream_operation> +)*
        {}

        fn register<H: Answers>(handler: &Arc<H>, builder: &mut DispatcherBuilder) {
            $(builder.register::<api::$operation, _>(Arc::clone(handler));)*
            $(builder.register::<streams::$stream_operation, _>(Arc::clone(handler));)*
        }
    };
}

operations!(
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
    UpdateTable,
    DescribeContinuousBackups,
    UpdateContinuousBackups,
    PutResourcePolicy,
    GetResourcePolicy,
    DeleteResourcePolicy;
    ListStreams,
    DescribeStream,
    GetShardIterator,
    GetRecords
);
