//! Functions of lists.

use std::cmp::Ordering;

use landline_wire::request_id;

use super::super::Trouble;
use super::super::compare::{is_same, order};
use super::super::evaluate::{Evaluation, Found};
use super::super::item::{Function, Item, append};
use super::{Arguments, Entry};

pub(super) const ALL: &[Entry] = &[
    ("append", 2, 2, |_, mut arguments| {
        Ok(append(arguments.get(0), arguments.get(1)))
    }),
    ("count", 1, 1, count),
    ("distinct", 1, 1, distinct),
    ("partition", 2, 2, partition),
    ("range", 3, 3, range),
    ("reverse", 1, 1, |_, mut arguments| {
        let items = arguments.items(0);
        Ok(items.map(|items| Item::list(items.into_iter().rev().collect())))
    }),
    ("shuffle", 1, 1, shuffle),
    ("sort", 1, 2, sort),
    ("zip", 1, usize::MAX, zip),
];

/// What a list made by a function has at most.
const ITEMS_MAX: usize = 100_000;

#[expect(clippy::cast_precision_loss, reason = "lists are short")]
fn count(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let count = arguments.items(0).map_or(0, |items| items.len());
    Ok(Some(Item::Number(count as f64)))
}

fn distinct(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let items = match arguments.get(0) {
        Some(Item::List(list)) if list.items().len() > 1 => list.items().to_vec(),
        other => return Ok(other),
    };
    let mut kept: Vec<Item> = Vec::new();
    for item in items {
        evaluation.spend(1 + kept.len() / 8)?;
        if !kept.iter().any(|known| is_same(known, &item)) {
            kept.push(item);
        }
    }
    Ok(Some(Item::list(kept)))
}

fn partition(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(items) = arguments.items(0) else {
        return Ok(None);
    };
    let size = arguments.number(1)?.filter(|size| *size >= 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates"
    )]
    let size = size.ok_or_else(|| arguments.mismatch(1))? as usize;
    let chunks = items.chunks(size);
    Ok(Some(Item::list(
        chunks.map(|chunk| Item::list(chunk.to_vec())).collect(),
    )))
}

fn range(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let mut number = |at| arguments.number(at);
    let (Some(first), Some(last), Some(step)) = (number(0)?, number(1)?, number(2)?) else {
        return Ok(None);
    };
    if step == 0.0 {
        return Err(Trouble::new("D3137", "The step of a range must not be 0"));
    }
    let mut items = Vec::new();
    let mut at = first;
    while (step > 0.0 && at <= last) || (step < 0.0 && at >= last) {
        if items.len() >= ITEMS_MAX {
            return Err(Trouble::new("D2014", "The range has too many elements"));
        }
        items.push(Item::Number(at));
        at += step;
    }
    evaluation.spend(items.len())?;
    Ok(Some(Item::list(items)))
}

fn shuffle(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(mut items) = arguments.items(0) else {
        return Ok(None);
    };
    for at in (1..items.len()).rev() {
        let drawn = u64::from_le_bytes(request_id::random_bytes()) % (at as u64 + 1);
        items.swap(at, usize::try_from(drawn).unwrap_or_default());
    }
    Ok(Some(Item::list(items)))
}

fn sort(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(items) = arguments.items(0) else {
        return Ok(None);
    };
    if items.len() < 2 {
        return Ok(Some(Item::list(items)));
    }
    if let Some(Item::Function(function)) = arguments.get(1) {
        return merged(evaluation, items, &function).map(|items| Some(Item::list(items)));
    }
    let is_sortable = items
        .windows(2)
        .all(|pair| order(&pair[0], &pair[1]).is_some());
    if !is_sortable {
        let text = "The single argument form of the sort function can only be applied to an array of strings or an array of numbers. Use the second argument to specify a comparison function";
        return Err(Trouble::new("D3070", text));
    }
    let mut items = items;
    items.sort_by(|left, right| order(left, right).unwrap_or(Ordering::Equal));
    Ok(Some(Item::list(items)))
}

/// Sorts by a function that says whether its first argument comes after its second.
fn merged(
    evaluation: &mut Evaluation,
    mut items: Vec<Item>,
    function: &Function,
) -> Result<Vec<Item>, Trouble> {
    if items.len() < 2 {
        return Ok(items);
    }
    let right = items.split_off(items.len() / 2);
    let left = merged(evaluation, items, function)?;
    let right = merged(evaluation, right, function)?;
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    let mut sorted = Vec::new();
    while let (Some(first), Some(second)) = (left.peek(), right.peek()) {
        let given = vec![Some(first.clone()), Some(second.clone())];
        let is_after = evaluation.invoke(function, given, None)?;
        if is_after.is_some_and(|it| it.is_true()) {
            sorted.extend(right.next());
        } else {
            sorted.extend(left.next());
        }
    }
    sorted.extend(left);
    sorted.extend(right);
    Ok(sorted)
}

fn zip(evaluation: &mut Evaluation, mut arguments: Arguments) -> Found {
    let mut lists = Vec::new();
    for at in 0..arguments.values.len() {
        lists.push(arguments.items(at).unwrap_or_default());
    }
    let shortest = lists.iter().map(Vec::len).min().unwrap_or_default();
    evaluation.spend(shortest * lists.len())?;
    let rows = (0..shortest).map(|at| {
        let row = lists.iter().map(|list| list[at].clone());
        Item::list(row.collect())
    });
    Ok(Some(Item::list(rows.collect())))
}
