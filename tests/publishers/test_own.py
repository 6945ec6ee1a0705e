"""A user's own folder of descriptions: found by every part that asks for a publisher, and refused in words."""

from __future__ import annotations

import multiprocessing
import re

import pytest

from newscrawl import extract_article
from newscrawl.publishers import by_name, by_url, described, own
from tests.conftest import SENTENCE

START = "from newscrawl.publishers import Publisher\n"
PAPER = (
    f'{START}\nPUBLISHER = Publisher(name="paper.example", hosts=("paper.example",), rules={{"headline": (".top",)}})\n'
)
PAGE = f'<html><body><div class="top">Harbour opens</div><h1>Another title</h1><p>{SENTENCE}</p><p>{SENTENCE} Twice.</p></body></html>'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(own.VARIABLE, str(tmp_path))
    return tmp_path


def headline() -> str:
    return extract_article(PAGE, "https://paper.example/a").headline


def test_it_is_found_by_name_by_address_and_by_the_library(folder):
    (folder / "paper.py").write_text(PAPER)
    (folder / "notes.txt").write_text("no module")
    assert next(iter(described())) == "paper.example"
    assert by_name("paper.example") is by_url("https://paper.example/x") is described()["paper.example"]
    assert by_name("business-standard.com").hosts
    assert headline() == "Harbour opens"


def test_processes_that_this_one_begins_know_it(folder):
    (folder / "paper.py").write_text(PAPER)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        (article,) = pool.starmap(extract_article, [(PAGE, "https://paper.example/a")])
    assert article.headline == "Harbour opens"


def test_without_a_folder_there_are_those_of_newscrawl(monkeypatch, folder):
    assert headline() == "Another title"
    monkeypatch.delenv(own.VARIABLE)
    assert "paper.example" not in described()
    monkeypatch.setenv(own.VARIABLE, str(folder / "none"))
    assert by_name("taz.de").hosts


def test_it_counts_more_than_a_bundled_one_of_the_same_host(folder):
    (folder / "mine.py").write_text(f'{START}\nPUBLISHER = Publisher(name="mine", hosts=("taz.de",))\n')
    assert by_url("https://taz.de/x").name == "mine"
    assert by_name("taz.de").name == "taz.de"


def test_it_replaces_a_bundled_one_of_the_same_name(folder):
    (folder / "taz.py").write_text(
        f'{START}\nPUBLISHER = Publisher(name="taz.de", hosts=("taz.de",), home="http://x")\n'
    )
    assert by_name("taz.de").home == by_url("https://taz.de/x").home == "http://x"


def test_modules_can_share(folder):
    (folder / "paper.py").write_text(PAPER)
    (folder / "sister.py").write_text(
        "from dataclasses import replace\nfrom . import paper\nfrom .paper import PUBLISHER as first\n"
        'PUBLISHER = replace(paper.PUBLISHER, name="sister.example", hosts=("sister.example",))\n'
    )
    (folder / "same.py").write_text("from .paper import PUBLISHER\n")
    assert own.load(str(folder))[1] == []
    assert by_url("https://sister.example/x").rules == by_name("paper.example").rules


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("x = (\n", 1, "'(' was never closed"),
        ("\n\nprint(nothing)\n", 3, "name 'nothing' is not defined"),
        ("import nothing_at_all\n", 1, "No module named 'nothing_at_all'"),
        ("raise SystemExit('no')\n", 1, "no"),
        ("raise ValueError\n", 1, "it cannot be imported"),
        (f'{START}\nPUBLISHER = Publisher(\n    nmae="a.example",\n)\n', 3, "a publisher has no 'nmae'; did you mean 'name'?"),
        (f"{START}PUBLISHER = Publisher()\n", 2, "a publisher needs a name, as in name='news.example'"),
        ("PUBLISHER = 3\n", 1, "PUBLISHER is 3, expected Publisher(…)"),
        (f'{START}PUBLISHER = Publisher(\n    name="a",\n    hosts=("a.example"),\n)\n', 4, "hosts is 'a.example', expected a list of texts: with one, (\"…\",)"),
        (f'{START}PUBLISHER = Publisher(name="a", rules={{"body": ".text"}})\n', 2, "rules is {'body': '.text'}, expected lists of texts by name: with one text, (\"…\",)"),
        (f'{START}PUBLISHER = Publisher(name="a", rules=[".text"])\n', 2, "rules is ['.text'], expected texts by name, in braces"),
        (f'{START}PUBLISHER = Publisher(name="a", feeds={{"x": 1}})\n', 2, "feeds is {'x': 1}, expected texts by name"),
        (f'{START}PUBLISHER = Publisher(name="a", timezone="Europe/Lisbn")\n', 2, "timezone is 'Europe/Lisbn', expected a time zone, as Europe/Lisbon"),
        (f'{START}PUBLISHER = Publisher(name="a", article="/(x")\n', 2, "article is '/(x', expected a regular expression (missing ), unterminated subpattern at position 1)"),
        (f'{START}PUBLISHER = Publisher(name="a", home=3)\n', 2, "home is 3, expected a text"),
        (f'{START}PUBLISHER = Publisher(\n    name="a",\n    rules={{"body": ("..x",)}},\n)\n', 4, "rules is {'body': ('..x',)}, expected CSS selectors, which '..x' is not: Expected ident, got <DELIM '.' at 1>"),
        (f'{START}PUBLISHER = Publisher(name="a", drop=(":nope",))\n', 2, "drop is (':nope',), expected CSS selectors, which ':nope' is not: The pseudo-class :nope is unknown"),
        (f'{START}PUBLISHER = Publisher(name=" ")\n', 2, "name is ' ', expected its domain"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_the_file_and_the_line(folder, text, line, words):
    (folder / "paper.py").write_text(text)
    (folder / "z.py").write_text(PAPER)  # the others are read all the same
    modules, faults = own.load(str(folder))
    assert faults == [f"{folder / 'paper.py'}, line {line}: {words}"]
    assert list(own.publishers(modules)) == ["paper.example"]
    with pytest.raises(ValueError, match=re.escape(faults[0])):
        described()


def test_two_of_one_name(folder):
    (folder / "a.py").write_text(PAPER)
    (folder / "b.py").write_text(PAPER)
    (fault,) = own.load(str(folder))[1]
    assert fault == f"{folder / 'b.py'}: paper.example is described in {folder / 'a.py'} too; keep one of them"


def test_no_bundled_description_would_be_refused():
    found = [fault for one in described().values() for fault in own._faults_of_fields(one)]
    assert found == []
