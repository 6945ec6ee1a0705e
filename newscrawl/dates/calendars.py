"""Calendars that newspapers write dates in beside the Gregorian one.

Those whose days follow from arithmetic: the Iranian one, and years that are counted from another one. The Islamic
calendar's months begin when the moon is seen, so its days are not read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import MappingProxyType

#: The months of the Iranian calendar, in Persian, Dari, Kurdish and Latin letters.
IRANIAN_MONTHS = (
    "فروردین فروردين حمل farvardin", "اردیبهشت ارديبهشت ثور ordibehesht", "خرداد جوزا khordad", "تیر تير سرطان tir", "مرداد امرداد اسد mordad",
    "شهریور شهريور سنبله shahrivar", "مهر میزان mehr", "آبان ابان عقرب aban", "آذر اذر قوس azar", "دی دي جدی dey",
    "بهمن دلو bahman", "اسفند حوت esfand",
)  # fmt: skip
#: Years of it that newspapers on the Web may tell; and where it is used, since the Islamic calendar's are the same.
IRANIAN_YEARS = range(1370, 1430)
IRANIAN_LANGUAGES, IRANIAN_COUNTRIES = {"fa", "ps", "ku", "ckb", "prs"}, {"ir", "af"}
#: Years of the Buddhist calendar, as Thailand counts them, and what they are ahead.
BUDDHIST_YEARS, BUDDHIST_AHEAD = range(2510, 2610), 543
#: The year before the first of an era of Japan, or of Taiwan's calendar.
ERAS = MappingProxyType({"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911})
_YEAR_OF_ERA = re.compile(r"(?:中華)?(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年")
_NEW_YEAR_CYCLE, _CYCLE_LEAPS = 33, (1, 5, 9, 13, 17, 22, 26, 30)  # years, and those of them that have a day more
_CYCLE_DAYS = 365 * _NEW_YEAR_CYCLE + len(_CYCLE_LEAPS)
_LONG_MONTHS, _LONG, _SHORT = 6, 31, 30  # the first six months have 31 days, the others 30
_LAST_MONTH = 12
#: The first day of the year 1 of the cycle that holds the years that are read.
_CYCLE_YEAR, _CYCLE_BEGIN = 1354, date(1975, 3, 21)


def of_iran(year: int, month: int, day: int) -> date:
    """A day of the Iranian calendar; ``ValueError`` for what is none.

    >>> of_iran(1404, 8, 27)
    datetime.date(2025, 11, 18)
    """
    longest = _LONG if month <= _LONG_MONTHS else _SHORT - (month == _LAST_MONTH and not _is_leap(year))
    if not (1 <= month <= _LAST_MONTH and 1 <= day <= longest):
        raise ValueError("no day of the Iranian calendar")
    before = (month - 1) * _SHORT + min(month - 1, _LONG_MONTHS) + day - 1
    return _new_year(year) + timedelta(days=before)


def _is_leap(year: int) -> bool:
    return year % _NEW_YEAR_CYCLE in _CYCLE_LEAPS


def _new_year(year: int) -> date:
    cycles, rest = divmod(year - _CYCLE_YEAR, _NEW_YEAR_CYCLE)
    leaps = sum(_is_leap(_CYCLE_YEAR + number) for number in range(rest))
    return _CYCLE_BEGIN + timedelta(days=cycles * _CYCLE_DAYS + 365 * rest + leaps)


def without_eras(text: str) -> str:
    """A text with the years of eras as those of the Gregorian calendar.

    >>> without_eras("令和7年11月18日")
    '2025年11月18日'
    """
    return _YEAR_OF_ERA.sub(lambda era: f"{ERAS[era[1]] + (1 if era[2] == '元' else int(era[2]))}年", text)
