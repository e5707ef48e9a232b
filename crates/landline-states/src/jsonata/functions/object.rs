//! Functions of objects, and of what went wrong.

use super::super::Trouble;
use super::super::compare::is_same;
use super::super::evaluate::{Evaluation, Found};
use super::super::item::{Item, Object};
use super::super::look::member;
use super::{Arguments, Entry};

pub(super) const ALL: &[Entry] = &[
    ("assert", 1, 2, assert),
    ("error", 0, 1, error),
    ("keys", 1, 1, keys),
    ("lookup", 2, 2, lookup),
    ("merge", 1, 1, merge),
    ("spread", 1, 1, spread),
    ("type", 1, 1, |_, mut arguments| {
        Ok(arguments.get(0).map(|it| Item::text(it.kind())))
    }),
];

fn keys(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let mut found: Vec<Item> = Vec::new();
    for item in arguments.items(0).unwrap_or_default() {
        let Item::Object(object) = item else {
            continue;
        };
        for (name, _) in object.iter() {
            evaluation.spend(1 + found.len() / 8)?;
            let key = Item::text(name);
            if !found.iter().any(|known| is_same(known, &key)) {
                found.push(key);
            }
        }
    }
    Ok(Some(Item::sequence(found)))
}

fn lookup(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let input = arguments.get(0);
    let name = arguments.text(1)?;
    Ok(input
        .zip(name)
        .and_then(|(input, name)| member(&input, &name)))
}

fn spread(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(input) = arguments.get(0) else {
        return Ok(None);
    };
    let mut parts = Vec::new();
    for item in input.items() {
        match item {
            Item::Object(object) => {
                for (name, value) in object.iter() {
                    let mut one = Object::default();
                    one.insert(name, value.clone());
                    parts.push(Item::object(one));
                }
            }
            other => parts.push(other),
        }
    }
    Ok(Some(Item::sequence(parts)))
}

fn merge(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(items) = arguments.items(0) else {
        return Ok(None);
    };
    let mut merged = Object::default();
    for item in items {
        let Item::Object(object) = item else {
            return Err(arguments.mismatch(0));
        };
        for (name, value) in object.iter() {
            evaluation.spend(1 + merged.len() / 8)?;
            merged.insert(name, value.clone());
        }
    }
    Ok(Some(Item::object(merged)))
}

fn error(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let text = arguments.text(0)?;
    let text = text.map_or_else(
        || "$error() function evaluated".to_owned(),
        |it| it.to_string(),
    );
    Err(Trouble::new("D3137", text))
}

fn assert(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    match arguments.get(0) {
        Some(Item::Bool(true)) => Ok(None),
        Some(Item::Bool(false)) => {
            let text = arguments.text(1)?;
            let text = text.map_or_else(
                || "$assert() statement failed".to_owned(),
                |it| it.to_string(),
            );
            Err(Trouble::new("D3141", text))
        }
        _ => Err(arguments.mismatch(0)),
    }
}

/// A copy in which what was found is updated, and lacks what is deleted.
pub(in super::super) fn changed(
    item: &Item,
    changes: &[(Item, Option<Item>, Option<Item>)],
) -> Result<Item, Trouble> {
    match item {
        Item::List(list) => {
            let items: Result<Vec<Item>, Trouble> =
                list.items().iter().map(|it| changed(it, changes)).collect();
            Ok(Item::list(items?))
        }
        Item::Object(object) => {
            let mut copy = Object::default();
            for (name, value) in object.iter() {
                copy.insert(name, changed(value, changes)?);
            }
            let is_it = |found: &Item| match found {
                Item::Object(found) => std::rc::Rc::ptr_eq(found, object),
                _ => false,
            };
            for (_, update, delete) in changes.iter().filter(|(found, ..)| is_it(found)) {
                apply(&mut copy, update.as_ref(), delete.as_ref())?;
            }
            Ok(Item::object(copy))
        }
        other => Ok(other.clone()),
    }
}

fn apply(copy: &mut Object, update: Option<&Item>, delete: Option<&Item>) -> Result<(), Trouble> {
    match update {
        None => {}
        Some(Item::Object(update)) => {
            for (name, value) in update.iter() {
                copy.insert(name, value.clone());
            }
        }
        Some(_) => {
            let text =
                "The insert/update clause of the transform expression must evaluate to an object";
            return Err(Trouble::new("T2011", text));
        }
    }
    for name in delete.iter().flat_map(|it| it.items()) {
        let Item::Text(name) = name else {
            let text = "The delete clause of the transform expression must evaluate to a string or array of strings";
            return Err(Trouble::new("T2012", text));
        };
        copy.remove(&name);
    }
    Ok(())
}
