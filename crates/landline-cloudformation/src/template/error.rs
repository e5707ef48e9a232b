//! Why a template was refused: CloudFormation's words, and the resource and line that AWS leaves out.

use std::fmt;

/// One reason to refuse a template. Refusing changes nothing, so there is never more than one to report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    pub message: String,
    /// The logical id of the resource (or the name of the parameter, condition or output) that is wrong.
    pub resource: Option<String>,
    pub line: Option<u32>,
}

impl TemplateError {
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            resource: None,
            line: None,
        }
    }

    pub fn at(line: u32, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            resource: None,
            line: Some(line),
        }
    }

    /// Names the resource, unless one nearer to the fault already did.
    #[must_use]
    pub fn in_resource(mut self, logical_id: &str) -> Self {
        self.resource.get_or_insert_with(|| logical_id.to_owned());
        self
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match (&self.resource, self.line) {
            (Some(resource), Some(line)) => write!(f, " ({resource}, line {line})"),
            (Some(resource), None) => write!(f, " ({resource})"),
            (None, Some(line)) => write!(f, " (line {line})"),
            (None, None) => Ok(()),
        }
    }
}

impl std::error::Error for TemplateError {}
