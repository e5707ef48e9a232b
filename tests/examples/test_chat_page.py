"""The web page of the chat example, in a real browser: Chromium, spoken to over its DevTools protocol."""

import json
import os
import re
import shutil
import subprocess
import urllib.parse
import urllib.request

import pytest
from websockets.sync.client import connect

from server import ROOT, eventually

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
PAGE = (ROOT / "examples/chat/client.html").as_uri()
SECONDS = 60  # a first start of the browser writes a profile

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")


class Tab:
    def __init__(self, browser, url):
        request = urllib.request.Request(f"{browser}/json/new?about:blank", method="PUT")
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            address = json.load(answer)["webSocketDebuggerUrl"]
        self._socket = connect(address, max_size=None, proxy=None, open_timeout=SECONDS)
        self._calls = 0
        # Only the tab in front has the keyboard, unless each is told that it is in front.
        self._call("Emulation.setFocusEmulationEnabled", enabled=True)
        self._call("Page.navigate", url=url)
        self.wait_for("`${location} ${document.readyState}`", "^file:.* complete$")

    def _call(self, method, **parameters):
        self._calls += 1
        self._socket.send(json.dumps({"id": self._calls, "method": method, "params": parameters}))
        answer = json.loads(self._socket.recv(timeout=SECONDS))
        assert "result" in answer and answer["id"] == self._calls, answer
        return answer["result"]

    def value(self, expression):
        return self._call("Runtime.evaluate", expression=expression)["result"].get("value")

    def wait_for(self, expression, pattern):
        def matching():
            return re.search(pattern, str(self.value(expression)))

        eventually(matching, seconds=SECONDS)

    def wait_for_text(self, name, pattern):
        self.wait_for(f"document.getElementById('{name}').textContent", pattern)

    def enter(self, name, text):
        """Types into a field as a person would, and presses Enter there."""
        self.value(f"document.getElementById('{name}').select()")
        self._call("Input.insertText", text=text)
        enter = {"key": "Enter", "windowsVirtualKeyCode": 13}
        self._call("Input.dispatchKeyEvent", type="keyDown", text="\r", **enter)
        self._call("Input.dispatchKeyEvent", type="keyUp", **enter)


@pytest.fixture
def browser(tmp_path):
    """The address of a browser that remembers nothing from test to test."""
    # As root, as in a container, Chromium starts only without its sandbox; the page is our own.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    place = [f"--user-data-dir={tmp_path}", "--remote-debugging-port=0", "--no-proxy-server"]
    with (tmp_path / "log").open("w") as log:
        command = [CHROMIUM, "--headless", "--disable-gpu", *quiet, *sandbox, *place]
        process = subprocess.Popen(command, stdout=log, stderr=log)

    def address():
        assert process.poll() is None, (tmp_path / "log").read_text()
        port = tmp_path / "DevToolsActivePort"
        # The port ends with a line break: without one, the file is still being written.
        return "\n" in (text := port.read_text() if port.exists() else "") and f"http://127.0.0.1:{text.split()[0]}"

    try:
        yield eventually(address, seconds=SECONDS)
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def test_what_one_page_sends_every_page_shows(browser, chat):
    typed = Tab(browser, PAGE)
    typed.enter("url", chat.url)
    typed.wait_for_text("state", "^Connected$")
    given = Tab(browser, f"{PAGE}?url={urllib.parse.quote(chat.url)}")
    given.wait_for_text("state", "^Connected$")

    typed.enter("message", "Is <b>anybody</b> there?")
    for tab in [typed, given]:
        tab.wait_for_text("messages", "Guest: Is <b>anybody</b> there[?]")

    # The next visit finds the URL that worked last; the browser hands what one tab stored to others in its own time.
    def visit_finds_the_url():
        return Tab(browser, PAGE).value("url.value") == chat.url

    eventually(visit_finds_the_url)


def test_a_page_says_what_went_wrong(browser, chat):
    tab = Tab(browser, PAGE)
    tab.enter("url", "example.com")
    tab.wait_for_text("problem", "begins with ws:// or wss://")
    tab.enter("url", chat.url + "x")
    tab.wait_for_text("problem", "^Could not connect to .*prodx")
    tab.enter("url", chat.url)
    tab.wait_for_text("state", "^Connected$")
    tab.wait_for_text("problem", "^$")

    tab.value("""socket.send('{"action":"dance"}')""")
    tab.wait_for_text("messages", "The service answered: Forbidden")
    tab.enter("message", "x" * 140_000)
    tab.wait_for_text("messages", "The connection was closed: .* [(]code 1009[)]")
    tab.wait_for_text("state", "^Disconnected$")
