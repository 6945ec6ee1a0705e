"""The work on a page or robots.txt grows with its size, and not with the square of it.

Each kind repeats one thing many times. Read in proportion, each takes a fraction of a second of processor time; what looks
at every part for every other takes minutes. The limit is far from both.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

import pytest

from newscrawl import extract_article
from newscrawl.extract.page import Page
from newscrawl.listings import html, robots
from newscrawl.listings.listing import Answer
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

LIMIT = 4.0  # seconds of processor time; in proportion, each takes a tenth of it, or a fifth on a busy machine
NOW = datetime(2025, 9, 3, 12, tzinfo=UTC)
ADDRESS = "https://ledger.example/harbour/2025/09/03/the-ferry-returns-48151.html"
DESCRIBED = "https://www.business-standard.com/world-news/the-ferry-returns-125090301218_1.html"
STORY = "".join(
    f"<p>The harbour council agreed on day {day} to repair the old pier before the winter storms reach the coast.</p>"
    for day in range(12)
)
LD = '{"@type":"NewsArticle","headline":"The ferry returns","datePublished":"2025-09-03",'


class TooSlow(Exception):
    """The limit of processor time is over."""


@contextmanager
def within_limit() -> Iterator[None]:
    """Ends what takes longer, where it can be interrupted: a failing test must not hang."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def page(
    body: str = STORY, *, head: str = "", title: str = "The ferry returns", h1: str = "The ferry returns"
) -> bytes:
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{h1}</h1>{body}</article></body></html>"
    ).encode()


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def links(n: int, before: str = "", after: str = "") -> str:
    return "".join(
        f'{before}<a href="/harbour/2025/09/03/the-pier-is-repaired-again-{i}00.html">The pier is repaired {i}</a>{after}'
        for i in range(n)
    )


#: Pages with one thing many times: how often, and the page.
ARTICLES: dict[str, tuple[int, Callable[[int], bytes]]] = {
    # JSON-LD
    "a run of spaces in broken JSON": (20_000, lambda n: page(head=script(f'{LD} "a": 1 {" " * n}x }}'))),
    "blank lines in broken JSON": (20_000, lambda n: page(head=script(LD + "\n" * n + "x }"))),
    "broken scripts with spaces": (
        3_000,
        lambda n: page(head=script('{"@type": "NewsArticle",' + " " * 20 + "x}") * n),
    ),
    "escaped quotes in a string without an end": (30_000, lambda n: page(head=script(LD + '"a":"' + '\\"' * n))),
    "articles in scripts of their own": (
        45_000,
        lambda n: page(head=script('{"@type":"NewsArticle","headline":"x"}') * n),
    ),
    "articles of one address with keys of their own": (
        12_000,
        lambda n: page(
            head=script(
                "["
                + ",".join(f'{{"@type":"NewsArticle","url":"{ADDRESS}","headline":"x","key{i}":1}}' for i in range(n))
                + "]"
            )
        ),
    ),
    "headlines to look for in a long title": (
        15_000,
        lambda n: page(
            title="The ferry returns to the harbour " * n,
            head=script("[" + ",".join(f'{{"@type":"NewsArticle","headline":"Pier {i}"}}' for i in range(n)) + "]"),
        ),
    ),
    "spaces in the text of metadata": (
        60_000,
        lambda n: page(head=script(f'{LD}"articleBody":"The pier{" " * n}is closed."}}'), body="<p>Soon.</p>"),
    ),
    # title
    "pieces of a title": (2_000, lambda n: page(title="Pier | " * n, h1="")),
    "pieces of two titles": (
        2_000,
        lambda n: page(title="Pier | " * n, h1="", head=f'<meta property="og:title" content="{"Ferry - " * n}">'),
    ),
    "colons of full width in a title": (2_000, lambda n: page(title="Pier：" * n, h1="")),
    "pieces of a title that name the site": (40_000, lambda n: page(title="The ferry returns" + " | Ledger" * n)),
    "top headings under a long title": (
        9_000,
        lambda n: page(title=" ".join(f"pier{i}" for i in range(n)), body="<h1>Ferry news</h1>" * n + STORY),
    ),
    # labels and links
    "labels of a following story": (14_000, lambda n: page(f"<div>{'<span>Next Story</span>' * n}</div>{STORY}")),
    "labels in one link": (3_000, lambda n: page(f"<a href='/x'>{'<span>Next Story</span>' * n}</a>{STORY}")),
    "links for tags that lead to no topics": (2_000, lambda n: page(f"<div class=tags>{links(n)}</div>{STORY}")),
    "links to topics": (
        24_000,
        lambda n: page(f"<div class=tags>{''.join(f'<a href=/topic/{i}>Pier {i}</a>' for i in range(n))}</div>{STORY}"),
    ),
    "one keyword of underscores": (
        50_000,
        lambda n: page(head=f'<meta name=keywords content="{"_" * n} pier">'),
    ),
    # bylines and dates
    "dates in one header": (
        24_000,
        lambda n: page(f"<header>{'<time datetime=2025-09-03>3 Sep</time>' * n}</header>{STORY}"),
    ),
    "dates in one item of a list": (
        24_000,
        lambda n: page(f"<ul><li>{'<time datetime=2025-09-03>3 Sep</time>' * n}<a href=/x>x</a></li></ul>{STORY}"),
    ),
    "elements of one property": (60_000, lambda n: page("<i itemprop=author></i>" * n + STORY)),
    "reading times in one header": (24_000, lambda n: page(f"<header>{'<i>a read</i> ' * n}</header>{STORY}")),
    # nesting
    "elements open in others that end": (60_000, lambda n: page(f"<nav>{'<div></nav>' * n}{STORY}")),
    "elements open where many end": (30_000, lambda n: page(f"<nav>{'<div>' * n}{'<i>' * n}{'</nav>' * n}{STORY}")),
    "parts of lines open where others end": (
        50_000,
        lambda n: page(f"<nav><div></nav>{'<i>' * n}{'</b>' * n}{STORY}"),
    ),
    "links in links": (30_000, lambda n: page(f"<nav><div></nav>{'<a href=/x><p>Pier' * n}{STORY}")),
    "links in links in boxes": (30_000, lambda n: page(f"<nav><div></nav>{'<a href=/x><div>' * n}{STORY}")),
    "buttons around the story": (60_000, lambda n: page(f"{'<button><div></button>' * n}{STORY}")),
    "items of lists in lists": (40_000, lambda n: page(f"<nav><div></nav>{'<ul><li>' * n}{'<li>' * n}{STORY}")),
    "drawings in drawings": (40_000, lambda n: page(f"<nav><div></nav>{'<svg><g>' * n}{'<p>Pier' * n}{STORY}")),
    "tags without an end": (40_000, lambda n: page(f"<nav><div></nav>{STORY}{'<p <' * n}")),
    "comments without an end": (90_000, lambda n: page(f"<nav><div></nav>{STORY}{'<!-- -' * n}")),
    # parts that are sent behind their places
    "parts in parts": (
        15_000,
        lambda n: page(
            "<template id=B:0></template>"
            + "".join(f"<div hidden id=S:{i:x}><i><template id=B:{i + 1:x}></template></i></div>" for i in range(n))
            + f"<div hidden id=S:{n:x}>{STORY}</div>"
        ),
    ),
    "parts in parts, the inner ones first": (
        15_000,
        lambda n: page(
            f"<div hidden id=S:{n:x}>{STORY}</div>"
            + "".join(
                f"<div hidden id=S:{i:x}><i><template id=B:{i + 1:x}></template></i></div>" for i in reversed(range(n))
            )
            + "<template id=B:0></template>"
        ),
    ),
    "places of parts without an end": (
        25_000,
        lambda n: page(
            "".join(f"<template id=B:{i:x}></template>Wait<!--$-->" for i in range(n))
            + "".join(f"<div hidden id=S:{i:x}>Pier</div>" for i in range(n))
            + STORY
        ),
    ),
    "shadow trees in slots": (
        25_000,
        lambda n: page("<x-y><template shadowrootmode=open><slot></slot></template>" * n + STORY),
    ),
    # stories that are not read
    "stories for browsers without scripts": (300, lambda n: page(f"<noscript>{STORY}</noscript>" * n, h1="")),
    "noscript in noscript": (60_000, lambda n: page("<noscript>" * n + STORY)),
    "templates of scripts": (3_000, lambda n: page(f"<script type=text/template>{STORY}</script>" * n)),
    "menus around the story": (90_000, lambda n: page("<nav>" * n + STORY)),
    "menus around many paragraphs": (8_000, lambda n: page("<nav>" * 200 + "<p>The pier is closed." * n)),
    # body
    # one wide attribute around many elements
    "links under a wide class": (
        2_500,
        lambda n: page(f"<div class='{'pier-x ' * 60 * n}'>{links(n)}</div>{STORY}"),
    ),
    "paragraphs under a wide hint": (
        5_000,
        lambda n: page(f"<div class='sidebar {'pier-x ' * 40 * n}'>{'<p>The pier is closed.</p>' * n}</div>{STORY}"),
    ),
}
#: Pages of a publisher whose rules name elements.
DESCRIBED_ARTICLES: dict[str, tuple[str, int, Callable[[int], bytes]]] = {
    "labels of a list": (
        DESCRIBED,
        3_000,
        lambda n: page(f"<div>{'<span>More From This Section</span>' * n}</div>{STORY}"),
    ),
    "labels of a list in lists of links": (
        DESCRIBED,
        2_000,
        lambda n: page(f"<div>{'<i>More From This Section</i><a href=/about-us>About us</a>' * n}</div>{STORY}"),
    ),
    "parts of the story": (
        DESCRIBED,
        5_000,
        lambda n: page("".join(f"<div class=storycontent>Pier {i}</div>" for i in range(n))),
    ),
    "names in a byline": (
        DESCRIBED,
        3_000,
        lambda n: page(f"<div class=dtlauthinfo>{'<a href=/a>Jo Berg</a><span>Oslo</span>' * n}</div>{STORY}"),
    ),
    "elements of either of two rules": (
        DESCRIBED,
        40_000,
        lambda n: page(
            "<i class=non-paywall-content></i>" * n
            + f"<div class=paywall-content>{'<i class=paywall-slot></i>' * n}</div>{STORY}"
        ),
    ),
    "first children": (
        "https://www.aa.com.tr/en/world/the-ferry-returns/3675123",
        30_000,
        lambda n: page(f"<div class=detay-spot-category><p class=row>{'<span>x</span>' * n}</p></div>{STORY}"),
    ),
    "neighbours": (
        "https://www.abendblatt.de/hamburg/article409876543/the-ferry-returns.html",
        20_000,
        lambda n: page(f"<ul><li>{'<strong>x</strong>' * n}</li></ul>{STORY}"),
    ),
}
SECTION = "https://ledger.example/harbour"
#: Listings.
LISTINGS: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "links in one heading": (2_500, lambda n: page(f"<h2>{links(n)}</h2>")),
    "one link many times, among dates": (
        4_000,
        lambda n: page(
            f"<div>{links(1) * n}{'<time>3 Sep</time>' * n}</div>" + links(5, "<section><h2>", "</h2></section>")
        ),
    ),
    "links under a wide class": (
        2_500,
        lambda n: page(f"<div class='{'pier-x ' * 60 * n}'>{links(n, '<p>', '</p>')}</div>"),
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_article(name: str) -> None:
    number, make = ARTICLES[name]
    body = make(number)
    with within_limit():
        extract_article(body, ADDRESS, fetched_at=NOW)


@pytest.mark.parametrize("name", DESCRIBED_ARTICLES)
def test_article_of_a_described_publisher(name: str) -> None:
    url, number, make = DESCRIBED_ARTICLES[name]
    body = make(number)
    with within_limit():
        assert extract_article(body, url, fetched_at=NOW).publisher != "ledger.example"


@pytest.mark.parametrize("name", LISTINGS)
def test_listing(name: str) -> None:
    number, make = LISTINGS[name]
    body = make(number)
    with within_limit():
        assert LearnedSite(GENERIC, SECTION).links(Page(body, SECTION), "harbour")


def test_blank_lines_of_a_robots_txt() -> None:
    with within_limit():
        assert not robots.read(Answer(b"\n" * 60_000, SECTION), LearnedSite(GENERIC, SECTION)).links


PAGERS: dict[str, str] = {
    "links": "".join(f"<a href='/harbour?page={n}'>{n}</a>" for n in range(30_000)),
    "buttons": "<button>Load more</button>" * 30_000,
    "boxes in boxes": ("<div class=load-more data-url=/a/b>" * 200 + "</div>" * 200) * 100,
    "signs of more": "<div class=infinite data-total=500><p>Showing 10 of 25</p></div>" * 10_000,
}


@pytest.mark.parametrize("name", PAGERS)
def test_where_a_listing_goes_on(name: str) -> None:
    listing = html.read(Answer(page(links(5) + PAGERS[name]), SECTION, None, "harbour"), LearnedSite(GENERIC, SECTION))
    with within_limit():
        list(listing.candidates())
        assert isinstance(listing.more, str)
