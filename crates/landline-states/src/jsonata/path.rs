//! Paths: step by step from what there is to what is found, with filters, orders and groups.

use std::cmp::Ordering;
use std::rc::Rc;

use super::evaluate::{Evaluation, Found, Frame, collapsed};
use super::item::{Item, List, ListKind, Object, append};
use super::tree::{Node, Order, Path, SortTerm, Step};
use super::{Trouble, compare};

impl Evaluation {
    pub(super) fn path(&mut self, path: &Path, input: Option<&Item>, frame: &Rc<Frame>) -> Found {
        let starts_anew = matches!(
            path.steps.first().map(|step| &step.node),
            Some(Node::Variable(_))
        );
        let mut items: Vec<Option<Item>> = match input {
            Some(Item::List(list)) if !starts_anew => {
                list.items().iter().cloned().map(Some).collect()
            }
            other => vec![other.cloned()],
        };
        let mut found = None;
        for (at, step) in path.steps.iter().enumerate() {
            let is_last = at + 1 == path.steps.len();
            found = if let (
                0,
                Node::Array {
                    is_constructed: true,
                    ..
                },
            ) = (at, &step.node)
            {
                let list = input.cloned();
                self.evaluate(&step.node, list.as_ref(), frame)?
            } else {
                Some(self.step(step, items, is_last, frame)?)
            };
            items = match &found {
                Some(Item::List(list)) => list.items().iter().cloned().map(Some).collect(),
                Some(other) => vec![Some(other.clone())],
                None => Vec::new(),
            };
            if items.is_empty() {
                break;
            }
        }
        if path.keeps_singleton {
            found = match found {
                Some(Item::List(list)) if list.kind == ListKind::Sequence => {
                    let mut list = list;
                    Rc::make_mut(&mut list).keeps_singleton = true;
                    Some(Item::List(list))
                }
                Some(Item::List(list)) => Some(Item::List(list)),
                other => other.map(super::evaluate::kept),
            };
        }
        match &path.group {
            Some(pairs) => {
                let found = found.map(|it| Item::sequence(it.items()));
                self.group(pairs, found, frame)
            }
            None => Ok(found),
        }
    }

    fn step(
        &mut self,
        step: &Step,
        items: Vec<Option<Item>>,
        is_last: bool,
        frame: &Rc<Frame>,
    ) -> Result<Item, Trouble> {
        if let Node::Sort(terms) = &step.node {
            let items: Vec<Item> = items.into_iter().flatten().collect();
            let mut found = Some(Item::sequence(self.sorted(items, terms, frame)?));
            for filter in &step.filters {
                found = self.filter(filter, found, frame)?;
            }
            return Ok(found.unwrap_or_else(|| Item::sequence(Vec::new())));
        }
        let mut results = Vec::new();
        for item in &items {
            let mut found = self.evaluate(&step.node, item.as_ref(), frame)?;
            for filter in &step.filters {
                found = collapsed_list(self.filter(filter, found, frame)?);
            }
            results.extend(found);
        }
        if let ([Item::List(list)], true) = (results.as_slice(), is_last)
            && list.kind != ListKind::Sequence
        {
            return Ok(Item::List(list.clone()));
        }
        let mut flattened = Vec::new();
        for result in results {
            match result {
                Item::List(list) if list.kind != ListKind::Constructed => {
                    flattened.extend(list.items().iter().cloned());
                }
                other => flattened.push(other),
            }
        }
        self.spend_on(flattened.len() as u64)?;
        Ok(Item::sequence(flattened))
    }

    /// The items for which the filter holds, or that it has the numbers of.
    pub(super) fn filter(
        &mut self,
        filter: &Node,
        input: Option<Item>,
        frame: &Rc<Frame>,
    ) -> Found {
        let Some(input) = input else {
            return Ok(None);
        };
        let keeps_singleton = matches!(&input, Item::List(list) if list.keeps_singleton);
        let items = input.items();
        if let Node::Literal(value) = filter
            && let Some(index) = value.as_f64()
        {
            let item = position(index, items.len()).and_then(|at| items.get(at));
            return Ok(item.map(|item| match item {
                Item::List(_) => item.clone(),
                other => Item::sequence(vec![other.clone()]),
            }));
        }
        let mut kept = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let found = self.evaluate(filter, Some(item), frame)?;
            let Some(found) = found else {
                continue;
            };
            let is_wanted = match numbers(&found) {
                Some(indices) => indices
                    .iter()
                    .any(|index| position(*index, items.len()) == Some(at)),
                None => found.is_true(),
            };
            if is_wanted {
                kept.push(item.clone());
            }
        }
        let mut list = List::sequence(kept);
        list.keeps_singleton = keeps_singleton;
        Ok(Some(Item::List(Rc::new(list))))
    }

    /// An object of what each pair makes of the items that have its key.
    pub(super) fn group(
        &mut self,
        pairs: &[(Node, Node)],
        input: Option<Item>,
        frame: &Rc<Frame>,
    ) -> Found {
        let mut items: Vec<Option<Item>> = match input {
            Some(Item::List(list)) => list.items().iter().cloned().map(Some).collect(),
            other => vec![other],
        };
        if items.is_empty() {
            // An object that is written out needs no input.
            items.push(None);
        }
        let mut groups: Vec<(Rc<str>, usize, Option<Item>)> = Vec::new();
        for item in &items {
            for (at, (key, _)) in pairs.iter().enumerate() {
                let key = match self.evaluate(key, item.as_ref(), frame)? {
                    None => continue,
                    Some(Item::Text(key)) => key,
                    Some(other) => {
                        let text = format!(
                            "Key in object structure must evaluate to a string; got: {}",
                            other.kind()
                        );
                        return Err(Trouble::new("T1003", text));
                    }
                };
                match groups.iter_mut().find(|(known, ..)| *known == key) {
                    None => groups.push((key, at, item.clone())),
                    Some((_, pair, _)) if *pair != at => {
                        let text = format!("Multiple key definitions evaluate to same key: {key}");
                        return Err(Trouble::new("D1009", text));
                    }
                    Some((_, _, data)) => *data = append(data.take(), item.clone()),
                }
                self.spend(groups.len() / 8)?;
            }
        }
        let mut object = Object::default();
        for (key, pair, data) in groups {
            let data = collapsed(data);
            if let Some(value) = self.evaluate(&pairs[pair].1, data.as_ref(), frame)? {
                object.insert(&key, value);
            }
        }
        Ok(Some(Item::object(object)))
    }

    fn sorted(
        &mut self,
        items: Vec<Item>,
        terms: &[SortTerm],
        frame: &Rc<Frame>,
    ) -> Result<Vec<Item>, Trouble> {
        let mut keyed = Vec::with_capacity(items.len());
        for item in items {
            let mut keys = Vec::with_capacity(terms.len());
            for term in terms {
                let key = self.evaluate(&term.node, Some(&item), frame)?;
                if !matches!(key, None | Some(Item::Number(_) | Item::Text(_))) {
                    let text = "The expressions within an order-by clause must evaluate to numeric or string values";
                    return Err(Trouble::new("T2008", text));
                }
                keys.push(key);
            }
            keyed.push((keys, item));
        }
        let mut is_mixed = false;
        keyed.sort_by(|(left, _), (right, _)| {
            for (term, (left, right)) in terms.iter().zip(left.iter().zip(right)) {
                let order = match (left, right) {
                    (None, None) => Ordering::Equal,
                    (None, Some(_)) => return Ordering::Greater,
                    (Some(_), None) => return Ordering::Less,
                    (Some(left), Some(right)) => {
                        let order = compare::order(left, right);
                        is_mixed |= order.is_none();
                        order.unwrap_or(Ordering::Equal)
                    }
                };
                if order.is_ne() {
                    return match term.order {
                        Order::Ascending => order,
                        Order::Descending => order.reverse(),
                    };
                }
            }
            Ordering::Equal
        });
        if is_mixed {
            let text = "Type mismatch when comparing values in order-by clause";
            return Err(Trouble::new("T2007", text));
        }
        Ok(keyed.into_iter().map(|(_, item)| item).collect())
    }
}

/// Nothing, for a sequence of nothing; what is left of a step is flattened later.
fn collapsed_list(found: Option<Item>) -> Option<Item> {
    match found {
        Some(Item::List(list)) if list.items().is_empty() => None,
        other => other,
    }
}

/// The value as numbers of items.
fn numbers(found: &Item) -> Option<Vec<f64>> {
    let number = |item: &Item| match item {
        Item::Number(number) => Some(*number),
        _ => None,
    };
    match found {
        Item::Number(number) => Some(vec![*number]),
        Item::List(list) if !list.items().is_empty() => list.items().iter().map(number).collect(),
        _ => None,
    }
}

fn position(index: f64, length: usize) -> Option<usize> {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    let index = index.floor() as i64;
    if index >= 0 {
        return usize::try_from(index).ok();
    }
    length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?)
}
