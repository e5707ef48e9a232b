//! The grammar of selection expressions.

use super::{InvalidExpression, Segment, SelectionExpression, Term};

/// Where an expression stands, and so what it may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At an API, a route or an integration: the message alone.
    Request,
    /// At an integration response: the backend's answer too.
    Response,
}

pub(super) fn parse(text: &str, place: Place) -> Result<SelectionExpression, InvalidExpression> {
    let mut terms = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '$']) {
        literal.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(escaped) = rest.strip_prefix("\\$") {
            literal.push('$');
            rest = escaped;
        } else if let Some(after) = rest.strip_prefix('\\') {
            literal.push('\\');
            rest = after;
        } else {
            let (variable, after) = split_variable(&rest[1..])?;
            rest = after;
            if variable == "default" {
                // Authors often leave out the backslash, and nothing else can be meant.
                literal.push_str("$default");
                continue;
            }
            if !literal.is_empty() {
                terms.push(Term::Literal(std::mem::take(&mut literal)));
            }
            terms.push(term(variable, place)?);
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        terms.push(Term::Literal(literal));
    }
    Ok(SelectionExpression { terms })
}

/// What a variable without its dollar names.
fn term(variable: &str, place: Place) -> Result<Term, InvalidExpression> {
    let answer = variable.strip_prefix("integration.response.");
    match answer.filter(|_| place == Place::Response) {
        Some("statuscode") => Ok(Term::StatusCode),
        Some(answer) => answer
            .strip_prefix("header.")
            .or_else(|| answer.strip_prefix("multivalueheader."))
            .filter(|name| !name.is_empty())
            .map(|name| Term::Header(name.to_owned()))
            .ok_or_else(|| InvalidExpression::UnsupportedVariable(variable.to_owned())),
        None => body_path(variable).map(Term::Body),
    }
}

/// Splits what follows a `$` into the variable and the text after it. Braces only delimit.
fn split_variable(text: &str) -> Result<(&str, &str), InvalidExpression> {
    if let Some(braced) = text.strip_prefix('{') {
        let end = closing(braced, '}').ok_or_else(|| unterminated(text))?;
        return Ok((&braced[..end], &braced[end + 1..]));
    }
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let follows_name = chars.peek().is_some_and(|(_, next)| is_name(*next));
        if is_name(c) || (matches!(c, '-' | '.') && follows_name) {
            end = at + c.len_utf8();
        } else if c == '[' {
            let close = closing(&text[at + 1..], ']').ok_or_else(|| unterminated(text))?;
            end = at + 1 + close + 1;
            while chars.next_if(|(next, _)| *next < end).is_some() {}
        } else {
            break;
        }
    }
    Ok(text.split_at(end))
}

/// The place of `end` outside of quotes.
fn closing(text: &str, end: char) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == end => return Some(at),
            None if matches!(c, '\'' | '"') => quote = Some(c),
            _ => {}
        }
    }
    None
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '@'
}

/// Reads `request.body`, then `.name`, `['name']`, `["name"]` and `[index]`.
fn body_path(variable: &str) -> Result<Vec<Segment>, InvalidExpression> {
    let Some(mut rest) = variable.strip_prefix("request.body") else {
        return Err(InvalidExpression::UnsupportedVariable(variable.to_owned()));
    };
    let mut path = Vec::new();
    while !rest.is_empty() {
        let (segment, after) =
            segment(rest).ok_or_else(|| InvalidExpression::UnsupportedPath(variable.to_owned()))?;
        path.push(segment);
        rest = after;
    }
    Ok(path)
}

fn segment(text: &str) -> Option<(Segment, &str)> {
    if let Some(name) = text.strip_prefix('.') {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        let is_plain = !name.is_empty() && !name.contains('*');
        return is_plain.then(|| (Segment::Member(name.to_owned()), after));
    }
    let inside = text.strip_prefix('[')?;
    let end = closing(inside, ']')?;
    let (inside, after) = (inside[..end].trim(), &inside[end + 1..]);
    let quoted = ['\'', '"']
        .into_iter()
        .find_map(|quote| inside.strip_prefix(quote)?.strip_suffix(quote));
    let segment = match quoted {
        Some(name) => Segment::Member(name.to_owned()),
        None => Segment::Element(inside.parse().ok()?),
    };
    Some((segment, after))
}

fn unterminated(text: &str) -> InvalidExpression {
    InvalidExpression::Unterminated(text.to_owned())
}
