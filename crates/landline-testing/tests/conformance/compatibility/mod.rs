//! docs/compatibility.md says what a node can do: this test writes it.
//!
//! The operations are those that a running node answers; each feature names the test
//! that shows it, and a feature whose test is gone fails here.

mod around;
mod features;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use landline_api::SERVICES;
use landline_testing::Node;

use around::AROUND;
use features::{FEATURES, Feature, State};

const HEADER: &str = "\
# Compatibility

What Landline does of what AWS does. A test writes this page: the operations are those that a running node answers, and
each feature is shown by a test of the suite.
";

#[tokio::test]
async fn the_compatibility_page_says_what_a_node_does() {
    let node = Node::start().await;
    let mut page = HEADER.to_owned();
    write_features(&mut page);
    page.push_str(
        "\n## Operations\n\nWhat is not listed answers as unknown, the way AWS does it.\n",
    );
    for service in SERVICES {
        writeln!(page, "\n### {}\n", service.name).unwrap();
        let mut names: Vec<_> = service
            .operations
            .iter()
            .filter(|operation| node.answers(operation))
            .map(|operation| operation.name)
            .collect();
        names.sort_unstable();
        for name in names {
            writeln!(page, "- {name}").unwrap();
        }
    }
    node.stop().await;

    let path = root().join("docs/compatibility.md");
    if fs::read_to_string(&path).unwrap_or_default() != page {
        fs::write(&path, page).unwrap();
        panic!("docs/compatibility.md was not true any more and has been written anew: commit it");
    }
}

#[test]
fn each_feature_is_shown_by_a_test() {
    for feature in FEATURES.iter().chain(AROUND) {
        let Some((file, test)) = feature.shown_by else {
            assert!(
                matches!(feature.state, State::Missing(_)),
                "{} is shown by no test",
                feature.name
            );
            continue;
        };
        let source = fs::read_to_string(root().join(file));
        let source = source.unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(
            source.contains(test),
            "{file} has no test {test}, which shows {}",
            feature.name
        );
    }
}

fn write_features(page: &mut String) {
    let mut area = "";
    for feature in FEATURES.iter().chain(AROUND) {
        if feature.area != area {
            area = feature.area;
            writeln!(page, "\n## {area}\n\n| feature | state |\n|---|---|").unwrap();
        }
        writeln!(page, "| {} | {} |", feature.name, state(feature)).unwrap();
    }
}

fn state(feature: &Feature) -> String {
    match feature.state {
        State::AsAws => "as AWS".to_owned(),
        State::Differs(how) => format!("differs: {how}"),
        State::Missing(what) => format!("not there: {what}"),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
