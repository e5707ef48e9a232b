//! `lambda`, version 2015-03-31: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{
    Protocol, Timestamp, service, shape::Location, shape::Unit, string_enum, structure,
};

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
        ProvisionedConcurrencyConfigNotFoundException "ProvisionedConcurrencyConfigNotFoundException" 404 "message",
        RecursiveInvocationException "RecursiveInvocationException" 400 "Message",
        RequestTooLargeException "RequestTooLargeException" 413 "message",
        ResourceConflictException "ResourceConflictException" 409 "message",
        ResourceInUseException "ResourceInUseException" 400 "Message",
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
        POST "/2015-03-31/event-source-mappings" => CreateEventSourceMapping(CreateEventSourceMappingInput) -> 202 EventSourceMappingConfiguration;
        GET "/2015-03-31/event-source-mappings/{UUID}" => GetEventSourceMapping(GetEventSourceMappingInput) -> 200 EventSourceMappingConfiguration;
        GET "/2015-03-31/event-source-mappings" => ListEventSourceMappings(ListEventSourceMappingsInput) -> 200 ListEventSourceMappingsOutput;
        PUT "/2015-03-31/event-source-mappings/{UUID}" => UpdateEventSourceMapping(UpdateEventSourceMappingInput) -> 202 EventSourceMappingConfiguration;
        DELETE "/2015-03-31/event-source-mappings/{UUID}" => DeleteEventSourceMapping(DeleteEventSourceMappingInput) -> 202 EventSourceMappingConfiguration;
        POST "/2015-03-31/functions/{FunctionName}/versions" => PublishVersion(PublishVersionInput) -> 201 FunctionConfiguration;
        GET "/2015-03-31/functions/{FunctionName}/versions" => ListVersionsByFunction(ListVersionsByFunctionInput) -> 200 ListVersionsByFunctionOutput;
        POST "/2015-03-31/functions/{FunctionName}/aliases" => CreateAlias(CreateAliasInput) -> 201 AliasConfiguration;
        GET "/2015-03-31/functions/{FunctionName}/aliases/{Name}" => GetAlias(GetAliasInput) -> 200 AliasConfiguration;
        GET "/2015-03-31/functions/{FunctionName}/aliases" => ListAliases(ListAliasesInput) -> 200 ListAliasesOutput;
        PUT "/2015-03-31/functions/{FunctionName}/aliases/{Name}" => UpdateAlias(UpdateAliasInput) -> 200 AliasConfiguration;
        DELETE "/2015-03-31/functions/{FunctionName}/aliases/{Name}" => DeleteAlias(DeleteAliasInput) -> 204 Unit;
        POST "/2018-10-31/layers/{LayerName}/versions" => PublishLayerVersion(PublishLayerVersionInput) -> 201 PublishLayerVersionOutput;
        GET "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}" => GetLayerVersion(GetLayerVersionInput) -> 200 GetLayerVersionOutput;
        GET "/2018-10-31/layers?find=LayerVersion" => GetLayerVersionByArn(GetLayerVersionByArnInput) -> 200 GetLayerVersionOutput;
        GET "/2018-10-31/layers/{LayerName}/versions" => ListLayerVersions(ListLayerVersionsInput) -> 200 ListLayerVersionsOutput;
        GET "/2018-10-31/layers" => ListLayers(ListLayersInput) -> 200 ListLayersOutput;
        DELETE "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}" => DeleteLayerVersion(DeleteLayerVersionInput) -> 204 Unit;
        POST "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy" => AddLayerVersionPermission(AddLayerVersionPermissionInput) -> 201 AddLayerVersionPermissionOutput;
        DELETE "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}" => RemoveLayerVersionPermission(RemoveLayerVersionPermissionInput) -> 204 Unit;
        GET "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy" => GetLayerVersionPolicy(GetLayerVersionPolicyInput) -> 200 GetLayerVersionPolicyOutput;
        PUT "/2017-10-31/functions/{FunctionName}/concurrency" => PutFunctionConcurrency(PutFunctionConcurrencyInput) -> 200 Concurrency;
        GET "/2019-09-30/functions/{FunctionName}/concurrency" => GetFunctionConcurrency(GetFunctionConcurrencyInput) -> 200 Concurrency;
        DELETE "/2017-10-31/functions/{FunctionName}/concurrency" => DeleteFunctionConcurrency(DeleteFunctionConcurrencyInput) -> 204 Unit;
        PUT "/2019-09-25/functions/{FunctionName}/event-invoke-config" => PutFunctionEventInvokeConfig(PutFunctionEventInvokeConfigInput) -> 200 FunctionEventInvokeConfig;
        POST "/2019-09-25/functions/{FunctionName}/event-invoke-config" => UpdateFunctionEventInvokeConfig(UpdateFunctionEventInvokeConfigInput) -> 200 FunctionEventInvokeConfig;
        GET "/2019-09-25/functions/{FunctionName}/event-invoke-config" => GetFunctionEventInvokeConfig(GetFunctionEventInvokeConfigInput) -> 200 FunctionEventInvokeConfig;
        GET "/2019-09-25/functions/{FunctionName}/event-invoke-config/list" => ListFunctionEventInvokeConfigs(ListFunctionEventInvokeConfigsInput) -> 200 ListFunctionEventInvokeConfigsOutput;
        DELETE "/2019-09-25/functions/{FunctionName}/event-invoke-config" => DeleteFunctionEventInvokeConfig(DeleteFunctionEventInvokeConfigInput) -> 204 Unit;
        PUT "/2019-09-30/functions/{FunctionName}/provisioned-concurrency" => PutProvisionedConcurrencyConfig(PutProvisionedConcurrencyConfigInput) -> 202 PutProvisionedConcurrencyConfigOutput;
        GET "/2019-09-30/functions/{FunctionName}/provisioned-concurrency" => GetProvisionedConcurrencyConfig(GetProvisionedConcurrencyConfigInput) -> 200 GetProvisionedConcurrencyConfigOutput;
        GET "/2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL" => ListProvisionedConcurrencyConfigs(ListProvisionedConcurrencyConfigsInput) -> 200 ListProvisionedConcurrencyConfigsOutput;
        DELETE "/2019-09-30/functions/{FunctionName}/provisioned-concurrency" => DeleteProvisionedConcurrencyConfig(DeleteProvisionedConcurrencyConfigInput) -> 204 Unit;
        PUT "/2021-07-20/functions/{FunctionName}/runtime-management-config" => PutRuntimeManagementConfig(PutRuntimeManagementConfigInput) -> 200 PutRuntimeManagementConfigOutput;
        GET "/2021-07-20/functions/{FunctionName}/runtime-management-config" => GetRuntimeManagementConfig(GetRuntimeManagementConfigInput) -> 200 GetRuntimeManagementConfigOutput;
        PUT "/2024-08-31/functions/{FunctionName}/recursion-config" => PutFunctionRecursionConfig(PutFunctionRecursionConfigInput) -> 200 PutFunctionRecursionConfigOutput;
        GET "/2024-08-31/functions/{FunctionName}/recursion-config" => GetFunctionRecursionConfig(GetFunctionRecursionConfigInput) -> 200 GetFunctionRecursionConfigOutput;
        GET "/2020-06-30/functions/{FunctionName}/code-signing-config" => GetFunctionCodeSigningConfig(GetFunctionCodeSigningConfigInput) -> 200 GetFunctionCodeSigningConfigOutput;
        GET "/2016-08-19/account-settings" => GetAccountSettings(GetAccountSettingsInput) -> 200 GetAccountSettingsOutput;
        POST "/2021-10-31/functions/{FunctionName}/url" => CreateFunctionUrlConfig(CreateFunctionUrlConfigInput) -> 201 CreateFunctionUrlConfigOutput;
        GET "/2021-10-31/functions/{FunctionName}/url" => GetFunctionUrlConfig(GetFunctionUrlConfigInput) -> 200 FunctionUrlConfig;
        PUT "/2021-10-31/functions/{FunctionName}/url" => UpdateFunctionUrlConfig(UpdateFunctionUrlConfigInput) -> 200 FunctionUrlConfig;
        DELETE "/2021-10-31/functions/{FunctionName}/url" => DeleteFunctionUrlConfig(DeleteFunctionUrlConfigInput) -> 204 Unit;
        GET "/2021-10-31/functions/{FunctionName}/urls" => ListFunctionUrlConfigs(ListFunctionUrlConfigsInput) -> 200 ListFunctionUrlConfigsOutput;
        POST "/2015-03-31/functions/{FunctionName}/policy" => AddPermission(AddPermissionInput) -> 201 AddPermissionOutput;
        DELETE "/2015-03-31/functions/{FunctionName}/policy/{StatementId}" => RemovePermission(RemovePermissionInput) -> 204 Unit;
        GET "/2015-03-31/functions/{FunctionName}/policy" => GetPolicy(GetPolicyInput) -> 200 GetPolicyOutput;
        GET "/2017-03-31/tags/{Resource}" => ListTags(ListTagsInput) -> 200 ListTagsOutput;
        POST "/2017-03-31/tags/{Resource}" => TagResource(TagResourceInput) -> 204 Unit;
        DELETE "/2017-03-31/tags/{Resource}" => UntagResource(UntagResourceInput) -> 204 Unit;
    }
}

structure! { AccountLimit "AccountLimit" {
    total_code_size: optional i64, "TotalCodeSize" as "TotalCodeSize";
    code_size_unzipped: optional i64, "CodeSizeUnzipped" as "CodeSizeUnzipped";
    code_size_zipped: optional i64, "CodeSizeZipped" as "CodeSizeZipped";
    concurrent_executions: optional i32, "ConcurrentExecutions" as "ConcurrentExecutions";
    unreserved_concurrent_executions: optional i32, "UnreservedConcurrentExecutions" as "UnreservedConcurrentExecutions" .range(0, i64::MAX);
} }

structure! { AccountUsage "AccountUsage" {
    total_code_size: optional i64, "TotalCodeSize" as "TotalCodeSize";
    function_count: optional i64, "FunctionCount" as "FunctionCount";
} }

structure! { AddLayerVersionPermissionInput "AddLayerVersionPermissionRequest" {
    layer_name: required String, "LayerName" as "LayerName" .at(Location::Uri) .length(1, 140) .pattern("(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    version_number: required i64, "VersionNumber" as "VersionNumber" .at(Location::Uri);
    statement_id: required String, "StatementId" as "StatementId" .length(1, 100) .pattern("([a-zA-Z0-9-_]+)");
    action: required String, "Action" as "Action" .length(0, 22) .pattern("lambda:GetLayerVersion");
    principal: required String, "Principal" as "Principal" .pattern("\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root");
    organization_id: optional String, "OrganizationId" as "OrganizationId" .length(0, 34) .pattern("o-[a-z0-9]{10,32}");
    revision_id: optional String, "RevisionId" as "RevisionId" .at(Location::Query);
} }

structure! { AddLayerVersionPermissionOutput "AddLayerVersionPermissionResponse" {
    statement: optional String, "Statement" as "Statement";
    revision_id: optional String, "RevisionId" as "RevisionId";
} }

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

structure! { AliasConfiguration "AliasConfiguration" {
    alias_arn: optional String, "AliasArn" as "AliasArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    name: optional String, "Name" as "Name" .length(1, 128) .pattern("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    function_version: optional String, "FunctionVersion" as "FunctionVersion" .length(1, 1024) .pattern("(\\$LATEST|[0-9]+)");
    description: optional String, "Description" as "Description" .length(0, 256);
    routing_config: optional AliasRoutingConfiguration, "RoutingConfig" as "RoutingConfig";
    revision_id: optional String, "RevisionId" as "RevisionId";
} }

structure! { AliasRoutingConfiguration "AliasRoutingConfiguration" {
    additional_version_weights: optional BTreeMap<String, f64>, "AdditionalVersionWeights" as "AdditionalVersionWeights";
} }

structure! { AmazonManagedKafkaEventSourceConfig "AmazonManagedKafkaEventSourceConfig" {
    consumer_group_id: optional String, "ConsumerGroupId" as "ConsumerGroupId" .length(1, 200) .pattern("[a-zA-Z0-9-\\/*:_+=.@-]*");
    schema_registry_config: optional KafkaSchemaRegistryConfig, "SchemaRegistryConfig" as "SchemaRegistryConfig";
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

structure! { Cors "Cors" {
    allow_credentials: optional bool, "AllowCredentials" as "AllowCredentials";
    allow_headers: optional Vec<String>, "AllowHeaders" as "AllowHeaders" .length(0, 100);
    allow_methods: optional Vec<String>, "AllowMethods" as "AllowMethods" .length(0, 6);
    allow_origins: optional Vec<String>, "AllowOrigins" as "AllowOrigins" .length(0, 100);
    expose_headers: optional Vec<String>, "ExposeHeaders" as "ExposeHeaders" .length(0, 100);
    max_age: optional i32, "MaxAge" as "MaxAge" .range(0, 86400);
} }

structure! { CreateAliasInput "CreateAliasRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    name: required String, "Name" as "Name" .length(1, 128) .pattern("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    function_version: required String, "FunctionVersion" as "FunctionVersion" .length(1, 1024) .pattern("(\\$LATEST(\\.PUBLISHED)?|[0-9]+)");
    description: optional String, "Description" as "Description" .length(0, 256);
    routing_config: optional AliasRoutingConfiguration, "RoutingConfig" as "RoutingConfig";
} }

structure! { CreateEventSourceMappingInput "CreateEventSourceMappingRequest" {
    event_source_arn: optional String, "EventSourceArn" as "EventSourceArn" .pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
    function_name: required String, "FunctionName" as "FunctionName" .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    enabled: optional bool, "Enabled" as "Enabled";
    batch_size: optional i32, "BatchSize" as "BatchSize" .range(1, 10000);
    filter_criteria: optional FilterCriteria, "FilterCriteria" as "FilterCriteria";
    maximum_batching_window_in_seconds: optional i32, "MaximumBatchingWindowInSeconds" as "MaximumBatchingWindowInSeconds" .range(0, 300);
    parallelization_factor: optional i32, "ParallelizationFactor" as "ParallelizationFactor" .range(1, 10);
    starting_position: optional EventSourcePosition, "StartingPosition" as "StartingPosition" .one_of(EventSourcePosition::VALUES);
    starting_position_timestamp: optional Timestamp, "StartingPositionTimestamp" as "StartingPositionTimestamp";
    destination_config: optional DestinationConfig, "DestinationConfig" as "DestinationConfig";
    maximum_record_age_in_seconds: optional i32, "MaximumRecordAgeInSeconds" as "MaximumRecordAgeInSeconds" .range(-1, 604800);
    bisect_batch_on_function_error: optional bool, "BisectBatchOnFunctionError" as "BisectBatchOnFunctionError";
    maximum_retry_attempts: optional i32, "MaximumRetryAttempts" as "MaximumRetryAttempts" .range(-1, 10000);
    tags: optional BTreeMap<String, String>, "Tags" as "Tags";
    tumbling_window_in_seconds: optional i32, "TumblingWindowInSeconds" as "TumblingWindowInSeconds" .range(0, 900);
    topics: optional Vec<String>, "Topics" as "Topics" .length(1, 1);
    queues: optional Vec<String>, "Queues" as "Queues" .length(1, 1);
    source_access_configurations: optional Vec<SourceAccessConfiguration>, "SourceAccessConfigurations" as "SourceAccessConfigurations" .length(0, 22);
    self_managed_event_source: optional SelfManagedEventSource, "SelfManagedEventSource" as "SelfManagedEventSource";
    function_response_types: optional Vec<FunctionResponseType>, "FunctionResponseTypes" as "FunctionResponseTypes" .length(0, 1);
    amazon_managed_kafka_event_source_config: optional AmazonManagedKafkaEventSourceConfig, "AmazonManagedKafkaEventSourceConfig" as "AmazonManagedKafkaEventSourceConfig";
    self_managed_kafka_event_source_config: optional SelfManagedKafkaEventSourceConfig, "SelfManagedKafkaEventSourceConfig" as "SelfManagedKafkaEventSourceConfig";
    scaling_config: optional ScalingConfig, "ScalingConfig" as "ScalingConfig";
    document_db_event_source_config: optional DocumentDBEventSourceConfig, "DocumentDBEventSourceConfig" as "DocumentDBEventSourceConfig";
    kms_key_arn: optional String, "KMSKeyArn" as "KMSKeyArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
    metrics_config: optional EventSourceMappingMetricsConfig, "MetricsConfig" as "MetricsConfig";
    logging_config: optional EventSourceMappingLoggingConfig, "LoggingConfig" as "LoggingConfig";
    provisioned_poller_config: optional ProvisionedPollerConfig, "ProvisionedPollerConfig" as "ProvisionedPollerConfig";
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

structure! { CreateFunctionUrlConfigInput "CreateFunctionUrlConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("((?!^\\d+$)^[0-9a-zA-Z-_]+$)");
    auth_type: required FunctionUrlAuthType, "AuthType" as "AuthType" .one_of(FunctionUrlAuthType::VALUES);
    cors: optional Cors, "Cors" as "Cors";
    invoke_mode: optional InvokeMode, "InvokeMode" as "InvokeMode" .one_of(InvokeMode::VALUES);
} }

structure! { CreateFunctionUrlConfigOutput "CreateFunctionUrlConfigResponse" {
    function_url: required String, "FunctionUrl" as "FunctionUrl" .length(40, 100);
    function_arn: required String, "FunctionArn" as "FunctionArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    auth_type: required FunctionUrlAuthType, "AuthType" as "AuthType" .one_of(FunctionUrlAuthType::VALUES);
    cors: optional Cors, "Cors" as "Cors";
    creation_time: required String, "CreationTime" as "CreationTime";
    invoke_mode: optional InvokeMode, "InvokeMode" as "InvokeMode" .one_of(InvokeMode::VALUES);
} }

structure! { DeadLetterConfig "DeadLetterConfig" {
    target_arn: optional String, "TargetArn" as "TargetArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
} }

structure! { DeleteAliasInput "DeleteAliasRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 128) .pattern("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
} }

structure! { DeleteEventSourceMappingInput "DeleteEventSourceMappingRequest" {
    uuid: required String, "UUID" as "UUID" .at(Location::Uri);
} }

structure! { DeleteFunctionConcurrencyInput "DeleteFunctionConcurrencyRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
} }

structure! { DeleteFunctionEventInvokeConfigInput "DeleteFunctionEventInvokeConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { DeleteFunctionInput "DeleteFunctionRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { DeleteFunctionOutput "DeleteFunctionResponse" {
    status_code: optional i32, "StatusCode" as "StatusCode" .at(Location::StatusCode);
} }

structure! { DeleteFunctionUrlConfigInput "DeleteFunctionUrlConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("((?!^\\d+$)^[0-9a-zA-Z-_]+$)");
} }

structure! { DeleteLayerVersionInput "DeleteLayerVersionRequest" {
    layer_name: required String, "LayerName" as "LayerName" .at(Location::Uri) .length(1, 140) .pattern("(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    version_number: required i64, "VersionNumber" as "VersionNumber" .at(Location::Uri);
} }

structure! { DeleteProvisionedConcurrencyConfigInput "DeleteProvisionedConcurrencyConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    qualifier: required String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("(|[a-zA-Z0-9$_-]+)");
} }

structure! { DestinationConfig "DestinationConfig" {
    on_success: optional OnSuccess, "OnSuccess" as "OnSuccess";
    on_failure: optional OnFailure, "OnFailure" as "OnFailure";
} }

structure! { DocumentDBEventSourceConfig "DocumentDBEventSourceConfig" {
    database_name: optional String, "DatabaseName" as "DatabaseName" .length(1, 63) .pattern("[^ /\\.$\\x22]*");
    collection_name: optional String, "CollectionName" as "CollectionName" .length(1, 57) .pattern("(^(?!(system\\x2e)))(^[_a-zA-Z0-9])([^$]*)");
    full_document: optional FullDocument, "FullDocument" as "FullDocument" .one_of(FullDocument::VALUES);
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

structure! { EventSourceMappingConfiguration "EventSourceMappingConfiguration" {
    uuid: optional String, "UUID" as "UUID";
    starting_position: optional EventSourcePosition, "StartingPosition" as "StartingPosition" .one_of(EventSourcePosition::VALUES);
    starting_position_timestamp: optional Timestamp, "StartingPositionTimestamp" as "StartingPositionTimestamp";
    batch_size: optional i32, "BatchSize" as "BatchSize" .range(1, 10000);
    maximum_batching_window_in_seconds: optional i32, "MaximumBatchingWindowInSeconds" as "MaximumBatchingWindowInSeconds" .range(0, 300);
    parallelization_factor: optional i32, "ParallelizationFactor" as "ParallelizationFactor" .range(1, 10);
    event_source_arn: optional String, "EventSourceArn" as "EventSourceArn" .pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
    filter_criteria: optional FilterCriteria, "FilterCriteria" as "FilterCriteria";
    function_arn: optional String, "FunctionArn" as "FunctionArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    last_modified: optional Timestamp, "LastModified" as "LastModified";
    last_processing_result: optional String, "LastProcessingResult" as "LastProcessingResult";
    state: optional String, "State" as "State";
    state_transition_reason: optional String, "StateTransitionReason" as "StateTransitionReason";
    destination_config: optional DestinationConfig, "DestinationConfig" as "DestinationConfig";
    topics: optional Vec<String>, "Topics" as "Topics" .length(1, 1);
    queues: optional Vec<String>, "Queues" as "Queues" .length(1, 1);
    source_access_configurations: optional Vec<SourceAccessConfiguration>, "SourceAccessConfigurations" as "SourceAccessConfigurations" .length(0, 22);
    self_managed_event_source: optional SelfManagedEventSource, "SelfManagedEventSource" as "SelfManagedEventSource";
    maximum_record_age_in_seconds: optional i32, "MaximumRecordAgeInSeconds" as "MaximumRecordAgeInSeconds" .range(-1, 604800);
    bisect_batch_on_function_error: optional bool, "BisectBatchOnFunctionError" as "BisectBatchOnFunctionError";
    maximum_retry_attempts: optional i32, "MaximumRetryAttempts" as "MaximumRetryAttempts" .range(-1, 10000);
    tumbling_window_in_seconds: optional i32, "TumblingWindowInSeconds" as "TumblingWindowInSeconds" .range(0, 900);
    function_response_types: optional Vec<FunctionResponseType>, "FunctionResponseTypes" as "FunctionResponseTypes" .length(0, 1);
    amazon_managed_kafka_event_source_config: optional AmazonManagedKafkaEventSourceConfig, "AmazonManagedKafkaEventSourceConfig" as "AmazonManagedKafkaEventSourceConfig";
    self_managed_kafka_event_source_config: optional SelfManagedKafkaEventSourceConfig, "SelfManagedKafkaEventSourceConfig" as "SelfManagedKafkaEventSourceConfig";
    scaling_config: optional ScalingConfig, "ScalingConfig" as "ScalingConfig";
    document_db_event_source_config: optional DocumentDBEventSourceConfig, "DocumentDBEventSourceConfig" as "DocumentDBEventSourceConfig";
    kms_key_arn: optional String, "KMSKeyArn" as "KMSKeyArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
    filter_criteria_error: optional FilterCriteriaError, "FilterCriteriaError" as "FilterCriteriaError";
    event_source_mapping_arn: optional String, "EventSourceMappingArn" as "EventSourceMappingArn" .length(85, 120) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    metrics_config: optional EventSourceMappingMetricsConfig, "MetricsConfig" as "MetricsConfig";
    logging_config: optional EventSourceMappingLoggingConfig, "LoggingConfig" as "LoggingConfig";
    provisioned_poller_config: optional ProvisionedPollerConfig, "ProvisionedPollerConfig" as "ProvisionedPollerConfig";
} }

structure! { EventSourceMappingLoggingConfig "EventSourceMappingLoggingConfig" {
    system_log_level: optional EventSourceMappingSystemLogLevel, "SystemLogLevel" as "SystemLogLevel" .one_of(EventSourceMappingSystemLogLevel::VALUES);
} }

string_enum! { EventSourceMappingMetric {
    EventCount = "EventCount",
    ErrorCount = "ErrorCount",
    KafkaMetrics = "KafkaMetrics",
} }

structure! { EventSourceMappingMetricsConfig "EventSourceMappingMetricsConfig" {
    metrics: optional Vec<EventSourceMappingMetric>, "Metrics" as "Metrics" .length(0, 3);
} }

string_enum! { EventSourceMappingSystemLogLevel {
    Debug = "DEBUG",
    Info = "INFO",
    Warn = "WARN",
} }

string_enum! { EventSourcePosition {
    TrimHorizon = "TRIM_HORIZON",
    Latest = "LATEST",
    AtTimestamp = "AT_TIMESTAMP",
} }

structure! { FileSystemConfig "FileSystemConfig" {
    arn: required String, "Arn" as "Arn" .length(0, 256) .pattern("arn:aws[a-zA-Z-]*:elasticfilesystem:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}");
    local_mount_path: required String, "LocalMountPath" as "LocalMountPath" .length(0, 160) .pattern("/mnt/[a-zA-Z0-9-_.]+");
} }

structure! { Filter "Filter" {
    pattern: optional String, "Pattern" as "Pattern" .length(0, 4096);
} }

structure! { FilterCriteria "FilterCriteria" {
    filters: optional Vec<Filter>, "Filters" as "Filters";
} }

structure! { FilterCriteriaError "FilterCriteriaError" {
    error_code: optional String, "ErrorCode" as "ErrorCode" .length(10, 50) .pattern("[A-Za-z]+Exception");
    message: optional String, "Message" as "Message" .length(10, 2048);
} }

string_enum! { FullDocument {
    UpdateLookup = "UpdateLookup",
    Default = "Default",
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

structure! { FunctionEventInvokeConfig "FunctionEventInvokeConfig" {
    last_modified: optional Timestamp, "LastModified" as "LastModified";
    function_arn: optional String, "FunctionArn" as "FunctionArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    maximum_retry_attempts: optional i32, "MaximumRetryAttempts" as "MaximumRetryAttempts" .range(0, 2);
    maximum_event_age_in_seconds: optional i32, "MaximumEventAgeInSeconds" as "MaximumEventAgeInSeconds" .range(60, 21600);
    destination_config: optional DestinationConfig, "DestinationConfig" as "DestinationConfig";
} }

string_enum! { FunctionResponseType {
    ReportBatchItemFailures = "ReportBatchItemFailures",
} }

string_enum! { FunctionUrlAuthType {
    None = "NONE",
    AwsIam = "AWS_IAM",
} }

structure! { FunctionUrlConfig "FunctionUrlConfig" {
    function_url: required String, "FunctionUrl" as "FunctionUrl" .length(40, 100);
    function_arn: required String, "FunctionArn" as "FunctionArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    creation_time: required String, "CreationTime" as "CreationTime";
    last_modified_time: required String, "LastModifiedTime" as "LastModifiedTime";
    cors: optional Cors, "Cors" as "Cors";
    auth_type: required FunctionUrlAuthType, "AuthType" as "AuthType" .one_of(FunctionUrlAuthType::VALUES);
    invoke_mode: optional InvokeMode, "InvokeMode" as "InvokeMode" .one_of(InvokeMode::VALUES);
} }

string_enum! { FunctionVersion {
    All = "ALL",
} }

string_enum! { FunctionVersionLatestPublished {
    LatestPublished = "LATEST_PUBLISHED",
} }

structure! { GetAccountSettingsInput "GetAccountSettingsRequest" {
} }

structure! { GetAccountSettingsOutput "GetAccountSettingsResponse" {
    account_limit: optional AccountLimit, "AccountLimit" as "AccountLimit";
    account_usage: optional AccountUsage, "AccountUsage" as "AccountUsage";
} }

structure! { GetAliasInput "GetAliasRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 128) .pattern("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
} }

structure! { GetEventSourceMappingInput "GetEventSourceMappingRequest" {
    uuid: required String, "UUID" as "UUID" .at(Location::Uri);
} }

structure! { GetFunctionCodeSigningConfigInput "GetFunctionCodeSigningConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
} }

structure! { GetFunctionCodeSigningConfigOutput "GetFunctionCodeSigningConfigResponse" {
    code_signing_config_arn: optional String, "CodeSigningConfigArn" as "CodeSigningConfigArn" .length(0, 200) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}");
    function_name: required String, "FunctionName" as "FunctionName" .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
} }

structure! { GetFunctionConcurrencyInput "GetFunctionConcurrencyRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
} }

structure! { GetFunctionConfigurationInput "GetFunctionConfigurationRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { GetFunctionEventInvokeConfigInput "GetFunctionEventInvokeConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { GetFunctionRecursionConfigInput "GetFunctionRecursionConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)");
} }

structure! { GetFunctionRecursionConfigOutput "GetFunctionRecursionConfigResponse" {
    recursive_loop: optional RecursiveLoop, "RecursiveLoop" as "RecursiveLoop" .one_of(RecursiveLoop::VALUES);
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

structure! { GetFunctionUrlConfigInput "GetFunctionUrlConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("((?!^\\d+$)^[0-9a-zA-Z-_]+$)");
} }

structure! { GetLayerVersionByArnInput "GetLayerVersionByArnRequest" {
    arn: required String, "Arn" as "Arn" .at(Location::Query) .length(1, 140) .pattern("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+");
} }

structure! { GetLayerVersionPolicyInput "GetLayerVersionPolicyRequest" {
    layer_name: required String, "LayerName" as "LayerName" .at(Location::Uri) .length(1, 140) .pattern("(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    version_number: required i64, "VersionNumber" as "VersionNumber" .at(Location::Uri);
} }

structure! { GetLayerVersionPolicyOutput "GetLayerVersionPolicyResponse" {
    policy: optional String, "Policy" as "Policy";
    revision_id: optional String, "RevisionId" as "RevisionId";
} }

structure! { GetLayerVersionInput "GetLayerVersionRequest" {
    layer_name: required String, "LayerName" as "LayerName" .at(Location::Uri) .length(1, 140) .pattern("(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    version_number: required i64, "VersionNumber" as "VersionNumber" .at(Location::Uri);
} }

structure! { GetLayerVersionOutput "GetLayerVersionResponse" {
    content: optional LayerVersionContentOutput, "Content" as "Content";
    layer_arn: optional String, "LayerArn" as "LayerArn" .length(1, 140) .pattern("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+");
    layer_version_arn: optional String, "LayerVersionArn" as "LayerVersionArn" .length(1, 140) .pattern("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+");
    description: optional String, "Description" as "Description" .length(0, 256);
    created_date: optional String, "CreatedDate" as "CreatedDate";
    version: optional i64, "Version" as "Version";
    compatible_runtimes: optional Vec<Runtime>, "CompatibleRuntimes" as "CompatibleRuntimes" .length(0, 15);
    license_info: optional String, "LicenseInfo" as "LicenseInfo" .length(0, 512);
    compatible_architectures: optional Vec<Architecture>, "CompatibleArchitectures" as "CompatibleArchitectures" .length(0, 2);
} }

structure! { GetPolicyInput "GetPolicyRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { GetPolicyOutput "GetPolicyResponse" {
    policy: optional String, "Policy" as "Policy";
    revision_id: optional String, "RevisionId" as "RevisionId";
} }

structure! { GetProvisionedConcurrencyConfigInput "GetProvisionedConcurrencyConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    qualifier: required String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("(|[a-zA-Z0-9$_-]+)");
} }

structure! { GetProvisionedConcurrencyConfigOutput "GetProvisionedConcurrencyConfigResponse" {
    requested_provisioned_concurrent_executions: optional i32, "RequestedProvisionedConcurrentExecutions" as "RequestedProvisionedConcurrentExecutions" .range(1, i64::MAX);
    available_provisioned_concurrent_executions: optional i32, "AvailableProvisionedConcurrentExecutions" as "AvailableProvisionedConcurrentExecutions" .range(0, i64::MAX);
    allocated_provisioned_concurrent_executions: optional i32, "AllocatedProvisionedConcurrentExecutions" as "AllocatedProvisionedConcurrentExecutions" .range(0, i64::MAX);
    status: optional ProvisionedConcurrencyStatusEnum, "Status" as "Status" .one_of(ProvisionedConcurrencyStatusEnum::VALUES);
    status_reason: optional String, "StatusReason" as "StatusReason";
    last_modified: optional String, "LastModified" as "LastModified";
} }

structure! { GetRuntimeManagementConfigInput "GetRuntimeManagementConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
} }

structure! { GetRuntimeManagementConfigOutput "GetRuntimeManagementConfigResponse" {
    update_runtime_on: optional UpdateRuntimeOn, "UpdateRuntimeOn" as "UpdateRuntimeOn" .one_of(UpdateRuntimeOn::VALUES);
    runtime_version_arn: optional String, "RuntimeVersionArn" as "RuntimeVersionArn" .length(26, 2048) .pattern("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}::runtime:.+");
    function_arn: optional String, "FunctionArn" as "FunctionArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_\\.]+(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
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

string_enum! { InvokeMode {
    Buffered = "BUFFERED",
    ResponseStream = "RESPONSE_STREAM",
} }

structure! { KafkaSchemaRegistryAccessConfig "KafkaSchemaRegistryAccessConfig" {
    r#type: optional KafkaSchemaRegistryAuthType, "Type" as "Type" .one_of(KafkaSchemaRegistryAuthType::VALUES);
    uri: optional String, "URI" as "URI" .pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
} }

string_enum! { KafkaSchemaRegistryAuthType {
    BasicAuth = "BASIC_AUTH",
    ClientCertificateTlsAuth = "CLIENT_CERTIFICATE_TLS_AUTH",
    ServerRootCaCertificate = "SERVER_ROOT_CA_CERTIFICATE",
} }

structure! { KafkaSchemaRegistryConfig "KafkaSchemaRegistryConfig" {
    schema_registry_uri: optional String, "SchemaRegistryURI" as "SchemaRegistryURI" .length(1, 10000) .pattern("[a-zA-Z0-9-\\/*:_+=.@-]*");
    event_record_format: optional SchemaRegistryEventRecordFormat, "EventRecordFormat" as "EventRecordFormat" .one_of(SchemaRegistryEventRecordFormat::VALUES);
    access_configs: optional Vec<KafkaSchemaRegistryAccessConfig>, "AccessConfigs" as "AccessConfigs";
    schema_validation_configs: optional Vec<KafkaSchemaValidationConfig>, "SchemaValidationConfigs" as "SchemaValidationConfigs";
} }

string_enum! { KafkaSchemaValidationAttribute {
    Key = "KEY",
    Value = "VALUE",
} }

structure! { KafkaSchemaValidationConfig "KafkaSchemaValidationConfig" {
    attribute: optional KafkaSchemaValidationAttribute, "Attribute" as "Attribute" .one_of(KafkaSchemaValidationAttribute::VALUES);
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

structure! { LayerVersionContentInput "LayerVersionContentInput" {
    s3_bucket: optional String, "S3Bucket" as "S3Bucket" .length(3, 63) .pattern("[0-9A-Za-z\\.\\-_]*(?<!\\.)");
    s3_key: optional String, "S3Key" as "S3Key" .length(1, 1024);
    s3_object_version: optional String, "S3ObjectVersion" as "S3ObjectVersion" .length(1, 1024);
    zip_file: optional Bytes, "ZipFile" as "ZipFile";
} }

structure! { LayerVersionContentOutput "LayerVersionContentOutput" {
    location: optional String, "Location" as "Location";
    code_sha256: optional String, "CodeSha256" as "CodeSha256";
    code_size: optional i64, "CodeSize" as "CodeSize";
    signing_profile_version_arn: optional String, "SigningProfileVersionArn" as "SigningProfileVersionArn";
    signing_job_arn: optional String, "SigningJobArn" as "SigningJobArn";
} }

structure! { LayerVersionsListItem "LayerVersionsListItem" {
    layer_version_arn: optional String, "LayerVersionArn" as "LayerVersionArn" .length(1, 140) .pattern("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+");
    version: optional i64, "Version" as "Version";
    description: optional String, "Description" as "Description" .length(0, 256);
    created_date: optional String, "CreatedDate" as "CreatedDate";
    compatible_runtimes: optional Vec<Runtime>, "CompatibleRuntimes" as "CompatibleRuntimes" .length(0, 15);
    license_info: optional String, "LicenseInfo" as "LicenseInfo" .length(0, 512);
    compatible_architectures: optional Vec<Architecture>, "CompatibleArchitectures" as "CompatibleArchitectures" .length(0, 2);
} }

structure! { LayersListItem "LayersListItem" {
    layer_name: optional String, "LayerName" as "LayerName" .length(1, 140) .pattern("(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    layer_arn: optional String, "LayerArn" as "LayerArn" .length(1, 140) .pattern("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+");
    latest_matching_version: optional LayerVersionsListItem, "LatestMatchingVersion" as "LatestMatchingVersion";
} }

structure! { ListAliasesInput "ListAliasesRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    function_version: optional String, "FunctionVersion" as "FunctionVersion" .at(Location::Query) .length(1, 1024) .pattern("(\\$LATEST(\\.PUBLISHED)?|[0-9]+)");
    marker: optional String, "Marker" as "Marker" .at(Location::Query);
    max_items: optional i32, "MaxItems" as "MaxItems" .at(Location::Query) .range(1, 10000);
} }

structure! { ListAliasesOutput "ListAliasesResponse" {
    next_marker: optional String, "NextMarker" as "NextMarker";
    aliases: optional Vec<AliasConfiguration>, "Aliases" as "Aliases";
} }

structure! { ListEventSourceMappingsInput "ListEventSourceMappingsRequest" {
    event_source_arn: optional String, "EventSourceArn" as "EventSourceArn" .at(Location::Query) .pattern("arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
    function_name: optional String, "FunctionName" as "FunctionName" .at(Location::Query) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    marker: optional String, "Marker" as "Marker" .at(Location::Query);
    max_items: optional i32, "MaxItems" as "MaxItems" .at(Location::Query) .range(1, 10000);
} }

structure! { ListEventSourceMappingsOutput "ListEventSourceMappingsResponse" {
    next_marker: optional String, "NextMarker" as "NextMarker";
    event_source_mappings: optional Vec<EventSourceMappingConfiguration>, "EventSourceMappings" as "EventSourceMappings";
} }

structure! { ListFunctionEventInvokeConfigsInput "ListFunctionEventInvokeConfigsRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    marker: optional String, "Marker" as "Marker" .at(Location::Query);
    max_items: optional i32, "MaxItems" as "MaxItems" .at(Location::Query) .range(1, 50);
} }

structure! { ListFunctionEventInvokeConfigsOutput "ListFunctionEventInvokeConfigsResponse" {
    function_event_invoke_configs: optional Vec<FunctionEventInvokeConfig>, "FunctionEventInvokeConfigs" as "FunctionEventInvokeConfigs";
    next_marker: optional String, "NextMarker" as "NextMarker";
} }

structure! { ListFunctionUrlConfigsInput "ListFunctionUrlConfigsRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    marker: optional String, "Marker" as "Marker" .at(Location::Query);
    max_items: optional i32, "MaxItems" as "MaxItems" .at(Location::Query) .range(1, 50);
} }

structure! { ListFunctionUrlConfigsOutput "ListFunctionUrlConfigsResponse" {
    function_url_configs: required Vec<FunctionUrlConfig>, "FunctionUrlConfigs" as "FunctionUrlConfigs";
    next_marker: optional String, "NextMarker" as "NextMarker";
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

structure! { ListLayerVersionsInput "ListLayerVersionsRequest" {
    compatible_runtime: optional Runtime, "CompatibleRuntime" as "CompatibleRuntime" .at(Location::Query) .one_of(Runtime::VALUES);
    layer_name: required String, "LayerName" as "LayerName" .at(Location::Uri) .length(1, 140) .pattern("(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    marker: optional String, "Marker" as "Marker" .at(Location::Query);
    max_items: optional i32, "MaxItems" as "MaxItems" .at(Location::Query) .range(1, 50);
    compatible_architecture: optional Architecture, "CompatibleArchitecture" as "CompatibleArchitecture" .at(Location::Query) .one_of(Architecture::VALUES);
} }

structure! { ListLayerVersionsOutput "ListLayerVersionsResponse" {
    next_marker: optional String, "NextMarker" as "NextMarker";
    layer_versions: optional Vec<LayerVersionsListItem>, "LayerVersions" as "LayerVersions";
} }

structure! { ListLayersInput "ListLayersRequest" {
    compatible_runtime: optional Runtime, "CompatibleRuntime" as "CompatibleRuntime" .at(Location::Query) .one_of(Runtime::VALUES);
    marker: optional String, "Marker" as "Marker" .at(Location::Query);
    max_items: optional i32, "MaxItems" as "MaxItems" .at(Location::Query) .range(1, 50);
    compatible_architecture: optional Architecture, "CompatibleArchitecture" as "CompatibleArchitecture" .at(Location::Query) .one_of(Architecture::VALUES);
} }

structure! { ListLayersOutput "ListLayersResponse" {
    next_marker: optional String, "NextMarker" as "NextMarker";
    layers: optional Vec<LayersListItem>, "Layers" as "Layers";
} }

structure! { ListProvisionedConcurrencyConfigsInput "ListProvisionedConcurrencyConfigsRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    marker: optional String, "Marker" as "Marker" .at(Location::Query);
    max_items: optional i32, "MaxItems" as "MaxItems" .at(Location::Query) .range(1, 50);
} }

structure! { ListProvisionedConcurrencyConfigsOutput "ListProvisionedConcurrencyConfigsResponse" {
    provisioned_concurrency_configs: optional Vec<ProvisionedConcurrencyConfigListItem>, "ProvisionedConcurrencyConfigs" as "ProvisionedConcurrencyConfigs";
    next_marker: optional String, "NextMarker" as "NextMarker";
} }

structure! { ListTagsInput "ListTagsRequest" {
    resource: required String, "Resource" as "Resource" .at(Location::Uri) .length(1, 256) .pattern("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)");
} }

structure! { ListTagsOutput "ListTagsResponse" {
    tags: optional BTreeMap<String, String>, "Tags" as "Tags";
} }

structure! { ListVersionsByFunctionInput "ListVersionsByFunctionRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    marker: optional String, "Marker" as "Marker" .at(Location::Query);
    max_items: optional i32, "MaxItems" as "MaxItems" .at(Location::Query) .range(1, 10000);
} }

structure! { ListVersionsByFunctionOutput "ListVersionsByFunctionResponse" {
    next_marker: optional String, "NextMarker" as "NextMarker";
    versions: optional Vec<FunctionConfiguration>, "Versions" as "Versions";
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

structure! { OnFailure "OnFailure" {
    destination: optional String, "Destination" as "Destination" .length(0, 350) .pattern("$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
} }

structure! { OnSuccess "OnSuccess" {
    destination: optional String, "Destination" as "Destination" .length(0, 350) .pattern("$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
} }

string_enum! { PackageType {
    Zip = "Zip",
    Image = "Image",
} }

structure! { ProvisionedConcurrencyConfigListItem "ProvisionedConcurrencyConfigListItem" {
    function_arn: optional String, "FunctionArn" as "FunctionArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    requested_provisioned_concurrent_executions: optional i32, "RequestedProvisionedConcurrentExecutions" as "RequestedProvisionedConcurrentExecutions" .range(1, i64::MAX);
    available_provisioned_concurrent_executions: optional i32, "AvailableProvisionedConcurrentExecutions" as "AvailableProvisionedConcurrentExecutions" .range(0, i64::MAX);
    allocated_provisioned_concurrent_executions: optional i32, "AllocatedProvisionedConcurrentExecutions" as "AllocatedProvisionedConcurrentExecutions" .range(0, i64::MAX);
    status: optional ProvisionedConcurrencyStatusEnum, "Status" as "Status" .one_of(ProvisionedConcurrencyStatusEnum::VALUES);
    status_reason: optional String, "StatusReason" as "StatusReason";
    last_modified: optional String, "LastModified" as "LastModified";
} }

string_enum! { ProvisionedConcurrencyStatusEnum {
    InProgress = "IN_PROGRESS",
    Ready = "READY",
    Failed = "FAILED",
} }

structure! { ProvisionedPollerConfig "ProvisionedPollerConfig" {
    minimum_pollers: optional i32, "MinimumPollers" as "MinimumPollers" .range(1, 200);
    maximum_pollers: optional i32, "MaximumPollers" as "MaximumPollers" .range(1, 2000);
    poller_group_name: optional String, "PollerGroupName" as "PollerGroupName" .length(0, 128) .pattern("[a-zA-Z0-9-_]*");
} }

structure! { PublishLayerVersionInput "PublishLayerVersionRequest" {
    layer_name: required String, "LayerName" as "LayerName" .at(Location::Uri) .length(1, 140) .pattern("(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    description: optional String, "Description" as "Description" .length(0, 256);
    content: required LayerVersionContentInput, "Content" as "Content";
    compatible_runtimes: optional Vec<Runtime>, "CompatibleRuntimes" as "CompatibleRuntimes" .length(0, 15);
    license_info: optional String, "LicenseInfo" as "LicenseInfo" .length(0, 512);
    compatible_architectures: optional Vec<Architecture>, "CompatibleArchitectures" as "CompatibleArchitectures" .length(0, 2);
} }

structure! { PublishLayerVersionOutput "PublishLayerVersionResponse" {
    content: optional LayerVersionContentOutput, "Content" as "Content";
    layer_arn: optional String, "LayerArn" as "LayerArn" .length(1, 140) .pattern("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+");
    layer_version_arn: optional String, "LayerVersionArn" as "LayerVersionArn" .length(1, 140) .pattern("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+");
    description: optional String, "Description" as "Description" .length(0, 256);
    created_date: optional String, "CreatedDate" as "CreatedDate";
    version: optional i64, "Version" as "Version";
    compatible_runtimes: optional Vec<Runtime>, "CompatibleRuntimes" as "CompatibleRuntimes" .length(0, 15);
    license_info: optional String, "LicenseInfo" as "LicenseInfo" .length(0, 512);
    compatible_architectures: optional Vec<Architecture>, "CompatibleArchitectures" as "CompatibleArchitectures" .length(0, 2);
} }

structure! { PublishVersionInput "PublishVersionRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    code_sha256: optional String, "CodeSha256" as "CodeSha256";
    description: optional String, "Description" as "Description" .length(0, 256);
    revision_id: optional String, "RevisionId" as "RevisionId";
    publish_to: optional FunctionVersionLatestPublished, "PublishTo" as "PublishTo" .one_of(FunctionVersionLatestPublished::VALUES);
} }

structure! { PutFunctionConcurrencyInput "PutFunctionConcurrencyRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    reserved_concurrent_executions: required i32, "ReservedConcurrentExecutions" as "ReservedConcurrentExecutions" .range(0, i64::MAX);
} }

structure! { PutFunctionEventInvokeConfigInput "PutFunctionEventInvokeConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
    maximum_retry_attempts: optional i32, "MaximumRetryAttempts" as "MaximumRetryAttempts" .range(0, 2);
    maximum_event_age_in_seconds: optional i32, "MaximumEventAgeInSeconds" as "MaximumEventAgeInSeconds" .range(60, 21600);
    destination_config: optional DestinationConfig, "DestinationConfig" as "DestinationConfig";
} }

structure! { PutFunctionRecursionConfigInput "PutFunctionRecursionConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)");
    recursive_loop: required RecursiveLoop, "RecursiveLoop" as "RecursiveLoop" .one_of(RecursiveLoop::VALUES);
} }

structure! { PutFunctionRecursionConfigOutput "PutFunctionRecursionConfigResponse" {
    recursive_loop: optional RecursiveLoop, "RecursiveLoop" as "RecursiveLoop" .one_of(RecursiveLoop::VALUES);
} }

structure! { PutProvisionedConcurrencyConfigInput "PutProvisionedConcurrencyConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    qualifier: required String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("(|[a-zA-Z0-9$_-]+)");
    provisioned_concurrent_executions: required i32, "ProvisionedConcurrentExecutions" as "ProvisionedConcurrentExecutions" .range(1, i64::MAX);
} }

structure! { PutProvisionedConcurrencyConfigOutput "PutProvisionedConcurrencyConfigResponse" {
    requested_provisioned_concurrent_executions: optional i32, "RequestedProvisionedConcurrentExecutions" as "RequestedProvisionedConcurrentExecutions" .range(1, i64::MAX);
    available_provisioned_concurrent_executions: optional i32, "AvailableProvisionedConcurrentExecutions" as "AvailableProvisionedConcurrentExecutions" .range(0, i64::MAX);
    allocated_provisioned_concurrent_executions: optional i32, "AllocatedProvisionedConcurrentExecutions" as "AllocatedProvisionedConcurrentExecutions" .range(0, i64::MAX);
    status: optional ProvisionedConcurrencyStatusEnum, "Status" as "Status" .one_of(ProvisionedConcurrencyStatusEnum::VALUES);
    status_reason: optional String, "StatusReason" as "StatusReason";
    last_modified: optional String, "LastModified" as "LastModified";
} }

structure! { PutRuntimeManagementConfigInput "PutRuntimeManagementConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
    update_runtime_on: required UpdateRuntimeOn, "UpdateRuntimeOn" as "UpdateRuntimeOn" .one_of(UpdateRuntimeOn::VALUES);
    runtime_version_arn: optional String, "RuntimeVersionArn" as "RuntimeVersionArn" .length(26, 2048) .pattern("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}::runtime:.+");
} }

structure! { PutRuntimeManagementConfigOutput "PutRuntimeManagementConfigResponse" {
    update_runtime_on: required UpdateRuntimeOn, "UpdateRuntimeOn" as "UpdateRuntimeOn" .one_of(UpdateRuntimeOn::VALUES);
    function_arn: required String, "FunctionArn" as "FunctionArn" .length(0, 10000) .pattern("arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    runtime_version_arn: optional String, "RuntimeVersionArn" as "RuntimeVersionArn" .length(26, 2048) .pattern("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}::runtime:.+");
} }

string_enum! { RecursiveLoop {
    Allow = "Allow",
    Terminate = "Terminate",
} }

structure! { RemoveLayerVersionPermissionInput "RemoveLayerVersionPermissionRequest" {
    layer_name: required String, "LayerName" as "LayerName" .at(Location::Uri) .length(1, 140) .pattern("(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    version_number: required i64, "VersionNumber" as "VersionNumber" .at(Location::Uri);
    statement_id: required String, "StatementId" as "StatementId" .at(Location::Uri) .length(1, 100) .pattern("([a-zA-Z0-9-_]+)");
    revision_id: optional String, "RevisionId" as "RevisionId" .at(Location::Query);
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

structure! { ScalingConfig "ScalingConfig" {
    maximum_concurrency: optional i32, "MaximumConcurrency" as "MaximumConcurrency" .range(2, 1000);
} }

string_enum! { SchemaRegistryEventRecordFormat {
    Json = "JSON",
    Source = "SOURCE",
} }

structure! { SelfManagedEventSource "SelfManagedEventSource" {
    endpoints: optional BTreeMap<String, Vec<String>>, "Endpoints" as "Endpoints" .length(1, 2);
} }

structure! { SelfManagedKafkaEventSourceConfig "SelfManagedKafkaEventSourceConfig" {
    consumer_group_id: optional String, "ConsumerGroupId" as "ConsumerGroupId" .length(1, 200) .pattern("[a-zA-Z0-9-\\/*:_+=.@-]*");
    schema_registry_config: optional KafkaSchemaRegistryConfig, "SchemaRegistryConfig" as "SchemaRegistryConfig";
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

structure! { SourceAccessConfiguration "SourceAccessConfiguration" {
    r#type: optional SourceAccessType, "Type" as "Type" .one_of(SourceAccessType::VALUES);
    uri: optional String, "URI" as "URI" .length(1, 200) .pattern("[a-zA-Z0-9-\\/*:_+=.@-]*");
} }

string_enum! { SourceAccessType {
    BasicAuth = "BASIC_AUTH",
    VpcSubnet = "VPC_SUBNET",
    VpcSecurityGroup = "VPC_SECURITY_GROUP",
    SaslScram512Auth = "SASL_SCRAM_512_AUTH",
    SaslScram256Auth = "SASL_SCRAM_256_AUTH",
    VirtualHost = "VIRTUAL_HOST",
    ClientCertificateTlsAuth = "CLIENT_CERTIFICATE_TLS_AUTH",
    ServerRootCaCertificate = "SERVER_ROOT_CA_CERTIFICATE",
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

structure! { UpdateAliasInput "UpdateAliasRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 128) .pattern("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    function_version: optional String, "FunctionVersion" as "FunctionVersion" .length(1, 1024) .pattern("(\\$LATEST(\\.PUBLISHED)?|[0-9]+)");
    description: optional String, "Description" as "Description" .length(0, 256);
    routing_config: optional AliasRoutingConfiguration, "RoutingConfig" as "RoutingConfig";
    revision_id: optional String, "RevisionId" as "RevisionId";
} }

structure! { UpdateEventSourceMappingInput "UpdateEventSourceMappingRequest" {
    uuid: required String, "UUID" as "UUID" .at(Location::Uri);
    function_name: optional String, "FunctionName" as "FunctionName" .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    enabled: optional bool, "Enabled" as "Enabled";
    batch_size: optional i32, "BatchSize" as "BatchSize" .range(1, 10000);
    filter_criteria: optional FilterCriteria, "FilterCriteria" as "FilterCriteria";
    maximum_batching_window_in_seconds: optional i32, "MaximumBatchingWindowInSeconds" as "MaximumBatchingWindowInSeconds" .range(0, 300);
    destination_config: optional DestinationConfig, "DestinationConfig" as "DestinationConfig";
    maximum_record_age_in_seconds: optional i32, "MaximumRecordAgeInSeconds" as "MaximumRecordAgeInSeconds" .range(-1, 604800);
    bisect_batch_on_function_error: optional bool, "BisectBatchOnFunctionError" as "BisectBatchOnFunctionError";
    maximum_retry_attempts: optional i32, "MaximumRetryAttempts" as "MaximumRetryAttempts" .range(-1, 10000);
    parallelization_factor: optional i32, "ParallelizationFactor" as "ParallelizationFactor" .range(1, 10);
    source_access_configurations: optional Vec<SourceAccessConfiguration>, "SourceAccessConfigurations" as "SourceAccessConfigurations" .length(0, 22);
    tumbling_window_in_seconds: optional i32, "TumblingWindowInSeconds" as "TumblingWindowInSeconds" .range(0, 900);
    function_response_types: optional Vec<FunctionResponseType>, "FunctionResponseTypes" as "FunctionResponseTypes" .length(0, 1);
    scaling_config: optional ScalingConfig, "ScalingConfig" as "ScalingConfig";
    amazon_managed_kafka_event_source_config: optional AmazonManagedKafkaEventSourceConfig, "AmazonManagedKafkaEventSourceConfig" as "AmazonManagedKafkaEventSourceConfig";
    self_managed_kafka_event_source_config: optional SelfManagedKafkaEventSourceConfig, "SelfManagedKafkaEventSourceConfig" as "SelfManagedKafkaEventSourceConfig";
    document_db_event_source_config: optional DocumentDBEventSourceConfig, "DocumentDBEventSourceConfig" as "DocumentDBEventSourceConfig";
    kms_key_arn: optional String, "KMSKeyArn" as "KMSKeyArn" .pattern("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
    metrics_config: optional EventSourceMappingMetricsConfig, "MetricsConfig" as "MetricsConfig";
    logging_config: optional EventSourceMappingLoggingConfig, "LoggingConfig" as "LoggingConfig";
    provisioned_poller_config: optional ProvisionedPollerConfig, "ProvisionedPollerConfig" as "ProvisionedPollerConfig";
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

structure! { UpdateFunctionEventInvokeConfigInput "UpdateFunctionEventInvokeConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 256) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
    maximum_retry_attempts: optional i32, "MaximumRetryAttempts" as "MaximumRetryAttempts" .range(0, 2);
    maximum_event_age_in_seconds: optional i32, "MaximumEventAgeInSeconds" as "MaximumEventAgeInSeconds" .range(60, 21600);
    destination_config: optional DestinationConfig, "DestinationConfig" as "DestinationConfig";
} }

structure! { UpdateFunctionUrlConfigInput "UpdateFunctionUrlConfigRequest" {
    function_name: required String, "FunctionName" as "FunctionName" .at(Location::Uri) .length(1, 140) .pattern("(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
    qualifier: optional String, "Qualifier" as "Qualifier" .at(Location::Query) .length(1, 128) .pattern("((?!^\\d+$)^[0-9a-zA-Z-_]+$)");
    auth_type: optional FunctionUrlAuthType, "AuthType" as "AuthType" .one_of(FunctionUrlAuthType::VALUES);
    cors: optional Cors, "Cors" as "Cors";
    invoke_mode: optional InvokeMode, "InvokeMode" as "InvokeMode" .one_of(InvokeMode::VALUES);
} }

string_enum! { UpdateRuntimeOn {
    Auto = "Auto",
    Manual = "Manual",
    FunctionUpdate = "FunctionUpdate",
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
