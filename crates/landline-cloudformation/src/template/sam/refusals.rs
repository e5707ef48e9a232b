//! What is wrong with a template, all of it in one error, in the words of SAM's translator.

use super::super::error::TemplateError;

/// The reasons, and the logical id of what each is about.
#[derive(Default)]
pub(super) struct Refusals {
    reasons: Vec<(String, TemplateError)>,
}

/// How reasons begin that are told as they are: about more than one resource, or about another than they were found at.
const WHOLE: [&str; 5] = [
    "'Globals' section is invalid.",
    "Event with id [",
    "Resource with id [",
    STRUCTURE,
    "Transforming resource with id [",
];

const STRUCTURE: &str = "Structure of the SAM template is invalid. ";

/// What is wrong with the template, not with one of its resources.
pub(super) fn structure(line: u32, message: &str) -> TemplateError {
    TemplateError::at(line, format!("{STRUCTURE}{message}"))
}

/// What is wrong with an event of a function.
pub(super) fn event(line: u32, id: &str, message: &str) -> TemplateError {
    TemplateError::at(line, of_event(id, message))
}

/// The words for what is wrong with an event.
pub(super) fn of_event(id: &str, message: &str) -> String {
    format!("Event with id [{id}] is invalid. {message}")
}

impl Refusals {
    /// Adds what is wrong with a resource, which is told of it only once.
    pub(super) fn add(&mut self, id: &str, error: TemplateError) {
        let about = error.resource.clone().unwrap_or_else(|| id.to_owned());
        if self.reasons.iter().all(|(known, _)| *known != about) {
            self.reasons.push((about, error));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.reasons.is_empty()
    }

    /// All of them in one; the line is that of the first.
    pub(super) fn into_error(mut self) -> TemplateError {
        self.reasons.sort_by(|left, right| left.0.cmp(&right.0));
        let several = self.reasons.len() > 1;
        let mut message = format!(
            "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: {}.",
            self.reasons.len()
        );
        for (id, error) in &self.reasons {
            message.push(' ');
            if error.resource.is_some() || WHOLE.iter().all(|it| !error.message.starts_with(it)) {
                message.extend(["Resource with id [", id, "] is invalid. "]);
            }
            message.push_str(&error.message);
            if let Some(line) = error.line.filter(|_| several) {
                message.extend([" (line ", &line.to_string(), ")"]);
            }
        }
        let first = self.reasons.into_iter().next();
        TemplateError {
            message,
            line: first.as_ref().and_then(|(_, error)| error.line),
            resource: first.map(|(id, _)| id).filter(|id| !id.is_empty()),
        }
    }
}
