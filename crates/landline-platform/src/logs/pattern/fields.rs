//! Patterns over lines of fields that spaces separate, as web servers write them.

use std::collections::BTreeMap;

use super::condition::{Comparison, Joined};

/// `[ip, user, ..., status = 4*]`
#[derive(Debug)]
pub(super) struct Fields {
    before: Vec<Field>,
    /// What stands after `...`; none where the pattern has all fields.
    after: Option<Vec<Field>>,
}

#[derive(Debug)]
struct Field {
    name: String,
    condition: Option<Joined<Comparison>>,
}

impl Fields {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('[')?.strip_suffix(']')?;
        let mut fields = Self {
            before: Vec::new(),
            after: None,
        };
        if inner.trim().is_empty() {
            fields.after = Some(Vec::new());
            return Some(fields);
        }
        for part in parts(inner) {
            let part = part.trim();
            if part == "..." {
                if fields.after.replace(Vec::new()).is_some() {
                    return None;
                }
                continue;
            }
            let list = fields.after.as_mut().unwrap_or(&mut fields.before);
            list.push(field(part)?);
        }
        Some(fields)
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let found = split(message);
        self.pairs(&found).is_some_and(|mut pairs| {
            pairs.all(|(field, value)| {
                let condition = field.condition.as_ref();
                condition.is_none_or(|it| it.holds(&|one: &Comparison| one.holds_for(value)))
            })
        })
    }

    pub(super) fn value(&self, name: &str, message: &str) -> Option<String> {
        let found = split(message);
        let mut pairs = self.pairs(&found)?;
        pairs.find_map(|(field, value)| (field.name == name).then(|| value.to_owned()))
    }

    /// `$1`, `$name`: all fields of a line, by their names in the pattern or else by their places.
    pub(super) fn values(&self, message: &str) -> BTreeMap<String, String> {
        let found = split(message);
        let places = (1..)
            .zip(&found)
            .map(|(at, value)| (format!("${at}"), (*value).to_owned()));
        let Some(pairs) = self.pairs(&found) else {
            return BTreeMap::new();
        };
        if self.after.is_some() {
            return places.collect();
        }
        let named = pairs.map(|(field, value)| (format!("${}", field.name), value.to_owned()));
        named.collect()
    }

    /// Each field of the pattern with what stands there, if the message has as many.
    fn pairs<'a>(
        &'a self,
        found: &'a [&'a str],
    ) -> Option<impl Iterator<Item = (&'a Field, &'a str)>> {
        let after = self.after.as_deref();
        let named = self.before.len() + after.map_or(0, <[Field]>::len);
        let fits = match after {
            Some(_) => found.len() >= named,
            None => found.len() == named,
        };
        if !fits {
            return None;
        }
        let after = after.unwrap_or_default();
        let tail = &found[found.len() - after.len()..];
        let head = self.before.iter().zip(found.iter().copied());
        Some(head.chain(after.iter().zip(tail.iter().copied())))
    }
}

/// What commas separate, but for those in quotes.
fn parts(text: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let split = text.split(move |c| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    });
    split.collect()
}

/// `status = 4* || status = 5*`
fn field(part: &str) -> Option<Field> {
    let end = part.find(|c: char| c.is_whitespace() || "=!<>&|".contains(c));
    let name = &part[..end.unwrap_or(part.len())];
    let rest = part[name.len()..].trim();
    if rest.is_empty() {
        return Some(Field {
            name: name.to_owned(),
            condition: None,
        });
    }
    // Each comparison names the field again.
    let (condition, rest) = Joined::parse(part, &|text| compared(text, name))?;
    rest.trim().is_empty().then(|| Field {
        name: name.to_owned(),
        condition: Some(condition),
    })
}

fn compared<'a>(text: &'a str, name: &str) -> Option<(Comparison, &'a str)> {
    Comparison::parse(text.strip_prefix(name)?, &[',', ')', ']'])
}

/// The fields of a line: words, and what is in quotes or brackets.
fn split(message: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = message.trim_start();
    while let Some(first) = rest.chars().next() {
        let close = match first {
            '"' => Some('"'),
            '[' => Some(']'),
            _ => None,
        };
        let enclosed = close.and_then(|close| rest[1..].split_once(close));
        let (field, after) = match enclosed {
            Some(parts) => parts,
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        found.push(field);
        rest = after.trim_start();
    }
    found
}
