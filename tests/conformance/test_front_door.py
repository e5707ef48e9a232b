"""The one port: plain and TLS, AWS's host names, tunnels, and clients that misbehave."""

import json
import re
import socket
import ssl
import subprocess
import urllib.error
import urllib.request

import pytest
from websockets.sync.client import connect

from server import binary

SECONDS = 20


@pytest.fixture(scope="module")
def address(chat):
    host, port = chat.endpoint.removeprefix("http://").split(":")
    return host, int(port)


@pytest.fixture(scope="module")
def host(chat):
    return f"{chat.api_id}.execute-api.us-east-1.amazonaws.com"


@pytest.fixture(scope="module")
def variables(chat):
    """What `landline env` tells a shell."""
    ran = subprocess.run([binary(), "env"], env=chat.environment(), capture_output=True, text=True, check=True)
    return dict(re.findall(r"^(?:# )?export (\w+)='?(.*?)'?$", ran.stdout, re.M))


@pytest.fixture(scope="module")
def trusting(variables):
    """TLS that trusts what a tool under `landline exec` trusts."""
    return ssl.create_default_context(cafile=variables["AWS_CA_BUNDLE"])


def exchange(address, request):
    """Sends bytes and reads until the server hangs up."""
    with socket.create_connection(address, timeout=SECONDS) as client:
        client.sendall(request)
        answer = b""
        while data := client.recv(65536):
            answer += data
        return answer


def read_head(client):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += client.recv(1)
    return head.decode()


def test_health_answers_200(chat):
    assert urllib.request.urlopen(f"{chat.endpoint}/_landline/health").status == 200


def test_awss_own_url_works_with_tls_on_the_same_port(chat, address, host, trusting):
    raw = socket.create_connection(address)
    with connect(f"wss://{host}/{chat.stage}", sock=raw, ssl=trusting, open_timeout=SECONDS) as client:
        client.send('{"action":"sendmessage","data":"over tls"}')
        assert client.recv(timeout=SECONDS) == "over tls"


def test_the_url_of_the_host_form_works_in_plain(chat, address, host):
    with connect(f"ws://{host}/{chat.stage}/", sock=socket.create_connection(address)) as client:
        client.send("{}")
        assert json.loads(client.recv(timeout=SECONDS))["message"] == "Forbidden"


def test_the_url_of_other_emulators_works(chat):
    url = chat.endpoint.replace("http", "ws") + f"/_aws/execute-api/{chat.api_id}/{chat.stage}"
    with connect(url) as client:
        client.send("{}")
        assert json.loads(client.recv(timeout=SECONDS))["message"] == "Forbidden"


def test_every_amazon_name_has_a_certificate(address, trusting):
    for name in ["sts.amazonaws.com", "dynamodb.eu-west-1.amazonaws.com", "a.b.execute-api.us-east-1.amazonaws.com"]:
        with trusting.wrap_socket(socket.create_connection(address), server_hostname=name) as client:
            assert client.version() in ("TLSv1.2", "TLSv1.3")


def test_a_tunnel_to_an_amazon_name_ends_here(address, trusting):
    name = "sts.us-east-1.amazonaws.com"
    with socket.create_connection(address, timeout=SECONDS) as tunnel:
        tunnel.sendall(f"CONNECT {name}:443 HTTP/1.1\r\nHost: {name}:443\r\n\r\n".encode())
        assert read_head(tunnel).startswith("HTTP/1.1 200")
        with trusting.wrap_socket(tunnel, server_hostname=name) as client:
            client.sendall(f"GET /_landline/health HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
            assert read_head(client).startswith("HTTP/1.1 200")


def test_a_plain_get_of_a_stage_wants_an_upgrade(chat):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(chat.url.replace("ws://", "http://"))
    assert refused.value.code == 426


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x00\x01\x02\x03" * 100,
        b"GET\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\x16\x03\x01\x00\x05nonsense in TLS clothes",
    ],
    ids=["noise", "no-version", "bad-length", "huge-header", "bad-chunk", "bad-tls"],
)
def test_nonsense_ends_its_own_connection_only(chat, address, nonsense):
    with connect(chat.url) as client:
        answer = exchange(address, nonsense)
        assert not answer.startswith(b"HTTP/1.1 2") and not answer.startswith(b"HTTP/1.1 5")
        client.send("{}")
        assert json.loads(client.recv(timeout=SECONDS))["message"] == "Forbidden"


def test_a_body_above_the_limit_is_refused(address):
    request = b"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Length: 999999999\r\n\r\n"
    with socket.create_connection(address, timeout=SECONDS) as client:
        client.sendall(request)
        assert read_head(client).startswith("HTTP/1.1 413")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        # As DynamoDB's front end answers a body that it was not told to be JSON.
        ({"x-amz-target": "DynamoDB_20120810.Nothing"}, 404),
        ({"x-amz-target": "DynamoDB_20120810.PutItem", "content-type": "application/x-amz-json-1.0"}, 400),
        ({"content-type": "application/x-www-form-urlencoded"}, 400),
    ],
    ids=["unknown-operation", "not-json", "no-action"],
)
def test_a_request_that_no_service_understands_is_refused_in_its_protocol(chat, headers, status):
    scope = "AWS4-HMAC-SHA256 Credential=a/20270101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
    request = urllib.request.Request(chat.endpoint, b"{nonsense", {"authorization": scope, **headers})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == status
    body = refused.value.read()
    assert b"panicked" not in body and body
