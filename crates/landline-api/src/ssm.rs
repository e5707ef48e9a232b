//! `ssm`, version 2014-11-06: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use landline_wire::{Protocol, Timestamp, service, string_enum, structure};

service! { ssm signed "ssm" speaks Protocol::Json { content_version: "1.1", target_prefix: "AmazonSSM" }, validates "ValidationException";
    errors {
        HierarchyLevelLimitExceededException "HierarchyLevelLimitExceededException" 400 "message",
        HierarchyTypeMismatchException "HierarchyTypeMismatchException" 400 "message",
        IncompatiblePolicyException "IncompatiblePolicyException" 400 "message",
        InternalServerError "InternalServerError" 500 "Message",
        InvalidAllowedPatternException "InvalidAllowedPatternException" 400 "message",
        InvalidFilterKey "InvalidFilterKey" 400 "message",
        InvalidFilterOption "InvalidFilterOption" 400 "message",
        InvalidFilterValue "InvalidFilterValue" 400 "Message",
        InvalidKeyId "InvalidKeyId" 400 "message",
        InvalidNextToken "InvalidNextToken" 400 "Message",
        InvalidPolicyAttributeException "InvalidPolicyAttributeException" 400 "message",
        InvalidPolicyTypeException "InvalidPolicyTypeException" 400 "message",
        InvalidResourceId "InvalidResourceId" 400 "message",
        InvalidResourceType "InvalidResourceType" 400 "message",
        ParameterAlreadyExists "ParameterAlreadyExists" 400 "message",
        ParameterLimitExceeded "ParameterLimitExceeded" 400 "message",
        ParameterMaxVersionLimitExceeded "ParameterMaxVersionLimitExceeded" 400 "message",
        ParameterNotFound "ParameterNotFound" 400 "message",
        ParameterPatternMismatchException "ParameterPatternMismatchException" 400 "message",
        ParameterVersionNotFound "ParameterVersionNotFound" 400 "message",
        PoliciesLimitExceededException "PoliciesLimitExceededException" 400 "message",
        TooManyTagsError "TooManyTagsError" 400 "message",
        TooManyUpdates "TooManyUpdates" 400 "Message",
        UnsupportedParameterType "UnsupportedParameterType" 400 "message",
    }
    operations {
        POST "/" => PutParameter(PutParameterInput) -> 200 PutParameterOutput;
        POST "/" => GetParameter(GetParameterInput) -> 200 GetParameterOutput;
        POST "/" => GetParameters(GetParametersInput) -> 200 GetParametersOutput;
        POST "/" => GetParametersByPath(GetParametersByPathInput) -> 200 GetParametersByPathOutput;
        POST "/" => GetParameterHistory(GetParameterHistoryInput) -> 200 GetParameterHistoryOutput;
        POST "/" => DescribeParameters(DescribeParametersInput) -> 200 DescribeParametersOutput;
        POST "/" => DeleteParameter(DeleteParameterInput) -> 200 DeleteParameterOutput;
        POST "/" => DeleteParameters(DeleteParametersInput) -> 200 DeleteParametersOutput;
        POST "/" => AddTagsToResource(AddTagsToResourceInput) -> 200 AddTagsToResourceOutput;
        POST "/" => RemoveTagsFromResource(RemoveTagsFromResourceInput) -> 200 RemoveTagsFromResourceOutput;
        POST "/" => ListTagsForResource(ListTagsForResourceInput) -> 200 ListTagsForResourceOutput;
    }
}

structure! { AddTagsToResourceInput "AddTagsToResourceRequest" {
    resource_type: required ResourceTypeForTagging, "ResourceType" as "ResourceType" .one_of(ResourceTypeForTagging::VALUES);
    resource_id: required String, "ResourceId" as "ResourceId";
    tags: required Vec<Tag>, "Tags" as "Tags" .length(0, 1000);
} }

structure! { AddTagsToResourceOutput "AddTagsToResourceResult" {
} }

structure! { DeleteParameterInput "DeleteParameterRequest" {
    name: required String, "Name" as "Name" .length(1, 2048);
} }

structure! { DeleteParameterOutput "DeleteParameterResult" {
} }

structure! { DeleteParametersInput "DeleteParametersRequest" {
    names: required Vec<String>, "Names" as "Names" .length(1, 10);
} }

structure! { DeleteParametersOutput "DeleteParametersResult" {
    deleted_parameters: optional Vec<String>, "DeletedParameters" as "DeletedParameters" .length(1, 10);
    invalid_parameters: optional Vec<String>, "InvalidParameters" as "InvalidParameters" .length(1, 10);
} }

structure! { DescribeParametersInput "DescribeParametersRequest" {
    filters: optional Vec<ParametersFilter>, "Filters" as "Filters";
    parameter_filters: optional Vec<ParameterStringFilter>, "ParameterFilters" as "ParameterFilters";
    max_results: optional i32, "MaxResults" as "MaxResults" .range(1, 50);
    next_token: optional String, "NextToken" as "NextToken";
    shared: optional bool, "Shared" as "Shared";
} }

structure! { DescribeParametersOutput "DescribeParametersResult" {
    parameters: optional Vec<ParameterMetadata>, "Parameters" as "Parameters";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { GetParameterHistoryInput "GetParameterHistoryRequest" {
    name: required String, "Name" as "Name" .length(1, 2048);
    with_decryption: optional bool, "WithDecryption" as "WithDecryption";
    max_results: optional i32, "MaxResults" as "MaxResults" .range(1, 50);
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { GetParameterHistoryOutput "GetParameterHistoryResult" {
    parameters: optional Vec<ParameterHistory>, "Parameters" as "Parameters";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { GetParameterInput "GetParameterRequest" {
    name: required String, "Name" as "Name" .length(1, 2048);
    with_decryption: optional bool, "WithDecryption" as "WithDecryption";
} }

structure! { GetParameterOutput "GetParameterResult" {
    parameter: optional Parameter, "Parameter" as "Parameter";
} }

structure! { GetParametersByPathInput "GetParametersByPathRequest" {
    path: required String, "Path" as "Path" .length(1, 2048);
    recursive: optional bool, "Recursive" as "Recursive";
    parameter_filters: optional Vec<ParameterStringFilter>, "ParameterFilters" as "ParameterFilters";
    with_decryption: optional bool, "WithDecryption" as "WithDecryption";
    max_results: optional i32, "MaxResults" as "MaxResults" .range(1, 10);
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { GetParametersByPathOutput "GetParametersByPathResult" {
    parameters: optional Vec<Parameter>, "Parameters" as "Parameters";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { GetParametersInput "GetParametersRequest" {
    names: required Vec<String>, "Names" as "Names" .length(1, 10);
    with_decryption: optional bool, "WithDecryption" as "WithDecryption";
} }

structure! { GetParametersOutput "GetParametersResult" {
    parameters: optional Vec<Parameter>, "Parameters" as "Parameters";
    invalid_parameters: optional Vec<String>, "InvalidParameters" as "InvalidParameters" .length(1, 10);
} }

structure! { ListTagsForResourceInput "ListTagsForResourceRequest" {
    resource_type: required ResourceTypeForTagging, "ResourceType" as "ResourceType" .one_of(ResourceTypeForTagging::VALUES);
    resource_id: required String, "ResourceId" as "ResourceId";
} }

structure! { ListTagsForResourceOutput "ListTagsForResourceResult" {
    tag_list: optional Vec<Tag>, "TagList" as "TagList" .length(0, 1000);
} }

structure! { Parameter "Parameter" {
    name: optional String, "Name" as "Name" .length(1, 2048);
    r#type: optional ParameterType, "Type" as "Type" .one_of(ParameterType::VALUES);
    value: optional String, "Value" as "Value";
    version: optional i64, "Version" as "Version";
    selector: optional String, "Selector" as "Selector" .length(0, 128);
    source_result: optional String, "SourceResult" as "SourceResult";
    last_modified_date: optional Timestamp, "LastModifiedDate" as "LastModifiedDate";
    arn: optional String, "ARN" as "ARN";
    data_type: optional String, "DataType" as "DataType" .length(0, 128);
} }

structure! { ParameterHistory "ParameterHistory" {
    name: optional String, "Name" as "Name" .length(1, 2048);
    r#type: optional ParameterType, "Type" as "Type" .one_of(ParameterType::VALUES);
    key_id: optional String, "KeyId" as "KeyId" .length(1, 256) .pattern("^([a-zA-Z0-9:/_-]+)$");
    last_modified_date: optional Timestamp, "LastModifiedDate" as "LastModifiedDate";
    last_modified_user: optional String, "LastModifiedUser" as "LastModifiedUser";
    description: optional String, "Description" as "Description" .length(0, 1024);
    value: optional String, "Value" as "Value";
    allowed_pattern: optional String, "AllowedPattern" as "AllowedPattern" .length(0, 1024);
    version: optional i64, "Version" as "Version";
    labels: optional Vec<String>, "Labels" as "Labels" .length(1, 10);
    tier: optional ParameterTier, "Tier" as "Tier" .one_of(ParameterTier::VALUES);
    policies: optional Vec<ParameterInlinePolicy>, "Policies" as "Policies";
    data_type: optional String, "DataType" as "DataType" .length(0, 128);
} }

structure! { ParameterInlinePolicy "ParameterInlinePolicy" {
    policy_text: optional String, "PolicyText" as "PolicyText";
    policy_type: optional String, "PolicyType" as "PolicyType";
    policy_status: optional String, "PolicyStatus" as "PolicyStatus";
} }

structure! { ParameterMetadata "ParameterMetadata" {
    name: optional String, "Name" as "Name" .length(1, 2048);
    arn: optional String, "ARN" as "ARN";
    r#type: optional ParameterType, "Type" as "Type" .one_of(ParameterType::VALUES);
    key_id: optional String, "KeyId" as "KeyId" .length(1, 256) .pattern("^([a-zA-Z0-9:/_-]+)$");
    last_modified_date: optional Timestamp, "LastModifiedDate" as "LastModifiedDate";
    last_modified_user: optional String, "LastModifiedUser" as "LastModifiedUser";
    description: optional String, "Description" as "Description" .length(0, 1024);
    allowed_pattern: optional String, "AllowedPattern" as "AllowedPattern" .length(0, 1024);
    version: optional i64, "Version" as "Version";
    tier: optional ParameterTier, "Tier" as "Tier" .one_of(ParameterTier::VALUES);
    policies: optional Vec<ParameterInlinePolicy>, "Policies" as "Policies";
    data_type: optional String, "DataType" as "DataType" .length(0, 128);
} }

structure! { ParameterStringFilter "ParameterStringFilter" {
    key: required String, "Key" as "Key" .length(1, 132) .pattern("tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType");
    option: optional String, "Option" as "Option" .length(1, 10);
    values: optional Vec<String>, "Values" as "Values" .length(1, 50);
} }

string_enum! { ParameterTier {
    Standard = "Standard",
    Advanced = "Advanced",
    IntelligentTiering = "Intelligent-Tiering",
} }

string_enum! { ParameterType {
    String = "String",
    StringList = "StringList",
    SecureString = "SecureString",
} }

structure! { ParametersFilter "ParametersFilter" {
    key: required ParametersFilterKey, "Key" as "Key" .one_of(ParametersFilterKey::VALUES);
    values: required Vec<String>, "Values" as "Values" .length(1, 50);
} }

string_enum! { ParametersFilterKey {
    Name = "Name",
    Type = "Type",
    KeyId = "KeyId",
} }

structure! { PutParameterInput "PutParameterRequest" {
    name: required String, "Name" as "Name" .length(1, 2048);
    description: optional String, "Description" as "Description" .length(0, 1024);
    value: required String, "Value" as "Value";
    r#type: optional ParameterType, "Type" as "Type" .one_of(ParameterType::VALUES);
    key_id: optional String, "KeyId" as "KeyId" .length(1, 256) .pattern("^([a-zA-Z0-9:/_-]+)$");
    overwrite: optional bool, "Overwrite" as "Overwrite";
    allowed_pattern: optional String, "AllowedPattern" as "AllowedPattern" .length(0, 1024);
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 1000);
    tier: optional ParameterTier, "Tier" as "Tier" .one_of(ParameterTier::VALUES);
    policies: optional String, "Policies" as "Policies" .length(1, 4096);
    data_type: optional String, "DataType" as "DataType" .length(0, 128);
} }

structure! { PutParameterOutput "PutParameterResult" {
    version: optional i64, "Version" as "Version";
    tier: optional ParameterTier, "Tier" as "Tier" .one_of(ParameterTier::VALUES);
} }

structure! { RemoveTagsFromResourceInput "RemoveTagsFromResourceRequest" {
    resource_type: required ResourceTypeForTagging, "ResourceType" as "ResourceType" .one_of(ResourceTypeForTagging::VALUES);
    resource_id: required String, "ResourceId" as "ResourceId";
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys";
} }

structure! { RemoveTagsFromResourceOutput "RemoveTagsFromResourceResult" {
} }

string_enum! { ResourceTypeForTagging {
    Document = "Document",
    ManagedInstance = "ManagedInstance",
    MaintenanceWindow = "MaintenanceWindow",
    Parameter = "Parameter",
    PatchBaseline = "PatchBaseline",
    OpsItem = "OpsItem",
    OpsMetadata = "OpsMetadata",
    Automation = "Automation",
    Association = "Association",
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key" .length(1, 128) .pattern("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
    value: required String, "Value" as "Value" .length(0, 256) .pattern("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
} }
