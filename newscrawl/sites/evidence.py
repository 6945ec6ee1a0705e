"""Whether a page is an article, by what it says of itself and by what its address is like.

The types are schema.org's (https://schema.org/WebPage), ``og:type`` the Open Graph protocol's (https://ogp.me/#types).
"""

from __future__ import annotations

import re
from collections.abc import Container
from hashlib import sha256
from urllib.parse import urlsplit

from newscrawl.addresses import forms
from newscrawl.extract.elements import text_of
from newscrawl.extract.json_ld import types_of
from newscrawl.extract.page import Page

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|article|main|section|p|h1)\b", re.IGNORECASE)

#: Pages that list, whatever else they hold; and pages whose matter is something other than a text.
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
_SEVERAL = 3  # articles that a page's JSON-LD describes, of which none is its own
_MANY = 6  # cards that make a list of a page
_LIST = "a list of articles"
_HEAD = 20_000  # bytes of a page in which an element shows that it is HTML


def is_html(body: bytes) -> bool:
    """Whether what was answered looks like a page, whatever its headers say."""
    return _HTML.search(body[:_HEAD].replace(b"\0", b"")) is not None


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
    lists = _lists_articles(page)
    if page.article_node and not lists:
        return None if body else _named_matter(types, og_type, _OTHERS)
    if listed := types & _LISTS:
        return min(listed)
    if lists:
        return _LIST
    return _other_matter(types, og_type, body) or (_LIST if is_list(page, body, cards) else None)


def other_at_article_address(page: Page, body: str) -> str | None:
    """The same of a page whose address is certainly an article's: other stories on it, however many, say nothing."""
    types = {kind for node in page.json_ld for kind in types_of(node)}
    og_type = page.meta.get("og:type", "").casefold()
    if page.article_node:
        return None if body else _named_matter(types, og_type, _OTHERS)
    if len(body) < _LONG and (listed := types & _LISTS):
        return min(listed)
    return _other_matter(types, og_type, body)


def _other_matter(types: set[str], og_type: str, body: str) -> str | None:
    """What a page is whose matter is something other than a text, such as a video."""
    if len(body) >= _LONG:
        return None
    if og_type.startswith(_OG_OTHERS):
        return og_type
    return _named_matter(types, "", _OTHERS - {"ImageObject", "Person"})


def _named_matter(types: set[str], og_type: str, others: set[str]) -> str | None:
    """The first type of something other than a text; else the Open Graph protocol's, if it is one."""
    return min(types & others, default=og_type if og_type.startswith(_OG_OTHERS) else None)


def is_list(page: Page, body: str, cards: int) -> bool:
    """Whether a page has so many ``cards`` and so little text that it is a list."""
    # With fewer cards it is a list less likely, never more: an upper bound of them may be asked for first.
    if cards < _MANY or len(body) >= _TEASER * cards or page.meta.get("article:published_time"):
        return False
    return page.once(_prose) < _TEASER * cards


def _prose(page: Page) -> int:
    """Characters in the page's long paragraphs: an article's whose body was not found has them, a list has few."""
    texts = (text_of(paragraph) for paragraph in page.tree.tagged("p"))
    return sum(len(text) for text in texts if len(text) > _TEASER)


def _lists_articles(page: Page) -> bool:
    """Whether the page's JSON-LD describes several articles, as a listing's does."""
    nodes = [node for node in page.json_ld if any(kind.endswith(("Article", "Posting")) for kind in types_of(node))]
    headlines = {str(node["headline"]) for node in nodes if node.get("headline")}
    return len(headlines) >= _SEVERAL and not any("LiveBlogPosting" in types_of(node) for node in nodes)


def stand_in(page: Page) -> str:
    """What stands for a page that is no article: its title and headings; "" if it has none."""
    headings = (text_of(heading) for name in ("h1", "h2") for heading in page.tree.tagged(name))
    said = " ".join([page.title, *headings]).strip()
    return sha256(said.encode()).hexdigest() if said else ""


def is_front(url: str) -> bool:
    """Whether an address is that of a site's front page."""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def is_believable(canonical: str, own: str, listings: Container[str] = ()) -> bool:
    """Whether an article's canonical address may be its own: one of a listing, or that says less, is on all of them."""
    return canonical not in listings and forms.weigh(canonical) >= forms.weigh(own)
