//! Orders and circles of small graphs.

use super::*;

fn graph(edges: &[(&str, &[&str])]) -> Result<Graph, Circle> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Graph::new(
        edges
            .iter()
            .map(|(name, needed)| ((*name).to_owned(), owned(needed)))
            .collect(),
    )
}

#[test]
fn levels_hold_what_can_be_made_at_once() {
    let graph = graph(&[
        ("Api", &[]),
        ("Fn", &["Role", "Table"]),
        ("Role", &[]),
        ("Route", &["Api", "Fn"]),
        ("Table", &["NotThere"]),
    ])
    .unwrap();
    assert_eq!(
        graph.levels(),
        [vec!["Api", "Role", "Table"], vec!["Fn"], vec!["Route"]]
    );
    assert_eq!(
        graph.order().collect::<Vec<_>>(),
        ["Api", "Role", "Table", "Fn", "Route"]
    );
    assert_eq!(
        graph.reversed().levels(),
        [vec!["Route"], vec!["Api", "Fn"], vec!["Role", "Table"]]
    );
}

#[test]
fn a_circle_names_its_members_and_nobody_else() {
    let circle = graph(&[
        ("A", &["B"]),
        ("B", &["A"]),
        ("Before", &[]),
        ("After", &["A"]),
    ])
    .unwrap_err();
    assert_eq!(
        circle.to_string(),
        "Circular dependency between resources: [A, B]"
    );
    assert_eq!(
        graph(&[("A", &["A"])]).unwrap_err(),
        Circle(vec!["A".to_owned()])
    );
}
