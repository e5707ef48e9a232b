//! `cloudwatch`, version 2010-08-01: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use landline_wire::{Protocol, Timestamp, service, shape::Unit, string_enum, structure};

service! { cloudwatch signed "monitoring" speaks Protocol::Json { content_version: "1.0", target_prefix: "GraniteServiceVersion20100801" }, validates "ValidationError";
    errors {
        InternalServiceFault "InternalServiceError" 500 "Message",
        InvalidNextToken "InvalidNextToken" 400 "message",
        InvalidParameterCombinationException "InvalidParameterCombination" 400 "message",
        InvalidParameterValueException "InvalidParameterValue" 400 "message",
        MissingRequiredParameterException "MissingParameter" 400 "message",
    }
    query_codes {  }
    operations {
        POST "/" => PutMetricData(PutMetricDataInput) -> 200 Unit;
        POST "/" => GetMetricData(GetMetricDataInput) -> 200 GetMetricDataOutput, wrapped "GetMetricDataResult";
        POST "/" => GetMetricStatistics(GetMetricStatisticsInput) -> 200 GetMetricStatisticsOutput, wrapped "GetMetricStatisticsResult";
        POST "/" => ListMetrics(ListMetricsInput) -> 200 ListMetricsOutput, wrapped "ListMetricsResult";
    }
}

structure! { Datapoint "Datapoint" {
    timestamp: optional Timestamp, "Timestamp" as "Timestamp";
    sample_count: optional f64, "SampleCount" as "SampleCount";
    average: optional f64, "Average" as "Average";
    sum: optional f64, "Sum" as "Sum";
    minimum: optional f64, "Minimum" as "Minimum";
    maximum: optional f64, "Maximum" as "Maximum";
    unit: optional StandardUnit, "Unit" as "Unit" .one_of(StandardUnit::VALUES);
    extended_statistics: optional BTreeMap<String, f64>, "ExtendedStatistics" as "ExtendedStatistics";
} }

structure! { Dimension "Dimension" {
    name: required String, "Name" as "Name" .length(1, 255);
    value: required String, "Value" as "Value" .length(1, 1024);
} }

structure! { DimensionFilter "DimensionFilter" {
    name: required String, "Name" as "Name" .length(1, 255);
    value: optional String, "Value" as "Value" .length(1, 1024);
} }

structure! { Entity "Entity" {
    key_attributes: optional BTreeMap<String, String>, "KeyAttributes" as "KeyAttributes" .length(2, 4);
    attributes: optional BTreeMap<String, String>, "Attributes" as "Attributes" .length(0, 10);
} }

structure! { EntityMetricData "EntityMetricData" {
    entity: optional Entity, "Entity" as "Entity";
    metric_data: optional Vec<MetricDatum>, "MetricData" as "MetricData";
} }

structure! { GetMetricDataInput "GetMetricDataInput" {
    metric_data_queries: required Vec<MetricDataQuery>, "MetricDataQueries" as "MetricDataQueries";
    start_time: required Timestamp, "StartTime" as "StartTime";
    end_time: required Timestamp, "EndTime" as "EndTime";
    next_token: optional String, "NextToken" as "NextToken";
    scan_by: optional ScanBy, "ScanBy" as "ScanBy" .one_of(ScanBy::VALUES);
    max_datapoints: optional i32, "MaxDatapoints" as "MaxDatapoints";
    label_options: optional LabelOptions, "LabelOptions" as "LabelOptions";
} }

structure! { GetMetricDataOutput "GetMetricDataOutput" {
    metric_data_results: optional Vec<MetricDataResult>, "MetricDataResults" as "MetricDataResults";
    next_token: optional String, "NextToken" as "NextToken";
    messages: optional Vec<MessageData>, "Messages" as "Messages";
} }

structure! { GetMetricStatisticsInput "GetMetricStatisticsInput" {
    namespace: required String, "Namespace" as "Namespace" .length(1, 255) .pattern("[^:].*");
    metric_name: required String, "MetricName" as "MetricName" .length(1, 255);
    dimensions: optional Vec<Dimension>, "Dimensions" as "Dimensions" .length(0, 30);
    start_time: required Timestamp, "StartTime" as "StartTime";
    end_time: required Timestamp, "EndTime" as "EndTime";
    period: required i32, "Period" as "Period" .range(1, i64::MAX);
    statistics: optional Vec<Statistic>, "Statistics" as "Statistics" .length(1, 5);
    extended_statistics: optional Vec<String>, "ExtendedStatistics" as "ExtendedStatistics" .length(1, 10);
    unit: optional StandardUnit, "Unit" as "Unit" .one_of(StandardUnit::VALUES);
} }

structure! { GetMetricStatisticsOutput "GetMetricStatisticsOutput" {
    label: optional String, "Label" as "Label";
    datapoints: optional Vec<Datapoint>, "Datapoints" as "Datapoints";
} }

structure! { LabelOptions "LabelOptions" {
    timezone: optional String, "Timezone" as "Timezone";
} }

structure! { ListMetricsInput "ListMetricsInput" {
    namespace: optional String, "Namespace" as "Namespace" .length(1, 255) .pattern("[^:].*");
    metric_name: optional String, "MetricName" as "MetricName" .length(1, 255);
    dimensions: optional Vec<DimensionFilter>, "Dimensions" as "Dimensions" .length(0, 10);
    next_token: optional String, "NextToken" as "NextToken";
    recently_active: optional RecentlyActive, "RecentlyActive" as "RecentlyActive" .one_of(RecentlyActive::VALUES);
    include_linked_accounts: optional bool, "IncludeLinkedAccounts" as "IncludeLinkedAccounts";
    owning_account: optional String, "OwningAccount" as "OwningAccount" .length(1, 255);
} }

structure! { ListMetricsOutput "ListMetricsOutput" {
    metrics: optional Vec<Metric>, "Metrics" as "Metrics";
    next_token: optional String, "NextToken" as "NextToken";
    owning_accounts: optional Vec<String>, "OwningAccounts" as "OwningAccounts";
} }

structure! { MessageData "MessageData" {
    code: optional String, "Code" as "Code";
    value: optional String, "Value" as "Value";
} }

structure! { Metric "Metric" {
    namespace: optional String, "Namespace" as "Namespace" .length(1, 255) .pattern("[^:].*");
    metric_name: optional String, "MetricName" as "MetricName" .length(1, 255);
    dimensions: optional Vec<Dimension>, "Dimensions" as "Dimensions" .length(0, 30);
} }

structure! { MetricDataQuery "MetricDataQuery" {
    id: required String, "Id" as "Id" .length(1, 255);
    metric_stat: optional MetricStat, "MetricStat" as "MetricStat";
    expression: optional String, "Expression" as "Expression" .length(1, 2048);
    label: optional String, "Label" as "Label";
    return_data: optional bool, "ReturnData" as "ReturnData";
    period: optional i32, "Period" as "Period" .range(1, i64::MAX);
    account_id: optional String, "AccountId" as "AccountId" .length(1, 255);
} }

structure! { MetricDataResult "MetricDataResult" {
    id: optional String, "Id" as "Id" .length(1, 255);
    label: optional String, "Label" as "Label";
    timestamps: optional Vec<Timestamp>, "Timestamps" as "Timestamps";
    values: optional Vec<f64>, "Values" as "Values";
    status_code: optional StatusCode, "StatusCode" as "StatusCode" .one_of(StatusCode::VALUES);
    messages: optional Vec<MessageData>, "Messages" as "Messages";
} }

structure! { MetricDatum "MetricDatum" {
    metric_name: required String, "MetricName" as "MetricName" .length(1, 255);
    dimensions: optional Vec<Dimension>, "Dimensions" as "Dimensions" .length(0, 30);
    timestamp: optional Timestamp, "Timestamp" as "Timestamp";
    value: optional f64, "Value" as "Value";
    statistic_values: optional StatisticSet, "StatisticValues" as "StatisticValues";
    values: optional Vec<f64>, "Values" as "Values";
    counts: optional Vec<f64>, "Counts" as "Counts";
    unit: optional StandardUnit, "Unit" as "Unit" .one_of(StandardUnit::VALUES);
    storage_resolution: optional i32, "StorageResolution" as "StorageResolution" .range(1, i64::MAX);
} }

structure! { MetricStat "MetricStat" {
    metric: required Metric, "Metric" as "Metric";
    period: required i32, "Period" as "Period" .range(1, i64::MAX);
    stat: required String, "Stat" as "Stat";
    unit: optional StandardUnit, "Unit" as "Unit" .one_of(StandardUnit::VALUES);
} }

structure! { PutMetricDataInput "PutMetricDataInput" {
    namespace: required String, "Namespace" as "Namespace" .length(1, 255) .pattern("[^:].*");
    metric_data: optional Vec<MetricDatum>, "MetricData" as "MetricData";
    entity_metric_data: optional Vec<EntityMetricData>, "EntityMetricData" as "EntityMetricData";
    strict_entity_validation: optional bool, "StrictEntityValidation" as "StrictEntityValidation";
} }

string_enum! { RecentlyActive {
    Pt3h = "PT3H",
} }

string_enum! { ScanBy {
    TimestampDescending = "TimestampDescending",
    TimestampAscending = "TimestampAscending",
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

string_enum! { Statistic {
    SampleCount = "SampleCount",
    Average = "Average",
    Sum = "Sum",
    Minimum = "Minimum",
    Maximum = "Maximum",
} }

structure! { StatisticSet "StatisticSet" {
    sample_count: required f64, "SampleCount" as "SampleCount";
    sum: required f64, "Sum" as "Sum";
    minimum: required f64, "Minimum" as "Minimum";
    maximum: required f64, "Maximum" as "Maximum";
} }

string_enum! { StatusCode {
    Complete = "Complete",
    InternalError = "InternalError",
    PartialData = "PartialData",
    Forbidden = "Forbidden",
} }
