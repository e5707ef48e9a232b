"""Landline is killed at bad moments: nothing that was acknowledged is lost, nothing that it started is left."""

import os
import subprocess
import threading
import time

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from application import Handler, answer_to, ask, is_error, write
from server import Server, binary, eventually, running

DAEMON = """
    import subprocess
    def handler(event, context):
        child = subprocess.Popen(["sleep", "600"], start_new_session=True)
        return {"statusCode": 200, "body": str(child.pid)}
"""
SLOW = """
    import os, time
    import boto3
    table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])
    def handler(event, context):
        table.put_item(Item={"id": "began"})
        time.sleep(1)
        table.put_item(Item={"id": "ended"})
        return {"statusCode": 200, "body": "ended"}
"""
HANDLERS = {
    "pid": Handler("import os\ndef handler(event, context): return {'statusCode': 200, 'body': str(os.getpid())}"),
    "daemon": Handler(DAEMON),
    "slow": Handler(SLOW),
}


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "application", HANDLERS)


def runs(pid):
    return os.path.exists(f"/proc/{pid}/cwd")


def items(server):
    dynamodb = server.client("dynamodb")
    (table,) = dynamodb.list_tables()["TableNames"]
    pages = dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    return {item["id"]["S"] for page in pages for item in page["Items"]}


def test_a_stop_leaves_no_process(folder, tmp_path):
    with running(Server.dev, tmp_path / "data", folder) as server:
        pids = [answer_to(server, "pid"), answer_to(server, "daemon")]
        assert all(map(runs, pids))
    assert [pid for pid in pids if runs(pid)] == []


def test_a_kill_leaves_no_worker_and_the_next_start_ends_what_had_moved_away(folder, tmp_path):
    server = Server.dev(tmp_path / "data", folder)
    worker, daemon = answer_to(server, "pid"), answer_to(server, "daemon")
    server.kill()

    def worker_is_gone():
        return not runs(worker)

    def daemon_is_gone():
        return not runs(daemon)

    eventually(worker_is_gone)
    with running(Server.serve, tmp_path / "data"):
        eventually(daemon_is_gone)


def test_a_copy_of_the_data_does_not_end_the_processes_of_the_original(folder, tmp_path):
    with running(Server.dev, tmp_path / "data", folder) as server:
        daemon = answer_to(server, "daemon")
        subprocess.run(["cp", "-a", str(tmp_path / "data"), str(tmp_path / "copy")], check=True)
        with running(Server.serve, tmp_path / "copy"):
            pass
        assert runs(daemon)


def test_a_stop_waits_for_the_event_that_runs(folder, tmp_path):
    with running(Server.dev, tmp_path / "data", folder) as server:
        with connect(server.url) as socket:
            socket.send('{"action":"slow"}')

            def began():
                return "began" in items(server)

            eventually(began)
        server.stop()
    with running(Server.serve, tmp_path / "data") as server:
        assert items(server) == {"began", "ended"}


@pytest.mark.parametrize("seconds", [0, 0.02, 0.05, 0.1, 0.2])
def test_a_deployment_that_a_kill_cut_short_is_made_whole_by_the_next(folder, tmp_path, seconds):
    server = Server(tmp_path / "data", "dev", str(folder))
    server.wait_for_line("CREATE_IN_PROGRESS")
    time.sleep(seconds)  # The moment is the point: each one cuts another step.
    server.kill()
    with running(Server.dev, tmp_path / "data", folder, may_warn="was interrupted") as server:
        assert int(answer_to(server, "pid"))
        assert len(server.client("apigatewayv2").get_apis()["Items"]) == 1
        names = [function["FunctionName"] for function in server.client("lambda").list_functions()["Functions"]]
        assert sorted(names) == sorted(HANDLERS)


def test_what_was_acknowledged_before_a_kill_is_there_after_it(folder, tmp_path):
    server = Server.dev(tmp_path / "data", folder)
    (table,) = server.client("dynamodb").list_tables()["TableNames"]
    acknowledged, enough = [], threading.Event()

    def write_until_the_end(writer):
        dynamodb = server.client("dynamodb")
        try:
            for number in range(10_000):
                dynamodb.put_item(TableName=table, Item={"id": {"S": f"{writer}-{number}"}})
                acknowledged.append(f"{writer}-{number}")
                if len(acknowledged) > 200:
                    enough.set()
        except Exception:  # noqa: BLE001 (whatever the client makes of a server that dies)
            return

    writers = [threading.Thread(target=write_until_the_end, args=(n,)) for n in range(4)]
    for writer in writers:
        writer.start()
    # A deployment runs at the same time.
    (folder / "code/pid.py").write_text("def handler(event, context): return {'statusCode': 200, 'body': 'edited'}\n")
    assert enough.wait(timeout=30)
    server.kill()
    for writer in writers:
        writer.join()
    with running(Server.dev, tmp_path / "data", folder, may_warn="was interrupted") as server:
        assert set(acknowledged) <= items(server)
        assert answer_to(server, "pid") == "edited"


def test_an_edit_that_breaks_everything_leaves_what_ran_before_running(folder, tmp_path):
    template, code = folder / "template.yaml", folder / "code"
    good = template.read_text()
    with running(Server.dev, tmp_path / "data", folder) as server, connect(server.url) as socket:
        first = ask(socket, "pid")
        for breakage, said in [
            (lambda: template.write_text(good + "  : : ["), "YAML not well-formed"),
            (lambda: template.write_text(""), "unsupported structure"),
            (lambda: template.unlink(), "cannot read"),
            (lambda: template.write_text(good.replace("RouteKey: daemon", "RouteKey: slow")), "already exists.*ROLLBACK"),
            (lambda: template.write_text(good.replace("CodeUri: code", "CodeUri: nowhere")), "nowhere"),
        ]:
            breakage()
            server.wait_for_line(f"what ran before runs on.*{said}", seconds=30)
            assert ask(socket, "pid") == first, "the worker was replaced"
        (code / "pid.py").write_text("def handler(event, context): return {'statusCode': 200, 'body': 'good'}\n")
        template.write_text(good)

        def is_good():
            return ask(socket, "pid") == "good"

        eventually(is_good, seconds=30)


def test_a_client_sees_a_killed_server_as_a_lost_connection(folder, tmp_path):
    server = Server.dev(tmp_path / "data", folder)
    with connect(server.url) as socket:
        ask(socket, "pid")
        server.kill()
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=20)


@pytest.mark.parametrize("place", ["/proc/landline", "/dev/null", "/dev/null/data"])
def test_a_data_directory_that_cannot_be_is_said_with_the_remedy(place):
    ran = subprocess.run(
        [binary(), "serve", "--listen", "127.0.0.1:0", "--data-dir", place],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=20,
    )  # fmt: skip
    assert ran.returncode == 1
    assert place in ran.stdout and "--data-dir" in ran.stdout


def test_a_missing_interpreter_is_said_in_one_sentence_with_the_remedy(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with running(Server.dev, tmp_path / "data", folder, may_warn="Python 3 is not installed") as server:
        server.wait_for_line(r"WARN the function cannot run yet: Python 3 is not installed .*: install python3, ")
        with connect(server.url) as socket:
            assert is_error(ask(socket, "pid"))


def test_a_damaged_store_is_said_and_not_overwritten(tmp_path):
    with running(Server.serve, tmp_path / "data"):
        pass
    (database,) = (tmp_path / "data/store").glob("*.db")
    database.write_bytes(b"not a database" * 1000)
    ran = subprocess.run(
        [binary(), "serve", "--listen", "127.0.0.1:0", "--data-dir", str(tmp_path / "data")],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=20,
    )  # fmt: skip
    assert ran.returncode == 1
    assert "not a database" in ran.stdout and str(tmp_path / "data") in ran.stdout
    assert "choose another with --data-dir" in ran.stdout
    assert database.read_bytes().startswith(b"not a database")
