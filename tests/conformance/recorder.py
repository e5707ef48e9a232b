"""An API whose functions do what the client tells them, and remember what they saw."""

import contextlib
import json

from websockets.sync.client import connect

import functions

# $connect obeys the query string, every other route obeys its message.
SOURCE = """
    import json
    import os
    import uuid

    import boto3

    table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


    def handler(event, context):
        request = event["requestContext"]
        table.put_item(
            Item={"connection": request["connectionId"], "id": uuid.uuid4().hex, "event": json.dumps(event)}
        )
        if request["eventType"] == "DISCONNECT":
            return {"statusCode": 200}
        try:
            told = event.get("queryStringParameters") or json.loads(event.get("body", "{}"))
            told = told if isinstance(told, dict) else {}
        except ValueError:
            told = {}
        if "call" in told:
            return {"statusCode": call(told["call"], request)}
        if "raise" in told:
            raise RuntimeError(told["raise"])
        if "sleep" in told:
            import time

            time.sleep(float(told["sleep"]))
        answer = told.get("answer", '{"statusCode": 200, "body": "seen"}')
        return json.loads(answer)


    def call(operation, request):
        endpoint = f"https://{request['domainName']}/{request['stage']}"
        api = boto3.client("apigatewaymanagementapi", endpoint_url=endpoint)
        data = {"Data": b"welcome"} if operation == "post_to_connection" else {}
        try:
            getattr(api, operation)(ConnectionId=request["connectionId"], **data)
        except api.exceptions.GoneException:
            return 410
        return 200
"""


class Recorder:
    """The function, its table, and the APIs that are made for it."""

    def __init__(self, server, table, function):
        self.server = server
        self.gateway = server.client("apigatewayv2")
        self._dynamodb = server.client("dynamodb")
        self._table = table
        self.function = function

    @contextlib.contextmanager
    def api(self, *routes, two_way=(), stage="test", expression="$request.body.action", **stage_settings):
        """An API with these routes, deployed; `two_way` are those that answer."""
        created = self.gateway.create_api(
            Name="recorder", ProtocolType="WEBSOCKET", RouteSelectionExpression=expression
        )
        api = Api(self, created["ApiId"], stage)
        try:
            for route in routes:
                api.add_route(route, two_way=route in two_way)
            self.gateway.create_stage(ApiId=api.id, StageName=stage, **stage_settings)
            self.gateway.create_deployment(ApiId=api.id, StageName=stage)
            yield api
        finally:
            self.gateway.delete_api(ApiId=api.id)

    def events(self, connection):
        """What the function saw of a connection, oldest first."""
        found = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="#c = :c",
            ExpressionAttributeNames={"#c": "connection"},
            ExpressionAttributeValues={":c": {"S": connection}},
            ConsistentRead=True,
        )
        events = [json.loads(item["event"]["S"]) for item in found["Items"]]
        return sorted(events, key=lambda event: event["requestContext"]["requestTimeEpoch"])

    def all_events(self, api):
        """What the function saw of an API."""
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=self._table)
        events = [json.loads(item["event"]["S"]) for page in pages for item in page["Items"]]
        return [event for event in events if event["requestContext"]["apiId"] == api.id]


class Api:
    def __init__(self, recorder, id, stage):
        self.recorder = recorder
        self.id = id
        self.stage = stage

    @property
    def url(self):
        return f"{self.recorder.server.endpoint.replace('http', 'ws')}/{self.id}/{self.stage}"

    def add_route(self, key, two_way=False, function=None):
        gateway = self.recorder.gateway
        uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function or self.recorder.function}/invocations"
        integration = gateway.create_integration(ApiId=self.id, IntegrationType="AWS_PROXY", IntegrationUri=uri)
        settings = {"RouteResponseSelectionExpression": "$default"} if two_way else {}
        target = f"integrations/{integration['IntegrationId']}"
        route = gateway.create_route(ApiId=self.id, RouteKey=key, Target=target, **settings)
        if two_way:
            gateway.create_route_response(ApiId=self.id, RouteId=route["RouteId"], RouteResponseKey="$default")
        return route["RouteId"]

    def connect(self, query="", **options):
        return connect(f"{self.url}?{query}" if query else self.url, **options)

    def management(self, stage=None):
        endpoint = f"{self.recorder.server.endpoint}/{self.id}/{stage or self.stage}"
        return self.recorder.server.client("apigatewaymanagementapi", endpoint_url=endpoint)


@contextlib.contextmanager
def recorder(server, name):
    server.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[
            {"AttributeName": "connection", "KeyType": "HASH"},
            {"AttributeName": "id", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "connection", "AttributeType": "S"},
            {"AttributeName": "id", "AttributeType": "S"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    lambda_ = server.client("lambda")
    settings = {"Timeout": 20, "Environment": {"Variables": {"TABLE": name}}}
    with functions.function(lambda_, name, SOURCE, **settings) as created:
        lambda_.add_permission(
            FunctionName=name, StatementId="gateway", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
        )
        yield Recorder(server, name, created["FunctionArn"])
