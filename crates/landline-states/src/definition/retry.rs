//! `Retry` and `Catch`.

use serde_json::Value;

use super::fields::{Fields, Findings, SCHEMA};
use super::{Catcher, Jitter, Retrier};
use crate::expression::{Language, ResultPath};
use crate::failure::ALL;

/// How often AWS lets one ask for.
const ATTEMPTS_MAX: u64 = 99_999_999;
/// A year, as AWS has it.
const DELAY_MAX: u64 = 31_622_400;

fn objects<'a>(
    fields: &Fields<'a>,
    name: &str,
    findings: &mut Findings,
) -> Vec<(Fields<'a>, Vec<String>)> {
    let items = fields.array(name, findings).unwrap_or_default();
    let count = items.len();
    let mut read = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let place = format!("{}[{at}]", fields.place(name));
        let Value::Object(members) = item else {
            findings.add(SCHEMA, "Value is not an object", &place);
            continue;
        };
        let item = Fields::new(members, &place, fields.language);
        if !item.require(&["ErrorEquals"], findings) {
            continue;
        }
        let errors = errors(&item, findings);
        if errors.iter().any(|error| error == ALL) && (errors.len() > 1 || at + 1 < count) {
            let message = "States.ALL must appear alone, and at the end of the list";
            findings.add(SCHEMA, message, &item.place("ErrorEquals"));
        }
        read.push((item, errors));
    }
    read
}

fn errors(fields: &Fields<'_>, findings: &mut Findings) -> Vec<String> {
    let items = fields.array("ErrorEquals", findings).unwrap_or_default();
    let names: Vec<String> = items
        .iter()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect();
    if names.is_empty() || names.len() != items.len() {
        let message = "Value is not an array of names of errors";
        findings.add(SCHEMA, message, &fields.place("ErrorEquals"));
    }
    names
}

pub(super) fn retriers(fields: &Fields<'_>, findings: &mut Findings) -> Vec<Retrier> {
    let mut retriers = Vec::new();
    for (item, errors) in objects(fields, "Retry", findings) {
        let known = [
            "BackoffRate",
            "Comment",
            "ErrorEquals",
            "IntervalSeconds",
            "JitterStrategy",
            "MaxAttempts",
            "MaxDelaySeconds",
        ];
        item.allow(&[&known], findings);
        let backoff_rate = item.get("BackoffRate").map(Value::as_f64);
        if matches!(backoff_rate, Some(rate) if rate.is_none_or(|rate| rate < 1.0)) {
            let message = "Value is not a number that is at least 1.0";
            findings.add(SCHEMA, message, &item.place("BackoffRate"));
        }
        let jitter = match item.get("JitterStrategy").map(Value::as_str) {
            None | Some(Some("NONE")) => Jitter::None,
            Some(Some("FULL")) => Jitter::Full,
            Some(_) => {
                let message =
                    "The field 'JitterStrategy' should have one of these values: [NONE, FULL]";
                findings.add(SCHEMA, message, &item.place("JitterStrategy"));
                Jitter::None
            }
        };
        let interval = item.integer("IntervalSeconds", 0, findings);
        let attempts = item.integer("MaxAttempts", 0, findings);
        let attempts = attempts.map(|attempts| attempts.min(ATTEMPTS_MAX));
        retriers.push(Retrier {
            errors,
            interval_seconds: interval.unwrap_or(1).min(DELAY_MAX),
            max_attempts: attempts
                .map_or(3, |attempts| u32::try_from(attempts).unwrap_or(u32::MAX)),
            backoff_rate: backoff_rate.flatten().unwrap_or(2.0),
            max_delay_seconds: item.integer("MaxDelaySeconds", 1, findings),
            jitter,
        });
    }
    retriers
}

pub(super) fn catchers(fields: &Fields<'_>, findings: &mut Findings) -> Vec<Catcher> {
    let mut catchers = Vec::new();
    for (at, (item, errors)) in objects(fields, "Catch", findings).into_iter().enumerate() {
        let known = ["Assign", "Comment", "ErrorEquals", "Next"];
        let (results, output): (&[&str], _) = match item.language {
            Language::JsonPath => (&["ResultPath"], None),
            Language::Jsonata => (
                &["Output"],
                item.template_named("Output", &format!("Catch[{at}]/Output"), findings),
            ),
        };
        item.allow(&[&known, results], findings);
        if !item.require(&["Next"], findings) {
            continue;
        }
        catchers.push(Catcher {
            errors,
            next: item.text("Next", findings).unwrap_or_default().to_owned(),
            result_path: match item.language {
                Language::JsonPath => item.result_path(findings),
                Language::Jsonata => ResultPath::Whole,
            },
            output,
            assign: item.template_named("Assign", &format!("Catch[{at}]/Assign"), findings),
        });
    }
    catchers
}
