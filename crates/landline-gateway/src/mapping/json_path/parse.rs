//! Parses a path and the filters in it.

use super::{
    Comparison, Filter, Function, InvalidPath, JsonPath, Operand, Pattern, Segment, Selector,
};
use crate::quotas::{MAPPING_NESTING, MAPPING_REGEX_BYTES};

pub(super) fn parse(text: &str) -> Result<JsonPath, InvalidPath> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    let path = if text.starts_with(['$', '@']) {
        parser.at = 1;
        parser.path()?
    } else {
        parser.relative()?
    };
    if parser.at < text.len() {
        return Err(parser.error("unexpected character"));
    }
    Ok(path)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// A path without the root; its first name needs no dot.
    fn relative(&mut self) -> Result<JsonPath, InvalidPath> {
        if matches!(self.peek(), Some(b'.' | b'[')) {
            return self.path();
        }
        let name = self.name();
        if name.is_empty() {
            return Err(self.error("expected a name"));
        }
        let first = Segment::Child(Selector::Names(vec![name.into()]));
        let mut path = self.path()?;
        path.segments.insert(0, first);
        Ok(path)
    }

    /// What follows the root.
    fn path(&mut self) -> Result<JsonPath, InvalidPath> {
        let mut segments = Vec::new();
        loop {
            if self.take("..") {
                let selector = match self.peek() {
                    Some(b'[') => self.bracket()?,
                    _ => self.dotted()?,
                };
                segments.push(Segment::Descend(selector));
            } else if self.take(".") {
                if self.peek() == Some(b'[') {
                    continue;
                }
                if let Some(function) = self.function()? {
                    return Ok(JsonPath {
                        segments,
                        function: Some(function),
                    });
                }
                segments.push(Segment::Child(self.dotted()?));
            } else if self.peek() == Some(b'[') {
                segments.push(Segment::Child(self.bracket()?));
            } else {
                return Ok(JsonPath {
                    segments,
                    function: None,
                });
            }
        }
    }

    fn dotted(&mut self) -> Result<Selector, InvalidPath> {
        if self.take("*") {
            return Ok(Selector::All);
        }
        let name = self.name();
        if name.is_empty() {
            return Err(self.error("expected a name"));
        }
        Ok(Selector::Names(vec![name.into()]))
    }

    /// A name without quotes: up to what means something else in a path or a filter.
    fn name(&mut self) -> &str {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|character: char| {
                character.is_whitespace() || ".[]()=!<>&|,~'\"".contains(character)
            })
            .unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn function(&mut self) -> Result<Option<Function>, InvalidPath> {
        let start = self.at;
        let name = self.name().to_owned();
        if !self.take("(") {
            self.at = start;
            return Ok(None);
        }
        self.skip_blanks();
        if !self.take(")") {
            return Err(self.error("a function of a path takes no arguments"));
        }
        match name.as_str() {
            "length" => Ok(Some(Function::Length)),
            "size" => Ok(Some(Function::Size)),
            "min" => Ok(Some(Function::Minimum)),
            "max" => Ok(Some(Function::Maximum)),
            "avg" => Ok(Some(Function::Average)),
            "sum" => Ok(Some(Function::Sum)),
            "keys" => Ok(Some(Function::Keys)),
            _ => Err(self.error("unknown function")),
        }
    }

    fn bracket(&mut self) -> Result<Selector, InvalidPath> {
        self.at += 1;
        self.skip_blanks();
        let selector = match self.peek() {
            Some(b'*') => {
                self.at += 1;
                Selector::All
            }
            Some(b'?') => {
                self.at += 1;
                self.skip_blanks();
                self.expect("(", "expected \"(\" after \"?\"")?;
                let filter = self.nested(Self::any)?;
                self.skip_blanks();
                self.expect(")", "expected \")\" at the end of a filter")?;
                Selector::Filter(filter)
            }
            Some(b'\'' | b'"') => self.names()?,
            _ => self.indices()?,
        };
        self.skip_blanks();
        self.expect("]", "expected \"]\"")?;
        Ok(selector)
    }

    fn names(&mut self) -> Result<Selector, InvalidPath> {
        let mut names = Vec::new();
        loop {
            self.skip_blanks();
            names.push(self.quoted()?.into());
            self.skip_blanks();
            if !self.take(",") {
                return Ok(Selector::Names(names));
            }
        }
    }

    fn indices(&mut self) -> Result<Selector, InvalidPath> {
        let first = self.integer();
        self.skip_blanks();
        if self.take(":") {
            self.skip_blanks();
            let last = self.integer();
            return Ok(Selector::Slice(first, last));
        }
        let Some(first) = first else {
            return Err(self.error("expected an index, a quoted name, \"*\" or a filter"));
        };
        let mut indices = vec![first];
        while self.take(",") {
            self.skip_blanks();
            match self.integer() {
                Some(index) => indices.push(index),
                None => return Err(self.error("expected an index")),
            }
            self.skip_blanks();
        }
        Ok(Selector::Indices(indices))
    }

    fn integer(&mut self) -> Option<i64> {
        let rest = &self.text[self.at..];
        let sign = usize::from(rest.starts_with('-'));
        let digits = rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..sign + digits].parse().ok()?;
        self.at += sign + digits;
        Some(number)
    }

    fn quoted(&mut self) -> Result<String, InvalidPath> {
        let Some(quote @ (b'\'' | b'"')) = self.peek() else {
            return Err(self.error("expected a quoted name"));
        };
        self.at += 1;
        let mut text = String::new();
        let mut characters = self.text[self.at..].char_indices();
        while let Some((offset, character)) = characters.next() {
            match character {
                '\\' => match characters.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, 'r')) => text.push('\r'),
                    Some((_, escaped)) => text.push(escaped),
                    None => break,
                },
                _ if character == char::from(quote) => {
                    self.at += offset + 1;
                    return Ok(text);
                }
                _ => text.push(character),
            }
        }
        Err(self.error("a quoted name does not end"))
    }

    fn any(&mut self) -> Result<Filter, InvalidPath> {
        let mut filters = vec![self.all()?];
        while self.take_operator("||") {
            filters.push(self.all()?);
        }
        Ok(one_or(filters, Filter::Any))
    }

    fn all(&mut self) -> Result<Filter, InvalidPath> {
        let mut filters = vec![self.single()?];
        while self.take_operator("&&") {
            filters.push(self.single()?);
        }
        Ok(one_or(filters, Filter::All))
    }

    fn single(&mut self) -> Result<Filter, InvalidPath> {
        self.skip_blanks();
        if self.take("!") {
            let negated = self.nested(Self::single)?;
            return Ok(Filter::Not(Box::new(negated)));
        }
        if self.take("(") {
            let inner = self.nested(Self::any)?;
            self.skip_blanks();
            self.expect(")", "expected \")\"")?;
            return Ok(inner);
        }
        let left = self.operand()?;
        self.skip_blanks();
        let Some(comparison) = self.comparison() else {
            return match left {
                Operand::Current(_) | Operand::Root(_) => Ok(Filter::Exists(left)),
                _ => Err(self.error("expected an operator")),
            };
        };
        self.skip_blanks();
        let right = self.operand()?;
        Ok(Filter::Compare(left, comparison, right))
    }

    fn comparison(&mut self) -> Option<Comparison> {
        const COMPARISONS: [(&str, Comparison); 13] = [
            ("===", Comparison::Equal),
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
            ("=~", Comparison::Matches),
            ("in ", Comparison::In),
            ("nin ", Comparison::NotIn),
            ("size ", Comparison::Size),
            ("empty ", Comparison::Empty),
            ("contains ", Comparison::Contains),
        ];
        COMPARISONS
            .into_iter()
            .find_map(|(text, comparison)| self.take(text).then_some(comparison))
    }

    fn operand(&mut self) -> Result<Operand, InvalidPath> {
        match self.peek() {
            Some(b'@') => {
                self.at += 1;
                Ok(Operand::Current(self.nested(Self::path)?))
            }
            Some(b'$') => {
                self.at += 1;
                Ok(Operand::Root(self.nested(Self::path)?))
            }
            Some(b'/') => self.pattern(),
            _ => self.literal().map(Operand::Literal),
        }
    }

    fn pattern(&mut self) -> Result<Operand, InvalidPath> {
        let rest = &self.text[self.at + 1..];
        let mut escaped = false;
        let end = rest.find(|character| {
            let is_end = character == '/' && !escaped;
            escaped = character == '\\' && !escaped;
            is_end
        });
        let Some(end) = end else {
            return Err(self.error("a pattern does not end"));
        };
        let flags: &str = rest[end + 1..]
            .split(|character: char| !character.is_ascii_alphabetic())
            .next()
            .unwrap_or_default();
        // Jayway wants the whole text to match.
        let whole = format!(r"\A(?:{})\z", rest[..end].replace(r"\/", "/"));
        let pattern = regex::RegexBuilder::new(&whole)
            .size_limit(MAPPING_REGEX_BYTES)
            .case_insensitive(flags.contains('i'))
            .multi_line(flags.contains('m'))
            .dot_matches_new_line(flags.contains('s'))
            .build();
        let Ok(pattern) = pattern else {
            return Err(self.error("the pattern cannot be used"));
        };
        self.at += end + 2 + flags.len();
        Ok(Operand::Pattern(Pattern(pattern)))
    }

    fn literal(&mut self) -> Result<serde_json::Value, InvalidPath> {
        match self.peek() {
            Some(b'\'' | b'"') => self.quoted().map(serde_json::Value::String),
            Some(b'[') => {
                self.at += 1;
                self.nested(Self::array)
            }
            _ => {
                let rest = &self.text[self.at..];
                let end = rest
                    .find(|character: char| {
                        !character.is_ascii_alphanumeric() && !"+-.".contains(character)
                    })
                    .unwrap_or(rest.len());
                let literal = serde_json::from_str(&rest[..end])
                    .map_err(|_| self.error("expected a path or a literal"))?;
                self.at += end;
                Ok(literal)
            }
        }
    }

    fn array(&mut self) -> Result<serde_json::Value, InvalidPath> {
        let mut elements = Vec::new();
        self.skip_blanks();
        if self.take("]") {
            return Ok(elements.into());
        }
        loop {
            self.skip_blanks();
            elements.push(self.literal()?);
            self.skip_blanks();
            if !self.take(",") {
                self.expect("]", "expected \",\" or \"]\"")?;
                return Ok(elements.into());
            }
        }
    }

    fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, InvalidPath>,
    ) -> Result<T, InvalidPath> {
        if self.depth == MAPPING_NESTING {
            return Err(self.error("the path is nested too deeply"));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn take_operator(&mut self, operator: &str) -> bool {
        self.skip_blanks();
        self.take(operator)
    }

    fn take(&mut self, expected: &str) -> bool {
        let is_next = self.text[self.at..].starts_with(expected);
        if is_next {
            self.at += expected.len();
        }
        is_next
    }

    fn expect(&mut self, expected: &str, message: &'static str) -> Result<(), InvalidPath> {
        if self.take(expected) {
            return Ok(());
        }
        Err(self.error(message))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn error(&self, message: &'static str) -> InvalidPath {
        InvalidPath {
            message,
            position: self.text[..self.at].chars().count() + 1,
        }
    }
}

fn one_or(mut filters: Vec<Filter>, several: fn(Vec<Filter>) -> Filter) -> Filter {
    match filters.pop() {
        Some(only) if filters.is_empty() => only,
        Some(last) => {
            filters.push(last);
            several(filters)
        }
        None => several(filters),
    }
}
