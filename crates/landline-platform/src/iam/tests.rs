//! IAM through its typed operations, on a store in memory.

use std::sync::Arc;

use landline_api::iam::{
    AttachRolePolicy, AttachRolePolicyInput, CreateRole, CreateRoleInput, DeleteRole,
    DeleteRoleInput, GetPolicy, GetPolicyInput, GetPolicyVersion, GetPolicyVersionInput, GetRole,
    GetRoleInput, GetRolePolicy, GetRolePolicyInput, ListAttachedRolePolicies,
    ListAttachedRolePoliciesInput, PolicyEvaluationDecisionType, PutRolePolicy, PutRolePolicyInput,
    SimulatePrincipalPolicy, SimulatePrincipalPolicyInput,
};
use landline_store::open_memory;
use landline_wire::{Caller, Dispatcher, DispatcherBuilder, SystemClock};

use super::Iam;

fn iam() -> Dispatcher {
    let mut builder = DispatcherBuilder::new();
    Iam::new(open_memory(), Arc::new(SystemClock)).register(&mut builder);
    builder.seal()
}

fn caller() -> Caller {
    Caller::root("123456789012", "eu-west-1")
}

fn chat_role() -> CreateRoleInput {
    CreateRoleInput {
        role_name: "chat".into(),
        assume_role_policy_document: r#"{"Version": "2012-10-17"}"#.into(),
        ..CreateRoleInput::default()
    }
}

#[tokio::test]
async fn a_role_comes_back_with_its_trust_percent_encoded() {
    let iam = iam();
    iam.call::<CreateRole>(chat_role(), &caller())
        .await
        .unwrap();
    let input = GetRoleInput {
        role_name: "chat".into(),
    };
    let role = iam.call::<GetRole>(input, &caller()).await.unwrap().role;
    assert_eq!(role.arn, "arn:aws:iam::123456789012:role/chat");
    assert_eq!(
        role.assume_role_policy_document.as_deref(),
        Some("%7B%22Version%22%3A%20%222012-10-17%22%7D")
    );
}

#[tokio::test]
async fn a_role_name_is_taken_once() {
    let iam = iam();
    iam.call::<CreateRole>(chat_role(), &caller())
        .await
        .unwrap();
    let refused = iam
        .call::<CreateRole>(chat_role(), &caller())
        .await
        .unwrap_err();
    assert_eq!(refused.code, "EntityAlreadyExists");
    assert_eq!(refused.message, "Role with name chat already exists.");
}

#[tokio::test]
async fn a_trust_that_is_no_json_is_refused() {
    let input = CreateRoleInput {
        assume_role_policy_document: "{".into(),
        ..chat_role()
    };
    let refused = iam()
        .call::<CreateRole>(input, &caller())
        .await
        .unwrap_err();
    assert_eq!(refused.code, "MalformedPolicyDocument");
}

#[tokio::test]
async fn a_role_with_policies_is_not_deleted() {
    let iam = iam();
    iam.call::<CreateRole>(chat_role(), &caller())
        .await
        .unwrap();
    let policy = PutRolePolicyInput {
        role_name: "chat".into(),
        policy_name: "inline".into(),
        policy_document: "{}".into(),
    };
    iam.call::<PutRolePolicy>(policy, &caller()).await.unwrap();
    let input = DeleteRoleInput {
        role_name: "chat".into(),
    };
    let refused = iam.call::<DeleteRole>(input, &caller()).await.unwrap_err();
    assert_eq!(refused.code, "DeleteConflict");
    let input = GetRolePolicyInput {
        role_name: "chat".into(),
        policy_name: "inline".into(),
    };
    let policy = iam.call::<GetRolePolicy>(input, &caller()).await.unwrap();
    assert_eq!(policy.policy_document, "%7B%7D");
}

#[tokio::test]
async fn an_attached_policy_is_listed_by_the_last_part_of_its_arn() {
    let iam = iam();
    iam.call::<CreateRole>(chat_role(), &caller())
        .await
        .unwrap();
    let arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    let input = AttachRolePolicyInput {
        role_name: "chat".into(),
        policy_arn: arn.into(),
    };
    iam.call::<AttachRolePolicy>(input, &caller())
        .await
        .unwrap();
    let input = ListAttachedRolePoliciesInput {
        role_name: "chat".into(),
        ..Default::default()
    };
    let listed = iam
        .call::<ListAttachedRolePolicies>(input, &caller())
        .await
        .unwrap();
    let names: Vec<_> = listed
        .attached_policies
        .unwrap()
        .into_iter()
        .filter_map(|p| p.policy_name)
        .collect();
    assert_eq!(names, ["AWSLambdaBasicExecutionRole"]);
}

#[tokio::test]
async fn a_policy_of_aws_can_be_looked_at() {
    let iam = iam();
    let arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    let input = GetPolicyInput {
        policy_arn: arn.into(),
    };
    let policy = iam.call::<GetPolicy>(input, &caller()).await.unwrap();
    let policy = policy.policy.unwrap();
    assert_eq!(
        policy.policy_name.as_deref(),
        Some("AWSLambdaBasicExecutionRole")
    );
    assert_eq!(policy.path.as_deref(), Some("/service-role/"));
    let input = GetPolicyVersionInput {
        policy_arn: arn.into(),
        version_id: policy.default_version_id.unwrap(),
    };
    let version = iam
        .call::<GetPolicyVersion>(input, &caller())
        .await
        .unwrap();
    let document = version.policy_version.unwrap().document.unwrap();
    assert!(document.contains("logs%3APutLogEvents"), "{document}");
}

#[tokio::test]
async fn a_role_that_is_not_there_is_said_in_the_words_of_iam() {
    let input = GetRoleInput {
        role_name: "nobody".into(),
    };
    let refused = iam().call::<GetRole>(input, &caller()).await.unwrap_err();
    assert_eq!(
        (refused.code.as_ref(), refused.status),
        ("NoSuchEntity", 404)
    );
    assert_eq!(
        refused.message,
        "The role with name nobody cannot be found."
    );
}

const CHAT_ROLE: &str = "arn:aws:iam::123456789012:role/chat";
const CONNECTIONS: &str =
    "arn:aws:execute-api:eu-west-1:123456789012:abc/prod/POST/@connections/{connectionId}";

/// A role `chat` with one inline policy and with attached ones.
async fn with_policies(policy: Option<&str>, attached: &[&str]) -> Dispatcher {
    let iam = iam();
    iam.call::<CreateRole>(chat_role(), &caller())
        .await
        .unwrap();
    if let Some(policy) = policy {
        let input = PutRolePolicyInput {
            role_name: "chat".into(),
            policy_name: "p".into(),
            policy_document: policy.into(),
        };
        iam.call::<PutRolePolicy>(input, &caller()).await.unwrap();
    }
    for arn in attached {
        let input = AttachRolePolicyInput {
            role_name: "chat".into(),
            policy_arn: (*arn).into(),
        };
        iam.call::<AttachRolePolicy>(input, &caller())
            .await
            .unwrap();
    }
    iam
}

async fn simulate(iam: &Dispatcher) -> PolicyEvaluationDecisionType {
    let input = SimulatePrincipalPolicyInput {
        policy_source_arn: CHAT_ROLE.into(),
        action_names: vec!["execute-api:ManageConnections".into()],
        resource_arns: Some(vec![CONNECTIONS.into()]),
        ..SimulatePrincipalPolicyInput::default()
    };
    let simulated = iam
        .call::<SimulatePrincipalPolicy>(input, &caller())
        .await
        .unwrap();
    let results = simulated.evaluation_results.unwrap();
    results[0].eval_decision.clone()
}

#[tokio::test]
async fn a_role_may_what_its_policies_allow() {
    use PolicyEvaluationDecisionType::{Allowed, ExplicitDeny, ImplicitDeny};
    let allow = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "execute-api:*", "Resource": "arn:aws:execute-api:*:*:**/@connections/*"}}"#;
    let deny = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}"#;
    let administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
    let invoker = "arn:aws:iam::aws:policy/AmazonAPIGatewayInvokeFullAccess";
    let basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    let unknown = "arn:aws:iam::aws:policy/NobodyHasHeardOfIt";
    let rows: [(Option<&str>, &[&str], _); 8] = [
        (None, &[], ImplicitDeny),
        (Some(allow), &[], Allowed),
        (Some(deny), &[administrator], ExplicitDeny),
        (None, &[administrator], Allowed),
        (None, &[invoker], Allowed),
        (None, &[basic], ImplicitDeny),
        (None, &[unknown], ImplicitDeny),
        // Kept as it came, and good for nothing.
        (Some(r#"{"Statement": 1}"#), &[], ImplicitDeny),
    ];
    for (inline, attached, expected) in rows {
        let iam = with_policies(inline, attached).await;
        assert_eq!(simulate(&iam).await, expected, "{inline:?} {attached:?}");
    }
}

#[tokio::test]
async fn results_come_for_each_action_and_resource_in_pages() {
    let iam = with_policies(None, &["arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"]).await;
    let input = SimulatePrincipalPolicyInput {
        policy_source_arn: CHAT_ROLE.into(),
        action_names: vec!["dynamodb:PutItem".into(), "logs:PutLogEvents".into()],
        resource_arns: Some(vec!["a".into(), "b".into()]),
        max_items: Some(3),
        ..SimulatePrincipalPolicyInput::default()
    };
    let first = iam
        .call::<SimulatePrincipalPolicy>(input.clone(), &caller())
        .await
        .unwrap();
    let names = |results: Option<Vec<landline_api::iam::EvaluationResult>>| -> Vec<String> {
        let results = results.unwrap().into_iter();
        let name = |it: landline_api::iam::EvaluationResult| {
            let resource = it.eval_resource_name.unwrap();
            format!("{} {resource} {:?}", it.eval_action_name, it.eval_decision)
        };
        results.map(name).collect()
    };
    assert_eq!(
        names(first.evaluation_results),
        [
            "dynamodb:PutItem a Allowed",
            "dynamodb:PutItem b Allowed",
            "logs:PutLogEvents a ImplicitDeny"
        ]
    );
    let rest = SimulatePrincipalPolicyInput {
        marker: first.marker,
        ..input
    };
    let rest = iam
        .call::<SimulatePrincipalPolicy>(rest, &caller())
        .await
        .unwrap();
    assert_eq!(
        names(rest.evaluation_results),
        ["logs:PutLogEvents b ImplicitDeny"]
    );
    assert_eq!(rest.marker, None);
}

#[tokio::test]
async fn a_principal_that_is_not_there_cannot_be_simulated() {
    let input = SimulatePrincipalPolicyInput {
        policy_source_arn: CHAT_ROLE.into(),
        action_names: vec!["logs:PutLogEvents".into()],
        ..SimulatePrincipalPolicyInput::default()
    };
    let refused = iam()
        .call::<SimulatePrincipalPolicy>(input, &caller())
        .await
        .unwrap_err();
    assert_eq!(refused.code, "NoSuchEntity");
}
