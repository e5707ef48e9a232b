"""Fixtures that every folder shares."""

import pytest

import server as landline


@pytest.fixture(scope="session")
def node(tmp_path_factory):
    """A server with nothing deployed, for the tests of single services."""
    # What the functions of the tests may not do is worth a warning.
    start, folder = landline.Server.serve, tmp_path_factory.mktemp("node")
    with landline.running(start, folder, may_warn="function cannot be invoked") as server:
        yield server


@pytest.fixture(scope="session", params=["template.yaml", "template-node.yaml"], ids=["python", "node"])
def chat(request, tmp_path_factory):
    """The chat application, once with each runtime."""
    folder = tmp_path_factory.mktemp("chat")
    with landline.running(landline.Server.dev, folder, f"examples/chat/{request.param}") as server:
        yield server


@pytest.fixture
def names():
    """Names that no other test uses: tests share the server `node`."""
    import itertools
    import uuid

    prefix, counter = uuid.uuid4().hex[:8], itertools.count()
    return lambda kind: f"{kind}-{prefix}-{next(counter)}"
