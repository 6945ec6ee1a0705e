"""Dates in the words of a language, as dateparser reads them: what no other format fits.

Last of all, since it takes 3 to 70 ms, where the other formats take 0.01 ms, and since it must be held to what the text
has: dateparser fills in days and years that it does not find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newscrawl.dates.instants import Reading, has_parts
from newscrawl.dates.wording import AFTER_TIME, BETWEEN, CLOCK, MONTH_FIRST, TIME

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

FEWEST_NUMBERS = 2  # of a date that is told: its day and its year
_TWO_NUMBERS = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_SHORT = re.compile(r"\b\d\d-\d\d-\d\d\b")
#: What dateparser calls a language.
_CODES = {"no": "nb", "iw": "he"}


def read_free(text: str, zone: tzinfo | None, language: str, country: str) -> Reading | None:
    """What a date in words means, which must have a day, a month and a year; ``zone`` was taken off the text."""
    if len(re.findall(r"\d+", text)) < FEWEST_NUMBERS or is_ambiguous(text, language, country) or _SHORT.search(text):
        return None
    for wording in _wordings(text):
        instant = _instant(_parser(language, country), wording)
        if instant and has_parts(wording, instant):
            whole = instant.replace(microsecond=0, tzinfo=zone or instant.tzinfo)
            return Reading(whole, TIME.search(text) is not None)
    return None


def read_relative(text: str, zone: tzinfo, now: datetime) -> Reading | None:
    """What ``2 hours ago`` or ``yesterday, 7:49 PM`` means at the aware instant ``now``, by the clock of a zone."""
    base = now.astimezone(zone).replace(tzinfo=None)
    instant = _instant(_reader_of("en", {"RELATIVE_BASE": base}), text)
    return Reading(instant if instant.tzinfo else instant.replace(tzinfo=zone), False) if instant else None


def is_ambiguous(text: str, language: str, country: str) -> bool:
    """Whether either of two numbers may be the month: English without a country does not say.

    >>> is_ambiguous("03/09/2025", "en", ""), is_ambiguous("03/09/2025", "en", "uk")
    (True, False)
    """
    match = _TWO_NUMBERS.search(text) if language in ("", "en") and not country else None
    if match is None:
        return False
    first, second = int(match[1]), int(match[2])
    return first != second and max(first, second) <= 12


def _wordings(text: str) -> Iterable[str]:
    """The date, and without the words before its day, or before the month before that."""
    text = AFTER_TIME.sub("", CLOCK.sub(r"\1:\2", BETWEEN.sub(" ", text))).strip(" .,-")
    return dict.fromkeys((text, re.sub(r"^\D+", "", text), re.sub(r"^\D*?(?=[^\W\d]+\.?\s+\d)", "", text)))


def _instant(parser: DateDataParser, text: str) -> datetime | None:
    try:
        found: datetime | None = parser.get_date_data(text).date_obj if text else None
    except Exception:
        return None
    return found


@lru_cache(100)  # some pages have an invented language
def _parser(language: str, country: str) -> DateDataParser:
    settings: dict[str, Any] = {"REQUIRE_PARTS": ["day", "month", "year"]}
    if language in ("", "en"):
        settings["DATE_ORDER"] = "MDY" if country in MONTH_FIRST or not country else "DMY"
    try:
        return _reader_of(_CODES.get(language, language or "en"), settings)
    except ValueError:  # a language that dateparser does not know
        return _reader_of("en", settings)


def _reader_of(language: str, settings: dict[str, Any]) -> DateDataParser:
    from dateparser.date import DateDataParser  # 3 MB, which pages whose dates are plain do not need

    return DateDataParser(languages=[language], settings=settings)
