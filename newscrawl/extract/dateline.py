"""The dateline: the place that a story begins with, as agencies write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from newscrawl.extract.byline_words import AGENCY_NAMES, PARTICLES
from newscrawl.extract.elements import text_of
from newscrawl.extract.page import Page
from newscrawl.extract.rules import name_of
from newscrawl.extract.story import is_own
from newscrawl.extract.value import Value

#: "TOLLAN (AP) — ", "NAIROBI, Sept 3 (Reuters) - ".
DATELINE = re.compile(
    r"([A-ZÀ-ÖØ-Þ][^\W\d_.'’-]*[^\d()\[\]:;!?]{0,40}?)(?:,\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\.?\s+\w{3,10}\.?))?"
    rf"\s*\((?:{AGENCY_NAMES})\)\s*[-–—]"
)
OPENING_PARAGRAPHS = 3  # of which one may begin with it
OPENING_PARAGRAPHS_BARE = 2  # the same where it names no source
SHORTEST_PARAGRAPH = 61  # characters; shorter ones are labels
LONGEST_DATELINE = 100  # characters
MOST_PLACE_WORDS = 5  # of a place, and of its country: "United Arab Emirates"
SHORTEST_PLACE = 3  # letters of a place in capitals
AGENCY = re.compile(rf"(?:{AGENCY_NAMES}|CNN|Bloomberg|IPS)(?:/(?:{AGENCY_NAMES}|[\w ]{{1,12}}))?", re.IGNORECASE)
#: Words in capitals before a colon or dash that are labels.
NO_PLACE = frozenset(
    "update updated updates breaking exclusive watch live opinion analysis photo photos video note question q tip tips"
    " fact check spoiler alert warning correction corrected clarification read more related disclaimer claim verdict"
    " tldr tl dr faq faqs editor's editor’s editors advertisement sponsored review interview explainer explained"
    " important listen poll quiz recap summary background what why how who when where the this that these and or"
    " but not if is are was we you i it a an in on at to for of with by from part step day chapter act scene hinweis"
    " exklusiv eilmeldung update korrektur anzeige video bild kommentar analyse info exclusif vidéo analyse alerte"
    " urgente exclusivo vídeo opinión análisis actualización última hora atualização esclusiva aggiornamento ultim'ora"
    " срочно видео фото обновлено эксклюзив".split()
)
_DAY = r"(?:(?:le|den|el|am) )?(?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2}\.?(?: de)? [^\W\d_]{3,12}\.?)(?:,? (?:de )?\d{4})?"
#: Place, day, source and the sign behind them; only the place is always there.
_WRITTEN = re.compile(
    rf"(?:\((?:{AGENCY_NAMES})\) ?[-–—]{{1,2}} ?)?"
    r"(?P<place>[^\W\d_a-z][^\d()\[\]:;!?\"“”…–—]{1,60}?)(?: \[[^\[\]]{2,30}\])?"
    rf"(?:,? (?P<date>{_DAY}))?"
    r"(?: ?\((?P<source>[^()\d]{2,40})\))?"
    # A sentence goes on in small letters behind a dash within it.
    r"(?P<closing> ?(?:(?<= )-{1,2} |-- ?|[–—]{1,2} ?|: )|(?<=\)) )(?=[^\s\W]|[\"'“„«‘(¿¡])(?!(?-i:[a-zà-öø-ÿа-яё]))"
)
#: What is behind each, and in few other sentences.
_CLOSING = re.compile(r"[):–—]| --? ")
#: What a text begins with that is no place.
_DATE_ALONE = re.compile(
    r"\W*(?:\d|(?:(?:first |last )?(?:published|updated|posted|modified)|veröffentlicht|aktualisiert|publié|publicado"
    r"|pubblicato|gepubliceerd)\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d)",
    re.IGNORECASE,
)
#: The same in scripts without spaces, and in Korean: an agency's name is in each.
_UNSPACED = (
    re.compile(
        r"[（(【]?[^\W\d_]{1,8}[社网網報报](?:[^，。\s]{0,20}?日[电電讯訊]|[讯訊])[）)】]?"
        r"(?: ?[（(][^）)]{1,40}[）)])? ?"
    ),
    re.compile(r"【[^】]{0,20}(?:共同|時事|AFP|ロイター|CNN|AP|聯合|联合)[^】]{0,10}】 ?"),
    re.compile(r"[［\[][^］\]]{2,30}ロイター[］\]] ?[-－–—]? ?"),
    re.compile(r"[(\[][가-힣·]{2,12} ?= ?[가-힣A-Za-z0-9]{2,10}[)\]] ?(?:[가-힣·]{2,16} ?(?:기자|특파원) ?=? ?)?"),
)


def dateline(page: Page) -> Value[str | None]:
    """The place that one of the story's first paragraphs begins with."""
    texts = (text for p in page.tree.tagged("p") if is_own(p, page) and len(text := text_of(p)) >= SHORTEST_PARAGRAPH)
    with_source = (text for text in islice(texts, OPENING_PARAGRAPHS) if "(" in text)
    match = next(filter(None, map(DATELINE.match, with_source)), None)
    return Value(_written(match[1]), "dateline") if match else Value(None)


def written_dateline(paragraphs: Sequence[str], page: Page) -> Value[str | None]:
    """The dateline as the story writes it, with the sign behind it; else what schema.org's ``dateline`` says.

    >>> dateline_in("BEIJING, Sept 3 (Reuters) - Two men talked.")
    'BEIJING, Sept 3 (Reuters) -'
    """
    for number, text in enumerate(paragraphs[:OPENING_PARAGRAPHS]):
        if len(text) >= SHORTEST_PARAGRAPH and (found := dateline_in(text, bare=number < OPENING_PARAGRAPHS_BARE)):
            return Value(found, "dateline")
    told = told_dateline(page)
    return Value(told, "json-ld:dateline") if told and len(told) <= LONGEST_DATELINE else Value(None)


def told_dateline(page: Page) -> str | None:
    """Schema.org's ``dateline``, unless it is a date alone: "Published on 19 December 2025."."""
    told = name_of(page.article_node.get("dateline"))
    return None if told is None or _DATE_ALONE.match(told) else told


def dateline_in(text: str, *, bare: bool = True) -> str:
    """The dateline that a paragraph begins with; ``""`` for none. Without ``bare``, one that names its source alone."""
    if not text[:1].isascii() or text.startswith(("(", "[")):
        for pattern in _UNSPACED:
            if match := pattern.match(text):
                return match[0].strip()
    match = _WRITTEN.match(text) if _CLOSING.search(text, 0, LONGEST_DATELINE) else None
    if match is None:
        return ""
    place, date, source, closing = match["place"], match["date"], match["source"], match["closing"].strip()
    if source and AGENCY.fullmatch(source):
        is_one = bool(closing or date) and len(place.split()) <= MOST_PLACE_WORDS
    else:
        is_one = closing != "" and (bare or source is not None) and _is_in_capitals(place)
    return match[0].strip() if is_one else ""


def _is_in_capitals(place: str) -> bool:
    """Whether a place is written as datelines do: "ST. JOSEPH, Mich.", and is no label such as "UPDATE"."""
    name, *more = place.split(",")
    words = name.split()
    if not name.isupper() or len(words) > MOST_PLACE_WORDS or sum(map(str.isalpha, name)) < SHORTEST_PLACE:
        return False
    if any(word.strip(".'’").casefold() in NO_PLACE for word in words):
        return False
    return all(len(part.split()) <= MOST_PLACE_WORDS and part.strip()[:1].isupper() for part in more)


def _written(place: str) -> str:
    """A place without the capitals of a dateline: "Rio de Janeiro"."""
    words = [word.title() if word.isupper() and "." not in word[:-1] else word for word in place.split()]
    small = (word.lower() if n and word.lower() in PARTICLES else word for n, word in enumerate(words))
    return " ".join(small).strip(" ,")
