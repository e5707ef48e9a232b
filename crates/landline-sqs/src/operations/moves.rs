//! `StartMessageMoveTask`, `CancelMessageMoveTask`, `ListMessageMoveTasks`: dead letters go back to where they came from.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html>

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use landline_api::sqs as api;
use landline_wire::{Arn, Caller, Handler, ServiceError, request_id};
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::Sqs;
use crate::errors::invalid;
use crate::queue::Queue;
use crate::quotas::{BATCH_MAX, MOVE_TASKS_KEPT};

/// A move of messages, under way or over. Tasks do not outlive the process; what they moved does.
#[derive(Debug)]
pub(crate) struct MoveTask {
    id: String,
    source_arn: String,
    /// Without one, messages go to the queues that gave them up.
    destination_arn: Option<String>,
    per_second: Option<u32>,
    to_move: i64,
    started_millis: i64,
    progress: Mutex<Progress>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Progress {
    status: Status,
    moved: i64,
    failure: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Running,
    Completed,
    Cancelled,
    Failed,
}

impl Status {
    fn as_str(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
            Self::Failed => "FAILED",
        }
    }
}

impl MoveTask {
    fn handle(&self) -> String {
        let told = json!({ "taskId": self.id, "sourceArn": self.source_arn });
        STANDARD.encode(told.to_string())
    }

    fn is_running(&self) -> bool {
        self.progress.lock().status == Status::Running
    }

    /// Ends the task, unless it is over.
    fn end(&self, status: Status, failure: Option<&'static str>) {
        let mut progress = self.progress.lock();
        if progress.status == Status::Running {
            progress.status = status;
            progress.failure = failure;
        }
    }

    fn shown(&self) -> api::ListMessageMoveTasksResultEntry {
        let progress = *self.progress.lock();
        let is_running = progress.status == Status::Running;
        api::ListMessageMoveTasksResultEntry {
            task_handle: is_running.then(|| self.handle()),
            status: Some(progress.status.as_str().to_owned()),
            source_arn: Some(self.source_arn.clone()),
            destination_arn: self.destination_arn.clone(),
            max_number_of_messages_per_second: self.per_second.and_then(|n| i32::try_from(n).ok()),
            approximate_number_of_messages_moved: Some(progress.moved),
            approximate_number_of_messages_to_move: Some(self.to_move),
            failure_reason: progress.failure.map(str::to_owned),
            started_timestamp: Some(self.started_millis),
        }
    }
}

impl Handler<api::StartMessageMoveTask> for Sqs {
    async fn handle(
        &self,
        input: api::StartMessageMoveTaskInput,
        _caller: &Caller,
    ) -> Result<api::StartMessageMoveTaskOutput, ServiceError> {
        let source = self.of_arn(&input.source_arn, "SourceArn")?;
        if !self.is_dead_letter_queue(&source.name) {
            return Err(invalid(
                "Source queue must be configured as a Dead Letter Queue.",
            ));
        }
        if let Some(arn) = &input.destination_arn {
            self.of_arn(arn, "DestinationArn")?;
        }
        let per_second = input.max_number_of_messages_per_second;
        let per_second = per_second.map(|number| u32::try_from(number).unwrap_or_default());
        if per_second.is_some_and(|number| !(1..=PER_SECOND_MAX).contains(&number)) {
            return Err(invalid(format!(
                "Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and {PER_SECOND_MAX}, if provided."
            )));
        }
        let counts = source.index.lock().counts();
        let task = Arc::new(MoveTask {
            id: request_id::uuid(),
            source_arn: input.source_arn,
            destination_arn: input.destination_arn,
            per_second,
            to_move: i64::try_from(counts.visible).unwrap_or(i64::MAX),
            started_millis: self.now(),
            progress: Mutex::new(Progress {
                status: Status::Running,
                moved: 0,
                failure: None,
            }),
        });
        {
            let mut moves = self.moves.lock();
            let tasks: &mut VecDeque<_> = moves.entry(source.name.clone()).or_default();
            if tasks.iter().any(|task| task.is_running()) {
                return Err(invalid(
                    "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
                ));
            }
            tasks.push_front(task.clone());
            tasks.truncate(MOVE_TASKS_KEPT);
        }
        let handle = task.handle();
        if let Some(sqs) = self.this.upgrade() {
            tokio::spawn(async move { sqs.run_move(&source, &task).await });
        }
        Ok(api::StartMessageMoveTaskOutput {
            task_handle: Some(handle),
        })
    }
}

impl Handler<api::ListMessageMoveTasks> for Sqs {
    async fn handle(
        &self,
        input: api::ListMessageMoveTasksInput,
        _caller: &Caller,
    ) -> Result<api::ListMessageMoveTasksOutput, ServiceError> {
        let source = self.of_arn(&input.source_arn, "SourceArn")?;
        let most = usize::try_from(input.max_results.unwrap_or(1)).unwrap_or_default();
        if !(1..=MOVE_TASKS_KEPT).contains(&most) {
            return Err(invalid(
                "Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 10.",
            ));
        }
        let moves = self.moves.lock();
        let tasks = moves.get(&source.name).into_iter().flatten();
        let shown = tasks.take(most).map(|task| task.shown());
        Ok(api::ListMessageMoveTasksOutput {
            results: Some(shown.collect()),
        })
    }
}

impl Handler<api::CancelMessageMoveTask> for Sqs {
    async fn handle(
        &self,
        input: api::CancelMessageMoveTaskInput,
        _caller: &Caller,
    ) -> Result<api::CancelMessageMoveTaskOutput, ServiceError> {
        let told = STANDARD.decode(&input.task_handle).unwrap_or_default();
        let told: Value = serde_json::from_slice(&told).unwrap_or_default();
        let text = |name: &str| told.get(name).and_then(Value::as_str);
        let (Some(id), Some(arn)) = (text("taskId"), text("sourceArn")) else {
            return Err(invalid("Value for parameter TaskHandle is invalid."));
        };
        let source = self.of_arn(arn, "SourceArn")?;
        let moves = self.moves.lock();
        let mut tasks = moves.get(&source.name).into_iter().flatten();
        let task = tasks.find(|task| task.id == id);
        let task = task.ok_or_else(|| not_found("Task does not exist."))?;
        if !task.is_running() {
            return Err(invalid("Only active tasks can be cancelled."));
        }
        task.end(Status::Cancelled, None);
        let moved = task.progress.lock().moved;
        Ok(api::CancelMessageMoveTaskOutput {
            approximate_number_of_messages_moved: Some(moved),
        })
    }
}

impl Sqs {
    fn of_arn(&self, arn: &str, parameter: &str) -> Result<Arc<Queue>, ServiceError> {
        let parsed = Arn::parse(arn).filter(|arn| arn.service == "sqs");
        let found = parsed.and_then(|arn| self.named(arn.resource).ok());
        found.ok_or_else(|| {
            not_found(format!(
                "The resource that you specified for the {parameter} parameter doesn't exist."
            ))
        })
    }

    fn is_dead_letter_queue(&self, name: &str) -> bool {
        let queues = self.queues.read();
        queues.values().any(|queue| {
            let redrive = &queue.state().settings.redrive;
            redrive.as_ref().is_some_and(|it| it.target == name)
        })
    }

    /// Moves what is there when the task comes to it, until nothing is left.
    async fn run_move(&self, source: &Arc<Queue>, task: &MoveTask) {
        let most = task.per_second.map_or(usize::MAX, |it| it as usize);
        let most = most.min(BATCH_MAX);
        while task.is_running() && !self.is_closing.load(Ordering::Relaxed) {
            let now = self.now();
            let taken = {
                let mut index = source.index.lock();
                index.advance(now);
                index.take(now, now + HIDDEN_MILLIS, most, || self.next_number())
            };
            if taken.is_empty() {
                return task.end(Status::Completed, None);
            }
            for taken in taken {
                if let Err(reason) = self.move_one(source, task, taken.number).await {
                    source.index.lock().hide_until(taken.number, self.now());
                    return task.end(Status::Failed, Some(reason));
                }
                task.progress.lock().moved += 1;
                if let Some(per_second) = task.per_second {
                    tokio::time::sleep(Duration::from_secs(1) / per_second).await;
                }
            }
        }
    }

    /// Makes a new message of one: only its content stays.
    async fn move_one(
        &self,
        source: &Arc<Queue>,
        task: &MoveTask,
        number: u64,
    ) -> Result<(), &'static str> {
        let Ok(Some(mut record)) = self.read(source, number) else {
            return Ok(());
        };
        let arn = task.destination_arn.clone();
        let arn = arn.or(record.dead_letter_source.take());
        let arn = arn.ok_or("CouldNotDetermineMessageSource")?;
        let target = self.of_arn(&arn, "DestinationArn");
        let target = target.map_err(|_| "AWS.SimpleQueueService.NonExistentQueue")?;
        let (now, new) = (self.now(), self.next_number());
        record.id = request_id::uuid();
        record.sent_millis = now;
        record.visible_millis = now;
        record.receives = 0;
        let is_fifo = target.state().settings.is_fifo;
        record.sequence_number = is_fifo.then(|| format!("{new:020}"));
        let moved = self.transfer(source, &target, vec![(number, new, record)]);
        moved.await.map_err(|_| "InternalError")
    }
}

fn not_found(text: impl Into<String>) -> ServiceError {
    ServiceError::new("ResourceNotFoundException", 404, text)
}

/// Messages of a second that a caller may ask for.
const PER_SECOND_MAX: u32 = 500;
/// How long a message is hidden from others while it moves.
const HIDDEN_MILLIS: i64 = 30_000;
