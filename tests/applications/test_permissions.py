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
