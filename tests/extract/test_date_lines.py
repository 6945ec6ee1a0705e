"""Dates in the lines around the headline, in ``time`` elements, behind labels and by classes."""

from __future__ import annotations

import pytest

from newscrawl.extract.date_lines import Surroundings, dates_beside, in_classes, in_times, labelled, near_headline
from newscrawl.extract.date_owner import Owner
from newscrawl.extract.page import Page

HEAD = "<h1>Lock closed</h1>"
PROSE = (
    "<p>The lock by the mill is shut for good, the council says, since the gates cannot be mended before the frost, which came early and has done much harm.</p>"
    * 3
)
P, M = "date_published", "date_modified"


def page(markup: str, lang: str = "en") -> Page:
    html = f"<html lang={lang}><head><title>Lock closed</title></head><body>{markup}</body></html>"
    return Page(html, "https://paper.example/lock")


def near(markup: str, lang: str = "en", *, known: bool = False) -> list[tuple[str, str]]:
    found = page(markup, lang)
    owner = Owner(found)
    return [(field, date.text) for field, date in near_headline(found, owner, Surroundings(owner.top), known=known)]


def times(markup: str) -> list[tuple[str, str]]:
    found = page(markup)
    owner = Owner(found)
    return [(field, date.text) for field, date in in_times(found, owner, Surroundings(owner.top), exact=False)]


@pytest.mark.parametrize(
    ("markup", "lang", "found"),
    [
        (f"{HEAD}<p>By Ann Reed | 3 May 2025</p>", "en", [(P, "By Ann Reed | 3 May 2025")]),
        (f"{HEAD}<div><b>Updated:</b> <i>3 May 2025</i></div>", "en", [(M, "Updated: 3 May 2025")]),
        (f"{HEAD}<div>Updated</div><div>3 May 2025</div>", "en", [(M, "Updated 3 May 2025")]),
        (f"{HEAD}<dl><dt>Updated<dd>4 May 2025<dt>Published<dd>3 May 2025</dl>", "en", [(M, "Updated 4 May 2025"), (P, "Published 3 May 2025")]),
        (f"{HEAD}<div><div>May</div><div>3</div><div>2025</div></div>", "en", [(P, "May 3 2025")]),
        ("<h1>Lock closed <small>3 May 2025</small></h1>", "en", [(P, "Lock closed 3 May 2025")]),
        (f"<div>3 May 2025</div>{HEAD}", "en", [(P, "3 May 2025")]),
        (f"{HEAD}<span class=date data-date='2025-05-03T10:00Z'>yesterday</span>", "en", [(P, "2025-05-03T10:00Z")]),
        (f"{HEAD}<relative-time datetime='2025-05-03T10:00Z'>2 hours ago</relative-time>", "en", [(P, "2025-05-03T10:00Z")]),
        (f"{HEAD}<p>۱۳ اردیبهشت ۱۴۰۴</p>", "fa", [(P, "13 اردیبهشت 1404")]),
        (f"{HEAD}<p>3 Bealtaine 2025</p>", "ga", [(P, "3 Bealtaine 2025")]),  # another reader may know the month
        (f"{HEAD}<p>3 Bealtaine 2025</p>", "en", []),
        (f"{HEAD}<p>Event: 3 May 2025</p>", "en", []),
        (f"{HEAD}<p>© 3 May 2025</p>", "en", []),
        (f"{HEAD}<div>The lock on 3 May 2025. Photo: Ann Reed</div>", "en", []),
        (f"{HEAD}<p>In 2025</p>", "en", []),
        ("<p>3 May 2025</p>", "en", []),
    ],
)  # fmt: skip
def test_lines_beside_the_headline(markup, lang, found):
    assert near(markup, lang) == found


def test_a_line_of_many_words_counts_only_where_no_date_is_known():
    line = f"{HEAD}<p>Ann Reed reports from the lock by the old mill, 3 May 2025</p>"
    assert near(line) and not near(line, known=True)


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>Updated: <time datetime=1>x</time> Published: <time datetime=2>x</time></p>", [(M, "1"), (P, "2")]),
        ("<p>Updated: <time datetime=1>x</time></p><p>By Ann <time datetime=2>x</time></p>", [(M, "1"), (P, "2")]),
        ("<dl><dt>Updated<dd><time datetime=1>x</time><dt>By<dd><time datetime=2>x</time></dl>", [(M, "1"), (P, "2")]),
        ("<time datetime=1>Updated today</time><time datetime=2>today</time>", [(M, "1"), (P, "2")]),
        ("<a rel=bookmark href=/l><time class='entry-date published' datetime=1>x</time><time class=updated datetime=2>x</time></a>", [(P, "1"), (M, "2")]),
        ("<time class='published updated' datetime=1>x</time>", [(P, "1")]),
        ("<span class=updated><time datetime=1>x</time></span><time datetime=2>x</time>", [(M, "1"), (P, "2")]),
        ("<p>Event starts <time datetime=1>x</time></p><time datetime=2>x</time>", [(P, "2")]),
        ("<time>3 May 2025</time><time></time>", [(P, "3 May 2025")]),
        (f"{PROSE * 3}<ul><li><a href=/x>y</a><time datetime=1>x</time></ul>", []),
    ],
)  # fmt: skip
def test_time_elements_and_their_labels(markup, found):
    assert times(HEAD + markup) == found


def test_those_behind_the_headline_come_first():
    assert [text for _, text in times(f"<time datetime=1>x</time>{HEAD}<time datetime=2>x</time>")] == ["2", "1"]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>Published: 3 May 2025</p>", [(P, "Published: 3 May 2025")]),
        ("<p>Published on <b>3 May 2025</b></p>", [(P, "Published on 3 May 2025")]),
        ("<p><b>Published</b><i>3 May 2025</i></p>", [(P, "Published 3 May 2025")]),
        ("<p>Published: 3 May 2025</p><p>Published: 4 May 2025</p>", []),
        ("<p>She published it on 3 May 2025, on her own account.</p>", []),
        ("<div class=comments><p>Posted on 3 May 2025</p></div>", []),
    ],
)
def test_labels_far_from_the_headline(markup, found):
    assert [(field, date.text) for field, date in labelled(*_far(markup))] == found


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p class=post-date>3 May 2025</p>", [(P, "3 May 2025")]),
        ("<p class=last-updated>3 May 2025</p>", [(M, "3 May 2025")]),
        ("<p class=date>3 May 2025</p><p class=date>4 May 2025</p>", []),
        ("<p class=date>soon</p>", []),
    ],
)
def test_elements_whose_class_says_that_they_hold_a_date(markup, found):
    assert [(field, date.text) for field, date in in_classes(*_far(markup))] == found


def _far(markup: str) -> tuple[Page, Owner]:
    found = page(f"{HEAD}{PROSE}{markup}")
    return found, Owner(found)


def test_other_dates_of_the_page():
    assert dates_beside(page(f"{HEAD}<p>Shut since 28/10/2025</p><time datetime=2025-05-03>x</time>")) == [
        "Shut since 28/10/2025", "2025-05-03",
    ]  # fmt: skip
