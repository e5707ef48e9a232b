//! The rules of the house that no compiler and no lint knows. They are also a test, so that nothing untidy lands.

mod crates;
mod links;
mod source;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::checkout;

pub(crate) fn run() -> Result<()> {
    let report = inspect(checkout::root())?;
    for complaint in &report.complaints {
        println!("{complaint}");
    }
    println!(
        "{} hand-written files, median {} lines, longest {}",
        report.files, report.median_lines, report.longest_lines
    );
    if !report.complaints.is_empty() {
        bail!(
            "{} breaches of the rules in CONTRIBUTING.md",
            report.complaints.len()
        );
    }
    Ok(())
}

/// What a look over the tree found.
#[derive(Debug)]
struct Report {
    complaints: Vec<String>,
    files: usize,
    median_lines: usize,
    longest_lines: usize,
}

fn inspect(root: &Path) -> Result<Report> {
    let mut complaints = crates::complaints(root)?;
    complaints.extend(links::complaints(root)?);
    let mut lengths = Vec::new();
    for path in rust_files(root)? {
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let file = source::SourceFile {
            path: path.strip_prefix(root).unwrap_or(&path),
            text: &text,
        };
        complaints.extend(file.complaints());
        if file.is_counted() {
            lengths.push(text.lines().count());
        }
    }
    lengths.sort_unstable();
    Ok(Report {
        complaints,
        files: lengths.len(),
        median_lines: lengths.get(lengths.len() / 2).copied().unwrap_or_default(),
        longest_lines: lengths.last().copied().unwrap_or_default(),
    })
}

/// Every Rust file of the workspace, sorted, so that the report is stable.
fn rust_files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut folders = vec![root.join("crates"), root.join("xtask")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in
            fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?
        {
            let path = entry?.path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
