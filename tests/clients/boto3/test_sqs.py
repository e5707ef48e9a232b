"""Queues as boto3 sees them, and functions that are called with what they hold."""

import json

import functions
import pytest
from server import eventually


@pytest.fixture
def sqs(node):
    return node.client("sqs")


@pytest.fixture
def queue(sqs, names):
    """Makes queues that are gone after the test."""
    urls = []

    def make(suffix="", **attributes):
        urls.append(sqs.create_queue(QueueName=names("jobs") + suffix, Attributes=attributes)["QueueUrl"])
        return urls[-1]

    yield make
    for url in urls:
        sqs.delete_queue(QueueUrl=url)


def arn(sqs, url):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def bodies(sqs, url, **options):
    """boto3 checks the digests of what it receives."""
    received = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, **options)
    return [message["Body"] for message in received.get("Messages", [])]


def test_a_message_is_sent_received_and_deleted(sqs, queue):
    url = queue()
    attributes = {
        "kind": {"DataType": "String", "StringValue": "greeting"},
        "raw": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
    }
    sent = sqs.send_message(QueueUrl=url, MessageBody="hello ✓", MessageAttributes=attributes)
    (message,) = sqs.receive_message(
        QueueUrl=url, MessageAttributeNames=["All"], MessageSystemAttributeNames=["All"], WaitTimeSeconds=1
    )["Messages"]
    assert (message["MessageId"], message["Body"]) == (sent["MessageId"], "hello ✓")
    assert message["MessageAttributes"] == attributes
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert counts["ApproximateNumberOfMessagesNotVisible"] == "0"


def test_a_batch_is_sent_and_deleted(sqs, queue):
    url = queue()
    entries = [{"Id": str(number), "MessageBody": f"message {number}"} for number in range(10)]
    assert len(sqs.send_message_batch(QueueUrl=url, Entries=entries)["Successful"]) == 10
    messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert len(messages) == 10
    entries = [{"Id": str(at), "ReceiptHandle": m["ReceiptHandle"]} for at, m in enumerate(messages)]
    assert len(sqs.delete_message_batch(QueueUrl=url, Entries=entries)["Successful"]) == 10


def test_a_fifo_queue_keeps_order_and_takes_a_message_once(sqs, queue):
    url = queue(".fifo", FifoQueue="true", ContentBasedDeduplication="true")
    for body in ["one", "two", "two", "three"]:
        sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId="room")
    assert bodies(sqs, url) == ["one", "two", "three"]


def test_a_message_that_nobody_deletes_becomes_a_dead_letter(sqs, queue):
    dead = queue()
    policy = json.dumps({"deadLetterTargetArn": arn(sqs, dead), "maxReceiveCount": 1})
    url = queue(RedrivePolicy=policy)
    sqs.send_message(QueueUrl=url, MessageBody="poison")
    assert bodies(sqs, url, VisibilityTimeout=0) == ["poison"]
    assert bodies(sqs, url) == []
    assert bodies(sqs, dead, WaitTimeSeconds=1) == ["poison"]


def test_errors_have_the_codes_that_sdks_know(sqs, names):
    with pytest.raises(sqs.exceptions.QueueDoesNotExist) as missing:
        sqs.get_queue_url(QueueName=names("none"))
    assert missing.value.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue"


READER = """
    import json, os

    def handler(event, context):
        print("got", json.dumps(event))
        failed = [r["messageId"] for r in event["Records"] if r["body"] == "bad"]
        return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}
"""


def test_a_function_is_called_with_messages(node, sqs, queue, names):
    lambda_ = node.client("lambda")
    url = queue()
    with functions.function(lambda_, name := names("reader"), READER):
        mapping = lambda_.create_event_source_mapping(
            EventSourceArn=arn(sqs, url),
            FunctionName=name,
            FunctionResponseTypes=["ReportBatchItemFailures"],
            ScalingConfig={"MaximumConcurrency": 2},
        )
        sqs.send_message(QueueUrl=url, MessageBody="good")
        sqs.send_message(QueueUrl=url, MessageBody="bad")

        def counts():
            told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
            return told["ApproximateNumberOfMessages"], told["ApproximateNumberOfMessagesNotVisible"]

        # What was taken is deleted, the other waits for its next time.
        eventually(lambda: counts() == ("0", "1"), seconds=30)
        lambda_.delete_event_source_mapping(UUID=mapping["UUID"])


def test_a_stack_makes_a_queue(node, sqs, names):
    cloudformation = node.client("cloudformation")
    template = {
        "Resources": {"Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 7}}},
        "Outputs": {"Url": {"Value": {"Ref": "Jobs"}}},
    }
    name = names("stack")
    cloudformation.create_stack(StackName=name, TemplateBody=json.dumps(template))
    cloudformation.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    (stack,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
    url = stack["Outputs"][0]["OutputValue"]
    told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    assert told["Attributes"] == {"VisibilityTimeout": "7"}
    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    assert url not in sqs.list_queues().get("QueueUrls", [])
