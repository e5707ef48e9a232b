//! `cognito-identity`, version 2014-06-30: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, service, shape::Unit, string_enum, structure};

service! { cognito_identity signed "cognito-identity" speaks Protocol::Json { content_version: "1.1", target_prefix: "AWSCognitoIdentityService" }, validates "InvalidParameterException";
    errors {
        ConcurrentModificationException "ConcurrentModificationException" 400 "message",
        InternalErrorException "InternalErrorException" 500 "message",
        InvalidParameterException "InvalidParameterException" 400 "message",
        LimitExceededException "LimitExceededException" 400 "message",
        NotAuthorizedException "NotAuthorizedException" 400 "message",
        ResourceConflictException "ResourceConflictException" 400 "message",
        ResourceNotFoundException "ResourceNotFoundException" 400 "message",
        TooManyRequestsException "TooManyRequestsException" 400 "message",
    }
    operations {
        POST "/" => CreateIdentityPool(CreateIdentityPoolInput) -> 200 UpdateIdentityPoolInput;
        POST "/" => DeleteIdentityPool(DeleteIdentityPoolInput) -> 200 Unit;
        POST "/" => DescribeIdentityPool(DescribeIdentityPoolInput) -> 200 UpdateIdentityPoolInput;
        POST "/" => UpdateIdentityPool(UpdateIdentityPoolInput) -> 200 UpdateIdentityPoolInput;
        POST "/" => ListIdentityPools(ListIdentityPoolsInput) -> 200 ListIdentityPoolsOutput;
        POST "/" => SetIdentityPoolRoles(SetIdentityPoolRolesInput) -> 200 Unit;
        POST "/" => GetIdentityPoolRoles(GetIdentityPoolRolesInput) -> 200 GetIdentityPoolRolesOutput;
    }
}

string_enum! { AmbiguousRoleResolutionType {
    AuthenticatedRole = "AuthenticatedRole",
    Deny = "Deny",
} }

structure! { CognitoIdentityProvider "CognitoIdentityProvider" {
    provider_name: optional String, "ProviderName" as "ProviderName" .length(1, 128) .pattern("[\\w._:/-]+");
    client_id: optional String, "ClientId" as "ClientId" .length(1, 128) .pattern("[\\w_]+");
    server_side_token_check: optional bool, "ServerSideTokenCheck" as "ServerSideTokenCheck";
} }

structure! { CreateIdentityPoolInput "CreateIdentityPoolInput" {
    identity_pool_name: required String, "IdentityPoolName" as "IdentityPoolName" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
    allow_unauthenticated_identities: required bool, "AllowUnauthenticatedIdentities" as "AllowUnauthenticatedIdentities";
    allow_classic_flow: optional bool, "AllowClassicFlow" as "AllowClassicFlow";
    supported_login_providers: optional BTreeMap<String, String>, "SupportedLoginProviders" as "SupportedLoginProviders" .length(0, 10);
    developer_provider_name: optional String, "DeveloperProviderName" as "DeveloperProviderName" .length(1, 128) .pattern("[\\w._-]+");
    open_id_connect_provider_arns: optional Vec<String>, "OpenIdConnectProviderARNs" as "OpenIdConnectProviderARNs";
    cognito_identity_providers: optional Vec<CognitoIdentityProvider>, "CognitoIdentityProviders" as "CognitoIdentityProviders";
    saml_provider_arns: optional Vec<String>, "SamlProviderARNs" as "SamlProviderARNs";
    identity_pool_tags: optional BTreeMap<String, String>, "IdentityPoolTags" as "IdentityPoolTags";
} }

structure! { DeleteIdentityPoolInput "DeleteIdentityPoolInput" {
    identity_pool_id: required String, "IdentityPoolId" as "IdentityPoolId" .length(1, 55) .pattern("[\\w-]+:[0-9a-f-]+");
} }

structure! { DescribeIdentityPoolInput "DescribeIdentityPoolInput" {
    identity_pool_id: required String, "IdentityPoolId" as "IdentityPoolId" .length(1, 55) .pattern("[\\w-]+:[0-9a-f-]+");
} }

structure! { GetIdentityPoolRolesInput "GetIdentityPoolRolesInput" {
    identity_pool_id: required String, "IdentityPoolId" as "IdentityPoolId" .length(1, 55) .pattern("[\\w-]+:[0-9a-f-]+");
} }

structure! { GetIdentityPoolRolesOutput "GetIdentityPoolRolesResponse" {
    identity_pool_id: optional String, "IdentityPoolId" as "IdentityPoolId" .length(1, 55) .pattern("[\\w-]+:[0-9a-f-]+");
    roles: optional BTreeMap<String, String>, "Roles" as "Roles" .length(0, 2);
    role_mappings: optional BTreeMap<String, RoleMapping>, "RoleMappings" as "RoleMappings" .length(0, 10);
} }

structure! { UpdateIdentityPoolInput "IdentityPool" {
    identity_pool_id: required String, "IdentityPoolId" as "IdentityPoolId" .length(1, 55) .pattern("[\\w-]+:[0-9a-f-]+");
    identity_pool_name: required String, "IdentityPoolName" as "IdentityPoolName" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
    allow_unauthenticated_identities: required bool, "AllowUnauthenticatedIdentities" as "AllowUnauthenticatedIdentities";
    allow_classic_flow: optional bool, "AllowClassicFlow" as "AllowClassicFlow";
    supported_login_providers: optional BTreeMap<String, String>, "SupportedLoginProviders" as "SupportedLoginProviders" .length(0, 10);
    developer_provider_name: optional String, "DeveloperProviderName" as "DeveloperProviderName" .length(1, 128) .pattern("[\\w._-]+");
    open_id_connect_provider_arns: optional Vec<String>, "OpenIdConnectProviderARNs" as "OpenIdConnectProviderARNs";
    cognito_identity_providers: optional Vec<CognitoIdentityProvider>, "CognitoIdentityProviders" as "CognitoIdentityProviders";
    saml_provider_arns: optional Vec<String>, "SamlProviderARNs" as "SamlProviderARNs";
    identity_pool_tags: optional BTreeMap<String, String>, "IdentityPoolTags" as "IdentityPoolTags";
} }

structure! { IdentityPoolShortDescription "IdentityPoolShortDescription" {
    identity_pool_id: optional String, "IdentityPoolId" as "IdentityPoolId" .length(1, 55) .pattern("[\\w-]+:[0-9a-f-]+");
    identity_pool_name: optional String, "IdentityPoolName" as "IdentityPoolName" .length(1, 128) .pattern("[\\w\\s+=,.@-]+");
} }

structure! { ListIdentityPoolsInput "ListIdentityPoolsInput" {
    max_results: required i32, "MaxResults" as "MaxResults" .range(1, 60);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 65535) .pattern("[\\S]+");
} }

structure! { ListIdentityPoolsOutput "ListIdentityPoolsResponse" {
    identity_pools: optional Vec<IdentityPoolShortDescription>, "IdentityPools" as "IdentityPools";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 65535) .pattern("[\\S]+");
} }

structure! { MappingRule "MappingRule" {
    claim: required String, "Claim" as "Claim" .length(1, 64) .pattern("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
    match_type: required MappingRuleMatchType, "MatchType" as "MatchType" .one_of(MappingRuleMatchType::VALUES);
    value: required String, "Value" as "Value" .length(1, 128);
    role_arn: required String, "RoleARN" as "RoleARN" .length(20, 2048);
} }

string_enum! { MappingRuleMatchType {
    Equals = "Equals",
    Contains = "Contains",
    StartsWith = "StartsWith",
    NotEqual = "NotEqual",
} }

structure! { RoleMapping "RoleMapping" {
    r#type: required RoleMappingType, "Type" as "Type" .one_of(RoleMappingType::VALUES);
    ambiguous_role_resolution: optional AmbiguousRoleResolutionType, "AmbiguousRoleResolution" as "AmbiguousRoleResolution" .one_of(AmbiguousRoleResolutionType::VALUES);
    rules_configuration: optional RulesConfigurationType, "RulesConfiguration" as "RulesConfiguration";
} }

string_enum! { RoleMappingType {
    Token = "Token",
    Rules = "Rules",
} }

structure! { RulesConfigurationType "RulesConfigurationType" {
    rules: required Vec<MappingRule>, "Rules" as "Rules" .length(1, 400);
} }

structure! { SetIdentityPoolRolesInput "SetIdentityPoolRolesInput" {
    identity_pool_id: required String, "IdentityPoolId" as "IdentityPoolId" .length(1, 55) .pattern("[\\w-]+:[0-9a-f-]+");
    roles: required BTreeMap<String, String>, "Roles" as "Roles" .length(0, 2);
    role_mappings: optional BTreeMap<String, RoleMapping>, "RoleMappings" as "RoleMappings" .length(0, 10);
} }
