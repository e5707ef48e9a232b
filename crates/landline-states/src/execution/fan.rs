//! `Parallel` and `Map`: strands within a strand.

use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use serde_json::{Value, json};

use super::Run;
use super::attempts::Done;
use super::record::{Phase, STRANDS, StrandRecord};
use super::strand::{After, Strand, lost};
use super::walk::{self, context, failed, scope};
use crate::definition::{Machine, MapState, State, unexpected};
use crate::expression::{Language, Scope};
use crate::failure::{Failure, Fault};
use crate::quotas::MAP_CONCURRENCY;

/// What one inner strand came to.
struct Inner {
    at: usize,
    /// Its last event.
    last: u64,
    ended: Result<Value, Failure>,
}

/// How an inner strand begins.
struct Seed {
    at: usize,
    input: Value,
    /// `$$.Map.Item`, for an iteration.
    item: Option<Value>,
}

pub(super) async fn parallel(
    run: &Run,
    state: &State,
    branches: &[Arc<Machine>],
    strand: &mut Strand,
) -> Result<Done, Failure> {
    let context = context(run, strand, None);
    let input = effective_input(state, scope(run, &strand.record, &context));
    let input = input.map_err(|fault| failed(strand, fault))?;
    if !matches!(strand.record.phase, Phase::Fanned { .. }) {
        strand.note_bare("ParallelStateStarted");
        begin(run, strand).await?;
    }
    let seeds = branches.iter().enumerate().map(|(at, machine)| {
        let seed = Seed {
            at,
            input: input.clone(),
            item: strand.record.item.clone(),
        };
        (machine, seed)
    });
    let jobs = Jobs {
        run,
        name: None,
        outer: strand,
    };
    let (results, last) = all(&jobs, seeds.collect(), branches.len()).await?;
    finish(strand, "ParallelStateSucceeded", last);
    results.map(|result| Done {
        result,
        blamed: state.name.clone(),
    })
}

/// Notes that the inner strands begin after the last event.
async fn begin(run: &Run, strand: &mut Strand) -> Result<(), Failure> {
    strand.commit(run).await?;
    strand.record.phase = Phase::Fanned {
        started: strand.record.last,
    };
    strand.drop_inner();
    strand.commit(run).await
}

/// What follows the inner strands follows the last of their events.
fn finish(strand: &mut Strand, succeeded: &str, (last, is_well): (u64, IsWell)) {
    strand.record.last = strand.record.last.max(last);
    if is_well == IsWell::Yes {
        strand.note_after(After::Aside, succeeded, None);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum IsWell {
    Yes,
    No,
}

fn effective_input(state: &State, scope: Scope<'_>) -> Result<Value, Fault> {
    let input = state.input_path.apply(scope)?;
    match &state.parameters {
        Some(parameters) => parameters.evaluate(scope.on(&input)),
        None => Ok(input),
    }
}

/// What inner strands have in common.
struct Jobs<'a> {
    run: &'a Run,
    /// The name of the `Map`, whose iterations have events.
    name: Option<&'a str>,
    outer: &'a Strand,
}

type Results = (Result<Value, Failure>, (u64, IsWell));

/// Runs inner strands, so many at one time; the list of what they give, or the first failure.
async fn all(
    jobs: &Jobs<'_>,
    seeds: Vec<(&Arc<Machine>, Seed)>,
    most_at_once: usize,
) -> Result<Results, Failure> {
    let mut outputs = vec![Value::Null; seeds.len()];
    let mut last = 0;
    let mut seeds = seeds.into_iter();
    let mut at_work = FuturesUnordered::new();
    loop {
        while at_work.len() < most_at_once.max(1) {
            let Some((machine, seed)) = seeds.next() else {
                break;
            };
            at_work.push(one(jobs, machine, seed));
        }
        let Some(inner) = at_work.next().await else {
            return Ok((Ok(outputs.into()), (last, IsWell::Yes)));
        };
        let inner = inner?;
        last = last.max(inner.last);
        match inner.ended {
            Ok(output) => outputs[inner.at] = output,
            // The others end where they are.
            Err(failure) => return Ok((Err(failure), (inner.last, IsWell::No))),
        }
    }
}

/// Runs one inner strand, from its beginning or from where it was.
async fn one(jobs: &Jobs<'_>, machine: &Machine, seed: Seed) -> Result<Inner, Failure> {
    let Jobs { run, name, outer } = jobs;
    let at = seed.at;
    let path = format!("{}/{at}", outer.path);
    let known = match run.store() {
        Some(store) => STRANDS
            .get(store, &format!("{}|{path}", run.key()))
            .map_err(lost)?,
        None => None,
    };
    let mut strand = match known {
        Some(record) => Strand::new(path, record),
        None => sown(jobs, machine, seed, path),
    };
    let is_over = matches!(strand.record.phase, Phase::Done { .. });
    let ended = walk::walk(run, machine, &mut strand).await;
    let details = name.map(|name| json!({ "name": name, "index": at }));
    match &ended {
        Ok(_) if is_over => {}
        Ok(output) => {
            if let Some(details) = details {
                strand.note(
                    "MapIterationSucceeded",
                    "mapIterationSucceededEventDetails",
                    details,
                );
            }
            strand.record.phase = Phase::Done {
                output: output.clone(),
            };
            strand.record.input = Value::Null;
            strand.commit(run).await?;
        }
        Err(failure) => {
            let is_runtime = failure.error.as_deref() == Some(crate::failure::RUNTIME);
            if let (Some(details), false) = (details, is_runtime) {
                let name = "mapIterationFailedEventDetails";
                strand.note_after(
                    After::Aside,
                    "MapIterationFailed",
                    Some((name.to_owned(), details)),
                );
            }
            strand.commit(run).await?;
        }
    }
    Ok(Inner {
        at,
        last: strand.record.last,
        ended,
    })
}

/// An inner strand in its first state.
fn sown(jobs: &Jobs<'_>, machine: &Machine, seed: Seed, path: String) -> Strand {
    let Jobs { run, name, outer } = jobs;
    let started = match outer.record.phase {
        Phase::Fanned { started } => started,
        _ => outer.record.last,
    };
    let record = StrandRecord {
        variables: outer.record.variables.clone(),
        item: seed.item,
        last: started,
        ..StrandRecord::default()
    };
    let mut strand = Strand::new(path, record);
    if let Some(name) = name {
        let details = json!({ "name": name, "index": seed.at });
        strand.note(
            "MapIterationStarted",
            "mapIterationStartedEventDetails",
            details,
        );
    }
    walk::enter_first(run, machine, &mut strand, seed.input);
    strand
}

pub(super) async fn map(
    run: &Run,
    state: &State,
    map: &MapState,
    strand: &mut Strand,
) -> Result<Done, Failure> {
    let context = context(run, strand, None);
    let plan = plan(state, map, scope(run, &strand.record, &context));
    let plan = plan.map_err(|fault| failed(strand, fault))?;
    let Plan {
        items,
        inputs,
        most_at_once,
    } = plan;
    if !matches!(strand.record.phase, Phase::Fanned { .. }) {
        strand.note(
            "MapStateStarted",
            "mapStateStartedEventDetails",
            json!({ "length": inputs.len() }),
        );
        begin(run, strand).await?;
    }
    let seeds = items.into_iter().zip(inputs).enumerate();
    let seeds = seeds.map(|(at, (item, input))| {
        let item = json!({ "Index": at, "Value": item });
        let seed = Seed {
            at,
            input,
            item: Some(item),
        };
        (&map.processor, seed)
    });
    let jobs = Jobs {
        run,
        name: Some(&state.name),
        outer: strand,
    };
    let (results, last) = all(&jobs, seeds.collect(), most_at_once).await?;
    finish(strand, "MapStateSucceeded", last);
    results.map(|result| Done {
        result,
        blamed: state.name.clone(),
    })
}

/// What a map does.
struct Plan {
    items: Vec<Value>,
    inputs: Vec<Value>,
    most_at_once: usize,
}

fn plan(state: &State, map: &MapState, scope: Scope<'_>) -> Result<Plan, Fault> {
    let input = state.input_path.apply(scope)?;
    let scope = scope.on(&input);
    let items = items(state, map, scope)?;
    let mut inputs = Vec::with_capacity(items.len());
    match &map.selector {
        None => inputs.clone_from(&items),
        Some(selector) => {
            let mut context = scope.context.clone();
            for (at, item) in items.iter().enumerate() {
                context["Map"] = json!({ "Item": { "Index": at, "Value": item } });
                let scope = Scope {
                    context: &context,
                    ..scope
                };
                inputs.push(selector.evaluate(scope)?);
            }
        }
    }
    let most_at_once = match &map.max_concurrency {
        None => MAP_CONCURRENCY,
        Some(template) => {
            let value = template.evaluate(scope)?;
            let number = value.as_u64().ok_or_else(|| {
                Fault::runtime(format!(
                    "The MaxConcurrencyPath field refers to value \"{}\" which is not a valid integer: {}",
                    value.as_str().map_or_else(|| value.to_string(), str::to_owned),
                    template.expression_text()
                ))
            })?;
            match usize::try_from(number).unwrap_or(MAP_CONCURRENCY) {
                // As many as there may be.
                0 => MAP_CONCURRENCY,
                number => number.min(MAP_CONCURRENCY),
            }
        }
    };
    Ok(Plan {
        items,
        inputs,
        most_at_once,
    })
}

pub(super) fn items(state: &State, map: &MapState, scope: Scope<'_>) -> Result<Vec<Value>, Fault> {
    let value = match &map.items {
        None => scope.input.clone(),
        Some(template) => template.evaluate(scope)?,
    };
    match (value, state.language, &map.items) {
        (Value::Array(items), ..) => Ok(items),
        (other, Language::Jsonata, Some(template)) => Err(unexpected(
            template.expression_text(),
            "Items",
            "array",
            &other,
        )),
        (other, ..) => Err(Fault::runtime(format!(
            "Map state input must be an array but was: {other}"
        ))),
    }
}
