"""The Autobahn testsuite against the gateway: RFC 6455, case by case, with AWS's limits and with raised ones."""

import json
import os
import subprocess

import expectations
import pytest

from server import ROOT, binary

WSTEST = ROOT / ".dev/autobahn/venv/bin/wstest"
SECONDS = 300

pytestmark = pytest.mark.skipif(
    not WSTEST.exists(), reason="the testsuite needs a Python 2.7, and `cargo xtask test autobahn` has found none"
)


class Echo:
    """A gateway that sends every message back."""

    def __init__(self, *options):
        command = [binary("gateway-echo"), *options]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        self.url = self._process.stdout.readline().strip()
        return self

    def __exit__(self, *_):
        self._process.communicate(timeout=60)
        assert self._process.returncode == 0


def run_all_cases(url, folder):
    """What the suite says about each case."""
    specification = {
        "outdir": str(folder / "reports"),
        "servers": [{"agent": "landline", "url": url}],
        "cases": ["*"],
        "exclude-cases": [],
        "exclude-agent-cases": {},
    }
    (folder / "fuzzingclient.json").write_text(json.dumps(specification))
    command = [WSTEST, "-m", "fuzzingclient", "-s", "fuzzingclient.json"]
    # What the shell sets for Python 3 is not meant for this one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, timeout=SECONDS, check=True
    )
    return json.loads((folder / "reports/index.json").read_text())["landline"]


def row_of(case, table):
    """The row of `table` for a case: the one for its own number or for the group that it is in."""
    return next((row for prefix, row in table.items() if f"{case}.".startswith(f"{prefix}.")), None)


def mistake(case, result, differing):
    """What is wrong with a result, or nothing."""
    if row_of(case, expectations.UNIMPLEMENTED):
        expected, seen = "UNIMPLEMENTED", result["behavior"]
    elif row := row_of(case, differing):
        expected, seen = row[0], result["remoteCloseCode"]
    else:
        has_passed = result["behavior"] in expectations.PASSED and result["behaviorClose"] in expectations.PASSED
        expected, seen = "a pass", "a pass" if has_passed else result
    return None if expected == seen else f"{case}: {seen} instead of {expected}"


@pytest.mark.parametrize("options, differing", [([], expectations.AWS), (["--raised"], expectations.RAISED)])
def test_every_case_passes_but_those_where_api_gateway_differs(options, differing, tmp_path):
    with Echo(*options) as echo:
        results = run_all_cases(echo.url, tmp_path)
    assert len(results) == expectations.CASES
    mistakes = [mistake(case, result, differing) for case, result in results.items()]
    assert not list(filter(None, mistakes))


def test_a_case_that_ends_differently_is_found():
    passed = {"behavior": "OK", "behaviorClose": "OK", "remoteCloseCode": 1000}
    failed = {"behavior": "FAILED", "behaviorClose": "FAILED", "remoteCloseCode": 1002}
    assert not mistake("1.1.1", passed, expectations.AWS)
    assert mistake("1.1.1", failed, expectations.AWS)
    assert mistake("1.2.1", failed, expectations.AWS)
    assert mistake("1.1.6", passed, expectations.AWS)
    assert not mistake("1.1.6", passed, expectations.RAISED)
    assert mistake("13.1.1", passed, expectations.AWS)
