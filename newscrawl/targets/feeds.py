"""Feeds with an address of another place: each is a file on this machine, and a delivery."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newscrawl.targets.schemes import SCHEMES
from newscrawl.targets.target import Target

#: The folder, beside the history, of the files that are kept for their deliveries.
FOLDER = "deliveries"
#: The option of a feed that says where its file is delivered to.
OPTION = "target"
_KEPT = re.compile(rf"(?P<home>.*)/{FOLDER}/[^/]+-[0-9a-f]{{8}}/(?P<name>.+)", re.DOTALL)


def is_remote(uri: str) -> bool:
    """Whether a feed's address is of another place than this machine.

    >>> [is_remote(uri) for uri in ("s3://bucket/a.jsonl", "file:///tmp/a.jsonl", "a.jsonl", "stdout:")]
    [True, False, False, False]
    """
    return "://" in uri and not uri.startswith("file:")


def is_known(uri: str) -> bool:
    """Whether an address is of another place, of a kind that files can be delivered to.

    >>> [is_known(uri) for uri in ("s3://bucket/a.jsonl", "file:///tmp/a.jsonl", "own://a.jsonl")]
    [True, False, False]
    """
    return is_remote(uri) and uri.partition("://")[0].lower() in SCHEMES


def kept_here(feeds: Mapping[Any, dict[str, Any]], home: Path, own: Iterable[str] = ()) -> dict[Any, dict[str, Any]]:
    """The feeds, where those of other places are files in ``home/deliveries/``, named by place and file.

    ``own`` are schemes that storages of the user's own are for. Raises ``ValueError`` for an address of no place.
    """
    own = tuple(f"{scheme}://" for scheme in own)
    found: dict[Any, dict[str, Any]] = {}
    for uri, options in feeds.items():
        if not is_remote(str(uri)) or str(uri).startswith(own):
            found[uri] = options
            continue
        target, name = place_of(str(uri))
        found[str(folder_for(target, home) / name)] = {**options, OPTION: target.address}
    return found


def own_schemes(settings: Any) -> set[str]:
    """The schemes that storages of the user's own are for, by Scrapy's ``settings``."""
    return {scheme for scheme in settings.getdict("FEED_STORAGES") if scheme not in ("", "file", "stdout")}


def folder_for(target: Target, home: Path) -> Path:
    """The folder in ``home`` of the files that are kept for a place."""
    place = re.sub(r"[^\w.-]+", "-", target.shown).strip("-")
    digest = sha256(target.shown.encode()).hexdigest()[:8]
    return home / FOLDER / f"{place}-{digest}"


def home_of(path: str) -> Path | None:
    """The folder that ``deliveries/`` is in, of a file that is kept there."""
    kept = _KEPT.fullmatch(path)
    return Path(kept["home"]) if kept else None


def kept_name(path: str) -> str:
    """The name, at its place, of a file that is kept in ``deliveries/``; ``""`` of any other."""
    kept = _KEPT.fullmatch(path)
    return kept["name"] if kept else ""


def shown_feed(uri: str, options: Mapping[str, Any]) -> str:
    """A feed as its user named it, without secrets: its address where it is kept here for another place."""
    name = kept_name(uri) if options.get(OPTION) else ""
    return Target.of(options[OPTION]).shown_file(name) if name else uri


def place_of(uri: str) -> tuple[Target, str]:
    """A remote feed's server or bucket, and the path of its file there. Raises ``ValueError`` where it has none."""
    parts = urlsplit(uri)
    name = parts.path.strip("/")
    target = Target.of(parts._replace(path="", fragment="").geturl())
    if not name or ".." in name.split("/") or parts.fragment:
        raise ValueError(f"{target.shown_file(name)}: expected the name of a file, without .. and #")
    if "%(" in parts.netloc or "%(" in parts.query:
        raise ValueError(f"{target.shown}: parts such as %(name)s may only stand in the path")
    return target, name
