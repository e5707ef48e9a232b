"""The real binary as the tests start it: a free port, a folder of its own, and credentials that belong to nobody."""

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import boto3
import botocore.config

ROOT = pathlib.Path(__file__).resolve().parent.parent
REGION = "us-east-1"
ALARM = re.compile(r"\d{4}-\d\d-\d\dT\S+Z\s+(WARN|ERROR) ")
START_SECONDS = 120  # a first start may install the SDKs that functions find in Lambda

# Nothing of the shell that runs the tests may leak into what the clients do.
CLIENT_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_PAGER": "",
    "NO_PROXY": "127.0.0.1,localhost",
    # The SDKs that functions find in Lambda are installed once for all tests, and not into anybody's home.
    "LANDLINE_PACKS_DIR": str(ROOT / ".dev" / "packs"),
}


def binary(name="landline"):
    folder = os.environ.get("LANDLINE_BIN_DIR", ROOT / "target" / "debug")
    return str(pathlib.Path(folder) / name)


class Server:
    """One running Landline. `url` is the WebSocket URL of the application it deployed, if it deployed one."""

    def __init__(self, data_dir, *arguments):
        self.data_dir = data_dir
        self.lines = []
        self._process = subprocess.Popen(
            [binary(), *arguments, "--listen", "127.0.0.1:0", "--data-dir", str(data_dir)],
            cwd=ROOT,
            env={**os.environ, **CLIENT_ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._printed = threading.Condition()
        self._reader.start()

    @classmethod
    def dev(cls, data_dir, template):
        server = cls(data_dir, "dev", str(ROOT / template))
        server.url = server.wait_for_line(r"wss?://\S+").rstrip(".,")
        server.endpoint = "http://" + re.match(r"wss?://([^/]+)/", server.url)[1]
        server.api_id, server.stage = server.url.rstrip("/").split("/")[-2:]
        server.wait_until_ready()
        return server

    @classmethod
    def serve(cls, data_dir, *arguments):
        server = cls(data_dir, "serve", *arguments)
        server.endpoint = "http://" + server.wait_for_line(r"127\.0\.0\.1:[1-9]\d*")
        server.wait_until_ready()
        return server

    def _read(self):
        for line in self._process.stdout:
            with self._printed:
                self.lines.append(line)
                self._printed.notify_all()
        with self._printed:
            self._printed.notify_all()

    def wait_for_line(self, pattern, seconds=START_SECONDS):
        """The first text on the output that matches; the whole output is in the message when there is none."""

        def found():
            return next((match[0] for line in self.lines if (match := re.search(pattern, line))), None)

        def settled():
            return found() or not self._reader.is_alive()

        with self._printed:
            self._printed.wait_for(settled, timeout=seconds)
            if not found():
                raise AssertionError(f"no output matched {pattern}; it was:\n{self.output}")
            return found()

    def wait_until_ready(self):
        def healthy():
            try:
                return urllib.request.urlopen(f"{self.endpoint}/_landline/health", timeout=5).status == 200
            except (urllib.error.URLError, ConnectionError):
                return False

        eventually(healthy, seconds=START_SECONDS)

    @property
    def output(self):
        return "".join(self.lines)

    def client(self, service, **options):
        options.setdefault("endpoint_url", self.endpoint)
        config = botocore.config.Config(retries={"total_max_attempts": 1}, read_timeout=60)
        return boto3.client(
            service,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=config.merge(options.pop("config", None) or botocore.config.Config()),
            **options,
        )

    def management(self, stage=None):
        """A client of `@connections`, for the URL that people copy from the terminal."""
        return self.client(
            "apigatewaymanagementapi", endpoint_url=f"{self.endpoint}/{self.api_id}/{stage or self.stage}"
        )

    def environment(self):
        """What a tool needs to find this server."""
        folders = [str(pathlib.Path(sys.executable).parent), str(pathlib.Path(binary()).parent)]
        path = os.pathsep.join([*folders, os.environ["PATH"]])
        addresses = {"AWS_ENDPOINT_URL": self.endpoint, "LANDLINE_ENDPOINT": self.endpoint}
        return {**os.environ, **CLIENT_ENVIRONMENT, **addresses, "PATH": path}

    def stop(self):
        """Ends as a service manager would end it, and must not need to be killed."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the server ignored SIGTERM; its output was:\n{self.output}") from None
        self._reader.join(timeout=10)
        return self._process.returncode

    def kill(self):
        """Power failure, as far as a process can have one."""
        self._process.kill()
        self._process.wait()
        self._reader.join(timeout=10)


@contextlib.contextmanager
def running(start, *arguments, may_warn=None):
    """A server for the length of a block. A warning or an error in its log fails the test, unless `may_warn` matches."""
    server = start(*arguments)
    try:
        yield server
    except BaseException:
        print(f"--- output of the server\n{server.output}")
        raise
    finally:
        server.stop()
    alarms = [line for line in server.lines if ALARM.match(line) and not (may_warn and re.search(may_warn, line))]
    assert not alarms, "the server logged:\n" + "".join(alarms)


def eventually(condition, seconds=15):
    """Polls until the condition gives something true, and returns that."""
    deadline = time.monotonic() + seconds
    while True:
        if result := condition():
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"{condition.__name__} did not come true within {seconds} s")
        time.sleep(0.02)
