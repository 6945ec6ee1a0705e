"""To which addresses a crawl may connect."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from twisted.internet.interfaces import (
    IHostnameResolver,
    IReactorPluggableNameResolver,
    IReactorTCP,
    IReactorTime,
    IResolutionReceiver,
)
from twisted.python.components import proxyForInterface
from zope.interface import implementer

from newscrawl.addresses.site import DEFAULT_PORTS

#: Where all public IPv6 addresses are (https://www.iana.org/assignments/ipv6-address-space).
_PUBLIC = IPv6Network("2000::/3")
#: IPv4 behind a NAT64 (RFC 6052). A network of IPv6 alone gives such an address for every host of IPv4.
_NAT64 = IPv6Network("64:ff9b::/96")


class PrivateAddressError(IgnoreRequest):
    """A connection would lead into the machine or its network."""

    def __init__(self) -> None:
        super().__init__("at a private address")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    So it is not loopback, private, link-local (which clouds serve metadata at), carrier-grade NAT, unique-local,
    multicast, reserved or unspecified; nor does it hold such an IPv4 address (mapped, NAT64, 6to4).
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        held = ip.ipv4_mapped or ip.sixtofour or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        return is_public(str(held)) if held else ip in _PUBLIC and ip.is_global
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


class Destinations:
    """All public addresses; and the private ones that the user's own addresses first resolved to, at their ports.

    Only the first answer for a name counts: whoever answers for it cannot open other addresses later.
    """

    def __init__(self, given: Callable[[], Iterable[str]]):
        self._given = given
        self._resolved: dict[tuple[str, int], frozenset[str]] = {}

    def resolved(self, host: str, port: int, addresses: Iterable[str]) -> None:
        """Take notice of what a name resolved to."""
        found = frozenset(addresses)
        if found and (host, port) not in self._resolved and (host, port) in map(_place, self._given()):
            self._resolved[host, port] = found

    def allow(self, address: str, port: int) -> bool:
        """Whether the crawl may connect to a port of an address."""
        return is_public(address) or any(
            port == of and address in addresses for (_, of), addresses in self._resolved.items()
        )


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]


class GuardedReactor(
    proxyForInterface(IReactorTCP, "reactor"),  # type: ignore[misc]
    proxyForInterface(IReactorTime, "reactor"),  # type: ignore[misc]
    proxyForInterface(IReactorPluggableNameResolver, "reactor"),  # type: ignore[misc]
):
    """The reactor, for endpoints of one crawl: it connects to no address but those that ``destinations`` allow.

    That is asked of the very address that a socket is about to connect to. So no second lookup can answer differently.
    """

    def __init__(self, reactor: Any, destinations: Destinations):
        self.reactor, self.destinations = reactor, destinations

    @property
    def nameResolver(self) -> Any:
        return _NotingResolver(self.reactor.nameResolver, self.destinations)

    def connectTCP(self, host: str, port: int, *arguments: Any, **named: Any) -> Any:
        if not self.destinations.allow(host, port):
            raise PrivateAddressError
        return self.reactor.connectTCP(host, port, *arguments, **named)


@implementer(IHostnameResolver)
class _NotingResolver:
    """A resolver whose answers ``destinations`` take notice of."""

    def __init__(self, resolver: Any, destinations: Destinations):
        self._resolver, self._destinations = resolver, destinations

    def resolveHostName(self, receiver: Any, host: str, portNumber: int = 0, *arguments: Any, **named: Any) -> Any:
        receiver = _NotingReceiver(receiver, partial(self._destinations.resolved, host, portNumber))
        return self._resolver.resolveHostName(receiver, host, portNumber, *arguments, **named)


class _NotingReceiver(proxyForInterface(IResolutionReceiver, "receiver")):  # type: ignore[misc]
    def __init__(self, receiver: Any, note: Callable[[list[str]], None]):
        self.receiver, self._note = receiver, note
        self._addresses: list[str] = []

    def addressResolved(self, address: Any) -> None:
        self._addresses.append(address.host)
        self.receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._note(self._addresses)
        self.receiver.resolutionComplete()
