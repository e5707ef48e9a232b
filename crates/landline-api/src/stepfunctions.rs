//! `stepfunctions`, version 2016-11-23: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, Timestamp, service, string_enum, structure};

service! { stepfunctions signed "states" speaks Protocol::Json { content_version: "1.0", target_prefix: "AWSStepFunctions" }, validates "ValidationException";
    errors {
        ActivityAlreadyExists "ActivityAlreadyExists" 400 "message",
        ActivityDoesNotExist "ActivityDoesNotExist" 400 "message",
        ActivityLimitExceeded "ActivityLimitExceeded" 400 "message",
        ActivityWorkerLimitExceeded "ActivityWorkerLimitExceeded" 400 "message",
        ConflictException "ConflictException" 400 "message",
        ExecutionAlreadyExists "ExecutionAlreadyExists" 400 "message",
        ExecutionDoesNotExist "ExecutionDoesNotExist" 400 "message",
        ExecutionLimitExceeded "ExecutionLimitExceeded" 400 "message",
        ExecutionNotRedrivable "ExecutionNotRedrivable" 400 "message",
        InvalidArn "InvalidArn" 400 "message",
        InvalidDefinition "InvalidDefinition" 400 "message",
        InvalidEncryptionConfiguration "InvalidEncryptionConfiguration" 400 "message",
        InvalidExecutionInput "InvalidExecutionInput" 400 "message",
        InvalidLoggingConfiguration "InvalidLoggingConfiguration" 400 "message",
        InvalidName "InvalidName" 400 "message",
        InvalidOutput "InvalidOutput" 400 "message",
        InvalidToken "InvalidToken" 400 "message",
        InvalidTracingConfiguration "InvalidTracingConfiguration" 400 "message",
        KmsAccessDeniedException "KmsAccessDeniedException" 400 "message",
        KmsInvalidStateException "KmsInvalidStateException" 400 "message",
        KmsThrottlingException "KmsThrottlingException" 400 "message",
        MissingRequiredParameter "MissingRequiredParameter" 400 "message",
        ResourceNotFound "ResourceNotFound" 400 "message",
        ServiceQuotaExceededException "ServiceQuotaExceededException" 400 "message",
        StateMachineAlreadyExists "StateMachineAlreadyExists" 400 "message",
        StateMachineDeleting "StateMachineDeleting" 400 "message",
        StateMachineDoesNotExist "StateMachineDoesNotExist" 400 "message",
        StateMachineLimitExceeded "StateMachineLimitExceeded" 400 "message",
        StateMachineTypeNotSupported "StateMachineTypeNotSupported" 400 "message",
        TaskDoesNotExist "TaskDoesNotExist" 400 "message",
        TaskTimedOut "TaskTimedOut" 400 "message",
        TooManyTags "TooManyTags" 400 "message",
        ValidationException "ValidationException" 400 "message",
    }
    operations {
        POST "/" => CreateActivity(CreateActivityInput) -> 200 CreateActivityOutput;
        POST "/" => CreateStateMachine(CreateStateMachineInput) -> 200 CreateStateMachineOutput;
        POST "/" => CreateStateMachineAlias(CreateStateMachineAliasInput) -> 200 StateMachineAliasListItem;
        POST "/" => DeleteActivity(DeleteActivityInput) -> 200 DeleteActivityOutput;
        POST "/" => DeleteStateMachine(DeleteStateMachineInput) -> 200 DeleteStateMachineOutput;
        POST "/" => DeleteStateMachineAlias(DeleteStateMachineAliasInput) -> 200 DeleteStateMachineAliasOutput;
        POST "/" => DeleteStateMachineVersion(DeleteStateMachineVersionInput) -> 200 DeleteStateMachineVersionOutput;
        POST "/" => DescribeActivity(DescribeActivityInput) -> 200 DescribeActivityOutput;
        POST "/" => DescribeExecution(DescribeExecutionInput) -> 200 DescribeExecutionOutput;
        POST "/" => DescribeStateMachine(DescribeStateMachineInput) -> 200 DescribeStateMachineOutput;
        POST "/" => DescribeStateMachineAlias(DescribeStateMachineAliasInput) -> 200 DescribeStateMachineAliasOutput;
        POST "/" => DescribeStateMachineForExecution(DescribeStateMachineForExecutionInput) -> 200 DescribeStateMachineForExecutionOutput;
        POST "/" => GetActivityTask(GetActivityTaskInput) -> 200 GetActivityTaskOutput;
        POST "/" => GetExecutionHistory(GetExecutionHistoryInput) -> 200 GetExecutionHistoryOutput;
        POST "/" => ListActivities(ListActivitiesInput) -> 200 ListActivitiesOutput;
        POST "/" => ListExecutions(ListExecutionsInput) -> 200 ListExecutionsOutput;
        POST "/" => ListStateMachineAliases(ListStateMachineAliasesInput) -> 200 ListStateMachineAliasesOutput;
        POST "/" => ListStateMachineVersions(ListStateMachineVersionsInput) -> 200 ListStateMachineVersionsOutput;
        POST "/" => ListStateMachines(ListStateMachinesInput) -> 200 ListStateMachinesOutput;
        POST "/" => ListTagsForResource(ListTagsForResourceInput) -> 200 ListTagsForResourceOutput;
        POST "/" => PublishStateMachineVersion(PublishStateMachineVersionInput) -> 200 StateMachineVersionListItem;
        POST "/" => RedriveExecution(RedriveExecutionInput) -> 200 RedriveExecutionOutput;
        POST "/" => SendTaskFailure(SendTaskFailureInput) -> 200 SendTaskFailureOutput;
        POST "/" => SendTaskHeartbeat(SendTaskHeartbeatInput) -> 200 SendTaskHeartbeatOutput;
        POST "/" => SendTaskSuccess(SendTaskSuccessInput) -> 200 SendTaskSuccessOutput;
        POST "/" => StartExecution(StartExecutionInput) -> 200 StartExecutionOutput;
        POST "/" => StartSyncExecution(StartSyncExecutionInput) -> 200 StartSyncExecutionOutput;
        POST "/" => StopExecution(StopExecutionInput) -> 200 StopExecutionOutput;
        POST "/" => TagResource(TagResourceInput) -> 200 TagResourceOutput;
        POST "/" => TestState(TestStateInput) -> 200 TestStateOutput;
        POST "/" => UntagResource(UntagResourceInput) -> 200 UntagResourceOutput;
        POST "/" => UpdateStateMachine(UpdateStateMachineInput) -> 200 UpdateStateMachineOutput;
        POST "/" => UpdateStateMachineAlias(UpdateStateMachineAliasInput) -> 200 UpdateStateMachineAliasOutput;
        POST "/" => ValidateStateMachineDefinition(ValidateStateMachineDefinitionInput) -> 200 ValidateStateMachineDefinitionOutput;
    }
}

structure! { ActivityFailedEventDetails "ActivityFailedEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { ActivityListItem "ActivityListItem" {
    activity_arn: required String, "activityArn" as "activityArn" .length(1, 256);
    name: required String, "name" as "name" .length(1, 80);
    creation_date: required Timestamp, "creationDate" as "creationDate";
} }

structure! { ActivityScheduleFailedEventDetails "ActivityScheduleFailedEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { ActivityScheduledEventDetails "ActivityScheduledEventDetails" {
    resource: required String, "resource" as "resource" .length(1, 256);
    input: optional String, "input" as "input" .length(0, 262144);
    input_details: optional HistoryEventExecutionDataDetails, "inputDetails" as "inputDetails";
    timeout_in_seconds: optional i64, "timeoutInSeconds" as "timeoutInSeconds";
    heartbeat_in_seconds: optional i64, "heartbeatInSeconds" as "heartbeatInSeconds";
} }

structure! { ActivityStartedEventDetails "ActivityStartedEventDetails" {
    worker_name: optional String, "workerName" as "workerName" .length(0, 256);
} }

structure! { ActivitySucceededEventDetails "ActivitySucceededEventDetails" {
    output: optional String, "output" as "output" .length(0, 262144);
    output_details: optional HistoryEventExecutionDataDetails, "outputDetails" as "outputDetails";
} }

structure! { ActivityTimedOutEventDetails "ActivityTimedOutEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { AssignedVariablesDetails "AssignedVariablesDetails" {
    truncated: optional bool, "truncated" as "truncated";
} }

structure! { BillingDetails "BillingDetails" {
    billed_memory_used_in_mb: optional i64, "billedMemoryUsedInMB" as "billedMemoryUsedInMB" .range(0, i64::MAX);
    billed_duration_in_milliseconds: optional i64, "billedDurationInMilliseconds" as "billedDurationInMilliseconds" .range(0, i64::MAX);
} }

structure! { CloudWatchEventsExecutionDataDetails "CloudWatchEventsExecutionDataDetails" {
    included: optional bool, "included" as "included";
} }

structure! { CloudWatchLogsLogGroup "CloudWatchLogsLogGroup" {
    log_group_arn: optional String, "logGroupArn" as "logGroupArn" .length(1, 256);
} }

structure! { CreateActivityInput "CreateActivityInput" {
    name: required String, "name" as "name" .length(1, 80);
    tags: optional Vec<Tag>, "tags" as "tags";
    encryption_configuration: optional EncryptionConfiguration, "encryptionConfiguration" as "encryptionConfiguration";
} }

structure! { CreateActivityOutput "CreateActivityOutput" {
    activity_arn: required String, "activityArn" as "activityArn" .length(1, 256);
    creation_date: required Timestamp, "creationDate" as "creationDate";
} }

structure! { CreateStateMachineAliasInput "CreateStateMachineAliasInput" {
    description: optional String, "description" as "description" .length(0, 256);
    name: required String, "name" as "name" .length(1, 80) .pattern("^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$");
    routing_configuration: required Vec<RoutingConfigurationListItem>, "routingConfiguration" as "routingConfiguration" .length(1, 2);
} }

structure! { CreateStateMachineInput "CreateStateMachineInput" {
    name: required String, "name" as "name" .length(1, 80);
    definition: required String, "definition" as "definition" .length(1, 1048576);
    role_arn: required String, "roleArn" as "roleArn" .length(1, 256);
    r#type: optional StateMachineType, "type" as "type" .one_of(StateMachineType::VALUES);
    logging_configuration: optional LoggingConfiguration, "loggingConfiguration" as "loggingConfiguration";
    tags: optional Vec<Tag>, "tags" as "tags";
    tracing_configuration: optional TracingConfiguration, "tracingConfiguration" as "tracingConfiguration";
    publish: optional bool, "publish" as "publish";
    version_description: optional String, "versionDescription" as "versionDescription" .length(0, 256);
    encryption_configuration: optional EncryptionConfiguration, "encryptionConfiguration" as "encryptionConfiguration";
} }

structure! { CreateStateMachineOutput "CreateStateMachineOutput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    creation_date: required Timestamp, "creationDate" as "creationDate";
    state_machine_version_arn: optional String, "stateMachineVersionArn" as "stateMachineVersionArn" .length(1, 256);
} }

structure! { DeleteActivityInput "DeleteActivityInput" {
    activity_arn: required String, "activityArn" as "activityArn" .length(1, 256);
} }

structure! { DeleteActivityOutput "DeleteActivityOutput" {
} }

structure! { DeleteStateMachineAliasInput "DeleteStateMachineAliasInput" {
    state_machine_alias_arn: required String, "stateMachineAliasArn" as "stateMachineAliasArn" .length(1, 256);
} }

structure! { DeleteStateMachineAliasOutput "DeleteStateMachineAliasOutput" {
} }

structure! { DeleteStateMachineInput "DeleteStateMachineInput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
} }

structure! { DeleteStateMachineOutput "DeleteStateMachineOutput" {
} }

structure! { DeleteStateMachineVersionInput "DeleteStateMachineVersionInput" {
    state_machine_version_arn: required String, "stateMachineVersionArn" as "stateMachineVersionArn" .length(1, 2000);
} }

structure! { DeleteStateMachineVersionOutput "DeleteStateMachineVersionOutput" {
} }

structure! { DescribeActivityInput "DescribeActivityInput" {
    activity_arn: required String, "activityArn" as "activityArn" .length(1, 256);
} }

structure! { DescribeActivityOutput "DescribeActivityOutput" {
    activity_arn: required String, "activityArn" as "activityArn" .length(1, 256);
    name: required String, "name" as "name" .length(1, 80);
    creation_date: required Timestamp, "creationDate" as "creationDate";
    encryption_configuration: optional EncryptionConfiguration, "encryptionConfiguration" as "encryptionConfiguration";
} }

structure! { DescribeExecutionInput "DescribeExecutionInput" {
    execution_arn: required String, "executionArn" as "executionArn" .length(1, 256);
    included_data: optional IncludedData, "includedData" as "includedData" .one_of(IncludedData::VALUES);
} }

structure! { DescribeExecutionOutput "DescribeExecutionOutput" {
    execution_arn: required String, "executionArn" as "executionArn" .length(1, 256);
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    name: optional String, "name" as "name" .length(1, 80);
    status: required ExecutionStatus, "status" as "status" .one_of(ExecutionStatus::VALUES);
    start_date: required Timestamp, "startDate" as "startDate";
    stop_date: optional Timestamp, "stopDate" as "stopDate";
    input: optional String, "input" as "input" .length(0, 262144);
    input_details: optional CloudWatchEventsExecutionDataDetails, "inputDetails" as "inputDetails";
    output: optional String, "output" as "output" .length(0, 262144);
    output_details: optional CloudWatchEventsExecutionDataDetails, "outputDetails" as "outputDetails";
    trace_header: optional String, "traceHeader" as "traceHeader" .length(0, 256) .pattern("\\p{ASCII}*");
    map_run_arn: optional String, "mapRunArn" as "mapRunArn" .length(1, 2000);
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
    state_machine_version_arn: optional String, "stateMachineVersionArn" as "stateMachineVersionArn" .length(1, 256);
    state_machine_alias_arn: optional String, "stateMachineAliasArn" as "stateMachineAliasArn" .length(1, 256);
    redrive_count: optional i32, "redriveCount" as "redriveCount";
    redrive_date: optional Timestamp, "redriveDate" as "redriveDate";
    redrive_status: optional ExecutionRedriveStatus, "redriveStatus" as "redriveStatus" .one_of(ExecutionRedriveStatus::VALUES);
    redrive_status_reason: optional String, "redriveStatusReason" as "redriveStatusReason" .length(0, 262144);
} }

structure! { DescribeStateMachineAliasInput "DescribeStateMachineAliasInput" {
    state_machine_alias_arn: required String, "stateMachineAliasArn" as "stateMachineAliasArn" .length(1, 256);
} }

structure! { DescribeStateMachineAliasOutput "DescribeStateMachineAliasOutput" {
    state_machine_alias_arn: optional String, "stateMachineAliasArn" as "stateMachineAliasArn" .length(1, 256);
    name: optional String, "name" as "name" .length(1, 80);
    description: optional String, "description" as "description" .length(0, 256);
    routing_configuration: optional Vec<RoutingConfigurationListItem>, "routingConfiguration" as "routingConfiguration" .length(1, 2);
    creation_date: optional Timestamp, "creationDate" as "creationDate";
    update_date: optional Timestamp, "updateDate" as "updateDate";
} }

structure! { DescribeStateMachineForExecutionInput "DescribeStateMachineForExecutionInput" {
    execution_arn: required String, "executionArn" as "executionArn" .length(1, 256);
    included_data: optional IncludedData, "includedData" as "includedData" .one_of(IncludedData::VALUES);
} }

structure! { DescribeStateMachineForExecutionOutput "DescribeStateMachineForExecutionOutput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    name: required String, "name" as "name" .length(1, 80);
    definition: required String, "definition" as "definition" .length(1, 1048576);
    role_arn: required String, "roleArn" as "roleArn" .length(1, 256);
    update_date: required Timestamp, "updateDate" as "updateDate";
    logging_configuration: optional LoggingConfiguration, "loggingConfiguration" as "loggingConfiguration";
    tracing_configuration: optional TracingConfiguration, "tracingConfiguration" as "tracingConfiguration";
    map_run_arn: optional String, "mapRunArn" as "mapRunArn" .length(1, 2000);
    label: optional String, "label" as "label";
    revision_id: optional String, "revisionId" as "revisionId";
    encryption_configuration: optional EncryptionConfiguration, "encryptionConfiguration" as "encryptionConfiguration";
    variable_references: optional BTreeMap<String, Vec<String>>, "variableReferences" as "variableReferences";
} }

structure! { DescribeStateMachineInput "DescribeStateMachineInput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    included_data: optional IncludedData, "includedData" as "includedData" .one_of(IncludedData::VALUES);
} }

structure! { DescribeStateMachineOutput "DescribeStateMachineOutput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    name: required String, "name" as "name" .length(1, 80);
    status: optional StateMachineStatus, "status" as "status" .one_of(StateMachineStatus::VALUES);
    definition: required String, "definition" as "definition" .length(1, 1048576);
    role_arn: required String, "roleArn" as "roleArn" .length(1, 256);
    r#type: required StateMachineType, "type" as "type" .one_of(StateMachineType::VALUES);
    creation_date: required Timestamp, "creationDate" as "creationDate";
    logging_configuration: optional LoggingConfiguration, "loggingConfiguration" as "loggingConfiguration";
    tracing_configuration: optional TracingConfiguration, "tracingConfiguration" as "tracingConfiguration";
    label: optional String, "label" as "label";
    revision_id: optional String, "revisionId" as "revisionId";
    description: optional String, "description" as "description" .length(0, 256);
    encryption_configuration: optional EncryptionConfiguration, "encryptionConfiguration" as "encryptionConfiguration";
    variable_references: optional BTreeMap<String, Vec<String>>, "variableReferences" as "variableReferences";
} }

structure! { EncryptionConfiguration "EncryptionConfiguration" {
    kms_key_id: optional String, "kmsKeyId" as "kmsKeyId" .length(1, 2048);
    kms_data_key_reuse_period_seconds: optional i32, "kmsDataKeyReusePeriodSeconds" as "kmsDataKeyReusePeriodSeconds" .range(60, 900);
    r#type: required EncryptionType, "type" as "type" .one_of(EncryptionType::VALUES);
} }

string_enum! { EncryptionType {
    AwsOwnedKey = "AWS_OWNED_KEY",
    CustomerManagedKmsKey = "CUSTOMER_MANAGED_KMS_KEY",
} }

structure! { EvaluationFailedEventDetails "EvaluationFailedEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
    location: optional String, "location" as "location" .length(0, 256);
    state: required String, "state" as "state" .length(1, 80);
} }

structure! { ExecutionAbortedEventDetails "ExecutionAbortedEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { ExecutionFailedEventDetails "ExecutionFailedEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { ExecutionListItem "ExecutionListItem" {
    execution_arn: required String, "executionArn" as "executionArn" .length(1, 256);
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    name: required String, "name" as "name" .length(1, 80);
    status: required ExecutionStatus, "status" as "status" .one_of(ExecutionStatus::VALUES);
    start_date: required Timestamp, "startDate" as "startDate";
    stop_date: optional Timestamp, "stopDate" as "stopDate";
    map_run_arn: optional String, "mapRunArn" as "mapRunArn" .length(1, 2000);
    item_count: optional i32, "itemCount" as "itemCount" .range(0, i64::MAX);
    state_machine_version_arn: optional String, "stateMachineVersionArn" as "stateMachineVersionArn" .length(1, 256);
    state_machine_alias_arn: optional String, "stateMachineAliasArn" as "stateMachineAliasArn" .length(1, 256);
    redrive_count: optional i32, "redriveCount" as "redriveCount";
    redrive_date: optional Timestamp, "redriveDate" as "redriveDate";
} }

string_enum! { ExecutionRedriveFilter {
    Redriven = "REDRIVEN",
    NotRedriven = "NOT_REDRIVEN",
} }

string_enum! { ExecutionRedriveStatus {
    Redrivable = "REDRIVABLE",
    NotRedrivable = "NOT_REDRIVABLE",
    RedrivableByMapRun = "REDRIVABLE_BY_MAP_RUN",
} }

structure! { ExecutionRedrivenEventDetails "ExecutionRedrivenEventDetails" {
    redrive_count: optional i32, "redriveCount" as "redriveCount";
} }

structure! { ExecutionStartedEventDetails "ExecutionStartedEventDetails" {
    input: optional String, "input" as "input" .length(0, 262144);
    input_details: optional HistoryEventExecutionDataDetails, "inputDetails" as "inputDetails";
    role_arn: optional String, "roleArn" as "roleArn" .length(1, 256);
    state_machine_alias_arn: optional String, "stateMachineAliasArn" as "stateMachineAliasArn" .length(1, 256);
    state_machine_version_arn: optional String, "stateMachineVersionArn" as "stateMachineVersionArn" .length(1, 256);
} }

string_enum! { ExecutionStatus {
    Running = "RUNNING",
    Succeeded = "SUCCEEDED",
    Failed = "FAILED",
    TimedOut = "TIMED_OUT",
    Aborted = "ABORTED",
    PendingRedrive = "PENDING_REDRIVE",
} }

structure! { ExecutionSucceededEventDetails "ExecutionSucceededEventDetails" {
    output: optional String, "output" as "output" .length(0, 262144);
    output_details: optional HistoryEventExecutionDataDetails, "outputDetails" as "outputDetails";
} }

structure! { ExecutionTimedOutEventDetails "ExecutionTimedOutEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { GetActivityTaskInput "GetActivityTaskInput" {
    activity_arn: required String, "activityArn" as "activityArn" .length(1, 256);
    worker_name: optional String, "workerName" as "workerName" .length(1, 80);
} }

structure! { GetActivityTaskOutput "GetActivityTaskOutput" {
    task_token: optional String, "taskToken" as "taskToken" .length(1, 2048);
    input: optional String, "input" as "input" .length(0, 1048576);
} }

structure! { GetExecutionHistoryInput "GetExecutionHistoryInput" {
    execution_arn: required String, "executionArn" as "executionArn" .length(1, 256);
    max_results: optional i32, "maxResults" as "maxResults" .range(0, 1000);
    reverse_order: optional bool, "reverseOrder" as "reverseOrder";
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
    include_execution_data: optional bool, "includeExecutionData" as "includeExecutionData";
} }

structure! { GetExecutionHistoryOutput "GetExecutionHistoryOutput" {
    events: required Vec<HistoryEvent>, "events" as "events";
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
} }

structure! { HistoryEvent "HistoryEvent" {
    timestamp: required Timestamp, "timestamp" as "timestamp";
    r#type: required HistoryEventType, "type" as "type" .one_of(HistoryEventType::VALUES);
    id: required i64, "id" as "id";
    previous_event_id: optional i64, "previousEventId" as "previousEventId";
    activity_failed_event_details: optional ActivityFailedEventDetails, "activityFailedEventDetails" as "activityFailedEventDetails";
    activity_schedule_failed_event_details: optional ActivityScheduleFailedEventDetails, "activityScheduleFailedEventDetails" as "activityScheduleFailedEventDetails";
    activity_scheduled_event_details: optional ActivityScheduledEventDetails, "activityScheduledEventDetails" as "activityScheduledEventDetails";
    activity_started_event_details: optional ActivityStartedEventDetails, "activityStartedEventDetails" as "activityStartedEventDetails";
    activity_succeeded_event_details: optional ActivitySucceededEventDetails, "activitySucceededEventDetails" as "activitySucceededEventDetails";
    activity_timed_out_event_details: optional ActivityTimedOutEventDetails, "activityTimedOutEventDetails" as "activityTimedOutEventDetails";
    task_failed_event_details: optional TaskFailedEventDetails, "taskFailedEventDetails" as "taskFailedEventDetails";
    task_scheduled_event_details: optional TaskScheduledEventDetails, "taskScheduledEventDetails" as "taskScheduledEventDetails";
    task_start_failed_event_details: optional TaskStartFailedEventDetails, "taskStartFailedEventDetails" as "taskStartFailedEventDetails";
    task_started_event_details: optional TaskStartedEventDetails, "taskStartedEventDetails" as "taskStartedEventDetails";
    task_submit_failed_event_details: optional TaskSubmitFailedEventDetails, "taskSubmitFailedEventDetails" as "taskSubmitFailedEventDetails";
    task_submitted_event_details: optional TaskSubmittedEventDetails, "taskSubmittedEventDetails" as "taskSubmittedEventDetails";
    task_succeeded_event_details: optional TaskSucceededEventDetails, "taskSucceededEventDetails" as "taskSucceededEventDetails";
    task_timed_out_event_details: optional TaskTimedOutEventDetails, "taskTimedOutEventDetails" as "taskTimedOutEventDetails";
    execution_failed_event_details: optional ExecutionFailedEventDetails, "executionFailedEventDetails" as "executionFailedEventDetails";
    execution_started_event_details: optional ExecutionStartedEventDetails, "executionStartedEventDetails" as "executionStartedEventDetails";
    execution_succeeded_event_details: optional ExecutionSucceededEventDetails, "executionSucceededEventDetails" as "executionSucceededEventDetails";
    execution_aborted_event_details: optional ExecutionAbortedEventDetails, "executionAbortedEventDetails" as "executionAbortedEventDetails";
    execution_timed_out_event_details: optional ExecutionTimedOutEventDetails, "executionTimedOutEventDetails" as "executionTimedOutEventDetails";
    execution_redriven_event_details: optional ExecutionRedrivenEventDetails, "executionRedrivenEventDetails" as "executionRedrivenEventDetails";
    map_state_started_event_details: optional MapStateStartedEventDetails, "mapStateStartedEventDetails" as "mapStateStartedEventDetails";
    map_iteration_started_event_details: optional MapIterationEventDetails, "mapIterationStartedEventDetails" as "mapIterationStartedEventDetails";
    map_iteration_succeeded_event_details: optional MapIterationEventDetails, "mapIterationSucceededEventDetails" as "mapIterationSucceededEventDetails";
    map_iteration_failed_event_details: optional MapIterationEventDetails, "mapIterationFailedEventDetails" as "mapIterationFailedEventDetails";
    map_iteration_aborted_event_details: optional MapIterationEventDetails, "mapIterationAbortedEventDetails" as "mapIterationAbortedEventDetails";
    lambda_function_failed_event_details: optional LambdaFunctionFailedEventDetails, "lambdaFunctionFailedEventDetails" as "lambdaFunctionFailedEventDetails";
    lambda_function_schedule_failed_event_details: optional LambdaFunctionScheduleFailedEventDetails, "lambdaFunctionScheduleFailedEventDetails" as "lambdaFunctionScheduleFailedEventDetails";
    lambda_function_scheduled_event_details: optional LambdaFunctionScheduledEventDetails, "lambdaFunctionScheduledEventDetails" as "lambdaFunctionScheduledEventDetails";
    lambda_function_start_failed_event_details: optional LambdaFunctionStartFailedEventDetails, "lambdaFunctionStartFailedEventDetails" as "lambdaFunctionStartFailedEventDetails";
    lambda_function_succeeded_event_details: optional LambdaFunctionSucceededEventDetails, "lambdaFunctionSucceededEventDetails" as "lambdaFunctionSucceededEventDetails";
    lambda_function_timed_out_event_details: optional LambdaFunctionTimedOutEventDetails, "lambdaFunctionTimedOutEventDetails" as "lambdaFunctionTimedOutEventDetails";
    state_entered_event_details: optional StateEnteredEventDetails, "stateEnteredEventDetails" as "stateEnteredEventDetails";
    state_exited_event_details: optional StateExitedEventDetails, "stateExitedEventDetails" as "stateExitedEventDetails";
    map_run_started_event_details: optional MapRunStartedEventDetails, "mapRunStartedEventDetails" as "mapRunStartedEventDetails";
    map_run_failed_event_details: optional MapRunFailedEventDetails, "mapRunFailedEventDetails" as "mapRunFailedEventDetails";
    map_run_redriven_event_details: optional MapRunRedrivenEventDetails, "mapRunRedrivenEventDetails" as "mapRunRedrivenEventDetails";
    evaluation_failed_event_details: optional EvaluationFailedEventDetails, "evaluationFailedEventDetails" as "evaluationFailedEventDetails";
} }

structure! { HistoryEventExecutionDataDetails "HistoryEventExecutionDataDetails" {
    truncated: optional bool, "truncated" as "truncated";
} }

string_enum! { HistoryEventType {
    ActivityFailed = "ActivityFailed",
    ActivityScheduled = "ActivityScheduled",
    ActivityScheduleFailed = "ActivityScheduleFailed",
    ActivityStarted = "ActivityStarted",
    ActivitySucceeded = "ActivitySucceeded",
    ActivityTimedOut = "ActivityTimedOut",
    ChoiceStateEntered = "ChoiceStateEntered",
    ChoiceStateExited = "ChoiceStateExited",
    ExecutionAborted = "ExecutionAborted",
    ExecutionFailed = "ExecutionFailed",
    ExecutionStarted = "ExecutionStarted",
    ExecutionSucceeded = "ExecutionSucceeded",
    ExecutionTimedOut = "ExecutionTimedOut",
    FailStateEntered = "FailStateEntered",
    LambdaFunctionFailed = "LambdaFunctionFailed",
    LambdaFunctionScheduled = "LambdaFunctionScheduled",
    LambdaFunctionScheduleFailed = "LambdaFunctionScheduleFailed",
    LambdaFunctionStarted = "LambdaFunctionStarted",
    LambdaFunctionStartFailed = "LambdaFunctionStartFailed",
    LambdaFunctionSucceeded = "LambdaFunctionSucceeded",
    LambdaFunctionTimedOut = "LambdaFunctionTimedOut",
    MapIterationAborted = "MapIterationAborted",
    MapIterationFailed = "MapIterationFailed",
    MapIterationStarted = "MapIterationStarted",
    MapIterationSucceeded = "MapIterationSucceeded",
    MapStateAborted = "MapStateAborted",
    MapStateEntered = "MapStateEntered",
    MapStateExited = "MapStateExited",
    MapStateFailed = "MapStateFailed",
    MapStateStarted = "MapStateStarted",
    MapStateSucceeded = "MapStateSucceeded",
    ParallelStateAborted = "ParallelStateAborted",
    ParallelStateEntered = "ParallelStateEntered",
    ParallelStateExited = "ParallelStateExited",
    ParallelStateFailed = "ParallelStateFailed",
    ParallelStateStarted = "ParallelStateStarted",
    ParallelStateSucceeded = "ParallelStateSucceeded",
    PassStateEntered = "PassStateEntered",
    PassStateExited = "PassStateExited",
    SucceedStateEntered = "SucceedStateEntered",
    SucceedStateExited = "SucceedStateExited",
    TaskFailed = "TaskFailed",
    TaskScheduled = "TaskScheduled",
    TaskStarted = "TaskStarted",
    TaskStartFailed = "TaskStartFailed",
    TaskStateAborted = "TaskStateAborted",
    TaskStateEntered = "TaskStateEntered",
    TaskStateExited = "TaskStateExited",
    TaskSubmitFailed = "TaskSubmitFailed",
    TaskSubmitted = "TaskSubmitted",
    TaskSucceeded = "TaskSucceeded",
    TaskTimedOut = "TaskTimedOut",
    WaitStateAborted = "WaitStateAborted",
    WaitStateEntered = "WaitStateEntered",
    WaitStateExited = "WaitStateExited",
    MapRunAborted = "MapRunAborted",
    MapRunFailed = "MapRunFailed",
    MapRunStarted = "MapRunStarted",
    MapRunSucceeded = "MapRunSucceeded",
    ExecutionRedriven = "ExecutionRedriven",
    MapRunRedriven = "MapRunRedriven",
    EvaluationFailed = "EvaluationFailed",
} }

string_enum! { IncludedData {
    AllData = "ALL_DATA",
    MetadataOnly = "METADATA_ONLY",
} }

structure! { InspectionData "InspectionData" {
    input: optional String, "input" as "input" .length(0, 262144);
    after_arguments: optional String, "afterArguments" as "afterArguments" .length(0, 262144);
    after_input_path: optional String, "afterInputPath" as "afterInputPath" .length(0, 262144);
    after_parameters: optional String, "afterParameters" as "afterParameters" .length(0, 262144);
    result: optional String, "result" as "result" .length(0, 262144);
    after_result_selector: optional String, "afterResultSelector" as "afterResultSelector" .length(0, 262144);
    after_result_path: optional String, "afterResultPath" as "afterResultPath" .length(0, 262144);
    request: optional InspectionDataRequest, "request" as "request";
    response: optional InspectionDataResponse, "response" as "response";
    variables: optional String, "variables" as "variables" .length(0, 262144);
    error_details: optional InspectionErrorDetails, "errorDetails" as "errorDetails";
    after_items_path: optional String, "afterItemsPath" as "afterItemsPath" .length(0, 262144);
    after_item_selector: optional String, "afterItemSelector" as "afterItemSelector" .length(0, 262144);
    after_item_batcher: optional String, "afterItemBatcher" as "afterItemBatcher" .length(0, 262144);
    after_items_pointer: optional String, "afterItemsPointer" as "afterItemsPointer" .length(0, 262144);
    tolerated_failure_count: optional i32, "toleratedFailureCount" as "toleratedFailureCount" .range(0, i64::MAX);
    tolerated_failure_percentage: optional f64, "toleratedFailurePercentage" as "toleratedFailurePercentage";
    max_concurrency: optional i32, "maxConcurrency" as "maxConcurrency" .range(0, i64::MAX);
} }

structure! { InspectionDataRequest "InspectionDataRequest" {
    protocol: optional String, "protocol" as "protocol";
    method: optional String, "method" as "method";
    url: optional String, "url" as "url";
    headers: optional String, "headers" as "headers";
    body: optional String, "body" as "body";
} }

structure! { InspectionDataResponse "InspectionDataResponse" {
    protocol: optional String, "protocol" as "protocol";
    status_code: optional String, "statusCode" as "statusCode";
    status_message: optional String, "statusMessage" as "statusMessage";
    headers: optional String, "headers" as "headers";
    body: optional String, "body" as "body";
} }

structure! { InspectionErrorDetails "InspectionErrorDetails" {
    catch_index: optional i32, "catchIndex" as "catchIndex" .range(0, i64::MAX);
    retry_index: optional i32, "retryIndex" as "retryIndex" .range(0, i64::MAX);
    retry_backoff_interval_seconds: optional i32, "retryBackoffIntervalSeconds" as "retryBackoffIntervalSeconds" .range(0, i64::MAX);
} }

string_enum! { InspectionLevel {
    Info = "INFO",
    Debug = "DEBUG",
    Trace = "TRACE",
} }

structure! { LambdaFunctionFailedEventDetails "LambdaFunctionFailedEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { LambdaFunctionScheduleFailedEventDetails "LambdaFunctionScheduleFailedEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { LambdaFunctionScheduledEventDetails "LambdaFunctionScheduledEventDetails" {
    resource: required String, "resource" as "resource" .length(1, 256);
    input: optional String, "input" as "input" .length(0, 262144);
    input_details: optional HistoryEventExecutionDataDetails, "inputDetails" as "inputDetails";
    timeout_in_seconds: optional i64, "timeoutInSeconds" as "timeoutInSeconds";
    task_credentials: optional TaskCredentials, "taskCredentials" as "taskCredentials";
} }

structure! { LambdaFunctionStartFailedEventDetails "LambdaFunctionStartFailedEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { LambdaFunctionSucceededEventDetails "LambdaFunctionSucceededEventDetails" {
    output: optional String, "output" as "output" .length(0, 262144);
    output_details: optional HistoryEventExecutionDataDetails, "outputDetails" as "outputDetails";
} }

structure! { LambdaFunctionTimedOutEventDetails "LambdaFunctionTimedOutEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { ListActivitiesInput "ListActivitiesInput" {
    max_results: optional i32, "maxResults" as "maxResults" .range(0, 1000);
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
} }

structure! { ListActivitiesOutput "ListActivitiesOutput" {
    activities: required Vec<ActivityListItem>, "activities" as "activities";
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
} }

structure! { ListExecutionsInput "ListExecutionsInput" {
    state_machine_arn: optional String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    status_filter: optional ExecutionStatus, "statusFilter" as "statusFilter" .one_of(ExecutionStatus::VALUES);
    max_results: optional i32, "maxResults" as "maxResults" .range(0, 1000);
    next_token: optional String, "nextToken" as "nextToken" .length(1, 3096);
    map_run_arn: optional String, "mapRunArn" as "mapRunArn" .length(1, 2000);
    redrive_filter: optional ExecutionRedriveFilter, "redriveFilter" as "redriveFilter" .one_of(ExecutionRedriveFilter::VALUES);
} }

structure! { ListExecutionsOutput "ListExecutionsOutput" {
    executions: required Vec<ExecutionListItem>, "executions" as "executions";
    next_token: optional String, "nextToken" as "nextToken" .length(1, 3096);
} }

structure! { ListStateMachineAliasesInput "ListStateMachineAliasesInput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
    max_results: optional i32, "maxResults" as "maxResults" .range(0, 1000);
} }

structure! { ListStateMachineAliasesOutput "ListStateMachineAliasesOutput" {
    state_machine_aliases: required Vec<StateMachineAliasListItem>, "stateMachineAliases" as "stateMachineAliases";
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
} }

structure! { ListStateMachineVersionsInput "ListStateMachineVersionsInput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
    max_results: optional i32, "maxResults" as "maxResults" .range(0, 1000);
} }

structure! { ListStateMachineVersionsOutput "ListStateMachineVersionsOutput" {
    state_machine_versions: required Vec<StateMachineVersionListItem>, "stateMachineVersions" as "stateMachineVersions";
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
} }

structure! { ListStateMachinesInput "ListStateMachinesInput" {
    max_results: optional i32, "maxResults" as "maxResults" .range(0, 1000);
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
} }

structure! { ListStateMachinesOutput "ListStateMachinesOutput" {
    state_machines: required Vec<StateMachineListItem>, "stateMachines" as "stateMachines";
    next_token: optional String, "nextToken" as "nextToken" .length(1, 1024);
} }

structure! { ListTagsForResourceInput "ListTagsForResourceInput" {
    resource_arn: required String, "resourceArn" as "resourceArn" .length(1, 256);
} }

structure! { ListTagsForResourceOutput "ListTagsForResourceOutput" {
    tags: optional Vec<Tag>, "tags" as "tags";
} }

structure! { LogDestination "LogDestination" {
    cloud_watch_logs_log_group: optional CloudWatchLogsLogGroup, "cloudWatchLogsLogGroup" as "cloudWatchLogsLogGroup";
} }

string_enum! { LogLevel {
    All = "ALL",
    Error = "ERROR",
    Fatal = "FATAL",
    Off = "OFF",
} }

structure! { LoggingConfiguration "LoggingConfiguration" {
    level: optional LogLevel, "level" as "level" .one_of(LogLevel::VALUES);
    include_execution_data: optional bool, "includeExecutionData" as "includeExecutionData";
    destinations: optional Vec<LogDestination>, "destinations" as "destinations";
} }

structure! { MapIterationEventDetails "MapIterationEventDetails" {
    name: optional String, "name" as "name" .length(1, 80);
    index: optional i32, "index" as "index" .range(0, i64::MAX);
} }

structure! { MapRunFailedEventDetails "MapRunFailedEventDetails" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { MapRunRedrivenEventDetails "MapRunRedrivenEventDetails" {
    map_run_arn: optional String, "mapRunArn" as "mapRunArn" .length(1, 2000);
    redrive_count: optional i32, "redriveCount" as "redriveCount";
} }

structure! { MapRunStartedEventDetails "MapRunStartedEventDetails" {
    map_run_arn: optional String, "mapRunArn" as "mapRunArn" .length(1, 2000);
} }

structure! { MapStateStartedEventDetails "MapStateStartedEventDetails" {
    length: optional i32, "length" as "length" .range(0, i64::MAX);
} }

structure! { MockErrorOutput "MockErrorOutput" {
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { MockInput "MockInput" {
    result: optional String, "result" as "result" .length(0, 262144);
    error_output: optional MockErrorOutput, "errorOutput" as "errorOutput";
    field_validation_mode: optional MockResponseValidationMode, "fieldValidationMode" as "fieldValidationMode" .one_of(MockResponseValidationMode::VALUES);
} }

string_enum! { MockResponseValidationMode {
    Strict = "STRICT",
    Present = "PRESENT",
    None = "NONE",
} }

structure! { PublishStateMachineVersionInput "PublishStateMachineVersionInput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    revision_id: optional String, "revisionId" as "revisionId";
    description: optional String, "description" as "description" .length(0, 256);
} }

structure! { RedriveExecutionInput "RedriveExecutionInput" {
    execution_arn: required String, "executionArn" as "executionArn" .length(1, 256);
    client_token: optional String, "clientToken" as "clientToken" .length(1, 64) .pattern("[!-~]+");
} }

structure! { RedriveExecutionOutput "RedriveExecutionOutput" {
    redrive_date: required Timestamp, "redriveDate" as "redriveDate";
} }

structure! { RoutingConfigurationListItem "RoutingConfigurationListItem" {
    state_machine_version_arn: required String, "stateMachineVersionArn" as "stateMachineVersionArn" .length(1, 256);
    weight: required i32, "weight" as "weight" .range(0, 100);
} }

structure! { SendTaskFailureInput "SendTaskFailureInput" {
    task_token: required String, "taskToken" as "taskToken" .length(1, 2048);
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { SendTaskFailureOutput "SendTaskFailureOutput" {
} }

structure! { SendTaskHeartbeatInput "SendTaskHeartbeatInput" {
    task_token: required String, "taskToken" as "taskToken" .length(1, 2048);
} }

structure! { SendTaskHeartbeatOutput "SendTaskHeartbeatOutput" {
} }

structure! { SendTaskSuccessInput "SendTaskSuccessInput" {
    task_token: required String, "taskToken" as "taskToken" .length(1, 2048);
    output: required String, "output" as "output" .length(0, 262144);
} }

structure! { SendTaskSuccessOutput "SendTaskSuccessOutput" {
} }

structure! { StartExecutionInput "StartExecutionInput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    name: optional String, "name" as "name" .length(1, 80);
    input: optional String, "input" as "input" .length(0, 262144);
    trace_header: optional String, "traceHeader" as "traceHeader" .length(0, 256) .pattern("\\p{ASCII}*");
} }

structure! { StartExecutionOutput "StartExecutionOutput" {
    execution_arn: required String, "executionArn" as "executionArn" .length(1, 256);
    start_date: required Timestamp, "startDate" as "startDate";
} }

structure! { StartSyncExecutionInput "StartSyncExecutionInput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    name: optional String, "name" as "name" .length(1, 80);
    input: optional String, "input" as "input" .length(0, 262144);
    trace_header: optional String, "traceHeader" as "traceHeader" .length(0, 256) .pattern("\\p{ASCII}*");
    included_data: optional IncludedData, "includedData" as "includedData" .one_of(IncludedData::VALUES);
} }

structure! { StartSyncExecutionOutput "StartSyncExecutionOutput" {
    execution_arn: required String, "executionArn" as "executionArn" .length(1, 256);
    state_machine_arn: optional String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    name: optional String, "name" as "name" .length(1, 80);
    start_date: required Timestamp, "startDate" as "startDate";
    stop_date: required Timestamp, "stopDate" as "stopDate";
    status: required SyncExecutionStatus, "status" as "status" .one_of(SyncExecutionStatus::VALUES);
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
    input: optional String, "input" as "input" .length(0, 262144);
    input_details: optional CloudWatchEventsExecutionDataDetails, "inputDetails" as "inputDetails";
    output: optional String, "output" as "output" .length(0, 262144);
    output_details: optional CloudWatchEventsExecutionDataDetails, "outputDetails" as "outputDetails";
    trace_header: optional String, "traceHeader" as "traceHeader" .length(0, 256) .pattern("\\p{ASCII}*");
    billing_details: optional BillingDetails, "billingDetails" as "billingDetails";
} }

structure! { StateEnteredEventDetails "StateEnteredEventDetails" {
    name: required String, "name" as "name" .length(1, 80);
    input: optional String, "input" as "input" .length(0, 262144);
    input_details: optional HistoryEventExecutionDataDetails, "inputDetails" as "inputDetails";
} }

structure! { StateExitedEventDetails "StateExitedEventDetails" {
    name: required String, "name" as "name" .length(1, 80);
    output: optional String, "output" as "output" .length(0, 262144);
    output_details: optional HistoryEventExecutionDataDetails, "outputDetails" as "outputDetails";
    assigned_variables: optional BTreeMap<String, String>, "assignedVariables" as "assignedVariables";
    assigned_variables_details: optional AssignedVariablesDetails, "assignedVariablesDetails" as "assignedVariablesDetails";
} }

structure! { StateMachineAliasListItem "StateMachineAliasListItem" {
    state_machine_alias_arn: required String, "stateMachineAliasArn" as "stateMachineAliasArn" .length(1, 2000);
    creation_date: required Timestamp, "creationDate" as "creationDate";
} }

structure! { StateMachineListItem "StateMachineListItem" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    name: required String, "name" as "name" .length(1, 80);
    r#type: required StateMachineType, "type" as "type" .one_of(StateMachineType::VALUES);
    creation_date: required Timestamp, "creationDate" as "creationDate";
} }

string_enum! { StateMachineStatus {
    Active = "ACTIVE",
    Deleting = "DELETING",
} }

string_enum! { StateMachineType {
    Standard = "STANDARD",
    Express = "EXPRESS",
} }

structure! { StateMachineVersionListItem "StateMachineVersionListItem" {
    state_machine_version_arn: required String, "stateMachineVersionArn" as "stateMachineVersionArn" .length(1, 2000);
    creation_date: required Timestamp, "creationDate" as "creationDate";
} }

structure! { StopExecutionInput "StopExecutionInput" {
    execution_arn: required String, "executionArn" as "executionArn" .length(1, 256);
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { StopExecutionOutput "StopExecutionOutput" {
    stop_date: required Timestamp, "stopDate" as "stopDate";
} }

string_enum! { SyncExecutionStatus {
    Succeeded = "SUCCEEDED",
    Failed = "FAILED",
    TimedOut = "TIMED_OUT",
} }

structure! { Tag "Tag" {
    key: optional String, "key" as "key" .length(1, 128);
    value: optional String, "value" as "value" .length(0, 256);
} }

structure! { TagResourceInput "TagResourceInput" {
    resource_arn: required String, "resourceArn" as "resourceArn" .length(1, 256);
    tags: required Vec<Tag>, "tags" as "tags";
} }

structure! { TagResourceOutput "TagResourceOutput" {
} }

structure! { TaskCredentials "TaskCredentials" {
    role_arn: optional String, "roleArn" as "roleArn" .length(1, 2000);
} }

structure! { TaskFailedEventDetails "TaskFailedEventDetails" {
    resource_type: required String, "resourceType" as "resourceType" .length(1, 80);
    resource: required String, "resource" as "resource" .length(1, 80);
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { TaskScheduledEventDetails "TaskScheduledEventDetails" {
    resource_type: required String, "resourceType" as "resourceType" .length(1, 80);
    resource: required String, "resource" as "resource" .length(1, 80);
    region: required String, "region" as "region" .length(1, 80);
    parameters: required String, "parameters" as "parameters" .length(0, 262144);
    timeout_in_seconds: optional i64, "timeoutInSeconds" as "timeoutInSeconds";
    heartbeat_in_seconds: optional i64, "heartbeatInSeconds" as "heartbeatInSeconds";
    task_credentials: optional TaskCredentials, "taskCredentials" as "taskCredentials";
} }

structure! { TaskStartFailedEventDetails "TaskStartFailedEventDetails" {
    resource_type: required String, "resourceType" as "resourceType" .length(1, 80);
    resource: required String, "resource" as "resource" .length(1, 80);
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { TaskStartedEventDetails "TaskStartedEventDetails" {
    resource_type: required String, "resourceType" as "resourceType" .length(1, 80);
    resource: required String, "resource" as "resource" .length(1, 80);
} }

structure! { TaskSubmitFailedEventDetails "TaskSubmitFailedEventDetails" {
    resource_type: required String, "resourceType" as "resourceType" .length(1, 80);
    resource: required String, "resource" as "resource" .length(1, 80);
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

structure! { TaskSubmittedEventDetails "TaskSubmittedEventDetails" {
    resource_type: required String, "resourceType" as "resourceType" .length(1, 80);
    resource: required String, "resource" as "resource" .length(1, 80);
    output: optional String, "output" as "output" .length(0, 262144);
    output_details: optional HistoryEventExecutionDataDetails, "outputDetails" as "outputDetails";
} }

structure! { TaskSucceededEventDetails "TaskSucceededEventDetails" {
    resource_type: required String, "resourceType" as "resourceType" .length(1, 80);
    resource: required String, "resource" as "resource" .length(1, 80);
    output: optional String, "output" as "output" .length(0, 262144);
    output_details: optional HistoryEventExecutionDataDetails, "outputDetails" as "outputDetails";
} }

structure! { TaskTimedOutEventDetails "TaskTimedOutEventDetails" {
    resource_type: required String, "resourceType" as "resourceType" .length(1, 80);
    resource: required String, "resource" as "resource" .length(1, 80);
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
} }

string_enum! { TestExecutionStatus {
    Succeeded = "SUCCEEDED",
    Failed = "FAILED",
    Retriable = "RETRIABLE",
    CaughtError = "CAUGHT_ERROR",
} }

structure! { TestStateConfiguration "TestStateConfiguration" {
    retrier_retry_count: optional i32, "retrierRetryCount" as "retrierRetryCount" .range(0, i64::MAX);
    error_caused_by_state: optional String, "errorCausedByState" as "errorCausedByState" .length(1, 80);
    map_iteration_failure_count: optional i32, "mapIterationFailureCount" as "mapIterationFailureCount" .range(0, i64::MAX);
    map_item_reader_data: optional String, "mapItemReaderData" as "mapItemReaderData" .length(0, 262144);
} }

structure! { TestStateInput "TestStateInput" {
    definition: required String, "definition" as "definition" .length(1, 1048576);
    role_arn: optional String, "roleArn" as "roleArn" .length(1, 256);
    input: optional String, "input" as "input" .length(0, 262144);
    inspection_level: optional InspectionLevel, "inspectionLevel" as "inspectionLevel" .one_of(InspectionLevel::VALUES);
    reveal_secrets: optional bool, "revealSecrets" as "revealSecrets";
    variables: optional String, "variables" as "variables" .length(0, 262144);
    state_name: optional String, "stateName" as "stateName" .length(1, 80);
    mock: optional MockInput, "mock" as "mock";
    context: optional String, "context" as "context" .length(0, 262144);
    state_configuration: optional TestStateConfiguration, "stateConfiguration" as "stateConfiguration";
} }

structure! { TestStateOutput "TestStateOutput" {
    output: optional String, "output" as "output" .length(0, 262144);
    error: optional String, "error" as "error" .length(0, 256);
    cause: optional String, "cause" as "cause" .length(0, 32768);
    inspection_data: optional InspectionData, "inspectionData" as "inspectionData";
    next_state: optional String, "nextState" as "nextState" .length(1, 80);
    status: optional TestExecutionStatus, "status" as "status" .one_of(TestExecutionStatus::VALUES);
} }

structure! { TracingConfiguration "TracingConfiguration" {
    enabled: optional bool, "enabled" as "enabled";
} }

structure! { UntagResourceInput "UntagResourceInput" {
    resource_arn: required String, "resourceArn" as "resourceArn" .length(1, 256);
    tag_keys: required Vec<String>, "tagKeys" as "tagKeys";
} }

structure! { UntagResourceOutput "UntagResourceOutput" {
} }

structure! { UpdateStateMachineAliasInput "UpdateStateMachineAliasInput" {
    state_machine_alias_arn: required String, "stateMachineAliasArn" as "stateMachineAliasArn" .length(1, 256);
    description: optional String, "description" as "description" .length(0, 256);
    routing_configuration: optional Vec<RoutingConfigurationListItem>, "routingConfiguration" as "routingConfiguration" .length(1, 2);
} }

structure! { UpdateStateMachineAliasOutput "UpdateStateMachineAliasOutput" {
    update_date: required Timestamp, "updateDate" as "updateDate";
} }

structure! { UpdateStateMachineInput "UpdateStateMachineInput" {
    state_machine_arn: required String, "stateMachineArn" as "stateMachineArn" .length(1, 256);
    definition: optional String, "definition" as "definition" .length(1, 1048576);
    role_arn: optional String, "roleArn" as "roleArn" .length(1, 256);
    logging_configuration: optional LoggingConfiguration, "loggingConfiguration" as "loggingConfiguration";
    tracing_configuration: optional TracingConfiguration, "tracingConfiguration" as "tracingConfiguration";
    publish: optional bool, "publish" as "publish";
    version_description: optional String, "versionDescription" as "versionDescription" .length(0, 256);
    encryption_configuration: optional EncryptionConfiguration, "encryptionConfiguration" as "encryptionConfiguration";
} }

structure! { UpdateStateMachineOutput "UpdateStateMachineOutput" {
    update_date: required Timestamp, "updateDate" as "updateDate";
    revision_id: optional String, "revisionId" as "revisionId";
    state_machine_version_arn: optional String, "stateMachineVersionArn" as "stateMachineVersionArn" .length(1, 256);
} }

structure! { ValidateStateMachineDefinitionDiagnostic "ValidateStateMachineDefinitionDiagnostic" {
    severity: required ValidateStateMachineDefinitionSeverity, "severity" as "severity" .one_of(ValidateStateMachineDefinitionSeverity::VALUES);
    code: required String, "code" as "code";
    message: required String, "message" as "message";
    location: optional String, "location" as "location";
} }

structure! { ValidateStateMachineDefinitionInput "ValidateStateMachineDefinitionInput" {
    definition: required String, "definition" as "definition" .length(1, 1048576);
    r#type: optional StateMachineType, "type" as "type" .one_of(StateMachineType::VALUES);
    severity: optional ValidateStateMachineDefinitionSeverity, "severity" as "severity" .one_of(ValidateStateMachineDefinitionSeverity::VALUES);
    max_results: optional i32, "maxResults" as "maxResults" .range(0, 100);
} }

structure! { ValidateStateMachineDefinitionOutput "ValidateStateMachineDefinitionOutput" {
    result: required ValidateStateMachineDefinitionResultCode, "result" as "result" .one_of(ValidateStateMachineDefinitionResultCode::VALUES);
    diagnostics: required Vec<ValidateStateMachineDefinitionDiagnostic>, "diagnostics" as "diagnostics";
    truncated: optional bool, "truncated" as "truncated";
} }

string_enum! { ValidateStateMachineDefinitionResultCode {
    Ok = "OK",
    Fail = "FAIL",
} }

string_enum! { ValidateStateMachineDefinitionSeverity {
    Error = "ERROR",
    Warning = "WARNING",
} }
