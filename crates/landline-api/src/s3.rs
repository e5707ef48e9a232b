//! `s3`, version 2006-03-01: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{
    Protocol, Timestamp, service, shape::Location, shape::Unit, string_enum, structure,
    timestamp::TimestampFormat,
};

service! { s3 signed "s3" speaks Protocol::RestXml { xml_namespace: "http://s3.amazonaws.com/doc/2006-03-01/" }, validates "InvalidArgument";
    errors {
        BucketAlreadyExists "BucketAlreadyExists" 409 "message",
        BucketAlreadyOwnedByYou "BucketAlreadyOwnedByYou" 409 "message",
        EncryptionTypeMismatch "EncryptionTypeMismatch" 400 "message",
        InvalidObjectState "InvalidObjectState" 403 "message",
        InvalidRequest "InvalidRequest" 400 "message",
        InvalidWriteOffset "InvalidWriteOffset" 400 "message",
        NoSuchBucket "NoSuchBucket" 404 "message",
        NoSuchKey "NoSuchKey" 404 "message",
        TooManyParts "TooManyParts" 400 "message",
    }
    operations {
        GET "/{Bucket}/{Key+}" => GetObject(GetObjectInput) -> 200 GetObjectOutput;
        HEAD "/{Bucket}/{Key+}" => HeadObject(HeadObjectInput) -> 200 HeadObjectOutput;
        PUT "/{Bucket}/{Key+}" => PutObject(PutObjectInput) -> 200 PutObjectOutput;
        DELETE "/{Bucket}/{Key+}" => DeleteObject(DeleteObjectInput) -> 204 DeleteObjectOutput;
        PUT "/{Bucket}" => CreateBucket(CreateBucketInput) -> 200 CreateBucketOutput;
        HEAD "/{Bucket}" => HeadBucket(HeadBucketInput) -> 200 HeadBucketOutput;
        DELETE "/{Bucket}" => DeleteBucket(DeleteBucketInput) -> 204 Unit;
        PUT "/{Bucket}?policy" => PutBucketPolicy(PutBucketPolicyInput) -> 200 Unit;
        DELETE "/{Bucket}?policy" => DeleteBucketPolicy(DeleteBucketPolicyInput) -> 204 Unit;
        PUT "/{Bucket}?versioning" => PutBucketVersioning(PutBucketVersioningInput) -> 200 Unit;
        PUT "/{Bucket}?object-lock" => PutObjectLockConfiguration(PutObjectLockConfigurationInput) -> 200 PutObjectLockConfigurationOutput;
        PUT "/{Bucket}?website" => PutBucketWebsite(PutBucketWebsiteInput) -> 200 Unit;
        DELETE "/{Bucket}?website" => DeleteBucketWebsite(DeleteBucketWebsiteInput) -> 204 Unit;
        PUT "/{Bucket}?tagging" => PutBucketTagging(PutBucketTaggingInput) -> 200 Unit;
        DELETE "/{Bucket}?tagging" => DeleteBucketTagging(DeleteBucketTaggingInput) -> 204 Unit;
        PUT "/{Bucket}?cors" => PutBucketCors(PutBucketCorsInput) -> 200 Unit;
        DELETE "/{Bucket}?cors" => DeleteBucketCors(DeleteBucketCorsInput) -> 204 Unit;
        PUT "/{Bucket}?lifecycle" => PutBucketLifecycleConfiguration(PutBucketLifecycleConfigurationInput) -> 200 PutBucketLifecycleConfigurationOutput;
        DELETE "/{Bucket}?lifecycle" => DeleteBucketLifecycle(DeleteBucketLifecycleInput) -> 204 Unit;
        PUT "/{Bucket}?encryption" => PutBucketEncryption(PutBucketEncryptionInput) -> 200 Unit;
        DELETE "/{Bucket}?encryption" => DeleteBucketEncryption(DeleteBucketEncryptionInput) -> 204 Unit;
        PUT "/{Bucket}?publicAccessBlock" => PutPublicAccessBlock(PutPublicAccessBlockInput) -> 200 Unit;
        DELETE "/{Bucket}?publicAccessBlock" => DeletePublicAccessBlock(DeletePublicAccessBlockInput) -> 204 Unit;
        PUT "/{Bucket}?ownershipControls" => PutBucketOwnershipControls(PutBucketOwnershipControlsInput) -> 200 Unit;
        DELETE "/{Bucket}?ownershipControls" => DeleteBucketOwnershipControls(DeleteBucketOwnershipControlsInput) -> 204 Unit;
        PUT "/{Bucket}?notification" => PutBucketNotificationConfiguration(PutBucketNotificationConfigurationInput) -> 200 Unit;
    }
}

structure! { AbortIncompleteMultipartUpload "AbortIncompleteMultipartUpload" {
    days_after_initiation: optional i32, "DaysAfterInitiation" as "DaysAfterInitiation";
} }

string_enum! { ArchiveStatus {
    ArchiveAccess = "ARCHIVE_ACCESS",
    DeepArchiveAccess = "DEEP_ARCHIVE_ACCESS",
} }

structure! { BlockedEncryptionTypes "BlockedEncryptionTypes" {
    encryption_type: optional Vec<EncryptionType>, "EncryptionType" as "EncryptionType" .flattened();
} }

string_enum! { BucketCannedACL {
    Private = "private",
    PublicRead = "public-read",
    PublicReadWrite = "public-read-write",
    AuthenticatedRead = "authenticated-read",
} }

structure! { BucketInfo "BucketInfo" {
    data_redundancy: optional DataRedundancy, "DataRedundancy" as "DataRedundancy" .one_of(DataRedundancy::VALUES);
    r#type: optional BucketType, "Type" as "Type" .one_of(BucketType::VALUES);
} }

structure! { BucketLifecycleConfiguration "BucketLifecycleConfiguration" {
    rules: required Vec<LifecycleRule>, "Rules" as "Rule" .flattened();
} }

string_enum! { BucketLocationConstraint {
    AfSouth1 = "af-south-1",
    ApEast1 = "ap-east-1",
    ApEast2 = "ap-east-2",
    ApNortheast1 = "ap-northeast-1",
    ApNortheast2 = "ap-northeast-2",
    ApNortheast3 = "ap-northeast-3",
    ApSouth1 = "ap-south-1",
    ApSouth2 = "ap-south-2",
    ApSoutheast1 = "ap-southeast-1",
    ApSoutheast2 = "ap-southeast-2",
    ApSoutheast3 = "ap-southeast-3",
    ApSoutheast4 = "ap-southeast-4",
    ApSoutheast5 = "ap-southeast-5",
    ApSoutheast6 = "ap-southeast-6",
    ApSoutheast7 = "ap-southeast-7",
    CaCentral1 = "ca-central-1",
    CaWest1 = "ca-west-1",
    CnNorth1 = "cn-north-1",
    CnNorthwest1 = "cn-northwest-1",
    Eu = "EU",
    EuCentral1 = "eu-central-1",
    EuCentral2 = "eu-central-2",
    EuNorth1 = "eu-north-1",
    EuSouth1 = "eu-south-1",
    EuSouth2 = "eu-south-2",
    EuWest1 = "eu-west-1",
    EuWest2 = "eu-west-2",
    EuWest3 = "eu-west-3",
    IlCentral1 = "il-central-1",
    MeCentral1 = "me-central-1",
    MeSouth1 = "me-south-1",
    MxCentral1 = "mx-central-1",
    SaEast1 = "sa-east-1",
    UsEast2 = "us-east-2",
    UsGovEast1 = "us-gov-east-1",
    UsGovWest1 = "us-gov-west-1",
    UsWest1 = "us-west-1",
    UsWest2 = "us-west-2",
} }

string_enum! { BucketNamespace {
    AccountRegional = "account-regional",
    Global = "global",
} }

string_enum! { BucketType {
    Directory = "Directory",
} }

string_enum! { BucketVersioningStatus {
    Enabled = "Enabled",
    Suspended = "Suspended",
} }

structure! { CORSConfiguration "CORSConfiguration" {
    cors_rules: required Vec<CORSRule>, "CORSRules" as "CORSRule" .flattened();
} }

structure! { CORSRule "CORSRule" {
    id: optional String, "ID" as "ID";
    allowed_headers: optional Vec<String>, "AllowedHeaders" as "AllowedHeader" .flattened();
    allowed_methods: required Vec<String>, "AllowedMethods" as "AllowedMethod" .flattened();
    allowed_origins: required Vec<String>, "AllowedOrigins" as "AllowedOrigin" .flattened();
    expose_headers: optional Vec<String>, "ExposeHeaders" as "ExposeHeader" .flattened();
    max_age_seconds: optional i32, "MaxAgeSeconds" as "MaxAgeSeconds";
} }

string_enum! { ChecksumAlgorithm {
    Crc32 = "CRC32",
    Crc32c = "CRC32C",
    Sha1 = "SHA1",
    Sha256 = "SHA256",
    Crc64nvme = "CRC64NVME",
    Sha512 = "SHA512",
    Md5 = "MD5",
    Xxhash64 = "XXHASH64",
    Xxhash3 = "XXHASH3",
    Xxhash128 = "XXHASH128",
} }

string_enum! { ChecksumMode {
    Enabled = "ENABLED",
} }

string_enum! { ChecksumType {
    Composite = "COMPOSITE",
    FullObject = "FULL_OBJECT",
} }

structure! { Condition "Condition" {
    http_error_code_returned_equals: optional String, "HttpErrorCodeReturnedEquals" as "HttpErrorCodeReturnedEquals";
    key_prefix_equals: optional String, "KeyPrefixEquals" as "KeyPrefixEquals";
} }

structure! { CreateBucketConfiguration "CreateBucketConfiguration" {
    location_constraint: optional BucketLocationConstraint, "LocationConstraint" as "LocationConstraint" .one_of(BucketLocationConstraint::VALUES);
    location: optional LocationInfo, "Location" as "Location";
    bucket: optional BucketInfo, "Bucket" as "Bucket";
    tags: optional Vec<Tag>, "Tags" as "Tags" .items("Tag");
} }

structure! { CreateBucketOutput "CreateBucketOutput" {
    location: optional String, "Location" as "Location" .at(Location::Header);
    bucket_arn: optional String, "BucketArn" as "x-amz-bucket-arn" .at(Location::Header) .length(1, 128) .pattern("arn:[^:]+:(s3|s3express):.*");
} }

structure! { CreateBucketInput "CreateBucketRequest" {
    acl: optional BucketCannedACL, "ACL" as "x-amz-acl" .at(Location::Header) .one_of(BucketCannedACL::VALUES);
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    create_bucket_configuration: optional CreateBucketConfiguration, "CreateBucketConfiguration" as "CreateBucketConfiguration" .at(Location::Payload);
    grant_full_control: optional String, "GrantFullControl" as "x-amz-grant-full-control" .at(Location::Header);
    grant_read: optional String, "GrantRead" as "x-amz-grant-read" .at(Location::Header);
    grant_read_acp: optional String, "GrantReadACP" as "x-amz-grant-read-acp" .at(Location::Header);
    grant_write: optional String, "GrantWrite" as "x-amz-grant-write" .at(Location::Header);
    grant_write_acp: optional String, "GrantWriteACP" as "x-amz-grant-write-acp" .at(Location::Header);
    object_lock_enabled_for_bucket: optional bool, "ObjectLockEnabledForBucket" as "x-amz-bucket-object-lock-enabled" .at(Location::Header);
    object_ownership: optional ObjectOwnership, "ObjectOwnership" as "x-amz-object-ownership" .at(Location::Header) .one_of(ObjectOwnership::VALUES);
    bucket_namespace: optional BucketNamespace, "BucketNamespace" as "x-amz-bucket-namespace" .at(Location::Header) .one_of(BucketNamespace::VALUES);
} }

string_enum! { DataRedundancy {
    SingleAvailabilityZone = "SingleAvailabilityZone",
    SingleLocalZone = "SingleLocalZone",
} }

structure! { DefaultRetention "DefaultRetention" {
    mode: optional ObjectLockRetentionMode, "Mode" as "Mode" .one_of(ObjectLockRetentionMode::VALUES);
    days: optional i32, "Days" as "Days";
    years: optional i32, "Years" as "Years";
} }

structure! { DeleteBucketCorsInput "DeleteBucketCorsRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { DeleteBucketEncryptionInput "DeleteBucketEncryptionRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { DeleteBucketLifecycleInput "DeleteBucketLifecycleRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { DeleteBucketOwnershipControlsInput "DeleteBucketOwnershipControlsRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { DeleteBucketPolicyInput "DeleteBucketPolicyRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { DeleteBucketInput "DeleteBucketRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { DeleteBucketTaggingInput "DeleteBucketTaggingRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { DeleteBucketWebsiteInput "DeleteBucketWebsiteRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { DeleteObjectOutput "DeleteObjectOutput" {
    delete_marker: optional bool, "DeleteMarker" as "x-amz-delete-marker" .at(Location::Header);
    version_id: optional String, "VersionId" as "x-amz-version-id" .at(Location::Header);
    request_charged: optional RequestCharged, "RequestCharged" as "x-amz-request-charged" .at(Location::Header) .one_of(RequestCharged::VALUES);
} }

structure! { DeleteObjectInput "DeleteObjectRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    key: required String, "Key" as "Key" .at(Location::Uri) .length(1, u64::MAX);
    mfa: optional String, "MFA" as "x-amz-mfa" .at(Location::Header);
    version_id: optional String, "VersionId" as "versionId" .at(Location::Query);
    request_payer: optional RequestPayer, "RequestPayer" as "x-amz-request-payer" .at(Location::Header) .one_of(RequestPayer::VALUES);
    bypass_governance_retention: optional bool, "BypassGovernanceRetention" as "x-amz-bypass-governance-retention" .at(Location::Header);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
    if_match: optional String, "IfMatch" as "If-Match" .at(Location::Header);
    if_match_last_modified_time: optional Timestamp, "IfMatchLastModifiedTime" as "x-amz-if-match-last-modified-time" .at(Location::Header) .timestamp(TimestampFormat::HttpDate);
    if_match_size: optional i64, "IfMatchSize" as "x-amz-if-match-size" .at(Location::Header);
} }

structure! { DeletePublicAccessBlockInput "DeletePublicAccessBlockRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

string_enum! { EncryptionType {
    None = "NONE",
    SseC = "SSE-C",
} }

structure! { ErrorDocument "ErrorDocument" {
    key: required String, "Key" as "Key" .length(1, u64::MAX);
} }

string_enum! { Event {
    S3ReducedRedundancyLostObject = "s3:ReducedRedundancyLostObject",
    S3ObjectCreated = "s3:ObjectCreated:*",
    S3ObjectCreatedPut = "s3:ObjectCreated:Put",
    S3ObjectCreatedPost = "s3:ObjectCreated:Post",
    S3ObjectCreatedCopy = "s3:ObjectCreated:Copy",
    S3ObjectCreatedCompleteMultipartUpload = "s3:ObjectCreated:CompleteMultipartUpload",
    S3ObjectRemoved = "s3:ObjectRemoved:*",
    S3ObjectRemovedDelete = "s3:ObjectRemoved:Delete",
    S3ObjectRemovedDeleteMarkerCreated = "s3:ObjectRemoved:DeleteMarkerCreated",
    S3ObjectRestore = "s3:ObjectRestore:*",
    S3ObjectRestorePost = "s3:ObjectRestore:Post",
    S3ObjectRestoreCompleted = "s3:ObjectRestore:Completed",
    S3Replication = "s3:Replication:*",
    S3ReplicationOperationFailedReplication = "s3:Replication:OperationFailedReplication",
    S3ReplicationOperationNotTracked = "s3:Replication:OperationNotTracked",
    S3ReplicationOperationMissedThreshold = "s3:Replication:OperationMissedThreshold",
    S3ReplicationOperationReplicatedAfterThreshold = "s3:Replication:OperationReplicatedAfterThreshold",
    S3ObjectRestoreDelete = "s3:ObjectRestore:Delete",
    S3LifecycleTransition = "s3:LifecycleTransition",
    S3IntelligentTiering = "s3:IntelligentTiering",
    S3ObjectAclPut = "s3:ObjectAcl:Put",
    S3LifecycleExpiration = "s3:LifecycleExpiration:*",
    S3LifecycleExpirationDelete = "s3:LifecycleExpiration:Delete",
    S3LifecycleExpirationDeleteMarkerCreated = "s3:LifecycleExpiration:DeleteMarkerCreated",
    S3ObjectTagging = "s3:ObjectTagging:*",
    S3ObjectTaggingPut = "s3:ObjectTagging:Put",
    S3ObjectTaggingDelete = "s3:ObjectTagging:Delete",
} }

structure! { EventBridgeConfiguration "EventBridgeConfiguration" {
} }

string_enum! { ExpirationStatus {
    Enabled = "Enabled",
    Disabled = "Disabled",
} }

structure! { FilterRule "FilterRule" {
    name: optional FilterRuleName, "Name" as "Name" .one_of(FilterRuleName::VALUES);
    value: optional String, "Value" as "Value";
} }

string_enum! { FilterRuleName {
    Prefix = "prefix",
    Suffix = "suffix",
} }

structure! { GetObjectOutput "GetObjectOutput" {
    body: optional Bytes, "Body" as "Body" .at(Location::Payload);
    delete_marker: optional bool, "DeleteMarker" as "x-amz-delete-marker" .at(Location::Header);
    accept_ranges: optional String, "AcceptRanges" as "accept-ranges" .at(Location::Header);
    expiration: optional String, "Expiration" as "x-amz-expiration" .at(Location::Header);
    restore: optional String, "Restore" as "x-amz-restore" .at(Location::Header);
    last_modified: optional Timestamp, "LastModified" as "Last-Modified" .at(Location::Header);
    content_length: optional i64, "ContentLength" as "Content-Length" .at(Location::Header);
    e_tag: optional String, "ETag" as "ETag" .at(Location::Header);
    checksum_crc32: optional String, "ChecksumCRC32" as "x-amz-checksum-crc32" .at(Location::Header);
    checksum_crc32_c: optional String, "ChecksumCRC32C" as "x-amz-checksum-crc32c" .at(Location::Header);
    checksum_crc64_nvme: optional String, "ChecksumCRC64NVME" as "x-amz-checksum-crc64nvme" .at(Location::Header);
    checksum_sha1: optional String, "ChecksumSHA1" as "x-amz-checksum-sha1" .at(Location::Header);
    checksum_sha256: optional String, "ChecksumSHA256" as "x-amz-checksum-sha256" .at(Location::Header);
    checksum_sha512: optional String, "ChecksumSHA512" as "x-amz-checksum-sha512" .at(Location::Header);
    checksum_md5: optional String, "ChecksumMD5" as "x-amz-checksum-md5" .at(Location::Header);
    checksum_xxhash64: optional String, "ChecksumXXHASH64" as "x-amz-checksum-xxhash64" .at(Location::Header);
    checksum_xxhash3: optional String, "ChecksumXXHASH3" as "x-amz-checksum-xxhash3" .at(Location::Header);
    checksum_xxhash128: optional String, "ChecksumXXHASH128" as "x-amz-checksum-xxhash128" .at(Location::Header);
    checksum_type: optional ChecksumType, "ChecksumType" as "x-amz-checksum-type" .at(Location::Header) .one_of(ChecksumType::VALUES);
    missing_meta: optional i32, "MissingMeta" as "x-amz-missing-meta" .at(Location::Header);
    version_id: optional String, "VersionId" as "x-amz-version-id" .at(Location::Header);
    cache_control: optional String, "CacheControl" as "Cache-Control" .at(Location::Header);
    content_disposition: optional String, "ContentDisposition" as "Content-Disposition" .at(Location::Header);
    content_encoding: optional String, "ContentEncoding" as "Content-Encoding" .at(Location::Header);
    content_language: optional String, "ContentLanguage" as "Content-Language" .at(Location::Header);
    content_range: optional String, "ContentRange" as "Content-Range" .at(Location::Header);
    content_type: optional String, "ContentType" as "Content-Type" .at(Location::Header);
    expires: optional String, "Expires" as "Expires" .at(Location::Header);
    website_redirect_location: optional String, "WebsiteRedirectLocation" as "x-amz-website-redirect-location" .at(Location::Header);
    server_side_encryption: optional ServerSideEncryption, "ServerSideEncryption" as "x-amz-server-side-encryption" .at(Location::Header) .one_of(ServerSideEncryption::VALUES);
    metadata: optional BTreeMap<String, String>, "Metadata" as "x-amz-meta-" .at(Location::Headers);
    sse_customer_algorithm: optional String, "SSECustomerAlgorithm" as "x-amz-server-side-encryption-customer-algorithm" .at(Location::Header);
    sse_customer_key_md5: optional String, "SSECustomerKeyMD5" as "x-amz-server-side-encryption-customer-key-MD5" .at(Location::Header);
    ssekms_key_id: optional String, "SSEKMSKeyId" as "x-amz-server-side-encryption-aws-kms-key-id" .at(Location::Header);
    bucket_key_enabled: optional bool, "BucketKeyEnabled" as "x-amz-server-side-encryption-bucket-key-enabled" .at(Location::Header);
    storage_class: optional StorageClass, "StorageClass" as "x-amz-storage-class" .at(Location::Header) .one_of(StorageClass::VALUES);
    request_charged: optional RequestCharged, "RequestCharged" as "x-amz-request-charged" .at(Location::Header) .one_of(RequestCharged::VALUES);
    replication_status: optional ReplicationStatus, "ReplicationStatus" as "x-amz-replication-status" .at(Location::Header) .one_of(ReplicationStatus::VALUES);
    parts_count: optional i32, "PartsCount" as "x-amz-mp-parts-count" .at(Location::Header);
    tag_count: optional i32, "TagCount" as "x-amz-tagging-count" .at(Location::Header);
    object_lock_mode: optional ObjectLockMode, "ObjectLockMode" as "x-amz-object-lock-mode" .at(Location::Header) .one_of(ObjectLockMode::VALUES);
    object_lock_retain_until_date: optional Timestamp, "ObjectLockRetainUntilDate" as "x-amz-object-lock-retain-until-date" .at(Location::Header) .timestamp(TimestampFormat::Iso8601);
    object_lock_legal_hold_status: optional ObjectLockLegalHoldStatus, "ObjectLockLegalHoldStatus" as "x-amz-object-lock-legal-hold" .at(Location::Header) .one_of(ObjectLockLegalHoldStatus::VALUES);
} }

structure! { GetObjectInput "GetObjectRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    if_match: optional String, "IfMatch" as "If-Match" .at(Location::Header);
    if_modified_since: optional Timestamp, "IfModifiedSince" as "If-Modified-Since" .at(Location::Header);
    if_none_match: optional String, "IfNoneMatch" as "If-None-Match" .at(Location::Header);
    if_unmodified_since: optional Timestamp, "IfUnmodifiedSince" as "If-Unmodified-Since" .at(Location::Header);
    key: required String, "Key" as "Key" .at(Location::Uri) .length(1, u64::MAX);
    range: optional String, "Range" as "Range" .at(Location::Header);
    response_cache_control: optional String, "ResponseCacheControl" as "response-cache-control" .at(Location::Query);
    response_content_disposition: optional String, "ResponseContentDisposition" as "response-content-disposition" .at(Location::Query);
    response_content_encoding: optional String, "ResponseContentEncoding" as "response-content-encoding" .at(Location::Query);
    response_content_language: optional String, "ResponseContentLanguage" as "response-content-language" .at(Location::Query);
    response_content_type: optional String, "ResponseContentType" as "response-content-type" .at(Location::Query);
    response_expires: optional Timestamp, "ResponseExpires" as "response-expires" .at(Location::Query) .timestamp(TimestampFormat::HttpDate);
    version_id: optional String, "VersionId" as "versionId" .at(Location::Query);
    sse_customer_algorithm: optional String, "SSECustomerAlgorithm" as "x-amz-server-side-encryption-customer-algorithm" .at(Location::Header);
    sse_customer_key: optional String, "SSECustomerKey" as "x-amz-server-side-encryption-customer-key" .at(Location::Header);
    sse_customer_key_md5: optional String, "SSECustomerKeyMD5" as "x-amz-server-side-encryption-customer-key-MD5" .at(Location::Header);
    request_payer: optional RequestPayer, "RequestPayer" as "x-amz-request-payer" .at(Location::Header) .one_of(RequestPayer::VALUES);
    part_number: optional i32, "PartNumber" as "partNumber" .at(Location::Query);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
    checksum_mode: optional ChecksumMode, "ChecksumMode" as "x-amz-checksum-mode" .at(Location::Header) .one_of(ChecksumMode::VALUES);
} }

structure! { HeadBucketOutput "HeadBucketOutput" {
    bucket_arn: optional String, "BucketArn" as "x-amz-bucket-arn" .at(Location::Header) .length(1, 128) .pattern("arn:[^:]+:(s3|s3express):.*");
    bucket_location_type: optional LocationType, "BucketLocationType" as "x-amz-bucket-location-type" .at(Location::Header) .one_of(LocationType::VALUES);
    bucket_location_name: optional String, "BucketLocationName" as "x-amz-bucket-location-name" .at(Location::Header);
    bucket_region: optional String, "BucketRegion" as "x-amz-bucket-region" .at(Location::Header) .length(0, 20);
    access_point_alias: optional bool, "AccessPointAlias" as "x-amz-access-point-alias" .at(Location::Header);
} }

structure! { HeadBucketInput "HeadBucketRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { HeadObjectOutput "HeadObjectOutput" {
    delete_marker: optional bool, "DeleteMarker" as "x-amz-delete-marker" .at(Location::Header);
    accept_ranges: optional String, "AcceptRanges" as "accept-ranges" .at(Location::Header);
    expiration: optional String, "Expiration" as "x-amz-expiration" .at(Location::Header);
    restore: optional String, "Restore" as "x-amz-restore" .at(Location::Header);
    archive_status: optional ArchiveStatus, "ArchiveStatus" as "x-amz-archive-status" .at(Location::Header) .one_of(ArchiveStatus::VALUES);
    last_modified: optional Timestamp, "LastModified" as "Last-Modified" .at(Location::Header);
    content_length: optional i64, "ContentLength" as "Content-Length" .at(Location::Header);
    checksum_crc32: optional String, "ChecksumCRC32" as "x-amz-checksum-crc32" .at(Location::Header);
    checksum_crc32_c: optional String, "ChecksumCRC32C" as "x-amz-checksum-crc32c" .at(Location::Header);
    checksum_crc64_nvme: optional String, "ChecksumCRC64NVME" as "x-amz-checksum-crc64nvme" .at(Location::Header);
    checksum_sha1: optional String, "ChecksumSHA1" as "x-amz-checksum-sha1" .at(Location::Header);
    checksum_sha256: optional String, "ChecksumSHA256" as "x-amz-checksum-sha256" .at(Location::Header);
    checksum_sha512: optional String, "ChecksumSHA512" as "x-amz-checksum-sha512" .at(Location::Header);
    checksum_md5: optional String, "ChecksumMD5" as "x-amz-checksum-md5" .at(Location::Header);
    checksum_xxhash64: optional String, "ChecksumXXHASH64" as "x-amz-checksum-xxhash64" .at(Location::Header);
    checksum_xxhash3: optional String, "ChecksumXXHASH3" as "x-amz-checksum-xxhash3" .at(Location::Header);
    checksum_xxhash128: optional String, "ChecksumXXHASH128" as "x-amz-checksum-xxhash128" .at(Location::Header);
    checksum_type: optional ChecksumType, "ChecksumType" as "x-amz-checksum-type" .at(Location::Header) .one_of(ChecksumType::VALUES);
    e_tag: optional String, "ETag" as "ETag" .at(Location::Header);
    missing_meta: optional i32, "MissingMeta" as "x-amz-missing-meta" .at(Location::Header);
    version_id: optional String, "VersionId" as "x-amz-version-id" .at(Location::Header);
    cache_control: optional String, "CacheControl" as "Cache-Control" .at(Location::Header);
    content_disposition: optional String, "ContentDisposition" as "Content-Disposition" .at(Location::Header);
    content_encoding: optional String, "ContentEncoding" as "Content-Encoding" .at(Location::Header);
    content_language: optional String, "ContentLanguage" as "Content-Language" .at(Location::Header);
    content_type: optional String, "ContentType" as "Content-Type" .at(Location::Header);
    content_range: optional String, "ContentRange" as "Content-Range" .at(Location::Header);
    expires: optional String, "Expires" as "Expires" .at(Location::Header);
    website_redirect_location: optional String, "WebsiteRedirectLocation" as "x-amz-website-redirect-location" .at(Location::Header);
    server_side_encryption: optional ServerSideEncryption, "ServerSideEncryption" as "x-amz-server-side-encryption" .at(Location::Header) .one_of(ServerSideEncryption::VALUES);
    metadata: optional BTreeMap<String, String>, "Metadata" as "x-amz-meta-" .at(Location::Headers);
    sse_customer_algorithm: optional String, "SSECustomerAlgorithm" as "x-amz-server-side-encryption-customer-algorithm" .at(Location::Header);
    sse_customer_key_md5: optional String, "SSECustomerKeyMD5" as "x-amz-server-side-encryption-customer-key-MD5" .at(Location::Header);
    ssekms_key_id: optional String, "SSEKMSKeyId" as "x-amz-server-side-encryption-aws-kms-key-id" .at(Location::Header);
    bucket_key_enabled: optional bool, "BucketKeyEnabled" as "x-amz-server-side-encryption-bucket-key-enabled" .at(Location::Header);
    storage_class: optional StorageClass, "StorageClass" as "x-amz-storage-class" .at(Location::Header) .one_of(StorageClass::VALUES);
    request_charged: optional RequestCharged, "RequestCharged" as "x-amz-request-charged" .at(Location::Header) .one_of(RequestCharged::VALUES);
    replication_status: optional ReplicationStatus, "ReplicationStatus" as "x-amz-replication-status" .at(Location::Header) .one_of(ReplicationStatus::VALUES);
    parts_count: optional i32, "PartsCount" as "x-amz-mp-parts-count" .at(Location::Header);
    tag_count: optional i32, "TagCount" as "x-amz-tagging-count" .at(Location::Header);
    object_lock_mode: optional ObjectLockMode, "ObjectLockMode" as "x-amz-object-lock-mode" .at(Location::Header) .one_of(ObjectLockMode::VALUES);
    object_lock_retain_until_date: optional Timestamp, "ObjectLockRetainUntilDate" as "x-amz-object-lock-retain-until-date" .at(Location::Header) .timestamp(TimestampFormat::Iso8601);
    object_lock_legal_hold_status: optional ObjectLockLegalHoldStatus, "ObjectLockLegalHoldStatus" as "x-amz-object-lock-legal-hold" .at(Location::Header) .one_of(ObjectLockLegalHoldStatus::VALUES);
} }

structure! { HeadObjectInput "HeadObjectRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    if_match: optional String, "IfMatch" as "If-Match" .at(Location::Header);
    if_modified_since: optional Timestamp, "IfModifiedSince" as "If-Modified-Since" .at(Location::Header);
    if_none_match: optional String, "IfNoneMatch" as "If-None-Match" .at(Location::Header);
    if_unmodified_since: optional Timestamp, "IfUnmodifiedSince" as "If-Unmodified-Since" .at(Location::Header);
    key: required String, "Key" as "Key" .at(Location::Uri) .length(1, u64::MAX);
    range: optional String, "Range" as "Range" .at(Location::Header);
    response_cache_control: optional String, "ResponseCacheControl" as "response-cache-control" .at(Location::Query);
    response_content_disposition: optional String, "ResponseContentDisposition" as "response-content-disposition" .at(Location::Query);
    response_content_encoding: optional String, "ResponseContentEncoding" as "response-content-encoding" .at(Location::Query);
    response_content_language: optional String, "ResponseContentLanguage" as "response-content-language" .at(Location::Query);
    response_content_type: optional String, "ResponseContentType" as "response-content-type" .at(Location::Query);
    response_expires: optional Timestamp, "ResponseExpires" as "response-expires" .at(Location::Query) .timestamp(TimestampFormat::HttpDate);
    version_id: optional String, "VersionId" as "versionId" .at(Location::Query);
    sse_customer_algorithm: optional String, "SSECustomerAlgorithm" as "x-amz-server-side-encryption-customer-algorithm" .at(Location::Header);
    sse_customer_key: optional String, "SSECustomerKey" as "x-amz-server-side-encryption-customer-key" .at(Location::Header);
    sse_customer_key_md5: optional String, "SSECustomerKeyMD5" as "x-amz-server-side-encryption-customer-key-MD5" .at(Location::Header);
    request_payer: optional RequestPayer, "RequestPayer" as "x-amz-request-payer" .at(Location::Header) .one_of(RequestPayer::VALUES);
    part_number: optional i32, "PartNumber" as "partNumber" .at(Location::Query);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
    checksum_mode: optional ChecksumMode, "ChecksumMode" as "x-amz-checksum-mode" .at(Location::Header) .one_of(ChecksumMode::VALUES);
} }

structure! { IndexDocument "IndexDocument" {
    suffix: required String, "Suffix" as "Suffix";
} }

structure! { LambdaFunctionConfiguration "LambdaFunctionConfiguration" {
    id: optional String, "Id" as "Id";
    lambda_function_arn: required String, "LambdaFunctionArn" as "CloudFunction";
    events: required Vec<Event>, "Events" as "Event" .flattened();
    filter: optional NotificationConfigurationFilter, "Filter" as "Filter";
} }

structure! { LifecycleExpiration "LifecycleExpiration" {
    date: optional Timestamp, "Date" as "Date" .timestamp(TimestampFormat::Iso8601);
    days: optional i32, "Days" as "Days";
    expired_object_delete_marker: optional bool, "ExpiredObjectDeleteMarker" as "ExpiredObjectDeleteMarker";
} }

structure! { LifecycleRule "LifecycleRule" {
    expiration: optional LifecycleExpiration, "Expiration" as "Expiration";
    id: optional String, "ID" as "ID";
    prefix: optional String, "Prefix" as "Prefix";
    filter: optional LifecycleRuleFilter, "Filter" as "Filter";
    status: required ExpirationStatus, "Status" as "Status" .one_of(ExpirationStatus::VALUES);
    transitions: optional Vec<Transition>, "Transitions" as "Transition" .flattened();
    noncurrent_version_transitions: optional Vec<NoncurrentVersionTransition>, "NoncurrentVersionTransitions" as "NoncurrentVersionTransition" .flattened();
    noncurrent_version_expiration: optional NoncurrentVersionExpiration, "NoncurrentVersionExpiration" as "NoncurrentVersionExpiration";
    abort_incomplete_multipart_upload: optional AbortIncompleteMultipartUpload, "AbortIncompleteMultipartUpload" as "AbortIncompleteMultipartUpload";
} }

structure! { LifecycleRuleAndOperator "LifecycleRuleAndOperator" {
    prefix: optional String, "Prefix" as "Prefix";
    tags: optional Vec<Tag>, "Tags" as "Tag" .items("Tag");
    object_size_greater_than: optional i64, "ObjectSizeGreaterThan" as "ObjectSizeGreaterThan";
    object_size_less_than: optional i64, "ObjectSizeLessThan" as "ObjectSizeLessThan";
} }

structure! { LifecycleRuleFilter "LifecycleRuleFilter" {
    prefix: optional String, "Prefix" as "Prefix";
    tag: optional Tag, "Tag" as "Tag";
    object_size_greater_than: optional i64, "ObjectSizeGreaterThan" as "ObjectSizeGreaterThan";
    object_size_less_than: optional i64, "ObjectSizeLessThan" as "ObjectSizeLessThan";
    and: optional LifecycleRuleAndOperator, "And" as "And";
} }

structure! { LocationInfo "LocationInfo" {
    r#type: optional LocationType, "Type" as "Type" .one_of(LocationType::VALUES);
    name: optional String, "Name" as "Name";
} }

string_enum! { LocationType {
    AvailabilityZone = "AvailabilityZone",
    LocalZone = "LocalZone",
} }

string_enum! { MFADelete {
    Enabled = "Enabled",
    Disabled = "Disabled",
} }

structure! { NoncurrentVersionExpiration "NoncurrentVersionExpiration" {
    noncurrent_days: optional i32, "NoncurrentDays" as "NoncurrentDays";
    newer_noncurrent_versions: optional i32, "NewerNoncurrentVersions" as "NewerNoncurrentVersions";
} }

structure! { NoncurrentVersionTransition "NoncurrentVersionTransition" {
    noncurrent_days: optional i32, "NoncurrentDays" as "NoncurrentDays";
    storage_class: optional TransitionStorageClass, "StorageClass" as "StorageClass" .one_of(TransitionStorageClass::VALUES);
    newer_noncurrent_versions: optional i32, "NewerNoncurrentVersions" as "NewerNoncurrentVersions";
} }

structure! { NotificationConfiguration "NotificationConfiguration" {
    topic_configurations: optional Vec<TopicConfiguration>, "TopicConfigurations" as "TopicConfiguration" .flattened();
    queue_configurations: optional Vec<QueueConfiguration>, "QueueConfigurations" as "QueueConfiguration" .flattened();
    lambda_function_configurations: optional Vec<LambdaFunctionConfiguration>, "LambdaFunctionConfigurations" as "CloudFunctionConfiguration" .flattened();
    event_bridge_configuration: optional EventBridgeConfiguration, "EventBridgeConfiguration" as "EventBridgeConfiguration";
} }

structure! { NotificationConfigurationFilter "NotificationConfigurationFilter" {
    key: optional S3KeyFilter, "Key" as "S3Key";
} }

string_enum! { ObjectCannedACL {
    Private = "private",
    PublicRead = "public-read",
    PublicReadWrite = "public-read-write",
    AuthenticatedRead = "authenticated-read",
    AwsExecRead = "aws-exec-read",
    BucketOwnerRead = "bucket-owner-read",
    BucketOwnerFullControl = "bucket-owner-full-control",
} }

structure! { ObjectLockConfiguration "ObjectLockConfiguration" {
    object_lock_enabled: optional ObjectLockEnabled, "ObjectLockEnabled" as "ObjectLockEnabled" .one_of(ObjectLockEnabled::VALUES);
    rule: optional ObjectLockRule, "Rule" as "Rule";
} }

string_enum! { ObjectLockEnabled {
    Enabled = "Enabled",
} }

string_enum! { ObjectLockLegalHoldStatus {
    On = "ON",
    Off = "OFF",
} }

string_enum! { ObjectLockMode {
    Governance = "GOVERNANCE",
    Compliance = "COMPLIANCE",
} }

string_enum! { ObjectLockRetentionMode {
    Governance = "GOVERNANCE",
    Compliance = "COMPLIANCE",
} }

structure! { ObjectLockRule "ObjectLockRule" {
    default_retention: optional DefaultRetention, "DefaultRetention" as "DefaultRetention";
} }

string_enum! { ObjectOwnership {
    BucketOwnerPreferred = "BucketOwnerPreferred",
    ObjectWriter = "ObjectWriter",
    BucketOwnerEnforced = "BucketOwnerEnforced",
} }

structure! { OwnershipControls "OwnershipControls" {
    rules: required Vec<OwnershipControlsRule>, "Rules" as "Rule" .flattened();
} }

structure! { OwnershipControlsRule "OwnershipControlsRule" {
    object_ownership: required ObjectOwnership, "ObjectOwnership" as "ObjectOwnership" .one_of(ObjectOwnership::VALUES);
} }

string_enum! { ProtocolName {
    Http = "http",
    Https = "https",
} }

structure! { PublicAccessBlockConfiguration "PublicAccessBlockConfiguration" {
    block_public_acls: optional bool, "BlockPublicAcls" as "BlockPublicAcls";
    ignore_public_acls: optional bool, "IgnorePublicAcls" as "IgnorePublicAcls";
    block_public_policy: optional bool, "BlockPublicPolicy" as "BlockPublicPolicy";
    restrict_public_buckets: optional bool, "RestrictPublicBuckets" as "RestrictPublicBuckets";
} }

structure! { PutBucketCorsInput "PutBucketCorsRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    cors_configuration: required CORSConfiguration, "CORSConfiguration" as "CORSConfiguration" .at(Location::Payload);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { PutBucketEncryptionInput "PutBucketEncryptionRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    server_side_encryption_configuration: required ServerSideEncryptionConfiguration, "ServerSideEncryptionConfiguration" as "ServerSideEncryptionConfiguration" .at(Location::Payload);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { PutBucketLifecycleConfigurationOutput "PutBucketLifecycleConfigurationOutput" {
    transition_default_minimum_object_size: optional TransitionDefaultMinimumObjectSize, "TransitionDefaultMinimumObjectSize" as "x-amz-transition-default-minimum-object-size" .at(Location::Header) .one_of(TransitionDefaultMinimumObjectSize::VALUES);
} }

structure! { PutBucketLifecycleConfigurationInput "PutBucketLifecycleConfigurationRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    lifecycle_configuration: optional BucketLifecycleConfiguration, "LifecycleConfiguration" as "LifecycleConfiguration" .at(Location::Payload);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
    transition_default_minimum_object_size: optional TransitionDefaultMinimumObjectSize, "TransitionDefaultMinimumObjectSize" as "x-amz-transition-default-minimum-object-size" .at(Location::Header) .one_of(TransitionDefaultMinimumObjectSize::VALUES);
} }

structure! { PutBucketNotificationConfigurationInput "PutBucketNotificationConfigurationRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    notification_configuration: required NotificationConfiguration, "NotificationConfiguration" as "NotificationConfiguration" .at(Location::Payload);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
    skip_destination_validation: optional bool, "SkipDestinationValidation" as "x-amz-skip-destination-validation" .at(Location::Header);
} }

structure! { PutBucketOwnershipControlsInput "PutBucketOwnershipControlsRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
    ownership_controls: required OwnershipControls, "OwnershipControls" as "OwnershipControls" .at(Location::Payload);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
} }

structure! { PutBucketPolicyInput "PutBucketPolicyRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    confirm_remove_self_bucket_access: optional bool, "ConfirmRemoveSelfBucketAccess" as "x-amz-confirm-remove-self-bucket-access" .at(Location::Header);
    policy: required String, "Policy" as "Policy" .at(Location::Payload);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { PutBucketTaggingInput "PutBucketTaggingRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    tagging: required Tagging, "Tagging" as "Tagging" .at(Location::Payload);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { PutBucketVersioningInput "PutBucketVersioningRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    mfa: optional String, "MFA" as "x-amz-mfa" .at(Location::Header);
    versioning_configuration: required VersioningConfiguration, "VersioningConfiguration" as "VersioningConfiguration" .at(Location::Payload);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { PutBucketWebsiteInput "PutBucketWebsiteRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    website_configuration: required WebsiteConfiguration, "WebsiteConfiguration" as "WebsiteConfiguration" .at(Location::Payload);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { PutObjectLockConfigurationOutput "PutObjectLockConfigurationOutput" {
    request_charged: optional RequestCharged, "RequestCharged" as "x-amz-request-charged" .at(Location::Header) .one_of(RequestCharged::VALUES);
} }

structure! { PutObjectLockConfigurationInput "PutObjectLockConfigurationRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    object_lock_configuration: optional ObjectLockConfiguration, "ObjectLockConfiguration" as "ObjectLockConfiguration" .at(Location::Payload);
    request_payer: optional RequestPayer, "RequestPayer" as "x-amz-request-payer" .at(Location::Header) .one_of(RequestPayer::VALUES);
    token: optional String, "Token" as "x-amz-bucket-object-lock-token" .at(Location::Header);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { PutObjectOutput "PutObjectOutput" {
    expiration: optional String, "Expiration" as "x-amz-expiration" .at(Location::Header);
    e_tag: optional String, "ETag" as "ETag" .at(Location::Header);
    checksum_crc32: optional String, "ChecksumCRC32" as "x-amz-checksum-crc32" .at(Location::Header);
    checksum_crc32_c: optional String, "ChecksumCRC32C" as "x-amz-checksum-crc32c" .at(Location::Header);
    checksum_crc64_nvme: optional String, "ChecksumCRC64NVME" as "x-amz-checksum-crc64nvme" .at(Location::Header);
    checksum_sha1: optional String, "ChecksumSHA1" as "x-amz-checksum-sha1" .at(Location::Header);
    checksum_sha256: optional String, "ChecksumSHA256" as "x-amz-checksum-sha256" .at(Location::Header);
    checksum_sha512: optional String, "ChecksumSHA512" as "x-amz-checksum-sha512" .at(Location::Header);
    checksum_md5: optional String, "ChecksumMD5" as "x-amz-checksum-md5" .at(Location::Header);
    checksum_xxhash64: optional String, "ChecksumXXHASH64" as "x-amz-checksum-xxhash64" .at(Location::Header);
    checksum_xxhash3: optional String, "ChecksumXXHASH3" as "x-amz-checksum-xxhash3" .at(Location::Header);
    checksum_xxhash128: optional String, "ChecksumXXHASH128" as "x-amz-checksum-xxhash128" .at(Location::Header);
    checksum_type: optional ChecksumType, "ChecksumType" as "x-amz-checksum-type" .at(Location::Header) .one_of(ChecksumType::VALUES);
    server_side_encryption: optional ServerSideEncryption, "ServerSideEncryption" as "x-amz-server-side-encryption" .at(Location::Header) .one_of(ServerSideEncryption::VALUES);
    version_id: optional String, "VersionId" as "x-amz-version-id" .at(Location::Header);
    sse_customer_algorithm: optional String, "SSECustomerAlgorithm" as "x-amz-server-side-encryption-customer-algorithm" .at(Location::Header);
    sse_customer_key_md5: optional String, "SSECustomerKeyMD5" as "x-amz-server-side-encryption-customer-key-MD5" .at(Location::Header);
    ssekms_key_id: optional String, "SSEKMSKeyId" as "x-amz-server-side-encryption-aws-kms-key-id" .at(Location::Header);
    ssekms_encryption_context: optional String, "SSEKMSEncryptionContext" as "x-amz-server-side-encryption-context" .at(Location::Header);
    bucket_key_enabled: optional bool, "BucketKeyEnabled" as "x-amz-server-side-encryption-bucket-key-enabled" .at(Location::Header);
    size: optional i64, "Size" as "x-amz-object-size" .at(Location::Header);
    request_charged: optional RequestCharged, "RequestCharged" as "x-amz-request-charged" .at(Location::Header) .one_of(RequestCharged::VALUES);
} }

structure! { PutObjectInput "PutObjectRequest" {
    acl: optional ObjectCannedACL, "ACL" as "x-amz-acl" .at(Location::Header) .one_of(ObjectCannedACL::VALUES);
    body: optional Bytes, "Body" as "Body" .at(Location::Payload);
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    cache_control: optional String, "CacheControl" as "Cache-Control" .at(Location::Header);
    content_disposition: optional String, "ContentDisposition" as "Content-Disposition" .at(Location::Header);
    content_encoding: optional String, "ContentEncoding" as "Content-Encoding" .at(Location::Header);
    content_language: optional String, "ContentLanguage" as "Content-Language" .at(Location::Header);
    content_length: optional i64, "ContentLength" as "Content-Length" .at(Location::Header);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    content_type: optional String, "ContentType" as "Content-Type" .at(Location::Header);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    checksum_crc32: optional String, "ChecksumCRC32" as "x-amz-checksum-crc32" .at(Location::Header);
    checksum_crc32_c: optional String, "ChecksumCRC32C" as "x-amz-checksum-crc32c" .at(Location::Header);
    checksum_crc64_nvme: optional String, "ChecksumCRC64NVME" as "x-amz-checksum-crc64nvme" .at(Location::Header);
    checksum_sha1: optional String, "ChecksumSHA1" as "x-amz-checksum-sha1" .at(Location::Header);
    checksum_sha256: optional String, "ChecksumSHA256" as "x-amz-checksum-sha256" .at(Location::Header);
    checksum_sha512: optional String, "ChecksumSHA512" as "x-amz-checksum-sha512" .at(Location::Header);
    checksum_md5: optional String, "ChecksumMD5" as "x-amz-checksum-md5" .at(Location::Header);
    checksum_xxhash64: optional String, "ChecksumXXHASH64" as "x-amz-checksum-xxhash64" .at(Location::Header);
    checksum_xxhash3: optional String, "ChecksumXXHASH3" as "x-amz-checksum-xxhash3" .at(Location::Header);
    checksum_xxhash128: optional String, "ChecksumXXHASH128" as "x-amz-checksum-xxhash128" .at(Location::Header);
    expires: optional String, "Expires" as "Expires" .at(Location::Header);
    if_match: optional String, "IfMatch" as "If-Match" .at(Location::Header);
    if_none_match: optional String, "IfNoneMatch" as "If-None-Match" .at(Location::Header);
    grant_full_control: optional String, "GrantFullControl" as "x-amz-grant-full-control" .at(Location::Header);
    grant_read: optional String, "GrantRead" as "x-amz-grant-read" .at(Location::Header);
    grant_read_acp: optional String, "GrantReadACP" as "x-amz-grant-read-acp" .at(Location::Header);
    grant_write_acp: optional String, "GrantWriteACP" as "x-amz-grant-write-acp" .at(Location::Header);
    key: required String, "Key" as "Key" .at(Location::Uri) .length(1, u64::MAX);
    write_offset_bytes: optional i64, "WriteOffsetBytes" as "x-amz-write-offset-bytes" .at(Location::Header);
    metadata: optional BTreeMap<String, String>, "Metadata" as "x-amz-meta-" .at(Location::Headers);
    server_side_encryption: optional ServerSideEncryption, "ServerSideEncryption" as "x-amz-server-side-encryption" .at(Location::Header) .one_of(ServerSideEncryption::VALUES);
    storage_class: optional StorageClass, "StorageClass" as "x-amz-storage-class" .at(Location::Header) .one_of(StorageClass::VALUES);
    website_redirect_location: optional String, "WebsiteRedirectLocation" as "x-amz-website-redirect-location" .at(Location::Header);
    sse_customer_algorithm: optional String, "SSECustomerAlgorithm" as "x-amz-server-side-encryption-customer-algorithm" .at(Location::Header);
    sse_customer_key: optional String, "SSECustomerKey" as "x-amz-server-side-encryption-customer-key" .at(Location::Header);
    sse_customer_key_md5: optional String, "SSECustomerKeyMD5" as "x-amz-server-side-encryption-customer-key-MD5" .at(Location::Header);
    ssekms_key_id: optional String, "SSEKMSKeyId" as "x-amz-server-side-encryption-aws-kms-key-id" .at(Location::Header);
    ssekms_encryption_context: optional String, "SSEKMSEncryptionContext" as "x-amz-server-side-encryption-context" .at(Location::Header);
    bucket_key_enabled: optional bool, "BucketKeyEnabled" as "x-amz-server-side-encryption-bucket-key-enabled" .at(Location::Header);
    request_payer: optional RequestPayer, "RequestPayer" as "x-amz-request-payer" .at(Location::Header) .one_of(RequestPayer::VALUES);
    tagging: optional String, "Tagging" as "x-amz-tagging" .at(Location::Header);
    object_lock_mode: optional ObjectLockMode, "ObjectLockMode" as "x-amz-object-lock-mode" .at(Location::Header) .one_of(ObjectLockMode::VALUES);
    object_lock_retain_until_date: optional Timestamp, "ObjectLockRetainUntilDate" as "x-amz-object-lock-retain-until-date" .at(Location::Header) .timestamp(TimestampFormat::Iso8601);
    object_lock_legal_hold_status: optional ObjectLockLegalHoldStatus, "ObjectLockLegalHoldStatus" as "x-amz-object-lock-legal-hold" .at(Location::Header) .one_of(ObjectLockLegalHoldStatus::VALUES);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { PutPublicAccessBlockInput "PutPublicAccessBlockRequest" {
    bucket: required String, "Bucket" as "Bucket" .at(Location::Uri);
    content_md5: optional String, "ContentMD5" as "Content-MD5" .at(Location::Header);
    checksum_algorithm: optional ChecksumAlgorithm, "ChecksumAlgorithm" as "x-amz-sdk-checksum-algorithm" .at(Location::Header) .one_of(ChecksumAlgorithm::VALUES);
    public_access_block_configuration: required PublicAccessBlockConfiguration, "PublicAccessBlockConfiguration" as "PublicAccessBlockConfiguration" .at(Location::Payload);
    expected_bucket_owner: optional String, "ExpectedBucketOwner" as "x-amz-expected-bucket-owner" .at(Location::Header);
} }

structure! { QueueConfiguration "QueueConfiguration" {
    id: optional String, "Id" as "Id";
    queue_arn: required String, "QueueArn" as "Queue";
    events: required Vec<Event>, "Events" as "Event" .flattened();
    filter: optional NotificationConfigurationFilter, "Filter" as "Filter";
} }

structure! { Redirect "Redirect" {
    host_name: optional String, "HostName" as "HostName";
    http_redirect_code: optional String, "HttpRedirectCode" as "HttpRedirectCode";
    protocol: optional ProtocolName, "Protocol" as "Protocol" .one_of(ProtocolName::VALUES);
    replace_key_prefix_with: optional String, "ReplaceKeyPrefixWith" as "ReplaceKeyPrefixWith";
    replace_key_with: optional String, "ReplaceKeyWith" as "ReplaceKeyWith";
} }

structure! { RedirectAllRequestsTo "RedirectAllRequestsTo" {
    host_name: required String, "HostName" as "HostName";
    protocol: optional ProtocolName, "Protocol" as "Protocol" .one_of(ProtocolName::VALUES);
} }

string_enum! { ReplicationStatus {
    Complete = "COMPLETE",
    Pending = "PENDING",
    Failed = "FAILED",
    Replica = "REPLICA",
    Completed = "COMPLETED",
} }

string_enum! { RequestCharged {
    Requester = "requester",
} }

string_enum! { RequestPayer {
    Requester = "requester",
} }

structure! { RoutingRule "RoutingRule" {
    condition: optional Condition, "Condition" as "Condition";
    redirect: required Redirect, "Redirect" as "Redirect";
} }

structure! { S3KeyFilter "S3KeyFilter" {
    filter_rules: optional Vec<FilterRule>, "FilterRules" as "FilterRule" .flattened();
} }

string_enum! { ServerSideEncryption {
    Aes256 = "AES256",
    AwsFsx = "aws:fsx",
    AwsKms = "aws:kms",
    AwsKmsDsse = "aws:kms:dsse",
} }

structure! { ServerSideEncryptionByDefault "ServerSideEncryptionByDefault" {
    sse_algorithm: required ServerSideEncryption, "SSEAlgorithm" as "SSEAlgorithm" .one_of(ServerSideEncryption::VALUES);
    kms_master_key_id: optional String, "KMSMasterKeyID" as "KMSMasterKeyID";
} }

structure! { ServerSideEncryptionConfiguration "ServerSideEncryptionConfiguration" {
    rules: required Vec<ServerSideEncryptionRule>, "Rules" as "Rule" .flattened();
} }

structure! { ServerSideEncryptionRule "ServerSideEncryptionRule" {
    apply_server_side_encryption_by_default: optional ServerSideEncryptionByDefault, "ApplyServerSideEncryptionByDefault" as "ApplyServerSideEncryptionByDefault";
    bucket_key_enabled: optional bool, "BucketKeyEnabled" as "BucketKeyEnabled";
    blocked_encryption_types: optional BlockedEncryptionTypes, "BlockedEncryptionTypes" as "BlockedEncryptionTypes";
} }

string_enum! { StorageClass {
    Standard = "STANDARD",
    ReducedRedundancy = "REDUCED_REDUNDANCY",
    StandardIa = "STANDARD_IA",
    OnezoneIa = "ONEZONE_IA",
    IntelligentTiering = "INTELLIGENT_TIERING",
    Glacier = "GLACIER",
    DeepArchive = "DEEP_ARCHIVE",
    Outposts = "OUTPOSTS",
    GlacierIr = "GLACIER_IR",
    Snow = "SNOW",
    ExpressOnezone = "EXPRESS_ONEZONE",
    FsxOpenzfs = "FSX_OPENZFS",
    FsxOntap = "FSX_ONTAP",
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key" .length(1, u64::MAX);
    value: required String, "Value" as "Value";
} }

structure! { Tagging "Tagging" {
    tag_set: required Vec<Tag>, "TagSet" as "TagSet" .items("Tag");
} }

structure! { TopicConfiguration "TopicConfiguration" {
    id: optional String, "Id" as "Id";
    topic_arn: required String, "TopicArn" as "Topic";
    events: required Vec<Event>, "Events" as "Event" .flattened();
    filter: optional NotificationConfigurationFilter, "Filter" as "Filter";
} }

structure! { Transition "Transition" {
    date: optional Timestamp, "Date" as "Date" .timestamp(TimestampFormat::Iso8601);
    days: optional i32, "Days" as "Days";
    storage_class: optional TransitionStorageClass, "StorageClass" as "StorageClass" .one_of(TransitionStorageClass::VALUES);
} }

string_enum! { TransitionDefaultMinimumObjectSize {
    VariesByStorageClass = "varies_by_storage_class",
    AllStorageClasses128k = "all_storage_classes_128K",
} }

string_enum! { TransitionStorageClass {
    Glacier = "GLACIER",
    StandardIa = "STANDARD_IA",
    OnezoneIa = "ONEZONE_IA",
    IntelligentTiering = "INTELLIGENT_TIERING",
    DeepArchive = "DEEP_ARCHIVE",
    GlacierIr = "GLACIER_IR",
} }

structure! { VersioningConfiguration "VersioningConfiguration" {
    mfa_delete: optional MFADelete, "MFADelete" as "MfaDelete" .one_of(MFADelete::VALUES);
    status: optional BucketVersioningStatus, "Status" as "Status" .one_of(BucketVersioningStatus::VALUES);
} }

structure! { WebsiteConfiguration "WebsiteConfiguration" {
    error_document: optional ErrorDocument, "ErrorDocument" as "ErrorDocument";
    index_document: optional IndexDocument, "IndexDocument" as "IndexDocument";
    redirect_all_requests_to: optional RedirectAllRequestsTo, "RedirectAllRequestsTo" as "RedirectAllRequestsTo";
    routing_rules: optional Vec<RoutingRule>, "RoutingRules" as "RoutingRules" .items("RoutingRule");
} }
