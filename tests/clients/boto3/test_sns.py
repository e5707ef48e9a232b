"""Topics as boto3 sees them: functions, queues and web servers that are told."""

import http.server
import json
import threading
import urllib.request

import botocore.exceptions
import functions
import pytest

from server import Server, eventually, running

NOTIFY = """
    import json, boto3

    def handler(event, context):
        record = event["Records"][0]
        told = {"source": record["EventSource"], "sns": record["Sns"], "subscription": record["EventSubscriptionArn"]}
        sqs = boto3.client("sqs")
        url = sqs.get_queue_url(QueueName=context.function_name)["QueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody=json.dumps(told))
"""


@pytest.fixture
def sns(node):
    return node.client("sns")


@pytest.fixture
def topic(sns, names):
    """Makes topics that are gone after the test."""
    arns = []

    def make(suffix="", **attributes):
        arns.append(sns.create_topic(Name=names("news") + suffix, Attributes=attributes)["TopicArn"])
        return arns[-1]

    yield make
    for arn in arns:
        sns.delete_topic(TopicArn=arn)


@pytest.fixture
def queue(node, names):
    """Makes queues, as their URL and their ARN, that are gone after the test."""
    sqs, urls = node.client("sqs"), []

    def make(name=None, suffix="", **attributes):
        urls.append(sqs.create_queue(QueueName=(name or names("jobs")) + suffix, Attributes=attributes)["QueueUrl"])
        told = sqs.get_queue_attributes(QueueUrl=urls[-1], AttributeNames=["QueueArn"])["Attributes"]
        return urls[-1], told["QueueArn"]

    yield make
    for url in urls:
        sqs.delete_queue(QueueUrl=url)


def received(node, url):
    """The next message of a queue, once there is one."""
    sqs = node.client("sqs")

    def arrived():
        options = {"WaitTimeSeconds": 1, "MessageAttributeNames": ["All"], "AttributeNames": ["All"]}
        return sqs.receive_message(QueueUrl=url, **options).get("Messages")

    (message,) = eventually(arrived)
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return message


def test_a_function_is_called_once_its_policy_lets_sns_in(node, sns, topic, queue, names):
    name, client = names("notify"), node.client("lambda")
    url, _ = queue(name)
    arn = topic()
    with functions.function(client, name, NOTIFY) as function:
        endpoint = function["FunctionArn"]
        subscription = sns.subscribe(TopicArn=arn, Protocol="lambda", Endpoint=endpoint)["SubscriptionArn"]
        permission = {"Action": "lambda:InvokeFunction", "Principal": "sns.amazonaws.com", "SourceArn": arn}
        client.add_permission(FunctionName=name, StatementId="sns", **permission)
        attributes = {"room": {"DataType": "String", "StringValue": "lobby"}}
        sent = sns.publish(TopicArn=arn, Message="hello ✓", Subject="Greeting", MessageAttributes=attributes)
        told = json.loads(received(node, url)["Body"])
    assert (told["source"], told["subscription"]) == ("aws:sns", subscription)
    assert told["sns"]["MessageId"] == sent["MessageId"]
    assert (told["sns"]["Message"], told["sns"]["Subject"]) == ("hello ✓", "Greeting")
    assert told["sns"]["MessageAttributes"] == {"room": {"Type": "String", "Value": "lobby"}}


def test_a_function_without_a_permission_is_not_called_and_its_dead_letter_queue_is_told(node, topic, sns, queue, names):
    url, dead = queue()
    arn = topic()
    with functions.function(node.client("lambda"), names("closed"), NOTIFY) as function:
        attributes = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": dead})}
        sns.subscribe(TopicArn=arn, Protocol="lambda", Endpoint=function["FunctionArn"], Attributes=attributes)
        sns.publish(TopicArn=arn, Message="nobody")
        assert json.loads(received(node, url)["Body"])["Message"] == "nobody"


def test_a_queue_gets_the_envelope_or_the_raw_message(node, sns, topic, queue):
    url, endpoint = queue()
    arn = topic()
    subscription = sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=endpoint)["SubscriptionArn"]
    attributes = {
        "kind": {"DataType": "String", "StringValue": "greeting"},
        "raw": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
    }
    sns.publish(TopicArn=arn, Message="hello", MessageAttributes=attributes)
    envelope = json.loads(received(node, url)["Body"])
    assert (envelope["Type"], envelope["Message"], envelope["TopicArn"]) == ("Notification", "hello", arn)
    assert envelope["MessageAttributes"]["raw"] == {"Type": "Binary", "Value": "AP8="}
    raw = {"AttributeName": "RawMessageDelivery", "AttributeValue": "true"}
    sns.set_subscription_attributes(SubscriptionArn=subscription, **raw)
    sns.publish(TopicArn=arn, Message="hello", MessageAttributes=attributes)
    message = received(node, url)
    assert (message["Body"], message["MessageAttributes"]) == ("hello", attributes)


def test_filters_look_at_attributes_or_at_the_body(node, sns, topic, queue):
    by_attribute, by_body = queue(), queue()
    arn = topic()
    raw = {"RawMessageDelivery": "true"}
    policy = {"FilterPolicy": json.dumps({"room": ["lobby"]})}
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=by_attribute[1], Attributes={**raw, **policy})
    policy = {"FilterPolicy": json.dumps({"user": {"age": [{"numeric": [">=", 18]}]}}), "FilterPolicyScope": "MessageBody"}
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=by_body[1], Attributes={**raw, **policy})
    for room, age in [("kitchen", 12), ("lobby", 12), ("kitchen", 20)]:
        body = json.dumps({"user": {"age": age}})
        sns.publish(TopicArn=arn, Message=body, MessageAttributes={"room": {"DataType": "String", "StringValue": room}})
    assert json.loads(received(node, by_attribute[0])["Body"]) == {"user": {"age": 12}}
    assert json.loads(received(node, by_body[0])["Body"]) == {"user": {"age": 20}}


def test_a_fifo_topic_keeps_order_and_leaves_out_repetitions(node, sns, topic, queue):
    url, endpoint = queue(suffix=".fifo", FifoQueue="true")
    arn = topic(".fifo", FifoTopic="true", ContentBasedDeduplication="true")
    sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=endpoint, Attributes={"RawMessageDelivery": "true"})
    entries = [{"Id": str(n), "Message": f"{n}", "MessageGroupId": "g"} for n in range(3)]
    sent = sns.publish_batch(TopicArn=arn, PublishBatchRequestEntries=entries)["Successful"]
    again = sns.publish(TopicArn=arn, Message="1", MessageGroupId="g")
    assert again["MessageId"] == sent[1]["MessageId"]
    assert [received(node, url)["Body"] for _ in range(3)] == ["0", "1", "2"]


def test_a_web_server_confirms_by_visiting_the_url_and_is_told(node, sns, topic):
    requests = []

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            requests.append((dict(self.headers), self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        arn, endpoint = topic(), f"http://127.0.0.1:{server.server_port}/hook"
        answer = sns.subscribe(TopicArn=arn, Protocol="http", Endpoint=endpoint)
        assert answer["SubscriptionArn"] == "pending confirmation"
        asked = json.loads(eventually(lambda: requests)[0][1])
        # No signature: who knows the URL may.
        assert b"<SubscriptionArn>" in urllib.request.urlopen(asked["SubscribeURL"]).read()
        sns.publish(TopicArn=arn, Message="hello")
        headers, body = eventually(lambda: requests[1:])[0]
        told = json.loads(body)
        assert (headers["x-amz-sns-message-type"], told["Message"]) == ("Notification", "hello")
        urllib.request.urlopen(told["UnsubscribeURL"])
        assert sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"] == []
        server.shutdown()


def test_refusals_are_the_exceptions_of_the_model(sns, topic):
    arn = topic()
    with pytest.raises(sns.exceptions.NotFoundException, match="Topic does not exist"):
        sns.publish(TopicArn=arn + "x", Message="hello")
    with pytest.raises(sns.exceptions.InvalidParameterException, match="Empty message"):
        sns.publish(TopicArn=arn, Message="")
    with pytest.raises(sns.exceptions.InvalidParameterValueException, match="attribute type"):
        sns.publish(TopicArn=arn, Message="x", MessageAttributes={"a": {"DataType": "Colour", "StringValue": "red"}})
    with pytest.raises(botocore.exceptions.ClientError, match="does not support this protocol"):
        sns.subscribe(TopicArn=arn, Protocol="pigeon", Endpoint="x")


def test_topics_survive_a_kill_with_what_they_were_told(tmp_path):
    server = Server.serve(tmp_path)
    try:
        sns, sqs = server.client("sns"), server.client("sqs")
        arn = sns.create_topic(Name="news", Tags=[{"Key": "team", "Value": "chat"}])["TopicArn"]
        url = sqs.create_queue(QueueName="jobs")["QueueUrl"]
        endpoint = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        sns.subscribe(TopicArn=arn, Protocol="sqs", Endpoint=endpoint, Attributes={"RawMessageDelivery": "true"})
        accepted = set()
        for number in range(50):
            sns.publish(TopicArn=arn, Message=str(number))
            accepted.add(str(number))
    finally:
        server.kill()
    with running(Server.serve, tmp_path) as again:
        sqs, seen = again.client("sqs"), set()

        def all_arrived():
            for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
                seen.add(message["Body"])
            return accepted <= seen

        eventually(all_arrived)
        tags = again.client("sns").list_tags_for_resource(ResourceArn=arn)["Tags"]
        assert tags == [{"Key": "team", "Value": "chat"}]
