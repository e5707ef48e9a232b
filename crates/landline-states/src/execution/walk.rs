//! From state to state, until a machine ends.

use landline_wire::dispatcher::BoxFuture;
use serde_json::{Map, Value, json};

use super::record::{Phase, StrandRecord};
use super::strand::Strand;
use super::{Run, attempts};
use crate::definition::{ChoiceRule, Kind, Machine, State, Until, timestamp, unexpected};
use crate::expression::{Language, Scope, Template};
use crate::failure::{DATA_LIMIT_EXCEEDED, Failure, Fault};
use crate::nesting::is_too_deep;
use crate::quotas::{PAYLOAD_BYTES_MAX, WAIT_SECONDS_MAX};

/// Where a strand goes from a state.
#[derive(Debug)]
pub(super) struct Move {
    /// Nowhere, when the machine ends.
    pub(super) next: Option<String>,
    pub(super) output: Value,
    pub(super) assigned: Map<String, Value>,
}

/// Goes into the first state of a machine.
pub(super) fn enter_first(run: &Run, machine: &Machine, strand: &mut Strand, input: Value) {
    enter(run, machine, strand, &machine.start_at, input);
}

fn enter(run: &Run, machine: &Machine, strand: &mut Strand, name: &str, input: Value) {
    let kind = machine
        .states
        .get(name)
        .map_or("", |state| state.kind.name());
    strand.enter(kind, name, input, run.now().as_millis());
}

/// Walks on from where the strand is; the output of the machine. Its last events are left to be written down.
pub(super) fn walk<'a>(
    run: &'a Run,
    machine: &'a Machine,
    strand: &'a mut Strand,
) -> BoxFuture<'a, Result<Value, Failure>> {
    Box::pin(async move {
        loop {
            if strand.has_notes() {
                strand.commit(run).await?;
            }
            if let Phase::Done { output } = &strand.record.phase {
                return Ok(output.clone());
            }
            // An express machine that goes in circles lets others work, too.
            tokio::task::yield_now().await;
            let Some(state) = machine.states.get(&strand.record.state) else {
                let text = format!("There is no state {}.", strand.record.state);
                return Err(Fault::runtime(text).in_state(&strand.record.state, 0));
            };
            let Move {
                next,
                output,
                assigned,
            } = visit(run, state, strand).await?;
            check_depth(&output, &assigned).map_err(|fault| failed(strand, fault))?;
            strand.exit(state.kind.name(), &output, &assigned);
            strand.record.variables.extend(assigned);
            match next {
                Some(next) => enter(run, machine, strand, &next, output),
                None => return Ok(output),
            }
        }
    })
}

pub(super) async fn visit(run: &Run, state: &State, strand: &mut Strand) -> Result<Move, Failure> {
    match &state.kind {
        Kind::Task(_) | Kind::Parallel(_) | Kind::Map(_) => {
            attempts::attempt(run, state, strand).await
        }
        Kind::Wait(until) => {
            wait(run, state, until, strand).await?;
            let context = context(run, strand, None);
            let made = leave_with_input(state, scope(run, &strand.record, &context));
            made.map_err(|fault| failed(strand, fault))
        }
        Kind::Fail { error, cause } => {
            let context = context(run, strand, None);
            let made = end_badly(
                error.as_ref(),
                cause.as_ref(),
                scope(run, &strand.record, &context),
            );
            Err(made.unwrap_or_else(|fault| failed(strand, fault)))
        }
        Kind::Pass { result } => {
            let context = context(run, strand, None);
            let scope = scope(run, &strand.record, &context);
            let made = pass(state, result.as_ref(), scope);
            let made = made.and_then(|it| bounded(it, &state.name));
            made.map_err(|fault| failed(strand, fault))
        }
        Kind::Choice { rules, default } => {
            let context = context(run, strand, None);
            let scope = scope(run, &strand.record, &context);
            let made = choose(state, rules, default.as_deref(), scope);
            made.map_err(|fault| failed(strand, fault))
        }
        Kind::Succeed => {
            let context = context(run, strand, None);
            let made = leave_with_input(state, scope(run, &strand.record, &context));
            made.map_err(|fault| failed(strand, fault))
        }
    }
}

/// `$$`, in the state where the strand is.
pub(super) fn context(run: &Run, strand: &Strand, token: Option<&str>) -> Value {
    if let Some(context) = &run.given_context {
        return context.clone();
    }
    let record = &strand.record;
    let entered = landline_wire::Timestamp::from_millis(record.entered_millis);
    let retries: u32 = record.retries.iter().sum();
    let mut context = run.context();
    context["State"] = json!({
        "Name": record.state, "EnteredTime": entered.iso8601_millis(), "RetryCount": retries,
    });
    if let Some(item) = &record.item {
        context["Map"] = json!({ "Item": item });
    }
    if let Some(token) = token {
        context["Task"] = json!({ "Token": token });
    }
    context
}

/// What the expressions of the state see at first.
pub(super) fn scope<'a>(run: &Run, record: &'a StrandRecord, context: &'a Value) -> Scope<'a> {
    Scope {
        input: &record.input,
        context,
        variables: &record.variables,
        result: None,
        error_output: None,
        now_millis: run.now().as_millis(),
    }
}

/// The failure that a fault in this state is, with its event where there is one.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
pub(super) fn failed(strand: &mut Strand, fault: Fault) -> Failure {
    let record = &strand.record;
    let failure = fault.in_state(&record.state, record.entered);
    if let Some(location) = &fault.location {
        let details = json!({
            "error": failure.error, "cause": failure.cause, "location": location, "state": record.state,
        });
        strand.note("EvaluationFailed", "evaluationFailedEventDetails", details);
    }
    failure
}

/// What a state assigns, where `$` is what it says.
pub(super) fn assigned(
    assign: Option<&Template>,
    scope: Scope<'_>,
) -> Result<Map<String, Value>, Fault> {
    match assign.map(|assign| assign.evaluate(scope)).transpose()? {
        Some(Value::Object(members)) => Ok(members),
        _ => Ok(Map::new()),
    }
}

/// A state that only hands its input on.
fn leave_with_input(state: &State, scope: Scope<'_>) -> Result<Move, Fault> {
    let input = state.input_path.apply(scope)?;
    let output = match (state.language, &state.output) {
        (Language::Jsonata, Some(output)) => output.evaluate(scope)?,
        _ => state.output_path.apply(scope.on(&input))?,
    };
    Ok(Move {
        next: state.next.clone(),
        output,
        assigned: assigned(state.assign.as_ref(), scope.on(&input))?,
    })
}

fn pass(state: &State, result: Option<&Value>, scope: Scope<'_>) -> Result<Move, Fault> {
    if state.language == Language::Jsonata {
        return leave_with_input(state, scope);
    }
    let input = state.input_path.apply(scope)?;
    let parameters = state.parameters.as_ref();
    let parameters = parameters.map(|it| it.evaluate(scope.on(&input)));
    let made = match (result, parameters) {
        (Some(result), _) => result.clone(),
        (None, Some(parameters)) => parameters?,
        (None, None) => input,
    };
    let assigned = assigned(state.assign.as_ref(), scope.on(&made))?;
    let combined = state.result_path.apply(scope.input.clone(), made)?;
    Ok(Move {
        next: state.next.clone(),
        output: state.output_path.apply(scope.on(&combined))?,
        assigned,
    })
}

/// A result may not be too large.
pub(super) fn bounded(made: Move, what: &str) -> Result<Move, Fault> {
    check_size(&made.output, what)?;
    Ok(made)
}

/// What goes on to the next state has to be readable there.
fn check_depth(output: &Value, assigned: &Map<String, Value>) -> Result<(), Fault> {
    if is_too_deep(output) || assigned.values().any(is_too_deep) {
        return Err(Fault::runtime(
            "The state's output or one of its variables is nested too deeply.",
        ));
    }
    Ok(())
}

pub(super) fn check_size(value: &Value, what: &str) -> Result<(), Fault> {
    if value.to_string().len() <= PAYLOAD_BYTES_MAX {
        return Ok(());
    }
    Err(Fault {
        error: DATA_LIMIT_EXCEEDED,
        cause: format!(
            "The state/task '{what}' returned a result with a size exceeding the maximum number of bytes service limit."
        ),
        location: None,
    })
}

fn choose(
    state: &State,
    rules: &[ChoiceRule],
    default: Option<&str>,
    scope: Scope<'_>,
) -> Result<Move, Fault> {
    let input = state.input_path.apply(scope)?;
    let scope = scope.on(&input);
    let mut chosen = None;
    for rule in rules {
        if rule.condition.holds(scope)? {
            chosen = Some(rule);
            break;
        }
    }
    let (next, assign, output) = match (chosen, default) {
        (Some(rule), _) => (rule.next.as_str(), &rule.assign, &rule.output),
        (None, Some(default)) => (default, &state.assign, &state.output),
        (None, None) => {
            let text =
                "Failed to transition out of the state. The state does not point to a next state.";
            return Err(Fault::runtime(text));
        }
    };
    Ok(Move {
        next: Some(next.to_owned()),
        output: match output {
            Some(output) => output.evaluate(scope)?,
            None => state.output_path.apply(scope)?,
        },
        assigned: assigned(assign.as_ref(), scope)?,
    })
}

fn end_badly(
    error: Option<&Template>,
    cause: Option<&Template>,
    scope: Scope<'_>,
) -> Result<Failure, Fault> {
    let text = |template: Option<&Template>| match template.map(|it| it.evaluate(scope)) {
        None => Ok(None),
        Some(Ok(Value::String(text))) => Ok(Some(text)),
        Some(Ok(other)) => Ok(Some(other.to_string())),
        Some(Err(fault)) => Err(fault),
    };
    let (error, cause) = (text(error)?, text(cause)?);
    let mut failure = Failure::new(
        error.clone().unwrap_or_default(),
        cause.clone().unwrap_or_default(),
    );
    failure.error = failure.error.filter(|_| error.is_some());
    failure.cause = failure.cause.filter(|_| cause.is_some());
    Ok(failure)
}

async fn wait(run: &Run, state: &State, until: &Until, strand: &mut Strand) -> Result<(), Failure> {
    if !matches!(strand.record.phase, Phase::Waiting { .. }) {
        let context = context(run, strand, None);
        let scope = scope(run, &strand.record, &context);
        let until = state
            .input_path
            .apply(scope)
            .and_then(|input| deadline(until, scope.on(&input)));
        let until_millis = until.map_err(|fault| failed(strand, fault))?;
        strand.record.phase = Phase::Waiting { until_millis };
        strand.commit(run).await?;
    }
    if let Phase::Waiting { until_millis } = strand.record.phase {
        run.sleep_until(until_millis).await;
    }
    Ok(())
}

/// When a wait is over.
fn deadline(until: &Until, scope: Scope<'_>) -> Result<i64, Fault> {
    let now = scope.now_millis;
    let millis = match until {
        Until::Seconds(template) => {
            let seconds = seconds(template, scope)?;
            if seconds > WAIT_SECONDS_MAX {
                return Err(Fault::runtime("Wait state delay is too long."));
            }
            now + seconds * 1000
        }
        Until::Timestamp(template) => {
            let value = template.evaluate(scope)?;
            let text = value.as_str().unwrap_or_default();
            let time = timestamp(text).ok_or_else(|| {
                let path = template.expression_text();
                Fault::runtime(if path.starts_with('$') && is_path(template) {
                    format!("The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {path} == {text}")
                } else {
                    format!("The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {text}")
                })
            })?;
            time.as_millis()
        }
    };
    if millis - now > WAIT_SECONDS_MAX * 1000 {
        return Err(Fault::runtime("Wait state delay is too long."));
    }
    Ok(millis)
}

fn is_path(template: &Template) -> bool {
    use crate::expression::Expression;
    matches!(
        template,
        Template::Expression {
            expression: Expression::Path(_),
            ..
        }
    )
}

fn seconds(template: &Template, scope: Scope<'_>) -> Result<i64, Fault> {
    let text = template.expression_text();
    if is_path(template) {
        let missing = |_| {
            Fault::runtime(format!(
                "The SecondsPath parameter does not reference an input value: {text}"
            ))
        };
        let value = template.evaluate(scope).map_err(missing)?;
        return match value.as_i64() {
            Some(seconds @ 0..) => Ok(seconds),
            Some(seconds) => Err(Fault::runtime(format!(
                "The SecondsPath parameter references a negative value: {text} == {seconds}"
            ))),
            None => Err(Fault::runtime(format!(
                "The SecondsPath parameter cannot be parsed as a long value: {text} == {value}"
            ))),
        };
    }
    let value = template.evaluate(scope)?;
    match value.as_i64() {
        Some(seconds @ 0..) => Ok(seconds),
        _ => Err(unexpected(text, "Seconds", "integer", &value)),
    }
}
