//! Reads the text of a path.

use super::filter::{self, Filter};
use super::{Path, Root, Step};

/// The longest path, as AWS has it for a field.
const LENGTH_MAX: usize = 10_000;

pub(super) fn path(text: &str) -> Result<Path, String> {
    if text.len() > LENGTH_MAX {
        return Err("the path is too long".to_owned());
    }
    let mut reader = Reader::new(text);
    let root = root(&mut reader)?;
    let steps = steps(&mut reader)?;
    if !reader.is_done() {
        return Err(format!("unexpected '{}' in {text}", reader.rest()));
    }
    Ok(Path {
        text: text.to_owned(),
        root,
        steps,
    })
}

fn root(reader: &mut Reader<'_>) -> Result<Root, String> {
    if !reader.take("$") {
        return Err("a path begins with $".to_owned());
    }
    if reader.take("$") {
        return Ok(Root::Context);
    }
    let name = reader.name();
    Ok(if name.is_empty() {
        Root::Input
    } else {
        Root::Variable(name.to_owned())
    })
}

/// The steps after a root, up to what cannot be one.
pub(super) fn steps(reader: &mut Reader<'_>) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    loop {
        if reader.take("..") {
            steps.push(Step::Below);
            if reader.take("*") {
                steps.push(Step::All);
            } else if reader.peek() != Some('[') {
                steps.push(named(reader)?);
            }
        } else if reader.take(".") {
            if reader.take("*") {
                steps.push(Step::All);
            } else {
                steps.push(named(reader)?);
            }
        } else if reader.take("[") {
            steps.push(bracket(reader)?);
        } else {
            return Ok(steps);
        }
    }
}

fn named(reader: &mut Reader<'_>) -> Result<Step, String> {
    let name = reader.name();
    if name.is_empty() {
        return Err("a name is missing after '.'".to_owned());
    }
    if reader.take("()") {
        return match name {
            "length" | "size" => Ok(Step::Length),
            other => Err(format!("there is no function {other}() in paths")),
        };
    }
    Ok(Step::Names(vec![name.to_owned()]))
}

fn bracket(reader: &mut Reader<'_>) -> Result<Step, String> {
    reader.skip_spaces();
    let step = match reader.peek() {
        Some('*') => {
            reader.take("*");
            Step::All
        }
        Some('?') => {
            reader.take("?");
            Step::Filter(filter::parse(reader)?)
        }
        Some('\'' | '"') => Step::Names(list(reader, Reader::quoted)?),
        _ => numbers(reader)?,
    };
    reader.skip_spaces();
    if !reader.take("]") {
        return Err("a ']' is missing".to_owned());
    }
    Ok(step)
}

fn list<'a, T>(
    reader: &mut Reader<'a>,
    item: impl Fn(&mut Reader<'a>) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    let mut items = vec![item(reader)?];
    loop {
        reader.skip_spaces();
        if !reader.take(",") {
            return Ok(items);
        }
        reader.skip_spaces();
        items.push(item(reader)?);
    }
}

fn numbers(reader: &mut Reader<'_>) -> Result<Step, String> {
    let first = reader.integer();
    reader.skip_spaces();
    if reader.take(":") {
        reader.skip_spaces();
        let end = reader.integer();
        let mut every = 1;
        if reader.take(":") {
            every = reader.integer().unwrap_or(1);
        }
        let every = usize::try_from(every).ok().filter(|every| *every > 0);
        return Ok(Step::Slice {
            start: first,
            end,
            every: every.ok_or("a slice goes forward")?,
        });
    }
    let mut indices = vec![first.ok_or("an index is missing")?];
    while reader.take(",") {
        reader.skip_spaces();
        indices.push(reader.integer().ok_or("an index is missing")?);
        reader.skip_spaces();
    }
    Ok(Step::Indices(indices))
}

/// Where in a text the parser is.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    rest: &'a str,
    /// How many parentheses are open.
    pub(super) depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            rest: text,
            depth: 0,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    pub(super) fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    pub(super) fn take_while(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|letter| !is_part(letter));
        let (taken, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// A name without quotes.
    pub(super) fn name(&mut self) -> &'a str {
        self.take_while(|letter| {
            letter.is_alphanumeric() || letter == '_' || letter == '-' || !letter.is_ascii()
        })
    }

    pub(super) fn integer(&mut self) -> Option<i64> {
        let length = self
            .rest
            .char_indices()
            .take_while(|(at, letter)| letter.is_ascii_digit() || (*at == 0 && *letter == '-'))
            .count();
        let (digits, rest) = self.rest.split_at(length);
        let number = digits.parse().ok()?;
        self.rest = rest;
        Some(number)
    }

    /// Text in single or double quotes, with backslashes before what would end it.
    pub(super) fn quoted(&mut self) -> Result<String, String> {
        let mut letters = self.rest.char_indices();
        let Some((_, quote @ ('\'' | '"'))) = letters.next() else {
            return Err("a quoted text is missing".to_owned());
        };
        let mut text = String::new();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => match letters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, escaped)) => text.push(escaped),
                    None => break,
                },
                end if end == quote => {
                    self.rest = &self.rest[at + 1..];
                    return Ok(text);
                }
                other => text.push(other),
            }
        }
        Err("a quoted text has no end".to_owned())
    }
}

impl Filter {
    /// How deep conditions nest.
    pub(super) const DEPTH_MAX: usize = 32;
}
