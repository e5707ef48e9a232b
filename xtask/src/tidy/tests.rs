//! The tree is tidy, and the rules see what they should.

use std::path::Path;

use super::crates::{may_depend, own_dependencies};
use super::links::relative_links;
use super::source::SourceFile;
use crate::checkout;

#[test]
fn the_tree_is_tidy() {
    let report = super::inspect(checkout::root()).unwrap();
    assert!(
        report.complaints.is_empty(),
        "\n{}",
        report.complaints.join("\n")
    );
    assert!(
        report.median_lines <= 150,
        "the median file has {} lines",
        report.median_lines
    );
}

#[test]
fn a_file_without_a_header_is_refused() {
    check(
        "crates/landline/src/node.rs",
        "fn main() {}\n",
        &["crates/landline/src/node.rs:1: a file begins with"],
    );
}

#[test]
fn a_long_file_is_refused_unless_it_is_a_test_or_generated() {
    let long = format!("//! Long.\n{}", "\n".repeat(500));
    check(
        "crates/landline/src/node.rs",
        &long,
        &["crates/landline/src/node.rs:500: 501 lines"],
    );
    check("crates/landline/src/node/tests.rs", &long, &[]);
    check(
        "crates/landline-testing/tests/conformance/quotas.rs",
        &long,
        &[],
    );
    check("crates/landline-api/src/lambda.rs", &long, &[]);
}

#[test]
fn a_drawer_is_refused() {
    check(
        "crates/landline/src/util.rs",
        "//! Things.\n",
        &["name the file after the concept"],
    );
}

#[test]
fn an_exception_needs_a_reason() {
    let path = "crates/landline/src/node.rs";
    check(
        path,
        "//! Node.\n#[allow(dead_code)]\n",
        &["node.rs:2: an exception needs a reason"],
    );
    check(
        path,
        "//! Node.\n#[expect(\n    dead_code,\n    reason = \"soon\"\n)]\n",
        &[],
    );
}

#[test]
fn undone_work_is_refused() {
    let line = concat!("//! Node.\n// TO", "DO later\n");
    check("crates/landline/src/node.rs", line, &["node.rs:2: "]);
}

#[test]
fn subsystems_do_not_know_each_other() {
    assert!(may_depend("landline-gateway", "landline-wire"));
    assert!(may_depend("landline", "landline-gateway"));
    assert!(!may_depend("landline-gateway", "landline-lambda"));
    assert!(!may_depend("landline-wire", "landline-store"));
    assert!(!may_depend("landline", "landline-testing"));
}

#[test]
fn dependencies_are_read_from_every_table() {
    let manifest = "\
[package]
name = \"landline-gateway\"
[dependencies]
landline-api.workspace = true
bytes.workspace = true
[dev-dependencies]
landline-testing = { workspace = true }
";
    assert_eq!(
        own_dependencies(manifest),
        ["landline-api", "landline-testing"]
    );
}

#[test]
fn links_to_files_are_found_and_others_are_not() {
    let page =
        "see [a](docs/a.md#part), [web](https://example.org/x), [here](#below) and [b](../b.md)";
    assert_eq!(relative_links(page), ["docs/a.md", "../b.md"]);
}

fn check(path: &str, text: &str, expected: &[&str]) {
    let complaints = SourceFile {
        path: Path::new(path),
        text,
    }
    .complaints();
    assert_eq!(complaints.len(), expected.len(), "{complaints:?}");
    for (complaint, expected) in complaints.iter().zip(expected) {
        assert!(complaint.contains(expected), "{complaint}");
    }
}
