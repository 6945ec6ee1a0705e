"""Why a request was given up, in words that do not differ from page to page."""

from __future__ import annotations

import re

from scrapy.exceptions import IgnoreRequest

from newscrawl.text.spaces import clean

#: What a middleware may say of one page alone. Reasons are counted, so there must not be one for each page.
_PARTICULAR = re.compile(r"<[^<>]*>|(?<!\S)\S+://\S+|\d+")


def why_ignored(error: IgnoreRequest) -> str:
    """A middleware's reason, without addresses and numbers."""
    text = str(error)
    if "DOWNLOAD_MAXSIZE" in text:  # unpacked
        return "larger than DOWNLOAD_MAXSIZE"
    return _PARTICULAR.sub("…", clean(text))[:200]
