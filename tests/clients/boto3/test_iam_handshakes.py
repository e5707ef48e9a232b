"""AWS_IAM as real signers use it, against a server with an owner: handshakes that botocore signed, and functions whose
role may post, or may not."""

import json
import re

import boto3
import botocore.config
import botocore.exceptions
import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import functions
import server as landline

SECONDS = 20
OWNER = Credentials("AKIDOWNER", "a secret of the owner")
ANSWER = """
    import json

    def handler(event, context):
        return {"statusCode": 200, "body": json.dumps(event["requestContext"])}
"""
# Signed by hand, because what a runtime brings along is another test's matter.
POSTER = """
    import datetime, hashlib, hmac, os, urllib.error, urllib.parse, urllib.request

    def handler(event, context):
        url = urllib.parse.urlsplit(event["url"])
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        body = b"from a function"
        headers = {"host": url.netloc, "x-amz-date": now, "x-amz-security-token": os.environ["AWS_SESSION_TOKEN"]}
        names = ";".join(headers)
        scope = f"{now[:8]}/us-east-1/execute-api/aws4_request"
        lines = "".join(f"{name}:{value}\\n" for name, value in headers.items())
        path = urllib.parse.quote(url.path)
        canonical = f"POST\\n{path}\\n\\n{lines}\\n{names}\\n{hashlib.sha256(body).hexdigest()}"
        to_sign = f"AWS4-HMAC-SHA256\\n{now}\\n{scope}\\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        key = ("AWS4" + os.environ["AWS_SECRET_ACCESS_KEY"]).encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
        credential = f"{os.environ['AWS_ACCESS_KEY_ID']}/{scope}"
        headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
        )
        try:
            return [urllib.request.urlopen(urllib.request.Request(event["url"], body, headers)).status, ""]
        except urllib.error.HTTPError as error:
            return [error.code, error.read().decode()]
"""


class Owned:
    """A server that only its owner's signature opens, with an API whose `$connect` wants IAM."""

    def __init__(self, server):
        self.endpoint = server.endpoint
        self.lambda_, self.iam = self.client("lambda"), self.client("iam")
        self.echo = functions.create(self.lambda_, "answer", ANSWER)["FunctionArn"]
        self.lambda_.get_waiter("function_active_v2").wait(FunctionName="answer", WaiterConfig={"Delay": 1})
        self.lambda_.add_permission(
            FunctionName="answer",
            StatementId="gateway",
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
        )
        gateway = self.client("apigatewayv2")
        self.api = gateway.create_api(
            Name="owned", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
        )["ApiId"]
        uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{self.echo}/invocations"
        integration = gateway.create_integration(
            ApiId=self.api, IntegrationType="AWS_PROXY", IntegrationUri=uri
        )["IntegrationId"]
        gateway.create_route(ApiId=self.api, RouteKey="$connect", AuthorizationType="AWS_IAM")
        route = gateway.create_route(
            ApiId=self.api,
            RouteKey="$default",
            Target=f"integrations/{integration}",
            RouteResponseSelectionExpression="$default",
        )
        gateway.create_route_response(ApiId=self.api, RouteId=route["RouteId"], RouteResponseKey="$default")
        deployment = gateway.create_deployment(ApiId=self.api)["DeploymentId"]
        gateway.create_stage(ApiId=self.api, StageName="prod", DeploymentId=deployment)
        self.url = f"{self.endpoint}/{self.api}/prod"

    def client(self, service):
        return boto3.client(
            service,
            endpoint_url=self.endpoint,
            region_name=landline.REGION,
            aws_access_key_id=OWNER.access_key,
            aws_secret_access_key=OWNER.secret_key,
            config=botocore.config.Config(retries={"total_max_attempts": 1}, read_timeout=60),
        )


@pytest.fixture(scope="module")
def owned(tmp_path_factory):
    folder = tmp_path_factory.mktemp("owned")
    settings = folder / "landline.toml"
    settings.write_text(f'access_key_id = "{OWNER.access_key}"\nsecret_access_key = "{OWNER.secret_key}"\n')

    def serve(data_dir):
        server = landline.Server(data_dir, "serve", "--config", str(settings))
        server.endpoint = "http://" + server.wait_for_line(r"127\.0\.0\.1:[1-9]\d*")
        server.wait_until_ready()
        return server

    with landline.running(serve, folder / "data") as server:
        yield Owned(server)


def by_header(url, credentials=OWNER):
    """URL and headers, signed as boto3 signs its own requests."""
    request = AWSRequest("GET", url)
    SigV4Auth(credentials, "execute-api", landline.REGION).add_auth(request)
    return request.url, dict(request.headers)


def by_query(url, credentials=OWNER):
    """A presigned URL, as web pages get it from their server."""
    request = AWSRequest("GET", url)
    SigV4QueryAuth(credentials, "execute-api", landline.REGION, expires=60).add_auth(request)
    return request.url, {}


def opened(url, headers):
    return connect(url.replace("http://", "ws://"), additional_headers=headers, user_agent_header=None)


def refusal(url, headers):
    with pytest.raises(InvalidStatus) as refused:
        opened(url, headers)
    response = refused.value.response
    body = json.loads(response.body)
    assert set(body) == {"message", "connectionId", "requestId"}
    assert body["requestId"] == response.headers["x-amz-apigw-id"]
    return response.status_code, body["message"]


@pytest.mark.parametrize("sign", [by_header, by_query])
@pytest.mark.parametrize("path", ["", "/", "?room=7&name=a%20b", "?b=2&a=1&b=%2F&empty="])
def test_what_botocore_signs_passes(owned, sign, path):
    with opened(*sign(owned.url + path)) as socket:
        socket.send("{}")
        identity = json.loads(socket.recv(timeout=SECONDS))["identity"]
    assert list(identity) == ["userArn", "accountId", "caller", "sourceIp", "accessKey", "user"]
    assert identity["accessKey"] == OWNER.access_key
    assert identity["userArn"] == f"arn:aws:iam::{identity['accountId']}:root"


def test_an_unsigned_handshake_is_refused(owned):
    assert refusal(owned.url, {}) == (403, "Missing Authentication Token")


@pytest.mark.parametrize("sign", [by_header, by_query])
def test_a_stranger_is_refused(owned, sign):
    status, message = refusal(*sign(owned.url, Credentials("AKIDSTRANGER", OWNER.secret_key)))
    assert (status, message) == (403, "The security token included in the request is invalid.")
    status, message = refusal(*sign(owned.url, Credentials(OWNER.access_key, "a guess")))
    assert status == 403 and message.startswith("The request signature we calculated does not match")


@pytest.mark.parametrize(
    "old, new",
    [
        (r"room=7", "room=8"),
        (r"$", "&more=1"),
        (r"X-Amz-Expires=60", "X-Amz-Expires=600"),
        (r"X-Amz-Date=\d{8}T\d{4}", lambda date: date[0][:-2] + "00" if date[0][-2:] != "00" else date[0][:-2] + "01"),
        (r"(X-Amz-Signature=)(.)", lambda hit: hit[1] + ("0" if hit[2] != "0" else "1")),
        (r"us-east-1", "eu-west-1"),
        (r"/prod\?", "/prod/?"),
    ],
)
def test_a_change_to_a_presigned_url_is_refused(owned, old, new):
    url, _ = by_query(owned.url + "?room=7")
    changed = re.sub(old, new, url, count=1)
    assert changed != url
    assert refusal(changed, {})[0] == 403


@pytest.mark.parametrize(
    "header, change",
    [
        ("X-Amz-Date", lambda date: date[:-3] + ("00Z" if date[-3:] != "00Z" else "01Z")),
        ("Authorization", lambda text: text[:-1] + ("0" if text[-1] != "0" else "1")),
        ("Authorization", lambda text: text.replace("SignedHeaders=host;", "SignedHeaders=")),
        ("X-Amz-Meta", lambda _: "1"),
    ],
)
def test_a_change_to_a_signed_header_is_refused(owned, header, change):
    url, headers = by_header(owned.url)
    changed = change(headers.get(header, ""))
    assert changed != headers.get(header)
    assert refusal(url, {**headers, header: changed})[0] == 403


def allow(resource):
    statement = {"Effect": "Allow", "Action": "execute-api:ManageConnections", "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [statement]}


def post_as(owned, name, policy):
    """What a function gets that posts to a connection with a role of its own."""
    trust = {"Version": "2012-10-17", "Statement": []}
    role = owned.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    if policy:
        owned.iam.put_role_policy(RoleName=name, PolicyName="posts", PolicyDocument=json.dumps(policy))
    owned.lambda_.create_function(
        FunctionName=name,
        Runtime="python3.12",
        Role=role,
        Handler="app.handler",
        Code={"ZipFile": functions.archive(POSTER)},
    )
    owned.lambda_.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    with opened(*by_header(owned.url)) as socket:
        socket.send("{}")
        connection_id = json.loads(socket.recv(timeout=SECONDS))["connectionId"]
        answer = functions.invoke(owned.lambda_, name, {"url": f"{owned.url}/@connections/{connection_id}"})
        status, body = answer["Payload"]
        if status == 200:
            assert socket.recv(timeout=SECONDS) == "from a function"
    return status, body


@pytest.mark.parametrize(
    "name, resource",
    [("everywhere", "arn:aws:execute-api:*:*:*/*"), ("stage", "{api}/prod/*"), ("template", "{api}/*/POST/@connections/*")],
)
def test_a_function_posts_if_its_role_may(owned, name, resource):
    resource = resource.replace("{api}", f"arn:aws:execute-api:us-east-1:*:{owned.api}")
    assert post_as(owned, name, allow(resource)) == (200, "")


@pytest.mark.parametrize(
    "name, resource",
    [("nothing", None), ("documented", "{api}/prod/POST/@connections"), ("elsewhere", "{api}/test/*")],
)
def test_a_function_whose_role_may_not_is_told_so(owned, name, resource):
    policy = allow(resource.replace("{api}", f"arn:aws:execute-api:us-east-1:*:{owned.api}")) if resource else None
    status, body = post_as(owned, name, policy)
    assert status == 403
    assert re.fullmatch(
        rf"User: arn:aws:sts::\d{{12}}:assumed-role/{name}/{name} is not authorized to perform: "
        rf"execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1:\*{{8}}\d{{4}}:{owned.api}/prod/POST/"
        r"@connections/\{connectionId\} because no identity-based policy allows the "
        r"execute-api:ManageConnections action",
        json.loads(body)["Message"],
    )


def test_keys_of_an_assumed_role_sign_calls_as_that_role(owned):
    role = "arn:aws:iam::000000000000:role/cdk-deploy-role"
    keys = owned.client("sts").assume_role(RoleArn=role, RoleSessionName="laptop")["Credentials"]

    def identity(token):
        sts = boto3.client(
            "sts",
            endpoint_url=owned.endpoint,
            region_name=landline.REGION,
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=token,
        )
        return sts.get_caller_identity()["Arn"]

    assumed = "arn:aws:sts::000000000000:assumed-role/cdk-deploy-role/laptop"
    assert identity(keys["SessionToken"]) == assumed
    with pytest.raises(botocore.exceptions.ClientError, match="InvalidClientTokenId"):
        identity("another token")
