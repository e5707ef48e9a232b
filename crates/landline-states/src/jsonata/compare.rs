//! What two values are to each other.

use std::cmp::Ordering;

use super::Trouble;
use super::item::Item;
use super::tree::Operator;

/// Whether two values are the same, all the way down.
#[expect(clippy::float_cmp, reason = "numbers are the same or they are not")]
pub(super) fn is_same(left: &Item, right: &Item) -> bool {
    match (left, right) {
        (Item::Null, Item::Null) => true,
        (Item::Bool(left), Item::Bool(right)) => left == right,
        (Item::Number(left), Item::Number(right)) => left == right,
        (Item::Text(left), Item::Text(right)) => left == right,
        (Item::List(left), Item::List(right)) => {
            let pairs = left.items().iter().zip(right.items());
            left.items().len() == right.items().len()
                && pairs.into_iter().all(|(left, right)| is_same(left, right))
        }
        (Item::Object(left), Item::Object(right)) => {
            let is_in_right =
                |(name, value): (&str, &Item)| right.get(name).is_some_and(|it| is_same(value, it));
            left.len() == right.len() && left.iter().all(is_in_right)
        }
        _ => false,
    }
}

/// The order of two texts or two numbers.
pub(super) fn order(left: &Item, right: &Item) -> Option<Ordering> {
    match (left, right) {
        (Item::Number(left), Item::Number(right)) => left.partial_cmp(right),
        (Item::Text(left), Item::Text(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// `<` and its like; nothing when a side is missing.
pub(super) fn compare(
    operator: Operator,
    left: Option<&Item>,
    right: Option<&Item>,
) -> Result<Option<Item>, Trouble> {
    let is_fit =
        |side: Option<&Item>| side.is_none_or(|it| matches!(it, Item::Number(_) | Item::Text(_)));
    if !is_fit(left) || !is_fit(right) {
        let text =
            "The expressions either side of a comparison operator must be numbers or strings";
        return Err(Trouble::new("T2010", text));
    }
    let (Some(left), Some(right)) = (left, right) else {
        return Ok(None);
    };
    let Some(order) = order(left, right) else {
        let text = "The values either side of a comparison operator must be of the same data type";
        return Err(Trouble::new("T2009", text));
    };
    Ok(Some(Item::Bool(match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    })))
}
