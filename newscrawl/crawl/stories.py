"""Which story a page tells: whether its canonical address is its own, and whether it is a known one that has moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newscrawl.addresses.forms import are_alike, have_one_id, is_respelled, is_variant, spellings
from newscrawl.article.item import Article
from newscrawl.crawl.frontier import Text, Visit
from newscrawl.crawl.walk import Walk

if TYPE_CHECKING:
    from newscrawl.crawl.visits import Visits

_MOST_HELD = 200  # articles that wait for what another page says, some 10 KB each
_PERMANENT = {301, 308}


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
        self._contradicted: set[str] = set()
        #: By site: pages that call another address canonical, and those of them that are known to be wrong.
        self._claiming: Counter[str] = Counter()
        self._wrong: Counter[str] = Counter()
        #: Known articles that are asked only for where their addresses lead.
        self.checks: set[str] = set()

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
            self._claiming[walk.site.name] += 1
            self._wrong[walk.site.name] += there is not None
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
        self._visits.frontier.tell(name, told.text)
        claims = self._claims.pop(name, [])
        for one in claims:
            self._decide(one, told.text)
        return claims

    def _of_its_own(self, told: Told) -> list[Told]:
        """Those that claim the address of a page that calls another one canonical, and tell another story."""
        name = told.walk.name(told.walk.site.key(told.own))
        self._visits.frontier.tell(name, told.text)
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
            if self._visits.look_where_it_leads(told.walk, key, url):
                self.checks.add(name)
            self._moves.setdefault(name, []).append(told)
            return self._bounded()
        return None

    def _claim(self, told: Told) -> list[Told]:
        """A page calls another address canonical."""
        visits, name = self._visits, told.walk.name(told.canonical_key)
        self._claiming[told.walk.site.name] += 1
        if name in self._contradicted:
            self._refute(told)
        elif text := visits.frontier.text(name):
            self._decide(told, text)
        elif there := visits.emitted_at(told.walk, told.article.url):
            self._decide_by_history(told, there)
        elif name not in self._claims:
            self._claims[name] = [told]
            return self._bounded()
        elif self._claims[name][0].text.contradicts(told.text):
            self._contradicted.add(name)
            claims = [*self._claims.pop(name), told]
            for one in claims:
                self._refute(one)
            return claims
        else:
            self._claims[name].append(told)
            return self._bounded()
        return [told]

    def _decide(self, told: Told, text: Text) -> None:
        if text.contradicts(told.text):
            self._refute(told)

    def _decide_by_history(self, told: Told, there: str) -> None:
        if self._visits.tells_known(told.walk, there, told.article.headline, told.article.body):
            told.article.id = there
        else:
            self._refute(told)

    def _refute(self, told: Told) -> None:
        """The address that a page calls canonical is another story's."""
        self._wrong[told.walk.site.name] += 1
        told.take_own()

    # What is held ---------------------------------------------------------------------

    def ended(self, walk: Walk, visit: Visit, leads_to: str | None) -> list[Told]:
        """A known article's address has answered; ``None``: nothing is there. Those that waited for that."""
        waiting = self._moves.pop(walk.name(visit.key), [])
        for told in waiting:
            urls = (told.own, told.article.url, told.visit.url)
            moved = leads_to is not None and any(_same(leads_to, url) for url in urls)
            if moved or (leads_to is None and self._visits.tells_known(walk, visit.key, "", told.article.body)):
                self._move(told, visit.key)
        return waiting

    def release(self) -> list[Told]:
        """Nothing else is under way: what is still held is what it says it is."""
        held = [told for group in self._groups() for told in group]
        for name, claims in self._claims.items():
            self._visits.frontier.tell(name, claims[0].text)
            for told in claims:
                if 2 * self._wrong[told.walk.site.name] > self._claiming[told.walk.site.name]:
                    told.take_own()
        self._claims.clear()
        self._moves.clear()
        return held

    @property
    def holds(self) -> bool:
        """Whether anything is held."""
        return bool(self._claims or self._moves)

    def _bounded(self) -> list[Told]:
        """Let the one that was held first go, where too many are."""
        if sum(map(len, self._groups())) <= _MOST_HELD:
            return []
        groups = self._claims or self._moves
        name = next(iter(groups))
        if groups is self._claims:
            self._visits.frontier.tell(name, self._claims[name][0].text)
        return groups.pop(name)

    def _groups(self) -> Iterator[list[Told]]:
        yield from self._claims.values()
        yield from self._moves.values()


def _same(one: str, other: str) -> bool:
    """Whether two addresses are spellings of one."""
    return one == other or not set(spellings(one)).isdisjoint(spellings(other))
