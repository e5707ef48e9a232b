//! `CUSTOM_AUTH`: challenges of the application's own, which three functions define, make and check.
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html>

use std::collections::BTreeMap;

use landline_api::cognito_idp::ChallengeNameType as Challenge;
use landline_api::cognito_idp::errors;
use landline_wire::ServiceError;
use serde_json::{Value, json};

use super::session::{Awaits, Round};
use super::{Given, Grant, Occasion, Step, Visit, check_factors, given};
use crate::Cognito;
use crate::errors::{invalid, not_authorized, wrong_password};
use crate::quotas::CUSTOM_ROUNDS_MAX;
use crate::tokens::Login;
use crate::triggers::{Question, attributes_of, unrecognized};
use crate::user::{Status, UserRecord};

/// The only challenge that functions can make up.
const OWN: &str = "CUSTOM_CHALLENGE";

impl Cognito {
    pub(super) async fn begin_custom(
        &self,
        visit: &Visit,
        parameters: &Given,
    ) -> Result<Step, ServiceError> {
        let name = given(parameters, "USERNAME")?;
        let user = self.visitor(visit, name, parameters)?;
        self.ask_before(visit, &user).await?;
        if user.status == Status::Unconfirmed {
            return Err(errors::UserNotConfirmedException.with("User is not confirmed."));
        }
        if parameters
            .get("CHALLENGE_NAME")
            .is_some_and(|it| it == "SRP_A")
        {
            return Err(invalid(
                "Landline has no CUSTOM_AUTH that begins with SRP_A.",
            ));
        }
        self.next_challenge(visit, &user, Vec::new()).await
    }

    pub(super) async fn answer_custom(
        &self,
        visit: &Visit,
        session: Option<&str>,
        answers: &Given,
    ) -> Result<Step, ServiceError> {
        let name = given(answers, "USERNAME")?;
        let answer = given(answers, "ANSWER")?;
        let (session, user) = self.resume(visit, session)?;
        let Awaits::Custom {
            mut rounds,
            private,
            metadata,
        } = session.awaits
        else {
            return Err(not_authorized("Invalid session for the user."));
        };
        let secret = answers.get("SECRET_HASH").map(String::as_str);
        let names = [name, &user.username, &user.sub];
        visit.client.check_secret(secret, &names)?;
        let request = json!({
            "userAttributes": attributes_of(&user),
            "privateChallengeParameters": private,
            "challengeAnswer": answer,
            "clientMetadata": visit.metadata,
        });
        let proposed = json!({ "answerCorrect": null });
        let trigger = "VerifyAuthChallengeResponse";
        let source = "VerifyAuthChallengeResponse_Authentication";
        let who = (user.username.as_str(), visit.client.id());
        let question = Question::new(trigger, source, who, request, proposed);
        let function = visit.pool.triggers().verify_auth_challenge_response;
        let checked = self.ask(&visit.pool, function.as_ref(), question).await?;
        rounds.push(Round {
            name: OWN.to_owned(),
            is_right: checked["answerCorrect"] == true,
            metadata,
        });
        self.next_challenge(visit, &user, rounds).await
    }

    /// What comes after the rounds that there were: another one, tokens, or the end.
    async fn next_challenge(
        &self,
        visit: &Visit,
        user: &UserRecord,
        rounds: Vec<Round>,
    ) -> Result<Step, ServiceError> {
        let Some(function) = visit.pool.triggers().define_auth_challenge else {
            return Err(invalid(
                "Custom auth lambda trigger is not configured for the user pool.",
            ));
        };
        let request = json!({
            "userAttributes": attributes_of(user),
            "session": rounds,
            "clientMetadata": visit.metadata,
            "userNotFound": false,
        });
        let proposed =
            json!({ "challengeName": null, "issueTokens": null, "failAuthentication": null });
        let who = (user.username.as_str(), visit.client.id());
        let source = "DefineAuthChallenge_Authentication";
        let question = Question::new("DefineAuthChallenge", source, who, request, proposed);
        let defined = self.ask(&visit.pool, Some(&function), question).await?;
        if defined["issueTokens"] == true {
            check_factors(&visit.pool)?;
            let login = Login::at(self.now());
            let grant = Grant::new(visit, user, &login, Occasion::Authentication);
            return self.grant(grant).await.map(Step::Done);
        }
        if defined["failAuthentication"] == true || rounds.len() >= CUSTOM_ROUNDS_MAX {
            return Err(wrong_password());
        }
        if defined["challengeName"] != OWN {
            return Err(unrecognized());
        }
        self.make_challenge(visit, user, rounds).await
    }

    async fn make_challenge(
        &self,
        visit: &Visit,
        user: &UserRecord,
        rounds: Vec<Round>,
    ) -> Result<Step, ServiceError> {
        let request = json!({
            "userAttributes": attributes_of(user),
            "challengeName": OWN,
            "session": rounds,
            "clientMetadata": visit.metadata,
            "userNotFound": false,
        });
        let proposed = json!({
            "publicChallengeParameters": null,
            "privateChallengeParameters": null,
            "challengeMetadata": null,
        });
        let who = (user.username.as_str(), visit.client.id());
        let source = "CreateAuthChallenge_Authentication";
        let question = Question::new("CreateAuthChallenge", source, who, request, proposed);
        let function = visit.pool.triggers().create_auth_challenge;
        let made = self.ask(&visit.pool, function.as_ref(), question).await?;
        let mut parameters = texts(&made["publicChallengeParameters"]);
        parameters.insert("USERNAME".to_owned(), user.username.clone());
        let awaits = Awaits::Custom {
            rounds,
            private: texts(&made["privateChallengeParameters"]),
            metadata: made["challengeMetadata"].as_str().map(str::to_owned),
        };
        let session = self.seal(visit, user, awaits)?;
        if session.is_none() {
            let text = "The challenge is too long: Landline keeps about a thousand characters of its private parameters and of the rounds before.";
            return Err(errors::InvalidLambdaResponseException.with(text));
        }
        Ok(Step::Challenged {
            name: Challenge::CustomChallenge,
            session,
            parameters,
        })
    }
}

/// A map of texts as functions give it, whatever its values are.
fn texts(map: &Value) -> BTreeMap<String, String> {
    let fields = map.as_object().into_iter().flatten();
    let texts = fields.map(|(name, value)| {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        (name.clone(), text)
    });
    texts.collect()
}
