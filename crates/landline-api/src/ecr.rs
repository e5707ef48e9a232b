//! `ecr`, version 2015-09-21: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, Timestamp, service, string_enum, structure};

service! { ecr signed "ecr" speaks Protocol::Json { content_version: "1.1", target_prefix: "AmazonEC2ContainerRegistry_V20150921" }, validates "InvalidParameterException";
    errors {
        ImageNotFoundException "ImageNotFoundException" 400 "message",
        InvalidParameterException "InvalidParameterException" 400 "message",
        InvalidTagParameterException "InvalidTagParameterException" 400 "message",
        KmsException "KmsException" 400 "message",
        LifecyclePolicyNotFoundException "LifecyclePolicyNotFoundException" 400 "message",
        LimitExceededException "LimitExceededException" 400 "message",
        RepositoryAlreadyExistsException "RepositoryAlreadyExistsException" 400 "message",
        RepositoryNotEmptyException "RepositoryNotEmptyException" 400 "message",
        RepositoryNotFoundException "RepositoryNotFoundException" 400 "message",
        RepositoryPolicyNotFoundException "RepositoryPolicyNotFoundException" 400 "message",
        ServerException "ServerException" 500 "message",
        TooManyTagsException "TooManyTagsException" 400 "message",
        ValidationException "ValidationException" 400 "message",
    }
    operations {
        POST "/" => CreateRepository(CreateRepositoryInput) -> 200 CreateRepositoryOutput;
        POST "/" => DescribeRepositories(DescribeRepositoriesInput) -> 200 DescribeRepositoriesOutput;
        POST "/" => DeleteRepository(DeleteRepositoryInput) -> 200 DeleteRepositoryOutput;
        POST "/" => ListImages(ListImagesInput) -> 200 ListImagesOutput;
        POST "/" => DescribeImages(DescribeImagesInput) -> 200 DescribeImagesOutput;
        POST "/" => GetAuthorizationToken(GetAuthorizationTokenInput) -> 200 GetAuthorizationTokenOutput;
        POST "/" => PutLifecyclePolicy(PutLifecyclePolicyInput) -> 200 PutLifecyclePolicyOutput;
        POST "/" => GetLifecyclePolicy(GetLifecyclePolicyInput) -> 200 GetLifecyclePolicyOutput;
        POST "/" => SetRepositoryPolicy(SetRepositoryPolicyInput) -> 200 SetRepositoryPolicyOutput;
        POST "/" => GetRepositoryPolicy(GetRepositoryPolicyInput) -> 200 GetRepositoryPolicyOutput;
        POST "/" => PutImageTagMutability(PutImageTagMutabilityInput) -> 200 PutImageTagMutabilityOutput;
        POST "/" => PutImageScanningConfiguration(PutImageScanningConfigurationInput) -> 200 PutImageScanningConfigurationOutput;
        POST "/" => ListTagsForResource(ListTagsForResourceInput) -> 200 ListTagsForResourceOutput;
        POST "/" => TagResource(TagResourceInput) -> 200 TagResourceOutput;
        POST "/" => UntagResource(UntagResourceInput) -> 200 UntagResourceOutput;
    }
}

structure! { AuthorizationData "AuthorizationData" {
    authorization_token: optional String, "authorizationToken" as "authorizationToken" .pattern("^\\S+$");
    expires_at: optional Timestamp, "expiresAt" as "expiresAt";
    proxy_endpoint: optional String, "proxyEndpoint" as "proxyEndpoint";
} }

structure! { CreateRepositoryInput "CreateRepositoryRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    tags: optional Vec<Tag>, "tags" as "tags";
    image_tag_mutability: optional ImageTagMutability, "imageTagMutability" as "imageTagMutability" .one_of(ImageTagMutability::VALUES);
    image_tag_mutability_exclusion_filters: optional Vec<ImageTagMutabilityExclusionFilter>, "imageTagMutabilityExclusionFilters" as "imageTagMutabilityExclusionFilters" .length(1, 5);
    image_scanning_configuration: optional ImageScanningConfiguration, "imageScanningConfiguration" as "imageScanningConfiguration";
    encryption_configuration: optional EncryptionConfiguration, "encryptionConfiguration" as "encryptionConfiguration";
} }

structure! { CreateRepositoryOutput "CreateRepositoryResponse" {
    repository: optional Repository, "repository" as "repository";
} }

structure! { DeleteRepositoryInput "DeleteRepositoryRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    force: optional bool, "force" as "force";
} }

structure! { DeleteRepositoryOutput "DeleteRepositoryResponse" {
    repository: optional Repository, "repository" as "repository";
} }

structure! { DescribeImagesFilter "DescribeImagesFilter" {
    tag_status: optional TagStatus, "tagStatus" as "tagStatus" .one_of(TagStatus::VALUES);
    image_status: optional ImageStatusFilter, "imageStatus" as "imageStatus" .one_of(ImageStatusFilter::VALUES);
} }

structure! { DescribeImagesInput "DescribeImagesRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    image_ids: optional Vec<ImageIdentifier>, "imageIds" as "imageIds" .length(1, 100);
    next_token: optional String, "nextToken" as "nextToken";
    max_results: optional i32, "maxResults" as "maxResults" .range(1, 1000);
    filter: optional DescribeImagesFilter, "filter" as "filter";
} }

structure! { DescribeImagesOutput "DescribeImagesResponse" {
    image_details: optional Vec<ImageDetail>, "imageDetails" as "imageDetails";
    next_token: optional String, "nextToken" as "nextToken";
} }

structure! { DescribeRepositoriesInput "DescribeRepositoriesRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_names: optional Vec<String>, "repositoryNames" as "repositoryNames" .length(1, 100);
    next_token: optional String, "nextToken" as "nextToken";
    max_results: optional i32, "maxResults" as "maxResults" .range(1, 1000);
} }

structure! { DescribeRepositoriesOutput "DescribeRepositoriesResponse" {
    repositories: optional Vec<Repository>, "repositories" as "repositories";
    next_token: optional String, "nextToken" as "nextToken";
} }

structure! { EncryptionConfiguration "EncryptionConfiguration" {
    encryption_type: required EncryptionType, "encryptionType" as "encryptionType" .one_of(EncryptionType::VALUES);
    kms_key: optional String, "kmsKey" as "kmsKey" .length(1, 2048);
} }

string_enum! { EncryptionType {
    Aes256 = "AES256",
    Kms = "KMS",
    KmsDsse = "KMS_DSSE",
} }

structure! { GetAuthorizationTokenInput "GetAuthorizationTokenRequest" {
    registry_ids: optional Vec<String>, "registryIds" as "registryIds" .length(1, 10);
} }

structure! { GetAuthorizationTokenOutput "GetAuthorizationTokenResponse" {
    authorization_data: optional Vec<AuthorizationData>, "authorizationData" as "authorizationData";
} }

structure! { GetLifecyclePolicyInput "GetLifecyclePolicyRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
} }

structure! { GetLifecyclePolicyOutput "GetLifecyclePolicyResponse" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: optional String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    lifecycle_policy_text: optional String, "lifecyclePolicyText" as "lifecyclePolicyText" .length(100, 30720);
    last_evaluated_at: optional Timestamp, "lastEvaluatedAt" as "lastEvaluatedAt";
} }

structure! { GetRepositoryPolicyInput "GetRepositoryPolicyRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
} }

structure! { GetRepositoryPolicyOutput "GetRepositoryPolicyResponse" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: optional String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    policy_text: optional String, "policyText" as "policyText" .length(0, 10240);
} }

structure! { ImageDetail "ImageDetail" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: optional String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    image_digest: optional String, "imageDigest" as "imageDigest";
    image_tags: optional Vec<String>, "imageTags" as "imageTags";
    image_size_in_bytes: optional i64, "imageSizeInBytes" as "imageSizeInBytes";
    image_pushed_at: optional Timestamp, "imagePushedAt" as "imagePushedAt";
    image_scan_status: optional ImageScanStatus, "imageScanStatus" as "imageScanStatus";
    image_scan_findings_summary: optional ImageScanFindingsSummary, "imageScanFindingsSummary" as "imageScanFindingsSummary";
    image_manifest_media_type: optional String, "imageManifestMediaType" as "imageManifestMediaType";
    artifact_media_type: optional String, "artifactMediaType" as "artifactMediaType";
    last_recorded_pull_time: optional Timestamp, "lastRecordedPullTime" as "lastRecordedPullTime";
    subject_manifest_digest: optional String, "subjectManifestDigest" as "subjectManifestDigest";
    image_status: optional ImageStatus, "imageStatus" as "imageStatus" .one_of(ImageStatus::VALUES);
    last_archived_at: optional Timestamp, "lastArchivedAt" as "lastArchivedAt";
    last_activated_at: optional Timestamp, "lastActivatedAt" as "lastActivatedAt";
} }

structure! { ImageIdentifier "ImageIdentifier" {
    image_digest: optional String, "imageDigest" as "imageDigest";
    image_tag: optional String, "imageTag" as "imageTag" .length(1, 300);
} }

structure! { ImageScanFindingsSummary "ImageScanFindingsSummary" {
    image_scan_completed_at: optional Timestamp, "imageScanCompletedAt" as "imageScanCompletedAt";
    vulnerability_source_updated_at: optional Timestamp, "vulnerabilitySourceUpdatedAt" as "vulnerabilitySourceUpdatedAt";
    finding_severity_counts: optional BTreeMap<String, i32>, "findingSeverityCounts" as "findingSeverityCounts";
} }

structure! { ImageScanStatus "ImageScanStatus" {
    status: optional ScanStatus, "status" as "status" .one_of(ScanStatus::VALUES);
    description: optional String, "description" as "description";
} }

structure! { ImageScanningConfiguration "ImageScanningConfiguration" {
    scan_on_push: optional bool, "scanOnPush" as "scanOnPush";
} }

string_enum! { ImageStatus {
    Active = "ACTIVE",
    Archived = "ARCHIVED",
    Activating = "ACTIVATING",
} }

string_enum! { ImageStatusFilter {
    Active = "ACTIVE",
    Archived = "ARCHIVED",
    Activating = "ACTIVATING",
    Any = "ANY",
} }

string_enum! { ImageTagMutability {
    Mutable = "MUTABLE",
    Immutable = "IMMUTABLE",
    ImmutableWithExclusion = "IMMUTABLE_WITH_EXCLUSION",
    MutableWithExclusion = "MUTABLE_WITH_EXCLUSION",
} }

structure! { ImageTagMutabilityExclusionFilter "ImageTagMutabilityExclusionFilter" {
    filter_type: required ImageTagMutabilityExclusionFilterType, "filterType" as "filterType" .one_of(ImageTagMutabilityExclusionFilterType::VALUES);
    filter: required String, "filter" as "filter" .length(1, 128) .pattern("^[0-9a-zA-Z._*-]{1,128}$");
} }

string_enum! { ImageTagMutabilityExclusionFilterType {
    Wildcard = "WILDCARD",
} }

structure! { ListImagesFilter "ListImagesFilter" {
    tag_status: optional TagStatus, "tagStatus" as "tagStatus" .one_of(TagStatus::VALUES);
    image_status: optional ImageStatusFilter, "imageStatus" as "imageStatus" .one_of(ImageStatusFilter::VALUES);
} }

structure! { ListImagesInput "ListImagesRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    next_token: optional String, "nextToken" as "nextToken";
    max_results: optional i32, "maxResults" as "maxResults" .range(1, 1000);
    filter: optional ListImagesFilter, "filter" as "filter";
} }

structure! { ListImagesOutput "ListImagesResponse" {
    image_ids: optional Vec<ImageIdentifier>, "imageIds" as "imageIds" .length(1, 100);
    next_token: optional String, "nextToken" as "nextToken";
} }

structure! { ListTagsForResourceInput "ListTagsForResourceRequest" {
    resource_arn: required String, "resourceArn" as "resourceArn";
} }

structure! { ListTagsForResourceOutput "ListTagsForResourceResponse" {
    tags: optional Vec<Tag>, "tags" as "tags";
} }

structure! { PutImageScanningConfigurationInput "PutImageScanningConfigurationRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    image_scanning_configuration: required ImageScanningConfiguration, "imageScanningConfiguration" as "imageScanningConfiguration";
} }

structure! { PutImageScanningConfigurationOutput "PutImageScanningConfigurationResponse" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: optional String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    image_scanning_configuration: optional ImageScanningConfiguration, "imageScanningConfiguration" as "imageScanningConfiguration";
} }

structure! { PutImageTagMutabilityInput "PutImageTagMutabilityRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    image_tag_mutability: required ImageTagMutability, "imageTagMutability" as "imageTagMutability" .one_of(ImageTagMutability::VALUES);
    image_tag_mutability_exclusion_filters: optional Vec<ImageTagMutabilityExclusionFilter>, "imageTagMutabilityExclusionFilters" as "imageTagMutabilityExclusionFilters" .length(1, 5);
} }

structure! { PutImageTagMutabilityOutput "PutImageTagMutabilityResponse" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: optional String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    image_tag_mutability: optional ImageTagMutability, "imageTagMutability" as "imageTagMutability" .one_of(ImageTagMutability::VALUES);
    image_tag_mutability_exclusion_filters: optional Vec<ImageTagMutabilityExclusionFilter>, "imageTagMutabilityExclusionFilters" as "imageTagMutabilityExclusionFilters" .length(1, 5);
} }

structure! { PutLifecyclePolicyInput "PutLifecyclePolicyRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    lifecycle_policy_text: required String, "lifecyclePolicyText" as "lifecyclePolicyText" .length(100, 30720);
} }

structure! { PutLifecyclePolicyOutput "PutLifecyclePolicyResponse" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: optional String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    lifecycle_policy_text: optional String, "lifecyclePolicyText" as "lifecyclePolicyText" .length(100, 30720);
} }

structure! { Repository "Repository" {
    repository_arn: optional String, "repositoryArn" as "repositoryArn";
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: optional String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    repository_uri: optional String, "repositoryUri" as "repositoryUri";
    created_at: optional Timestamp, "createdAt" as "createdAt";
    image_tag_mutability: optional ImageTagMutability, "imageTagMutability" as "imageTagMutability" .one_of(ImageTagMutability::VALUES);
    image_tag_mutability_exclusion_filters: optional Vec<ImageTagMutabilityExclusionFilter>, "imageTagMutabilityExclusionFilters" as "imageTagMutabilityExclusionFilters" .length(1, 5);
    image_scanning_configuration: optional ImageScanningConfiguration, "imageScanningConfiguration" as "imageScanningConfiguration";
    encryption_configuration: optional EncryptionConfiguration, "encryptionConfiguration" as "encryptionConfiguration";
} }

string_enum! { ScanStatus {
    InProgress = "IN_PROGRESS",
    Complete = "COMPLETE",
    Failed = "FAILED",
    UnsupportedImage = "UNSUPPORTED_IMAGE",
    Active = "ACTIVE",
    Pending = "PENDING",
    ScanEligibilityExpired = "SCAN_ELIGIBILITY_EXPIRED",
    FindingsUnavailable = "FINDINGS_UNAVAILABLE",
    LimitExceeded = "LIMIT_EXCEEDED",
    ImageArchived = "IMAGE_ARCHIVED",
} }

structure! { SetRepositoryPolicyInput "SetRepositoryPolicyRequest" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: required String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    policy_text: required String, "policyText" as "policyText" .length(0, 10240);
    force: optional bool, "force" as "force";
} }

structure! { SetRepositoryPolicyOutput "SetRepositoryPolicyResponse" {
    registry_id: optional String, "registryId" as "registryId" .pattern("[0-9]{12}");
    repository_name: optional String, "repositoryName" as "repositoryName" .length(2, 256) .pattern("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    policy_text: optional String, "policyText" as "policyText" .length(0, 10240);
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key";
    value: required String, "Value" as "Value";
} }

structure! { TagResourceInput "TagResourceRequest" {
    resource_arn: required String, "resourceArn" as "resourceArn";
    tags: required Vec<Tag>, "tags" as "tags";
} }

structure! { TagResourceOutput "TagResourceResponse" {
} }

string_enum! { TagStatus {
    Tagged = "TAGGED",
    Untagged = "UNTAGGED",
    Any = "ANY",
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    resource_arn: required String, "resourceArn" as "resourceArn";
    tag_keys: required Vec<String>, "tagKeys" as "tagKeys";
} }

structure! { UntagResourceOutput "UntagResourceResponse" {
} }
