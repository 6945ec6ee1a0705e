"""What fell against the recent runs: fields that articles lost, rules that no longer serve."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import comb
from typing import Any, Self

from newscrawl.article.item import Article
from newscrawl.article.types import FIELDS

_WATCHED = [name for name, field in FIELDS.items() if field.watched]
_LEAST = 20  # articles of recent runs that say what is usual
_FALL = 0.3  # a share that falls by less is not worth a mail
_CHANCE = 1e-5  # how likely a fall may be by chance, for each of some twenty shares a run
_MOST = 500  # articles that the likelihood is reckoned with


@dataclass
class Shares:
    """Of the articles that a run read: how many have each field, and how many each rule gave."""

    read: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)

    def add(self, article: Article) -> None:
        """Count one article."""
        self.read += 1
        self.filled.update(name for name in _WATCHED if getattr(article, name))
        self.rules.update(f"{name}: {rule}" for name, rule in article.extraction.items() if rule)

    def to_dict(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"read": self.read, "filled": dict(self.filled), "rules": dict(self.rules)}

    @classmethod
    def sum(cls, kept: Iterable[dict[str, Any]]) -> Self:
        """Several runs' shares, as :meth:`to_dict` gave them, together."""
        total = cls()
        for shares in kept:
            total.read += shares.get("read", 0)
            total.filled.update(shares.get("filled", {}))
            total.rules.update(shares.get("rules", {}))
        return total


def falls(current: Shares, recent: Shares) -> Iterator[str]:
    """What is rarer now than it was, by more than chance: a few words for each."""
    if recent.read < _LEAST or not current.read:
        return
    for before, now, what in (
        (recent.filled, current.filled, "articles with {}"),
        (recent.rules, current.rules, "rule {}"),
    ):
        for name, count in before.items():
            usual, share = count / recent.read, now[name] / current.read
            if usual - share >= _FALL and _chance(now[name], current.read, count, recent.read) < _CHANCE:
                yield f"{what.format(name)} fell from {usual:.0%} to {share:.0%}"


def _chance(k: int, n: int, usual: int, of: int) -> float:
    """How likely at most ``k`` of ``n`` are, where ``usual`` of ``of`` were before."""
    if n > _MOST:
        k, n = k * _MOST // n, _MOST
    p = (usual + 1) / (of + 2)
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1))
