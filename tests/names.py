"""A resolver of invented names, for crawls in tests: ``-s TWISTED_DNS_RESOLVER=tests.names.InventedNames``."""

from __future__ import annotations

import json
import os
from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet import defer
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IResolverSimple
from zope.interface import implementer


@implementer(IResolverSimple)
class InventedNames:
    """Answers with the addresses in the environment's ``NAMES``, a name's in turn, the last one from then on."""

    def __init__(self, reactor: Any):
        self.reactor = reactor
        self.names: dict[str, list[str]] = json.loads(os.environ["NAMES"])

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        return cls(reactor)

    def install_on_reactor(self) -> None:
        self.reactor.installResolver(self)

    def getHostByName(self, name: str, timeout: Any = ()) -> defer.Deferred[str]:
        known = self.names.get(name, [name] if name.replace(".", "").isdigit() else [])
        if not known:
            return defer.fail(DNSLookupError(name))
        return defer.succeed(known.pop(0) if len(known) > 1 else known[0])
