//! Conditions against an item. A missing attribute makes a comparison false, never an error.

use std::borrow::Cow;
use std::cmp::Ordering;

use memchr::memmem;

use super::{Comparator, Node, Operand};
use crate::number::Number;
use crate::value::{AttributeValue, Item, compare_scalars};

impl Node {
    pub(super) fn matches(&self, item: &Item) -> bool {
        match self {
            Node::Or(members) => members.iter().any(|member| member.matches(item)),
            Node::And(members) => members.iter().all(|member| member.matches(item)),
            Node::Not(negated) => !negated.matches(item),
            Node::Compare(comparator, left, right) => {
                comparator.holds(left.resolve(item), right.resolve(item))
            }
            Node::Between(tested, low, high) => {
                let tested = tested.resolve(item);
                Comparator::GreaterOrEqual.holds(tested.clone(), low.resolve(item))
                    && Comparator::LessOrEqual.holds(tested, high.resolve(item))
            }
            Node::In(tested, list) => tested.resolve(item).is_some_and(|tested| {
                list.iter()
                    .any(|member| member.resolve(item).as_ref() == Some(&tested))
            }),
            Node::Exists(operand) => operand.resolve(item).is_some(),
            Node::NotExists(operand) => operand.resolve(item).is_none(),
            Node::HasType(operand, kind) => operand
                .resolve(item)
                .is_some_and(|value| value.attribute_type() == *kind),
            Node::BeginsWith(tested, prefix) => both(tested, prefix, item, begins_with),
            Node::Contains(tested, member) => both(tested, member, item, contains),
        }
    }
}

impl Operand {
    fn resolve<'v>(&'v self, item: &'v Item) -> Option<Cow<'v, AttributeValue>> {
        match self {
            Operand::Path(path) => path.resolve(item).map(Cow::Borrowed),
            Operand::Value(value) => Some(Cow::Borrowed(value)),
            Operand::Size(measured) => {
                let size = size(measured.resolve(item)?.as_ref())?;
                Some(Cow::Owned(AttributeValue::N(Number::from_count(size))))
            }
        }
    }
}

impl Comparator {
    fn holds(
        self,
        left: Option<Cow<'_, AttributeValue>>,
        right: Option<Cow<'_, AttributeValue>>,
    ) -> bool {
        let (Some(left), Some(right)) = (left, right) else {
            return self == Comparator::NotEqual;
        };
        let order = || compare_scalars(&left, &right);
        match self {
            Comparator::Equal => left == right,
            Comparator::NotEqual => left != right,
            Comparator::Less => order().is_some_and(Ordering::is_lt),
            Comparator::LessOrEqual => order().is_some_and(Ordering::is_le),
            Comparator::Greater => order().is_some_and(Ordering::is_gt),
            Comparator::GreaterOrEqual => order().is_some_and(Ordering::is_ge),
        }
    }
}

fn both(
    a: &Operand,
    b: &Operand,
    item: &Item,
    test: fn(&AttributeValue, &AttributeValue) -> bool,
) -> bool {
    match (a.resolve(item), b.resolve(item)) {
        (Some(a), Some(b)) => test(&a, &b),
        _ => false,
    }
}

fn begins_with(tested: &AttributeValue, prefix: &AttributeValue) -> bool {
    match (tested, prefix) {
        (AttributeValue::S(tested), AttributeValue::S(prefix)) => {
            tested.starts_with(prefix.as_str())
        }
        (AttributeValue::B(tested), AttributeValue::B(prefix)) => tested.starts_with(prefix),
        _ => false,
    }
}

/// A part of a string or of binary, a member of a set, an element of a list.
fn contains(whole: &AttributeValue, part: &AttributeValue) -> bool {
    match (whole, part) {
        (AttributeValue::S(whole), AttributeValue::S(part)) => whole.contains(part.as_str()),
        (AttributeValue::B(whole), AttributeValue::B(part)) => memmem::find(whole, part).is_some(),
        (AttributeValue::Ss(members), AttributeValue::S(part)) => members.contains(part),
        (AttributeValue::Ns(members), AttributeValue::N(part)) => members.contains(part),
        (AttributeValue::Bs(members), AttributeValue::B(part)) => members.contains(part),
        (AttributeValue::L(elements), part) => elements.contains(part),
        _ => false,
    }
}

/// Bytes of a string or of binary, members of a set, elements of a list, entries of a map.
fn size(value: &AttributeValue) -> Option<usize> {
    match value {
        // A text is as long as Java says, which counts UTF-16 units.
        AttributeValue::S(text) => Some(text.encode_utf16().count()),
        AttributeValue::B(bytes) => Some(bytes.len()),
        AttributeValue::Ss(members) => Some(members.len()),
        AttributeValue::Ns(members) => Some(members.len()),
        AttributeValue::Bs(members) => Some(members.len()),
        AttributeValue::L(elements) => Some(elements.len()),
        AttributeValue::M(entries) => Some(entries.len()),
        AttributeValue::N(_) | AttributeValue::Bool(_) | AttributeValue::Null => None,
    }
}
