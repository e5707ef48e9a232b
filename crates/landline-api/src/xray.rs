//! `xray`, version 2016-04-12: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, Timestamp, service, string_enum, structure};

service! { xray signed "xray" speaks Protocol::RestJson, validates "InvalidRequestException";
    errors {
        InvalidRequestException "InvalidRequestException" 400 "Message",
        ThrottledException "ThrottledException" 429 "Message",
    }
    operations {
        POST "/TraceSummaries" => GetTraceSummaries(GetTraceSummariesInput) -> 200 GetTraceSummariesOutput;
        POST "/ServiceGraph" => GetServiceGraph(GetServiceGraphInput) -> 200 GetServiceGraphOutput;
        POST "/Traces" => BatchGetTraces(BatchGetTracesInput) -> 200 BatchGetTracesOutput;
    }
}

structure! { Alias "Alias" {
    name: optional String, "Name" as "Name";
    names: optional Vec<String>, "Names" as "Names";
    r#type: optional String, "Type" as "Type";
} }

structure! { AnnotationValue "AnnotationValue" {
    number_value: optional f64, "NumberValue" as "NumberValue";
    boolean_value: optional bool, "BooleanValue" as "BooleanValue";
    string_value: optional String, "StringValue" as "StringValue";
} }

structure! { AvailabilityZoneDetail "AvailabilityZoneDetail" {
    name: optional String, "Name" as "Name";
} }

structure! { BatchGetTracesInput "BatchGetTracesRequest" {
    trace_ids: required Vec<String>, "TraceIds" as "TraceIds";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { BatchGetTracesOutput "BatchGetTracesResult" {
    traces: optional Vec<Trace>, "Traces" as "Traces";
    unprocessed_trace_ids: optional Vec<String>, "UnprocessedTraceIds" as "UnprocessedTraceIds";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { Edge "Edge" {
    reference_id: optional i32, "ReferenceId" as "ReferenceId";
    start_time: optional Timestamp, "StartTime" as "StartTime";
    end_time: optional Timestamp, "EndTime" as "EndTime";
    summary_statistics: optional EdgeStatistics, "SummaryStatistics" as "SummaryStatistics";
    response_time_histogram: optional Vec<HistogramEntry>, "ResponseTimeHistogram" as "ResponseTimeHistogram";
    aliases: optional Vec<Alias>, "Aliases" as "Aliases";
    edge_type: optional String, "EdgeType" as "EdgeType";
    received_event_age_histogram: optional Vec<HistogramEntry>, "ReceivedEventAgeHistogram" as "ReceivedEventAgeHistogram";
} }

structure! { EdgeStatistics "EdgeStatistics" {
    ok_count: optional i64, "OkCount" as "OkCount";
    error_statistics: optional ErrorStatistics, "ErrorStatistics" as "ErrorStatistics";
    fault_statistics: optional FaultStatistics, "FaultStatistics" as "FaultStatistics";
    total_count: optional i64, "TotalCount" as "TotalCount";
    total_response_time: optional f64, "TotalResponseTime" as "TotalResponseTime";
} }

structure! { ErrorRootCause "ErrorRootCause" {
    services: optional Vec<ErrorRootCauseService>, "Services" as "Services";
    client_impacting: optional bool, "ClientImpacting" as "ClientImpacting";
} }

structure! { ErrorRootCauseEntity "ErrorRootCauseEntity" {
    name: optional String, "Name" as "Name";
    exceptions: optional Vec<RootCauseException>, "Exceptions" as "Exceptions";
    remote: optional bool, "Remote" as "Remote";
} }

structure! { ErrorRootCauseService "ErrorRootCauseService" {
    name: optional String, "Name" as "Name";
    names: optional Vec<String>, "Names" as "Names";
    r#type: optional String, "Type" as "Type";
    account_id: optional String, "AccountId" as "AccountId";
    entity_path: optional Vec<ErrorRootCauseEntity>, "EntityPath" as "EntityPath";
    inferred: optional bool, "Inferred" as "Inferred";
} }

structure! { ErrorStatistics "ErrorStatistics" {
    throttle_count: optional i64, "ThrottleCount" as "ThrottleCount";
    other_count: optional i64, "OtherCount" as "OtherCount";
    total_count: optional i64, "TotalCount" as "TotalCount";
} }

structure! { FaultRootCause "FaultRootCause" {
    services: optional Vec<FaultRootCauseService>, "Services" as "Services";
    client_impacting: optional bool, "ClientImpacting" as "ClientImpacting";
} }

structure! { FaultRootCauseEntity "FaultRootCauseEntity" {
    name: optional String, "Name" as "Name";
    exceptions: optional Vec<RootCauseException>, "Exceptions" as "Exceptions";
    remote: optional bool, "Remote" as "Remote";
} }

structure! { FaultRootCauseService "FaultRootCauseService" {
    name: optional String, "Name" as "Name";
    names: optional Vec<String>, "Names" as "Names";
    r#type: optional String, "Type" as "Type";
    account_id: optional String, "AccountId" as "AccountId";
    entity_path: optional Vec<FaultRootCauseEntity>, "EntityPath" as "EntityPath";
    inferred: optional bool, "Inferred" as "Inferred";
} }

structure! { FaultStatistics "FaultStatistics" {
    other_count: optional i64, "OtherCount" as "OtherCount";
    total_count: optional i64, "TotalCount" as "TotalCount";
} }

structure! { GetServiceGraphInput "GetServiceGraphRequest" {
    start_time: required Timestamp, "StartTime" as "StartTime";
    end_time: required Timestamp, "EndTime" as "EndTime";
    group_name: optional String, "GroupName" as "GroupName" .length(1, 32);
    group_arn: optional String, "GroupARN" as "GroupARN" .length(1, 400);
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { GetServiceGraphOutput "GetServiceGraphResult" {
    start_time: optional Timestamp, "StartTime" as "StartTime";
    end_time: optional Timestamp, "EndTime" as "EndTime";
    services: optional Vec<Service>, "Services" as "Services";
    contains_old_group_versions: optional bool, "ContainsOldGroupVersions" as "ContainsOldGroupVersions";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { GetTraceSummariesInput "GetTraceSummariesRequest" {
    start_time: required Timestamp, "StartTime" as "StartTime";
    end_time: required Timestamp, "EndTime" as "EndTime";
    time_range_type: optional TimeRangeType, "TimeRangeType" as "TimeRangeType" .one_of(TimeRangeType::VALUES);
    sampling: optional bool, "Sampling" as "Sampling";
    sampling_strategy: optional SamplingStrategy, "SamplingStrategy" as "SamplingStrategy";
    filter_expression: optional String, "FilterExpression" as "FilterExpression";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { GetTraceSummariesOutput "GetTraceSummariesResult" {
    trace_summaries: optional Vec<TraceSummary>, "TraceSummaries" as "TraceSummaries";
    approximate_time: optional Timestamp, "ApproximateTime" as "ApproximateTime";
    traces_processed_count: optional i64, "TracesProcessedCount" as "TracesProcessedCount";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { HistogramEntry "HistogramEntry" {
    value: optional f64, "Value" as "Value";
    count: optional i32, "Count" as "Count";
} }

structure! { Http "Http" {
    http_url: optional String, "HttpURL" as "HttpURL";
    http_status: optional i32, "HttpStatus" as "HttpStatus";
    http_method: optional String, "HttpMethod" as "HttpMethod";
    user_agent: optional String, "UserAgent" as "UserAgent";
    client_ip: optional String, "ClientIp" as "ClientIp";
} }

structure! { InstanceIdDetail "InstanceIdDetail" {
    id: optional String, "Id" as "Id";
} }

structure! { ResourceARNDetail "ResourceARNDetail" {
    arn: optional String, "ARN" as "ARN";
} }

structure! { ResponseTimeRootCause "ResponseTimeRootCause" {
    services: optional Vec<ResponseTimeRootCauseService>, "Services" as "Services";
    client_impacting: optional bool, "ClientImpacting" as "ClientImpacting";
} }

structure! { ResponseTimeRootCauseEntity "ResponseTimeRootCauseEntity" {
    name: optional String, "Name" as "Name";
    coverage: optional f64, "Coverage" as "Coverage";
    remote: optional bool, "Remote" as "Remote";
} }

structure! { ResponseTimeRootCauseService "ResponseTimeRootCauseService" {
    name: optional String, "Name" as "Name";
    names: optional Vec<String>, "Names" as "Names";
    r#type: optional String, "Type" as "Type";
    account_id: optional String, "AccountId" as "AccountId";
    entity_path: optional Vec<ResponseTimeRootCauseEntity>, "EntityPath" as "EntityPath";
    inferred: optional bool, "Inferred" as "Inferred";
} }

structure! { RootCauseException "RootCauseException" {
    name: optional String, "Name" as "Name";
    message: optional String, "Message" as "Message";
} }

structure! { SamplingStrategy "SamplingStrategy" {
    name: optional SamplingStrategyName, "Name" as "Name" .one_of(SamplingStrategyName::VALUES);
    value: optional f64, "Value" as "Value";
} }

string_enum! { SamplingStrategyName {
    PartialScan = "PartialScan",
    FixedRate = "FixedRate",
} }

structure! { Segment "Segment" {
    id: optional String, "Id" as "Id";
    document: optional String, "Document" as "Document" .length(1, u64::MAX);
} }

structure! { Service "Service" {
    reference_id: optional i32, "ReferenceId" as "ReferenceId";
    name: optional String, "Name" as "Name";
    names: optional Vec<String>, "Names" as "Names";
    root: optional bool, "Root" as "Root";
    account_id: optional String, "AccountId" as "AccountId";
    r#type: optional String, "Type" as "Type";
    state: optional String, "State" as "State";
    start_time: optional Timestamp, "StartTime" as "StartTime";
    end_time: optional Timestamp, "EndTime" as "EndTime";
    edges: optional Vec<Edge>, "Edges" as "Edges";
    summary_statistics: optional ServiceStatistics, "SummaryStatistics" as "SummaryStatistics";
    duration_histogram: optional Vec<HistogramEntry>, "DurationHistogram" as "DurationHistogram";
    response_time_histogram: optional Vec<HistogramEntry>, "ResponseTimeHistogram" as "ResponseTimeHistogram";
} }

structure! { ServiceId "ServiceId" {
    name: optional String, "Name" as "Name";
    names: optional Vec<String>, "Names" as "Names";
    account_id: optional String, "AccountId" as "AccountId";
    r#type: optional String, "Type" as "Type";
} }

structure! { ServiceStatistics "ServiceStatistics" {
    ok_count: optional i64, "OkCount" as "OkCount";
    error_statistics: optional ErrorStatistics, "ErrorStatistics" as "ErrorStatistics";
    fault_statistics: optional FaultStatistics, "FaultStatistics" as "FaultStatistics";
    total_count: optional i64, "TotalCount" as "TotalCount";
    total_response_time: optional f64, "TotalResponseTime" as "TotalResponseTime";
} }

string_enum! { TimeRangeType {
    TraceId = "TraceId",
    Event = "Event",
    Service = "Service",
} }

structure! { Trace "Trace" {
    id: optional String, "Id" as "Id" .length(1, 35);
    duration: optional f64, "Duration" as "Duration";
    limit_exceeded: optional bool, "LimitExceeded" as "LimitExceeded";
    segments: optional Vec<Segment>, "Segments" as "Segments";
} }

structure! { TraceSummary "TraceSummary" {
    id: optional String, "Id" as "Id" .length(1, 35);
    start_time: optional Timestamp, "StartTime" as "StartTime";
    duration: optional f64, "Duration" as "Duration";
    response_time: optional f64, "ResponseTime" as "ResponseTime";
    has_fault: optional bool, "HasFault" as "HasFault";
    has_error: optional bool, "HasError" as "HasError";
    has_throttle: optional bool, "HasThrottle" as "HasThrottle";
    is_partial: optional bool, "IsPartial" as "IsPartial";
    http: optional Http, "Http" as "Http";
    annotations: optional BTreeMap<String, Vec<ValueWithServiceIds>>, "Annotations" as "Annotations";
    users: optional Vec<TraceUser>, "Users" as "Users";
    service_ids: optional Vec<ServiceId>, "ServiceIds" as "ServiceIds";
    resource_arns: optional Vec<ResourceARNDetail>, "ResourceARNs" as "ResourceARNs";
    instance_ids: optional Vec<InstanceIdDetail>, "InstanceIds" as "InstanceIds";
    availability_zones: optional Vec<AvailabilityZoneDetail>, "AvailabilityZones" as "AvailabilityZones";
    entry_point: optional ServiceId, "EntryPoint" as "EntryPoint";
    fault_root_causes: optional Vec<FaultRootCause>, "FaultRootCauses" as "FaultRootCauses";
    error_root_causes: optional Vec<ErrorRootCause>, "ErrorRootCauses" as "ErrorRootCauses";
    response_time_root_causes: optional Vec<ResponseTimeRootCause>, "ResponseTimeRootCauses" as "ResponseTimeRootCauses";
    revision: optional i32, "Revision" as "Revision";
    matched_event_time: optional Timestamp, "MatchedEventTime" as "MatchedEventTime";
} }

structure! { TraceUser "TraceUser" {
    user_name: optional String, "UserName" as "UserName";
    service_ids: optional Vec<ServiceId>, "ServiceIds" as "ServiceIds";
} }

structure! { ValueWithServiceIds "ValueWithServiceIds" {
    annotation_value: optional AnnotationValue, "AnnotationValue" as "AnnotationValue";
    service_ids: optional Vec<ServiceId>, "ServiceIds" as "ServiceIds";
} }
