"""Whose a date is."""

from __future__ import annotations

import pytest

from newscrawl.extract.date_owner import Owner, story_heading
from newscrawl.extract.page import Page

TITLE = "<title>North pier to be mended - Pier Post</title>"
HEAD = "<h1>North pier to be mended</h1>"
DAY = "<b id=d>3 May 2025</b>"


def page(markup: str, title: str = TITLE) -> Page:
    return Page(f"<html><head>{title}</head><body>{markup}</body></html>", "https://paper.example/pier")


@pytest.mark.parametrize(
    ("markup", "tag", "text"),
    [
        (HEAD, "h1", "North pier"),
        ("<h1>Pier Post</h1><h2>North pier to be mended</h2>", "h2", "North pier"),
        ("<h2>Weather</h2><h4>North pier to be mended</h4>", "h4", "North pier"),
        ("<h1>Timber gave way</h1><h2>North pier to be mended</h2>", "h2", "North pier"),
        ("<h1>Pier at the north end to be repaired</h1><h2>Pier</h2>", "h1", "Pier at"),
        ("<div class=t>North pier to be mended</div>", "div", "North pier"),
    ],
)
def test_the_headline_that_readers_see(markup, tag, text):
    top = story_heading(page(markup))
    assert (top.tag, top.text[: len(text)]) == (tag, text)


def test_a_page_without_a_headline():
    assert story_heading(page("<p>x</p>", "")) is None


@pytest.mark.parametrize(
    ("markup", "near", "far"),
    [
        (f"<article>{HEAD}<p>{DAY}</p></article>", True, True),
        (f"<article>{HEAD}<header>{DAY}</header><footer>{DAY.replace('=d', '=e')}</footer></article>", True, True),
        (f"{HEAD}<footer>{DAY}</footer>", False, False),
        (f"<header>{DAY}</header>{HEAD}", False, False),
        (f"{HEAD}<div class=comments>{DAY}</div>", False, False),
        (f"{HEAD}<ul class=forum><li>{DAY}</ul>", False, False),
        (f"{HEAD}<div class=related-posts>{DAY}</div>", False, False),
        (f"<article>{HEAD}</article><article>{DAY}</article>", False, False),
        (f"{HEAD}<aside>{DAY}</aside>", False, False),
        (f"{HEAD}<aside class=article-meta>{DAY}</aside>", True, False),
        (f"{HEAD}<a href=/2025/05/03>{DAY}</a>", True, True),
        (f"{HEAD}<a rel=bookmark href=/x><time id=d>3 May</time><time>4 May</time></a>", True, True),
        (f"{HEAD}<a href=/x>Ferry fares to rise from the day of {DAY}</a>", False, False),
        (f"{HEAD}<ul><li><a href=/author/reed>Ann Reed</a> {DAY}</ul>", True, False),
        (f"{HEAD}<div><h3><a href=/x>Ferry fares rise</a></h3>{DAY}</div>", False, False),
        (f"{HEAD}<div><a href=/x>Ferry fares to rise again</a>{DAY}</div>", False, False),
        (f"{HEAD}<div>{DAY}<a href=/tag/x>repairs of piers and locks</a></div>", True, False),
        (f"{HEAD}<div>{DAY}<ul><li><a href=/x>Ferry fares to rise again</a></ul></div>", True, False),
        (f"{HEAD}<p hidden id=d>3 May 2025</p>", False, False),
    ],
)
def test_dates_of_the_story(markup, near, far):
    found = page(markup)
    element = found.root.find(".//*[@id='d']")
    assert (Owner(found).owns(element, near=True), Owner(found).owns(element)) == (near, far)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<div itemscope>{HEAD}<meta id=d></div>", True),
        (f"{HEAD}<meta id=d>", True),
        (f"{HEAD}<div itemscope itemtype='https://schema.org/Comment'><meta id=d></div>", False),
        (f"{HEAD}<div typeof=NewsArticle><a href=/x>Ferry fares to rise again</a><meta id=d></div>", False),
        (f"{HEAD}<div itemscope><meta id=d></div>", True),
    ],
)
def test_dates_in_markup_of_the_story(markup, expected):
    found = page(markup)
    assert Owner(found).owns_markup(found.root.find(".//*[@id='d']")) is expected
