"""Finding a page's dates, in its own words; the dates pipeline reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from newscrawl.dates.found import Found, FoundDate
from newscrawl.dates.order import may_be_two
from newscrawl.extract.css import Element, split_rule
from newscrawl.extract.date_lines import Surroundings, dates_beside, in_classes, in_times, labelled, near_headline
from newscrawl.extract.date_metadata import in_markup, in_metadata, in_more_metadata
from newscrawl.extract.date_owner import Owner
from newscrawl.extract.elements import line_of, spaced_text_of
from newscrawl.extract.language import has_labels
from newscrawl.extract.page import Page
from newscrawl.extract.story import is_own
from newscrawl.publishers import Publisher
from newscrawl.text.spaces import clean

LONGEST_LINE = 200  # characters of a line of dates; longer text is not one
MOST_DATES = 12  # dates of one kind; a page with more of them is no article's
_TIMED = re.compile(r"\d:\d\d|\dT\d|^1\d{9}(?:\d{3})?$|^\d{14}$")
#: A text with a day: a year of four figures, or figures with points or strokes between.
_WITH_DAY = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d\d\b|\d年")
_ISO_DAY, _DAY = re.compile(r"\d{4}-\d\d-\d\d"), 10  # characters of it
_FIGURE = re.compile(r"\d")


def find_dates(page: Page, publisher: Publisher, fetched_at: datetime) -> Found:
    """The page's publication and modification dates, visible ones first."""
    found: dict[str, list[FoundDate]] = {"date_published": [], "date_modified": []}
    bare = _take_visible(page, publisher, found)
    owner = Owner(page)
    for name, dates in found.items():
        dates += in_metadata(page, owner, name)
    if not publisher.rules.get("date"):
        _take_more(page, owner, found)
    # A date without a label is the last resort for publication.
    published = found["date_published"] or [FoundDate(date.text, date.rule, visible=False) for date in bare]
    modified = found["date_modified"]
    beside = dates_beside(page) if any(may_be_two(date.text) for date in (*published, *modified)) else []
    return Found(fetched_at, tuple(_first_dates(published)), tuple(_first_dates(modified)), beside=tuple(beside))


def _take_visible(page: Page, publisher: Publisher, found: dict[str, list[FoundDate]]) -> list[FoundDate]:
    """Add dates that stand where the publisher says, then those behind its labels; gives those without a label."""
    bare: list[FoundDate] = []

    def take(text: str, rule: str) -> None:
        for name, date in _dates_by_label(text, publisher):
            (found[name] if name else bare).append(FoundDate(date, rule, visible=True))

    for text, rule in _lines_in_place(page, publisher):
        take(text, rule)
    missing = [name for name, dates in found.items() if not dates] if has_labels(page, publisher) else []
    for text in _lines_with_labels(page, [label for name in missing for label in publisher.date_labels.get(name, ())]):
        take(text, "label")
    return bare


def _take_more(page: Page, owner: Owner, found: dict[str, list[FoundDate]]) -> None:
    """Look where dates may be on a page whose publisher does not say it: in more metadata, then in its markup and text.

    The ``time`` elements count even with a date in the metadata: they may tell the same instant in the local time.
    """
    for name, dates in found.items():
        known = {date.text for date in dates}
        dates += [date for date in in_more_metadata(page, name) if date.text not in known]
    published = found["date_published"]
    if not _is_timed(published):
        for name, dates in found.items():
            dates += in_markup(page, owner, name)
    around = Surroundings(owner.top)
    for name, date in in_times(page, owner, around, exact=_is_timed(published)):
        found[name].append(date)
    if not _tells_both(published, found["date_modified"]):
        for name, date in near_headline(page, owner, around, known=bool(published)):
            found[name].append(date)
    for look in (labelled, in_classes):
        if not published:
            for name, date in look(page, owner):
                found[name].append(date)


def _tells_both(published: list[FoundDate], modified: list[FoundDate]) -> bool:
    """Whether the metadata have a time of publication and a later day of a change: a shown line says no more."""
    if not published or not modified or not _TIMED.search(published[0].text):
        return False
    first, last = published[0].text[:_DAY], modified[0].text[:_DAY]
    return _ISO_DAY.fullmatch(first) is not None and _ISO_DAY.fullmatch(last) is not None and first < last


def _is_timed(dates: Iterable[FoundDate]) -> bool:
    """Whether any of some dates has a time of day."""
    return any(_TIMED.search(date.text) for date in dates)


def _first_dates(dates: list[FoundDate]) -> list[FoundDate]:
    """The first few visible dates, and the first few of the metadata."""
    return [date for visible in (True, False) for date in [d for d in dates if d.visible is visible][:MOST_DATES]]


def _lines_in_place(page: Page, publisher: Publisher) -> Iterator[tuple[str, str]]:
    """Lines that hold dates where the publisher says, with the rule."""
    for rule in publisher.rules.get("date", ()):
        css, attribute = split_rule(rule)
        for element in page.tree.select(css):
            text = clean(element.get(attribute) or "") if attribute else line_of(element, LONGEST_LINE)
            if text and len(text) <= LONGEST_LINE and is_own(element, page):
                yield text, rule


def _lines_with_labels(page: Page, labels: Iterable[str]) -> Iterator[str]:
    """Lines that hold dates wherever one of the labels stands; one of a single word stands in prose too."""
    labels = [label for label in labels if " " in label]
    forms = [form for label in labels for form in (label, label.upper())]
    sought = [form for form in forms if form in labels or not form.isascii()]  # ASCII's are looked for in any case
    for element in page.tree.saying(sought, lambda text: any(form in text for form in forms)):
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
def label_pattern(publisher: Publisher) -> re.Pattern[str]:
    """The labels in front of a publisher's dates."""
    labels = sorted((label for names in publisher.date_labels.values() for label in names), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, labels))})(?:\s+on)?\b\s*:?", re.IGNORECASE)


def _dates_by_label(text: str, publisher: Publisher) -> Iterator[tuple[str | None, str]]:
    """The dates of a line, each with the field its label names, or ``None`` without a label."""
    names = {label.casefold(): name for name, labels in publisher.date_labels.items() for label in labels}
    before, *rest = label_pattern(publisher).split(text)
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
