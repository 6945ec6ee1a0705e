"""Feeds: RSS 2.0, RSS 1.0 and Atom."""

from __future__ import annotations

from newscrawl.listings.listing import Answer, Entry, Head, Listing, ListingSite, site_links
from newscrawl.listings.stream import Form, Note, read_entries

_DATES = frozenset(("pubDate", "published", "updated", "date"))


def is_mine(head: Head) -> bool:
    """Whether an answer is a feed."""
    return head.root in ("rss", "feed", "RDF")


def read(answer: Answer, site: ListingSite) -> Listing:
    """The articles of a feed, in its order. Raises ``ValueError`` for one that cannot be read."""
    found, cut = read_entries(answer.body, _FORM)
    links, passed = site_links(found, site)
    return Listing(links, cut=cut, passed=passed)


def _entry(notes: list[Note]) -> Entry:
    """The first link that is the story's own, and the first date."""
    links = (note.text or note.href for note in notes if note.name == "link" and note.rel == "alternate")
    dates = (note.text for note in notes if note.name in _DATES)
    return next(filter(None, links), ""), next(filter(None, dates), "")


_FORM = Form(frozenset(("item", "entry")), _DATES | {"link"}, _entry)
