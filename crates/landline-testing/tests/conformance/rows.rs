//! The rows of the table of what trips users of WebSocket APIs up: each is a comment, `C` and its
//! number, on the test that shows it.

use std::fs;
use std::path::Path;

/// How many rows there are.
const ROWS: usize = 64;

#[test]
fn every_row_is_shown_by_a_test() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sources = String::new();
    for folder in [
        "landline-testing/tests",
        "landline-gateway/src",
        // What becomes of a handler that does not wait.
        "landline-lambda/src/tests",
    ] {
        read(&crates.join(folder), &mut sources);
    }
    let is_shown = |row: usize| {
        let tag = format!("C{row:02}");
        let mut tags = sources.match_indices(&tag);
        tags.any(|(at, _)| {
            let line = sources[..at].rsplit('\n').next().unwrap_or_default();
            line.trim_start().starts_with("//")
        })
    };
    let missing: Vec<usize> = (1..=ROWS).filter(|row| !is_shown(*row)).collect();
    assert!(missing.is_empty(), "no test shows the rows {missing:?}");
}

fn read(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, sources);
        } else if path.extension().is_some_and(|it| it == "rs") {
            sources.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
