"""Dates in metadata and markup."""

from __future__ import annotations

import pytest

from newscrawl.extract.date_metadata import in_markup, in_metadata, in_more_metadata
from newscrawl.extract.date_owner import Owner
from newscrawl.extract.page import Page

WHEN = "2025-05-03T10:00:00+02:00"
URL = "https://paper.example/lock"


def dates(markup: str, head: str = "", field: str = "date_published") -> list[tuple[str, str]]:
    page = Page(
        f"<html><head><title>Lock closed</title>{head}</head><body><h1>Lock closed</h1>{markup}</body></html>", URL
    )
    owner = Owner(page)
    found = [*in_metadata(page, owner, field), *in_more_metadata(page, field), *in_markup(page, owner, field)]
    return [(date.text, date.rule) for date in found]


def ld(*nodes: str) -> str:
    return f"<script type='application/ld+json'>[{','.join(nodes)}]</script>"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (f'"{WHEN}"', WHEN),
        (f'["{WHEN}", "2025-05-04"]', WHEN),
        ("1746259200", "1746259200"),
        ("1746259200000", "1746259200000"),
        ("1746259200.7", "1746259200"),
        (f'{{"@type": "Date", "@value": "{WHEN}"}}', WHEN),
    ],
)
def test_forms_of_a_date_in_json_ld(value, text):
    assert dates("", ld(f'{{"@type":"NewsArticle","datePublished":{value}}}')) == [(text, "json-ld:datePublished")]


@pytest.mark.parametrize("value", ["0", "-5", "true", "null", "[]", "{}", "1e300", "123456789012345678901234567890"])
def test_no_dates_in_json_ld(value):
    assert dates("", ld(f'{{"@type":"NewsArticle","datePublished":{value}}}')) == []


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (f'{{"@type":"WebPage","datePublished":"{WHEN}"}}', True),
        (f'{{"@type":["WebPage","FAQPage"],"url":"{URL}/","datePublished":"{WHEN}"}}', True),
        (f'{{"@type":"WebPage","url":"https://paper.example/other","datePublished":"{WHEN}"}}', False),
        (f'{{"@type":"VideoObject","datePublished":"{WHEN}"}}', False),
    ],
)
def test_what_json_ld_says_of_the_page(node, found):
    assert bool(dates("", ld(node))) is found


@pytest.mark.parametrize(
    "name", ["rnews:datePublished", "DC.date.issued", "publish_date", "bt:pubDate", "dcterms:created"]
)
def test_names_of_metadata(name):
    assert dates("", f"<meta property='{name}' content='{WHEN}'>")[0] == (WHEN, f"meta:{name.lower()}")


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (f"<span itemprop=datePublished content='{WHEN}'>x</span>", True),
        (f"<span property='rnews:datePublished' content='{WHEN}'>x</span>", True),
        (f"<time pubdate datetime='{WHEN}'>x</time>", True),
        (f"<div class=comment><time pubdate datetime='{WHEN}'>x</time></div>", False),
        (f"<div class=comments><span itemprop=datePublished content='{WHEN}'>x</span></div>", False),
        (
            f"<div class=teasers><div itemscope><a href=/x>y</a><meta itemprop=datePublished content='{WHEN}'></div></div>",
            False,
        ),
    ],
)
def test_markup_of_the_story_alone(markup, found):
    assert (WHEN in [text for text, _ in dates(markup)]) is found


def test_the_date_of_a_change():
    head = f"<meta name=lastmod content='{WHEN}'>"
    assert dates("", head, "date_modified") == [(WHEN, "meta:lastmod")]
