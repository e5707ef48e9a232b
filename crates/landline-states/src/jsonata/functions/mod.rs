//! The functions that JSONata has, and those that Step Functions adds: `$partition`, `$range`, `$hash`, `$random` with a
//! seed, `$uuid`, `$parse`. `$eval` is not there, as on AWS.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>

#![expect(
    clippy::unnecessary_wraps,
    reason = "all functions of the table have one type"
)]

mod encode;
mod higher;
mod list;
mod number;
mod object;
mod picture;
mod text;
mod time;

use super::Trouble;
use super::evaluate::{Evaluation, Found, TEXT_MAX};
use super::item::Item;

pub(super) use object::changed;
pub(super) use text::{first_match, text_of};

type Call = fn(&mut Evaluation, Arguments) -> Found;

/// A function that is built in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Native {
    name: &'static str,
    /// How many arguments it takes, at least and at most. With one less than the least, the context is the first one.
    least: usize,
    most: usize,
    call: Call,
}

/// What a function was called with.
#[derive(Debug)]
pub(super) struct Arguments {
    name: &'static str,
    values: Vec<Option<Item>>,
}

impl Native {
    pub(super) fn call(
        &self,
        evaluation: &mut Evaluation,
        mut values: Vec<Option<Item>>,
        context: Option<&Item>,
    ) -> Found {
        if values.len() + 1 == self.least && self.most < usize::MAX {
            values.insert(0, context.cloned());
        }
        if values.len() < self.least || values.len() > self.most {
            let at = values.len().min(self.most) + 1;
            return Err(mismatch(self.name, at));
        }
        let weights = values.iter().flatten().map(|value| value.size().weight);
        evaluation.spend_on(weights.fold(0, u64::saturating_add))?;
        (self.call)(
            evaluation,
            Arguments {
                name: self.name,
                values,
            },
        )
    }

    /// How many arguments a function that calls others gives this one.
    pub(super) fn arity(&self) -> usize {
        self.least.max(1)
    }
}

fn mismatch(name: &str, at: usize) -> Trouble {
    let text = format!("Argument {at} of function \"{name}\" does not match function signature");
    Trouble::new("T0410", text)
}

impl Arguments {
    fn get(&mut self, at: usize) -> Option<Item> {
        self.values.get_mut(at).and_then(Option::take)
    }

    fn mismatch(&self, at: usize) -> Trouble {
        mismatch(self.name, at + 1)
    }

    fn text(&mut self, at: usize) -> Result<Option<std::rc::Rc<str>>, Trouble> {
        match self.get(at) {
            None => Ok(None),
            Some(Item::Text(text)) => Ok(Some(text)),
            Some(_) => Err(self.mismatch(at)),
        }
    }

    fn number(&mut self, at: usize) -> Result<Option<f64>, Trouble> {
        match self.get(at) {
            None => Ok(None),
            Some(Item::Number(number)) => Ok(Some(number)),
            Some(_) => Err(self.mismatch(at)),
        }
    }

    fn function(&mut self, at: usize) -> Result<std::rc::Rc<super::item::Function>, Trouble> {
        match self.get(at) {
            Some(Item::Function(function)) => Ok(function),
            _ => Err(self.mismatch(at)),
        }
    }

    /// The items of a list; a value that is none stands for a list of it.
    fn items(&mut self, at: usize) -> Option<Vec<Item>> {
        self.get(at).map(|it| it.items())
    }
}

/// A text, if it is not too long.
#[expect(
    clippy::needless_pass_by_value,
    reason = "callers have made it for this"
)]
pub(super) fn bounded(text: String) -> Found {
    if text.len() > TEXT_MAX {
        return Err(Trouble::new("D3014", "The string is too long"));
    }
    Ok(Some(Item::text(&text)))
}

pub(super) fn named(name: &str) -> Option<Native> {
    let mut all = [
        text::ALL,
        encode::ALL,
        number::ALL,
        list::ALL,
        object::ALL,
        time::ALL,
        higher::ALL,
    ]
    .into_iter()
    .flatten();
    let (name, least, most, call) = all.find(|(known, ..)| *known == name)?;
    Some(Native {
        name,
        least: *least,
        most: *most,
        call: *call,
    })
}

/// A name, how many arguments at least and at most, and what it does.
type Entry = (&'static str, usize, usize, Call);
