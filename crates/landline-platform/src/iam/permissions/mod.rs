//! Whether a caller may: IAM's policies asked in process, for whoever answers calls.
//!
//! The root of the account may everything, and a service is judged elsewhere. For a role or a user its policies
//! are evaluated; functions ask again and again for the same, so that answers are kept for [`KEPT`],
//! or until something changes in IAM. Conditions on the time may be late by as much.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use landline_api::iam::{
    ContextEntry, PolicyEvaluationDecisionType, SimulatePrincipalPolicyInput as Question,
};
use landline_wire::dispatcher::BoxFuture;
use landline_wire::policy::Decision;
use landline_wire::{Arn, Around, Asked, Caller, Permit, RoleSession, Timestamp};
use parking_lot::Mutex;

use super::Iam;
use super::simulation::{Simulation, is_known_whole};

/// What becomes of a call that no policy allows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Enforcement {
    /// It is refused, as on AWS.
    #[default]
    Enforce,
    /// It is let through, and the log names the statement that is missing.
    Warn,
    /// It is let through.
    Off,
}

/// How long an answer holds.
const KEPT: Duration = Duration::from_secs(5);
/// Answers that are kept at once.
const ANSWERS_MAX: usize = 4096;
/// Missing statements that the log has named, so as to name each once.
const WARNINGS_MAX: usize = 1024;

/// IAM, asked about callers.
#[derive(Debug)]
pub struct Permissions {
    iam: Arc<Iam>,
    enforcement: Enforcement,
    answers: Mutex<Answers>,
    warnings: Mutex<HashSet<(Arc<str>, String, String)>>,
}

/// Answers as of one state of IAM.
#[derive(Debug, Default)]
struct Answers {
    changes: u64,
    by_circumstances: HashMap<Circumstances, Answer>,
}

/// All that an answer depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Circumstances {
    principal: Arc<str>,
    region: Arc<str>,
    source_ip: Option<IpAddr>,
    action: String,
    resource: String,
    context: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone, Copy)]
struct Answer {
    decision: Decision,
    ends: Timestamp,
}

impl Permissions {
    /// The policies that `iam` keeps, and what they are good for.
    pub fn new(iam: Arc<Iam>, enforcement: Enforcement) -> Arc<Self> {
        Arc::new(Self {
            iam,
            enforcement,
            answers: Mutex::default(),
            warnings: Mutex::default(),
        })
    }

    fn check(&self, caller: &Caller, asked: Asked<'_>, around: Around<'_>) -> Result<(), Decision> {
        if self.enforcement == Enforcement::Off || caller.may_everything() {
            return Ok(());
        }
        let own = self.decide(caller, asked, around.context);
        let decision = match (own, around.resource_policy) {
            (Decision::ExplicitDeny, _) | (_, Decision::ExplicitDeny) => Decision::ExplicitDeny,
            (Decision::Allowed, _) | (_, Decision::Allowed) => Decision::Allowed,
            (Decision::ImplicitDeny, Decision::ImplicitDeny) => Decision::ImplicitDeny,
        };
        match (decision, self.enforcement) {
            (Decision::Allowed, _) | (_, Enforcement::Off) => Ok(()),
            (_, Enforcement::Enforce) => Err(decision),
            (_, Enforcement::Warn) => {
                self.warn_once(caller, asked, decision);
                Ok(())
            }
        }
    }

    fn decide(
        &self,
        caller: &Caller,
        asked: Asked<'_>,
        context: &[(&'static str, String)],
    ) -> Decision {
        let circumstances = Circumstances {
            principal: caller.principal.clone(),
            region: caller.region.clone(),
            source_ip: caller.source_ip,
            action: asked.action.to_owned(),
            resource: asked.resource.to_owned(),
            context: context.to_vec(),
        };
        let now = self.iam.clock.now();
        let changes = self.iam.changes.load(Ordering::Acquire);
        {
            let mut answers = self.answers.lock();
            if answers.changes != changes {
                *answers = Answers {
                    changes,
                    ..Answers::default()
                };
            }
            let known = answers.by_circumstances.get(&circumstances);
            if let Some(answer) = known.filter(|answer| now < answer.ends) {
                return answer.decision;
            }
        }
        let decision = self.evaluate(caller, asked, context, now);
        let mut answers = self.answers.lock();
        if answers.by_circumstances.len() >= ANSWERS_MAX {
            // Rare; starting over costs each question one evaluation.
            answers.by_circumstances.clear();
        }
        if answers.changes == changes {
            let ends = Timestamp::from_millis(
                now.as_millis() + i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX),
            );
            let answer = Answer { decision, ends };
            answers.by_circumstances.insert(circumstances, answer);
        }
        decision
    }

    fn evaluate(
        &self,
        caller: &Caller,
        asked: Asked<'_>,
        context: &[(&'static str, String)],
        now: Timestamp,
    ) -> Decision {
        let mut entries = self::context(caller, now);
        entries.extend(context.iter().map(|(key, value)| entry(key, value.clone())));
        let question = Question {
            context_entries: Some(entries),
            ..Question::default()
        };
        let arn = judged_arn(&caller.principal);
        let principal = arn.and_then(|arn| self.iam.principal_of(&arn).ok());
        let simulation = principal.and_then(|principal| {
            let mut simulation = Simulation::new(&principal, &question).ok()?;
            simulation.add_own_policies(&self.iam, &principal);
            Some((simulation, is_known_whole(&self.iam, &principal)))
        });
        let Some((simulation, is_known_whole)) = simulation else {
            // Where nothing is enforced, functions run as roles that nobody has created;
            // there is no policy that could be mended.
            return match self.enforcement {
                Enforcement::Enforce => Decision::ImplicitDeny,
                Enforcement::Warn | Enforcement::Off => Decision::Allowed,
            };
        };
        match simulation
            .evaluate(asked.action, asked.resource)
            .eval_decision
        {
            PolicyEvaluationDecisionType::Allowed => Decision::Allowed,
            PolicyEvaluationDecisionType::ExplicitDeny => Decision::ExplicitDeny,
            // What a policy of AWS's that is not known here would allow is no reason to warn.
            _ if !is_known_whole && self.enforcement == Enforcement::Warn => Decision::Allowed,
            _ => Decision::ImplicitDeny,
        }
    }

    /// Once for each role and statement: a function that posts would fill the log.
    fn warn_once(&self, caller: &Caller, asked: Asked<'_>, decision: Decision) {
        let mut warnings = self.warnings.lock();
        if warnings.len() >= WARNINGS_MAX {
            warnings.clear();
        }
        let role = RoleSession::of(&caller.principal);
        let role = role.map_or_else(|| caller.principal.clone(), |session| session.role.into());
        let Asked { action, resource } = asked;
        if !warnings.insert((role.clone(), action.to_owned(), resource.to_owned())) {
            return;
        }
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

impl Permit for Permissions {
    fn permit<'a>(
        &'a self,
        caller: &'a Caller,
        asked: Asked<'a>,
    ) -> BoxFuture<'a, Result<(), Decision>> {
        let around = Around {
            resource_policy: Decision::ImplicitDeny,
            context: &[],
        };
        Box::pin(std::future::ready(self.check(caller, asked, around)))
    }

    fn permit_around<'a>(
        &'a self,
        caller: &'a Caller,
        asked: Asked<'a>,
        around: Around<'a>,
    ) -> BoxFuture<'a, Result<(), Decision>> {
        Box::pin(std::future::ready(self.check(caller, asked, around)))
    }
}

fn entry(key: &str, value: String) -> ContextEntry {
    ContextEntry {
        context_key_name: Some(key.to_owned()),
        context_key_values: Some(vec![value]),
        context_key_type: None,
    }
}

fn context(caller: &Caller, now: Timestamp) -> Vec<ContextEntry> {
    let mut context = vec![
        entry("aws:CurrentTime", now.to_string()),
        entry("aws:EpochTime", now.as_seconds().to_string()),
        // A loopback without TLS stands for AWS, where nothing comes without.
        entry("aws:SecureTransport", "true".to_owned()),
        entry("aws:RequestedRegion", caller.region.to_string()),
        // All that is here belongs to one account; the CDK's roles ask for it.
        entry("aws:ResourceAccount", caller.account_id.to_string()),
        entry("s3:ResourceAccount", caller.account_id.to_string()),
    ];
    context.extend(
        caller
            .source_ip
            .map(|ip| entry("aws:SourceIp", ip.to_string())),
    );
    context
}

/// The role or the user whose policies count for a principal.
fn judged_arn(principal: &str) -> Option<String> {
    let arn = Arn::parse(principal)?;
    if let Some(session) = RoleSession::of(principal) {
        let (partition, account) = (arn.partition, arn.account_id);
        return Some(format!(
            "arn:{partition}:iam::{account}:role/{}",
            session.role
        ));
    }
    let is_judged = arn.resource.starts_with("role/") || arn.resource.starts_with("user/");
    (arn.service == "iam" && is_judged).then(|| principal.to_owned())
}

#[cfg(test)]
mod tests;
