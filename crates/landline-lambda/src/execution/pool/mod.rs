//! The workers of one function, and the events that wait for one.
//!
//! An event goes to the worker that was idle last, whose caches are warmest. Without one it waits
//! in the queue while a worker starts, and whichever worker is free first takes it. At the limit it
//! waits for the admission time and is then throttled, as AWS throttles at once.

mod breaker;

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::invocation::{Failure, Invocation, Outcome};
use super::node::Node;
use super::worker;
use crate::function::FunctionSpec;
use breaker::Breaker;

/// The workers of one function in one state; an update of the function makes a new pool.
#[derive(Debug)]
pub(crate) struct Pool {
    pub(crate) function: Arc<FunctionSpec>,
    pub(crate) node: Arc<Node>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// In the order in which they became idle.
    idle: Vec<Idle>,
    queue: VecDeque<Job>,
    /// Workers, those that start included.
    workers: usize,
    starting: usize,
    /// Workers that have answered and are about to take another event.
    settling: usize,
    last_number: u64,
    retired: bool,
    breaker: Breaker,
}

/// A worker that has nothing to do.
#[derive(Debug)]
struct Idle {
    number: u64,
    since: Instant,
    job: oneshot::Sender<Job>,
}

/// An event and who waits for its outcome.
#[derive(Debug)]
pub(crate) struct Job {
    number: u64,
    pub(crate) invocation: Invocation,
    pub(crate) answer: oneshot::Sender<Outcome>,
}

/// What a worker does next.
#[derive(Debug)]
pub(crate) enum Next {
    Serve(Job),
    /// Nothing for now: the event will come here.
    Wait(u64, oneshot::Receiver<Job>),
    /// The function has changed or gone.
    End,
}

/// Whether a worker that is ready was counted as about to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settling {
    Yes,
    No,
}

/// Why an event was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Throttled {
    /// The function's reserved concurrency is used up.
    ReservedConcurrency,
    /// The node's or the function's limit is reached.
    Concurrency,
}

impl Pool {
    pub(crate) fn new(function: Arc<FunctionSpec>, node: Arc<Node>) -> Arc<Self> {
        Arc::new(Self {
            function,
            node,
            state: Mutex::default(),
        })
    }

    /// Runs an event.
    pub(crate) async fn invoke(
        self: &Arc<Self>,
        invocation: Invocation,
    ) -> Result<Outcome, Throttled> {
        if self.limit() == 0 {
            return Err(Throttled::ReservedConcurrency);
        }
        let (answer, mut answered) = oneshot::channel();
        let request_id = invocation.request_id.clone();
        let job = Job {
            number: 0,
            invocation,
            answer,
        };
        let waiting = match self.hand_over(job) {
            HandedOver::ToWorker => None,
            HandedOver::Refused(failure) => {
                return Ok(Outcome {
                    payload: failure.payload(&request_id),
                    failed: true,
                    log_tail: None,
                });
            }
            HandedOver::ToQueue(number) => Some(number),
        };
        if let Some(number) = waiting {
            self.grow();
            if !self.has_worker_for_all() {
                let admission =
                    tokio::time::timeout(self.node.limits.admission_wait, &mut answered);
                match admission.await {
                    Ok(answer) => return Ok(answer.unwrap_or_else(|_| lost(&request_id))),
                    Err(_) if self.withdraw(number) => return Err(self.throttled()),
                    Err(_) => {}
                }
            }
        }
        Ok(answered.await.unwrap_or_else(|_| lost(&request_id)))
    }

    /// Gives the event to an idle worker, or puts it into the queue.
    fn hand_over(&self, mut job: Job) -> HandedOver {
        let mut state = self.state.lock();
        while let Some(idle) = state.idle.pop() {
            // A worker whose process has just died does not take it.
            match idle.job.send(job) {
                Ok(()) => return HandedOver::ToWorker,
                Err(returned) => job = returned,
            }
        }
        if let Some(failure) = state.breaker.open(Instant::now()) {
            return HandedOver::Refused(failure);
        }
        state.last_number += 1;
        job.number = state.last_number;
        let number = job.number;
        state.queue.push_back(job);
        HandedOver::ToQueue(number)
    }

    /// Starts workers while events wait that no starting worker will take.
    pub(crate) fn grow(self: &Arc<Self>) {
        loop {
            let mut state = self.state.lock();
            if state.has_worker_for_all()
                || state.workers >= self.limit()
                || self.node.stop.is_cancelled()
            {
                return;
            }
            if !self.node.take_room() {
                drop(state);
                self.node.evict_idle();
                return;
            }
            state.workers += 1;
            state.starting += 1;
            drop(state);
            self.node.tasks.spawn(worker::run(self.clone()));
        }
    }

    /// Whether an event still waits for a worker that is about to start.
    pub(crate) fn has_waiting(&self) -> bool {
        !self.state.lock().queue.is_empty()
    }

    /// A worker has started and is ready for its first event.
    pub(crate) fn worker_started(&self) {
        let mut state = self.state.lock();
        state.starting -= 1;
        state.breaker.reset();
    }

    /// A worker could not start: the event that waited longest gets the reason.
    pub(crate) fn worker_failed(self: &Arc<Self>, failure: Failure) -> Vec<Job> {
        let mut state = self.state.lock();
        let opened = state.breaker.record(failure, Instant::now());
        let count = if opened { state.queue.len() } else { 1 };
        let count = count.min(state.queue.len());
        state.queue.drain(..count).collect()
    }

    /// A worker that never became ready is gone.
    pub(crate) fn start_ended(self: &Arc<Self>) {
        self.state.lock().starting -= 1;
        self.worker_ended();
    }

    /// A worker is gone.
    pub(crate) fn worker_ended(self: &Arc<Self>) {
        self.state.lock().workers -= 1;
        self.node.give_room();
        self.grow();
    }

    /// A worker is about to answer: a caller that comes back at once finds it, rather than
    /// start another.
    pub(crate) fn begin_settling(&self) {
        self.state.lock().settling += 1;
    }

    /// A worker takes longer to be ready than anybody should wait, or is gone.
    pub(crate) fn stop_settling(self: &Arc<Self>) {
        self.state.lock().settling -= 1;
        self.grow();
    }

    /// What a worker that is ready does next.
    pub(crate) fn next(&self, settling: Settling) -> Next {
        let mut state = self.state.lock();
        if settling == Settling::Yes {
            state.settling -= 1;
        }
        if let Some(job) = state.queue.pop_front() {
            return Next::Serve(job);
        }
        if state.retired {
            return Next::End;
        }
        state.last_number += 1;
        let number = state.last_number;
        let (job, receiver) = oneshot::channel();
        state.idle.push(Idle {
            number,
            since: Instant::now(),
            job,
        });
        Next::Wait(number, receiver)
    }

    /// A worker does not wait any longer.
    pub(crate) fn leave(&self, number: u64) {
        self.state.lock().idle.retain(|idle| idle.number != number);
    }

    /// The function has changed or gone: idle workers end now, others after their event.
    pub(crate) fn retire(&self) {
        let mut state = self.state.lock();
        state.retired = true;
        state.idle.clear();
    }

    pub(crate) fn idle_since(&self) -> Option<Instant> {
        self.state.lock().idle.first().map(|idle| idle.since)
    }

    pub(crate) fn end_longest_idle(&self) {
        let mut state = self.state.lock();
        if !state.idle.is_empty() {
            state.idle.remove(0);
        }
    }

    fn limit(&self) -> usize {
        let reserved = self.function.reserved_concurrency;
        reserved.unwrap_or(self.node.limits.max_environments_per_function)
    }

    fn has_worker_for_all(&self) -> bool {
        self.state.lock().has_worker_for_all()
    }

    fn withdraw(&self, number: u64) -> bool {
        let mut state = self.state.lock();
        let before = state.queue.len();
        state.queue.retain(|job| job.number != number);
        state.queue.len() < before
    }

    fn throttled(&self) -> Throttled {
        match self.function.reserved_concurrency {
            Some(_) => Throttled::ReservedConcurrency,
            None => Throttled::Concurrency,
        }
    }
}

impl State {
    /// Whether every event that waits has a worker that is about to take it.
    fn has_worker_for_all(&self) -> bool {
        self.queue.len() <= self.starting + self.settling
    }
}

enum HandedOver {
    ToWorker,
    ToQueue(u64),
    /// The function has failed to start so often that nobody tries for the moment.
    Refused(Failure),
}

/// The worker went away without an answer: Landline stops.
fn lost(request_id: &str) -> Outcome {
    let failure = Failure::NotStarted {
        error_type: "Runtime.ExitError",
        message: "Landline stopped the function".into(),
    };
    Outcome {
        payload: failure.payload(request_id),
        failed: true,
        log_tail: None,
    }
}
