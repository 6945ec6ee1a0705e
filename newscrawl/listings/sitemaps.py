"""Sitemaps, news sitemaps among them, and the indexes that name them (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from newscrawl.listings.listing import Answer, Entry, Head, Holds, Listing, ListingSite, site_links
from newscrawl.listings.stream import Form, Note, head_of, read_entries

_INDEX = "sitemapindex"
_ROOTS = frozenset(("urlset", _INDEX))


def is_mine(head: Head) -> bool:
    """Whether an answer is a sitemap or an index."""
    return head.root.lower() in _ROOTS


def read(answer: Answer, site: ListingSite) -> Listing:
    """The pages of a sitemap, or the sitemaps of an index, in its order.

    Raises ``ValueError`` for one that cannot be read.
    """
    found, cut, _ = read_entries(answer, _FORM)
    links, passed = site_links(found, site)
    is_index = head_of(answer).root.lower() == _INDEX
    return Listing(links, cut=cut, passed=passed, holds=Holds.INDEX if is_index else Holds.PAGES)


def _entry(_: Note, notes: list[Note]) -> Entry:
    """The page, and when it was published, else when it changed; what is news is an article.

    https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
    """
    said = {note.name: note for note in reversed(notes)}
    published, changed = (said[name].text if name in said else "" for name in ("publication_date", "lastmod"))
    loc = said.get("loc")
    return Entry(loc.address(loc.text) if loc else "", published or changed, "news" in said, bool(published))


_FORM = Form(
    frozenset(("url", "sitemap")),
    frozenset(("loc", "lastmod", "news", "publication_date")),
    _entry,
    _ROOTS,
    groups=frozenset(("news",)),
)
