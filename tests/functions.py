"""Functions that tests create through the Lambda API."""

import contextlib
import io
import json
import textwrap
import zipfile

ROLE = "arn:aws:iam::000000000000:role/test"


def archive(source, file="app.py", others=None):
    """A deployment package with one file, and others beside it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        entry = zipfile.ZipInfo(file)
        entry.external_attr = 0o755 << 16  # a bootstrap must be executable
        package.writestr(entry, textwrap.dedent(source))
        for name, text in (others or {}).items():
            package.writestr(name, text)
    return packed.getvalue()


def create(client, name, source, *, runtime="python3.12", file="app.py", others=None, handler="app.handler", **settings):
    return client.create_function(
        FunctionName=name,
        Runtime=runtime,
        Role=ROLE,
        Handler=handler,
        Code={"ZipFile": archive(source, file, others)},
        **settings,
    )


@contextlib.contextmanager
def function(client, name, source, **settings):
    """A function for the length of a test."""
    created = create(client, name, source, **settings)
    client.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    try:
        yield created
    finally:
        client.delete_function(FunctionName=name)


def invoke(client, name, event=None, **options):
    """The answer with its payload read as JSON."""
    answer = client.invoke(FunctionName=name, Payload=json.dumps(event), **options)
    text = answer["Payload"].read()
    answer["Payload"] = json.loads(text) if text else None
    return answer
