"""Words and signs of dates, in many languages: data only, for those who add a language."""

from __future__ import annotations

import re

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: English-speaking countries that write the month first.
MONTH_FIRST = {"us", "ph"}
#: Of a date that is told from the present: "2 hours ago", "yesterday".
RELATIVE = re.compile(r"\b(?:ago|today|yesterday|just now|now)\b", re.IGNORECASE)
#: The same of what came a short time ago, which is an instant and no day.
JUST_BEFORE = re.compile(
    r"\b(?:\d+|an?|one)\s?(?:s|m|h|sec|min|hr|second|minute|hour)s?\.? ago\b|\bjust now\b", re.IGNORECASE
)
#: A time of day.
TIME = re.compile(
    r"\d:\d\d|(?<![\d.])\d{1,2} ?[.h] ?\d\d(?![\d.])|\b\d{1,2}\s*[ap]\.?m\b|\d\s*(?:時|时|시|点)", re.IGNORECASE
)
#: Words and signs between a day and its time.
BETWEEN = re.compile(
    r"\s+(?:um|at|à|às|a las|a la|alle(?: ore)?|ore|om|kl\.?|klo|klokken|o|в)\s+(?=\d{1,2}\s*[:.h]\s*\d\d)|\s*[|•·–—]\s*"
)
#: Times that dateparser does not read: "19h49", "19.49 Uhr".
CLOCK = re.compile(r"(?<![\d.])(\d{1,2})\s?(?:h|[.](?=\d\d(?:\s*(?:Uhr|h)|$)))\s?(\d\d)(?![\d.])")
#: Words behind a time or a year.
AFTER_TIME = re.compile(r"(?<=\d)\s*(?:Uhr|hrs?|h|klo|г\.?)\b", re.IGNORECASE)
#: How long a story takes to read, which stands beside dates.
READING_TIME = re.compile(r"\b\d+[ -]?min(?:ute)?s?\b[ -]*read\b", re.IGNORECASE)
#: Of a time in the morning, and of one in the afternoon: they stand before it or behind it.
MORNINGS = r"a\.?\s?m\b\.?|午前|上午|凌晨|清晨|早上|오전|ص|صباحا|صباحًا|قبل از ظهر|ق\.ظ|π\.?\s?μ\.?|पूर्वाह्न|SA\b"
AFTERNOONS = r"p\.?\s?m\b\.?|午後|下午|晚上|中午|오후|م|مساء|مساءً|بعد از ظهر|ب\.ظ|μ\.?\s?μ\.?|अपराह्न|CH\b"
#: Behind what looks like a time and is how long something takes, or how much it is.
NO_TIME = re.compile(r"\s?(?:min|sec|sek|мин|%|€|\$|km\b|mb\b|分钟)", re.IGNORECASE)
