"""What the histories and the output files say about the last runs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from newscrawl.history import runs
from newscrawl.history.database import Reader
from newscrawl.report import emitted, news
from newscrawl.report.emitted import Emitted
from newscrawl.report.lines import Text, Version, read_lines

_FAILED, _SLOWEST = 100, 10  # pages
_LOW = 0.3  # a share that is lower by this
_TOPICS = 12
_MOST_DAYS = 62  # beyond, articles are counted by the week
_STORIES = 1500  # that came, in all
_FEWEST_STORIES = 30  # of each publisher, however many there are


@dataclass(frozen=True)
class Run:
    """A run as :func:`newscrawl.history.runs.overview` has it, with what it kept for the report."""

    history: str
    told: dict[str, Any]
    section: str
    drift: str
    counts: dict[str, Any]

    @property
    def day(self) -> date:
        """The day, in UTC, on which it began."""
        return date.fromisoformat(self.told["started"][:10])

    @property
    def gone(self) -> int:
        """How many stories it found taken away."""
        return int(self.counts.get("gone") or 0)

    @property
    def status(self) -> int | None:
        """Its exit status; ``None`` while it has not ended."""
        status: int | None = self.told["status"]
        return status


@dataclass(frozen=True)
class Share:
    """Of the articles that each run read, the share with a field, or by a rule."""

    name: str
    values: list[float]
    #: When an alarm told that it fell, and its words.
    falls: list[tuple[date, str]]

    @property
    def is_whole(self) -> bool:
        """Whether it was 100 % in every run."""
        return min(self.values) >= 1

    @property
    def is_low(self) -> bool:
        """Whether the last run's share is far below the highest."""
        return max(self.values) - self.values[-1] >= _LOW


@dataclass(frozen=True)
class Shares:
    """The shares of one section's runs, whose days are ``days``."""

    label: str
    days: list[date]
    fields: list[Share]
    rules: list[Share]


@dataclass(frozen=True)
class Page:
    """A page that was slow or failed: ``what`` is milliseconds or the reason."""

    url: str
    what: Any
    day: date


@dataclass
class Report:
    """All that the page shows. Days of runs are UTC's, days and hours of articles the publisher's own."""

    histories: list[str] = field(default_factory=list)
    first: date = date.min
    last: date = date.min
    runs: list[Run] = field(default_factory=list)
    articles: int = 0
    #: Articles by the day, or week, that they were published on; and those older or without a date.
    periods: list[date] = field(default_factory=list)
    weekly: bool = False
    published: list[int] = field(default_factory=list)
    older: int = 0
    undated: int = 0
    #: Articles by weekday, Monday first, and hour.
    hours: list[list[int]] = field(default_factory=lambda: [[0] * 24 for _ in range(7)])
    #: The most frequent topics, and how many articles have each in each period.
    topics: list[tuple[str, list[int]]] = field(default_factory=list)
    shares: list[Shares] = field(default_factory=list)
    slowest: list[Page] = field(default_factory=list)
    failed: list[Page] = field(default_factory=list)
    failures: int = 0
    answers: list[tuple[str, int]] = field(default_factory=list)
    robots: int = 0
    #: What each publisher brought, by its title.
    editions: list[news.Edition] = field(default_factory=list)
    #: The texts that several stories have, as far as they are shown, and how many there are.
    copies: list[news.Copies] = field(default_factory=list)
    copied: int = 0
    missing: list[str] = field(default_factory=list)


class Kept(NamedTuple):
    """A history: its database, the folder of its output files, and where people find it, if elsewhere."""

    path: Path
    folder: Path
    place: str


def collect(histories: Sequence[Path | Kept], days: int) -> Report:
    """The last ``days`` days of the histories, counted back from the newest run; files are beside a history at a path.

    Raises ``sqlite3.Error`` where one cannot be read. What is missing of the output files is said in the report.
    """
    kept_ones = [one if isinstance(one, Kept) else Kept(one, one.parent, str(one)) for one in histories]
    paths = [one.path for one in kept_ones]
    report = Report(histories=[one.place for one in kept_ones])
    with_runs: list[tuple[Kept, list[Run]]] = []
    for one, name in zip(kept_ones, _names(paths), strict=True):
        with Reader(one.path) as history:
            with_runs.append((one, list(_runs(history, name))))
    ran = [run.day for _, found in with_runs for run in found]
    if not ran:
        return report
    report.last = max(ran)
    report.first = max(min(ran), report.last - timedelta(days=days - 1))
    most = max(_FEWEST_STORIES, _STORIES // len(paths))
    articles: list[Emitted] = []
    texts: dict[Version, Text] = {}
    for one, found in with_runs:
        kept = [run for run in found if run.day >= report.first]
        report.runs += kept
        report.shares += _shares(kept)
        brought = _brought(report, one, kept)
        if kept:
            report.editions += news.editions(brought, most, report.last)
        articles += brought.emitted
        texts |= brought.texts
    report.runs.sort(key=lambda run: str(run.told["started"]))
    report.editions.sort(key=lambda edition: (edition.heading.casefold(), edition.history))
    copies = news.copies(articles, _firsts(paths, news.groups_of(articles, texts)), texts)
    report.copies, report.copied = copies[: news.COPIES], len(copies)
    _count_articles(report, articles, days)
    _count_topics(report, articles, texts)
    _pages(report)
    return report


def _names(paths: Sequence[Path]) -> list[str]:
    """What to call each history: the name of its file and, where another is called so, its folder."""
    names = [path.name.removesuffix(".sqlite").removesuffix(".history") for path in paths]
    return [
        f"{path.parent.name}/{name}" if names.count(name) > 1 else name for path, name in zip(paths, names, strict=True)
    ]


def _brought(report: Report, one: Kept, kept: list[Run]) -> news.Found:
    """What the runs that are kept of a history brought; what is missing of it is added to the report."""
    with Reader(one.path) as history:
        articles = list(emitted.articles(history, report.first))
        changed = list(emitted.changed(history, report.first))
        removed = list(emitted.taken_away(history, report.first))
    shown = [*articles, *(away.article for away in removed)]
    lines = read_lines(*emitted.wanted(shown, changed[: news.CHANGES]), folder=one.folder)
    report.missing += lines.missing
    runs_by_number = {int(run.told["id"]): run.day for run in kept}
    return news.Found(kept[0].history if kept else "", runs_by_number, articles, changed, removed, lines.texts)


def _firsts(paths: Sequence[Path], keys: set[str]) -> dict[str, Emitted]:
    """The articles of these keys, in whichever history they are."""
    found: dict[str, Emitted] = {}
    for path in paths if keys else ():
        with Reader(path) as history:
            found |= {key: one for key in sorted(keys) if (one := emitted.article(history, key))}
    return found


# The runs ------------------------------------------------------------------------


def _runs(history: Reader, name: str) -> Iterator[Run]:
    rows = {row["id"]: row for row in runs.recent(history, -1)}
    for told in runs.overview(history, -1):
        row = rows[told["id"]]
        yield Run(name, told, row["section"], row["drift"] or "", json.loads(row["counts"]))


def _shares(found: list[Run]) -> Iterator[Shares]:
    sections: dict[str, list[Run]] = {}
    for run in found:
        if run.counts.get("shares", {}).get("read"):
            sections.setdefault(run.section, []).append(run)
    for section, read in sections.items():
        days = [run.day for run in read]
        fields, rules = _rows(read, "filled", "articles with {} fell from "), _rows(read, "rules", "rule {} fell from ")
        label = f"{read[0].history}: {section}"
        yield Shares(label, days, sorted(fields, key=_is_steady), sorted(rules, key=_is_steady))


def _is_steady(share: Share) -> bool:
    return not share.is_low and not share.falls


def _rows(read: list[Run], kind: str, alarm: str) -> Iterator[Share]:
    names = dict.fromkeys(name for run in read for name in run.counts["shares"].get(kind, {}))
    for name in sorted(names):
        counts = (run.counts["shares"] for run in read)
        values = [shares.get(kind, {}).get(name, 0) / shares["read"] for shares in counts]
        falls = []
        for run in read:
            _, found, words = run.drift.partition(alarm.format(name))
            if found:
                falls.append((run.day, f"fell from {words.partition(';')[0].partition(':')[0]}"))
        yield Share(name, list(values), falls)


def _pages(report: Report) -> None:
    slowest, failed = [], []
    answers: Counter[str] = Counter()
    for run in report.runs:
        slowest += [Page(url, ms, run.day) for url, ms in run.counts.get("slowest", ())]
        failed += [Page(url, reason, run.day) for url, reason in run.counts.get("failed_pages", ())]
        answers.update(run.counts.get("answers", {}))
        report.failures += run.told["failed"] or 0
        report.robots += run.counts.get("robots", 0)
    report.slowest = sorted(slowest, key=lambda page: -page.what)[:_SLOWEST]
    report.failed = failed[::-1][:_FAILED]
    report.answers = sorted(answers.items())


# Its articles --------------------------------------------------------------------


def _count_articles(report: Report, articles: list[Emitted], days: int) -> None:
    report.articles = len(articles)
    dated = [one for one in articles if one.is_dated(report.last)]
    report.undated = len(articles) - len(dated)
    if not dated:
        return
    published = [one.day for one in dated if one.day]
    last = max(published)
    first = max(min(published), last - timedelta(days=days - 1))
    _set_periods(report, first, last)
    recent = [one for one in dated if one.day and one.day >= first]
    report.older = len(dated) - len(recent)
    _count_hours(report, recent)


def _set_periods(report: Report, first: date, last: date) -> None:
    """The days, or weeks where they are many, from the first to the last one."""
    report.weekly = (last - first).days >= _MOST_DAYS
    step = timedelta(days=7 if report.weekly else 1)
    start = _period(first, report.weekly)
    report.periods = [start + n * step for n in range((last - start) // step + 1)]


def _count_hours(report: Report, articles: list[Emitted]) -> None:
    """When articles were published: in which period, and at which hour of the week."""
    place = {period: n for n, period in enumerate(report.periods)}
    report.published = [0] * len(place)
    for one in articles:
        if one.day:
            report.published[place[_period(one.day, report.weekly)]] += 1
        if one.weekday_hour:
            weekday, hour = one.weekday_hour
            report.hours[weekday][hour] += 1


def _count_topics(report: Report, articles: list[Emitted], texts: dict[Version, Text]) -> None:
    place = {period: n for n, period in enumerate(report.periods)}
    counts: dict[str, list[int]] = {}
    for one in articles:
        text = texts.get(one.version)
        where = place.get(_period(one.day, report.weekly)) if one.day else None
        if text is not None and where is not None:
            for topic in dict.fromkeys(text.topics):
                counts.setdefault(topic, [0] * len(place))[where] += 1
    report.topics = sorted(counts.items(), key=lambda topic: (-sum(topic[1]), topic[0]))[:_TOPICS]


def _period(day: date, weekly: bool) -> date:
    """The day, or its week's Monday."""
    return day - timedelta(days=day.weekday()) if weekly else day
