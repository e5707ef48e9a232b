//! `{{resolve:ssm:NAME}}` and `{{resolve:secretsmanager:ID:SecretString:KEY}}` in a property: found and replaced here, looked up by whoever may.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

/// One reference, as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DynamicReference {
    /// With its braces.
    pub text: String,
}

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// What the Parameter Store is asked for: `NAME` or `NAME:VERSION`.
    Parameter(String),
    Secret(SecretReference),
}

/// A secret, or a member of one that is JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecretReference {
    /// Its name or its ARN.
    pub id: String,
    pub key: Option<String>,
    pub stage: Option<String>,
    pub version: Option<String>,
}

impl DynamicReference {
    /// Reads what the reference names.
    pub fn named(&self) -> Result<Named, String> {
        let inner = self.text.trim_start_matches('{').trim_end_matches('}');
        let mut parts = inner.splitn(3, ':');
        let (_, service, name) = (parts.next(), parts.next(), parts.next());
        match (service, name) {
            (Some("ssm" | "ssm-secure"), Some(name)) if !name.is_empty() => {
                Ok(Named::Parameter(name.to_owned()))
            }
            (Some("secretsmanager"), Some(name)) if !name.is_empty() => {
                let secret = SecretReference::read(name);
                secret.map(Named::Secret).ok_or_else(|| {
                    format!(
                        "Incorrect format is used in the following SecretsManager reference: [{}]",
                        self.text
                    )
                })
            }
            _ => Err(format!(
                "Incorrect format is used in the following SSM reference: [{}]",
                self.text
            )),
        }
    }
}

impl SecretReference {
    /// `ID`, or `ID:SecretString:KEY:STAGE:VERSION` of which the end may be missing. An ARN has seven parts itself.
    fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(':').collect();
        let own = if text.starts_with("arn:") { 7 } else { 1 };
        let (id, rest) = parts.split_at_checked(own)?;
        let part = |at: usize| {
            let part = rest.get(at).filter(|part| !part.is_empty());
            part.map(|part| (*part).to_owned())
        };
        let is_text = rest
            .first()
            .is_none_or(|kind| ["", "SecretString"].contains(kind));
        (is_text && rest.len() <= 4).then(|| Self {
            id: id.join(":"),
            key: part(1),
            stage: part(2),
            version: part(3),
        })
    }

    /// The member of the secret that the reference names, or all of it.
    pub fn value(&self, secret: String) -> Result<String, String> {
        let Some(key) = &self.key else {
            return Ok(secret);
        };
        let fields: Json = serde_json::from_str(&secret).map_err(|_| {
            format!(
                "Could not parse SecretString JSON of the secret {}",
                self.id
            )
        })?;
        match fields.get(key) {
            Some(Json::String(text)) => Ok(text.clone()),
            Some(value) => Ok(value.to_string()),
            None => Err(format!(
                "Could not find a value associated with JSONKey in SecretString: {key}"
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
