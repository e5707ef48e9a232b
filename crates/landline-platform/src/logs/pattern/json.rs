//! Patterns over lines that are JSON.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::condition::{Comparison, Joined};

/// `{ $.a = 1 && $.b[0] != "x" }`
#[derive(Debug)]
pub(super) struct Query(Joined<Check>);

#[derive(Debug)]
struct Check {
    selector: Selector,
    test: Test,
}

#[derive(Debug)]
enum Test {
    Compares(Comparison),
    Is(Json),
    IsAbsent,
}

/// What words may stand in place of a comparison.
const WORDS: [&str; 4] = ["IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS"];

impl Test {
    fn of_words(words: &str) -> Self {
        match words {
            "IS NULL" => Self::Is(Json::Null),
            "IS TRUE" => Self::Is(Json::Bool(true)),
            "IS FALSE" => Self::Is(Json::Bool(false)),
            _ => Self::IsAbsent,
        }
    }
}

impl Query {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('{')?.strip_suffix('}')?;
        let (joined, rest) = Joined::parse(inner, &check)?;
        rest.trim().is_empty().then_some(Self(joined))
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let Ok(document) = serde_json::from_str::<Json>(message) else {
            return false;
        };
        self.0.holds(&|check: &Check| check.holds(&document))
    }
}

impl Query {
    /// What the selectors of the pattern name.
    pub(super) fn values(&self, message: &str) -> BTreeMap<String, String> {
        let Ok(document) = serde_json::from_str::<Json>(message) else {
            return BTreeMap::new();
        };
        let mut checks = Vec::new();
        self.0.collect(&mut checks);
        let found = checks.into_iter().filter_map(|check| {
            let value = check.selector.find(&document).into_iter().next()?;
            Some((check.selector.text.clone(), text_of(value)?))
        });
        found.collect()
    }
}

impl Check {
    fn holds(&self, document: &Json) -> bool {
        let found = self.selector.find(document);
        match &self.test {
            Test::IsAbsent => found.is_empty(),
            Test::Is(value) => found.contains(&value),
            Test::Compares(comparison) => found
                .iter()
                .any(|value| text_of(value).is_some_and(|text| comparison.holds_for(&text))),
        }
    }
}

fn check(text: &str) -> Option<(Check, &str)> {
    let (selector, rest) = Selector::parse(text)?;
    let rest = rest.trim_start();
    for words in WORDS {
        let head = rest.get(..words.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(words)) {
            let check = Check {
                selector,
                test: Test::of_words(words),
            };
            return Some((check, &rest[words.len()..]));
        }
    }
    let (comparison, rest) = Comparison::parse(rest, &[')', '}'])?;
    let check = Check {
        selector,
        test: Test::Compares(comparison),
    };
    Some((check, rest))
}

/// What `$.selector` names in a message.
pub(super) fn value(selector: &str, message: &str) -> Option<String> {
    let (selector, _) = Selector::parse(selector)?;
    let document = serde_json::from_str::<Json>(message).ok()?;
    text_of(selector.find(&document).first()?)
}

fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

#[derive(Debug)]
enum Step {
    Member(String),
    Item(usize),
    EveryItem,
}

/// `$.user.names[0]`, `$["a b"]`
#[derive(Debug)]
struct Selector {
    /// As its author wrote it.
    text: String,
    steps: Vec<Step>,
}

impl Selector {
    fn parse(text: &str) -> Option<(Self, &str)> {
        let text = text.trim_start();
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        loop {
            if let Some(bracketed) = rest.strip_prefix(".[").or_else(|| rest.strip_prefix('[')) {
                let (inner, after) = bracketed.split_once(']')?;
                steps.push(bracket(inner.trim())?);
                rest = after;
            } else if let Some(member) = rest.strip_prefix('.') {
                let is_part = |c: char| c.is_alphanumeric() || "_-@:/$".contains(c);
                let end = member.find(|c| !is_part(c)).unwrap_or(member.len());
                let (name, after) = member.split_at(end);
                if name.is_empty() {
                    return None;
                }
                steps.push(Step::Member(name.to_owned()));
                rest = after;
            } else {
                let text = text[..text.len() - rest.len()].to_owned();
                return Some((Self { text, steps }, rest));
            }
        }
    }

    fn find<'a>(&self, document: &'a Json) -> Vec<&'a Json> {
        let mut found = vec![document];
        for step in &self.steps {
            found = found
                .into_iter()
                .flat_map(|value| take(value, step))
                .collect();
        }
        found
    }
}

fn take<'a>(value: &'a Json, step: &Step) -> Vec<&'a Json> {
    match step {
        Step::Member(name) => value.get(name).into_iter().collect(),
        Step::Item(index) => value.get(*index).into_iter().collect(),
        Step::EveryItem => value.as_array().into_iter().flatten().collect(),
    }
}

fn bracket(inner: &str) -> Option<Step> {
    if inner == "*" {
        return Some(Step::EveryItem);
    }
    if let Ok(index) = inner.parse() {
        return Some(Step::Item(index));
    }
    let quote = inner.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let name = inner.strip_prefix(quote)?.strip_suffix(quote)?;
    Some(Step::Member(name.to_owned()))
}
