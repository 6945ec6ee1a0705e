"""How many articles a run may still write, and the listings that wait until it is known whether they are needed."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.crawl.walk import Further, Walk


@dataclass(slots=True)
class Limit:
    """``most`` articles may be written (``None``: any number).

    Of those that were ``read`` it is not yet known whether they are written.

    >>> limit = Limit(5, written=2, read=1)
    >>> limit.left, limit.room(32, 1), limit.is_reached
    (3, 1, False)
    """

    most: int | None
    written: int = 0
    read: int = 0
    #: Listings to ask for, should the articles before them turn out to be too few.
    held_back: list[tuple[Walk, Further]] = field(default_factory=list)

    @property
    def left(self) -> int | None:
        """How many articles may still be written, ``None``: any number."""
        return None if self.most is None else max(0, self.most - self.written)

    @property
    def is_reached(self) -> bool:
        """Whether no more may be written."""
        return self.left == 0

    def settle(self, *, written: bool) -> None:
        """One that was read was written, or was not."""
        self.read -= 1
        self.written += written

    def room(self, at_once: int, under_way: int) -> int:
        """How many more articles to ask for, of ``at_once`` at a time."""
        return (at_once if self.left is None else min(at_once, self.left - self.read)) - under_way

    def wanted(self, walk: Walk, further: list[Further], waiting: int) -> list[Further]:
        """Those of a walk's listings to ask for now: none, if the articles that wait, or are under way, are enough."""
        if self.left is None or waiting + self.read < self.left:
            return further
        self.held_back += [(walk, one) for one in further]
        return []

    def take_back(self) -> list[tuple[Walk, Further]]:
        """The listing to ask for next of those that were held back, if there is one."""
        return [self.held_back.pop(0)] if self.held_back else []
