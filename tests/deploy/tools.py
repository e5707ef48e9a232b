"""The deploy tools of other people, as their users type them: with the environment of `landline env` and nothing else."""

import os
import signal
import subprocess
import threading

import pytest

from server import ROOT

SAM = ROOT / ".dev" / "deploy" / "bin" / "sam"
CHALICE = SAM.with_name("chalice")
PACKAGES = ROOT / "tests" / "deploy" / "packages" / "node_modules"
BIN = PACKAGES / ".bin"
SECONDS = 180
# How long SAM sleeps between its looks at a stack; by itself, it takes five seconds.
SAM_SLEEP = 0.2

# A suite that was started in the background ignores Ctrl-C, and so would every tool that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

installed = pytest.mark.skipif(
    not (CHALICE.exists() and (PACKAGES / "serverless").exists()), reason="`cargo xtask test deploy` installs the tools"
)


def environment(server):
    """What a user's shell has, and what keeps the tools from asking their makers."""
    return {
        **server.environment(),
        "AWS_REGION": "us-east-1",
        "HOME": str(server.data_dir),  # the CDK keeps accounts by access key
        "NODE_PATH": str(PACKAGES),
        "NODE_NO_WARNINGS": "1",
        "CDK_VALIDATION": "false",  # it lints the template for five of six seconds, and calls nothing
        "SAM_CLI_POLL_DELAY": str(SAM_SLEEP),
        "SAM_CLI_TELEMETRY": "0",
        "SLS_TELEMETRY_DISABLED": "1",
        "SLS_NOTIFICATIONS_MODE": "off",
        "CI": "true",
    }


def run(server, folder, program, *arguments, answers=None, fails=False):
    """Runs a tool in a folder; what it printed."""
    ran = subprocess.run(
        [str(word) for word in (program, *arguments)],
        cwd=folder,
        env=environment(server),
        input=answers or "",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
    )
    assert bool(ran.returncode) == fails, ran.stdout
    return ran.stdout


class Following:
    """A tool that runs until it is interrupted, as `--tail` and `watch` do."""

    def __init__(self, server, folder, program, *arguments):
        self._lines, self._printed = [], threading.Condition()
        self._process = subprocess.Popen(
            [str(word) for word in (program, *arguments)],
            cwd=folder,
            env={**environment(server), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self._process.stdout:
            with self._printed:
                self._lines.append(line)
                self._printed.notify_all()
        with self._printed:
            self._printed.notify_all()

    def wait_for(self, text):
        """Waits until the tool has said something; what it said until then is in the failure."""

        def settled():
            return text in "".join(self._lines) or not self._reader.is_alive()

        with self._printed:
            self._printed.wait_for(settled, timeout=SECONDS)
            assert text in "".join(self._lines), "".join(self._lines)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # As Ctrl-C in a terminal, which reaches the tool and what it has started.
        os.killpg(self._process.pid, signal.SIGINT)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            raise AssertionError("the tool ignored Ctrl-C:\n" + "".join(self._lines)) from None


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
