"""Finding a page's dates, in its own words; the dates pipeline reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from lxml import etree

from newscrawl.dates.found import Found, FoundDate
from newscrawl.extract.css import Element, split_rule
from newscrawl.extract.elements import line_of, spaced_text_of
from newscrawl.extract.headline import heading
from newscrawl.extract.language import has_labels
from newscrawl.extract.page import Page
from newscrawl.extract.rules import values
from newscrawl.extract.story import is_own
from newscrawl.publishers import Publisher
from newscrawl.text.sentences import ends_sentence
from newscrawl.text.spaces import clean

DATE_METADATA = {
    "date_published": (
        "json-ld:datePublished",
        "meta:article:published_time",
        "meta:datepublished",
        "meta:publish-date",
        "meta:pubdate",
        "time[itemprop=datePublished]::attr(datetime)",
        "json-ld:dateCreated",
    ),
    "date_modified": (
        "json-ld:dateModified",
        "meta:article:modified_time",
        "meta:og:updated_time",
        "meta:last-modified",
        "meta:datemodified",
        "time[itemprop=dateModified]::attr(datetime)",
    ),
}
#: More of them, for a page whose publisher does not say where its dates stand.
MORE_DATE_METADATA = {
    "date_published": tuple(
        "meta:" + name
        for name in (
            "article:published article:published:time og:article:published_time og:published_time published_time"
            " published_at parsely-pub-date cxenseparse:recs:publishtime cxenseparse:publishtime sailthru.date"
            " publish_date publishdate pub_date publication_date article_date_original originalpublicationdate"
            " dc.date.issued dcterms.issued dcterms.available dcterms.created dc.date.created dc.date dcterms.date"
            " citation_online_date citation_publication_date citation_date displaydate date timestamp"
        ).split()
    ),
    "date_modified": tuple(
        "meta:" + name
        for name in (
            "article:modified article:modified:time og:modified_time modified_time dcterms.modified dc.date.modified"
            " lastmod last_modified lastmodified revised updated article_updatetime"
        ).split()
    ),
}
#: And where its markup may say them, best first.
DATE_MARKUP = (
    "[itemprop=datePublished]::attr(datetime)",
    "[itemprop=datePublished]::attr(content)",
    "[property=datePublished]::attr(content)",
    "time[pubdate]::attr(datetime)",
    "abbr.published::attr(title)",
    "[itemprop=datePublished]",
)
_TIMED = re.compile(r"\d:\d\d|\dT\d|^1\d{9}(?:\d{3})?$|^\d{14}$")
#: A text with a day: a year of four figures, or figures with points or strokes between.
_WITH_DAY = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d\d\b|\d年")
#: Words before the time of a change, as newspapers of some languages have them.
_CHANGED = re.compile(
    r"\b(?:last (?:updated|modified)|updated|modified|aktualisiert|geändert|mise? à jour|modifié|actualizad[oa]"
    r"|aggiornato|modificato|modifica|atualizad[oa]|bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret|päivitetty"
    r"|zaktualizowano"
    r"|aktualizacja|aktualizováno|güncelleme|güncellendi|обновлено)\b|更新",
    re.IGNORECASE,
)
LONGEST_LINE = 200  # characters of a line of dates; longer text is not one
MOST_DATES = 12  # dates of one kind; a page with more of them is no article's
#: Parts of a page that tell of other stories, or what readers say, by their class or id.
_OTHERS_NAMED = re.compile(r"comment|related|recommend|most-?read|popular", re.IGNORECASE)
_WHOLE_PAGE = ("html", "body", "main")  # their classes say what the page has besides
_NOON = re.compile(r"[ap]\.m\.\W*$", re.IGNORECASE)  # "10 a.m." may end a line of dates
SENTENCE_WORDS = 5  # words of a sentence
_LETTERS = re.compile(r"[^\W\d]+")
_FIGURE = re.compile(r"\d")
_NO_DATE_LINES = ("figure", "blockquote")  # what is in them is a picture's, or said by another
_UNSEEN_TAGS = ("script", "style", "noscript", "template")
MOST_NEAR_LINES = 4  # lines of these that are read, which takes milliseconds
MOST_TIME_ELEMENTS = 8  # ``time`` elements looked at
_FOLLOWING = etree.XPath("following::text()[normalize-space()]")
TEXTS_AFTER, TEXTS_BEFORE = 40, 10  # texts after and before the headline among which dates are looked for


def find_dates(page: Page, publisher: Publisher, fetched_at: datetime) -> Found:
    """The page's publication and modification dates, visible ones first."""
    found: dict[str, list[FoundDate]] = {"date_published": [], "date_modified": []}
    bare = _take_visible(page, publisher, found)
    _take_metadata(page, found)
    if not publisher.rules.get("date"):
        _take_more(page, found)
    # A date without a label is the last resort for publication.
    published = found["date_published"] or [FoundDate(date.text, date.rule, visible=False) for date in bare]
    return Found(fetched_at, tuple(_first_dates(published)), tuple(_first_dates(found["date_modified"])))


def _take_visible(page: Page, publisher: Publisher, found: dict[str, list[FoundDate]]) -> list[FoundDate]:
    """Add dates that stand where the publisher says, then those behind its labels; gives those without a label."""
    bare: list[FoundDate] = []

    def take(text: str, rule: str) -> None:
        for name, date in _dates_by_label(text, publisher):
            (found[name] if name else bare).append(FoundDate(date, rule, visible=True))

    for text, rule in _lines_in_place(page, publisher):
        take(text, rule)
    missing = [name for name, dates in found.items() if not dates and has_labels(page, publisher)]
    for text in _lines_with_labels(page, [label for name in missing for label in publisher.date_labels.get(name, ())]):
        take(text, "label")
    return bare


def _take_metadata(page: Page, found: dict[str, list[FoundDate]]) -> None:
    for name, rules in DATE_METADATA.items():
        for value, rule in values(page, rules):
            if isinstance(value, str) and clean(value):
                found[name].append(FoundDate(clean(value)[:LONGEST_LINE], rule, visible=False))


def _take_more(page: Page, found: dict[str, list[FoundDate]]) -> None:
    """Look where dates may be on a page whose publisher does not say it: in more metadata, then in its markup and text.

    The ``time`` elements count even with a date in the metadata: they may tell the same instant in the local time.
    """
    _take_more_metadata(page, found)
    published = found["date_published"]
    exact = _is_timed(published)
    if not exact:
        told = ((text, rule) for text, rule in values(page, DATE_MARKUP) if len(text) <= LONGEST_LINE)
        published += [FoundDate(text, rule, visible=False) for text, rule in told]
    for element in islice(_time_elements(page), MOST_TIME_ELEMENTS):
        if text := _instant(element, exact=exact):
            published.append(FoundDate(text, "time", visible=False))
    if not _is_timed(published):
        for name, text in islice(_near_headline(page), MOST_NEAR_LINES):
            found[name].append(FoundDate(text, "near h1", visible=False))


def _take_more_metadata(page: Page, found: dict[str, list[FoundDate]]) -> None:
    for name, rules in MORE_DATE_METADATA.items():
        seen = {date.text for date in found[name]}
        for value, rule in values(page, rules):
            if (text := clean(value)[:LONGEST_LINE]) not in seen:
                seen.add(text)
                found[name].append(FoundDate(text, rule, visible=False))


def _is_timed(dates: Iterable[FoundDate]) -> bool:
    """Whether any of some dates has a time of day."""
    return any(_TIMED.search(date.text) for date in dates)


def _instant(element: Element, *, exact: bool) -> str:
    """What a ``time`` element says of publication; its text only where no exact date is known; ``""`` for nothing."""
    shown = spaced_text_of(element)
    text = clean(element.get("datetime") or "") or ("" if exact else shown)
    return "" if len(text) > LONGEST_LINE or _CHANGED.search(shown) else text


def _time_elements(page: Page) -> Iterator[Element]:
    """The ``time`` elements of the story itself, those after its headline first."""
    times = page.tree.tagged("time")
    top = heading(page) if times else None
    around = set(top.iterancestors()) if top is not None else set()
    alone = len(times) == 1  # then it may stand in a list or a bar of the story's
    is_elsewhere = _elsewhere(page, around)
    return (
        element
        for element in times
        if not page.tree.within(element.getparent(), is_elsewhere) and (alone or is_own(element, page))
    )


def _elsewhere(page: Page, around: set[Element]) -> Callable[[Element], bool]:
    """Tells of an element whether it is a comment's, or leads to another story; ``around`` is around the headline."""
    in_article = any(outer.tag == "article" for outer in around)

    def is_elsewhere(outer: Element) -> bool:
        if outer in around:
            return False
        if outer.tag == "article" and in_article:
            return True
        if outer.tag == "li" and outer in page.tree.around("a"):
            return True
        if outer.tag in _WHOLE_PAGE:
            return False
        return _OTHERS_NAMED.search(f"{outer.get('class')} {outer.get('id')}") is not None

    return is_elsewhere


def _near_headline(page: Page) -> Iterator[tuple[str, str]]:
    """Lines with a day in them around the headline, each with its field."""
    top = heading(page)
    if top is None:
        return
    is_elsewhere = _elsewhere(page, set(top.iterancestors()))
    before = list(islice(_texts_before(top), TEXTS_BEFORE))
    for element, text, is_tail in (*islice(_texts_after(top), TEXTS_AFTER), *reversed(before)):
        line = ("" if is_tail else line_of(element, LONGEST_LINE)) or clean(text)
        if len(line) > LONGEST_LINE or not _WITH_DAY.search(line):
            continue
        if not page.tree.within(element.getparent(), is_elsewhere) and _is_date_line(page, element, top):
            yield from _dates_of_line(line)


def _dates_of_line(line: str) -> Iterator[tuple[str, str]]:
    """What stands before a word like "updated" is the date of publication, what stands behind that of the change."""
    published, *changed = _CHANGED.split(line)
    if _WITH_DAY.search(published):
        yield "date_published", published.strip(" |,-–(")
    if changed and _WITH_DAY.search(changed[-1]):
        yield "date_modified", changed[-1].strip(" :|,-–()")


def _texts_after(element: Element) -> Iterator[tuple[Element, str, bool]]:
    """The texts behind an element that are not blank, each with its element, and whether it stands behind that."""
    found: Any = _FOLLOWING(element)
    return ((text.getparent(), text, text.is_tail) for text in found)


def _texts_before(element: Element) -> Iterator[tuple[Element, str, bool]]:
    """The same of those before it, the nearest first. XPath's ``preceding`` would take the square of the time."""
    for holder, is_tail in _places_before(element):
        text = holder.tail if is_tail else holder.text
        if text and text.strip(" \t\r\n"):
            yield holder, text, is_tail


def _places_before(element: Element) -> Iterator[tuple[Element, bool]]:
    while True:
        before = element.getprevious()
        if before is None:
            element = element.getparent()
            if element is None:
                return
            yield element, False
            continue
        while before is not None:
            element = before
            yield element, True
            before = next(element.iterchildren(reversed=True), None)
        yield element, False


def _is_date_line(page: Page, element: Element, top: Element) -> bool:
    """Whether an element near the headline may be the story's line of dates: no prose, caption or other story's."""
    if element.tag in _UNSEEN_TAGS or any(outer.tag in _NO_DATE_LINES for outer in (element, *element.iterancestors())):
        return False
    block = element if element.tag == "p" else next(element.iterancestors("p"), element)
    text = spaced_text_of(block)
    if (block.tag == "p" and len(text) > LONGEST_LINE) or _is_prose_line(text):
        return False
    return is_own(element, page) or _is_in_foot(page, element, top)


def _is_in_foot(page: Page, element: Element, top: Element) -> bool:
    """Whether an element stands in the foot of the headline's own article, which may stand under the headline."""
    outer = next(element.iterancestors("a", "nav", "li", "aside", "footer"), None)
    if outer is None or outer.tag != "footer" or element.tag in ("a", "li"):
        return False
    return next(top.iterancestors("article"), None) in set(outer.iterancestors()) and is_own(outer, page)


def _is_prose_line(line: str) -> bool:
    """Whether a line is prose. A date may end in a point, too, but has few words."""
    if not ends_sentence(line) or _NOON.search(line):
        return False
    return "。" in line or len(_LETTERS.findall(line)) >= SENTENCE_WORDS


def _first_dates(dates: list[FoundDate]) -> list[FoundDate]:
    """The first few visible dates, and the first few of the metadata."""
    return [date for visible in (True, False) for date in [d for d in dates if d.visible is visible][:MOST_DATES]]


def _lines_in_place(page: Page, publisher: Publisher) -> Iterator[tuple[str, str]]:
    """Lines that hold dates where the publisher says, with the rule."""
    for rule in publisher.rules.get("date", ()):
        css, attribute = split_rule(rule)
        for element in page.tree.select_all((css,)):
            text = clean(element.get(attribute) or "") if attribute else line_of(element, LONGEST_LINE)
            if text and len(text) <= LONGEST_LINE and is_own(element, page):
                yield text, rule


def _lines_with_labels(page: Page, labels: Iterable[str]) -> Iterator[str]:
    """Lines that hold dates wherever one of the labels stands; one of a single word stands in prose too."""
    forms = [form for label in labels if " " in label for form in (label, label.upper())]
    for element in page.tree.saying(forms, lambda text: any(form in text for form in forms)):
        if is_own(element, page):
            text = spaced_text_of(element)
            if not _FIGURE.search(text):
                text = _line_around_label(element, text)
            if len(text) <= LONGEST_LINE and _FIGURE.search(text):
                yield text


def _line_around_label(element: Element, label: str) -> str:
    """The line of a label whose date stands in the element behind it, or around it."""
    behind = element.getnext()
    return spaced_text_of(element.getparent()) if behind is None else f"{label} {spaced_text_of(behind)}"


@cache
def _label_pattern(publisher: Publisher) -> re.Pattern[str]:
    labels = sorted((label for names in publisher.date_labels.values() for label in names), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, labels))})(?:\s+on)?\b\s*:?", re.IGNORECASE)


def _dates_by_label(text: str, publisher: Publisher) -> Iterator[tuple[str | None, str]]:
    """The dates of a line, each with the field its label names, or ``None`` without a label."""
    names = {label.casefold(): name for name, labels in publisher.date_labels.items() for label in labels}
    before, *rest = _label_pattern(publisher).split(text)
    before = re.sub(r"\b\d+\s*min(?:ute)?s?\s*read\b", " ", before, flags=re.IGNORECASE)
    if _WITH_DAY.search(before) if rest else _FIGURE.search(before):
        yield None, clean(before).strip(" |,-")
    for label, date in zip(rest[::2], rest[1::2], strict=True):
        date = re.sub(r"\b\d+\s*min(?:ute)?s?\s*read\b.*", " ", date, flags=re.IGNORECASE)
        if clean(date):
            yield names[label.casefold()], clean(date).strip(" |,-")


def unlabelled(text: str, publisher: Publisher) -> str:
    """The date on a card, without its label and reading time; ``""`` without one."""
    return next((date for _, date in _dates_by_label(text, publisher)), "")
