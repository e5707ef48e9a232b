"""What functions find at the places where code on AWS looks: `/opt`, `/var/task`, `/tmp`."""

import io
import subprocess
import tempfile
import zipfile

import pytest

import server as landline
from functions import function, invoke
from server import ROOT, running

PYTHON = """
    import os, subprocess
    def handler(event, context):
        run = lambda *words: subprocess.run(words, capture_output=True, text=True).stdout.strip()
        return {
            "tool": run("/opt/bin/tool"),
            "found": run("tool"),
            "data": open("/opt/python/data/words.txt").read(),
            "task": os.path.exists("/var/task/app.py"),
            "root": os.environ["LAMBDA_TASK_ROOT"],
            "folder": os.getcwd(),
            "file": __file__,
        }
"""
NODE = """
    const fs = require("node:fs");
    exports.handler = async () => [fs.readFileSync("/opt/data.txt", "utf8"), require("one"), __filename];
"""
WRITER = """
    import os, pathlib
    def handler(event, context):
        before = sorted(os.listdir("/tmp"))
        pathlib.Path("/tmp/mine").write_text("1")
        return before
"""

READER = """
    import errno, os
    import of_layer
    def write(path):
        try:
            open(path, "w")
        except OSError as error:
            return errno.errorcode[error.errno]
    def handler(event, context):
        paths = ["/var/task/new", "/var/task/app.py", "/opt/new", "/opt/python/of_layer.py", "/opt/python/new", "/var/new", "/tmp/new"]
        return [write(path) for path in paths]
"""


def namespaces():
    """Whether this machine lets us make them, by the tool of the system that asks the same of the kernel."""
    try:
        return subprocess.run(["unshare", "--user", "--mount", "--map-root-user", "true"]).returncode == 0
    except FileNotFoundError:
        return False


pytestmark = pytest.mark.skipif(not namespaces(), reason="this machine has no mount namespaces for us")


@pytest.fixture(scope="module", params=[ROOT / "target", "/var/tmp"], ids=["beside", "below-var"])
def node(request):
    # Not below /tmp: a function whose code lies there sees the machine's.
    with tempfile.TemporaryDirectory(dir=request.param) as folder:
        with running(landline.Server.serve, folder) as server:
            yield server


def layer(client, name, files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for file, text in files.items():
            entry = zipfile.ZipInfo(file)
            entry.external_attr = 0o755 << 16
            package.writestr(entry, text)
    published = client.publish_layer_version(LayerName=name, Content={"ZipFile": packed.getvalue()})
    return published["LayerVersionArn"]


def test_layers_and_code_are_where_they_are_on_aws(node):
    client = node.client("lambda")
    tool = {"bin/tool": "#!/bin/sh\necho tool\n", "python/data/words.txt": "words"}
    layers = [layer(client, "tool", tool), layer(client, "other", {"lib/empty": ""})]
    with function(client, "folders", PYTHON, Layers=layers):
        assert invoke(client, "folders")["Payload"] == {
            "tool": "tool",
            "found": "tool",
            "data": "words",
            "task": True,
            "root": "/var/task",
            "folder": "/var/task",
            "file": "/var/task/app.py",
        }


def test_a_node_function_reads_and_requires_from_opt(node):
    client = node.client("lambda")
    files = {"data.txt": "data", "nodejs/node_modules/one/index.js": "module.exports = __filename;"}
    settings = {"runtime": "nodejs20.x", "file": "app.js", "Layers": [layer(client, "node", files)]}
    with function(client, "opt-node", NODE, **settings):
        expected = ["data", "/opt/nodejs/node_modules/one/index.js", "/var/task/app.js"]
        assert invoke(client, "opt-node")["Payload"] == expected


def test_a_module_imports_the_sdk_that_the_runtime_bundles(node):
    client = node.client("lambda")
    source = """
        import { S3Client } from "@aws-sdk/client-s3";
        export const handler = async () => typeof S3Client;
    """
    with function(client, "sdk-module", source, runtime="nodejs20.x", file="app.mjs"):
        assert invoke(client, "sdk-module")["Payload"] == "function"


def test_a_bootstrap_in_a_layer_runs_from_opt(node):
    client = node.client("lambda")
    bootstrap = """#!/bin/sh
api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
while true; do
id=$(curl -sD - -o /dev/null $api/next | grep -i request-id | tr -d '\\r' | cut -d' ' -f2)
curl -s -d "\\"$0 $(pwd)\\"" $api/$id/response >/dev/null
done
"""
    layers = [layer(client, "runtime", {"bootstrap": bootstrap})]
    with function(client, "custom", "", runtime="provided.al2023", file="data.txt", Layers=layers):
        assert invoke(client, "custom")["Payload"] == "/opt/bootstrap /var/task"


@pytest.mark.skipif(ROOT.is_relative_to("/tmp"), reason="what functions need lies below /tmp here, so that they see it")
def test_every_environment_has_its_own_tmp(node):
    client = node.client("lambda")
    with function(client, "writer", WRITER):
        assert invoke(client, "writer")["Payload"] == []
        assert invoke(client, "writer")["Payload"] == ["mine"]
        # An update starts another environment.
        client.update_function_configuration(FunctionName="writer", MemorySize=256)
        client.get_waiter("function_updated_v2").wait(FunctionName="writer")
        assert invoke(client, "writer")["Payload"] == []


def test_code_and_layers_are_read_only_and_importing_does_not_mind(node):
    client = node.client("lambda")
    layers = [layer(client, "imported", {"python/of_layer.py": ""})]
    with function(client, "reader", READER, Layers=layers):
        assert invoke(client, "reader")["Payload"] == ["EROFS"] * 6 + [None]


def test_opt_is_read_only_without_layers_too(node):
    client = node.client("lambda")
    code = "def handler(event, context): open('/opt/new', 'w')"
    with function(client, "no-layers", code):
        assert invoke(client, "no-layers")["Payload"]["errorType"] == "OSError"
