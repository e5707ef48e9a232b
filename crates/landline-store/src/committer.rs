//! The one thread that writes: it drains the queue, evaluates each write in order, and commits many
//! of them at once, so that the cost of reaching the disk is shared by all who wait.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

use parking_lot::Mutex;
use tokio::sync::{Semaphore, oneshot};

use crate::recent::Recent;
use crate::transaction::{Changes, Fate, Hook};
use crate::{Reader, StoreError, Transaction};

/// Where the committer writes to: the part in which `disk` and `memory` differ.
pub(crate) trait Engine: Send {
    /// Begins a transaction, runs `fill`, commits. When anything fails nothing of it is kept, and
    /// the next call starts afresh.
    fn commit(&mut self, fill: &mut Fill<'_>) -> Result<(), StoreError>;

    /// Lets go of the files.
    fn close(&mut self);
}

pub(crate) type Fill<'a> = dyn FnMut(&mut dyn Batch) -> Result<(), StoreError> + 'a;

/// An open transaction of the engine: earlier writes of the batch are visible to later ones.
pub(crate) trait Batch: Reader {
    fn apply(&mut self, changes: Changes) -> Result<(), StoreError>;
}

/// The bounded way to the committer thread.
pub struct WriteQueue {
    sender: mpsc::Sender<Message>,
    places: Semaphore,
    /// Here, because the committer is who keeps it true.
    recent: Arc<Recent>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl WriteQueue {
    pub(crate) fn start(engine: Box<dyn Engine>) -> std::io::Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let recent = Arc::<Recent>::default();
        let thread = std::thread::Builder::new()
            .name("landline-store".into())
            .spawn({
                let recent = Arc::clone(&recent);
                move || run(engine, &receiver, &recent)
            })?;
        Ok(Self {
            sender,
            places: Semaphore::new(MAX_WAITING_WRITES),
            recent,
            thread: Mutex::new(Some(thread)),
        })
    }

    pub(crate) async fn write<T, E>(
        &self,
        change: impl FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let place = self.places.acquire().await;
        let _place = place.map_err(|_| StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let write = Message::Write(Box::new(Write { change, reply }));
        self.sender.send(write).map_err(|_| StoreError::Closed)?;
        // The reply is dropped unsent only when the thread has ended with this write in the channel.
        answer.await.map_err(|_| StoreError::Closed)?
    }

    pub(crate) fn recent(&self) -> &Recent {
        &self.recent
    }

    /// Everything queued before is committed first.
    pub(crate) fn close(&self) {
        self.places.close();
        self.recent.clear();
        let Some(thread) = self.thread.lock().take() else {
            return;
        };
        // The thread may be gone already; then there is nothing left to close.
        let _ = self.sender.send(Message::Close);
        if thread.join().is_err() {
            tracing::error!("the committer thread of the store panicked");
        }
    }
}

impl Drop for WriteQueue {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for WriteQueue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WriteQueue")
            .field("places", &self.places.available_permits())
            .finish_non_exhaustive()
    }
}

enum Message {
    Write(Box<dyn QueuedWrite>),
    Close,
}

/// A write whose types only its caller knows.
trait QueuedWrite: Send {
    fn evaluate(self: Box<Self>, batch: &mut dyn Batch) -> Result<Answer, Failure>;

    fn refuse(self: Box<Self>, error: StoreError);
}

/// Tells the caller how its write went, once the fate of the commit is known.
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// The engine itself failed under this write: the whole batch is lost.
struct Failure {
    answer: Answer,
    error: StoreError,
}

struct Write<F, T, E> {
    change: F,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> QueuedWrite for Write<F, T, E>
where
    F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    fn evaluate(self: Box<Self>, batch: &mut dyn Batch) -> Result<Answer, Failure> {
        let Self { change, reply } = *self;
        let Decision {
            outcome,
            changes,
            hooks,
        } = decide(change, batch);
        let applied = match changes {
            Some(changes) => batch.apply(changes),
            None => Ok(()),
        };
        // A refusal waits for the commit as well: it was decided on changes that may yet be lost.
        let answer: Answer = Box::new(move |committed| {
            settle(
                hooks,
                match (&committed, &outcome) {
                    (Ok(()), Ok(_)) => Fate::Kept,
                    _ => Fate::Lost,
                },
            );
            // A caller that went away does not want to know.
            let _ = reply.send(committed.map_err(E::from).and(outcome));
        });
        match applied {
            Ok(()) => Ok(answer),
            Err(error) => Err(Failure { answer, error }),
        }
    }

    fn refuse(self: Box<Self>, error: StoreError) {
        let _ = self.reply.send(Err(E::from(error)));
    }
}

/// What a closure has decided.
struct Decision<T, E> {
    outcome: Result<T, E>,
    /// Only an `Ok` within the limit has changes to apply.
    changes: Option<Changes>,
    hooks: Vec<Hook>,
}

/// Runs the closure over its own overlay.
fn decide<F, T, E>(change: F, batch: &dyn Batch) -> Decision<T, E>
where
    F: FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    E: From<StoreError>,
{
    let mut transaction = Transaction::over(batch as &dyn Reader);
    // The overlay of a closure that panics is thrown away, so nothing half-changed is ever seen.
    let outcome = catch_unwind(AssertUnwindSafe(|| change(&mut transaction)));
    let outcome = outcome.unwrap_or_else(|panic| {
        tracing::error!(panic = panic_text(&*panic), "a write to the store panicked");
        Err(E::from(StoreError::Panicked))
    });
    let hooks = transaction.take_hooks();
    let bytes = transaction.bytes();
    let (outcome, changes) = match outcome {
        Ok(_) if bytes > MAX_WRITE_BYTES => {
            let limit = MAX_WRITE_BYTES;
            (Err(E::from(StoreError::TooLarge { bytes, limit })), None)
        }
        Ok(_) => (outcome, Some(transaction.into_changes())),
        Err(_) => (outcome, None),
    };
    Decision {
        outcome,
        changes,
        hooks,
    }
}

/// A hook that panics must not take the committer along.
fn settle(hooks: Vec<Hook>, fate: Fate) {
    for hook in hooks {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| hook(fate))) {
            tracing::error!(panic = panic_text(&*panic), "what follows a write panicked");
        }
    }
}

fn run(mut engine: Box<dyn Engine>, queue: &mpsc::Receiver<Message>, recent: &Recent) {
    while let Ok(Message::Write(first)) = queue.recv() {
        let mut first = Some(first);
        let mut answers: Vec<Answer> = Vec::new();
        let mut closing = false;
        let committed = engine.commit(&mut |batch| {
            let mut watched = WatchedBatch {
                batch,
                recent,
                bytes: 0,
            };
            while let Some(write) = first.take() {
                match write.evaluate(&mut watched) {
                    Ok(answer) => answers.push(answer),
                    Err(failure) => {
                        answers.push(failure.answer);
                        return Err(failure.error);
                    }
                }
                if answers.len() >= MAX_BATCH_WRITES || watched.bytes >= MAX_BATCH_BYTES {
                    break;
                }
                match queue.try_recv() {
                    Ok(Message::Write(next)) => first = Some(next),
                    Ok(Message::Close) => closing = true,
                    Err(_) => {}
                }
            }
            Ok(())
        });
        recent.changed();
        if let Err(error) = &committed {
            tracing::error!(%error, writes = answers.len(), "commit failed");
            if let Some(write) = first.take() {
                write.refuse(error.clone());
            }
        }
        for answer in answers {
            answer(committed.clone());
        }
        if closing {
            break;
        }
    }
    engine.close();
}

/// Sees what a batch takes in, whichever engine it is.
struct WatchedBatch<'a> {
    batch: &'a mut dyn Batch,
    recent: &'a Recent,
    /// So much it has taken in.
    bytes: usize,
}

impl Batch for WatchedBatch<'_> {
    fn apply(&mut self, changes: Changes) -> Result<(), StoreError> {
        self.recent.changing(&changes);
        for (key, value) in &changes {
            self.bytes += key.len() + value.as_ref().map_or(0, Vec::len);
        }
        self.batch.apply(changes)
    }
}

impl Reader for WatchedBatch<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.batch.get(key)
    }

    fn scan(
        &self,
        range: &crate::KeyRange,
        direction: crate::Direction,
        visit: &mut crate::Visitor<'_>,
    ) -> Result<(), StoreError> {
        self.batch.scan(range, direction, visit)
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

/// Writes that may wait for an answer at the same time; further callers wait for a place.
const MAX_WAITING_WRITES: usize = 16_384;

/// A larger batch would not be cheaper per write, only later for the first of them.
const MAX_BATCH_WRITES: usize = 1_024;
const MAX_BATCH_BYTES: usize = 4 << 20;

/// Far above anything an AWS request may carry; keeps one closure from filling the memory.
const MAX_WRITE_BYTES: usize = 256 << 20;
