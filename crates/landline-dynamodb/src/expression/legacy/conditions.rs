//! `Expected`, `QueryFilter`, `ScanFilter` and `KeyConditions`: one comparison for each attribute.

use std::collections::BTreeMap;

use landline_api::dynamodb::{
    self, ComparisonOperator, ConditionalOperator, ExpectedAttributeValue,
};

use super::invalid;
use crate::expression::ExpressionError;
use crate::expression::condition::{Comparator, Condition, Node, Operand};
use crate::expression::key_condition::{KeyCondition, KeyTest, SortCondition};
use crate::expression::path::DocumentPath;
use crate::value::{AttributeType, AttributeValue, ValueError, compare_scalars};

/// `Expected` of a conditional write.
pub fn expected(
    expected: BTreeMap<String, ExpectedAttributeValue>,
    operator: Option<&ConditionalOperator>,
) -> Result<Condition, ExpressionError> {
    let mut tests = Vec::new();
    for (name, expectation) in expected {
        let node = expectation_node(&name, expectation)?;
        tests.push((name, node));
    }
    Ok(joined(tests, operator))
}

/// `QueryFilter` and `ScanFilter`.
pub fn filter(
    filter: BTreeMap<String, dynamodb::Condition>,
    operator: Option<&ConditionalOperator>,
) -> Result<Condition, ExpressionError> {
    let mut tests = Vec::new();
    for (name, condition) in filter {
        let operands = checked_operands(
            condition.attribute_value_list,
            &condition.comparison_operator,
        )?;
        tests.push((
            name.clone(),
            node(&name, &condition.comparison_operator, operands),
        ));
    }
    Ok(joined(tests, operator))
}

/// `KeyConditions` of a Query.
pub fn key_conditions(
    conditions: BTreeMap<String, dynamodb::Condition>,
) -> Result<KeyCondition, ExpressionError> {
    let mut tests = Vec::new();
    for (name, condition) in conditions {
        let operands = checked_operands(
            condition.attribute_value_list,
            &condition.comparison_operator,
        )?;
        tests.push((name, key_test(&condition.comparison_operator, operands)));
    }
    Ok(KeyCondition::of(tests))
}

fn joined(tests: Vec<(String, Node)>, operator: Option<&ConditionalOperator>) -> Condition {
    let paths = tests
        .iter()
        .map(|(name, _)| DocumentPath::attribute(name))
        .collect();
    let nodes: Vec<Node> = tests.into_iter().map(|(_, node)| node).collect();
    // Without a single test both joins must let everything pass.
    let any = operator == Some(&ConditionalOperator::Or) && !nodes.is_empty();
    Condition::of(
        if any {
            Node::Or(nodes)
        } else {
            Node::And(nodes)
        },
        paths,
    )
}

fn expectation_node(
    name: &str,
    expectation: ExpectedAttributeValue,
) -> Result<Node, ExpressionError> {
    let ExpectedAttributeValue {
        value,
        exists,
        comparison_operator,
        attribute_value_list,
    } = expectation;
    if attribute_value_list.is_some() && value.is_some() {
        return Err(invalid(&format!(
            "Value and AttributeValueList cannot be used together for Attribute: {name}"
        )));
    }
    let Some(operator) = comparison_operator else {
        if attribute_value_list.is_some() {
            let reason = format!(
                "AttributeValueList can only be used with a ComparisonOperator for Attribute: {name}"
            );
            return Err(invalid(&reason));
        }
        return existence_node(name, value, exists);
    };
    if exists.is_some() {
        return Err(invalid(&format!(
            "Exists and ComparisonOperator cannot be used together for Attribute: {name}"
        )));
    }
    let takes_none = matches!(
        operator,
        ComparisonOperator::Null | ComparisonOperator::NotNull
    );
    if !takes_none && attribute_value_list.is_none() && value.is_none() {
        let operator = operator.as_str();
        return Err(invalid(&format!(
            "Value or AttributeValueList must be used with ComparisonOperator: {operator} for Attribute: {name}"
        )));
    }
    let list = attribute_value_list.or_else(|| value.map(|value| vec![value]));
    let operands = checked_operands(list, &operator)?;
    Ok(node(name, &operator, operands))
}

/// The oldest form: the attribute has this value, or is not there.
fn existence_node(
    name: &str,
    value: Option<dynamodb::AttributeValue>,
    exists: Option<bool>,
) -> Result<Node, ExpressionError> {
    match (exists, value) {
        (None | Some(true), Some(value)) => {
            let value = AttributeValue::try_from(value)?;
            Ok(Node::Compare(
                Comparator::Equal,
                path(name),
                Operand::Value(value),
            ))
        }
        (None | Some(true), None) => {
            let shown = exists.map_or_else(|| "null".to_owned(), |exists| exists.to_string());
            Err(invalid(&format!(
                "Value must be provided when Exists is {shown} for Attribute: {name}"
            )))
        }
        (Some(false), Some(_)) => Err(invalid(&format!(
            "Value cannot be used when Exists is false for Attribute: {name}"
        ))),
        (Some(false), None) => Ok(Node::NotExists(path(name))),
    }
}

/// The operands of an operator: as many as it takes, of one type, and of a type that it compares.
fn checked_operands(
    list: Option<Vec<dynamodb::AttributeValue>>,
    operator: &ComparisonOperator,
) -> Result<Vec<AttributeValue>, ExpressionError> {
    let converted: Result<Vec<AttributeValue>, ValueError> = list
        .unwrap_or_default()
        .into_iter()
        .map(AttributeValue::try_from)
        .collect();
    let operands = converted?;
    let (least, most) = operand_counts(operator);
    if operands.len() < least || operands.len() > most {
        let operator = operator.as_str();
        return Err(invalid(&format!(
            "Invalid number of argument(s) for the {operator} ComparisonOperator"
        )));
    }
    let Some(first) = operands.first() else {
        return Ok(operands);
    };
    if operands
        .iter()
        .any(|operand| operand.attribute_type() != first.attribute_type())
    {
        return Err(invalid(
            "AttributeValues inside AttributeValueList must be of same type",
        ));
    }
    let kind = first.attribute_type();
    if !compares(operator, kind) {
        return Err(invalid(&format!(
            "ComparisonOperator {} is not valid for {} AttributeValue type",
            operator.as_str(),
            kind.as_str()
        )));
    }
    if let (ComparisonOperator::Between, [low, high]) = (operator, operands.as_slice())
        && compare_scalars(low, high).is_some_and(std::cmp::Ordering::is_gt)
    {
        return Err(ExpressionError::new(
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
        ));
    }
    Ok(operands)
}

fn operand_counts(operator: &ComparisonOperator) -> (usize, usize) {
    match operator {
        ComparisonOperator::Null | ComparisonOperator::NotNull => (0, 0),
        // Only expressions have a limit of a hundred; here the size of the request is the limit.
        ComparisonOperator::In => (1, usize::MAX),
        ComparisonOperator::Between => (2, 2),
        _ => (1, 1),
    }
}

fn compares(operator: &ComparisonOperator, kind: AttributeType) -> bool {
    match operator {
        ComparisonOperator::Eq | ComparisonOperator::Ne => true,
        ComparisonOperator::BeginsWith => matches!(kind, AttributeType::S | AttributeType::B),
        _ => kind.is_scalar_key(),
    }
}

fn node(name: &str, operator: &ComparisonOperator, operands: Vec<AttributeValue>) -> Node {
    let mut values = operands.into_iter().map(Operand::Value);
    let tested = path(name);
    // Only NULL and NOT_NULL come without a value, and they use none.
    let mut next = || {
        values
            .next()
            .unwrap_or(Operand::Value(AttributeValue::Null))
    };
    match operator {
        ComparisonOperator::Eq => Node::Compare(Comparator::Equal, tested, next()),
        ComparisonOperator::Ne => Node::Compare(Comparator::NotEqual, tested, next()),
        ComparisonOperator::Le => Node::Compare(Comparator::LessOrEqual, tested, next()),
        ComparisonOperator::Lt => Node::Compare(Comparator::Less, tested, next()),
        ComparisonOperator::Ge => Node::Compare(Comparator::GreaterOrEqual, tested, next()),
        ComparisonOperator::Gt => Node::Compare(Comparator::Greater, tested, next()),
        ComparisonOperator::NotNull => Node::Exists(tested),
        ComparisonOperator::Null | ComparisonOperator::Unrecognized(_) => Node::NotExists(tested),
        ComparisonOperator::Contains => Node::Contains(tested, next()),
        // An attribute that is not there does not "not contain" anything.
        ComparisonOperator::NotContains => {
            let contains = Node::Contains(tested.clone(), next());
            Node::And(vec![Node::Exists(tested), Node::Not(Box::new(contains))])
        }
        ComparisonOperator::BeginsWith => Node::BeginsWith(tested, next()),
        ComparisonOperator::In => Node::In(tested, values.collect()),
        ComparisonOperator::Between => {
            let low = next();
            Node::Between(tested, low, next())
        }
    }
}

fn key_test(operator: &ComparisonOperator, operands: Vec<AttributeValue>) -> KeyTest {
    let mut operands = operands.into_iter();
    let (Some(first), second) = (operands.next(), operands.next()) else {
        return KeyTest::NotIndexable;
    };
    let condition = match (operator, second) {
        (ComparisonOperator::Eq, _) => SortCondition::Equal(first),
        (ComparisonOperator::Le, _) => SortCondition::LessOrEqual(first),
        (ComparisonOperator::Lt, _) => SortCondition::Less(first),
        (ComparisonOperator::Ge, _) => SortCondition::GreaterOrEqual(first),
        (ComparisonOperator::Gt, _) => SortCondition::Greater(first),
        (ComparisonOperator::BeginsWith, _) => SortCondition::BeginsWith(first),
        (ComparisonOperator::Between, Some(second)) => SortCondition::Between(first, second),
        _ => return KeyTest::NotIndexable,
    };
    KeyTest::Sort(condition)
}

fn path(name: &str) -> Operand {
    Operand::Path(DocumentPath::attribute(name))
}
