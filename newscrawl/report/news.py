"""What the runs brought, for readers: what came, what changed, what was taken away, and copies of one text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from newscrawl.publishers import by_name
from newscrawl.report.difference import Passage, compare
from newscrawl.report.emitted import ChangedVersion, Emitted, TakenAway
from newscrawl.report.lines import Text, Version

CHANGES = 100  # stories of a history whose differences are shown
_LONGEST = 6000  # characters of one story's differences
_FEW_SECTIONS = 3  # are named in a title
COPIES = 100  # texts that several stories have, and that are shown


@dataclass(frozen=True)
class Story:
    """A story that came. ``day`` is the publisher's, or the run's (UTC) where the page has none that can be.

    ``is_latest``: whether the last run brought it.
    """

    key: str
    text: Text
    day: date
    time: str
    is_latest: bool
    has_changed: bool = False
    is_gone: bool = False


@dataclass(frozen=True)
class Change:
    """A version of a story that differs from the one before. ``passages`` is ``None`` where a text is missing."""

    key: str
    headline: str
    url: str
    emitted: str
    language: str
    passages: list[tuple[str, list[Passage]]] | None
    shortened: bool = False


@dataclass(frozen=True)
class Removed:
    """A story that the publisher took away, and when that was first seen (ISO 8601 in UTC)."""

    text: Text
    day: date | None
    time: str
    seen: str


@dataclass
class Edition:
    """What one history holds of one publisher, whose domain is ``publisher``; ``title`` is its name for readers."""

    history: str
    publisher: str
    title: str
    #: The sections that its stories name, the most frequent first.
    sections: list[str] = field(default_factory=list)
    #: What came, newest first, and how many of it are not among these.
    stories: list[Story] = field(default_factory=list)
    more: int = 0
    changes: list[Change] = field(default_factory=list)
    changed: int = 0
    removed: list[Removed] = field(default_factory=list)

    @property
    def came(self) -> int:
        """How many stories came."""
        return len(self.stories) + self.more

    @property
    def taken_away(self) -> int:
        """How many stories were taken away."""
        return len(self.removed)

    @property
    def heading(self) -> str:
        """Publisher and section, as far as it can be said in a line."""
        few = self.sections if len(self.sections) <= _FEW_SECTIONS else []
        return f"{self.title}, {' and '.join(few)}" if few else self.title


@dataclass(frozen=True)
class Copy:
    """One of several stories with the same text; ``title`` is its publisher's."""

    title: str
    headline: str
    url: str
    language: str
    day: date | None
    time: str


@dataclass(frozen=True)
class Copies:
    """Stories of one text, the one that was met first at the head; ``group`` is that one's key."""

    group: str
    stories: list[Copy]

    def others(self, title: str) -> str:
        """The other publishers that have it, for a story of the one of that ``title``; "" for none."""
        return ", ".join(dict.fromkeys(one.title for one in self.stories if one.title != title))

    @property
    def publishers(self) -> int:
        """How many publishers have it."""
        return len({one.title for one in self.stories})


@dataclass(frozen=True)
class Found:
    """What a history holds of the days of the report: ``runs`` are their numbers and days, the last one at the end."""

    name: str
    runs: dict[int, date]
    emitted: list[Emitted]
    changed: list[ChangedVersion]
    removed: list[TakenAway]
    texts: Mapping[Version, Text]


def editions(found: Found, most: int, last: date) -> list[Edition]:
    """What a history brought, by publisher, at ``most`` so many stories of each; ``last`` is the report's last day."""
    known = [*found.emitted, *(one.article for one in found.removed)]
    publishers = sorted({one.publisher for one in known}) or [found.name.removeprefix("section-")]
    return [_edition(found, publisher, most, last) for publisher in publishers]


def _edition(found: Found, publisher: str, most: int, last: date) -> Edition:
    edition = Edition(found.name, publisher, _title_of(publisher))
    start = f"{publisher}/"
    changed = [one for one in found.changed if one.key.startswith(start)]
    removed = [one for one in found.removed if one.article.key.startswith(start)]
    came = [one for one in found.emitted if one.first_run in found.runs and one.key.startswith(start)]
    marks = {one.key for one in changed}, {one.article.key for one in removed}
    stories = [_story(one, found, last, *marks) for one in came]
    stories.sort(key=lambda story: (story.day, story.time, story.key), reverse=True)
    named = Counter(story.text.section for story in stories if story.text.section)
    edition.sections = [section for section, _ in sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))]
    edition.stories, edition.more = stories[:most], max(0, len(stories) - most)
    edition.changed = len(changed)
    edition.changes = [_change(one, found.texts) for one in found.changed[:CHANGES] if one.key.startswith(start)]
    edition.removed = [_removed(one, found.texts) for one in removed]
    return edition


def _title_of(publisher: str) -> str:
    """What readers call a publisher; its domain where no description says so."""
    return by_name(publisher).title or publisher


def _story(one: Emitted, found: Found, last: date, changed: set[str], removed: set[str]) -> Story:
    brought = found.runs[one.first_run]
    is_dated = one.is_dated(last)
    return Story(
        one.key,
        _text(one, found.texts),
        one.day if is_dated and one.day else brought,
        one.time if is_dated else "",
        one.first_run == max(found.runs),
        one.key in changed,
        one.key in removed,
    )


def _text(one: Emitted, texts: Mapping[Version, Text]) -> Text:
    """The text of an article; of one whose file is gone, what the history has of it."""
    return texts.get(one.version) or Text(one.path, one.headline)


def _removed(one: TakenAway, texts: Mapping[Version, Text]) -> Removed:
    return Removed(_text(one.article, texts), one.article.day, one.article.time, one.seen)


# What changed --------------------------------------------------------------------


def _change(one: ChangedVersion, texts: Mapping[Version, Text]) -> Change:
    before, after = texts.get((one.key, one.before[1])), texts.get((one.key, one.after[1]))
    url, language = (after.url, after.language) if after else (one.path, "")
    if before is None or after is None:
        return Change(one.key, one.headline, url, one.emitted, language, None)
    passages, left, shortened = [], _LONGEST, False
    for name in ("headline", "description", "body"):
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        shown: list[Passage] = []
        for passage in compare(old, new, language):
            left -= sum(len(text) for _, text in passage.parts)
            if left < 0:
                shortened = True
                break
            shown.append(passage)
        passages.append((name, shown))
    return Change(one.key, one.headline, url, one.emitted, language, passages, shortened)


# Copies --------------------------------------------------------------------------


def copies(emitted: Iterable[Emitted], firsts: Mapping[str, Emitted], texts: Mapping[Version, Text]) -> list[Copies]:
    """The texts that several stories have: those of several publishers first, then the newest.

    ``firsts`` are the stories that name a group and were emitted before the days of the report.
    """
    groups: dict[str, dict[str, Emitted]] = {}
    for one in emitted:
        text = texts.get(one.version)
        if text and text.copy_group:
            groups.setdefault(text.copy_group, {})[one.key] = one
    for key in groups.keys() & firsts.keys():
        groups[key].setdefault(key, firsts[key])
    found = [
        (max(str(one.day or "") + one.time for one in group.values()), _copies(key, group, texts))
        for key, group in sorted(groups.items())
        if len(group) > 1
    ]
    found.sort(key=lambda pair: (pair[1].publishers > 1, pair[0]), reverse=True)
    return [one for _, one in found]


def groups_of(emitted: Iterable[Emitted], texts: Mapping[Version, Text]) -> set[str]:
    """The groups whose first story is not among those that were emitted."""
    emitted = list(emitted)
    named = (texts[one.version].copy_group for one in emitted if one.version in texts)
    return {name for name in named if name} - {one.key for one in emitted}


def _copies(key: str, group: Mapping[str, Emitted], texts: Mapping[Version, Text]) -> Copies:
    stories = []
    for one in sorted(group.values(), key=lambda one: (one.key != key, str(one.day or ""), one.time, one.key)):
        text = _text(one, texts)
        stories.append(Copy(_title_of(one.publisher), text.headline, text.url, text.language, one.day, one.time))
    return Copies(key, stories)
