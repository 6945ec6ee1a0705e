"""Finding a page's dates, in its own words; the dates pipeline reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from newscrawl.extract.css import split_rule
from newscrawl.extract.fields import is_own
from newscrawl.extract.page import Page
from newscrawl.extract.rules import values
from newscrawl.extract.text import clean, spaced_text_of
from newscrawl.items import Found, FoundDate
from newscrawl.publishers import Publisher

_METADATA = {
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
_LONGEST = 200  # characters of a line of dates; longer text is not one
_MOST = 5  # dates of one kind; a page with more of them is no article's


def find_dates(page: Page, publisher: Publisher, fetched_at: datetime) -> Found:
    """The page's publication and modification dates, visible ones first."""
    found: dict[str, list[FoundDate]] = {"date_published": [], "date_modified": []}
    bare: list[FoundDate] = []

    def take(text: str, rule: str) -> None:
        for name, date in _split(text, publisher):
            (found[name] if name else bare).append(FoundDate(date, rule, visible=True))

    for text, rule in _placed(page, publisher):
        take(text, rule)
    missing = [name for name, dates in found.items() if not dates]
    for text in _labelled(page, [label for name in missing for label in publisher.date_labels.get(name, ())]):
        take(text, "label")
    for name, rules in _METADATA.items():
        for value, rule in values(page, rules):
            if isinstance(value, str) and clean(value):
                found[name].append(FoundDate(clean(value)[:_LONGEST], rule, visible=False))
    # A date without a label is the last resort for publication.
    published = found["date_published"] or [FoundDate(date.text, date.rule, visible=False) for date in bare]
    return Found(fetched_at, tuple(_first(published)), tuple(_first(found["date_modified"])))


def _first(dates: list[FoundDate]) -> list[FoundDate]:
    """The first few visible dates, and the first few of the metadata."""
    return [date for visible in (True, False) for date in [d for d in dates if d.visible is visible][:_MOST]]


def _placed(page: Page, publisher: Publisher) -> Iterator[tuple[str, str]]:
    """Lines that hold dates where the publisher says, with the rule."""
    for rule in publisher.rules.get("date", ()):
        css, attribute = split_rule(rule)
        for element in page.tree.select_all((css,)):
            text = clean(element.get(attribute) or "") if attribute else spaced_text_of(element)
            if text and len(text) <= _LONGEST and is_own(element):
                yield text, rule


def _labelled(page: Page, labels: Iterable[str]) -> Iterator[str]:
    """Lines that hold dates wherever one of the labels stands; one of a single word stands in prose too."""
    forms = [form for label in labels if " " in label for form in (label, label.upper())]
    saying = (element for element, text in page.tree.sayings(forms) if any(form in text for form in forms))
    for element in dict.fromkeys(saying):
        if is_own(element):
            text = spaced_text_of(element)
            if not re.search(r"\d", text):  # the date stands beside its label, or around it
                beside = element.getnext() if element.getnext() is not None else element.getparent()
                text = spaced_text_of(beside) if beside is element.getparent() else f"{text} {spaced_text_of(beside)}"
            if len(text) <= _LONGEST and re.search(r"\d", text):
                yield text


@cache
def _label_pattern(publisher: Publisher) -> re.Pattern[str]:
    labels = sorted((label for names in publisher.date_labels.values() for label in names), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, labels))})(?:\s+on)?\b\s*:?", re.IGNORECASE)


def _split(text: str, publisher: Publisher) -> Iterator[tuple[str | None, str]]:
    """The dates of a line, each with the field its label names, or ``None`` without a label."""
    names = {label.casefold(): name for name, labels in publisher.date_labels.items() for label in labels}
    before, *rest = _label_pattern(publisher).split(text)
    before = re.sub(r"\b\d+\s*min(?:ute)?s?\s*read\b", " ", before, flags=re.IGNORECASE)
    if not rest and re.search(r"\d", before):
        yield None, clean(before).strip(" |,-")
    for label, date in zip(rest[::2], rest[1::2], strict=True):
        date = re.sub(r"\b\d+\s*min(?:ute)?s?\s*read\b.*", " ", date, flags=re.IGNORECASE)
        if clean(date):
            yield names[label.casefold()], clean(date).strip(" |,-")


def unlabelled(text: str, publisher: Publisher) -> str:
    """The date on a card, without its label and reading time; ``""`` without one."""
    return next((date for _, date in _split(text, publisher)), "")
