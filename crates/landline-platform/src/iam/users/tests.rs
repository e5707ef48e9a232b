//! Users, groups and keys through their typed operations, on a store in memory.

use std::sync::Arc;

use landline_api::iam as api;
use landline_api::iam::PolicyEvaluationDecisionType;
use landline_store::open_memory;
use landline_wire::{Caller, Dispatcher, DispatcherBuilder, Operation, ServiceError, SystemClock};

use super::Iam;

struct Fixture {
    iam: Arc<Iam>,
    dispatcher: Dispatcher,
    caller: Caller,
}

impl Fixture {
    /// With the user `ann` in the group `writers`.
    async fn new() -> Self {
        let mut builder = DispatcherBuilder::new();
        let iam = Iam::new(open_memory(), Arc::new(SystemClock));
        iam.register(&mut builder);
        let fixture = Self {
            iam,
            dispatcher: builder.seal(),
            caller: Caller::root("123456789012", "eu-west-1"),
        };
        let user = api::CreateUserInput {
            user_name: "ann".into(),
            path: Some("/people/".into()),
            ..Default::default()
        };
        fixture.ask::<api::CreateUser>(user).await.unwrap();
        let group = api::CreateGroupInput {
            group_name: "writers".into(),
            ..Default::default()
        };
        fixture.ask::<api::CreateGroup>(group).await.unwrap();
        let member = api::AddUserToGroupInput {
            group_name: "writers".into(),
            user_name: "ann".into(),
        };
        fixture.ask::<api::AddUserToGroup>(member).await.unwrap();
        fixture
    }

    async fn ask<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        self.dispatcher.call::<Op>(input, &self.caller).await
    }

    async fn decision(&self, action: &str) -> PolicyEvaluationDecisionType {
        let input = api::SimulatePrincipalPolicyInput {
            policy_source_arn: "arn:aws:iam::123456789012:user/people/ann".into(),
            action_names: vec![action.into()],
            ..Default::default()
        };
        let simulated = self.ask::<api::SimulatePrincipalPolicy>(input).await;
        let results = simulated.unwrap().evaluation_results.unwrap();
        results[0].eval_decision.clone()
    }

    async fn refusal<Op: Operation>(&self, input: Op::Input) -> (String, String) {
        match self.ask::<Op>(input).await {
            Ok(_) => panic!("{} was not refused", Op::META.name),
            Err(error) => (error.code.to_string(), error.message.clone()),
        }
    }
}

fn key_of(user: &str) -> api::CreateAccessKeyInput {
    api::CreateAccessKeyInput {
        user_name: Some(user.into()),
    }
}

#[tokio::test]
async fn a_user_may_what_its_policies_and_its_groups_allow() {
    let fixture = Fixture::new().await;
    assert_eq!(
        fixture.decision("s3:PutObject").await,
        PolicyEvaluationDecisionType::ImplicitDeny
    );
    let allow = |action: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}]}}"#
        )
    };
    let of_group = api::PutGroupPolicyInput {
        group_name: "writers".into(),
        policy_name: "p".into(),
        policy_document: allow("s3:PutObject"),
    };
    fixture.ask::<api::PutGroupPolicy>(of_group).await.unwrap();
    let of_user = api::PutUserPolicyInput {
        user_name: "ann".into(),
        policy_name: "p".into(),
        policy_document: allow("sqs:SendMessage"),
    };
    fixture.ask::<api::PutUserPolicy>(of_user).await.unwrap();
    for action in ["s3:PutObject", "sqs:SendMessage"] {
        assert_eq!(
            fixture.decision(action).await,
            PolicyEvaluationDecisionType::Allowed
        );
    }
}

#[tokio::test]
async fn a_key_is_known_from_its_creation_to_its_deletion() {
    let fixture = Fixture::new().await;
    assert!(fixture.iam.user_key("AKIAIOSFODNN7EXAMPLE").is_none());
    let made = fixture.ask::<api::CreateAccessKey>(key_of("ann")).await;
    let id = made.unwrap().access_key.access_key_id;
    assert!(fixture.iam.user_key(&id).is_some());
    let delete = api::DeleteAccessKeyInput {
        user_name: Some("ann".into()),
        access_key_id: id.clone(),
    };
    fixture.ask::<api::DeleteAccessKey>(delete).await.unwrap();
    assert!(fixture.iam.user_key(&id).is_none());
}

#[tokio::test]
async fn a_key_is_its_users_while_it_is_active() {
    let fixture = Fixture::new().await;
    let made = fixture.ask::<api::CreateAccessKey>(key_of("ann")).await;
    let key = made.unwrap().access_key;
    let known = fixture.iam.user_key(&key.access_key_id).unwrap();
    assert_eq!(
        &*known.principal,
        "arn:aws:iam::123456789012:user/people/ann"
    );
    assert_eq!(&*known.secret_access_key, key.secret_access_key);
    let update = api::UpdateAccessKeyInput {
        user_name: Some("ann".into()),
        access_key_id: key.access_key_id.clone(),
        status: api::StatusType::Inactive,
    };
    fixture.ask::<api::UpdateAccessKey>(update).await.unwrap();
    assert!(fixture.iam.user_key(&key.access_key_id).is_none());
    fixture
        .ask::<api::CreateAccessKey>(key_of("ann"))
        .await
        .unwrap();
    let third = fixture.refusal::<api::CreateAccessKey>(key_of("ann")).await;
    assert_eq!(third.1, "Cannot exceed quota for AccessKeysPerUser: 2");
}

#[tokio::test]
async fn what_belongs_to_a_user_goes_before_it() {
    let fixture = Fixture::new().await;
    let delete = || api::DeleteUserInput {
        user_name: "ann".into(),
    };
    let made = fixture.ask::<api::CreateAccessKey>(key_of("ann")).await;
    let conflict = |text: &str| ("DeleteConflict".to_owned(), text.to_owned());
    assert_eq!(
        fixture.refusal::<api::DeleteUser>(delete()).await,
        conflict("Cannot delete entity, must delete access keys first.")
    );
    let key = api::DeleteAccessKeyInput {
        user_name: None,
        access_key_id: made.unwrap().access_key.access_key_id,
    };
    fixture.ask::<api::DeleteAccessKey>(key).await.unwrap();
    assert_eq!(
        fixture.refusal::<api::DeleteUser>(delete()).await,
        conflict("Cannot delete entity, must remove users from group first.")
    );
    let group = || api::DeleteGroupInput {
        group_name: "writers".into(),
    };
    assert_eq!(
        fixture.refusal::<api::DeleteGroup>(group()).await,
        conflict("Cannot delete entity, must remove users from group first.")
    );
    let member = api::RemoveUserFromGroupInput {
        group_name: "writers".into(),
        user_name: "ann".into(),
    };
    fixture
        .ask::<api::RemoveUserFromGroup>(member)
        .await
        .unwrap();
    fixture.ask::<api::DeleteUser>(delete()).await.unwrap();
    fixture.ask::<api::DeleteGroup>(group()).await.unwrap();
    let input = api::GetUserInput {
        user_name: Some("ann".into()),
    };
    assert_eq!(
        fixture.refusal::<api::GetUser>(input).await.1,
        "The user with name ann cannot be found."
    );
}
