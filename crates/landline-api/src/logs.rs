//! `logs`, version 2014-03-28: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, service, shape::Unit, string_enum, structure};

service! { logs signed "logs" speaks Protocol::Json { content_version: "1.1", target_prefix: "Logs_20140328" }, validates "InvalidParameterException";
    errors {
        DataAlreadyAcceptedException "DataAlreadyAcceptedException" 400 "message",
        InvalidOperationException "InvalidOperationException" 400 "message",
        InvalidParameterException "InvalidParameterException" 400 "message",
        InvalidSequenceTokenException "InvalidSequenceTokenException" 400 "message",
        LimitExceededException "LimitExceededException" 400 "message",
        OperationAbortedException "OperationAbortedException" 400 "message",
        ResourceAlreadyExistsException "ResourceAlreadyExistsException" 400 "message",
        ResourceNotFoundException "ResourceNotFoundException" 400 "message",
        ServiceUnavailableException "ServiceUnavailableException" 500 "message",
        TooManyTagsException "TooManyTagsException" 400 "message",
        UnrecognizedClientException "UnrecognizedClientException" 400 "message",
        ValidationException "ValidationException" 400 "message",
    }
    operations {
        POST "/" => CreateLogGroup(CreateLogGroupInput) -> 200 Unit;
        POST "/" => DeleteLogGroup(DeleteLogGroupInput) -> 200 Unit;
        POST "/" => DescribeLogGroups(DescribeLogGroupsInput) -> 200 DescribeLogGroupsOutput;
        POST "/" => CreateLogStream(CreateLogStreamInput) -> 200 Unit;
        POST "/" => DeleteLogStream(DeleteLogStreamInput) -> 200 Unit;
        POST "/" => DescribeLogStreams(DescribeLogStreamsInput) -> 200 DescribeLogStreamsOutput;
        POST "/" => PutLogEvents(PutLogEventsInput) -> 200 PutLogEventsOutput;
        POST "/" => GetLogEvents(GetLogEventsInput) -> 200 GetLogEventsOutput;
        POST "/" => FilterLogEvents(FilterLogEventsInput) -> 200 FilterLogEventsOutput;
        POST "/" => PutSubscriptionFilter(PutSubscriptionFilterInput) -> 200 Unit;
        POST "/" => DescribeSubscriptionFilters(DescribeSubscriptionFiltersInput) -> 200 DescribeSubscriptionFiltersOutput;
        POST "/" => DeleteSubscriptionFilter(DeleteSubscriptionFilterInput) -> 200 Unit;
        POST "/" => PutMetricFilter(PutMetricFilterInput) -> 200 Unit;
        POST "/" => DescribeMetricFilters(DescribeMetricFiltersInput) -> 200 DescribeMetricFiltersOutput;
        POST "/" => DeleteMetricFilter(DeleteMetricFilterInput) -> 200 Unit;
        POST "/" => TestMetricFilter(TestMetricFilterInput) -> 200 TestMetricFilterOutput;
        POST "/" => ListTagsLogGroup(ListTagsLogGroupInput) -> 200 ListTagsLogGroupOutput;
        POST "/" => PutRetentionPolicy(PutRetentionPolicyInput) -> 200 Unit;
        POST "/" => DeleteRetentionPolicy(DeleteRetentionPolicyInput) -> 200 Unit;
        POST "/" => ListTagsForResource(ListTagsForResourceInput) -> 200 ListTagsForResourceOutput;
        POST "/" => TagResource(TagResourceInput) -> 200 Unit;
        POST "/" => UntagResource(UntagResourceInput) -> 200 Unit;
    }
}

structure! { CreateLogGroupInput "CreateLogGroupRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    kms_key_id: optional String, "kmsKeyId" as "kmsKeyId" .length(0, 256);
    tags: optional BTreeMap<String, String>, "tags" as "tags" .length(1, 50);
    log_group_class: optional LogGroupClass, "logGroupClass" as "logGroupClass" .one_of(LogGroupClass::VALUES);
    deletion_protection_enabled: optional bool, "deletionProtectionEnabled" as "deletionProtectionEnabled";
} }

structure! { CreateLogStreamInput "CreateLogStreamRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    log_stream_name: required String, "logStreamName" as "logStreamName" .length(1, 512) .pattern("[^:*]*");
} }

string_enum! { DataProtectionStatus {
    Activated = "ACTIVATED",
    Deleted = "DELETED",
    Archived = "ARCHIVED",
    Disabled = "DISABLED",
} }

structure! { DeleteLogGroupInput "DeleteLogGroupRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
} }

structure! { DeleteLogStreamInput "DeleteLogStreamRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    log_stream_name: required String, "logStreamName" as "logStreamName" .length(1, 512) .pattern("[^:*]*");
} }

structure! { DeleteMetricFilterInput "DeleteMetricFilterRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    filter_name: required String, "filterName" as "filterName" .length(1, 512) .pattern("[^:*]*");
} }

structure! { DeleteRetentionPolicyInput "DeleteRetentionPolicyRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
} }

structure! { DeleteSubscriptionFilterInput "DeleteSubscriptionFilterRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    filter_name: required String, "filterName" as "filterName" .length(1, 512) .pattern("[^:*]*");
} }

structure! { DescribeLogGroupsInput "DescribeLogGroupsRequest" {
    account_identifiers: optional Vec<String>, "accountIdentifiers" as "accountIdentifiers" .length(0, 20);
    log_group_name_prefix: optional String, "logGroupNamePrefix" as "logGroupNamePrefix" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    log_group_name_pattern: optional String, "logGroupNamePattern" as "logGroupNamePattern" .length(0, 512) .pattern("[\\.\\-_/#A-Za-z0-9]*");
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
    limit: optional i32, "limit" as "limit" .range(1, 50);
    include_linked_accounts: optional bool, "includeLinkedAccounts" as "includeLinkedAccounts";
    log_group_class: optional LogGroupClass, "logGroupClass" as "logGroupClass" .one_of(LogGroupClass::VALUES);
    log_group_identifiers: optional Vec<String>, "logGroupIdentifiers" as "logGroupIdentifiers" .length(1, 50);
} }

structure! { DescribeLogGroupsOutput "DescribeLogGroupsResponse" {
    log_groups: optional Vec<LogGroup>, "logGroups" as "logGroups";
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
} }

structure! { DescribeLogStreamsInput "DescribeLogStreamsRequest" {
    log_group_name: optional String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    log_group_identifier: optional String, "logGroupIdentifier" as "logGroupIdentifier" .length(1, 2048) .pattern("[\\w#+=/:,.@-]*");
    log_stream_name_prefix: optional String, "logStreamNamePrefix" as "logStreamNamePrefix" .length(1, 512) .pattern("[^:*]*");
    order_by: optional OrderBy, "orderBy" as "orderBy" .one_of(OrderBy::VALUES);
    descending: optional bool, "descending" as "descending";
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
    limit: optional i32, "limit" as "limit" .range(1, 50);
} }

structure! { DescribeLogStreamsOutput "DescribeLogStreamsResponse" {
    log_streams: optional Vec<LogStream>, "logStreams" as "logStreams";
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
} }

structure! { DescribeMetricFiltersInput "DescribeMetricFiltersRequest" {
    log_group_name: optional String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    filter_name_prefix: optional String, "filterNamePrefix" as "filterNamePrefix" .length(1, 512) .pattern("[^:*]*");
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
    limit: optional i32, "limit" as "limit" .range(1, 50);
    metric_name: optional String, "metricName" as "metricName" .length(0, 255) .pattern("[^:*$]*");
    metric_namespace: optional String, "metricNamespace" as "metricNamespace" .length(0, 255) .pattern("[^:*$]*");
} }

structure! { DescribeMetricFiltersOutput "DescribeMetricFiltersResponse" {
    metric_filters: optional Vec<MetricFilter>, "metricFilters" as "metricFilters";
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
} }

structure! { DescribeSubscriptionFiltersInput "DescribeSubscriptionFiltersRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    filter_name_prefix: optional String, "filterNamePrefix" as "filterNamePrefix" .length(1, 512) .pattern("[^:*]*");
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
    limit: optional i32, "limit" as "limit" .range(1, 50);
} }

structure! { DescribeSubscriptionFiltersOutput "DescribeSubscriptionFiltersResponse" {
    subscription_filters: optional Vec<SubscriptionFilter>, "subscriptionFilters" as "subscriptionFilters";
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
} }

string_enum! { Distribution {
    Random = "Random",
    ByLogStream = "ByLogStream",
} }

structure! { Entity "Entity" {
    key_attributes: optional BTreeMap<String, String>, "keyAttributes" as "keyAttributes" .length(2, 4);
    attributes: optional BTreeMap<String, String>, "attributes" as "attributes" .length(0, 10);
} }

string_enum! { EntityRejectionErrorType {
    InvalidEntity = "InvalidEntity",
    InvalidTypeValue = "InvalidTypeValue",
    InvalidKeyAttributes = "InvalidKeyAttributes",
    InvalidAttributes = "InvalidAttributes",
    EntitySizeTooLarge = "EntitySizeTooLarge",
    UnsupportedLogGroupType = "UnsupportedLogGroupType",
    MissingRequiredFields = "MissingRequiredFields",
} }

structure! { FilterLogEventsInput "FilterLogEventsRequest" {
    log_group_name: optional String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    log_group_identifier: optional String, "logGroupIdentifier" as "logGroupIdentifier" .length(1, 2048) .pattern("[\\w#+=/:,.@-]*");
    log_stream_names: optional Vec<String>, "logStreamNames" as "logStreamNames" .length(1, 100);
    log_stream_name_prefix: optional String, "logStreamNamePrefix" as "logStreamNamePrefix" .length(1, 512) .pattern("[^:*]*");
    start_time: optional i64, "startTime" as "startTime" .range(0, i64::MAX);
    end_time: optional i64, "endTime" as "endTime" .range(0, i64::MAX);
    filter_pattern: optional String, "filterPattern" as "filterPattern" .length(0, 1024);
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
    limit: optional i32, "limit" as "limit" .range(1, 10000);
    interleaved: optional bool, "interleaved" as "interleaved";
    unmask: optional bool, "unmask" as "unmask";
} }

structure! { FilterLogEventsOutput "FilterLogEventsResponse" {
    events: optional Vec<FilteredLogEvent>, "events" as "events";
    searched_log_streams: optional Vec<SearchedLogStream>, "searchedLogStreams" as "searchedLogStreams";
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
} }

structure! { FilteredLogEvent "FilteredLogEvent" {
    log_stream_name: optional String, "logStreamName" as "logStreamName" .length(1, 512) .pattern("[^:*]*");
    timestamp: optional i64, "timestamp" as "timestamp" .range(0, i64::MAX);
    message: optional String, "message" as "message" .length(1, u64::MAX);
    ingestion_time: optional i64, "ingestionTime" as "ingestionTime" .range(0, i64::MAX);
    event_id: optional String, "eventId" as "eventId";
} }

structure! { GetLogEventsInput "GetLogEventsRequest" {
    log_group_name: optional String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    log_group_identifier: optional String, "logGroupIdentifier" as "logGroupIdentifier" .length(1, 2048) .pattern("[\\w#+=/:,.@-]*");
    log_stream_name: required String, "logStreamName" as "logStreamName" .length(1, 512) .pattern("[^:*]*");
    start_time: optional i64, "startTime" as "startTime" .range(0, i64::MAX);
    end_time: optional i64, "endTime" as "endTime" .range(0, i64::MAX);
    next_token: optional String, "nextToken" as "nextToken" .length(1, u64::MAX);
    limit: optional i32, "limit" as "limit" .range(1, 10000);
    start_from_head: optional bool, "startFromHead" as "startFromHead";
    unmask: optional bool, "unmask" as "unmask";
} }

structure! { GetLogEventsOutput "GetLogEventsResponse" {
    events: optional Vec<OutputLogEvent>, "events" as "events";
    next_forward_token: optional String, "nextForwardToken" as "nextForwardToken" .length(1, u64::MAX);
    next_backward_token: optional String, "nextBackwardToken" as "nextBackwardToken" .length(1, u64::MAX);
} }

string_enum! { InheritedProperty {
    AccountDataProtection = "ACCOUNT_DATA_PROTECTION",
} }

structure! { InputLogEvent "InputLogEvent" {
    timestamp: required i64, "timestamp" as "timestamp" .range(0, i64::MAX);
    message: required String, "message" as "message" .length(1, u64::MAX);
} }

structure! { ListTagsForResourceInput "ListTagsForResourceRequest" {
    resource_arn: required String, "resourceArn" as "resourceArn" .length(1, 1011) .pattern("[\\w+=/:,.@-]*");
} }

structure! { ListTagsForResourceOutput "ListTagsForResourceResponse" {
    tags: optional BTreeMap<String, String>, "tags" as "tags" .length(1, 50);
} }

structure! { ListTagsLogGroupInput "ListTagsLogGroupRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
} }

structure! { ListTagsLogGroupOutput "ListTagsLogGroupResponse" {
    tags: optional BTreeMap<String, String>, "tags" as "tags" .length(1, 50);
} }

structure! { LogGroup "LogGroup" {
    log_group_name: optional String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    creation_time: optional i64, "creationTime" as "creationTime" .range(0, i64::MAX);
    retention_in_days: optional i32, "retentionInDays" as "retentionInDays";
    metric_filter_count: optional i32, "metricFilterCount" as "metricFilterCount";
    arn: optional String, "arn" as "arn";
    stored_bytes: optional i64, "storedBytes" as "storedBytes" .range(0, i64::MAX);
    kms_key_id: optional String, "kmsKeyId" as "kmsKeyId" .length(0, 256);
    data_protection_status: optional DataProtectionStatus, "dataProtectionStatus" as "dataProtectionStatus" .one_of(DataProtectionStatus::VALUES);
    inherited_properties: optional Vec<InheritedProperty>, "inheritedProperties" as "inheritedProperties";
    log_group_class: optional LogGroupClass, "logGroupClass" as "logGroupClass" .one_of(LogGroupClass::VALUES);
    log_group_arn: optional String, "logGroupArn" as "logGroupArn";
    deletion_protection_enabled: optional bool, "deletionProtectionEnabled" as "deletionProtectionEnabled";
    bearer_token_authentication_enabled: optional bool, "bearerTokenAuthenticationEnabled" as "bearerTokenAuthenticationEnabled";
} }

string_enum! { LogGroupClass {
    Standard = "STANDARD",
    InfrequentAccess = "INFREQUENT_ACCESS",
    Delivery = "DELIVERY",
} }

structure! { LogStream "LogStream" {
    log_stream_name: optional String, "logStreamName" as "logStreamName" .length(1, 512) .pattern("[^:*]*");
    creation_time: optional i64, "creationTime" as "creationTime" .range(0, i64::MAX);
    first_event_timestamp: optional i64, "firstEventTimestamp" as "firstEventTimestamp" .range(0, i64::MAX);
    last_event_timestamp: optional i64, "lastEventTimestamp" as "lastEventTimestamp" .range(0, i64::MAX);
    last_ingestion_time: optional i64, "lastIngestionTime" as "lastIngestionTime" .range(0, i64::MAX);
    upload_sequence_token: optional String, "uploadSequenceToken" as "uploadSequenceToken" .length(1, u64::MAX);
    arn: optional String, "arn" as "arn";
    stored_bytes: optional i64, "storedBytes" as "storedBytes" .range(0, i64::MAX);
} }

structure! { MetricFilter "MetricFilter" {
    filter_name: optional String, "filterName" as "filterName" .length(1, 512) .pattern("[^:*]*");
    filter_pattern: optional String, "filterPattern" as "filterPattern" .length(0, 1024);
    metric_transformations: optional Vec<MetricTransformation>, "metricTransformations" as "metricTransformations" .length(1, 1);
    creation_time: optional i64, "creationTime" as "creationTime" .range(0, i64::MAX);
    log_group_name: optional String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    apply_on_transformed_logs: optional bool, "applyOnTransformedLogs" as "applyOnTransformedLogs";
    field_selection_criteria: optional String, "fieldSelectionCriteria" as "fieldSelectionCriteria" .length(0, 2000);
    emit_system_field_dimensions: optional Vec<String>, "emitSystemFieldDimensions" as "emitSystemFieldDimensions";
} }

structure! { MetricFilterMatchRecord "MetricFilterMatchRecord" {
    event_number: optional i64, "eventNumber" as "eventNumber";
    event_message: optional String, "eventMessage" as "eventMessage" .length(1, u64::MAX);
    extracted_values: optional BTreeMap<String, String>, "extractedValues" as "extractedValues";
} }

structure! { MetricTransformation "MetricTransformation" {
    metric_name: required String, "metricName" as "metricName" .length(0, 255) .pattern("[^:*$]*");
    metric_namespace: required String, "metricNamespace" as "metricNamespace" .length(0, 255) .pattern("[^:*$]*");
    metric_value: required String, "metricValue" as "metricValue" .length(0, 100);
    default_value: optional f64, "defaultValue" as "defaultValue";
    dimensions: optional BTreeMap<String, String>, "dimensions" as "dimensions";
    unit: optional StandardUnit, "unit" as "unit" .one_of(StandardUnit::VALUES);
} }

string_enum! { OrderBy {
    LogStreamName = "LogStreamName",
    LastEventTime = "LastEventTime",
} }

structure! { OutputLogEvent "OutputLogEvent" {
    timestamp: optional i64, "timestamp" as "timestamp" .range(0, i64::MAX);
    message: optional String, "message" as "message" .length(1, u64::MAX);
    ingestion_time: optional i64, "ingestionTime" as "ingestionTime" .range(0, i64::MAX);
} }

structure! { PutLogEventsInput "PutLogEventsRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    log_stream_name: required String, "logStreamName" as "logStreamName" .length(1, 512) .pattern("[^:*]*");
    log_events: required Vec<InputLogEvent>, "logEvents" as "logEvents" .length(1, 10000);
    sequence_token: optional String, "sequenceToken" as "sequenceToken" .length(1, u64::MAX);
    entity: optional Entity, "entity" as "entity";
} }

structure! { PutLogEventsOutput "PutLogEventsResponse" {
    next_sequence_token: optional String, "nextSequenceToken" as "nextSequenceToken" .length(1, u64::MAX);
    rejected_log_events_info: optional RejectedLogEventsInfo, "rejectedLogEventsInfo" as "rejectedLogEventsInfo";
    rejected_entity_info: optional RejectedEntityInfo, "rejectedEntityInfo" as "rejectedEntityInfo";
} }

structure! { PutMetricFilterInput "PutMetricFilterRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    filter_name: required String, "filterName" as "filterName" .length(1, 512) .pattern("[^:*]*");
    filter_pattern: required String, "filterPattern" as "filterPattern" .length(0, 1024);
    metric_transformations: required Vec<MetricTransformation>, "metricTransformations" as "metricTransformations" .length(1, 1);
    apply_on_transformed_logs: optional bool, "applyOnTransformedLogs" as "applyOnTransformedLogs";
    field_selection_criteria: optional String, "fieldSelectionCriteria" as "fieldSelectionCriteria" .length(0, 2000);
    emit_system_field_dimensions: optional Vec<String>, "emitSystemFieldDimensions" as "emitSystemFieldDimensions";
} }

structure! { PutRetentionPolicyInput "PutRetentionPolicyRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    retention_in_days: required i32, "retentionInDays" as "retentionInDays";
} }

structure! { PutSubscriptionFilterInput "PutSubscriptionFilterRequest" {
    log_group_name: required String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    filter_name: required String, "filterName" as "filterName" .length(1, 512) .pattern("[^:*]*");
    filter_pattern: required String, "filterPattern" as "filterPattern" .length(0, 1024);
    destination_arn: required String, "destinationArn" as "destinationArn" .length(1, u64::MAX);
    role_arn: optional String, "roleArn" as "roleArn" .length(1, u64::MAX);
    distribution: optional Distribution, "distribution" as "distribution" .one_of(Distribution::VALUES);
    apply_on_transformed_logs: optional bool, "applyOnTransformedLogs" as "applyOnTransformedLogs";
    field_selection_criteria: optional String, "fieldSelectionCriteria" as "fieldSelectionCriteria" .length(0, 2000);
    emit_system_fields: optional Vec<String>, "emitSystemFields" as "emitSystemFields";
} }

structure! { RejectedEntityInfo "RejectedEntityInfo" {
    error_type: required EntityRejectionErrorType, "errorType" as "errorType" .one_of(EntityRejectionErrorType::VALUES);
} }

structure! { RejectedLogEventsInfo "RejectedLogEventsInfo" {
    too_new_log_event_start_index: optional i32, "tooNewLogEventStartIndex" as "tooNewLogEventStartIndex";
    too_old_log_event_end_index: optional i32, "tooOldLogEventEndIndex" as "tooOldLogEventEndIndex";
    expired_log_event_end_index: optional i32, "expiredLogEventEndIndex" as "expiredLogEventEndIndex";
} }

structure! { SearchedLogStream "SearchedLogStream" {
    log_stream_name: optional String, "logStreamName" as "logStreamName" .length(1, 512) .pattern("[^:*]*");
    searched_completely: optional bool, "searchedCompletely" as "searchedCompletely";
} }

string_enum! { StandardUnit {
    Seconds = "Seconds",
    Microseconds = "Microseconds",
    Milliseconds = "Milliseconds",
    Bytes = "Bytes",
    Kilobytes = "Kilobytes",
    Megabytes = "Megabytes",
    Gigabytes = "Gigabytes",
    Terabytes = "Terabytes",
    Bits = "Bits",
    Kilobits = "Kilobits",
    Megabits = "Megabits",
    Gigabits = "Gigabits",
    Terabits = "Terabits",
    Percent = "Percent",
    Count = "Count",
    BytesSecond = "Bytes/Second",
    KilobytesSecond = "Kilobytes/Second",
    MegabytesSecond = "Megabytes/Second",
    GigabytesSecond = "Gigabytes/Second",
    TerabytesSecond = "Terabytes/Second",
    BitsSecond = "Bits/Second",
    KilobitsSecond = "Kilobits/Second",
    MegabitsSecond = "Megabits/Second",
    GigabitsSecond = "Gigabits/Second",
    TerabitsSecond = "Terabits/Second",
    CountSecond = "Count/Second",
    None = "None",
} }

structure! { SubscriptionFilter "SubscriptionFilter" {
    filter_name: optional String, "filterName" as "filterName" .length(1, 512) .pattern("[^:*]*");
    log_group_name: optional String, "logGroupName" as "logGroupName" .length(1, 512) .pattern("[\\.\\-_/#A-Za-z0-9]+");
    filter_pattern: optional String, "filterPattern" as "filterPattern" .length(0, 1024);
    destination_arn: optional String, "destinationArn" as "destinationArn" .length(1, u64::MAX);
    role_arn: optional String, "roleArn" as "roleArn" .length(1, u64::MAX);
    distribution: optional Distribution, "distribution" as "distribution" .one_of(Distribution::VALUES);
    apply_on_transformed_logs: optional bool, "applyOnTransformedLogs" as "applyOnTransformedLogs";
    creation_time: optional i64, "creationTime" as "creationTime" .range(0, i64::MAX);
    field_selection_criteria: optional String, "fieldSelectionCriteria" as "fieldSelectionCriteria" .length(0, 2000);
    emit_system_fields: optional Vec<String>, "emitSystemFields" as "emitSystemFields";
} }

structure! { TagResourceInput "TagResourceRequest" {
    resource_arn: required String, "resourceArn" as "resourceArn" .length(1, 1011) .pattern("[\\w+=/:,.@-]*");
    tags: required BTreeMap<String, String>, "tags" as "tags" .length(1, 50);
} }

structure! { TestMetricFilterInput "TestMetricFilterRequest" {
    filter_pattern: required String, "filterPattern" as "filterPattern" .length(0, 1024);
    log_event_messages: required Vec<String>, "logEventMessages" as "logEventMessages" .length(1, 50);
} }

structure! { TestMetricFilterOutput "TestMetricFilterResponse" {
    matches: optional Vec<MetricFilterMatchRecord>, "matches" as "matches";
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    resource_arn: required String, "resourceArn" as "resourceArn" .length(1, 1011) .pattern("[\\w+=/:,.@-]*");
    tag_keys: required Vec<String>, "tagKeys" as "tagKeys" .length(0, 50);
} }
