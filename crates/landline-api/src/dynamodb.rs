//! `dynamodb`, version 2012-08-10: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{
    Encoded, Protocol, Timestamp, service, shape::Unit, string_enum, structure, union,
};

service! { dynamodb signed "dynamodb" speaks Protocol::Json { content_version: "1.0", target_prefix: "DynamoDB_20120810" }, validates "ValidationException";
    errors {
        ConditionalCheckFailedException "ConditionalCheckFailedException" 400 "message",
        ContinuousBackupsUnavailableException "ContinuousBackupsUnavailableException" 400 "message",
        IdempotentParameterMismatchException "IdempotentParameterMismatchException" 400 "Message",
        InternalServerError "InternalServerError" 500 "message",
        ItemCollectionSizeLimitExceededException "ItemCollectionSizeLimitExceededException" 400 "message",
        LimitExceededException "LimitExceededException" 400 "message",
        PolicyNotFoundException "PolicyNotFoundException" 400 "message",
        ProvisionedThroughputExceededException "ProvisionedThroughputExceededException" 400 "message",
        ReplicatedWriteConflictException "ReplicatedWriteConflictException" 400 "message",
        RequestLimitExceeded "RequestLimitExceeded" 400 "message",
        ResourceInUseException "ResourceInUseException" 400 "message",
        ResourceNotFoundException "ResourceNotFoundException" 400 "message",
        TableNotFoundException "TableNotFoundException" 400 "message",
        ThrottlingException "ThrottlingException" 400 "message",
        TransactionCanceledException "TransactionCanceledException" 400 "Message",
        TransactionConflictException "TransactionConflictException" 400 "message",
        TransactionInProgressException "TransactionInProgressException" 400 "Message",
    }
    operations {
        POST "/" => CreateTable(CreateTableInput) -> 200 CreateTableOutput;
        POST "/" => DescribeTable(DescribeTableInput) -> 200 DescribeTableOutput;
        POST "/" => DeleteTable(DeleteTableInput) -> 200 DeleteTableOutput;
        POST "/" => ListTables(ListTablesInput) -> 200 ListTablesOutput;
        POST "/" => PutItem(PutItemInput) -> 200 PutItemOutput;
        POST "/" => GetItem(GetItemInput) -> 200 GetItemOutput;
        POST "/" => DeleteItem(DeleteItemInput) -> 200 DeleteItemOutput;
        POST "/" => UpdateItem(UpdateItemInput) -> 200 UpdateItemOutput;
        POST "/" => Query(QueryInput) -> 200 QueryOutput;
        POST "/" => Scan(ScanInput) -> 200 ScanOutput;
        POST "/" => BatchWriteItem(BatchWriteItemInput) -> 200 BatchWriteItemOutput;
        POST "/" => BatchGetItem(BatchGetItemInput) -> 200 BatchGetItemOutput;
        POST "/" => TransactWriteItems(TransactWriteItemsInput) -> 200 TransactWriteItemsOutput;
        POST "/" => TransactGetItems(TransactGetItemsInput) -> 200 TransactGetItemsOutput;
        POST "/" => UpdateTimeToLive(UpdateTimeToLiveInput) -> 200 UpdateTimeToLiveOutput;
        POST "/" => DescribeTimeToLive(DescribeTimeToLiveInput) -> 200 DescribeTimeToLiveOutput;
        POST "/" => TagResource(TagResourceInput) -> 200 Unit;
        POST "/" => UntagResource(UntagResourceInput) -> 200 Unit;
        POST "/" => ListTagsOfResource(ListTagsOfResourceInput) -> 200 ListTagsOfResourceOutput;
        POST "/" => DescribeEndpoints(DescribeEndpointsInput) -> 200 DescribeEndpointsOutput;
        POST "/" => DescribeLimits(DescribeLimitsInput) -> 200 DescribeLimitsOutput;
        POST "/" => UpdateTable(UpdateTableInput) -> 200 UpdateTableOutput;
        POST "/" => DescribeContinuousBackups(DescribeContinuousBackupsInput) -> 200 DescribeContinuousBackupsOutput;
        POST "/" => UpdateContinuousBackups(UpdateContinuousBackupsInput) -> 200 UpdateContinuousBackupsOutput;
        POST "/" => PutResourcePolicy(PutResourcePolicyInput) -> 200 PutResourcePolicyOutput;
        POST "/" => GetResourcePolicy(GetResourcePolicyInput) -> 200 GetResourcePolicyOutput;
        POST "/" => DeleteResourcePolicy(DeleteResourcePolicyInput) -> 200 DeleteResourcePolicyOutput;
    }
}

structure! { ArchivalSummary "ArchivalSummary" {
    archival_date_time: optional Timestamp, "ArchivalDateTime" as "ArchivalDateTime";
    archival_reason: optional String, "ArchivalReason" as "ArchivalReason";
    archival_backup_arn: optional String, "ArchivalBackupArn" as "ArchivalBackupArn" .length(37, 1024);
} }

string_enum! { AttributeAction {
    Add = "ADD",
    Put = "PUT",
    Delete = "DELETE",
} }

structure! { AttributeDefinition "AttributeDefinition" {
    attribute_name: required String, "AttributeName" as "AttributeName" .length(1, 255);
    attribute_type: required ScalarAttributeType, "AttributeType" as "AttributeType" .one_of(ScalarAttributeType::VALUES);
} }

union! { AttributeValue "AttributeValue" {
    S(String) = "S";
    N(String) = "N";
    B(Bytes) = "B";
    Ss(Vec<String>) = "SS";
    Ns(Vec<String>) = "NS";
    Bs(Vec<Bytes>) = "BS";
    M(BTreeMap<String, AttributeValue>) = "M";
    L(Vec<AttributeValue>) = "L";
    Null(bool) = "NULL";
    Bool(bool) = "BOOL";
} }

structure! { AttributeValueUpdate "AttributeValueUpdate" {
    value: optional AttributeValue, "Value" as "Value";
    action: optional AttributeAction, "Action" as "Action" .one_of(AttributeAction::VALUES);
} }

structure! { BatchGetItemInput "BatchGetItemInput" {
    request_items: required BTreeMap<String, KeysAndAttributes>, "RequestItems" as "RequestItems" .length(1, u64::MAX) .keys(3, 255, "[a-zA-Z0-9_.-]+") .exempt("arn:");
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
} }

structure! { BatchGetItemOutput "BatchGetItemOutput" {
    responses: optional Encoded<BTreeMap<String, Vec<BTreeMap<String, AttributeValue>>>>, "Responses" as "Responses";
    unprocessed_keys: optional BTreeMap<String, KeysAndAttributes>, "UnprocessedKeys" as "UnprocessedKeys" .length(1, 100);
    consumed_capacity: optional Vec<ConsumedCapacity>, "ConsumedCapacity" as "ConsumedCapacity";
} }

structure! { BatchWriteItemInput "BatchWriteItemInput" {
    request_items: required BTreeMap<String, Vec<WriteRequest>>, "RequestItems" as "RequestItems" .length(1, u64::MAX) .keys(3, 255, "[a-zA-Z0-9_.-]+") .exempt("arn:") .values(1, 25);
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
    return_item_collection_metrics: optional ReturnItemCollectionMetrics, "ReturnItemCollectionMetrics" as "ReturnItemCollectionMetrics" .one_of(ReturnItemCollectionMetrics::VALUES);
} }

structure! { BatchWriteItemOutput "BatchWriteItemOutput" {
    unprocessed_items: optional BTreeMap<String, Vec<WriteRequest>>, "UnprocessedItems" as "UnprocessedItems" .length(1, 25);
    item_collection_metrics: optional BTreeMap<String, Vec<ItemCollectionMetrics>>, "ItemCollectionMetrics" as "ItemCollectionMetrics";
    consumed_capacity: optional Vec<ConsumedCapacity>, "ConsumedCapacity" as "ConsumedCapacity";
} }

string_enum! { BillingMode {
    Provisioned = "PROVISIONED",
    PayPerRequest = "PAY_PER_REQUEST",
} }

structure! { BillingModeSummary "BillingModeSummary" {
    billing_mode: optional BillingMode, "BillingMode" as "BillingMode" .one_of(BillingMode::VALUES);
    last_update_to_pay_per_request_date_time: optional Timestamp, "LastUpdateToPayPerRequestDateTime" as "LastUpdateToPayPerRequestDateTime";
} }

structure! { Capacity "Capacity" {
    read_capacity_units: optional f64, "ReadCapacityUnits" as "ReadCapacityUnits";
    write_capacity_units: optional f64, "WriteCapacityUnits" as "WriteCapacityUnits";
    capacity_units: optional f64, "CapacityUnits" as "CapacityUnits";
} }

string_enum! { ComparisonOperator {
    In = "IN",
    Null = "NULL",
    Between = "BETWEEN",
    Lt = "LT",
    NotContains = "NOT_CONTAINS",
    Eq = "EQ",
    Gt = "GT",
    NotNull = "NOT_NULL",
    Ne = "NE",
    Le = "LE",
    BeginsWith = "BEGINS_WITH",
    Ge = "GE",
    Contains = "CONTAINS",
} }

structure! { Condition "Condition" {
    attribute_value_list: optional Vec<AttributeValue>, "AttributeValueList" as "AttributeValueList";
    comparison_operator: required ComparisonOperator, "ComparisonOperator" as "ComparisonOperator" .one_of(ComparisonOperator::VALUES);
} }

structure! { ConditionCheck "ConditionCheck" {
    key: required BTreeMap<String, AttributeValue>, "Key" as "Key";
    table_name: required String, "TableName" as "TableName" .length(1, 1024);
    condition_expression: required String, "ConditionExpression" as "ConditionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
    expression_attribute_values: optional BTreeMap<String, AttributeValue>, "ExpressionAttributeValues" as "ExpressionAttributeValues";
    return_values_on_condition_check_failure: optional ReturnValuesOnConditionCheckFailure, "ReturnValuesOnConditionCheckFailure" as "ReturnValuesOnConditionCheckFailure" .one_of(ReturnValuesOnConditionCheckFailure::VALUES);
} }

string_enum! { ConditionalOperator {
    Or = "OR",
    And = "AND",
} }

structure! { ConsumedCapacity "ConsumedCapacity" {
    table_name: optional String, "TableName" as "TableName" .length(1, 1024);
    capacity_units: optional f64, "CapacityUnits" as "CapacityUnits";
    read_capacity_units: optional f64, "ReadCapacityUnits" as "ReadCapacityUnits";
    write_capacity_units: optional f64, "WriteCapacityUnits" as "WriteCapacityUnits";
    table: optional Capacity, "Table" as "Table";
    local_secondary_indexes: optional BTreeMap<String, Capacity>, "LocalSecondaryIndexes" as "LocalSecondaryIndexes";
    global_secondary_indexes: optional BTreeMap<String, Capacity>, "GlobalSecondaryIndexes" as "GlobalSecondaryIndexes";
} }

structure! { ContinuousBackupsDescription "ContinuousBackupsDescription" {
    continuous_backups_status: required ContinuousBackupsStatus, "ContinuousBackupsStatus" as "ContinuousBackupsStatus" .one_of(ContinuousBackupsStatus::VALUES);
    point_in_time_recovery_description: optional PointInTimeRecoveryDescription, "PointInTimeRecoveryDescription" as "PointInTimeRecoveryDescription";
} }

string_enum! { ContinuousBackupsStatus {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
} }

structure! { CreateGlobalSecondaryIndexAction "CreateGlobalSecondaryIndexAction" {
    index_name: required String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    key_schema: required Vec<KeySchemaElement>, "KeySchema" as "KeySchema" .length(1, 8);
    projection: required Projection, "Projection" as "Projection";
    provisioned_throughput: optional ProvisionedThroughput, "ProvisionedThroughput" as "ProvisionedThroughput";
    on_demand_throughput: optional OnDemandThroughput, "OnDemandThroughput" as "OnDemandThroughput";
    warm_throughput: optional WarmThroughput, "WarmThroughput" as "WarmThroughput";
} }

structure! { CreateGlobalTableWitnessGroupMemberAction "CreateGlobalTableWitnessGroupMemberAction" {
    region_name: required String, "RegionName" as "RegionName";
} }

structure! { CreateReplicationGroupMemberAction "CreateReplicationGroupMemberAction" {
    region_name: required String, "RegionName" as "RegionName";
    kms_master_key_id: optional String, "KMSMasterKeyId" as "KMSMasterKeyId";
    provisioned_throughput_override: optional ProvisionedThroughputOverride, "ProvisionedThroughputOverride" as "ProvisionedThroughputOverride";
    on_demand_throughput_override: optional OnDemandThroughputOverride, "OnDemandThroughputOverride" as "OnDemandThroughputOverride";
    global_secondary_indexes: optional Vec<ReplicaGlobalSecondaryIndex>, "GlobalSecondaryIndexes" as "GlobalSecondaryIndexes" .length(1, u64::MAX);
    table_class_override: optional TableClass, "TableClassOverride" as "TableClassOverride" .one_of(TableClass::VALUES);
} }

structure! { CreateTableInput "CreateTableInput" {
    attribute_definitions: optional Vec<AttributeDefinition>, "AttributeDefinitions" as "AttributeDefinitions" .missed();
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:") .own_words();
    key_schema: optional Vec<KeySchemaElement>, "KeySchema" as "KeySchema" .length(1, 2) .missed();
    local_secondary_indexes: optional Vec<LocalSecondaryIndex>, "LocalSecondaryIndexes" as "LocalSecondaryIndexes";
    global_secondary_indexes: optional Vec<GlobalSecondaryIndex>, "GlobalSecondaryIndexes" as "GlobalSecondaryIndexes";
    billing_mode: optional BillingMode, "BillingMode" as "BillingMode" .one_of(BillingMode::VALUES);
    provisioned_throughput: optional ProvisionedThroughput, "ProvisionedThroughput" as "ProvisionedThroughput";
    stream_specification: optional StreamSpecification, "StreamSpecification" as "StreamSpecification";
    sse_specification: optional SSESpecification, "SSESpecification" as "SSESpecification";
    tags: optional Vec<Tag>, "Tags" as "Tags";
    table_class: optional TableClass, "TableClass" as "TableClass" .one_of(TableClass::VALUES);
    deletion_protection_enabled: optional bool, "DeletionProtectionEnabled" as "DeletionProtectionEnabled";
    warm_throughput: optional WarmThroughput, "WarmThroughput" as "WarmThroughput";
    resource_policy: optional String, "ResourcePolicy" as "ResourcePolicy";
    on_demand_throughput: optional OnDemandThroughput, "OnDemandThroughput" as "OnDemandThroughput";
    global_table_source_arn: optional String, "GlobalTableSourceArn" as "GlobalTableSourceArn" .length(1, 1024);
    global_table_settings_replication_mode: optional GlobalTableSettingsReplicationMode, "GlobalTableSettingsReplicationMode" as "GlobalTableSettingsReplicationMode" .one_of(GlobalTableSettingsReplicationMode::VALUES);
} }

structure! { CreateTableOutput "CreateTableOutput" {
    table_description: optional TableDescription, "TableDescription" as "TableDescription";
} }

structure! { Delete "Delete" {
    key: required BTreeMap<String, AttributeValue>, "Key" as "Key";
    table_name: required String, "TableName" as "TableName" .length(1, 1024);
    condition_expression: optional String, "ConditionExpression" as "ConditionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
    expression_attribute_values: optional BTreeMap<String, AttributeValue>, "ExpressionAttributeValues" as "ExpressionAttributeValues";
    return_values_on_condition_check_failure: optional ReturnValuesOnConditionCheckFailure, "ReturnValuesOnConditionCheckFailure" as "ReturnValuesOnConditionCheckFailure" .one_of(ReturnValuesOnConditionCheckFailure::VALUES);
} }

structure! { DeleteGlobalSecondaryIndexAction "DeleteGlobalSecondaryIndexAction" {
    index_name: required String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
} }

structure! { DeleteGlobalTableWitnessGroupMemberAction "DeleteGlobalTableWitnessGroupMemberAction" {
    region_name: required String, "RegionName" as "RegionName";
} }

structure! { DeleteItemInput "DeleteItemInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:");
    key: required BTreeMap<String, AttributeValue>, "Key" as "Key";
    expected: optional BTreeMap<String, ExpectedAttributeValue>, "Expected" as "Expected";
    conditional_operator: optional ConditionalOperator, "ConditionalOperator" as "ConditionalOperator" .one_of(ConditionalOperator::VALUES);
    return_values: optional ReturnValue, "ReturnValues" as "ReturnValues" .one_of(ReturnValue::VALUES);
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
    return_item_collection_metrics: optional ReturnItemCollectionMetrics, "ReturnItemCollectionMetrics" as "ReturnItemCollectionMetrics" .one_of(ReturnItemCollectionMetrics::VALUES);
    condition_expression: optional String, "ConditionExpression" as "ConditionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
    expression_attribute_values: optional BTreeMap<String, AttributeValue>, "ExpressionAttributeValues" as "ExpressionAttributeValues";
    return_values_on_condition_check_failure: optional ReturnValuesOnConditionCheckFailure, "ReturnValuesOnConditionCheckFailure" as "ReturnValuesOnConditionCheckFailure" .one_of(ReturnValuesOnConditionCheckFailure::VALUES);
} }

structure! { DeleteItemOutput "DeleteItemOutput" {
    attributes: optional Encoded<BTreeMap<String, AttributeValue>>, "Attributes" as "Attributes";
    consumed_capacity: optional ConsumedCapacity, "ConsumedCapacity" as "ConsumedCapacity";
    item_collection_metrics: optional ItemCollectionMetrics, "ItemCollectionMetrics" as "ItemCollectionMetrics";
} }

structure! { DeleteReplicationGroupMemberAction "DeleteReplicationGroupMemberAction" {
    region_name: required String, "RegionName" as "RegionName";
} }

structure! { DeleteRequest "DeleteRequest" {
    key: required BTreeMap<String, AttributeValue>, "Key" as "Key";
} }

structure! { DeleteResourcePolicyInput "DeleteResourcePolicyInput" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .length(1, 1283);
    expected_revision_id: optional String, "ExpectedRevisionId" as "ExpectedRevisionId" .length(1, 255);
} }

structure! { DeleteResourcePolicyOutput "DeleteResourcePolicyOutput" {
    revision_id: optional String, "RevisionId" as "RevisionId" .length(1, 255);
} }

structure! { DeleteTableInput "DeleteTableInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:") .own_words();
} }

structure! { DeleteTableOutput "DeleteTableOutput" {
    table_description: optional TableDescription, "TableDescription" as "TableDescription";
} }

structure! { DescribeContinuousBackupsInput "DescribeContinuousBackupsInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:") .own_words();
} }

structure! { DescribeContinuousBackupsOutput "DescribeContinuousBackupsOutput" {
    continuous_backups_description: optional ContinuousBackupsDescription, "ContinuousBackupsDescription" as "ContinuousBackupsDescription";
} }

structure! { DescribeEndpointsInput "DescribeEndpointsRequest" {
} }

structure! { DescribeEndpointsOutput "DescribeEndpointsResponse" {
    endpoints: required Vec<Endpoint>, "Endpoints" as "Endpoints";
} }

structure! { DescribeLimitsInput "DescribeLimitsInput" {
} }

structure! { DescribeLimitsOutput "DescribeLimitsOutput" {
    account_max_read_capacity_units: optional i64, "AccountMaxReadCapacityUnits" as "AccountMaxReadCapacityUnits" .range(1, i64::MAX);
    account_max_write_capacity_units: optional i64, "AccountMaxWriteCapacityUnits" as "AccountMaxWriteCapacityUnits" .range(1, i64::MAX);
    table_max_read_capacity_units: optional i64, "TableMaxReadCapacityUnits" as "TableMaxReadCapacityUnits" .range(1, i64::MAX);
    table_max_write_capacity_units: optional i64, "TableMaxWriteCapacityUnits" as "TableMaxWriteCapacityUnits" .range(1, i64::MAX);
} }

structure! { DescribeTableInput "DescribeTableInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:") .own_words();
} }

structure! { DescribeTableOutput "DescribeTableOutput" {
    table: optional TableDescription, "Table" as "Table";
} }

structure! { DescribeTimeToLiveInput "DescribeTimeToLiveInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:") .own_words();
} }

structure! { DescribeTimeToLiveOutput "DescribeTimeToLiveOutput" {
    time_to_live_description: optional TimeToLiveDescription, "TimeToLiveDescription" as "TimeToLiveDescription";
} }

structure! { Endpoint "Endpoint" {
    address: required String, "Address" as "Address";
    cache_period_in_minutes: required i64, "CachePeriodInMinutes" as "CachePeriodInMinutes";
} }

structure! { ExpectedAttributeValue "ExpectedAttributeValue" {
    value: optional AttributeValue, "Value" as "Value";
    exists: optional bool, "Exists" as "Exists";
    comparison_operator: optional ComparisonOperator, "ComparisonOperator" as "ComparisonOperator" .one_of(ComparisonOperator::VALUES);
    attribute_value_list: optional Vec<AttributeValue>, "AttributeValueList" as "AttributeValueList";
} }

structure! { Get "Get" {
    key: required BTreeMap<String, AttributeValue>, "Key" as "Key";
    table_name: required String, "TableName" as "TableName" .length(1, 1024);
    projection_expression: optional String, "ProjectionExpression" as "ProjectionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
} }

structure! { GetItemInput "GetItemInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:");
    key: required BTreeMap<String, AttributeValue>, "Key" as "Key";
    attributes_to_get: optional Vec<String>, "AttributesToGet" as "AttributesToGet" .length(1, u64::MAX);
    consistent_read: optional bool, "ConsistentRead" as "ConsistentRead";
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
    projection_expression: optional String, "ProjectionExpression" as "ProjectionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
} }

structure! { GetItemOutput "GetItemOutput" {
    item: optional Encoded<BTreeMap<String, AttributeValue>>, "Item" as "Item";
    consumed_capacity: optional ConsumedCapacity, "ConsumedCapacity" as "ConsumedCapacity";
} }

structure! { GetResourcePolicyInput "GetResourcePolicyInput" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .length(1, 1283);
} }

structure! { GetResourcePolicyOutput "GetResourcePolicyOutput" {
    policy: optional String, "Policy" as "Policy";
    revision_id: optional String, "RevisionId" as "RevisionId" .length(1, 255);
} }

structure! { GlobalSecondaryIndex "GlobalSecondaryIndex" {
    index_name: required String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    key_schema: required Vec<KeySchemaElement>, "KeySchema" as "KeySchema" .length(1, 8);
    projection: required Projection, "Projection" as "Projection";
    provisioned_throughput: optional ProvisionedThroughput, "ProvisionedThroughput" as "ProvisionedThroughput";
    on_demand_throughput: optional OnDemandThroughput, "OnDemandThroughput" as "OnDemandThroughput";
    warm_throughput: optional WarmThroughput, "WarmThroughput" as "WarmThroughput";
} }

structure! { GlobalSecondaryIndexDescription "GlobalSecondaryIndexDescription" {
    index_name: optional String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    key_schema: optional Vec<KeySchemaElement>, "KeySchema" as "KeySchema" .length(1, u64::MAX);
    projection: optional Projection, "Projection" as "Projection";
    index_status: optional IndexStatus, "IndexStatus" as "IndexStatus" .one_of(IndexStatus::VALUES);
    backfilling: optional bool, "Backfilling" as "Backfilling";
    provisioned_throughput: optional ProvisionedThroughputDescription, "ProvisionedThroughput" as "ProvisionedThroughput";
    index_size_bytes: optional i64, "IndexSizeBytes" as "IndexSizeBytes";
    item_count: optional i64, "ItemCount" as "ItemCount";
    index_arn: optional String, "IndexArn" as "IndexArn";
    on_demand_throughput: optional OnDemandThroughput, "OnDemandThroughput" as "OnDemandThroughput";
    warm_throughput: optional GlobalSecondaryIndexWarmThroughputDescription, "WarmThroughput" as "WarmThroughput";
} }

structure! { GlobalSecondaryIndexUpdate "GlobalSecondaryIndexUpdate" {
    update: optional UpdateGlobalSecondaryIndexAction, "Update" as "Update";
    create: optional CreateGlobalSecondaryIndexAction, "Create" as "Create";
    delete: optional DeleteGlobalSecondaryIndexAction, "Delete" as "Delete";
} }

structure! { GlobalSecondaryIndexWarmThroughputDescription "GlobalSecondaryIndexWarmThroughputDescription" {
    read_units_per_second: optional i64, "ReadUnitsPerSecond" as "ReadUnitsPerSecond" .range(1, i64::MAX);
    write_units_per_second: optional i64, "WriteUnitsPerSecond" as "WriteUnitsPerSecond" .range(1, i64::MAX);
    status: optional IndexStatus, "Status" as "Status" .one_of(IndexStatus::VALUES);
} }

string_enum! { GlobalTableSettingsReplicationMode {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
    EnabledWithOverrides = "ENABLED_WITH_OVERRIDES",
} }

structure! { GlobalTableWitnessDescription "GlobalTableWitnessDescription" {
    region_name: optional String, "RegionName" as "RegionName";
    witness_status: optional WitnessStatus, "WitnessStatus" as "WitnessStatus" .one_of(WitnessStatus::VALUES);
} }

structure! { GlobalTableWitnessGroupUpdate "GlobalTableWitnessGroupUpdate" {
    create: optional CreateGlobalTableWitnessGroupMemberAction, "Create" as "Create";
    delete: optional DeleteGlobalTableWitnessGroupMemberAction, "Delete" as "Delete";
} }

string_enum! { IndexStatus {
    Creating = "CREATING",
    Updating = "UPDATING",
    Deleting = "DELETING",
    Active = "ACTIVE",
} }

structure! { ItemCollectionMetrics "ItemCollectionMetrics" {
    item_collection_key: optional BTreeMap<String, AttributeValue>, "ItemCollectionKey" as "ItemCollectionKey";
    size_estimate_range_gb: optional Vec<f64>, "SizeEstimateRangeGB" as "SizeEstimateRangeGB";
} }

structure! { ItemResponse "ItemResponse" {
    item: optional Encoded<BTreeMap<String, AttributeValue>>, "Item" as "Item";
} }

structure! { KeySchemaElement "KeySchemaElement" {
    attribute_name: required String, "AttributeName" as "AttributeName" .length(1, 255);
    key_type: required KeyType, "KeyType" as "KeyType" .one_of(KeyType::VALUES);
} }

string_enum! { KeyType {
    Hash = "HASH",
    Range = "RANGE",
} }

structure! { KeysAndAttributes "KeysAndAttributes" {
    keys: required Vec<BTreeMap<String, AttributeValue>>, "Keys" as "Keys" .length(1, 100);
    attributes_to_get: optional Vec<String>, "AttributesToGet" as "AttributesToGet" .length(1, u64::MAX);
    consistent_read: optional bool, "ConsistentRead" as "ConsistentRead";
    projection_expression: optional String, "ProjectionExpression" as "ProjectionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
} }

structure! { ListTablesInput "ListTablesInput" {
    exclusive_start_table_name: optional String, "ExclusiveStartTableName" as "ExclusiveStartTableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    limit: optional i32, "Limit" as "Limit" .range(1, 100);
} }

structure! { ListTablesOutput "ListTablesOutput" {
    table_names: optional Vec<String>, "TableNames" as "TableNames";
    last_evaluated_table_name: optional String, "LastEvaluatedTableName" as "LastEvaluatedTableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
} }

structure! { ListTagsOfResourceInput "ListTagsOfResourceInput" {
    resource_arn: optional String, "ResourceArn" as "ResourceArn";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { ListTagsOfResourceOutput "ListTagsOfResourceOutput" {
    tags: optional Vec<Tag>, "Tags" as "Tags";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { LocalSecondaryIndex "LocalSecondaryIndex" {
    index_name: required String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    key_schema: required Vec<KeySchemaElement>, "KeySchema" as "KeySchema" .length(1, 2);
    projection: required Projection, "Projection" as "Projection";
} }

structure! { LocalSecondaryIndexDescription "LocalSecondaryIndexDescription" {
    index_name: optional String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    key_schema: optional Vec<KeySchemaElement>, "KeySchema" as "KeySchema" .length(1, u64::MAX);
    projection: optional Projection, "Projection" as "Projection";
    index_size_bytes: optional i64, "IndexSizeBytes" as "IndexSizeBytes";
    item_count: optional i64, "ItemCount" as "ItemCount";
    index_arn: optional String, "IndexArn" as "IndexArn";
} }

string_enum! { MultiRegionConsistency {
    Eventual = "EVENTUAL",
    Strong = "STRONG",
} }

structure! { OnDemandThroughput "OnDemandThroughput" {
    max_read_request_units: optional i64, "MaxReadRequestUnits" as "MaxReadRequestUnits";
    max_write_request_units: optional i64, "MaxWriteRequestUnits" as "MaxWriteRequestUnits";
} }

structure! { OnDemandThroughputOverride "OnDemandThroughputOverride" {
    max_read_request_units: optional i64, "MaxReadRequestUnits" as "MaxReadRequestUnits";
} }

structure! { PointInTimeRecoveryDescription "PointInTimeRecoveryDescription" {
    point_in_time_recovery_status: optional PointInTimeRecoveryStatus, "PointInTimeRecoveryStatus" as "PointInTimeRecoveryStatus" .one_of(PointInTimeRecoveryStatus::VALUES);
    recovery_period_in_days: optional i32, "RecoveryPeriodInDays" as "RecoveryPeriodInDays" .range(1, 35);
    earliest_restorable_date_time: optional Timestamp, "EarliestRestorableDateTime" as "EarliestRestorableDateTime";
    latest_restorable_date_time: optional Timestamp, "LatestRestorableDateTime" as "LatestRestorableDateTime";
} }

structure! { PointInTimeRecoverySpecification "PointInTimeRecoverySpecification" {
    point_in_time_recovery_enabled: required bool, "PointInTimeRecoveryEnabled" as "PointInTimeRecoveryEnabled";
    recovery_period_in_days: optional i32, "RecoveryPeriodInDays" as "RecoveryPeriodInDays" .range(1, 35);
} }

string_enum! { PointInTimeRecoveryStatus {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
} }

structure! { Projection "Projection" {
    projection_type: optional ProjectionType, "ProjectionType" as "ProjectionType" .one_of(ProjectionType::VALUES);
    non_key_attributes: optional Vec<String>, "NonKeyAttributes" as "NonKeyAttributes" .length(1, 20);
} }

string_enum! { ProjectionType {
    All = "ALL",
    Include = "INCLUDE",
    KeysOnly = "KEYS_ONLY",
} }

structure! { ProvisionedThroughput "ProvisionedThroughput" {
    read_capacity_units: required i64, "ReadCapacityUnits" as "ReadCapacityUnits" .range(1, i64::MAX);
    write_capacity_units: required i64, "WriteCapacityUnits" as "WriteCapacityUnits" .range(1, i64::MAX);
} }

structure! { ProvisionedThroughputDescription "ProvisionedThroughputDescription" {
    last_increase_date_time: optional Timestamp, "LastIncreaseDateTime" as "LastIncreaseDateTime";
    last_decrease_date_time: optional Timestamp, "LastDecreaseDateTime" as "LastDecreaseDateTime";
    number_of_decreases_today: optional i64, "NumberOfDecreasesToday" as "NumberOfDecreasesToday" .range(1, i64::MAX);
    read_capacity_units: optional i64, "ReadCapacityUnits" as "ReadCapacityUnits" .range(0, i64::MAX);
    write_capacity_units: optional i64, "WriteCapacityUnits" as "WriteCapacityUnits" .range(0, i64::MAX);
} }

structure! { ProvisionedThroughputOverride "ProvisionedThroughputOverride" {
    read_capacity_units: optional i64, "ReadCapacityUnits" as "ReadCapacityUnits" .range(1, i64::MAX);
} }

structure! { Put "Put" {
    item: required BTreeMap<String, AttributeValue>, "Item" as "Item";
    table_name: required String, "TableName" as "TableName" .length(1, 1024);
    condition_expression: optional String, "ConditionExpression" as "ConditionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
    expression_attribute_values: optional BTreeMap<String, AttributeValue>, "ExpressionAttributeValues" as "ExpressionAttributeValues";
    return_values_on_condition_check_failure: optional ReturnValuesOnConditionCheckFailure, "ReturnValuesOnConditionCheckFailure" as "ReturnValuesOnConditionCheckFailure" .one_of(ReturnValuesOnConditionCheckFailure::VALUES);
} }

structure! { PutItemInput "PutItemInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:");
    item: required BTreeMap<String, AttributeValue>, "Item" as "Item";
    expected: optional BTreeMap<String, ExpectedAttributeValue>, "Expected" as "Expected";
    return_values: optional ReturnValue, "ReturnValues" as "ReturnValues" .one_of(ReturnValue::VALUES);
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
    return_item_collection_metrics: optional ReturnItemCollectionMetrics, "ReturnItemCollectionMetrics" as "ReturnItemCollectionMetrics" .one_of(ReturnItemCollectionMetrics::VALUES);
    conditional_operator: optional ConditionalOperator, "ConditionalOperator" as "ConditionalOperator" .one_of(ConditionalOperator::VALUES);
    condition_expression: optional String, "ConditionExpression" as "ConditionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
    expression_attribute_values: optional BTreeMap<String, AttributeValue>, "ExpressionAttributeValues" as "ExpressionAttributeValues";
    return_values_on_condition_check_failure: optional ReturnValuesOnConditionCheckFailure, "ReturnValuesOnConditionCheckFailure" as "ReturnValuesOnConditionCheckFailure" .one_of(ReturnValuesOnConditionCheckFailure::VALUES);
} }

structure! { PutItemOutput "PutItemOutput" {
    attributes: optional Encoded<BTreeMap<String, AttributeValue>>, "Attributes" as "Attributes";
    consumed_capacity: optional ConsumedCapacity, "ConsumedCapacity" as "ConsumedCapacity";
    item_collection_metrics: optional ItemCollectionMetrics, "ItemCollectionMetrics" as "ItemCollectionMetrics";
} }

structure! { PutRequest "PutRequest" {
    item: required BTreeMap<String, AttributeValue>, "Item" as "Item";
} }

structure! { PutResourcePolicyInput "PutResourcePolicyInput" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .length(1, 1283);
    policy: required String, "Policy" as "Policy";
    expected_revision_id: optional String, "ExpectedRevisionId" as "ExpectedRevisionId" .length(1, 255);
    confirm_remove_self_resource_access: optional bool, "ConfirmRemoveSelfResourceAccess" as "ConfirmRemoveSelfResourceAccess";
} }

structure! { PutResourcePolicyOutput "PutResourcePolicyOutput" {
    revision_id: optional String, "RevisionId" as "RevisionId" .length(1, 255);
} }

structure! { QueryInput "QueryInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:");
    index_name: optional String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    select: optional Select, "Select" as "Select" .one_of(Select::VALUES);
    attributes_to_get: optional Vec<String>, "AttributesToGet" as "AttributesToGet" .length(1, u64::MAX);
    limit: optional i32, "Limit" as "Limit" .range(1, i64::MAX);
    consistent_read: optional bool, "ConsistentRead" as "ConsistentRead";
    key_conditions: optional BTreeMap<String, Condition>, "KeyConditions" as "KeyConditions";
    query_filter: optional BTreeMap<String, Condition>, "QueryFilter" as "QueryFilter";
    conditional_operator: optional ConditionalOperator, "ConditionalOperator" as "ConditionalOperator" .one_of(ConditionalOperator::VALUES);
    scan_index_forward: optional bool, "ScanIndexForward" as "ScanIndexForward";
    exclusive_start_key: optional BTreeMap<String, AttributeValue>, "ExclusiveStartKey" as "ExclusiveStartKey";
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
    projection_expression: optional String, "ProjectionExpression" as "ProjectionExpression";
    filter_expression: optional String, "FilterExpression" as "FilterExpression";
    key_condition_expression: optional String, "KeyConditionExpression" as "KeyConditionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
    expression_attribute_values: optional BTreeMap<String, AttributeValue>, "ExpressionAttributeValues" as "ExpressionAttributeValues";
} }

structure! { QueryOutput "QueryOutput" {
    items: optional Encoded<Vec<BTreeMap<String, AttributeValue>>>, "Items" as "Items";
    count: optional i32, "Count" as "Count";
    scanned_count: optional i32, "ScannedCount" as "ScannedCount";
    last_evaluated_key: optional BTreeMap<String, AttributeValue>, "LastEvaluatedKey" as "LastEvaluatedKey";
    consumed_capacity: optional ConsumedCapacity, "ConsumedCapacity" as "ConsumedCapacity";
} }

structure! { ReplicaDescription "ReplicaDescription" {
    region_name: optional String, "RegionName" as "RegionName";
    replica_status: optional ReplicaStatus, "ReplicaStatus" as "ReplicaStatus" .one_of(ReplicaStatus::VALUES);
    replica_arn: optional String, "ReplicaArn" as "ReplicaArn";
    replica_status_description: optional String, "ReplicaStatusDescription" as "ReplicaStatusDescription";
    replica_status_percent_progress: optional String, "ReplicaStatusPercentProgress" as "ReplicaStatusPercentProgress";
    kms_master_key_id: optional String, "KMSMasterKeyId" as "KMSMasterKeyId";
    provisioned_throughput_override: optional ProvisionedThroughputOverride, "ProvisionedThroughputOverride" as "ProvisionedThroughputOverride";
    on_demand_throughput_override: optional OnDemandThroughputOverride, "OnDemandThroughputOverride" as "OnDemandThroughputOverride";
    warm_throughput: optional TableWarmThroughputDescription, "WarmThroughput" as "WarmThroughput";
    global_secondary_indexes: optional Vec<ReplicaGlobalSecondaryIndexDescription>, "GlobalSecondaryIndexes" as "GlobalSecondaryIndexes";
    replica_inaccessible_date_time: optional Timestamp, "ReplicaInaccessibleDateTime" as "ReplicaInaccessibleDateTime";
    replica_table_class_summary: optional TableClassSummary, "ReplicaTableClassSummary" as "ReplicaTableClassSummary";
    global_table_settings_replication_mode: optional GlobalTableSettingsReplicationMode, "GlobalTableSettingsReplicationMode" as "GlobalTableSettingsReplicationMode" .one_of(GlobalTableSettingsReplicationMode::VALUES);
} }

structure! { ReplicaGlobalSecondaryIndex "ReplicaGlobalSecondaryIndex" {
    index_name: required String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    provisioned_throughput_override: optional ProvisionedThroughputOverride, "ProvisionedThroughputOverride" as "ProvisionedThroughputOverride";
    on_demand_throughput_override: optional OnDemandThroughputOverride, "OnDemandThroughputOverride" as "OnDemandThroughputOverride";
} }

structure! { ReplicaGlobalSecondaryIndexDescription "ReplicaGlobalSecondaryIndexDescription" {
    index_name: optional String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    provisioned_throughput_override: optional ProvisionedThroughputOverride, "ProvisionedThroughputOverride" as "ProvisionedThroughputOverride";
    on_demand_throughput_override: optional OnDemandThroughputOverride, "OnDemandThroughputOverride" as "OnDemandThroughputOverride";
    warm_throughput: optional GlobalSecondaryIndexWarmThroughputDescription, "WarmThroughput" as "WarmThroughput";
} }

string_enum! { ReplicaStatus {
    Creating = "CREATING",
    CreationFailed = "CREATION_FAILED",
    Updating = "UPDATING",
    Deleting = "DELETING",
    Active = "ACTIVE",
    RegionDisabled = "REGION_DISABLED",
    InaccessibleEncryptionCredentials = "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
    Archiving = "ARCHIVING",
    Archived = "ARCHIVED",
    ReplicationNotAuthorized = "REPLICATION_NOT_AUTHORIZED",
} }

structure! { ReplicationGroupUpdate "ReplicationGroupUpdate" {
    create: optional CreateReplicationGroupMemberAction, "Create" as "Create";
    update: optional UpdateReplicationGroupMemberAction, "Update" as "Update";
    delete: optional DeleteReplicationGroupMemberAction, "Delete" as "Delete";
} }

structure! { RestoreSummary "RestoreSummary" {
    source_backup_arn: optional String, "SourceBackupArn" as "SourceBackupArn" .length(37, 1024);
    source_table_arn: optional String, "SourceTableArn" as "SourceTableArn" .length(1, 1024);
    restore_date_time: required Timestamp, "RestoreDateTime" as "RestoreDateTime";
    restore_in_progress: required bool, "RestoreInProgress" as "RestoreInProgress";
} }

string_enum! { ReturnConsumedCapacity {
    Indexes = "INDEXES",
    Total = "TOTAL",
    None = "NONE",
} }

string_enum! { ReturnItemCollectionMetrics {
    Size = "SIZE",
    None = "NONE",
} }

string_enum! { ReturnValue {
    AllNew = "ALL_NEW",
    UpdatedOld = "UPDATED_OLD",
    AllOld = "ALL_OLD",
    None = "NONE",
    UpdatedNew = "UPDATED_NEW",
} }

string_enum! { ReturnValuesOnConditionCheckFailure {
    AllOld = "ALL_OLD",
    None = "NONE",
} }

structure! { SSEDescription "SSEDescription" {
    status: optional SSEStatus, "Status" as "Status" .one_of(SSEStatus::VALUES);
    sse_type: optional SSEType, "SSEType" as "SSEType" .one_of(SSEType::VALUES);
    kms_master_key_arn: optional String, "KMSMasterKeyArn" as "KMSMasterKeyArn";
    inaccessible_encryption_date_time: optional Timestamp, "InaccessibleEncryptionDateTime" as "InaccessibleEncryptionDateTime";
} }

structure! { SSESpecification "SSESpecification" {
    enabled: optional bool, "Enabled" as "Enabled";
    sse_type: optional SSEType, "SSEType" as "SSEType" .one_of(SSEType::VALUES);
    kms_master_key_id: optional String, "KMSMasterKeyId" as "KMSMasterKeyId";
} }

string_enum! { SSEStatus {
    Enabling = "ENABLING",
    Enabled = "ENABLED",
    Disabling = "DISABLING",
    Disabled = "DISABLED",
    Updating = "UPDATING",
} }

string_enum! { SSEType {
    Aes256 = "AES256",
    Kms = "KMS",
} }

string_enum! { ScalarAttributeType {
    B = "B",
    N = "N",
    S = "S",
} }

structure! { ScanInput "ScanInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:");
    index_name: optional String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    attributes_to_get: optional Vec<String>, "AttributesToGet" as "AttributesToGet" .length(1, u64::MAX);
    limit: optional i32, "Limit" as "Limit" .range(1, i64::MAX);
    select: optional Select, "Select" as "Select" .one_of(Select::VALUES);
    scan_filter: optional BTreeMap<String, Condition>, "ScanFilter" as "ScanFilter";
    conditional_operator: optional ConditionalOperator, "ConditionalOperator" as "ConditionalOperator" .one_of(ConditionalOperator::VALUES);
    exclusive_start_key: optional BTreeMap<String, AttributeValue>, "ExclusiveStartKey" as "ExclusiveStartKey";
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
    total_segments: optional i32, "TotalSegments" as "TotalSegments" .range(1, 1000000);
    segment: optional i32, "Segment" as "Segment" .range(0, 999999);
    projection_expression: optional String, "ProjectionExpression" as "ProjectionExpression";
    filter_expression: optional String, "FilterExpression" as "FilterExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
    expression_attribute_values: optional BTreeMap<String, AttributeValue>, "ExpressionAttributeValues" as "ExpressionAttributeValues";
    consistent_read: optional bool, "ConsistentRead" as "ConsistentRead";
} }

structure! { ScanOutput "ScanOutput" {
    items: optional Encoded<Vec<BTreeMap<String, AttributeValue>>>, "Items" as "Items";
    count: optional i32, "Count" as "Count";
    scanned_count: optional i32, "ScannedCount" as "ScannedCount";
    last_evaluated_key: optional BTreeMap<String, AttributeValue>, "LastEvaluatedKey" as "LastEvaluatedKey";
    consumed_capacity: optional ConsumedCapacity, "ConsumedCapacity" as "ConsumedCapacity";
} }

string_enum! { Select {
    SpecificAttributes = "SPECIFIC_ATTRIBUTES",
    Count = "COUNT",
    AllAttributes = "ALL_ATTRIBUTES",
    AllProjectedAttributes = "ALL_PROJECTED_ATTRIBUTES",
} }

structure! { StreamSpecification "StreamSpecification" {
    stream_enabled: required bool, "StreamEnabled" as "StreamEnabled";
    stream_view_type: optional StreamViewType, "StreamViewType" as "StreamViewType" .one_of(StreamViewType::VALUES);
} }

string_enum! { StreamViewType {
    NewImage = "NEW_IMAGE",
    OldImage = "OLD_IMAGE",
    NewAndOldImages = "NEW_AND_OLD_IMAGES",
    KeysOnly = "KEYS_ONLY",
} }

string_enum! { TableClass {
    Standard = "STANDARD",
    StandardInfrequentAccess = "STANDARD_INFREQUENT_ACCESS",
} }

structure! { TableClassSummary "TableClassSummary" {
    table_class: optional TableClass, "TableClass" as "TableClass" .one_of(TableClass::VALUES);
    last_update_date_time: optional Timestamp, "LastUpdateDateTime" as "LastUpdateDateTime";
} }

structure! { TableDescription "TableDescription" {
    attribute_definitions: optional Vec<AttributeDefinition>, "AttributeDefinitions" as "AttributeDefinitions";
    table_name: optional String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    key_schema: optional Vec<KeySchemaElement>, "KeySchema" as "KeySchema" .length(1, u64::MAX);
    table_status: optional TableStatus, "TableStatus" as "TableStatus" .one_of(TableStatus::VALUES);
    creation_date_time: optional Timestamp, "CreationDateTime" as "CreationDateTime";
    provisioned_throughput: optional ProvisionedThroughputDescription, "ProvisionedThroughput" as "ProvisionedThroughput";
    table_size_bytes: optional i64, "TableSizeBytes" as "TableSizeBytes";
    item_count: optional i64, "ItemCount" as "ItemCount";
    table_arn: optional String, "TableArn" as "TableArn";
    table_id: optional String, "TableId" as "TableId" .pattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    billing_mode_summary: optional BillingModeSummary, "BillingModeSummary" as "BillingModeSummary";
    local_secondary_indexes: optional Vec<LocalSecondaryIndexDescription>, "LocalSecondaryIndexes" as "LocalSecondaryIndexes";
    global_secondary_indexes: optional Vec<GlobalSecondaryIndexDescription>, "GlobalSecondaryIndexes" as "GlobalSecondaryIndexes";
    stream_specification: optional StreamSpecification, "StreamSpecification" as "StreamSpecification";
    latest_stream_label: optional String, "LatestStreamLabel" as "LatestStreamLabel";
    latest_stream_arn: optional String, "LatestStreamArn" as "LatestStreamArn" .length(37, 1024);
    global_table_version: optional String, "GlobalTableVersion" as "GlobalTableVersion";
    replicas: optional Vec<ReplicaDescription>, "Replicas" as "Replicas";
    global_table_witnesses: optional Vec<GlobalTableWitnessDescription>, "GlobalTableWitnesses" as "GlobalTableWitnesses";
    global_table_settings_replication_mode: optional GlobalTableSettingsReplicationMode, "GlobalTableSettingsReplicationMode" as "GlobalTableSettingsReplicationMode" .one_of(GlobalTableSettingsReplicationMode::VALUES);
    restore_summary: optional RestoreSummary, "RestoreSummary" as "RestoreSummary";
    sse_description: optional SSEDescription, "SSEDescription" as "SSEDescription";
    archival_summary: optional ArchivalSummary, "ArchivalSummary" as "ArchivalSummary";
    table_class_summary: optional TableClassSummary, "TableClassSummary" as "TableClassSummary";
    deletion_protection_enabled: optional bool, "DeletionProtectionEnabled" as "DeletionProtectionEnabled";
    on_demand_throughput: optional OnDemandThroughput, "OnDemandThroughput" as "OnDemandThroughput";
    warm_throughput: optional TableWarmThroughputDescription, "WarmThroughput" as "WarmThroughput";
    multi_region_consistency: optional MultiRegionConsistency, "MultiRegionConsistency" as "MultiRegionConsistency" .one_of(MultiRegionConsistency::VALUES);
} }

string_enum! { TableStatus {
    Creating = "CREATING",
    Updating = "UPDATING",
    Deleting = "DELETING",
    Active = "ACTIVE",
    InaccessibleEncryptionCredentials = "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
    Archiving = "ARCHIVING",
    Archived = "ARCHIVED",
    ReplicationNotAuthorized = "REPLICATION_NOT_AUTHORIZED",
} }

structure! { TableWarmThroughputDescription "TableWarmThroughputDescription" {
    read_units_per_second: optional i64, "ReadUnitsPerSecond" as "ReadUnitsPerSecond" .range(1, i64::MAX);
    write_units_per_second: optional i64, "WriteUnitsPerSecond" as "WriteUnitsPerSecond" .range(1, i64::MAX);
    status: optional TableStatus, "Status" as "Status" .one_of(TableStatus::VALUES);
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key" .length(1, 128);
    value: required String, "Value" as "Value" .length(0, 256);
} }

structure! { TagResourceInput "TagResourceInput" {
    resource_arn: optional String, "ResourceArn" as "ResourceArn";
    tags: optional Vec<Tag>, "Tags" as "Tags";
} }

structure! { TimeToLiveDescription "TimeToLiveDescription" {
    time_to_live_status: optional TimeToLiveStatus, "TimeToLiveStatus" as "TimeToLiveStatus" .one_of(TimeToLiveStatus::VALUES);
    attribute_name: optional String, "AttributeName" as "AttributeName" .length(1, 255);
} }

structure! { TimeToLiveSpecification "TimeToLiveSpecification" {
    enabled: required bool, "Enabled" as "Enabled";
    attribute_name: required String, "AttributeName" as "AttributeName" .length(1, 255);
} }

string_enum! { TimeToLiveStatus {
    Enabling = "ENABLING",
    Disabling = "DISABLING",
    Enabled = "ENABLED",
    Disabled = "DISABLED",
} }

structure! { TransactGetItem "TransactGetItem" {
    get: required Get, "Get" as "Get";
} }

structure! { TransactGetItemsInput "TransactGetItemsInput" {
    transact_items: required Vec<TransactGetItem>, "TransactItems" as "TransactItems" .length(1, 100);
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
} }

structure! { TransactGetItemsOutput "TransactGetItemsOutput" {
    consumed_capacity: optional Vec<ConsumedCapacity>, "ConsumedCapacity" as "ConsumedCapacity";
    responses: optional Vec<ItemResponse>, "Responses" as "Responses" .length(1, 100);
} }

structure! { TransactWriteItem "TransactWriteItem" {
    condition_check: optional ConditionCheck, "ConditionCheck" as "ConditionCheck";
    put: optional Put, "Put" as "Put";
    delete: optional Delete, "Delete" as "Delete";
    update: optional Update, "Update" as "Update";
} }

structure! { TransactWriteItemsInput "TransactWriteItemsInput" {
    transact_items: required Vec<TransactWriteItem>, "TransactItems" as "TransactItems" .length(1, 100);
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
    return_item_collection_metrics: optional ReturnItemCollectionMetrics, "ReturnItemCollectionMetrics" as "ReturnItemCollectionMetrics" .one_of(ReturnItemCollectionMetrics::VALUES);
    client_request_token: optional String, "ClientRequestToken" as "ClientRequestToken" .length(1, 36);
} }

structure! { TransactWriteItemsOutput "TransactWriteItemsOutput" {
    consumed_capacity: optional Vec<ConsumedCapacity>, "ConsumedCapacity" as "ConsumedCapacity";
    item_collection_metrics: optional BTreeMap<String, Vec<ItemCollectionMetrics>>, "ItemCollectionMetrics" as "ItemCollectionMetrics";
} }

structure! { UntagResourceInput "UntagResourceInput" {
    resource_arn: optional String, "ResourceArn" as "ResourceArn";
    tag_keys: optional Vec<String>, "TagKeys" as "TagKeys";
} }

structure! { Update "Update" {
    key: required BTreeMap<String, AttributeValue>, "Key" as "Key";
    update_expression: required String, "UpdateExpression" as "UpdateExpression";
    table_name: required String, "TableName" as "TableName" .length(1, 1024);
    condition_expression: optional String, "ConditionExpression" as "ConditionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
    expression_attribute_values: optional BTreeMap<String, AttributeValue>, "ExpressionAttributeValues" as "ExpressionAttributeValues";
    return_values_on_condition_check_failure: optional ReturnValuesOnConditionCheckFailure, "ReturnValuesOnConditionCheckFailure" as "ReturnValuesOnConditionCheckFailure" .one_of(ReturnValuesOnConditionCheckFailure::VALUES);
} }

structure! { UpdateContinuousBackupsInput "UpdateContinuousBackupsInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:") .own_words();
    point_in_time_recovery_specification: required PointInTimeRecoverySpecification, "PointInTimeRecoverySpecification" as "PointInTimeRecoverySpecification";
} }

structure! { UpdateContinuousBackupsOutput "UpdateContinuousBackupsOutput" {
    continuous_backups_description: optional ContinuousBackupsDescription, "ContinuousBackupsDescription" as "ContinuousBackupsDescription";
} }

structure! { UpdateGlobalSecondaryIndexAction "UpdateGlobalSecondaryIndexAction" {
    index_name: required String, "IndexName" as "IndexName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    provisioned_throughput: optional ProvisionedThroughput, "ProvisionedThroughput" as "ProvisionedThroughput";
    on_demand_throughput: optional OnDemandThroughput, "OnDemandThroughput" as "OnDemandThroughput";
    warm_throughput: optional WarmThroughput, "WarmThroughput" as "WarmThroughput";
} }

structure! { UpdateItemInput "UpdateItemInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:");
    key: required BTreeMap<String, AttributeValue>, "Key" as "Key";
    attribute_updates: optional BTreeMap<String, AttributeValueUpdate>, "AttributeUpdates" as "AttributeUpdates";
    expected: optional BTreeMap<String, ExpectedAttributeValue>, "Expected" as "Expected";
    conditional_operator: optional ConditionalOperator, "ConditionalOperator" as "ConditionalOperator" .one_of(ConditionalOperator::VALUES);
    return_values: optional ReturnValue, "ReturnValues" as "ReturnValues" .one_of(ReturnValue::VALUES);
    return_consumed_capacity: optional ReturnConsumedCapacity, "ReturnConsumedCapacity" as "ReturnConsumedCapacity" .one_of(ReturnConsumedCapacity::VALUES);
    return_item_collection_metrics: optional ReturnItemCollectionMetrics, "ReturnItemCollectionMetrics" as "ReturnItemCollectionMetrics" .one_of(ReturnItemCollectionMetrics::VALUES);
    update_expression: optional String, "UpdateExpression" as "UpdateExpression";
    condition_expression: optional String, "ConditionExpression" as "ConditionExpression";
    expression_attribute_names: optional BTreeMap<String, String>, "ExpressionAttributeNames" as "ExpressionAttributeNames";
    expression_attribute_values: optional BTreeMap<String, AttributeValue>, "ExpressionAttributeValues" as "ExpressionAttributeValues";
    return_values_on_condition_check_failure: optional ReturnValuesOnConditionCheckFailure, "ReturnValuesOnConditionCheckFailure" as "ReturnValuesOnConditionCheckFailure" .one_of(ReturnValuesOnConditionCheckFailure::VALUES);
} }

structure! { UpdateItemOutput "UpdateItemOutput" {
    attributes: optional Encoded<BTreeMap<String, AttributeValue>>, "Attributes" as "Attributes";
    consumed_capacity: optional ConsumedCapacity, "ConsumedCapacity" as "ConsumedCapacity";
    item_collection_metrics: optional ItemCollectionMetrics, "ItemCollectionMetrics" as "ItemCollectionMetrics";
} }

structure! { UpdateReplicationGroupMemberAction "UpdateReplicationGroupMemberAction" {
    region_name: required String, "RegionName" as "RegionName";
    kms_master_key_id: optional String, "KMSMasterKeyId" as "KMSMasterKeyId";
    provisioned_throughput_override: optional ProvisionedThroughputOverride, "ProvisionedThroughputOverride" as "ProvisionedThroughputOverride";
    on_demand_throughput_override: optional OnDemandThroughputOverride, "OnDemandThroughputOverride" as "OnDemandThroughputOverride";
    global_secondary_indexes: optional Vec<ReplicaGlobalSecondaryIndex>, "GlobalSecondaryIndexes" as "GlobalSecondaryIndexes" .length(1, u64::MAX);
    table_class_override: optional TableClass, "TableClassOverride" as "TableClassOverride" .one_of(TableClass::VALUES);
} }

structure! { UpdateTableInput "UpdateTableInput" {
    attribute_definitions: optional Vec<AttributeDefinition>, "AttributeDefinitions" as "AttributeDefinitions";
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:") .own_words();
    billing_mode: optional BillingMode, "BillingMode" as "BillingMode" .one_of(BillingMode::VALUES);
    provisioned_throughput: optional ProvisionedThroughput, "ProvisionedThroughput" as "ProvisionedThroughput";
    global_secondary_index_updates: optional Vec<GlobalSecondaryIndexUpdate>, "GlobalSecondaryIndexUpdates" as "GlobalSecondaryIndexUpdates";
    stream_specification: optional StreamSpecification, "StreamSpecification" as "StreamSpecification";
    sse_specification: optional SSESpecification, "SSESpecification" as "SSESpecification";
    replica_updates: optional Vec<ReplicationGroupUpdate>, "ReplicaUpdates" as "ReplicaUpdates" .length(1, u64::MAX);
    table_class: optional TableClass, "TableClass" as "TableClass" .one_of(TableClass::VALUES);
    deletion_protection_enabled: optional bool, "DeletionProtectionEnabled" as "DeletionProtectionEnabled";
    multi_region_consistency: optional MultiRegionConsistency, "MultiRegionConsistency" as "MultiRegionConsistency" .one_of(MultiRegionConsistency::VALUES);
    global_table_witness_updates: optional Vec<GlobalTableWitnessGroupUpdate>, "GlobalTableWitnessUpdates" as "GlobalTableWitnessUpdates" .length(1, 1);
    on_demand_throughput: optional OnDemandThroughput, "OnDemandThroughput" as "OnDemandThroughput";
    warm_throughput: optional WarmThroughput, "WarmThroughput" as "WarmThroughput";
    global_table_settings_replication_mode: optional GlobalTableSettingsReplicationMode, "GlobalTableSettingsReplicationMode" as "GlobalTableSettingsReplicationMode" .one_of(GlobalTableSettingsReplicationMode::VALUES);
} }

structure! { UpdateTableOutput "UpdateTableOutput" {
    table_description: optional TableDescription, "TableDescription" as "TableDescription";
} }

structure! { UpdateTimeToLiveInput "UpdateTimeToLiveInput" {
    table_name: required String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:") .own_words();
    time_to_live_specification: required TimeToLiveSpecification, "TimeToLiveSpecification" as "TimeToLiveSpecification";
} }

structure! { UpdateTimeToLiveOutput "UpdateTimeToLiveOutput" {
    time_to_live_specification: optional TimeToLiveSpecification, "TimeToLiveSpecification" as "TimeToLiveSpecification";
} }

structure! { WarmThroughput "WarmThroughput" {
    read_units_per_second: optional i64, "ReadUnitsPerSecond" as "ReadUnitsPerSecond";
    write_units_per_second: optional i64, "WriteUnitsPerSecond" as "WriteUnitsPerSecond";
} }

string_enum! { WitnessStatus {
    Creating = "CREATING",
    Deleting = "DELETING",
    Active = "ACTIVE",
} }

structure! { WriteRequest "WriteRequest" {
    put_request: optional PutRequest, "PutRequest" as "PutRequest";
    delete_request: optional DeleteRequest, "DeleteRequest" as "DeleteRequest";
} }
