"""JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from newscrawl.addresses.site import LONGEST_ADDRESS
from newscrawl.listings.listing import Answer, Entry, Head, Listing, ListingSite, site_links
from newscrawl.listings.stream import LONGEST_DATE, MOST_ENTRIES, unzip

#: Bytes of one, which is read at once and takes up to 25 times its size; one with fifty whole stories has one MB.
MOST_JSON = 4 * 1024 * 1024


def is_mine(head: Head) -> bool:
    """Whether an answer is a JSON Feed."""
    return head.start.lstrip().startswith(b"{") and b"jsonfeed.org/version" in head.start


def read(answer: Answer, site: ListingSite) -> Listing:
    """The articles of a feed, in its order. Raises ``ValueError`` for one that cannot be read."""
    text = unzip(answer.body, MOST_JSON + 1)
    if len(text) > MOST_JSON:
        return Listing([], cut=f"a JSON Feed of more than {MOST_JSON >> 20} MB")
    try:
        items = json.loads(text)["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("not readable as a JSON Feed") from None
    found = list(_entries(items if isinstance(items, list) else []))
    cut = f"more than {MOST_ENTRIES} entries" if len(found) > MOST_ENTRIES else ""
    links, passed = site_links(found[:MOST_ENTRIES], site)
    return Listing(links, cut=cut, passed=passed)


def _entries(items: list[object]) -> Iterator[Entry]:
    for item in items:
        if isinstance(item, dict) and isinstance(address := item.get("url"), str) and len(address) <= LONGEST_ADDRESS:
            yield address, str(item.get("date_modified") or item.get("date_published") or "")[:LONGEST_DATE]
