//! The AWS-managed policies: any can be attached and looked at, and those that applications and their deployments are
//! given have a meaning. Any other allows nothing.
//!
//! `managed_policies.tsv` has them line by line: path and name, version, and the statements as
//! <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html> shows them, without the actions of
//! services that Landline does not have.

use landline_api::iam as api;
use landline_wire::Timestamp;
use landline_wire::policy::PolicyDocument;
use serde_json::{Value as Json, json};

use super::percent_encoded;

/// What an AWS-managed policy allows.
#[derive(Debug, Clone, Copy)]
pub(super) struct ManagedPolicy {
    version: &'static str,
    statements: &'static str,
}

/// The policy that an ARN names, if its text is known.
pub(super) fn managed_policy(arn: &str) -> Option<ManagedPolicy> {
    let wanted = arn.strip_prefix(ARN_PREFIX)?;
    POLICIES.lines().find_map(|line| {
        let (name, rest) = line.split_once('\t')?;
        let (version, statements) = rest.split_once('\t')?;
        (name == wanted).then_some(ManagedPolicy {
            version,
            statements,
        })
    })
}

impl ManagedPolicy {
    pub(super) fn document(self) -> PolicyDocument {
        PolicyDocument::from_json(&self.text()).expect("the file holds policies")
    }

    fn text(self) -> Json {
        let statements: Json = serde_json::from_str(self.statements).expect("the file holds JSON");
        json!({ "Version": "2012-10-17", "Statement": statements })
    }
}

/// An AWS-managed policy as `GetPolicy` answers it, whether its text is known or not: a role may
/// have any of them.
pub(super) fn describe(arn: &str) -> Option<api::Policy> {
    let (path, name) = split(arn)?;
    Some(api::Policy {
        policy_name: Some(name.to_owned()),
        arn: Some(arn.to_owned()),
        path: Some(format!("/{path}")),
        default_version_id: Some(version(arn).to_owned()),
        attachment_count: Some(0),
        permissions_boundary_usage_count: Some(0),
        is_attachable: Some(true),
        create_date: Some(MADE),
        update_date: Some(MADE),
        ..api::Policy::default()
    })
}

/// The version of a policy, as far as that is known.
fn version(arn: &str) -> &'static str {
    managed_policy(arn).map_or("v1", |policy| policy.version)
}

/// The one version that an AWS-managed policy has here.
pub(super) fn describe_version(arn: &str) -> Option<api::PolicyVersion> {
    split(arn)?;
    let nothing = || json!({ "Version": "2012-10-17", "Statement": [] });
    let text = managed_policy(arn).map_or_else(nothing, ManagedPolicy::text);
    Some(api::PolicyVersion {
        document: Some(percent_encoded(&text.to_string())),
        version_id: Some(version(arn).to_owned()),
        is_default_version: Some(true),
        create_date: Some(MADE),
    })
}

/// `service-role/` and the name behind it.
fn split(arn: &str) -> Option<(&str, &str)> {
    let rest = arn.strip_prefix(ARN_PREFIX)?;
    let at = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (path, name) = rest.split_at(at);
    (!name.is_empty()).then_some((path, name))
}

const ARN_PREFIX: &str = "arn:aws:iam::aws:policy/";
const POLICIES: &str = include_str!("managed_policies.tsv");
/// When the first AWS-managed policies were made: 2015-02-06.
const MADE: Timestamp = Timestamp::from_millis(1_423_180_800_000);

#[cfg(test)]
mod tests {
    use super::{ARN_PREFIX, POLICIES, managed_policy};

    #[test]
    fn every_policy_of_the_file_can_be_read() {
        let mut names: Vec<&str> = POLICIES
            .lines()
            .filter_map(|line| line.split('\t').next())
            .collect();
        for name in &names {
            let policy = managed_policy(&format!("{ARN_PREFIX}{name}")).expect(name);
            let statements = policy.document().statements().len();
            // It allows nothing but calls of EC2.
            let is_empty = *name == "service-role/AWSLambdaENIManagementAccess";
            assert_eq!(statements == 0, is_empty, "{name}");
        }
        let in_file = names.clone();
        names.sort_unstable();
        names.dedup();
        assert_eq!(in_file, names, "sorted, and each once");
    }
}
