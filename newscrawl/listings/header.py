"""Where a listing goes on, as the answer's header says it."""

from __future__ import annotations

import re

from newscrawl.listings.listing import Answer, ListingSite
from newscrawl.listings.stream import joined

#: A link and its parameters (RFC 8288, 3).
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_NEXT = re.compile(
    r"""(?:^|;)\s{0,100}rel\s{0,100}=\s{0,100}(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=[\s;,]|$))""", re.IGNORECASE
)
_LONGEST_HEADER = 20_000  # characters


def next_of_header(answer: Answer, site: ListingSite) -> str | None:
    """The address of the next page in the header ``Link``; never one that was asked for, or is the answer's own."""
    header = (answer.headers or {}).get("Link", "")[:_LONGEST_HEADER]
    for address, parameters in _LINK.findall(header):
        if _NEXT.search(parameters):
            target = joined(answer.url, address)
            url = site.url(target) if target else None
            return None if url in answer.asked or url == site.url(answer.url) else url
    return None
