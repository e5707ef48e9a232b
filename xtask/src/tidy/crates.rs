//! Which crate may know which: subsystems meet only through typed operations, and the foundations know nothing above them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const SUBSYSTEMS: [&str; 11] = [
    "landline-cloudformation",
    "landline-cognito",
    "landline-dynamodb",
    "landline-events",
    "landline-gateway",
    "landline-lambda",
    "landline-platform",
    "landline-s3",
    "landline-sns",
    "landline-sqs",
    "landline-states",
];

/// One complaint per dependency that the picture in ARCHITECTURE.md does not have.
pub(super) fn complaints(root: &Path) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(root.join("crates"))?.collect::<std::io::Result<_>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    for folder in folders {
        let name = folder.file_name().to_string_lossy().into_owned();
        let manifest = folder.path().join("Cargo.toml");
        let text = fs::read_to_string(&manifest)
            .with_context(|| format!("cannot read {}", manifest.display()))?;
        for dependency in own_dependencies(&text) {
            if !may_depend(&name, &dependency) {
                complaints.push(format!(
                    "crates/{name}/Cargo.toml: {name} must not depend on {dependency}"
                ));
            }
        }
    }
    Ok(complaints)
}

pub(super) fn may_depend(crate_name: &str, dependency: &str) -> bool {
    match crate_name {
        "landline-wire" | "landline-store" | "landline-bench" => false,
        "landline-api" => dependency == "landline-wire",
        "landline-fuzz" | "landline-testing" => true,
        "landline" => !matches!(dependency, "landline-fuzz" | "landline-testing"),
        subsystem if SUBSYSTEMS.contains(&subsystem) => {
            matches!(
                dependency,
                "landline-api" | "landline-store" | "landline-wire"
            )
        }
        _ => false,
    }
}

/// The crates of this workspace that a manifest names under any kind of dependencies. A line is all it takes:
/// the house writes `landline-wire.workspace = true`.
pub(super) fn own_dependencies(manifest: &str) -> Vec<String> {
    let mut in_dependencies = false;
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            in_dependencies = line.trim_matches(['[', ']']).ends_with("dependencies");
        } else if in_dependencies && line.starts_with("landline") {
            let end = line
                .find(|letter: char| !(letter.is_alphanumeric() || letter == '-'))
                .unwrap_or(line.len());
            found.push(line[..end].to_owned());
        }
    }
    found
}
