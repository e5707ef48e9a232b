//! What users have, as they and administrators read and change it.

use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Cognito;
use crate::attributes::{Change, check, check_required, is_writable};
use crate::codes::{self, CodeRecord};
use crate::errors::{invalid, not_authorized};
use crate::pool::Pool;
use crate::quotas::CODE_MILLIS;
use crate::registration::Circumstances;
use crate::user::{Taken, UserRecord};

/// What can be verified.
const ADDRESSES: [&str; 2] = ["email", "phone_number"];

/// What codes that verify an attribute are kept under.
fn purpose(attribute: &str) -> String {
    format!("attribute:{attribute}")
}

/// Changes attributes; an address that is another one than before is not verified unless that is said with it. Gives the
/// addresses that are new.
fn set(
    user: &mut UserRecord,
    given: std::collections::BTreeMap<String, String>,
) -> Vec<&'static str> {
    let mut new = Vec::new();
    for address in ADDRESSES {
        let flag = format!("{address}_verified");
        let value = given.get(address);
        if value.is_some() && value != user.attributes.get(address) && !given.contains_key(&flag) {
            user.attributes.insert(flag, "false".to_owned());
            new.push(address);
        }
    }
    for (name, value) in given {
        if value.is_empty() {
            user.attributes.remove(&name);
        } else {
            user.attributes.insert(name, value);
        }
    }
    new
}

impl Cognito {
    async fn remove_attributes(
        &self,
        pool: &Arc<Pool>,
        name: &str,
        names: Vec<String>,
    ) -> Result<(), ServiceError> {
        let of = Arc::clone(pool);
        let change = self.change_user(pool, name, Taken::Refused, move |user| {
            for name in &names {
                user.attributes.remove(name);
                user.attributes.remove(&format!("{name}_verified"));
            }
            check_required(of.schema(), &user.attributes)
        });
        change.await
    }
}

impl Handler<api::GetUser> for Cognito {
    async fn handle(
        &self,
        input: api::GetUserInput,
        _caller: &Caller,
    ) -> Result<api::GetUserOutput, ServiceError> {
        let holder = self.holder(&input.access_token)?;
        let readable = holder.client.settings.read_attributes.as_ref();
        Ok(api::GetUserOutput {
            user_attributes: holder.user.shown_attributes(readable),
            username: holder.user.username,
            ..Default::default()
        })
    }
}

impl Handler<api::DeleteUser> for Cognito {
    async fn handle(
        &self,
        input: api::DeleteUserInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let holder = self.holder(&input.access_token)?;
        self.remove_user(&holder.pool, &holder.user.sub).await?;
        Ok(Unit {})
    }
}

impl Handler<api::UpdateUserAttributes> for Cognito {
    async fn handle(
        &self,
        input: api::UpdateUserAttributesInput,
        _caller: &Caller,
    ) -> Result<api::UpdateUserAttributesOutput, ServiceError> {
        let holder = self.holder(&input.access_token)?;
        let pool = holder.pool;
        let writable = holder.client.settings.write_attributes.as_ref();
        let given = input.user_attributes;
        if !given.iter().all(|it| is_writable(writable, &it.name)) {
            return Err(not_authorized(
                "A client attempted to write unauthorized attribute",
            ));
        }
        let given = check(pool.schema(), given, Change::Later)?;
        let until = self.now() + CODE_MILLIS;
        let of = Arc::clone(&pool);
        let change = self.change_user(&pool, &holder.user.sub, Taken::Refused, move |user| {
            let mut made = Vec::new();
            for address in set(user, given) {
                if of.verifies(address) {
                    let code = CodeRecord::new(address, until);
                    user.codes.insert(purpose(address), code.clone());
                    made.push(code);
                }
            }
            Ok((user.clone(), made))
        });
        let (user, made) = change.await?;
        let metadata = input.client_metadata.unwrap_or_default();
        let around = Circumstances {
            client_id: holder.client.id(),
            metadata: &metadata,
        };
        let words = ("CustomMessage_UpdateUserAttribute", "verifies an attribute");
        let mut details = Vec::new();
        for code in &made {
            details.push(self.send(&pool, &user, code, words, around).await?);
        }
        Ok(api::UpdateUserAttributesOutput {
            code_delivery_details_list: Some(details),
        })
    }
}

impl Handler<api::AdminUpdateUserAttributes> for Cognito {
    async fn handle(
        &self,
        input: api::AdminUpdateUserAttributesInput,
        _caller: &Caller,
    ) -> Result<api::AdminUpdateUserAttributesOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let given = check(pool.schema(), input.user_attributes, Change::Later)?;
        let change = self.change_user(&pool, &input.username, Taken::Refused, |user| {
            set(user, given);
            Ok(())
        });
        change.await?;
        Ok(api::AdminUpdateUserAttributesOutput {})
    }
}

impl Handler<api::DeleteUserAttributes> for Cognito {
    async fn handle(
        &self,
        input: api::DeleteUserAttributesInput,
        _caller: &Caller,
    ) -> Result<api::DeleteUserAttributesOutput, ServiceError> {
        let holder = self.holder(&input.access_token)?;
        let writable = holder.client.settings.write_attributes.as_ref();
        let names = input.user_attribute_names;
        if !names.iter().all(|name| is_writable(writable, name)) {
            return Err(not_authorized(
                "A client attempted to write unauthorized attribute",
            ));
        }
        let removed = self.remove_attributes(&holder.pool, &holder.user.sub, names);
        removed.await?;
        Ok(api::DeleteUserAttributesOutput {})
    }
}

impl Handler<api::AdminDeleteUserAttributes> for Cognito {
    async fn handle(
        &self,
        input: api::AdminDeleteUserAttributesInput,
        _caller: &Caller,
    ) -> Result<api::AdminDeleteUserAttributesOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let names = input.user_attribute_names;
        self.remove_attributes(&pool, &input.username, names)
            .await?;
        Ok(api::AdminDeleteUserAttributesOutput {})
    }
}

impl Handler<api::GetUserAttributeVerificationCode> for Cognito {
    async fn handle(
        &self,
        input: api::GetUserAttributeVerificationCodeInput,
        _caller: &Caller,
    ) -> Result<api::GetUserAttributeVerificationCodeOutput, ServiceError> {
        let holder = self.holder(&input.access_token)?;
        let attribute = &input.attribute_name;
        let has_it = holder.user.attribute(attribute).is_some();
        if !ADDRESSES.contains(&attribute.as_str()) || !has_it {
            return Err(invalid("User does not have the attribute to verify."));
        }
        let code = CodeRecord::new(attribute, self.now() + CODE_MILLIS);
        let purpose = purpose(attribute);
        let given = self.give_code(&holder.pool, &holder.user, &purpose, &code);
        let user = given.await?;
        let metadata = input.client_metadata.unwrap_or_default();
        let around = Circumstances {
            client_id: holder.client.id(),
            metadata: &metadata,
        };
        let words = ("CustomMessage_VerifyUserAttribute", "verifies an attribute");
        let details = self.send(&holder.pool, &user, &code, words, around).await?;
        Ok(api::GetUserAttributeVerificationCodeOutput {
            code_delivery_details: Some(details),
        })
    }
}

impl Handler<api::VerifyUserAttribute> for Cognito {
    async fn handle(
        &self,
        input: api::VerifyUserAttributeInput,
        _caller: &Caller,
    ) -> Result<api::VerifyUserAttributeOutput, ServiceError> {
        let holder = self.holder(&input.access_token)?;
        let (now, given) = (self.now(), input.code);
        let purpose = purpose(&input.attribute_name);
        let change = self.change_user(
            &holder.pool,
            &holder.user.sub,
            Taken::Refused,
            move |user| {
                Ok(codes::check(user, &purpose, &given, now).map(|code| {
                    let flag = format!("{}_verified", code.attribute);
                    user.attributes.insert(flag, "true".to_owned());
                }))
            },
        );
        change.await??;
        Ok(api::VerifyUserAttributeOutput {})
    }
}
