"""The report as one HTML file that asks for nothing: no script, no image, no font, no network."""

from __future__ import annotations

import calendar
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from newscrawl.report import charts
from newscrawl.report.data import Report, Run, Share

#: Exit statuses from the best to the worst: what a sign and a word say of each.
_SIGNS = {0: ("✓", "ok"), None: ("…", "not ended"), 2: ("!", "incomplete"), 1: ("✗", "failed")}
_WORST = list(_SIGNS)
_RUNS = 60  # listed in full below the calendar
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
    """A day of the calendar and its runs."""

    day: date
    runs: list[Run]

    @property
    def status(self) -> int | None:
        """The worst exit status of its runs."""
        return max((run.status for run in self.runs), key=_WORST.index)


def render(report: Report) -> str:
    """The page, with all text in it escaped, what cannot be shown too: it can be encoded."""
    environment = Environment(loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined,
                              finalize=_shown, trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    environment.filters |= {"percent": _percent, "heat": _heat, "address": _address, "sign": _sign, "word": _word}
    style = _source("report.css")
    return environment.get_template(
        "report.html"
    ).render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        days={day.day: day for day in _days(report.runs)},
        months=list(_months(report)),
        runs=report.runs[::-1][:_RUNS],
        emitted=_emitted_chart(report.runs),
        published=_published_chart(report),
        topics=list(_topics(report)),
        most_an_hour=max(map(max, report.hours)),
        weekdays=list(calendar.day_abbr),
        share_line=_share_line,
        total=lambda name: sum(run.told[name] or 0 for run in report.runs),
    )


def _source(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf8")


# The days ------------------------------------------------------------------------


def _days(runs: Iterable[Run]) -> Iterator[Day]:
    by_day: dict[date, list[Run]] = {}
    for run in runs:
        by_day.setdefault(run.day, []).append(run)
    yield from (Day(day, found) for day, found in by_day.items())


def _months(report: Report) -> Iterator[tuple[str, list[list[date]]]]:
    """Each month's name and weeks, the newest first; days of other months stand in its first and last week."""
    year, month = report.last.year, report.last.month
    while report.runs and (year, month) >= (report.first.year, report.first.month):
        yield f"{calendar.month_name[month]} {year}", calendar.Calendar().monthdatescalendar(year, month)
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)


def _emitted_chart(runs: list[Run]) -> Markup | None:
    told = [run for run in runs if run.told["new"] is not None]
    if not told:
        return None
    counts = {name: [run.told[name] or 0 for run in told] for name in ("new", "changed", "failed")}
    labels = [f"{run.day:%b} {run.day.day}" for run in told]
    totals = ", ".join(f"{sum(values)} {name}" for name, values in counts.items())
    return charts.bars(counts, labels, f"Bars: articles of each run; in all {totals}")


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


def _sign(status: int | None) -> str:
    return _SIGNS.get(status, _SIGNS[1])[0]


def _word(status: int | None) -> Any:
    return _SIGNS.get(status, _SIGNS[1])[1]
