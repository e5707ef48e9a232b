//! What the parsers of conditions and updates agree on: expressions in form only, placeholders not yet looked up.

use std::borrow::Cow;

use super::path::{DocumentPath, PathSegment};
use super::placeholders::Placeholders;
use super::reserved::is_reserved;

/// A path as written.
pub(super) type RawPath<'a> = Vec<RawSegment<'a>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RawSegment<'a> {
    Word(&'a str),
    Name(&'a str),
    Index(usize),
}

/// The faults that reading a path can bring to light. The parser goes on: AWS reports the gravest fault, not the first.
#[derive(Debug, Default)]
pub(super) struct PathFaults {
    pub(super) reserved: Option<String>,
    pub(super) undefined: Option<String>,
}

/// Looks up the `#name`s of a path and notes reserved words.
pub(super) fn resolve_path(
    raw: &[RawSegment<'_>],
    placeholders: &mut Placeholders,
    faults: &mut PathFaults,
) -> DocumentPath {
    let mut segments = Vec::with_capacity(raw.len());
    for segment in raw {
        let name = match segment {
            RawSegment::Index(index) => {
                segments.push(PathSegment::Index(*index));
                continue;
            }
            RawSegment::Word(word) => {
                if faults.reserved.is_none() && is_reserved(word) {
                    faults.reserved = Some(format!(
                        "Attribute name is a reserved keyword; reserved keyword: {word}"
                    ));
                }
                Cow::Borrowed(*word)
            }
            RawSegment::Name(name) => {
                if let Some(resolved) = placeholders.name(name) {
                    Cow::Owned(resolved.to_owned())
                } else {
                    faults.undefined.get_or_insert_with(|| {
                    format!("An expression attribute name used in the document path is not defined; attribute name: {name}")
                });
                    Cow::Borrowed(*name)
                }
            }
        };
        segments.push(PathSegment::Attribute(name.into_owned()));
    }
    DocumentPath::new(segments)
}

pub(super) fn undefined_value(name: &str) -> String {
    format!(
        "An expression attribute value used in expression is not defined; attribute value: {name}"
    )
}
