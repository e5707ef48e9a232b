//! Sets: never empty, no member twice; the order of members means nothing.

use std::collections::HashSet;
use std::hash::Hash;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::{AttributeValue, ValueError};
use crate::number::Number;

/// An `SS` value, or why it is none.
pub fn string_set(members: Vec<String>) -> Result<AttributeValue, ValueError> {
    if members.is_empty() {
        return Err(invalid("An string set  may not be empty"));
    }
    if has_duplicates(&members) {
        return Err(invalid(&format!(
            "Input collection [{}] contains duplicates.",
            members.join(", ")
        )));
    }
    Ok(AttributeValue::Ss(members))
}

/// An `NS` value; `1` and `1.0` are one member.
pub fn number_set(members: Vec<Number>) -> Result<AttributeValue, ValueError> {
    if members.is_empty() {
        return Err(invalid("An number set  may not be empty"));
    }
    if has_duplicates(&members) {
        return Err(ValueError::validation(
            "Input collection contains duplicates",
        ));
    }
    Ok(AttributeValue::Ns(members))
}

/// A `BS` value.
pub fn binary_set(members: Vec<Bytes>) -> Result<AttributeValue, ValueError> {
    if members.is_empty() {
        return Err(invalid("Binary sets should not be empty"));
    }
    if has_duplicates(&members) {
        let texts: Vec<String> = members.iter().map(|bytes| STANDARD.encode(bytes)).collect();
        // AWS forgets the blank before "of type".
        return Err(invalid(&format!(
            "Input collection [{}]of type BS contains duplicates.",
            texts.join(", ")
        )));
    }
    Ok(AttributeValue::Bs(members))
}

pub(crate) fn same_members<T: Eq + Hash>(a: &[T], b: &[T]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if a.len() <= LINEAR_LIMIT {
        return a.iter().all(|member| b.contains(member));
    }
    let members: HashSet<&T> = b.iter().collect();
    a.iter().all(|member| members.contains(member))
}

/// `ADD`: the members of both, those of `added` last.
pub(crate) fn union<T: Eq + Hash + Clone>(set: &mut Vec<T>, added: &[T]) {
    let present: HashSet<T> = set.iter().cloned().collect();
    set.extend(
        added
            .iter()
            .filter(|member| !present.contains(member))
            .cloned(),
    );
}

/// `DELETE`: without the members of `removed`.
pub(crate) fn difference<T: Eq + Hash>(set: &mut Vec<T>, removed: &[T]) {
    let removed: HashSet<&T> = removed.iter().collect();
    set.retain(|member| !removed.contains(member));
}

fn has_duplicates<T: Eq + Hash>(members: &[T]) -> bool {
    let mut seen = HashSet::with_capacity(members.len());
    members.iter().any(|member| !seen.insert(member))
}

fn invalid(reason: &str) -> ValueError {
    ValueError::Validation(format!(
        "One or more parameter values were invalid: {reason}"
    ))
}

/// Below this, comparing every pair is quicker than hashing.
const LINEAR_LIMIT: usize = 8;
