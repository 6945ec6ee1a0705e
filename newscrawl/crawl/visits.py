"""Which articles a run asks for, and on what condition."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial, wraps
from typing import ClassVar, Concatenate, ParamSpec, TypeVar
from urllib.parse import urljoin

from newscrawl.addresses import forms
from newscrawl.crawl import decisions
from newscrawl.crawl.counts import Counts
from newscrawl.crawl.sources import Fate
from newscrawl.crawl.walk import Walk
from newscrawl.history import Known
from newscrawl.history.durable import paragraph_hash, path_of
from newscrawl.store import Met, SQLiteStore, Store, Visit

T = TypeVar("T")
P = ParamSpec("P")
_AT_ONCE = 200  # articles of one change, during which nobody else is served


def change(verb: Callable[Concatenate[Visits, P], T]) -> Callable[Concatenate[Visits, P], T]:
    """A decision that is one change of the store, or part of one."""

    @wraps(verb)
    def one(self: Visits, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.store.do(lambda: verb(self, *args, **kwargs))

    return one


class Visits:
    """Decides with what a crawl remembers: new stories always, known ones while they are young.

    ``hops`` is how far a chain is followed beyond the listings, ``rechecks`` how many known stories are looked at
    again at most.
    """

    #: Whether a page can be held until another one is read.
    holds_pages: ClassVar[bool] = True

    def __init__(self, hops: int, rechecks: int, counts: Counts):
        self.hops = hops
        self._rechecks = rechecks
        self._counts = counts
        #: Hashes of the articles that this process's listings showed, where others may read listings, too.
        self._listed: set[int] = set()

    @cached_property
    def store(self) -> Store:
        """What this crawl remembers, and what others do of it: nothing, unless another one was put in its place."""
        return SQLiteStore()

    # What is known of an address --------------------------------------------------

    def key(self, walk: Walk, url: str) -> str:
        """What tells an article from others, at whichever of its addresses that earlier runs have met."""
        site = walk.site
        if not site.has_aliases:
            return site.key(url)
        keys = [site.key(spelled) for spelled in forms.spellings(url)]
        for key in dict.fromkeys((site.key(url), *keys)):
            if self.store.met(walk.id, key):
                return key
            if met := self._met_earlier(walk, key):
                return met
        return keys[0]

    def _met_earlier(self, walk: Walk, key: str) -> str | None:
        """The key of the article that earlier runs met by a key, if they did."""
        article = self.store.article_of(walk.name(key))
        if article is None:
            return key
        found = article.removeprefix(walk.name(""))
        return found if found != key or self.store.is_found(article) else None

    def emitted_at(self, walk: Walk, url: str) -> str | None:
        """The key of an article that earlier runs emitted and that is at an address, however that is spelled."""
        for spelled in forms.spellings(url) if self.store.is_kept else ():
            key = self._met_earlier(walk, walk.site.key(spelled))
            if key and self.store.recall(walk.name(key)):
                return key
        return None

    def is_met(self, walk: Walk, url: str) -> bool:
        """Whether this run has met an article at an address."""
        return self.store.met(walk.id, self.key(walk, url)) is not None

    def tells_known(self, walk: Walk, key: str, headline: str, body: str) -> bool:
        """Whether a text is a version of an emitted article's."""
        return self.store.tells(walk.name(key), headline, paragraph_hash(body))

    def known_alike(self, walk: Walk, headline: str, body: str) -> list[tuple[str, str]]:
        """Keys and addresses of emitted articles of this site with the same headline, or longest paragraph."""
        rows = self.store.alike(walk.site.name, headline, paragraph_hash(body))
        found = [(name.removeprefix(walk.name("")), walk.site.url(path)) for name, path in rows]
        return [(key, url) for key, url in found if url]

    def is_none(self, walk: Walk, url: str) -> bool:
        """Whether an earlier run found that an address is no article's, and this one need not look again."""
        if not self.store.is_kept or self.store.again or not walk.site.has_aliases:
            return False
        names = (walk.name(walk.site.key(spelled)) for spelled in forms.spellings(url))
        return any(self.store.article_of(name) is None for name in names)

    def recall(self, walk: Walk, key: str) -> Known | None:
        """An article that earlier runs emitted and this one need not."""
        known = self.store.recall(walk.name(key))
        return known if decisions.is_known(known, due=known is not None and self.store.is_due(known)) else None

    def is_unchanged(self, walk: Walk, url: str) -> bool:
        """Whether an earlier run's listing showed an article, and it is, as far as this one knows, as it was then."""
        key = self.key(walk, url)
        return decisions.is_unchanged(self.recall(walk, key), changed=self.store.is_news(walk.name(key)))

    def is_listed(self, walk: Walk, url: str) -> bool:
        """Whether a listing of this run showed an article; one that this process read, where others read some, too."""
        key = self.key(walk, url)
        if self.store.worker:
            return hash((walk.id, key)) in self._listed
        met = self.store.met(walk.id, key)
        return met is not None and met.listed

    def was_known(self, walk: Walk, url: str) -> bool:
        """Whether the last complete run, or one before it, had met an article."""
        return self.store.complete is not None and self.store.was_known(walk.name(self.key(walk, url)))

    def is_emitted(self, walk: Walk, visit: Visit) -> bool:
        """Whether an earlier run emitted the article of a visit."""
        return self.store.recall(walk.name(visit.key)) is not None

    def each(self, walk: Walk, urls: Sequence[str], question: Callable[[Walk, str], T]) -> list[T]:
        """The answers to a question about each of some articles, which are looked up together."""
        answers: list[T] = []
        for start in range(0, len(urls), _AT_ONCE):
            some = urls[start : start + _AT_ONCE]
            self._expect(walk, self._keys(walk, some))
            answers += self.store.do(partial(_each, walk, some, question))
        return answers

    # What is found ----------------------------------------------------------------

    def list(self, walk: Walk, url: str, page: int, source: int, *, older: bool) -> Fate:
        """Take up an article that a listing page shows, unless it is ``older``; ``LISTED`` if one was that before.

        ``source`` is the listing page's number among the sources.
        """
        return self.list_all(walk, [(url, older)], page, source)[0]

    def list_all(self, walk: Walk, links: Sequence[tuple[str, bool]], page: int, source: int) -> Sequence[Fate]:
        """The same of a page's articles: addresses, and whether each is older than asked for."""
        fates: list[Fate] = []
        self._teach(walk)
        for start in range(0, len(links), _AT_ONCE):
            some = links[start : start + _AT_ONCE]
            self._expect(walk, self._keys(walk, (url for url, _ in some)))
            listed = self.store.do(partial(self._list_some, walk, some, page, source))
            fates += self._as_read_here(walk, listed) if self.store.worker else (fate for _, fate in listed)
        return fates

    def _list_some(
        self, walk: Walk, links: Sequence[tuple[str, bool]], page: int, source: int
    ) -> Sequence[tuple[str, Fate]]:
        return [self._list(walk, url, page, source, older=older) for url, older in links]

    def _as_read_here(self, walk: Walk, listed: Sequence[tuple[str, Fate]]) -> Iterator[Fate]:
        """The fates, as this process's listings have shown the articles: those of a dead reader are read once more."""
        for key, fate in listed:
            article = hash((walk.id, key))
            yield Fate.SHARED if fate is Fate.LISTED and article not in self._listed else fate
            self._listed.add(article)

    def _keys(self, walk: Walk, urls: Iterable[str]) -> Iterator[str]:
        """The keys that articles may have been met by, for a store that looks them up together."""
        spelled = forms.spellings if walk.site.has_aliases else (lambda url: ())
        yield from dict.fromkeys(walk.site.key(one) for url in urls for one in (url, *spelled(url)))

    def _expect(self, walk: Walk, keys: Iterable[str]) -> None:
        self.store.expect((walk.id, key, walk.name(key)) for key in keys)

    def _list(self, walk: Walk, url: str, page: int, source: int, *, older: bool) -> tuple[str, Fate]:
        key = self.key(walk, url)
        met = self.store.met(walk.id, key)
        if met and met.listed:
            return key, Fate.LISTED
        walk.met = True
        self._counts.shown += 1
        if met is None:
            self._counts.found += 1
        if older:
            self._counts.older += 1
            self.store.meet(walk.id, key, (met or _UNMET)._replace(listed=True))
            return key, Fate.OLDER
        self._reach(walk, url, 0, page, source, counted=True, key=key)
        return key, self._fate(walk, key)

    def _fate(self, walk: Walk, key: str) -> Fate:
        """What becomes of an article that was met just now."""
        met = self.store.met(walk.id, key)
        if met is None or met.hop is None:
            return Fate.BEYOND_HOPS
        if met.settled:
            return Fate.KNOWN
        return Fate.KNOWN_AGAIN if self.recall(walk, key) else Fate.NEW

    def start(self, walk: Walk, url: str, source: int = 0) -> Fate:
        """An article to begin with."""
        self._teach(walk)
        return self.store.do(partial(self._start, walk, url, source))

    def _teach(self, walk: Walk) -> None:
        """Let other workers know what the listings have taught before they are given what these list."""
        if self.store.worker:
            self.store.learn(walk.id, json.dumps(walk.learned(), sort_keys=True))

    def _start(self, walk: Walk, url: str, source: int) -> Fate:
        self._counts.shown += 1
        self._reach(walk, url, 0, 0, source)
        return self._fate(walk, self.key(walk, url))

    def follow(self, walk: Walk, key: str, next_url: str | None = None, source: int = 0) -> Fate | None:
        """The Next Story of an article, as its page gives it or, without ``next_url``, as it was before.

        What becomes of it, if there is one.
        """
        if next_url:
            self._expect(walk, [key, walk.site.key(next_url)])
        fate = self.store.do(partial(self._follow, walk, key, next_url, source))
        self.store.save_found()  # before the article itself is emitted, which a dead run's file may show
        return fate

    def _follow(self, walk: Walk, key: str, next_url: str | None, source: int = 0) -> Fate | None:
        met = self.store.met(walk.id, key)
        if met is None or met.hop is None:
            return None
        if next_url and next_url != met.next_url:
            self.store.meet(walk.id, key, met._replace(next_url=next_url))
        following = next_url or met.next_url
        if not following:
            return None
        key = self.key(walk, following)
        is_met = self.store.met(walk.id, key) is not None
        self._reach(walk, following, met.hop + 1, 0, source, key=key)
        return Fate.LISTED if is_met else self._fate(walk, key)

    def _reach(
        self,
        walk: Walk,
        url: str | None,
        hop: int,
        page: int = 0,
        source: int = 0,
        *,
        counted: bool = False,
        key: str = "",
    ) -> None:
        """Ask for an article met ``hop`` links beyond the listings; carry a shorter way onward.

        ``key`` is its key, where that is known already.

        An article that was met before by a longer way is not asked for again, but what follows
        it may now be within ``hops``.
        """
        while url and hop <= self.hops:
            key = key or self.key(walk, url)
            met = self.store.met(walk.id, key) or _UNMET
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
            url, hop, page, source, counted, key = met.next_url, hop + 1, 0, 0, False, ""

    def _meet(self, walk: Walk, visit: Visit, met: Met, *, under_way: bool) -> Met:
        """Note that an article was met, and look at it if that is still to be done."""
        if under_way and met.hop == 0:
            self._note(walk, visit.url, visit.key, listed=True)  # a chain met it first
        if decisions.is_looked_at(met, under_way=under_way):
            met = self._look(walk, visit, met)
        self.store.meet(walk.id, visit.key, met)
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
            self.store.wait(visit._replace(known=known is not None))
        if not settled or (known and met.hop == 0 and not known.listed):
            self._note(walk, url, key, listed=met.hop == 0)
        return met._replace(settled=settled)

    def _note(self, walk: Walk, url: str, key: str, *, listed: bool) -> None:
        self.store.found(walk.name(key), path_of(url), walk.section, listed=listed)

    def _looks_again(self, known: Known, hop: int) -> bool:
        """Whether to look again at a known story, of which a run has as many as it may."""
        return decisions.is_young(known, hop, self.store.recheck_since) and self._may_recheck()

    def _may_recheck(self) -> bool:
        if self.store.added(_RECHECKS, "") >= self._rechecks:
            return False
        self.store.add(_RECHECKS, "")
        return True

    # What is asked for ------------------------------------------------------------

    def next(self, most: int) -> Iterable[Visit]:
        """The articles that have waited longest, up to so many; what was found is committed before."""
        return self.store.take(most)

    def condition(self, walk: Walk, key: str) -> dict[str, str]:
        """Headers that ask for a known article only if it has changed (RFC 9110, 13.1); none if it has to be sent."""
        known = self.recall(walk, key)
        validators = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
        return {name: value for name, value in validators.items() if value}

    @change
    def look_where_it_leads(self, walk: Walk, key: str, url: str) -> bool:
        """Ask for a known article, if this run has not; whether it does for this alone."""
        met = self.store.met(walk.id, key)
        if (met and not met.settled) or not self._may_recheck():
            return False
        self._ask_again(walk, Visit(walk.id, key, url, 0, known=True, check=True), met)
        return True

    @change
    def moved(self, walk: Walk, key: str, urls: Iterable[str]) -> None:
        """A known article is at other addresses now."""
        for other in {walk.site.key(url) for url in urls} - {key}:
            self.store.alias(walk.name(other), walk.name(key))
            if met := self.store.met(walk.id, key):
                self.store.meet(walk.id, other, met)

    def revisit(self, walks: Iterable[Walk], source: int = 0) -> Iterator[tuple[str, Fate]]:
        """Take up what earlier runs found and did not emit; in a run with news, young stories too.

        Gives the address and fate of each that is asked for.
        """
        for walk in walks:
            rows = self.store.revisits(walk.section)
            for start in range(0, len(rows), _AT_ONCE):
                some = rows[start : start + _AT_ONCE]
                self._expect(walk, (name.removeprefix(walk.name("")) for name, _, _ in some))
                yield from self.store.do(partial(self._revisit_all, walk, some, source))

    def _revisit_all(
        self, walk: Walk, rows: Sequence[tuple[str, str, bool]], source: int
    ) -> Sequence[tuple[str, Fate]]:
        found = []
        for name, path, emitted in rows:
            url = self._revisit(walk, name, path, source, emitted=emitted)
            if url is not None:
                found.append((url, Fate.KNOWN_AGAIN if emitted else Fate.NEW))
        return found

    def _revisit(self, walk: Walk, name: str, path: str, source: int, *, emitted: bool) -> str | None:
        """Take up an article, by its name and path; its address, if it is asked for."""
        key, url = name.removeprefix(walk.name("")), walk.site.url(path)
        met = self.store.met(walk.id, key)
        if walk.name(key) != name or url is None or (met and not met.settled):
            return None
        known = self.recall(walk, key)
        is_young_news = emitted and known is not None and self.store.has_news and self._looks_again(known, 0)
        if not decisions.is_revisited(emitted=emitted, is_young_news=is_young_news):
            return None
        self._ask_again(walk, Visit(walk.id, key, url, 0, known=True, source=source), met)
        return url

    def _ask_again(self, walk: Walk, visit: Visit, met: Met | None) -> None:
        walk.taken += 1
        if met:
            self._counts.settled -= 1
        else:
            self._counts.found += 1
        # It is looked at for itself: no chain begins here.
        self.store.meet(walk.id, visit.key, (met or _UNMET)._replace(hop=self.hops, settled=False))
        self.store.wait(visit)

    # What became of it --------------------------------------------------------------

    @change
    def unchanged(self, walk: Walk, visit: Visit) -> None:
        """The server said that an article is as it was."""
        self._counts.not_modified += 1
        self.store.unchanged(walk.name(visit.key))
        self._follow(walk, visit.key, None)
        self.store.end(visit)

    @change
    def gone(self, walk: Walk, visit: Visit) -> None:
        """The publisher took an article away that an earlier run emitted, or that no listing shows any more."""
        self._counts.gone += 1
        self.store.take_away(walk.name(visit.key))
        self.store.end(visit)

    @change
    def taken_away(self, walk: Walk, visit: Visit, page: str = "") -> None:
        """At an emitted article's address is something else now; :meth:`conclude` tells whether that is believed.

        ``page`` stands for it, as in :meth:`skip`.
        """
        self._counts.gone += 1
        self.store.keep(_TAKEN, [*visit, page])
        self.store.end(visit)

    @change
    def is_same(self, visit: Visit) -> None:
        """A visit's address leads to another one, which is asked for besides."""
        self._counts.found -= 1
        self.store.end(visit)

    @change
    def answered(self, walk: Walk, visit: Visit, key: str) -> None:
        """A visit's page is the article of a ``key``, which need not be asked for at another address."""
        if key != visit.key and (met := self.store.met(walk.id, visit.key)):
            self.store.meet(walk.id, key, met)

    @change
    def fails(self, walk: Walk, visit: Visit, reason: str) -> bool:
        """An article came to nothing. Whether its link was dead before, so that nobody need be told."""
        name, store = walk.name(visit.key), self.store
        dead = store.is_kept and decisions.is_dead(reason, store.failing(name), store.run, store.believed_before)
        store.fail(name, reason)
        if dead:
            self._counts.die(reason)
        elif reason != SAME_PAGE:
            self._counts.fail(reason)
        store.end(visit)
        return dead

    @change
    def skip(self, walk: Walk, visit: Visit, *, certain: bool, page: str = "") -> None:
        """A page that was asked for is no article; ``certain``: it says so of its own address.

        ``page`` stands for it, where several addresses may have one and the same.
        """
        walk.skipped += 1
        self._counts.skipped += 1
        self._counts.found -= 1
        if page:
            self.store.keep(_SKIPPED, [*visit, page])
        name, much = walk.name(visit.key), forms.weigh(visit.url, walk.section) == forms.MUCH
        old = "" < self.store.first_seen(name) < self.store.believed_before
        later = decisions.after_skipping(certain=certain, much=much, old=old)
        if later is decisions.Later.NEVER_ASK:
            self.store.keep(_NONE, name)
        elif later is decisions.Later.IF_LISTED:
            self.store.put_aside(name)
        self.store.end(visit)

    @change
    def conclude(self, walks: Mapping[str, Walk], read: int, skipped: int) -> None:
        """At a run's end: what the pages that are no articles mean, beside one another and beside the articles.

        ``read`` and ``skipped`` are how many articles, and other pages, all workers have read.
        """
        pages: dict[str, list[Visit]] = {}
        for *of, page in self.store.kept(_SKIPPED):
            pages.setdefault(page, []).append(Visit(*of))
        for visits in pages.values():
            much = all(forms.weigh(visit.url, walks[visit.walk].section) == forms.MUCH for visit in visits)
            if decisions.is_same_page(len(visits), much=much):
                for visit in visits:
                    self._count_same_page(walks[visit.walk], visit)
        taken = [(Visit(*of), page) for *of, page in self.store.kept(_TAKEN)]
        believed = decisions.are_taken_away(len(taken), read)
        for visit, page in taken:
            self._counts.gone -= 1
            if believed and page not in pages:
                self.gone(walks[visit.walk], visit)
            else:  # new stories' addresses have that page, too
                self._count_same_page(walks[visit.walk], visit)
        none = self.store.kept(_NONE)
        if decisions.are_believed(skipped, read):
            for name in none:  # let later runs not ask for pages that said of themselves that they are no articles
                self.store.alias(name, None)

    def _count_same_page(self, walk: Walk, visit: Visit) -> None:
        self._counts.same_page += not self.fails(walk, visit, SAME_PAGE)


def _each(walk: Walk, urls: Sequence[str], question: Callable[[Walk, str], T]) -> list[T]:
    return [question(walk, url) for url in urls]


SAME_PAGE = "one and the same page as at other addresses"
_UNMET = Met(None, listed=False, settled=False, next_url=None)
#: Kinds of what is counted and kept in the store: visits with what stands for their pages, and names.
_RECHECKS = "rechecks"
_SKIPPED, _TAKEN, _NONE = "skipped", "taken away", "none"
