"""User pools as boto3, web pages and functions see them: logins, tokens, and who is let in with those."""

import base64
import datetime
import hashlib
import hmac
import json
import os
import re
import urllib.error
import urllib.request

import boto3
import botocore
import botocore.config
import botocore.exceptions
import functions
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from server import REGION, Server, eventually, running
from users import PASSWORD, claims, refusal

# RFC 5054, the group of 3072 bits.
N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)

# What libraries such as python-jose and aws-jwt-verify do, without them: fetch the keys, and raise the signature to the
# public exponent.
VERIFY_PYTHON = """
    import base64, hashlib, json, os, urllib.request

    ISSUER = f"https://cognito-idp.{os.environ['AWS_REGION']}.amazonaws.com/{os.environ['POOL']}"

    def decoded(text):
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    def number(text):
        return int.from_bytes(decoded(text), "big")

    def claims(token):
        head, payload, signature = token.split(".")
        with urllib.request.urlopen(f"{ISSUER}/.well-known/jwks.json", timeout=5) as answer:
            keys = {key["kid"]: key for key in json.load(answer)["keys"]}
        key = keys[json.loads(decoded(head))["kid"]]
        padded = pow(number(signature), number(key["e"]), number(key["n"])).to_bytes(256, "big")
        if not padded.endswith(hashlib.sha256(f"{head}.{payload}".encode()).digest()):
            raise Exception("Unauthorized")
        claims = json.loads(decoded(payload))
        if claims["iss"] != ISSUER or claims["token_use"] != "id":
            raise Exception("Unauthorized")
        return claims

    def authorize(event, context):
        try:
            who = claims(event["queryStringParameters"]["token"])
        except (KeyError, ValueError):
            raise Exception("Unauthorized")
        statement = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        return {"principalId": who["sub"], "policyDocument": policy, "context": {"email": who["email"]}}

    def handler(event, context):
        return {"statusCode": 200, "body": event["requestContext"]["authorizer"]["email"]}
"""

VERIFY_NODE = """
    const https = require("https");
    const crypto = require("crypto");

    const fetch = (url) => new Promise((resolve, reject) => https.get(url, (answer) => {
      let text = "";
      answer.on("data", (part) => (text += part));
      answer.on("end", () => resolve(JSON.parse(text)));
    }).on("error", reject));

    exports.handler = async (event) => {
      const issuer = `https://cognito-idp.${process.env.AWS_REGION}.amazonaws.com/${event.pool}`;
      const { keys } = await fetch(`${issuer}/.well-known/jwks.json`);
      const [head, payload, signature] = event.token.split(".");
      const { kid } = JSON.parse(Buffer.from(head, "base64url"));
      const key = crypto.createPublicKey({ key: keys.find((key) => key.kid === kid), format: "jwk" });
      const holds = crypto.verify("sha256", Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, "base64url"));
      return { holds, issuer: JSON.parse(Buffer.from(payload, "base64url")).iss === issuer };
    };
"""


def request(url, method="GET", body=None, headers=()):
    """Status, headers and text of an answer, whatever its status."""
    asked = urllib.request.Request(url, data=body, method=method, headers=dict(headers))
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()


@pytest.fixture
def idp(node):
    return node.client("cognito-idp")


@pytest.fixture
def pool(idp, names):
    """Makes pools, each with a client of it, that are gone after the test."""
    made = []

    def make(flows=("ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"), client=None, **settings):
        pool = idp.create_user_pool(PoolName=names("people"), **settings)["UserPool"]
        made.append(pool["Id"])
        options = {"ClientName": "app", "ExplicitAuthFlows": list(flows), **(client or {})}
        return pool, idp.create_user_pool_client(UserPoolId=pool["Id"], **options)["UserPoolClient"]

    yield make
    for id in made:
        idp.delete_user_pool(UserPoolId=id)


def enroll(idp, pool, name, **attributes):
    """Somebody who may log in."""
    given = [{"Name": key.replace("__", ":"), "Value": value} for key, value in attributes.items()]
    idp.admin_create_user(UserPoolId=pool, Username=name, UserAttributes=given, MessageAction="SUPPRESS")
    idp.admin_set_user_password(UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)


def log_in(idp, client, name, password=PASSWORD):
    parameters = {"USERNAME": name, "PASSWORD": password}
    answer = idp.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)
    return answer["AuthenticationResult"]


def code_of(server, name, since=0):
    """The last code that the log has for somebody."""
    pattern = rf"code (\d{{6}}) .*Username=\"?{name}\b"

    def found():
        return [match[1] for line in server.lines[since:] if (match := re.search(pattern, line))]

    return eventually(found)[-1]


class Srp:
    """A client of the Secure Remote Password protocol, as AWS's own compute it."""

    def __init__(self, pool, password):
        self.pool, self.password = pool.split("_")[1], password
        self.secret = int.from_bytes(os.urandom(128), "big")
        self.public = pow(2, self.secret, N)

    @staticmethod
    def padded(number):
        """Big-endian, with a zero before a first bit that is set."""
        return number.to_bytes(number.bit_length() // 8 + 1, "big")

    def hashed(self, *parts):
        return int.from_bytes(hashlib.sha256(b"".join(parts)).digest(), "big")

    def answer(self, challenge):
        user, server, salt = challenge["USER_ID_FOR_SRP"], int(challenge["SRP_B"], 16), int(challenge["SALT"], 16)
        u = self.hashed(self.padded(self.public), self.padded(server))
        inner = hashlib.sha256(f"{self.pool}{user}:{self.password}".encode()).digest()
        x = self.hashed(self.padded(salt), inner)
        k = self.hashed(self.padded(N), self.padded(2))
        shared = pow(server - k * pow(2, x, N), self.secret + u * x, N)
        extracted = hmac.digest(self.padded(u), self.padded(shared), "sha256")
        key = hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]
        now = datetime.datetime.now(datetime.timezone.utc)
        timestamp = f"{now:%a %b} {now.day} {now:%H:%M:%S} UTC {now:%Y}"
        block = base64.b64decode(challenge["SECRET_BLOCK"])
        signed = self.pool.encode() + user.encode() + block + timestamp.encode()
        return {
            "USERNAME": user,
            "PASSWORD_CLAIM_SECRET_BLOCK": challenge["SECRET_BLOCK"],
            "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(hmac.digest(key, signed, "sha256")).decode(),
            "TIMESTAMP": timestamp,
        }


def log_in_securely(idp, pool, client, name, password=PASSWORD):
    srp = Srp(pool, password)
    parameters = {"USERNAME": name, "SRP_A": f"{srp.public:x}"}
    begun = idp.initiate_auth(ClientId=client, AuthFlow="USER_SRP_AUTH", AuthParameters=parameters)
    assert begun["ChallengeName"] == "PASSWORD_VERIFIER"
    answers = srp.answer(begun["ChallengeParameters"])
    return idp.respond_to_auth_challenge(ClientId=client, ChallengeName="PASSWORD_VERIFIER", ChallengeResponses=answers)


def test_somebody_registers_and_logs_in_without_any_credentials(node, pool):
    made, client = pool(AutoVerifiedAttributes=["email"])
    config = botocore.config.Config(signature_version=botocore.UNSIGNED)
    page = boto3.client("cognito-idp", region_name=REGION, endpoint_url=node.endpoint, config=config)
    since = len(node.lines)
    details = page.sign_up(
        ClientId=client["ClientId"], Username="ada", Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "ada@example.com"}],
    )["CodeDeliveryDetails"]
    assert details == {"Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
    early = refusal(log_in, idp=page, client=client["ClientId"], name="ada")
    assert early == ("UserNotConfirmedException", "User is not confirmed.")
    code = code_of(node, "ada", since)
    page.confirm_sign_up(ClientId=client["ClientId"], Username="ada", ConfirmationCode=code)
    tokens = log_in(page, client["ClientId"], "ada")
    user = page.get_user(AccessToken=tokens["AccessToken"])
    assert user["Username"] == "ada"
    assert {"Name": "email_verified", "Value": "true"} in user["UserAttributes"]
    # What administrators do takes credentials.
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        page.list_users(UserPoolId=made["Id"])
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 403)


def test_a_password_need_not_travel(idp, pool):
    made, client = pool()
    enroll(idp, made["Id"], "ada")
    for _ in range(3):
        result = log_in_securely(idp, made["Id"], client["ClientId"], "ada")["AuthenticationResult"]
        assert claims(result["IdToken"])["cognito:username"] == "ada"
    arguments = {"idp": idp, "pool": made["Id"], "client": client["ClientId"], "name": "ada"}
    wrong = refusal(log_in_securely, **arguments, password="Wrong-Horse1")
    assert wrong == ("NotAuthorizedException", "Incorrect username or password.")


def test_a_client_with_a_secret_has_to_prove_it(idp, pool):
    made, client = pool(client={"GenerateSecret": True})
    enroll(idp, made["Id"], "ada")
    id, secret = client["ClientId"], client["ClientSecret"]
    missing = refusal(log_in, idp=idp, client=id, name="ada")
    assert missing == ("NotAuthorizedException", f"Client {id} is configured with secret but SECRET_HASH was not received")
    proof = base64.b64encode(hmac.digest(secret.encode(), f"ada{id}".encode(), "sha256")).decode()
    parameters = {"USERNAME": "ada", "PASSWORD": PASSWORD, "SECRET_HASH": proof}
    result = idp.initiate_auth(ClientId=id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)
    refresh = {"REFRESH_TOKEN": result["AuthenticationResult"]["RefreshToken"], "SECRET_HASH": proof}
    again = idp.initiate_auth(ClientId=id, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=refresh)
    assert "RefreshToken" not in again["AuthenticationResult"]


def test_a_pool_publishes_its_keys_where_libraries_look(node, idp, pool):
    made, _ = pool()
    status, headers, text = request(f"{node.endpoint}/{made['Id']}/.well-known/jwks.json")
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, "*")
    keys = json.loads(text)["keys"]
    assert {(key["alg"], key["kty"], key["use"], key["e"]) for key in keys} == {("RS256", "RSA", "sig", "AQAB")}
    host = {"Host": f"cognito-idp.{REGION}.amazonaws.com"}
    status, _, text = request(f"{node.endpoint}/{made['Id']}/.well-known/openid-configuration", headers=host)
    issuer = f"https://cognito-idp.{REGION}.amazonaws.com/{made['Id']}"
    assert (json.loads(text)["issuer"], json.loads(text)["jwks_uri"]) == (issuer, f"{issuer}/.well-known/jwks.json")
    assert request(f"{node.endpoint}/{REGION}_nowhere/.well-known/jwks.json")[0] == 404


def test_a_web_page_of_this_machine_may_ask(node, pool):
    _, client = pool()
    body = json.dumps({"ClientId": client["ClientId"], "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {}}).encode()
    for origin, expected in [("http://localhost:3000", "*"), ("https://elsewhere.example", None)]:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-amz-target"}
        assert request(node.endpoint, "OPTIONS", headers=headers)[1]["Access-Control-Allow-Origin"] == expected
        headers = {
            "Origin": origin,
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
        }
        status, told, text = request(node.endpoint, "POST", body, headers)
        assert (status, json.loads(text)["message"]) == (400, "Missing required parameter USERNAME")
        assert told["Access-Control-Allow-Origin"] == expected


def test_an_authorizer_of_a_websocket_api_checks_tokens_with_the_published_keys(node, idp, pool, names):
    made, client = pool()
    enroll(idp, made["Id"], "ada", email="ada@example.com")
    tokens = log_in(idp, client["ClientId"], "ada")
    lambda_, gateway = node.client("lambda"), node.client("apigatewayv2")
    environment = {"Environment": {"Variables": {"POOL": made["Id"]}}}
    guard, echo = names("guard"), names("echo")
    with (
        functions.function(lambda_, guard, VERIFY_PYTHON, handler="app.authorize", **environment) as authorizer,
        functions.function(lambda_, echo, VERIFY_PYTHON, **environment) as answering,
    ):
        for function in (guard, echo):
            lambda_.add_permission(
                FunctionName=function, StatementId="ws", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
            )
        api = gateway.create_api(Name=names("room"), ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")
        place = {"ApiId": api["ApiId"]}
        uri = "arn:aws:apigateway:{0}:lambda:path/2015-03-31/functions/{1}/invocations"
        integration = gateway.create_integration(
            **place, IntegrationType="AWS_PROXY", IntegrationUri=uri.format(REGION, answering["FunctionArn"])
        )
        authorizer = gateway.create_authorizer(
            **place, Name="tokens", AuthorizerType="REQUEST", IdentitySource=["route.request.querystring.token"],
            AuthorizerUri=uri.format(REGION, authorizer["FunctionArn"]),
        )
        target = f"integrations/{integration['IntegrationId']}"
        gateway.create_route(
            **place, RouteKey="$connect", AuthorizationType="CUSTOM", AuthorizerId=authorizer["AuthorizerId"], Target=target
        )
        route = gateway.create_route(**place, RouteKey="$default", Target=target, RouteResponseSelectionExpression="$default")
        gateway.create_route_response(**place, RouteId=route["RouteId"], RouteResponseKey="$default")
        gateway.create_stage(**place, StageName="dev", AutoDeploy=True)
        url = f"{node.endpoint.replace('http', 'ws', 1)}/{api['ApiId']}/dev"
        with connect(f"{url}?token={tokens['IdToken']}", open_timeout=30) as socket:
            socket.send("who am I?")
            assert socket.recv(timeout=30) == "ada@example.com"
        head, payload, signature = tokens["IdToken"].split(".")
        for token in [tokens["AccessToken"], f"{head}.{payload}.{signature[:-4]}AAAA", "nonsense"]:
            with pytest.raises(InvalidStatus) as refused:
                connect(f"{url}?token={token}", open_timeout=30)
            assert refused.value.response.status_code in (401, 500)
        gateway.delete_api(**place)


def test_a_function_of_node_checks_tokens_with_the_published_keys(node, idp, pool, names):
    made, client = pool()
    enroll(idp, made["Id"], "ada")
    tokens = log_in(idp, client["ClientId"], "ada")
    lambda_, name = node.client("lambda"), names("verify")
    with functions.function(lambda_, name, VERIFY_NODE, runtime="nodejs20.x", file="app.js"):
        for token in (tokens["IdToken"], tokens["AccessToken"]):
            answer = functions.invoke(lambda_, name, {"pool": made["Id"], "token": token})
            assert answer["Payload"] == {"holds": True, "issuer": True}


def test_authorizers_of_http_and_rest_apis_know_the_pools_of_the_node(node, idp, pool, names):
    made, client = pool()
    _, other = pool()
    enroll(idp, made["Id"], "ada", email="ada@example.com")
    tokens = log_in(idp, client["ClientId"], "ada")
    issuer = f"https://cognito-idp.{REGION}.amazonaws.com/{made['Id']}"
    gateway, rest = node.client("apigatewayv2"), node.client("apigateway")
    source = 'def handler(event, context):\n    return {"statusCode": 200, "body": str(event["requestContext"]["authorizer"])}'
    with functions.function(node.client("lambda"), names("who"), source) as function:
        node.client("lambda").add_permission(
            FunctionName=function["FunctionName"], StatementId="api", Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
        )
        api = gateway.create_api(Name=names("http"), ProtocolType="HTTP")
        place = {"ApiId": api["ApiId"]}
        integration = gateway.create_integration(
            **place, IntegrationType="AWS_PROXY", IntegrationUri=function["FunctionArn"], PayloadFormatVersion="2.0"
        )
        authorizer = gateway.create_authorizer(
            **place, Name="jwt", AuthorizerType="JWT", IdentitySource=["$request.header.Authorization"],
            JwtConfiguration={"Issuer": issuer, "Audience": [client["ClientId"]]},
        )
        gateway.create_route(
            **place, RouteKey="GET /", AuthorizationType="JWT", AuthorizerId=authorizer["AuthorizerId"],
            Target=f"integrations/{integration['IntegrationId']}",
        )
        gateway.create_stage(**place, StageName="$default", AutoDeploy=True)
        url = f"{node.endpoint}/{api['ApiId']}/"
        for token in (tokens["IdToken"], tokens["AccessToken"]):
            status, _, text = request(url, headers={"Authorization": f"Bearer {token}"})
            assert (status, "'sub'" in text) == (200, True)
        assert request(url, headers={"Authorization": "Bearer nonsense"})[0] == 401

        made_rest = rest.create_rest_api(name=names("rest"))
        place = {"restApiId": made_rest["id"]}
        guard = rest.create_authorizer(
            **place, name="pool", type="COGNITO_USER_POOLS", providerARNs=[made["Arn"]],
            identitySource="method.request.header.Authorization",
        )
        method = {**place, "resourceId": made_rest["rootResourceId"], "httpMethod": "GET"}
        rest.put_method(**method, authorizationType="COGNITO_USER_POOLS", authorizerId=guard["id"])
        uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{function['FunctionArn']}/invocations"
        rest.put_integration(**method, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
        rest.create_deployment(**place, stageName="dev")
        url = f"{node.endpoint}/{made_rest['id']}/dev"
        status, _, text = request(url, headers={"Authorization": tokens["IdToken"]})
        assert (status, "ada@example.com" in text) == (200, True)
        assert request(url, headers={"Authorization": tokens["AccessToken"]})[0] == 401
        gateway.delete_api(ApiId=api["ApiId"])
        rest.delete_rest_api(restApiId=made_rest["id"])


def test_a_pool_and_its_tokens_outlive_the_process(tmp_path):
    with running(Server.serve, tmp_path) as server:
        idp = server.client("cognito-idp")
        pool = idp.create_user_pool(PoolName="people")["UserPool"]["Id"]
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        client = idp.create_user_pool_client(UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows)
        client = client["UserPoolClient"]["ClientId"]
        enroll(idp, pool, "ada")
        tokens = log_in(idp, client, "ada")
    with running(Server.serve, tmp_path) as server:
        idp = server.client("cognito-idp")
        assert idp.get_user(AccessToken=tokens["AccessToken"])["Username"] == "ada"
        parameters = {"REFRESH_TOKEN": tokens["RefreshToken"]}
        again = idp.initiate_auth(ClientId=client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=parameters)
        before, after = claims(tokens["IdToken"]), claims(again["AuthenticationResult"]["IdToken"])
        assert (before["sub"], before["origin_jti"]) == (after["sub"], after["origin_jti"])
