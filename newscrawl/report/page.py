"""The report as one HTML file that asks for nothing but, if it is wanted, the stories' pictures."""

from __future__ import annotations

import calendar
import re
import unicodedata
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from newscrawl.plural import counted
from newscrawl.report import charts
from newscrawl.report.data import Report, Run, Share
from newscrawl.report.news import Edition, Story

#: Exit statuses from the best to the worst: what a sign and a word say of each.
_SIGNS = {0: ("✓", "ok"), None: ("…", "not ended"), 2: ("!", "incomplete"), 1: ("✗", "failed")}
_RUNS = 120  # of a history, on its strip and in its table
_OPEN_STORIES = 40  # days are unfolded until so many are seen
_REMOVED = 100  # of a publisher
_FEW = 3  # publishers are named in the title
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
#: What would break the file or turn its lines round: controls, half surrogate pairs, line separators, marks that embed,
#: override or isolate a direction (UAX 9), noncharacters. Joiners stay: Persian, Hindi and emoji are written with them.
_UNSHOWN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|[" + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17)) + "]"
)
#: Marks that nudge a text's direction where it is not told; here each text has its own.
_NUDGES = re.compile("[\u061c\u200e\u200f]")


@dataclass(frozen=True)
class Day:
    """The stories of a day; ``is_open``: shown before somebody asks for them."""

    day: date
    stories: list[Story]
    is_open: bool


@dataclass(frozen=True)
class Shown:
    """An edition as the page shows it: ``id`` is its place on the page, ``last`` the last run over it.

    ``changes`` gives the place of a story's last change, by the story's key.
    """

    id: str
    edition: Edition
    days: list[Day]
    last: Run
    runs: int
    changes: dict[str, str]


def render(report: Report, *, pictures: bool = True) -> str:
    """The page, with all text in it escaped, what cannot be shown too: it can be encoded.

    Without ``pictures`` it asks for nothing at all.
    """
    environment = Environment(loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined,
                              finalize=_shown, trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    environment.filters |= _FILTERS
    style = _source("report.css")
    editions = list(_editions(report))
    return environment.get_template("report.html").render(
        report=report,
        pictures=pictures,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        title=_title(report),
        editions=editions,
        last_runs=_last_runs(report),
        copies={one.group: (f"copies-{number}", one) for number, one in enumerate(report.copies, start=1)},
        titles=_titles(report),
        most_removed=_REMOVED,
        strips=_strips(report),
        statuses=Counter(run.status for run in report.runs),
        order=list(_SIGNS),
        published=_published_chart(report),
        topics=list(_topics(report)),
        most_an_hour=max(map(max, report.hours)),
        weekdays=list(calendar.day_abbr),
        share_line=_share_line,
        total=lambda name: sum(getattr(edition, name) for edition in report.editions),
    )


def _source(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf8")


# The news ------------------------------------------------------------------------


def _title(report: Report) -> str:
    """Publisher and section, or publishers, and the day of the last run."""
    titles = list(dict.fromkeys(edition.title for edition in report.editions))
    if not report.runs:
        return "No run yet"
    if len(report.editions) == 1:
        what = report.editions[0].heading
    elif len(titles) <= _FEW:
        what = " and ".join([", ".join(titles[:-1]), titles[-1]] if titles[1:] else titles)
    else:
        what = f"{len(titles)} publishers"
    return f"{what} — {_day(report.last)}"


def _editions(report: Report) -> Iterator[Shown]:
    for number, edition in enumerate(report.editions, start=1):
        place = f"e{number}"
        changes: dict[str, str] = {}
        for nth, change in enumerate(edition.changes, start=1):
            changes.setdefault(change.key, f"{place}-change-{nth}")
        runs = [run for run in report.runs if run.history == edition.history]
        yield Shown(place, edition, list(_days(edition.stories)), runs[-1], len(runs), changes)


def _days(stories: list[Story]) -> Iterator[Day]:
    seen = 0
    for day, found in groupby(stories, lambda story: story.day):
        those = list(found)
        yield Day(day, those, seen < _OPEN_STORIES)
        seen += len(those)


def _last_runs(report: Report) -> list[Run]:
    """The last run of each history, the worst first."""
    last = {run.history: run for run in report.runs}
    return sorted(last.values(), key=lambda run: (-_rank(run.status), run.history))


def _titles(report: Report) -> dict[str, str]:
    """What readers call each history: its publishers."""
    titles: dict[str, list[str]] = {}
    for edition in report.editions:
        titles.setdefault(edition.history, []).append(edition.title)
    return {history: ", ".join(found) for history, found in titles.items()}


def _brought(run: Run) -> str:
    """What a run brought, in a few words."""
    told = run.told
    if told["new"] is None:
        return "it kept no counts" if run.status is not None else "it has not ended"
    found = {"new": told["new"], "changed": told["changed"], "removed": run.gone}
    return ", ".join(f"{count:,} {what}" for what, count in found.items() if count) or (
        "failed" if run.status == 1 else "nothing new"
    )


def _stories(count: int) -> str:
    return f"{count:,} {'story' if count == 1 else 'stories'}"


# The runs ------------------------------------------------------------------------


def _strips(report: Report) -> dict[str, list[Run]]:
    """The last runs of each history, oldest first."""
    strips: dict[str, list[Run]] = {}
    for run in report.runs:
        strips.setdefault(run.history, []).append(run)
    return {name: runs[-_RUNS:] for name, runs in sorted(strips.items())}


# The articles --------------------------------------------------------------------


def _published_chart(report: Report) -> Markup | None:
    if not report.periods:
        return None
    labels = [f"{day:%b} {day.day}" for day in report.periods]
    best = max(range(len(labels)), key=report.published.__getitem__)
    what = f"Bars: articles by the {'week' if report.weekly else 'day'} they were published on; most, "
    return charts.bars({"articles": report.published}, labels, f"{what}{report.published[best]}, on {labels[best]}")


def _topics(report: Report) -> Iterator[tuple[str, int, Markup]]:
    most = max((max(counts) for _, counts in report.topics), default=0)
    for topic, counts in report.topics:
        where = report.periods[counts.index(max(counts))]
        yield topic, sum(counts), charts.sparkline(counts, most, f"Line: at most {max(counts)}, on {where}")


# The shares ----------------------------------------------------------------------


def _share_line(share: Share, days: list[date]) -> Markup:
    lowest = min(range(len(days)), key=share.values.__getitem__)
    what = f"Line: from {_percent(share.values[0])} to {_percent(share.values[-1])}"
    return charts.sparkline(share.values, 1.0, f"{what}, lowest {_percent(share.values[lowest])} on {days[lowest]}")


# How single values are shown -------------------------------------------------------


def _shown(value: Any) -> Any:
    """A value as the page can hold it: what would disturb the page is written out, as Python writes it."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _UNSHOWN.sub(lambda match: match[0].encode("unicode_escape").decode(), _NUDGES.sub("", value))


def _day(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _weekday(day: date) -> str:
    return calendar.day_name[day.weekday()]


def _moment(text: str) -> str:
    """A moment of the history, in UTC, as "3 September 2025, 14:19"."""
    return f"{_day(date.fromisoformat(text[:10]))}, {text[11:16]}"


def _language(tag: str) -> str:
    """A language tag as the attribute ``lang`` takes it; "" says that it is not known."""
    return tag if _LANGUAGE.fullmatch(tag) else ""


def _direction(text: str) -> str:
    """The direction of a text's first letter, as ``dir=auto`` finds it."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return "rtl" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else "ltr"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _heat(count: int, most: int) -> int:
    """A step of the scale, 0 for none, 1 to 5."""
    return min(5, -(-5 * count // most)) if most else 0


def _address(url: str) -> str | None:
    """An address that a link may lead to, else ``None``."""
    try:
        return url if urlsplit(url).scheme in ("http", "https") and _shown(url) == url else None
    except ValueError:
        return None


def _rank(status: int | None) -> int:
    """How bad an exit status is."""
    return list(_SIGNS).index(status if status in _SIGNS else 1)


def _sign(status: int | None) -> str:
    return _SIGNS.get(status, _SIGNS[1])[0]


def _word(status: int | None) -> Any:
    return _SIGNS.get(status, _SIGNS[1])[1]


_FILTERS = {
    "address": _address, "brought": _brought, "counted": counted, "day": _day, "direction": _direction, "heat": _heat,
    "language": _language, "moment": _moment, "percent": _percent, "sign": _sign, "stories": _stories,
    "weekday": _weekday, "word": _word,
}  # fmt: skip
