"""Where a listing goes on, as the answer's header says it."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: A link and its parameters (RFC 8288, 3).
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_NEXT = re.compile(
    r"""(?:^|;)\s{0,100}rel\s{0,100}=\s{0,100}(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=[\s;,]|$))""", re.IGNORECASE
)
_LONGEST_HEADER = 20_000  # characters


def next_of_header(headers: Mapping[str, str] | None) -> list[str]:
    """The next page, as the answer's ``Link`` header names it.

    >>> next_of_header({"Link": '</world?page=2>; rel="next", </world?page=9>; rel="last"'})
    ['/world?page=2']
    """
    line = next((value for name, value in (headers or {}).items() if name.lower() == "link"), "")
    return [address for address, parameters in _LINK.findall(line[:_LONGEST_HEADER]) if _NEXT.search(parameters)]
