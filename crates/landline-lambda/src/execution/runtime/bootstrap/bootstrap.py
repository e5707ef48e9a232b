"""Runs a Python function: a client of the Lambda Runtime API on one raw socket.

The answer to one event and the request for the next leave in one write, which
saves a round trip per invocation.
"""

import io
import json
import os
import socket
import sys
import time

HOST, PORT = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
API = "/2018-06-01/runtime/"
NEXT = f"GET {API}invocation/next HTTP/1.1\r\nHost: landline\r\n\r\n".encode()
DIVERT_PORT = os.environ.pop("LANDLINE_DIVERT_PORT", None)
ASCII_ONLY = sys.version_info < (3, 12)

request_id = None  # of the event in work, for the log format


class Domains:
    """The custom domains that are served here: a file with a name a line, which changes while functions run."""

    def __init__(self):
        self.file = os.path.join(os.path.dirname(os.path.abspath(__file__)), "domains")
        self.names, self.read_at = frozenset(), None

    def __contains__(self, name):
        try:
            changed = os.stat(self.file).st_mtime_ns
            if changed != self.read_at:
                with open(self.file, encoding="utf-8") as file:
                    self.names, self.read_at = frozenset(file.read().split()), changed
        except OSError:
            return False
        return name in self.names or "*." + name.partition(".")[2] in self.names


def divert_aws_names():
    """Sends connections to AWS's host names, and to custom domains, to Landline; the TLS name and the Host header stay."""
    resolve, domains = socket.getaddrinfo, Domains()

    def getaddrinfo(host, port, *args, **kwargs):
        name = host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else host
        if isinstance(name, str):
            plain = name.lower().rstrip(".")
            # SDKs put `sync-` before the endpoint for StartSyncExecution, even if that is an address.
            is_aws = plain.endswith((".amazonaws.com", ".amazonaws.com.cn")) or plain == "sync-127.0.0.1"
            if is_aws or ("." in plain and plain in domains):
                return resolve("127.0.0.1", int(DIVERT_PORT), *args, **kwargs)
        return resolve(host, port, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo


def die_with_landline():
    """Landline holds the other end of standard input: its end is ours."""
    import threading

    watched = os.dup(0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)

    def watch():
        while os.read(watched, 4096):
            pass
        os._exit(1)

    threading.Thread(target=watch, name="landline-watch", daemon=True).start()


class Connection:
    """The one connection to the Runtime API."""

    def __init__(self):
        self.socket = socket.create_connection((HOST, int(PORT)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def send(self, path, body, error_type=None, then_next=True):
        extra = f"Lambda-Runtime-Function-Error-Type: {error_type}\r\n" if error_type else ""
        head = (
            f"POST {API}{path} HTTP/1.1\r\nHost: landline\r\n"
            f"Content-Type: application/json\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
        )
        self.socket.sendall(head.encode() + body + (NEXT if then_next else b""))

    def receive(self):
        """The next answer: status, headers by lower-case name, body."""
        buffer = self.buffer
        end = buffer.find(b"\r\n\r\n")
        while end < 0:
            buffer += self.more()
            end = buffer.find(b"\r\n\r\n")
        lines = buffer[:end].decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        start = end + 4
        missing = start + int(headers.get("content-length", 0)) - len(buffer)
        if missing > 0:
            parts = [buffer]
            while missing > 0:
                part = self.more()
                parts.append(part)
                missing -= len(part)
            buffer = b"".join(parts)
        stop = start + int(headers.get("content-length", 0))
        self.buffer = buffer[stop:]
        return int(lines[0].split(" ")[1]), headers, buffer[start:stop]

    def more(self):
        part = self.socket.recv(65536)
        if not part:
            os._exit(1)
        return part

    def next_event(self):
        """Skips the receipts of answers up to the next event."""
        while True:
            status, headers, body = self.receive()
            if status == 200 and "lambda-runtime-aws-request-id" in headers:
                return headers, body


class CognitoIdentity:
    __slots__ = ["cognito_identity_id", "cognito_identity_pool_id"]

    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")

    def __repr__(self):
        return (
            f"CognitoIdentity([cognito_identity_id={self.cognito_identity_id},"
            f"cognito_identity_pool_id={self.cognito_identity_pool_id}])"
        )


class Client:
    __slots__ = ["installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"]

    def __init__(self, values):
        for name in self.__slots__:
            setattr(self, name, values.get(name))


class ClientContext:
    __slots__ = ["custom", "env", "client"]

    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        self.client = Client(values["client"]) if values.get("client") else None


class LambdaContext:
    """What a handler gets as its second argument."""

    def __init__(self, headers):
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.tenant_id = None
        client = headers.get("lambda-runtime-client-context")
        self.client_context = ClientContext(json.loads(client)) if client else None
        identity = headers.get("lambda-runtime-cognito-identity")
        self.identity = CognitoIdentity(json.loads(identity) if identity else {})
        self._epoch_deadline_time_in_ms = int(headers.get("lambda-runtime-deadline-ms", 0))

    def get_remaining_time_in_millis(self):
        return max(self._epoch_deadline_time_in_ms - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))

    def __repr__(self):
        members = ",".join(
            f"{name}={getattr(self, name)}"
            for name in (
                "aws_request_id",
                "log_group_name",
                "log_stream_name",
                "function_name",
                "memory_limit_in_mb",
                "function_version",
                "invoked_function_arn",
                "client_context",
                "identity",
            )
        )
        return f"LambdaContext([{members}])"


class InitError(Exception):
    """The function cannot even start."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type = error_type
        self.trace = list(trace)


def advise_on_build(error, module_name):
    """Sources run on AWS once a tool has built them, which nobody has done with these."""
    wanted = os.path.join(os.environ.get("LAMBDA_TASK_ROOT", "."), "requirements.txt")
    is_other = isinstance(error, ModuleNotFoundError) and error.name != module_name.replace("/", ".")
    if is_other and os.path.isfile(wanted):
        print(
            f"{error.name} is not installed, and there is a requirements.txt: run \"sam build\" and deploy what was built,"
            ' or "pip install -r requirements.txt -t ." in the folder of the function\'s code',
            file=sys.stderr,
        )


def load_handler(handler):
    """`module.function`, `folder/module.function` or `package.module.function`."""
    import importlib

    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as error:
        raise InitError("Runtime.MalformedHandlerName", f"Bad handler '{handler}': {error}") from None
    try:
        if module_name.split(".")[0] in sys.builtin_module_names:
            raise InitError(
                "Runtime.BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module"
            )
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        advise_on_build(error, module_name)
        raise InitError(
            "Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}", trace_of(error)
        ) from None
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {(error.text or "").rstrip()}\n']
        raise InitError(
            "Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace
        ) from None
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise InitError(
            "Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'"
        ) from None


def trace_of(error):
    """The traceback in Lambda's form: the frames of this file left out."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    frames = [
        frame for frame in frames if frame.filename != __file__ and not frame.filename.startswith("<frozen importlib")
    ]
    return traceback.format_list(frames)


def error_body(error_type, message, trace):
    body = {"errorMessage": message, "errorType": error_type, "requestId": request_id or "", "stackTrace": trace}
    return json.dumps(body, ensure_ascii=ASCII_ONLY).encode("utf-8", "replace")


def log_error(error_type, message, trace):
    """One log event: the line ends inside it are carriage returns, as Lambda writes them."""
    lines = [f"[ERROR] {error_type}: {message}" if message else f"[ERROR] {error_type}"]
    if trace:
        lines.append("Traceback (most recent call last):")
        lines.extend(line.rstrip("\n") for line in trace)
    sys.stdout.write("\r".join(lines).replace("\n", "\r") + "\n")
    sys.stdout.flush()


def jsonable(value):
    import decimal

    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


class LogFilter:
    def filter(self, record):
        record.aws_request_id = request_id or ""
        return True


def install_logging():
    """The root handler that Lambda gives the `logging` module."""
    import logging

    class LambdaHandler(logging.Handler):
        def emit(self, record):
            sys.stdout.write(self.format(record).replace("\n", "\r") + "\n")

    logging.Formatter.converter = time.gmtime
    handler = LambdaHandler()
    handler.setFormatter(
        logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s",
            "%Y-%m-%dT%H:%M:%S",
        )
    )
    handler.addFilter(LogFilter())
    logging.getLogger().addHandler(handler)


def invoke(connection, handler, headers, event_body):
    global request_id
    request_id = headers["lambda-runtime-aws-request-id"]
    trace_id = headers.get("lambda-runtime-trace-id")
    if trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    error_type = None
    try:
        try:
            event = json.loads(event_body)
        except ValueError as error:
            raise InitError("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from None
        result = handler(event, LambdaContext(headers))
        try:
            body = json.dumps(result, default=jsonable, ensure_ascii=ASCII_ONLY).encode("utf-8")
        except Exception as error:
            raise InitError("Runtime.MarshalError", f"Unable to marshal response: {error}") from None
    except InitError as error:
        error_type = error.error_type
        log_error(error_type, str(error), error.trace)
        body = error_body(error_type, str(error), error.trace)
    except Exception as error:
        error_type = type(error).__name__
        trace = trace_of(error)
        log_error(error_type, str(error), trace)
        body = error_body(error_type, str(error), trace)
    sys.stdout.flush()
    sys.stderr.flush()
    outcome = "error" if error_type else "response"
    connection.send(f"invocation/{request_id}/{outcome}", body, error_type)
    request_id = None


def main():
    die_with_landline()
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", line_buffering=True)
    sys.stderr = io.TextIOWrapper(sys.stderr.buffer, encoding="utf-8", errors="backslashreplace", line_buffering=True)
    task_root = os.environ["LAMBDA_TASK_ROOT"]
    # The script's own folder comes off, so that no module of ours can shadow the function's.
    sys.path[0] = task_root
    if DIVERT_PORT:
        divert_aws_names()
    connection = Connection()
    try:
        install_logging()
        handler = load_handler(os.environ["_HANDLER"])
    except BaseException as error:
        if isinstance(error, InitError):
            error_type, message, trace = error.error_type, str(error), error.trace
        elif isinstance(error, Exception):
            error_type, message, trace = type(error).__name__, str(error), trace_of(error)
        else:
            sys.stdout.flush()
            raise
        log_error(error_type, message, trace)
        connection.send("init/error", error_body(error_type, message, trace), error_type, then_next=False)
        connection.receive()
        sys.exit(1)
    connection.socket.sendall(NEXT)
    while True:
        headers, body = connection.next_event()
        invoke(connection, handler, headers, body)


main()
