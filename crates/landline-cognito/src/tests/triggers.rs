//! Functions on the way of a registration and of a login.

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::{AuthFlowType as Flow, ChallengeNameType as Challenge};
use serde_json::json;

use super::{Fixture, PASSWORD, claims, refused, said};

#[tokio::test]
async fn a_function_confirms_who_registers() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| {
            it.lambda_config = Some(api::LambdaConfigType {
                pre_sign_up: Some("welcome".to_owned()),
                post_confirmation: Some("note".to_owned()),
                ..Default::default()
            });
        })
        .await;
    fixture.functions.put("welcome", |event| {
        let email = event["request"]["userAttributes"]["email"].as_str();
        if email.is_some_and(|email| !email.ends_with("@example.com")) {
            return Err("Only our own".to_owned());
        }
        event["response"]["autoConfirmUser"] = true.into();
        event["response"]["autoVerifyEmail"] = true.into();
        Ok(())
    });
    fixture.functions.put("note", |_| Ok(()));
    let text = "PreSignUp failed with error Only our own.";
    let refusal = said(pool.sign_up("eve", &[("email", "eve@elsewhere.com")]).await);
    assert_eq!(refusal, refused("UserLambdaValidationException", text));
    let signed_up = pool
        .sign_up("ada", &[("email", "ada@example.com")])
        .await
        .unwrap();
    assert!(signed_up.user_confirmed);
    let tokens = pool.log_in("ada", PASSWORD).await.unwrap();
    assert_eq!(claims(tokens.id_token.as_ref())["email_verified"], true);
    let told = [
        "PreSignUp_SignUp",
        "PreSignUp_SignUp",
        "PostConfirmation_ConfirmSignUp",
    ];
    assert_eq!(fixture.functions.sources(), told);
    let event = fixture.functions.events.lock()[2].clone();
    assert_eq!(event["userName"], "ada");
    assert_eq!(event["callerContext"]["clientId"], pool.client);
    assert_eq!(
        event["request"]["userAttributes"]["cognito:user_status"],
        "CONFIRMED"
    );
}

#[tokio::test]
async fn a_function_says_what_else_tokens_say() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| {
            it.lambda_config = Some(api::LambdaConfigType {
                pre_token_generation: Some("claims".to_owned()),
                ..Default::default()
            });
        })
        .await;
    fixture.functions.put("claims", |event| {
        event["response"]["claimsOverrideDetails"] = json!({
            "claimsToAddOrOverride": { "tenant": "acme", "sub": "somebody else" },
            "claimsToSuppress": ["email"],
            "groupOverrideDetails": { "groupsToOverride": ["admins"] },
        });
        Ok(())
    });
    pool.user("ada", &[("email", "ada@example.com")]).await;
    let tokens = pool.log_in("ada", PASSWORD).await.unwrap();
    let id = claims(tokens.id_token.as_ref());
    assert_eq!(
        (&id["tenant"], &id["email"]),
        (&json!("acme"), &json!(null))
    );
    assert_ne!(id["sub"], "somebody else");
    assert_eq!(id["cognito:groups"], json!(["admins"]));
    pool.refresh(&tokens.refresh_token.unwrap()).await.unwrap();
    let sources = [
        "TokenGeneration_Authentication",
        "TokenGeneration_RefreshTokens",
    ];
    assert_eq!(fixture.functions.sources(), sources);
}

#[tokio::test]
async fn the_second_version_changes_access_tokens_too() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| {
            it.lambda_config = Some(api::LambdaConfigType {
                pre_token_generation_config: Some(api::PreTokenGenerationVersionConfigType {
                    lambda_version: api::PreTokenGenerationLambdaVersionType::V20,
                    lambda_arn: "claims".to_owned(),
                }),
                ..Default::default()
            });
        })
        .await;
    fixture.functions.put("claims", |event| {
        assert_eq!(event["version"], "2");
        event["response"]["claimsAndScopeOverrideDetails"] = json!({
            "accessTokenGeneration": {
                "claimsToAddOrOverride": { "tenant": "acme" },
                "scopesToAdd": ["rooms/read"],
            },
        });
        Ok(())
    });
    pool.user("ada", &[]).await;
    let tokens = pool.log_in("ada", PASSWORD).await.unwrap();
    let access = claims(tokens.access_token.as_ref());
    assert_eq!(access["tenant"], "acme");
    assert_eq!(access["scope"], "aws.cognito.signin.user.admin rooms/read");
}

#[tokio::test]
async fn a_function_that_is_not_there_lets_nobody_in() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| {
            it.lambda_config = Some(api::LambdaConfigType {
                pre_authentication: Some("missing".to_owned()),
                ..Default::default()
            });
        })
        .await;
    pool.user("ada", &[]).await;
    let text = "PreAuthentication invocation failed due to error ResourceNotFoundException.";
    let login = pool.log_in("ada", PASSWORD).await;
    assert_eq!(said(login), refused("UnexpectedLambdaException", text));
    fixture.functions.put("missing", |event| {
        *event = json!("nonsense");
        Ok(())
    });
    let text = "Unrecognizable lambda output";
    let login = pool.log_in("ada", PASSWORD).await;
    assert_eq!(said(login), refused("InvalidLambdaResponseException", text));
}

#[tokio::test]
async fn functions_make_up_challenges_and_check_the_answers() {
    let fixture = Fixture::new();
    let pool = fixture
        .pool(|it| {
            it.lambda_config = Some(api::LambdaConfigType {
                define_auth_challenge: Some("define".to_owned()),
                create_auth_challenge: Some("create".to_owned()),
                verify_auth_challenge_response: Some("verify".to_owned()),
                ..Default::default()
            });
        })
        .await;
    fixture.functions.put("define", |event| {
        let rounds = event["request"]["session"].as_array().unwrap().clone();
        let passed = rounds
            .last()
            .is_some_and(|round| round["challengeResult"] == true);
        let response = &mut event["response"];
        response["issueTokens"] = passed.into();
        response["failAuthentication"] = (!passed && rounds.len() >= 2).into();
        response["challengeName"] = "CUSTOM_CHALLENGE".into();
        Ok(())
    });
    fixture.functions.put("create", |event| {
        event["response"]["publicChallengeParameters"] = json!({ "question": "1 + 1" });
        event["response"]["privateChallengeParameters"] = json!({ "answer": "2" });
        event["response"]["challengeMetadata"] = "SUM".into();
        Ok(())
    });
    fixture.functions.put("verify", |event| {
        let request = &event["request"];
        let right = request["privateChallengeParameters"]["answer"] == request["challengeAnswer"];
        event["response"]["answerCorrect"] = right.into();
        Ok(())
    });
    pool.user("ada", &[]).await;
    let begin = async || {
        let begun = pool
            .begin(Flow::CustomAuth, &[("USERNAME", "ada")])
            .await
            .unwrap();
        assert_eq!(begun.challenge_parameters.unwrap()["question"], "1 + 1");
        begun.session
    };
    let answer = async |session, text| {
        let answers = [("USERNAME", "ada"), ("ANSWER", text)];
        pool.respond(Challenge::CustomChallenge, session, &answers)
            .await
    };
    let again = answer(begin().await, "3").await.unwrap();
    assert_eq!(again.challenge_name, Some(Challenge::CustomChallenge));
    let done = answer(again.session, "2").await.unwrap();
    assert!(done.authentication_result.is_some());
    let again = answer(begin().await, "3").await.unwrap();
    let text = "Incorrect username or password.";
    let end = answer(again.session, "3").await;
    assert_eq!(said(end), refused("NotAuthorizedException", text));
}
