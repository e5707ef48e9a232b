"""The script that tutorials without any deploy tool have: boto3 makes a function, an API whose integrations name the
function by its bare ARN, routes, a deployment and a stage, and a client talks to it."""

import json

from websockets.sync.client import connect

from functions import archive

HANDLER = """
    import boto3, json

    def handler(event, context):
        request = event["requestContext"]
        if request["routeKey"] in ("$connect", "$disconnect"):
            return {"statusCode": 200}
        endpoint = f"https://{request['domainName']}/{request['stage']}"
        client = boto3.client("apigatewaymanagementapi", endpoint_url=endpoint)
        text = json.loads(event["body"])["data"].upper()
        client.post_to_connection(ConnectionId=request["connectionId"], Data=text.encode())
        return {"statusCode": 200}
"""
TRUST = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
MAY_ANSWER = {"Effect": "Allow", "Action": "execute-api:ManageConnections", "Resource": "arn:aws:execute-api:*:*:*"}


def policy(statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def make_function(node, name):
    iam, functions = node.client("iam"), node.client("lambda")
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(TRUST))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="answer", PolicyDocument=policy(MAY_ANSWER))
    made = functions.create_function(
        FunctionName=name,
        Runtime="python3.12",
        Handler="app.handler",
        Role=role,
        Code={"ZipFile": archive(HANDLER)},
        Timeout=30,
    )
    functions.get_waiter("function_active").wait(FunctionName=name)
    functions.add_permission(
        FunctionName=name, StatementId="api", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
    )
    return made["FunctionArn"]


def make_api(node, name, function):
    apis = node.client("apigatewayv2")
    selection = "$request.body.action"
    api_id = apis.create_api(Name=name, ProtocolType="WEBSOCKET", RouteSelectionExpression=selection)["ApiId"]
    for route in ["$connect", "$disconnect", "shout"]:
        integration = apis.create_integration(
            ApiId=api_id,
            IntegrationType="AWS_PROXY",
            IntegrationUri=function,
            IntegrationMethod="POST",
            PayloadFormatVersion="2.0",
        )
        assert integration["PayloadFormatVersion"] == "2.0"
        apis.create_route(ApiId=api_id, RouteKey=route, Target=f"integrations/{integration['IntegrationId']}")
    deployment = apis.create_deployment(ApiId=api_id)
    assert deployment["DeploymentStatus"] == "DEPLOYED"
    apis.create_stage(ApiId=api_id, StageName="dev", DeploymentId=deployment["DeploymentId"])
    return api_id


def test_a_script_makes_an_api_that_answers(node, names):
    name = names("tutorial")
    api_id = make_api(node, name, make_function(node, name))
    url = f"{node.endpoint.replace('http', 'ws')}/{api_id}/dev"
    with connect(url) as socket:
        socket.send(json.dumps({"action": "shout", "data": "hello"}))
        assert socket.recv(timeout=30) == "HELLO"
    node.client("apigatewayv2").delete_api(ApiId=api_id)
    node.client("lambda").delete_function(FunctionName=name)
