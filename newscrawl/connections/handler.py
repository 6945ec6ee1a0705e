"""Scrapy's download handler, with connections that lead where the crawl may go, and heads that end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from twisted.internet.endpoints import HostnameEndpoint, TCP4ClientEndpoint, wrapClientTLS
from twisted.web.client import ResponseFailed

from newscrawl.connections.destinations import Destinations, GuardedReactor, PrivateAddressError
from newscrawl.connections.heads import BoundedHeads, LargeHeadError
from newscrawl.crawl.counts import Counts


class GuardedDownloadHandler(HTTP11DownloadHandler):
    """Asks for pages as Scrapy's own does, at permitted addresses only.

    A spider names in ``given`` the addresses that the user gave; one without that may connect anywhere. Behind a
    proxy, which looks names up itself, no address is looked at. What leads to a private address is counted.
    """

    def __init__(self, crawler: Crawler):
        from twisted.internet import reactor

        super().__init__(crawler)
        self._reactor = GuardedReactor(reactor, Destinations(self._given))
        self._take = self._pool.getConnection
        self._pool.getConnection = self._connection  # type: ignore[method-assign]

    def _given(self) -> Iterable[str]:
        return getattr(self.crawler.spider, "given", ())

    async def download_request(self, request: Request) -> Response:
        try:
            return await super().download_request(request)
        except PrivateAddressError:
            Counts(self.crawler.stats).private_address += 1
            raise
        except DownloadFailedError as error:
            cause = error.__cause__
            if isinstance(cause, ResponseFailed) and any(reason.check(LargeHeadError) for reason in cause.reasons):
                raise LargeHeadError from error
            raise

    def _connection(self, key: Any, endpoint: Any) -> Any:
        """One of the pool's, or a new one. ``key`` is what Scrapy's agents name connections by."""
        is_proxy = key[0] == b"http-proxy" or isinstance(endpoint, TCP4ClientEndpoint)
        is_guarded = not is_proxy and hasattr(self.crawler.spider, "given")
        bounded: Any = BoundedHeads(lambda: self._guarded(*key) if is_guarded else endpoint)
        return self._take(key, bounded)

    def _guarded(self, scheme: bytes, host: bytes, port: int, bind_address: Any) -> Any:
        """What Twisted's agent would connect with, on the guarded reactor."""
        timeout = self.crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        endpoint: Any = HostnameEndpoint(self._reactor, host.decode("ascii"), port, timeout, bind_address)
        if scheme == b"http":
            return endpoint
        policy: Any = self._contextFactory
        return wrapClientTLS(policy.creatorForNetloc(host, port), endpoint)
