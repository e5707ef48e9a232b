"""SAM applications as their authors write them, made of a handler for each route."""

import contextlib
import dataclasses
import json
import pathlib
import textwrap

from websockets.sync.client import connect

from server import Server, running

SECONDS = 20

API = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    CodeUri: code
    MemorySize: 256
    Environment:
      Variables:
        API_ID: !Ref Api
        TABLE_NAME: !Ref Table
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: application
      ProtocolType: WEBSOCKET
      RouteSelectionExpression: $request.body.action
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: dev
      AutoDeploy: true
  Table:
    Type: AWS::Serverless::SimpleTable
"""

# A RouteResponse makes the route answer, as most applications that want an answer have it.
ROUTE = """\
  {id}Function:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: {name}
      Runtime: {runtime}
      Handler: {handler}
      Timeout: {timeout}
      Policies:
        - {policy}
  {id}Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !Sub arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{id}Function.Arn}}/invocations
  {id}Route:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: {key}
      Target: !Sub integrations/${{{id}Integration}}
  {id}RouteResponse:
    Type: AWS::ApiGatewayV2::RouteResponse
    Properties:
      ApiId: !Ref Api
      RouteId: !Ref {id}Route
      RouteResponseKey: $default
  {id}Permission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref {id}Function
      Principal: apigateway.amazonaws.com
"""

# What AWS wants of a function that posts to connections and keeps them in a table.
MAY_ALL = "Statement: [{Effect: Allow, Action: [execute-api:ManageConnections, 'dynamodb:*', lambda:InvokeFunction], Resource: '*'}]"

OUTPUTS = """\
Outputs:
  Url:
    Value: !Sub wss://${Api}.execute-api.${AWS::Region}.amazonaws.com/${Stage}
"""


@dataclasses.dataclass
class Handler:
    """The code of a route. `file` names it in the template's form where the default does not do."""

    source: str
    runtime: str = "python3.12"
    file: str | None = None
    handler: str | None = None
    timeout: int = 10
    policy: str = MAY_ALL

    def file_for(self, name):
        return self.file or f"{name}.{'py' if self.runtime.startswith('python') else 'js'}"

    def handler_for(self, name):
        return self.handler or self.file_for(name).rsplit(".", 1)[0] + ".handler"


def node(source, **settings):
    return Handler(source, runtime="nodejs20.x", **settings)


def write(folder, handlers):
    """Writes the application; `handlers` has the code of each route key."""
    template = API
    for number, (key, handler) in enumerate(handlers.items()):
        name = "".join(c for c in key if c.isalnum() or c == "_")
        file = pathlib.Path(folder, "code", handler.file_for(name))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(handler.source).lstrip())
        template += ROUTE.format(
            id=f"R{number}", name=name, key=key, runtime=handler.runtime,
            handler=handler.handler_for(name), timeout=handler.timeout, policy=handler.policy,
        )  # fmt: skip
    pathlib.Path(folder, "template.yaml").write_text(template + OUTPUTS)
    return folder


@contextlib.contextmanager
def application(tmp_path, handlers, may_warn=None):
    """A server that runs the application."""
    folder = write(tmp_path / "application", handlers)
    with running(Server.dev, tmp_path / "data", folder, may_warn=may_warn) as server:
        yield server


def ask(socket, action, seconds=SECONDS, **members):
    """Sends a message and takes what comes next."""
    socket.send(json.dumps({"action": action, **members}))
    return socket.recv(timeout=seconds)


def is_error(frame, text="Internal server error"):
    """Whether it is API Gateway's error frame."""
    try:
        return json.loads(frame)["message"] == text and "requestId" in frame
    except (ValueError, TypeError, KeyError):
        return False


def answer_to(server, action, **members):
    """The answer on a connection of its own."""
    with connect(server.url) as socket:
        return ask(socket, action, **members)
