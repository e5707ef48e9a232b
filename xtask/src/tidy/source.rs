//! Rules about one source file.

use std::path::Path;

/// A file is read in one sitting; past this it is split by concept.
const MAX_LINES: usize = 500;

/// Drawers that collect what nobody named.
const DRAWERS: [&str; 7] = [
    "manager", "helper", "helpers", "util", "utils", "common", "core",
];

/// Marks of work left undone: it goes into an issue, or is done.
const UNDONE: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
];

pub(super) struct SourceFile<'a> {
    /// Relative to the root of the repository.
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl SourceFile<'_> {
    pub(super) fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        let lines = self.text.lines().count();
        if self.is_counted() && lines > MAX_LINES {
            complaints.push(self.at(
                MAX_LINES,
                &format!("{lines} lines; split the file, {MAX_LINES} is the limit"),
            ));
        }
        if !self.text.starts_with("//!") {
            complaints.push(self.at(1, "a file begins with `//!` and says what it is"));
        }
        if self.stem().is_some_and(|stem| DRAWERS.contains(&stem)) {
            complaints.push(self.at(1, "name the file after the concept in it"));
        }
        for (index, line) in self.text.lines().enumerate() {
            if let Some(mark) = UNDONE.iter().find(|mark| line.contains(*mark)) {
                complaints.push(self.at(index + 1, &format!("`{mark}`: do it, or write an issue")));
            }
            if self.allows_without_reason(index, line) {
                complaints.push(self.at(
                    index + 1,
                    "an exception needs a reason: #[expect(…, reason = \"…\")]",
                ));
            }
        }
        complaints
    }

    /// Tests may be as long as they need; generated files are nobody's prose.
    pub(super) fn is_counted(&self) -> bool {
        let in_tests = self
            .path
            .components()
            .any(|part| part.as_os_str() == "tests");
        let generated =
            self.path.starts_with("crates/landline-api/src") && self.stem() != Some("lib");
        !in_tests && !generated && self.stem() != Some("tests")
    }

    fn allows_without_reason(&self, index: usize, line: &str) -> bool {
        let start = line.trim_start();
        if !["#[allow(", "#![allow(", "#[expect(", "#![expect("]
            .iter()
            .any(|opening| start.starts_with(opening))
        {
            return false;
        }
        let rest: Vec<_> = self.text.lines().skip(index).collect();
        let attribute = rest.join("\n");
        let end = attribute.find(")]").unwrap_or(attribute.len());
        !attribute[..end].contains("reason")
    }

    fn stem(&self) -> Option<&str> {
        self.path.file_stem()?.to_str()
    }

    fn at(&self, line: usize, complaint: &str) -> String {
        format!("{}:{line}: {complaint}", self.path.display())
    }
}
