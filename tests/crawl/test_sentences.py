"""Each ending has a section of ``sentences.md``, and each section an ending."""

import re
from pathlib import Path

import pytest

from newscrawl.commands.explain import sections
from newscrawl.crawl import ending
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.ending import MISSING, RULES, RULES_OF_ALL, anchor_of, judge, judge_all
from newscrawl.shared import outcome
from tests.forks import PROJECT, scrapy

PAGE = (PROJECT / "newscrawl/sentences.md").read_text(encoding="utf8")
#: Rules that give no ending of their own but a clause's, another rule's, or one that is well.
NO_WORD = {"some-missing", "dry-run", "all-well", "all-sections-ok", "not-finished", "own-part"}


def test_each_rule_has_a_section_and_each_section_a_rule():
    rules = {anchor_of(rule) for rule in (*RULES, *MISSING, *RULES_OF_ALL, *outcome.RULES)} - NO_WORD
    others = {ending.COULD_NOT_BEGIN, ending.FAULT, ending.NOT_STARTED, ending._LOOKS_WRONG}
    others |= {ending.NO_SUMMARY, ending.NO_ALERT}
    assert set(sections(PAGE)) == rules | others


def test_each_section_says_what_it_means_and_what_to_do():
    for word, text in sections(PAGE).items():
        assert len(text.split("\n\n")) >= 2, word


def test_the_documentation_has_the_page_of_the_package():
    assert (PROJECT / "docs/reference/sentences.md").read_text(encoding="utf8") == PAGE


def test_words_that_the_page_refers_to_are_on_it():
    assert set(re.findall(r"(?:see|as) `([a-z]+(?:-[a-z]+)+)`", PAGE)) <= set(sections(PAGE))


def counts(**values):
    made = Counts()
    for name, value in ({"finish_reason": "finished", "shown": 3, "found": 3, "written": 3} | values).items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"shown": 0, "refused": "x: HTTP 403"}, "section-refused"),
        ({"holes": ["a hole"], "listing_failed": 1}, "unread-listings"),  # the first of two clauses
        ({"warnings": ["all changed"]}, "looks-wrong"),
        ({"is_dry_run": True, "holes": ["a hole"]}, "holes"),
        ({}, ""),
    ],
)
def test_the_word_of_an_ending(values, word):
    ended = judge(counts(**values))
    assert ended.anchor == word
    assert str(ended).endswith(f" (newscrawl explain {word})") == bool(word)


def test_the_word_of_many_sections():
    unwell, well = judge(counts(holes=["a hole"])), judge(counts())
    assert judge_all({"a": unwell, "b": well}).anchor == "some-sections-unwell"
    assert judge_all({"b": well}).anchor == ""


@pytest.mark.slow
def test_explain_prints_a_section(tmp_path: Path):
    run = scrapy("explain", "holes", cwd=tmp_path)
    assert run.returncode == 0
    assert run.stdout.strip() == sections(PAGE)["holes"]
    everything = scrapy("explain", cwd=tmp_path)
    assert [line.split()[0] for line in everything.stdout.splitlines()] == list(sections(PAGE))
    misspelt = scrapy("explain", "hole", cwd=tmp_path)
    assert misspelt.returncode == 1
    assert "did you mean 'holes'?" in misspelt.stderr
