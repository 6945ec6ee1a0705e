"""The group of copies that an article belongs to, wherever the groups are kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Self

from newscrawl.history.copies.signatures import likeness, signature_of

_LIKE = 0.5  # docs/decisions/copies-of-a-text.md has what was measured
_FORGOTTEN = 20_000  # of old texts at a time, so that no run begins with a long wait
CANDIDATES = 2000  # a bound for templates, of which each is a little like all others


class Texts(ABC):
    """Each article's group, and the texts that the first article of a group had, while copies are looked for.

    An article has a key, ``publisher/id``, and a group has the key of its first article. A text is its signature.
    """

    @abstractmethod
    def do(self, key: str, signature: bytes | None, change: Callable[[], str]) -> str:
        """Make a ``change`` that is about one article and text as one, and give what it gives once it is committed.

        It may be called again, and no other verb but :meth:`forget` is called outside of it.
        """

    @abstractmethod
    def group(self, key: str) -> str | None:
        """The group of an article, ``None`` if it was not met."""

    @abstractmethod
    def alike(self, signature: bytes) -> list[tuple[int, bytes]]:
        """The texts that share a band with this one, with their numbers, the oldest first: ``CANDIDATES`` at most."""

    @abstractmethod
    def first(self, text: int) -> str:
        """The article that had a text of that number."""

    @abstractmethod
    def join(self, key: str, group: str) -> None:
        """Let an article be of a group for good; of its own, if it is the first."""

    @abstractmethod
    def remember(self, key: str, signature: bytes) -> None:
        """The first article of a group had this text now: look for its copies from now on."""

    @abstractmethod
    def forget(self, days: float, most: int) -> None:
        """Look no more for copies of texts that were last remembered so many days ago: up to ``most``, the oldest."""

    @abstractmethod
    def close(self) -> None:
        """Bring all to the disk and close."""


class Copies:
    """The groups of copies that are kept in ``texts``.

    A group is named by the key, ``publisher/id``, of the article that was met first, and an article stays in its
    group. Copies of a text of that first article are recognised for ``days`` after it was last emitted. Each answer
    is committed before it is given, so that a run that is killed and begun again gives the same ones; several
    processes may use the same texts at a time. Raises what ``texts`` raises, as all methods do.
    """

    def __init__(self, texts: Texts, days: float):
        self._texts = texts
        texts.forget(days, _FORGOTTEN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Bring all to the disk and close."""
        self._texts.close()

    def group(self, key: str, body: str) -> str:
        """The group of an article with that ``key`` and ``body``: its own key, or that of a copy met before."""
        signature = signature_of(body)
        return self._texts.do(key, signature, lambda: self._decide(key, signature))

    def _decide(self, key: str, signature: bytes | None) -> str:
        group = self._texts.group(key)
        if group is None:
            group = (signature and self._first_like(signature)) or key
            self._texts.join(key, group)
        if signature and group == key:
            self._texts.remember(key, signature)
        return group

    def _first_like(self, signature: bytes) -> str | None:
        """The first article of the group whose text is most like, the oldest of several."""
        found = [(likeness(signature, other), text) for text, other in self._texts.alike(signature)]
        best, text = max(found, key=lambda one: one[0], default=(0.0, 0))
        return self._texts.first(text) if best >= _LIKE else None
