//! The settings of a pool: what its owner gives, and what a pool is without a word. An update says everything that can be
//! said: what it leaves out is as it was at first.

use landline_api::cognito_idp as api;
use landline_wire::ServiceError;

use crate::errors::invalid;
use crate::password::default_policy;
use crate::quotas::TAGS_MAX;

/// Takes over everything that can be changed later.
pub(super) fn apply(
    settings: &mut api::UserPoolType,
    given: api::UpdateUserPoolInput,
) -> Result<(), ServiceError> {
    check(&given)?;
    if let Some(name) = given.pool_name {
        settings.name = Some(name);
    }
    settings.policies = Some(policies(given.policies));
    settings.deletion_protection = Some(
        given
            .deletion_protection
            .unwrap_or(api::DeletionProtectionType::Inactive),
    );
    settings.lambda_config = Some(triggers(given.lambda_config.unwrap_or_default()));
    settings.auto_verified_attributes = given.auto_verified_attributes;
    settings.sms_verification_message = given.sms_verification_message;
    settings.email_verification_message = given.email_verification_message;
    settings.email_verification_subject = given.email_verification_subject;
    let template = given.verification_message_template.unwrap_or_default();
    settings.verification_message_template = Some(api::VerificationMessageTemplateType {
        default_email_option: Some(
            template
                .default_email_option
                .clone()
                .unwrap_or(api::DefaultEmailOptionType::ConfirmWithCode),
        ),
        ..template
    });
    settings.sms_authentication_message = given.sms_authentication_message;
    let updates = given.user_attribute_update_settings;
    settings.user_attribute_update_settings =
        Some(updates.unwrap_or(api::UserAttributeUpdateSettingsType {
            attributes_require_verification_before_update: Some(Vec::new()),
        }));
    settings.mfa_configuration = Some(given.mfa_configuration.unwrap_or(api::UserPoolMfaType::Off));
    settings.device_configuration = given.device_configuration;
    let email = given.email_configuration.unwrap_or_default();
    settings.email_configuration = Some(api::EmailConfigurationType {
        email_sending_account: Some(
            email
                .email_sending_account
                .clone()
                .unwrap_or(api::EmailSendingAccountType::CognitoDefault),
        ),
        ..email
    });
    settings.sms_configuration = given.sms_configuration;
    settings.user_pool_tags = Some(given.user_pool_tags.unwrap_or_default());
    let creation = given.admin_create_user_config.unwrap_or_default();
    settings.admin_create_user_config = Some(api::AdminCreateUserConfigType {
        allow_admin_create_user_only: Some(creation.allow_admin_create_user_only.unwrap_or(false)),
        unused_account_validity_days: Some(creation.unused_account_validity_days.unwrap_or(7)),
        ..creation
    });
    settings.user_pool_add_ons = given.user_pool_add_ons;
    settings.account_recovery_setting = given.account_recovery_setting;
    settings.user_pool_tier = Some(
        given
            .user_pool_tier
            .unwrap_or(api::UserPoolTierType::Essentials),
    );
    Ok(())
}

fn check(given: &api::UpdateUserPoolInput) -> Result<(), ServiceError> {
    let policy = given.policies.as_ref();
    let policy = policy.and_then(|policies| policies.password_policy.as_ref());
    let least = policy.and_then(|policy| policy.minimum_length);
    if least.is_some_and(|least| !(6..=99).contains(&least)) {
        return Err(invalid(
            "1 validation error detected: Value at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value between 6 and 99",
        ));
    }
    let tags = given.user_pool_tags.as_ref();
    if tags.is_some_and(|tags| tags.len() > TAGS_MAX) {
        return Err(invalid(format!("A user pool has at most {TAGS_MAX} tags.")));
    }
    Ok(())
}

/// A policy that is given asks only for what it names.
fn policies(given: Option<api::UserPoolPolicyType>) -> api::UserPoolPolicyType {
    let given = given.unwrap_or_default();
    let passwords = given.password_policy.map(|policy| {
        let usual = default_policy();
        api::PasswordPolicyType {
            minimum_length: policy.minimum_length.or(usual.minimum_length),
            require_uppercase: Some(policy.require_uppercase.unwrap_or(false)),
            require_lowercase: Some(policy.require_lowercase.unwrap_or(false)),
            require_numbers: Some(policy.require_numbers.unwrap_or(false)),
            require_symbols: Some(policy.require_symbols.unwrap_or(false)),
            temporary_password_validity_days: policy
                .temporary_password_validity_days
                .or(usual.temporary_password_validity_days),
            password_history_size: policy.password_history_size,
        }
    });
    let factors = given.sign_in_policy.unwrap_or(api::SignInPolicyType {
        allowed_first_auth_factors: Some(vec![api::AuthFactorType::Password]),
    });
    api::UserPoolPolicyType {
        password_policy: Some(passwords.unwrap_or_else(default_policy)),
        sign_in_policy: Some(factors),
    }
}

/// The function that decides about tokens is told under both of its names.
fn triggers(mut given: api::LambdaConfigType) -> api::LambdaConfigType {
    if let Some(configured) = &given.pre_token_generation_config {
        given.pre_token_generation = Some(configured.lambda_arn.clone());
    }
    given
}

/// What a creation gives that an update can give too.
pub(super) fn changeable(input: &api::CreateUserPoolInput) -> api::UpdateUserPoolInput {
    let input = input.clone();
    api::UpdateUserPoolInput {
        user_pool_id: String::new(),
        policies: input.policies,
        deletion_protection: input.deletion_protection,
        lambda_config: input.lambda_config,
        auto_verified_attributes: input.auto_verified_attributes,
        sms_verification_message: input.sms_verification_message,
        email_verification_message: input.email_verification_message,
        email_verification_subject: input.email_verification_subject,
        verification_message_template: input.verification_message_template,
        sms_authentication_message: input.sms_authentication_message,
        user_attribute_update_settings: input.user_attribute_update_settings,
        mfa_configuration: input.mfa_configuration,
        device_configuration: input.device_configuration,
        email_configuration: input.email_configuration,
        sms_configuration: input.sms_configuration,
        user_pool_tags: input.user_pool_tags,
        admin_create_user_config: input.admin_create_user_config,
        user_pool_add_ons: input.user_pool_add_ons,
        account_recovery_setting: input.account_recovery_setting,
        pool_name: Some(input.pool_name),
        user_pool_tier: input.user_pool_tier,
    }
}
