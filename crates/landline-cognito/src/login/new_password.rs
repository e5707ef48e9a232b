//! The challenge `NEW_PASSWORD_REQUIRED`: whoever got a password from somebody else chooses another one.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::ChallengeNameType as Challenge;
use landline_wire::ServiceError;
use serde_json::json;

use super::session::Awaits;
use super::{Given, Grant, Occasion, Step, Visit, check_factors, given};
use crate::Cognito;
use crate::attributes::{Change, check, is_writable, missing};
use crate::errors::{invalid, not_authorized};
use crate::password;
use crate::srp::Verifier;
use crate::tokens::Login;
use crate::user::{Status, Taken, UserRecord};

/// What the answers' names of attributes begin with.
const ATTRIBUTE: &str = "userAttributes.";

impl Cognito {
    pub(super) fn demand_new_password(
        &self,
        visit: &Visit,
        user: &UserRecord,
    ) -> Result<Step, ServiceError> {
        if user
            .temporary_until_millis
            .is_some_and(|until| until <= self.now())
        {
            return Err(not_authorized(
                "Temporary password has expired and must be reset by an administrator.",
            ));
        }
        let missing = missing(visit.pool.schema(), &user.attributes);
        let missing: Vec<String> = missing.map(|name| format!("{ATTRIBUTE}{name}")).collect();
        let parameters = [
            ("USER_ID_FOR_SRP", user.username.clone()),
            ("requiredAttributes", json!(missing).to_string()),
            ("userAttributes", json!(user.attributes).to_string()),
        ];
        Ok(Step::Challenged {
            name: Challenge::NewPasswordRequired,
            session: self.seal(visit, user, Awaits::NewPassword)?,
            parameters: parameters
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
        })
    }

    pub(super) async fn set_first_password(
        &self,
        visit: &Visit,
        session: Option<&str>,
        answers: &Given,
    ) -> Result<Step, ServiceError> {
        let name = given(answers, "USERNAME")?;
        let new = given(answers, "NEW_PASSWORD")?.to_owned();
        let (session, user) = self.resume(visit, session)?;
        let is_due = user.status == Status::ForceChangePassword;
        if !is_due || !matches!(session.awaits, Awaits::NewPassword) {
            return Err(not_authorized("Invalid session for the user."));
        }
        let secret = answers.get("SECRET_HASH").map(String::as_str);
        let names = [name, &user.username, &user.sub];
        visit.client.check_secret(secret, &names)?;
        password::check(&visit.pool.password_policy(), &new)?;
        let attributes = given_attributes(visit, answers)?;
        let mut all = user.attributes.clone();
        all.extend(attributes.clone());
        if let Some(name) = missing(visit.pool.schema(), &all).next() {
            return Err(invalid(format!(
                "Invalid attributes given, {name} is missing"
            )));
        }
        check_factors(&visit.pool)?;
        let (pool, who) = (Arc::clone(&visit.pool), user.clone());
        let verifier = self
            .compute(move || Verifier::new(who.identity(&pool), &new))
            .await?;
        let change = self.change_user(&visit.pool, &user.sub, Taken::Refused, move |user| {
            if user.status != Status::ForceChangePassword {
                return Err(not_authorized("Invalid session for the user."));
            }
            user.attributes.extend(attributes);
            user.password = Some(verifier);
            user.temporary_until_millis = None;
            user.status = Status::Confirmed;
            Ok(user.clone())
        });
        let user = change.await?;
        let login = Login::at(self.now());
        let grant = Grant::new(visit, &user, &login, Occasion::NewPassword);
        self.grant(grant).await.map(Step::Done)
    }
}

/// The attributes among the answers, which the client must be allowed to write.
fn given_attributes(
    visit: &Visit,
    answers: &Given,
) -> Result<BTreeMap<String, String>, ServiceError> {
    let writable = visit.client.settings.write_attributes.as_ref();
    let mut attributes = Vec::new();
    for (name, value) in answers {
        let Some(name) = name.strip_prefix(ATTRIBUTE) else {
            continue;
        };
        if !is_writable(writable, name) {
            return Err(not_authorized(
                "A client attempted to write unauthorized attribute",
            ));
        }
        attributes.push(api::AttributeType {
            name: name.to_owned(),
            value: Some(value.clone()),
        });
    }
    check(visit.pool.schema(), attributes, Change::First)
}
