//! States that may fail: they are tried, tried again, and caught.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>

use landline_wire::request_id;
use serde_json::Value;

use super::record::Phase;
use super::strand::{After, Strand};
use super::walk::{Move, assigned, check_size, context, failed, scope};
use super::{Run, fan, task};
use crate::definition::{Catcher, Jitter, Kind, Retrier, State};
use crate::expression::{Language, Scope};
use crate::failure::{Failure, Fault, RUNTIME};

/// What a state did, before its data flow has looked at it.
pub(super) struct Done {
    pub(super) result: Value,
    /// What a result that is too large is blamed on.
    pub(super) blamed: String,
}

pub(super) async fn attempt(
    run: &Run,
    state: &State,
    strand: &mut Strand,
) -> Result<Move, Failure> {
    loop {
        if let Phase::Retrying { until_millis } = strand.record.phase {
            run.sleep_until(until_millis).await;
            strand.record.phase = Phase::Entered;
        }
        let failure = match once(run, state, strand).await {
            Ok(made) => return Ok(made),
            Err(failure) => failure,
        };
        if let Some(pause_millis) = pause(&state.retry, &mut strand.record.retries, &failure) {
            strand.record.phase = Phase::Retrying {
                until_millis: run.now().as_millis() + pause_millis,
            };
            strand.drop_inner();
            strand.commit(run).await?;
            continue;
        }
        let is_runtime = failure.error.as_deref() == Some(RUNTIME);
        if !is_runtime && !matches!(state.kind, Kind::Task(_)) {
            strand.note_bare(format!("{}StateFailed", state.kind.name()));
        }
        let mut catchers = state.catch.iter();
        let Some(catcher) = catchers.find(|it| failure.is_one_of(&it.errors)) else {
            let is_within = !strand.path.is_empty();
            if is_within && !is_runtime && matches!(state.kind, Kind::Task(_)) {
                strand.note_after(After::Aside, "TaskStateAborted", None);
            }
            return Err(failure);
        };
        let context = context(run, strand, None);
        let error_output = failure.output();
        let caught = catch(
            catcher,
            state,
            scope(run, &strand.record, &context),
            &error_output,
        );
        return caught.map_err(|fault| failed(strand, fault));
    }
}

/// One try, with what follows from its result.
async fn once(run: &Run, state: &State, strand: &mut Strand) -> Result<Move, Failure> {
    let done = match &state.kind {
        Kind::Task(task) => task::perform(run, state, task, strand).await?,
        Kind::Parallel(branches) => fan::parallel(run, state, branches, strand).await?,
        Kind::Map(map) => fan::map(run, state, map, strand).await?,
        _ => return Err(Failure::bare(RUNTIME)),
    };
    if let Err(fault) = check_size(&done.result, &done.blamed) {
        return Err(Failure::new(fault.error, fault.cause));
    }
    let context = context(run, strand, None);
    let made = leave(state, scope(run, &strand.record, &context), &done.result);
    made.map_err(|fault| failed(strand, fault))
}

/// How a state's result becomes its output.
pub(super) fn leave(state: &State, scope: Scope<'_>, result: &Value) -> Result<Move, Fault> {
    let next = state.next.clone();
    if state.language == Language::Jsonata {
        let scope = Scope {
            result: Some(result),
            ..scope
        };
        let output = match &state.output {
            Some(output) => output.evaluate(scope)?,
            None => result.clone(),
        };
        check_size(&output, &state.name)?;
        return Ok(Move {
            next,
            output,
            assigned: assigned(state.assign.as_ref(), scope)?,
        });
    }
    let assigned = assigned(state.assign.as_ref(), scope.on(result))?;
    let selected = match &state.result_selector {
        Some(selector) => selector.evaluate(scope.on(result))?,
        None => result.clone(),
    };
    let combined = state.result_path.apply(scope.input.clone(), selected)?;
    let output = state.output_path.apply(scope.on(&combined))?;
    check_size(&output, &state.name)?;
    Ok(Move {
        next,
        output,
        assigned,
    })
}

pub(super) fn catch(
    catcher: &Catcher,
    state: &State,
    scope: Scope<'_>,
    error_output: &Value,
) -> Result<Move, Fault> {
    let next = Some(catcher.next.clone());
    if state.language == Language::Jsonata {
        let scope = Scope {
            error_output: Some(error_output),
            ..scope
        };
        return Ok(Move {
            next,
            output: match &catcher.output {
                Some(output) => output.evaluate(scope)?,
                None => error_output.clone(),
            },
            assigned: assigned(catcher.assign.as_ref(), scope)?,
        });
    }
    let assigned = assigned(catcher.assign.as_ref(), scope.on(error_output))?;
    let output = catcher
        .result_path
        .apply(scope.input.clone(), error_output.clone())?;
    Ok(Move {
        next,
        output,
        assigned,
    })
}

/// How long to wait before the next try, if there is to be one.
pub(super) fn pause(retriers: &[Retrier], used: &mut Vec<u32>, failure: &Failure) -> Option<i64> {
    let at = retriers
        .iter()
        .position(|it| failure.is_one_of(&it.errors))?;
    let retrier = &retriers[at];
    used.resize(retriers.len(), 0);
    if used[at] >= retrier.max_attempts {
        return None;
    }
    let tries = i32::try_from(used[at]).unwrap_or(i32::MAX);
    used[at] += 1;
    #[expect(clippy::cast_precision_loss, reason = "a year has fewer seconds")]
    let interval = retrier.interval_seconds as f64;
    #[expect(clippy::cast_precision_loss, reason = "a year has fewer seconds")]
    let most = retrier.max_delay_seconds.unwrap_or(DELAY_SECONDS_MAX) as f64;
    let seconds = (interval * retrier.backoff_rate.powi(tries)).min(most);
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    let millis = (seconds * 1000.0) as i64;
    Some(match retrier.jitter {
        Jitter::None => millis,
        Jitter::Full => {
            let drawn = u64::from_le_bytes(request_id::random_bytes());
            let drawn = drawn % (millis.unsigned_abs() + 1);
            i64::try_from(drawn).unwrap_or(millis)
        }
    })
}

/// The longest pause: a year.
const DELAY_SECONDS_MAX: u64 = 31_622_400;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest_and_then_end() {
        let retrier = Retrier {
            errors: vec!["States.ALL".to_owned()],
            interval_seconds: 2,
            max_attempts: 4,
            backoff_rate: 3.0,
            max_delay_seconds: Some(20),
            jitter: Jitter::None,
        };
        let mut used = Vec::new();
        let failure = Failure::bare("Any");
        let mut next = || pause(std::slice::from_ref(&retrier), &mut used, &failure);
        let pauses: Vec<_> = std::iter::from_fn(&mut next).collect();
        assert_eq!(pauses, [2000, 6000, 18_000, 20_000]);
    }

    #[test]
    fn each_retrier_counts_for_itself() {
        let retrier = |error: &str| Retrier {
            errors: vec![error.to_owned()],
            interval_seconds: 1,
            max_attempts: 1,
            backoff_rate: 2.0,
            max_delay_seconds: None,
            jitter: Jitter::Full,
        };
        let retriers = [retrier("A"), retrier("B")];
        let mut used = Vec::new();
        let mut is_retried = |error| pause(&retriers, &mut used, &Failure::bare(error)).is_some();
        assert!(is_retried("A"));
        assert!(is_retried("B"));
        assert!(!is_retried("A"));
        assert!(!is_retried("C"));
    }
}
