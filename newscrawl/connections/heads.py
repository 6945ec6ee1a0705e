"""How much a server may send before the body of an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from scrapy.exceptions import IgnoreRequest
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.internet.protocol import connectionDone
from twisted.protocols.policies import ProtocolWrapper, WrappingFactory
from twisted.python.failure import Failure
from zope.interface import implementer

#: What curl takes of one answer's status lines and header fields, in bytes and in lines (its lib/http.h).
#: A news site sends some 2 KB in 20 to 40 lines.
LARGEST_HEAD, MOST_LINES = 300 * 1024, 5000
_END = re.compile(rb"\n\r?\n")


class LargeHeadError(IgnoreRequest):
    """An answer's header fields are more than a crawl takes."""

    def __init__(self) -> None:
        super().__init__("header fields too large")


@implementer(IStreamClientEndpoint)
class BoundedHeads:
    """An endpoint whose connections end where an answer's head is larger than it may be.

    ``endpoint`` makes what connects: mostly there is a connection already.
    """

    def __init__(self, endpoint: Callable[[], Any]):
        self._endpoint = endpoint

    def connect(self, protocolFactory: Any) -> Any:
        factory: Any = WrappingFactory(protocolFactory)
        factory.protocol, factory.noisy = _BoundedHead, False
        return self._endpoint().connect(factory).addCallback(lambda wrapper: wrapper.wrappedProtocol)


class _BoundedHead(ProtocolWrapper):
    """Counts the head of each answer: what comes after a request is written, and before the body begins."""

    def __init__(self, factory: Any, protocol: Any):
        super().__init__(factory, protocol)
        self._failure: Failure | None = None
        self._begin()

    def _begin(self) -> None:
        #: What came of the head that is being received; ``None`` in a body.
        self._head: bytearray | None = bytearray()
        self._bytes = self._lines = 0

    def write(self, data: bytes) -> None:
        self._begin()
        super().write(data)

    def writeSequence(self, data: Any) -> None:
        self._begin()
        super().writeSequence(data)

    def dataReceived(self, data: bytes) -> None:
        self._count(data)
        if self._failure is None:
            super().dataReceived(data)
        else:
            self.abortConnection()  # the transport's

    def _count(self, data: bytes) -> None:
        """Count what belongs to the head; interim answers (RFC 9110, 15.2) count with the one that follows."""
        while self._head is not None and self._failure is None and data:
            before = len(self._head)
            self._head += data
            end = _END.search(self._head, max(0, before - 2))
            size = end.end() if end else len(self._head)
            self._bytes += size - before
            self._lines += self._head.count(b"\n", before, size)
            if self._bytes > LARGEST_HEAD or self._lines > MOST_LINES:
                self._head, self._failure = None, Failure(LargeHeadError())
            elif end:
                data = bytes(self._head[size:])
                self._head = bytearray() if _is_interim(bytes(self._head)) else None
            else:
                return

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        super().connectionLost(self._failure or reason)


def _is_interim(head: bytes) -> bool:
    """Whether another head follows, as Twisted reads the status."""
    try:
        return 100 <= int(head.split(b"\n", 1)[0].split(b" ", 2)[1]) < 200
    except (IndexError, ValueError):
        return False
