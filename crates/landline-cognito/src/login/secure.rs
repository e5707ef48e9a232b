//! `USER_SRP_AUTH` and its challenge `PASSWORD_VERIFIER`: a password that does not travel.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use landline_api::cognito_idp::ChallengeNameType as Challenge;
use landline_wire::ServiceError;
use serde::{Deserialize, Serialize};

use super::{Given, Step, Visit, check_turn, given};
use crate::Cognito;
use crate::errors::{invalid, not_authorized, wrong_password};
use crate::srp::{Exchange, Identity, Proof, Verifier, open};
use crate::user::UserRecord;

/// An exchange that has begun, sealed: the secret block.
#[derive(Serialize, Deserialize)]
struct Block {
    /// The user's `sub`; none where nobody has the name and nobody shall learn that.
    user: Option<String>,
    client: String,
    until_millis: i64,
    exchange: Exchange,
}

impl Cognito {
    pub(super) async fn begin_secure(
        &self,
        visit: &Visit,
        parameters: &Given,
    ) -> Result<Step, ServiceError> {
        let name = given(parameters, "USERNAME")?;
        let client = given(parameters, "SRP_A")?.to_owned();
        let user = match self.visitor(visit, name, parameters) {
            Ok(user) => Some(user),
            Err(error) if visit.client.hides_users() && error == wrong_password() => None,
            Err(error) => return Err(error),
        };
        if let Some(user) = &user {
            self.ask_before(visit, user).await?;
            check_turn(user, self.now())?;
        }
        let shadow = visit.pool.record.keys.shadow(name);
        let known = user.as_ref().and_then(|user| user.password.clone());
        let opening = self.compute(move || {
            let verifier = known.unwrap_or_else(|| Verifier::of_nobody(shadow));
            open(&verifier, &client)
        });
        let Some(opening) = opening.await? else {
            return Err(invalid("Invalid SRP_A"));
        };
        let block = Block {
            user: user.as_ref().map(|user| user.sub.clone()),
            client: visit.client.id().to_owned(),
            until_millis: self.now() + visit.client.session_millis(),
            exchange: opening.exchange,
        };
        let block = serde_json::to_vec(&block).map_err(|it| ServiceError::internal(&it))?;
        let sealed = visit.pool.keys()?.seal.close(&block);
        let id = user.map_or_else(|| name.to_owned(), |user| user.username);
        let parameters = [
            ("SALT", opening.salt),
            ("SECRET_BLOCK", STANDARD.encode(sealed)),
            ("SRP_B", opening.public),
            ("USERNAME", id.clone()),
            ("USER_ID_FOR_SRP", id),
        ];
        Ok(Step::Challenged {
            name: Challenge::PasswordVerifier,
            session: None,
            parameters: parameters
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
        })
    }

    pub(super) async fn finish_secure(
        &self,
        visit: &Visit,
        answers: &Given,
    ) -> Result<Step, ServiceError> {
        let name = given(answers, "USERNAME")?;
        let sealed = given(answers, "PASSWORD_CLAIM_SECRET_BLOCK")?;
        let signature = given(answers, "PASSWORD_CLAIM_SIGNATURE")?.to_owned();
        let timestamp = given(answers, "TIMESTAMP")?.to_owned();
        let sealed = STANDARD.decode(sealed).unwrap_or_default();
        let opened = visit.pool.keys()?.seal.open(&sealed);
        let block = opened.and_then(|text| serde_json::from_slice::<Block>(&text).ok());
        let block = block.filter(|block| block.client == visit.client.id());
        let Some(block) = block.filter(|block| block.until_millis > self.now()) else {
            return Err(not_authorized("Incorrect username or password."));
        };
        let user = self.of_block(visit, &block)?;
        let secret = answers.get("SECRET_HASH").map(String::as_str);
        let names = [name, &user.username, &user.sub];
        visit.client.check_secret(secret, &names)?;
        check_turn(&user, self.now())?;
        let Some(verifier) = user.password.clone() else {
            return Err(wrong_password());
        };
        let (pool, who) = (Arc::clone(&visit.pool), user.username.clone());
        let proven = self.compute(move || {
            let identity = Identity {
                pool: pool.srp_name(),
                user: &who,
            };
            let proof = Proof {
                signature: &signature,
                secret_block: &sealed,
                timestamp: &timestamp,
            };
            block.exchange.is_proven(&verifier, identity, proof)
        });
        if !proven.await? {
            self.count_failure(&visit.pool, &user).await?;
            return Err(wrong_password());
        }
        self.forget_failures(&visit.pool, &user).await?;
        self.admit(visit, user).await
    }

    fn of_block(&self, visit: &Visit, block: &Block) -> Result<UserRecord, ServiceError> {
        let Some(sub) = &block.user else {
            return Err(wrong_password());
        };
        let user = self.find_user(&visit.pool, sub)?;
        user.ok_or_else(wrong_password)
    }
}
