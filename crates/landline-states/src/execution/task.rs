//! `Task`: somebody else does the work.

use serde_json::{Value, json};

use super::Run;
use super::attempts::Done;
use super::record::{Outcome, Phase, TOKENS, TokenRecord};
use super::strand::{Strand, lost};
use super::tokens::{Patience, new_key, token_of};
use super::walk::{context, failed, scope};
use crate::definition::{Optimized, Pattern, Resource, ServiceCall, State, Task};
use crate::expression::{Expression, PathField, Scope, Template};
use crate::failure::{Failure, Fault, HEARTBEAT_TIMEOUT, TIMEOUT};
use crate::integration::{self, Calling};
use crate::quotas::TASK_SECONDS;

/// What a task is started with.
struct Order {
    payload: Value,
    timeout_seconds: Option<u64>,
    heartbeat_seconds: Option<u64>,
    role_arn: Option<String>,
}

impl Order {
    /// When it has to be over.
    fn deadline(&self, run: &Run) -> Option<i64> {
        let seconds = self
            .timeout_seconds
            .filter(|seconds| *seconds < TASK_SECONDS)?;
        let millis = i64::try_from(seconds).ok()? * 1000;
        Some(run.now().as_millis() + millis)
    }
}

/// How the events of a task are called.
struct Words {
    /// `Task`, `LambdaFunction` or `Activity`.
    family: &'static str,
    /// `resourceType` and `resource`, which integrations have.
    names: Option<(String, String)>,
}

impl Words {
    fn of(resource: &Resource) -> Self {
        let family = match resource {
            Resource::Function(_) => "LambdaFunction",
            Resource::Activity(_) => "Activity",
            Resource::Service { .. } => "Task",
        };
        let is_service = matches!(resource, Resource::Service { .. });
        Self {
            family,
            names: is_service.then(|| resource.event_names()),
        }
    }

    fn note(&self, strand: &mut Strand, what: &str, mut details: Value) {
        if let (Some((kind, resource)), Value::Object(members)) = (&self.names, &mut details) {
            members.insert("resourceType".to_owned(), kind.as_str().into());
            members.insert("resource".to_owned(), resource.as_str().into());
        }
        let is_empty = details.as_object().is_none_or(serde_json::Map::is_empty);
        let kind = format!("{}{what}", self.family);
        if is_empty {
            strand.note_bare(kind);
            return;
        }
        let mut name = format!("{kind}EventDetails");
        name[..1].make_ascii_lowercase();
        strand.note(kind, name, details);
    }

    fn scheduled(&self, run: &Run, resource: &Resource, order: &Order, strand: &mut Strand) {
        let payload = order.payload.to_string();
        let mut details = match resource {
            Resource::Function(arn) | Resource::Activity(arn) => {
                json!({ "resource": arn, "input": payload, "inputDetails": { "truncated": false } })
            }
            Resource::Service { .. } => {
                json!({ "region": &*run.states.config.region, "parameters": payload })
            }
        };
        if let Some(seconds) = order.timeout_seconds {
            details["timeoutInSeconds"] = seconds.into();
        }
        if let Some(seconds) = order.heartbeat_seconds {
            details["heartbeatInSeconds"] = seconds.into();
        }
        if let Some(role) = &order.role_arn {
            details["taskCredentials"] = json!({ "roleArn": role });
        }
        self.note(strand, "Scheduled", details);
    }

    fn ended(&self, strand: &mut Strand, ended: &Result<Value, Failure>) {
        match ended {
            Ok(output) => {
                let output = output.to_string();
                let details = json!({ "output": output, "outputDetails": { "truncated": false } });
                self.note(strand, "Succeeded", details);
            }
            Err(failure) => {
                let error = failure.error.as_deref();
                let what = match error {
                    Some(TIMEOUT | HEARTBEAT_TIMEOUT) => "TimedOut",
                    _ => "Failed",
                };
                self.note(strand, what, json!(failure));
            }
        }
    }
}

/// Performs the task once.
pub(super) async fn perform(
    run: &Run,
    state: &State,
    task: &Task,
    strand: &mut Strand,
) -> Result<Done, Failure> {
    let words = Words::of(&task.resource);
    let ended = match &task.resource {
        Resource::Function(arn) => function(run, state, task, arn, strand, &words).await?,
        Resource::Activity(arn) => activity(run, state, task, arn, strand, &words).await?,
        Resource::Service { call, pattern } => match pattern {
            Pattern::Answer => answered(run, state, task, call, strand, &words).await?,
            Pattern::Token => called_back(run, state, task, call, strand, &words).await?,
            Pattern::Sync | Pattern::SyncJson => {
                nested(run, state, task, *pattern, strand, &words).await?
            }
        },
    };
    words.ended(strand, &ended);
    let blamed = match (&task.resource, words.names) {
        (_, Some((kind, _))) => kind,
        (Resource::Function(arn) | Resource::Activity(arn), None) => arn.clone(),
        (Resource::Service { .. }, None) => String::new(),
    };
    ended.map(|result| Done { result, blamed })
}

/// Ended, well or not; or the execution is at fault.
type Ended = Result<Result<Value, Failure>, Failure>;

fn order(
    run: &Run,
    state: &State,
    task: &Task,
    strand: &mut Strand,
    token: Option<&str>,
) -> Result<Order, Failure> {
    let context = context(run, strand, token);
    let read = read_order(state, task, scope(run, &strand.record, &context));
    read.map_err(|fault| failed(strand, fault))
}

fn read_order(state: &State, task: &Task, scope: Scope<'_>) -> Result<Order, Fault> {
    let input = state.input_path.apply(scope)?;
    let scope = scope.on(&input);
    let payload = match &state.parameters {
        Some(parameters) => parameters.evaluate(scope)?,
        None => input.clone(),
    };
    let role = match &task.credentials {
        Some(credentials) => Some(credentials.evaluate(scope)?),
        None => None,
    };
    let role_arn = role.as_ref().and_then(|role| role.get("RoleArn"));
    Ok(Order {
        payload,
        timeout_seconds: seconds(task.timeout.as_ref(), "TimeoutSeconds", scope)?,
        heartbeat_seconds: seconds(task.heartbeat.as_ref(), "HeartbeatSeconds", scope)?,
        role_arn: role_arn.and_then(Value::as_str).map(str::to_owned),
    })
}

fn seconds(
    template: Option<&Template>,
    name: &str,
    scope: Scope<'_>,
) -> Result<Option<u64>, Fault> {
    let Some(template) = template else {
        return Ok(None);
    };
    let value = match template {
        Template::Expression {
            expression: expression @ Expression::Path(_),
            ..
        } => PathField::At(expression.clone()).apply(scope)?,
        other => other.evaluate(scope)?,
    };
    match value.as_u64().filter(|seconds| *seconds > 0) {
        Some(seconds) => Ok(Some(seconds)),
        None => Err(Fault::runtime(format!(
            "The {name} field refers to value \"{value}\" which is not a positive integer: {}",
            template.expression_text()
        ))),
    }
}

/// Waits for an answer no longer than the task may take.
async fn in_time(
    run: &Run,
    until_millis: Option<i64>,
    call: impl Future<Output = Result<Value, Failure>>,
) -> Result<Value, Failure> {
    tokio::select! {
        biased;
        answer = call => answer,
        () = run.sleep_until_some(until_millis) => Err(Failure::bare(TIMEOUT)),
    }
}

async fn function(
    run: &Run,
    state: &State,
    task: &Task,
    arn: &str,
    strand: &mut Strand,
    words: &Words,
) -> Ended {
    let order = order(run, state, task, strand, None)?;
    words.scheduled(run, &task.resource, &order, strand);
    words.note(strand, "Started", json!({}));
    strand.commit(run).await?;
    let caller = run.caller(order.role_arn.as_deref());
    let until = order.deadline(run);
    let call =
        integration::invoke_function(&run.states.config.dispatcher, &caller, arn, &order.payload);
    Ok(in_time(run, until, call).await)
}

fn calling<'a>(run: &'a Run, call: &'a ServiceCall, order: &Order) -> Calling<'a> {
    Calling {
        run,
        call,
        caller: run.caller(order.role_arn.as_deref()),
        payload: order.payload.clone(),
    }
}

async fn answered(
    run: &Run,
    state: &State,
    task: &Task,
    call: &ServiceCall,
    strand: &mut Strand,
    words: &Words,
) -> Ended {
    let order = order(run, state, task, strand, None)?;
    words.scheduled(run, &task.resource, &order, strand);
    words.note(strand, "Started", json!({}));
    strand.commit(run).await?;
    let until = order.deadline(run);
    let made = integration::call(calling(run, call, &order));
    Ok(in_time(run, until, made).await)
}

/// Tells somebody, and waits for what he says.
async fn called_back(
    run: &Run,
    state: &State,
    task: &Task,
    call: &ServiceCall,
    strand: &mut Strand,
    words: &Words,
) -> Ended {
    let key = match &strand.record.phase {
        Phase::Callback { token, .. } => token.clone(),
        _ => new_key(run),
    };
    let is_told = matches!(strand.record.phase, Phase::Callback { is_told: true, .. });
    let order = order(run, state, task, strand, Some(&token_of(&key)))?;
    if !is_told {
        words.scheduled(run, &task.resource, &order, strand);
        words.note(strand, "Started", json!({}));
        let until_millis = order.deadline(run);
        keep_token(run, &key, until_millis, strand).await?;
        let made = integration::call(calling(run, call, &order));
        match in_time(run, until_millis, made).await {
            Ok(output) => {
                let output = output.to_string();
                let details = json!({ "output": output, "outputDetails": { "truncated": false } });
                words.note(strand, "Submitted", details);
            }
            Err(failure) => {
                give_up_token(strand, &key);
                return Ok(Err(failure));
            }
        }
        if let Phase::Callback { is_told, .. } = &mut strand.record.phase {
            *is_told = true;
        }
        strand.commit(run).await?;
    }
    Ok(wait_for_word(run, &key, &order, strand).await)
}

/// Makes a token known before anybody has it.
async fn keep_token(
    run: &Run,
    key: &str,
    until_millis: Option<i64>,
    strand: &mut Strand,
) -> Result<(), Failure> {
    let kept = TOKENS.put(&*run.states.config.store, key, TokenRecord::default());
    kept.await.map_err(lost)?;
    strand.record.phase = Phase::Callback {
        token: key.to_owned(),
        is_told: false,
        until_millis,
    };
    strand.commit(run).await
}

fn give_up_token(strand: &mut Strand, key: &str) {
    strand.record.phase = Phase::Entered;
    strand.spend(key.to_owned());
}

async fn wait_for_word(
    run: &Run,
    key: &str,
    order: &Order,
    strand: &mut Strand,
) -> Result<Value, Failure> {
    let until_millis = match strand.record.phase {
        Phase::Callback { until_millis, .. } => until_millis,
        _ => None,
    };
    let patience = Patience {
        until_millis,
        heartbeat_seconds: order.heartbeat_seconds,
    };
    let outcome = run.outcome(key, patience).await;
    give_up_token(strand, key);
    match outcome? {
        Outcome::Success(output) => Ok(output),
        Outcome::Failure(failure) => Err(failure),
    }
}

/// Another execution, to whose end it waits.
async fn nested(
    run: &Run,
    state: &State,
    task: &Task,
    pattern: Pattern,
    strand: &mut Strand,
    words: &Words,
) -> Ended {
    let mut order = order(run, state, task, strand, None)?;
    let given = order.payload.get("Name").and_then(Value::as_str);
    let name = match (&strand.record.phase, given) {
        (Phase::Child { name, .. }, _) => name.clone(),
        (_, Some(name)) => name.to_owned(),
        (_, None) => landline_wire::request_id::uuid(),
    };
    let until_millis = if let Phase::Child { until_millis, .. } = strand.record.phase {
        until_millis
    } else {
        words.scheduled(run, &task.resource, &order, strand);
        words.note(strand, "Started", json!({}));
        let until_millis = order.deadline(run);
        strand.record.phase = Phase::Child {
            name: name.clone(),
            until_millis,
        };
        strand.commit(run).await?;
        until_millis
    };
    if let Value::Object(members) = &mut order.payload {
        members.insert("Name".to_owned(), name.into());
    }
    let call = ServiceCall::Optimized(Optimized::StatesStartExecution);
    let ended = async {
        // Once more, after a restart: by its name it is the same one.
        let started = integration::call(calling(run, &call, &order)).await?;
        let output = started.to_string();
        let details = json!({ "output": output, "outputDetails": { "truncated": false } });
        words.note(strand, "Submitted", details);
        strand.commit(run).await?;
        integration::wait_for_child(&run.states, &started, pattern).await
    };
    let ended = in_time(run, until_millis, ended).await;
    strand.record.phase = Phase::Entered;
    Ok(ended)
}

/// A worker that asks for its tasks.
async fn activity(
    run: &Run,
    state: &State,
    task: &Task,
    arn: &str,
    strand: &mut Strand,
    words: &Words,
) -> Ended {
    let order = order(run, state, task, strand, None)?;
    let is_known = run.states.activities.has(arn);
    if !is_known {
        let fault = Fault::runtime(format!("The activity {arn} does not exist."));
        return Err(failed(strand, fault));
    }
    let (key, is_started) = match &strand.record.phase {
        Phase::Callback { token, is_told, .. } => (token.clone(), *is_told),
        _ => (new_key(run), false),
    };
    if !matches!(strand.record.phase, Phase::Callback { .. }) {
        words.scheduled(run, &task.resource, &order, strand);
        keep_token(run, &key, order.deadline(run), strand).await?;
    }
    if !is_started {
        let until_millis = match strand.record.phase {
            Phase::Callback { until_millis, .. } => until_millis,
            _ => None,
        };
        let queued = run
            .states
            .activities
            .queue(arn, token_of(&key), &order.payload);
        let queued = queued.map_err(|()| {
            Failure::new("ActivityScheduleFailed", "Too many tasks wait for workers.")
        })?;
        let worker = tokio::select! {
            biased;
            worker = queued.taken() => worker,
            () = run.sleep_until_some(until_millis) => {
                give_up_token(strand, &key);
                return Ok(Err(Failure::bare(TIMEOUT)));
            }
        };
        let details = worker.map_or_else(|| json!({}), |name| json!({ "workerName": name }));
        words.note(strand, "Started", details);
        if let Phase::Callback { is_told, .. } = &mut strand.record.phase {
            *is_told = true;
        }
        strand.commit(run).await?;
    }
    Ok(wait_for_word(run, &key, &order, strand).await)
}
