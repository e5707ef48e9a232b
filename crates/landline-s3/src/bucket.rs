//! Buckets: their names, what is kept of them, and who may read them without a signature.

use std::collections::BTreeMap;

use landline_store::Collection;
use landline_wire::policy::{
    self, Context, Decision, PolicyDocument, PolicyRequest, ResourcePolicy,
};
use landline_wire::protocol::xml_reader::{self, Element};
use landline_wire::{Caller, ServiceError};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::index::versions::Versioning;

/// A bucket as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Bucket {
    pub(crate) name: String,
    pub(crate) region: String,
    pub(crate) created_millis: i64,
    /// `Enabled` or `Suspended`, once it was set.
    pub(crate) versioning: Option<String>,
    /// The canned ACL, where it is not `private`.
    pub(crate) acl: Option<String>,
    /// The settings that were made, by the name of the parameter that asks for them.
    pub(crate) settings: BTreeMap<String, String>,
}

pub(crate) const BUCKETS: Collection<Bucket> = Collection::new("s3.bucket");

impl Bucket {
    pub(crate) fn versioning(&self) -> Versioning {
        match self.versioning.as_deref() {
            Some("Enabled") => Versioning::Enabled,
            Some(_) => Versioning::Suspended,
            None => Versioning::Off,
        }
    }

    /// A setting that is a document, read.
    pub(crate) fn document(&self, name: &str) -> Option<Element> {
        let text = self.settings.get(name)?;
        xml_reader::parse(text).ok()
    }

    /// Whether a switch of the bucket's public access block is on.
    pub(crate) fn blocks(&self, switch: &str) -> bool {
        let block = self.document("publicAccessBlock");
        block.is_some_and(|block| block.text_of(switch) == Some("true"))
    }

    /// Whether ACLs say anything in this bucket.
    pub(crate) fn has_acls(&self) -> bool {
        let controls = self.document("ownershipControls");
        let rule = controls.as_ref().and_then(|it| it.child("Rule"));
        let ownership = rule.and_then(|rule| rule.text_of("ObjectOwnership"));
        ownership.is_some_and(|it| it != "BucketOwnerEnforced")
    }

    /// Whether the bucket's policy lets everybody do something.
    pub(crate) fn lets_everybody(&self, action: &str, key: &str, secure: &str) -> Decision {
        let Some(policy) = self
            .settings
            .get("policy")
            .and_then(|text| for_everybody(text))
        else {
            return Decision::ImplicitDeny;
        };
        let slash = if key.is_empty() { "" } else { "/" };
        let resource = format!("arn:aws:s3:::{}{slash}{key}", self.name);
        let request = PolicyRequest {
            action,
            resource: &resource,
            context: Context::default()
                .with("aws:SecureTransport", secure)
                .with("aws:PrincipalType", "Anonymous"),
        };
        let decision = policy::evaluate([&policy], &request);
        match decision {
            Decision::Allowed if self.blocks("RestrictPublicBuckets") => Decision::ImplicitDeny,
            decision => decision,
        }
    }
}

impl Bucket {
    /// What the bucket's policy decides about somebody who has signed.
    pub(crate) fn decides(&self, caller: &Caller, request: &PolicyRequest<'_>) -> Decision {
        let policy = self.settings.get("policy");
        let policy = policy.and_then(|text| ResourcePolicy::parse(text).ok());
        policy.map_or(Decision::ImplicitDeny, |it| it.decide(caller, request))
    }
}

/// The statements of a policy that are about everybody.
fn for_everybody(text: &str) -> Option<PolicyDocument> {
    let mut document: Value = serde_json::from_str(text).ok()?;
    let statements = document.get_mut("Statement")?;
    let all = match statements.take() {
        Value::Array(all) => all,
        one => vec![one],
    };
    let everybodys = all.into_iter().filter(is_about_everybody);
    *statements = Value::Array(everybodys.collect());
    PolicyDocument::from_json(&document).ok()
}

fn is_about_everybody(statement: &Value) -> bool {
    let is_star = |value: &Value| match value {
        Value::Array(all) => all.iter().any(|it| it == "*"),
        one => one == "*",
    };
    match statement.get("Principal") {
        Some(Value::Object(kinds)) => kinds.get("AWS").is_some_and(is_star),
        Some(principal) => is_star(principal),
        None => false,
    }
}

/// Whether a policy gives something to everybody, without a condition.
pub(crate) fn is_public(text: &str) -> bool {
    let Ok(document) = serde_json::from_str::<Value>(text) else {
        return false;
    };
    let statements = match document.get("Statement") {
        Some(Value::Array(all)) => all.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let gives = |statement: &&Value| {
        statement.get("Effect").is_some_and(|it| it == "Allow")
            && statement.get("Condition").is_none()
            && is_about_everybody(statement)
    };
    statements.iter().any(gives)
}

/// Refuses what no bucket may be called.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
pub(crate) fn check_name(name: &str) -> Result<(), ServiceError> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let ends_plain = |text: &str| {
        let bytes = text.as_bytes();
        bytes.first().is_some_and(|it| is_plain(*it))
            && bytes.last().is_some_and(|it| is_plain(*it))
    };
    let is_right = (3..=63).contains(&name.len())
        && name
            .bytes()
            .all(|it| is_plain(it) || it == b'-' || it == b'.')
        && name.split('.').all(ends_plain)
        && name.parse::<std::net::Ipv4Addr>().is_err()
        && !name.starts_with("xn--");
    if is_right {
        return Ok(());
    }
    let text = "The specified bucket is not valid.";
    Err(ServiceError::new("InvalidBucketName", 400, text).with_field("BucketName", name))
}
