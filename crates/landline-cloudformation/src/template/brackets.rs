//! What stands in brackets in a template, and how far it is indented. YAML wants it, and the closing bracket too, indented
//! more than the key that it belongs to; AWS does not ask, and people close brackets below the key that opened them.

use saphyr_parser::ScanError;

/// The text with the line indented further at which the parser stopped, if it stopped only because that line, in brackets,
/// is not indented enough. Between brackets the blanks before a line mean nothing.
pub(super) fn indent(text: &str, error: &ScanError) -> Option<String> {
    if !matches!(
        error.info(),
        "invalid indentation" | "invalid indentation in flow construct"
    ) {
        return None;
    }
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let refused = error.marker().line().checked_sub(1)?;
    let found = indentation(lines.get(refused)?);
    if found != error.marker().col() {
        return None;
    }
    let before = lines[..refused].iter().rev();
    let above = before.map(|line| line.trim_end()).find(|it| !it.is_empty());
    let wanted = above.map_or(0, indentation).max(found) + 1;
    let indented = " ".repeat(wanted - found) + lines[refused];
    lines[refused] = &indented;
    Some(lines.concat())
}

/// Whether the parser stopped at a bracket that closes.
pub(super) fn stopped_at_closing(text: &str, error: &ScanError) -> bool {
    let line = text.lines().nth(error.marker().line().saturating_sub(1));
    line.is_some_and(|line| line.trim_start().starts_with([']', '}']))
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
