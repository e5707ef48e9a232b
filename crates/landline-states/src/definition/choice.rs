//! `Choice`: rules in JSONPath, conditions in JSONata.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html>

use landline_wire::Timestamp;
use landline_wire::arn::wildcard_matches;
use serde_json::{Map, Value};

use super::Kind;
use super::fields::{Fields, Findings, SCHEMA};
use crate::expression::{Expression, Language, Scope, Template};
use crate::failure::Fault;

/// A condition, and the state after a choice for which it holds.
#[derive(Debug)]
pub(crate) struct ChoiceRule {
    pub(crate) condition: Condition,
    pub(crate) next: String,
    pub(crate) assign: Option<Template>,
    pub(crate) output: Option<Template>,
}

#[derive(Debug)]
pub(crate) enum Condition {
    Every(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare {
        variable: Expression,
        operator: Operator,
        operand: Operand,
    },
    Jsonata {
        field: String,
        expression: Expression,
    },
    /// A text that is no expression can be no condition; a boolean can.
    Constant(bool),
}

#[derive(Debug)]
pub(crate) enum Operand {
    Value(Value),
    Path(Expression),
}

/// What two values are compared as, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Text(Comparison),
    Number(Comparison),
    Time(Comparison),
    BooleanEquals,
    Matches,
    IsBoolean,
    IsNull,
    IsNumeric,
    IsPresent,
    IsString,
    IsTimestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equals,
    LessThan,
    LessThanEquals,
    GreaterThan,
    GreaterThanEquals,
}

/// How deep conditions nest.
const DEPTH_MAX: usize = 32;

pub(super) fn parse(fields: &Fields<'_>, findings: &mut Findings) -> Option<Kind> {
    if !fields.require(&["Choices"], findings) {
        return None;
    }
    let items = fields.array("Choices", findings)?;
    if items.is_empty() {
        let message = "Array is empty: at least one choice is required";
        findings.add(SCHEMA, message, &fields.place("Choices"));
    }
    let mut rules = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let place = format!("{}[{at}]", fields.place("Choices"));
        let Value::Object(members) = item else {
            findings.add(SCHEMA, "Value is not an object", &place);
            continue;
        };
        let item = Fields::new(members, &place, fields.language);
        if !item.require(&["Next"], findings) {
            continue;
        }
        let condition = match fields.language {
            Language::Jsonata => jsonata(&item, at, findings),
            Language::JsonPath => rule(&item, 0, findings),
        };
        let field = |name: &str| format!("Choices[{at}]/{name}");
        if let Some(condition) = condition {
            rules.push(ChoiceRule {
                condition,
                next: item.text("Next", findings).unwrap_or_default().to_owned(),
                assign: item.template_named("Assign", &field("Assign"), findings),
                output: match fields.language {
                    Language::Jsonata => item.template_named("Output", &field("Output"), findings),
                    Language::JsonPath => None,
                },
            });
        }
    }
    let default = fields.text("Default", findings);
    Some(Kind::Choice {
        rules,
        default: default.map(str::to_owned),
    })
}

fn jsonata(fields: &Fields<'_>, at: usize, findings: &mut Findings) -> Option<Condition> {
    let known = ["Assign", "Comment", "Condition", "Next", "Output"];
    fields.allow(&[&known], findings);
    if !fields.require(&["Condition"], findings) {
        return None;
    }
    let field = format!("Choices[{at}]/Condition");
    match fields.template_named("Condition", &field, findings)? {
        Template::Expression { field, expression } => {
            Some(Condition::Jsonata { field, expression })
        }
        Template::Literal(Value::Bool(holds)) => Some(Condition::Constant(holds)),
        _ => {
            let message = "Value is not a JSONata expression or a boolean";
            findings.add(SCHEMA, message, &fields.place("Condition"));
            None
        }
    }
}

/// `And`, `Or`, `Not`, or a variable with an operator.
fn rule(fields: &Fields<'_>, depth: usize, findings: &mut Findings) -> Option<Condition> {
    if depth > DEPTH_MAX {
        findings.add(SCHEMA, "The rule is nested too deeply", &fields.at);
        return None;
    }
    let own: &[&str] = if depth == 0 {
        &["Assign", "Comment", "Next"]
    } else {
        &["Comment"]
    };
    for (name, make) in [
        ("And", Condition::Every as fn(Vec<Condition>) -> Condition),
        ("Or", Condition::Any),
    ] {
        if fields.has(name) {
            fields.allow(&[own, &[name]], findings);
            return Some(make(nested(fields, name, depth, findings)?));
        }
    }
    if let Some(inner) = fields.get("Not") {
        fields.allow(&[own, &["Not"]], findings);
        let Value::Object(members) = inner else {
            findings.add(SCHEMA, "Value is not an object", &fields.place("Not"));
            return None;
        };
        let inner = Fields::new(members, &fields.place("Not"), fields.language);
        let inner = rule(&inner, depth + 1, findings)?;
        return Some(Condition::Not(Box::new(inner)));
    }
    compare(fields, own, findings)
}

fn nested(
    fields: &Fields<'_>,
    name: &str,
    depth: usize,
    findings: &mut Findings,
) -> Option<Vec<Condition>> {
    let items = fields.array(name, findings)?;
    let mut conditions = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let place = format!("{}[{at}]", fields.place(name));
        let empty = Map::new();
        let members = item.as_object().unwrap_or(&empty);
        let item = Fields::new(members, &place, fields.language);
        conditions.push(rule(&item, depth + 1, findings)?);
    }
    Some(conditions)
}

fn compare(fields: &Fields<'_>, own: &[&str], findings: &mut Findings) -> Option<Condition> {
    if !fields.require(&["Variable"], findings) {
        return None;
    }
    let text = fields.text("Variable", findings)?;
    let variable = Expression::parse_path(text).ok();
    let variable = variable.filter(|it| matches!(it, Expression::Path(_)));
    if variable.is_none() {
        findings.add(SCHEMA, "Value is not a JsonPath", &fields.place("Variable"));
    }
    let mut operators = OPERATORS.iter().filter_map(|(name, operator)| {
        let has_path = !matches!(
            operator,
            Operator::Matches
                | Operator::IsBoolean
                | Operator::IsNull
                | Operator::IsNumeric
                | Operator::IsPresent
                | Operator::IsString
                | Operator::IsTimestamp
        );
        let path_name = format!("{name}Path");
        let given = if fields.has(name) {
            (*name).to_owned()
        } else if has_path && fields.has(&path_name) {
            path_name
        } else {
            return None;
        };
        Some((given, *operator))
    });
    let (Some((name, operator)), None) = (operators.next(), operators.next()) else {
        let message = "Exactly one comparison operator is required";
        findings.add(SCHEMA, message, &fields.at);
        return None;
    };
    fields.allow(&[own, &["Variable", name.as_str()]], findings);
    let operand = operand(fields, &name, operator, findings)?;
    Some(Condition::Compare {
        variable: variable?,
        operator,
        operand,
    })
}

fn operand(
    fields: &Fields<'_>,
    name: &str,
    operator: Operator,
    findings: &mut Findings,
) -> Option<Operand> {
    let value = fields.get(name)?;
    if name.ends_with("Path") {
        let path = value.as_str().map(Expression::parse_path);
        if let Some(Ok(path)) = path {
            return Some(Operand::Path(path));
        }
        findings.add(SCHEMA, "Value is not a Reference Path", &fields.place(name));
        return None;
    }
    let (is_fit, kind) = match operator {
        Operator::Text(_) | Operator::Matches => (value.is_string(), "a string"),
        Operator::Number(_) => (value.is_number(), "a number"),
        Operator::Time(_) => (
            value.as_str().and_then(timestamp).is_some(),
            "an RFC3339 timestamp",
        ),
        _ => (value.is_boolean(), "a boolean"),
    };
    if !is_fit {
        findings.add(SCHEMA, format!("Value is not {kind}"), &fields.place(name));
        return None;
    }
    Some(Operand::Value(value.clone()))
}

use Comparison::{Equals, GreaterThan, GreaterThanEquals, LessThan, LessThanEquals};

const OPERATORS: [(&str, Operator); 23] = [
    ("BooleanEquals", Operator::BooleanEquals),
    ("IsBoolean", Operator::IsBoolean),
    ("IsNull", Operator::IsNull),
    ("IsNumeric", Operator::IsNumeric),
    ("IsPresent", Operator::IsPresent),
    ("IsString", Operator::IsString),
    ("IsTimestamp", Operator::IsTimestamp),
    ("NumericEquals", Operator::Number(Equals)),
    ("NumericGreaterThan", Operator::Number(GreaterThan)),
    (
        "NumericGreaterThanEquals",
        Operator::Number(GreaterThanEquals),
    ),
    ("NumericLessThan", Operator::Number(LessThan)),
    ("NumericLessThanEquals", Operator::Number(LessThanEquals)),
    ("StringEquals", Operator::Text(Equals)),
    ("StringGreaterThan", Operator::Text(GreaterThan)),
    ("StringGreaterThanEquals", Operator::Text(GreaterThanEquals)),
    ("StringLessThan", Operator::Text(LessThan)),
    ("StringLessThanEquals", Operator::Text(LessThanEquals)),
    ("StringMatches", Operator::Matches),
    ("TimestampEquals", Operator::Time(Equals)),
    ("TimestampGreaterThan", Operator::Time(GreaterThan)),
    (
        "TimestampGreaterThanEquals",
        Operator::Time(GreaterThanEquals),
    ),
    ("TimestampLessThan", Operator::Time(LessThan)),
    ("TimestampLessThanEquals", Operator::Time(LessThanEquals)),
];

/// A point in time in ISO 8601's extended form, with an offset.
pub(crate) fn timestamp(text: &str) -> Option<Timestamp> {
    let time = text.get(11..)?;
    let is_iso = text.as_bytes().get(10) == Some(&b'T');
    let has_offset = time.ends_with(['Z', 'z']) || time.contains(['+', '-']);
    (is_iso && has_offset).then(|| Timestamp::parse(text))?
}

impl Condition {
    pub(crate) fn holds(&self, scope: Scope<'_>) -> Result<bool, Fault> {
        match self {
            Self::Constant(holds) => Ok(*holds),
            Self::Not(inner) => Ok(!inner.holds(scope)?),
            Self::Every(parts) => {
                for part in parts {
                    if !part.holds(scope)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Any(parts) => {
                for part in parts {
                    if part.holds(scope)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::Compare {
                variable,
                operator,
                operand,
            } => compared(variable, *operator, operand, scope),
            Self::Jsonata { field, expression } => match expression.evaluate(scope, field)? {
                Value::Bool(holds) => Ok(holds),
                other => Err(unexpected(expression.text(), field, "boolean", &other)),
            },
        }
    }
}

/// A JSONata expression gave a value of another kind than the field takes.
pub(crate) fn unexpected(text: &str, field: &str, expected: &str, value: &Value) -> Fault {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    Fault::evaluation(
        field,
        format!(
            "The JSONata expression '{text}' specified for the field '{field}' returned an unexpected result type. Expected '{expected}', but was '{kind}' for value: {value}"
        ),
    )
}

fn compared(
    variable: &Expression,
    operator: Operator,
    operand: &Operand,
    scope: Scope<'_>,
) -> Result<bool, Fault> {
    let found = |expression: &Expression| {
        expression.find(scope).ok_or_else(|| {
            Fault::runtime(format!(
                "Invalid path '{}': The choice state's condition path references an invalid value.",
                expression.text()
            ))
        })
    };
    if operator == Operator::IsPresent {
        let is_present = variable.find(scope).is_some();
        return Ok(matches!(operand, Operand::Value(Value::Bool(wanted)) if *wanted == is_present));
    }
    let left = found(variable)?;
    let right = match operand {
        Operand::Value(value) => value.clone(),
        Operand::Path(path) => found(path)?,
    };
    Ok(is_so(&left, operator, &right))
}

fn is_so(left: &Value, operator: Operator, right: &Value) -> bool {
    let is = |holds: bool| *right == Value::Bool(holds);
    match operator {
        Operator::Text(comparison) => {
            let pair = left.as_str().zip(right.as_str());
            pair.is_some_and(|(left, right)| comparison.fits(left.partial_cmp(right)))
        }
        Operator::Number(comparison) => {
            let pair = left.as_f64().zip(right.as_f64());
            pair.is_some_and(|(left, right)| comparison.fits(left.partial_cmp(&right)))
        }
        Operator::Time(comparison) => {
            let time = |value: &Value| value.as_str().and_then(timestamp);
            let pair = time(left).zip(time(right));
            pair.is_some_and(|(left, right)| comparison.fits(left.partial_cmp(&right)))
        }
        Operator::BooleanEquals => left.is_boolean() && left == right,
        Operator::Matches => {
            let pair = left.as_str().zip(right.as_str());
            pair.is_some_and(|(text, pattern)| matches(pattern, text))
        }
        Operator::IsBoolean => is(left.is_boolean()),
        Operator::IsNull => is(left.is_null()),
        Operator::IsNumeric => is(left.is_number()),
        Operator::IsString => is(left.is_string()),
        Operator::IsTimestamp => is(left.as_str().and_then(timestamp).is_some()),
        Operator::IsPresent => is(true),
    }
}

impl Comparison {
    fn fits(self, order: Option<std::cmp::Ordering>) -> bool {
        order.is_some_and(|order| match self {
            Self::Equals => order.is_eq(),
            Self::LessThan => order.is_lt(),
            Self::LessThanEquals => order.is_le(),
            Self::GreaterThan => order.is_gt(),
            Self::GreaterThanEquals => order.is_ge(),
        })
    }
}

/// `*` stands for any run of characters, `\*` for itself; a question mark is nothing special here.
fn matches(pattern: &str, text: &str) -> bool {
    const STAR: char = '\u{e000}';
    const MARK: char = '\u{e001}';
    let plain = |text: &str| text.replace('?', &MARK.to_string());
    let mut escaped = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('*') => escaped.push(STAR),
                Some(other) => escaped.push(other),
                None => escaped.push('\\'),
            },
            other => escaped.push(other),
        }
    }
    // Stars of the text can only be met by escaped ones, or by a wildcard.
    let text = plain(&text.replace('*', &STAR.to_string()));
    wildcard_matches(&plain(&escaped), &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything_unless_it_is_escaped() {
        assert!(matches("log-*.txt", "log-2024.txt"));
        assert!(matches(r"a\*b", "a*b"));
        assert!(!matches(r"a\*b", "axb"));
        assert!(matches("a*b", "a*x*b"));
        assert!(!matches("a?c", "abc"));
        assert!(matches(r"a\\b", r"a\b"));
    }

    #[test]
    fn a_timestamp_has_a_t_and_an_offset() {
        assert!(timestamp("2016-12-05T21:29:29Z").is_some());
        assert!(timestamp("2016-12-05T21:29:29.123+01:00").is_some());
        for text in [
            "2016-12-05 21:29:29Z",
            "2016-12-05T21:29:29",
            "2016-13-05T21:29:29Z",
            "2016-12-05T25:29:29Z",
            "05-12-2016T21:29:29Z",
            "",
        ] {
            assert!(timestamp(text).is_none(), "{text}");
        }
    }
}
