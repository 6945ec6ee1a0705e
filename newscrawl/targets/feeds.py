"""Feeds with an address of another place: each is a file on this machine, and a delivery."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newscrawl.targets.schemes import SCHEMES, options_of
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
        target, name = _place(str(uri))
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


def shown_feed(uri: str, options: Mapping[str, Any]) -> str:
    """A feed as its user named it, without secrets: its address where it is kept here for another place."""
    kept = _KEPT.fullmatch(uri) if options.get(OPTION) else None
    return Target.of(options[OPTION]).shown_file(kept["name"]) if kept else uri


def _place(uri: str) -> tuple[Target, str]:
    """A feed's server or bucket, and the path of its file there."""
    parts = urlsplit(uri)
    name = parts.path.strip("/")
    target = Target.of(parts._replace(path="", fragment="").geturl())
    if not name or ".." in name.split("/"):
        raise ValueError(f"{target.shown_file(name)}: expected the name of a file, without ..")
    if "%(" in parts.netloc or "%(" in parts.query:
        raise ValueError(f"{target.shown}: parts such as %(name)s may only stand in the path")
    return target, name


@dataclass(frozen=True)
class Places:
    """Where the files of a crawl are delivered: all of them ``everywhere``, and those of some feeds elsewhere too.

    Those of its archive of pages are delivered to ``archive`` alone.
    """

    everywhere: list[Target] = field(default_factory=list)
    of_feeds: list[Target] = field(default_factory=list)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    archive: Target | None = None

    @classmethod
    def of(cls, settings: Any) -> Places:
        """Those that Scrapy's ``settings`` name. Raises ``ValueError`` for an address of no place."""
        options = options_of(settings)
        feeds, own = settings.getdict("FEEDS").items(), own_schemes(settings)
        addresses = [given[OPTION] for _, given in feeds if OPTION in given]
        remote = [str(uri) for uri, _ in feeds if is_remote(str(uri))]
        addresses += [_place(uri)[0].address for uri in remote if uri.partition("://")[0] not in own]
        archive = settings["ARCHIVE_TARGET"] or settings["ARCHIVE"] or ""
        return cls(
            [Target.of(address.strip(), options) for address in settings.getlist("DELIVER") if address.strip()],
            [Target.of(address, options) for address in dict.fromkeys(addresses)],
            options,
            Target.of(archive, options) if is_remote(archive) else None,
        )

    def __bool__(self) -> bool:
        return bool(self.everywhere or self.of_feeds)

    def check(self) -> list[str]:
        """Sentences on places that cannot be reached now. Raises ``ValueError`` for one that will never be."""
        told = []
        for shown, target in self.known.items():
            if why := target.check():
                told.append(f"{shown} cannot be reached now ({why}); the files will be kept for it")
        return told

    @property
    def _all(self) -> list[Target]:
        return [*self.everywhere, *self.of_feeds, *([self.archive] if self.archive else [])]

    @property
    def known(self) -> dict[str, Target]:
        """All of them, by their addresses without secrets."""
        return {target.shown: target for target in self._all}

    def named(self, shown: str) -> Target:
        """The place that a history knows by its address without secrets. Raises ``ValueError`` where one is missing."""
        target = Target.of(shown, self.options)
        filled = next((found for known in self._all if (found := target.filled(known))), target)
        if filled.has_hidden:
            secret = "query" if "?" in shown else "password"
            raise ValueError(f"its {secret} is not known here: add -s DELIVER={target.typed}")
        return filled

    def of_file(self, path: str, address: str = "") -> list[tuple[Target, str]]:
        """The places that a file is delivered to, each with its name there; ``address`` is the feed's own.

        It is not delivered to where it is, nor twice to one place.
        """
        found = [(target, Path(path).name) for target in self.everywhere]
        if address and (kept := _KEPT.fullmatch(path)):
            found.insert(0, (Target.of(address, self.options), kept["name"]))
        places = {target.same_file(name): (target, name) for target, name in reversed(found)}
        places.pop(str(Path(path).resolve()), None)
        return list(reversed(places.values()))

    def check_apart(self, files: Iterable[tuple[str, str]]) -> None:
        """Raises ``ValueError`` where two files, each a path and the feed's own address, would meet at one place."""
        owners: dict[str, str] = {}
        for path, address in files:
            places = self.of_file(path, address)
            shown = places[0][0].shown_file(places[0][1]) if address and places else path
            for place in self.files_of(path, address):
                if (other := owners.setdefault(place, shown)) != shown:
                    raise ValueError(f"{other} and {shown} would both be written to {place}; give one another name")

    def files_of(self, path: str, address: str = "") -> list[str]:
        """A file's path, and what stands for it at each place that it is delivered to."""
        return [str(Path(path).resolve()), *(target.same_file(name) for target, name in self.of_file(path, address))]
