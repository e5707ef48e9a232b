//! `kms`, version 2014-11-01: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use landline_wire::{Protocol, Timestamp, service, shape::Unit, string_enum, structure};

service! { kms signed "kms" speaks Protocol::Json { content_version: "1.1", target_prefix: "TrentService" }, validates "ValidationException";
    errors {
        AlreadyExistsException "AlreadyExistsException" 400 "message",
        CloudHsmClusterInvalidConfigurationException "CloudHsmClusterInvalidConfigurationException" 400 "message",
        CustomKeyStoreInvalidStateException "CustomKeyStoreInvalidStateException" 400 "message",
        CustomKeyStoreNotFoundException "CustomKeyStoreNotFoundException" 400 "message",
        DependencyTimeoutException "DependencyTimeoutException" 500 "message",
        DisabledException "DisabledException" 400 "message",
        InvalidAliasNameException "InvalidAliasNameException" 400 "message",
        InvalidArnException "InvalidArnException" 400 "message",
        InvalidMarkerException "InvalidMarkerException" 400 "message",
        KMSInternalException "KMSInternalException" 500 "message",
        KMSInvalidStateException "KMSInvalidStateException" 400 "message",
        LimitExceededException "LimitExceededException" 400 "message",
        MalformedPolicyDocumentException "MalformedPolicyDocumentException" 400 "message",
        NotFoundException "NotFoundException" 400 "message",
        TagException "TagException" 400 "message",
        UnsupportedOperationException "UnsupportedOperationException" 400 "message",
        XksKeyAlreadyInUseException "XksKeyAlreadyInUseException" 400 "message",
        XksKeyInvalidConfigurationException "XksKeyInvalidConfigurationException" 400 "message",
        XksKeyNotFoundException "XksKeyNotFoundException" 400 "message",
    }
    operations {
        POST "/" => CreateKey(CreateKeyInput) -> 200 CreateKeyOutput;
        POST "/" => DescribeKey(DescribeKeyInput) -> 200 DescribeKeyOutput;
        POST "/" => ListKeys(ListKeysInput) -> 200 ListKeysOutput;
        POST "/" => EnableKeyRotation(EnableKeyRotationInput) -> 200 Unit;
        POST "/" => DisableKeyRotation(DisableKeyRotationInput) -> 200 Unit;
        POST "/" => GetKeyRotationStatus(GetKeyRotationStatusInput) -> 200 GetKeyRotationStatusOutput;
        POST "/" => GetKeyPolicy(GetKeyPolicyInput) -> 200 GetKeyPolicyOutput;
        POST "/" => PutKeyPolicy(PutKeyPolicyInput) -> 200 Unit;
        POST "/" => UpdateKeyDescription(UpdateKeyDescriptionInput) -> 200 Unit;
        POST "/" => EnableKey(EnableKeyInput) -> 200 Unit;
        POST "/" => DisableKey(DisableKeyInput) -> 200 Unit;
        POST "/" => ScheduleKeyDeletion(ScheduleKeyDeletionInput) -> 200 ScheduleKeyDeletionOutput;
        POST "/" => CancelKeyDeletion(CancelKeyDeletionInput) -> 200 CancelKeyDeletionOutput;
        POST "/" => CreateAlias(CreateAliasInput) -> 200 Unit;
        POST "/" => UpdateAlias(UpdateAliasInput) -> 200 Unit;
        POST "/" => DeleteAlias(DeleteAliasInput) -> 200 Unit;
        POST "/" => ListAliases(ListAliasesInput) -> 200 ListAliasesOutput;
        POST "/" => ListResourceTags(ListResourceTagsInput) -> 200 ListResourceTagsOutput;
        POST "/" => TagResource(TagResourceInput) -> 200 Unit;
        POST "/" => UntagResource(UntagResourceInput) -> 200 Unit;
    }
}

structure! { AliasListEntry "AliasListEntry" {
    alias_name: optional String, "AliasName" as "AliasName" .length(1, 256) .pattern("^[a-zA-Z0-9:/_-]+$");
    alias_arn: optional String, "AliasArn" as "AliasArn" .length(20, 2048);
    target_key_id: optional String, "TargetKeyId" as "TargetKeyId" .length(1, 2048);
    creation_date: optional Timestamp, "CreationDate" as "CreationDate";
    last_updated_date: optional Timestamp, "LastUpdatedDate" as "LastUpdatedDate";
} }

structure! { CancelKeyDeletionInput "CancelKeyDeletionRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
} }

structure! { CancelKeyDeletionOutput "CancelKeyDeletionResponse" {
    key_id: optional String, "KeyId" as "KeyId" .length(1, 2048);
} }

structure! { CreateAliasInput "CreateAliasRequest" {
    alias_name: required String, "AliasName" as "AliasName" .length(1, 256) .pattern("^[a-zA-Z0-9:/_-]+$");
    target_key_id: required String, "TargetKeyId" as "TargetKeyId" .length(1, 2048);
} }

structure! { CreateKeyInput "CreateKeyRequest" {
    policy: optional String, "Policy" as "Policy" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    description: optional String, "Description" as "Description" .length(0, 8192);
    key_usage: optional KeyUsageType, "KeyUsage" as "KeyUsage" .one_of(KeyUsageType::VALUES);
    customer_master_key_spec: optional CustomerMasterKeySpec, "CustomerMasterKeySpec" as "CustomerMasterKeySpec" .one_of(CustomerMasterKeySpec::VALUES);
    key_spec: optional KeySpec, "KeySpec" as "KeySpec" .one_of(KeySpec::VALUES);
    origin: optional OriginType, "Origin" as "Origin" .one_of(OriginType::VALUES);
    custom_key_store_id: optional String, "CustomKeyStoreId" as "CustomKeyStoreId" .length(1, 64);
    bypass_policy_lockout_safety_check: optional bool, "BypassPolicyLockoutSafetyCheck" as "BypassPolicyLockoutSafetyCheck";
    tags: optional Vec<Tag>, "Tags" as "Tags";
    multi_region: optional bool, "MultiRegion" as "MultiRegion";
    xks_key_id: optional String, "XksKeyId" as "XksKeyId" .length(1, 128) .pattern("^[a-zA-Z0-9-_.]+$");
} }

structure! { CreateKeyOutput "CreateKeyResponse" {
    key_metadata: optional KeyMetadata, "KeyMetadata" as "KeyMetadata";
} }

string_enum! { CustomerMasterKeySpec {
    Rsa2048 = "RSA_2048",
    Rsa3072 = "RSA_3072",
    Rsa4096 = "RSA_4096",
    EccNistP256 = "ECC_NIST_P256",
    EccNistP384 = "ECC_NIST_P384",
    EccNistP521 = "ECC_NIST_P521",
    EccSecgP256k1 = "ECC_SECG_P256K1",
    SymmetricDefault = "SYMMETRIC_DEFAULT",
    Hmac224 = "HMAC_224",
    Hmac256 = "HMAC_256",
    Hmac384 = "HMAC_384",
    Hmac512 = "HMAC_512",
    Sm2 = "SM2",
} }

structure! { DeleteAliasInput "DeleteAliasRequest" {
    alias_name: required String, "AliasName" as "AliasName" .length(1, 256) .pattern("^[a-zA-Z0-9:/_-]+$");
} }

structure! { DescribeKeyInput "DescribeKeyRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    grant_tokens: optional Vec<String>, "GrantTokens" as "GrantTokens" .length(0, 10);
} }

structure! { DescribeKeyOutput "DescribeKeyResponse" {
    key_metadata: optional KeyMetadata, "KeyMetadata" as "KeyMetadata";
} }

structure! { DisableKeyInput "DisableKeyRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
} }

structure! { DisableKeyRotationInput "DisableKeyRotationRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
} }

structure! { EnableKeyInput "EnableKeyRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
} }

structure! { EnableKeyRotationInput "EnableKeyRotationRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    rotation_period_in_days: optional i32, "RotationPeriodInDays" as "RotationPeriodInDays" .range(90, 2560);
} }

string_enum! { EncryptionAlgorithmSpec {
    SymmetricDefault = "SYMMETRIC_DEFAULT",
    RsaesOaepSha1 = "RSAES_OAEP_SHA_1",
    RsaesOaepSha256 = "RSAES_OAEP_SHA_256",
    Sm2pke = "SM2PKE",
} }

string_enum! { ExpirationModelType {
    KeyMaterialExpires = "KEY_MATERIAL_EXPIRES",
    KeyMaterialDoesNotExpire = "KEY_MATERIAL_DOES_NOT_EXPIRE",
} }

structure! { GetKeyPolicyInput "GetKeyPolicyRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    policy_name: optional String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w]+");
} }

structure! { GetKeyPolicyOutput "GetKeyPolicyResponse" {
    policy: optional String, "Policy" as "Policy" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    policy_name: optional String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w]+");
} }

structure! { GetKeyRotationStatusInput "GetKeyRotationStatusRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
} }

structure! { GetKeyRotationStatusOutput "GetKeyRotationStatusResponse" {
    key_rotation_enabled: optional bool, "KeyRotationEnabled" as "KeyRotationEnabled";
    key_id: optional String, "KeyId" as "KeyId" .length(1, 2048);
    rotation_period_in_days: optional i32, "RotationPeriodInDays" as "RotationPeriodInDays" .range(90, 2560);
    next_rotation_date: optional Timestamp, "NextRotationDate" as "NextRotationDate";
    on_demand_rotation_start_date: optional Timestamp, "OnDemandRotationStartDate" as "OnDemandRotationStartDate";
} }

string_enum! { KeyAgreementAlgorithmSpec {
    Ecdh = "ECDH",
} }

structure! { KeyListEntry "KeyListEntry" {
    key_id: optional String, "KeyId" as "KeyId" .length(1, 2048);
    key_arn: optional String, "KeyArn" as "KeyArn" .length(20, 2048);
} }

string_enum! { KeyManagerType {
    Aws = "AWS",
    Customer = "CUSTOMER",
} }

structure! { KeyMetadata "KeyMetadata" {
    aws_account_id: optional String, "AWSAccountId" as "AWSAccountId";
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    arn: optional String, "Arn" as "Arn" .length(20, 2048);
    creation_date: optional Timestamp, "CreationDate" as "CreationDate";
    enabled: optional bool, "Enabled" as "Enabled";
    description: optional String, "Description" as "Description" .length(0, 8192);
    key_usage: optional KeyUsageType, "KeyUsage" as "KeyUsage" .one_of(KeyUsageType::VALUES);
    key_state: optional KeyState, "KeyState" as "KeyState" .one_of(KeyState::VALUES);
    deletion_date: optional Timestamp, "DeletionDate" as "DeletionDate";
    valid_to: optional Timestamp, "ValidTo" as "ValidTo";
    origin: optional OriginType, "Origin" as "Origin" .one_of(OriginType::VALUES);
    custom_key_store_id: optional String, "CustomKeyStoreId" as "CustomKeyStoreId" .length(1, 64);
    cloud_hsm_cluster_id: optional String, "CloudHsmClusterId" as "CloudHsmClusterId" .length(19, 24) .pattern("cluster-[2-7a-zA-Z]{11,16}");
    expiration_model: optional ExpirationModelType, "ExpirationModel" as "ExpirationModel" .one_of(ExpirationModelType::VALUES);
    key_manager: optional KeyManagerType, "KeyManager" as "KeyManager" .one_of(KeyManagerType::VALUES);
    customer_master_key_spec: optional CustomerMasterKeySpec, "CustomerMasterKeySpec" as "CustomerMasterKeySpec" .one_of(CustomerMasterKeySpec::VALUES);
    key_spec: optional KeySpec, "KeySpec" as "KeySpec" .one_of(KeySpec::VALUES);
    encryption_algorithms: optional Vec<EncryptionAlgorithmSpec>, "EncryptionAlgorithms" as "EncryptionAlgorithms";
    signing_algorithms: optional Vec<SigningAlgorithmSpec>, "SigningAlgorithms" as "SigningAlgorithms";
    key_agreement_algorithms: optional Vec<KeyAgreementAlgorithmSpec>, "KeyAgreementAlgorithms" as "KeyAgreementAlgorithms";
    multi_region: optional bool, "MultiRegion" as "MultiRegion";
    multi_region_configuration: optional MultiRegionConfiguration, "MultiRegionConfiguration" as "MultiRegionConfiguration";
    pending_deletion_window_in_days: optional i32, "PendingDeletionWindowInDays" as "PendingDeletionWindowInDays" .range(1, 365);
    mac_algorithms: optional Vec<MacAlgorithmSpec>, "MacAlgorithms" as "MacAlgorithms";
    xks_key_configuration: optional XksKeyConfigurationType, "XksKeyConfiguration" as "XksKeyConfiguration";
    current_key_material_id: optional String, "CurrentKeyMaterialId" as "CurrentKeyMaterialId" .length(64, 64) .pattern("^[a-f0-9]+$");
} }

string_enum! { KeySpec {
    Rsa2048 = "RSA_2048",
    Rsa3072 = "RSA_3072",
    Rsa4096 = "RSA_4096",
    EccNistP256 = "ECC_NIST_P256",
    EccNistP384 = "ECC_NIST_P384",
    EccNistP521 = "ECC_NIST_P521",
    EccSecgP256k1 = "ECC_SECG_P256K1",
    SymmetricDefault = "SYMMETRIC_DEFAULT",
    Hmac224 = "HMAC_224",
    Hmac256 = "HMAC_256",
    Hmac384 = "HMAC_384",
    Hmac512 = "HMAC_512",
    Sm2 = "SM2",
    MlDsa44 = "ML_DSA_44",
    MlDsa65 = "ML_DSA_65",
    MlDsa87 = "ML_DSA_87",
    EccNistEdwards25519 = "ECC_NIST_EDWARDS25519",
} }

string_enum! { KeyState {
    Creating = "Creating",
    Enabled = "Enabled",
    Disabled = "Disabled",
    PendingDeletion = "PendingDeletion",
    PendingImport = "PendingImport",
    PendingReplicaDeletion = "PendingReplicaDeletion",
    Unavailable = "Unavailable",
    Updating = "Updating",
} }

string_enum! { KeyUsageType {
    SignVerify = "SIGN_VERIFY",
    EncryptDecrypt = "ENCRYPT_DECRYPT",
    GenerateVerifyMac = "GENERATE_VERIFY_MAC",
    KeyAgreement = "KEY_AGREEMENT",
} }

structure! { ListAliasesInput "ListAliasesRequest" {
    key_id: optional String, "KeyId" as "KeyId" .length(1, 2048);
    limit: optional i32, "Limit" as "Limit" .range(1, 1000);
    marker: optional String, "Marker" as "Marker" .length(1, 1024) .pattern("[\\u0020-\\u00FF]*");
} }

structure! { ListAliasesOutput "ListAliasesResponse" {
    aliases: optional Vec<AliasListEntry>, "Aliases" as "Aliases";
    next_marker: optional String, "NextMarker" as "NextMarker" .length(1, 1024) .pattern("[\\u0020-\\u00FF]*");
    truncated: optional bool, "Truncated" as "Truncated";
} }

structure! { ListKeysInput "ListKeysRequest" {
    limit: optional i32, "Limit" as "Limit" .range(1, 1000);
    marker: optional String, "Marker" as "Marker" .length(1, 1024) .pattern("[\\u0020-\\u00FF]*");
} }

structure! { ListKeysOutput "ListKeysResponse" {
    keys: optional Vec<KeyListEntry>, "Keys" as "Keys";
    next_marker: optional String, "NextMarker" as "NextMarker" .length(1, 1024) .pattern("[\\u0020-\\u00FF]*");
    truncated: optional bool, "Truncated" as "Truncated";
} }

structure! { ListResourceTagsInput "ListResourceTagsRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    limit: optional i32, "Limit" as "Limit" .range(1, 1000);
    marker: optional String, "Marker" as "Marker" .length(1, 1024) .pattern("[\\u0020-\\u00FF]*");
} }

structure! { ListResourceTagsOutput "ListResourceTagsResponse" {
    tags: optional Vec<Tag>, "Tags" as "Tags";
    next_marker: optional String, "NextMarker" as "NextMarker" .length(1, 1024) .pattern("[\\u0020-\\u00FF]*");
    truncated: optional bool, "Truncated" as "Truncated";
} }

string_enum! { MacAlgorithmSpec {
    HmacSha224 = "HMAC_SHA_224",
    HmacSha256 = "HMAC_SHA_256",
    HmacSha384 = "HMAC_SHA_384",
    HmacSha512 = "HMAC_SHA_512",
} }

structure! { MultiRegionConfiguration "MultiRegionConfiguration" {
    multi_region_key_type: optional MultiRegionKeyType, "MultiRegionKeyType" as "MultiRegionKeyType" .one_of(MultiRegionKeyType::VALUES);
    primary_key: optional MultiRegionKey, "PrimaryKey" as "PrimaryKey";
    replica_keys: optional Vec<MultiRegionKey>, "ReplicaKeys" as "ReplicaKeys";
} }

structure! { MultiRegionKey "MultiRegionKey" {
    arn: optional String, "Arn" as "Arn" .length(20, 2048);
    region: optional String, "Region" as "Region" .length(1, 32) .pattern("^([a-z]+-){2,3}\\d+$");
} }

string_enum! { MultiRegionKeyType {
    Primary = "PRIMARY",
    Replica = "REPLICA",
} }

string_enum! { OriginType {
    AwsKms = "AWS_KMS",
    External = "EXTERNAL",
    AwsCloudhsm = "AWS_CLOUDHSM",
    ExternalKeyStore = "EXTERNAL_KEY_STORE",
} }

structure! { PutKeyPolicyInput "PutKeyPolicyRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    policy_name: optional String, "PolicyName" as "PolicyName" .length(1, 128) .pattern("[\\w]+");
    policy: required String, "Policy" as "Policy" .length(1, 131072) .pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
    bypass_policy_lockout_safety_check: optional bool, "BypassPolicyLockoutSafetyCheck" as "BypassPolicyLockoutSafetyCheck";
} }

structure! { ScheduleKeyDeletionInput "ScheduleKeyDeletionRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    pending_window_in_days: optional i32, "PendingWindowInDays" as "PendingWindowInDays" .range(1, 365);
} }

structure! { ScheduleKeyDeletionOutput "ScheduleKeyDeletionResponse" {
    key_id: optional String, "KeyId" as "KeyId" .length(1, 2048);
    deletion_date: optional Timestamp, "DeletionDate" as "DeletionDate";
    key_state: optional KeyState, "KeyState" as "KeyState" .one_of(KeyState::VALUES);
    pending_window_in_days: optional i32, "PendingWindowInDays" as "PendingWindowInDays" .range(1, 365);
} }

string_enum! { SigningAlgorithmSpec {
    RsassaPssSha256 = "RSASSA_PSS_SHA_256",
    RsassaPssSha384 = "RSASSA_PSS_SHA_384",
    RsassaPssSha512 = "RSASSA_PSS_SHA_512",
    RsassaPkcs1V15Sha256 = "RSASSA_PKCS1_V1_5_SHA_256",
    RsassaPkcs1V15Sha384 = "RSASSA_PKCS1_V1_5_SHA_384",
    RsassaPkcs1V15Sha512 = "RSASSA_PKCS1_V1_5_SHA_512",
    EcdsaSha256 = "ECDSA_SHA_256",
    EcdsaSha384 = "ECDSA_SHA_384",
    EcdsaSha512 = "ECDSA_SHA_512",
    Sm2dsa = "SM2DSA",
    MlDsaShake256 = "ML_DSA_SHAKE_256",
    Ed25519Sha512 = "ED25519_SHA_512",
    Ed25519PhSha512 = "ED25519_PH_SHA_512",
} }

structure! { Tag "Tag" {
    tag_key: required String, "TagKey" as "TagKey" .length(1, 128);
    tag_value: required String, "TagValue" as "TagValue" .length(0, 256);
} }

structure! { TagResourceInput "TagResourceRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    tags: required Vec<Tag>, "Tags" as "Tags";
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys";
} }

structure! { UpdateAliasInput "UpdateAliasRequest" {
    alias_name: required String, "AliasName" as "AliasName" .length(1, 256) .pattern("^[a-zA-Z0-9:/_-]+$");
    target_key_id: required String, "TargetKeyId" as "TargetKeyId" .length(1, 2048);
} }

structure! { UpdateKeyDescriptionInput "UpdateKeyDescriptionRequest" {
    key_id: required String, "KeyId" as "KeyId" .length(1, 2048);
    description: required String, "Description" as "Description" .length(0, 8192);
} }

structure! { XksKeyConfigurationType "XksKeyConfigurationType" {
    id: optional String, "Id" as "Id" .length(1, 128) .pattern("^[a-zA-Z0-9-_.]+$");
} }
