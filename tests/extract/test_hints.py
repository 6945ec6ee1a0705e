"""What an element's own markup hints at."""

from __future__ import annotations

import pytest

from newscrawl.extract.blocks import Hint
from newscrawl.extract.hints import hint_of, hints_on
from newscrawl.extract.page import Page


def page(markup: str) -> Page:
    return Page(f"<html><body>{markup}</body></html>", "https://paper.example/lock")


@pytest.mark.parametrize(
    ("markup", "hint"),
    [
        ("<div>", Hint.NOTHING),
        ("<div class=story>", Hint.NOTHING),
        ("<div class=article-comments>", Hint.NEVER),
        ("<div class=articleComments>", Hint.NEVER),
        ("<div id=onetrust-banner>", Hint.NEVER),
        ("<div class=related-posts>", Hint.RARELY),
        ("<div class=related id=comments>", Hint.NEVER),
        ("<div class=has-sidebar>", Hint.NOTHING),
        ("<div class=metaphors>", Hint.NOTHING),
        ("<footer>", Hint.NEVER),
        ("<aside>", Hint.RARELY),
        ("<div role=navigation>", Hint.NEVER),
        ("<div aria-hidden=true>", Hint.RARELY),
        ("<article class=comments>", Hint.RARELY),
        ("<main class=comments>", Hint.NOTHING),
        ("<figure><blockquote>a</blockquote>", Hint.NOTHING),
        ("<figure>", Hint.RARELY),
    ],
)
def test_what_tags_classes_and_roles_hint_at(markup, hint):
    one = page(markup)
    assert hint_of(one.root.find("body")[0], one) == hint


def test_what_stands_around_the_headline_is_the_frame():
    one = page("<div class=related><h1>Lock closed</h1><div class=related></div></div>")
    hint = hints_on(one, "Lock closed!")
    outer = one.root.find("body")[0]
    assert (hint(outer), hint(outer[1])) == (Hint.NOTHING, Hint.RARELY)


def test_what_stands_around_the_main_part_is_the_frame():
    one = page("<div class=sidebar><main></main></div>")
    assert hints_on(one, "")(one.root.find("body")[0]) == Hint.NOTHING


def test_another_article_with_a_headline_of_its_own_is_never_the_story():
    one = page("<article><h1>Lock closed</h1></article><article><h1>Ferry late</h1></article><article></article>")
    own, other, card = one.root.find("body")
    hint = hints_on(one, "Lock closed")
    assert (hint(own), hint(other), hint(card)) == (Hint.NOTHING, Hint.NEVER, Hint.RARELY)
