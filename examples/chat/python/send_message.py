"""sendmessage: passes what one client says to every client."""

import functools
import json
import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])


@functools.cache
def management_api(endpoint):
    """One client per endpoint: making one is slow, and a warm function is called many times."""
    return boto3.client("apigatewaymanagementapi", endpoint_url=endpoint)


def connection_ids():
    """Everybody in the room, page by page."""
    page = table.scan(ProjectionExpression="connectionId")
    yield from (item["connectionId"] for item in page["Items"])
    while "LastEvaluatedKey" in page:
        page = table.scan(
            ProjectionExpression="connectionId",
            ExclusiveStartKey=page["LastEvaluatedKey"],
        )
        yield from (item["connectionId"] for item in page["Items"])


def handler(event, context):
    request = event["requestContext"]
    api = management_api(f"https://{request['domainName']}/{request['stage']}")
    data = json.loads(event["body"])["data"]
    for connection_id in connection_ids():
        try:
            api.post_to_connection(ConnectionId=connection_id, Data=data)
        except api.exceptions.GoneException:
            print(f"connection {connection_id} is gone, removing its row")
            table.delete_item(Key={"connectionId": connection_id})
    return {"statusCode": 200, "body": "Data sent."}
