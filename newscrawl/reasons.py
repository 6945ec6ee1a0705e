"""Why a request was given up, in words that do not differ from page to page."""

from __future__ import annotations

import re

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.text.spaces import clean
from newscrawl.timelimit import TookTooLong

#: What a middleware may say of one page alone. Reasons are counted, so there must not be one for each page.
_PARTICULAR = re.compile(r"<[^<>]*>|(?<!\S)\S+://\S+|\d+")


class OtherHostError(IgnoreRequest):
    """A request would go to a host, at ``url``, that the crawl was not started for."""

    def __init__(self, url: str) -> None:
        super().__init__("leads to another host")
        self.url = url


def why_ignored(error: IgnoreRequest) -> str:
    """A middleware's reason, without addresses and numbers."""
    text = str(error)
    if "DOWNLOAD_MAXSIZE" in text:  # unpacked
        return "larger than DOWNLOAD_MAXSIZE"
    return _PARTICULAR.sub("…", clean(text))[:200]


def reason_of(failure: Failure) -> str:
    """Why a request came to nothing, in a few words that hold nothing of a page's text."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    if isinstance(error, TookTooLong):
        return str(error)
    if isinstance(error, IgnoreRequest):
        return why_ignored(error)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__.removesuffix("Error")).lower()
    return {"download cancelled": "larger than DOWNLOAD_MAXSIZE"}.get(words, words)


def is_gone(failure: Failure) -> bool:
    """Whether the server said that a page is not there (any more)."""
    return isinstance(failure.value, HttpError) and failure.value.response.status in (404, 410)
