//! From the text of a definition to a machine.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fields::{DUPLICATE, Diagnostic, Fields, Findings, SCHEMA};
use super::{Kind as StateKind, Machine, State, Until, check, choice, parallel, retry, task};
use crate::expression::{Language, PathField, ResultPath};

/// What kind of machine a definition is for: express ones may not wait for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Standard,
    Express,
}

/// How deep machines nest in machines.
const DEPTH_MAX: usize = 16;
/// How many states a machine has, with all that is nested in it.
const STATES_MAX: usize = 10_000;

/// Reads and checks a definition.
pub(crate) fn parse(text: &str, kind: Kind) -> Result<Machine, Vec<Diagnostic>> {
    let members = object(text)?;
    let mut parser = Parser::default();
    let machine = parser.top_level(&members);
    match machine {
        Some(machine) if parser.findings.0.is_empty() => {
            task::check_pattern(&machine, kind, &mut parser.findings);
            if parser.findings.0.is_empty() {
                return Ok(machine);
            }
            Err(parser.findings.0)
        }
        _ => Err(parser.findings.0),
    }
}

/// Reads a state that stands alone, or whatever state of that name a machine has, however deep. `None` when it has none.
pub(crate) fn parse_state(
    text: &str,
    name: Option<&str>,
) -> Result<Option<State>, Vec<Diagnostic>> {
    let members = object(text)?;
    let mut parser = Parser::default();
    let Some(name) = name else {
        let at = format!("/States/{ALONE}");
        let state = parser.named(ALONE, &Value::Object(members), &at, Language::JsonPath);
        return parser.read(state);
    };
    let language = parser.language(&members, "", Language::JsonPath);
    let Some((value, place)) = find(&members, name, "", 0) else {
        return Ok(None);
    };
    let state = parser.named(name, value, &place, language);
    parser.read(state)
}

/// What AWS calls a state that stands alone.
const ALONE: &str = "StateName";

/// The state of this name, in a machine or in what is nested in it, and its place.
fn find<'a>(
    machine: &'a Map<String, Value>,
    name: &str,
    at: &str,
    depth: usize,
) -> Option<(&'a Value, String)> {
    let Some(Value::Object(states)) = machine.get("States") else {
        return None;
    };
    if let Some(state) = states.get(name) {
        return Some((state, format!("{at}/States/{name}")));
    }
    if depth >= DEPTH_MAX {
        return None;
    }
    for (outer, state) in states {
        let at = format!("{at}/States/{outer}");
        let branches = state.get("Branches").and_then(Value::as_array);
        let branches = branches.into_iter().flatten().enumerate();
        let branches = branches.map(|(index, branch)| (branch, format!("{at}/Branches[{index}]")));
        let processors = ["ItemProcessor", "Iterator"].into_iter();
        let processors =
            processors.filter_map(|part| Some((state.get(part)?, format!("{at}/{part}"))));
        for (part, at) in branches.chain(processors) {
            let part = part.as_object();
            if let Some(found) = part.and_then(|part| find(part, name, &at, depth + 1)) {
                return Some(found);
            }
        }
    }
    None
}

fn object(text: &str) -> Result<Map<String, Value>, Vec<Diagnostic>> {
    let refusal = |message: String| {
        vec![Diagnostic {
            code: "INVALID_JSON_DESCRIPTION",
            message,
            location: "/".to_owned(),
        }]
    };
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(refusal("Definition must be a valid JSON object".to_owned())),
        Err(error) => Err(refusal(error.to_string())),
    }
}

/// What is known while a definition is read.
#[derive(Debug, Default)]
pub(super) struct Parser {
    pub(super) findings: Findings,
    /// Of all states, however deep: they are unique.
    names: BTreeSet<String>,
    depth: usize,
}

impl Parser {
    /// What was read, if nothing is wrong with it.
    fn read<T>(self, read: Option<T>) -> Result<Option<T>, Vec<Diagnostic>> {
        if self.findings.0.is_empty() {
            Ok(read)
        } else {
            Err(self.findings.0)
        }
    }

    fn top_level(&mut self, members: &Map<String, Value>) -> Option<Machine> {
        let language = self.language(members, "", Language::JsonPath);
        let fields = Fields::new(members, "", language);
        let known = [
            "Comment",
            "QueryLanguage",
            "StartAt",
            "States",
            "TimeoutSeconds",
            "Version",
        ];
        fields.allow(&[&known], &mut self.findings);
        let timeout = fields.integer("TimeoutSeconds", 0, &mut self.findings);
        let mut machine = self.machine(&fields)?;
        machine.timeout_seconds = timeout.filter(|seconds| *seconds > 0);
        machine.variables = check::variables(members);
        Some(machine)
    }

    /// In what an object speaks; what is in it speaks the same unless it says otherwise.
    fn language(&mut self, members: &Map<String, Value>, at: &str, outer: Language) -> Language {
        match members.get("QueryLanguage").map(Value::as_str) {
            None => outer,
            Some(Some("JSONata")) => Language::Jsonata,
            Some(Some("JSONPath")) if outer == Language::Jsonata => {
                let message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
                self.findings
                    .add(SCHEMA, message, &format!("{at}/QueryLanguage"));
                outer
            }
            Some(Some("JSONPath")) => Language::JsonPath,
            Some(_) => {
                let message = "The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]";
                self.findings
                    .add(SCHEMA, message, &format!("{at}/QueryLanguage"));
                outer
            }
        }
    }

    /// `StartAt` and `States`, of a machine or of a part.
    pub(super) fn machine(&mut self, fields: &Fields<'_>) -> Option<Machine> {
        if !fields.require(&["States", "StartAt"], &mut self.findings) {
            return None;
        }
        if self.depth >= DEPTH_MAX {
            let message = "The definition is nested too deeply";
            self.findings.add(SCHEMA, message, &fields.at);
            return None;
        }
        let start_at = fields.text("StartAt", &mut self.findings)?;
        let place = fields.place("States");
        let Some(Value::Object(members)) = fields.get("States") else {
            self.findings.add(SCHEMA, "Value is not an object", &place);
            return None;
        };
        self.depth += 1;
        let mut states = BTreeMap::new();
        for (name, value) in members {
            let at = format!("{place}/{name}");
            if let Some(state) = self.named(name, value, &at, fields.language) {
                states.insert(name.clone(), state);
            }
        }
        self.depth -= 1;
        let machine = Machine {
            start_at: start_at.to_owned(),
            states,
            timeout_seconds: None,
            variables: BTreeMap::new(),
        };
        // Targets of states that could not be read are not known.
        if machine.states.len() == members.len() {
            check::transitions(&machine, &fields.at, &mut self.findings);
        }
        Some(machine)
    }

    fn named(&mut self, name: &str, value: &Value, at: &str, outer: Language) -> Option<State> {
        let Value::Object(members) = value else {
            self.findings.add(SCHEMA, "Value is not an object", at);
            return None;
        };
        if name.is_empty() || name.chars().count() > 80 {
            let message = "The name of a state has to be 1 to 80 characters long";
            self.findings.add(SCHEMA, message, at);
        }
        if self.names.len() >= STATES_MAX {
            self.findings.add(SCHEMA, "There are too many states", at);
            return None;
        }
        if !self.names.insert(name.to_owned()) {
            let message = format!("Duplicate State name: {name}");
            self.findings.add(DUPLICATE, message, at);
        }
        let language = self.language(members, at, outer);
        let fields = Fields::new(members, at, language);
        self.state(name, &fields)
    }

    fn state(&mut self, name: &str, fields: &Fields<'_>) -> Option<State> {
        if !fields.require(&["Type"], &mut self.findings) {
            return None;
        }
        let kind_name = fields.text("Type", &mut self.findings)?;
        let kind = match kind_name {
            "Pass" => StateKind::Pass {
                result: fields.get("Result").cloned(),
            },
            "Task" => task::parse(fields, self)?,
            "Choice" => choice::parse(fields, &mut self.findings)?,
            "Wait" => wait(fields, &mut self.findings)?,
            "Succeed" => StateKind::Succeed,
            "Fail" => fail(fields, &mut self.findings),
            "Parallel" => parallel::branches(fields, self)?,
            "Map" => parallel::map(fields, self)?,
            _ => {
                let message = "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]";
                self.findings.add(SCHEMA, message, &fields.place("Type"));
                return None;
            }
        };
        let findings = &mut self.findings;
        fields.allow(&known_fields(&kind, fields.language), findings);
        let has_paths = fields.language == Language::JsonPath;
        let next = next(&kind, fields, findings);
        let parameters = match (&kind, has_paths) {
            // Those of old are its selector.
            (StateKind::Map(_), _) => None,
            (_, true) => fields.template("Parameters", findings),
            (_, false) => fields.template("Arguments", findings),
        };
        let path = |name, findings: &mut Findings| {
            if has_paths {
                fields.path(name, findings)
            } else {
                PathField::Whole
            }
        };
        Some(State {
            name: name.to_owned(),
            language: fields.language,
            next,
            input_path: path("InputPath", findings),
            output_path: path("OutputPath", findings),
            parameters,
            result_selector: fields.template("ResultSelector", findings),
            result_path: if has_paths {
                fields.result_path(findings)
            } else {
                ResultPath::Whole
            },
            output: if has_paths {
                None
            } else {
                fields.template("Output", findings)
            },
            assign: fields.template("Assign", findings),
            retry: retry::retriers(fields, findings),
            catch: retry::catchers(fields, findings),
            kind,
        })
    }
}

const ANY: &[&str] = &["Comment", "QueryLanguage", "Type"];
const TRANSITION: &[&str] = &["Assign", "End", "Next"];
const PATHS: &[&str] = &["InputPath", "OutputPath"];
const OUTPUT: &[&str] = &["Output"];
const RESULTS: &[&str] = &["Parameters", "ResultPath", "ResultSelector"];
const ERRORS: &[&str] = &["Catch", "Retry"];

fn known_fields(kind: &StateKind, language: Language) -> Vec<&'static [&'static str]> {
    let has_paths = language == Language::JsonPath;
    let mut known = vec![ANY];
    if !matches!(kind, StateKind::Fail { .. }) {
        known.push(if has_paths { PATHS } else { OUTPUT });
    }
    if !matches!(
        kind,
        StateKind::Succeed | StateKind::Fail { .. } | StateKind::Choice { .. }
    ) {
        known.push(TRANSITION);
    }
    let arguments: &[&str] = &["Arguments"];
    match kind {
        StateKind::Pass { .. } if has_paths => {
            known.push(&["Parameters", "Result", "ResultPath"]);
        }
        StateKind::Pass { .. } | StateKind::Succeed => {}
        StateKind::Task(_) => {
            known.extend([task::FIELDS, ERRORS]);
            known.push(if has_paths { RESULTS } else { arguments });
            if has_paths {
                known.push(&["HeartbeatSecondsPath", "TimeoutSecondsPath"]);
            }
        }
        StateKind::Choice { .. } => known.push(&["Assign", "Choices", "Default"]),
        StateKind::Wait(_) => {
            known.push(&["Seconds", "Timestamp"]);
            if has_paths {
                known.push(&["SecondsPath", "TimestampPath"]);
            }
        }
        StateKind::Fail { .. } => {
            known.push(&["Cause", "Error"]);
            if has_paths {
                known.push(&["CausePath", "ErrorPath"]);
            }
        }
        StateKind::Parallel(_) => {
            known.extend([ERRORS, &["Branches"]]);
            known.push(if has_paths { RESULTS } else { arguments });
        }
        StateKind::Map(_) => {
            known.extend([ERRORS, parallel::MAP_FIELDS]);
            known.push(if has_paths {
                parallel::MAP_PATHS
            } else {
                &["Items"]
            });
            if has_paths {
                known.push(RESULTS);
            }
        }
    }
    known
}

/// `Next` or `End`, for those that have one of them.
fn next(kind: &StateKind, fields: &Fields<'_>, findings: &mut Findings) -> Option<String> {
    if matches!(
        kind,
        StateKind::Succeed | StateKind::Fail { .. } | StateKind::Choice { .. }
    ) {
        return None;
    }
    let is_end = match fields.get("End") {
        None => false,
        Some(Value::Bool(is_end)) => *is_end,
        Some(_) => {
            findings.add(SCHEMA, "Value is not a boolean", &fields.place("End"));
            true
        }
    };
    let next = fields.text("Next", findings);
    match (next, is_end) {
        (Some(next), false) => Some(next.to_owned()),
        (None, true) => None,
        (Some(_), true) => {
            let message = "Only one of these fields may be given: [Next, End]";
            findings.add(SCHEMA, message, &fields.at);
            None
        }
        (None, false) => {
            if !fields.has("Next") {
                let message = "One of these fields is required: [Next, End]";
                findings.add(SCHEMA, message, &fields.at);
            }
            None
        }
    }
}

fn wait(fields: &Fields<'_>, findings: &mut Findings) -> Option<StateKind> {
    let seconds = |value: &Value| match value.as_u64() {
        Some(_) => Ok(()),
        None => Err("Value is not an integer that is at least 0".to_owned()),
    };
    let timestamp = |value: &Value| match value.as_str().and_then(choice::timestamp) {
        Some(_) => Ok(()),
        None => Err("String does not match RFC3339 timestamp".to_owned()),
    };
    let names = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
    let given = names.iter().filter(|name| fields.has(name)).count();
    if given != 1 {
        let message = "Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp, TimestampPath]";
        findings.add(SCHEMA, message, &fields.at);
        return None;
    }
    let until = if fields.has("Seconds") || fields.has("SecondsPath") {
        Until::Seconds(fields.value_or_path("Seconds", seconds, findings)?)
    } else {
        Until::Timestamp(fields.value_or_path("Timestamp", timestamp, findings)?)
    };
    Some(StateKind::Wait(until))
}

fn fail(fields: &Fields<'_>, findings: &mut Findings) -> StateKind {
    let text = |value: &Value| {
        if value.is_string() {
            Ok(())
        } else {
            Err("Value is not a string".to_owned())
        }
    };
    StateKind::Fail {
        error: fields.value_or_path("Error", text, findings),
        cause: fields.value_or_path("Cause", text, findings),
    }
}
