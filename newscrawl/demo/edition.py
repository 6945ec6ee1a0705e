"""The edition: its stories, the addresses they stand at, and what a crawl should make of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from importlib.resources import files
from typing import Any

#: Stories that each listing page shows, and pages; the stories after these are only in the chain.
PER_PAGE, PAGES = 12, 3
IST = timezone(timedelta(hours=5, minutes=30))
_LATEST = datetime(2025, 9, 3, 19, 49, tzinfo=IST)


@dataclass(frozen=True)
class Story:
    """One story, and how its page is built on day ``day``.

    ``number`` counts back from the newest story of the first day, 0; later days' are below 0.
    """

    number: int
    text: dict[str, Any]
    day: int = 1

    @property
    def kind(self) -> str:
        return str(self.text.get("kind", ""))

    @property
    def published(self) -> datetime:
        """First published: with seconds, as the page's metadata has it."""
        return _LATEST - timedelta(minutes=37 * self.number) + timedelta(seconds=self.number)

    @property
    def updated(self) -> datetime:
        """Last updated, to the minute, as readers see it."""
        if self.updates:
            return self.updates[0][0]
        later = timedelta(days=1) if self.text.get("corrected") else timedelta()
        return self.published.replace(second=0) + timedelta(minutes=self.number % 4 * 5) + later

    @cached_property
    def updates(self) -> list[tuple[datetime, str, str]]:
        """A live blog's updates: when each came, its heading and its text; the newest first."""
        day = f"{self.published:%Y-%m-%d} "
        return [
            (datetime.strptime(day + time, "%Y-%m-%d %I:%M %p").replace(tzinfo=IST), heading, text)
            for time, heading, text in self.text.get("updates", ())
        ]

    @property
    def id(self) -> str:
        return f"1{self.published:%y%m%d}{1234 - self.number:05d}"

    @property
    def path(self) -> str:
        return f"/world-news/{self.text['slug']}-{self.id}_1.html"

    @property
    def authors(self) -> list[str]:
        author = self.text["author"]
        return author if isinstance(author, list) else [author]

    @property
    def shows_first_published(self) -> bool:
        """Whether the foot of the page says "First Published"; else only metadata tells."""
        return self.number % 5 != 4

    @property
    def has_json_ld(self) -> bool:
        return self.number % 6 != 4 or self.kind in ("live", "premium")

    @cached_property
    def paragraphs(self) -> list[str]:
        """The story as a reader reads it."""
        text = self.text
        paragraphs = list(text["body"])
        if "subheading" in text:
            paragraphs[1:1] = [text["subheading"]]
            paragraphs += [*text["list"], text["quote"], *(" | ".join(row) for row in text["table"])]
        for time, heading, update in text.get("updates", ()):
            paragraphs += [time, heading, update]
        return paragraphs

    def expected(self) -> dict[str, Any]:
        """What the output must say of this story, but for addresses and what a run adds."""
        return {
            "id": self.id,
            "publisher": "business-standard.com",
            "section": "World News",
            "headline": self.text["headline"],
            "description": self.text["dek"],
            "authors": self.authors,
            "place": self.text.get("place"),
            "date_published": self.published.isoformat(),
            "date_modified": self.updated.isoformat(),
            "body": "\n\n".join(self.paragraphs),
            "reading_minutes": self.text["minutes"],
            "topics": self.text["topics"],
            "premium": self.kind == "premium",
            "live": self.kind == "live",
            "updates": [
                {"time": time.isoformat(), "headline": heading, "text": text, "markdown": text}
                for time, heading, text in self.updates
            ],
            "language": "en",
            "status": "new",
        }


def stories(day: int = 1) -> list[Story]:
    """The stories that the edition has on day 1, 2 or 3, newest first.

    Six stories are new on day 2, three have changed, and one has only its date corrected. Day 3
    brings nothing new.
    """
    first = _read("stories.toml")["story"]
    if day == 1:
        return [Story(number, text) for number, text in enumerate(first)]
    second = _read("day2.toml")
    revised = second["revised"]
    later = [Story(number - len(second["story"]), text, day) for number, text in enumerate(second["story"])]
    return later + [Story(n, _revise(text, revised.get(text["slug"])), day) for n, text in enumerate(first)]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf8"))


def _revise(text: dict[str, Any], changes: dict[str, Any] | None) -> dict[str, Any]:
    if changes is None:
        return text
    added = [changes["added"]] if "added" in changes else []
    return {**text, **changes, "corrected": True, "body": text["body"] + added}


def listings(edition: list[Story]) -> Iterator[tuple[int, list[Story]]]:
    """The listing pages: number from 1, and the stories on each."""
    for page in range(1, PAGES + 1):
        yield page, edition[(page - 1) * PER_PAGE : page * PER_PAGE]
