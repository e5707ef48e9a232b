//! Doors to private engines, for `landline-fuzz` alone.

use serde_json::{Map, Value, json};

use crate::definition::{self, Diagnostic, Kind, MachineKind, State, Until};
use crate::expression::{Scope, Template};
use crate::jsonata::{Bindings, Program};

/// What an expression in JSONata makes of `$states` and of a variable `$v`, or why it makes nothing.
pub fn evaluate(text: &str, states: &Value, now_millis: i64) -> Result<Option<Value>, String> {
    let program = Program::parse(text)?;
    let variables = Map::from_iter([("v".to_owned(), states.clone())]);
    let bindings = Bindings {
        states: states.clone(),
        variables: &variables,
        now_millis,
    };
    let found = program.evaluate(&bindings);
    found.map_err(|trouble| trouble.to_string())
}

/// Reads a definition; how many of its templates make something of the input. Otherwise what is wrong with it, and where.
pub fn walk(definition: &str, input: &Value) -> Result<usize, Vec<(String, String)>> {
    let place = |it: Diagnostic| (it.location, it.message);
    let machine = definition::parse(definition, MachineKind::Standard);
    let machine = machine.map_err(|found| found.into_iter().map(place).collect::<Vec<_>>())?;
    let states = machine.all().into_iter().flat_map(|it| it.states.values());
    Ok(states.map(|state| look(state, input)).sum())
}

fn look(state: &State, input: &Value) -> usize {
    let context = json!({ "Execution": { "Input": input }, "Task": { "Token": "t" } });
    let variables = Map::from_iter([("v".to_owned(), input.clone())]);
    let scope = Scope {
        input,
        context: &context,
        variables: &variables,
        result: Some(input),
        error_output: Some(input),
        now_millis: 0,
    };
    let mut made = 0;
    made += usize::from(state.input_path.apply(scope).is_ok());
    made += usize::from(state.output_path.apply(scope).is_ok());
    let combined = state.result_path.apply(input.clone(), input.clone());
    made += usize::from(combined.is_ok());
    let own = [
        &state.parameters,
        &state.result_selector,
        &state.output,
        &state.assign,
    ];
    let templates = own.into_iter().flatten().chain(templates(state));
    made += templates.filter(|it| it.evaluate(scope).is_ok()).count();
    if let Kind::Choice { rules, .. } = &state.kind {
        let holds = |it: &&definition::ChoiceRule| it.condition.holds(scope).is_ok();
        made += rules.iter().filter(holds).count();
    }
    made
}

/// Those of its kind.
fn templates(state: &State) -> Vec<&Template> {
    let found: Vec<Option<&Template>> = match &state.kind {
        Kind::Task(task) => vec![
            task.timeout.as_ref(),
            task.heartbeat.as_ref(),
            task.credentials.as_ref(),
        ],
        Kind::Wait(Until::Seconds(template) | Until::Timestamp(template)) => vec![Some(template)],
        Kind::Fail { error, cause } => vec![error.as_ref(), cause.as_ref()],
        Kind::Map(map) => vec![
            map.items.as_ref(),
            map.selector.as_ref(),
            map.max_concurrency.as_ref(),
        ],
        _ => Vec::new(),
    };
    let catchers = state.catch.iter();
    let catchers = catchers.flat_map(|it| [it.output.as_ref(), it.assign.as_ref()]);
    found.into_iter().chain(catchers).flatten().collect()
}
