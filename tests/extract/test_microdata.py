"""What markup says of the page's article in microdata and RDFa."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawl.extract.image import image
from newscrawl.extract.microdata import MOST_VALUES
from newscrawl.extract.section import section
from newscrawl.extract.topics import topics
from tests.extract.invented import GENERIC, HOME, page

STORY = "itemscope itemtype='https://schema.org/NewsArticle'"


def told(markup: str) -> dict[str, Any]:
    return page(markup).microdata


@pytest.mark.parametrize(
    "markup",
    [
        f"<article {STORY}><h1 itemprop=headline>Ships</h1>{{}}</article>",
        f"<div {STORY}><h2>Ships</h2>{{}}</div>",
        "<div itemscope itemtype='http://schema.org/BlogPosting'>{}</div>",
        "<div itemscope itemtype='https://schema.org/WebPage'>{}</div>",
        "<div><h1>Ships</h1>{}</div>",
    ],
)
def test_an_articles_properties(markup: str) -> None:
    found = page(
        markup.format(
            "<div itemprop=image itemscope itemtype='https://schema.org/ImageObject'><meta itemprop=url content=/a.jpg></div>"
            "<a itemprop=articleSection href=/port>Port</a><span itemprop=keywords>barges, cranes</span>"
            "<div itemprop=publisher itemscope itemtype='https://schema.org/Organization'><img itemprop=image src=/o.png></div>"
        )
    )
    assert image(found, GENERIC).value == f"{HOME}/a.jpg"
    assert section(found, GENERIC) == ("Port", "microdata:articleSection")
    assert topics(found, GENERIC, []) == (["barges", "cranes"], "microdata:keywords")


def test_values_of_an_element() -> None:
    found = told(
        f"<article {STORY}><img itemprop='image thumbnailUrl' src=data:, data-src=/a.jpg><a itemprop=keywords href=/x>barges</a>"
        "<meta itemprop=keywords content='cranes'><p itemprop=articleBody>Text</p><meta itemprop=keywords content=''></article>"
    )
    assert found == {
        "image": [["/a.jpg", "data:,"]],
        "thumbnailUrl": [["/a.jpg", "data:,"]],
        "keywords": ["barges", "cranes"],
    }


def test_rdfa() -> None:
    found = told(
        "<article vocab='https://schema.org/' typeof=NewsArticle><h1 property=headline>Ships</h1><span property='schema:articleSection'>"
        "Port</span><div property='https://schema.org/image' typeof=ImageObject><meta property=contentUrl content=/a.jpg></div></article>"
    )
    assert found == {"headline": ["Ships"], "articleSection": ["Port"], "image": [{"contentUrl": ["/a.jpg"]}]}


@pytest.mark.parametrize(
    "markup",
    [
        f"<h1>Ships</h1><div {STORY}><b itemprop=keywords>a</b></div><div {STORY}><b itemprop=keywords>b</b></div>",
        "<aside><b itemprop=keywords>a</b></aside>",
        "<div itemscope itemtype='https://schema.org/Product'><b itemprop=keywords>a</b></div>",
        "<div hidden><b itemprop=keywords>a</b></div>",
        "<b itemprop=price>a</b>",
    ],
)
def test_properties_of_something_else(markup: str) -> None:
    assert told(markup) == {}


def test_the_article_is_that_around_the_headline() -> None:
    other = f"<div {STORY}><b itemprop=keywords>other</b></div>"
    assert told(f"{other}<div {STORY}><h1>Ships</h1><b itemprop=keywords>own</b></div>{other}") == {"keywords": ["own"]}


def test_only_so_many_are_read() -> None:
    assert len(told("<b itemprop=keywords>a</b>" * (MOST_VALUES + 1))["keywords"]) == MOST_VALUES
