//! An update on an item. Everything is read from the item as it was; only then is anything written.

use super::{Action, Change, Source, Update};
use crate::expression::ExpressionError;
use crate::expression::path::{Container, DocumentPath, PathSegment};
use crate::number::{Number, NumberError};
use crate::value::{AttributeValue, Item, MAX_NESTING, NESTING_MESSAGE, set};

impl Update {
    /// Changes the item, or leaves it as it was and says why. For a new item, pass its key attributes.
    pub fn apply(&self, item: &mut Item) -> Result<(), ExpressionError> {
        let mut writes = Vec::new();
        let mut removals = Vec::new();
        for action in &self.actions {
            match action
                .result(item)
                .map_err(|fault| fault.into_error(self.mismatch))?
            {
                Some(value) => writes.push((&action.path, value)),
                None => removals.push(&action.path),
            }
        }
        // In path order elements past the end of a list are appended by index; from the back a removal shifts no other.
        writes.sort_by(|(a, _), (b, _)| a.segments().cmp(b.segments()));
        removals.sort_by(|a, b| b.segments().cmp(a.segments()));
        let mut changed = item.clone();
        for (path, value) in writes {
            write(path, value, &mut changed)?;
        }
        for path in removals {
            remove(path, &mut changed)?;
        }
        for action in &self.actions {
            if changed
                .get(action.path.root())
                .is_some_and(|value| !value.nests_within(MAX_NESTING))
            {
                return Err(ExpressionError::new(NESTING_MESSAGE));
            }
        }
        *item = changed;
        Ok(())
    }
}

/// Why an action has no result.
enum Fault {
    Type,
    Missing,
    Number(NumberError),
}

impl Fault {
    fn into_error(self, mismatch: &str) -> ExpressionError {
        match self {
            Fault::Type => ExpressionError::new(mismatch),
            Fault::Missing => ExpressionError::new(
                "The provided expression refers to an attribute that does not exist in the item",
            ),
            Fault::Number(error) => error.into(),
        }
    }
}

impl From<NumberError> for Fault {
    fn from(error: NumberError) -> Fault {
        Fault::Number(error)
    }
}

impl Action {
    /// The new value at the action's path; `None` if there shall be none.
    fn result(&self, item: &Item) -> Result<Option<AttributeValue>, Fault> {
        let present = self.path.resolve(item);
        match &self.change {
            Change::Set(source) => source.evaluate(item).map(Some),
            Change::Remove => Ok(None),
            Change::Add(added) => sum(present, added).map(Some),
            Change::Delete(removed) => without(present, removed),
            Change::Append(elements) => match present {
                None => Ok(Some(AttributeValue::L(elements.clone()))),
                Some(AttributeValue::L(list)) => Ok(Some(AttributeValue::L(
                    [list.as_slice(), elements].concat(),
                ))),
                Some(_) => Err(Fault::Type),
            },
        }
    }
}

impl Source {
    fn evaluate(&self, item: &Item) -> Result<AttributeValue, Fault> {
        match self {
            Source::Value(value) => Ok(value.clone()),
            Source::Path(path) => path.resolve(item).cloned().ok_or(Fault::Missing),
            Source::Plus(left, right) => Ok(AttributeValue::N(
                left.number(item)?.checked_add(right.number(item)?)?,
            )),
            Source::Minus(left, right) => Ok(AttributeValue::N(
                left.number(item)?.checked_sub(right.number(item)?)?,
            )),
            Source::IfNotExists(path, default) => match path.resolve(item) {
                Some(present) => Ok(present.clone()),
                None => default.evaluate(item),
            },
            Source::ListAppend(first, second) => {
                let mut elements = first.list(item)?;
                elements.extend(second.list(item)?);
                Ok(AttributeValue::L(elements))
            }
        }
    }

    fn number(&self, item: &Item) -> Result<Number, Fault> {
        match self.evaluate(item)? {
            AttributeValue::N(number) => Ok(number),
            _ => Err(Fault::Type),
        }
    }

    fn list(&self, item: &Item) -> Result<Vec<AttributeValue>, Fault> {
        match self.evaluate(item)? {
            AttributeValue::L(elements) => Ok(elements),
            _ => Err(Fault::Type),
        }
    }
}

fn sum(present: Option<&AttributeValue>, added: &AttributeValue) -> Result<AttributeValue, Fault> {
    let Some(present) = present else {
        return Ok(added.clone());
    };
    match (present.clone(), added) {
        (AttributeValue::N(number), AttributeValue::N(added)) => {
            Ok(AttributeValue::N(number.checked_add(*added)?))
        }
        (AttributeValue::Ss(mut members), AttributeValue::Ss(added)) => {
            set::union(&mut members, added);
            Ok(AttributeValue::Ss(members))
        }
        (AttributeValue::Ns(mut members), AttributeValue::Ns(added)) => {
            set::union(&mut members, added);
            Ok(AttributeValue::Ns(members))
        }
        (AttributeValue::Bs(mut members), AttributeValue::Bs(added)) => {
            set::union(&mut members, added);
            Ok(AttributeValue::Bs(members))
        }
        _ => Err(Fault::Type),
    }
}

/// A set that has lost its last member is gone: there are no empty sets.
fn without(
    present: Option<&AttributeValue>,
    removed: &AttributeValue,
) -> Result<Option<AttributeValue>, Fault> {
    let Some(present) = present else {
        return Ok(None);
    };
    Ok(match (present.clone(), removed) {
        (AttributeValue::Ss(mut members), AttributeValue::Ss(removed)) => {
            set::difference(&mut members, removed);
            (!members.is_empty()).then_some(AttributeValue::Ss(members))
        }
        (AttributeValue::Ns(mut members), AttributeValue::Ns(removed)) => {
            set::difference(&mut members, removed);
            (!members.is_empty()).then_some(AttributeValue::Ns(members))
        }
        (AttributeValue::Bs(mut members), AttributeValue::Bs(removed)) => {
            set::difference(&mut members, removed);
            (!members.is_empty()).then_some(AttributeValue::Bs(members))
        }
        _ => return Err(Fault::Type),
    })
}

fn write(
    path: &DocumentPath,
    value: AttributeValue,
    item: &mut Item,
) -> Result<(), ExpressionError> {
    match path.parent(item) {
        Some((Container::Map(entries), PathSegment::Attribute(name))) => {
            entries.insert(name.clone(), value);
        }
        Some((Container::List(elements), PathSegment::Index(index))) => {
            match elements.get_mut(*index) {
                Some(element) => *element = value,
                None => elements.push(value),
            }
        }
        _ => return Err(invalid_path()),
    }
    Ok(())
}

/// Removing what is not there is fine, as long as there is a place for it.
fn remove(path: &DocumentPath, item: &mut Item) -> Result<(), ExpressionError> {
    match path.parent(item) {
        Some((Container::Map(entries), PathSegment::Attribute(name))) => {
            entries.remove(name);
        }
        Some((Container::List(elements), PathSegment::Index(index))) => {
            if *index < elements.len() {
                elements.remove(*index);
            }
        }
        _ => return Err(invalid_path()),
    }
    Ok(())
}

fn invalid_path() -> ExpressionError {
    ExpressionError::new(
        "The document path provided in the update expression is invalid for update",
    )
}
