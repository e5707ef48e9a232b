//! `secretsmanager`, version 2017-10-17: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{Protocol, Timestamp, service, shape::Unit, string_enum, structure};

service! { secretsmanager signed "secretsmanager" speaks Protocol::Json { content_version: "1.1", target_prefix: "secretsmanager" }, validates "InvalidParameterException";
    errors {
        DecryptionFailure "DecryptionFailure" 400 "Message",
        EncryptionFailure "EncryptionFailure" 400 "Message",
        InternalServiceError "InternalServiceError" 500 "Message",
        InvalidNextTokenException "InvalidNextTokenException" 400 "Message",
        InvalidParameterException "InvalidParameterException" 400 "Message",
        InvalidRequestException "InvalidRequestException" 400 "Message",
        LimitExceededException "LimitExceededException" 400 "Message",
        MalformedPolicyDocumentException "MalformedPolicyDocumentException" 400 "Message",
        PreconditionNotMetException "PreconditionNotMetException" 400 "Message",
        ResourceExistsException "ResourceExistsException" 400 "Message",
        ResourceNotFoundException "ResourceNotFoundException" 400 "Message",
    }
    operations {
        POST "/" => CreateSecret(CreateSecretInput) -> 200 CreateSecretOutput;
        POST "/" => DescribeSecret(DescribeSecretInput) -> 200 DescribeSecretOutput;
        POST "/" => GetSecretValue(GetSecretValueInput) -> 200 GetSecretValueOutput;
        POST "/" => PutSecretValue(PutSecretValueInput) -> 200 PutSecretValueOutput;
        POST "/" => UpdateSecret(UpdateSecretInput) -> 200 UpdateSecretOutput;
        POST "/" => DeleteSecret(DeleteSecretInput) -> 200 DeleteSecretOutput;
        POST "/" => RestoreSecret(RestoreSecretInput) -> 200 RestoreSecretOutput;
        POST "/" => ListSecrets(ListSecretsInput) -> 200 ListSecretsOutput;
        POST "/" => GetRandomPassword(GetRandomPasswordInput) -> 200 GetRandomPasswordOutput;
        POST "/" => ListSecretVersionIds(ListSecretVersionIdsInput) -> 200 ListSecretVersionIdsOutput;
        POST "/" => UpdateSecretVersionStage(UpdateSecretVersionStageInput) -> 200 UpdateSecretVersionStageOutput;
        POST "/" => TagResource(TagResourceInput) -> 200 Unit;
        POST "/" => UntagResource(UntagResourceInput) -> 200 Unit;
    }
}

structure! { CreateSecretInput "CreateSecretRequest" {
    name: required String, "Name" as "Name" .length(1, 512);
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(32, 64);
    description: optional String, "Description" as "Description" .length(0, 2048);
    kms_key_id: optional String, "KmsKeyId" as "KmsKeyId" .length(0, 2048);
    secret_binary: optional Bytes, "SecretBinary" as "SecretBinary";
    secret_string: optional String, "SecretString" as "SecretString" .length(1, 65536);
    tags: optional Vec<Tag>, "Tags" as "Tags";
    add_replica_regions: optional Vec<ReplicaRegionType>, "AddReplicaRegions" as "AddReplicaRegions" .length(1, u64::MAX);
    force_overwrite_replica_secret: optional bool, "ForceOverwriteReplicaSecret" as "ForceOverwriteReplicaSecret";
    r#type: optional String, "Type" as "Type" .length(0, 256);
} }

structure! { CreateSecretOutput "CreateSecretResponse" {
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
    version_id: optional String, "VersionId" as "VersionId" .length(32, 64);
    replication_status: optional Vec<ReplicationStatusType>, "ReplicationStatus" as "ReplicationStatus";
} }

structure! { DeleteSecretInput "DeleteSecretRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
    recovery_window_in_days: optional i64, "RecoveryWindowInDays" as "RecoveryWindowInDays";
    force_delete_without_recovery: optional bool, "ForceDeleteWithoutRecovery" as "ForceDeleteWithoutRecovery";
} }

structure! { DeleteSecretOutput "DeleteSecretResponse" {
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
    deletion_date: optional Timestamp, "DeletionDate" as "DeletionDate";
} }

structure! { DescribeSecretInput "DescribeSecretRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
} }

structure! { DescribeSecretOutput "DescribeSecretResponse" {
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
    r#type: optional String, "Type" as "Type" .length(0, 256);
    description: optional String, "Description" as "Description" .length(0, 2048);
    kms_key_id: optional String, "KmsKeyId" as "KmsKeyId" .length(0, 2048);
    rotation_enabled: optional bool, "RotationEnabled" as "RotationEnabled";
    rotation_lambda_arn: optional String, "RotationLambdaARN" as "RotationLambdaARN" .length(0, 2048);
    rotation_rules: optional RotationRulesType, "RotationRules" as "RotationRules";
    external_secret_rotation_metadata: optional Vec<ExternalSecretRotationMetadataItem>, "ExternalSecretRotationMetadata" as "ExternalSecretRotationMetadata";
    external_secret_rotation_role_arn: optional String, "ExternalSecretRotationRoleArn" as "ExternalSecretRotationRoleArn" .length(20, 2048);
    last_rotated_date: optional Timestamp, "LastRotatedDate" as "LastRotatedDate";
    last_changed_date: optional Timestamp, "LastChangedDate" as "LastChangedDate";
    last_accessed_date: optional Timestamp, "LastAccessedDate" as "LastAccessedDate";
    deleted_date: optional Timestamp, "DeletedDate" as "DeletedDate";
    next_rotation_date: optional Timestamp, "NextRotationDate" as "NextRotationDate";
    tags: optional Vec<Tag>, "Tags" as "Tags";
    version_ids_to_stages: optional BTreeMap<String, Vec<String>>, "VersionIdsToStages" as "VersionIdsToStages";
    owning_service: optional String, "OwningService" as "OwningService" .length(1, 128);
    created_date: optional Timestamp, "CreatedDate" as "CreatedDate";
    primary_region: optional String, "PrimaryRegion" as "PrimaryRegion" .length(1, 128) .pattern("^([a-z]+-)+\\d+$");
    replication_status: optional Vec<ReplicationStatusType>, "ReplicationStatus" as "ReplicationStatus";
} }

structure! { ExternalSecretRotationMetadataItem "ExternalSecretRotationMetadataItem" {
    key: optional String, "Key" as "Key" .length(1, 256);
    value: optional String, "Value" as "Value" .length(1, 2048);
} }

structure! { Filter "Filter" {
    key: optional FilterNameStringType, "Key" as "Key" .one_of(FilterNameStringType::VALUES);
    values: optional Vec<String>, "Values" as "Values" .length(1, 10);
} }

string_enum! { FilterNameStringType {
    Description = "description",
    Name = "name",
    TagKey = "tag-key",
    TagValue = "tag-value",
    PrimaryRegion = "primary-region",
    OwningService = "owning-service",
    All = "all",
} }

structure! { GetRandomPasswordInput "GetRandomPasswordRequest" {
    password_length: optional i64, "PasswordLength" as "PasswordLength" .range(1, 4096);
    exclude_characters: optional String, "ExcludeCharacters" as "ExcludeCharacters" .length(0, 4096);
    exclude_numbers: optional bool, "ExcludeNumbers" as "ExcludeNumbers";
    exclude_punctuation: optional bool, "ExcludePunctuation" as "ExcludePunctuation";
    exclude_uppercase: optional bool, "ExcludeUppercase" as "ExcludeUppercase";
    exclude_lowercase: optional bool, "ExcludeLowercase" as "ExcludeLowercase";
    include_space: optional bool, "IncludeSpace" as "IncludeSpace";
    require_each_included_type: optional bool, "RequireEachIncludedType" as "RequireEachIncludedType";
} }

structure! { GetRandomPasswordOutput "GetRandomPasswordResponse" {
    random_password: optional String, "RandomPassword" as "RandomPassword" .length(0, 4096);
} }

structure! { GetSecretValueInput "GetSecretValueRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
    version_id: optional String, "VersionId" as "VersionId" .length(32, 64);
    version_stage: optional String, "VersionStage" as "VersionStage" .length(1, 256);
} }

structure! { GetSecretValueOutput "GetSecretValueResponse" {
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
    version_id: optional String, "VersionId" as "VersionId" .length(32, 64);
    secret_binary: optional Bytes, "SecretBinary" as "SecretBinary";
    secret_string: optional String, "SecretString" as "SecretString" .length(1, 65536);
    version_stages: optional Vec<String>, "VersionStages" as "VersionStages" .length(1, 20);
    created_date: optional Timestamp, "CreatedDate" as "CreatedDate";
} }

structure! { ListSecretVersionIdsInput "ListSecretVersionIdsRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
    max_results: optional i32, "MaxResults" as "MaxResults" .range(1, 100);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 4096);
    include_deprecated: optional bool, "IncludeDeprecated" as "IncludeDeprecated";
} }

structure! { ListSecretVersionIdsOutput "ListSecretVersionIdsResponse" {
    versions: optional Vec<SecretVersionsListEntry>, "Versions" as "Versions";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 4096);
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
} }

structure! { ListSecretsInput "ListSecretsRequest" {
    include_planned_deletion: optional bool, "IncludePlannedDeletion" as "IncludePlannedDeletion";
    max_results: optional i32, "MaxResults" as "MaxResults" .range(1, 100);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 4096);
    filters: optional Vec<Filter>, "Filters" as "Filters" .length(0, 10);
    sort_order: optional SortOrderType, "SortOrder" as "SortOrder" .one_of(SortOrderType::VALUES);
    sort_by: optional SortByType, "SortBy" as "SortBy" .one_of(SortByType::VALUES);
} }

structure! { ListSecretsOutput "ListSecretsResponse" {
    secret_list: optional Vec<SecretListEntry>, "SecretList" as "SecretList";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 4096);
} }

structure! { PutSecretValueInput "PutSecretValueRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(32, 64);
    secret_binary: optional Bytes, "SecretBinary" as "SecretBinary";
    secret_string: optional String, "SecretString" as "SecretString" .length(1, 65536);
    version_stages: optional Vec<String>, "VersionStages" as "VersionStages" .length(1, 20);
    rotation_token: optional String, "RotationToken" as "RotationToken" .length(36, 256) .pattern("^[a-zA-Z0-9\\-]+$");
} }

structure! { PutSecretValueOutput "PutSecretValueResponse" {
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
    version_id: optional String, "VersionId" as "VersionId" .length(32, 64);
    version_stages: optional Vec<String>, "VersionStages" as "VersionStages" .length(1, 20);
} }

structure! { ReplicaRegionType "ReplicaRegionType" {
    region: optional String, "Region" as "Region" .length(1, 128) .pattern("^([a-z]+-)+\\d+$");
    kms_key_id: optional String, "KmsKeyId" as "KmsKeyId" .length(0, 2048);
} }

structure! { ReplicationStatusType "ReplicationStatusType" {
    region: optional String, "Region" as "Region" .length(1, 128) .pattern("^([a-z]+-)+\\d+$");
    kms_key_id: optional String, "KmsKeyId" as "KmsKeyId" .length(0, 2048);
    status: optional StatusType, "Status" as "Status" .one_of(StatusType::VALUES);
    status_message: optional String, "StatusMessage" as "StatusMessage" .length(1, 4096);
    last_accessed_date: optional Timestamp, "LastAccessedDate" as "LastAccessedDate";
} }

structure! { RestoreSecretInput "RestoreSecretRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
} }

structure! { RestoreSecretOutput "RestoreSecretResponse" {
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
} }

structure! { RotationRulesType "RotationRulesType" {
    automatically_after_days: optional i64, "AutomaticallyAfterDays" as "AutomaticallyAfterDays" .range(1, 1000);
    duration: optional String, "Duration" as "Duration" .length(2, 3) .pattern("[0-9]+h");
    schedule_expression: optional String, "ScheduleExpression" as "ScheduleExpression" .length(1, 256) .pattern("[0-9A-Za-z\\(\\)#\\?\\*\\-\\/, ]+");
} }

structure! { SecretListEntry "SecretListEntry" {
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
    r#type: optional String, "Type" as "Type" .length(0, 256);
    description: optional String, "Description" as "Description" .length(0, 2048);
    kms_key_id: optional String, "KmsKeyId" as "KmsKeyId" .length(0, 2048);
    rotation_enabled: optional bool, "RotationEnabled" as "RotationEnabled";
    rotation_lambda_arn: optional String, "RotationLambdaARN" as "RotationLambdaARN" .length(0, 2048);
    rotation_rules: optional RotationRulesType, "RotationRules" as "RotationRules";
    external_secret_rotation_metadata: optional Vec<ExternalSecretRotationMetadataItem>, "ExternalSecretRotationMetadata" as "ExternalSecretRotationMetadata";
    external_secret_rotation_role_arn: optional String, "ExternalSecretRotationRoleArn" as "ExternalSecretRotationRoleArn" .length(20, 2048);
    last_rotated_date: optional Timestamp, "LastRotatedDate" as "LastRotatedDate";
    last_changed_date: optional Timestamp, "LastChangedDate" as "LastChangedDate";
    last_accessed_date: optional Timestamp, "LastAccessedDate" as "LastAccessedDate";
    deleted_date: optional Timestamp, "DeletedDate" as "DeletedDate";
    next_rotation_date: optional Timestamp, "NextRotationDate" as "NextRotationDate";
    tags: optional Vec<Tag>, "Tags" as "Tags";
    secret_versions_to_stages: optional BTreeMap<String, Vec<String>>, "SecretVersionsToStages" as "SecretVersionsToStages";
    owning_service: optional String, "OwningService" as "OwningService" .length(1, 128);
    created_date: optional Timestamp, "CreatedDate" as "CreatedDate";
    primary_region: optional String, "PrimaryRegion" as "PrimaryRegion" .length(1, 128) .pattern("^([a-z]+-)+\\d+$");
} }

structure! { SecretVersionsListEntry "SecretVersionsListEntry" {
    version_id: optional String, "VersionId" as "VersionId" .length(32, 64);
    version_stages: optional Vec<String>, "VersionStages" as "VersionStages" .length(1, 20);
    last_accessed_date: optional Timestamp, "LastAccessedDate" as "LastAccessedDate";
    created_date: optional Timestamp, "CreatedDate" as "CreatedDate";
    kms_key_ids: optional Vec<String>, "KmsKeyIds" as "KmsKeyIds";
} }

string_enum! { SortByType {
    CreatedDate = "created-date",
    LastAccessedDate = "last-accessed-date",
    LastChangedDate = "last-changed-date",
    Name = "name",
} }

string_enum! { SortOrderType {
    Asc = "asc",
    Desc = "desc",
} }

string_enum! { StatusType {
    InSync = "InSync",
    Failed = "Failed",
    InProgress = "InProgress",
} }

structure! { Tag "Tag" {
    key: optional String, "Key" as "Key" .length(1, 128);
    value: optional String, "Value" as "Value" .length(0, 256);
} }

structure! { TagResourceInput "TagResourceRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
    tags: required Vec<Tag>, "Tags" as "Tags";
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys";
} }

structure! { UpdateSecretInput "UpdateSecretRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(32, 64);
    description: optional String, "Description" as "Description" .length(0, 2048);
    kms_key_id: optional String, "KmsKeyId" as "KmsKeyId" .length(0, 2048);
    secret_binary: optional Bytes, "SecretBinary" as "SecretBinary";
    secret_string: optional String, "SecretString" as "SecretString" .length(1, 65536);
    r#type: optional String, "Type" as "Type" .length(0, 256);
} }

structure! { UpdateSecretOutput "UpdateSecretResponse" {
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
    version_id: optional String, "VersionId" as "VersionId" .length(32, 64);
} }

structure! { UpdateSecretVersionStageInput "UpdateSecretVersionStageRequest" {
    secret_id: required String, "SecretId" as "SecretId" .length(1, 2048);
    version_stage: required String, "VersionStage" as "VersionStage" .length(1, 256);
    remove_from_version_id: optional String, "RemoveFromVersionId" as "RemoveFromVersionId" .length(32, 64);
    move_to_version_id: optional String, "MoveToVersionId" as "MoveToVersionId" .length(32, 64);
} }

structure! { UpdateSecretVersionStageOutput "UpdateSecretVersionStageResponse" {
    arn: optional String, "ARN" as "ARN" .length(20, 2048);
    name: optional String, "Name" as "Name" .length(1, 256);
} }
