"""Whether a page is an article, by what it says of itself.

The types are schema.org's (https://schema.org/WebPage), ``og:type`` the Open Graph protocol's (https://ogp.me/#types).
"""

from __future__ import annotations

import re

from newscrawl.addresses import forms
from newscrawl.addresses.site import Site
from newscrawl.extract.elements import text_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page
from newscrawl.listings.cards import discover

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|article|main|section|p|h1)\b", re.IGNORECASE)

#: Pages that list, whatever else they hold; and pages whose matter is something else than a text.
_LISTS = {
    "CollectionPage",
    "SearchResultsPage",
    "ProfilePage",
    "ItemPage",
    "ImageGallery",
    "MediaGallery",
    "VideoGallery",
}
_LISTS |= {"AboutPage", "ContactPage", "FAQPage", "CheckoutPage", "RealEstateListing"}
_OTHERS = {"VideoObject", "Clip", "BroadcastEvent", "AudioObject", "PodcastEpisode", "PodcastSeries", "ImageObject"}
_OTHERS |= {"Event", "Product", "JobPosting", "Person", "Quiz", "Game"}
_OG_OTHERS = ("video", "music", "profile", "product", "book", "place", "business")
_OG_ARTICLES = {"article", "news", "news_article", "newsarticle", "blog"}
_LONG = 600  # characters of a body that is a text of its own beside a video
_TEASER = 80  # and of the text that a list may have on each of its articles
_SEVERAL = 3


def is_html(body: bytes) -> bool:
    """Whether what was answered looks like a page, whatever its headers say."""
    return _HTML.search(body[:20_000].replace(b"\0", b"")) is not None


def claims_article(page: Page) -> bool:
    """Whether a page's metadata say that it is one article."""
    if page.article_node:
        return not _lists_articles(page)
    og_type = page.meta.get("og:type", "").casefold()
    dated = page.meta.get("article:published_time") or page.meta.get("article:modified_time")
    return bool(dated) or og_type in _OG_ARTICLES


def other_than_article(page: Page, body: str, cards: int) -> str | None:
    """What a page is instead of an article, in a word or two; ``None`` if nothing says so.

    ``body`` is the text that was found on it, ``cards`` how many articles it links to in the way of a listing.
    """
    types = {kind for node in page.json_ld for kind in types_of(node)}
    og_type = page.meta.get("og:type", "").casefold()
    if page.article_node and not _lists_articles(page):
        is_other = not body and (types & _OTHERS or og_type.startswith(_OG_OTHERS))
        return min(types & _OTHERS, default=og_type) if is_other else None
    if listed := types & _LISTS:
        return min(listed)
    if _lists_articles(page):
        return "a list of articles"
    if og_type.startswith(_OG_OTHERS) and len(body) < _LONG:
        return og_type
    if (others := types & (_OTHERS - {"ImageObject", "Person"})) and len(body) < _LONG:
        return min(others)
    if cards >= 2 * _SEVERAL and not page.meta.get("article:published_time"):
        return "a list of articles" if max(len(body), _prose(page)) < _TEASER * cards else None
    return None


def instead_of_article(page: Page, body: str, site: Site, asked: str, section: str = "") -> tuple[str | None, bool]:
    """What a page of a site that nobody described is, if it is no article; and whether it will always be.

    ``body`` is the text that was found on it. A page that says nothing, and has no text, is none if the address that
    was ``asked`` for is vague. If that says much, the text is missing: a failure.
    """
    claims = claims_article(page)
    cards = 0 if claims else len(discover(page, site.at(site.netloc), ""))
    if other := other_than_article(page, body, cards):
        return other, not (claims and page.article_node)
    is_vague = not body and not claims and forms.weigh(asked, section) != forms.MUCH
    return ("no text" if is_vague else None), False


def _prose(page: Page) -> int:
    """Characters in the page's long paragraphs: an article's whose body was not found has them, a list has few."""
    texts = (text_of(paragraph) for paragraph in page.tree.tagged("p"))
    return sum(len(text) for text in texts if len(text) > _TEASER)


def _lists_articles(page: Page) -> bool:
    """Whether the page's JSON-LD describes several articles, as a listing's does."""
    nodes = [node for node in page.json_ld if any(kind.endswith(("Article", "Posting")) for kind in types_of(node))]
    headlines = {str(node["headline"]) for node in nodes if node.get("headline")}
    return len(headlines) >= _SEVERAL and not any("LiveBlogPosting" in types_of(node) for node in nodes)
