"""Logs and metrics of a WebSocket API, read as an operator reads them."""

import datetime
import json
import urllib.request

import botocore.session
import pytest
from botocore.exceptions import ClientError
from websockets.sync.client import connect

from server import eventually

FORMAT = json.dumps({"requestId": "$context.requestId", "route": "$context.routeKey", "status": "$context.status"})


@pytest.fixture(scope="module")
def monitored(node):
    """An API with a MOCK route `join` that answers, whose stage logs everything; and one message to it."""
    gateway = node.client("apigatewayv2")
    api = gateway.create_api(Name="monitored", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")
    api_id = api["ApiId"]
    integration_id = gateway.create_integration(
        ApiId=api_id,
        IntegrationType="MOCK",
        TemplateSelectionExpression="200",
        RequestTemplates={"200": '{"statusCode": 200}'},
    )["IntegrationId"]
    target = f"integrations/{integration_id}"
    gateway.create_route(ApiId=api_id, RouteKey="join", Target=target)
    deployment_id = gateway.create_deployment(ApiId=api_id)["DeploymentId"]
    gateway.create_stage(
        ApiId=api_id,
        StageName="prod",
        DeploymentId=deployment_id,
        AccessLogSettings={
            "DestinationArn": f"arn:aws:logs:us-east-1:000000000000:log-group:access-{api_id}",
            "Format": FORMAT,
        },
        DefaultRouteSettings={"LoggingLevel": "INFO", "DataTraceEnabled": True},
    )
    url = f"{node.endpoint.replace('http', 'ws')}/{api_id}/prod"
    with connect(url) as socket:
        socket.send(json.dumps({"action": "join"}))
        socket.send(json.dumps({"action": "nope"}))
        assert "Forbidden" in socket.recv(timeout=20)
    return api_id


def messages(node, group):
    logs = node.client("logs")
    try:
        return [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]
    except logs.exceptions.ResourceNotFoundException:
        return []


def test_the_access_log_has_a_line_for_each_event(node, monitored):
    group = f"access-{monitored}"
    eventually(lambda: len(messages(node, group)) >= 4)
    rows = [json.loads(line) for line in messages(node, group)]
    assert [(row["route"], row["status"]) for row in rows] == [
        ("$connect", "200"),
        ("join", "200"),
        ("-", "403"),
        ("$disconnect", "200"),
    ]


def test_the_execution_log_tells_the_route_and_the_message(node, monitored):
    group = f"/aws/apigateway/{monitored}/prod"
    eventually(lambda: any("disconnected from API" in line for line in messages(node, group)))
    text = "\n".join(messages(node, group))
    assert "WebSocket Request Route: [join]" in text
    assert 'Message: [{"action": "join"}].' in text


def test_cloudwatch_has_the_counts(node, monitored):
    cloudwatch = node.client("cloudwatch")
    now = datetime.datetime.now(datetime.timezone.utc)

    def total(name):
        found = cloudwatch.get_metric_statistics(
            Namespace="AWS/ApiGateway",
            MetricName=name,
            Dimensions=[{"Name": "ApiId", "Value": monitored}, {"Name": "Stage", "Value": "prod"}],
            StartTime=now - datetime.timedelta(hours=1),
            EndTime=now + datetime.timedelta(hours=1),
            Period=3600,
            Statistics=["Sum"],
        )
        return sum(point["Sum"] for point in found["Datapoints"])

    # Two messages from the client, the error frame to it, and, as on AWS, its end.
    eventually(lambda: total("MessageCount") == 4)
    assert total("ClientError") == 1

    def listed():
        metrics = cloudwatch.list_metrics(Namespace="AWS/ApiGateway", MetricName="MessageCount")["Metrics"]
        return [[dimension["Value"] for dimension in metric["Dimensions"]] for metric in metrics]

    eventually(lambda: [monitored] in listed() and [monitored, "prod"] in listed())


def test_an_application_counts_for_itself(node, names):
    cloudwatch = node.client("cloudwatch")
    namespace = names("Chat")
    for value in (3, 5):
        cloudwatch.put_metric_data(Namespace=namespace, MetricData=[{"MetricName": "Talk", "Value": value}])
    now = datetime.datetime.now(datetime.timezone.utc)
    stat = {"Metric": {"Namespace": namespace, "MetricName": "Talk"}, "Period": 3600, "Stat": "Sum"}
    data = cloudwatch.get_metric_data(
        MetricDataQueries=[{"Id": "talk", "MetricStat": stat}],
        StartTime=now - datetime.timedelta(hours=2),
        EndTime=now + datetime.timedelta(hours=2),
    )
    assert sum(data["MetricDataResults"][0]["Values"]) == 8
    with pytest.raises(cloudwatch.exceptions.ClientError):
        cloudwatch.put_metric_data(Namespace="AWS/Own", MetricData=[{"MetricName": "Talk", "Value": 1}])


def test_prometheus_finds_its_format(node, monitored):
    with urllib.request.urlopen(f"{node.endpoint}/metrics", timeout=10) as answer:
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        text = answer.read().decode()
    assert f'landline_messages_total{{api="{monitored}",stage="prod"}} 3' in text


def test_an_older_sdk_writes_and_reads_metrics_in_forms(node):
    metrics = before_other_protocols(node, "cloudwatch")
    now = datetime.datetime.now(datetime.UTC)
    dimensions = [{"Name": "room", "Value": "lobby"}]
    datum = {"MetricName": "Talkers", "Value": 3, "Unit": "Count", "Timestamp": now, "Dimensions": dimensions}
    metrics.put_metric_data(Namespace="older-sdk", MetricData=[datum])
    read = metrics.get_metric_statistics(
        Namespace="older-sdk",
        MetricName="Talkers",
        Dimensions=dimensions,
        StartTime=now - datetime.timedelta(minutes=5),
        EndTime=now + datetime.timedelta(minutes=5),
        Period=60,
        Statistics=["Sum", "Maximum"],
    )
    [point] = read["Datapoints"]
    assert (point["Sum"], point["Maximum"], point["Unit"]) == (3.0, 3.0, "Count")
    listed = metrics.list_metrics(Namespace="older-sdk")["Metrics"]
    assert [metric["Dimensions"] for metric in listed] == [dimensions]


def test_an_older_sdk_reads_why_metrics_were_refused(node):
    metrics = before_other_protocols(node, "cloudwatch")
    with pytest.raises(ClientError) as refused:
        metrics.put_metric_data(Namespace="older-sdk", MetricData=[{"MetricName": "Talkers"}])
    assert refused.value.response["Error"]["Code"] == "MissingParameter"


def before_other_protocols(node, service):
    """A client of the days when the service spoke the query protocol alone."""
    session = botocore.session.get_session()
    loader = session.get_component("data_loader")
    load = loader.load_service_model

    def of_before(name, kind, api_version=None):
        model = load(name, kind, api_version)
        if kind != "service-2":
            return model
        return model | {"metadata": model["metadata"] | {"protocol": "query", "protocols": ["query"]}}

    loader.load_service_model = of_before
    return session.create_client(
        service,
        endpoint_url=node.endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
