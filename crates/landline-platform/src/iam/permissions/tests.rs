//! Who may what, and what is said of it.

use landline_api::iam::{
    AttachRolePolicy, AttachRolePolicyInput, CreateRole, CreateRoleInput, PutRolePolicy,
    PutRolePolicyInput,
};
use landline_store::open_memory;
use landline_wire::{Dispatcher, DispatcherBuilder, ManualClock};

use super::*;

const TABLE: &str = "arn:aws:dynamodb:eu-west-1:123456789012:table/rooms";
const PUT: Asked<'static> = Asked {
    action: "dynamodb:PutItem",
    resource: TABLE,
};

struct Account {
    iam: Arc<Iam>,
    dispatcher: Dispatcher,
}

impl Account {
    /// An account with one role, whose policy is `policy`.
    async fn with_role(policy: &str) -> Self {
        let clock = ManualClock::at(Timestamp::from_millis(1_801_646_142_107));
        let iam = Iam::new(open_memory(), Arc::new(clock));
        let mut builder = DispatcherBuilder::new();
        iam.register(&mut builder);
        let dispatcher = builder.seal();
        let input = CreateRoleInput {
            role_name: "chat".into(),
            assume_role_policy_document: "{}".into(),
            ..CreateRoleInput::default()
        };
        let account = Self { iam, dispatcher };
        let owner = owner();
        let created = account.dispatcher.call::<CreateRole>(input, &owner);
        created.await.unwrap();
        account.allow(policy).await;
        account
    }

    async fn allow(&self, policy: &str) {
        let input = PutRolePolicyInput {
            role_name: "chat".into(),
            policy_name: "p".into(),
            policy_document: policy.into(),
        };
        let owner = owner();
        let put = self.dispatcher.call::<PutRolePolicy>(input, &owner);
        put.await.unwrap();
    }

    fn permissions(&self, enforcement: Enforcement) -> Arc<Permissions> {
        Permissions::new(Arc::clone(&self.iam), enforcement)
    }
}

fn owner() -> Caller {
    Caller::root("123456789012", "eu-west-1")
}

fn session_of(role: &str) -> Caller {
    Caller {
        principal: format!("arn:aws:sts::123456789012:assumed-role/{role}/fn").into(),
        ..owner()
    }
}

fn allowing(action: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"{action}","Resource":"{TABLE}"}}}}"#
    )
}

#[tokio::test]
async fn a_role_may_what_its_policies_allow() {
    let account = Account::with_role(&allowing("dynamodb:Put*")).await;
    let permissions = account.permissions(Enforcement::Enforce);
    let chat = session_of("chat");
    assert_eq!(permissions.permit(&chat, PUT).await, Ok(()));
    let asked = Asked {
        action: "dynamodb:DeleteItem",
        ..PUT
    };
    let refused = permissions.permit(&chat, asked).await;
    assert_eq!(refused, Err(Decision::ImplicitDeny));
}

#[tokio::test]
async fn a_policy_may_ask_for_the_account_and_the_region() {
    let policy = |key: &str, value: &str| {
        serde_json::json!({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": PUT.action, "Resource": "*",
            "Condition": {"StringEquals": {key: value}},
        }})
        .to_string()
    };
    let cases = [
        ("aws:ResourceAccount", "123456789012", true),
        ("aws:ResourceAccount", "210987654321", false),
        ("aws:RequestedRegion", "eu-west-1", true),
        ("aws:RequestedRegion", "us-east-1", false),
    ];
    for (key, value, allowed) in cases {
        let account = Account::with_role(&policy(key, value)).await;
        let permissions = account.permissions(Enforcement::Enforce);
        let permitted = permissions.permit(&session_of("chat"), PUT).await;
        assert_eq!(permitted.is_ok(), allowed, "{key} {value}");
    }
}

#[tokio::test]
async fn the_owner_and_services_need_no_policy() {
    let account = Account::with_role("{}").await;
    let permissions = account.permissions(Enforcement::Enforce);
    let service = owner().service("lambda.amazonaws.com", "arn:aws:lambda:::function:f");
    for caller in [owner(), service] {
        assert_eq!(permissions.permit(&caller, PUT).await, Ok(()));
    }
}

#[tokio::test]
async fn a_changed_policy_counts_at_once() {
    let account = Account::with_role(&allowing("dynamodb:GetItem")).await;
    let permissions = account.permissions(Enforcement::Enforce);
    let chat = session_of("chat");
    let refused = permissions.permit(&chat, PUT).await;
    assert_eq!(refused, Err(Decision::ImplicitDeny));
    account.allow(&allowing("dynamodb:PutItem")).await;
    assert_eq!(permissions.permit(&chat, PUT).await, Ok(()));
}

#[tokio::test]
async fn where_it_is_only_told_everything_is_let_through() {
    let account = Account::with_role(&allowing("dynamodb:GetItem")).await;
    let chat = session_of("chat");
    for enforcement in [Enforcement::Warn, Enforcement::Off] {
        let permissions = account.permissions(enforcement);
        assert_eq!(permissions.permit(&chat, PUT).await, Ok(()));
    }
}

#[tokio::test]
async fn a_role_that_nobody_created_may_nothing_where_it_is_enforced() {
    let account = Account::with_role("{}").await;
    let other = session_of("nobody");
    let enforced = account.permissions(Enforcement::Enforce);
    let refused = enforced.permit(&other, PUT).await;
    assert_eq!(refused, Err(Decision::ImplicitDeny));
}

/// A warning must be right: what an unknown policy allows is not known.
#[tokio::test]
async fn an_attached_policy_that_is_not_known_is_no_reason_to_warn() {
    let account = Account::with_role(&allowing("dynamodb:GetItem")).await;
    let input = AttachRolePolicyInput {
        role_name: "chat".into(),
        policy_arn: "arn:aws:iam::aws:policy/AmazonSomethingNew".into(),
    };
    let owner = owner();
    let attached = account.dispatcher.call::<AttachRolePolicy>(input, &owner);
    attached.await.unwrap();
    let permissions = account.permissions(Enforcement::Warn);
    let decision = permissions.decide(&session_of("chat"), PUT, &[]);
    assert_eq!(decision, Decision::Allowed);
}

#[test]
fn the_policies_of_a_session_are_its_roles() {
    let rows = [
        (
            "arn:aws:sts::123456789012:assumed-role/chat/session",
            Some("arn:aws:iam::123456789012:role/chat"),
        ),
        (
            "arn:aws:iam::123456789012:role/path/chat",
            Some("arn:aws:iam::123456789012:role/path/chat"),
        ),
        (
            "arn:aws:iam::123456789012:user/ann",
            Some("arn:aws:iam::123456789012:user/ann"),
        ),
        ("arn:aws:sts::123456789012:assumed-role/chat", None),
        ("apigateway.amazonaws.com", None),
    ];
    for (principal, expected) in rows {
        assert_eq!(judged_arn(principal).as_deref(), expected, "{principal}");
    }
}
