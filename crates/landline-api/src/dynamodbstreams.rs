//! `dynamodbstreams`, version 2012-08-10: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{Encoded, Protocol, Timestamp, service, string_enum, structure, union};

service! { dynamodbstreams signed "dynamodb" speaks Protocol::Json { content_version: "1.0", target_prefix: "DynamoDBStreams_20120810" }, validates "ValidationException";
    errors {
        ExpiredIteratorException "ExpiredIteratorException" 400 "message",
        InternalServerError "InternalServerError" 500 "message",
        LimitExceededException "LimitExceededException" 400 "message",
        ResourceNotFoundException "ResourceNotFoundException" 400 "message",
        TrimmedDataAccessException "TrimmedDataAccessException" 400 "message",
    }
    operations {
        POST "/" => ListStreams(ListStreamsInput) -> 200 ListStreamsOutput;
        POST "/" => DescribeStream(DescribeStreamInput) -> 200 DescribeStreamOutput;
        POST "/" => GetShardIterator(GetShardIteratorInput) -> 200 GetShardIteratorOutput;
        POST "/" => GetRecords(GetRecordsInput) -> 200 GetRecordsOutput;
    }
}

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

structure! { DescribeStreamInput "DescribeStreamInput" {
    stream_arn: required String, "StreamArn" as "StreamArn" .length(37, 1024);
    limit: optional i32, "Limit" as "Limit" .range(1, i64::MAX);
    exclusive_start_shard_id: optional String, "ExclusiveStartShardId" as "ExclusiveStartShardId" .length(28, 65);
    shard_filter: optional ShardFilter, "ShardFilter" as "ShardFilter";
} }

structure! { DescribeStreamOutput "DescribeStreamOutput" {
    stream_description: optional StreamDescription, "StreamDescription" as "StreamDescription";
} }

structure! { GetRecordsInput "GetRecordsInput" {
    shard_iterator: required String, "ShardIterator" as "ShardIterator" .length(1, 2048);
    limit: optional i32, "Limit" as "Limit" .range(1, i64::MAX);
} }

structure! { GetRecordsOutput "GetRecordsOutput" {
    records: optional Vec<Record>, "Records" as "Records";
    next_shard_iterator: optional String, "NextShardIterator" as "NextShardIterator" .length(1, 2048);
} }

structure! { GetShardIteratorInput "GetShardIteratorInput" {
    stream_arn: required String, "StreamArn" as "StreamArn" .length(37, 1024);
    shard_id: required String, "ShardId" as "ShardId" .length(28, 65);
    shard_iterator_type: required ShardIteratorType, "ShardIteratorType" as "ShardIteratorType" .one_of(ShardIteratorType::VALUES);
    sequence_number: optional String, "SequenceNumber" as "SequenceNumber" .length(21, 40);
} }

structure! { GetShardIteratorOutput "GetShardIteratorOutput" {
    shard_iterator: optional String, "ShardIterator" as "ShardIterator" .length(1, 2048);
} }

structure! { Identity "Identity" {
    principal_id: optional String, "PrincipalId" as "PrincipalId";
    r#type: optional String, "Type" as "Type";
} }

structure! { KeySchemaElement "KeySchemaElement" {
    attribute_name: required String, "AttributeName" as "AttributeName" .length(1, 255);
    key_type: required KeyType, "KeyType" as "KeyType" .one_of(KeyType::VALUES);
} }

string_enum! { KeyType {
    Hash = "HASH",
    Range = "RANGE",
} }

structure! { ListStreamsInput "ListStreamsInput" {
    table_name: optional String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    limit: optional i32, "Limit" as "Limit" .range(1, i64::MAX);
    exclusive_start_stream_arn: optional String, "ExclusiveStartStreamArn" as "ExclusiveStartStreamArn" .length(37, 1024);
} }

structure! { ListStreamsOutput "ListStreamsOutput" {
    streams: optional Vec<Stream>, "Streams" as "Streams";
    last_evaluated_stream_arn: optional String, "LastEvaluatedStreamArn" as "LastEvaluatedStreamArn" .length(37, 1024);
} }

string_enum! { OperationType {
    Insert = "INSERT",
    Modify = "MODIFY",
    Remove = "REMOVE",
} }

structure! { Record "Record" {
    event_id: optional String, "eventID" as "eventID";
    event_name: optional OperationType, "eventName" as "eventName" .one_of(OperationType::VALUES);
    event_version: optional String, "eventVersion" as "eventVersion";
    event_source: optional String, "eventSource" as "eventSource";
    aws_region: optional String, "awsRegion" as "awsRegion";
    dynamodb: optional StreamRecord, "dynamodb" as "dynamodb";
    user_identity: optional Identity, "userIdentity" as "userIdentity";
} }

structure! { SequenceNumberRange "SequenceNumberRange" {
    starting_sequence_number: optional String, "StartingSequenceNumber" as "StartingSequenceNumber" .length(21, 40);
    ending_sequence_number: optional String, "EndingSequenceNumber" as "EndingSequenceNumber" .length(21, 40);
} }

structure! { Shard "Shard" {
    shard_id: optional String, "ShardId" as "ShardId" .length(28, 65);
    sequence_number_range: optional SequenceNumberRange, "SequenceNumberRange" as "SequenceNumberRange";
    parent_shard_id: optional String, "ParentShardId" as "ParentShardId" .length(28, 65);
} }

structure! { ShardFilter "ShardFilter" {
    r#type: optional ShardFilterType, "Type" as "Type" .one_of(ShardFilterType::VALUES);
    shard_id: optional String, "ShardId" as "ShardId" .length(28, 65);
} }

string_enum! { ShardFilterType {
    ChildShards = "CHILD_SHARDS",
} }

string_enum! { ShardIteratorType {
    TrimHorizon = "TRIM_HORIZON",
    Latest = "LATEST",
    AtSequenceNumber = "AT_SEQUENCE_NUMBER",
    AfterSequenceNumber = "AFTER_SEQUENCE_NUMBER",
} }

structure! { Stream "Stream" {
    stream_arn: optional String, "StreamArn" as "StreamArn" .length(37, 1024);
    table_name: optional String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    stream_label: optional String, "StreamLabel" as "StreamLabel";
} }

structure! { StreamDescription "StreamDescription" {
    stream_arn: optional String, "StreamArn" as "StreamArn" .length(37, 1024);
    stream_label: optional String, "StreamLabel" as "StreamLabel";
    stream_status: optional StreamStatus, "StreamStatus" as "StreamStatus" .one_of(StreamStatus::VALUES);
    stream_view_type: optional StreamViewType, "StreamViewType" as "StreamViewType" .one_of(StreamViewType::VALUES);
    creation_request_date_time: optional Timestamp, "CreationRequestDateTime" as "CreationRequestDateTime";
    table_name: optional String, "TableName" as "TableName" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+");
    key_schema: optional Vec<KeySchemaElement>, "KeySchema" as "KeySchema" .length(1, 2);
    shards: optional Vec<Shard>, "Shards" as "Shards";
    last_evaluated_shard_id: optional String, "LastEvaluatedShardId" as "LastEvaluatedShardId" .length(28, 65);
} }

structure! { StreamRecord "StreamRecord" {
    approximate_creation_date_time: optional Timestamp, "ApproximateCreationDateTime" as "ApproximateCreationDateTime";
    keys: optional Encoded<BTreeMap<String, AttributeValue>>, "Keys" as "Keys";
    new_image: optional Encoded<BTreeMap<String, AttributeValue>>, "NewImage" as "NewImage";
    old_image: optional Encoded<BTreeMap<String, AttributeValue>>, "OldImage" as "OldImage";
    sequence_number: optional String, "SequenceNumber" as "SequenceNumber" .length(21, 40);
    size_bytes: optional i64, "SizeBytes" as "SizeBytes" .range(1, i64::MAX);
    stream_view_type: optional StreamViewType, "StreamViewType" as "StreamViewType" .one_of(StreamViewType::VALUES);
} }

string_enum! { StreamStatus {
    Enabling = "ENABLING",
    Enabled = "ENABLED",
    Disabling = "DISABLING",
    Disabled = "DISABLED",
} }

string_enum! { StreamViewType {
    NewImage = "NEW_IMAGE",
    OldImage = "OLD_IMAGE",
    NewAndOldImages = "NEW_AND_OLD_IMAGES",
    KeysOnly = "KEYS_ONLY",
} }
