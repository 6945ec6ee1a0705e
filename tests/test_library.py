"""``extract_article``: nothing a page contains makes it raise, and it does what a crawl does."""

from __future__ import annotations

import contextlib
import json
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import SavedPage, extract_article, extract_articles
from newscrawl.addresses.site import Site
from newscrawl.demo.answers import site as edition
from newscrawl.demo.edition import stories
from newscrawl.extract.loose_json import mended
from newscrawl.extract.page import decode
from newscrawl.publishers import by_name
from tests.conftest import article_html

URL = "https://www.business-standard.com/world-news/story-125090301234_1.html"
BS = by_name("business-standard.com")

_PIECES = st.sampled_from([
    "<div class=storycontent>", "<div", "</div>", "<p>", "<!--", "-->", "<br>", "<table><tr><td>", "<script type='application/ld+json'>",
    "</script>", '{"@type":"NewsArticle","headline":', '{"@graph":[', "[[[[", '"a"', "}", "]", "<h1 class=stryhdtp>", "</h1>", "\0", "\ud800",
    "Sep 31 2025", "Last Updated :", "First Published: ", "<meta property='article:published_time' content='", "'>", "<a href='http://[x'>Next Story</a>",
    "<base href='http://[y'>", "<link rel=canonical href='//'>", "&#0;", "&#xD800;", "<svg><style><a>", "₹900", "<img class=story-image src=x>",
    "<span class=dtlauthinfo>", "\x1b[31m", "<div class=meta-info>9999999999 min read",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=20), max_size=60).map("".join))
def test_no_markup_makes_it_raise(html):
    article = extract_article(html, URL)
    text = json.dumps(article.to_dict(), ensure_ascii=False)
    text.encode()  # nothing in it that UTF-8 cannot say
    assert "\x1b" not in text


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "text/html", "text/html; charset=utf-16", "x; charset=nonsense", "text/html; charset=gbk"]),
)
def test_no_bytes_make_it_raise(body, content_type):
    extract_article(b"<html><div class=storycontent>" + body, URL, headers={"Content-Type": content_type})
    extract_article(body, URL, headers={"Content-Type": content_type}, publisher="generic")


def test_json_of_any_depth():
    for text in ("[" * 100_000, '{"a":' * 100_000, "[" * 5_000 + "]" * 5_000):
        with contextlib.suppress(ValueError):
            mended(text)
    extract_article(f'<script type="application/ld+json">{"[" * 50_000}</script>', URL)


@given(st.text())
def test_utf8_is_read_whatever_is_declared(text):
    body = f"é{text}".encode("utf-8", "ignore")
    for declared in ("", "text/html; charset=iso-8859-1", "text/html; charset=windows-1251"):
        assert decode(body, declared) == body.decode()


def test_declared_sets_are_read():
    assert decode("Привет, мир".encode("cp1251"), "text/html; charset=windows-1251") == "Привет, мир"
    assert decode('<meta charset="windows-1251">Привет'.encode("cp1251"), "text/html; charset=iso-8859-1").endswith(
        "Привет"
    )
    assert decode("Grüße".encode("utf-16"), "text/html") == "Grüße"


def test_the_crawl_s_own_path():
    for story in stories():
        content_type, body = edition()[story.path]
        article = extract_article(
            body, "https://www.business-standard.com" + story.path, {"content-type": content_type}
        ).to_dict()
        expected = story.expected()
        assert {key: article[key] for key in expected} == expected


def _one(number):
    return extract_article(article_html(f"Story {number}"), URL, fetched_at=datetime(2025, 9, 3, tzinfo=UTC)).to_dict()


def test_from_many_processes():
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(_one, range(8))) == [_one(number) for number in range(8)]


def test_what_is_not_found():
    article = extract_article("", URL)
    assert (article.headline, article.body, article.description, article.authors) == ("", "", None, [])
    assert article.word_count == 0
    assert article.date_published is None
    assert article.premium is False


def test_callers_mistakes_are_told():
    with pytest.raises(ValueError, match="http"):
        extract_article("", "ftp://x/y")
    with pytest.raises(ValueError, match="not supported"):
        extract_article("", URL, publisher="nobody.example")


# Addresses -------------------------------------------------------------------

SITE = Site(BS, "http://business-standard.com/world-news")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            "/world-news/a-125090301234_1.html?x=1#y",
            "https://www.business-standard.com/world-news/a-125090301234_1.html",
        ),
        (
            "//business-standard.com/amp/world-news/a-125090301234_1.html",
            "https://www.business-standard.com/world-news/a-125090301234_1.html",
        ),
        ("/world-news?utm_source=x&page=2", "https://www.business-standard.com/world-news?page=2"),
        ("http://www.business-standard.com:80/world-news", "https://www.business-standard.com/world-news"),
        ("https://www.business-standard.com:8443/world-news", "https://www.business-standard.com/world-news"),
        ("https://hindi.business-standard.com/world-news", None),
        ("https://www.business-standard.com.evil.example/", None),
        ("https://user@evil.example/www.business-standard.com", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("http://127.0.0.1/", None),
    ],
)
def test_one_form_of_an_address(link, expected):
    assert SITE.url(link) == expected


@given(st.text())
def test_no_link_makes_reading_it_raise(link):
    url = SITE.url(link, "https://www.business-standard.com/world-news")
    assert url is None or url.startswith("https://www.business-standard.com/")


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/world-news/a-b-125090301234_1.html", "world-news"),
        ("/article/world-news/a-b-125090301234_1.html", "world-news"),
        ("/markets/news/a-b-125090301234_1.html", "markets/news"),
        ("/world-news", "world-news"),
        ("/world-news/page-12", "world-news"),
        ("/rss/world-news-221.rss", "world-news"),
        ("/sitemap/latest-news-sitemap.xml", None),
        ("/", None),
    ],
)
def test_sections_of_addresses(path, section):
    assert SITE.section(SITE.origin + path) == section


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_many_pages_come_in_their_order(processes: int) -> None:
    at = datetime(2025, 9, 3, tzinfo=UTC)
    pages = [SavedPage(article_html(f"Story {number}"), URL, fetched_at=at) for number in range(9)]
    found = [article.to_dict() for article in extract_articles(pages, processes)]
    assert found == [extract_article(page.body, URL, fetched_at=at).to_dict() for page in pages]
    assert [article["headline"] for article in found] == [f"Story {number}" for number in range(9)]
