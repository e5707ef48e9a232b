"""Landline's codecs against botocore's, in both directions, for every generated operation.

botocore serialises a random input and wire-echo shows what it decoded; wire-echo encodes a random output and botocore
parses it. The cases are seeded by their names: a failure is the same failure tomorrow.
"""

import io
import json
import random
import re
import socket
import subprocess
import urllib.parse

import botocore.awsrequest
import botocore.httpsession
import botocore.parsers
import botocore.serialize
import botocore.session
import pytest

import server as landline
import shapes

# The share of optional members in each case: none, all, and some.
SHARES = [0.0, 1.0, *[0.5] * 20]
SERVICES = """
apigateway apigatewaymanagementapi apigatewayv2 cloudcontrol cloudformation cloudwatch cognito_identity cognito_idp
dynamodb dynamodbstreams ecr events iam kms lambda logs scheduler secretsmanager sns sqs ssm stepfunctions sts xray
""".split()

session = botocore.session.Session()
# As botocore's clients make it: without this option, Nagle's algorithm and a delayed acknowledgement cost 40 ms a call.
http = botocore.httpsession.URLLib3Session(socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)])


@pytest.fixture(scope="module")
def echo():
    """The base URL of wire-echo."""
    command = [landline.binary("wire-echo")]
    # It ends with its standard input.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.stdin.close()


@pytest.fixture(scope="module")
def operations(echo):
    answer = send(botocore.awsrequest.AWSRequest("GET", f"{echo}/operations"))
    return [(entry["service"], entry["operation"]) for entry in json.loads(answer.content)]


def send(request):
    return http.send(request.prepare())


def service_model(service):
    """The model of a service; a name of Landline's has underscores where botocore's has dashes."""
    return session.get_service_model(service.replace("_", "-"))


def cases(operations, service):
    """The model of each operation with a seeded generator for each share."""
    model = service_model(service)
    for name in sorted(operation for owner, operation in operations if owner == service):
        operation = model.operation_model(name)
        if operation.has_event_stream_input or operation.has_event_stream_output:
            continue
        for number, share in enumerate(SHARES):
            seed = f"{service}.{name}.{number}"
            yield seed, operation, shapes.Generator(random.Random(seed), share, model.protocol)


def always_there(model, operation):
    """CreateApi answers with an Api: Landline knows one shape for both, and what an Api requires is always there."""
    twin = re.sub("^(Create|Get|Update|Import|Reimport)", "", operation.name)
    return model.shape_for(twin).required_members if twin in model.shape_names else []


def test_every_service_with_operations_is_tested(operations):
    assert sorted({service for service, _ in operations}) == SERVICES


@pytest.mark.parametrize("service", SERVICES)
def test_inputs_are_decoded_as_botocore_wrote_them(echo, operations, service):
    model = service_model(service)
    serializer = botocore.serialize.create_serializer(model.resolved_protocol, include_validation=True)
    scope = model.signing_name
    credential = f"AWS4-HMAC-SHA256 Credential=test/20270101/us-east-1/{scope}/aws4_request"
    headers = {"Authorization": f"{credential}, SignedHeaders=host, Signature={'0' * 64}", "x-landline-echo": "input"}

    failures = []
    for seed, operation, generate in cases(operations, service):
        value = generate.value(operation.input_shape) if operation.input_shape else {}
        parts = serializer.serialize_to_request(value, operation)
        parts["headers"] = {**parts["headers"], **headers}
        parts.pop("host_prefix", None)  # `sync-` before an address leads nowhere
        botocore.awsrequest.prepare_request_dict(parts, echo, context={})
        answer = send(botocore.awsrequest.create_request_object(parts))
        expected = shapes.document(value)
        if answer.status_code != 200:
            failures.append(f"{seed}: {answer.status_code} {answer.content[:300]} for {expected}")
        elif different := shapes.difference(expected, json.loads(answer.content)):
            failures.append(f"{seed}: input{different}")
    report(failures)


@pytest.mark.parametrize("service", SERVICES)
def test_outputs_are_parsed_by_botocore_as_landline_meant_them(echo, operations, service):
    model = service_model(service)
    parser = botocore.parsers.create_parser(model.resolved_protocol)

    failures = []
    for seed, operation, generate in cases(operations, service):
        generate.always = always_there(model, operation)
        value = generate.value(operation.output_shape) if operation.output_shape else {}
        for name, member in operation.output_shape.members.items() if operation.output_shape else ():
            if member.serialization.get("location") == "statusCode":
                value[name] = 202
            if operation.has_streaming_output and member.type_name == "blob":
                value.setdefault(name, b"")  # a stream is always there, if only to end
        query = urllib.parse.urlencode({"service": service, "operation": operation.name})
        body = json.dumps(shapes.document(value))
        answer = send(botocore.awsrequest.AWSRequest("POST", f"{echo}/echo-output?{query}", data=body))
        if answer.status_code >= 300:
            failures.append(f"{seed}: {answer.status_code} {answer.content[:300]} for {body}")
            continue
        # A client hands the parser a stream where the output is one.
        content = io.BytesIO(answer.content) if operation.has_streaming_output else answer.content
        response = {"headers": answer.headers, "status_code": answer.status_code, "body": content}
        try:
            parsed = parser.parse(response, operation.output_shape)
        except botocore.parsers.ResponseParserError as error:
            failures.append(f"{seed}: {error} in {answer.content[:300]}")
            continue
        parsed.pop("ResponseMetadata", None)
        if different := shapes.difference(shapes.document(value), shapes.document(parsed)):
            failures.append(f"{seed}: output{different}")
    report(failures)


def report(failures):
    shown = "\n".join(text[:600] for text in failures[:25])
    assert not failures, f"{len(failures)} cases differ, the first are:\n{shown}"
