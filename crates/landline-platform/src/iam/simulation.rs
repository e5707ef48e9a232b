//! What the policies of a role or a user allow: `SimulatePrincipalPolicy`.
//!
//! API Gateway asks this in process before it lets a role connect or post. Follows
//! <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>.

use std::collections::BTreeMap;

use landline_api::iam::{
    ContextEntry, EvaluationResult, PermissionsBoundaryDecisionDetail,
    PolicyEvaluationDecisionType, PolicySourceType, SimulatePrincipalPolicy,
    SimulatePrincipalPolicyInput, SimulatePrincipalPolicyOutput, Statement, errors,
};
use landline_wire::policy::{Context, Decision, Effect, PolicyDocument, PolicyRequest, evaluate};
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::managed::{ManagedPolicy, managed_policy};
use super::{Iam, RoleRecord, no_such_role};

/// Actions times resources of one request. IAM bounds each list instead.
const EVALUATIONS_MAX: usize = 4096;
/// Results in one answer, unless the caller says otherwise.
const PAGE: usize = 100;

impl Handler<SimulatePrincipalPolicy> for Iam {
    async fn handle(
        &self,
        input: SimulatePrincipalPolicyInput,
        _caller: &Caller,
    ) -> Result<SimulatePrincipalPolicyOutput, ServiceError> {
        let principal = self.principal_of(&input.policy_source_arn)?;
        let mut simulation = Simulation::new(&principal, &input)?;
        simulation.add_own_policies(self, &principal);
        let resources = match input.resource_arns {
            Some(resources) if !resources.is_empty() => resources,
            _ => vec!["*".to_owned()],
        };
        let count = input.action_names.len().saturating_mul(resources.len());
        if count > EVALUATIONS_MAX {
            let text = "Too many actions and resources to simulate.";
            return Err(errors::InvalidInputException.with(text));
        }
        let (page, marker) = page_of(count, input.marker.as_deref(), input.max_items)?;
        let results = page.map(|at| {
            let action = &input.action_names[at / resources.len()];
            simulation.evaluate(action, &resources[at % resources.len()])
        });
        Ok(SimulatePrincipalPolicyOutput {
            evaluation_results: Some(results.collect()),
            is_truncated: Some(marker.is_some()),
            marker,
        })
    }
}

/// A role or a user, with all that it has.
pub(super) struct Principal {
    name: String,
    arn: String,
    kind: PolicySourceType,
    tags: BTreeMap<String, String>,
    boundary: Option<String>,
    inline: BTreeMap<String, String>,
    attached: Vec<String>,
}

impl From<RoleRecord> for Principal {
    fn from(role: RoleRecord) -> Self {
        Self {
            name: role.name,
            arn: role.arn,
            kind: PolicySourceType::Role,
            tags: role.tags,
            boundary: role.permissions_boundary,
            inline: role.inline_policies,
            attached: role.attached_policies,
        }
    }
}

impl Iam {
    /// The role or the user that an ARN names, whatever its path.
    pub(super) fn principal_of(&self, arn: &str) -> Result<Principal, ServiceError> {
        let parsed = Arn::parse(arn).filter(|arn| arn.service == "iam");
        let named = parsed.and_then(|arn| arn.resource.split_once('/'));
        let name = named.and_then(|(_, path)| path.rsplit('/').next());
        match (named, name) {
            (Some(("role", _)), Some(name)) => Ok(self.role(name)?.into()),
            (Some(("user", _)), Some(name)) => {
                let (user, policies) = self.policies_of_user(name)?;
                Ok(Principal {
                    name: name.to_owned(),
                    arn: user.arn,
                    kind: PolicySourceType::User,
                    tags: user.tags,
                    boundary: user.permissions_boundary,
                    inline: policies.inline,
                    attached: policies.attached,
                })
            }
            _ => Err(no_such_role(arn)),
        }
    }
}

/// All that decides about one principal.
pub(super) struct Simulation {
    policies: Vec<Source>,
    boundary: Option<Vec<PolicyDocument>>,
    context: Context,
}

/// A policy with the name under which a result shows it.
struct Source {
    id: String,
    kind: PolicySourceType,
    document: PolicyDocument,
}

impl Simulation {
    pub(super) fn new(
        principal: &Principal,
        input: &SimulatePrincipalPolicyInput,
    ) -> Result<Self, ServiceError> {
        let mut policies = sources(principal);
        for (at, text) in input.policy_input_list.iter().flatten().enumerate() {
            policies.push(Source {
                id: format!("PolicyInputList.{}", at + 1),
                kind: PolicySourceType::None,
                document: parse(text)?,
            });
        }
        let given = input.permissions_boundary_policy_input_list.as_deref();
        let boundary = match (given, &principal.boundary) {
            (Some(texts), _) if !texts.is_empty() => Some(
                texts
                    .iter()
                    .map(|text| parse(text))
                    .collect::<Result<_, _>>()?,
            ),
            // A boundary that is not known bounds everything.
            (_, Some(arn)) => Some(managed_documents(arn)),
            (_, None) => None,
        };
        Ok(Self {
            policies,
            boundary,
            context: context(
                principal,
                input.context_entries.as_deref().unwrap_or_default(),
            ),
        })
    }

    /// Adds what the managed policies of the owner's say.
    pub(super) fn add_own_policies(&mut self, iam: &Iam, principal: &Principal) {
        for arn in &principal.attached {
            if let Some(document) = iam.own_document(arn) {
                let name = arn.rsplit('/').next().unwrap_or_default();
                self.policies.push(Source {
                    id: name.to_owned(),
                    kind: PolicySourceType::UserManaged,
                    document,
                });
            }
        }
        let boundary = principal.boundary.as_deref();
        if let Some(own) = boundary.and_then(|arn| iam.own_document(arn)) {
            self.boundary.get_or_insert_default().push(own);
        }
    }

    pub(super) fn evaluate(&self, action: &str, resource: &str) -> EvaluationResult {
        let request = PolicyRequest {
            action,
            resource,
            context: self.context.clone(),
        };
        let documents = self.policies.iter().map(|source| &source.document);
        let mut decision = evaluate(documents, &request);
        let bounded = self
            .boundary
            .as_ref()
            .map(|boundary| evaluate(boundary, &request));
        match bounded {
            Some(Decision::ExplicitDeny) => decision = Decision::ExplicitDeny,
            Some(Decision::ImplicitDeny) if decision == Decision::Allowed => {
                decision = Decision::ImplicitDeny;
            }
            _ => {}
        }
        EvaluationResult {
            eval_action_name: action.to_owned(),
            eval_resource_name: Some(resource.to_owned()),
            eval_decision: match decision {
                Decision::Allowed => PolicyEvaluationDecisionType::Allowed,
                Decision::ImplicitDeny => PolicyEvaluationDecisionType::ImplicitDeny,
                Decision::ExplicitDeny => PolicyEvaluationDecisionType::ExplicitDeny,
            },
            matched_statements: Some(self.matched(&request, decision)),
            missing_context_values: Some(Vec::new()),
            permissions_boundary_decision_detail: bounded.map(|bounded| {
                PermissionsBoundaryDecisionDetail {
                    allowed_by_permissions_boundary: Some(bounded == Decision::Allowed),
                }
            }),
            ..EvaluationResult::default()
        }
    }

    /// The statements that led to a decision.
    fn matched(&self, request: &PolicyRequest<'_>, decision: Decision) -> Vec<Statement> {
        let wanted = match decision {
            Decision::Allowed => Effect::Allow,
            Decision::ExplicitDeny => Effect::Deny,
            Decision::ImplicitDeny => return Vec::new(),
        };
        let mut matched = Vec::new();
        for source in &self.policies {
            let statements = source.document.statements().iter();
            let count = statements
                .filter(|it| it.effect == wanted && it.applies_to(request))
                .count();
            matched.extend((0..count).map(|_| Statement {
                source_policy_id: Some(source.id.clone()),
                source_policy_type: Some(source.kind.clone()),
                ..Statement::default()
            }));
        }
        matched
    }
}

/// A principal's own policies and the attached ones whose text is known. A stored document
/// that breaks the grammar allows nothing.
fn sources(principal: &Principal) -> Vec<Source> {
    let inline = principal.inline.iter().map(|(name, text)| {
        let id = format!("{}_{}_{name}", principal.kind, principal.name);
        (id, principal.kind.clone(), PolicyDocument::parse(text).ok())
    });
    let attached = principal.attached.iter().flat_map(|arn| {
        let name = arn.rsplit('/').next().unwrap_or(arn).to_owned();
        let documents = managed_documents(arn).into_iter();
        documents.map(move |it| (name.clone(), PolicySourceType::AwsManaged, Some(it)))
    });
    let known = inline.chain(attached);
    known
        .filter_map(|(id, kind, document)| document.map(|document| Source { id, kind, document }))
        .collect()
}

/// Whether the texts of all attached policies are known.
pub(super) fn is_known_whole(iam: &Iam, principal: &Principal) -> bool {
    let is_known = |arn: &String| managed_policy(arn).is_some() || iam.own_document(arn).is_some();
    principal.attached.iter().all(is_known)
}

/// The documents of a managed policy: none, when its text is not known.
fn managed_documents(arn: &str) -> Vec<PolicyDocument> {
    let known = managed_policy(arn).map(ManagedPolicy::document);
    known.into_iter().collect()
}

fn parse(text: &str) -> Result<PolicyDocument, ServiceError> {
    PolicyDocument::parse(text)
        .map_err(|error| errors::InvalidInputException.with(format!("Invalid policy: {error}.")))
}

/// What the caller says of the request, and what the principal says of itself.
fn context(principal: &Principal, entries: &[ContextEntry]) -> Context {
    let account = Arn::parse(&principal.arn).map_or("", |arn| arn.account_id);
    let mut context = Context::default()
        .with("aws:PrincipalArn", principal.arn.as_str())
        .with("aws:PrincipalAccount", account)
        .with("aws:PrincipalType", principal_type(principal));
    if principal.kind == PolicySourceType::User {
        context = context.with("aws:username", principal.name.as_str());
    }
    for (key, value) in &principal.tags {
        context = context.with(&format!("aws:PrincipalTag/{key}"), value.as_str());
    }
    for entry in entries {
        if let (Some(key), Some(values)) = (&entry.context_key_name, &entry.context_key_values) {
            context = context.with_all(key, values.clone());
        }
    }
    context
}

fn principal_type(principal: &Principal) -> &'static str {
    match principal.kind {
        PolicySourceType::User => "User",
        _ => "AssumedRole",
    }
}

/// The part of `count` results that is due, and the marker of the rest.
fn page_of(
    count: usize,
    marker: Option<&str>,
    max_items: Option<i32>,
) -> Result<(std::ops::Range<usize>, Option<String>), ServiceError> {
    let start = match marker {
        None => 0,
        Some(marker) => marker
            .parse::<usize>()
            .ok()
            .filter(|start| *start <= count)
            .ok_or_else(|| errors::InvalidInputException.with("Invalid Marker."))?,
    };
    let most = max_items.and_then(|most| usize::try_from(most).ok());
    let end = count.min(start.saturating_add(most.unwrap_or(PAGE)));
    Ok((start..end, (end < count).then(|| end.to_string())))
}
