"""Time zones that a page tells without saying them: by an abbreviation, or by its country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newscrawl.dates.wording import TIME

#: The one zone of each country that has one, by its code in addresses and languages (ISO 3166, and ``uk``); from the tz
#: database's ``zone1970.tab``. Where islands of another time have the same code (``es``, ``pt``, ``cl``), it tells none.
COUNTRIES = MappingProxyType({
    "ae": "Asia/Dubai", "al": "Europe/Tirane", "am": "Asia/Yerevan", "ar": "America/Argentina/Buenos_Aires", "at": "Europe/Vienna", "az": "Asia/Baku",
    "ba": "Europe/Sarajevo", "bd": "Asia/Dhaka", "be": "Europe/Brussels", "bg": "Europe/Sofia", "bo": "America/La_Paz",
    "by": "Europe/Minsk", "ch": "Europe/Zurich", "ci": "Africa/Abidjan", "cn": "Asia/Shanghai", "co": "America/Bogota", "cr": "America/Costa_Rica",
    "cu": "America/Havana", "cz": "Europe/Prague", "de": "Europe/Berlin", "dk": "Europe/Copenhagen", "do": "America/Santo_Domingo", "dz": "Africa/Algiers",
    "ee": "Europe/Tallinn", "eg": "Africa/Cairo", "et": "Africa/Addis_Ababa", "fi": "Europe/Helsinki", "fr": "Europe/Paris",
    "ge": "Asia/Tbilisi", "gh": "Africa/Accra", "gr": "Europe/Athens", "hk": "Asia/Hong_Kong", "hr": "Europe/Zagreb",
    "hu": "Europe/Budapest", "ie": "Europe/Dublin", "il": "Asia/Jerusalem", "in": "Asia/Kolkata", "iq": "Asia/Baghdad",
    "ir": "Asia/Tehran", "is": "Atlantic/Reykjavik", "it": "Europe/Rome", "jm": "America/Jamaica", "jo": "Asia/Amman",
    "jp": "Asia/Tokyo", "ke": "Africa/Nairobi", "kh": "Asia/Phnom_Penh", "kr": "Asia/Seoul", "kw": "Asia/Kuwait",
    "lb": "Asia/Beirut", "lk": "Asia/Colombo", "ls": "Africa/Maseru", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg",
    "lv": "Europe/Riga", "ma": "Africa/Casablanca", "md": "Europe/Chisinau", "mk": "Europe/Skopje", "mt": "Europe/Malta",
    "my": "Asia/Kuala_Lumpur", "na": "Africa/Windhoek", "ng": "Africa/Lagos", "nl": "Europe/Amsterdam", "no": "Europe/Oslo",
    "np": "Asia/Kathmandu", "pe": "America/Lima", "ph": "Asia/Manila", "pk": "Asia/Karachi", "pl": "Europe/Warsaw",
    "qa": "Asia/Qatar", "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "sa": "Asia/Riyadh", "se": "Europe/Stockholm",
    "sg": "Asia/Singapore", "si": "Europe/Ljubljana", "sk": "Europe/Bratislava", "sn": "Africa/Dakar", "th": "Asia/Bangkok",
    "tn": "Africa/Tunis", "tr": "Europe/Istanbul", "tw": "Asia/Taipei", "tz": "Africa/Dar_es_Salaam", "ua": "Europe/Kyiv",
    "ug": "Africa/Kampala", "uk": "Europe/London", "uy": "America/Montevideo", "ve": "America/Caracas",
    "vn": "Asia/Ho_Chi_Minh", "za": "Africa/Johannesburg", "zm": "Africa/Lusaka", "zw": "Africa/Harare",
})  # fmt: skip
#: Languages of newspapers of one country only.
_LANGUAGES = MappingProxyType({
    "bg": "bg", "cs": "cz", "da": "dk", "et": "ee", "fa": "ir", "fi": "fi", "he": "il", "hi": "in", "hu": "hu", "is": "is", "ja": "jp",
    "ka": "ge", "ko": "kr", "lt": "lt", "lv": "lv", "ne": "np", "no": "no", "nb": "no", "pl": "pl", "sk": "sk", "sl": "si",
    "th": "th", "tr": "tr", "uk": "ua", "vi": "vn",
})  # fmt: skip
#: Sites take these endings for other reasons than their country.
_BORROWED = {"co", "io", "tv", "me", "ai", "fm", "am", "is", "ly", "to", "cc", "ws", "la", "md"}
#: Hours from UTC of an abbreviation (the tz database's and CLDR's), or a zone where it names both of its times.
_ABBREVIATIONS: dict[str, float | str] = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "МСК": 3, "мск": 3, "TRT": 3, "SAST": 2, "CAT": 2, "EAT": 3, "WAT": 1, "PKT": 5, "NPT": 5.75, "SGT": 8, "HKT": 8, "PHT": 8,
    "MYT": 8, "WIB": 7, "WITA": 8, "WIT": 9, "ICT": 7, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "ACST": 9.5,
    "ACDT": 10.5, "AWST": 8, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "ET": "America/New_York", "CDT": -5,
    "CT": "America/Chicago", "MST": -7, "MDT": -6, "MT": "America/Denver", "PST": -8, "PDT": -7, "PT": "America/Los_Angeles",
    "AKST": -9, "AKDT": -8, "HST": -10, "ADT": -3, "NST": -3.5, "NDT": -2.5, "HNE": -5, "HAE": -4, "BRT": -3, "ART": -3,
    "CLT": -4, "CLST": -3, "COT": -5, "PET": -5, "VET": -4, "UYT": -3, "IRST": 3.5, "BST": 1, "IST": 5.5, "CST": -6, "AST": -4,
}  # fmt: skip
#: Those that mean something else in some countries.
_ABROAD: dict[tuple[str, str], float | str] = {
    ("IST", "ie"): "Europe/Dublin", ("IST", "il"): "Asia/Jerusalem", ("BST", "bd"): 6, ("CST", "cn"): 8, ("CST", "tw"): 8,
    ("CST", "cu"): "America/Havana", ("AST", "sa"): 3, ("AST", "iq"): 3, ("AST", "kw"): 3, ("AST", "qa"): 3,
    ("EST", "au"): "Australia/Sydney", ("GST", "ae"): 4, ("GST", "om"): 4, ("PST", "ph"): 8, ("PST", "pk"): 5,
}  # fmt: skip
NO_ZONES: Mapping[str, str] = MappingProxyType({})
_TOO_FAR = timedelta(hours=15)  # from UTC, of any zone
_OFFSET = re.compile(
    r"(?:\b(?:GMT|UTC)\s*|(?<=[\d\s]))([+−-])(\d{1,2}):?(\d\d)?(?!\d)$|\b(?:GMT|UTC)\s*([+−-])(\d{1,2})\b"
)
_ABBREVIATION = re.compile(r"\b([A-Z]{1,4}T|UTC|Z|MEZ|MESZ|MSK|WIB|WITA|HNE|HAE|МСК|мск)\b")


def country(url: str, language: str | None) -> str:
    """The country of a page, in two lower-case letters; ``""`` where it tells none.

    By the host's ending, else by the language's region (not English ones, which templates bring along) or the one
    country that the language is written in.
    """
    try:
        ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        ending = ""
    if len(ending) == 2 and ending not in _BORROWED:
        return ending
    primary, *rest = (language or "").casefold().split("-")
    region = next((part for part in rest if len(part) == 2), "")
    return region if region and primary != "en" else _LANGUAGES.get(primary, "")


@lru_cache(1000)  # pages name countries that there are not
def zone_of(country: str) -> ZoneInfo | None:
    """The time zone of a country that has one."""
    name = COUNTRIES.get(country)
    return ZoneInfo(name) if name else None


def split_zone(text: str, country: str, own: Mapping[str, str] = NO_ZONES) -> tuple[str, tzinfo | None]:
    """A date without the zone behind its time, and that zone: ``+05:30``, ``GMT+2``, ``CEST``.

    An abbreviation means what the publisher says (``own``: IANA zones), else what it means in the country.

    >>> split_zone("3 Sep 2025 10:00 GMT+2", "")
    ('3 Sep 2025 10:00', datetime.timezone(datetime.timedelta(seconds=7200)))
    """
    if not TIME.search(text):
        return text, None
    for match, zone in chain(_offsets(text), _abbreviations(text, country, own)):
        return _without(text, match), zone
    return text, None


def _offsets(text: str) -> Iterator[tuple[re.Match[str], tzinfo]]:
    if match := _OFFSET.search(text):
        sign, hours, minutes = match[1] or match[4], match[2] or match[5], match[3] or "0"
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        if offset < _TOO_FAR:
            yield match, timezone(-offset if sign != "+" else offset)


def _abbreviations(text: str, country: str, own: Mapping[str, str]) -> Iterator[tuple[re.Match[str], tzinfo]]:
    for match in _ABBREVIATION.finditer(text):
        name = match[1]
        meant = own.get(name) or _ABROAD.get((name, country), _ABBREVIATIONS.get(name))
        if isinstance(meant, str):
            yield match, ZoneInfo(meant)
        elif meant is not None:
            yield match, timezone(timedelta(hours=meant))


def _without(text: str, match: re.Match[str]) -> str:
    return re.sub(r"\(\s*\)", " ", f"{text[: match.start()]} {text[match.end() :]}").strip(" ,|-–")
