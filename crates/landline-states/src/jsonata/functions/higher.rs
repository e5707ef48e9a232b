//! Functions that call functions.

use std::rc::Rc;

use super::super::Trouble;
use super::super::evaluate::{Evaluation, Found};
use super::super::item::{Function, Item, Object, append};
use super::{Arguments, Entry};

pub(super) const ALL: &[Entry] = &[
    ("each", 1, 2, each),
    ("filter", 2, 2, filter),
    ("map", 2, 2, map),
    ("reduce", 2, 3, reduce),
    ("sift", 1, 2, sift),
    ("single", 1, 2, single),
];

/// As many arguments as a function wants, of a value, its key or index, and all.
fn wanted(
    function: &Function,
    value: Item,
    key: impl FnOnce() -> Item,
    all: impl FnOnce() -> Item,
) -> Vec<Option<Item>> {
    let arity = match function {
        Function::Lambda { lambda, .. } => lambda.parameters.len(),
        Function::Native(native) => native.arity().min(1),
        _ => 1,
    };
    let mut arguments = vec![Some(value)];
    if arity >= 2 {
        arguments.push(Some(key()));
    }
    if arity >= 3 {
        arguments.push(Some(all()));
    }
    arguments
}

#[expect(clippy::cast_precision_loss, reason = "lists are short")]
fn index(at: usize) -> Item {
    Item::Number(at as f64)
}

fn map(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(items) = arguments.items(0) else {
        return Ok(None);
    };
    let function = arguments.function(1)?;
    let mut results = Vec::new();
    let list = Item::list(items.clone());
    for (at, item) in items.iter().enumerate() {
        let all = || list.clone();
        let given = wanted(&function, item.clone(), || index(at), all);
        results.extend(evaluation.invoke(&function, given, None)?);
    }
    Ok(Some(Item::sequence(results)))
}

fn kept(
    evaluation: &mut Evaluation,
    items: &[Item],
    function: Option<&Rc<Function>>,
) -> Result<Vec<Item>, Trouble> {
    let mut kept = Vec::new();
    let list = Item::list(items.to_vec());
    for (at, item) in items.iter().enumerate() {
        let holds = match function {
            None => true,
            Some(function) => {
                let all = || list.clone();
                let given = wanted(function, item.clone(), || index(at), all);
                let found = evaluation.invoke(function, given, None)?;
                found.is_some_and(|it| it.is_true())
            }
        };
        if holds {
            kept.push(item.clone());
        }
    }
    Ok(kept)
}

fn filter(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(items) = arguments.items(0) else {
        return Ok(None);
    };
    let function = arguments.function(1)?;
    let kept = kept(evaluation, &items, Some(&function))?;
    Ok(Some(Item::sequence(kept)))
}

fn single(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(items) = arguments.items(0) else {
        return Ok(None);
    };
    let function = match arguments.values.get(1) {
        Some(Some(_)) => Some(arguments.function(1)?),
        _ => None,
    };
    let mut kept = kept(evaluation, &items, function.as_ref())?;
    match kept.len() {
        1 => Ok(kept.pop()),
        0 => {
            let text =
                "The $single() function expected exactly 1 matching result. Instead it matched 0";
            Err(Trouble::new("D3139", text))
        }
        _ => {
            let text = "The $single() function expected exactly 1 matching result. Instead it matched more";
            Err(Trouble::new("D3138", text))
        }
    }
}

fn reduce(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(items) = arguments.items(0) else {
        return Ok(None);
    };
    let function = arguments.function(1)?;
    if let Function::Lambda { lambda, .. } = &*function
        && lambda.parameters.len() < 2
    {
        let text =
            "The second argument of reduce function must be a function with at least two arguments";
        return Err(Trouble::new("D3050", text));
    }
    let mut rest = items.iter().enumerate();
    let mut result = match arguments.get(2) {
        Some(first) => Some(first),
        None => rest.next().map(|(_, first)| first.clone()),
    };
    let arity = match &*function {
        Function::Lambda { lambda, .. } => lambda.parameters.len(),
        _ => 2,
    };
    let list = Item::list(items.clone());
    for (at, item) in rest {
        let mut given = vec![result, Some(item.clone())];
        if arity >= 3 {
            given.push(Some(index(at)));
        }
        if arity >= 4 {
            given.push(Some(list.clone()));
        }
        result = evaluation.invoke(&function, given, None)?;
    }
    Ok(result)
}

type Members = (Rc<Object>, Rc<Function>);

/// The object and the function of `$each` and `$sift`.
fn members(arguments: &mut Arguments) -> Result<Option<Members>, Trouble> {
    match arguments.get(0) {
        None => Ok(None),
        Some(Item::Object(object)) => Ok(Some((object, arguments.function(1)?))),
        Some(_) => Err(arguments.mismatch(0)),
    }
}

fn each(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some((object, function)) = members(&mut arguments)? else {
        return Ok(None);
    };
    let mut results = Vec::new();
    for (name, value) in object.iter() {
        let all = || Item::Object(object.clone());
        let given = wanted(&function, value.clone(), || Item::text(name), all);
        results.extend(evaluation.invoke(&function, given, None)?);
    }
    Ok(append(Some(Item::sequence(results)), None))
}

fn sift(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some((object, function)) = members(&mut arguments)? else {
        return Ok(None);
    };
    let mut kept = Object::default();
    for (name, value) in object.iter() {
        let all = || Item::Object(object.clone());
        let given = wanted(&function, value.clone(), || Item::text(name), all);
        let found = evaluation.invoke(&function, given, None)?;
        if found.is_some_and(|it| it.is_true()) {
            kept.insert(name, value.clone());
        }
    }
    Ok((kept.len() > 0).then(|| Item::object(kept)))
}
