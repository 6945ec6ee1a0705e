"""What the README shows is what happens."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass

import pytest

from newscrawl.article.item import Article
from newscrawl.demo.answers import site as edition
from newscrawl.demo.edition import stories
from tests.conftest import PROJECT, serve

README = (PROJECT / "README.md").read_text(encoding="utf8")


def snippet(language, containing):
    (found,) = [text for text in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL) if containing in text]
    return found


# All of it, in one clone ---------------------------------------------------------

#: Why a block of commands is not run, as a comment above it says: "<!-- not run: it asks a live site -->".
REASONS = {"it asks a live site", "it needs a service", "it runs all tests"}
#: A block of code, with the comments right above it, its language and its text.
BLOCK = re.compile(r"((?:^<!-- [^\n]* -->\n)*)^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
#: Stands in a clone for Scrapy's command line, and for the project's own: the live section is a server's that we started.
STAND_IN = """#!{python}
import os, sys
words = sys.argv[1:]
if words[:2] == ["crawl", "worldnews"] and not any(word.startswith(("start=", "--start")) for word in words):
    words += ["-a", "start={live}", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"]
os.execv(sys.executable, [sys.executable, {run}, *words])
"""


@dataclass
class Block:
    """Commands of the README; ``told`` is what it says of them before the next block of code."""

    commands: str
    reason: str
    output: str
    told: str
    said: str = ""


def blocks():
    """The blocks of commands, each with the output that is shown right behind it, if any."""
    matches = list(BLOCK.finditer(README))
    ends = [*(match.start() for match in matches[1:]), len(README)]
    found = []
    for number, match in enumerate(matches):
        comments, language, text = match.groups()
        if language == "sh":
            reason = re.search(r"<!-- not run: (.*) -->", comments)
            shown = matches[number + 1] if number + 1 < len(matches) and not matches[number + 1][2] else None
            told = README[match.end() : ends[number + 1 if shown else number]].partition("\n## ")[0]
            found.append(Block(text, reason[1] if reason else "", shown[3] if shown else "", told))
    return found


@pytest.fixture(scope="module")
def live():
    """The address of the live section's stand-in: a copy of it at a port of this machine."""
    with serve() as site:
        for path, (content_type, body) in edition().items():
            site.routes[path] = (200, {"Content-Type": content_type}, body)
        yield f"{site.origin}/world-news"


@pytest.fixture(scope="module")
def clone(tmp_path_factory, live):
    """A clone of the project, with an environment in which the libraries are."""
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is no checkout of git")
    for name in listed.stdout.splitlines():
        if (PROJECT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=x", "-c", "user.email=x@y.example", "commit", "-qm", "all")
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    scripts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"].get("scripts", {})
    for name, place in {"scrapy": "scrapy.cmdline:execute", **scripts}.items():
        module, function = place.split(":")
        run = f'"-c", "import sys; sys.argv[0] = {name!r}; from {module} import {function}; sys.exit({function}())"'
        program(programs / name, STAND_IN.format(python=sys.executable, live=live, run=run))
    program(programs / "python", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    program(programs / "pip", "#!/bin/sh\n")  # all of it is there
    program(programs / "python3", "#!/bin/sh\n[ \"$1 $2\" = '-m venv' ]\n")  # and so is the environment
    if importlib.util.find_spec("datasette"):  # one page in the place of a server that does not end
        program(programs / "datasette", f'#!/bin/sh\nexec {sys.executable} -m datasette "$@" --get /\n')
    else:
        program(programs / "datasette", "#!/bin/sh\n")
    if not shutil.which("jq"):
        program(programs / "jq", "#!/bin/sh\n")
    return folder


def program(path, text):
    path.write_text(text)
    path.chmod(0o755)


def git(folder, *words):
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def done(clone):
    """The README's blocks, run from the first to the last in one clone."""
    for library in ("pyarrow", "jsonschema_rs", "fastwarc"):
        pytest.importorskip(library)
    environment = {
        **os.environ,
        "PATH": f"{clone / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(clone),
    }
    environment.pop("SCRAPY_SETTINGS_MODULE", None)
    found = [block for block in blocks() if not block.reason]
    for block in found:
        ended = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block.commands], cwd=clone, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=600,
        )  # fmt: skip
        assert ended.returncode == 0, f"{block.commands}\n{ended.stdout}"
        block.said = ended.stdout
    return found


def test_why_blocks_are_not_run():
    assert {block.reason for block in blocks()} <= REASONS | {""}
    assert sum(not block.reason for block in blocks()) > 2


def test_each_block_says_what_the_readme_shows(done):
    """But for times and files, and which of the sources came first, and so named a story as new."""

    def of(text):
        text = re.sub(r"\d+ new(?:, \d+ listed before)?", "some new", text)
        return sorted(line.rstrip() for line in text.splitlines() if not line.startswith(("time ", "file ")))

    shown = [block for block in done if block.output]
    assert shown
    for block in shown:
        first = block.output.split()[0]
        assert of(block.output) == of(re.search(rf"^{re.escape(first)}.*", block.said, re.DOTALL | re.MULTILINE)[0])


def test_how_the_readme_says_that_blocks_end(done):
    told = {
        text: block.said
        for block in done
        for text in re.findall(r"`([^`\n]*(?:articles written|nothing new)[^`\n]*)`", block.told)
    }
    assert told
    assert not [text for text, said in told.items() if text not in said]


def test_the_clone_is_clean_after_all_of_it(clone, done):
    assert git(clone, "status", "--porcelain") == ""


# Each part of it -----------------------------------------------------------------


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    folder = tmp_path_factory.mktemp("night")
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "worldnews", "-a", "start=demo", "-O", str(folder / "articles.jsonl")],
        cwd=PROJECT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return folder


def test_the_article_shown_is_one_of_the_edition(night):
    shown = json.loads(snippet("json", '"headline"'))
    lines = (night / "articles.jsonl").read_text(encoding="utf8").splitlines()
    (real,) = [article for article in map(json.loads, lines) if article["id"] == shown["id"]]
    assert list(real) == list(Article("", "", "").to_dict())
    assert list(shown) == list(real)[: len(shown)] and list(shown)[-1] == "extraction"
    for key in ("headline", "description", "authors", "place", "body", "date_published", "content_hash", "extraction"):
        assert shown[key] == real[key], key


def test_the_numbers_shown():
    assert f"all {len(stories())} articles written" in README
    assert len(README.split()) < 900  # what more there is to say is in docs/


@pytest.mark.parametrize("library", ["pandas"])
def test_python_snippets(night, library):
    pytest.importorskip(library)
    done = subprocess.run(
        [sys.executable, "-c", snippet("python", f"import {library}")],
        cwd=night,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Maro" in done.stdout


def test_library_snippet():
    code = snippet("python", "extract_article").replace("…", "story-125090301234")
    body = edition()[stories()[0].path][1]
    done = subprocess.run(
        [sys.executable, "-c", f"body = {body!r}\n{code}"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert stories()[0].text["headline"] in done.stdout


def test_what_stands_in_the_file_of_each_output_option(tmp_path):
    """As the table of docs/how-to/nightly.md says, of ``none``, ``-O`` and ``-o``, on the second night after the first."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
    lines = {}
    for options in ("", "-O one.jsonl", "-o grown.jsonl"):
        folder = tmp_path / (options or "none")
        folder.mkdir()
        for night in ("demo", "demo:2"):
            command = [sys.executable, "-m", "scrapy", "crawl", "worldnews", "-a", f"start={night}", *options.split()]
            subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=300)
        lines[options] = [len(path.read_text("utf8").splitlines()) for path in sorted(folder.rglob("*.jsonl"))]
    first, second = len(stories()), 9
    assert lines[""] in ([first, second], [second, first])
    assert lines["-o grown.jsonl"] == [first + second]
    (one,) = lines["-O one.jsonl"]
    assert second < one <= first + second
    nightly = (PROJECT / "docs" / "how-to" / "nightly.md").read_text("utf8")
    assert all(f"| `{options.split()[0]} FILE` |" in nightly for options in lines if options)


def test_arguments_are_documented():
    reference = (PROJECT / "docs" / "reference" / "arguments.md").read_text("utf8")
    for name in ("start", "pages", "hops", "since", "until", "again", "limit", "dry_run"):
        assert f"`{name}`" in reference


def test_the_sample_file_is_shipped():
    config = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    assert "demo/*.toml" in config["tool"]["setuptools"]["package-data"]["newscrawl"]
