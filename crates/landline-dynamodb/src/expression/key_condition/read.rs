//! From a condition to conditions on keys: what the language allows, but a Query cannot be asked.

use super::{KeyTest, SortCondition};
use crate::expression::condition::{Comparator, Node, Operand};
use crate::expression::path::DocumentPath;
use crate::value::AttributeValue;

pub(super) fn read(root: &Node) -> Result<Vec<(String, KeyTest)>, String> {
    let mut conditions = Vec::new();
    collect(root, &mut conditions)?;
    Ok(conditions)
}

fn collect(node: &Node, conditions: &mut Vec<(String, KeyTest)>) -> Result<(), String> {
    if let Node::And(members) = node {
        return members
            .iter()
            .try_for_each(|member| collect(member, conditions));
    }
    let (name, test) = leaf(node)?;
    if conditions.iter().any(|(present, _)| *present == name) {
        return Err("KeyConditionExpressions must only contain one condition per key".to_owned());
    }
    conditions.push((name, KeyTest::Sort(test)));
    Ok(())
}

fn leaf(node: &Node) -> Result<(String, SortCondition), String> {
    match node {
        Node::Compare(Comparator::NotEqual, ..) => Err(operator("<>")),
        Node::Or(_) => Err(operator("OR")),
        Node::Not(_) => Err(operator("NOT")),
        Node::In(..) => Err(operator("IN")),
        Node::Exists(_) => Err(operator("attribute_exists")),
        Node::NotExists(_) => Err(operator("attribute_not_exists")),
        Node::HasType(..) => Err(operator("attribute_type")),
        Node::Contains(..) => Err(operator("contains")),
        Node::And(_) => Err(operator("AND")),
        Node::Compare(comparator, left, right) => comparison(*comparator, left, right),
        Node::Between(tested, low, high) => {
            let name = first_operand(tested, "BETWEEN")?;
            Ok((
                name,
                SortCondition::Between(constant(low)?, constant(high)?),
            ))
        }
        Node::BeginsWith(tested, prefix) => {
            let name = first_operand(tested, "begins_with")?;
            Ok((name, SortCondition::BeginsWith(constant(prefix)?)))
        }
    }
}

/// The key may stand on either side.
fn comparison(
    comparator: Comparator,
    left: &Operand,
    right: &Operand,
) -> Result<(String, SortCondition), String> {
    let (name, value, comparator) = match (left, right) {
        (Operand::Path(path), right) => (attribute(path)?, constant(right)?, comparator),
        (left, Operand::Path(path)) => {
            let value = constant(left)?;
            (attribute(path)?, value, mirrored(comparator))
        }
        (Operand::Size(_), _) | (_, Operand::Size(_)) => return Err(NESTED_OPERATION.to_owned()),
        _ => {
            return Err(
                "Invalid condition in KeyConditionExpression: No key attribute specified"
                    .to_owned(),
            );
        }
    };
    let condition = match comparator {
        Comparator::Equal | Comparator::NotEqual => SortCondition::Equal(value),
        Comparator::Less => SortCondition::Less(value),
        Comparator::LessOrEqual => SortCondition::LessOrEqual(value),
        Comparator::Greater => SortCondition::Greater(value),
        Comparator::GreaterOrEqual => SortCondition::GreaterOrEqual(value),
    };
    Ok((name, condition))
}

fn mirrored(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::Less => Comparator::Greater,
        Comparator::LessOrEqual => Comparator::GreaterOrEqual,
        Comparator::Greater => Comparator::Less,
        Comparator::GreaterOrEqual => Comparator::LessOrEqual,
        same => same,
    }
}

fn first_operand(tested: &Operand, operator: &str) -> Result<String, String> {
    match tested {
        Operand::Path(path) => attribute(path),
        Operand::Size(_) => Err(NESTED_OPERATION.to_owned()),
        Operand::Value(_) => Err(format!(
            "Invalid condition in KeyConditionExpression: {operator} operator must have the key attribute as its first operand"
        )),
    }
}

fn constant(operand: &Operand) -> Result<AttributeValue, String> {
    match operand {
        Operand::Value(value) => Ok(value.clone()),
        Operand::Size(_) => Err(NESTED_OPERATION.to_owned()),
        Operand::Path(_) => {
            Err("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition".to_owned())
        }
    }
}

fn attribute(path: &DocumentPath) -> Result<String, String> {
    if path.is_nested() {
        return Err(
            "KeyConditionExpressions cannot have conditions on nested attributes".to_owned(),
        );
    }
    Ok(path.root().to_owned())
}

fn operator(name: &str) -> String {
    format!("Invalid operator used in KeyConditionExpression: {name}")
}

const NESTED_OPERATION: &str = "KeyConditionExpressions cannot contain nested operations";
