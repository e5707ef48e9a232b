//! From form to meaning: placeholders are looked up, functions and constants checked.
//!
//! AWS reports one fault, and not the first in the text: parentheses before functions before reserved words before what
//! is wrong inside a single comparison. So all faults are gathered, the first of each class is kept, and the gravest told.

use super::parse::Form;
use super::{Comparator, Node, Operand};
use crate::expression::MAX_IN_OPERANDS;
use crate::expression::path::DocumentPath;
use crate::expression::placeholders::Placeholders;
use crate::expression::syntax::{PathFaults, resolve_path, undefined_value};
use crate::value::{AttributeType, AttributeValue, compare_scalars};

/// The meaning of a form and all paths in it, or what is wrong with it.
pub(super) fn check(
    form: &Form<'_>,
    placeholders: &mut Placeholders,
) -> Result<(Node, Vec<DocumentPath>), String> {
    let mut checker = Checker {
        placeholders,
        paths: Vec::new(),
        faults: Faults::default(),
    };
    checker.refuse_size(form);
    let root = checker.condition(form);
    match checker.faults.gravest() {
        Some(fault) => Err(fault),
        None => Ok((root, checker.paths)),
    }
}

#[derive(Default)]
struct Faults {
    parentheses: Option<String>,
    unknown_function: Option<String>,
    misused_function: Option<String>,
    reserved: Option<String>,
    condition: Option<String>,
}

impl Faults {
    fn gravest(self) -> Option<String> {
        self.parentheses
            .or(self.unknown_function)
            .or(self.misused_function)
            .or(self.reserved)
            .or(self.condition)
    }
}

/// The faults inside one comparison or function, gravest first.
#[derive(Default)]
struct LeafFaults {
    undefined: Option<String>,
    operands: Option<String>,
    distinct: Option<String>,
    function: Option<String>,
}

struct Checker<'p> {
    placeholders: &'p mut Placeholders,
    paths: Vec<DocumentPath>,
    faults: Faults,
}

impl Checker<'_> {
    fn condition(&mut self, form: &Form<'_>) -> Node {
        match form {
            Form::Or(members) => Node::Or(self.conditions(members)),
            Form::And(members) => Node::And(self.conditions(members)),
            Form::Not(negated) => {
                self.refuse_size(negated);
                Node::Not(Box::new(self.condition(negated)))
            }
            Form::Group(inside) => {
                self.refuse_redundant(inside);
                self.condition(inside)
            }
            _ => {
                let mut leaf = LeafFaults::default();
                let node = self.leaf(form, &mut leaf);
                let fault = leaf
                    .undefined
                    .or(leaf.operands)
                    .or(leaf.distinct)
                    .or(leaf.function);
                self.faults.condition = self.faults.condition.take().or(fault);
                node
            }
        }
    }

    fn conditions(&mut self, members: &[Form<'_>]) -> Vec<Node> {
        for member in members {
            self.refuse_size(member);
        }
        members
            .iter()
            .map(|member| self.condition(member))
            .collect()
    }

    fn leaf(&mut self, form: &Form<'_>, faults: &mut LeafFaults) -> Node {
        match form {
            Form::Compare(comparator, left, right) => {
                let left = self.operand(left, faults);
                let right = self.operand(right, faults);
                refuse_same(
                    comparator.as_str(),
                    &left,
                    std::slice::from_ref(&right),
                    faults,
                );
                if !matches!(comparator, Comparator::Equal | Comparator::NotEqual) {
                    refuse_unordered(comparator.as_str(), &[&left, &right], faults);
                }
                Node::Compare(*comparator, left, right)
            }
            Form::Between(tested, low, high) => {
                let tested = self.operand(tested, faults);
                let low = self.operand(low, faults);
                let high = self.operand(high, faults);
                refuse_unordered("BETWEEN", &[&tested, &low, &high], faults);
                check_bounds(&low, &high, faults);
                Node::Between(tested, low, high)
            }
            Form::In(tested, list) => {
                let tested = self.operand(tested, faults);
                let list: Vec<Operand> = list
                    .iter()
                    .map(|member| self.operand(member, faults))
                    .collect();
                if list.len() > MAX_IN_OPERANDS {
                    let text = format!(
                        "The IN operator is provided with too many operands; number of operands: {}",
                        list.len()
                    );
                    faults.operands.get_or_insert(text);
                }
                Node::In(tested, list)
            }
            Form::Call(name, arguments) => self.call(name, arguments, faults),
            // The parser lets no bare operand stand where a condition must.
            _ => Node::Exists(self.operand(form, faults)),
        }
    }

    fn operand(&mut self, form: &Form<'_>, faults: &mut LeafFaults) -> Operand {
        match form {
            Form::Group(inside) => {
                self.refuse_redundant(inside);
                self.operand(inside, faults)
            }
            Form::Value(name) => {
                if let Some(value) = self.placeholders.value(name) {
                    Operand::Value(value.clone())
                } else {
                    faults
                        .undefined
                        .get_or_insert_with(|| undefined_value(name));
                    Operand::Path(DocumentPath::attribute(*name))
                }
            }
            Form::Path(path) => {
                let mut found = PathFaults::default();
                let path = resolve_path(path, self.placeholders, &mut found);
                self.faults.reserved = self.faults.reserved.take().or(found.reserved);
                faults.undefined = faults.undefined.take().or(found.undefined);
                self.paths.push(path.clone());
                Operand::Path(path)
            }
            Form::Call(name, arguments) => self.operand_call(name, arguments, faults),
            _ => Operand::Path(DocumentPath::attribute("")),
        }
    }

    /// Inside another expression `size` is the only function that stands for a value.
    fn operand_call(
        &mut self,
        name: &str,
        arguments: &[Form<'_>],
        faults: &mut LeafFaults,
    ) -> Operand {
        if name != "size" {
            self.call(name, arguments, faults);
            self.refuse_function(name);
            return Operand::Path(DocumentPath::attribute(""));
        }
        let mut operands = self.arguments(arguments, faults);
        self.check_arity(name, operands.len(), faults);
        let measured = operands.swap_remove(0);
        if let Some(kind @ (AttributeType::N | AttributeType::Bool | AttributeType::Null)) =
            measured.attribute_type()
        {
            faults
                .function
                .get_or_insert_with(|| operand_type(name, kind.as_str()));
        }
        Operand::Size(Box::new(measured))
    }

    fn call(&mut self, name: &str, arguments: &[Form<'_>], faults: &mut LeafFaults) -> Node {
        let mut operands = self.arguments(arguments, faults);
        if !self.check_arity(name, operands.len(), faults) {
            return Node::Exists(operands.swap_remove(0));
        }
        let first = operands.swap_remove(0);
        let second = operands.pop();
        if let Some(second) = &second {
            refuse_same(name, &first, std::slice::from_ref(second), faults);
        }
        match (name, second) {
            ("attribute_exists" | "attribute_not_exists", _) => {
                if !matches!(first, Operand::Path(_)) {
                    let text = format!(
                        "Operator or function requires a document path; operator or function: {name}"
                    );
                    faults.function.get_or_insert(text);
                }
                if name == "attribute_exists" {
                    Node::Exists(first)
                } else {
                    Node::NotExists(first)
                }
            }
            ("attribute_type", Some(second)) => attribute_type(first, &second, faults),
            ("begins_with", Some(second)) => {
                for operand in [&first, &second] {
                    if let Some(kind) = operand.attribute_type()
                        && !matches!(kind, AttributeType::S | AttributeType::B)
                    {
                        faults
                            .function
                            .get_or_insert_with(|| operand_type(name, kind.as_str()));
                    }
                }
                Node::BeginsWith(first, second)
            }
            ("contains", Some(second)) => Node::Contains(first, second),
            // `size` where a condition must stand: already refused.
            _ => Node::Exists(first),
        }
    }

    fn arguments(&mut self, arguments: &[Form<'_>], faults: &mut LeafFaults) -> Vec<Operand> {
        arguments
            .iter()
            .map(|argument| self.operand(argument, faults))
            .collect()
    }

    /// Whether the function exists and has this many operands.
    fn check_arity(&mut self, name: &str, given: usize, faults: &mut LeafFaults) -> bool {
        let wanted = match name {
            "attribute_exists" | "attribute_not_exists" | "size" => 1,
            "attribute_type" | "begins_with" | "contains" => 2,
            _ => {
                // These exist, but for updates.
                let fault = match name {
                    "if_not_exists" | "list_append" => "The function is not allowed in a condition",
                    _ => "Invalid function name",
                };
                self.faults
                    .unknown_function
                    .get_or_insert_with(|| format!("{fault}; function: {name}"));
                return false;
            }
        };
        if given != wanted {
            faults.operands.get_or_insert_with(|| {
                format!(
                    "Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {given}"
                )
            });
        }
        given == wanted
    }

    fn refuse_size(&mut self, form: &Form<'_>) {
        if let Form::Call("size", _) = form.inner() {
            self.refuse_function("size");
        }
    }

    fn refuse_function(&mut self, name: &str) {
        self.faults.misused_function.get_or_insert_with(|| {
            format!(
                "The function is not allowed to be used this way in an expression; function: {name}"
            )
        });
    }

    fn refuse_redundant(&mut self, inside: &Form<'_>) {
        if let Form::Group(_) = inside {
            self.faults
                .parentheses
                .get_or_insert_with(|| "The expression has redundant parentheses;".to_owned());
        }
    }
}

impl Operand {
    /// The type, where it is known before any item is.
    pub(in crate::expression) fn attribute_type(&self) -> Option<AttributeType> {
        match self {
            Operand::Path(_) => None,
            Operand::Value(value) => Some(value.attribute_type()),
            Operand::Size(_) => Some(AttributeType::N),
        }
    }
}

fn attribute_type(first: Operand, second: &Operand, faults: &mut LeafFaults) -> Node {
    if let Operand::Value(AttributeValue::S(name)) = second {
        let Some(kind) = AttributeType::from_name(name) else {
            faults.function.get_or_insert_with(|| {
                format!("Invalid attribute type name found; type: {name}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}")
            });
            return Node::Exists(first);
        };
        return Node::HasType(first, kind);
    }
    let given = second
        .attribute_type()
        .map_or("{NS,SS,L,BS,N,M,B,BOOL,NULL,S}", AttributeType::as_str);
    faults
        .function
        .get_or_insert_with(|| operand_type("attribute_type", given));
    Node::Exists(first)
}

fn operand_type(name: &str, given: &str) -> String {
    format!(
        "Incorrect operand type for operator or function; operator or function: {name}, operand type: {given}"
    )
}

fn refuse_same(operator: &str, first: &Operand, others: &[Operand], faults: &mut LeafFaults) {
    let Operand::Path(path) = first else { return };
    if others.contains(first) {
        faults.distinct.get_or_insert_with(|| {
            format!(
                "The first operand must be distinct from the remaining operands for this operator or function; \
                 operator: {operator}, first operand: {path}"
            )
        });
    }
}

/// Only strings, numbers and binary have an order.
fn refuse_unordered(operator: &str, operands: &[&Operand], faults: &mut LeafFaults) {
    for kind in operands
        .iter()
        .filter_map(|operand| operand.attribute_type())
    {
        if !kind.is_scalar_key() {
            faults.function.get_or_insert_with(|| {
                let kind = kind.as_str();
                format!("Incorrect operand type for operator or function; operator: {operator}, operand type: {kind}")
            });
        }
    }
}

fn check_bounds(low: &Operand, high: &Operand, faults: &mut LeafFaults) {
    let (Operand::Value(low), Operand::Value(high)) = (low, high) else {
        return;
    };
    let rule = if low.attribute_type() != high.attribute_type() {
        "same data type for lower and upper bounds"
    } else if compare_scalars(low, high).is_some_and(std::cmp::Ordering::is_gt) {
        "upper bound to be greater than or equal to lower bound"
    } else {
        return;
    };
    faults.function.get_or_insert_with(|| {
        format!(
            "The BETWEEN operator requires {rule}; lower bound operand: AttributeValue: {}, \
             upper bound operand: AttributeValue: {}",
            shown(low),
            shown(high)
        )
    });
}

/// A scalar as error messages show it: `{S:text}`.
fn shown(value: &AttributeValue) -> String {
    let text = match value {
        AttributeValue::S(text) => text.clone(),
        AttributeValue::N(number) => number.to_string(),
        other => {
            let json = other.to_json();
            json.split_once(':').map_or_else(String::new, |(_, rest)| {
                rest.trim_end_matches('}').trim_matches('"').to_owned()
            })
        }
    };
    format!("{{{}:{text}}}", value.attribute_type().as_str())
}
