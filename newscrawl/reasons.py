"""Why a request was given up, in words that do not differ from page to page."""

from __future__ import annotations

import logging
import re

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectError, ConnectionClosed
from twisted.python.failure import Failure

from newscrawl.text.spaces import clean
from newscrawl.timelimit import TookTooLong

logger = logging.getLogger(__name__)

#: What a middleware may say of one page alone. Reasons are counted, so there must not be one for each page.
_PARTICULAR = re.compile(r"<[^<>]*>|(?<!\S)\S+://\S+|\d+")


#: What is said of a host that no connection to came about with, by the error.
_NO_CONNECTION = (
    (CannotResolveHostError, "cannot be resolved"),
    (DownloadConnectionRefusedError, "refuses the connection"),
    (DownloadTimeoutError, "does not answer"),
    (ConnectError, "cannot be reached"),  # no route, for one
)
#: Other errors of a request, of Scrapy and Twisted.
_WORDS = (
    (DownloadCancelledError, "larger than DOWNLOAD_MAXSIZE"),
    (DownloadFailedError | ConnectionClosed, "the connection broke off"),
    (ResponseDataLossError, "the answer was cut short"),
    (OSError, "the connection failed"),
)
_UNFORESEEN = "an unforeseen error; -v shows it"


class HostUnreachableError(IgnoreRequest):
    """No connection to a request's host came about when robots.txt was asked for: nothing else is tried there."""

    def __init__(self, says: str) -> None:
        super().__init__(f"the host {says}")
        self.says = says


class StoppedError(IgnoreRequest):
    """The run is being stopped, and a request was not sent any more."""

    def __init__(self) -> None:
        super().__init__("the run was stopped")


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
    if isinstance(error, DownloadTimeoutError):
        return "no answer in time"
    if says := no_connection(error):
        return f"the host {says}"
    logger.debug("A request failed", exc_info=error)
    return next((words for kind, words in _WORDS if isinstance(error, kind)), _UNFORESEEN)


def no_connection(error: BaseException | None) -> str:
    """What to say of a host where no connection came about: ``cannot be resolved``; else ``""``."""
    if isinstance(error, HostUnreachableError):
        return error.says
    return next((says for kind, says in _NO_CONNECTION if isinstance(error, kind)), "")


def is_gone(failure: Failure) -> bool:
    """Whether the server said that a page is not there (any more)."""
    return isinstance(failure.value, HttpError) and failure.value.response.status in (404, 410)
