"""The commands of docs/tutorial.md, run in their order in one folder: ``python -m tests.tutorial`` prints what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import PROJECT

PAGE = PROJECT / "docs" / "tutorial.md"
_BLOCK = re.compile(r"<!-- command: tutorial -->\n```sh\n(.*?)```\n\n```text\n(.*?)```\n", re.DOTALL)
#: What differs from run to run, and what stands for it on the page.
_VARIES = (
    (re.compile(r"\d{8}T\d{6}Z"), "20250903T141900Z"),
    (re.compile(r"\b20[2-9]\d-\d\d-\d\d \d\d:\d\d:\d\d(?: \[newscrawl\] INFO: )?"), "2025-09-03 14:19:00"),
    (re.compile(r"\b20[2-9]\d-\d\d-\d\d \d\d:\d\d UTC"), "2025-09-03 14:19 UTC"),
    (re.compile(r"\b0:00:\d\d\b"), "0:00:01"),
    (re.compile(r"^time      .*", re.MULTILINE), "time      1.2 s"),
)


def steps() -> list[tuple[str, str]]:
    """The commands of the page, and what it shows of their output."""
    return _BLOCK.findall(PAGE.read_text("utf8"))


def outputs(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Run the page's commands in a folder; give each with what the page shows, and what it says."""
    function = f'newscrawl() {{ {sys.executable} -m newscrawl "$@"; }}\npython() {{ {sys.executable} "$@"; }}\n'
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "NEWSCRAWL_CONFIG": ""}
    for commands, shown in steps():
        done = subprocess.run(
            ["bash", "-euc", function + commands], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=300,
        )  # fmt: skip
        yield commands, shown, plain(done.stdout.replace(f"{folder}/", "…/"))


def plain(text: str) -> str:
    """Output without what differs from run to run."""
    for pattern, stands_for in _VARIES:
        text = pattern.sub(stands_for, text)
    return text


def missing(shown: str, said: str) -> list[str]:
    """The lines that are shown, and are not in the output in this order; a line with … alone stands for others."""
    left, found = said.splitlines(), []
    for line in shown.splitlines():
        at = next((number for number, one in enumerate(left) if line in one), None)
        if at is not None:
            left = left[at + 1 :]
        elif line.strip() != "…":
            found.append(line)
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for commands, shown, said in outputs(Path(name).resolve()):
            print(f"$ {commands}{said}")
            print(f"missing: {lines}" if (lines := missing(shown, said)) else "as shown", end="\n\n")
