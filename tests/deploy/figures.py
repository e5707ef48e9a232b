"""How long each tool takes to deploy, and how much of that is its own start: `python tests/deploy/figures.py`.

Prints a table in the form of docs/benchmarks.md. Landline is the binary of LANDLINE_BIN_DIR.
"""

import pathlib
import shutil
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "deploy")]

import tools  # noqa: E402
from server import Server, binary, running  # noqa: E402
from tools import BIN, CHALICE, PACKAGES, SAM, run  # noqa: E402

STARTS = 3


def seconds(server, folder, *command):
    start = time.monotonic()
    run(server, folder, *command)
    return time.monotonic() - start


def row(server, folder, name, program, version, deploy, prepare=(), change=None):
    """One tool: what comes before, its start, the first deployment, and one more after a change."""
    for command in prepare:
        run(server, folder, *program, *command)
    start = statistics.median(seconds(server, folder, *program, *version) for _ in range(STARTS))
    first = seconds(server, folder, *program, *deploy)
    cells = [f"{start:.1f} s", f"{first:.1f} s", f"{max(first - start, 0):.1f} s"]
    if change:
        file, before, after = change
        (folder / file).write_text((folder / file).read_text().replace(before, after))
        again = seconds(server, folder, *program, *deploy)
        cells += [f"{again:.1f} s", f"{max(again - start, 0):.1f} s"]
    else:
        cells += ["", ""]
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def copy(source, folder):
    return pathlib.Path(shutil.copytree(ROOT / source, pathlib.Path(folder) / pathlib.Path(source).name))


def chat(folder):
    """The chat example, with the place of the code where every tool looks for it."""
    folder = copy("examples/chat", folder)
    template = folder / "template.yaml"
    text = template.read_text().replace("    CodeUri: python\n", "")
    template.write_text(text.replace("      Handler:", "      CodeUri: python\n      Handler:"))
    return folder


MEMORY = ("template.yaml", "MemorySize: 256", "MemorySize: 512")
STACK = ["--stack-name", "chat", "--capabilities", "CAPABILITY_IAM"]


def landline(server, folder):
    row(server, chat(folder), "`landline deploy`", [binary()], ["--version"], ["deploy", "."], change=MEMORY)


def aws(server, folder):
    server.client("s3").create_bucket(Bucket="artifacts")
    package = [
        "cloudformation", "package", "--template-file", "template.yaml", "--s3-bucket", "artifacts",
        "--output-template-file", "packaged.yaml",
    ]  # fmt: skip
    deploy = ["cloudformation", "deploy", "--template-file", "packaged.yaml", *STACK]
    change = ("packaged.yaml", *MEMORY[1:])
    row(server, chat(folder), "`aws cloudformation deploy`", ["aws"], ["--version"], deploy, [package], change)


def sam(server, folder):
    deploy = ["deploy", *STACK, "--resolve-s3", "--no-confirm-changeset"]
    row(server, chat(folder), "`sam deploy --resolve-s3`", [SAM], ["--version"], deploy, change=MEMORY)


def cdk(server, folder):
    deploy = ["deploy", "--all", "--require-approval", "never"]
    change = ("function/index.js", "version 1", "version 2")
    folder = copy("tests/deploy/cdk", folder)
    row(server, folder, "`cdk deploy --all`", [BIN / "cdk"], ["--version"], deploy, [["bootstrap"]], change)


def osls(server, folder):
    change = ("handler.js", ".data", '.data + "!"')
    folder = copy("tests/deploy/serverless", folder)
    row(server, folder, "`osls deploy`", [BIN / "osls"], ["--version"], ["deploy"], change=change)


def serverless(server, folder):
    change = ("handler.js", ".data", '.data + "!"')
    program = [binary(), "exec", "--", "node", PACKAGES / "serverless" / "bin" / "serverless.js"]
    folder = copy("tests/deploy/serverless", folder)
    row(server, folder, "`serverless deploy`, version 3", program, ["--version"], ["deploy"], change=change)


def chalice(server, folder):
    change = ("app.py", "I got", "We got")
    folder = copy("tests/deploy/chalice", folder)
    row(server, folder, "`chalice deploy`", [CHALICE], ["--version"], ["deploy"], change=change)


if __name__ == "__main__":
    tools.SAM_SLEEP = 5  # as users have it
    print("| tool | its start | first deployment | without the start | after a change | without the start |")
    print("|---|---|---|---|---|---|")
    for tool in (landline, aws, sam, cdk, osls, serverless, chalice):
        with tempfile.TemporaryDirectory() as scratch, running(Server.serve, f"{scratch}/data", may_warn="WARN") as node:
            tool(node, scratch)
