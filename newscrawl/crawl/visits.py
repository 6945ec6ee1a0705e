"""Which articles a run asks for, and on what condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urljoin

from newscrawl.addresses import forms
from newscrawl.crawl import decisions
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.frontier import Frontier, Met, Visit
from newscrawl.crawl.sources import Fate
from newscrawl.crawl.walk import Walk
from newscrawl.history import Complete, History, Known
from newscrawl.history.durable import paragraph_hash, path_of


class Visits:
    """Decides with the frontier and the history: new stories always, known ones while they are young.

    ``hops`` is how far a chain is followed beyond the listings, ``rechecks`` how many known stories are looked at
    again at most.
    """

    #: Whether all pages of a crawl come to this process, which can hold one until another one is read.
    holds_pages: ClassVar[bool] = True

    def __init__(self, hops: int, rechecks: int, counts: Counts):
        self.hops = hops
        self.history: History | None = None
        self.frontier = Frontier()
        #: Articles that this run emits as changed; and whether it emits any.
        self.changed: set[str] = set()
        self.has_news = False
        self._rechecks = rechecks
        self._counts = counts
        self._skipped = Skips()

    @property
    def complete(self) -> Complete | None:
        """The last complete run, where a history tells of one."""
        return self.history.complete if self.history else None

    def key(self, walk: Walk, url: str) -> str:
        """What tells an article from others, at whichever of its addresses that earlier runs have met."""
        site = walk.site
        if not site.has_aliases:
            return site.key(url)
        keys = [site.key(spelled) for spelled in forms.spellings(url)]
        for key in (site.key(url), *keys):
            if self.frontier.get(walk.id, key):
                return key
            if self.history and (met := self._met_earlier(walk, key)):
                return met
        return keys[0]

    def _met_earlier(self, walk: Walk, key: str) -> str | None:
        """The key of the article that earlier runs met by a key, if they did."""
        assert self.history is not None
        article = self.history.article_of(walk.name(key))
        if article is None:
            return key
        found = article.removeprefix(walk.name(""))
        return found if found != key or self.history.is_met(article) else None

    def emitted_at(self, walk: Walk, url: str) -> str | None:
        """The key of an article that earlier runs emitted and that is at an address, however that is spelled."""
        for spelled in forms.spellings(url) if self.history else ():
            key = self._met_earlier(walk, walk.site.key(spelled))
            if key and self.history and self.history.recall(walk.name(key)):
                return key
        return None

    def is_met(self, walk: Walk, url: str) -> bool:
        """Whether this run has met an article at an address."""
        return self.frontier.get(walk.id, self.key(walk, url)) is not None

    def tells_known(self, walk: Walk, key: str, headline: str, body: str) -> bool:
        """Whether a text is a version of an emitted article's."""
        return self.history is not None and self.history.tells(walk.name(key), headline, paragraph_hash(body))

    def known_alike(self, walk: Walk, headline: str, body: str) -> list[tuple[str, str]]:
        """Keys and addresses of emitted articles of this site with the same headline, or longest paragraph."""
        if self.history is None:
            return []
        rows = self.history.alike(walk.site.name, headline, paragraph_hash(body))
        found = [(name.removeprefix(walk.name("")), walk.site.url(path)) for name, path in rows]
        return [(key, url) for key, url in found if url]

    def look_where_it_leads(self, walk: Walk, key: str, url: str) -> bool:
        """Ask for a known article, if this run has not; whether it does for this alone."""
        met = self.frontier.get(walk.id, key)
        if (met and not met.settled) or self._rechecks <= 0:
            return False
        self._rechecks -= 1
        self._ask_again(walk, key, url, met)
        return True

    def moved(self, walk: Walk, key: str, urls: Iterable[str]) -> None:
        """A known article is at other addresses now."""
        for other in {walk.site.key(url) for url in urls} - {key}:
            if self.history:
                self.history.alias(walk.name(other), walk.name(key))
            if met := self.frontier.get(walk.id, key):
                self.frontier.put(walk.id, other, met)

    def is_none(self, walk: Walk, url: str) -> bool:
        """Whether an earlier run found that an address is no article's, and this one need not look again."""
        if self.history is None or self.history.again or not walk.site.has_aliases:
            return False
        names = (walk.name(walk.site.key(spelled)) for spelled in forms.spellings(url))
        return any(self.history.article_of(name) is None for name in names)

    def recall(self, walk: Walk, key: str) -> Known | None:
        """An article that earlier runs emitted and this one need not."""
        known = self.history.recall(walk.name(key)) if self.history else None
        due = known is not None and self.history is not None and self.history.is_due(known)
        return known if decisions.is_known(known, due=due) else None

    def is_unchanged(self, walk: Walk, key: str) -> bool:
        """Whether an earlier run's listing showed an article, and it is, as far as this one knows, as it was then."""
        return decisions.is_unchanged(self.recall(walk, key), changed=walk.name(key) in self.changed)

    def is_listed(self, walk: Walk, url: str) -> bool:
        """Whether a listing of this run showed an article."""
        met = self.frontier.get(walk.id, self.key(walk, url))
        return met is not None and met.listed

    def was_known(self, walk: Walk, url: str) -> bool:
        """Whether the last complete run, or one before it, had met an article."""
        if self.history is None or self.history.complete is None:
            return False
        return self.history.was_known(walk.name(self.key(walk, url)))

    def list(self, walk: Walk, url: str, page: int, source: int, *, older: bool) -> Fate:
        """Take up an article that a listing page shows, unless it is ``older``; ``LISTED`` if one was that before.

        ``source`` is the listing page's number among the sources.
        """
        key = self.key(walk, url)
        met = self.frontier.get(walk.id, key)
        if met and met.listed:
            return Fate.LISTED
        walk.met = True
        self._counts.shown += 1
        if met is None:
            self._counts.found += 1
        if older:
            self._counts.older += 1
            self.frontier.put(walk.id, key, (met or _UNMET)._replace(listed=True))
            return Fate.OLDER
        self._reach(walk, url, 0, page, source, counted=True)
        return self._fate(walk, key)

    def _fate(self, walk: Walk, key: str) -> Fate:
        """What becomes of an article that was met just now."""
        met = self.frontier.get(walk.id, key)
        if met is None or met.hop is None:
            return Fate.BEYOND_HOPS
        if met.settled:
            return Fate.KNOWN
        return Fate.KNOWN_AGAIN if self.recall(walk, key) else Fate.NEW

    def is_read_here(self, walk: Walk) -> bool:
        """Whether this process reads a walk's listings from the start."""
        return True

    def next(self, most: int) -> Iterator[Visit]:
        """The articles that have waited longest, up to so many; what was found is committed before."""
        self.save()
        for _ in range(most):
            visit = self.frontier.pop()
            if visit is None:
                return
            yield visit

    def unchanged(self, walk: Walk, visit: Visit) -> None:
        """The server said that an article is as it was."""
        if self.history:
            self.history.unchanged(walk.name(visit.key))
        self.follow(walk, visit.key)

    def gone(self, walk: Walk, visit: Visit) -> None:
        """The publisher took an article away that an earlier run emitted, or that no listing shows any more."""
        if self.history:
            self.history.take_away(walk.name(visit.key))

    def is_emitted(self, walk: Walk, visit: Visit) -> bool:
        """Whether an earlier run emitted the article of a visit."""
        return self.history is not None and self.history.recall(walk.name(visit.key)) is not None

    def taken_away(self, walk: Walk, visit: Visit, page: str = "") -> None:
        """At an emitted article's address is something else now; :meth:`conclude` tells whether that is believed.

        ``page`` stands for it, as in :meth:`skip`.
        """
        self._skipped.taken.append((walk, visit, page))
        self._counts.gone += 1

    def answered(self, walk: Walk, visit: Visit, key: str) -> None:
        """A visit's page is the article of a ``key``, which need not be asked for at another address."""
        met = self.frontier.get(walk.id, visit.key)
        if key != visit.key and met:
            self.frontier.put(walk.id, key, met)

    def failed(self, walk: Walk, visit: Visit, reason: str) -> None:
        """An article that was asked for came to nothing."""

    def died(self, walk: Walk, visit: Visit, reason: str) -> bool:
        """Note that an article came to nothing; whether its link was dead before, so that nobody need be told."""
        if not self.history:
            return False
        name, history = walk.name(visit.key), self.history
        dead = decisions.is_dead(reason, history.failing(name), history.run, history.believed_before)
        history.fail(name, reason)
        if dead:
            self._counts.die(reason)
        return dead

    def follow(self, walk: Walk, key: str, next_url: str | None = None, source: int = 0) -> Fate | None:
        """The Next Story of an article, as its page gives it or, without ``next_url``, as it was before.

        What becomes of it, if there is one.
        """
        met = self.frontier.get(walk.id, key)
        if met is None or met.hop is None:
            return None
        if next_url and next_url != met.next_url:
            self.frontier.put(walk.id, key, met._replace(next_url=next_url))
        following = next_url or met.next_url
        if not following:
            return None
        key = self.key(walk, following)
        is_met = self.frontier.get(walk.id, key) is not None
        self._reach(walk, following, met.hop + 1, 0, source)
        self.save()  # before the article itself is emitted, which a dead run's file may show
        return Fate.LISTED if is_met else self._fate(walk, key)

    def save(self) -> None:
        """Commit what was found. Nothing is asked for before."""
        if self.history:
            self.history.save_found()

    def start(self, walk: Walk, url: str, source: int = 0) -> Fate:
        """An article to begin with."""
        self._counts.shown += 1
        self._reach(walk, url, 0, 0, source)
        return self._fate(walk, self.key(walk, url))

    def _reach(
        self, walk: Walk, url: str | None, hop: int, page: int = 0, source: int = 0, *, counted: bool = False
    ) -> None:
        """Ask for an article met ``hop`` links beyond the listings; carry a shorter way onward.

        An article that was met before by a longer way is not asked for again, but what follows
        it may now be within ``hops``.
        """
        while url and hop <= self.hops:
            key = self.key(walk, url)
            met = self.frontier.get(walk.id, key) or _UNMET
            if not decisions.is_shorter(hop, met):
                return
            walk.met = True
            if decisions.is_first_met(met) and not counted:
                self._counts.found += 1
            under_way = decisions.is_under_way(met)
            met = met._replace(hop=hop, listed=met.listed or hop == 0)
            met = self._meet(walk, Visit(walk.id, key, url, page, False, source), met, under_way=under_way)
            if not under_way and not met.settled:
                return  # its page will tell what follows
            url, hop, page, source, counted = met.next_url, hop + 1, 0, 0, False

    def _meet(self, walk: Walk, visit: Visit, met: Met, *, under_way: bool) -> Met:
        """Note that an article was met, and look at it if that is still to be done."""
        if under_way and met.hop == 0:
            self._note(walk, visit.url, visit.key, listed=True)  # a chain met it first
        if decisions.is_looked_at(met, under_way=under_way):
            met = self._look(walk, visit, met)
        self.frontier.put(walk.id, visit.key, met)
        return met

    def _look(self, walk: Walk, visit: Visit, met: Met) -> Met:
        """Let an article wait to be asked for, unless it is known and need not be looked at again."""
        key, url = visit.key, visit.url
        walk.taken += 1
        known = self.recall(walk, key)
        if known and known.next_path:
            # What a known article linked to is known too.
            met = met._replace(next_url=urljoin(walk.site.origin, known.next_path))
        again = known is not None and self._looks_again(known, met.hop or 0)
        settled = decisions.is_settled(known, looked_at_again=again)
        self._counts.settled += settled - met.settled
        if not settled:
            self.frontier.wait(visit._replace(known=known is not None))
        if not settled or (known and met.hop == 0 and not known.listed):
            self._note(walk, url, key, listed=met.hop == 0)
        return met._replace(settled=settled)

    def _note(self, walk: Walk, url: str, key: str, *, listed: bool) -> None:
        if self.history:
            self.history.found(walk.name(key), path_of(url), walk.section, listed)

    def _looks_again(self, known: Known, hop: int) -> bool:
        """Whether to look again at a known story, of which a run has as many as it may."""
        since = self.history.recheck_since if self.history else ""
        if self._rechecks <= 0 or not decisions.is_young(known, hop, since):
            return False
        self._rechecks -= 1
        return True

    def revisit(self, walks: Iterable[Walk], source: int = 0) -> Iterator[tuple[str, Fate]]:
        """Take up what earlier runs found and did not emit; in a run with news, young stories too.

        Gives the address and fate of each that is asked for.
        """
        for walk in walks:
            for name, path, emitted in self.history.revisits(walk.section) if self.history else []:
                url = self._revisit(walk, name, path, source, emitted=emitted)
                if url is not None:
                    yield url, Fate.KNOWN_AGAIN if emitted else Fate.NEW

    def _revisit(self, walk: Walk, name: str, path: str, source: int, *, emitted: bool) -> str | None:
        """Take up an article, by its name and path; its address, if it is asked for."""
        key, url = name.removeprefix(walk.name("")), walk.site.url(path)
        met = self.frontier.get(walk.id, key)
        if walk.name(key) != name or url is None or (met and not met.settled):
            return None
        known = self.recall(walk, key)
        is_young_news = emitted and known is not None and self.has_news and self._looks_again(known, 0)
        if not decisions.is_revisited(emitted=emitted, is_young_news=is_young_news):
            return None
        self._ask_again(walk, key, url, met, source)
        return url

    def _ask_again(self, walk: Walk, key: str, url: str, met: Met | None, source: int = 0) -> None:
        walk.taken += 1
        if met:
            self._counts.settled -= 1
        else:
            self._counts.found += 1
        # It is looked at for itself: no chain begins here.
        self.frontier.put(walk.id, key, (met or _UNMET)._replace(hop=self.hops, settled=False))
        self.frontier.wait(Visit(walk.id, key, url, 0, known=True, source=source))

    def skip(self, walk: Walk, visit: Visit, *, certain: bool, page: str = "") -> None:
        """A page that was asked for is no article; ``certain``: it says so of its own address.

        ``page`` stands for it, where several addresses may have one and the same.
        """
        walk.skipped += 1
        self._counts.skipped += 1
        self._counts.found -= 1
        if page:
            self._skipped.pages.setdefault(page, []).append((walk, visit))
        if not self.history:
            return
        name, much = walk.name(visit.key), forms.weigh(visit.url, walk.section) == forms.MUCH
        old = "" < self.history.first_seen(name) < self.history.believed_before
        later = decisions.after_skipping(certain=certain, much=much, old=old)
        if later is decisions.Later.NEVER_ASK:
            self._skipped.none.append((walk, visit))
        elif later is decisions.Later.IF_LISTED:
            self.history.put_aside(name)

    def conclude(self) -> None:
        """At a run's end: what the pages that are no articles mean, beside one another and beside the articles."""
        skipped, self._skipped = self._skipped, Skips()
        read = self._counts.read
        for visits in skipped.pages.values():
            much = all(forms.weigh(visit.url, walk.section) == forms.MUCH for walk, visit in visits)
            if decisions.is_same_page(len(visits), much=much):
                self._counts.same_page += sum(not self.died(*of, SAME_PAGE) for of in visits)
        believed = decisions.are_taken_away(len(skipped.taken), read)
        for walk, visit, page in skipped.taken:
            if believed and page not in skipped.pages:
                self.gone(walk, visit)
            else:  # new stories' addresses have that page, too
                self._counts.gone -= 1
                self._counts.same_page += not self.died(walk, visit, SAME_PAGE)
        if decisions.are_believed(self._counts.skipped, read):
            self._believe(skipped)

    def _believe(self, skipped: Skips) -> None:
        """Let later runs not ask for pages that said of themselves that they are no articles."""
        if self.history:
            for walk, visit in skipped.none:
                self.history.alias(walk.name(visit.key), None)

    def condition(self, walk: Walk, key: str) -> dict[str, str]:
        """Headers that ask for a known article only if it has changed (RFC 9110, 13.1); none if it has to be sent."""
        known = self.recall(walk, key)
        validators = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
        return {name: value for name, value in validators.items() if value}


SAME_PAGE = "one and the same page as at other addresses"


@dataclass
class Skips:
    """Visits whose pages are no articles: by what stands for the page; of emitted articles; and those believed."""

    pages: dict[str, list[tuple[Walk, Visit]]] = field(default_factory=dict)
    taken: list[tuple[Walk, Visit, str]] = field(default_factory=list)
    none: list[tuple[Walk, Visit]] = field(default_factory=list)


_UNMET = Met(None, listed=False, settled=False, next_url=None)
