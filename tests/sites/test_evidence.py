"""What a page says of itself."""

from __future__ import annotations

import pytest

from newscrawl.extract import Page
from newscrawl.sites import evidence

URL = "https://news.example/world/the-bell-of-orrin-70001"
TEXT = "The bell of Orrin rings again after forty years. " * 20


def page(head: str = "", body: str = "") -> Page:
    return Page(f"<html><head>{head}</head><body>{body}</body></html>", URL)


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = ld('{"@type": "NewsArticle", "headline": "A bell"}')
SEVERAL = ld("[" + ",".join(f'{{"@type": "NewsArticle", "headline": "Bell {n}"}}' for n in range(3)) + "]")


@pytest.mark.parametrize(
    ("head", "claims"),
    [
        (ARTICLE, True),
        (SEVERAL, False),
        ("<meta property='og:type' content='article'>", True),
        ("<meta property='article:published_time' content='2025-09-03'>", True),
        ("<meta property='og:type' content='website'>", False),
    ],
)
def test_claims(head, claims):
    assert evidence.claims_article(page(head)) is claims


@pytest.mark.parametrize(
    ("head", "body", "cards", "other"),
    [
        (ARTICLE, TEXT, 9, None),
        (ARTICLE + ld('{"@type": "VideoObject"}'), "", 0, "VideoObject"),
        (ARTICLE + ld('{"@type": "VideoObject"}'), TEXT, 0, None),
        (ld('{"@type": "CollectionPage"}'), TEXT, 0, "CollectionPage"),
        (SEVERAL, TEXT, 0, "a list of articles"),
        ("<meta property='og:type' content='video.other'>", "Short", 0, "video.other"),
        ("<meta property='og:type' content='video.other'>", TEXT, 0, None),
        (ld('{"@type": "PodcastEpisode"}'), "Short", 0, "PodcastEpisode"),
        ("", "Short", 6, "a list of articles"),
        ("", "Short", 5, None),
        ("", TEXT, 6, None),
    ],
)
def test_other_than_an_article(head, body, cards, other):
    assert evidence.other_than_article(page(head), body, cards) == other


def test_html():
    assert evidence.is_html(b"\n <p>A bell</p>")
    assert not evidence.is_html(b"%PDF-1.7")


def test_front_pages():
    assert evidence.is_front("https://news.example/")
    assert not evidence.is_front("https://news.example/?p=12345")


@pytest.mark.parametrize(
    ("canonical", "believed"), [(URL, True), ("https://news.example/world", False), (f"{URL}-2", False)]
)
def test_a_canonical_address_that_says_less_or_is_a_listing_s_is_not_believed(canonical, believed):
    assert evidence.is_believable(canonical, URL, {f"{URL}-2"}) is believed
