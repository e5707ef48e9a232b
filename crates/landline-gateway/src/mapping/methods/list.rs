//! The methods of `java.util.List`.

use crate::mapping::RenderError;
use crate::mapping::evaluate::Rendering;
use crate::mapping::value::{ListId, Origin, Value};

pub(super) fn call(
    rendering: &mut Rendering<'_>,
    list: ListId,
    name: &str,
    arguments: &[Value],
) -> Result<Value, RenderError> {
    let length = rendering.heap.list(list).items.len();
    Ok(match (name, arguments) {
        ("size" | "length", []) => Value::count(length),
        ("isEmpty", []) => Value::Bool(length == 0),
        ("get", [Value::Integer(index)]) => match at(*index, length) {
            Some(at) => rendering.heap.list(list).items[at].clone(),
            None => Value::Null,
        },
        ("add", [item]) => {
            rendering.budget.spend(1)?;
            rendering.heap.list_mut(list).push(item.clone());
            Value::Bool(true)
        }
        ("add", [Value::Integer(index), item]) => {
            rendering.budget.spend(length / 16 + 1)?;
            if let Some(at) = at(*index, length + 1) {
                rendering.heap.list_mut(list).insert(at, item.clone());
            }
            Value::Null
        }
        ("set", [Value::Integer(index), item]) => match at(*index, length) {
            Some(at) => std::mem::replace(&mut rendering.heap.list_mut(list)[at], item.clone()),
            None => Value::Null,
        },
        ("remove", [Value::Integer(index)]) => match at(*index, length) {
            Some(at) => {
                rendering.budget.spend(length / 16 + 1)?;
                rendering.heap.list_mut(list).remove(at)
            }
            None => Value::Null,
        },
        ("remove", [item]) => match position(rendering, list, item)? {
            Some(at) => {
                rendering.heap.list_mut(list).remove(at);
                Value::Bool(true)
            }
            None => Value::Bool(false),
        },
        ("clear", []) => {
            rendering.heap.list_mut(list).clear();
            Value::Null
        }
        _ => return search(rendering, list, name, arguments),
    })
}

/// The methods that look at more than one element.
fn search(
    rendering: &mut Rendering<'_>,
    list: ListId,
    name: &str,
    arguments: &[Value],
) -> Result<Value, RenderError> {
    Ok(match (name, arguments) {
        ("addAll", [Value::List(other)]) => {
            let items = rendering.items(*other)?;
            let is_changed = !items.is_empty();
            rendering.heap.list_mut(list).extend(items);
            Value::Bool(is_changed)
        }
        ("contains", [item]) => Value::Bool(position(rendering, list, item)?.is_some()),
        ("indexOf", [item]) => {
            position(rendering, list, item)?.map_or(Value::Integer(-1), Value::count)
        }
        ("lastIndexOf", [item]) => {
            let items = rendering.items(list)?;
            for (at, candidate) in items.iter().enumerate().rev() {
                if rendering.equals(candidate, item)? {
                    return Ok(Value::count(at));
                }
            }
            Value::Integer(-1)
        }
        ("containsAll", [Value::List(other)]) => {
            for item in rendering.items(*other)? {
                if position(rendering, list, &item)?.is_none() {
                    return Ok(Value::Bool(false));
                }
            }
            Value::Bool(true)
        }
        // A copy, where Java has a view.
        ("subList", [Value::Integer(from), Value::Integer(to)]) => {
            let length = rendering.heap.list(list).items.len();
            match (at(*from, length + 1), at(*to, length + 1)) {
                (Some(from), Some(to)) if from <= to => {
                    let items = rendering.heap.list(list).items[from..to].to_vec();
                    return rendering.made_list(items, Origin::Template);
                }
                _ => Value::Null,
            }
        }
        _ => Value::Null,
    })
}

fn at(index: i128, length: usize) -> Option<usize> {
    usize::try_from(index).ok().filter(|at| *at < length)
}

fn position(
    rendering: &mut Rendering<'_>,
    list: ListId,
    item: &Value,
) -> Result<Option<usize>, RenderError> {
    let items = rendering.items(list)?;
    for (at, candidate) in items.iter().enumerate() {
        if rendering.equals(candidate, item)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}
