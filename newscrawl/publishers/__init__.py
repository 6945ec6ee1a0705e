"""The supported publishers, one module each: what each says of itself, and which an address belongs to.

Each module of this package that defines ``PUBLISHER`` describes one publisher, and so does each of a user's own
folder (:mod:`newscrawl.publishers.own`). Nothing else in newscrawl names one, and no description needs more than
:mod:`newscrawl.publishers.description`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from urllib.parse import urlsplit

from newscrawl.publishers import own
from newscrawl.publishers.description import Offers, Publisher

__all__ = ["GENERIC", "Offers", "Publisher", "by_name", "by_url", "described"]

GENERIC = Publisher(name="generic", labels_language="en", more_label="")


def described() -> dict[str, Publisher]:
    """All supported publishers, by name: the user's own first. Raises ``ValueError`` where one of these is broken."""
    return _with_own(own.folder())


@cache
def _with_own(folder: str) -> dict[str, Publisher]:
    if not folder:
        return _bundled()
    modules, faults = own.load(folder)
    if faults:
        raise ValueError(faults[0])
    mine = own.publishers(modules)
    return {**mine, **{name: publisher for name, publisher in _bundled().items() if name not in mine}}


@cache
def _bundled() -> dict[str, Publisher]:
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
