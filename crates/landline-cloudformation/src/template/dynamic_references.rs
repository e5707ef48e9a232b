//! `{{resolve:ssm:NAME}}` in a property: found and replaced here, looked up by whoever may.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

/// One reference, as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DynamicReference {
    /// With its braces.
    pub text: String,
}

impl DynamicReference {
    /// What the Parameter Store is asked for: `NAME` or `NAME:VERSION`.
    pub fn parameter_name(&self) -> Result<String, String> {
        let inner = self.text.trim_start_matches('{').trim_end_matches('}');
        let mut parts = inner.splitn(3, ':');
        let (_, service, name) = (parts.next(), parts.next(), parts.next());
        match (service, name) {
            (Some("ssm" | "ssm-secure"), Some(name)) if !name.is_empty() => Ok(name.to_owned()),
            (Some("secretsmanager"), _) => Err(format!(
                "Secrets Manager is not there to resolve {}",
                self.text
            )),
            _ => Err(format!(
                "Incorrect format is used in the following SSM reference: [{}]",
                self.text
            )),
        }
    }
}

/// The references in a value.
pub fn find(value: &Json) -> BTreeSet<DynamicReference> {
    let mut found = BTreeSet::new();
    visit(value, &mut found);
    found
}

fn visit(value: &Json, found: &mut BTreeSet<DynamicReference>) {
    match value {
        Json::String(text) => {
            let mut rest = text.as_str();
            while let Some(start) = rest.find(OPEN) {
                let Some(length) = rest[start..].find("}}") else {
                    break;
                };
                found.insert(DynamicReference {
                    text: rest[start..start + length + 2].to_owned(),
                });
                rest = &rest[start + length + 2..];
            }
        }
        Json::Array(items) => items.iter().for_each(|item| visit(item, found)),
        Json::Object(fields) => fields.values().for_each(|field| visit(field, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// Puts values in the place of references.
pub fn replace(value: &mut Json, values: &BTreeMap<String, String>) {
    match value {
        Json::String(text) if text.contains(OPEN) => {
            for (reference, value) in values {
                *text = text.replace(reference, value);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| replace(item, values)),
        Json::Object(fields) => fields.values_mut().for_each(|field| replace(field, values)),
        _ => {}
    }
}

const OPEN: &str = "{{resolve:";
