//! Text that a stage completes: URIs with stage variables in them.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Text with `${stageVariables.name}` in it, resolved for each call.
#[derive(Debug, Clone)]
pub struct StageTemplate(String);

impl StageTemplate {
    /// Text that may hold stage variables.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text with the variables of a stage; an unknown variable leaves nothing.
    pub fn resolve(&self, variables: &BTreeMap<String, String>) -> Cow<'_, str> {
        if !self.0.contains(VARIABLE) {
            return Cow::Borrowed(&self.0);
        }
        let mut resolved = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once(VARIABLE) {
            resolved.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                resolved.push_str(VARIABLE);
                rest = after;
                continue;
            };
            resolved.push_str(variables.get(name).map_or("", String::as_str));
            rest = after;
        }
        resolved.push_str(rest);
        Cow::Owned(resolved)
    }
}

const VARIABLE: &str = "${stageVariables.";
