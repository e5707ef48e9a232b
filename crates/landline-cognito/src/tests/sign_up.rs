//! Registrations, codes, and passwords that were forgotten.

use landline_api::cognito_idp as api;
use landline_wire::ServiceError;

use super::{Fixture, PASSWORD, Pool, refused, said};
use crate::codes::{RESET, SIGN_UP};

async fn pool(fixture: &Fixture) -> Pool<'_> {
    let verified = vec![api::VerifiedAttributeType::Email];
    let pool = fixture.pool(|it| it.auto_verified_attributes = Some(verified));
    pool.await
}

const EMAIL: [(&str, &str); 1] = [("email", "ada@example.com")];

async fn confirm(pool: &Pool<'_>, code: &str) -> Result<api::ConfirmSignUpOutput, ServiceError> {
    let input = api::ConfirmSignUpInput {
        client_id: pool.client.clone(),
        username: "ada".to_owned(),
        confirmation_code: code.to_owned(),
        ..Default::default()
    };
    pool.fixture.call::<api::ConfirmSignUp>(input).await
}

#[tokio::test]
async fn who_registers_is_let_in_once_he_knows_the_code() {
    let fixture = Fixture::new();
    let pool = pool(&fixture).await;
    let signed_up = pool.sign_up("ada", &EMAIL).await.unwrap();
    assert!(!signed_up.user_confirmed);
    let details = signed_up.code_delivery_details.unwrap();
    assert_eq!(details.destination.as_deref(), Some("a***@e***"));
    let text = "User is not confirmed.";
    let early = pool.log_in("ada", PASSWORD).await;
    assert_eq!(said(early), refused("UserNotConfirmedException", text));
    let text = "Invalid verification code provided, please try again.";
    let wrong = confirm(&pool, "nonsense").await;
    assert_eq!(said(wrong), refused("CodeMismatchException", text));
    confirm(&pool, &pool.code("ada", SIGN_UP)).await.unwrap();
    pool.log_in("ada", PASSWORD).await.unwrap();
    let user = pool.get("ada").await.unwrap();
    assert_eq!(user.user_status, Some(api::UserStatusType::Confirmed));
    let mut attributes = user.user_attributes.unwrap().into_iter();
    let verified = attributes.find(|it| it.name == "email_verified");
    assert_eq!(verified.unwrap().value.as_deref(), Some("true"));
    let text = "User cannot be confirmed. Current status is CONFIRMED";
    assert_eq!(
        said(confirm(&pool, "1").await),
        refused("NotAuthorizedException", text)
    );
    let text = "User already exists";
    let again = pool.sign_up("ada", &EMAIL).await;
    assert_eq!(said(again), refused("UsernameExistsException", text));
}

#[tokio::test]
async fn a_code_can_be_guessed_at_five_times_and_for_a_day() {
    let fixture = Fixture::new();
    let pool = pool(&fixture).await;
    pool.sign_up("ada", &EMAIL).await.unwrap();
    let code = pool.code("ada", SIGN_UP);
    for _ in 0..5 {
        assert_eq!(
            said(confirm(&pool, "nonsense").await).0,
            "CodeMismatchException"
        );
    }
    let text = "Attempt limit exceeded, please try after some time.";
    assert_eq!(
        said(confirm(&pool, &code).await),
        refused("LimitExceededException", text)
    );
    let input = api::ResendConfirmationCodeInput {
        client_id: pool.client.clone(),
        username: "ada".to_owned(),
        ..Default::default()
    };
    fixture
        .call::<api::ResendConfirmationCode>(input)
        .await
        .unwrap();
    fixture.pass(86_400);
    let text = "Invalid code provided, please request a code again.";
    let late = confirm(&pool, &pool.code("ada", SIGN_UP)).await;
    assert_eq!(said(late), refused("ExpiredCodeException", text));
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_with_a_code() {
    let fixture = Fixture::new();
    let pool = pool(&fixture).await;
    pool.sign_up("ada", &EMAIL).await.unwrap();
    let forgot = async || {
        let input = api::ForgotPasswordInput {
            client_id: pool.client.clone(),
            username: "ada".to_owned(),
            ..Default::default()
        };
        fixture.call::<api::ForgotPassword>(input).await
    };
    let text = "Cannot reset password for the user as there is no registered/verified email or phone_number";
    assert_eq!(
        said(forgot().await),
        refused("InvalidParameterException", text)
    );
    confirm(&pool, &pool.code("ada", SIGN_UP)).await.unwrap();
    forgot().await.unwrap();
    let input = api::ConfirmForgotPasswordInput {
        client_id: pool.client.clone(),
        username: "ada".to_owned(),
        confirmation_code: pool.code("ada", RESET),
        password: "Another-Horse1".to_owned(),
        ..Default::default()
    };
    fixture
        .call::<api::ConfirmForgotPassword>(input)
        .await
        .unwrap();
    pool.log_in("ada", "Another-Horse1").await.unwrap();
    assert_eq!(
        said(pool.log_in("ada", PASSWORD).await).0,
        "NotAuthorizedException"
    );
}

#[tokio::test]
async fn who_lacks_what_the_pool_requires_cannot_register() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| {
            it.schema = Some(vec![api::SchemaAttributeType {
                name: Some("email".to_owned()),
                required: Some(true),
                ..Default::default()
            }]);
        })
        .await;
    let text = "Attributes did not conform to the schema: email: The attribute is required\n";
    let lacking = pool.sign_up("ada", &[]).await;
    assert_eq!(said(lacking), refused("InvalidParameterException", text));
    let text = "A client attempted to write unauthorized attribute";
    let forward = pool.sign_up("ada", &[("email_verified", "true")]).await;
    assert_eq!(said(forward), refused("NotAuthorizedException", text));
}

#[tokio::test]
async fn a_pool_may_take_nobody_but_whom_its_owner_brings() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| {
            it.admin_create_user_config = Some(api::AdminCreateUserConfigType {
                allow_admin_create_user_only: Some(true),
                ..Default::default()
            });
        })
        .await;
    let text = "SignUp is not permitted for this user pool";
    let refusal = said(pool.sign_up("ada", &[]).await);
    assert_eq!(refusal, refused("NotAuthorizedException", text));
}

#[tokio::test]
async fn a_new_address_has_to_be_verified_again() {
    let fixture = Fixture::new();
    let pool = pool(&fixture).await;
    pool.user(
        "ada",
        &[("email", "ada@example.com"), ("email_verified", "true")],
    )
    .await;
    let access_token = pool
        .log_in("ada", PASSWORD)
        .await
        .unwrap()
        .access_token
        .unwrap();
    let input = api::UpdateUserAttributesInput {
        access_token: access_token.clone(),
        user_attributes: vec![super::attribute("email", "new@example.com")],
        client_metadata: None,
    };
    let updated = fixture
        .call::<api::UpdateUserAttributes>(input)
        .await
        .unwrap();
    assert_eq!(updated.code_delivery_details_list.unwrap().len(), 1);
    let is_verified = async || {
        let user = pool.get("ada").await.unwrap();
        let mut all = user.user_attributes.unwrap().into_iter();
        let flag = all.find(|it| it.name == "email_verified");
        flag.unwrap().value.unwrap()
    };
    assert_eq!(is_verified().await, "false");
    let input = api::VerifyUserAttributeInput {
        access_token,
        attribute_name: "email".to_owned(),
        code: pool.code("ada", "attribute:email"),
    };
    fixture
        .call::<api::VerifyUserAttribute>(input)
        .await
        .unwrap();
    assert_eq!(is_verified().await, "true");
}
