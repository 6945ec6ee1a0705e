"""A machine without a network: no name is resolved. For ``TWISTED_DNS_RESOLVER``."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer


@implementer(IHostnameResolver)
class Resolver:
    """Answers that there is no address."""

    def __init__(self, reactor: Any):
        self._reactor = reactor

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        return cls(reactor)

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(self, receiver: Any, *arguments: Any, **named: Any) -> Any:
        receiver.resolutionBegan(self)
        receiver.resolutionComplete()
        return receiver
