"""The deploy tools of other people, as their users type them: with the environment of `landline env` and nothing else."""

import pathlib
import subprocess

import pytest

from server import ROOT

SAM = ROOT / ".dev" / "deploy" / "bin" / "sam"
BIN = ROOT / "tests" / "deploy" / "packages" / "node_modules" / ".bin"
SECONDS = 180

installed = pytest.mark.skipif(
    not (SAM.exists() and (BIN / "cdk").exists()), reason="`cargo xtask test deploy` installs the tools"
)


def run(server, folder, program, *arguments, answers=None, fails=False):
    """Runs a tool in a folder; what it printed."""
    environment = {
        **server.environment(),
        "AWS_REGION": "us-east-1",
        "HOME": str(server.data_dir),  # the CDK keeps accounts by access key
        "NODE_PATH": str(BIN.parent),
        "NODE_NO_WARNINGS": "1",
        "SAM_CLI_TELEMETRY": "0",
        "CI": "true",
    }
    ran = subprocess.run(
        [str(program), *arguments],
        cwd=folder,
        env=environment,
        input=answers or "",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
    )
    assert bool(ran.returncode) == fails, ran.stdout
    return ran.stdout


def write(folder, files):
    for name, text in files.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return pathlib.Path(folder)


def reachable(server, url):
    """The URL that AWS would have given, as this machine reaches it."""
    host, stage = url.removeprefix("wss://").split("/", 1)
    return f"{server.endpoint.replace('http', 'ws')}/{host.split('.')[0]}/{stage}"


def output_of(server, stack, key):
    (described,) = server.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    return next(output["OutputValue"] for output in described["Outputs"] if output["OutputKey"] == key)


def stack_names(server):
    stacks = server.client("cloudformation").describe_stacks()["Stacks"]
    return {stack["StackName"] for stack in stacks}
