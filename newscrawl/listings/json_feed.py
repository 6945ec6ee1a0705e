"""JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.listings.listing import Answer, Entry, Head, Listing, ListingSite, site_links
from newscrawl.listings.stream import LONGEST_DATE, MOST_ENTRIES, joined, unzip

#: Bytes of one, which is read at once and takes up to 25 times its size; one with fifty whole stories has one MB.
MOST_JSON = 4 * 1024 * 1024


def is_mine(head: Head) -> bool:
    """Whether an answer is a JSON Feed."""
    is_named = b"jsonfeed.org/version" in head.start or head.media_type == "application/feed+json"
    return head.start.lstrip().startswith(b"{") and is_named


def read(answer: Answer, site: ListingSite) -> Listing:
    """The articles of a feed, in its order. Raises ``ValueError`` for one that cannot be read."""
    text = unzip(answer.body, MOST_JSON + 1)
    if len(text) > MOST_JSON:
        return Listing([], cut=f"a JSON Feed of more than {MOST_JSON >> 20} MB")
    try:
        feed = json.loads(text.decode(json.detect_encoding(text), "replace"), strict=False)
        items = feed["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("not readable as a JSON Feed") from None
    # Relative addresses are against the rules; those that are there are so to the feed's own.
    base = site.url(_text(feed.get("feed_url")), answer.url) or answer.url
    found = [_entry(item, base) for item in (items if isinstance(items, list) else [])[: MOST_ENTRIES + 1]]
    cut = f"more than {MOST_ENTRIES} entries" if len(found) > MOST_ENTRIES else ""
    links, passed = site_links(found[:MOST_ENTRIES], site)
    following = joined(base, _text(feed.get("next_url")))
    url = site.url(following) if following else None
    return Listing(links, cut=cut, passed=passed, find_next=lambda: (url,) if url and url not in answer.asked else ())


def _entry(item: Any, base: str) -> Entry:
    """An item's own page; ``external_url`` is the page that it is about."""
    if not isinstance(item, dict):
        return Entry("")
    name = _text(item.get("id"))
    address = joined(base, _text(item.get("url"))) or (name if name.startswith(("http://", "https://")) else "")
    return Entry(address, _text(item.get("date_modified") or item.get("date_published"))[:LONGEST_DATE])


def _text(value: Any) -> str:
    return value if isinstance(value, str) and len(value) <= LONGEST_ADDRESS else ""
