"""Reminds who crawls a live site without saying who is asking."""

from __future__ import annotations

import ipaddress
import logging
from functools import cache
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newscrawl.configuration.file import has_contact

logger = logging.getLogger(__name__)
#: Ends of names that no site has (RFC 2606, RFC 6762).
_NOWHERE = (".example", ".test", ".invalid", ".localhost", ".local")


class Contact:
    """Says in one line, as a run begins, that its user agent has no contact in it. Not of local sites and archives."""

    def __init__(self, crawler: Crawler):
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        hosts = {walk.site.host for walk in getattr(spider, "walks", {}).values()}
        is_replay = getattr(spider, "replay", None) is not None
        if not is_replay and any(map(is_live, hosts)) and not has_contact(self._crawler.settings["USER_AGENT"]):
            _remind()


@cache
def _remind() -> None:
    """Once, however many sections a process crawls."""
    logger.warning('The user agent has no contact: put contact = "you@example.org" in newscrawl.toml (newscrawl init)')


def is_live(host: str) -> bool:
    """Whether a host may be somebody else's: neither this machine, nor in a private network, nor an example.

    >>> is_live("news.example.org"), is_live("127.0.0.1"), is_live("sample.example"), is_live("localhost")
    (True, False, False, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return not f".{host}".endswith(_NOWHERE)
