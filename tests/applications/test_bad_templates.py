"""Templates with a mistake: it is said with the resource and the line, and nothing is deployed."""

import os
import subprocess

import pytest

from server import CLIENT_ENVIRONMENT, binary

API = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: api
      ProtocolType: WEBSOCKET
      RouteSelectionExpression: $request.body.action
"""
FUNCTION = """\
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: app.handler
      CodeUri: code
"""
VARIABLE = API + FUNCTION + "      Environment:\n        Variables:\n          NAME: "

# What is written, and the words that must be in what is said.
MISTAKES = {
    "tab": ("Resources:\n\tApi:\n", ["line 2", "tab"]),
    "empty": ("", ["unsupported structure"]),
    "no-resources": ("Description: x\n", ["At least one Resources member", "line 1"]),
    "misspelt-function-property": (API + FUNCTION + "      Timout: 5\n", ["Timout", "Fn, line 15"]),
    "misspelt-api-property": (API + "      Nam: x\n", ["Nam", "Api, line 9"]),
    "misspelt-global": ("Globals:\n  Function:\n    Timout: 3\n" + API + FUNCTION, ["'Timout' is not a supported property", "line 3"]),
    "misspelt-section": (API + "Outptus: {}\n", ["Outptus", "line 9"]),
    "no-transform": ((API + FUNCTION).split("\n", 1)[1], ["AWS::Serverless::Function", "Fn, line 8"]),
    "unknown-transform": ("Transform: AWS::Serverless-2099\n" + API.split("\n", 1)[1], ["AWS::Serverless-2099", "line 1"]),
    "depends-on-nobody": (API + "    DependsOn: Nobody\n", ["Nobody", "Api"]),
    "depends-on-itself": (VARIABLE + "!Ref Fn\n", ["Circular dependency", "Fn, line 9"]),
    "no-code": ((API + FUNCTION).replace("CodeUri: code", "CodeUri: nowhere"), ["nowhere", "Fn, line 9"]),
    "no-handler": ((API + FUNCTION).replace("      Handler: app.handler\n", ""), ["Runtime and Handler needs", "Fn, line 9"]),
    "no-runtime": ((API + FUNCTION).replace("      Runtime: python3.12\n", ""), ["Runtime and Handler needs", "Fn, line 9"]),
    "text-for-a-number": (API + FUNCTION + "      Timeout: soon\n", ["timeout", "Integer", "Fn, line 9"]),
    "too-little-memory": (API + FUNCTION + "      MemorySize: 3\n", ["memorySize", "128", "Fn, line 9"]),
    "ref-to-nobody": (VARIABLE + "!Ref Nobody\n", ["Nobody", "Fn, line 17"]),
    "attribute-that-is-none": (VARIABLE + "!GetAtt Api.Nope\n", ["Nope", "Fn, line 17"]),
    "nobody-in-a-text": (VARIABLE + "!Sub 'a ${Nobody} b'\n", ["Nobody", "Fn, line 17"]),
    "select-past-the-end": (VARIABLE + "!Select [9, [a, b]]\n", ["index 9", "Fn, line 17"]),
    "mapping-that-is-none": (VARIABLE + "!FindInMap [A, b, c]\n", ["'A'", "Fn, line 17"]),
    "condition-that-is-none": (VARIABLE + "!If [Nope, b, c]\n", ["Nope", "Fn, line 17"]),
    "unknown-tag": (VARIABLE + "!Nope x\n", ["!Nope", "line 17"]),
    "unknown-function": (VARIABLE + "{'Fn::Nope': x}\n", ["Fn::Nope", "Fn, line 17"]),
    "parameter-without-value": ("Parameters:\n  P:\n    Type: String\n" + API, ["[P] must have values", "line 2"]),
    "conditions-in-a-circle": ("Conditions:\n  A: !Condition B\n  B: !Condition A\n" + API, ["Circular dependency", "line 2"]),
    "output-of-nobody": (API + "Outputs:\n  X:\n    Value: !Ref Nobody\n", ["Nobody", "X, line 11"]),
    "many-aliases": ("a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(f"{y}: &{y} [{','.join([f'*{x}'] * 9)}]\n" for x, y in zip("abcdefgh", "bcdefghi")) + API, ["too many values"]),
    "too-deep": (API + "      Tags: " + "[" * 5000 + "]" * 5000 + "\n", ["line 9", "recursion limit"]),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_with_resource_and_line(tmp_path, mistake):
    template, words = MISTAKES[mistake]
    (tmp_path / "code").mkdir()
    (tmp_path / "code/app.py").write_text("def handler(event, context): pass\n")
    (tmp_path / "template.yaml").write_text(template)
    said = dev(tmp_path)
    assert [word for word in words if word not in said] == [], said
    assert "CREATE" not in said, "it began to deploy"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--parameter", "Env=nope"], ["'Env' must be one of AllowedValues [dev, prod]", "line 2"]),
        (["--parameter", "Nope=x"], ["[Nope] do not exist in the template"]),
        (["--parameter", "Env"], ["KEY=VALUE"]),
    ],
)
def test_a_wrong_parameter_is_said(tmp_path, arguments, words):
    parameters = "Parameters:\n  Env: {Type: String, Default: dev, AllowedValues: [dev, prod]}\n"
    (tmp_path / "template.yaml").write_text(parameters + API)
    said = dev(tmp_path, *arguments)
    assert [word for word in words if word not in said] == [], said


def test_a_resource_that_its_service_refuses_is_named_and_all_is_rolled_back(tmp_path):
    route = "  Route{}:\n    Type: AWS::ApiGatewayV2::Route\n    Properties:\n      ApiId: !Ref Api\n      RouteKey: same\n"
    (tmp_path / "template.yaml").write_text(API + route.format(1) + route.format(2))
    said = dev(tmp_path)
    assert "Route with key same already exists for this API" in said
    assert "Route2 (line 14)" in said or "Route1 (line 9)" in said, said
    assert "ROLLBACK_COMPLETE" in said


def dev(folder, *arguments):
    """What `landline dev` says of a template that it must not deploy."""
    ran = subprocess.run(
        [binary(), "dev", str(folder), *arguments, "--listen", "127.0.0.1:0", "--data-dir", str(folder / "data")],
        env={**CLIENT_ENVIRONMENT, "PATH": os.environ["PATH"]}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
    )  # fmt: skip
    assert ran.returncode not in (0, 101), ran.stdout
    return ran.stdout
