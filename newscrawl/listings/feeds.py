"""Feeds: RSS 2.0, RSS 1.0 and Atom."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.listings.listing import Answer, Entry, Head, Listing, ListingSite, site_links
from newscrawl.listings.stream import Form, Note, read_entries

_ROOTS = frozenset(("rss", "feed", "rdf"))
_DATES = frozenset(("pubdate", "published", "updated", "date"))
#: What else names a story where no link does, the best first.
_NAMES = frozenset(("link", "origlink", "guid", "id"))
#: Where a feed goes on (RFC 5005, 3 and 4).
_FOLLOWING = ("next", "prev-archive")


def is_mine(head: Head) -> bool:
    """Whether an answer is a feed."""
    return head.root.lower() in _ROOTS


def read(answer: Answer, site: ListingSite) -> Listing:
    """The articles of a feed, in its order. Raises ``ValueError`` for one that cannot be read."""
    found, cut, following = read_entries(answer, _FORM)
    links, passed = site_links(found, site)
    url = site.url(following) if following else None
    return Listing(links, cut=cut, passed=passed, find_next=lambda: (url,) if url and url not in answer.asked else ())


def _entry(entry: Note, notes: list[Note]) -> Entry:
    """The first address that is the story's own, and the first date."""
    dates = (note.text for note in notes if note.name in _DATES)
    return Entry(next(filter(None, _addresses(entry, notes)), ""), next(filter(None, dates), ""))


def _addresses(entry: Note, notes: list[Note]) -> Iterator[str]:
    """What may be a story's address, the likeliest first; a link through a counter comes behind the original."""
    named: dict[str, list[Note]] = {name: [note for note in notes if note.name == name] for name in _NAMES}
    yield from (note.address(note.text) for note in named["origlink"])
    yield from (_link(note) for note in named["link"] if _relation(note) == "alternate")
    for note in named["guid"]:
        # https://www.rssboard.org/rss-specification#ltguidgtSubelementOfLtitemgt; many say nothing, and are no address
        is_permalink = note.attributes.get("ispermalink", "").strip().lower() != "false"
        if _is_whole(note.text) or (is_permalink and note.text.startswith("/")):
            yield note.address(note.text)
    yield from (note.address(note.text) for note in named["id"] if _is_whole(note.text))
    about = next((value for name, value in entry.attributes.items() if name.endswith(":about")), "")
    if _is_whole(about):
        yield entry.address(about)


def _link(note: Note) -> str:
    return note.address(note.text or note.attributes.get("href", ""))


def _relation(note: Note) -> str:
    """What a link leads to; the long form is an address (RFC 4287, 4.2.7.2)."""
    return (note.attributes.get("rel") or "alternate").strip().lower().rpartition("/")[2]


def _is_whole(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def _following(notes: list[Note]) -> str:
    links = {_relation(note): _link(note) for note in reversed(notes) if note.name == "link"}
    return next((links[relation] for relation in _FOLLOWING if links.get(relation)), "")


_FORM = Form(frozenset(("item", "entry")), _DATES | _NAMES, _entry, _ROOTS, following=_following)
