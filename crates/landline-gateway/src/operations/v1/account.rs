//! The account: with which role logs are written, and how fast its APIs may be called.

use landline_api::apigateway::{
    Account, GetAccount, GetAccountInput, ThrottleSettings, UpdateAccount, UpdateAccountInput,
};
use landline_store::Reader;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::super::ApiGateway;
use super::patch::{self, Step};
use crate::state::usage::ACCOUNT;
use crate::state::{Failure, Stored, bad_request};

impl Handler<GetAccount> for ApiGateway {
    async fn handle(
        &self,
        _input: GetAccountInput,
        _caller: &Caller,
    ) -> Result<Account, ServiceError> {
        self.read_usage(account)
    }
}

impl Handler<UpdateAccount> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateAccountInput,
        _caller: &Caller,
    ) -> Result<Account, ServiceError> {
        self.change_usage(move |transaction, _| {
            let mut account = account(transaction)?;
            for step in patch::steps(input.patch_operations.as_ref())? {
                apply(&mut account, &step)?;
            }
            ACCOUNT.put_in(transaction, THE_ACCOUNT, &Stored(account.clone()))?;
            Ok(account)
        })
        .await
    }
}

/// There is one account on a node.
const THE_ACCOUNT: &str = "account";
const USAGE_PLANS: &str = "UsagePlans";

fn account(reader: &dyn Reader) -> Result<Account, Failure> {
    let stored = ACCOUNT.get_in(reader, THE_ACCOUNT)?;
    Ok(stored.map_or_else(new_account, |Stored(account)| account))
}

fn new_account() -> Account {
    Account {
        cloudwatch_role_arn: None,
        throttle_settings: Some(ThrottleSettings {
            burst_limit: Some(5_000),
            rate_limit: Some(10_000.0),
        }),
        features: Some(vec![USAGE_PLANS.to_owned()]),
        api_key_version: Some("4".to_owned()),
    }
}

/// The role is kept and shown. Landline writes logs with its own rights, so a stage may
/// turn them on without it, which on AWS is refused with `CloudWatch Logs role ARN must
/// be set in account settings to enable logging`: nobody sets up a role on a laptop, and
/// every template with a logging level would fail.
fn apply(account: &mut Account, step: &Step<'_>) -> Result<(), ServiceError> {
    match (step.op, step.path) {
        ("replace" | "add", "/cloudwatchRoleArn") => {
            account.cloudwatch_role_arn = step.text();
            let role = account.cloudwatch_role_arn.as_deref();
            if role.is_some_and(|role| Arn::parse(role).is_none_or(|arn| arn.service != "iam")) {
                return Err(bad_request("The role ARN is not well formed"));
            }
        }
        ("remove", "/cloudwatchRoleArn") => account.cloudwatch_role_arn = None,
        ("add", "/features") if step.value == USAGE_PLANS => {
            account.features = Some(vec![USAGE_PLANS.to_owned()]);
        }
        ("remove", "/features") => {
            return Err(bad_request("Usage Plans cannot be disabled once enabled"));
        }
        ("replace", _) => return Err(step.refuse(&["/cloudwatchRoleArn"])),
        _ => return Err(step.refuse(&["/cloudwatchRoleArn", "/features"])),
    }
    Ok(())
}
