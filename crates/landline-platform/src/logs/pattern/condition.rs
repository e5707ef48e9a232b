//! What patterns over JSON and over fields share: a comparison with a text, a number or a regular expression, and the
//! ways to join comparisons.

use landline_wire::arn::wildcard_matches;
use regex::{Regex, RegexBuilder};

/// The most that a compiled regular expression may take.
const MAX_REGEX_BYTES: usize = 256 * 1024;
/// How deep comparisons may lie in parentheses.
const MAX_DEPTH: usize = 32;

/// `a && (b || c)`
#[derive(Debug)]
pub(super) enum Joined<T> {
    One(T),
    All(Vec<Joined<T>>),
    Any(Vec<Joined<T>>),
}

impl<T> Joined<T> {
    pub(super) fn holds(&self, one: &impl Fn(&T) -> bool) -> bool {
        match self {
            Self::One(it) => one(it),
            Self::All(all) => all.iter().all(|it| it.holds(one)),
            Self::Any(any) => any.iter().any(|it| it.holds(one)),
        }
    }

    /// All comparisons, whatever joins them.
    pub(super) fn collect<'a>(&'a self, into: &mut Vec<&'a T>) {
        match self {
            Self::One(it) => into.push(it),
            Self::All(list) | Self::Any(list) => list.iter().for_each(|it| it.collect(into)),
        }
    }

    /// Reads comparisons that `one` reads from the beginning of a text; what follows them.
    pub(super) fn parse<'a>(
        text: &'a str,
        one: &impl Fn(&'a str) -> Option<(T, &'a str)>,
    ) -> Option<(Self, &'a str)> {
        Self::any_of(text, one, 0)
    }

    fn any_of<'a>(
        text: &'a str,
        one: &impl Fn(&'a str) -> Option<(T, &'a str)>,
        depth: usize,
    ) -> Option<(Self, &'a str)> {
        let (first, mut rest) = Self::all_of(text, one, depth)?;
        let mut any = vec![first];
        while let Some(after) = rest.trim_start().strip_prefix("||") {
            let (next, after) = Self::all_of(after, one, depth)?;
            any.push(next);
            rest = after;
        }
        Some((single(any, Self::Any), rest))
    }

    fn all_of<'a>(
        text: &'a str,
        one: &impl Fn(&'a str) -> Option<(T, &'a str)>,
        depth: usize,
    ) -> Option<(Self, &'a str)> {
        let (first, mut rest) = Self::single(text, one, depth)?;
        let mut all = vec![first];
        while let Some(after) = rest.trim_start().strip_prefix("&&") {
            let (next, after) = Self::single(after, one, depth)?;
            all.push(next);
            rest = after;
        }
        Some((single(all, Self::All), rest))
    }

    fn single<'a>(
        text: &'a str,
        one: &impl Fn(&'a str) -> Option<(T, &'a str)>,
        depth: usize,
    ) -> Option<(Self, &'a str)> {
        let text = text.trim_start();
        let Some(inner) = text.strip_prefix('(') else {
            let (it, rest) = one(text)?;
            return Some((Self::One(it), rest));
        };
        if depth == MAX_DEPTH {
            return None;
        }
        let (it, rest) = Self::any_of(inner, one, depth + 1)?;
        Some((it, rest.trim_start().strip_prefix(')')?))
    }
}

/// One of a kind stands for itself.
fn single<T>(mut list: Vec<T>, join: impl FnOnce(Vec<T>) -> T) -> T {
    match list.pop() {
        Some(only) if list.is_empty() => only,
        Some(last) => {
            list.push(last);
            join(list)
        }
        None => join(list),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equals,
    Differs,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The longer ones first, because they begin like others.
const OPERATORS: [(&str, Operator); 6] = [
    ("!=", Operator::Differs),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("=", Operator::Equals),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

#[derive(Debug)]
enum Operand {
    /// With `*` for anything.
    Text(String),
    Number(f64),
    Regex(Regex),
}

/// `>= 500`, `= "GET*"`, `!= %4\d\d%`
#[derive(Debug)]
pub(super) struct Comparison {
    operator: Operator,
    operand: Operand,
}

impl Comparison {
    /// Reads one from the beginning of a text, where an operand without quotes ends before one of `ends`.
    pub(super) fn parse<'a>(text: &'a str, ends: &[char]) -> Option<(Self, &'a str)> {
        let text = text.trim_start();
        let mut operators = OPERATORS.iter();
        let found =
            operators.find_map(|(sign, operator)| Some((*operator, text.strip_prefix(sign)?)));
        let (operator, rest) = found?;
        let rest = rest.trim_start();
        let (operand, rest) = if let Some(quoted) = rest.strip_prefix('"') {
            let (text, rest) = quoted.split_once('"')?;
            (Operand::Text(text.to_owned()), rest)
        } else if let Some(expression) = rest.strip_prefix('%') {
            let (expression, rest) = expression.split_once('%')?;
            (Operand::Regex(regex_of(expression)?), rest)
        } else {
            let is_end = |c: char| c.is_whitespace() || c == '&' || c == '|' || ends.contains(&c);
            let (word, rest) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
            let operand = match word.parse::<f64>() {
                Ok(number) if number.is_finite() => Operand::Number(number),
                _ if word.is_empty() => return None,
                _ => Operand::Text(word.to_owned()),
            };
            (operand, rest)
        };
        let is_ordered = !matches!(operator, Operator::Equals | Operator::Differs);
        if is_ordered && !matches!(operand, Operand::Number(_)) {
            return None;
        }
        Some((Self { operator, operand }, rest))
    }

    pub(super) fn holds_for(&self, value: &str) -> bool {
        match &self.operand {
            Operand::Text(pattern) => self.agrees(text_matches(pattern, value)),
            Operand::Regex(regex) => self.agrees(regex.is_match(value)),
            Operand::Number(number) => match value.trim().parse::<f64>() {
                Ok(value) => self.compare(value, *number),
                Err(_) => self.operator == Operator::Differs,
            },
        }
    }

    fn agrees(&self, is_equal: bool) -> bool {
        is_equal == (self.operator == Operator::Equals)
    }

    #[expect(clippy::float_cmp, reason = "a pattern names the very number")]
    fn compare(&self, value: f64, number: f64) -> bool {
        match self.operator {
            Operator::Equals => value == number,
            Operator::Differs => value != number,
            Operator::Less => value < number,
            Operator::LessOrEqual => value <= number,
            Operator::Greater => value > number,
            Operator::GreaterOrEqual => value >= number,
        }
    }
}

/// Only `*` is a wildcard in these patterns.
fn text_matches(pattern: &str, value: &str) -> bool {
    if pattern.contains('?') {
        let parts: Vec<String> = pattern.split('*').map(regex::escape).collect();
        return regex_of(&format!("^{}$", parts.join(".*"))).is_some_and(|it| it.is_match(value));
    }
    wildcard_matches(pattern, value)
}

pub(super) fn regex_of(expression: &str) -> Option<Regex> {
    let mut builder = RegexBuilder::new(expression);
    builder.size_limit(MAX_REGEX_BYTES).build().ok()
}
