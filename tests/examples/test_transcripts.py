"""What the documentation tells people to type works, and shows what the documentation says."""

import os
import pty
import re
import select
import subprocess
import time

import pytest
import transcripts

from server import ROOT, Server, running

PAGES = ["README.md", "examples/chat/README.md", "examples/notify/README.md"]
SHOWN_URL = re.compile(r"ws://127\.0\.0\.1:4566/\w+/\w+")
SECONDS = 60


class Terminal:
    """An interactive command, in a terminal of its own: what it shows is what a person sees."""

    def __init__(self, command, server):
        self._screen, inside = pty.openpty()
        self._process = subprocess.Popen(
            command, shell=True, cwd=ROOT, env=server.environment(), stdin=inside, stdout=inside, stderr=inside
        )
        os.close(inside)
        self._shown = ""

    def type(self, text):
        os.write(self._screen, text.encode() + b"\n")

    def wait_for(self, line):
        """The line must come; what came before it is done with."""
        wanted = transcripts.pattern([line])
        deadline = time.monotonic() + SECONDS
        while not (found := wanted.search(self._shown)):
            ready, _, _ = select.select([self._screen], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"{line!r} did not come; the terminal shows {self._shown!r}"
            self._shown += os.read(self._screen, 65536).decode().replace("\r", "\n")
        self._shown = self._shown[found.end() :]

    def follow(self, lines):
        for line in lines:
            self.type(line.removeprefix("> ")) if line.startswith("> ") else self.wait_for(line)

    def close(self):
        os.write(self._screen, b"\x04")
        assert self._process.wait(timeout=SECONDS) == 0
        os.close(self._screen)


def run(command, server):
    ran = subprocess.run(
        command, shell=True, cwd=ROOT, env=server.environment(), text=True, timeout=SECONDS,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


@pytest.mark.parametrize("page", PAGES)
def test_the_page_says_the_truth(page, tmp_path):
    start, *others = transcripts.blocks(ROOT / page)
    template = re.fullmatch(r"landline dev (\S+)", start.command)[1]
    with running(Server.dev, tmp_path, template) as server:
        here = lambda text: SHOWN_URL.sub(server.url, text)
        expected = transcripts.pattern([here(line) for line in start.lines])
        assert expected.search(server.output), server.output

        listening = []
        for block in others:
            command = here(block.command)
            if command.startswith("landline connect "):
                terminal = Terminal(command, server)
                terminal.wait_for(block.lines[0])
                if block.only_listens:
                    listening.append((terminal, block))
                else:
                    terminal.follow(block.lines[1:])
                    terminal.close()
                continue
            deadline = time.monotonic() + SECONDS
            while not transcripts.pattern(block.lines).search(shown := run(command, server)):
                # A function that is called when somebody has left may still be at it; a look changes nothing.
                assert " scan " in command and time.monotonic() < deadline, shown
        for terminal, block in listening:
            terminal.follow(block.lines[1:])
            terminal.close()


def test_every_example_has_a_page_that_is_tested():
    pages = {str(page.relative_to(ROOT)) for page in (ROOT / "examples").glob("*/README.md")}
    examples = {f"examples/{folder.name}/README.md" for folder in (ROOT / "examples").iterdir() if folder.is_dir()}
    assert examples == pages == set(PAGES) - {"README.md"}
