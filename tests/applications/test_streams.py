"""Answers that come as functions write them: to SDKs as an event stream, to browsers from a function's URL."""

import base64
import http.client
import json
import time

from botocore.exceptions import ClientError
import pytest

from functions import function, invoke

# Writes, waits, writes: a client that sees the first part early has not waited for the end.
STREAMS = """
    const pause = (millis) => new Promise((done) => setTimeout(done, millis));
    exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
      const what = event.rawQueryString ?? event.what;
      if (what === "early") throw new Error("early");
      if (what === "http") {
        stream = awslambda.HttpResponseStream.from(stream, {
          statusCode: 201, headers: { "content-type": "text/event-stream", "x-own": "1" }, cookies: ["a=b", "c=d"],
        });
      } else {
        stream.setContentType("text/plain");
      }
      stream.write("first ");
      await pause(600);
      if (what === "late") throw new TypeError("late");
      if (what === "dies") process.exit(3);
      if (what === "large") for (let n = 0; n < 200; n += 1) {
        if (!stream.write("x".repeat(100_000))) await new Promise((drained) => stream.once("drain", drained));
      }
      stream.write("second");
      stream.end();
    });
"""
NODE = {"runtime": "nodejs20.x", "file": "app.js"}


@pytest.fixture(scope="module")
def client(node):
    client = node.client("lambda")
    with function(client, "streams", STREAMS, Timeout=30, MemorySize=512, **NODE):
        yield client


@pytest.fixture(scope="module")
def url(node, client):
    client.add_permission(
        FunctionName="streams",
        StatementId="public",
        Action="lambda:InvokeFunctionUrl",
        Principal="*",
        FunctionUrlAuthType="NONE",
    )
    made = client.create_function_url_config(FunctionName="streams", AuthType="NONE", InvokeMode="RESPONSE_STREAM")
    yield made["FunctionUrl"].split("/")[2]
    client.delete_function_url_config(FunctionName="streams")


def streamed(client, event=None, **options):
    answer = client.invoke_with_response_stream(FunctionName="streams", Payload=json.dumps(event or {}), **options)
    return answer, answer["EventStream"]


def parts_of(stream):
    """The chunks, when each came, and the last event."""
    chunks, times, last = [], [], None
    for event in stream:
        if "PayloadChunk" in event:
            chunks.append(event["PayloadChunk"]["Payload"])
            times.append(time.monotonic())
        else:
            last = event["InvokeComplete"]
    return chunks, times, last


def get(node, host, query=""):
    port = node.endpoint.rsplit(":", 1)[1]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=30)
    connection.request("GET", f"/?{query}", headers={"Host": host})
    return connection.getresponse()


def test_an_sdk_gets_the_parts_as_they_are_written(client):
    answer, stream = streamed(client, LogType="Tail")
    assert answer["ExecutedVersion"] == "$LATEST"
    chunks, times, last = parts_of(stream)
    assert chunks == [b"first ", b"second"]
    assert times[1] - times[0] > 0.4
    assert "ErrorCode" not in last
    assert "REPORT RequestId" in base64.b64decode(last["LogResult"]).decode()


def test_an_error_before_the_first_part_is_told_at_the_end(client):
    chunks, _, last = parts_of(streamed(client, {"what": "early"})[1])
    assert chunks == []
    assert last["ErrorCode"] == "Unhandled"
    assert json.loads(last["ErrorDetails"])["errorMessage"] == "early"


def test_an_error_in_the_middle_comes_behind_what_was_written(client):
    chunks, _, last = parts_of(streamed(client, {"what": "late"})[1])
    assert chunks == [b"first "]
    assert last["ErrorCode"] == "TypeError"
    assert json.loads(last["ErrorDetails"])["errorMessage"] == "late"
    # The environment is as good as before.
    assert parts_of(streamed(client)[1])[0] == [b"first ", b"second"]


def test_a_process_that_ends_in_the_middle_is_told_behind_what_was_written(client):
    chunks, _, last = parts_of(streamed(client, {"what": "dies"})[1])
    assert chunks == [b"first "]
    assert last["ErrorCode"] == "Runtime.ExitError"
    assert "exit status 3" in last["ErrorDetails"]


def test_an_answer_beyond_what_is_buffered_comes_whole(client):
    chunks, _, last = parts_of(streamed(client, {"what": "large"})[1])
    assert len(b"".join(chunks)) == len("first second") + 200 * 100_000
    assert "ErrorCode" not in last


def test_a_plain_invocation_puts_the_parts_together(node, client):
    answer = client.invoke(FunctionName="streams", Payload=b"{}")
    assert answer["Payload"].read() == b"first second"


def test_a_function_that_does_not_stream_is_one_part(node):
    client = node.client("lambda")
    with function(client, "whole", "def handler(event, context): return {'a': 1}"):
        answer = client.invoke_with_response_stream(FunctionName="whole")
        chunks, _, last = parts_of(answer["EventStream"])
        assert [json.loads(chunk) for chunk in chunks] == [{"a": 1}]
        assert last == {}


def test_a_function_that_is_not_there_is_refused_before_the_stream(node):
    with pytest.raises(ClientError) as refused:
        node.client("lambda").invoke_with_response_stream(FunctionName="nobody")
    assert refused.value.response["Error"]["Code"] == "ResourceNotFoundException"


def test_a_url_streams(node, url):
    response = get(node, url)
    assert (response.status, response.getheader("content-type")) == (200, "text/plain")
    assert response.getheader("transfer-encoding") == "chunked"
    first = response.read1(100)
    began = time.monotonic()
    assert first == b"first "
    assert response.read() == b"second"
    assert time.monotonic() - began > 0.4


def test_a_url_takes_status_and_headers_from_the_beginning_of_the_answer(node, url):
    response = get(node, url, "http")
    assert response.status == 201
    assert response.getheader("content-type") == "text/event-stream"
    assert response.getheader("x-own") == "1"
    assert response.headers.get_all("set-cookie") == ["a=b", "c=d"]
    assert response.read() == b"first second"


def test_a_url_answers_502_when_the_function_fails_at_once(node, url):
    assert get(node, url, "early").status == 502


@pytest.mark.parametrize("how", ["late", "dies"])
def test_a_url_cuts_the_connection_when_the_function_fails_in_the_middle(node, url, how):
    response = get(node, url, how)
    assert response.status == 200
    with pytest.raises(http.client.IncompleteRead) as cut:
        response.read()
    assert cut.value.partial == b"first "
