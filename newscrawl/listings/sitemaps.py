"""Sitemaps, news sitemaps among them, and the indexes that name them (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from newscrawl.listings.listing import Answer, Entry, Head, Holds, Listing, ListingSite, site_links
from newscrawl.listings.stream import Form, Note, head_of, read_entries

_INDEX = "sitemapindex"


def is_mine(head: Head) -> bool:
    """Whether an answer is a sitemap or an index."""
    return head.root in ("urlset", _INDEX)


def read(answer: Answer, site: ListingSite) -> Listing:
    """The pages of a sitemap, or the sitemaps of an index, in its order.

    Raises ``ValueError`` for one that cannot be read.
    """
    found, cut = read_entries(answer.body, _FORM)
    is_index = head_of(answer).root == _INDEX
    links, passed = site_links(found, site)
    return Listing(links, cut=cut, passed=passed, holds=Holds.INDEX if is_index else Holds.PAGES)


def _entry(notes: list[Note]) -> Entry:
    said = {note.name: note.text for note in notes}
    return said.get("loc", ""), said.get("publication_date") or said.get("lastmod", "")


_FORM = Form(frozenset(("url", "sitemap")), frozenset(("loc", "lastmod", "publication_date")), _entry)
