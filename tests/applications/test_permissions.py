"""What `landline dev` says of a role that AWS would refuse: once, and it goes on."""

import json

from websockets.sync.client import connect

from application import Handler, ask
from application import application as run
from server import ALARM

POSTS = """
    import boto3, os

    def handler(event, context):
        context = event["requestContext"]
        boto3.client("apigatewaymanagementapi", endpoint_url=f"https://{context['domainName']}/{context['stage']}").post_to_connection(
            ConnectionId=context["connectionId"], Data=b"posted"
        )
        return {"statusCode": 200}
"""
REMEMBERS = """
    import boto3, os

    def handler(event, context):
        item = {"id": event["requestContext"]["connectionId"]}
        boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"]).put_item(Item=item)
        return {"statusCode": 200, "body": "kept"}
"""
WRITES_LOGS = "Statement: [{Effect: Allow, Action: 'logs:*', Resource: '*'}]"


def test_a_role_that_may_not_post_is_named_once_with_the_statement_that_it_lacks(tmp_path):
    handlers = {"post": Handler(POSTS, policy=WRITES_LOGS)}
    with run(tmp_path, handlers, may_warn="no policy of the role allows it") as server:
        with connect(server.url) as socket:
            for _ in range(3):
                assert ask(socket, "post") == "posted"
        warnings = [line for line in server.lines if ALARM.match(line)]
    assert len(warnings) == 1
    statement = json.loads(warnings[0].split("statement=")[1])
    assert statement == {
        "Effect": "Allow",
        "Action": "execute-api:ManageConnections",
        "Resource": f"arn:aws:execute-api:us-east-1:000000000000:{server.api_id}/dev/POST/@connections/{{connectionId}}",
    }


def test_a_role_that_may_not_write_to_the_table_is_told_as_well(tmp_path):
    handlers = {"keep": Handler(REMEMBERS, policy=WRITES_LOGS)}
    with run(tmp_path, handlers, may_warn="no policy of the role allows it") as server:
        with connect(server.url) as socket:
            assert ask(socket, "keep") == "kept"
        (warning,) = [line for line in server.lines if ALARM.match(line)]
        (table,) = server.client("dynamodb").list_tables()["TableNames"]
    statement = json.loads(warning.split("statement=")[1])
    assert statement == {
        "Effect": "Allow",
        "Action": "dynamodb:PutItem",
        "Resource": f"arn:aws:dynamodb:us-east-1:000000000000:table/{table}",
    }
