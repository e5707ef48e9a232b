//! `events`, version 2015-10-07: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, Timestamp, service, shape::Unit, string_enum, structure};

service! { events signed "events" speaks Protocol::Json { content_version: "1.1", target_prefix: "AWSEvents" }, validates "ValidationException";
    errors {
        ConcurrentModificationException "ConcurrentModificationException" 400 "message",
        IllegalStatusException "IllegalStatusException" 400 "message",
        InternalException "InternalException" 500 "message",
        InvalidEventPatternException "InvalidEventPatternException" 400 "message",
        InvalidStateException "InvalidStateException" 400 "message",
        LimitExceededException "LimitExceededException" 400 "message",
        ManagedRuleException "ManagedRuleException" 400 "message",
        OperationDisabledException "OperationDisabledException" 400 "message",
        PolicyLengthExceededException "PolicyLengthExceededException" 400 "message",
        ResourceAlreadyExistsException "ResourceAlreadyExistsException" 400 "message",
        ResourceNotFoundException "ResourceNotFoundException" 400 "message",
    }
    operations {
        POST "/" => PutEvents(PutEventsInput) -> 200 PutEventsOutput;
        POST "/" => CreateEventBus(CreateEventBusInput) -> 200 CreateEventBusOutput;
        POST "/" => DescribeEventBus(DescribeEventBusInput) -> 200 DescribeEventBusOutput;
        POST "/" => UpdateEventBus(UpdateEventBusInput) -> 200 UpdateEventBusOutput;
        POST "/" => DeleteEventBus(DeleteEventBusInput) -> 200 Unit;
        POST "/" => ListEventBuses(ListEventBusesInput) -> 200 ListEventBusesOutput;
        POST "/" => PutPermission(PutPermissionInput) -> 200 Unit;
        POST "/" => RemovePermission(RemovePermissionInput) -> 200 Unit;
        POST "/" => PutRule(PutRuleInput) -> 200 PutRuleOutput;
        POST "/" => DescribeRule(DescribeRuleInput) -> 200 DescribeRuleOutput;
        POST "/" => DeleteRule(DeleteRuleInput) -> 200 Unit;
        POST "/" => EnableRule(EnableRuleInput) -> 200 Unit;
        POST "/" => DisableRule(DisableRuleInput) -> 200 Unit;
        POST "/" => ListRules(ListRulesInput) -> 200 ListRulesOutput;
        POST "/" => ListRuleNamesByTarget(ListRuleNamesByTargetInput) -> 200 ListRuleNamesByTargetOutput;
        POST "/" => PutTargets(PutTargetsInput) -> 200 PutTargetsOutput;
        POST "/" => RemoveTargets(RemoveTargetsInput) -> 200 RemoveTargetsOutput;
        POST "/" => ListTargetsByRule(ListTargetsByRuleInput) -> 200 ListTargetsByRuleOutput;
        POST "/" => TestEventPattern(TestEventPatternInput) -> 200 TestEventPatternOutput;
        POST "/" => CreateArchive(CreateArchiveInput) -> 200 CreateArchiveOutput;
        POST "/" => DescribeArchive(DescribeArchiveInput) -> 200 DescribeArchiveOutput;
        POST "/" => UpdateArchive(UpdateArchiveInput) -> 200 UpdateArchiveOutput;
        POST "/" => DeleteArchive(DeleteArchiveInput) -> 200 DeleteArchiveOutput;
        POST "/" => ListArchives(ListArchivesInput) -> 200 ListArchivesOutput;
        POST "/" => StartReplay(StartReplayInput) -> 200 StartReplayOutput;
        POST "/" => DescribeReplay(DescribeReplayInput) -> 200 DescribeReplayOutput;
        POST "/" => ListReplays(ListReplaysInput) -> 200 ListReplaysOutput;
        POST "/" => CancelReplay(CancelReplayInput) -> 200 CancelReplayOutput;
        POST "/" => ListTagsForResource(ListTagsForResourceInput) -> 200 ListTagsForResourceOutput;
        POST "/" => TagResource(TagResourceInput) -> 200 TagResourceOutput;
        POST "/" => UntagResource(UntagResourceInput) -> 200 UntagResourceOutput;
    }
}

structure! { AppSyncParameters "AppSyncParameters" {
    graph_ql_operation: optional String, "GraphQLOperation" as "GraphQLOperation" .length(1, 1048576);
} }

structure! { Archive "Archive" {
    archive_name: optional String, "ArchiveName" as "ArchiveName" .length(1, 48) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_source_arn: optional String, "EventSourceArn" as "EventSourceArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    state: optional ArchiveState, "State" as "State" .one_of(ArchiveState::VALUES);
    state_reason: optional String, "StateReason" as "StateReason" .length(0, 512);
    retention_days: optional i32, "RetentionDays" as "RetentionDays" .range(0, i64::MAX);
    size_bytes: optional i64, "SizeBytes" as "SizeBytes";
    event_count: optional i64, "EventCount" as "EventCount";
    creation_time: optional Timestamp, "CreationTime" as "CreationTime";
} }

string_enum! { ArchiveState {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
    Creating = "CREATING",
    Updating = "UPDATING",
    CreateFailed = "CREATE_FAILED",
    UpdateFailed = "UPDATE_FAILED",
} }

string_enum! { AssignPublicIp {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
} }

structure! { AwsVpcConfiguration "AwsVpcConfiguration" {
    subnets: required Vec<String>, "Subnets" as "Subnets";
    security_groups: optional Vec<String>, "SecurityGroups" as "SecurityGroups";
    assign_public_ip: optional AssignPublicIp, "AssignPublicIp" as "AssignPublicIp" .one_of(AssignPublicIp::VALUES);
} }

structure! { BatchArrayProperties "BatchArrayProperties" {
    size: optional i32, "Size" as "Size";
} }

structure! { BatchParameters "BatchParameters" {
    job_definition: required String, "JobDefinition" as "JobDefinition";
    job_name: required String, "JobName" as "JobName";
    array_properties: optional BatchArrayProperties, "ArrayProperties" as "ArrayProperties";
    retry_strategy: optional BatchRetryStrategy, "RetryStrategy" as "RetryStrategy";
} }

structure! { BatchRetryStrategy "BatchRetryStrategy" {
    attempts: optional i32, "Attempts" as "Attempts";
} }

structure! { CancelReplayInput "CancelReplayRequest" {
    replay_name: required String, "ReplayName" as "ReplayName" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
} }

structure! { CancelReplayOutput "CancelReplayResponse" {
    replay_arn: optional String, "ReplayArn" as "ReplayArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/[\\.\\-_A-Za-z0-9]+$");
    state: optional ReplayState, "State" as "State" .one_of(ReplayState::VALUES);
    state_reason: optional String, "StateReason" as "StateReason" .length(0, 512);
} }

structure! { CapacityProviderStrategyItem "CapacityProviderStrategyItem" {
    capacity_provider: required String, "capacityProvider" as "capacityProvider" .length(1, 255);
    weight: optional i32, "weight" as "weight" .range(0, 1000);
    base: optional i32, "base" as "base" .range(0, 100000);
} }

structure! { Condition "Condition" {
    r#type: required String, "Type" as "Type";
    key: required String, "Key" as "Key";
    value: required String, "Value" as "Value";
} }

structure! { CreateArchiveInput "CreateArchiveRequest" {
    archive_name: required String, "ArchiveName" as "ArchiveName" .length(1, 48) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_source_arn: required String, "EventSourceArn" as "EventSourceArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    description: optional String, "Description" as "Description" .length(0, 512);
    event_pattern: optional String, "EventPattern" as "EventPattern" .length(0, 4096);
    retention_days: optional i32, "RetentionDays" as "RetentionDays" .range(0, i64::MAX);
    kms_key_identifier: optional String, "KmsKeyIdentifier" as "KmsKeyIdentifier" .length(0, 2048) .pattern("^[a-zA-Z0-9_\\-/:]*$");
} }

structure! { CreateArchiveOutput "CreateArchiveResponse" {
    archive_arn: optional String, "ArchiveArn" as "ArchiveArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    state: optional ArchiveState, "State" as "State" .one_of(ArchiveState::VALUES);
    state_reason: optional String, "StateReason" as "StateReason" .length(0, 512);
    creation_time: optional Timestamp, "CreationTime" as "CreationTime";
} }

structure! { CreateEventBusInput "CreateEventBusRequest" {
    name: required String, "Name" as "Name" .length(1, 256) .pattern("[/\\.\\-_A-Za-z0-9]+");
    event_source_name: optional String, "EventSourceName" as "EventSourceName" .length(1, 256) .pattern("aws\\.partner(/[\\.\\-_A-Za-z0-9]+){2,}");
    description: optional String, "Description" as "Description" .length(0, 512);
    kms_key_identifier: optional String, "KmsKeyIdentifier" as "KmsKeyIdentifier" .length(0, 2048) .pattern("^[a-zA-Z0-9_\\-/:]*$");
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    log_config: optional LogConfig, "LogConfig" as "LogConfig";
    tags: optional Vec<Tag>, "Tags" as "Tags";
} }

structure! { CreateEventBusOutput "CreateEventBusResponse" {
    event_bus_arn: optional String, "EventBusArn" as "EventBusArn";
    description: optional String, "Description" as "Description" .length(0, 512);
    kms_key_identifier: optional String, "KmsKeyIdentifier" as "KmsKeyIdentifier" .length(0, 2048) .pattern("^[a-zA-Z0-9_\\-/:]*$");
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    log_config: optional LogConfig, "LogConfig" as "LogConfig";
} }

structure! { DeadLetterConfig "DeadLetterConfig" {
    arn: optional String, "Arn" as "Arn" .length(1, 1600);
} }

structure! { DeleteArchiveInput "DeleteArchiveRequest" {
    archive_name: required String, "ArchiveName" as "ArchiveName" .length(1, 48) .pattern("[\\.\\-_A-Za-z0-9]+");
} }

structure! { DeleteArchiveOutput "DeleteArchiveResponse" {
} }

structure! { DeleteEventBusInput "DeleteEventBusRequest" {
    name: required String, "Name" as "Name" .length(1, 256) .pattern("[/\\.\\-_A-Za-z0-9]+");
} }

structure! { DeleteRuleInput "DeleteRuleRequest" {
    name: required String, "Name" as "Name" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
    force: optional bool, "Force" as "Force";
} }

structure! { DescribeArchiveInput "DescribeArchiveRequest" {
    archive_name: required String, "ArchiveName" as "ArchiveName" .length(1, 48) .pattern("[\\.\\-_A-Za-z0-9]+");
} }

structure! { DescribeArchiveOutput "DescribeArchiveResponse" {
    archive_arn: optional String, "ArchiveArn" as "ArchiveArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    archive_name: optional String, "ArchiveName" as "ArchiveName" .length(1, 48) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_source_arn: optional String, "EventSourceArn" as "EventSourceArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    description: optional String, "Description" as "Description" .length(0, 512);
    event_pattern: optional String, "EventPattern" as "EventPattern" .length(0, 4096);
    state: optional ArchiveState, "State" as "State" .one_of(ArchiveState::VALUES);
    state_reason: optional String, "StateReason" as "StateReason" .length(0, 512);
    kms_key_identifier: optional String, "KmsKeyIdentifier" as "KmsKeyIdentifier" .length(0, 2048) .pattern("^[a-zA-Z0-9_\\-/:]*$");
    retention_days: optional i32, "RetentionDays" as "RetentionDays" .range(0, i64::MAX);
    size_bytes: optional i64, "SizeBytes" as "SizeBytes";
    event_count: optional i64, "EventCount" as "EventCount";
    creation_time: optional Timestamp, "CreationTime" as "CreationTime";
} }

structure! { DescribeEventBusInput "DescribeEventBusRequest" {
    name: optional String, "Name" as "Name" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
} }

structure! { DescribeEventBusOutput "DescribeEventBusResponse" {
    name: optional String, "Name" as "Name";
    arn: optional String, "Arn" as "Arn";
    description: optional String, "Description" as "Description" .length(0, 512);
    kms_key_identifier: optional String, "KmsKeyIdentifier" as "KmsKeyIdentifier" .length(0, 2048) .pattern("^[a-zA-Z0-9_\\-/:]*$");
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    policy: optional String, "Policy" as "Policy";
    log_config: optional LogConfig, "LogConfig" as "LogConfig";
    creation_time: optional Timestamp, "CreationTime" as "CreationTime";
    last_modified_time: optional Timestamp, "LastModifiedTime" as "LastModifiedTime";
} }

structure! { DescribeReplayInput "DescribeReplayRequest" {
    replay_name: required String, "ReplayName" as "ReplayName" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
} }

structure! { DescribeReplayOutput "DescribeReplayResponse" {
    replay_name: optional String, "ReplayName" as "ReplayName" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    replay_arn: optional String, "ReplayArn" as "ReplayArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/[\\.\\-_A-Za-z0-9]+$");
    description: optional String, "Description" as "Description" .length(0, 512);
    state: optional ReplayState, "State" as "State" .one_of(ReplayState::VALUES);
    state_reason: optional String, "StateReason" as "StateReason" .length(0, 512);
    event_source_arn: optional String, "EventSourceArn" as "EventSourceArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    destination: optional ReplayDestination, "Destination" as "Destination";
    event_start_time: optional Timestamp, "EventStartTime" as "EventStartTime";
    event_end_time: optional Timestamp, "EventEndTime" as "EventEndTime";
    event_last_replayed_time: optional Timestamp, "EventLastReplayedTime" as "EventLastReplayedTime";
    replay_start_time: optional Timestamp, "ReplayStartTime" as "ReplayStartTime";
    replay_end_time: optional Timestamp, "ReplayEndTime" as "ReplayEndTime";
} }

structure! { DescribeRuleInput "DescribeRuleRequest" {
    name: required String, "Name" as "Name" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
} }

structure! { DescribeRuleOutput "DescribeRuleResponse" {
    name: optional String, "Name" as "Name" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    arn: optional String, "Arn" as "Arn" .length(1, 1600);
    event_pattern: optional String, "EventPattern" as "EventPattern" .length(0, 4096);
    schedule_expression: optional String, "ScheduleExpression" as "ScheduleExpression" .length(0, 256);
    state: optional RuleState, "State" as "State" .one_of(RuleState::VALUES);
    description: optional String, "Description" as "Description" .length(0, 512);
    role_arn: optional String, "RoleArn" as "RoleArn" .length(1, 1600);
    managed_by: optional String, "ManagedBy" as "ManagedBy" .length(1, 128);
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 256) .pattern("[/\\.\\-_A-Za-z0-9]+");
    created_by: optional String, "CreatedBy" as "CreatedBy" .length(1, 128);
} }

structure! { DisableRuleInput "DisableRuleRequest" {
    name: required String, "Name" as "Name" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
} }

structure! { EcsParameters "EcsParameters" {
    task_definition_arn: required String, "TaskDefinitionArn" as "TaskDefinitionArn" .length(1, 1600);
    task_count: optional i32, "TaskCount" as "TaskCount" .range(1, i64::MAX);
    launch_type: optional LaunchType, "LaunchType" as "LaunchType" .one_of(LaunchType::VALUES);
    network_configuration: optional NetworkConfiguration, "NetworkConfiguration" as "NetworkConfiguration";
    platform_version: optional String, "PlatformVersion" as "PlatformVersion";
    group: optional String, "Group" as "Group";
    capacity_provider_strategy: optional Vec<CapacityProviderStrategyItem>, "CapacityProviderStrategy" as "CapacityProviderStrategy" .length(0, 6);
    enable_ecs_managed_tags: optional bool, "EnableECSManagedTags" as "EnableECSManagedTags";
    enable_execute_command: optional bool, "EnableExecuteCommand" as "EnableExecuteCommand";
    placement_constraints: optional Vec<PlacementConstraint>, "PlacementConstraints" as "PlacementConstraints" .length(0, 10);
    placement_strategy: optional Vec<PlacementStrategy>, "PlacementStrategy" as "PlacementStrategy" .length(0, 5);
    propagate_tags: optional PropagateTags, "PropagateTags" as "PropagateTags" .one_of(PropagateTags::VALUES);
    reference_id: optional String, "ReferenceId" as "ReferenceId" .length(0, 1024);
    tags: optional Vec<Tag>, "Tags" as "Tags";
} }

structure! { EnableRuleInput "EnableRuleRequest" {
    name: required String, "Name" as "Name" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
} }

structure! { EventBus "EventBus" {
    name: optional String, "Name" as "Name";
    arn: optional String, "Arn" as "Arn";
    description: optional String, "Description" as "Description" .length(0, 512);
    policy: optional String, "Policy" as "Policy";
    creation_time: optional Timestamp, "CreationTime" as "CreationTime";
    last_modified_time: optional Timestamp, "LastModifiedTime" as "LastModifiedTime";
} }

structure! { HttpParameters "HttpParameters" {
    path_parameter_values: optional Vec<String>, "PathParameterValues" as "PathParameterValues";
    header_parameters: optional BTreeMap<String, String>, "HeaderParameters" as "HeaderParameters";
    query_string_parameters: optional BTreeMap<String, String>, "QueryStringParameters" as "QueryStringParameters";
} }

string_enum! { IncludeDetail {
    None = "NONE",
    Full = "FULL",
} }

structure! { InputTransformer "InputTransformer" {
    input_paths_map: optional BTreeMap<String, String>, "InputPathsMap" as "InputPathsMap" .length(0, 100);
    input_template: required String, "InputTemplate" as "InputTemplate" .length(1, 8192);
} }

structure! { KinesisParameters "KinesisParameters" {
    partition_key_path: required String, "PartitionKeyPath" as "PartitionKeyPath" .length(0, 256);
} }

string_enum! { LaunchType {
    Ec2 = "EC2",
    Fargate = "FARGATE",
    External = "EXTERNAL",
} }

string_enum! { Level {
    Off = "OFF",
    Error = "ERROR",
    Info = "INFO",
    Trace = "TRACE",
} }

structure! { ListArchivesInput "ListArchivesRequest" {
    name_prefix: optional String, "NamePrefix" as "NamePrefix" .length(1, 48) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_source_arn: optional String, "EventSourceArn" as "EventSourceArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    state: optional ArchiveState, "State" as "State" .one_of(ArchiveState::VALUES);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
    limit: optional i32, "Limit" as "Limit" .range(1, 100);
} }

structure! { ListArchivesOutput "ListArchivesResponse" {
    archives: optional Vec<Archive>, "Archives" as "Archives";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
} }

structure! { ListEventBusesInput "ListEventBusesRequest" {
    name_prefix: optional String, "NamePrefix" as "NamePrefix" .length(1, 256) .pattern("[/\\.\\-_A-Za-z0-9]+");
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
    limit: optional i32, "Limit" as "Limit" .range(1, 100);
} }

structure! { ListEventBusesOutput "ListEventBusesResponse" {
    event_buses: optional Vec<EventBus>, "EventBuses" as "EventBuses";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
} }

structure! { ListReplaysInput "ListReplaysRequest" {
    name_prefix: optional String, "NamePrefix" as "NamePrefix" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    state: optional ReplayState, "State" as "State" .one_of(ReplayState::VALUES);
    event_source_arn: optional String, "EventSourceArn" as "EventSourceArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
    limit: optional i32, "Limit" as "Limit" .range(1, 100);
} }

structure! { ListReplaysOutput "ListReplaysResponse" {
    replays: optional Vec<Replay>, "Replays" as "Replays";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
} }

structure! { ListRuleNamesByTargetInput "ListRuleNamesByTargetRequest" {
    target_arn: required String, "TargetArn" as "TargetArn" .length(1, 1600);
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
    limit: optional i32, "Limit" as "Limit" .range(1, 100);
} }

structure! { ListRuleNamesByTargetOutput "ListRuleNamesByTargetResponse" {
    rule_names: optional Vec<String>, "RuleNames" as "RuleNames";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
} }

structure! { ListRulesInput "ListRulesRequest" {
    name_prefix: optional String, "NamePrefix" as "NamePrefix" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
    limit: optional i32, "Limit" as "Limit" .range(1, 100);
} }

structure! { ListRulesOutput "ListRulesResponse" {
    rules: optional Vec<Rule>, "Rules" as "Rules";
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
} }

structure! { ListTagsForResourceInput "ListTagsForResourceRequest" {
    resource_arn: required String, "ResourceARN" as "ResourceARN" .length(1, 1600);
} }

structure! { ListTagsForResourceOutput "ListTagsForResourceResponse" {
    tags: optional Vec<Tag>, "Tags" as "Tags";
} }

structure! { ListTargetsByRuleInput "ListTargetsByRuleRequest" {
    rule: required String, "Rule" as "Rule" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
    limit: optional i32, "Limit" as "Limit" .range(1, 100);
} }

structure! { ListTargetsByRuleOutput "ListTargetsByRuleResponse" {
    targets: optional Vec<Target>, "Targets" as "Targets" .length(1, 100);
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
} }

structure! { LogConfig "LogConfig" {
    include_detail: optional IncludeDetail, "IncludeDetail" as "IncludeDetail" .one_of(IncludeDetail::VALUES);
    level: optional Level, "Level" as "Level" .one_of(Level::VALUES);
} }

structure! { NetworkConfiguration "NetworkConfiguration" {
    awsvpc_configuration: optional AwsVpcConfiguration, "awsvpcConfiguration" as "awsvpcConfiguration";
} }

structure! { PlacementConstraint "PlacementConstraint" {
    r#type: optional PlacementConstraintType, "type" as "type" .one_of(PlacementConstraintType::VALUES);
    expression: optional String, "expression" as "expression" .length(0, 2000);
} }

string_enum! { PlacementConstraintType {
    DistinctInstance = "distinctInstance",
    MemberOf = "memberOf",
} }

structure! { PlacementStrategy "PlacementStrategy" {
    r#type: optional PlacementStrategyType, "type" as "type" .one_of(PlacementStrategyType::VALUES);
    field: optional String, "field" as "field" .length(0, 255);
} }

string_enum! { PlacementStrategyType {
    Random = "random",
    Spread = "spread",
    Binpack = "binpack",
} }

string_enum! { PropagateTags {
    TaskDefinition = "TASK_DEFINITION",
} }

structure! { PutEventsInput "PutEventsRequest" {
    entries: required Vec<PutEventsRequestEntry>, "Entries" as "Entries" .length(1, 10);
    endpoint_id: optional String, "EndpointId" as "EndpointId" .length(1, 50) .pattern("^[A-Za-z0-9\\-]+[\\.][A-Za-z0-9\\-]+$");
} }

structure! { PutEventsRequestEntry "PutEventsRequestEntry" {
    time: optional Timestamp, "Time" as "Time";
    source: optional String, "Source" as "Source";
    resources: optional Vec<String>, "Resources" as "Resources";
    detail_type: optional String, "DetailType" as "DetailType";
    detail: optional String, "Detail" as "Detail";
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\.\\-_A-Za-z0-9]+");
    trace_header: optional String, "TraceHeader" as "TraceHeader" .length(1, 500);
} }

structure! { PutEventsOutput "PutEventsResponse" {
    failed_entry_count: optional i32, "FailedEntryCount" as "FailedEntryCount";
    entries: optional Vec<PutEventsResultEntry>, "Entries" as "Entries";
} }

structure! { PutEventsResultEntry "PutEventsResultEntry" {
    event_id: optional String, "EventId" as "EventId" .length(0, 64);
    error_code: optional String, "ErrorCode" as "ErrorCode";
    error_message: optional String, "ErrorMessage" as "ErrorMessage";
} }

structure! { PutPermissionInput "PutPermissionRequest" {
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 256) .pattern("[\\.\\-_A-Za-z0-9]+");
    action: optional String, "Action" as "Action" .length(1, 64) .pattern("events:[a-zA-Z]+");
    principal: optional String, "Principal" as "Principal" .length(1, 12) .pattern("(\\d{12}|\\*)");
    statement_id: optional String, "StatementId" as "StatementId" .length(1, 64) .pattern("[a-zA-Z0-9-_]+");
    condition: optional Condition, "Condition" as "Condition";
    policy: optional String, "Policy" as "Policy";
} }

structure! { PutRuleInput "PutRuleRequest" {
    name: required String, "Name" as "Name" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    schedule_expression: optional String, "ScheduleExpression" as "ScheduleExpression" .length(0, 256);
    event_pattern: optional String, "EventPattern" as "EventPattern" .length(0, 4096);
    state: optional RuleState, "State" as "State" .one_of(RuleState::VALUES);
    description: optional String, "Description" as "Description" .length(0, 512);
    role_arn: optional String, "RoleArn" as "RoleArn" .length(1, 1600);
    tags: optional Vec<Tag>, "Tags" as "Tags";
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
} }

structure! { PutRuleOutput "PutRuleResponse" {
    rule_arn: optional String, "RuleArn" as "RuleArn" .length(1, 1600);
} }

structure! { PutTargetsInput "PutTargetsRequest" {
    rule: required String, "Rule" as "Rule" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
    targets: required Vec<Target>, "Targets" as "Targets" .length(1, 100);
} }

structure! { PutTargetsOutput "PutTargetsResponse" {
    failed_entry_count: optional i32, "FailedEntryCount" as "FailedEntryCount";
    failed_entries: optional Vec<PutTargetsResultEntry>, "FailedEntries" as "FailedEntries";
} }

structure! { PutTargetsResultEntry "PutTargetsResultEntry" {
    target_id: optional String, "TargetId" as "TargetId" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    error_code: optional String, "ErrorCode" as "ErrorCode";
    error_message: optional String, "ErrorMessage" as "ErrorMessage";
} }

structure! { RedshiftDataParameters "RedshiftDataParameters" {
    secret_manager_arn: optional String, "SecretManagerArn" as "SecretManagerArn" .length(1, 1600) .pattern("(^arn:aws([a-z]|\\-)*:secretsmanager:[a-z0-9-.]+:.*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)");
    database: required String, "Database" as "Database" .length(1, 64);
    db_user: optional String, "DbUser" as "DbUser" .length(1, 128);
    sql: optional String, "Sql" as "Sql" .length(1, 100000);
    statement_name: optional String, "StatementName" as "StatementName" .length(1, 500);
    with_event: optional bool, "WithEvent" as "WithEvent";
    sqls: optional Vec<String>, "Sqls" as "Sqls" .length(0, 40);
} }

structure! { RemovePermissionInput "RemovePermissionRequest" {
    statement_id: optional String, "StatementId" as "StatementId" .length(1, 64) .pattern("[a-zA-Z0-9-_]+");
    remove_all_permissions: optional bool, "RemoveAllPermissions" as "RemoveAllPermissions";
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 256) .pattern("[\\.\\-_A-Za-z0-9]+");
} }

structure! { RemoveTargetsInput "RemoveTargetsRequest" {
    rule: required String, "Rule" as "Rule" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 1600) .pattern("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[/\\.\\-_A-Za-z0-9]+");
    ids: required Vec<String>, "Ids" as "Ids" .length(1, 100);
    force: optional bool, "Force" as "Force";
} }

structure! { RemoveTargetsOutput "RemoveTargetsResponse" {
    failed_entry_count: optional i32, "FailedEntryCount" as "FailedEntryCount";
    failed_entries: optional Vec<RemoveTargetsResultEntry>, "FailedEntries" as "FailedEntries";
} }

structure! { RemoveTargetsResultEntry "RemoveTargetsResultEntry" {
    target_id: optional String, "TargetId" as "TargetId" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    error_code: optional String, "ErrorCode" as "ErrorCode";
    error_message: optional String, "ErrorMessage" as "ErrorMessage";
} }

structure! { Replay "Replay" {
    replay_name: optional String, "ReplayName" as "ReplayName" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    event_source_arn: optional String, "EventSourceArn" as "EventSourceArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    state: optional ReplayState, "State" as "State" .one_of(ReplayState::VALUES);
    state_reason: optional String, "StateReason" as "StateReason" .length(0, 512);
    event_start_time: optional Timestamp, "EventStartTime" as "EventStartTime";
    event_end_time: optional Timestamp, "EventEndTime" as "EventEndTime";
    event_last_replayed_time: optional Timestamp, "EventLastReplayedTime" as "EventLastReplayedTime";
    replay_start_time: optional Timestamp, "ReplayStartTime" as "ReplayStartTime";
    replay_end_time: optional Timestamp, "ReplayEndTime" as "ReplayEndTime";
} }

structure! { ReplayDestination "ReplayDestination" {
    arn: required String, "Arn" as "Arn" .length(1, 1600);
    filter_arns: optional Vec<String>, "FilterArns" as "FilterArns";
} }

string_enum! { ReplayState {
    Starting = "STARTING",
    Running = "RUNNING",
    Cancelling = "CANCELLING",
    Completed = "COMPLETED",
    Cancelled = "CANCELLED",
    Failed = "FAILED",
} }

structure! { RetryPolicy "RetryPolicy" {
    maximum_retry_attempts: optional i32, "MaximumRetryAttempts" as "MaximumRetryAttempts" .range(0, 185);
    maximum_event_age_in_seconds: optional i32, "MaximumEventAgeInSeconds" as "MaximumEventAgeInSeconds" .range(60, 86400);
} }

structure! { Rule "Rule" {
    name: optional String, "Name" as "Name" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    arn: optional String, "Arn" as "Arn" .length(1, 1600);
    event_pattern: optional String, "EventPattern" as "EventPattern" .length(0, 4096);
    state: optional RuleState, "State" as "State" .one_of(RuleState::VALUES);
    description: optional String, "Description" as "Description" .length(0, 512);
    schedule_expression: optional String, "ScheduleExpression" as "ScheduleExpression" .length(0, 256);
    role_arn: optional String, "RoleArn" as "RoleArn" .length(1, 1600);
    managed_by: optional String, "ManagedBy" as "ManagedBy" .length(1, 128);
    event_bus_name: optional String, "EventBusName" as "EventBusName" .length(1, 256) .pattern("[/\\.\\-_A-Za-z0-9]+");
} }

string_enum! { RuleState {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
    EnabledWithAllCloudtrailManagementEvents = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
} }

structure! { RunCommandParameters "RunCommandParameters" {
    run_command_targets: required Vec<RunCommandTarget>, "RunCommandTargets" as "RunCommandTargets" .length(1, 5);
} }

structure! { RunCommandTarget "RunCommandTarget" {
    key: required String, "Key" as "Key" .length(1, 128) .pattern("^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$");
    values: required Vec<String>, "Values" as "Values" .length(1, 50);
} }

structure! { SageMakerPipelineParameter "SageMakerPipelineParameter" {
    name: required String, "Name" as "Name" .length(1, 256) .pattern("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$");
    value: required String, "Value" as "Value" .length(0, 1024);
} }

structure! { SageMakerPipelineParameters "SageMakerPipelineParameters" {
    pipeline_parameter_list: optional Vec<SageMakerPipelineParameter>, "PipelineParameterList" as "PipelineParameterList" .length(0, 200);
} }

structure! { SqsParameters "SqsParameters" {
    message_group_id: optional String, "MessageGroupId" as "MessageGroupId" .length(0, 100);
} }

structure! { StartReplayInput "StartReplayRequest" {
    replay_name: required String, "ReplayName" as "ReplayName" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    description: optional String, "Description" as "Description" .length(0, 512);
    event_source_arn: required String, "EventSourceArn" as "EventSourceArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    event_start_time: required Timestamp, "EventStartTime" as "EventStartTime";
    event_end_time: required Timestamp, "EventEndTime" as "EventEndTime";
    destination: required ReplayDestination, "Destination" as "Destination";
} }

structure! { StartReplayOutput "StartReplayResponse" {
    replay_arn: optional String, "ReplayArn" as "ReplayArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/[\\.\\-_A-Za-z0-9]+$");
    state: optional ReplayState, "State" as "State" .one_of(ReplayState::VALUES);
    state_reason: optional String, "StateReason" as "StateReason" .length(0, 512);
    replay_start_time: optional Timestamp, "ReplayStartTime" as "ReplayStartTime";
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key" .length(1, 128);
    value: required String, "Value" as "Value" .length(0, 256);
} }

structure! { TagResourceInput "TagResourceRequest" {
    resource_arn: required String, "ResourceARN" as "ResourceARN" .length(1, 1600);
    tags: required Vec<Tag>, "Tags" as "Tags";
} }

structure! { TagResourceOutput "TagResourceResponse" {
} }

structure! { Target "Target" {
    id: required String, "Id" as "Id" .length(1, 64) .pattern("[\\.\\-_A-Za-z0-9]+");
    arn: required String, "Arn" as "Arn" .length(1, 1600);
    role_arn: optional String, "RoleArn" as "RoleArn" .length(1, 1600);
    input: optional String, "Input" as "Input" .length(0, 8192);
    input_path: optional String, "InputPath" as "InputPath" .length(0, 256);
    input_transformer: optional InputTransformer, "InputTransformer" as "InputTransformer";
    kinesis_parameters: optional KinesisParameters, "KinesisParameters" as "KinesisParameters";
    run_command_parameters: optional RunCommandParameters, "RunCommandParameters" as "RunCommandParameters";
    ecs_parameters: optional EcsParameters, "EcsParameters" as "EcsParameters";
    batch_parameters: optional BatchParameters, "BatchParameters" as "BatchParameters";
    sqs_parameters: optional SqsParameters, "SqsParameters" as "SqsParameters";
    http_parameters: optional HttpParameters, "HttpParameters" as "HttpParameters";
    redshift_data_parameters: optional RedshiftDataParameters, "RedshiftDataParameters" as "RedshiftDataParameters";
    sage_maker_pipeline_parameters: optional SageMakerPipelineParameters, "SageMakerPipelineParameters" as "SageMakerPipelineParameters";
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    retry_policy: optional RetryPolicy, "RetryPolicy" as "RetryPolicy";
    app_sync_parameters: optional AppSyncParameters, "AppSyncParameters" as "AppSyncParameters";
} }

structure! { TestEventPatternInput "TestEventPatternRequest" {
    event_pattern: required String, "EventPattern" as "EventPattern" .length(0, 4096);
    event: required String, "Event" as "Event";
} }

structure! { TestEventPatternOutput "TestEventPatternResponse" {
    result: optional bool, "Result" as "Result";
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    resource_arn: required String, "ResourceARN" as "ResourceARN" .length(1, 1600);
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys";
} }

structure! { UntagResourceOutput "UntagResourceResponse" {
} }

structure! { UpdateArchiveInput "UpdateArchiveRequest" {
    archive_name: required String, "ArchiveName" as "ArchiveName" .length(1, 48) .pattern("[\\.\\-_A-Za-z0-9]+");
    description: optional String, "Description" as "Description" .length(0, 512);
    event_pattern: optional String, "EventPattern" as "EventPattern" .length(0, 4096);
    retention_days: optional i32, "RetentionDays" as "RetentionDays" .range(0, i64::MAX);
    kms_key_identifier: optional String, "KmsKeyIdentifier" as "KmsKeyIdentifier" .length(0, 2048) .pattern("^[a-zA-Z0-9_\\-/:]*$");
} }

structure! { UpdateArchiveOutput "UpdateArchiveResponse" {
    archive_arn: optional String, "ArchiveArn" as "ArchiveArn" .length(1, 1600) .pattern("^arn:aws([a-z]|\\-)*:events:([a-z]|\\d|\\-)*:([0-9]{12})?:.+\\/.+$");
    state: optional ArchiveState, "State" as "State" .one_of(ArchiveState::VALUES);
    state_reason: optional String, "StateReason" as "StateReason" .length(0, 512);
    creation_time: optional Timestamp, "CreationTime" as "CreationTime";
} }

structure! { UpdateEventBusInput "UpdateEventBusRequest" {
    name: optional String, "Name" as "Name" .length(1, 256) .pattern("[/\\.\\-_A-Za-z0-9]+");
    kms_key_identifier: optional String, "KmsKeyIdentifier" as "KmsKeyIdentifier" .length(0, 2048) .pattern("^[a-zA-Z0-9_\\-/:]*$");
    description: optional String, "Description" as "Description" .length(0, 512);
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    log_config: optional LogConfig, "LogConfig" as "LogConfig";
} }

structure! { UpdateEventBusOutput "UpdateEventBusResponse" {
    arn: optional String, "Arn" as "Arn";
    name: optional String, "Name" as "Name" .length(1, 256) .pattern("[/\\.\\-_A-Za-z0-9]+");
    kms_key_identifier: optional String, "KmsKeyIdentifier" as "KmsKeyIdentifier" .length(0, 2048) .pattern("^[a-zA-Z0-9_\\-/:]*$");
    description: optional String, "Description" as "Description" .length(0, 512);
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    log_config: optional LogConfig, "LogConfig" as "LogConfig";
} }
