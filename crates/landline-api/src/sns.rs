//! `sns`, version 2010-03-31: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_wire::{Protocol, service, shape::Unit, structure};

service! { sns signed "sns" speaks Protocol::Query { version: "2010-03-31", xml_namespace: "http://sns.amazonaws.com/doc/2010-03-31/" }, validates "ValidationError";
    errors {
        AuthorizationErrorException "AuthorizationError" 403 "message",
        BatchEntryIdsNotDistinctException "BatchEntryIdsNotDistinct" 400 "message",
        BatchRequestTooLongException "BatchRequestTooLong" 400 "message",
        ConcurrentAccessException "ConcurrentAccess" 400 "message",
        EmptyBatchRequestException "EmptyBatchRequest" 400 "message",
        EndpointDisabledException "EndpointDisabled" 400 "message",
        FilterPolicyLimitExceededException "FilterPolicyLimitExceeded" 403 "message",
        InternalErrorException "InternalError" 500 "message",
        InvalidBatchEntryIdException "InvalidBatchEntryId" 400 "message",
        InvalidParameterException "InvalidParameter" 400 "message",
        InvalidParameterValueException "ParameterValueInvalid" 400 "message",
        InvalidSecurityException "InvalidSecurity" 403 "message",
        InvalidStateException "InvalidState" 400 "message",
        KMSAccessDeniedException "KMSAccessDenied" 400 "message",
        KMSDisabledException "KMSDisabled" 400 "message",
        KMSInvalidStateException "KMSInvalidState" 400 "message",
        KMSNotFoundException "KMSNotFound" 400 "message",
        KMSOptInRequired "KMSOptInRequired" 403 "message",
        KMSThrottlingException "KMSThrottling" 400 "message",
        NotFoundException "NotFound" 404 "message",
        PlatformApplicationDisabledException "PlatformApplicationDisabled" 400 "message",
        ReplayLimitExceededException "ReplayLimitExceeded" 403 "message",
        ResourceNotFoundException "ResourceNotFound" 404 "message",
        StaleTagException "StaleTag" 400 "message",
        SubscriptionLimitExceededException "SubscriptionLimitExceeded" 403 "message",
        TagLimitExceededException "TagLimitExceeded" 400 "message",
        TagPolicyException "TagPolicy" 400 "message",
        TooManyEntriesInBatchRequestException "TooManyEntriesInBatchRequest" 400 "message",
        TopicLimitExceededException "TopicLimitExceeded" 403 "message",
        ValidationException "ValidationException" 400 "Message",
    }
    operations {
        POST "/" => CreateTopic(CreateTopicInput) -> 200 Topic, wrapped "CreateTopicResult";
        POST "/" => DeleteTopic(DeleteTopicInput) -> 200 Unit;
        POST "/" => ListTopics(ListTopicsInput) -> 200 ListTopicsOutput, wrapped "ListTopicsResult";
        POST "/" => GetTopicAttributes(GetTopicAttributesInput) -> 200 GetTopicAttributesOutput, wrapped "GetTopicAttributesResult";
        POST "/" => SetTopicAttributes(SetTopicAttributesInput) -> 200 Unit;
        POST "/" => AddPermission(AddPermissionInput) -> 200 Unit;
        POST "/" => RemovePermission(RemovePermissionInput) -> 200 Unit;
        POST "/" => Subscribe(SubscribeInput) -> 200 SubscribeOutput, wrapped "SubscribeResult";
        POST "/" => ConfirmSubscription(ConfirmSubscriptionInput) -> 200 ConfirmSubscriptionOutput, wrapped "ConfirmSubscriptionResult";
        POST "/" => Unsubscribe(UnsubscribeInput) -> 200 Unit;
        POST "/" => ListSubscriptions(ListSubscriptionsInput) -> 200 ListSubscriptionsOutput, wrapped "ListSubscriptionsResult";
        POST "/" => ListSubscriptionsByTopic(ListSubscriptionsByTopicInput) -> 200 ListSubscriptionsByTopicOutput, wrapped "ListSubscriptionsByTopicResult";
        POST "/" => GetSubscriptionAttributes(GetSubscriptionAttributesInput) -> 200 GetSubscriptionAttributesOutput, wrapped "GetSubscriptionAttributesResult";
        POST "/" => SetSubscriptionAttributes(SetSubscriptionAttributesInput) -> 200 Unit;
        POST "/" => Publish(PublishInput) -> 200 PublishOutput, wrapped "PublishResult";
        POST "/" => PublishBatch(PublishBatchInput) -> 200 PublishBatchOutput, wrapped "PublishBatchResult";
        POST "/" => ListTagsForResource(ListTagsForResourceInput) -> 200 ListTagsForResourceOutput, wrapped "ListTagsForResourceResult";
        POST "/" => TagResource(TagResourceInput) -> 200 TagResourceOutput, wrapped "TagResourceResult";
        POST "/" => UntagResource(UntagResourceInput) -> 200 UntagResourceOutput, wrapped "UntagResourceResult";
    }
}

structure! { AddPermissionInput "AddPermissionInput" {
    topic_arn: required String, "TopicArn" as "TopicArn";
    label: required String, "Label" as "Label";
    aws_account_id: required Vec<String>, "AWSAccountId" as "AWSAccountId";
    action_name: required Vec<String>, "ActionName" as "ActionName";
} }

structure! { BatchResultErrorEntry "BatchResultErrorEntry" {
    id: required String, "Id" as "Id";
    code: required String, "Code" as "Code";
    message: optional String, "Message" as "Message";
    sender_fault: required bool, "SenderFault" as "SenderFault";
} }

structure! { ConfirmSubscriptionInput "ConfirmSubscriptionInput" {
    topic_arn: required String, "TopicArn" as "TopicArn";
    token: required String, "Token" as "Token";
    authenticate_on_unsubscribe: optional String, "AuthenticateOnUnsubscribe" as "AuthenticateOnUnsubscribe";
} }

structure! { ConfirmSubscriptionOutput "ConfirmSubscriptionResponse" {
    subscription_arn: optional String, "SubscriptionArn" as "SubscriptionArn";
} }

structure! { CreateTopicInput "CreateTopicInput" {
    name: required String, "Name" as "Name";
    attributes: optional BTreeMap<String, String>, "Attributes" as "Attributes";
    tags: optional Vec<Tag>, "Tags" as "Tags";
    data_protection_policy: optional String, "DataProtectionPolicy" as "DataProtectionPolicy";
} }

structure! { DeleteTopicInput "DeleteTopicInput" {
    topic_arn: required String, "TopicArn" as "TopicArn";
} }

structure! { GetSubscriptionAttributesInput "GetSubscriptionAttributesInput" {
    subscription_arn: required String, "SubscriptionArn" as "SubscriptionArn";
} }

structure! { GetSubscriptionAttributesOutput "GetSubscriptionAttributesResponse" {
    attributes: optional BTreeMap<String, String>, "Attributes" as "Attributes";
} }

structure! { GetTopicAttributesInput "GetTopicAttributesInput" {
    topic_arn: required String, "TopicArn" as "TopicArn";
} }

structure! { GetTopicAttributesOutput "GetTopicAttributesResponse" {
    attributes: optional BTreeMap<String, String>, "Attributes" as "Attributes";
} }

structure! { ListSubscriptionsByTopicInput "ListSubscriptionsByTopicInput" {
    topic_arn: required String, "TopicArn" as "TopicArn";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { ListSubscriptionsByTopicOutput "ListSubscriptionsByTopicResponse" {
    subscriptions: optional Vec<Subscription>, "Subscriptions" as "Subscriptions";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { ListSubscriptionsInput "ListSubscriptionsInput" {
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { ListSubscriptionsOutput "ListSubscriptionsResponse" {
    subscriptions: optional Vec<Subscription>, "Subscriptions" as "Subscriptions";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { ListTagsForResourceInput "ListTagsForResourceRequest" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .length(1, 1011);
} }

structure! { ListTagsForResourceOutput "ListTagsForResourceResponse" {
    tags: optional Vec<Tag>, "Tags" as "Tags";
} }

structure! { ListTopicsInput "ListTopicsInput" {
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { ListTopicsOutput "ListTopicsResponse" {
    topics: optional Vec<Topic>, "Topics" as "Topics";
    next_token: optional String, "NextToken" as "NextToken";
} }

structure! { MessageAttributeValue "MessageAttributeValue" {
    data_type: required String, "DataType" as "DataType";
    string_value: optional String, "StringValue" as "StringValue";
    binary_value: optional Bytes, "BinaryValue" as "BinaryValue";
} }

structure! { PublishBatchInput "PublishBatchInput" {
    topic_arn: required String, "TopicArn" as "TopicArn";
    publish_batch_request_entries: required Vec<PublishBatchRequestEntry>, "PublishBatchRequestEntries" as "PublishBatchRequestEntries";
} }

structure! { PublishBatchRequestEntry "PublishBatchRequestEntry" {
    id: required String, "Id" as "Id";
    message: required String, "Message" as "Message";
    subject: optional String, "Subject" as "Subject";
    message_structure: optional String, "MessageStructure" as "MessageStructure";
    message_attributes: optional BTreeMap<String, MessageAttributeValue>, "MessageAttributes" as "MessageAttributes";
    message_deduplication_id: optional String, "MessageDeduplicationId" as "MessageDeduplicationId";
    message_group_id: optional String, "MessageGroupId" as "MessageGroupId";
} }

structure! { PublishBatchOutput "PublishBatchResponse" {
    successful: optional Vec<PublishBatchResultEntry>, "Successful" as "Successful";
    failed: optional Vec<BatchResultErrorEntry>, "Failed" as "Failed";
} }

structure! { PublishBatchResultEntry "PublishBatchResultEntry" {
    id: optional String, "Id" as "Id";
    message_id: optional String, "MessageId" as "MessageId";
    sequence_number: optional String, "SequenceNumber" as "SequenceNumber";
} }

structure! { PublishInput "PublishInput" {
    topic_arn: optional String, "TopicArn" as "TopicArn";
    target_arn: optional String, "TargetArn" as "TargetArn";
    phone_number: optional String, "PhoneNumber" as "PhoneNumber";
    message: required String, "Message" as "Message";
    subject: optional String, "Subject" as "Subject";
    message_structure: optional String, "MessageStructure" as "MessageStructure";
    message_attributes: optional BTreeMap<String, MessageAttributeValue>, "MessageAttributes" as "MessageAttributes";
    message_deduplication_id: optional String, "MessageDeduplicationId" as "MessageDeduplicationId";
    message_group_id: optional String, "MessageGroupId" as "MessageGroupId";
} }

structure! { PublishOutput "PublishResponse" {
    message_id: optional String, "MessageId" as "MessageId";
    sequence_number: optional String, "SequenceNumber" as "SequenceNumber";
} }

structure! { RemovePermissionInput "RemovePermissionInput" {
    topic_arn: required String, "TopicArn" as "TopicArn";
    label: required String, "Label" as "Label";
} }

structure! { SetSubscriptionAttributesInput "SetSubscriptionAttributesInput" {
    subscription_arn: required String, "SubscriptionArn" as "SubscriptionArn";
    attribute_name: required String, "AttributeName" as "AttributeName";
    attribute_value: optional String, "AttributeValue" as "AttributeValue";
} }

structure! { SetTopicAttributesInput "SetTopicAttributesInput" {
    topic_arn: required String, "TopicArn" as "TopicArn";
    attribute_name: required String, "AttributeName" as "AttributeName";
    attribute_value: optional String, "AttributeValue" as "AttributeValue";
} }

structure! { SubscribeInput "SubscribeInput" {
    topic_arn: required String, "TopicArn" as "TopicArn";
    protocol: required String, "Protocol" as "Protocol";
    endpoint: optional String, "Endpoint" as "Endpoint";
    attributes: optional BTreeMap<String, String>, "Attributes" as "Attributes";
    return_subscription_arn: optional bool, "ReturnSubscriptionArn" as "ReturnSubscriptionArn";
} }

structure! { SubscribeOutput "SubscribeResponse" {
    subscription_arn: optional String, "SubscriptionArn" as "SubscriptionArn";
} }

structure! { Subscription "Subscription" {
    subscription_arn: optional String, "SubscriptionArn" as "SubscriptionArn";
    owner: optional String, "Owner" as "Owner";
    protocol: optional String, "Protocol" as "Protocol";
    endpoint: optional String, "Endpoint" as "Endpoint";
    topic_arn: optional String, "TopicArn" as "TopicArn";
} }

structure! { Tag "Tag" {
    key: required String, "Key" as "Key" .length(1, 128);
    value: required String, "Value" as "Value" .length(0, 256);
} }

structure! { TagResourceInput "TagResourceRequest" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .length(1, 1011);
    tags: required Vec<Tag>, "Tags" as "Tags";
} }

structure! { TagResourceOutput "TagResourceResponse" {
} }

structure! { Topic "Topic" {
    topic_arn: optional String, "TopicArn" as "TopicArn";
} }

structure! { UnsubscribeInput "UnsubscribeInput" {
    subscription_arn: required String, "SubscriptionArn" as "SubscriptionArn";
} }

structure! { UntagResourceInput "UntagResourceRequest" {
    resource_arn: required String, "ResourceArn" as "ResourceArn" .length(1, 1011);
    tag_keys: required Vec<String>, "TagKeys" as "TagKeys";
} }

structure! { UntagResourceOutput "UntagResourceResponse" {
} }
