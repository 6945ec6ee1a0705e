"""Which story a page tells: whether its canonical address is its own, and whether it is a known one that has moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from newscrawl.addresses.forms import are_alike, have_one_id, is_respelled, is_variant, spellings
from newscrawl.article.item import Article
from newscrawl.crawl.walk import Walk
from newscrawl.store import Text, Visit

if TYPE_CHECKING:
    from newscrawl.crawl.visits import Visits

_MOST_HELD = 200  # articles that wait for what another page says, some 10 KB each
_PERMANENT = {301, 308}
#: By site, pages that call another address canonical, and those of them that are known to be wrong.
_CLAIMING, _WRONG = "claiming", "wrong"
#: By a canonical address: the text of the first page that claims it; and whether others with other texts do, too.
_CLAIMED, _CONTRADICTED = "claimed", "contradicted"
#: Where a known article's address led to; "": nothing is there.
_LEADS = "leads"


@dataclass(slots=True)
class Told:
    """An article that a visit's page tells, at its ``own`` address: where the answer came from, by which redirects.

    ``answer`` is what the crawl needs to emit it.
    """

    walk: Walk
    visit: Visit
    article: Article
    own: str
    redirects: tuple[int, ...]
    answer: Any
    is_held: bool = False

    @property
    def text(self) -> Text:
        return Text.of(self.article.headline, self.article.body)

    @property
    def canonical_key(self) -> str:
        return self.walk.site.key(self.article.url)

    @property
    def is_redirected(self) -> bool:
        return bool(self.redirects) and not _same(self.own, self.visit.url)

    def take(self, url: str, key: str) -> None:
        """Be the article of a key, at an address."""
        self.article.url, self.article.id = url, key

    def take_own(self) -> None:
        """Be the article of the page's own address."""
        self.take(self.own, self.walk.site.key(self.own))


class Stories:
    """Gives each page's article the address and id that are its own, and holds it until that is known.

    A page that calls another address canonical is believed unless a page at that address, or another one with the same
    canonical address, tells another story: with another headline and another body. Where most of a site's pages are
    wrong, none is believed of an address that nobody has seen. An unknown article with the headline or the longest
    paragraph of a known one may be that one at a new address: the old one is asked.
    """

    def __init__(self, visits: Visits):
        self._visits = visits
        #: By the name of a canonical address, those that claim it; by that of a known article, those that may be it.
        self._claims: dict[str, list[Told]] = {}
        self._moves: dict[str, list[Told]] = {}

    def tell(self, told: Told) -> list[Told]:
        """Take an article that was read; those that can be emitted now, maybe this one."""
        if not told.walk.site.has_aliases or not (told.article.headline and told.article.body):
            return [told]
        if self._visits.is_emitted(told.walk, told.visit):
            found = self._known(told)
            return found + self.ended(told.walk, told.visit, told.own)
        if _same(told.article.url, told.own) or is_variant(told.article.url, told.own):
            return self._at_its_own(told)
        return self._of_its_own(told) + self._claim(told)

    # Of a known article's address -----------------------------------------------------

    def _known(self, told: Told) -> list[Told]:
        key, walk = told.visit.key, told.walk
        there = self._visits.emitted_at(walk, told.article.url)
        if key in (there, told.canonical_key):
            told.article.id = key
            return [told, *self._settle(told)]
        if not told.is_redirected:
            self._visits.store.add(_CLAIMING, walk.site.name)
            self._visits.store.add(_WRONG, walk.site.name, int(there is not None))
            told.take(told.own, key)
        elif there or not self._has_moved(told):
            self._visits.taken_away(walk, told.visit)
            return []
        else:
            self._move(told, key)
        return [told]

    def _has_moved(self, told: Told) -> bool:
        """Whether a known article's address led to the same story at another address, and not to another one."""
        if self._visits.tells_known(told.walk, told.visit.key, told.article.headline, told.article.body):
            return True
        if not _PERMANENT.issuperset(told.redirects):
            return False
        return are_alike(told.visit.url, told.own) or not self._visits.is_met(told.walk, told.own)

    def _move(self, told: Told, key: str) -> None:
        """Let a known article be at the address that its page was read at."""
        url = told.article.url if _same(told.article.url, told.own) else told.own
        told.take(url, key)
        self._visits.moved(told.walk, key, {told.own, url})

    # Of an unknown article's address ----------------------------------------------------

    def _at_its_own(self, told: Told) -> list[Told]:
        settled = self._settle(told)
        there = self._visits.emitted_at(told.walk, told.article.url)
        if there:
            told.article.id = there
        elif (held := self._may_be_known(told)) is not None:
            return [*settled, *held]
        return [told, *settled]

    def _settle(self, told: Told) -> list[Told]:
        """A canonical address has answered: those that claim it are its, or tell another story."""
        name = told.walk.name(told.canonical_key)
        self._visits.store.tell(name, told.text)
        claims = self._claims.pop(name, [])
        for one in claims:
            self._decide(one, told.text)
        return claims

    def _of_its_own(self, told: Told) -> list[Told]:
        """Those that claim the address of a page that calls another one canonical, and tell another story."""
        name = told.walk.name(told.walk.site.key(told.own))
        self._visits.store.tell(name, told.text)
        claims = self._claims.pop(name, [])
        if same := [one for one in claims if not told.text.contradicts(one.text)]:
            self._claims[name] = same
        others = [one for one in claims if told.text.contradicts(one.text)]
        for one in others:
            self._decide(one, told.text)
        return others

    def _may_be_known(self, told: Told) -> list[Told] | None:
        """Hold an article that may be a known one at a new address; ``None``: it is none. What is let go in turn."""
        article = told.article
        for key, url in self._visits.known_alike(told.walk, article.headline, article.body):
            is_one = is_respelled(url, told.own) or have_one_id(url, told.own)
            if is_one and self._visits.tells_known(told.walk, key, "", article.body):
                article.id = key
                return [told]
            name = told.walk.name(key)
            self._visits.look_where_it_leads(told.walk, key, url)
            return self._held(self._moves, name, told)
        return None

    def _claim(self, told: Told) -> list[Told]:
        """A page calls another address canonical."""
        name = told.walk.name(told.canonical_key)
        believed = self._visits.store.do(partial(self._is_believed, told, name))
        if believed is None:
            return self._held(self._claims, name, told)
        if not believed:
            self._refute(told)
        return [told, *(() if believed else self._refuted(name))]

    def _is_believed(self, told: Told, name: str) -> bool | None:
        """Whether what a page calls canonical is its own; ``None``: nobody knows yet."""
        store, text = self._visits.store, told.text
        store.add(_CLAIMING, told.walk.site.name)
        if store.noted(_CONTRADICTED, name):
            return False
        if own := store.text(name):
            return not own.contradicts(text)
        if there := self._visits.emitted_at(told.walk, told.article.url):
            if self._visits.tells_known(told.walk, there, told.article.headline, told.article.body):
                told.article.id = there
                return True
            return False
        first = store.noted(_CLAIMED, name)
        if first is None:
            store.note(_CLAIMED, name, " ".join(text))
        elif Text(*first.split()).contradicts(text):
            store.note(_CONTRADICTED, name, "1")
            return False
        return None

    def _refuted(self, name: str) -> list[Told]:
        """Those that claim an address that several stories claim."""
        claims = self._claims.pop(name, [])
        for one in claims:
            self._refute(one)
        return claims

    def _decide(self, told: Told, text: Text) -> None:
        if text.contradicts(told.text):
            self._refute(told)

    def _refute(self, told: Told) -> None:
        """The address that a page calls canonical is another story's."""
        self._visits.store.add(_WRONG, told.walk.site.name)
        told.take_own()

    # What is held ---------------------------------------------------------------------

    def ended(self, walk: Walk, visit: Visit, leads_to: str | None) -> list[Told]:
        """A known article's address has answered; ``None``: nothing is there. Those that waited for that."""
        name = walk.name(visit.key)
        if walk.site.has_aliases and visit.known:
            self._visits.store.note(_LEADS, name, leads_to or "")
        return self._led(name, visit.key, leads_to)

    def _led(self, name: str, key: str, leads_to: str | None) -> list[Told]:
        waiting = self._moves.pop(name, [])
        for told in waiting:
            urls = (told.own, told.article.url, told.visit.url)
            moved = leads_to is not None and any(_same(leads_to, url) for url in urls)
            if moved or (leads_to is None and self._visits.tells_known(told.walk, key, "", told.article.body)):
                self._move(told, key)
        return waiting

    def heard(self) -> list[Told]:
        """Those that are held, and that other workers' pages have decided on since."""
        store, found = self._visits.store, []
        for name, claims in list(self._claims.items()):
            if store.noted(_CONTRADICTED, name):
                found += self._refuted(name)
            elif text := store.text(name):
                found += self._claims.pop(name)
                for one in claims:
                    self._decide(one, text)
        for name, moves in list(self._moves.items()):
            leads_to = store.noted(_LEADS, name)
            if leads_to is not None:
                found += self._led(name, name.removeprefix(moves[0].walk.name("")), leads_to or None)
        return found

    def release(self) -> list[Told]:
        """Nothing else is under way: what is still held is what it says it is."""
        held = [told for group in self._groups() for told in group]
        store = self._visits.store
        for name, claims in self._claims.items():
            store.tell(name, claims[0].text)
            for told in claims:
                site = told.walk.site.name
                if 2 * store.added(_WRONG, site) > store.added(_CLAIMING, site):
                    told.take_own()
        self._claims.clear()
        self._moves.clear()
        return held

    def _held(self, group: dict[str, list[Told]], name: str, told: Told) -> list[Told]:
        """Hold an article; where too many are, let those go that were held first."""
        group.setdefault(name, []).append(told)
        told.is_held = True
        self._visits.store.hold(told.visit, is_held=True)
        if sum(map(len, self._groups())) <= _MOST_HELD:
            return []
        groups = self._claims or self._moves
        name = next(iter(groups))
        if groups is self._claims:
            self._visits.store.tell(name, self._claims[name][0].text)
        return groups.pop(name)

    def _groups(self) -> Iterator[list[Told]]:
        yield from self._claims.values()
        yield from self._moves.values()


def _same(one: str, other: str) -> bool:
    """Whether two addresses are spellings of one."""
    return one == other or not set(spellings(one)).isdisjoint(spellings(other))
