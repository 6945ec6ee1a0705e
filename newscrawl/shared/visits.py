"""Which articles a worker asks for: what the crawl's frontier leases to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, cast

from newscrawl.addresses import forms
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.frontier import Visit
from newscrawl.crawl.sources import Fate
from newscrawl.crawl.visits import Visits
from newscrawl.crawl.walk import Walk
from newscrawl.history import History, Questions
from newscrawl.shared.history import SharedHistory
from newscrawl.shared.session import Session

_AT_ONCE = 500  # links of one step, during which nobody else is served


class SharedVisits(Visits):
    """The decisions of :class:`Visits`, taken by ``crawl.lua`` for all workers at once, in whichever order they come.

    What a page leads to is gathered until :meth:`save`, and sent as one step.
    """

    holds_pages = False

    def __init__(self, session: Session, history: SharedHistory, hops: int, rechecks: int, counts: Counts):
        super().__init__(hops, rechecks, counts)
        questions: Questions = history
        self.history = cast("History", questions)  # what else that does, the steps do
        self.shared = history
        self.session = session
        self._links: dict[str, list[dict[str, Any]]] = {}
        #: Hashes of the names of what this worker's listings showed, as in the duplicates pipeline.
        self._listed: set[int] = set()
        self._sites: dict[str, str] = {}
        self._validators: dict[str, dict[str, str]] = {}
        self._turn = 0
        self.walks: dict[str, Walk] = {}

    # What is found ---------------------------------------------------------------

    def key(self, walk: Walk, url: str) -> str:
        key = walk.site.key(url)
        article = self.shared.article_of(walk.name(key)) if walk.site.has_aliases else key
        return key if article is None else article.removeprefix(walk.name(""))

    def is_none(self, walk: Walk, url: str) -> bool:
        if self.shared.again or not walk.site.has_aliases:
            return False
        return self.shared.article_of(walk.name(walk.site.key(url))) is None

    def is_read_here(self, walk: Walk) -> bool:
        return False  # until it is leased: :meth:`read`

    def list(self, walk: Walk, url: str, page: int, source: int, *, older: bool) -> Fate:
        key = walk.site.key(url)
        name = hash(_name(walk, key))
        if name in self._listed:
            return Fate.LISTED
        self._listed.add(name)
        self._add(walk, kind="list", key=key, url=url, page=page, older=older or None)
        return Fate.OLDER if older else Fate.SHARED

    def is_listed(self, walk: Walk, url: str) -> bool:
        return hash(_name(walk, walk.site.key(url))) in self._listed

    def is_unchanged(self, walk: Walk, key: str) -> bool:
        # News that a dead reader's listing showed is news to the next reader, though it has been emitted by now.
        return super().is_unchanged(walk, key) and not self.shared.is_of_this_crawl(walk.name(key))

    def start(self, walk: Walk, url: str, source: int = 0) -> Fate:
        self._add(walk, kind="start", key=walk.site.key(url), url=url)
        return Fate.SHARED

    def follow(self, walk: Walk, key: str, next_url: str | None = None, source: int = 0) -> Fate | None:
        following = walk.site.key(next_url) if next_url else None
        self._add(walk, kind="follow", key=key, url=next_url, next=following)
        self.save()
        return Fate.SHARED if next_url else None

    def _add(self, walk: Walk, **link: Any) -> None:
        self._links.setdefault(walk.id, []).append({k: v for k, v in link.items() if v is not None})

    def save(self) -> None:
        history = self.shared
        while self._links:
            id, links = self._links.popitem()
            walk = self.walks[id]
            # Only the reader of the listings learns from them.
            site = json.dumps(_learned(walk), sort_keys=True) if links[0]["kind"] != "follow" else self._sites.get(id)
            learned = site if site != self._sites.get(id) else None
            for start in range(0, len(links), _AT_ONCE):
                self.session.step(
                    "reach",
                    links=links[start : start + _AT_ONCE],
                    site=learned,
                    recheck_since=history.recheck_since,
                    rechecks=self._rechecks,
                    again=history.again or None,
                    hops=self.hops,
                    origin=walk.site.origin,
                    **_named(walk),
                )
            self._sites[id] = site or ""

    def revisit(self, walks: Iterable[Walk], source: int = 0) -> Iterator[tuple[str, Fate]]:
        history = self.shared
        of = []
        for walk in walks:
            links = []
            for name, path, emitted in history.revisits(walk.section):
                key, url = name.removeprefix(walk.name("")), walk.site.url(path)
                if walk.name(key) == name and url is not None:
                    links.append({"key": key, "url": url, "emitted": emitted})
            of.append({**_named(walk), "links": links})
        self.session.step(
            "revisit",
            of=of,
            recheck_since=history.recheck_since,
            rechecks=self._rechecks,
            again=history.again or None,
            hops=self.hops,
        )
        return iter(())

    # What is asked for -----------------------------------------------------------

    def next(self, most: int) -> Iterator[Visit]:
        self.save()
        if most <= 0:
            return
        self._turn += 1
        names = {id: walk.site.name for id, walk in self.walks.items()}
        answer = self.session.step("take", most=most, turn=self._turn, names=names, again=self.shared.again or None)
        for id, text in (answer.get("sites") or {}).items():
            if text and text != self._sites.get(id):
                _learn(self.walks[id], json.loads(text))
                self._sites[id] = text
        for one in answer["visits"] or []:
            yield self._taken(one)

    def _taken(self, one: dict[str, Any]) -> Visit:
        visit = Visit(one["walk"], one["key"], one["url"], one["page"], one["known"])
        condition = {"If-None-Match": one.get("etag"), "If-Modified-Since": one.get("modified")}
        self._validators[name_of(visit)] = {name: value for name, value in condition.items() if value}
        return visit

    def condition(self, walk: Walk, key: str) -> dict[str, str]:
        return self._validators.pop(_name(walk, key), {})

    # What became of it -----------------------------------------------------------

    def unchanged(self, walk: Walk, visit: Visit) -> None:
        self.follow(walk, visit.key)
        self.done(walk, visit, {"not_modified": 1})

    def skip(self, walk: Walk, visit: Visit, *, certain: bool, page: str = "") -> None:
        self._counts.skipped += 1
        self._counts.found -= 1
        counts = {"skipped": 1, "found": -1, f"skipped {walk.id}": 1}
        # When it was met first, nobody is asked for: where the address says little, one answer has to do.
        never = certain and forms.weigh(visit.url, walk.section) != forms.MUCH
        self.done(walk, visit, counts, none=never or None, gone=None if never else True)

    def gone(self, walk: Walk, visit: Visit) -> None:
        self.done(walk, visit, {"gone": 1}, gone=True)

    def taken_away(self, walk: Walk, visit: Visit, page: str = "") -> None:
        self._counts.gone += 1
        self.gone(walk, visit)

    def answered(self, walk: Walk, visit: Visit, key: str) -> None:
        """The steps know it from the article's file."""

    def died(self, walk: Walk, visit: Visit, reason: str) -> bool:
        return False  # since when it fails is not kept: it is told each time

    def failed(self, walk: Walk, visit: Visit, reason: str) -> None:
        self.done(walk, visit, {"failed": 1, f"failed/{reason}": 1})

    def done(self, walk: Walk, visit: Visit, counts: dict[str, int], **more: Any) -> None:
        """A visit ended that needs no file: this is committed at once."""
        self.session.step("done", visit=name_of(visit), own=walk.name(visit.key), counts=counts, **more)


def name_of(visit: Visit) -> str:
    """A visit's name in the crawl."""
    return f"{visit.walk} {visit.key}"


def _name(walk: Walk, key: str) -> str:
    return f"{walk.id} {key}"


def _named(walk: Walk) -> dict[str, Any]:
    return {"walk": walk.id, "name": walk.site.name, "section": walk.section, "aliases": walk.site.has_aliases or None}


def _learned(walk: Walk) -> dict[str, Any]:
    """What the listings have taught about a site, which the reading of its articles needs."""
    asked = sorted(walk.listing_addresses)
    return walk.site.learned() | {"title": walk.title, "whole": walk.whole, "asked": asked}


def _learn(walk: Walk, learned: dict[str, Any]) -> None:
    walk.site.learn(learned)
    walk.title, walk.whole = learned["title"], learned["whole"]
    # Not as if this worker had asked for them: when their reader dies, it has to.
    walk.asked_elsewhere |= set(learned["asked"])
