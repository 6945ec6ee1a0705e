"""The updates of a live blog, as paragraphs of its body: what is known of each before its date is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newscrawl.article.markdown import Paragraph


@dataclass(frozen=True, slots=True)
class Entry:
    """An update, by numbers of the body's paragraphs, from 0 on. Times are as the page writes them, not yet read."""

    #: Its text, without the lines of its time and its headline.
    text: tuple[int, ...]
    #: Those lines.
    head: tuple[int, ...] = ()
    headline: str | None = None
    #: Times that programs wrote, the best first; the time that readers see.
    at: tuple[str, ...] = ()
    shown: str = ""
    #: The day that stands above it and others, as the page writes it.
    day: str = ""
    #: When it came: ISO 8601 with an offset, once that is read.
    time: str | None = None

    def at_places(self, places: Mapping[int, int]) -> Entry:
        """The same where only some of the body's paragraphs are left: ``places`` has the new numbers of the old ones.

        >>> Entry((2, 3), head=(1,)).at_places({0: 0, 1: 1, 3: 2})
        Entry(text=(2,), head=(1,), headline=None, at=(), shown='', day='', time=None)
        """
        text, head = (tuple(places[number] for number in of if number in places) for of in (self.text, self.head))
        return replace(self, text=text, head=head)

    def part_of(self, story: Sequence[Paragraph], places: Sequence[int]) -> list[Paragraph]:
        """Its text in a story in Markdown, with its pictures; ``places`` are those of the body's paragraphs there."""
        if not self.text or not places:
            return []
        text = {places[number] for number in self.text}
        first, last = places[min((*self.head, *self.text))], places[max(self.text)]
        return [story[n] for n in range(first, last + 1) if n in text or story[n].is_picture]
