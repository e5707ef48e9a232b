//! From form to meaning; as with conditions, the gravest fault is told and not the first.

use super::parse::{Clause, Form, Section};
use super::{Action, Change, Source};
use crate::expression::path::DocumentPath;
use crate::expression::placeholders::Placeholders;
use crate::expression::projection::first_clash;
use crate::expression::syntax::{PathFaults, RawPath, resolve_path, undefined_value};
use crate::value::{AttributeType, AttributeValue};

/// The actions of an update and all paths that it names, or what is wrong with it.
pub(super) fn check(
    clauses: &[Clause<'_>],
    placeholders: &mut Placeholders,
) -> Result<(Vec<Action>, Vec<DocumentPath>), String> {
    let mut checker = Checker {
        placeholders,
        named: Vec::new(),
        faults: Faults::default(),
    };
    checker.check_sections(clauses);
    let actions: Vec<Action> = clauses
        .iter()
        .map(|clause| checker.action(clause))
        .collect();
    let named = checker.named;
    let mut faults = checker.faults;
    let written: Vec<DocumentPath> = actions.iter().map(|action| action.path.clone()).collect();
    faults.clash = first_clash(&written);
    match faults.gravest() {
        Some(fault) => Err(fault),
        None => Ok((actions, named)),
    }
}

#[derive(Default)]
struct Faults {
    paths: PathFaults,
    unknown_function: Option<String>,
    section: Option<String>,
    undefined_value: Option<String>,
    clash: Option<String>,
    operand: Option<String>,
    function: Option<String>,
}

impl Faults {
    fn gravest(self) -> Option<String> {
        self.paths
            .reserved
            .or(self.unknown_function)
            .or(self.section)
            .or(self.paths.undefined)
            .or(self.undefined_value)
            .or(self.clash)
            .or(self.operand)
            .or(self.function)
    }
}

struct Checker<'p> {
    placeholders: &'p mut Placeholders,
    named: Vec<DocumentPath>,
    faults: Faults,
}

impl Checker<'_> {
    fn check_sections(&mut self, clauses: &[Clause<'_>]) {
        let openings: Vec<Section> = clauses
            .iter()
            .filter(|clause| clause.opens)
            .map(|clause| clause.section)
            .collect();
        for (later, section) in openings.iter().enumerate() {
            if openings[..later].contains(section) {
                let name = section.as_str();
                self.faults.section.get_or_insert_with(|| {
                    format!("The \"{name}\" section can only be used once in an update expression;")
                });
            }
        }
    }

    fn action(&mut self, clause: &Clause<'_>) -> Action {
        let path = self.path(&clause.path);
        let change = match (clause.section, &clause.source) {
            (Section::Set, Some(form)) => Change::Set(self.source(form)),
            (Section::Add, Some(Form::Value(name))) => self
                .constant(name, "ADD", true)
                .map_or(Change::Remove, Change::Add),
            (Section::Delete, Some(Form::Value(name))) => self
                .constant(name, "DELETE", false)
                .map_or(Change::Remove, Change::Delete),
            _ => Change::Remove,
        };
        Action { path, change }
    }

    /// The operand of `ADD` and `DELETE`: a set, for `ADD` also a number.
    fn constant(&mut self, name: &str, operator: &str, numbers: bool) -> Option<AttributeValue> {
        let value = self.value(name)?;
        let kind = value.attribute_type();
        let fits = kind.is_set() || (numbers && kind == AttributeType::N);
        if !fits {
            let word = type_word(kind);
            self.faults.operand.get_or_insert_with(|| {
                format!("Incorrect operand type for operator or function; operator: {operator}, operand type: {word}")
            });
        }
        Some(value)
    }

    fn source(&mut self, form: &Form<'_>) -> Source {
        match form {
            Form::Path(path) => Source::Path(self.path(path)),
            Form::Value(name) => self
                .value(name)
                .map_or_else(|| Source::Value(AttributeValue::Null), Source::Value),
            Form::Plus(left, right) => {
                let (left, right) = self.operands("+", left, right);
                Source::Plus(left, right)
            }
            Form::Minus(left, right) => {
                let (left, right) = self.operands("-", left, right);
                Source::Minus(left, right)
            }
            Form::Call(name, arguments) => self.call(name, arguments),
        }
    }

    fn operands(
        &mut self,
        operator: &str,
        left: &Form<'_>,
        right: &Form<'_>,
    ) -> (Box<Source>, Box<Source>) {
        let (left, right) = (self.source(left), self.source(right));
        self.require(operator, AttributeType::N, &left, &right);
        (Box::new(left), Box::new(right))
    }

    fn call(&mut self, name: &str, arguments: &[Form<'_>]) -> Source {
        let mut sources: Vec<Source> = arguments
            .iter()
            .map(|argument| self.source(argument))
            .collect();
        if !matches!(name, "if_not_exists" | "list_append") {
            self.faults
                .unknown_function
                .get_or_insert_with(|| format!("Invalid function name; function: {name}"));
            return Source::Value(AttributeValue::Null);
        }
        let given = sources.len();
        let (Some(second), Some(first), 2) = (sources.pop(), sources.pop(), given) else {
            self.faults.function.get_or_insert_with(|| {
                format!(
                    "Incorrect number of operands for operator or function; operator or function: {name}, number of operands: {given}"
                )
            });
            return Source::Value(AttributeValue::Null);
        };
        if name == "list_append" {
            self.require(name, AttributeType::L, &first, &second);
            return Source::ListAppend(Box::new(first), Box::new(second));
        }
        let Source::Path(path) = first else {
            self.faults.function.get_or_insert_with(|| {
                format!(
                    "Operator or function requires a document path; operator or function: {name}"
                )
            });
            return second;
        };
        Source::IfNotExists(path, Box::new(second))
    }

    /// Constants of another type than the operator takes are refused before any item is read.
    fn require(&mut self, operator: &str, wanted: AttributeType, left: &Source, right: &Source) {
        for source in [left, right] {
            if let Some(kind) = source.known_type()
                && kind != wanted
            {
                let kind = kind.as_str();
                self.faults.function.get_or_insert_with(|| {
                    format!(
                        "Incorrect operand type for operator or function; operator or function: {operator}, operand type: {kind}"
                    )
                });
            }
        }
    }

    fn path(&mut self, raw: &RawPath<'_>) -> DocumentPath {
        let path = resolve_path(raw, self.placeholders, &mut self.faults.paths);
        self.named.push(path.clone());
        path
    }

    fn value(&mut self, name: &str) -> Option<AttributeValue> {
        let value = self.placeholders.value(name).cloned();
        if value.is_none() {
            self.faults
                .undefined_value
                .get_or_insert_with(|| undefined_value(name));
        }
        value
    }
}

impl Source {
    fn known_type(&self) -> Option<AttributeType> {
        match self {
            Source::Value(value) => Some(value.attribute_type()),
            Source::ListAppend(..) => Some(AttributeType::L),
            Source::Plus(..) | Source::Minus(..) => Some(AttributeType::N),
            Source::Path(_) | Source::IfNotExists(..) => None,
        }
    }
}

/// `ADD` and `DELETE` name types in words.
fn type_word(kind: AttributeType) -> &'static str {
    match kind {
        AttributeType::S => "STRING",
        AttributeType::N => "NUMBER",
        AttributeType::B => "BINARY",
        AttributeType::Bool => "BOOLEAN",
        AttributeType::Null => "NULL",
        AttributeType::L => "LIST",
        AttributeType::M => "MAP",
        AttributeType::Ss | AttributeType::Ns | AttributeType::Bs => kind.as_str(),
    }
}
