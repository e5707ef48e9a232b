//! The life of one worker: start, serve one event after another, end.
//!
//! A worker is one task. It owns its environment, its log and its state; others reach it only
//! through the event it waits for. When the task ends, for whatever reason, the environment's drop
//! kills what runs in it.

mod report;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::invocation::{Failure, LogTail, Outcome};
use super::logs::WorkerLog;
use super::pool::{Job, Next, Pool, Settling};
use super::runtime::Environment;
use super::trace;
use report::Report;

/// Runs a worker of `pool` to its end.
pub(crate) async fn run(pool: Arc<Pool>) {
    let mut place = Place {
        pool: pool.clone(),
        started: false,
    };
    let stop = pool.node.stop.clone();
    tokio::select! {
        biased;
        () = stop.cancelled() => {}
        () = live(&pool, &mut place) => {}
    }
}

/// The worker's place in its pool, given back when the task ends, even by a panic.
struct Place {
    pool: Arc<Pool>,
    started: bool,
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.started {
            self.pool.worker_ended();
        } else {
            self.pool.start_ended();
        }
    }
}

async fn live(pool: &Arc<Pool>, place: &mut Place) {
    let Ok(permit) = pool.node.inits.acquire().await else {
        return;
    };
    if !pool.has_waiting() {
        // Another worker was faster: an interpreter less to start.
        return;
    }
    let mut log = new_log(pool);
    // What a start prints is why it fails, should it fail.
    log.start_tail();
    let began = Instant::now();
    let environment = match start(pool, &mut log).await {
        Ok(environment) => environment,
        Err(failure) => return fail_start(pool, &mut log, &failure),
    };
    drop(permit);
    log.take_tail();
    pool.worker_started();
    place.started = true;
    let mut worker = Worker {
        pool: pool.clone(),
        log,
        environment,
        init_duration: Some(began.elapsed()),
        settling: Settling::No,
    };
    worker.serve_all().await;
    worker.stop_settling();
    worker.environment.destroy(&mut worker.log).await;
    worker.log.end_partial();
    worker.log.flush();
}

/// Starts an environment. One that exceeds the time for starts gets a second chance, under the
/// function's own timeout, as on AWS.
async fn start(pool: &Arc<Pool>, log: &mut WorkerLog) -> Result<Box<dyn Environment>, Failure> {
    let (runtime, function) = (&pool.node.runtime, &pool.function);
    runtime.prepare(function).await?;
    let limit = pool.node.limits.init_timeout;
    let first = tokio::time::timeout(limit, runtime.start(function, log)).await;
    if let Ok(started) = first {
        return started;
    }
    let millis = limit.as_secs_f64() * 1000.0;
    log.add(format!(
        "INIT_REPORT Init Duration: {millis:.2} ms\tPhase: init\tStatus: timeout"
    ));
    log.flush();
    let second = tokio::time::timeout(function.timeout, runtime.start(function, log)).await;
    second.unwrap_or_else(|_| Err(timed_out(function.timeout)))
}

/// Tells those who wait for this worker why it did not start.
fn fail_start(pool: &Arc<Pool>, log: &mut WorkerLog, failure: &Failure) {
    let printed = log.take_tail().unwrap_or_default();
    for job in pool.worker_failed(failure.clone()) {
        let request_id = &job.invocation.request_id;
        if job.invocation.log == LogTail::Wanted {
            log.resume_tail(&printed);
        }
        report::start(log, request_id, &pool.function.version);
        report::failure(log, &pool.node.clock, request_id, failure);
        Report::of_failed_start(&pool.function, failure).write(log, request_id);
        let outcome = Outcome {
            payload: failure.payload(request_id),
            failed: true,
            log_tail: log.take_tail(),
        };
        let _ = job.answer.send(outcome);
    }
    log.flush();
}

fn new_log(pool: &Pool) -> WorkerLog {
    let function = &pool.function;
    let day = pool.node.clock.now().civil();
    let id: String = landline_wire::request_id::uuid()
        .chars()
        .filter(|c| *c != '-')
        .collect();
    let stream = format!(
        "{:04}/{:02}/{:02}/[{}]{id}",
        day.year, day.month, day.day, function.version
    );
    WorkerLog::new(
        pool.node.log_router.clone(),
        function.name.clone(),
        function.log_group.clone(),
        stream.into(),
    )
}

/// A worker whose environment has started.
struct Worker {
    pool: Arc<Pool>,
    log: WorkerLog,
    environment: Box<dyn Environment>,
    /// Told in the first report only.
    init_duration: Option<Duration>,
    /// Whether the pool counts on this worker to be ready soon.
    settling: Settling,
}

/// Whether the environment can take another event.
#[derive(PartialEq, Eq)]
enum Fate {
    Lives,
    Dies,
}

impl Worker {
    async fn serve_all(&mut self) {
        loop {
            let job = match self
                .pool
                .next(std::mem::replace(&mut self.settling, Settling::No))
            {
                Next::Serve(job) => job,
                Next::End => return,
                Next::Wait(number, mut receiver) => {
                    if self.pool.node.limits.freeze {
                        self.environment.freeze();
                    }
                    let job = tokio::select! {
                        biased;
                        job = tokio::time::timeout(self.pool.node.limits.idle_timeout, &mut receiver) => {
                            job.ok().and_then(Result::ok)
                        }
                        () = self.environment.ended(&mut self.log) => None,
                    };
                    self.pool.leave(number);
                    // An event may have come in the moment in which the worker gave up.
                    receiver.close();
                    let Some(job) = job.or_else(|| receiver.try_recv().ok()) else {
                        return;
                    };
                    if self.pool.node.limits.freeze {
                        self.environment.thaw();
                    }
                    job
                }
            };
            if self.serve(job).await == Fate::Dies {
                return;
            }
        }
    }

    async fn serve(&mut self, job: Job) -> Fate {
        let Job {
            mut invocation,
            answer,
            ..
        } = job;
        let function = self.pool.function.clone();
        let wants_tail = invocation.log == LogTail::Wanted;
        if wants_tail {
            self.log.start_tail();
        }
        report::start(&mut self.log, &invocation.request_id, &function.version);
        let began = Instant::now();
        let now = self.pool.node.clock.now();
        let trace = &mut invocation.trace_id;
        trace.get_or_insert_with(|| trace::unsampled(now));
        let deadline_millis = now.as_millis() + millis(function.timeout);
        let ended = tokio::time::timeout(
            function.timeout,
            self.environment
                .invoke(&invocation, deadline_millis, &mut self.log),
        )
        .await
        .unwrap_or_else(|_| Err(timed_out(function.timeout)));
        let duration = began.elapsed();

        let fate = match &ended {
            Ok(_) | Err(Failure::Reported { .. } | Failure::ResponseTooLarge { .. }) => Fate::Lives,
            Err(_) => Fate::Dies,
        };
        match fate {
            Fate::Dies => self.environment.kill(),
            Fate::Lives => {
                self.settling = Settling::Yes;
                self.pool.begin_settling();
            }
        }
        let request_id = &invocation.request_id;
        let mut answer = Some(answer);
        if !wants_tail {
            // The caller has its answer before the log is written.
            send(&mut answer, &ended, request_id, None);
        }
        if let Err(failure) = &ended {
            self.log.end_partial();
            report::failure(&mut self.log, &self.pool.node.clock, request_id, failure);
        }
        Report {
            duration,
            init_duration: self.init_duration.take(),
            memory_mb: function.memory_mb,
            max_memory_mb: self.environment.max_memory_mb(),
            failure: ended.as_ref().err(),
        }
        .write(&mut self.log, request_id);
        let tail = self.log.take_tail();
        send(&mut answer, &ended, request_id, tail);
        self.log.flush();
        match fate {
            Fate::Lives => self.settle(function.timeout.saturating_sub(duration)).await,
            Fate::Dies => Fate::Dies,
        }
    }

    /// Waits until the runtime asks for the next event, at most for the rest of the time that the
    /// function has.
    async fn settle(&mut self, rest: Duration) -> Fate {
        let mut settled =
            tokio::time::timeout(SETTLE_GRACE, self.environment.settle(&mut self.log)).await;
        if settled.is_err() {
            self.stop_settling();
            settled = tokio::time::timeout(rest, self.environment.settle(&mut self.log)).await;
        }
        if let Ok(Ok(())) = settled {
            return Fate::Lives;
        }
        self.stop_settling();
        Fate::Dies
    }

    fn stop_settling(&mut self) {
        if std::mem::replace(&mut self.settling, Settling::No) == Settling::Yes {
            self.pool.stop_settling();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop_settling();
    }
}

/// Answers the caller, once. It may have stopped waiting; the event has run all the same.
fn send(
    answer: &mut Option<tokio::sync::oneshot::Sender<Outcome>>,
    ended: &Result<Bytes, Failure>,
    request_id: &str,
    log_tail: Option<Bytes>,
) {
    let Some(answer) = answer.take() else { return };
    let (payload, failed) = match ended {
        Ok(payload) => (payload.clone(), false),
        Err(failure) => (failure.payload(request_id), true),
    };
    let _ = answer.send(Outcome {
        payload,
        failed,
        log_tail,
    });
}

fn timed_out(after: Duration) -> Failure {
    Failure::TimedOut {
        after_millis: u64::try_from(after.as_millis()).unwrap_or(u64::MAX),
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// How long the pool counts on a worker that has answered.
const SETTLE_GRACE: Duration = Duration::from_millis(20);
