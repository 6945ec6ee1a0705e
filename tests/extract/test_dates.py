"""Where a page's dates are found; they are read elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extract.dates import LONGEST_LINE, MOST_DATES, find_dates, unlabelled
from newscrawl.extract.page import Page
from newscrawl.publishers import GENERIC, Publisher

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def dates(markup: str, head: str = "", publisher: Publisher = GENERIC) -> list[tuple[str, str, str]]:
    """Field, text and rule of each date on a page."""
    html = f"<html><head><title>Lock closed</title>{head}</head><body>{markup}</body></html>"
    found = find_dates(Page(html, "https://paper.example/lock"), publisher, NOW)
    fields = (("published", found.published), ("modified", found.modified))
    return [(field, date.text, date.rule) for field, all_of_it in fields for date in all_of_it]


def meta(name: str, text: str) -> str:
    return f"<meta property='{name}' content='{text}'>"


def test_metadata_best_first():
    head = meta("pubdate", "2025-05-01") + meta("article:published_time", "2025-05-02T10:00Z")
    assert dates("", head) == [
        ("published", "2025-05-02T10:00Z", "meta:article:published_time"),
        ("published", "2025-05-01", "meta:pubdate"),
    ]


def test_a_page_with_very_many_dates_gives_the_first():
    head = "".join(meta("pubdate", f"2025-05-01T10:{n:02}Z") for n in range(MOST_DATES + 1))
    assert len(dates("", head)) == MOST_DATES


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<h1>Lock closed</h1><time datetime=2025-05-03T10:00Z>today</time>", ["2025-05-03T10:00Z"]),
        ("<h1>Lock closed</h1><time>3 May 2025, 10:00</time>", ["3 May 2025, 10:00"]),
        ("<h1>Lock closed</h1><time datetime=2025-05-03T10:00Z>Updated today</time>", []),
        ("<h1>Lock closed</h1><li><a>x</a><time datetime=2025-05-03T10:00Z></time></li><time datetime=2025-05-04T10:00Z></time>", ["2025-05-04T10:00Z"]),
        ("<h1>Lock closed</h1><div class=comments><time datetime=2025-05-03T10:00Z></time></div>", []),
        ("<article><h1>Lock closed</h1></article><article><time datetime=2025-05-03T10:00Z></time></article>", []),
    ],
    ids=["machine", "text", "changed", "list", "comments", "other-article"],
)  # fmt: skip
def test_time_elements_of_the_story(markup, texts):
    assert [text for field, text, rule in dates(markup) if rule == "time" and field == "published"] == texts


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<div>3 May 2025, 10:00</div>", [("published", "3 May 2025, 10:00")]),
        ("<div>03.05.25</div>", [("published", "03.05.25")]),
        ("<div>3 May 2025 | actualizado 4 May 2025</div>", [("published", "3 May 2025"), ("modified", "4 May 2025")]),
        ("<div>In 2025 the lock was shut for good.</div>", []),
        (
            "<div>It was on 3 May 2025, at about ten a.m.</div>",
            [("published", "It was on 3 May 2025, at about ten a.m.")],
        ),
        ("<div>Shut in 2025.</div>", []),
        ("<div>2025年5月3日に閉まった。</div>", []),
        ("<figure>3 May 2025</figure>", []),
        ("<blockquote>3 May 2025</blockquote>", []),
        ("<aside><b>3 May 2025</b></aside>", []),
        ("<footer>3 May 2025</footer>", [("published", "3 May 2025")]),
        ("<script>3 May 2025</script>", []),
        (f"<p><b>3 May 2025</b>{'x' * LONGEST_LINE}</p>", []),
    ],
)
def test_a_line_near_the_headline(line, found):
    markup = f"<article><h1>Lock closed</h1>{line}</article>"
    assert [(field, text) for field, text, rule in dates(markup) if rule == "near h1"] == found


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<div>Last Updated: 3 May 2025</div>", [("modified", "3 May 2025", "label")]),
        ("<div><b>First Published:</b><i>3 May 2025</i></div>", [("published", "3 May 2025", "label")]),
        ("<div>3 May 2025 <b>Last Updated</b></div>", [("published", "3 May 2025", "label")]),
        ("<a><b>Last Updated: 3 May 2025</b></a>", []),
    ],
    ids=["in-line", "beside", "before", "in-a-link"],
)
def test_labels_in_front_of_dates(markup, found):
    assert [date for date in dates(markup) if date[2] == "label"] == found


def test_lines_where_the_publisher_says():
    publisher = Publisher(name="paper.example", hosts=("paper.example",), rules={"date": (".when",)})
    assert dates("<div class=when>Posted on 3 May 2025 | 2 min read</div>", publisher=publisher) == [
        ("published", "3 May 2025", ".when")
    ]
    assert dates("<div class=when>3 May 2025</div>", publisher=publisher) == [("published", "3 May 2025", ".when")]


def test_a_date_on_a_card_without_its_label():
    assert unlabelled("Updated: 3 May 2025 | 4 min read", GENERIC) == "3 May 2025"
    assert unlabelled("Lock closed", GENERIC) == ""
