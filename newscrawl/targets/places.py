"""The places of a crawl: where its files are delivered to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newscrawl.targets.feeds import OPTION, is_remote, kept_name, own_schemes, place_of
from newscrawl.targets.schemes import options_of
from newscrawl.targets.target import Target


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
        addresses += [place_of(uri)[0].address for uri in remote if uri.partition("://")[0] not in own]
        archive = settings["ARCHIVE_TARGET"] or settings["ARCHIVE"] or ""
        return cls(
            [_folder(address.strip(), options) for address in settings.getlist("DELIVER") if address.strip()],
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
        for known in self._all:
            if known.is_same_place(target):
                return known
        if not target.has_hidden:
            return target
        filled = next((found for known in self._all if (found := target.filled(known))), None)
        if filled is None:
            secret = "query" if "?" in shown else "password"
            raise ValueError(f"its {secret} is not known here: add -s DELIVER={target.typed}")
        return filled

    def of_file(self, path: str, address: str = "") -> list[tuple[Target, str]]:
        """The places that a file is delivered to, each with its name there; ``address`` is the feed's own.

        It is not delivered to where it is, nor twice to one place.
        """
        found = [(target, Path(path).name) for target in self.everywhere]
        if address and (name := kept_name(path)):
            found.insert(0, (Target.of(address, self.options), name))
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


def _folder(address: str, options: Mapping[str, Mapping[str, Any]]) -> Target:
    """A place for all files. A whole server's address ends in a slash: without one, it is that of a feed's server."""
    target = Target.of(address, options)
    return target if target.path else Target(urlsplit(target.address)._replace(path="/").geturl(), target.options)
