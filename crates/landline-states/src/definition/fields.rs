//! The members of an object in a definition, taken one by one, with what is wrong with them.

use serde_json::{Map, Value};

use crate::expression::{
    Expression, Language, PathField, ResultPath, Template, Unfit, program_text,
};
use crate::path::Path;

/// What is wrong with a definition, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// Such as `/States/Wait/Seconds`.
    pub(crate) location: String,
}

pub(super) const SCHEMA: &str = "SCHEMA_VALIDATION_FAILED";
pub(super) const TRANSITION: &str = "MISSING_TRANSITION_TARGET";
pub(super) const DUPLICATE: &str = "DUPLICATE_STATE_NAME";

/// All that was found wrong, up to a limit.
#[derive(Debug, Default)]
pub(super) struct Findings(pub(super) Vec<Diagnostic>);

impl Findings {
    /// What one answer tells.
    const MAX: usize = 100;

    pub(super) fn add(&mut self, code: &'static str, message: impl Into<String>, location: &str) {
        if self.0.len() < Self::MAX {
            self.0.push(Diagnostic {
                code,
                message: message.into(),
                location: if location.is_empty() { "/" } else { location }.to_owned(),
            });
        }
    }
}

/// An object that is being read.
pub(super) struct Fields<'a> {
    members: &'a Map<String, Value>,
    pub(super) at: String,
    pub(super) language: Language,
}

impl<'a> Fields<'a> {
    pub(super) fn new(members: &'a Map<String, Value>, at: &str, language: Language) -> Self {
        Self {
            members,
            at: at.to_owned(),
            language,
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    pub(super) fn place(&self, name: &str) -> String {
        format!("{}/{name}", self.at)
    }

    /// Complains about members that such an object does not have.
    pub(super) fn allow(&self, known: &[&[&str]], findings: &mut Findings) {
        for name in self.members.keys() {
            if !known.iter().any(|names| names.contains(&name.as_str())) {
                findings.add(SCHEMA, "Field is not supported", &self.place(name));
            }
        }
    }

    /// Complains about members that are not there.
    pub(super) fn require(&self, names: &[&str], findings: &mut Findings) -> bool {
        let missing: Vec<&str> = names.iter().copied().filter(|it| !self.has(it)).collect();
        if !missing.is_empty() {
            let message = format!("These fields are required: [{}]", missing.join(", "));
            findings.add(SCHEMA, message, &self.at);
        }
        missing.is_empty()
    }

    pub(super) fn text(&self, name: &str, findings: &mut Findings) -> Option<&'a str> {
        let value = self.get(name)?;
        if value.is_string() {
            return value.as_str();
        }
        findings.add(SCHEMA, "Value is not a string", &self.place(name));
        None
    }

    /// A whole number that is not less than `least`.
    pub(super) fn integer(&self, name: &str, least: u64, findings: &mut Findings) -> Option<u64> {
        let value = self.get(name)?;
        let number = value.as_u64().filter(|number| *number >= least);
        if number.is_none() {
            let message = format!("Value is not an integer that is at least {least}");
            findings.add(SCHEMA, message, &self.place(name));
        }
        number
    }

    pub(super) fn array(&self, name: &str, findings: &mut Findings) -> Option<&'a [Value]> {
        let value = self.get(name)?;
        if let Value::Array(items) = value {
            return Some(items);
        }
        findings.add(SCHEMA, "Value is not an array", &self.place(name));
        None
    }

    /// A payload template.
    pub(super) fn template(&self, name: &str, findings: &mut Findings) -> Option<Template> {
        self.template_named(name, name, findings)
    }

    /// A payload template that failures call by another name.
    pub(super) fn template_named(
        &self,
        name: &str,
        field: &str,
        findings: &mut Findings,
    ) -> Option<Template> {
        let value = self.get(name)?;
        match Template::parse(value, self.language, field) {
            Ok(template) => Some(template),
            Err(Unfit { place, message }) => {
                findings.add(SCHEMA, message, &format!("{}{place}", self.place(name)));
                None
            }
        }
    }

    /// A member that is a value, or `{name}Path`, or in JSONata an expression.
    pub(super) fn value_or_path(
        &self,
        name: &str,
        is_fit: impl Fn(&Value) -> Result<(), String>,
        findings: &mut Findings,
    ) -> Option<Template> {
        let path_name = format!("{name}Path");
        if self.language == Language::JsonPath
            && let Some(text) = self.text(&path_name, findings)
        {
            if self.has(name) {
                let message =
                    format!("Only one of these fields may be given: [{name}, {path_name}]");
                findings.add(SCHEMA, message, &self.at);
            }
            return self.expression(&path_name, text, findings);
        }
        let value = self.get(name)?;
        let is_program = value.as_str().and_then(program_text).is_some();
        if self.language == Language::Jsonata && is_program {
            return self.template(name, findings);
        }
        match is_fit(value) {
            Ok(()) => Some(Template::Literal(value.clone())),
            Err(message) => {
                findings.add(SCHEMA, message, &self.place(name));
                None
            }
        }
    }

    fn expression(&self, name: &str, text: &str, findings: &mut Findings) -> Option<Template> {
        let expression = Expression::parse_path(text).ok();
        if expression.is_none() {
            findings.add(SCHEMA, "Value is not a Reference Path", &self.place(name));
        }
        expression.map(|expression| Template::of(expression, name))
    }

    /// `InputPath`, `OutputPath`.
    pub(super) fn path(&self, name: &str, findings: &mut Findings) -> PathField {
        let text = match self.get(name) {
            None => return PathField::Whole,
            Some(Value::Null) => return PathField::Nothing,
            Some(value) => value.as_str().unwrap_or_default(),
        };
        if text == "$" {
            return PathField::Whole;
        }
        if let Ok(expression) = Expression::parse_path(text) {
            return PathField::At(expression);
        }
        findings.add(SCHEMA, "Value is not a JsonPath", &self.place(name));
        PathField::Whole
    }

    /// `ResultPath`.
    pub(super) fn result_path(&self, findings: &mut Findings) -> ResultPath {
        let text = match self.get("ResultPath") {
            None => return ResultPath::Whole,
            Some(Value::Null) => return ResultPath::Discard,
            Some(Value::String(text)) if text == "$" => return ResultPath::Whole,
            Some(value) => value.as_str().unwrap_or_default(),
        };
        let path = Path::parse(text).ok();
        let path = path.filter(|path| path.root == crate::path::Root::Input);
        if let Some(places) = path.and_then(|path| path.places()) {
            return ResultPath::At {
                text: text.to_owned(),
                places,
            };
        }
        let place = self.place("ResultPath");
        findings.add(SCHEMA, "Value is not a Reference Path", &place);
        ResultPath::Whole
    }
}
