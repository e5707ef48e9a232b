//! `Parallel` and `Map`: states that run machines of their own.

use std::sync::Arc;

use serde_json::Value;

use super::fields::{Fields, Findings, SCHEMA};
use super::parse::Parser;
use super::{Kind, Machine, MapState};
use crate::expression::{Expression, Language, Template, program_text};

pub(super) const MAP_FIELDS: &[&str] =
    &["ItemProcessor", "ItemSelector", "Label", "MaxConcurrency"];

pub(super) const MAP_PATHS: &[&str] = &["ItemsPath", "Iterator", "MaxConcurrencyPath"];

/// What only distributed maps have.
const DISTRIBUTED: [&str; 7] = [
    "ItemBatcher",
    "ItemReader",
    "ResultWriter",
    "ToleratedFailureCount",
    "ToleratedFailureCountPath",
    "ToleratedFailurePercentage",
    "ToleratedFailurePercentagePath",
];

pub(super) fn branches(fields: &Fields<'_>, parser: &mut Parser) -> Option<Kind> {
    if !fields.require(&["Branches"], &mut parser.findings) {
        return None;
    }
    let items = fields.array("Branches", &mut parser.findings)?;
    if items.is_empty() {
        parser
            .findings
            .add(SCHEMA, "Value cannot be empty", &fields.place("Branches"));
    }
    let mut branches = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let place = format!("{}[{at}]", fields.place("Branches"));
        branches.push(Arc::new(part(item, &place, fields.language, parser)?));
    }
    Some(Kind::Parallel(branches))
}

fn part(value: &Value, place: &str, language: Language, parser: &mut Parser) -> Option<Machine> {
    let Value::Object(members) = value else {
        parser.findings.add(SCHEMA, "Value is not an object", place);
        return None;
    };
    let fields = Fields::new(members, place, language);
    let known = ["Comment", "ProcessorConfig", "StartAt", "States"];
    fields.allow(&[&known], &mut parser.findings);
    parser.machine(&fields)
}

pub(super) fn map(fields: &Fields<'_>, parser: &mut Parser) -> Option<Kind> {
    let name = if fields.has("Iterator") && fields.language == Language::JsonPath {
        "Iterator"
    } else {
        "ItemProcessor"
    };
    if !fields.require(&[name], &mut parser.findings) {
        return None;
    }
    let processor = fields.get(name)?;
    if is_distributed(processor) || DISTRIBUTED.iter().any(|name| fields.has(name)) {
        let message = "Landline runs Map states of the mode INLINE only, without ItemReader, ItemBatcher, ResultWriter and tolerated failures";
        parser.findings.add(SCHEMA, message, &fields.at);
        return None;
    }
    let place = fields.place(name);
    let processor = part(processor, &place, fields.language, parser)?;
    let findings = &mut parser.findings;
    let selector = match fields.language {
        Language::JsonPath if !fields.has("ItemSelector") => {
            fields.template("Parameters", findings)
        }
        _ => fields.template("ItemSelector", findings),
    };
    Some(Kind::Map(Box::new(MapState {
        processor: Arc::new(processor),
        items: items(fields, findings),
        selector,
        max_concurrency: fields.value_or_path("MaxConcurrency", is_whole, findings),
    })))
}

fn is_distributed(processor: &Value) -> bool {
    let mode = processor.pointer("/ProcessorConfig/Mode");
    mode.and_then(Value::as_str) == Some("DISTRIBUTED")
}

fn is_whole(value: &Value) -> Result<(), String> {
    match value.as_u64() {
        Some(_) => Ok(()),
        None => Err("Value is not an integer that is at least 0".to_owned()),
    }
}

fn items(fields: &Fields<'_>, findings: &mut Findings) -> Option<Template> {
    if fields.language == Language::Jsonata {
        let is_program = |value: &Value| value.as_str().and_then(program_text).is_some();
        let is_fit = |value: &Value| value.is_array() || is_program(value);
        if fields.get("Items").is_some_and(|items| !is_fit(items)) {
            let message = "Value is not an array or a JSONata expression";
            findings.add(SCHEMA, message, &fields.place("Items"));
        }
        return fields.template("Items", findings);
    }
    let text = fields.text("ItemsPath", findings)?;
    let expression = Expression::parse_path(text).ok();
    if expression.is_none() {
        let place = fields.place("ItemsPath");
        findings.add(SCHEMA, "Value is not a Reference Path", &place);
    }
    expression.map(|expression| Template::of(expression, "ItemsPath"))
}
