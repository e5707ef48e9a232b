//! `lambda`, version 2015-03-31: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{Protocol, service, shape::Location, shape::Unit, string_enum, structure};

service! { lambda signed "lambda" speaks Protocol::RestJson, validates "ValidationException";
    errors {
        CodeSigningConfigNotFoundException "CodeSigningConfigNotFoundException" 404 "Message",
        CodeStorageExceededException "CodeStorageExceededException" 400 "message",
        CodeVerificationFailedException "CodeVerificationFailedException" 400 "Message",
        DurableExecutionAlreadyStartedException "DurableExecutionAlreadyStartedException" 409 "Message",
        EC2AccessDeniedException "EC2AccessDeniedException" 502 "Message",
        EC2ThrottledException "EC2ThrottledException" 502 "Message",
        EC2UnexpectedException "EC2UnexpectedException" 502 "Message",
        EFSIOException "EFSIOException" 410 "Message",
        EFSMountConnectivityException "EFSMountConnectivityException" 408 "Message",
        EFSMountFailureException "EFSMountFailureException" 403 "Message",
        EFSMountTimeoutException "EFSMountTimeoutException" 408 "Message",
        ENILimitReachedException "ENILimitReachedException" 502 "Message",
        FunctionVersionsPerCapacityProviderLimitExceededException "FunctionVersionsPerCapacityProviderLimitExceededException" 400 "message",
        InvalidCodeSignatureException "InvalidCodeSignatureException" 400 "Message",
        InvalidParameterValueException "InvalidParameterValueException" 400 "message",
        InvalidRequestContentException "InvalidRequestContentException" 400 "message",
        InvalidRuntimeException "InvalidRuntimeException" 502 "Message",
        InvalidSecurityGroupIDException "InvalidSecurityGroupIDException" 502 "Message",
        InvalidSubnetIDException "InvalidSubnetIDException" 502 "Message",
        InvalidZipFileException "InvalidZipFileException" 502 "Message",
        KMSAccessDeniedException "KMSAccessDeniedException" 502 "Message",
        KMSDisabledException "KMSDisabledException" 502 "Message",
        KMSInvalidStateException "KMSInvalidStateException" 502 "Message",
        KMSNotFoundException "KMSNotFoundException" 502 "Message",
        NoPublishedVersionException "NoPublishedVersionException" 400 "Message",
        PolicyLengthExceededException "PolicyLengthExceededException" 400 "message",
        PreconditionFailedException "PreconditionFailedException" 412 "message",
        RecursiveInvocationException "RecursiveInvocationException" 400 "Message",
        RequestTooLargeException "RequestTooLargeException" 413 "message",
        ResourceConflictException "ResourceConflictException" 409 "message",
        ResourceNotFoundException "ResourceNotFoundException" 404 "Message",
        ResourceNotReadyException "ResourceNotReadyException" 502 "message",
        S3FilesMountConnectivityException "S3FilesMountConnectivityException" 408 "Message",
        S3FilesMountFailureException "S3FilesMountFailureException" 403 "Message",
        S3FilesMountTimeoutException "S3FilesMountTimeoutException" 408 "Message",
        SerializedRequestEntityTooLargeException "SerializedRequestEntityTooLargeException" 413 "message",
        ServiceException "ServiceException" 500 "Message",
        SnapStartException "SnapStartException" 400 "Message",
        SnapStartNotReadyException "SnapStartNotReadyException" 409 "Message",
        SnapStartTimeoutException "SnapStartTimeoutException" 408 "Message",
        SubnetIPAddressLimitReachedException "SubnetIPAddressLimitReachedException" 502 "Message",
        TooManyRequestsException "TooManyRequestsException" 429 "message",
        UnsupportedMediaTypeException "UnsupportedMediaTypeException" 415 "message",
    }
    operations {
        POST "/2015-03-31/functions" => CreateFunction(CreateFunctionInput) -> 201 FunctionConfiguration;
        GET "/2015-03-31/functions/{FunctionName}" => GetFunction(GetFunctionInput) -> 200 GetFunctionOutput;
        GET "/2015-03-31/functions/{FunctionName}/configuration" => GetFunctionConfiguration(GetFunctionConfigurationInput) -> 200 FunctionConfiguration;
        PUT "/2015-03-31/functions/{FunctionName}/code" => UpdateFunctionCode(UpdateFunctionCodeInput) -> 200 FunctionConfiguration;
        PUT "/2015-03-31/functions/{FunctionName}/configuration" => UpdateFunctionConfiguration(UpdateFunctionConfigurationInput) -> 200 FunctionConfiguration;
        DELETE "/2015-03-31/functions/{FunctionName}" => DeleteFunction(DeleteFunctionInput) -> 200 DeleteFunctionOutput;
        GET "/2015-03-31/functions" => ListFunctions(ListFunctionsInput) -> 200 ListFunctionsOutput;
        POST "/2015-03-31/functions/{FunctionName}/invocations" => Invoke(InvokeInput) -> 200 InvokeOutput;
        POST "/2015-03-31/functions/{FunctionName}/policy" => AddPermission(AddPermissionInput) -> 201 AddPermissionOutput;
        DELETE "/2015-03-31/functions/{FunctionName}/policy/{StatementId}" => RemovePermission(RemovePermissionInput) -> 204 Unit;
        GET "/2015-03-31/functions/{FunctionName}/policy" => GetPolicy(GetPolicyInput) -> 200 GetPolicyOutput;
        GET "/2017-03-31/tags/{Resource}" => ListTags(ListTagsInput) -> 200 ListTagsOutput;
        POST "/2017-03-31/tags/{Resource}" => TagResource(TagResourceInput) -> 204 Unit;
        DELETE "/2017-03-31/tags/{Resource}" => UntagResource(UntagResourceInput) -> 204 Unit;
    }
}

structure! { AddPermissionInput "AddPermissionRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    statement_id: required String, "StatementId" as "StatementId" .length(1, 100) .pattern("([a-zA-Z0-9-_]+)");
    action: required String, "Action" as "Action" .pattern("(lambda:[*]|lambda:[a-zA-Z]+|[*])");
    principal: required String, "Principal" as "Principal" .pattern("[^\\s]+");
    source_arn: optional String, "SourceArn" as "SourceArn" .pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
    source_account: optional String, "SourceAccount" as "SourceAccount" .length(0, 12) .pattern("\\d{12}");
    event_source_token: optional String, "EventSourceToken" as "EventSourceToken" .length(0, 256) .pattern("[a-zA-Z0-9._\\-]+");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
    revision_id: optional String, "RevisionId" as "RevisionId";
    principal_org_id: optional String, "PrincipalOrgID" as "PrincipalOrgID" .length(12, 34) .pattern("o-[a-z0-9]{10,32}");
    function_url_auth_type: optional FunctionUrlAuthType, "FunctionUrlAuthType" as "FunctionUrlAuthType" .one_of(FunctionUrlAuthType::VALUES);
    invoked_via_function_url: optional bool, "InvokedViaFunctionUrl" as "InvokedViaFunctionUrl";
} }

structure! { AddPermissionOutput "AddPermissionResponse" {
    statement: optional String, "Statement" as "Statement";
} }

string_enum! { ApplicationLogLevel {
    Trace = "TRACE",
    Debug = "DEBUG",
    Info = "INFO",
    Warn = "WARN",
    Error = "ERROR",
    Fatal = "FATAL",
} }

string_enum! { Architecture {
    X8664 = "x86_64",
    Arm64 = "arm64",
} }

structure! { CapacityProviderConfig "CapacityProviderConfig" {
    lambda_managed_instances_capacity_provider_config: required LambdaManagedInstancesCapacityProviderConfig, "LambdaManagedInstancesCapacityProviderConfig" as "LambdaManagedInstancesCapacityProviderConfig";
} }

structure! { Concurrency "Concurrency" {
    reserved_concurrent_executions: optional i32, "ReservedConcurrentExecutions" as "ReservedConcurrentExecutions" .range(0, i64::MAX);
} }

structure! { CreateFunctionInput "CreateFunctionRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    runtime: optional Runtime, "Runtime" as "Runtime" .one_of(Runtime::VALUES);
    role: required String, "Role" as "Role" .pattern("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
    handler: optional String, "Handler" as "Handler" .length(0, 128) .pattern("[^\\s]+");
    code: required FunctionCode, "Code" as "Code";
    description: optional String, "Description" as "Description" .length(0, 256);
    timeout: optional i32, "Timeout" as "Timeout" .range(1, i64::MAX);
    memory_size: optional i32, "MemorySize" as "MemorySize" .range(128, 32768);
    publish: optional bool, "Publish" as "Publish";
    vpc_config: optional VpcConfig, "VpcConfig" as "VpcConfig";
    package_type: optional PackageType, "PackageType" as "PackageType" .one_of(PackageType::VALUES);
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    environment: optional Environment, "Environment" as "Environment";
    kms_key_arn: optional String, "KMSKeyArn" as "KMSKeyArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
    tracing_config: optional TracingConfig, "TracingConfig" as "TracingConfig";
    tags: optional BTreeMap<String, String>, "Tags" as "Tags";
    layers: optional Vec<String>, "Layers" as "Layers";
    file_system_configs: optional Vec<FileSystemConfig>, "FileSystemConfigs" as "FileSystemConfigs" .length(0, 1);
    image_config: optional ImageConfig, "ImageConfig" as "ImageConfig";
    code_signing_config_arn: optional String, "CodeSigningConfigArn" as "CodeSigningConfigArn" .length(0, 200) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}");
    architectures: optional Vec<Architecture>, "Architectures" as "Architectures" .length(1, 1);
    ephemeral_storage: optional EphemeralStorage, "EphemeralStorage" as "EphemeralStorage";
    snap_start: optional SnapStart, "SnapStart" as "SnapStart";
    logging_config: optional LoggingConfig, "LoggingConfig" as "LoggingConfig";
    capacity_provider_config: optional CapacityProviderConfig, "CapacityProviderConfig" as "CapacityProviderConfig";
    publish_to: optional FunctionVersionLatestPublished, "PublishTo" as "PublishTo" .one_of(FunctionVersionLatestPublished::VALUES);
    durable_config: optional DurableConfig, "DurableConfig" as "DurableConfig";
    tenancy_config: optional TenancyConfig, "TenancyConfig" as "TenancyConfig";
} }

structure! { DeadLetterConfig "DeadLetterConfig" {
    target_arn: optional String, "TargetArn" as "TargetArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
} }

structure! { DeleteFunctionInput "DeleteFunctionRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { DeleteFunctionOutput "DeleteFunctionResponse" {
    status_code: optional i32, "StatusCode" as "StatusCode" .at(Location::StatusCode);
} }

structure! { DurableConfig "DurableConfig" {
    retention_period_in_days: optional i32, "RetentionPeriodInDays" as "RetentionPeriodInDays" .range(1, 90);
    execution_timeout: optional i32, "ExecutionTimeout" as "ExecutionTimeout" .range(1, 31622400);
} }

structure! { Environment "Environment" {
    variables: optional BTreeMap<String, String>, "Variables" as "Variables";
} }

structure! { EnvironmentError "EnvironmentError" {
    error_code: optional String, "ErrorCode" as "ErrorCode";
    message: optional String, "Message" as "Message";
} }

structure! { EnvironmentResponse "EnvironmentResponse" {
    variables: optional BTreeMap<String, String>, "Variables" as "Variables";
    error: optional EnvironmentError, "Error" as "Error";
} }

structure! { EphemeralStorage "EphemeralStorage" {
    size: required i32, "Size" as "Size" .range(512, 10240);
} }

structure! { FileSystemConfig "FileSystemConfig" {
    arn: required String, "Arn" as "Arn" .length(0, 256) .pattern("arn:aws[a-zA-Z-]*:elasticfilesystem:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}");
    local_mount_path: required String, "LocalMountPath" as "LocalMountPath" .length(0, 160) .pattern("/mnt/[a-zA-Z0-9-_.]+");
} }

structure! { FunctionCode "FunctionCode" {
    zip_file: optional Bytes, "ZipFile" as "ZipFile";
    s3_bucket: optional String, "S3Bucket" as "S3Bucket" .length(3, 63) .pattern("[0-9A-Za-z\\.\\-_]*(?<!\\.)");
    s3_key: optional String, "S3Key" as "S3Key" .length(1, 1024);
    s3_object_version: optional String, "S3ObjectVersion" as "S3ObjectVersion" .length(1, 1024);
    image_uri: optional String, "ImageUri" as "ImageUri";
    source_kms_key_arn: optional String, "SourceKMSKeyArn" as "SourceKMSKeyArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
} }

structure! { FunctionCodeLocation "FunctionCodeLocation" {
    repository_type: optional String, "RepositoryType" as "RepositoryType";
    location: optional String, "Location" as "Location";
    image_uri: optional String, "ImageUri" as "ImageUri";
    resolved_image_uri: optional String, "ResolvedImageUri" as "ResolvedImageUri";
    source_kms_key_arn: optional String, "SourceKMSKeyArn" as "SourceKMSKeyArn";
} }

structure! { FunctionConfiguration "FunctionConfiguration" {
    function_name: optional String, "FunctionName" as "FunctionName" .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    function_arn: optional String, "FunctionArn" as "FunctionArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_\\.]+(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    runtime: optional Runtime, "Runtime" as "Runtime" .one_of(Runtime::VALUES);
    role: optional String, "Role" as "Role" .pattern("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
    handler: optional String, "Handler" as "Handler" .length(0, 128) .pattern("[^\\s]+");
    code_size: optional i64, "CodeSize" as "CodeSize";
    description: optional String, "Description" as "Description" .length(0, 256);
    timeout: optional i32, "Timeout" as "Timeout" .range(1, i64::MAX);
    memory_size: optional i32, "MemorySize" as "MemorySize" .range(128, 32768);
    last_modified: optional String, "LastModified" as "LastModified";
    code_sha256: optional String, "CodeSha256" as "CodeSha256";
    version: optional String, "Version" as "Version" .length(1, 1024) .pattern("(\\$LATEST|[0-9]+)");
    vpc_config: optional VpcConfigResponse, "VpcConfig" as "VpcConfig";
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    environment: optional EnvironmentResponse, "Environment" as "Environment";
    kms_key_arn: optional String, "KMSKeyArn" as "KMSKeyArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
    tracing_config: optional TracingConfigResponse, "TracingConfig" as "TracingConfig";
    master_arn: optional String, "MasterArn" as "MasterArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    revision_id: optional String, "RevisionId" as "RevisionId";
    layers: optional Vec<Layer>, "Layers" as "Layers";
    state: optional State, "State" as "State" .one_of(State::VALUES);
    state_reason: optional String, "StateReason" as "StateReason";
    state_reason_code: optional StateReasonCode, "StateReasonCode" as "StateReasonCode" .one_of(StateReasonCode::VALUES);
    last_update_status: optional LastUpdateStatus, "LastUpdateStatus" as "LastUpdateStatus" .one_of(LastUpdateStatus::VALUES);
    last_update_status_reason: optional String, "LastUpdateStatusReason" as "LastUpdateStatusReason";
    last_update_status_reason_code: optional LastUpdateStatusReasonCode, "LastUpdateStatusReasonCode" as "LastUpdateStatusReasonCode" .one_of(LastUpdateStatusReasonCode::VALUES);
    file_system_configs: optional Vec<FileSystemConfig>, "FileSystemConfigs" as "FileSystemConfigs" .length(0, 1);
    package_type: optional PackageType, "PackageType" as "PackageType" .one_of(PackageType::VALUES);
    image_config_response: optional ImageConfigResponse, "ImageConfigResponse" as "ImageConfigResponse";
    signing_profile_version_arn: optional String, "SigningProfileVersionArn" as "SigningProfileVersionArn" .pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
    signing_job_arn: optional String, "SigningJobArn" as "SigningJobArn" .pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
    architectures: optional Vec<Architecture>, "Architectures" as "Architectures" .length(1, 1);
    ephemeral_storage: optional EphemeralStorage, "EphemeralStorage" as "EphemeralStorage";
    snap_start: optional SnapStartResponse, "SnapStart" as "SnapStart";
    runtime_version_config: optional RuntimeVersionConfig, "RuntimeVersionConfig" as "RuntimeVersionConfig";
    logging_config: optional LoggingConfig, "LoggingConfig" as "LoggingConfig";
    capacity_provider_config: optional CapacityProviderConfig, "CapacityProviderConfig" as "CapacityProviderConfig";
    config_sha256: optional String, "ConfigSha256" as "ConfigSha256";
    durable_config: optional DurableConfig, "DurableConfig" as "DurableConfig";
    tenancy_config: optional TenancyConfig, "TenancyConfig" as "TenancyConfig";
} }

string_enum! { FunctionUrlAuthType {
    None = "NONE",
    AwsIam = "AWS_IAM",
} }

string_enum! { FunctionVersion {
    All = "ALL",
} }

string_enum! { FunctionVersionLatestPublished {
    LatestPublished = "LATEST_PUBLISHED",
} }

structure! { GetFunctionConfigurationInput "GetFunctionConfigurationRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { GetFunctionInput "GetFunctionRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { GetFunctionOutput "GetFunctionResponse" {
    configuration: optional FunctionConfiguration, "Configuration" as "Configuration";
    code: optional FunctionCodeLocation, "Code" as "Code";
    tags: optional BTreeMap<String, String>, "Tags" as "Tags";
    tags_error: optional TagsError, "TagsError" as "TagsError";
    concurrency: optional Concurrency, "Concurrency" as "Concurrency";
} }

structure! { GetPolicyInput "GetPolicyRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { GetPolicyOutput "GetPolicyResponse" {
    policy: optional String, "Policy" as "Policy";
    revision_id: optional String, "RevisionId" as "RevisionId";
} }

structure! { ImageConfig "ImageConfig" {
    entry_point: optional Vec<String>, "EntryPoint" as "EntryPoint" .length(0, 1500);
    command: optional Vec<String>, "Command" as "Command" .length(0, 1500);
    working_directory: optional String, "WorkingDirectory" as "WorkingDirectory" .length(0, 1000);
} }

structure! { ImageConfigError "ImageConfigError" {
    error_code: optional String, "ErrorCode" as "ErrorCode";
    message: optional String, "Message" as "Message";
} }

structure! { ImageConfigResponse "ImageConfigResponse" {
    image_config: optional ImageConfig, "ImageConfig" as "ImageConfig";
    error: optional ImageConfigError, "Error" as "Error";
} }

structure! { InvokeInput "InvocationRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    invocation_type: optional InvocationType, "InvocationType" as "X-Amz-Invocation-Type" .at(Location::Header) .one_of(InvocationType::VALUES);
    log_type: optional LogType, "LogType" as "X-Amz-Log-Type" .at(Location::Header) .one_of(LogType::VALUES);
    client_context: optional String, "ClientContext" as "X-Amz-Client-Context" .at(Location::Header);
    durable_execution_name: optional String, "DurableExecutionName" as "X-Amz-Durable-Execution-Name" .at(Location::Header) .length(1, 64) .pattern("[a-zA-Z0-9-_]+");
    payload: optional Bytes, "Payload" as "Payload" .at(Location::Payload);
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
    tenant_id: optional String, "TenantId" as "X-Amz-Tenant-Id" .at(Location::Header) .length(1, 256) .pattern("[a-zA-Z0-9\\._:\\/=+\\-@ ]+");
} }

structure! { InvokeOutput "InvocationResponse" {
    status_code: optional i32, "StatusCode" as "StatusCode" .at(Location::StatusCode);
    function_error: optional String, "FunctionError" as "X-Amz-Function-Error" .at(Location::Header);
    log_result: optional String, "LogResult" as "X-Amz-Log-Result" .at(Location::Header);
    payload: optional Bytes, "Payload" as "Payload" .at(Location::Payload);
    executed_version: optional String, "ExecutedVersion" as "X-Amz-Executed-Version" .at(Location::Header) .length(1, 1024) .pattern("(\\$LATEST|[0-9]+)");
    durable_execution_arn: optional String, "DurableExecutionArn" as "X-Amz-Durable-Execution-Arn" .at(Location::Header) .length(1, 1024) .pattern("arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\\d{12}):function:([a-zA-Z0-9_-]+):(\\$LATEST(?:\\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)");
} }

string_enum! { InvocationType {
    Event = "Event",
    RequestResponse = "RequestResponse",
    DryRun = "DryRun",
} }

structure! { LambdaManagedInstancesCapacityProviderConfig "LambdaManagedInstancesCapacityProviderConfig" {
    capacity_provider_arn: required String, "CapacityProviderArn" as "CapacityProviderArn" .length(1, 140) .pattern("arn:aws[a-zA-Z-]*:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:capacity-provider:[a-zA-Z0-9-_]+");
    per_execution_environment_max_concurrency: optional i32, "PerExecutionEnvironmentMaxConcurrency" as "PerExecutionEnvironmentMaxConcurrency" .range(1, 1600);
    execution_environment_memory_gi_b_per_v_cpu: optional f64, "ExecutionEnvironmentMemoryGiBPerVCpu" as "ExecutionEnvironmentMemoryGiBPerVCpu";
} }

string_enum! { LastUpdateStatus {
    Successful = "Successful",
    Failed = "Failed",
    InProgress = "InProgress",
} }

string_enum! { LastUpdateStatusReasonCode {
    EniLimitExceeded = "EniLimitExceeded",
    InsufficientRolePermissions = "InsufficientRolePermissions",
    InvalidConfiguration = "InvalidConfiguration",
    InternalError = "InternalError",
    SubnetOutOfIPAddresses = "SubnetOutOfIPAddresses",
    InvalidSubnet = "InvalidSubnet",
    InvalidSecurityGroup = "InvalidSecurityGroup",
    ImageDeleted = "ImageDeleted",
    ImageAccessDenied = "ImageAccessDenied",
    InvalidImage = "InvalidImage",
    KMSKeyAccessDenied = "KMSKeyAccessDenied",
    KMSKeyNotFound = "KMSKeyNotFound",
    InvalidStateKMSKey = "InvalidStateKMSKey",
    DisabledKMSKey = "DisabledKMSKey",
    EFSIOError = "EFSIOError",
    EFSMountConnectivityError = "EFSMountConnectivityError",
    EFSMountFailure = "EFSMountFailure",
    EFSMountTimeout = "EFSMountTimeout",
    InvalidRuntime = "InvalidRuntime",
    InvalidZipFileException = "InvalidZipFileException",
    FunctionError = "FunctionError",
    VcpuLimitExceeded = "VcpuLimitExceeded",
    CapacityProviderScalingLimitExceeded = "CapacityProviderScalingLimitExceeded",
    InsufficientCapacity = "InsufficientCapacity",
    EC2RequestLimitExceeded = "EC2RequestLimitExceeded",
    FunctionErrorInitTimeout = "FunctionError.InitTimeout",
    FunctionErrorRuntimeInitError = "FunctionError.RuntimeInitError",
    FunctionErrorExtensionInitError = "FunctionError.ExtensionInitError",
    FunctionErrorInvalidEntryPoint = "FunctionError.InvalidEntryPoint",
    FunctionErrorInvalidWorkingDirectory = "FunctionError.InvalidWorkingDirectory",
    FunctionErrorPermissionDenied = "FunctionError.PermissionDenied",
    FunctionErrorTooManyExtensions = "FunctionError.TooManyExtensions",
    FunctionErrorInitResourceExhausted = "FunctionError.InitResourceExhausted",
    DisallowedByVpcEncryptionControl = "DisallowedByVpcEncryptionControl",
} }

structure! { Layer "Layer" {
    arn: optional String, "Arn" as "Arn" .length(1, 140) .pattern("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+");
    code_size: optional i64, "CodeSize" as "CodeSize";
    signing_profile_version_arn: optional String, "SigningProfileVersionArn" as "SigningProfileVersionArn" .pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
    signing_job_arn: optional String, "SigningJobArn" as "SigningJobArn" .pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
} }

structure! { ListFunctionsInput "ListFunctionsRequest" {
    master_region: optional String, "MasterRegion" as "MasterRegion" .at(Location::Query) .pattern("ALL|[a-z]{2}(-gov)?-[a-z]+-\\d{1}");
    function_version: optional FunctionVersion, "FunctionVersion" as "FunctionVersion" .at(Location::Query) .one_of(FunctionVersion::VALUES);
    marker: optional String, "Marker" as "Marker" .at(Location::Query);
    max_items: optional i32, "MaxItems" as "MaxItems" .at(Location::Query) .range(1, 10000);
} }

structure! { ListFunctionsOutput "ListFunctionsResponse" {
    next_marker: optional String, "NextMarker" as "NextMarker";
    functions: optional Vec<FunctionConfiguration>, "Functions" as "Functions";
} }

structure! { ListTagsInput "ListTagsRequest" {
    resource: required String, "Resource" as "Resource" .at(Location::Uri) .length(1, 256) .pattern("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)");
} }

structure! { ListTagsOutput "ListTagsResponse" {
    tags: optional BTreeMap<String, String>, "Tags" as "Tags";
} }

string_enum! { LogFormat {
    Json = "JSON",
    Text = "Text",
} }

string_enum! { LogType {
    None = "None",
    Tail = "Tail",
} }

structure! { LoggingConfig "LoggingConfig" {
    log_format: optional LogFormat, "LogFormat" as "LogFormat" .one_of(LogFormat::VALUES);
    application_log_level: optional ApplicationLogLevel, "ApplicationLogLevel" as "ApplicationLogLevel" .one_of(ApplicationLogLevel::VALUES);
    system_log_level: optional SystemLogLevel, "SystemLogLevel" as "SystemLogLevel" .one_of(SystemLogLevel::VALUES);
    log_group: optional String, "LogGroup" as "LogGroup" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
} }

string_enum! { PackageType {
    Zip = "Zip",
    Image = "Image",
} }

structure! { RemovePermissionInput "RemovePermissionRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    statement_id: required String, "StatementId" as "StatementId" .at(Location::Uri) .length(1, 100) .pattern("([a-zA-Z0-9-_.]+)");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
    revision_id: optional String, "RevisionId" as "RevisionId" .at(Location::Query);
} }

string_enum! { Runtime {
    Nodejs = "nodejs",
    Nodejs43 = "nodejs4.3",
    Nodejs610 = "nodejs6.10",
    Nodejs810 = "nodejs8.10",
    Nodejs10X = "nodejs10.x",
    Nodejs12X = "nodejs12.x",
    Nodejs14X = "nodejs14.x",
    Nodejs16X = "nodejs16.x",
    Java8 = "java8",
    Java8Al2 = "java8.al2",
    Java11 = "java11",
    Python27 = "python2.7",
    Python36 = "python3.6",
    Python37 = "python3.7",
    Python38 = "python3.8",
    Python39 = "python3.9",
    Dotnetcore10 = "dotnetcore1.0",
    Dotnetcore20 = "dotnetcore2.0",
    Dotnetcore21 = "dotnetcore2.1",
    Dotnetcore31 = "dotnetcore3.1",
    Dotnet6 = "dotnet6",
    Dotnet8 = "dotnet8",
    Nodejs43Edge = "nodejs4.3-edge",
    Go1X = "go1.x",
    Ruby25 = "ruby2.5",
    Ruby27 = "ruby2.7",
    Provided = "provided",
    ProvidedAl2 = "provided.al2",
    Nodejs18X = "nodejs18.x",
    Python310 = "python3.10",
    Java17 = "java17",
    Ruby32 = "ruby3.2",
    Ruby33 = "ruby3.3",
    Ruby34 = "ruby3.4",
    Python311 = "python3.11",
    Nodejs20X = "nodejs20.x",
    ProvidedAl2023 = "provided.al2023",
    Python312 = "python3.12",
    Java21 = "java21",
    Python313 = "python3.13",
    Nodejs22X = "nodejs22.x",
    Nodejs24X = "nodejs24.x",
    Python314 = "python3.14",
    Java25 = "java25",
    Dotnet10 = "dotnet10",
    Ruby40 = "ruby4.0",
} }

structure! { RuntimeVersionConfig "RuntimeVersionConfig" {
    runtime_version_arn: optional String, "RuntimeVersionArn" as "RuntimeVersionArn" .length(26, 2048) .pattern("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}::runtime:.+");
    error: optional RuntimeVersionError, "Error" as "Error";
} }

structure! { RuntimeVersionError "RuntimeVersionError" {
    error_code: optional String, "ErrorCode" as "ErrorCode";
    message: optional String, "Message" as "Message";
} }

structure! { SnapStart "SnapStart" {
    apply_on: optional SnapStartApplyOn, "ApplyOn" as "ApplyOn" .one_of(SnapStartApplyOn::VALUES);
} }

string_enum! { SnapStartApplyOn {
    PublishedVersions = "PublishedVersions",
    None = "None",
} }

string_enum! { SnapStartOptimizationStatus {
    On = "On",
    Off = "Off",
} }

structure! { SnapStartResponse "SnapStartResponse" {
    apply_on: optional SnapStartApplyOn, "ApplyOn" as "ApplyOn" .one_of(SnapStartApplyOn::VALUES);
    optimization_status: optional SnapStartOptimizationStatus, "OptimizationStatus" as "OptimizationStatus" .one_of(SnapStartOptimizationStatus::VALUES);
} }

string_enum! { State {
    Pending = "Pending",
    Active = "Active",
    Inactive = "Inactive",
    Failed = "Failed",
    Deactivating = "Deactivating",
    Deactivated = "Deactivated",
    ActiveNonInvocable = "ActiveNonInvocable",
    Deleting = "Deleting",
} }

string_enum! { StateReasonCode {
    Idle = "Idle",
    Creating = "Creating",
    Restoring = "Restoring",
    EniLimitExceeded = "EniLimitExceeded",
    InsufficientRolePermissions = "InsufficientRolePermissions",
    InvalidConfiguration = "InvalidConfiguration",
    InternalError = "InternalError",
    SubnetOutOfIPAddresses = "SubnetOutOfIPAddresses",
    InvalidSubnet = "InvalidSubnet",
    InvalidSecurityGroup = "InvalidSecurityGroup",
    ImageDeleted = "ImageDeleted",
    ImageAccessDenied = "ImageAccessDenied",
    InvalidImage = "InvalidImage",
    KMSKeyAccessDenied = "KMSKeyAccessDenied",
    KMSKeyNotFound = "KMSKeyNotFound",
    InvalidStateKMSKey = "InvalidStateKMSKey",
    DisabledKMSKey = "DisabledKMSKey",
    EFSIOError = "EFSIOError",
    EFSMountConnectivityError = "EFSMountConnectivityError",
    EFSMountFailure = "EFSMountFailure",
    EFSMountTimeout = "EFSMountTimeout",
    InvalidRuntime = "InvalidRuntime",
    InvalidZipFileException = "InvalidZipFileException",
    FunctionError = "FunctionError",
    DrainingDurableExecutions = "DrainingDurableExecutions",
    VcpuLimitExceeded = "VcpuLimitExceeded",
    CapacityProviderScalingLimitExceeded = "CapacityProviderScalingLimitExceeded",
    InsufficientCapacity = "InsufficientCapacity",
    EC2RequestLimitExceeded = "EC2RequestLimitExceeded",
    FunctionErrorInitTimeout = "FunctionError.InitTimeout",
    FunctionErrorRuntimeInitError = "FunctionError.RuntimeInitError",
    FunctionErrorExtensionInitError = "FunctionError.ExtensionInitError",
    FunctionErrorInvalidEntryPoint = "FunctionError.InvalidEntryPoint",
    FunctionErrorInvalidWorkingDirectory = "FunctionError.InvalidWorkingDirectory",
    FunctionErrorPermissionDenied = "FunctionError.PermissionDenied",
    FunctionErrorTooManyExtensions = "FunctionError.TooManyExtensions",
    FunctionErrorInitResourceExhausted = "FunctionError.InitResourceExhausted",
    DisallowedByVpcEncryptionControl = "DisallowedByVpcEncryptionControl",
} }

string_enum! { SystemLogLevel {
    Debug = "DEBUG",
    Info = "INFO",
    Warn = "WARN",
} }

structure! { TagResourceInput "TagResourceRequest" {
    resource: required String, "Resource" as "Resource" .at(Location::Uri) .length(1, 256) .pattern("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)");
    tags: required BTreeMap<String, String>, "Tags" as "Tags";
} }

structure! { TagsError "TagsError" {
    error_code: required String, "ErrorCode" as "ErrorCode" .length(10, 21) .pattern("[A-Za-z]+Exception");
    message: required String, "Message" as "Message" .length(84, 1000);
} }

structure! { TenancyConfig "TenancyConfig" {
    tenant_isolation_mode: required TenantIsolationMode, "TenantIsolationMode" as "TenantIsolationMode" .one_of(TenantIsolationMode::VALUES);
} }

string_enum! { TenantIsolationMode {
    PerTenant = "PER_TENANT",
} }

structure! { TracingConfig "TracingConfig" {
    mode: optional TracingMode, "Mode" as "Mode" .one_of(TracingMode::VALUES);
} }

structure! { TracingConfigResponse "TracingConfigResponse" {
    mode: optional TracingMode, "Mode" as "Mode" .one_of(TracingMode::VALUES);
} }

string_enum! { TracingMode {
    Active = "Active",
    PassThrough = "PassThrough",
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    resource: required String, "Resource" as "Resource" .at(Location::Uri) .length(1, 256) .pattern("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)");
    tag_keys: required Vec<String>, "TagKeys" as "tagKeys" .at(Location::Query);
} }

structure! { UpdateFunctionCodeInput "UpdateFunctionCodeRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    zip_file: optional Bytes, "ZipFile" as "ZipFile";
    s3_bucket: optional String, "S3Bucket" as "S3Bucket" .length(3, 63) .pattern("[0-9A-Za-z\\.\\-_]*(?<!\\.)");
    s3_key: optional String, "S3Key" as "S3Key" .length(1, 1024);
    s3_object_version: optional String, "S3ObjectVersion" as "S3ObjectVersion" .length(1, 1024);
    image_uri: optional String, "ImageUri" as "ImageUri";
    publish: optional bool, "Publish" as "Publish";
    dry_run: optional bool, "DryRun" as "DryRun";
    revision_id: optional String, "RevisionId" as "RevisionId";
    architectures: optional Vec<Architecture>, "Architectures" as "Architectures" .length(1, 1);
    source_kms_key_arn: optional String, "SourceKMSKeyArn" as "SourceKMSKeyArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
    publish_to: optional FunctionVersionLatestPublished, "PublishTo" as "PublishTo" .one_of(FunctionVersionLatestPublished::VALUES);
} }

structure! { UpdateFunctionConfigurationInput "UpdateFunctionConfigurationRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    role: optional String, "Role" as "Role" .pattern("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
    handler: optional String, "Handler" as "Handler" .length(0, 128) .pattern("[^\\s]+");
    description: optional String, "Description" as "Description" .length(0, 256);
    timeout: optional i32, "Timeout" as "Timeout" .range(1, i64::MAX);
    memory_size: optional i32, "MemorySize" as "MemorySize" .range(128, 32768);
    vpc_config: optional VpcConfig, "VpcConfig" as "VpcConfig";
    environment: optional Environment, "Environment" as "Environment";
    runtime: optional Runtime, "Runtime" as "Runtime" .one_of(Runtime::VALUES);
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    kms_key_arn: optional String, "KMSKeyArn" as "KMSKeyArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
    tracing_config: optional TracingConfig, "TracingConfig" as "TracingConfig";
    revision_id: optional String, "RevisionId" as "RevisionId";
    layers: optional Vec<String>, "Layers" as "Layers";
    file_system_configs: optional Vec<FileSystemConfig>, "FileSystemConfigs" as "FileSystemConfigs" .length(0, 1);
    image_config: optional ImageConfig, "ImageConfig" as "ImageConfig";
    ephemeral_storage: optional EphemeralStorage, "EphemeralStorage" as "EphemeralStorage";
    snap_start: optional SnapStart, "SnapStart" as "SnapStart";
    logging_config: optional LoggingConfig, "LoggingConfig" as "LoggingConfig";
    capacity_provider_config: optional CapacityProviderConfig, "CapacityProviderConfig" as "CapacityProviderConfig";
    durable_config: optional DurableConfig, "DurableConfig" as "DurableConfig";
} }

structure! { VpcConfig "VpcConfig" {
    subnet_ids: optional Vec<String>, "SubnetIds" as "SubnetIds" .length(0, 16);
    security_group_ids: optional Vec<String>, "SecurityGroupIds" as "SecurityGroupIds" .length(0, 5);
    ipv6_allowed_for_dual_stack: optional bool, "Ipv6AllowedForDualStack" as "Ipv6AllowedForDualStack";
} }

structure! { VpcConfigResponse "VpcConfigResponse" {
    subnet_ids: optional Vec<String>, "SubnetIds" as "SubnetIds" .length(0, 16);
    security_group_ids: optional Vec<String>, "SecurityGroupIds" as "SecurityGroupIds" .length(0, 5);
    vpc_id: optional String, "VpcId" as "VpcId";
    ipv6_allowed_for_dual_stack: optional bool, "Ipv6AllowedForDualStack" as "Ipv6AllowedForDualStack";
} }
