//! `sqs`, version 2012-11-05: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{Protocol, service, shape::Unit, string_enum, structure};

service! { sqs signed "sqs" speaks Protocol::Json { content_version: "1.0", target_prefix: "AmazonSQS" }, validates "InvalidParameterValueException";
    errors {
        BatchEntryIdsNotDistinct "BatchEntryIdsNotDistinct" 400 "message",
        BatchRequestTooLong "BatchRequestTooLong" 400 "message",
        EmptyBatchRequest "EmptyBatchRequest" 400 "message",
        InvalidAddress "InvalidAddress" 400 "message",
        InvalidAttributeName "InvalidAttributeName" 400 "message",
        InvalidAttributeValue "InvalidAttributeValue" 400 "message",
        InvalidBatchEntryId "InvalidBatchEntryId" 400 "message",
        InvalidIdFormat "InvalidIdFormat" 400 "message",
        InvalidMessageContents "InvalidMessageContents" 400 "message",
        InvalidSecurity "InvalidSecurity" 400 "message",
        KmsAccessDenied "KmsAccessDenied" 400 "message",
        KmsDisabled "KmsDisabled" 400 "message",
        KmsInvalidKeyUsage "KmsInvalidKeyUsage" 400 "message",
        KmsInvalidState "KmsInvalidState" 400 "message",
        KmsNotFound "KmsNotFound" 400 "message",
        KmsOptInRequired "KmsOptInRequired" 400 "message",
        KmsThrottled "KmsThrottled" 400 "message",
        MessageNotInflight "MessageNotInflight" 400 "message",
        OverLimit "OverLimit" 400 "message",
        PurgeQueueInProgress "PurgeQueueInProgress" 400 "message",
        QueueDeletedRecently "QueueDeletedRecently" 400 "message",
        QueueDoesNotExist "QueueDoesNotExist" 400 "message",
        QueueNameExists "QueueNameExists" 400 "message",
        ReceiptHandleIsInvalid "ReceiptHandleIsInvalid" 400 "message",
        RequestThrottled "RequestThrottled" 400 "message",
        ResourceNotFoundException "ResourceNotFoundException" 400 "message",
        TooManyEntriesInBatchRequest "TooManyEntriesInBatchRequest" 400 "message",
        UnsupportedOperation "UnsupportedOperation" 400 "message",
    }
    query_codes { "QueueDoesNotExist" => "AWS.SimpleQueueService.NonExistentQueue", "QueueNameExists" => "QueueAlreadyExists", "InvalidParameterValueException" => "InvalidParameterValue", "MissingRequiredParameterException" => "MissingParameter", "QueueDeletedRecently" => "AWS.SimpleQueueService.QueueDeletedRecently", "PurgeQueueInProgress" => "AWS.SimpleQueueService.PurgeQueueInProgress", "BatchEntryIdsNotDistinct" => "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "BatchRequestTooLong" => "AWS.SimpleQueueService.BatchRequestTooLong", "EmptyBatchRequest" => "AWS.SimpleQueueService.EmptyBatchRequest", "InvalidBatchEntryId" => "AWS.SimpleQueueService.InvalidBatchEntryId", "TooManyEntriesInBatchRequest" => "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", "MessageNotInflight" => "AWS.SimpleQueueService.MessageNotInflight", "UnsupportedOperation" => "AWS.SimpleQueueService.UnsupportedOperation" }
    operations {
        POST "/" => CreateQueue(CreateQueueInput) -> 200 CreateQueueOutput;
        POST "/" => GetQueueUrl(GetQueueUrlInput) -> 200 GetQueueUrlOutput;
        POST "/" => ListQueues(ListQueuesInput) -> 200 ListQueuesOutput;
        POST "/" => DeleteQueue(DeleteQueueInput) -> 200 Unit;
        POST "/" => PurgeQueue(PurgeQueueInput) -> 200 Unit;
        POST "/" => GetQueueAttributes(GetQueueAttributesInput) -> 200 GetQueueAttributesOutput;
        POST "/" => SetQueueAttributes(SetQueueAttributesInput) -> 200 Unit;
        POST "/" => SendMessage(SendMessageInput) -> 200 SendMessageOutput;
        POST "/" => SendMessageBatch(SendMessageBatchInput) -> 200 SendMessageBatchOutput;
        POST "/" => ReceiveMessage(ReceiveMessageInput) -> 200 ReceiveMessageOutput;
        POST "/" => DeleteMessage(DeleteMessageInput) -> 200 Unit;
        POST "/" => DeleteMessageBatch(DeleteMessageBatchInput) -> 200 DeleteMessageBatchOutput;
        POST "/" => ChangeMessageVisibility(ChangeMessageVisibilityInput) -> 200 Unit;
        POST "/" => ChangeMessageVisibilityBatch(ChangeMessageVisibilityBatchInput) -> 200 ChangeMessageVisibilityBatchOutput;
        POST "/" => ListDeadLetterSourceQueues(ListDeadLetterSourceQueuesInput) -> 200 ListDeadLetterSourceQueuesOutput;
        POST "/" => TagQueue(TagQueueInput) -> 200 Unit;
        POST "/" => UntagQueue(UntagQueueInput) -> 200 Unit;
        POST "/" => ListQueueTags(ListQueueTagsInput) -> 200 ListQueueTagsOutput;
        POST "/" => StartMessageMoveTask(StartMessageMoveTaskInput) -> 200 StartMessageMoveTaskOutput;
        POST "/" => CancelMessageMoveTask(CancelMessageMoveTaskInput) -> 200 CancelMessageMoveTaskOutput;
        POST "/" => ListMessageMoveTasks(ListMessageMoveTasksInput) -> 200 ListMessageMoveTasksOutput;
        POST "/" => AddPermission(AddPermissionInput) -> 200 Unit;
        POST "/" => RemovePermission(RemovePermissionInput) -> 200 Unit;
    }
}

structure! { AddPermissionInput "AddPermissionRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    label: required String, "Label" as "Label";
    aws_account_ids: required Vec<String>, "AWSAccountIds" as "AWSAccountIds";
    actions: required Vec<String>, "Actions" as "Actions";
} }

structure! { BatchResultErrorEntry "BatchResultErrorEntry" {
    id: required String, "Id" as "Id";
    sender_fault: required bool, "SenderFault" as "SenderFault";
    code: required String, "Code" as "Code";
    message: optional String, "Message" as "Message";
} }

structure! { CancelMessageMoveTaskInput "CancelMessageMoveTaskRequest" {
    task_handle: required String, "TaskHandle" as "TaskHandle";
} }

structure! { CancelMessageMoveTaskOutput "CancelMessageMoveTaskResult" {
    approximate_number_of_messages_moved: optional i64, "ApproximateNumberOfMessagesMoved" as "ApproximateNumberOfMessagesMoved";
} }

structure! { ChangeMessageVisibilityBatchInput "ChangeMessageVisibilityBatchRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    entries: required Vec<ChangeMessageVisibilityBatchRequestEntry>, "Entries" as "Entries";
} }

structure! { ChangeMessageVisibilityBatchRequestEntry "ChangeMessageVisibilityBatchRequestEntry" {
    id: required String, "Id" as "Id";
    receipt_handle: required String, "ReceiptHandle" as "ReceiptHandle";
    visibility_timeout: optional i32, "VisibilityTimeout" as "VisibilityTimeout";
} }

structure! { ChangeMessageVisibilityBatchOutput "ChangeMessageVisibilityBatchResult" {
    successful: required Vec<ChangeMessageVisibilityBatchResultEntry>, "Successful" as "Successful";
    failed: required Vec<BatchResultErrorEntry>, "Failed" as "Failed";
} }

structure! { ChangeMessageVisibilityBatchResultEntry "ChangeMessageVisibilityBatchResultEntry" {
    id: required String, "Id" as "Id";
} }

structure! { ChangeMessageVisibilityInput "ChangeMessageVisibilityRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    receipt_handle: required String, "ReceiptHandle" as "ReceiptHandle";
    visibility_timeout: required i32, "VisibilityTimeout" as "VisibilityTimeout";
} }

structure! { CreateQueueInput "CreateQueueRequest" {
    queue_name: required String, "QueueName" as "QueueName";
    attributes: optional BTreeMap<String, String>, "Attributes" as "Attributes";
    tags: optional BTreeMap<String, String>, "tags" as "tags";
} }

structure! { CreateQueueOutput "CreateQueueResult" {
    queue_url: optional String, "QueueUrl" as "QueueUrl";
} }

structure! { DeleteMessageBatchInput "DeleteMessageBatchRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    entries: required Vec<DeleteMessageBatchRequestEntry>, "Entries" as "Entries";
} }

structure! { DeleteMessageBatchRequestEntry "DeleteMessageBatchRequestEntry" {
    id: required String, "Id" as "Id";
    receipt_handle: required String, "ReceiptHandle" as "ReceiptHandle";
} }

structure! { DeleteMessageBatchOutput "DeleteMessageBatchResult" {
    successful: required Vec<DeleteMessageBatchResultEntry>, "Successful" as "Successful";
    failed: required Vec<BatchResultErrorEntry>, "Failed" as "Failed";
} }

structure! { DeleteMessageBatchResultEntry "DeleteMessageBatchResultEntry" {
    id: required String, "Id" as "Id";
} }

structure! { DeleteMessageInput "DeleteMessageRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    receipt_handle: required String, "ReceiptHandle" as "ReceiptHandle";
} }

structure! { DeleteQueueInput "DeleteQueueRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
} }

structure! { GetQueueAttributesInput "GetQueueAttributesRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    attribute_names: optional Vec<QueueAttributeName>, "AttributeNames" as "AttributeNames";
} }

structure! { GetQueueAttributesOutput "GetQueueAttributesResult" {
    attributes: optional BTreeMap<String, String>, "Attributes" as "Attributes";
} }

structure! { GetQueueUrlInput "GetQueueUrlRequest" {
    queue_name: required String, "QueueName" as "QueueName";
    queue_owner_aws_account_id: optional String, "QueueOwnerAWSAccountId" as "QueueOwnerAWSAccountId";
} }

structure! { GetQueueUrlOutput "GetQueueUrlResult" {
    queue_url: optional String, "QueueUrl" as "QueueUrl";
} }

structure! { ListDeadLetterSourceQueuesInput "ListDeadLetterSourceQueuesRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    next_token: optional String, "NextToken" as "NextToken";
    max_results: optional i32, "MaxResults" as "MaxResults";
} }

structure! { ListDeadLetterSourceQueuesOutput "ListDeadLetterSourceQueuesResult" {
    queue_urls: required Vec<String>, "queueUrls" as "queueUrls";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { ListMessageMoveTasksInput "ListMessageMoveTasksRequest" {
    source_arn: required String, "SourceArn" as "SourceArn";
    max_results: optional i32, "MaxResults" as "MaxResults";
} }

structure! { ListMessageMoveTasksOutput "ListMessageMoveTasksResult" {
    results: optional Vec<ListMessageMoveTasksResultEntry>, "Results" as "Results";
} }

structure! { ListMessageMoveTasksResultEntry "ListMessageMoveTasksResultEntry" {
    task_handle: optional String, "TaskHandle" as "TaskHandle";
    status: optional String, "Status" as "Status";
    source_arn: optional String, "SourceArn" as "SourceArn";
    destination_arn: optional String, "DestinationArn" as "DestinationArn";
    max_number_of_messages_per_second: optional i32, "MaxNumberOfMessagesPerSecond" as "MaxNumberOfMessagesPerSecond";
    approximate_number_of_messages_moved: optional i64, "ApproximateNumberOfMessagesMoved" as "ApproximateNumberOfMessagesMoved";
    approximate_number_of_messages_to_move: optional i64, "ApproximateNumberOfMessagesToMove" as "ApproximateNumberOfMessagesToMove";
    failure_reason: optional String, "FailureReason" as "FailureReason";
    started_timestamp: optional i64, "StartedTimestamp" as "StartedTimestamp";
} }

structure! { ListQueueTagsInput "ListQueueTagsRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
} }

structure! { ListQueueTagsOutput "ListQueueTagsResult" {
    tags: optional BTreeMap<String, String>, "Tags" as "Tags";
} }

structure! { ListQueuesInput "ListQueuesRequest" {
    queue_name_prefix: optional String, "QueueNamePrefix" as "QueueNamePrefix";
    next_token: optional String, "NextToken" as "NextToken";
    max_results: optional i32, "MaxResults" as "MaxResults";
} }

structure! { ListQueuesOutput "ListQueuesResult" {
    queue_urls: optional Vec<String>, "QueueUrls" as "QueueUrls";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { Message "Message" {
    message_id: optional String, "MessageId" as "MessageId";
    receipt_handle: optional String, "ReceiptHandle" as "ReceiptHandle";
    md5_of_body: optional String, "MD5OfBody" as "MD5OfBody";
    body: optional String, "Body" as "Body";
    attributes: optional BTreeMap<String, String>, "Attributes" as "Attributes";
    md5_of_message_attributes: optional String, "MD5OfMessageAttributes" as "MD5OfMessageAttributes";
    message_attributes: optional BTreeMap<String, MessageAttributeValue>, "MessageAttributes" as "MessageAttributes";
} }

structure! { MessageAttributeValue "MessageAttributeValue" {
    string_value: optional String, "StringValue" as "StringValue";
    binary_value: optional Bytes, "BinaryValue" as "BinaryValue";
    string_list_values: optional Vec<String>, "StringListValues" as "StringListValues";
    binary_list_values: optional Vec<Bytes>, "BinaryListValues" as "BinaryListValues";
    data_type: required String, "DataType" as "DataType";
} }

string_enum! { MessageSystemAttributeName {
    All = "All",
    SenderId = "SenderId",
    SentTimestamp = "SentTimestamp",
    ApproximateReceiveCount = "ApproximateReceiveCount",
    ApproximateFirstReceiveTimestamp = "ApproximateFirstReceiveTimestamp",
    SequenceNumber = "SequenceNumber",
    MessageDeduplicationId = "MessageDeduplicationId",
    MessageGroupId = "MessageGroupId",
    AWSTraceHeader = "AWSTraceHeader",
    DeadLetterQueueSourceArn = "DeadLetterQueueSourceArn",
} }

structure! { MessageSystemAttributeValue "MessageSystemAttributeValue" {
    string_value: optional String, "StringValue" as "StringValue";
    binary_value: optional Bytes, "BinaryValue" as "BinaryValue";
    string_list_values: optional Vec<String>, "StringListValues" as "StringListValues";
    binary_list_values: optional Vec<Bytes>, "BinaryListValues" as "BinaryListValues";
    data_type: required String, "DataType" as "DataType";
} }

structure! { PurgeQueueInput "PurgeQueueRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
} }

string_enum! { QueueAttributeName {
    All = "All",
    Policy = "Policy",
    VisibilityTimeout = "VisibilityTimeout",
    MaximumMessageSize = "MaximumMessageSize",
    MessageRetentionPeriod = "MessageRetentionPeriod",
    ApproximateNumberOfMessages = "ApproximateNumberOfMessages",
    ApproximateNumberOfMessagesNotVisible = "ApproximateNumberOfMessagesNotVisible",
    CreatedTimestamp = "CreatedTimestamp",
    LastModifiedTimestamp = "LastModifiedTimestamp",
    QueueArn = "QueueArn",
    ApproximateNumberOfMessagesDelayed = "ApproximateNumberOfMessagesDelayed",
    DelaySeconds = "DelaySeconds",
    ReceiveMessageWaitTimeSeconds = "ReceiveMessageWaitTimeSeconds",
    RedrivePolicy = "RedrivePolicy",
    FifoQueue = "FifoQueue",
    ContentBasedDeduplication = "ContentBasedDeduplication",
    KmsMasterKeyId = "KmsMasterKeyId",
    KmsDataKeyReusePeriodSeconds = "KmsDataKeyReusePeriodSeconds",
    DeduplicationScope = "DeduplicationScope",
    FifoThroughputLimit = "FifoThroughputLimit",
    RedriveAllowPolicy = "RedriveAllowPolicy",
    SqsManagedSseEnabled = "SqsManagedSseEnabled",
} }

structure! { ReceiveMessageInput "ReceiveMessageRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    attribute_names: optional Vec<QueueAttributeName>, "AttributeNames" as "AttributeNames";
    message_system_attribute_names: optional Vec<MessageSystemAttributeName>, "MessageSystemAttributeNames" as "MessageSystemAttributeNames";
    message_attribute_names: optional Vec<String>, "MessageAttributeNames" as "MessageAttributeNames";
    max_number_of_messages: optional i32, "MaxNumberOfMessages" as "MaxNumberOfMessages";
    visibility_timeout: optional i32, "VisibilityTimeout" as "VisibilityTimeout";
    wait_time_seconds: optional i32, "WaitTimeSeconds" as "WaitTimeSeconds";
    receive_request_attempt_id: optional String, "ReceiveRequestAttemptId" as "ReceiveRequestAttemptId";
} }

structure! { ReceiveMessageOutput "ReceiveMessageResult" {
    messages: optional Vec<Message>, "Messages" as "Messages";
} }

structure! { RemovePermissionInput "RemovePermissionRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    label: required String, "Label" as "Label";
} }

structure! { SendMessageBatchInput "SendMessageBatchRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    entries: required Vec<SendMessageBatchRequestEntry>, "Entries" as "Entries";
} }

structure! { SendMessageBatchRequestEntry "SendMessageBatchRequestEntry" {
    id: required String, "Id" as "Id";
    message_body: required String, "MessageBody" as "MessageBody";
    delay_seconds: optional i32, "DelaySeconds" as "DelaySeconds";
    message_attributes: optional BTreeMap<String, MessageAttributeValue>, "MessageAttributes" as "MessageAttributes";
    message_system_attributes: optional BTreeMap<String, MessageSystemAttributeValue>, "MessageSystemAttributes" as "MessageSystemAttributes";
    message_deduplication_id: optional String, "MessageDeduplicationId" as "MessageDeduplicationId";
    message_group_id: optional String, "MessageGroupId" as "MessageGroupId";
} }

structure! { SendMessageBatchOutput "SendMessageBatchResult" {
    successful: required Vec<SendMessageBatchResultEntry>, "Successful" as "Successful";
    failed: required Vec<BatchResultErrorEntry>, "Failed" as "Failed";
} }

structure! { SendMessageBatchResultEntry "SendMessageBatchResultEntry" {
    id: required String, "Id" as "Id";
    message_id: required String, "MessageId" as "MessageId";
    md5_of_message_body: required String, "MD5OfMessageBody" as "MD5OfMessageBody";
    md5_of_message_attributes: optional String, "MD5OfMessageAttributes" as "MD5OfMessageAttributes";
    md5_of_message_system_attributes: optional String, "MD5OfMessageSystemAttributes" as "MD5OfMessageSystemAttributes";
    sequence_number: optional String, "SequenceNumber" as "SequenceNumber";
} }

structure! { SendMessageInput "SendMessageRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    message_body: required String, "MessageBody" as "MessageBody";
    delay_seconds: optional i32, "DelaySeconds" as "DelaySeconds";
    message_attributes: optional BTreeMap<String, MessageAttributeValue>, "MessageAttributes" as "MessageAttributes";
    message_system_attributes: optional BTreeMap<String, MessageSystemAttributeValue>, "MessageSystemAttributes" as "MessageSystemAttributes";
    message_deduplication_id: optional String, "MessageDeduplicationId" as "MessageDeduplicationId";
    message_group_id: optional String, "MessageGroupId" as "MessageGroupId";
} }

structure! { SendMessageOutput "SendMessageResult" {
    md5_of_message_body: optional String, "MD5OfMessageBody" as "MD5OfMessageBody";
    md5_of_message_attributes: optional String, "MD5OfMessageAttributes" as "MD5OfMessageAttributes";
    md5_of_message_system_attributes: optional String, "MD5OfMessageSystemAttributes" as "MD5OfMessageSystemAttributes";
    message_id: optional String, "MessageId" as "MessageId";
    sequence_number: optional String, "SequenceNumber" as "SequenceNumber";
} }

structure! { SetQueueAttributesInput "SetQueueAttributesRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    attributes: required BTreeMap<String, String>, "Attributes" as "Attributes";
} }

structure! { StartMessageMoveTaskInput "StartMessageMoveTaskRequest" {
    source_arn: required String, "SourceArn" as "SourceArn";
    destination_arn: optional String, "DestinationArn" as "DestinationArn";
    max_number_of_messages_per_second: optional i32, "MaxNumberOfMessagesPerSecond" as "MaxNumberOfMessagesPerSecond";
} }

structure! { StartMessageMoveTaskOutput "StartMessageMoveTaskResult" {
    task_handle: optional String, "TaskHandle" as "TaskHandle";
} }

structure! { TagQueueInput "TagQueueRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    tags: required BTreeMap<String, String>, "Tags" as "Tags";
} }

structure! { UntagQueueInput "UntagQueueRequest" {
    queue_url: required String, "QueueUrl" as "QueueUrl";
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys";
} }
