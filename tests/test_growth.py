"""The work on a page, feed or robots.txt grows with its size, and not with the square of it.

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
from newscrawl.extract.kinds import instead_of_article
from newscrawl.extract.links import cards, entries, kind, sitemaps
from newscrawl.extract.page import Page
from newscrawl.extract.paging import feeds, next_page
from newscrawl.publishers import GENERIC, by_name
from newscrawl.publishers.addresses import Site

LIMIT = 3.0  # seconds of processor time
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
    "commas behind nothing": (50_000, lambda n: page(head=script(LD + '"a":[' + ", " * n + "]}"))),
    "articles in scripts of their own": (
        4_000,
        lambda n: page(head="".join(script(f'{{"@type":"NewsArticle","headline":"Pier {i}"}}') for i in range(n))),
    ),
    "articles of one address with keys of their own": (
        4_000,
        lambda n: page(
            head=script(
                "["
                + ",".join(f'{{"@type":"NewsArticle","url":"{ADDRESS}","headline":"x","key{i}":1}}' for i in range(n))
                + "]"
            )
        ),
    ),
    "headlines to look for in a long title": (
        5_000,
        lambda n: page(
            title="The ferry returns to the harbour " * n,
            head=script("[" + ",".join(f'{{"@type":"NewsArticle","headline":"Pier {i}"}}' for i in range(n)) + "]"),
        ),
    ),
    "spaces in the text of metadata": (
        20_000,
        lambda n: page(head=script(f'{LD}"articleBody":"The pier{" " * n}is closed."}}'), body="<p>Soon.</p>"),
    ),
    # title
    "pieces of a title": (2_000, lambda n: page(title="Pier | " * n, h1="")),
    "pieces of two titles": (
        2_000,
        lambda n: page(title="Pier | " * n, h1="", head=f'<meta property="og:title" content="{"Ferry - " * n}">'),
    ),
    "colons of full width in a title": (2_000, lambda n: page(title="Pier：" * n, h1="")),
    "pieces of a title that name the site": (50_000, lambda n: page(title="The ferry returns" + " | Ledger" * n)),
    "top headings under a long title": (
        3_000,
        lambda n: page(title=" ".join(f"pier{i}" for i in range(n)), body="<h1>Ferry news</h1>" * n + STORY),
    ),
    # labels and links
    "labels of a following story": (4_000, lambda n: page(f"<div>{'<span>Next Story</span>' * n}</div>{STORY}")),
    "labels in one link": (4_000, lambda n: page(f"<a href='/x'>{'<span>Next Story</span>' * n}</a>{STORY}")),
    "labels of a list": (3_000, lambda n: page(f"<div>{'<span>More From This Section</span>' * n}</div>{STORY}")),
    "links for tags that lead to no topics": (2_000, lambda n: page(f"<div class=tags>{links(n)}</div>{STORY}")),
    "links to topics": (
        8_000,
        lambda n: page(f"<div class=tags>{''.join(f'<a href=/topic/{i}>Pier {i}</a>' for i in range(n))}</div>{STORY}"),
    ),
    "one keyword of underscores": (
        50_000,
        lambda n: page(head=f'<meta name=keywords content="{"_" * n} pier">'),
    ),
    "links and a wide base": (
        4_000,
        lambda n: page(f"{links(n)}<a href='/x'>Next Story</a>{STORY}", head=f"<base href='/{'pier/' * 20 * n}'>"),
    ),
    # bylines and dates
    "dates in one header": (
        10_000,
        lambda n: page(f"<header>{'<time datetime=2025-09-03>3 Sep</time>' * n}</header>{STORY}"),
    ),
    "dates in one item of a list": (
        10_000,
        lambda n: page(f"<ul><li>{'<time datetime=2025-09-03>3 Sep</time>' * n}<a href=/x>x</a></li></ul>{STORY}"),
    ),
    "names in one header": (6_000, lambda n: page(f"<header>{'<i>By Jo Berg</i> ' * n}</header>{STORY}")),
    "names in the footer of another article": (
        3_000,
        lambda n: page("").replace(
            b"</article>",
            f"</article><div><article><footer>{'<i>By</i>' * n}</footer>{STORY}</article></div>".encode(),
        ),
    ),
    "elements of one property": (40_000, lambda n: page("<i itemprop=author></i>" * n + STORY)),
    "reading times in one header": (10_000, lambda n: page(f"<header>{'<i>a read</i> ' * n}</header>{STORY}")),
    # body
    "hinted boxes in a hinted box": (
        4_000,
        lambda n: page(f"<div class=caption>{'<div class=caption>A pier.</div>' * n}</div>{STORY}"),
    ),
    "short lines in a box with a picture": (
        8_000,
        lambda n: page(f"<div><img src=x>{'<div>The pier is closed.</div>' * n}</div>{STORY}"),
    ),
    # one wide attribute around many elements
    "links under a wide class": (
        3_000,
        lambda n: page(f"<div class='{'pier-x ' * 60 * n}'>{links(n)}</div>{STORY}"),
    ),
    "dates and names under a wide style": (
        4_000,
        lambda n: page(
            f"<div style='{'color: red; ' * 40 * n}'>{'<i class=byline>By</i><time>3 Sep</time>' * n}</div>{STORY}"
        ),
    ),
    "paragraphs under a wide hint": (
        6_000,
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
        6_000,
        lambda n: page("".join(f"<div class=storycontent>Pier {i}</div>" for i in range(n))),
    ),
    "names in a byline": (
        DESCRIBED,
        1_500,
        lambda n: page(f"<div class=dtlauthinfo>{'<a href=/a>Jo Berg</a><span>Oslo</span>' * n}</div>{STORY}"),
    ),
    "elements of either of two rules": (
        DESCRIBED,
        20_000,
        lambda n: page(
            "<i class=non-paywall-content></i>" * n
            + f"<div class=paywall-content>{'<i class=paywall-slot></i>' * n}</div>{STORY}"
        ),
    ),
    "first children": (
        "https://www.aa.com.tr/en/world/the-ferry-returns/3675123",
        20_000,
        lambda n: page(f"<div class=detay-spot-category><p class=row>{'<span>x</span>' * n}</p></div>{STORY}"),
    ),
    "neighbours": (
        "https://www.abendblatt.de/hamburg/article409876543/the-ferry-returns.html",
        20_000,
        lambda n: page(f"<ul><li>{'<strong>x</strong>' * n}</li></ul>{STORY}"),
    ),
}
SECTION = "https://ledger.example/harbour"
#: Listings: what reads them, how often, and the page.
LISTINGS: dict[str, tuple[Callable[[Page, Site], object], int, Callable[[int], bytes]]] = {
    "cards": (
        lambda page, site: cards(page, site, "harbour"),
        3_000,
        lambda n: page(links(n, "<div><h2>", "</h2><time>3 Sep</time></div>")),
    ),
    "links in one box": (
        lambda page, site: cards(page, site, "harbour"),
        5_000,
        lambda n: page(f"<section><div>{links(n)}</div></section>"),
    ),
    "links in one heading": (
        lambda page, site: cards(page, site, "harbour"),
        3_000,
        lambda n: page(f"<h2>{links(n)}</h2>"),
    ),
    "one link many times, among dates": (
        lambda page, site: cards(page, site, "harbour"),
        4_000,
        lambda n: page(
            f"<div>{links(1) * n}{'<time>3 Sep</time>' * n}</div>" + links(5, "<section><h2>", "</h2></section>")
        ),
    ),
    "links of another section in one box": (
        lambda page, site: cards(page, site, "ships"),
        5_000,
        lambda n: page(
            f"<div>{links(n, '<p>', '</p>')}{links(n, '<p>', '</p>').replace('/harbour/', '/ships/')}</div>"
        ),
    ),
    "links under a wide class": (
        lambda page, site: cards(page, site, "harbour"),
        3_000,
        lambda n: page(f"<div class='{'pier-x ' * 60 * n}'>{links(n, '<p>', '</p>')}</div>"),
    ),
    "headings": (
        lambda page, site: cards(page, site, "harbour"),
        20_000,
        lambda n: page("<h2>The pier is repaired again</h2>" * n + links(5)),
    ),
    "a list in JSON-LD": (
        lambda page, site: cards(page, site, "harbour"),
        4_000,
        lambda n: page(
            head=script(
                '{"@type":"ItemList","itemListElement":['
                + ",".join(f'{{"url":"/harbour/2025/09/03/the-pier-is-closed-{i}00.html"}}' for i in range(n))
                + "]}"
            ),
            body=links(n).replace("The pier is repaired", "x"),
        ),
    ),
    "no article": (
        lambda page, site: instead_of_article(page, "", site, SECTION),
        4_000,
        lambda n: page(links(n)),
    ),
    "ways onward": (
        next_page,
        10_000,
        lambda n: page("<a href=#x rel=next>2</a><a href=#x title=next>next</a><button data-url=#x>›</button>" * n),
    ),
    "feeds": (
        lambda page, site: feeds(page, site, "harbour"),
        10_000,
        lambda n: page(head="<link rel=alternate type=application/rss+xml href=/feed>" * n),
    ),
}
#: The same of a publisher whose articles' addresses are described.
DESCRIBED_LISTINGS: dict[str, tuple[int, Callable[[int], str]]] = {
    "cards": (
        3_000,
        lambda n: "".join(
            f"<div class=cardlist>{described_link(i)}<i class=metainfo>3 Sep</i></div>" for i in range(n)
        ),
    ),
    "links and dates in one box": (
        3_000,
        lambda n: f"<div>{''.join(map(described_link, range(n)))}{'<i class=metainfo>3 Sep 2025</i>' * n}</div>",
    ),
}
#: What is no page.
OTHERS: dict[str, tuple[Callable[[bytes, Site], object], int, Callable[[int], bytes]]] = {
    "blank lines of a robots.txt": (sitemaps, 60_000, lambda n: b"\n" * n),
    "spaces of a robots.txt": (sitemaps, 60_000, lambda n: b"sitemap:" + b" " * n),
    "sitemaps of a robots.txt": (
        sitemaps,
        10_000,
        lambda n: b"".join(b"Sitemap: https://ledger.example/news-%d.xml\n" % i for i in range(n)),
    ),
    "comments before a feed": (lambda body, _: kind(body), 50_000, lambda n: b"<!--" * n),
    "blank lines before a feed": (lambda body, _: kind(body), 50_000, lambda n: b"\n<?x?>" * n),
    "stories of a feed": (
        entries,
        5_000,
        lambda n: b"<rss><channel>" + b"<item><link>https://ledger.example/x-1</link></item>" * n + b"</channel></rss>",
    ),
    "addresses of a sitemap": (
        entries,
        3_000,
        lambda n: b"<urlset>" + b"<url><loc>https://ledger.example/x-1</loc></url>" * n + b"</urlset>",
    ),
}


def described_link(number: int) -> str:
    return f"<a href='/world-news/the-pier-is-repaired-1250903{number:05}_1.html'>The pier is repaired</a>"


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
    read, number, make = LISTINGS[name]
    body = make(number)
    with within_limit():
        read(Page(body, SECTION), Site(GENERIC, SECTION))


@pytest.mark.parametrize("name", DESCRIBED_LISTINGS)
def test_listing_of_a_described_publisher(name: str) -> None:
    number, make = DESCRIBED_LISTINGS[name]
    url = "https://www.business-standard.com/world-news"
    body = page(make(number))
    with within_limit():
        found = cards(Page(body, url), Site(by_name("business-standard.com"), url), "world-news")
    assert len(found) == number


@pytest.mark.parametrize("name", OTHERS)
def test_feed_or_robots_txt(name: str) -> None:
    read, number, make = OTHERS[name]
    body = make(number)
    with within_limit():
        read(body, Site(GENERIC, SECTION))
