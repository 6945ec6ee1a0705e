"""A line as a reader of dates takes it: figures of any script as ASCII's, times of any language as ``14:30``."""

from __future__ import annotations

import re
import unicodedata

from newscrawl.dates.calendars import without_eras
from newscrawl.dates.wording import AFTERNOONS, MORNINGS

_FIGURE = re.compile(r"(?=\d)[^0-9]")
_DIRECTIONS = re.compile("[\u061c\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks of no width
_COMMAS = str.maketrans({"،": ",", "、": ",", "−": "-", "‐": "-", "‑": "-"})
#: "พ.ย." is one word, "18 tháng 11, 2025" a date in numbers.
_THAI = re.compile(r"(?<![\u0e01-\u0e4e])([\u0e01-\u0e4e]{1,3})\.([\u0e01-\u0e4e]{1,2})\.")
_VIETNAMESE = re.compile(r"(\d{1,2})\s(?:tháng|thg)\s(\d{1,2}),?\s(?:năm\s)?(\d{4})", re.IGNORECASE)
#: Names of months of two words, as Arabic has them in the Levant and in Iraq, and the same in one.
_OF_TWO_WORDS = {"كانون الثاني": "يناير", "تشرين الأول": "أكتوبر", "تشرين الثاني": "نوفمبر", "كانون الأول": "ديسمبر"}
_TWO_WORDS = re.compile("(?:كانون|تشرين) (?:الثاني|الأول)")
_CLOCKS_OF_EAST_ASIA = re.compile(r"(\d{1,2})\s?[時时點点시](?:\s?(\d{1,2})\s?[分분])?(?:\s?(\d{1,2})\s?[秒초])?(半)?")
_FULL_HOUR = re.compile(r"(?<![\d.:/-])(\d{1,2})\s?(?:h|uhr|(?=[ap]\.?\s?m\b))(?!\w*\d|\s?\d\d)", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d.:])(\d{1,2})\s?(?:h\s?|[.](?=\d\d(?:\s?(?:uhr|h|hrs|[ap]\.?\s?m|น|wib|wita|wit)\b)))(\d\d)(?:min\b)?(?!\d|\.\d)",
    re.IGNORECASE,
)
#: Words that stand before the time alone, where a point stands between its hours and minutes.
_BEFORE_CLOCK = re.compile(
    r"(\b(?:kl\.?|klo|klockan|klokken|ore|alle|pukul|jam|um|om|at|o|à|às)\s)(\d{1,2})\.(\d\d)(?!\d|\.\d)", re.IGNORECASE
)
_MORNING = re.compile(
    rf"(?:{MORNINGS})\s?(\d{{1,2}}:\d\d(?::\d\d)?)|(\d:\d\d(?::\d\d)?)\s?(?:{MORNINGS})(?!\w)", re.IGNORECASE
)
_AFTERNOON = re.compile(
    rf"(?:{AFTERNOONS})\s?(\d{{1,2}}:\d\d(?::\d\d)?)|(\d:\d\d(?::\d\d)?)\s?(?:{AFTERNOONS})(?!\w)", re.IGNORECASE
)


def plain(text: str) -> str:
    """The text with times as ``14:30`` or ``2:30 PM`` and with ASCII's figures; dates are as they were.

    >>> plain("２０２５年11月18日 午後2時30分"), plain("18 نوفمبر ۲۰۲۵"), plain("18 nov. 2025 à 19h49")
    ('2025年11月18日 2:30:00 PM', '18 نوفمبر 2025', '18 nov. 2025 à 19:49')
    """
    if not text.isascii():
        text = _of_any_script(text)
    text = _CLOCK.sub(r"\1:\2", text)
    text = _BEFORE_CLOCK.sub(r"\1\2:\3", text)
    text = _FULL_HOUR.sub(r"\1:00 ", text)
    text = _MORNING.sub(r"\1\2 AM", text)
    return _AFTERNOON.sub(r"\1\2 PM", text)


def figures(text: str) -> str:
    """The text with the figures of other scripts as ASCII's."""
    return text if text.isascii() else _FIGURE.sub(lambda figure: str(unicodedata.decimal(figure[0])), text)


def _of_any_script(text: str) -> str:
    text = _DIRECTIONS.sub("", figures(unicodedata.normalize("NFKC", text))).translate(_COMMAS)
    text = without_eras(_THAI.sub(r"\1\2", text))
    text = _VIETNAMESE.sub(r"\1.\2.\3", text)
    text = _TWO_WORDS.sub(lambda name: _OF_TWO_WORDS[name[0]], text)
    return _CLOCKS_OF_EAST_ASIA.sub(_clock, text)


def _clock(match: re.Match[str]) -> str:
    hour, minute, second, half = match.groups()
    return f"{hour}:{30 if half else int(minute or 0):02}:{int(second or 0):02}"
