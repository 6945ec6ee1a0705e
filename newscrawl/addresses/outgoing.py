"""The one form of an address that a story links to, at whichever site."""

from __future__ import annotations

import re

from w3lib.url import safe_url_string

from newscrawl.addresses.hosts import with_ascii_host
from newscrawl.addresses.site import LONGEST_ADDRESS, TRACKING, host_of

_SIGN = r"[A-Za-z0-9/:._~?=&+,@!$*()-]"
#: An address in which there is nothing to escape, at a port of its scheme. The second half is for those of pictures.
_PLAIN = re.compile(
    r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/:._~?=&+-]*+(?:#[A-Za-z0-9/:._~?=&+-]*+)?"
    rf"|/{_SIGN}*+(?:%[0-9A-Fa-f]{{2}}{_SIGN}*+)*+(?<!\?))?"
)
_PARTS = re.compile(r"(https?://)([^/?#]*@)?([^/?#@]*)(.*)", re.IGNORECASE | re.DOTALL)
_NO_ADDRESS = re.compile(r"""[\x00-\x20\x7f<>"{}|\\^`\[\]#]|%(?![0-9A-Fa-f]{2})""")
#: Two more than of a page's own address, which makes its id.
_TRACKING = frozenset((*TRACKING, "srsltid", "hsLang"))


def outgoing(url: str) -> str | None:
    """An absolute http or https address without tracking parameters; ``None`` for one that leads nowhere.

    What else it says stays, the fragment too: it is where in a document a story points to.

    >>> outgoing("https://bücher.example/a?id=7&utm_source=mail&fbclid=x#page-2")
    'https://xn--bcher-kva.example/a?id=7#page-2'
    """
    valid = escaped(url.removesuffix("#"))
    return _without_tracking(valid) if valid and "?" in valid else valid


def escaped(url: str) -> str | None:
    """An absolute http or https address as it is requested; ``None`` for one that leads nowhere.

    >>> escaped("https://bücher.example/my quay.jpg")
    'https://xn--bcher-kva.example/my%20quay.jpg'
    """
    if is_plain(url):
        return url
    try:
        url = _escaped(safe_url_string(with_ascii_host(url)))
    except ValueError:
        return None
    return url if len(url) <= LONGEST_ADDRESS and host_of(url) else None


def is_plain(address: str) -> bool:
    """Whether an address is whole, and has its one form but for tracking parameters."""
    return _PLAIN.fullmatch(address) is not None and len(address) <= LONGEST_ADDRESS


def _escaped(url: str) -> str:
    """An address with what no address has behind its host (RFC 3987), and other tools leave there, escaped."""
    scheme, user, host, path = _PARTS.fullmatch(url).groups("")  # type: ignore[union-attr]
    place, hash_sign, fragment = path.partition("#")
    slash = "/" if place.startswith("?") else ""
    return f"{scheme.lower()}{user}{host.lower()}{slash}{_NO_ADDRESS.sub(_percent, place)}{hash_sign}{_NO_ADDRESS.sub(_percent, fragment)}"


def _percent(sign: re.Match[str]) -> str:
    return f"%{ord(sign[0]):02X}"


def _without_tracking(url: str) -> str:
    address, hash_sign, fragment = url.partition("#")
    path, _, query = address.partition("?")
    kept = "&".join(one for one in query.split("&") if not _is_tracking(one.partition("=")[0]))
    return f"{path}{'?' * bool(kept)}{kept}{hash_sign}{fragment}"


def _is_tracking(name: str) -> bool:
    return name in _TRACKING or name.startswith("utm_")
