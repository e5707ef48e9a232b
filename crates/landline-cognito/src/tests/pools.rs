//! Pools, clients, groups and who is listed.

use landline_api::cognito_idp as api;
use landline_store::open_memory;

use super::{Fixture, PASSWORD, attribute, claims, refused, said};
use crate::Document;

#[tokio::test]
async fn a_pool_without_a_word_is_as_aws_makes_it() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    let input = api::DescribeUserPoolInput {
        user_pool_id: pool.id.clone(),
    };
    let described = fixture.call::<api::DescribeUserPool>(input).await.unwrap();
    let described = described.user_pool.unwrap();
    assert!(pool.id.starts_with("eu-west-1_"));
    let arn = format!(
        "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/{}",
        pool.id
    );
    assert_eq!(described.arn, Some(arn));
    let policy = described.policies.unwrap().password_policy.unwrap();
    assert_eq!(
        (policy.minimum_length, policy.require_symbols),
        (Some(8), Some(true))
    );
    assert_eq!(described.mfa_configuration, Some(api::UserPoolMfaType::Off));
    assert_eq!(described.schema_attributes.unwrap().len(), 20);
}

#[tokio::test]
async fn an_update_sets_back_what_it_leaves_out() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| it.auto_verified_attributes = Some(vec![api::VerifiedAttributeType::Email]))
        .await;
    let input = api::UpdateUserPoolInput {
        user_pool_id: pool.id.clone(),
        policies: Some(api::UserPoolPolicyType {
            password_policy: Some(api::PasswordPolicyType {
                minimum_length: Some(6),
                ..Default::default()
            }),
            sign_in_policy: None,
        }),
        ..Default::default()
    };
    fixture.call::<api::UpdateUserPool>(input).await.unwrap();
    let input = api::DescribeUserPoolInput {
        user_pool_id: pool.id.clone(),
    };
    let described = fixture.call::<api::DescribeUserPool>(input).await.unwrap();
    let described = described.user_pool.unwrap();
    assert_eq!(described.auto_verified_attributes, None);
    let policy = described.policies.unwrap().password_policy.unwrap();
    assert_eq!(
        (policy.minimum_length, policy.require_symbols),
        (Some(6), Some(false))
    );
    assert_eq!(described.name.as_deref(), Some("people"));
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let store = open_memory();
    let first = Fixture::on(store.clone());
    let pool = first.pool(|_| {}).await;
    pool.user("ada", &[("email", "ada@example.com")]).await;
    let before = pool.log_in("ada", PASSWORD).await.unwrap();
    let keys = first.cognito.published(&pool.id, Document::Keys);
    let second = Fixture::on(store);
    let again = super::Pool {
        fixture: &second,
        id: pool.id.clone(),
        client: pool.client.clone(),
    };
    again.log_in("ada", PASSWORD).await.unwrap();
    again.refresh(&before.refresh_token.unwrap()).await.unwrap();
    assert_eq!(second.cognito.published(&pool.id, Document::Keys), keys);
}

#[tokio::test]
async fn a_pool_that_is_deleted_takes_everything_with_it() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    pool.user("ada", &[]).await;
    let input = api::DeleteUserPoolInput {
        user_pool_id: pool.id.clone(),
    };
    fixture.call::<api::DeleteUserPool>(input).await.unwrap();
    let gone = format!("User pool {} does not exist.", pool.id);
    assert_eq!(
        said(pool.get("ada").await),
        refused("ResourceNotFoundException", &gone)
    );
    let gone = format!("User pool client {} does not exist.", pool.client);
    let login = pool.log_in("ada", PASSWORD).await;
    assert_eq!(said(login), refused("ResourceNotFoundException", &gone));
    assert_eq!(fixture.cognito.published(&pool.id, Document::Keys), None);
}

#[tokio::test]
async fn groups_come_in_the_order_of_their_precedence() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    pool.user("ada", &[]).await;
    for (name, precedence, role) in [
        ("readers", Some(5), None),
        (
            "admins",
            Some(1),
            Some("arn:aws:iam::000000000000:role/admins"),
        ),
        ("others", None, None),
    ] {
        let input = api::CreateGroupInput {
            user_pool_id: pool.id.clone(),
            group_name: name.to_owned(),
            precedence,
            role_arn: role.map(str::to_owned),
            description: None,
        };
        fixture.call::<api::CreateGroup>(input).await.unwrap();
        let input = api::AdminAddUserToGroupInput {
            user_pool_id: pool.id.clone(),
            username: "ada".to_owned(),
            group_name: name.to_owned(),
        };
        fixture
            .call::<api::AdminAddUserToGroup>(input)
            .await
            .unwrap();
    }
    let tokens = pool.log_in("ada", PASSWORD).await.unwrap();
    let id = claims(tokens.id_token.as_ref());
    let expected = serde_json::json!(["admins", "readers", "others"]);
    assert_eq!(id["cognito:groups"], expected);
    assert_eq!(
        id["cognito:preferred_role"],
        "arn:aws:iam::000000000000:role/admins"
    );
    assert_eq!(
        claims(tokens.access_token.as_ref())["cognito:groups"],
        expected
    );
    let input = api::DeleteGroupInput {
        user_pool_id: pool.id.clone(),
        group_name: "admins".to_owned(),
    };
    fixture.call::<api::DeleteGroup>(input).await.unwrap();
    let input = api::AdminListGroupsForUserInput {
        user_pool_id: pool.id.clone(),
        username: "ada".to_owned(),
        ..Default::default()
    };
    let left = fixture
        .call::<api::AdminListGroupsForUser>(input)
        .await
        .unwrap();
    assert_eq!(left.groups.unwrap().len(), 2);
    let input = api::ListUsersInGroupInput {
        user_pool_id: pool.id.clone(),
        group_name: "readers".to_owned(),
        ..Default::default()
    };
    let members = fixture.call::<api::ListUsersInGroup>(input).await.unwrap();
    assert_eq!(members.users.unwrap().len(), 1);
}

#[tokio::test]
async fn users_are_listed_in_pages_and_found_by_what_they_have() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    for number in 0..7 {
        let email = format!("user{number}@example.com");
        pool.user(&format!("user{number}"), &[("email", &email)])
            .await;
    }
    let list = async |limit, token, filter: &str| {
        let input = api::ListUsersInput {
            user_pool_id: pool.id.clone(),
            limit: Some(limit),
            pagination_token: token,
            filter: Some(filter.to_owned()),
            attributes_to_get: None,
        };
        let listed = fixture.call::<api::ListUsers>(input).await.unwrap();
        let users = listed.users.unwrap().into_iter();
        let names: Vec<String> = users.map(|user| user.username.unwrap()).collect();
        (names, listed.pagination_token)
    };
    let (first, token) = list(4, None, "").await;
    let (second, end) = list(4, token, "").await;
    assert_eq!((first.len(), second.len(), end), (4, 3, None));
    assert_eq!(second[0], "user4");
    let (found, _) = list(60, None, "email = \"user3@example.com\"").await;
    assert_eq!(found, ["user3"]);
    let (found, token) = list(2, None, "username ^= \"user\"").await;
    assert_eq!((found.len(), token.is_some()), (2, true));
}

#[tokio::test]
async fn an_address_that_is_a_name_belongs_to_one_user() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| {
            it.username_attributes = Some(vec![api::UsernameAttributeType::Email]);
            it.username_configuration = Some(api::UsernameConfigurationType {
                case_sensitive: false,
            });
        })
        .await;
    let name = pool.user("Ada@example.com", &[]).await;
    assert_eq!(name.len(), 36);
    let tokens = pool.log_in("ada@EXAMPLE.com", PASSWORD).await.unwrap();
    let id = claims(tokens.id_token.as_ref());
    assert_eq!(
        (&id["email"], &id["cognito:username"]),
        (&"Ada@example.com".into(), &name.into())
    );
    let again = pool.sign_up("ada@example.com", &[]).await;
    let text = "An account with the given email already exists.";
    assert_eq!(said(again), refused("UsernameExistsException", text));
    let other = pool.sign_up("ada", &[]).await;
    let text = "Username should be an email.";
    assert_eq!(said(other), refused("InvalidParameterException", text));
}

#[tokio::test]
async fn an_alias_lets_in_who_has_verified_it() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| it.alias_attributes = Some(vec![api::AliasAttributeType::Email]))
        .await;
    let verified = [("email", "ada@example.com"), ("email_verified", "true")];
    pool.user("ada", &verified).await;
    pool.user("eve", &[("email", "ada@example.com")]).await;
    let tokens = pool.log_in("ada@example.com", PASSWORD).await.unwrap();
    assert_eq!(claims(tokens.id_token.as_ref())["cognito:username"], "ada");
    let input = api::AdminUpdateUserAttributesInput {
        user_pool_id: pool.id.clone(),
        username: "eve".to_owned(),
        user_attributes: vec![attribute("email_verified", "true")],
        client_metadata: None,
    };
    let taken = fixture.call::<api::AdminUpdateUserAttributes>(input).await;
    let text = "An account with the email already exists.";
    assert_eq!(said(taken), refused("AliasExistsException", text));
}

#[tokio::test]
async fn a_domain_keeps_its_pool_from_being_deleted() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    let input = api::CreateUserPoolDomainInput {
        domain: "people".to_owned(),
        user_pool_id: pool.id.clone(),
        ..Default::default()
    };
    fixture
        .call::<api::CreateUserPoolDomain>(input)
        .await
        .unwrap();
    let second = api::CreateUserPoolDomainInput {
        domain: "others".to_owned(),
        user_pool_id: pool.id.clone(),
        ..Default::default()
    };
    let refusal = said(fixture.call::<api::CreateUserPoolDomain>(second).await);
    let text = "User pool already has a domain configured.";
    assert_eq!(refusal, refused("InvalidParameterException", text));
    let input = api::DescribeUserPoolDomainInput {
        domain: "others".to_owned(),
    };
    let described = fixture.call::<api::DescribeUserPoolDomain>(input).await;
    let described = described.unwrap().domain_description.unwrap();
    assert_eq!(described.domain, None);
    let delete = api::DeleteUserPoolInput {
        user_pool_id: pool.id.clone(),
    };
    let refusal = said(fixture.call::<api::DeleteUserPool>(delete.clone()).await);
    assert_eq!(refusal.0, "InvalidParameterException");
    let input = api::DeleteUserPoolDomainInput {
        domain: "people".to_owned(),
        user_pool_id: pool.id.clone(),
    };
    fixture
        .call::<api::DeleteUserPoolDomain>(input)
        .await
        .unwrap();
    fixture.call::<api::DeleteUserPool>(delete).await.unwrap();
}
