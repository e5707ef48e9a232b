//! `scheduler`, version 2021-06-30: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, Timestamp, service, shape::Location, string_enum, structure};

service! { scheduler signed "scheduler" speaks Protocol::RestJson, validates "ValidationException";
    errors {
        ConflictException "ConflictException" 409 "Message",
        InternalServerException "InternalServerException" 500 "Message",
        ResourceNotFoundException "ResourceNotFoundException" 404 "Message",
        ServiceQuotaExceededException "ServiceQuotaExceededException" 402 "Message",
        ThrottlingException "ThrottlingException" 429 "Message",
        ValidationException "ValidationException" 400 "Message",
    }
    operations {
        POST "/schedules/{Name}" => CreateSchedule(CreateScheduleInput) -> 200 CreateScheduleOutput;
        GET "/schedules/{Name}" => GetSchedule(GetScheduleInput) -> 200 GetScheduleOutput;
        PUT "/schedules/{Name}" => UpdateSchedule(UpdateScheduleInput) -> 200 UpdateScheduleOutput;
        DELETE "/schedules/{Name}" => DeleteSchedule(DeleteScheduleInput) -> 200 DeleteScheduleOutput;
        GET "/schedules" => ListSchedules(ListSchedulesInput) -> 200 ListSchedulesOutput;
        POST "/schedule-groups/{Name}" => CreateScheduleGroup(CreateScheduleGroupInput) -> 200 CreateScheduleGroupOutput;
        GET "/schedule-groups/{Name}" => GetScheduleGroup(GetScheduleGroupInput) -> 200 ScheduleGroupSummary;
        DELETE "/schedule-groups/{Name}" => DeleteScheduleGroup(DeleteScheduleGroupInput) -> 200 DeleteScheduleGroupOutput;
        GET "/schedule-groups" => ListScheduleGroups(ListScheduleGroupsInput) -> 200 ListScheduleGroupsOutput;
        GET "/tags/{ResourceArn}" => ListTagsForResource(ListTagsForResourceInput) -> 200 ListTagsForResourceOutput;
        POST "/tags/{ResourceArn}" => TagResource(TagResourceInput) -> 200 TagResourceOutput;
        DELETE "/tags/{ResourceArn}" => UntagResource(UntagResourceInput) -> 200 UntagResourceOutput;
    }
}

string_enum! { ActionAfterCompletion {
    None = "NONE",
    Delete = "DELETE",
} }

string_enum! { AssignPublicIp {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
} }

structure! { AwsVpcConfiguration "AwsVpcConfiguration" {
    assign_public_ip: optional AssignPublicIp, "AssignPublicIp" as "AssignPublicIp" .one_of(AssignPublicIp::VALUES);
    security_groups: optional Vec<String>, "SecurityGroups" as "SecurityGroups" .length(1, 5);
    subnets: required Vec<String>, "Subnets" as "Subnets" .length(1, 16);
} }

structure! { CapacityProviderStrategyItem "CapacityProviderStrategyItem" {
    base: optional i32, "base" as "base" .range(0, 100000);
    capacity_provider: required String, "capacityProvider" as "capacityProvider" .length(1, 255);
    weight: optional i32, "weight" as "weight" .range(0, 1000);
} }

structure! { CreateScheduleGroupInput "CreateScheduleGroupInput" {
    client_token: optional String, "ClientToken" as "ClientToken" .length(1, 64) .pattern("^[a-zA-Z0-9-_]+$");
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 200);
} }

structure! { CreateScheduleGroupOutput "CreateScheduleGroupOutput" {
    schedule_group_arn: required String, "ScheduleGroupArn" as "ScheduleGroupArn" .length(1, 1224) .pattern("^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\\-]+:\\d{12}:schedule-group\\/[0-9a-zA-Z-_.]+$");
} }

structure! { CreateScheduleInput "CreateScheduleInput" {
    action_after_completion: optional ActionAfterCompletion, "ActionAfterCompletion" as "ActionAfterCompletion" .one_of(ActionAfterCompletion::VALUES);
    client_token: optional String, "ClientToken" as "ClientToken" .length(1, 64) .pattern("^[a-zA-Z0-9-_]+$");
    description: optional String, "Description" as "Description" .length(0, 512);
    end_date: optional Timestamp, "EndDate" as "EndDate";
    flexible_time_window: required FlexibleTimeWindow, "FlexibleTimeWindow" as "FlexibleTimeWindow";
    group_name: optional String, "GroupName" as "GroupName" .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    kms_key_arn: optional String, "KmsKeyArn" as "KmsKeyArn" .length(1, 2048) .pattern("^arn:aws(-[a-z]+)?:kms:[a-z0-9\\-]+:\\d{12}:(key|alias)\\/[0-9a-zA-Z-_]*$");
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    schedule_expression: required String, "ScheduleExpression" as "ScheduleExpression" .length(1, 256);
    schedule_expression_timezone: optional String, "ScheduleExpressionTimezone" as "ScheduleExpressionTimezone" .length(1, 50);
    start_date: optional Timestamp, "StartDate" as "StartDate";
    state: optional ScheduleState, "State" as "State" .one_of(ScheduleState::VALUES);
    target: required Target, "Target" as "Target";
} }

structure! { CreateScheduleOutput "CreateScheduleOutput" {
    schedule_arn: required String, "ScheduleArn" as "ScheduleArn" .length(1, 1224) .pattern("^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\\-]+:\\d{12}:schedule\\/[0-9a-zA-Z-_.]+\\/[0-9a-zA-Z-_.]+$");
} }

structure! { DeadLetterConfig "DeadLetterConfig" {
    arn: optional String, "Arn" as "Arn" .length(1, 1600) .pattern("^arn:aws(-[a-z]+)?:sqs:[a-z0-9\\-]+:\\d{12}:[a-zA-Z0-9\\-_]+$");
} }

structure! { DeleteScheduleGroupInput "DeleteScheduleGroupInput" {
    client_token: optional String, "ClientToken" as "clientToken" .at(Location::Query) .length(1, 64) .pattern("^[a-zA-Z0-9-_]+$");
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
} }

structure! { DeleteScheduleGroupOutput "DeleteScheduleGroupOutput" {
} }

structure! { DeleteScheduleInput "DeleteScheduleInput" {
    client_token: optional String, "ClientToken" as "clientToken" .at(Location::Query) .length(1, 64) .pattern("^[a-zA-Z0-9-_]+$");
    group_name: optional String, "GroupName" as "groupName" .at(Location::Query) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
} }

structure! { DeleteScheduleOutput "DeleteScheduleOutput" {
} }

structure! { EcsParameters "EcsParameters" {
    capacity_provider_strategy: optional Vec<CapacityProviderStrategyItem>, "CapacityProviderStrategy" as "CapacityProviderStrategy" .length(0, 6);
    enable_ecs_managed_tags: optional bool, "EnableECSManagedTags" as "EnableECSManagedTags";
    enable_execute_command: optional bool, "EnableExecuteCommand" as "EnableExecuteCommand";
    group: optional String, "Group" as "Group" .length(1, 255);
    launch_type: optional LaunchType, "LaunchType" as "LaunchType" .one_of(LaunchType::VALUES);
    network_configuration: optional NetworkConfiguration, "NetworkConfiguration" as "NetworkConfiguration";
    placement_constraints: optional Vec<PlacementConstraint>, "PlacementConstraints" as "PlacementConstraints" .length(0, 10);
    placement_strategy: optional Vec<PlacementStrategy>, "PlacementStrategy" as "PlacementStrategy" .length(0, 5);
    platform_version: optional String, "PlatformVersion" as "PlatformVersion" .length(1, 64);
    propagate_tags: optional PropagateTags, "PropagateTags" as "PropagateTags" .one_of(PropagateTags::VALUES);
    reference_id: optional String, "ReferenceId" as "ReferenceId" .length(0, 1024);
    tags: optional Vec<BTreeMap<String, String>>, "Tags" as "Tags" .length(0, 50);
    task_count: optional i32, "TaskCount" as "TaskCount" .range(1, 10);
    task_definition_arn: required String, "TaskDefinitionArn" as "TaskDefinitionArn" .length(1, 1600);
} }

structure! { EventBridgeParameters "EventBridgeParameters" {
    detail_type: required String, "DetailType" as "DetailType" .length(1, 128);
    source: required String, "Source" as "Source" .length(1, 256) .pattern("^(?=[/\\.\\-_A-Za-z0-9]+)((?!aws\\.).*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)$");
} }

structure! { FlexibleTimeWindow "FlexibleTimeWindow" {
    maximum_window_in_minutes: optional i32, "MaximumWindowInMinutes" as "MaximumWindowInMinutes" .range(1, 1440);
    mode: required FlexibleTimeWindowMode, "Mode" as "Mode" .one_of(FlexibleTimeWindowMode::VALUES);
} }

string_enum! { FlexibleTimeWindowMode {
    Off = "OFF",
    Flexible = "FLEXIBLE",
} }

structure! { GetScheduleGroupInput "GetScheduleGroupInput" {
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
} }

structure! { GetScheduleInput "GetScheduleInput" {
    group_name: optional String, "GroupName" as "groupName" .at(Location::Query) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
} }

structure! { GetScheduleOutput "GetScheduleOutput" {
    action_after_completion: optional ActionAfterCompletion, "ActionAfterCompletion" as "ActionAfterCompletion" .one_of(ActionAfterCompletion::VALUES);
    arn: optional String, "Arn" as "Arn" .length(1, 1224) .pattern("^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\\-]+:\\d{12}:schedule\\/[0-9a-zA-Z-_.]+\\/[0-9a-zA-Z-_.]+$");
    creation_date: optional Timestamp, "CreationDate" as "CreationDate";
    description: optional String, "Description" as "Description" .length(0, 512);
    end_date: optional Timestamp, "EndDate" as "EndDate";
    flexible_time_window: optional FlexibleTimeWindow, "FlexibleTimeWindow" as "FlexibleTimeWindow";
    group_name: optional String, "GroupName" as "GroupName" .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    kms_key_arn: optional String, "KmsKeyArn" as "KmsKeyArn" .length(1, 2048) .pattern("^arn:aws(-[a-z]+)?:kms:[a-z0-9\\-]+:\\d{12}:(key|alias)\\/[0-9a-zA-Z-_]*$");
    last_modification_date: optional Timestamp, "LastModificationDate" as "LastModificationDate";
    name: optional String, "Name" as "Name" .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    schedule_expression: optional String, "ScheduleExpression" as "ScheduleExpression" .length(1, 256);
    schedule_expression_timezone: optional String, "ScheduleExpressionTimezone" as "ScheduleExpressionTimezone" .length(1, 50);
    start_date: optional Timestamp, "StartDate" as "StartDate";
    state: optional ScheduleState, "State" as "State" .one_of(ScheduleState::VALUES);
    target: optional Target, "Target" as "Target";
} }

structure! { KinesisParameters "KinesisParameters" {
    partition_key: required String, "PartitionKey" as "PartitionKey" .length(1, 256);
} }

string_enum! { LaunchType {
    Ec2 = "EC2",
    Fargate = "FARGATE",
    External = "EXTERNAL",
} }

structure! { ListScheduleGroupsInput "ListScheduleGroupsInput" {
    max_results: optional i32, "MaxResults" as "MaxResults" .at(Location::Query) .range(1, 100);
    name_prefix: optional String, "NamePrefix" as "NamePrefix" .at(Location::Query) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    next_token: optional String, "NextToken" as "NextToken" .at(Location::Query) .length(1, 2048);
} }

structure! { ListScheduleGroupsOutput "ListScheduleGroupsOutput" {
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
    schedule_groups: required Vec<ScheduleGroupSummary>, "ScheduleGroups" as "ScheduleGroups";
} }

structure! { ListSchedulesInput "ListSchedulesInput" {
    group_name: optional String, "GroupName" as "ScheduleGroup" .at(Location::Query) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    max_results: optional i32, "MaxResults" as "MaxResults" .at(Location::Query) .range(1, 100);
    name_prefix: optional String, "NamePrefix" as "NamePrefix" .at(Location::Query) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    next_token: optional String, "NextToken" as "NextToken" .at(Location::Query) .length(1, 2048);
    state: optional ScheduleState, "State" as "State" .at(Location::Query) .one_of(ScheduleState::VALUES);
} }

structure! { ListSchedulesOutput "ListSchedulesOutput" {
    next_token: optional String, "NextToken" as "NextToken" .length(1, 2048);
    schedules: required Vec<ScheduleSummary>, "Schedules" as "Schedules";
} }

structure! { ListTagsForResourceInput "ListTagsForResourceInput" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .at(Location::Uri) .length(1, 1011) .pattern("^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\\-]+:\\d{12}:schedule-group\\/[0-9a-zA-Z-_.]+$");
} }

structure! { ListTagsForResourceOutput "ListTagsForResourceOutput" {
    tags: optional Vec<Tag>, "Tags" as "Tags" .length(0, 200);
} }

structure! { NetworkConfiguration "NetworkConfiguration" {
    awsvpc_configuration: optional AwsVpcConfiguration, "awsvpcConfiguration" as "awsvpcConfiguration";
} }

structure! { PlacementConstraint "PlacementConstraint" {
    expression: optional String, "expression" as "expression" .length(0, 2000);
    r#type: optional PlacementConstraintType, "type" as "type" .one_of(PlacementConstraintType::VALUES);
} }

string_enum! { PlacementConstraintType {
    DistinctInstance = "distinctInstance",
    MemberOf = "memberOf",
} }

structure! { PlacementStrategy "PlacementStrategy" {
    field: optional String, "field" as "field" .length(0, 255);
    r#type: optional PlacementStrategyType, "type" as "type" .one_of(PlacementStrategyType::VALUES);
} }

string_enum! { PlacementStrategyType {
    Random = "random",
    Spread = "spread",
    Binpack = "binpack",
} }

string_enum! { PropagateTags {
    TaskDefinition = "TASK_DEFINITION",
} }

structure! { RetryPolicy "RetryPolicy" {
    maximum_event_age_in_seconds: optional i32, "MaximumEventAgeInSeconds" as "MaximumEventAgeInSeconds" .range(60, 86400);
    maximum_retry_attempts: optional i32, "MaximumRetryAttempts" as "MaximumRetryAttempts" .range(0, 185);
} }

structure! { SageMakerPipelineParameter "SageMakerPipelineParameter" {
    name: required String, "Name" as "Name" .length(1, 256) .pattern("^[A-Za-z0-9\\-_]*$");
    value: required String, "Value" as "Value" .length(1, 1024);
} }

structure! { SageMakerPipelineParameters "SageMakerPipelineParameters" {
    pipeline_parameter_list: optional Vec<SageMakerPipelineParameter>, "PipelineParameterList" as "PipelineParameterList" .length(0, 200);
} }

string_enum! { ScheduleGroupState {
    Active = "ACTIVE",
    Deleting = "DELETING",
} }

structure! { ScheduleGroupSummary "ScheduleGroupSummary" {
    arn: optional String, "Arn" as "Arn" .length(1, 1224) .pattern("^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\\-]+:\\d{12}:schedule-group\\/[0-9a-zA-Z-_.]+$");
    creation_date: optional Timestamp, "CreationDate" as "CreationDate";
    last_modification_date: optional Timestamp, "LastModificationDate" as "LastModificationDate";
    name: optional String, "Name" as "Name" .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    state: optional ScheduleGroupState, "State" as "State" .one_of(ScheduleGroupState::VALUES);
} }

string_enum! { ScheduleState {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
} }

structure! { ScheduleSummary "ScheduleSummary" {
    arn: optional String, "Arn" as "Arn" .length(1, 1224) .pattern("^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\\-]+:\\d{12}:schedule\\/[0-9a-zA-Z-_.]+\\/[0-9a-zA-Z-_.]+$");
    creation_date: optional Timestamp, "CreationDate" as "CreationDate";
    group_name: optional String, "GroupName" as "GroupName" .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    last_modification_date: optional Timestamp, "LastModificationDate" as "LastModificationDate";
    name: optional String, "Name" as "Name" .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    state: optional ScheduleState, "State" as "State" .one_of(ScheduleState::VALUES);
    target: optional TargetSummary, "Target" as "Target";
} }

structure! { SqsParameters "SqsParameters" {
    message_group_id: optional String, "MessageGroupId" as "MessageGroupId" .length(1, 128);
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key" .length(1, 128);
    value: required String, "Value" as "Value" .length(1, 256);
} }

structure! { TagResourceInput "TagResourceInput" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .at(Location::Uri) .length(1, 1011) .pattern("^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\\-]+:\\d{12}:schedule-group\\/[0-9a-zA-Z-_.]+$");
    tags: required Vec<Tag>, "Tags" as "Tags" .length(0, 200);
} }

structure! { TagResourceOutput "TagResourceOutput" {
} }

structure! { Target "Target" {
    arn: required String, "Arn" as "Arn" .length(1, 1600);
    dead_letter_config: optional DeadLetterConfig, "DeadLetterConfig" as "DeadLetterConfig";
    ecs_parameters: optional EcsParameters, "EcsParameters" as "EcsParameters";
    event_bridge_parameters: optional EventBridgeParameters, "EventBridgeParameters" as "EventBridgeParameters";
    input: optional String, "Input" as "Input" .length(1, u64::MAX);
    kinesis_parameters: optional KinesisParameters, "KinesisParameters" as "KinesisParameters";
    retry_policy: optional RetryPolicy, "RetryPolicy" as "RetryPolicy";
    role_arn: required String, "RoleArn" as "RoleArn" .length(1, 1600) .pattern("^arn:aws(-[a-z]+)?:iam::\\d{12}:role\\/[\\w+=,.@\\/-]+$");
    sage_maker_pipeline_parameters: optional SageMakerPipelineParameters, "SageMakerPipelineParameters" as "SageMakerPipelineParameters";
    sqs_parameters: optional SqsParameters, "SqsParameters" as "SqsParameters";
} }

structure! { TargetSummary "TargetSummary" {
    arn: required String, "Arn" as "Arn" .length(1, 1600);
} }

structure! { UntagResourceInput "UntagResourceInput" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .at(Location::Uri) .length(1, 1011) .pattern("^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\\-]+:\\d{12}:schedule-group\\/[0-9a-zA-Z-_.]+$");
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys" .at(Location::Query) .length(0, 200);
} }

structure! { UntagResourceOutput "UntagResourceOutput" {
} }

structure! { UpdateScheduleInput "UpdateScheduleInput" {
    action_after_completion: optional ActionAfterCompletion, "ActionAfterCompletion" as "ActionAfterCompletion" .one_of(ActionAfterCompletion::VALUES);
    client_token: optional String, "ClientToken" as "ClientToken" .length(1, 64) .pattern("^[a-zA-Z0-9-_]+$");
    description: optional String, "Description" as "Description" .length(0, 512);
    end_date: optional Timestamp, "EndDate" as "EndDate";
    flexible_time_window: required FlexibleTimeWindow, "FlexibleTimeWindow" as "FlexibleTimeWindow";
    group_name: optional String, "GroupName" as "GroupName" .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    kms_key_arn: optional String, "KmsKeyArn" as "KmsKeyArn" .length(1, 2048) .pattern("^arn:aws(-[a-z]+)?:kms:[a-z0-9\\-]+:\\d{12}:(key|alias)\\/[0-9a-zA-Z-_]*$");
    name: required String, "Name" as "Name" .at(Location::Uri) .length(1, 64) .pattern("^[0-9a-zA-Z-_.]+$");
    schedule_expression: required String, "ScheduleExpression" as "ScheduleExpression" .length(1, 256);
    schedule_expression_timezone: optional String, "ScheduleExpressionTimezone" as "ScheduleExpressionTimezone" .length(1, 50);
    start_date: optional Timestamp, "StartDate" as "StartDate";
    state: optional ScheduleState, "State" as "State" .one_of(ScheduleState::VALUES);
    target: required Target, "Target" as "Target";
} }

structure! { UpdateScheduleOutput "UpdateScheduleOutput" {
    schedule_arn: required String, "ScheduleArn" as "ScheduleArn" .length(1, 1224) .pattern("^arn:aws(-[a-z]+)?:scheduler:[a-z0-9\\-]+:\\d{12}:schedule\\/[0-9a-zA-Z-_.]+\\/[0-9a-zA-Z-_.]+$");
} }
