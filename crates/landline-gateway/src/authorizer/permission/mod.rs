//! Whether a principal may: IAM asked in process, its answers kept for a moment.
//!
//! The root of the account may everything. For a role IAM evaluates its policies;
//! `@connections` asks for every post, so that answers are kept for [`KEPT`], by which a
//! change of policy may be late, as it is on AWS.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use landline_api::iam::{
    ContextEntry, PolicyEvaluationDecisionType, SimulatePrincipalPolicy,
    SimulatePrincipalPolicyInput,
};
use landline_wire::policy::Decision;
use landline_wire::{Arn, Caller};
use parking_lot::Mutex;

use crate::gateway::DataPlane;

/// Whether what policies do not allow is refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IamEnforcement {
    /// It is.
    #[default]
    Enforce,
    /// It is let through, and the log names the statement that is missing.
    Report,
}

/// How long an answer of IAM holds.
const KEPT: Duration = Duration::from_secs(5);
/// Answers that are kept at once.
const ANSWERS_MAX: usize = 4096;
/// Missing statements that the log has named, so as to name each once.
const WARNINGS_MAX: usize = 1024;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) action: &'static str,
    pub(crate) resource: &'a str,
    pub(crate) api_id: &'a str,
}

/// IAM's answers so far.
#[derive(Debug)]
pub(crate) struct Permissions {
    enforcement: IamEnforcement,
    answers: Mutex<HashMap<Question, Answer>>,
    warnings: Mutex<HashSet<(Arc<str>, String)>>,
}

/// All that an answer depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Question {
    principal: Arc<str>,
    source_ip: Option<IpAddr>,
    action: &'static str,
    resource: String,
}

#[derive(Debug, Clone, Copy)]
struct Answer {
    decision: Decision,
    ends: Duration,
}

impl Permissions {
    pub(crate) fn new(enforcement: IamEnforcement) -> Self {
        Self {
            enforcement,
            answers: Mutex::default(),
            warnings: Mutex::default(),
        }
    }

    /// The root of the account needs no policy, and a service is not judged by one.
    pub(crate) fn may_everything(caller: &Caller) -> bool {
        caller.principal.ends_with(":root") || caller.is_service()
    }

    /// Whether `caller` may; the decision that stands against it.
    pub(crate) async fn check(
        &self,
        plane: &DataPlane,
        caller: &Caller,
        asked: &Asked<'_>,
    ) -> Result<(), Decision> {
        if Self::may_everything(caller) {
            return Ok(());
        }
        let decision = self.decide(plane, caller, asked).await;
        if decision == Decision::Allowed {
            return Ok(());
        }
        match self.enforcement {
            IamEnforcement::Enforce => Err(decision),
            IamEnforcement::Report => {
                self.warn_once(caller, asked, decision);
                Ok(())
            }
        }
    }

    async fn decide(&self, plane: &DataPlane, caller: &Caller, asked: &Asked<'_>) -> Decision {
        let question = Question {
            principal: caller.principal.clone(),
            source_ip: caller.source_ip,
            action: asked.action,
            resource: asked.resource.to_owned(),
        };
        let now = plane.uptime();
        let known = self.answers.lock().get(&question).copied();
        if let Some(answer) = known.filter(|answer| now < answer.ends) {
            return answer.decision;
        }
        let decision = match simulate(plane, caller, asked).await {
            Some(decision) => decision,
            // Where nothing is enforced, functions run as roles that nobody has created;
            // there is no policy that could be mended.
            None if self.enforcement == IamEnforcement::Report => Decision::Allowed,
            None => Decision::ImplicitDeny,
        };
        let mut answers = self.answers.lock();
        if answers.len() >= ANSWERS_MAX {
            // Rare; starting over costs each question one call.
            answers.clear();
        }
        let ends = now + KEPT;
        answers.insert(question, Answer { decision, ends });
        decision
    }

    /// Once for each role and API: a function that posts would fill the log.
    fn warn_once(&self, caller: &Caller, asked: &Asked<'_>, decision: Decision) {
        let mut warnings = self.warnings.lock();
        if warnings.len() >= WARNINGS_MAX {
            warnings.clear();
        }
        let role = RoleSession::of(&caller.principal);
        let role = role.map_or_else(|| caller.principal.clone(), |session| session.role.into());
        let about = format!("{} {}", asked.api_id, asked.action);
        if !warnings.insert((role.clone(), about)) {
            return;
        }
        let (action, resource) = (asked.action, asked.resource);
        let statement = serde_json::json!({
            "Effect": "Allow",
            "Action": action,
            "Resource": resource,
        });
        let advice = match decision {
            Decision::ExplicitDeny => "a policy of the role denies what AWS would refuse",
            _ => "no policy of the role allows it, and AWS would refuse",
        };
        tracing::warn!(%role, action, %statement, "{advice}; the statement shows what is missing");
    }
}

/// Asks IAM; `None` when the principal is no role, or not there.
async fn simulate(plane: &DataPlane, caller: &Caller, asked: &Asked<'_>) -> Option<Decision> {
    let role_arn = role_arn(&caller.principal)?;
    let now = plane.clock.now();
    let entry = |key: &str, value: String| ContextEntry {
        context_key_name: Some(key.to_owned()),
        context_key_values: Some(vec![value]),
        context_key_type: None,
    };
    let mut context = vec![
        entry("aws:CurrentTime", now.to_string()),
        entry("aws:EpochTime", now.as_seconds().to_string()),
        // A loopback without TLS stands for AWS, where nothing comes without.
        entry("aws:SecureTransport", "true".to_owned()),
    ];
    context.extend(
        caller
            .source_ip
            .map(|ip| entry("aws:SourceIp", ip.to_string())),
    );
    let input = SimulatePrincipalPolicyInput {
        policy_source_arn: role_arn,
        action_names: vec![asked.action.to_owned()],
        resource_arns: Some(vec![asked.resource.to_owned()]),
        context_entries: Some(context),
        ..SimulatePrincipalPolicyInput::default()
    };
    let simulated = plane
        .dispatcher
        .call::<SimulatePrincipalPolicy>(input, caller);
    let results = match simulated.await {
        Ok(simulated) => simulated.evaluation_results.unwrap_or_default(),
        Err(error) => {
            tracing::debug!(%error, principal = %caller.principal, "policies cannot be evaluated");
            return None;
        }
    };
    Some(match results.first()?.eval_decision {
        PolicyEvaluationDecisionType::Allowed => Decision::Allowed,
        PolicyEvaluationDecisionType::ExplicitDeny => Decision::ExplicitDeny,
        _ => Decision::ImplicitDeny,
    })
}

/// `assumed-role/{role}/{name}` of STS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RoleSession<'a> {
    pub(super) role: &'a str,
    pub(super) name: &'a str,
}

impl<'a> RoleSession<'a> {
    pub(super) fn of(principal: &'a str) -> Option<Self> {
        let arn = Arn::parse(principal).filter(|arn| arn.service == "sts")?;
        let (role, name) = arn
            .resource
            .strip_prefix("assumed-role/")?
            .split_once('/')?;
        Some(Self { role, name })
    }
}

/// The role whose policies count for a principal.
fn role_arn(principal: &str) -> Option<String> {
    let arn = Arn::parse(principal)?;
    if let Some(session) = RoleSession::of(principal) {
        let (partition, account) = (arn.partition, arn.account_id);
        return Some(format!(
            "arn:{partition}:iam::{account}:role/{}",
            session.role
        ));
    }
    (arn.service == "iam" && arn.resource.starts_with("role/")).then(|| principal.to_owned())
}

/// An ARN as denials show it: of the account only the last four digits.
pub(crate) fn masked(arn: &str) -> String {
    let Some(parsed) = Arn::parse(arn) else {
        return arn.to_owned();
    };
    let account = parsed.account_id;
    let shown = account.len().saturating_sub(4);
    let masked = format!("********{}", account.get(shown..).unwrap_or_default());
    let account_id = masked.as_str();
    Arn {
        account_id,
        ..parsed
    }
    .to_string()
}

#[cfg(test)]
mod tests;
