"""What an element's own markup hints at."""

from __future__ import annotations

import pytest

from newscrawl.extract.blocks import Hint, blocks
from newscrawl.extract.hints import Frame, elements_beside_story, hint_of
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
        ("<article class=comments>", Hint.SELDOM),
        ("<main class=comments>", Hint.NOTHING),
        ("<figure><blockquote>a</blockquote>", Hint.NOTHING),
        ("<figure>", Hint.SELDOM),
        ("<figure><table><tr><td>a</table>", Hint.NOTHING),
        ("<div class=related><table><tr><td>a</table>", Hint.RARELY),
        ("<div class=video-player>", Hint.SELDOM),
        ("<div class=lead__video-text>", Hint.NOTHING),
        ("<div class='field field--label-hidden'>", Hint.NOTHING),
        ("<div class='md:overflow-hidden'>", Hint.NOTHING),
        ("<div class=hidden>", Hint.SELDOM),
        ("<div class='post comments-open'>", Hint.NOTHING),
        ("<div class='page nav-open cookies-accepted'>", Hint.NOTHING),
        ("<div class=cookies-notice>", Hint.NEVER),
        ("<div class='story related has-sidebar comments-open'>", Hint.RARELY),
        ("<div class='related adverts'>", Hint.NEVER),
        ("<div hidden>", Hint.NEVER),
        ("<h2 class=title style='DISPLAY: none'>", Hint.NEVER),
    ],
)
def test_what_tags_classes_and_roles_hint_at(markup, hint):
    one = page(markup)
    assert hint_of(one.root.find("body")[0], one) == hint


def test_what_stands_around_the_headline_is_the_frame():
    one = page("<div class=related><h1>Lock closed</h1><div class=related></div></div>")
    hint = Frame(one, "Lock closed!").hint
    outer = one.root.find("body")[0]
    assert (hint(outer), hint(outer[1])) == (Hint.NOTHING, Hint.RARELY)


def test_what_stands_around_the_main_part_is_the_frame():
    one = page("<div class=sidebar><main></main></div>")
    assert Frame(one, "").hint(one.root.find("body")[0]) == Hint.NOTHING


def test_another_article_with_a_headline_of_its_own_is_never_the_story():
    one = page("<article><h1>Lock closed</h1></article><article><h1>Ferry late</h1></article><article></article>")
    own, other, card = one.root.find("body")
    hint = Frame(one, "Lock closed").hint
    assert (hint(own), hint(other), hint(card)) == (Hint.NOTHING, Hint.NEVER, Hint.SELDOM)


def test_articles_are_another_storys_only_where_a_top_heading_says_the_headline():
    """Else a story whose metadata are worded otherwise would be lost for a teaser's heading."""
    one = page("<article><h1>Ferry late</h1></article><article><h1>Chelsea lock is shut from today</h1></article>")
    other, own = one.root.find("body")
    told = Frame(one, "Chelsea lock shut: what we know").hint
    assert (told(other), told(own)) == (Hint.NEVER, Hint.NOTHING)
    unlike = Frame(one, "Barges turn back").hint
    assert Hint.NEVER not in (unlike(other), unlike(own))


def test_names_of_layout_yield_where_little_is_left_without_them():
    """Page builders give each paragraph a class of its own; all are named for one thing."""
    boxes = "".join(f"<div class='block block-{n} {word}'><p>{'x' * 99}.</p></div>" for n, word in enumerate(LAYOUT))
    one = page(f"<div>{boxes}<p>{'y' * 99}.</p></div>")
    hint = Frame(one, "").hint
    found = blocks(one.root.find("body"), hint=hint)
    hints = {mark: hint(mark) for block in found for mark in block.marks}
    assert elements_beside_story(found, [100] * len(found), hints) == set()


LAYOUT = ("meta", "print", "widget", "date", "toolbar")


@pytest.mark.parametrize(("count", "beside"), [(4, 4), (5, 0)], ids=["40-percent", "more"])
def test_elements_hint_together_where_they_are_named_for_one_thing(count, beside):
    boxes = "".join(f"<div class='teaser-{n} related-{n}'><p>a</p></div>" for n in range(count))
    one = page(f"<div>{boxes}{'<p>b</p>' * 6}</div>")
    hint = Frame(one, "").hint
    found = blocks(one.root.find("body"), hint=hint)
    hints = {mark: hint(mark) for block in found for mark in block.marks}
    assert len(elements_beside_story(found, [100] * len(found), hints)) == beside
