"""What the documentation tells people to type works, and shows what the documentation says."""

import re
import subprocess

import pytest
import transcripts

from server import ROOT, Server, running

PAGES = ["README.md", "examples/chat/README.md", "examples/notify/README.md"]
SHOWN_URL = re.compile(r"ws://127\.0\.0\.1:4566/\w+/\w+")
SECONDS = 60


class Terminal:
    """An interactive `landline connect`."""

    def __init__(self, command, server):
        self.process = subprocess.Popen(
            command, shell=True, cwd=ROOT, env=server.environment(), text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.wait_for("onnected")

    def wait_for(self, text):
        expected = transcripts.pattern([text])
        seen = []
        for line in self.process.stdout:
            seen.append(line)
            if expected.search(line):
                return
        raise AssertionError(f"the command ended without {text!r}; it said {seen}")

    def follow(self, lines):
        for line in lines:
            if line.startswith("> "):
                self.process.stdin.write(line.removeprefix("> ") + "\n")
            elif line.startswith("< "):
                self.wait_for(line.removeprefix("< "))

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=SECONDS)
        self.process.stdout.close()


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
                if block.only_listens:
                    listening.append((terminal, block))
                else:
                    terminal.follow(block.lines)
                    terminal.close()
                continue
            ran = subprocess.run(
                command, shell=True, cwd=ROOT, env=server.environment(), text=True, timeout=SECONDS,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            assert ran.returncode == 0, ran.stdout
            assert transcripts.pattern(block.lines).search(ran.stdout), ran.stdout
        for terminal, block in listening:
            terminal.follow(block.lines)
            terminal.close()


def test_every_example_has_a_page_that_is_tested():
    pages = {str(page.relative_to(ROOT)) for page in (ROOT / "examples").glob("*/README.md")}
    examples = {f"examples/{folder.name}/README.md" for folder in (ROOT / "examples").iterdir() if folder.is_dir()}
    assert examples == pages == set(PAGES) - {"README.md"}
