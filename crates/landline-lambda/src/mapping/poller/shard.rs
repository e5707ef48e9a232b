//! One shard, in order: read, filter, gather, hand over, remember.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use landline_api::dynamodbstreams::Record;
use landline_api::dynamodbstreams::errors::{ExpiredIteratorException, TrimmedDataAccessException};
use landline_wire::ServiceError;
use tokio::sync::watch;
use tokio::time::Instant;

use super::dynamodb::{self, Position};
use super::event::{Event, FRAME};
use super::{Poller, batch};
use crate::mapping::record::{CHECKPOINTS, Checkpoint};
use crate::quotas::MAX_PAYLOAD_BYTES;

/// Reads one shard to its end.
pub(super) struct Reader {
    poller: Arc<Poller>,
    shard_id: String,
    /// The next call's; none when it has to be asked for.
    iterator: Option<String>,
    /// The sequence number of the last record that was read.
    last_read: Option<String>,
    /// Records that were read and not handed over yet.
    pending: VecDeque<Pending>,
    has_ended: bool,
    /// Stirs when there is something to read, if anybody can tell.
    news: Option<watch::Receiver<u64>>,
}

/// A record that was read.
struct Pending {
    sequence_number: String,
    /// None: the function does not want to see it.
    event: Option<Event>,
}

/// What is handed over at once.
struct Gathered {
    events: Vec<Event>,
    /// The last record that this covers, among those that nobody wants.
    through: String,
}

impl Reader {
    pub(super) fn new(
        poller: &Arc<Poller>,
        shard_id: String,
        checkpoint: Option<Checkpoint>,
        iterator: Option<String>,
    ) -> Self {
        let last_read = match checkpoint {
            Some(Checkpoint::After(number)) => Some(number),
            Some(Checkpoint::Finished) | None => None,
        };
        let watched = poller.lambda.config.streams.as_ref();
        Self {
            news: watched.and_then(|streams| streams.watch(&poller.mapping.record.source_arn)),
            poller: poller.clone(),
            shard_id,
            iterator,
            last_read,
            pending: VecDeque::new(),
            has_ended: false,
        }
    }

    /// Reads until the shard has ended and everything in it is handed over.
    pub(super) async fn read_all(mut self) {
        while let Some(Gathered { events, through }) = self.gather().await {
            let is_wanted = !events.is_empty();
            if is_wanted {
                let shard = batch::Shard {
                    poller: &self.poller,
                    id: &self.shard_id,
                };
                shard.hand_over(events).await;
            }
            self.poller
                .remember(&self.shard_id, Checkpoint::After(through))
                .await;
        }
        self.poller
            .remember(&self.shard_id, Checkpoint::Finished)
            .await;
    }

    /// The next batch: full, or all that came within the window.
    async fn gather(&mut self) -> Option<Gathered> {
        let window = Duration::from_secs(self.poller.mapping.record.window_seconds.into());
        let mut since: Option<Instant> = None;
        loop {
            let has_wanted = self.pending.iter().any(|pending| pending.event.is_some());
            if has_wanted {
                let began = *since.get_or_insert_with(Instant::now);
                if self.is_full() || self.has_ended || began.elapsed() >= window {
                    return self.take();
                }
            } else if !self.pending.is_empty() {
                return self.take();
            } else if self.has_ended {
                return None;
            }
            // What is written from here on stirs, whether this reading finds it or not.
            if let Some(news) = &mut self.news {
                news.mark_unchanged();
            }
            let found = self.read().await;
            if found != Found::Records && !self.has_ended {
                let left = since.map(|began| window.saturating_sub(began.elapsed()));
                self.rest(found, left).await;
            }
        }
    }

    /// Waits until there may be something to read, or until the window is over.
    async fn rest(&mut self, found: Found, left: Option<Duration>) {
        let interval = self.poller.lambda.config.limits.poll_interval;
        let news = self.news.as_mut().filter(|_| found == Found::Nothing);
        let Some(news) = news else {
            tokio::time::sleep(left.map_or(interval, |left| left.min(interval))).await;
            return;
        };
        let pause = left.map_or(LISTEN_FOR, |left| left.min(LISTEN_FOR));
        if let Ok(Err(_)) = tokio::time::timeout(pause, news.changed()).await {
            // The stream is gone, and whoever told of it with it.
            self.news = None;
        }
    }

    fn is_full(&self) -> bool {
        let wanted = self.pending.iter().filter_map(|p| p.event.as_ref());
        let (mut count, mut bytes) = (0, FRAME.len());
        for event in wanted {
            count += 1;
            bytes += event.json.len() + 1;
        }
        count >= self.poller.mapping.record.batch_size
            || bytes > MAX_PAYLOAD_BYTES
            || self.pending.len() >= MAX_PENDING
    }

    /// Takes as much as fits into one call from what is pending.
    fn take(&mut self) -> Option<Gathered> {
        let mut gathered = Gathered {
            events: Vec::new(),
            through: String::new(),
        };
        let mut bytes = FRAME.len();
        while let Some(next) = self.pending.front() {
            if let Some(event) = &next.event {
                bytes += event.json.len() + 1;
                let is_full = gathered.events.len() >= self.poller.mapping.record.batch_size
                    || bytes > MAX_PAYLOAD_BYTES;
                if is_full && !gathered.events.is_empty() {
                    break;
                }
            }
            let next = self.pending.pop_front()?;
            gathered.through = next.sequence_number;
            gathered.events.extend(next.event);
        }
        (!gathered.through.is_empty()).then_some(gathered)
    }

    /// Reads once.
    async fn read(&mut self) -> Found {
        match self.try_read().await {
            Ok(records) if records.is_empty() => Found::Nothing,
            Ok(records) => {
                for record in records {
                    self.add(&record);
                }
                Found::Records
            }
            Err(error) => {
                if TrimmedDataAccessException.matches(&error) {
                    self.last_read = None;
                } else if !ExpiredIteratorException.matches(&error) {
                    let uuid = &self.poller.mapping.record.uuid;
                    tracing::debug!(mapping = uuid, %error, "a shard could not be read");
                }
                Found::NotRead
            }
        }
    }

    async fn try_read(&mut self) -> Result<Vec<Record>, ServiceError> {
        let dispatcher = &self.poller.lambda.config.dispatcher;
        let caller = &self.poller.caller;
        let iterator = if let Some(iterator) = self.iterator.take() {
            iterator
        } else {
            let position = match &self.last_read {
                Some(number) => Position::After(number),
                None => Position::TrimHorizon,
            };
            let arn = &self.poller.mapping.record.source_arn;
            dynamodb::iterator(dispatcher, caller, arn, &self.shard_id, position).await?
        };
        let (records, next) = dynamodb::records(dispatcher, caller, iterator).await?;
        self.has_ended = next.is_none();
        self.iterator = next;
        Ok(records)
    }

    fn add(&mut self, record: &Record) {
        let mapping = &self.poller.mapping;
        let change = record.dynamodb.as_ref();
        let Some(sequence_number) = change.and_then(|change| change.sequence_number.clone()) else {
            return;
        };
        let arrived = change.and_then(|change| change.approximate_creation_date_time);
        let arrived_millis = arrived.unwrap_or_default().as_millis();
        self.last_read = Some(sequence_number.clone());
        // A mapping that began at the end of the stream and has been restarted since reads the
        // stream from its beginning.
        let is_old = mapping
            .record
            .latest_since
            .is_some_and(|since| arrived_millis < since - since.rem_euclid(MILLIS_PER_SECOND));
        let event = (!is_old).then(|| dynamodb::event(record, &mapping.record.source_arn));
        let is_wanted = event.as_ref().is_some_and(|event| {
            mapping.patterns.is_empty() || mapping.patterns.iter().any(|p| p.matches(event))
        });
        self.pending.push_back(Pending {
            event: event.filter(|_| is_wanted).map(|event| Event {
                id: sequence_number.clone(),
                json: event.to_string(),
                arrived_millis,
            }),
            sequence_number,
        });
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Records,
    Nothing,
    /// The stream gave no answer; another attempt may get one.
    NotRead,
}

impl Poller {
    /// Makes durable how far the mapping has come. When that fails, records come again.
    pub(super) async fn remember(&self, shard_id: &str, checkpoint: Checkpoint) {
        let id = checkpoint_id(&self.mapping.record.uuid, shard_id);
        let store = &*self.lambda.config.store;
        if let Err(error) = CHECKPOINTS.put(store, &id, checkpoint).await {
            tracing::warn!(%error, mapping = self.mapping.record.uuid, "a checkpoint is not kept");
        }
    }
}

/// The id of a shard's checkpoint.
pub(super) fn checkpoint_id(uuid: &str, shard_id: &str) -> String {
    format!("{uuid}/{shard_id}")
}

/// How long to trust that somebody tells of news. An iterator is good for fifteen minutes.
const LISTEN_FOR: Duration = Duration::from_mins(5);

/// Records that wait for a batch to be full, those that nobody wants included.
const MAX_PENDING: usize = 20_000;

const MILLIS_PER_SECOND: i64 = 1000;
