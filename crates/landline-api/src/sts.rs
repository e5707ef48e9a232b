//! `sts`, version 2011-06-15: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use landline_wire::{Protocol, Timestamp, service, structure};

service! { sts signed "sts" speaks Protocol::Query { version: "2011-06-15", xml_namespace: "https://sts.amazonaws.com/doc/2011-06-15/" }, validates "ValidationError";
    errors {
        ExpiredTokenException "ExpiredTokenException" 400 "message",
        MalformedPolicyDocumentException "MalformedPolicyDocument" 400 "message",
        PackedPolicyTooLargeException "PackedPolicyTooLarge" 400 "message",
        RegionDisabledException "RegionDisabledException" 403 "message",
    }
    operations {
        POST "/" => GetCallerIdentity(GetCallerIdentityInput) -> 200 GetCallerIdentityOutput, wrapped "GetCallerIdentityResult";
        POST "/" => AssumeRole(AssumeRoleInput) -> 200 AssumeRoleOutput, wrapped "AssumeRoleResult";
        POST "/" => GetSessionToken(GetSessionTokenInput) -> 200 GetSessionTokenOutput, wrapped "GetSessionTokenResult";
    }
}

structure! { AssumeRoleInput "AssumeRoleRequest" {
    role_arn: required String, "RoleArn" as "RoleArn" .length(20, 2048) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+");
    role_session_name: required String, "RoleSessionName" as "RoleSessionName" .length(2, 64) .pattern("[\\w+=,.@-]*");
    policy_arns: optional Vec<PolicyDescriptorType>, "PolicyArns" as "PolicyArns";
    policy: optional String, "Policy" as "Policy" .length(1, u64::MAX) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    duration_seconds: optional i32, "DurationSeconds" as "DurationSeconds" .range(900, 43200);
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 50);
    transitive_tag_keys: optional Vec<String>, "TransitiveTagKeys" as "TransitiveTagKeys" .length(0, 50);
    external_id: optional String, "ExternalId" as "ExternalId" .length(2, 1224) .pattern("[\\w+=,.@:\\/-]*");
    serial_number: optional String, "SerialNumber" as "SerialNumber" .length(9, 256) .pattern("[\\w+=/:,.@-]*");
    token_code: optional String, "TokenCode" as "TokenCode" .length(6, 6) .pattern("[\\d]*");
    source_identity: optional String, "SourceIdentity" as "SourceIdentity" .length(2, 64) .pattern("[\\w+=,.@-]*");
    provided_contexts: optional Vec<ProvidedContext>, "ProvidedContexts" as "ProvidedContexts" .length(1, 5);
} }

structure! { AssumeRoleOutput "AssumeRoleResponse" {
    credentials: optional Credentials, "Credentials" as "Credentials";
    assumed_role_user: optional AssumedRoleUser, "AssumedRoleUser" as "AssumedRoleUser";
    packed_policy_size: optional i32, "PackedPolicySize" as "PackedPolicySize" .range(0, i64::MAX);
    source_identity: optional String, "SourceIdentity" as "SourceIdentity" .length(2, 64) .pattern("[\\w+=,.@-]*");
} }

structure! { AssumedRoleUser "AssumedRoleUser" {
    assumed_role_id: required String, "AssumedRoleId" as "AssumedRoleId" .length(2, 193) .pattern("[\\w+=,.@:-]*");
    arn: required String, "Arn" as "Arn" .length(20, 2048) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+");
} }

structure! { Credentials "Credentials" {
    access_key_id: required String, "AccessKeyId" as "AccessKeyId" .length(16, 128) .pattern("[\\w]*");
    secret_access_key: required String, "SecretAccessKey" as "SecretAccessKey";
    session_token: required String, "SessionToken" as "SessionToken";
    expiration: required Timestamp, "Expiration" as "Expiration";
} }

structure! { GetCallerIdentityInput "GetCallerIdentityRequest" {
} }

structure! { GetCallerIdentityOutput "GetCallerIdentityResponse" {
    user_id: optional String, "UserId" as "UserId";
    account: optional String, "Account" as "Account";
    arn: optional String, "Arn" as "Arn" .length(20, 2048) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+");
} }

structure! { GetSessionTokenInput "GetSessionTokenRequest" {
    duration_seconds: optional i32, "DurationSeconds" as "DurationSeconds" .range(900, 129600);
    serial_number: optional String, "SerialNumber" as "SerialNumber" .length(9, 256) .pattern("[\\w+=/:,.@-]*");
    token_code: optional String, "TokenCode" as "TokenCode" .length(6, 6) .pattern("[\\d]*");
} }

structure! { GetSessionTokenOutput "GetSessionTokenResponse" {
    credentials: optional Credentials, "Credentials" as "Credentials";
} }

structure! { PolicyDescriptorType "PolicyDescriptorType" {
    arn: optional String, "arn" as "arn" .length(20, 2048) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+");
} }

structure! { ProvidedContext "ProvidedContext" {
    provider_arn: optional String, "ProviderArn" as "ProviderArn" .length(20, 2048) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+");
    context_assertion: optional String, "ContextAssertion" as "ContextAssertion" .length(4, 2048);
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key" .length(1, 128) .pattern("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
    value: required String, "Value" as "Value" .length(0, 256) .pattern("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
} }
