//! `SetUserPoolMfaConfig`, `GetUserPoolMfaConfig`: kept. A pool that demands a second factor lets nobody in.

use landline_api::cognito_idp as api;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Cognito;

impl Handler<api::SetUserPoolMfaConfig> for Cognito {
    async fn handle(
        &self,
        input: api::SetUserPoolMfaConfigInput,
        _caller: &Caller,
    ) -> Result<api::SetUserPoolMfaConfigOutput, ServiceError> {
        let change = self.change_pool(&input.user_pool_id, |record| {
            let wanted = input.mfa_configuration.unwrap_or(api::UserPoolMfaType::Off);
            record.settings.0.mfa_configuration = Some(wanted.clone());
            record.mfa.0 = api::SetUserPoolMfaConfigOutput {
                sms_mfa_configuration: input.sms_mfa_configuration,
                software_token_mfa_configuration: input.software_token_mfa_configuration,
                email_mfa_configuration: input.email_mfa_configuration,
                mfa_configuration: Some(wanted),
                web_authn_configuration: input.web_authn_configuration,
            };
            Ok(record.mfa.0.clone())
        });
        change.await
    }
}

impl Handler<api::GetUserPoolMfaConfig> for Cognito {
    async fn handle(
        &self,
        input: api::GetUserPoolMfaConfigInput,
        _caller: &Caller,
    ) -> Result<api::GetUserPoolMfaConfigOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let mfa = pool.record.mfa.0.clone();
        Ok(api::GetUserPoolMfaConfigOutput {
            sms_mfa_configuration: mfa.sms_mfa_configuration,
            software_token_mfa_configuration: mfa.software_token_mfa_configuration,
            email_mfa_configuration: mfa.email_mfa_configuration,
            mfa_configuration: mfa.mfa_configuration,
            web_authn_configuration: mfa.web_authn_configuration,
        })
    }
}
