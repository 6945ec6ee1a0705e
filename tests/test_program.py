"""Which program was called."""

from __future__ import annotations

import pytest

from newscrawl.program import argument, nearest, program


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("/srv/.venv/bin/newscrawl", "newscrawl"),
        ("/srv/.venv/bin/scrapy", "scrapy"),
        ("scrapy.exe", "scrapy"),
        ("/lib/newscrawl/__main__.py", "newscrawl"),
        ("/lib/scrapy/__main__.py", "scrapy"),
        ("-c", "newscrawl"),
    ],
)
def test_messages_name_the_program_as_it_was_called(monkeypatch, called, name):
    monkeypatch.setattr("sys.argv", [called, "crawl"])
    assert program() == name


def test_messages_name_arguments_as_they_were_given(monkeypatch):
    monkeypatch.setattr("sys.argv", ["newscrawl", "crawl"])
    assert (argument("again"), argument("pages", 5)) == ("--again", "--pages 5")
    monkeypatch.setattr("sys.argv", ["scrapy", "crawl"])
    assert (argument("again"), argument("pages", 5)) == ("-a again=1", "-a pages=5")
    monkeypatch.setattr("sys.argv", ["newscrawl", "crawlall", "sections.toml"])
    assert (argument("again"), argument("pages", 5)) == ("again = true", "pages = 5")


def test_a_word_is_near_whatever_its_case():
    assert nearest("LOAD_", ["load", "find"], 0.8) == "load"
    assert nearest("lo", ["load", "find"], 0.8) == ""
    assert nearest("load", [], 0.1) == ""
