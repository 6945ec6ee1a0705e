"""The supported publishers, one module each: what each says of itself, and which an address belongs to.

Each module of this package that defines ``PUBLISHER`` describes one publisher. Nothing else in
newscrawl names one, and no description needs more than :mod:`newscrawl.publishers.description`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from urllib.parse import urlsplit

from newscrawl.publishers.description import Offers, Publisher

__all__ = ["GENERIC", "Offers", "Publisher", "by_name", "by_url", "described"]

GENERIC = Publisher(name="generic", labels_language="en", more_label="")


@cache
def described() -> dict[str, Publisher]:
    """All supported publishers, by name."""
    found = {}
    for module in iter_modules(__path__, prefix=f"{__name__}."):
        publisher = getattr(import_module(module.name), "PUBLISHER", None)
        if publisher is not None:
            found[publisher.name] = publisher
    return found


def by_name(name: str) -> Publisher:
    """The supported publisher of that name (its domain), else the generic one."""
    return described().get(name, GENERIC)


def by_url(url: str) -> Publisher:
    """The supported publisher that an address belongs to, else the generic one."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return GENERIC
    place = f"{host}{parts.path}"
    mine = (p for p in described().values() if host in p.hosts or (p.twins and place.startswith(tuple(p.twins))))
    return next(mine, GENERIC)
