//! `cognito-idp`, version 2016-04-18: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, Timestamp, service, shape::Unit, string_enum, structure};

service! { cognito_idp signed "cognito-idp" speaks Protocol::Json { content_version: "1.1", target_prefix: "AWSCognitoIdentityProviderService" }, validates "InvalidParameterException";
    errors {
        AliasExistsException "AliasExistsException" 400 "message",
        CodeDeliveryFailureException "CodeDeliveryFailureException" 400 "message",
        CodeMismatchException "CodeMismatchException" 400 "message",
        ConcurrentModificationException "ConcurrentModificationException" 400 "message",
        ExpiredCodeException "ExpiredCodeException" 400 "message",
        FeatureUnavailableInTierException "FeatureUnavailableInTierException" 400 "message",
        ForbiddenException "ForbiddenException" 400 "message",
        GroupExistsException "GroupExistsException" 400 "message",
        InternalErrorException "InternalErrorException" 500 "message",
        InvalidEmailRoleAccessPolicyException "InvalidEmailRoleAccessPolicyException" 400 "message",
        InvalidLambdaResponseException "InvalidLambdaResponseException" 400 "message",
        InvalidOAuthFlowException "InvalidOAuthFlowException" 400 "message",
        InvalidParameterException "InvalidParameterException" 400 "message",
        InvalidPasswordException "InvalidPasswordException" 400 "message",
        InvalidSmsRoleAccessPolicyException "InvalidSmsRoleAccessPolicyException" 400 "message",
        InvalidSmsRoleTrustRelationshipException "InvalidSmsRoleTrustRelationshipException" 400 "message",
        InvalidUserPoolConfigurationException "InvalidUserPoolConfigurationException" 400 "message",
        LimitExceededException "LimitExceededException" 400 "message",
        MFAMethodNotFoundException "MFAMethodNotFoundException" 400 "message",
        NotAuthorizedException "NotAuthorizedException" 400 "message",
        PasswordHistoryPolicyViolationException "PasswordHistoryPolicyViolationException" 400 "message",
        PasswordResetRequiredException "PasswordResetRequiredException" 400 "message",
        PreconditionNotMetException "PreconditionNotMetException" 400 "message",
        RefreshTokenReuseException "RefreshTokenReuseException" 400 "message",
        ResourceNotFoundException "ResourceNotFoundException" 400 "message",
        ScopeDoesNotExistException "ScopeDoesNotExistException" 400 "message",
        SoftwareTokenMFANotFoundException "SoftwareTokenMFANotFoundException" 400 "message",
        TierChangeNotAllowedException "TierChangeNotAllowedException" 400 "message",
        TooManyFailedAttemptsException "TooManyFailedAttemptsException" 400 "message",
        TooManyRequestsException "TooManyRequestsException" 400 "message",
        UnauthorizedException "UnauthorizedException" 400 "message",
        UnexpectedLambdaException "UnexpectedLambdaException" 400 "message",
        UnsupportedOperationException "UnsupportedOperationException" 400 "message",
        UnsupportedTokenTypeException "UnsupportedTokenTypeException" 400 "message",
        UnsupportedUserStateException "UnsupportedUserStateException" 400 "message",
        UserImportInProgressException "UserImportInProgressException" 400 "message",
        UserLambdaValidationException "UserLambdaValidationException" 400 "message",
        UserNotConfirmedException "UserNotConfirmedException" 400 "message",
        UserNotFoundException "UserNotFoundException" 400 "message",
        UserPoolTaggingException "UserPoolTaggingException" 400 "message",
        UsernameExistsException "UsernameExistsException" 400 "message",
    }
    operations {
        POST "/" => AddCustomAttributes(AddCustomAttributesInput) -> 200 AddCustomAttributesOutput;
        POST "/" => AdminAddUserToGroup(AdminAddUserToGroupInput) -> 200 Unit;
        POST "/" => AdminConfirmSignUp(AdminConfirmSignUpInput) -> 200 AdminConfirmSignUpOutput;
        POST "/" => AdminCreateUser(AdminCreateUserInput) -> 200 AdminCreateUserOutput;
        POST "/" => AdminDeleteUser(AdminDeleteUserInput) -> 200 Unit;
        POST "/" => AdminDeleteUserAttributes(AdminDeleteUserAttributesInput) -> 200 AdminDeleteUserAttributesOutput;
        POST "/" => AdminDisableUser(AdminDisableUserInput) -> 200 AdminDisableUserOutput;
        POST "/" => AdminEnableUser(AdminEnableUserInput) -> 200 AdminEnableUserOutput;
        POST "/" => AdminGetUser(AdminGetUserInput) -> 200 AdminGetUserOutput;
        POST "/" => AdminInitiateAuth(AdminInitiateAuthInput) -> 200 AdminInitiateAuthOutput;
        POST "/" => AdminListGroupsForUser(AdminListGroupsForUserInput) -> 200 AdminListGroupsForUserOutput;
        POST "/" => AdminRemoveUserFromGroup(AdminRemoveUserFromGroupInput) -> 200 Unit;
        POST "/" => AdminResetUserPassword(AdminResetUserPasswordInput) -> 200 AdminResetUserPasswordOutput;
        POST "/" => AdminRespondToAuthChallenge(AdminRespondToAuthChallengeInput) -> 200 AdminRespondToAuthChallengeOutput;
        POST "/" => AdminSetUserPassword(AdminSetUserPasswordInput) -> 200 AdminSetUserPasswordOutput;
        POST "/" => AdminUpdateUserAttributes(AdminUpdateUserAttributesInput) -> 200 AdminUpdateUserAttributesOutput;
        POST "/" => AdminUserGlobalSignOut(AdminUserGlobalSignOutInput) -> 200 AdminUserGlobalSignOutOutput;
        POST "/" => ChangePassword(ChangePasswordInput) -> 200 ChangePasswordOutput;
        POST "/" => ConfirmForgotPassword(ConfirmForgotPasswordInput) -> 200 ConfirmForgotPasswordOutput;
        POST "/" => ConfirmSignUp(ConfirmSignUpInput) -> 200 ConfirmSignUpOutput;
        POST "/" => CreateGroup(CreateGroupInput) -> 200 CreateGroupOutput;
        POST "/" => CreateResourceServer(CreateResourceServerInput) -> 200 CreateResourceServerOutput;
        POST "/" => CreateUserPool(CreateUserPoolInput) -> 200 CreateUserPoolOutput;
        POST "/" => CreateUserPoolClient(CreateUserPoolClientInput) -> 200 CreateUserPoolClientOutput;
        POST "/" => CreateUserPoolDomain(CreateUserPoolDomainInput) -> 200 CreateUserPoolDomainOutput;
        POST "/" => DeleteGroup(DeleteGroupInput) -> 200 Unit;
        POST "/" => DeleteResourceServer(DeleteResourceServerInput) -> 200 Unit;
        POST "/" => DeleteUser(DeleteUserInput) -> 200 Unit;
        POST "/" => DeleteUserAttributes(DeleteUserAttributesInput) -> 200 DeleteUserAttributesOutput;
        POST "/" => DeleteUserPool(DeleteUserPoolInput) -> 200 Unit;
        POST "/" => DeleteUserPoolClient(DeleteUserPoolClientInput) -> 200 Unit;
        POST "/" => DeleteUserPoolDomain(DeleteUserPoolDomainInput) -> 200 DeleteUserPoolDomainOutput;
        POST "/" => DescribeResourceServer(DescribeResourceServerInput) -> 200 DescribeResourceServerOutput;
        POST "/" => DescribeUserPool(DescribeUserPoolInput) -> 200 DescribeUserPoolOutput;
        POST "/" => DescribeUserPoolClient(DescribeUserPoolClientInput) -> 200 DescribeUserPoolClientOutput;
        POST "/" => DescribeUserPoolDomain(DescribeUserPoolDomainInput) -> 200 DescribeUserPoolDomainOutput;
        POST "/" => ForgotPassword(ForgotPasswordInput) -> 200 ForgotPasswordOutput;
        POST "/" => GetGroup(GetGroupInput) -> 200 GetGroupOutput;
        POST "/" => GetTokensFromRefreshToken(GetTokensFromRefreshTokenInput) -> 200 GetTokensFromRefreshTokenOutput;
        POST "/" => GetUser(GetUserInput) -> 200 GetUserOutput;
        POST "/" => GetUserAttributeVerificationCode(GetUserAttributeVerificationCodeInput) -> 200 GetUserAttributeVerificationCodeOutput;
        POST "/" => GetUserPoolMfaConfig(GetUserPoolMfaConfigInput) -> 200 GetUserPoolMfaConfigOutput;
        POST "/" => GlobalSignOut(GlobalSignOutInput) -> 200 GlobalSignOutOutput;
        POST "/" => InitiateAuth(InitiateAuthInput) -> 200 InitiateAuthOutput;
        POST "/" => ListGroups(ListGroupsInput) -> 200 ListGroupsOutput;
        POST "/" => ListResourceServers(ListResourceServersInput) -> 200 ListResourceServersOutput;
        POST "/" => ListTagsForResource(ListTagsForResourceInput) -> 200 ListTagsForResourceOutput;
        POST "/" => ListUserPoolClients(ListUserPoolClientsInput) -> 200 ListUserPoolClientsOutput;
        POST "/" => ListUserPools(ListUserPoolsInput) -> 200 ListUserPoolsOutput;
        POST "/" => ListUsers(ListUsersInput) -> 200 ListUsersOutput;
        POST "/" => ListUsersInGroup(ListUsersInGroupInput) -> 200 ListUsersInGroupOutput;
        POST "/" => ResendConfirmationCode(ResendConfirmationCodeInput) -> 200 ResendConfirmationCodeOutput;
        POST "/" => RespondToAuthChallenge(RespondToAuthChallengeInput) -> 200 RespondToAuthChallengeOutput;
        POST "/" => RevokeToken(RevokeTokenInput) -> 200 RevokeTokenOutput;
        POST "/" => SetUserPoolMfaConfig(SetUserPoolMfaConfigInput) -> 200 SetUserPoolMfaConfigOutput;
        POST "/" => SignUp(SignUpInput) -> 200 SignUpOutput;
        POST "/" => TagResource(TagResourceInput) -> 200 TagResourceOutput;
        POST "/" => UntagResource(UntagResourceInput) -> 200 UntagResourceOutput;
        POST "/" => UpdateGroup(UpdateGroupInput) -> 200 UpdateGroupOutput;
        POST "/" => UpdateResourceServer(UpdateResourceServerInput) -> 200 UpdateResourceServerOutput;
        POST "/" => UpdateUserAttributes(UpdateUserAttributesInput) -> 200 UpdateUserAttributesOutput;
        POST "/" => UpdateUserPool(UpdateUserPoolInput) -> 200 UpdateUserPoolOutput;
        POST "/" => UpdateUserPoolClient(UpdateUserPoolClientInput) -> 200 UpdateUserPoolClientOutput;
        POST "/" => UpdateUserPoolDomain(UpdateUserPoolDomainInput) -> 200 UpdateUserPoolDomainOutput;
        POST "/" => VerifyUserAttribute(VerifyUserAttributeInput) -> 200 VerifyUserAttributeOutput;
    }
}

structure! { AccountRecoverySettingType "AccountRecoverySettingType" {
    recovery_mechanisms: optional Vec<RecoveryOptionType>, "RecoveryMechanisms" as "RecoveryMechanisms" .length(1, 2);
} }

structure! { AddCustomAttributesInput "AddCustomAttributesRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    custom_attributes: required Vec<SchemaAttributeType>, "CustomAttributes" as "CustomAttributes" .length(1, 25);
} }

structure! { AddCustomAttributesOutput "AddCustomAttributesResponse" {
} }

structure! { AdminAddUserToGroupInput "AdminAddUserToGroupRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
} }

structure! { AdminConfirmSignUpInput "AdminConfirmSignUpRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { AdminConfirmSignUpOutput "AdminConfirmSignUpResponse" {
} }

structure! { AdminCreateUserConfigType "AdminCreateUserConfigType" {
    allow_admin_create_user_only: optional bool, "AllowAdminCreateUserOnly" as "AllowAdminCreateUserOnly";
    unused_account_validity_days: optional i32, "UnusedAccountValidityDays" as "UnusedAccountValidityDays" .range(0, 365);
    invite_message_template: optional MessageTemplateType, "InviteMessageTemplate" as "InviteMessageTemplate";
} }

structure! { AdminCreateUserInput "AdminCreateUserRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_attributes: optional Vec<AttributeType>, "UserAttributes" as "UserAttributes";
    validation_data: optional Vec<AttributeType>, "ValidationData" as "ValidationData";
    temporary_password: optional String, "TemporaryPassword" as "TemporaryPassword" .length(0, 256) .pattern("[\\S]+");
    force_alias_creation: optional bool, "ForceAliasCreation" as "ForceAliasCreation";
    message_action: optional MessageActionType, "MessageAction" as "MessageAction" .one_of(MessageActionType::VALUES);
    desired_delivery_mediums: optional Vec<DeliveryMediumType>, "DesiredDeliveryMediums" as "DesiredDeliveryMediums";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { AdminCreateUserOutput "AdminCreateUserResponse" {
    user: optional UserType, "User" as "User";
} }

structure! { AdminDeleteUserAttributesInput "AdminDeleteUserAttributesRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_attribute_names: required Vec<String>, "UserAttributeNames" as "UserAttributeNames";
} }

structure! { AdminDeleteUserAttributesOutput "AdminDeleteUserAttributesResponse" {
} }

structure! { AdminDeleteUserInput "AdminDeleteUserRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
} }

structure! { AdminDisableUserInput "AdminDisableUserRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
} }

structure! { AdminDisableUserOutput "AdminDisableUserResponse" {
} }

structure! { AdminEnableUserInput "AdminEnableUserRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
} }

structure! { AdminEnableUserOutput "AdminEnableUserResponse" {
} }

structure! { AdminGetUserInput "AdminGetUserRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
} }

structure! { AdminGetUserOutput "AdminGetUserResponse" {
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_attributes: optional Vec<AttributeType>, "UserAttributes" as "UserAttributes";
    user_create_date: optional Timestamp, "UserCreateDate" as "UserCreateDate";
    user_last_modified_date: optional Timestamp, "UserLastModifiedDate" as "UserLastModifiedDate";
    enabled: optional bool, "Enabled" as "Enabled";
    user_status: optional UserStatusType, "UserStatus" as "UserStatus" .one_of(UserStatusType::VALUES);
    mfa_options: optional Vec<MFAOptionType>, "MFAOptions" as "MFAOptions";
    preferred_mfa_setting: optional String, "PreferredMfaSetting" as "PreferredMfaSetting" .length(0, 131072);
    user_mfa_setting_list: optional Vec<String>, "UserMFASettingList" as "UserMFASettingList";
} }

structure! { AdminInitiateAuthInput "AdminInitiateAuthRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    auth_flow: required AuthFlowType, "AuthFlow" as "AuthFlow" .one_of(AuthFlowType::VALUES);
    auth_parameters: optional BTreeMap<String, String>, "AuthParameters" as "AuthParameters";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
    analytics_metadata: optional AnalyticsMetadataType, "AnalyticsMetadata" as "AnalyticsMetadata";
    context_data: optional ContextDataType, "ContextData" as "ContextData";
    session: optional String, "Session" as "Session" .length(20, 2048);
} }

structure! { AdminInitiateAuthOutput "AdminInitiateAuthResponse" {
    challenge_name: optional ChallengeNameType, "ChallengeName" as "ChallengeName" .one_of(ChallengeNameType::VALUES);
    session: optional String, "Session" as "Session" .length(20, 2048);
    challenge_parameters: optional BTreeMap<String, String>, "ChallengeParameters" as "ChallengeParameters";
    authentication_result: optional AuthenticationResultType, "AuthenticationResult" as "AuthenticationResult";
    available_challenges: optional Vec<ChallengeNameType>, "AvailableChallenges" as "AvailableChallenges";
} }

structure! { AdminListGroupsForUserInput "AdminListGroupsForUserRequest" {
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    limit: optional i32, "Limit" as "Limit" .range(0, 60);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 131072) .pattern("[\\S]+");
} }

structure! { AdminListGroupsForUserOutput "AdminListGroupsForUserResponse" {
    groups: optional Vec<GroupType>, "Groups" as "Groups";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 131072) .pattern("[\\S]+");
} }

structure! { AdminRemoveUserFromGroupInput "AdminRemoveUserFromGroupRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
} }

structure! { AdminResetUserPasswordInput "AdminResetUserPasswordRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { AdminResetUserPasswordOutput "AdminResetUserPasswordResponse" {
} }

structure! { AdminRespondToAuthChallengeInput "AdminRespondToAuthChallengeRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    challenge_name: required ChallengeNameType, "ChallengeName" as "ChallengeName" .one_of(ChallengeNameType::VALUES);
    challenge_responses: optional BTreeMap<String, String>, "ChallengeResponses" as "ChallengeResponses";
    session: optional String, "Session" as "Session" .length(20, 2048);
    analytics_metadata: optional AnalyticsMetadataType, "AnalyticsMetadata" as "AnalyticsMetadata";
    context_data: optional ContextDataType, "ContextData" as "ContextData";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { AdminRespondToAuthChallengeOutput "AdminRespondToAuthChallengeResponse" {
    challenge_name: optional ChallengeNameType, "ChallengeName" as "ChallengeName" .one_of(ChallengeNameType::VALUES);
    session: optional String, "Session" as "Session" .length(20, 2048);
    challenge_parameters: optional BTreeMap<String, String>, "ChallengeParameters" as "ChallengeParameters";
    authentication_result: optional AuthenticationResultType, "AuthenticationResult" as "AuthenticationResult";
} }

structure! { AdminSetUserPasswordInput "AdminSetUserPasswordRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    password: required String, "Password" as "Password" .length(0, 256) .pattern("[\\S]+");
    permanent: optional bool, "Permanent" as "Permanent";
} }

structure! { AdminSetUserPasswordOutput "AdminSetUserPasswordResponse" {
} }

structure! { AdminUpdateUserAttributesInput "AdminUpdateUserAttributesRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_attributes: required Vec<AttributeType>, "UserAttributes" as "UserAttributes";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { AdminUpdateUserAttributesOutput "AdminUpdateUserAttributesResponse" {
} }

structure! { AdminUserGlobalSignOutInput "AdminUserGlobalSignOutRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
} }

structure! { AdminUserGlobalSignOutOutput "AdminUserGlobalSignOutResponse" {
} }

structure! { AdvancedSecurityAdditionalFlowsType "AdvancedSecurityAdditionalFlowsType" {
    custom_auth_mode: optional AdvancedSecurityEnabledModeType, "CustomAuthMode" as "CustomAuthMode" .one_of(AdvancedSecurityEnabledModeType::VALUES);
} }

string_enum! { AdvancedSecurityEnabledModeType {
    Audit = "AUDIT",
    Enforced = "ENFORCED",
} }

string_enum! { AdvancedSecurityModeType {
    Off = "OFF",
    Audit = "AUDIT",
    Enforced = "ENFORCED",
} }

string_enum! { AliasAttributeType {
    PhoneNumber = "phone_number",
    Email = "email",
    PreferredUsername = "preferred_username",
} }

structure! { AnalyticsConfigurationType "AnalyticsConfigurationType" {
    application_id: optional String, "ApplicationId" as "ApplicationId" .pattern("^[0-9a-fA-F]+$");
    application_arn: optional String, "ApplicationArn" as "ApplicationArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    role_arn: optional String, "RoleArn" as "RoleArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    external_id: optional String, "ExternalId" as "ExternalId" .length(0, 131072);
    user_data_shared: optional bool, "UserDataShared" as "UserDataShared";
} }

structure! { AnalyticsMetadataType "AnalyticsMetadataType" {
    analytics_endpoint_id: optional String, "AnalyticsEndpointId" as "AnalyticsEndpointId" .length(0, 131072);
} }

string_enum! { AttributeDataType {
    String = "String",
    Number = "Number",
    DateTime = "DateTime",
    Boolean = "Boolean",
} }

structure! { AttributeType "AttributeType" {
    name: required String, "Name" as "Name" .length(1, 32) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+");
    value: optional String, "Value" as "Value" .length(0, 2048);
} }

string_enum! { AuthFactorType {
    Password = "PASSWORD",
    EmailOtp = "EMAIL_OTP",
    SmsOtp = "SMS_OTP",
    WebAuthn = "WEB_AUTHN",
} }

string_enum! { AuthFlowType {
    UserSrpAuth = "USER_SRP_AUTH",
    RefreshTokenAuth = "REFRESH_TOKEN_AUTH",
    RefreshToken = "REFRESH_TOKEN",
    CustomAuth = "CUSTOM_AUTH",
    AdminNoSrpAuth = "ADMIN_NO_SRP_AUTH",
    UserPasswordAuth = "USER_PASSWORD_AUTH",
    AdminUserPasswordAuth = "ADMIN_USER_PASSWORD_AUTH",
    UserAuth = "USER_AUTH",
} }

structure! { AuthenticationResultType "AuthenticationResultType" {
    access_token: optional String, "AccessToken" as "AccessToken" .pattern("[A-Za-z0-9-_=.]+");
    expires_in: optional i32, "ExpiresIn" as "ExpiresIn";
    token_type: optional String, "TokenType" as "TokenType" .length(0, 131072);
    refresh_token: optional String, "RefreshToken" as "RefreshToken" .pattern("[A-Za-z0-9-_=.]+");
    id_token: optional String, "IdToken" as "IdToken" .pattern("[A-Za-z0-9-_=.]+");
    new_device_metadata: optional NewDeviceMetadataType, "NewDeviceMetadata" as "NewDeviceMetadata";
} }

string_enum! { ChallengeNameType {
    SmsMfa = "SMS_MFA",
    EmailOtp = "EMAIL_OTP",
    SoftwareTokenMfa = "SOFTWARE_TOKEN_MFA",
    SelectMfaType = "SELECT_MFA_TYPE",
    MfaSetup = "MFA_SETUP",
    PasswordVerifier = "PASSWORD_VERIFIER",
    CustomChallenge = "CUSTOM_CHALLENGE",
    SelectChallenge = "SELECT_CHALLENGE",
    DeviceSrpAuth = "DEVICE_SRP_AUTH",
    DevicePasswordVerifier = "DEVICE_PASSWORD_VERIFIER",
    AdminNoSrpAuth = "ADMIN_NO_SRP_AUTH",
    NewPasswordRequired = "NEW_PASSWORD_REQUIRED",
    SmsOtp = "SMS_OTP",
    Password = "PASSWORD",
    WebAuthn = "WEB_AUTHN",
    PasswordSrp = "PASSWORD_SRP",
} }

structure! { ChangePasswordInput "ChangePasswordRequest" {
    previous_password: optional String, "PreviousPassword" as "PreviousPassword" .length(0, 256) .pattern("[\\S]+");
    proposed_password: required String, "ProposedPassword" as "ProposedPassword" .length(0, 256) .pattern("[\\S]+");
    access_token: required String, "AccessToken" as "AccessToken" .pattern("[A-Za-z0-9-_=.]+");
} }

structure! { ChangePasswordOutput "ChangePasswordResponse" {
} }

structure! { CodeDeliveryDetailsType "CodeDeliveryDetailsType" {
    destination: optional String, "Destination" as "Destination" .length(0, 131072);
    delivery_medium: optional DeliveryMediumType, "DeliveryMedium" as "DeliveryMedium" .one_of(DeliveryMediumType::VALUES);
    attribute_name: optional String, "AttributeName" as "AttributeName" .length(1, 32) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+");
} }

structure! { ConfirmForgotPasswordInput "ConfirmForgotPasswordRequest" {
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    secret_hash: optional String, "SecretHash" as "SecretHash" .length(1, 128) .pattern("[\\w+=/]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    confirmation_code: required String, "ConfirmationCode" as "ConfirmationCode" .length(1, 2048) .pattern("[\\S]+");
    password: required String, "Password" as "Password" .length(0, 256) .pattern("[\\S]+");
    analytics_metadata: optional AnalyticsMetadataType, "AnalyticsMetadata" as "AnalyticsMetadata";
    user_context_data: optional UserContextDataType, "UserContextData" as "UserContextData";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { ConfirmForgotPasswordOutput "ConfirmForgotPasswordResponse" {
} }

structure! { ConfirmSignUpInput "ConfirmSignUpRequest" {
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    secret_hash: optional String, "SecretHash" as "SecretHash" .length(1, 128) .pattern("[\\w+=/]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    confirmation_code: required String, "ConfirmationCode" as "ConfirmationCode" .length(1, 2048) .pattern("[\\S]+");
    force_alias_creation: optional bool, "ForceAliasCreation" as "ForceAliasCreation";
    analytics_metadata: optional AnalyticsMetadataType, "AnalyticsMetadata" as "AnalyticsMetadata";
    user_context_data: optional UserContextDataType, "UserContextData" as "UserContextData";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
    session: optional String, "Session" as "Session" .length(20, 2048);
} }

structure! { ConfirmSignUpOutput "ConfirmSignUpResponse" {
    session: optional String, "Session" as "Session" .length(20, 2048);
} }

structure! { ContextDataType "ContextDataType" {
    ip_address: required String, "IpAddress" as "IpAddress" .length(0, 131072);
    server_name: required String, "ServerName" as "ServerName" .length(0, 131072);
    server_path: required String, "ServerPath" as "ServerPath" .length(0, 131072);
    http_headers: required Vec<HttpHeader>, "HttpHeaders" as "HttpHeaders";
    encoded_data: optional String, "EncodedData" as "EncodedData" .length(0, 131072);
} }

structure! { CreateGroupInput "CreateGroupRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    description: optional String, "Description" as "Description" .length(0, 2048);
    role_arn: optional String, "RoleArn" as "RoleArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    precedence: optional i32, "Precedence" as "Precedence" .range(0, i64::MAX);
} }

structure! { CreateGroupOutput "CreateGroupResponse" {
    group: optional GroupType, "Group" as "Group";
} }

structure! { CreateResourceServerInput "CreateResourceServerRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    identifier: required String, "Identifier" as "Identifier" .length(1, 256) .pattern("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    name: required String, "Name" as "Name" .length(1, 256) .pattern("[\\w\\s+=,.@-]+");
    scopes: optional Vec<ResourceServerScopeType>, "Scopes" as "Scopes" .length(0, 100);
} }

structure! { CreateResourceServerOutput "CreateResourceServerResponse" {
    resource_server: required ResourceServerType, "ResourceServer" as "ResourceServer";
} }

structure! { CreateUserPoolClientInput "CreateUserPoolClientRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    client_name: required String, "ClientName" as "ClientName" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
    generate_secret: optional bool, "GenerateSecret" as "GenerateSecret";
    client_secret: optional String, "ClientSecret" as "ClientSecret" .length(24, 64) .pattern("[\\w+]+");
    refresh_token_validity: optional i32, "RefreshTokenValidity" as "RefreshTokenValidity" .range(0, 315360000);
    access_token_validity: optional i32, "AccessTokenValidity" as "AccessTokenValidity" .range(1, 86400);
    id_token_validity: optional i32, "IdTokenValidity" as "IdTokenValidity" .range(1, 86400);
    token_validity_units: optional TokenValidityUnitsType, "TokenValidityUnits" as "TokenValidityUnits";
    read_attributes: optional Vec<String>, "ReadAttributes" as "ReadAttributes";
    write_attributes: optional Vec<String>, "WriteAttributes" as "WriteAttributes";
    explicit_auth_flows: optional Vec<ExplicitAuthFlowsType>, "ExplicitAuthFlows" as "ExplicitAuthFlows";
    supported_identity_providers: optional Vec<String>, "SupportedIdentityProviders" as "SupportedIdentityProviders";
    callback_urls: optional Vec<String>, "CallbackURLs" as "CallbackURLs" .length(0, 100);
    logout_urls: optional Vec<String>, "LogoutURLs" as "LogoutURLs" .length(0, 100);
    default_redirect_uri: optional String, "DefaultRedirectURI" as "DefaultRedirectURI" .length(1, 1024) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    allowed_o_auth_flows: optional Vec<OAuthFlowType>, "AllowedOAuthFlows" as "AllowedOAuthFlows" .length(0, 3);
    allowed_o_auth_scopes: optional Vec<String>, "AllowedOAuthScopes" as "AllowedOAuthScopes" .length(0, 50);
    allowed_o_auth_flows_user_pool_client: optional bool, "AllowedOAuthFlowsUserPoolClient" as "AllowedOAuthFlowsUserPoolClient";
    analytics_configuration: optional AnalyticsConfigurationType, "AnalyticsConfiguration" as "AnalyticsConfiguration";
    prevent_user_existence_errors: optional PreventUserExistenceErrorTypes, "PreventUserExistenceErrors" as "PreventUserExistenceErrors" .one_of(PreventUserExistenceErrorTypes::VALUES);
    enable_token_revocation: optional bool, "EnableTokenRevocation" as "EnableTokenRevocation";
    enable_propagate_additional_user_context_data: optional bool, "EnablePropagateAdditionalUserContextData" as "EnablePropagateAdditionalUserContextData";
    auth_session_validity: optional i32, "AuthSessionValidity" as "AuthSessionValidity" .range(3, 15);
    refresh_token_rotation: optional RefreshTokenRotationType, "RefreshTokenRotation" as "RefreshTokenRotation";
} }

structure! { CreateUserPoolClientOutput "CreateUserPoolClientResponse" {
    user_pool_client: optional UserPoolClientType, "UserPoolClient" as "UserPoolClient";
} }

structure! { CreateUserPoolDomainInput "CreateUserPoolDomainRequest" {
    domain: required String, "Domain" as "Domain" .length(1, 63) .pattern("^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    managed_login_version: optional i32, "ManagedLoginVersion" as "ManagedLoginVersion";
    custom_domain_config: optional CustomDomainConfigType, "CustomDomainConfig" as "CustomDomainConfig";
} }

structure! { CreateUserPoolDomainOutput "CreateUserPoolDomainResponse" {
    managed_login_version: optional i32, "ManagedLoginVersion" as "ManagedLoginVersion";
    cloud_front_domain: optional String, "CloudFrontDomain" as "CloudFrontDomain" .length(1, 63) .pattern("^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
} }

structure! { CreateUserPoolInput "CreateUserPoolRequest" {
    pool_name: required String, "PoolName" as "PoolName" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
    policies: optional UserPoolPolicyType, "Policies" as "Policies";
    deletion_protection: optional DeletionProtectionType, "DeletionProtection" as "DeletionProtection" .one_of(DeletionProtectionType::VALUES);
    lambda_config: optional LambdaConfigType, "LambdaConfig" as "LambdaConfig";
    auto_verified_attributes: optional Vec<VerifiedAttributeType>, "AutoVerifiedAttributes" as "AutoVerifiedAttributes";
    alias_attributes: optional Vec<AliasAttributeType>, "AliasAttributes" as "AliasAttributes";
    username_attributes: optional Vec<UsernameAttributeType>, "UsernameAttributes" as "UsernameAttributes";
    sms_verification_message: optional String, "SmsVerificationMessage" as "SmsVerificationMessage" .length(6, 140) .pattern(".*\\{####\\}.*");
    email_verification_message: optional String, "EmailVerificationMessage" as "EmailVerificationMessage" .length(6, 20000) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*");
    email_verification_subject: optional String, "EmailVerificationSubject" as "EmailVerificationSubject" .length(1, 140) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+");
    verification_message_template: optional VerificationMessageTemplateType, "VerificationMessageTemplate" as "VerificationMessageTemplate";
    sms_authentication_message: optional String, "SmsAuthenticationMessage" as "SmsAuthenticationMessage" .length(6, 140) .pattern(".*\\{####\\}.*");
    mfa_configuration: optional UserPoolMfaType, "MfaConfiguration" as "MfaConfiguration" .one_of(UserPoolMfaType::VALUES);
    user_attribute_update_settings: optional UserAttributeUpdateSettingsType, "UserAttributeUpdateSettings" as "UserAttributeUpdateSettings";
    device_configuration: optional DeviceConfigurationType, "DeviceConfiguration" as "DeviceConfiguration";
    email_configuration: optional EmailConfigurationType, "EmailConfiguration" as "EmailConfiguration";
    sms_configuration: optional SmsConfigurationType, "SmsConfiguration" as "SmsConfiguration";
    user_pool_tags: optional BTreeMap<String, String>, "UserPoolTags" as "UserPoolTags";
    admin_create_user_config: optional AdminCreateUserConfigType, "AdminCreateUserConfig" as "AdminCreateUserConfig";
    schema: optional Vec<SchemaAttributeType>, "Schema" as "Schema" .length(1, 50);
    user_pool_add_ons: optional UserPoolAddOnsType, "UserPoolAddOns" as "UserPoolAddOns";
    username_configuration: optional UsernameConfigurationType, "UsernameConfiguration" as "UsernameConfiguration";
    account_recovery_setting: optional AccountRecoverySettingType, "AccountRecoverySetting" as "AccountRecoverySetting";
    user_pool_tier: optional UserPoolTierType, "UserPoolTier" as "UserPoolTier" .one_of(UserPoolTierType::VALUES);
} }

structure! { CreateUserPoolOutput "CreateUserPoolResponse" {
    user_pool: optional UserPoolType, "UserPool" as "UserPool";
} }

structure! { CustomDomainConfigType "CustomDomainConfigType" {
    certificate_arn: required String, "CertificateArn" as "CertificateArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
} }

structure! { CustomEmailLambdaVersionConfigType "CustomEmailLambdaVersionConfigType" {
    lambda_version: required CustomEmailSenderLambdaVersionType, "LambdaVersion" as "LambdaVersion" .one_of(CustomEmailSenderLambdaVersionType::VALUES);
    lambda_arn: required String, "LambdaArn" as "LambdaArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
} }

string_enum! { CustomEmailSenderLambdaVersionType {
    V10 = "V1_0",
} }

structure! { CustomSMSLambdaVersionConfigType "CustomSMSLambdaVersionConfigType" {
    lambda_version: required CustomSMSSenderLambdaVersionType, "LambdaVersion" as "LambdaVersion" .one_of(CustomSMSSenderLambdaVersionType::VALUES);
    lambda_arn: required String, "LambdaArn" as "LambdaArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
} }

string_enum! { CustomSMSSenderLambdaVersionType {
    V10 = "V1_0",
} }

string_enum! { DefaultEmailOptionType {
    ConfirmWithLink = "CONFIRM_WITH_LINK",
    ConfirmWithCode = "CONFIRM_WITH_CODE",
} }

structure! { DeleteGroupInput "DeleteGroupRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
} }

structure! { DeleteResourceServerInput "DeleteResourceServerRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    identifier: required String, "Identifier" as "Identifier" .length(1, 256) .pattern("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
} }

structure! { DeleteUserAttributesInput "DeleteUserAttributesRequest" {
    user_attribute_names: required Vec<String>, "UserAttributeNames" as "UserAttributeNames";
    access_token: required String, "AccessToken" as "AccessToken" .pattern("[A-Za-z0-9-_=.]+");
} }

structure! { DeleteUserAttributesOutput "DeleteUserAttributesResponse" {
} }

structure! { DeleteUserPoolClientInput "DeleteUserPoolClientRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
} }

structure! { DeleteUserPoolDomainInput "DeleteUserPoolDomainRequest" {
    domain: required String, "Domain" as "Domain" .length(1, 63) .pattern("^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
} }

structure! { DeleteUserPoolDomainOutput "DeleteUserPoolDomainResponse" {
} }

structure! { DeleteUserPoolInput "DeleteUserPoolRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
} }

structure! { DeleteUserInput "DeleteUserRequest" {
    access_token: required String, "AccessToken" as "AccessToken" .pattern("[A-Za-z0-9-_=.]+");
} }

string_enum! { DeletionProtectionType {
    Active = "ACTIVE",
    Inactive = "INACTIVE",
} }

string_enum! { DeliveryMediumType {
    Sms = "SMS",
    Email = "EMAIL",
} }

structure! { DescribeResourceServerInput "DescribeResourceServerRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    identifier: required String, "Identifier" as "Identifier" .length(1, 256) .pattern("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
} }

structure! { DescribeResourceServerOutput "DescribeResourceServerResponse" {
    resource_server: required ResourceServerType, "ResourceServer" as "ResourceServer";
} }

structure! { DescribeUserPoolClientInput "DescribeUserPoolClientRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
} }

structure! { DescribeUserPoolClientOutput "DescribeUserPoolClientResponse" {
    user_pool_client: optional UserPoolClientType, "UserPoolClient" as "UserPoolClient";
} }

structure! { DescribeUserPoolDomainInput "DescribeUserPoolDomainRequest" {
    domain: required String, "Domain" as "Domain" .length(1, 63) .pattern("^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
} }

structure! { DescribeUserPoolDomainOutput "DescribeUserPoolDomainResponse" {
    domain_description: optional DomainDescriptionType, "DomainDescription" as "DomainDescription";
} }

structure! { DescribeUserPoolInput "DescribeUserPoolRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
} }

structure! { DescribeUserPoolOutput "DescribeUserPoolResponse" {
    user_pool: optional UserPoolType, "UserPool" as "UserPool";
} }

structure! { DeviceConfigurationType "DeviceConfigurationType" {
    challenge_required_on_new_device: optional bool, "ChallengeRequiredOnNewDevice" as "ChallengeRequiredOnNewDevice";
    device_only_remembered_on_user_prompt: optional bool, "DeviceOnlyRememberedOnUserPrompt" as "DeviceOnlyRememberedOnUserPrompt";
} }

structure! { DomainDescriptionType "DomainDescriptionType" {
    user_pool_id: optional String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    aws_account_id: optional String, "AWSAccountId" as "AWSAccountId" .length(0, 12) .pattern("[0-9]+");
    domain: optional String, "Domain" as "Domain" .length(1, 63) .pattern("^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
    s3_bucket: optional String, "S3Bucket" as "S3Bucket" .length(3, 1024) .pattern("^[0-9A-Za-z\\.\\-_]*(?<!\\.)$");
    cloud_front_distribution: optional String, "CloudFrontDistribution" as "CloudFrontDistribution" .length(0, 131072);
    version: optional String, "Version" as "Version" .length(1, 20);
    status: optional DomainStatusType, "Status" as "Status" .one_of(DomainStatusType::VALUES);
    custom_domain_config: optional CustomDomainConfigType, "CustomDomainConfig" as "CustomDomainConfig";
    managed_login_version: optional i32, "ManagedLoginVersion" as "ManagedLoginVersion";
} }

string_enum! { DomainStatusType {
    Creating = "CREATING",
    Deleting = "DELETING",
    Updating = "UPDATING",
    Active = "ACTIVE",
    Failed = "FAILED",
} }

structure! { EmailConfigurationType "EmailConfigurationType" {
    source_arn: optional String, "SourceArn" as "SourceArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    reply_to_email_address: optional String, "ReplyToEmailAddress" as "ReplyToEmailAddress" .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+@[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    email_sending_account: optional EmailSendingAccountType, "EmailSendingAccount" as "EmailSendingAccount" .one_of(EmailSendingAccountType::VALUES);
    from: optional String, "From" as "From" .length(0, 131072);
    configuration_set: optional String, "ConfigurationSet" as "ConfigurationSet" .length(1, 64) .pattern("^[a-zA-Z0-9_-]+$");
} }

structure! { EmailMfaConfigType "EmailMfaConfigType" {
    message: optional String, "Message" as "Message" .length(6, 20000) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*");
    subject: optional String, "Subject" as "Subject" .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+");
} }

string_enum! { EmailSendingAccountType {
    CognitoDefault = "COGNITO_DEFAULT",
    Developer = "DEVELOPER",
} }

string_enum! { ExplicitAuthFlowsType {
    AdminNoSrpAuth = "ADMIN_NO_SRP_AUTH",
    CustomAuthFlowOnly = "CUSTOM_AUTH_FLOW_ONLY",
    UserPasswordAuth = "USER_PASSWORD_AUTH",
    AllowAdminUserPasswordAuth = "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    AllowCustomAuth = "ALLOW_CUSTOM_AUTH",
    AllowUserPasswordAuth = "ALLOW_USER_PASSWORD_AUTH",
    AllowUserSrpAuth = "ALLOW_USER_SRP_AUTH",
    AllowRefreshTokenAuth = "ALLOW_REFRESH_TOKEN_AUTH",
    AllowUserAuth = "ALLOW_USER_AUTH",
} }

string_enum! { FeatureType {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
} }

structure! { ForgotPasswordInput "ForgotPasswordRequest" {
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    secret_hash: optional String, "SecretHash" as "SecretHash" .length(1, 128) .pattern("[\\w+=/]+");
    user_context_data: optional UserContextDataType, "UserContextData" as "UserContextData";
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    analytics_metadata: optional AnalyticsMetadataType, "AnalyticsMetadata" as "AnalyticsMetadata";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { ForgotPasswordOutput "ForgotPasswordResponse" {
    code_delivery_details: optional CodeDeliveryDetailsType, "CodeDeliveryDetails" as "CodeDeliveryDetails";
} }

structure! { GetGroupInput "GetGroupRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
} }

structure! { GetGroupOutput "GetGroupResponse" {
    group: optional GroupType, "Group" as "Group";
} }

structure! { GetTokensFromRefreshTokenInput "GetTokensFromRefreshTokenRequest" {
    refresh_token: required String, "RefreshToken" as "RefreshToken" .pattern("[A-Za-z0-9-_=.]+");
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    client_secret: optional String, "ClientSecret" as "ClientSecret" .length(24, 64) .pattern("[\\w+]+");
    device_key: optional String, "DeviceKey" as "DeviceKey" .length(1, 55) .pattern("[\\w-]+_[0-9a-f-]+");
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { GetTokensFromRefreshTokenOutput "GetTokensFromRefreshTokenResponse" {
    authentication_result: optional AuthenticationResultType, "AuthenticationResult" as "AuthenticationResult";
} }

structure! { GetUserAttributeVerificationCodeInput "GetUserAttributeVerificationCodeRequest" {
    access_token: required String, "AccessToken" as "AccessToken" .pattern("[A-Za-z0-9-_=.]+");
    attribute_name: required String, "AttributeName" as "AttributeName" .length(1, 32) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+");
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { GetUserAttributeVerificationCodeOutput "GetUserAttributeVerificationCodeResponse" {
    code_delivery_details: optional CodeDeliveryDetailsType, "CodeDeliveryDetails" as "CodeDeliveryDetails";
} }

structure! { GetUserPoolMfaConfigInput "GetUserPoolMfaConfigRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
} }

structure! { GetUserPoolMfaConfigOutput "GetUserPoolMfaConfigResponse" {
    sms_mfa_configuration: optional SmsMfaConfigType, "SmsMfaConfiguration" as "SmsMfaConfiguration";
    software_token_mfa_configuration: optional SoftwareTokenMfaConfigType, "SoftwareTokenMfaConfiguration" as "SoftwareTokenMfaConfiguration";
    email_mfa_configuration: optional EmailMfaConfigType, "EmailMfaConfiguration" as "EmailMfaConfiguration";
    mfa_configuration: optional UserPoolMfaType, "MfaConfiguration" as "MfaConfiguration" .one_of(UserPoolMfaType::VALUES);
    web_authn_configuration: optional WebAuthnConfigurationType, "WebAuthnConfiguration" as "WebAuthnConfiguration";
} }

structure! { GetUserInput "GetUserRequest" {
    access_token: required String, "AccessToken" as "AccessToken" .pattern("[A-Za-z0-9-_=.]+");
} }

structure! { GetUserOutput "GetUserResponse" {
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_attributes: required Vec<AttributeType>, "UserAttributes" as "UserAttributes";
    mfa_options: optional Vec<MFAOptionType>, "MFAOptions" as "MFAOptions";
    preferred_mfa_setting: optional String, "PreferredMfaSetting" as "PreferredMfaSetting" .length(0, 131072);
    user_mfa_setting_list: optional Vec<String>, "UserMFASettingList" as "UserMFASettingList";
} }

structure! { GlobalSignOutInput "GlobalSignOutRequest" {
    access_token: required String, "AccessToken" as "AccessToken" .pattern("[A-Za-z0-9-_=.]+");
} }

structure! { GlobalSignOutOutput "GlobalSignOutResponse" {
} }

structure! { GroupType "GroupType" {
    group_name: optional String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_pool_id: optional String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    description: optional String, "Description" as "Description" .length(0, 2048);
    role_arn: optional String, "RoleArn" as "RoleArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    precedence: optional i32, "Precedence" as "Precedence" .range(0, i64::MAX);
    last_modified_date: optional Timestamp, "LastModifiedDate" as "LastModifiedDate";
    creation_date: optional Timestamp, "CreationDate" as "CreationDate";
} }

structure! { HttpHeader "HttpHeader" {
    header_name: optional String, "headerName" as "headerName" .length(0, 131072);
    header_value: optional String, "headerValue" as "headerValue" .length(0, 131072);
} }

structure! { InboundFederationLambdaType "InboundFederationLambdaType" {
    lambda_version: required InboundFederationLambdaVersionType, "LambdaVersion" as "LambdaVersion" .one_of(InboundFederationLambdaVersionType::VALUES);
    lambda_arn: required String, "LambdaArn" as "LambdaArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
} }

string_enum! { InboundFederationLambdaVersionType {
    V10 = "V1_0",
} }

structure! { InitiateAuthInput "InitiateAuthRequest" {
    auth_flow: required AuthFlowType, "AuthFlow" as "AuthFlow" .one_of(AuthFlowType::VALUES);
    auth_parameters: optional BTreeMap<String, String>, "AuthParameters" as "AuthParameters";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    analytics_metadata: optional AnalyticsMetadataType, "AnalyticsMetadata" as "AnalyticsMetadata";
    user_context_data: optional UserContextDataType, "UserContextData" as "UserContextData";
    session: optional String, "Session" as "Session" .length(20, 2048);
} }

structure! { InitiateAuthOutput "InitiateAuthResponse" {
    challenge_name: optional ChallengeNameType, "ChallengeName" as "ChallengeName" .one_of(ChallengeNameType::VALUES);
    session: optional String, "Session" as "Session" .length(20, 2048);
    challenge_parameters: optional BTreeMap<String, String>, "ChallengeParameters" as "ChallengeParameters";
    authentication_result: optional AuthenticationResultType, "AuthenticationResult" as "AuthenticationResult";
    available_challenges: optional Vec<ChallengeNameType>, "AvailableChallenges" as "AvailableChallenges";
} }

structure! { LambdaConfigType "LambdaConfigType" {
    pre_sign_up: optional String, "PreSignUp" as "PreSignUp" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    custom_message: optional String, "CustomMessage" as "CustomMessage" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    post_confirmation: optional String, "PostConfirmation" as "PostConfirmation" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    pre_authentication: optional String, "PreAuthentication" as "PreAuthentication" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    post_authentication: optional String, "PostAuthentication" as "PostAuthentication" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    define_auth_challenge: optional String, "DefineAuthChallenge" as "DefineAuthChallenge" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    create_auth_challenge: optional String, "CreateAuthChallenge" as "CreateAuthChallenge" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    verify_auth_challenge_response: optional String, "VerifyAuthChallengeResponse" as "VerifyAuthChallengeResponse" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    pre_token_generation: optional String, "PreTokenGeneration" as "PreTokenGeneration" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    user_migration: optional String, "UserMigration" as "UserMigration" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    pre_token_generation_config: optional PreTokenGenerationVersionConfigType, "PreTokenGenerationConfig" as "PreTokenGenerationConfig";
    custom_sms_sender: optional CustomSMSLambdaVersionConfigType, "CustomSMSSender" as "CustomSMSSender";
    custom_email_sender: optional CustomEmailLambdaVersionConfigType, "CustomEmailSender" as "CustomEmailSender";
    kms_key_id: optional String, "KMSKeyID" as "KMSKeyID" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    inbound_federation: optional InboundFederationLambdaType, "InboundFederation" as "InboundFederation";
} }

structure! { ListGroupsInput "ListGroupsRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    limit: optional i32, "Limit" as "Limit" .range(0, 60);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 131072) .pattern("[\\S]+");
} }

structure! { ListGroupsOutput "ListGroupsResponse" {
    groups: optional Vec<GroupType>, "Groups" as "Groups";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 131072) .pattern("[\\S]+");
} }

structure! { ListResourceServersInput "ListResourceServersRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    max_results: optional i32, "MaxResults" as "MaxResults" .range(1, 50);
    next_token: optional String, "NextToken" as "NextToken" .length(1, u64::MAX) .pattern("[\\S]+");
} }

structure! { ListResourceServersOutput "ListResourceServersResponse" {
    resource_servers: required Vec<ResourceServerType>, "ResourceServers" as "ResourceServers";
    next_token: optional String, "NextToken" as "NextToken" .length(1, u64::MAX) .pattern("[\\S]+");
} }

structure! { ListTagsForResourceInput "ListTagsForResourceRequest" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
} }

structure! { ListTagsForResourceOutput "ListTagsForResourceResponse" {
    tags: optional BTreeMap<String, String>, "Tags" as "Tags";
} }

structure! { ListUserPoolClientsInput "ListUserPoolClientsRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    max_results: optional i32, "MaxResults" as "MaxResults" .range(1, 60);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 131072) .pattern("[\\S]+");
} }

structure! { ListUserPoolClientsOutput "ListUserPoolClientsResponse" {
    user_pool_clients: optional Vec<UserPoolClientDescription>, "UserPoolClients" as "UserPoolClients";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 131072) .pattern("[\\S]+");
} }

structure! { ListUserPoolsInput "ListUserPoolsRequest" {
    next_token: optional String, "NextToken" as "NextToken" .length(1, u64::MAX) .pattern("[\\S]+");
    max_results: required i32, "MaxResults" as "MaxResults" .range(1, 60);
} }

structure! { ListUserPoolsOutput "ListUserPoolsResponse" {
    user_pools: optional Vec<UserPoolDescriptionType>, "UserPools" as "UserPools";
    next_token: optional String, "NextToken" as "NextToken" .length(1, u64::MAX) .pattern("[\\S]+");
} }

structure! { ListUsersInGroupInput "ListUsersInGroupRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    limit: optional i32, "Limit" as "Limit" .range(0, 60);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 131072) .pattern("[\\S]+");
} }

structure! { ListUsersInGroupOutput "ListUsersInGroupResponse" {
    users: optional Vec<UserType>, "Users" as "Users";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 131072) .pattern("[\\S]+");
} }

structure! { ListUsersInput "ListUsersRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    attributes_to_get: optional Vec<String>, "AttributesToGet" as "AttributesToGet";
    limit: optional i32, "Limit" as "Limit" .range(0, 60);
    pagination_token: optional String, "PaginationToken" as "PaginationToken" .length(1, u64::MAX) .pattern("[\\S]+");
    filter: optional String, "Filter" as "Filter" .length(0, 256);
} }

structure! { ListUsersOutput "ListUsersResponse" {
    users: optional Vec<UserType>, "Users" as "Users";
    pagination_token: optional String, "PaginationToken" as "PaginationToken" .length(1, u64::MAX) .pattern("[\\S]+");
} }

structure! { MFAOptionType "MFAOptionType" {
    delivery_medium: optional DeliveryMediumType, "DeliveryMedium" as "DeliveryMedium" .one_of(DeliveryMediumType::VALUES);
    attribute_name: optional String, "AttributeName" as "AttributeName" .length(1, 32) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+");
} }

string_enum! { MessageActionType {
    Resend = "RESEND",
    Suppress = "SUPPRESS",
} }

structure! { MessageTemplateType "MessageTemplateType" {
    sms_message: optional String, "SMSMessage" as "SMSMessage" .length(6, 140) .pattern("(?s).*");
    email_message: optional String, "EmailMessage" as "EmailMessage" .length(6, 20000) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*");
    email_subject: optional String, "EmailSubject" as "EmailSubject" .length(1, 140) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+");
} }

structure! { NewDeviceMetadataType "NewDeviceMetadataType" {
    device_key: optional String, "DeviceKey" as "DeviceKey" .length(1, 55) .pattern("[\\w-]+_[0-9a-f-]+");
    device_group_key: optional String, "DeviceGroupKey" as "DeviceGroupKey" .length(0, 131072);
} }

structure! { NumberAttributeConstraintsType "NumberAttributeConstraintsType" {
    min_value: optional String, "MinValue" as "MinValue" .length(0, 131072);
    max_value: optional String, "MaxValue" as "MaxValue" .length(0, 131072);
} }

string_enum! { OAuthFlowType {
    Code = "code",
    Implicit = "implicit",
    ClientCredentials = "client_credentials",
} }

structure! { PasswordPolicyType "PasswordPolicyType" {
    minimum_length: optional i32, "MinimumLength" as "MinimumLength" .range(6, 99);
    require_uppercase: optional bool, "RequireUppercase" as "RequireUppercase";
    require_lowercase: optional bool, "RequireLowercase" as "RequireLowercase";
    require_numbers: optional bool, "RequireNumbers" as "RequireNumbers";
    require_symbols: optional bool, "RequireSymbols" as "RequireSymbols";
    password_history_size: optional i32, "PasswordHistorySize" as "PasswordHistorySize" .range(0, 24);
    temporary_password_validity_days: optional i32, "TemporaryPasswordValidityDays" as "TemporaryPasswordValidityDays" .range(0, 365);
} }

string_enum! { PreTokenGenerationLambdaVersionType {
    V10 = "V1_0",
    V20 = "V2_0",
    V30 = "V3_0",
} }

structure! { PreTokenGenerationVersionConfigType "PreTokenGenerationVersionConfigType" {
    lambda_version: required PreTokenGenerationLambdaVersionType, "LambdaVersion" as "LambdaVersion" .one_of(PreTokenGenerationLambdaVersionType::VALUES);
    lambda_arn: required String, "LambdaArn" as "LambdaArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
} }

string_enum! { PreventUserExistenceErrorTypes {
    Legacy = "LEGACY",
    Enabled = "ENABLED",
} }

string_enum! { RecoveryOptionNameType {
    VerifiedEmail = "verified_email",
    VerifiedPhoneNumber = "verified_phone_number",
    AdminOnly = "admin_only",
} }

structure! { RecoveryOptionType "RecoveryOptionType" {
    priority: required i32, "Priority" as "Priority" .range(1, 2);
    name: required RecoveryOptionNameType, "Name" as "Name" .one_of(RecoveryOptionNameType::VALUES);
} }

structure! { RefreshTokenRotationType "RefreshTokenRotationType" {
    feature: required FeatureType, "Feature" as "Feature" .one_of(FeatureType::VALUES);
    retry_grace_period_seconds: optional i32, "RetryGracePeriodSeconds" as "RetryGracePeriodSeconds" .range(0, 60);
} }

structure! { ResendConfirmationCodeInput "ResendConfirmationCodeRequest" {
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    secret_hash: optional String, "SecretHash" as "SecretHash" .length(1, 128) .pattern("[\\w+=/]+");
    user_context_data: optional UserContextDataType, "UserContextData" as "UserContextData";
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    analytics_metadata: optional AnalyticsMetadataType, "AnalyticsMetadata" as "AnalyticsMetadata";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { ResendConfirmationCodeOutput "ResendConfirmationCodeResponse" {
    code_delivery_details: optional CodeDeliveryDetailsType, "CodeDeliveryDetails" as "CodeDeliveryDetails";
} }

structure! { ResourceServerScopeType "ResourceServerScopeType" {
    scope_name: required String, "ScopeName" as "ScopeName" .length(1, 256) .pattern("[\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+");
    scope_description: required String, "ScopeDescription" as "ScopeDescription" .length(1, 256);
} }

structure! { ResourceServerType "ResourceServerType" {
    user_pool_id: optional String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    identifier: optional String, "Identifier" as "Identifier" .length(1, 256) .pattern("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    name: optional String, "Name" as "Name" .length(1, 256) .pattern("[\\w\\s+=,.@-]+");
    scopes: optional Vec<ResourceServerScopeType>, "Scopes" as "Scopes" .length(0, 100);
} }

structure! { RespondToAuthChallengeInput "RespondToAuthChallengeRequest" {
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    challenge_name: required ChallengeNameType, "ChallengeName" as "ChallengeName" .one_of(ChallengeNameType::VALUES);
    session: optional String, "Session" as "Session" .length(20, 2048);
    challenge_responses: optional BTreeMap<String, String>, "ChallengeResponses" as "ChallengeResponses";
    analytics_metadata: optional AnalyticsMetadataType, "AnalyticsMetadata" as "AnalyticsMetadata";
    user_context_data: optional UserContextDataType, "UserContextData" as "UserContextData";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { RespondToAuthChallengeOutput "RespondToAuthChallengeResponse" {
    challenge_name: optional ChallengeNameType, "ChallengeName" as "ChallengeName" .one_of(ChallengeNameType::VALUES);
    session: optional String, "Session" as "Session" .length(20, 2048);
    challenge_parameters: optional BTreeMap<String, String>, "ChallengeParameters" as "ChallengeParameters";
    authentication_result: optional AuthenticationResultType, "AuthenticationResult" as "AuthenticationResult";
} }

structure! { RevokeTokenInput "RevokeTokenRequest" {
    token: required String, "Token" as "Token" .pattern("[A-Za-z0-9-_=.]+");
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    client_secret: optional String, "ClientSecret" as "ClientSecret" .length(24, 64) .pattern("[\\w+]+");
} }

structure! { RevokeTokenOutput "RevokeTokenResponse" {
} }

structure! { SchemaAttributeType "SchemaAttributeType" {
    name: optional String, "Name" as "Name" .length(1, 20) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    attribute_data_type: optional AttributeDataType, "AttributeDataType" as "AttributeDataType" .one_of(AttributeDataType::VALUES);
    developer_only_attribute: optional bool, "DeveloperOnlyAttribute" as "DeveloperOnlyAttribute";
    mutable: optional bool, "Mutable" as "Mutable";
    required: optional bool, "Required" as "Required";
    number_attribute_constraints: optional NumberAttributeConstraintsType, "NumberAttributeConstraints" as "NumberAttributeConstraints";
    string_attribute_constraints: optional StringAttributeConstraintsType, "StringAttributeConstraints" as "StringAttributeConstraints";
} }

structure! { SetUserPoolMfaConfigInput "SetUserPoolMfaConfigRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    sms_mfa_configuration: optional SmsMfaConfigType, "SmsMfaConfiguration" as "SmsMfaConfiguration";
    software_token_mfa_configuration: optional SoftwareTokenMfaConfigType, "SoftwareTokenMfaConfiguration" as "SoftwareTokenMfaConfiguration";
    email_mfa_configuration: optional EmailMfaConfigType, "EmailMfaConfiguration" as "EmailMfaConfiguration";
    mfa_configuration: optional UserPoolMfaType, "MfaConfiguration" as "MfaConfiguration" .one_of(UserPoolMfaType::VALUES);
    web_authn_configuration: optional WebAuthnConfigurationType, "WebAuthnConfiguration" as "WebAuthnConfiguration";
} }

structure! { SetUserPoolMfaConfigOutput "SetUserPoolMfaConfigResponse" {
    sms_mfa_configuration: optional SmsMfaConfigType, "SmsMfaConfiguration" as "SmsMfaConfiguration";
    software_token_mfa_configuration: optional SoftwareTokenMfaConfigType, "SoftwareTokenMfaConfiguration" as "SoftwareTokenMfaConfiguration";
    email_mfa_configuration: optional EmailMfaConfigType, "EmailMfaConfiguration" as "EmailMfaConfiguration";
    mfa_configuration: optional UserPoolMfaType, "MfaConfiguration" as "MfaConfiguration" .one_of(UserPoolMfaType::VALUES);
    web_authn_configuration: optional WebAuthnConfigurationType, "WebAuthnConfiguration" as "WebAuthnConfiguration";
} }

structure! { SignInPolicyType "SignInPolicyType" {
    allowed_first_auth_factors: optional Vec<AuthFactorType>, "AllowedFirstAuthFactors" as "AllowedFirstAuthFactors" .length(1, 4);
} }

structure! { SignUpInput "SignUpRequest" {
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    secret_hash: optional String, "SecretHash" as "SecretHash" .length(1, 128) .pattern("[\\w+=/]+");
    username: required String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    password: optional String, "Password" as "Password" .length(0, 256) .pattern("[\\S]+");
    user_attributes: optional Vec<AttributeType>, "UserAttributes" as "UserAttributes";
    validation_data: optional Vec<AttributeType>, "ValidationData" as "ValidationData";
    analytics_metadata: optional AnalyticsMetadataType, "AnalyticsMetadata" as "AnalyticsMetadata";
    user_context_data: optional UserContextDataType, "UserContextData" as "UserContextData";
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { SignUpOutput "SignUpResponse" {
    user_confirmed: required bool, "UserConfirmed" as "UserConfirmed";
    code_delivery_details: optional CodeDeliveryDetailsType, "CodeDeliveryDetails" as "CodeDeliveryDetails";
    user_sub: required String, "UserSub" as "UserSub" .length(0, 131072);
    session: optional String, "Session" as "Session" .length(20, 2048);
} }

structure! { SmsConfigurationType "SmsConfigurationType" {
    sns_caller_arn: required String, "SnsCallerArn" as "SnsCallerArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    external_id: optional String, "ExternalId" as "ExternalId" .length(0, 131072);
    sns_region: optional String, "SnsRegion" as "SnsRegion" .length(5, 32);
} }

structure! { SmsMfaConfigType "SmsMfaConfigType" {
    sms_authentication_message: optional String, "SmsAuthenticationMessage" as "SmsAuthenticationMessage" .length(6, 140) .pattern(".*\\{####\\}.*");
    sms_configuration: optional SmsConfigurationType, "SmsConfiguration" as "SmsConfiguration";
} }

structure! { SoftwareTokenMfaConfigType "SoftwareTokenMfaConfigType" {
    enabled: optional bool, "Enabled" as "Enabled";
} }

string_enum! { StatusType {
    Enabled = "Enabled",
    Disabled = "Disabled",
} }

structure! { StringAttributeConstraintsType "StringAttributeConstraintsType" {
    min_length: optional String, "MinLength" as "MinLength" .length(0, 131072);
    max_length: optional String, "MaxLength" as "MaxLength" .length(0, 131072);
} }

structure! { TagResourceInput "TagResourceRequest" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    tags: required BTreeMap<String, String>, "Tags" as "Tags";
} }

structure! { TagResourceOutput "TagResourceResponse" {
} }

string_enum! { TimeUnitsType {
    Seconds = "seconds",
    Minutes = "minutes",
    Hours = "hours",
    Days = "days",
} }

structure! { TokenValidityUnitsType "TokenValidityUnitsType" {
    access_token: optional TimeUnitsType, "AccessToken" as "AccessToken" .one_of(TimeUnitsType::VALUES);
    id_token: optional TimeUnitsType, "IdToken" as "IdToken" .one_of(TimeUnitsType::VALUES);
    refresh_token: optional TimeUnitsType, "RefreshToken" as "RefreshToken" .one_of(TimeUnitsType::VALUES);
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys";
} }

structure! { UntagResourceOutput "UntagResourceResponse" {
} }

structure! { UpdateGroupInput "UpdateGroupRequest" {
    group_name: required String, "GroupName" as "GroupName" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    description: optional String, "Description" as "Description" .length(0, 2048);
    role_arn: optional String, "RoleArn" as "RoleArn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    precedence: optional i32, "Precedence" as "Precedence" .range(0, i64::MAX);
} }

structure! { UpdateGroupOutput "UpdateGroupResponse" {
    group: optional GroupType, "Group" as "Group";
} }

structure! { UpdateResourceServerInput "UpdateResourceServerRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    identifier: required String, "Identifier" as "Identifier" .length(1, 256) .pattern("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    name: required String, "Name" as "Name" .length(1, 256) .pattern("[\\w\\s+=,.@-]+");
    scopes: optional Vec<ResourceServerScopeType>, "Scopes" as "Scopes" .length(0, 100);
} }

structure! { UpdateResourceServerOutput "UpdateResourceServerResponse" {
    resource_server: required ResourceServerType, "ResourceServer" as "ResourceServer";
} }

structure! { UpdateUserAttributesInput "UpdateUserAttributesRequest" {
    user_attributes: required Vec<AttributeType>, "UserAttributes" as "UserAttributes";
    access_token: required String, "AccessToken" as "AccessToken" .pattern("[A-Za-z0-9-_=.]+");
    client_metadata: optional BTreeMap<String, String>, "ClientMetadata" as "ClientMetadata";
} }

structure! { UpdateUserAttributesOutput "UpdateUserAttributesResponse" {
    code_delivery_details_list: optional Vec<CodeDeliveryDetailsType>, "CodeDeliveryDetailsList" as "CodeDeliveryDetailsList";
} }

structure! { UpdateUserPoolClientInput "UpdateUserPoolClientRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    client_id: required String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    client_name: optional String, "ClientName" as "ClientName" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
    refresh_token_validity: optional i32, "RefreshTokenValidity" as "RefreshTokenValidity" .range(0, 315360000);
    access_token_validity: optional i32, "AccessTokenValidity" as "AccessTokenValidity" .range(1, 86400);
    id_token_validity: optional i32, "IdTokenValidity" as "IdTokenValidity" .range(1, 86400);
    token_validity_units: optional TokenValidityUnitsType, "TokenValidityUnits" as "TokenValidityUnits";
    read_attributes: optional Vec<String>, "ReadAttributes" as "ReadAttributes";
    write_attributes: optional Vec<String>, "WriteAttributes" as "WriteAttributes";
    explicit_auth_flows: optional Vec<ExplicitAuthFlowsType>, "ExplicitAuthFlows" as "ExplicitAuthFlows";
    supported_identity_providers: optional Vec<String>, "SupportedIdentityProviders" as "SupportedIdentityProviders";
    callback_urls: optional Vec<String>, "CallbackURLs" as "CallbackURLs" .length(0, 100);
    logout_urls: optional Vec<String>, "LogoutURLs" as "LogoutURLs" .length(0, 100);
    default_redirect_uri: optional String, "DefaultRedirectURI" as "DefaultRedirectURI" .length(1, 1024) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    allowed_o_auth_flows: optional Vec<OAuthFlowType>, "AllowedOAuthFlows" as "AllowedOAuthFlows" .length(0, 3);
    allowed_o_auth_scopes: optional Vec<String>, "AllowedOAuthScopes" as "AllowedOAuthScopes" .length(0, 50);
    allowed_o_auth_flows_user_pool_client: optional bool, "AllowedOAuthFlowsUserPoolClient" as "AllowedOAuthFlowsUserPoolClient";
    analytics_configuration: optional AnalyticsConfigurationType, "AnalyticsConfiguration" as "AnalyticsConfiguration";
    prevent_user_existence_errors: optional PreventUserExistenceErrorTypes, "PreventUserExistenceErrors" as "PreventUserExistenceErrors" .one_of(PreventUserExistenceErrorTypes::VALUES);
    enable_token_revocation: optional bool, "EnableTokenRevocation" as "EnableTokenRevocation";
    enable_propagate_additional_user_context_data: optional bool, "EnablePropagateAdditionalUserContextData" as "EnablePropagateAdditionalUserContextData";
    auth_session_validity: optional i32, "AuthSessionValidity" as "AuthSessionValidity" .range(3, 15);
    refresh_token_rotation: optional RefreshTokenRotationType, "RefreshTokenRotation" as "RefreshTokenRotation";
} }

structure! { UpdateUserPoolClientOutput "UpdateUserPoolClientResponse" {
    user_pool_client: optional UserPoolClientType, "UserPoolClient" as "UserPoolClient";
} }

structure! { UpdateUserPoolDomainInput "UpdateUserPoolDomainRequest" {
    domain: required String, "Domain" as "Domain" .length(1, 63) .pattern("^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    managed_login_version: optional i32, "ManagedLoginVersion" as "ManagedLoginVersion";
    custom_domain_config: optional CustomDomainConfigType, "CustomDomainConfig" as "CustomDomainConfig";
} }

structure! { UpdateUserPoolDomainOutput "UpdateUserPoolDomainResponse" {
    managed_login_version: optional i32, "ManagedLoginVersion" as "ManagedLoginVersion";
    cloud_front_domain: optional String, "CloudFrontDomain" as "CloudFrontDomain" .length(1, 63) .pattern("^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
} }

structure! { UpdateUserPoolInput "UpdateUserPoolRequest" {
    user_pool_id: required String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    policies: optional UserPoolPolicyType, "Policies" as "Policies";
    deletion_protection: optional DeletionProtectionType, "DeletionProtection" as "DeletionProtection" .one_of(DeletionProtectionType::VALUES);
    lambda_config: optional LambdaConfigType, "LambdaConfig" as "LambdaConfig";
    auto_verified_attributes: optional Vec<VerifiedAttributeType>, "AutoVerifiedAttributes" as "AutoVerifiedAttributes";
    sms_verification_message: optional String, "SmsVerificationMessage" as "SmsVerificationMessage" .length(6, 140) .pattern(".*\\{####\\}.*");
    email_verification_message: optional String, "EmailVerificationMessage" as "EmailVerificationMessage" .length(6, 20000) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*");
    email_verification_subject: optional String, "EmailVerificationSubject" as "EmailVerificationSubject" .length(1, 140) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+");
    verification_message_template: optional VerificationMessageTemplateType, "VerificationMessageTemplate" as "VerificationMessageTemplate";
    sms_authentication_message: optional String, "SmsAuthenticationMessage" as "SmsAuthenticationMessage" .length(6, 140) .pattern(".*\\{####\\}.*");
    user_attribute_update_settings: optional UserAttributeUpdateSettingsType, "UserAttributeUpdateSettings" as "UserAttributeUpdateSettings";
    mfa_configuration: optional UserPoolMfaType, "MfaConfiguration" as "MfaConfiguration" .one_of(UserPoolMfaType::VALUES);
    device_configuration: optional DeviceConfigurationType, "DeviceConfiguration" as "DeviceConfiguration";
    email_configuration: optional EmailConfigurationType, "EmailConfiguration" as "EmailConfiguration";
    sms_configuration: optional SmsConfigurationType, "SmsConfiguration" as "SmsConfiguration";
    user_pool_tags: optional BTreeMap<String, String>, "UserPoolTags" as "UserPoolTags";
    admin_create_user_config: optional AdminCreateUserConfigType, "AdminCreateUserConfig" as "AdminCreateUserConfig";
    user_pool_add_ons: optional UserPoolAddOnsType, "UserPoolAddOns" as "UserPoolAddOns";
    account_recovery_setting: optional AccountRecoverySettingType, "AccountRecoverySetting" as "AccountRecoverySetting";
    pool_name: optional String, "PoolName" as "PoolName" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
    user_pool_tier: optional UserPoolTierType, "UserPoolTier" as "UserPoolTier" .one_of(UserPoolTierType::VALUES);
} }

structure! { UpdateUserPoolOutput "UpdateUserPoolResponse" {
} }

structure! { UserAttributeUpdateSettingsType "UserAttributeUpdateSettingsType" {
    attributes_require_verification_before_update: optional Vec<VerifiedAttributeType>, "AttributesRequireVerificationBeforeUpdate" as "AttributesRequireVerificationBeforeUpdate";
} }

structure! { UserContextDataType "UserContextDataType" {
    ip_address: optional String, "IpAddress" as "IpAddress" .length(0, 131072);
    encoded_data: optional String, "EncodedData" as "EncodedData" .length(0, 131072);
} }

structure! { UserPoolAddOnsType "UserPoolAddOnsType" {
    advanced_security_mode: required AdvancedSecurityModeType, "AdvancedSecurityMode" as "AdvancedSecurityMode" .one_of(AdvancedSecurityModeType::VALUES);
    advanced_security_additional_flows: optional AdvancedSecurityAdditionalFlowsType, "AdvancedSecurityAdditionalFlows" as "AdvancedSecurityAdditionalFlows";
} }

structure! { UserPoolClientDescription "UserPoolClientDescription" {
    client_id: optional String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    user_pool_id: optional String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    client_name: optional String, "ClientName" as "ClientName" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
} }

structure! { UserPoolClientType "UserPoolClientType" {
    user_pool_id: optional String, "UserPoolId" as "UserPoolId" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    client_name: optional String, "ClientName" as "ClientName" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
    client_id: optional String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w+]+");
    client_secret: optional String, "ClientSecret" as "ClientSecret" .length(24, 64) .pattern("[\\w+]+");
    last_modified_date: optional Timestamp, "LastModifiedDate" as "LastModifiedDate";
    creation_date: optional Timestamp, "CreationDate" as "CreationDate";
    refresh_token_validity: optional i32, "RefreshTokenValidity" as "RefreshTokenValidity" .range(0, 315360000);
    access_token_validity: optional i32, "AccessTokenValidity" as "AccessTokenValidity" .range(1, 86400);
    id_token_validity: optional i32, "IdTokenValidity" as "IdTokenValidity" .range(1, 86400);
    token_validity_units: optional TokenValidityUnitsType, "TokenValidityUnits" as "TokenValidityUnits";
    read_attributes: optional Vec<String>, "ReadAttributes" as "ReadAttributes";
    write_attributes: optional Vec<String>, "WriteAttributes" as "WriteAttributes";
    explicit_auth_flows: optional Vec<ExplicitAuthFlowsType>, "ExplicitAuthFlows" as "ExplicitAuthFlows";
    supported_identity_providers: optional Vec<String>, "SupportedIdentityProviders" as "SupportedIdentityProviders";
    callback_urls: optional Vec<String>, "CallbackURLs" as "CallbackURLs" .length(0, 100);
    logout_urls: optional Vec<String>, "LogoutURLs" as "LogoutURLs" .length(0, 100);
    default_redirect_uri: optional String, "DefaultRedirectURI" as "DefaultRedirectURI" .length(1, 1024) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    allowed_o_auth_flows: optional Vec<OAuthFlowType>, "AllowedOAuthFlows" as "AllowedOAuthFlows" .length(0, 3);
    allowed_o_auth_scopes: optional Vec<String>, "AllowedOAuthScopes" as "AllowedOAuthScopes" .length(0, 50);
    allowed_o_auth_flows_user_pool_client: optional bool, "AllowedOAuthFlowsUserPoolClient" as "AllowedOAuthFlowsUserPoolClient";
    analytics_configuration: optional AnalyticsConfigurationType, "AnalyticsConfiguration" as "AnalyticsConfiguration";
    prevent_user_existence_errors: optional PreventUserExistenceErrorTypes, "PreventUserExistenceErrors" as "PreventUserExistenceErrors" .one_of(PreventUserExistenceErrorTypes::VALUES);
    enable_token_revocation: optional bool, "EnableTokenRevocation" as "EnableTokenRevocation";
    enable_propagate_additional_user_context_data: optional bool, "EnablePropagateAdditionalUserContextData" as "EnablePropagateAdditionalUserContextData";
    auth_session_validity: optional i32, "AuthSessionValidity" as "AuthSessionValidity" .range(3, 15);
    refresh_token_rotation: optional RefreshTokenRotationType, "RefreshTokenRotation" as "RefreshTokenRotation";
} }

structure! { UserPoolDescriptionType "UserPoolDescriptionType" {
    id: optional String, "Id" as "Id" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    name: optional String, "Name" as "Name" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
    lambda_config: optional LambdaConfigType, "LambdaConfig" as "LambdaConfig";
    status: optional StatusType, "Status" as "Status" .one_of(StatusType::VALUES);
    last_modified_date: optional Timestamp, "LastModifiedDate" as "LastModifiedDate";
    creation_date: optional Timestamp, "CreationDate" as "CreationDate";
} }

string_enum! { UserPoolMfaType {
    Off = "OFF",
    On = "ON",
    Optional = "OPTIONAL",
} }

structure! { UserPoolPolicyType "UserPoolPolicyType" {
    password_policy: optional PasswordPolicyType, "PasswordPolicy" as "PasswordPolicy";
    sign_in_policy: optional SignInPolicyType, "SignInPolicy" as "SignInPolicy";
} }

string_enum! { UserPoolTierType {
    Lite = "LITE",
    Essentials = "ESSENTIALS",
    Plus = "PLUS",
} }

structure! { UserPoolType "UserPoolType" {
    id: optional String, "Id" as "Id" .length(1, 55) .pattern("[\\w-]+_[0-9a-zA-Z]+");
    name: optional String, "Name" as "Name" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
    policies: optional UserPoolPolicyType, "Policies" as "Policies";
    deletion_protection: optional DeletionProtectionType, "DeletionProtection" as "DeletionProtection" .one_of(DeletionProtectionType::VALUES);
    lambda_config: optional LambdaConfigType, "LambdaConfig" as "LambdaConfig";
    status: optional StatusType, "Status" as "Status" .one_of(StatusType::VALUES);
    last_modified_date: optional Timestamp, "LastModifiedDate" as "LastModifiedDate";
    creation_date: optional Timestamp, "CreationDate" as "CreationDate";
    schema_attributes: optional Vec<SchemaAttributeType>, "SchemaAttributes" as "SchemaAttributes" .length(1, 50);
    auto_verified_attributes: optional Vec<VerifiedAttributeType>, "AutoVerifiedAttributes" as "AutoVerifiedAttributes";
    alias_attributes: optional Vec<AliasAttributeType>, "AliasAttributes" as "AliasAttributes";
    username_attributes: optional Vec<UsernameAttributeType>, "UsernameAttributes" as "UsernameAttributes";
    sms_verification_message: optional String, "SmsVerificationMessage" as "SmsVerificationMessage" .length(6, 140) .pattern(".*\\{####\\}.*");
    email_verification_message: optional String, "EmailVerificationMessage" as "EmailVerificationMessage" .length(6, 20000) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*");
    email_verification_subject: optional String, "EmailVerificationSubject" as "EmailVerificationSubject" .length(1, 140) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+");
    verification_message_template: optional VerificationMessageTemplateType, "VerificationMessageTemplate" as "VerificationMessageTemplate";
    sms_authentication_message: optional String, "SmsAuthenticationMessage" as "SmsAuthenticationMessage" .length(6, 140) .pattern(".*\\{####\\}.*");
    user_attribute_update_settings: optional UserAttributeUpdateSettingsType, "UserAttributeUpdateSettings" as "UserAttributeUpdateSettings";
    mfa_configuration: optional UserPoolMfaType, "MfaConfiguration" as "MfaConfiguration" .one_of(UserPoolMfaType::VALUES);
    device_configuration: optional DeviceConfigurationType, "DeviceConfiguration" as "DeviceConfiguration";
    estimated_number_of_users: optional i32, "EstimatedNumberOfUsers" as "EstimatedNumberOfUsers";
    email_configuration: optional EmailConfigurationType, "EmailConfiguration" as "EmailConfiguration";
    sms_configuration: optional SmsConfigurationType, "SmsConfiguration" as "SmsConfiguration";
    user_pool_tags: optional BTreeMap<String, String>, "UserPoolTags" as "UserPoolTags";
    sms_configuration_failure: optional String, "SmsConfigurationFailure" as "SmsConfigurationFailure" .length(0, 131072);
    email_configuration_failure: optional String, "EmailConfigurationFailure" as "EmailConfigurationFailure" .length(0, 131072);
    domain: optional String, "Domain" as "Domain" .length(1, 63) .pattern("^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
    custom_domain: optional String, "CustomDomain" as "CustomDomain" .length(1, 63) .pattern("^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
    admin_create_user_config: optional AdminCreateUserConfigType, "AdminCreateUserConfig" as "AdminCreateUserConfig";
    user_pool_add_ons: optional UserPoolAddOnsType, "UserPoolAddOns" as "UserPoolAddOns";
    username_configuration: optional UsernameConfigurationType, "UsernameConfiguration" as "UsernameConfiguration";
    arn: optional String, "Arn" as "Arn" .length(20, 2048) .pattern("arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?");
    account_recovery_setting: optional AccountRecoverySettingType, "AccountRecoverySetting" as "AccountRecoverySetting";
    user_pool_tier: optional UserPoolTierType, "UserPoolTier" as "UserPoolTier" .one_of(UserPoolTierType::VALUES);
} }

string_enum! { UserStatusType {
    Unconfirmed = "UNCONFIRMED",
    Confirmed = "CONFIRMED",
    Archived = "ARCHIVED",
    Compromised = "COMPROMISED",
    Unknown = "UNKNOWN",
    ResetRequired = "RESET_REQUIRED",
    ForceChangePassword = "FORCE_CHANGE_PASSWORD",
    ExternalProvider = "EXTERNAL_PROVIDER",
} }

structure! { UserType "UserType" {
    username: optional String, "Username" as "Username" .length(1, 128) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    attributes: optional Vec<AttributeType>, "Attributes" as "Attributes";
    user_create_date: optional Timestamp, "UserCreateDate" as "UserCreateDate";
    user_last_modified_date: optional Timestamp, "UserLastModifiedDate" as "UserLastModifiedDate";
    enabled: optional bool, "Enabled" as "Enabled";
    user_status: optional UserStatusType, "UserStatus" as "UserStatus" .one_of(UserStatusType::VALUES);
    mfa_options: optional Vec<MFAOptionType>, "MFAOptions" as "MFAOptions";
} }

string_enum! { UserVerificationType {
    Required = "required",
    Preferred = "preferred",
} }

string_enum! { UsernameAttributeType {
    PhoneNumber = "phone_number",
    Email = "email",
} }

structure! { UsernameConfigurationType "UsernameConfigurationType" {
    case_sensitive: required bool, "CaseSensitive" as "CaseSensitive";
} }

structure! { VerificationMessageTemplateType "VerificationMessageTemplateType" {
    sms_message: optional String, "SmsMessage" as "SmsMessage" .length(6, 140) .pattern(".*\\{####\\}.*");
    email_message: optional String, "EmailMessage" as "EmailMessage" .length(6, 20000) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*");
    email_subject: optional String, "EmailSubject" as "EmailSubject" .length(1, 140) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+");
    email_message_by_link: optional String, "EmailMessageByLink" as "EmailMessageByLink" .length(6, 20000) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{##[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*##\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*");
    email_subject_by_link: optional String, "EmailSubjectByLink" as "EmailSubjectByLink" .length(1, 140) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s]+");
    default_email_option: optional DefaultEmailOptionType, "DefaultEmailOption" as "DefaultEmailOption" .one_of(DefaultEmailOptionType::VALUES);
} }

string_enum! { VerifiedAttributeType {
    PhoneNumber = "phone_number",
    Email = "email",
} }

structure! { VerifyUserAttributeInput "VerifyUserAttributeRequest" {
    access_token: required String, "AccessToken" as "AccessToken" .pattern("[A-Za-z0-9-_=.]+");
    attribute_name: required String, "AttributeName" as "AttributeName" .length(1, 32) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+");
    code: required String, "Code" as "Code" .length(1, 2048) .pattern("[\\S]+");
} }

structure! { VerifyUserAttributeOutput "VerifyUserAttributeResponse" {
} }

structure! { WebAuthnConfigurationType "WebAuthnConfigurationType" {
    relying_party_id: optional String, "RelyingPartyId" as "RelyingPartyId" .length(1, 127);
    user_verification: optional UserVerificationType, "UserVerification" as "UserVerification" .one_of(UserVerificationType::VALUES);
    factor_configuration: optional WebAuthnFactorConfigurationType, "FactorConfiguration" as "FactorConfiguration" .one_of(WebAuthnFactorConfigurationType::VALUES);
} }

string_enum! { WebAuthnFactorConfigurationType {
    SingleFactor = "SINGLE_FACTOR",
    MultiFactorWithUserVerification = "MULTI_FACTOR_WITH_USER_VERIFICATION",
} }
