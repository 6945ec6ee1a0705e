"""What a reader sees of an element."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawl.extract.elements import is_hidden, line_of, seen_text_of, spaced_text_of, text_of


def test_text_with_and_without_spaces_between_pieces():
    element = html.fromstring("<p>Har<b>bour</b>\n lock</p>")
    assert text_of(element) == "Harbour lock"
    assert spaced_text_of(element) == "Har bour lock"


@pytest.mark.parametrize("tag", ["script", "style", "template"])
def test_scripts_styles_and_templates_are_not_seen(tag):
    element = html.fromstring(f"<div>Har<{tag}>a = 1<b>2</b></{tag}>bour <b>lock</b></div>")
    assert seen_text_of(element) == "Harbour lock"
    assert seen_text_of(element.find("b")) == "lock"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a" * 20, "a" * 20), ("a" * 21, ""), ("a" * 5000, ""), (" " * 5000 + "a", "a"), ("a<b>b</b>", "a b")],
)
def test_a_line_of_so_many_characters(text, line):
    assert line_of(html.fromstring(f"<p>{text}</p>"), 20) == line


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [("hidden", True), ("hidden=until-found", False), ("style='color:red; Display : none'", True), ("style=visibility:hidden", True), ("style=color:red", False), ("", False)],
)  # fmt: skip
def test_hidden_by_its_own_markup(attributes, hidden):
    assert is_hidden(html.fromstring(f"<p {attributes}>Lock</p>")) is hidden
