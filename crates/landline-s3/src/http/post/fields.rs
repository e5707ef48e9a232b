//! The fields of a form: as its policy sees them, and as the header fields that a
//! `PutObject` would have.

use std::collections::BTreeMap;

use form_urlencoded::Serializer;
use http::HeaderMap;
use http::header::{HOST, HeaderName, HeaderValue, ORIGIN};
use landline_wire::ServiceError;
use landline_wire::protocol::xml_reader;
use landline_wire::sigv4::{PolicySignature, SignedPolicy};

use crate::error::{invalid_argument, malformed_xml, missing_field};
use crate::quotas::OBJECT_TAGS_MAX;
use crate::setting;

/// Names, in lower-case letters, and values.
#[derive(Debug)]
pub(super) struct Fields(BTreeMap<String, String>);

/// Fields that are header fields of the same name.
const HEADERS: [&str; 7] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-md5",
    "content-type",
    "expires",
];

/// Fields that look as header fields of `PutObject` and are not.
const NO_HEADERS: [&str; 6] = [
    "x-amz-algorithm",
    "x-amz-copy-source",
    "x-amz-credential",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-signature",
];

impl Fields {
    /// Takes the fields of a form; `${filename}` in them is the name of the file.
    pub(super) fn new(fields: Vec<(String, String)>, file_name: &str) -> Self {
        let start = file_name.rfind(['/', '\\']).map_or(0, |at| at + 1);
        let file_name = &file_name[start..];
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in fields {
            let value = value.replace("${filename}", file_name);
            all.entry(name.to_ascii_lowercase())
                .and_modify(|values| {
                    values.push(',');
                    values.push_str(&value);
                })
                .or_insert(value);
        }
        Self(all)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// A field by its name in lower-case letters.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn given(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    pub(super) fn key(&self) -> Result<&str, ServiceError> {
        match self.get("key") {
            None => Err(missing_field("key")),
            Some("") => {
                let text = "User key must have a length greater than 0.";
                Err(invalid_argument(text, "key", ""))
            }
            Some(key) => Ok(key),
        }
    }

    /// The policy and its signature; `None` in a form of somebody who has no keys.
    pub(super) fn signed(&self) -> Result<Option<SignedPolicy<'_>>, ServiceError> {
        let required = |name: &str| {
            let value = self.given(&name.to_ascii_lowercase());
            value.ok_or_else(|| missing_field(name))
        };
        let of_v4 = ["x-amz-algorithm", "x-amz-credential", "x-amz-signature"];
        let is_v4 = of_v4.iter().any(|name| self.get(name).is_some());
        let of_v2 = ["awsaccesskeyid", "signature", "policy"];
        if !is_v4 && of_v2.iter().all(|name| self.get(name).is_none()) {
            return Ok(None);
        }
        let policy = required("policy")?;
        let signature = if is_v4 {
            PolicySignature::V4 {
                algorithm: required("X-Amz-Algorithm")?,
                credential: required("X-Amz-Credential")?,
                date: required("X-Amz-Date")?,
                signature: required("X-Amz-Signature")?,
            }
        } else {
            PolicySignature::V2 {
                access_key_id: required("AWSAccessKeyId")?,
                signature: required("signature")?,
            }
        };
        Ok(Some(SignedPolicy {
            policy,
            signature,
            session_token: self.given("x-amz-security-token"),
        }))
    }

    /// The header fields of the same upload as a `PutObject`; `form` are those that the
    /// form came with.
    pub(super) fn headers(&self, form: &HeaderMap) -> Result<HeaderMap, ServiceError> {
        let mut headers = HeaderMap::new();
        for name in [HOST, ORIGIN] {
            if let Some(value) = form.get(&name) {
                headers.insert(name, value.clone());
            }
        }
        for (name, value) in &self.0 {
            let header = match name.as_str() {
                "acl" => "x-amz-acl",
                "tagging" => {
                    insert(&mut headers, "x-amz-tagging", &tagging(value)?)?;
                    continue;
                }
                name if HEADERS.contains(&name) => name,
                name if NO_HEADERS.contains(&name) => continue,
                name if name.starts_with("x-amz-") => name,
                _ => continue,
            };
            insert(&mut headers, header, value)?;
        }
        Ok(headers)
    }
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), ServiceError> {
    let header = HeaderName::try_from(name);
    let (Ok(header), Ok(value)) = (header, HeaderValue::from_bytes(value.trim().as_bytes())) else {
        let text = "A field of the form cannot stand in a header field.";
        return Err(invalid_argument(text, name, value));
    };
    headers.insert(header, value);
    Ok(())
}

/// A document of tags as the header field has them.
fn tagging(text: &str) -> Result<String, ServiceError> {
    let document = xml_reader::parse(text).map_err(|_| malformed_xml())?;
    if document.name != "Tagging" {
        return Err(malformed_xml());
    }
    let tags = setting::tags(&document, OBJECT_TAGS_MAX)?;
    Ok(Serializer::new(String::new()).extend_pairs(tags).finish())
}
