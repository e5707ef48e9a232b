//! `[?(@.price < 10 && @.kind == 'book')]`: which items of a list a path takes.

use regex::Regex;
use serde_json::Value;

use super::parse::{Reader, steps};
use super::{Path, Root, Roots};

#[derive(Debug, Clone)]
pub(super) enum Filter {
    Any(Vec<Filter>),
    Every(Vec<Filter>),
    Not(Box<Filter>),
    Exists(Operand),
    Compare(Operand, Comparison, Operand),
    Matches(Operand, Regex),
    In(Operand, Vec<Value>),
}

#[derive(Debug, Clone)]
pub(super) enum Operand {
    Path(Path),
    Literal(Value),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// `(…)`, after the question mark.
pub(super) fn parse(reader: &mut Reader<'_>) -> Result<Filter, String> {
    reader.skip_spaces();
    if !reader.take("(") {
        return Err("a filter is in parentheses".to_owned());
    }
    let filter = any(reader)?;
    close(reader)?;
    Ok(filter)
}

fn close(reader: &mut Reader<'_>) -> Result<(), String> {
    reader.skip_spaces();
    if reader.take(")") {
        return Ok(());
    }
    Err("a ')' is missing".to_owned())
}

fn any(reader: &mut Reader<'_>) -> Result<Filter, String> {
    reader.depth += 1;
    if reader.depth > Filter::DEPTH_MAX {
        return Err("a filter is nested too deeply".to_owned());
    }
    let mut parts = vec![every(reader)?];
    loop {
        reader.skip_spaces();
        if !reader.take("||") {
            reader.depth -= 1;
            return Ok(Filter::Any(parts));
        }
        parts.push(every(reader)?);
    }
}

fn every(reader: &mut Reader<'_>) -> Result<Filter, String> {
    let mut parts = vec![term(reader)?];
    loop {
        reader.skip_spaces();
        if !reader.take("&&") {
            return Ok(Filter::Every(parts));
        }
        parts.push(term(reader)?);
    }
}

fn term(reader: &mut Reader<'_>) -> Result<Filter, String> {
    reader.skip_spaces();
    if reader.rest().starts_with('!') && !reader.rest().starts_with("!=") {
        reader.take("!");
        reader.depth += 1;
        if reader.depth > Filter::DEPTH_MAX {
            return Err("a filter is nested too deeply".to_owned());
        }
        let inner = term(reader)?;
        reader.depth -= 1;
        return Ok(Filter::Not(Box::new(inner)));
    }
    if reader.take("(") {
        let inner = any(reader)?;
        close(reader)?;
        return Ok(inner);
    }
    let left = operand(reader)?;
    reader.skip_spaces();
    if reader.take("=~") {
        return Ok(Filter::Matches(left, pattern(reader)?));
    }
    if reader.take("in ") {
        return Ok(Filter::In(left, literals(reader)?));
    }
    if reader.take("nin ") {
        return Ok(Filter::Not(Box::new(Filter::In(left, literals(reader)?))));
    }
    let comparisons = [
        ("==", Comparison::Equal),
        ("!=", Comparison::Unequal),
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
    ];
    for (sign, comparison) in comparisons {
        if reader.take(sign) {
            return Ok(Filter::Compare(left, comparison, operand(reader)?));
        }
    }
    Ok(Filter::Exists(left))
}

fn operand(reader: &mut Reader<'_>) -> Result<Operand, String> {
    reader.skip_spaces();
    if !reader.take("@") {
        return literal(reader).map(Operand::Literal);
    }
    Ok(Operand::Path(Path {
        text: "@".to_owned(),
        root: Root::Input,
        steps: steps(reader)?,
    }))
}

fn literal(reader: &mut Reader<'_>) -> Result<Value, String> {
    if let Some('\'' | '"') = reader.peek() {
        return reader.quoted().map(Value::String);
    }
    let word = reader.take_while(|letter| letter.is_alphanumeric() || "+-._".contains(letter));
    serde_json::from_str(word).map_err(|_| format!("'{word}' is no value"))
}

fn literals(reader: &mut Reader<'_>) -> Result<Vec<Value>, String> {
    reader.skip_spaces();
    if !reader.take("[") {
        return Err("a list is missing after 'in'".to_owned());
    }
    let mut values = Vec::new();
    loop {
        reader.skip_spaces();
        if reader.take("]") {
            return Ok(values);
        }
        values.push(literal(reader)?);
        reader.skip_spaces();
        reader.take(",");
    }
}

/// `/regular expression/i`
fn pattern(reader: &mut Reader<'_>) -> Result<Regex, String> {
    reader.skip_spaces();
    if !reader.take("/") {
        return Err("a regular expression is missing after '=~'".to_owned());
    }
    let pattern = reader.take_while(|letter| letter != '/');
    reader.take("/");
    let flags = reader.take_while(|letter| "ims".contains(letter));
    let flags = if flags.is_empty() {
        String::new()
    } else {
        format!("(?{flags})")
    };
    Regex::new(&format!("{flags}^(?:{pattern})$")).map_err(|error| error.to_string())
}

impl Operand {
    fn value(&self, item: &Value) -> Option<Value> {
        match self {
            Self::Literal(value) => Some(value.clone()),
            Self::Path(path) => {
                let roots = Roots {
                    input: item,
                    context: &Value::Null,
                    variables: &serde_json::Map::new(),
                };
                let found = path.find(roots).ok()?;
                let is_nothing = !path.is_definite() && found.as_array().is_some_and(Vec::is_empty);
                (!is_nothing).then_some(found)
            }
        }
    }
}

impl Filter {
    pub(super) fn holds(&self, item: &Value) -> bool {
        match self {
            Self::Any(parts) => parts.iter().any(|part| part.holds(item)),
            Self::Every(parts) => parts.iter().all(|part| part.holds(item)),
            Self::Not(part) => !part.holds(item),
            Self::Exists(operand) => operand.value(item).is_some(),
            Self::Matches(operand, regex) => {
                let value = operand.value(item);
                value
                    .as_ref()
                    .and_then(Value::as_str)
                    .is_some_and(|text| regex.is_match(text))
            }
            Self::In(operand, values) => operand
                .value(item)
                .is_some_and(|value| values.contains(&value)),
            Self::Compare(left, comparison, right) => {
                compare(left.value(item), *comparison, right.value(item))
            }
        }
    }
}

fn compare(left: Option<Value>, comparison: Comparison, right: Option<Value>) -> bool {
    use std::cmp::Ordering;
    let (Some(left), Some(right)) = (left, right) else {
        return comparison == Comparison::Unequal;
    };
    let order = match (&left, &right) {
        (Value::Number(left), Value::Number(right)) => left
            .as_f64()
            .zip(right.as_f64())
            .and_then(|(left, right)| left.partial_cmp(&right)),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ if left == right => Some(Ordering::Equal),
        _ => None,
    };
    match comparison {
        Comparison::Equal => order == Some(Ordering::Equal),
        Comparison::Unequal => order != Some(Ordering::Equal),
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}
