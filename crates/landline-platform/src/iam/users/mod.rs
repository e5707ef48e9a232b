//! Users, as far as tools ask who they are: there is none but the account's root.

use landline_api::iam::{GetUser, GetUserInput, GetUserOutput, User, errors};
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::Iam;

impl Handler<GetUser> for Iam {
    async fn handle(
        &self,
        input: GetUserInput,
        caller: &Caller,
    ) -> Result<GetUserOutput, ServiceError> {
        if let Some(name) = input.user_name {
            let text = format!("The user with name {name} cannot be found.");
            return Err(errors::NoSuchEntityException.with(text));
        }
        if !caller.principal.ends_with(":root") {
            let text = "Must specify userName when calling with non-User credentials";
            return Err(ServiceError::new("ValidationError", 400, text));
        }
        Ok(GetUserOutput {
            user: User {
                path: "/".to_owned(),
                // The root has no name.
                user_name: String::new(),
                user_id: caller.account_id.to_string(),
                arn: caller.principal.to_string(),
                create_date: Timestamp::from_millis(0),
                ..User::default()
            },
        })
    }
}
