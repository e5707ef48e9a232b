//! Reading XML, as S3's requests have it: elements, text, and nothing that could be large
//! or lead elsewhere. Document types are refused.

/// An element with what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, without a namespace's prefix.
    pub name: String,
    /// Its text, the blanks between elements left out.
    pub text: String,
    /// The elements in it, in their order.
    pub children: Vec<Element>,
}

impl Element {
    /// The first element of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All elements of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first element of that name.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }
}

/// Why a text is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the document is not well-formed: {0}")]
pub struct Malformed(&'static str);

/// Reads a document and gives its root.
///
/// # Errors
///
/// When it is not well-formed, or has elements in more than 32 levels.
pub fn parse(text: &str) -> Result<Element, Malformed> {
    let mut reader = Reader { rest: text };
    let mut open: Vec<Element> = Vec::new();
    loop {
        match reader.next()? {
            Piece::Text(text) => match open.last_mut() {
                Some(element) => element.text.push_str(&text),
                None if text.trim().is_empty() => {}
                None => return Err(Malformed("text outside of the root")),
            },
            Piece::Open { name, is_empty } => {
                if open.len() >= DEPTH_MAX {
                    return Err(Malformed("elements are nested too deep"));
                }
                open.push(Element {
                    name: local(name).to_owned(),
                    ..Element::default()
                });
                if is_empty && let Some(root) = close(&mut open, local(name))? {
                    return reader.ended_by(root);
                }
            }
            Piece::Close(name) => {
                if let Some(root) = close(&mut open, local(name))? {
                    return reader.ended_by(root);
                }
            }
        }
    }
}

/// Ends the innermost element; the root is given.
fn close(open: &mut Vec<Element>, name: &str) -> Result<Option<Element>, Malformed> {
    let Some(mut element) = open.pop().filter(|element| element.name == name) else {
        return Err(Malformed("an end tag without its start tag"));
    };
    if !element.children.is_empty() && element.text.trim().is_empty() {
        element.text.clear();
    }
    match open.last_mut() {
        Some(parent) => {
            parent.children.push(element);
            Ok(None)
        }
        None => Ok(Some(element)),
    }
}

enum Piece<'a> {
    Text(String),
    Open { name: &'a str, is_empty: bool },
    Close(&'a str),
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Piece<'a>, Malformed> {
        loop {
            if self.rest.is_empty() {
                return Err(Malformed("it ends too early"));
            }
            if let Some(rest) = self.rest.strip_prefix("<?") {
                self.rest = after(rest, "?>")?;
            } else if let Some(rest) = self.rest.strip_prefix("<!--") {
                self.rest = after(rest, "-->")?;
            } else if let Some(rest) = self.rest.strip_prefix("<![CDATA[") {
                let end = rest.find("]]>").ok_or(Malformed("CDATA without an end"))?;
                self.rest = &rest[end + 3..];
                return Ok(Piece::Text(rest[..end].to_owned()));
            } else if self.rest.starts_with("<!") {
                return Err(Malformed("it has a document type"));
            } else if let Some(rest) = self.rest.strip_prefix("</") {
                let end = rest.find('>').ok_or(Malformed("a tag without an end"))?;
                self.rest = &rest[end + 1..];
                return Ok(Piece::Close(rest[..end].trim_end()));
            } else if let Some(rest) = self.rest.strip_prefix('<') {
                return self.open(rest);
            } else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Ok(Piece::Text(unescape(text)?));
            }
        }
    }

    fn open(&mut self, tag: &'a str) -> Result<Piece<'a>, Malformed> {
        let mut quote = None;
        for (at, character) in tag.char_indices() {
            match (quote, character) {
                (Some(open), close) if open == close => quote = None,
                (None, '"' | '\'') => quote = Some(character),
                (None, '>') => {
                    let inside = &tag[..at];
                    self.rest = &tag[at + 1..];
                    let is_empty = inside.ends_with('/');
                    let inside = inside.strip_suffix('/').unwrap_or(inside);
                    let name = inside.split_whitespace().next().unwrap_or_default();
                    if name.is_empty() || inside.starts_with(char::is_whitespace) {
                        return Err(Malformed("a tag without a name"));
                    }
                    return Ok(Piece::Open { name, is_empty });
                }
                _ => {}
            }
        }
        Err(Malformed("a tag without an end"))
    }

    /// Nothing but blanks and comments may follow the root.
    fn ended_by(mut self, root: Element) -> Result<Element, Malformed> {
        loop {
            self.rest = self.rest.trim_start();
            match self.rest.strip_prefix("<!--") {
                Some(rest) => self.rest = after(rest, "-->")?,
                None if self.rest.is_empty() => return Ok(root),
                None => return Err(Malformed("something follows the root")),
            }
        }
    }
}

fn after<'a>(text: &'a str, end: &str) -> Result<&'a str, Malformed> {
    let at = text.find(end).ok_or(Malformed("it ends too early"))?;
    Ok(&text[at + end.len()..])
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn unescape(text: &str) -> Result<String, Malformed> {
    if !text.contains('&') {
        return Ok(text.to_owned());
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';').ok_or(Malformed("a lone ampersand"))?;
        let name = &rest[at + 1..at + end];
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => reference(name).ok_or(Malformed("an unknown entity"))?,
        });
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

/// `#65` or `#x41`.
fn reference(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(code)
}

/// Far deeper than any request of S3.
const DEPTH_MAX: usize = 32;

#[cfg(test)]
mod tests;
