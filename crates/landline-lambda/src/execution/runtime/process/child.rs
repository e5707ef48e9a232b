//! One worker's process: what it asks, what it prints, how it ends.

use std::future::poll_fn;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::Duration;

use bytes::Bytes;
use rustix::process::{Pid, Signal};
use tokio::net::unix::pipe;
use tokio::process::{Child, ChildStdin};
use tokio::runtime::Handle;
use tokio::time::{Instant, MissedTickBehavior};

use super::super::{BoxFuture, Environment};
use super::memory::MemoryWatch;
use super::streamed::Streamed;
use super::sweep;
use crate::execution::http::Body;
use crate::execution::invocation::{Exit, Failure, Invocation};
use crate::execution::logs::WorkerLog;
use crate::execution::runtime_api::{Call, RuntimeApi};

/// A worker's process, its Runtime API and the pipe of what it prints.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) api: RuntimeApi,
    pub(super) output: Option<pipe::Receiver>,
    pub(super) _input: Option<ChildStdin>,
    pub(super) child: Child,
    pub(super) group: Option<Pid>,
    pub(super) ended: Option<Exit>,
    /// Whether what it prints is being dropped: then it is read slowly.
    pub(super) slow_down: bool,
    pub(super) memory: MemoryWatch,
    pub(super) enforce_memory: bool,
    pub(super) cookie: String,
    /// Its own `/tmp`, which ends with it.
    pub(super) files: Option<PathBuf>,
}

/// Whether what the runtime asks is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listen {
    /// It is.
    Yes,
    /// It waits until its last part has been taken.
    NotNow,
}

/// What happens around a process.
enum Event {
    Call(Call),
    Printed,
    Exited(Exit),
}

impl Process {
    /// The next thing that happens. Dropping the future loses nothing.
    async fn event(&mut self, log: &mut WorkerLog) -> Event {
        self.event_while(Listen::Yes, log).await
    }

    async fn event_while(&mut self, listen: Listen, log: &mut WorkerLog) -> Event {
        if let Some(exit) = self.ended {
            return Event::Exited(exit);
        }
        let Self {
            api,
            output,
            child,
            slow_down,
            ..
        } = self;
        tokio::select! {
            biased;
            call = poll_fn(|cx| api.poll_call(cx)), if listen == Listen::Yes => Event::Call(call),
            open = read_some(output.as_ref(), *slow_down, log) => {
                if !open {
                    *output = None;
                }
                *slow_down = log.is_dropping();
                log.flush();
                Event::Printed
            }
            status = child.wait() => {
                let exit = status.map_or(Exit::Status(1), exit_of);
                self.ended = Some(exit);
                self.drain(log);
                log.end_partial();
                Event::Exited(exit)
            }
        }
    }

    pub(super) async fn wait_ready(&mut self, log: &mut WorkerLog) -> Result<(), Failure> {
        loop {
            match self.event(log).await {
                Event::Call(Call::Next) => {
                    self.drain(log);
                    return Ok(());
                }
                Event::Call(Call::InitError { error_type, body }) => {
                    self.drain(log);
                    return Err(reported(error_type, body));
                }
                Event::Exited(exit) => return Err(Failure::Exited(exit)),
                Event::Call(_) | Event::Printed => {}
            }
        }
    }

    async fn answer(
        &mut self,
        invocation: &Invocation,
        log: &mut WorkerLog,
    ) -> Result<Bytes, Failure> {
        let first_look = Instant::now() + MEMORY_INTERVAL;
        let mut ticks = tokio::time::interval_at(first_look, MEMORY_INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut streamed: Option<Streamed> = None;
        loop {
            let waits = streamed.as_ref().is_some_and(Streamed::is_pending);
            let listen = if waits { Listen::NotNow } else { Listen::Yes };
            let event = tokio::select! {
                biased;
                () = hand_on(streamed.as_mut()), if waits => continue,
                event = self.event_while(listen, log) => event,
                _ = ticks.tick(), if self.enforce_memory => {
                    if self.memory.is_exceeded() {
                        self.kill_group();
                    }
                    continue;
                }
            };
            match event {
                Event::Call(Call::Response { request_id, body })
                    if request_id == invocation.request_id =>
                {
                    self.drain(log);
                    return match body {
                        Body::Whole(payload) => Ok(payload),
                        Body::TooLarge(bytes) => Err(Failure::ResponseTooLarge { bytes }),
                    };
                }
                Event::Call(Call::Error {
                    request_id,
                    error_type,
                    body,
                }) if request_id == invocation.request_id => {
                    self.drain(log);
                    return Err(reported(error_type, body));
                }
                Event::Call(Call::ResponseBegins {
                    request_id,
                    content_type,
                }) if request_id == invocation.request_id => {
                    streamed = Some(Streamed::begin(invocation.stream.clone(), content_type));
                }
                Event::Call(Call::ResponsePart(part)) => {
                    if let Some(streamed) = &mut streamed {
                        streamed.take(part);
                    }
                }
                Event::Call(Call::ResponseEnds(trailers)) => {
                    if let Some(streamed) = streamed.take() {
                        self.drain(log);
                        return streamed.end(trailers);
                    }
                }
                Event::Call(Call::InitError { error_type, body }) => {
                    self.drain(log);
                    return Err(reported(error_type, body));
                }
                Event::Exited(exit) => return Err(Failure::Exited(exit)),
                Event::Call(_) | Event::Printed => {}
            }
        }
    }

    /// Takes what the pipe holds at this moment, so that the log is in order.
    fn drain(&mut self, log: &mut WorkerLog) {
        let Some(output) = &self.output else { return };
        let mut buffer = [0; READ_BYTES];
        for _ in 0..MAX_DRAIN_READS {
            // Past tokio's record of readiness, which may lag behind the pipe.
            match rustix::io::read(output, &mut buffer) {
                Ok(0) | Err(_) => return,
                Ok(length) => log.print(&buffer[..length]),
            }
        }
    }

    fn signal_group(&self, signal: Signal) {
        if let Some(group) = self.group {
            // It fails when the group is already empty, which is as good.
            let _ = rustix::process::kill_process_group(group, signal);
        }
    }

    fn kill_group(&mut self) {
        self.signal_group(Signal::KILL);
        // The group may be empty already while the child is a zombie.
        let _ = self.child.start_kill();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill_group();
        // Of a worker that did not come so far as to be destroyed.
        if let (Some(files), Ok(runtime)) = (self.files.take(), Handle::try_current()) {
            runtime.spawn_blocking(|| std::fs::remove_dir_all(files));
        }
    }
}

impl Environment for Process {
    fn invoke<'a>(
        &'a mut self,
        invocation: &'a Invocation,
        deadline_millis: i64,
        log: &'a mut WorkerLog,
    ) -> BoxFuture<'a, Result<Bytes, Failure>> {
        Box::pin(async move {
            self.api.deliver(invocation, deadline_millis);
            self.answer(invocation, log).await
        })
    }

    fn settle<'a>(&'a mut self, log: &'a mut WorkerLog) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async move {
            while !self.api.is_waiting() {
                if let Event::Exited(exit) = self.event(log).await {
                    return Err(Failure::Exited(exit));
                }
            }
            Ok(())
        })
    }

    fn ended<'a>(&'a mut self, log: &'a mut WorkerLog) -> BoxFuture<'a, ()> {
        Box::pin(async move { while !matches!(self.event(log).await, Event::Exited(_)) {} })
    }

    fn freeze(&mut self) {
        self.signal_group(Signal::STOP);
    }

    fn thaw(&mut self) {
        self.signal_group(Signal::CONT);
    }

    fn kill(&mut self) {
        self.kill_group();
    }

    fn max_memory_mb(&mut self) -> u32 {
        self.memory.peak_mb()
    }

    fn destroy<'a>(&'a mut self, log: &'a mut WorkerLog) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            self.kill_group();
            let _ = tokio::time::timeout(REAP_TIMEOUT, self.child.wait()).await;
            self.drain(log);
            let (cookie, files) = (self.cookie.clone(), self.files.take());
            // It reads all of /proc, which is no work for a thread of the runtime.
            let swept = tokio::task::spawn_blocking(move || {
                let count = sweep::kill_marked(&cookie);
                files.map(std::fs::remove_dir_all);
                count
            });
            let swept = swept.await;
            if let Ok(count @ 1..) = swept {
                tracing::debug!(count, "killed processes that had left their group");
            }
        })
    }
}

async fn hand_on(streamed: Option<&mut Streamed>) {
    if let Some(streamed) = streamed {
        streamed.hand_on().await;
    }
}

/// Reads once from the pipe; false when it has ended.
async fn read_some(output: Option<&pipe::Receiver>, slow_down: bool, log: &mut WorkerLog) -> bool {
    let Some(output) = output else {
        return std::future::pending().await;
    };
    if slow_down {
        tokio::time::sleep(SLOW_DOWN).await;
    }
    loop {
        if output.readable().await.is_err() {
            return false;
        }
        match read_now(output, log) {
            Ok(length) => return length > 0,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => return false,
        }
    }
}

/// Apart from the waiting, so that the buffer is no part of a future.
fn read_now(output: &pipe::Receiver, log: &mut WorkerLog) -> io::Result<usize> {
    let mut buffer = [0; READ_BYTES];
    let length = output.try_read(&mut buffer)?;
    log.print(&buffer[..length]);
    Ok(length)
}

fn reported(error_type: Option<String>, body: Body) -> Failure {
    match body {
        Body::Whole(body) => Failure::Reported {
            error_type: error_type.unwrap_or_else(|| "Unhandled".into()),
            body,
        },
        Body::TooLarge(bytes) => Failure::ResponseTooLarge { bytes },
    }
}

fn exit_of(status: ExitStatus) -> Exit {
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Status(code),
        (None, Some(signal)) => Exit::Signal(signal),
        (None, None) => Exit::Status(1),
    }
}

const READ_BYTES: usize = 16 * 1024;
/// A pipe holds 64 KiB.
const MAX_DRAIN_READS: usize = 8;
const SLOW_DOWN: Duration = Duration::from_millis(1);
const MEMORY_INTERVAL: Duration = Duration::from_millis(50);
const REAP_TIMEOUT: Duration = Duration::from_secs(5);
