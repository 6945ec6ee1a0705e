"""The one form of a host's name: as the network has it."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit, urlunsplit

import idna

_ASCII = re.compile(r"[A-Za-z0-9._:\[\]-]*")


@lru_cache(1000)  # a page may name any number of hosts
def ascii_netloc(netloc: str) -> str:
    """A host, with its port if it has one, in ASCII, whichever letters it was written with or percent-encoded from.

    By UTS #46, as browsers have it (https://url.spec.whatwg.org/#idna). Raises ``ValueError`` for what is no host.

    >>> ascii_netloc("Bücher.example:8000")
    'xn--bcher-kva.example:8000'
    >>> ascii_netloc("b%C3%BCcher.example")
    'xn--bcher-kva.example'
    >>> ascii_netloc("news.example")
    'news.example'
    """
    if _ASCII.fullmatch(netloc):
        return netloc
    host, colon, port = re.fullmatch(r"(.*?)(?:(:)(\d*))?", netloc, re.DOTALL).groups("")  # type: ignore[union-attr]
    name = unquote(host, errors="strict")
    encoded = idna.encode(name, uts46=True).decode("ascii") if not name.isascii() else name
    if not _ASCII.fullmatch(encoded):
        raise ValueError(f"{netloc!r} is no host")
    return f"{encoded}{colon}{port}"


def with_ascii_host(url: str) -> str:
    """An address whose host is in its one form. Raises ``ValueError`` for what is no address.

    >>> with_ascii_host("http://bücher.example/straße?q=ä")
    'http://xn--bcher-kva.example/straße?q=ä'
    """
    parts = urlsplit(url)
    userinfo, at, netloc = parts.netloc.rpartition("@")
    encoded = ascii_netloc(netloc)
    return url if encoded == netloc else urlunsplit(parts._replace(netloc=f"{userinfo}{at}{encoded}"))
