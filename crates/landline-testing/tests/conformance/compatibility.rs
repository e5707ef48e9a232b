//! docs/compatibility.md lists exactly the operations that a node answers: this test writes it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use landline_api::SERVICES;
use landline_testing::Node;

const HEADER: &str = "\
# Compatibility

The operations of AWS's APIs that Landline answers. A test writes this page from the handlers of a running node; what is
not listed answers as unknown, the way AWS does it.
";

#[tokio::test]
async fn the_compatibility_page_lists_what_a_node_answers() {
    let node = Node::start().await;
    let mut page = HEADER.to_owned();
    for service in SERVICES {
        writeln!(page, "\n## {}\n", service.name).unwrap();
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

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/compatibility.md");
    if fs::read_to_string(&path).unwrap_or_default() != page {
        fs::write(&path, page).unwrap();
        panic!("docs/compatibility.md was not true any more and has been written anew: commit it");
    }
}
