//! Logins, their tokens and the end of those.

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::{AuthFlowType as Flow, ChallengeNameType as Challenge};
use serde_json::json;

use super::{Fixture, NOW, PASSWORD, claims, refused, said};

#[tokio::test]
async fn tokens_say_what_those_of_aws_say() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| {
            it.schema = Some(vec![api::SchemaAttributeType {
                name: Some("tenant".to_owned()),
                attribute_data_type: Some(api::AttributeDataType::String),
                ..Default::default()
            }]);
        })
        .await;
    let attributes = [
        ("email", "ada@example.com"),
        ("email_verified", "true"),
        ("custom:tenant", "acme"),
    ];
    pool.user("ada", &attributes).await;
    let tokens = pool.log_in("ada", PASSWORD).await.unwrap();
    assert_eq!(
        (tokens.expires_in, tokens.token_type.as_deref()),
        (Some(3600), Some("Bearer"))
    );
    let sub = pool.get("ada").await.unwrap().user_attributes.unwrap()[0]
        .value
        .clone();
    let mut id = claims(tokens.id_token.as_ref());
    let mut access = claims(tokens.access_token.as_ref());
    assert_eq!(id["origin_jti"], access["origin_jti"]);
    for claims in [&mut id, &mut access] {
        for made_up in ["jti", "origin_jti", "event_id"] {
            let value = claims.as_object_mut().unwrap().remove(made_up).unwrap();
            assert_eq!(value.as_str().unwrap().len(), 36);
        }
    }
    let issuer = format!("https://cognito-idp.eu-west-1.amazonaws.com/{}", pool.id);
    let now = NOW / 1000;
    let expected = json!({
        "sub": sub, "iss": issuer, "aud": pool.client, "token_use": "id", "auth_time": now,
        "iat": now, "exp": now + 3600, "cognito:username": "ada", "email": "ada@example.com",
        "email_verified": true, "custom:tenant": "acme",
    });
    assert_eq!(id, expected);
    let expected = json!({
        "sub": sub, "iss": issuer, "client_id": pool.client, "token_use": "access",
        "auth_time": now, "iat": now, "exp": now + 3600, "username": "ada",
        "scope": "aws.cognito.signin.user.admin",
    });
    assert_eq!(access, expected);
}

#[tokio::test]
async fn a_wrong_password_is_told_in_awss_words_and_costs_time_in_the_end() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    pool.user("ada", &[]).await;
    let wrong = refused("NotAuthorizedException", "Incorrect username or password.");
    for _ in 0..5 {
        assert_eq!(said(pool.log_in("ada", "Wrong-Horse1").await), wrong);
    }
    let locked = refused("NotAuthorizedException", "Password attempts exceeded");
    assert_eq!(said(pool.log_in("ada", PASSWORD).await), locked);
    fixture.pass(2);
    pool.log_in("ada", PASSWORD).await.unwrap();
    let nobody = refused("UserNotFoundException", "User does not exist.");
    assert_eq!(said(pool.log_in("eve", PASSWORD).await), nobody);
}

#[tokio::test]
async fn a_client_that_hides_users_tells_nobody_who_is_there() {
    let fixture = Fixture::new();
    let mut pool = fixture.pool(|_| {}).await;
    let hiding = fixture.client(&pool.id, |it| {
        it.prevent_user_existence_errors = Some(api::PreventUserExistenceErrorTypes::Enabled);
    });
    pool.client = hiding.await.client_id.unwrap();
    let wrong = refused("NotAuthorizedException", "Incorrect username or password.");
    assert_eq!(said(pool.log_in("eve", PASSWORD).await), wrong);
    let parameters = [("USERNAME", "eve"), ("SRP_A", "1234abcd")];
    let first = pool.begin(Flow::UserSrpAuth, &parameters).await.unwrap();
    let again = pool.begin(Flow::UserSrpAuth, &parameters).await.unwrap();
    let salt =
        |it: &api::InitiateAuthOutput| it.challenge_parameters.as_ref().unwrap()["SALT"].clone();
    assert_eq!(salt(&first), salt(&again));
    let block = &first.challenge_parameters.unwrap()["SECRET_BLOCK"];
    let answers = [
        ("USERNAME", "eve"),
        ("PASSWORD_CLAIM_SECRET_BLOCK", block),
        ("PASSWORD_CLAIM_SIGNATURE", "AAAA"),
        ("TIMESTAMP", "now"),
    ];
    let answered = pool
        .respond(Challenge::PasswordVerifier, None, &answers)
        .await;
    assert_eq!(said(answered), wrong);
}

#[tokio::test]
async fn a_temporary_password_has_to_be_changed() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    let input = api::AdminCreateUserInput {
        user_pool_id: pool.id.clone(),
        username: "ada".to_owned(),
        temporary_password: Some("Temporary-1".to_owned()),
        ..Default::default()
    };
    fixture.call::<api::AdminCreateUser>(input).await.unwrap();
    let parameters = [("USERNAME", "ada"), ("PASSWORD", "Temporary-1")];
    let begun = pool
        .begin(Flow::UserPasswordAuth, &parameters)
        .await
        .unwrap();
    assert_eq!(begun.challenge_name, Some(Challenge::NewPasswordRequired));
    let session = begun.session;
    let weak = [("USERNAME", "ada"), ("NEW_PASSWORD", "weak")];
    let answered = pool
        .respond(Challenge::NewPasswordRequired, session.clone(), &weak)
        .await;
    assert_eq!(said(answered).0, "InvalidPasswordException");
    let answers = [
        ("USERNAME", "ada"),
        ("NEW_PASSWORD", PASSWORD),
        ("userAttributes.name", "Ada"),
    ];
    let answered = pool
        .respond(Challenge::NewPasswordRequired, session.clone(), &answers)
        .await;
    let tokens = answered.unwrap().authentication_result.unwrap();
    assert_eq!(claims(tokens.id_token.as_ref())["name"], "Ada");
    pool.log_in("ada", PASSWORD).await.unwrap();
    let again = pool
        .respond(Challenge::NewPasswordRequired, session, &answers)
        .await;
    let text = "Invalid session for the user.";
    assert_eq!(said(again), refused("NotAuthorizedException", text));
}

#[tokio::test]
async fn a_session_ends_after_three_minutes() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    let input = api::AdminCreateUserInput {
        user_pool_id: pool.id.clone(),
        username: "ada".to_owned(),
        temporary_password: Some("Temporary-1".to_owned()),
        ..Default::default()
    };
    fixture.call::<api::AdminCreateUser>(input).await.unwrap();
    let parameters = [("USERNAME", "ada"), ("PASSWORD", "Temporary-1")];
    let begun = pool
        .begin(Flow::UserPasswordAuth, &parameters)
        .await
        .unwrap();
    fixture.pass(181);
    let answers = [("USERNAME", "ada"), ("NEW_PASSWORD", PASSWORD)];
    let late = pool
        .respond(Challenge::NewPasswordRequired, begun.session, &answers)
        .await;
    let text = "Invalid session for the user, session is expired.";
    assert_eq!(said(late), refused("NotAuthorizedException", text));
    fixture.pass(7 * 86_400);
    let late = pool.begin(Flow::UserPasswordAuth, &parameters).await;
    assert!(said(late).1.starts_with("Temporary password has expired"));
}

#[tokio::test]
async fn a_refresh_token_gives_tokens_until_it_is_revoked() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    pool.user("ada", &[]).await;
    let tokens = pool.log_in("ada", PASSWORD).await.unwrap();
    let refresh = tokens.refresh_token.unwrap();
    fixture.pass(3_700);
    let get = async |token: Option<String>| {
        let access_token = token.unwrap();
        fixture
            .call::<api::GetUser>(api::GetUserInput { access_token })
            .await
    };
    let text = "Access Token has expired";
    let late = get(tokens.access_token.clone()).await;
    assert_eq!(said(late), refused("NotAuthorizedException", text));
    let renewed = pool.refresh(&refresh).await.unwrap();
    assert_eq!(renewed.refresh_token, None);
    let (before, after) = (
        claims(tokens.id_token.as_ref()),
        claims(renewed.id_token.as_ref()),
    );
    assert_eq!(before["auth_time"], after["auth_time"]);
    assert_eq!(before["origin_jti"], after["origin_jti"]);
    assert_eq!(
        get(renewed.access_token.clone()).await.unwrap().username,
        "ada"
    );
    let input = api::RevokeTokenInput {
        token: refresh.clone(),
        client_id: pool.client.clone(),
        client_secret: None,
    };
    fixture.call::<api::RevokeToken>(input).await.unwrap();
    let text = "Refresh Token has been revoked";
    assert_eq!(
        said(pool.refresh(&refresh).await),
        refused("NotAuthorizedException", text)
    );
    let text = "Access Token has been revoked";
    let revoked = get(renewed.access_token).await;
    assert_eq!(said(revoked), refused("NotAuthorizedException", text));
    let text = "Invalid Refresh Token";
    let nonsense = pool.refresh("nonsense").await;
    assert_eq!(said(nonsense), refused("NotAuthorizedException", text));
}

#[tokio::test]
async fn who_signs_out_everywhere_has_to_log_in_again() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    pool.user("ada", &[]).await;
    let tokens = pool.log_in("ada", PASSWORD).await.unwrap();
    let access_token = tokens.access_token.unwrap();
    let input = api::GlobalSignOutInput {
        access_token: access_token.clone(),
    };
    fixture.call::<api::GlobalSignOut>(input).await.unwrap();
    let text = "Refresh Token has been revoked";
    let late = pool.refresh(&tokens.refresh_token.unwrap()).await;
    assert_eq!(said(late), refused("NotAuthorizedException", text));
    let late = fixture
        .call::<api::GetUser>(api::GetUserInput { access_token })
        .await;
    let text = "Access Token has been revoked";
    assert_eq!(said(late), refused("NotAuthorizedException", text));
    fixture.pass(1);
    let tokens = pool.log_in("ada", PASSWORD).await.unwrap();
    pool.refresh(&tokens.refresh_token.unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_flow_that_the_client_does_not_allow_is_refused() {
    let fixture = Fixture::new();
    let mut pool = fixture.pool(|_| {}).await;
    pool.user("ada", &[]).await;
    let silent = fixture
        .client(&pool.id, |it| it.explicit_auth_flows = None)
        .await;
    pool.client = silent.client_id.unwrap();
    let text = "USER_PASSWORD_AUTH flow not enabled for this client";
    let login = pool.log_in("ada", PASSWORD).await;
    assert_eq!(said(login), refused("InvalidParameterException", text));
    let parameters = [("USERNAME", "ada"), ("PASSWORD", PASSWORD)];
    let login = pool.begin(Flow::AdminUserPasswordAuth, &parameters).await;
    let text = "Initiate Auth method not supported.";
    assert_eq!(said(login), refused("InvalidParameterException", text));
    let input = api::AdminInitiateAuthInput {
        user_pool_id: pool.id.clone(),
        client_id: pool.client.clone(),
        auth_flow: Flow::AdminUserPasswordAuth,
        ..Default::default()
    };
    let login = fixture.call::<api::AdminInitiateAuth>(input).await;
    let text = "Auth flow not enabled for this client";
    assert_eq!(said(login), refused("InvalidParameterException", text));
}

#[tokio::test]
async fn a_pool_that_demands_a_second_factor_says_that_there_is_none() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    pool.user("ada", &[]).await;
    let input = api::SetUserPoolMfaConfigInput {
        user_pool_id: pool.id.clone(),
        mfa_configuration: Some(api::UserPoolMfaType::On),
        ..Default::default()
    };
    fixture
        .call::<api::SetUserPoolMfaConfig>(input)
        .await
        .unwrap();
    let login = said(pool.log_in("ada", PASSWORD).await);
    assert_eq!(login.0, "InvalidUserPoolConfigurationException");
}

#[tokio::test]
async fn who_is_disabled_is_not_let_in() {
    let fixture = Fixture::new();
    let pool = fixture.pool(|_| {}).await;
    pool.user("ada", &[]).await;
    let tokens = pool.log_in("ada", PASSWORD).await.unwrap();
    let input = api::AdminDisableUserInput {
        user_pool_id: pool.id.clone(),
        username: "ada".to_owned(),
    };
    fixture.call::<api::AdminDisableUser>(input).await.unwrap();
    let disabled = refused("NotAuthorizedException", "User is disabled.");
    assert_eq!(said(pool.log_in("ada", PASSWORD).await), disabled);
    assert_eq!(
        said(pool.refresh(&tokens.refresh_token.unwrap()).await),
        disabled
    );
}
