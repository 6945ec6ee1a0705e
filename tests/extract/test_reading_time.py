"""The minutes of reading."""

import pytest

from newscrawl.extract.reading_time import reading_minutes
from tests.extract.invented import GENERIC, SENTENCE, json_ld, meta, page, publisher

PREVIEW = meta("twitter:label1", "Lesedauer") + meta("twitter:data1", "4 Minuten")


@pytest.mark.parametrize(
    ("body", "head", "found"),
    [
        ("<p>3 min read</p>", "", (3, "label")),
        ("<p>12-minute <!-- --> read</p>", PREVIEW, (12, "label")),
        (f"<p>{SENTENCE * 3} It was a 3 min read.</p>", "", (None, None)),  # too long for a line that tells it
        ("<a href=/other><span>3 min read</span></a>", "", (None, None)),
        ("", PREVIEW, (4, "meta:twitter:data1")),
        ("", meta("twitter:label1", "Filed by") + meta("twitter:data1", "4 Minuten"), (None, None)),
        ("", json_ld(timeRequired="PT5M30S"), (5, "json-ld:timeRequired")),
        ("", json_ld(timeRequired="soon"), (None, None)),
    ],
)
def test_minutes(body: str, head: str, found: tuple[int | None, str | None]) -> None:
    assert reading_minutes(page(body, head), GENERIC) == found


def test_the_line_of_a_publishers_dates_is_first() -> None:
    shown = page("<p>3 min read</p><p class=when>Sep 3 | 2 min read</p>")
    assert reading_minutes(shown, publisher(date=(".when", ".when::attr(title)"))) == (2, ".when")
