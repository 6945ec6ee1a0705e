"""Which program was called."""

from __future__ import annotations

import pytest

from newscrawl.program import nearest, program


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


def test_a_word_is_near_whatever_its_case():
    assert nearest("LOAD_", ["load", "find"], 0.8) == "load"
    assert nearest("lo", ["load", "find"], 0.8) == ""
    assert nearest("load", [], 0.1) == ""
