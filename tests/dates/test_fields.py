"""The two dates of an article."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.article.item import Article
from newscrawl.dates.fields import read_dates
from newscrawl.dates.found import Found, FoundDate
from newscrawl.publishers import by_name

BS = by_name("business-standard.com")
NOW = datetime(2025, 9, 3, 15, 0, tzinfo=UTC)


def dated(published="", modified="", id="125090301234"):
    def found(text):
        return (FoundDate(text, "rule", visible=True),) if text else ()

    article = Article(
        "https://www.business-standard.com/x", id, BS.name, found=Found(NOW, found(published), found(modified))
    )
    read_dates(article, BS)
    return article


def test_both_dates_and_the_rule_of_the_first():
    article = dated("Sep 03 2025 | 7:49 PM IST", "Sep 03 2025 | 8:05 PM IST")
    assert (article.date_published, article.date_modified) == ("2025-09-03T19:49:00+05:30", "2025-09-03T20:05:00+05:30")
    assert article.extraction["date_published"] == "rule"


def test_a_page_without_dates():
    article = dated()
    assert (article.date_published, article.date_modified, article.extraction) == (None, None, {"date_published": None})


def test_an_article_of_which_nothing_was_found_is_left_as_it_is():
    article = Article("https://x.example/1", "1", "x.example", date_published="2025-09-03T19:49:00+05:30")
    read_dates(article, BS)
    assert article.date_published == "2025-09-03T19:49:00+05:30"


def test_a_date_far_from_the_day_that_the_id_tells_is_a_warning(caplog):
    assert dated("Sep 05 2025 | 7:49 PM IST").date_published
    assert dated("Sep 08 2025 | 7:49 PM IST", id="no-day").date_published
    assert "its id says" not in caplog.text
    assert dated("Sep 08 2025 | 7:49 PM IST").date_published
    assert "its id says 2025-09-03" in caplog.text


def test_a_date_more_than_a_day_ahead_is_a_warning_and_stays(caplog):
    assert dated("Sep 04 2025 | 7:49 PM IST", id="no-day").date_published
    assert not caplog.records
    assert dated("Sep 08 2035 | 7:49 PM IST", id="no-day").date_published == "2035-09-08T19:49:00+05:30"
    assert "its date is in the future: 2035-09-08T19:49:00+05:30" in caplog.text
