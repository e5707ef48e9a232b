"""The `console` blocks of a Markdown page, as terminals: what is typed, and what is read.

    $ command        typed at the prompt of the shell
    > text           typed into the running command
    anything else    output of the command; `…` stands for any text, alone in its line for any lines
"""

import dataclasses
import re


@dataclasses.dataclass
class Block:
    """One terminal with one command."""

    command: str
    lines: list

    @property
    def only_listens(self):
        return not any(line.startswith("> ") for line in self.lines)


def blocks(page):
    text = page.read_text()
    for body in re.findall(r"^```console\n(.*?)^```", text, re.M | re.S):
        prompt, *lines = body.splitlines()
        assert prompt.startswith("$ "), f"{page}: a console block begins with a command, not with {prompt!r}"
        yield Block(prompt.removeprefix("$ ").replace("cargo run -- ", "landline "), lines)


def pattern(lines):
    """What the output must match: the lines in their order, `…` being anything."""
    parts = []
    for line in lines:
        escaped = re.escape(line).replace(re.escape("…"), ".*")
        parts.append(r"(?:.*\n)*" if line == "…" else f"[^\n]*{escaped}[^\n]*\n?")
    return re.compile("".join(parts))
