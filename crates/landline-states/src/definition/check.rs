//! What only shows when a whole machine has been read: where its states lead, and which variables they use.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fields::{Findings, TRANSITION};
use super::{Kind, Machine, State};

/// Every target has to be there, and every state has to be one.
pub(super) fn transitions(machine: &Machine, at: &str, findings: &mut Findings) {
    let mut reached = BTreeSet::from([machine.start_at.as_str()]);
    if !machine.states.contains_key(&machine.start_at) {
        let message = format!("Missing 'StartAt' target: {}", machine.start_at);
        findings.add(TRANSITION, message, &format!("{at}/StartAt"));
    }
    for (name, state) in &machine.states {
        for Target {
            kind,
            name: target,
            place,
        } in targets(state)
        {
            if !machine.states.contains_key(target) {
                let message = format!("Missing '{kind}' target: {target}");
                findings.add(TRANSITION, message, &format!("{at}/States/{name}/{place}"));
            }
            // Leading to itself does not make it reachable.
            if target != name {
                reached.insert(target);
            }
        }
    }
    for name in machine.states.keys() {
        if !reached.contains(name.as_str()) {
            let message = format!("State \"{name}\" is not reachable.");
            findings.add(TRANSITION, message, &format!("{at}/States/{name}"));
        }
    }
}

struct Target<'a> {
    kind: &'static str,
    name: &'a str,
    place: String,
}

fn targets(state: &State) -> Vec<Target<'_>> {
    let mut targets = Vec::new();
    let mut add = |kind, name, place: String| targets.push(Target { kind, name, place });
    if let Some(next) = &state.next {
        add("Next", next.as_str(), "Next".to_owned());
    }
    if let Kind::Choice { rules, default } = &state.kind {
        for (at, rule) in rules.iter().enumerate() {
            add("Next", rule.next.as_str(), format!("Choices[{at}]/Next"));
        }
        if let Some(default) = default {
            add("Default", default.as_str(), "Default".to_owned());
        }
    }
    for (at, catcher) in state.catch.iter().enumerate() {
        add("Next", catcher.next.as_str(), format!("Catch[{at}]/Next"));
    }
    targets
}

/// Which variables the states of a definition refer to, as `DescribeStateMachine` tells.
pub(super) fn variables(definition: &Map<String, Value>) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    if let Some(Value::Object(states)) = definition.get("States") {
        in_states(states, &mut found);
    }
    found
}

fn in_states(states: &Map<String, Value>, found: &mut BTreeMap<String, Vec<String>>) {
    for (name, state) in states {
        let mut names = BTreeSet::new();
        collect(state, &mut names, found);
        if !names.is_empty() {
            found.insert(name.clone(), names.into_iter().collect());
        }
    }
}

fn collect(value: &Value, names: &mut BTreeSet<String>, found: &mut BTreeMap<String, Vec<String>>) {
    match value {
        Value::String(text) => {
            let mut rest = text.as_str();
            while let Some(at) = rest.find('$') {
                rest = &rest[at + 1..];
                let end = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
                let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
                let is_variable = name.starts_with(|letter: char| !letter.is_ascii_digit());
                if is_variable && name != "states" && !after.starts_with('(') {
                    names.insert(name.to_owned());
                }
                rest = after;
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names, found)),
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("States", Value::Object(states)) => in_states(states, found),
                    ("Result" | "Comment", _) => {}
                    _ => collect(member, names, found),
                }
            }
        }
        _ => {}
    }
}
