//! Nodes of the tree that are made of others: steps that become one path, and what operators are called.

use serde_json::Value;

use super::Trouble;
use super::tree::{Node, Operator, Path, Step};

pub(super) fn binary(operator: &str) -> Option<Operator> {
    Some(match operator {
        "+" => Operator::Add,
        "-" => Operator::Subtract,
        "*" => Operator::Multiply,
        "/" => Operator::Divide,
        "%" => Operator::Remainder,
        "=" => Operator::Equal,
        "!=" => Operator::Unequal,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        "and" => Operator::And,
        "or" => Operator::Or,
        "in" => Operator::In,
        "&" => Operator::Concatenate,
        ".." => Operator::Range,
        _ => return None,
    })
}

pub(super) fn named(name: String) -> Node {
    step(Node::Name(name))
}

/// A path of one step.
pub(super) fn step(node: Node) -> Node {
    Node::Path(Path {
        steps: vec![Step {
            node,
            filters: Vec::new(),
        }],
        ..Path::default()
    })
}

pub(super) fn as_path(node: Node) -> Path {
    match node {
        Node::Path(path) => path,
        Node::KeepArray(inner) => {
            let mut path = as_path(*inner);
            path.keeps_singleton = true;
            path
        }
        Node::Filtered(base, filters) => Path {
            steps: vec![Step {
                node: *base,
                filters,
            }],
            ..Path::default()
        },
        other => Path {
            steps: vec![Step {
                node: other,
                filters: Vec::new(),
            }],
            ..Path::default()
        },
    }
}

/// `left.right`, as one path.
pub(super) fn joined(left: Node, right: Node) -> Result<Node, Trouble> {
    let mut path = as_path(left);
    let mut rest = as_path(right);
    for step in &mut rest.steps {
        match &step.node {
            // A text in quotes is the name of a member here.
            Node::Literal(Value::String(name)) => step.node = Node::Name(name.clone()),
            Node::Literal(other) => {
                let text = format!(
                    "The literal value {other} cannot be used as a step within a path expression"
                );
                return Err(Trouble::new("S0213", text));
            }
            _ => {}
        }
    }
    path.steps.append(&mut rest.steps);
    path.keeps_singleton |= rest.keeps_singleton;
    path.group = rest.group;
    let last = path.steps.len() - 1;
    for at in [0, last] {
        if let Node::Array { is_constructed, .. } = &mut path.steps[at].node {
            *is_constructed = true;
        }
    }
    Ok(Node::Path(path))
}

pub(super) fn grouped(left: Node, pairs: Vec<(Node, Node)>) -> Result<Node, Trouble> {
    match left {
        Node::Path(path) if path.group.is_some() => {
            let text = "Each step can only have one grouping expression";
            Err(Trouble::new("S0210", text))
        }
        Node::Path(mut path) => {
            path.group = Some(pairs);
            Ok(Node::Path(path))
        }
        other => Ok(Node::Grouped(Box::new(other), pairs)),
    }
}
