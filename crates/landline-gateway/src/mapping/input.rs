//! `$input`: the body, whole or in part, and the parameters of the request.

use std::collections::BTreeMap;

use super::RenderError;
use super::evaluate::Rendering;
use super::json_path::{Exhausted, Found, JsonPath, Row, Walk};
use super::value::{Entries, Key, Origin, Value, json};

/// `$input.body`. A body that is not there is `{}`, in every part of `$input`.
pub(super) fn body(rendering: &Rendering<'_>) -> Value {
    Value::text(present_body(rendering))
}

fn present_body<'r>(rendering: &Rendering<'r>) -> &'r str {
    match rendering.scope.body {
        "" => "{}",
        body => body,
    }
}

pub(super) fn call(
    rendering: &mut Rendering<'_>,
    name: &str,
    arguments: &[Value],
) -> Result<Value, RenderError> {
    match (name, arguments) {
        ("getBody", []) => Ok(body(rendering)),
        ("path", [Value::Text(path)]) => find(rendering, path),
        ("json", [Value::Text(path)]) => {
            let value = find(rendering, path)?;
            if value.is_null() {
                return Ok(Value::text("\"\""));
            }
            Ok(Value::Text(rendering.json_of(&value)?.into()))
        }
        ("params", []) => params(rendering),
        ("params", [Value::Text(name)]) => {
            let parameters = rendering.scope.parameters;
            let value = parameters
                .path
                .get(&**name)
                .or_else(|| parameters.querystring.get(&**name))
                .or_else(|| header(&parameters.header, name));
            rendering.made(value.map_or("", String::as_str))
        }
        _ => Ok(Value::Null),
    }
}

/// The value at a path of the body; nothing if the path is not one.
fn find(rendering: &mut Rendering<'_>, path: &str) -> Result<Value, RenderError> {
    rendering.budget.spend(path.len() / 4 + 1)?;
    let Ok(path) = JsonPath::parse(path) else {
        return Ok(Value::Null);
    };
    let document = document(rendering)?;
    let steps = rendering.budget.steps_left();
    let mut walk = Walk::new(&rendering.heap, steps);
    let found = walk
        .find(&path, &document)
        .map_err(|Exhausted| RenderError::TooManySteps)?;
    let taken = steps - walk.steps;
    rendering
        .budget
        .spend(usize::try_from(taken).unwrap_or(usize::MAX))?;
    Ok(match found {
        None => Value::Null,
        Some(Found::Node(value)) => value,
        Some(Found::Nodes(values)) => return rendering.made_list(values, Origin::Document),
        Some(Found::Merged(row)) => map_of(rendering, row),
        Some(Found::Rows(rows)) => {
            let rows = rows.into_iter().map(|row| map_of(rendering, row)).collect();
            return rendering.made_list(rows, Origin::Document);
        }
        Some(Found::Count(count)) => Value::count(count),
        Some(Found::Number(number)) => Value::Double(number),
        Some(Found::Names(names)) => {
            let names = names.iter().map(|name| Value::text(name)).collect();
            return rendering.made_list(names, Origin::Document);
        }
    })
}

fn map_of(rendering: &mut Rendering<'_>, row: Row<Value>) -> Value {
    let entries: Entries = row
        .into_iter()
        .map(|(name, value)| (Key::Text(name.into()), value))
        .collect();
    Value::Map(rendering.heap.new_map(entries, Origin::Document))
}

/// The body as a document. The same at every call, so that a template can change it. A
/// body that is not JSON is a string, which is how forms and plain text get through.
fn document(rendering: &mut Rendering<'_>) -> Result<Value, RenderError> {
    if let Some(document) = &rendering.document {
        return Ok(document.clone());
    }
    let body = present_body(rendering);
    rendering.budget.spend(body.len() / 16)?;
    let parsed = json::parse(body, &mut rendering.heap);
    let document = parsed.unwrap_or_else(|| Value::text(body));
    rendering.document = Some(document.clone());
    Ok(document)
}

/// `$input.params()`: a map of the three kinds of parameters.
fn params(rendering: &mut Rendering<'_>) -> Result<Value, RenderError> {
    if let Some(made) = &rendering.parameters {
        return Ok(made.clone());
    }
    let parameters = rendering.scope.parameters;
    let mut kinds = Entries::new();
    for (kind, members) in [
        ("path", &parameters.path),
        ("querystring", &parameters.querystring),
        ("header", &parameters.header),
    ] {
        rendering.budget.spend(members.len() + 1)?;
        let entries: Entries = members
            .iter()
            .map(|(name, value)| (Key::Text(name.as_str().into()), Value::text(value)))
            .collect();
        let members = rendering.heap.new_map(entries, Origin::Template);
        kinds.insert(Key::Text(kind.into()), Value::Map(members));
    }
    let made = Value::Map(rendering.heap.new_map(kinds, Origin::Template));
    rendering.parameters = Some(made.clone());
    Ok(made)
}

fn header<'h>(headers: &'h BTreeMap<String, String>, name: &str) -> Option<&'h String> {
    headers.get(name).or_else(|| {
        headers
            .iter()
            .find(|(candidate, _)| candidate.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    })
}
