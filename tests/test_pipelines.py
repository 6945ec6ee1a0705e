"""Each pipeline on items."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import DropItem
from scrapy.settings import Settings

from newscrawl.article.item import Article, Found, FoundDate
from newscrawl.dates.described import parse_date
from newscrawl.pipelines.copies import CopiesPipeline
from newscrawl.pipelines.dates import DatesPipeline
from newscrawl.pipelines.duplicates import DuplicatesPipeline
from newscrawl.pipelines.offers import OffersPipeline
from newscrawl.pipelines.since import SincePipeline
from newscrawl.pipelines.validation import ValidationPipeline
from newscrawl.publishers import by_name

BS = by_name("business-standard.com")
NOW = datetime(2025, 9, 3, 15, 0, tzinfo=UTC)  # 20:30 in India


def article(**fields):
    given_fields = {"url": "https://www.business-standard.com/x", "id": "125090301234", "publisher": BS.name, **fields}
    return Article(**given_fields)


# Dates -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sep 03 2025 | 7:49 PM IST", "2025-09-03T19:49:00+05:30"),
        ("Sep 03 2025 | 7:49 PM", "2025-09-03T19:49:00+05:30"),
        ("September 03 2025 | 07:49 AM IST", "2025-09-03T07:49:00+05:30"),
        ("3 Sep 2025 | 12:00 AM IST", "2025-09-03T00:00:00+05:30"),
        ("Sept 3, 2025, 7:49 p.m. IST", "2025-09-03T19:49:00+05:30"),
        ("Today 7:49 PM IST", "2025-09-03T19:49:00+05:30"),
        ("Yesterday, 7:49 PM IST", "2025-09-02T19:49:00+05:30"),
        ("2 hours ago", "2025-09-03T18:30:00+05:30"),
        ("2 days ago", "2025-09-01T20:30:00+05:30"),
        ("2025-09-03T19:49:07+05:30", "2025-09-03T19:49:07+05:30"),
        ("2025-09-03T14:19:07Z", "2025-09-03T19:49:07+05:30"),
        ("2025-09-03T14:19:07.123Z", "2025-09-03T19:49:07+05:30"),
        ("2025-09-03 19:49", "2025-09-03T19:49:00+05:30"),
        ("2025-09-03", "2025-09-03T00:00:00+05:30"),
        ("Wed, 03 Sep 2025 14:19:07 GMT", "2025-09-03T19:49:07+05:30"),
        ("Sep 31 2025 | 7:49 PM IST", None),
        ("Feb 29 2025 | 7:49 PM IST", None),
        ("2025-09-31", None),
        ("2025-13-01T00:00:00Z", None),
        ("7:49 PM", None),
        ("September", None),
        ("3 min read", None),
        ("soon", None),
        ("", None),
        ("99999999999999999999", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_reading_a_date(text, expected):
    found = parse_date(text, BS, NOW)
    assert (found and found.isoformat()) == expected


@given(st.text(max_size=150))
def test_no_text_makes_reading_a_date_raise(text):
    found = parse_date(text, BS, NOW)
    assert found is None or found.tzinfo is not None


def test_known_forms_are_read_fast():
    text = "Sep 03 2025 | 7:49 PM IST"
    parse_date(text, BS, NOW)
    start = time.perf_counter()
    for _ in range(200):
        parse_date(text, BS, NOW)
    # 0.05 ms measured; the free-form reader takes 2 ms and more, so this tells which one ran.
    assert (time.perf_counter() - start) / 200 < 0.0015


def dated(published=(), modified=()):
    def found(dates):
        return tuple(FoundDate(text, "rule", visible) for text, visible in dates)

    return DatesPipeline().process_item(article(found=Found(NOW, found(published), found(modified))))


def test_seconds_of_the_machine_readable_date_where_both_agree():
    item = dated([("Sep 03 2025 | 7:49 PM IST", True), ("2025-09-03T14:19:23Z", False)])
    assert item.date_published == "2025-09-03T19:49:23+05:30"


def test_the_visible_date_where_they_disagree(caplog):
    item = dated([("Sep 03 2025 | 7:49 PM IST", True), ("2025-09-03T14:20:00Z", False)])
    assert item.date_published == "2025-09-03T19:49:00+05:30"
    assert "the visible one is taken" in caplog.text


def test_an_impossible_date_is_a_warning(caplog):
    item = dated([("Sep 31 2025 | 7:49 PM IST", True)])
    assert item.date_published is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_date_far_from_the_id_is_a_warning(caplog):
    assert dated([("Sep 05 2025 | 7:49 PM IST", True)]).date_published
    assert not caplog.records
    assert dated([("Sep 08 2025 | 7:49 PM IST", True)]).date_published
    assert "its id says 2025-09-03" in caplog.text


# Offers ----------------------------------------------------------------------

OFFER = [
    "Already subscribed? Log in", "Subscribe to read the full story →",
    "Subscribe to Business Standard digital and get complimentary access to The New York Times",
    "Smart Quarterly", "₹900", "3 Months", "₹300/Month", "SAVE 25%", "Super Saver", "₹3,900", "2 Years", "Subscribe",
    "Renews automatically, cancel anytime", "Here’s what’s included in our digital subscription plans",
    "Exclusive premium stories online", "• Over 30 premium stories daily, handpicked by our editors",
    "• Digital replica of our daily newspaper — with options to read, save, and share", "Archives", "Ad-free Reading",
    "Seamless Access Across All Devices", "Subscribe for ₹2,700 / 1 Year", "Connect with us on WhatsApp",
]  # fmt: skip
STORY = [
    "The port of Maro raised its fees to ₹900 for 3 months on Monday.",
    "“Subscribe to read the full story” is a sentence that readers there know well.",
    "Subscribe or leave: that was the choice the Ledger gave its readers, its editor said.",
    "Already subscribed readers pay ₹300 a month; others save 25% if they wait.",
    "The archives open on Thursday.",
    "Get ready for higher prices, the newspaper told its subscribers.",
]


def without_offers(paragraphs):
    return OffersPipeline().process_item(article(body="\n\n".join(paragraphs))).paragraphs


@given(st.lists(st.sampled_from(STORY), min_size=1), st.integers(0, 10), st.integers(0, len(OFFER) - 3), st.booleans())
def test_an_offer_anywhere_goes_and_the_story_stays(story, place, skip, reverse):
    offer = OFFER[skip:]
    offer = offer[::-1] if reverse else offer
    place = min(place, len(story))
    assert without_offers([*story[:place], *offer, *story[place:]]) == story


@given(st.lists(st.sampled_from([*STORY, "Archives", "₹300", "3 Months"]), max_size=3))
def test_short_lines_alone_are_no_offer(story):
    assert without_offers([*story, STORY[0]]) == [*story, STORY[0]]


def test_a_table_row_of_plans():
    rows = ["Smart Quarterly | ₹900 | 3 Months | ₹300/Month | SAVE 25%", "Already subscribed? Log in"]
    assert without_offers([STORY[0], *rows]) == [STORY[0]]
    assert without_offers([STORY[0], "Daily | ₹900", STORY[1]]) == [STORY[0], "Daily | ₹900", STORY[1]]


# Validation, duplicates, since -----------------------------------------------


@pytest.mark.parametrize("missing", ["headline", "body"])
def test_incomplete_articles_are_dropped(missing):
    with pytest.raises(DropItem, match=f"no {missing}"):
        ValidationPipeline().process_item(article(**{"headline": "H", "body": "B", missing: ""}))


def test_a_whole_article_is_sealed():
    one = ValidationPipeline().process_item(article(headline="H", body="Two words.\n\nThree more words."))
    assert one.word_count == 5
    same = ValidationPipeline().process_item(article(headline="H", body=one.body, topics=["x"]))
    other = ValidationPipeline().process_item(article(headline="H", body=one.body, description="d"))
    assert one.content_hash == same.content_hash != other.content_hash


def test_each_article_once():
    pipeline = DuplicatesPipeline()
    pipeline.process_item(article())
    with pytest.raises(DropItem):
        pipeline.process_item(article(url="https://elsewhere.example/"))
    pipeline.process_item(article(id="125090301235"))


def test_since_drops_only_what_is_older():
    pipeline = SincePipeline(datetime(2025, 9, 3, tzinfo=UTC))
    for kept in (None, "2025-09-03T05:30:00+05:30", "2025-09-04T00:00:00+00:00"):
        assert pipeline.process_item(article(date_published=kept)).date_published == kept
    with pytest.raises(DropItem):
        pipeline.process_item(article(date_published="2025-09-03T05:29:59+05:30"))
    with pytest.raises(DropItem):
        pipeline.process_item(article(date_modified="2025-09-01T00:00:00+00:00"))


def test_the_output_has_the_contract_s_keys_in_their_order():
    assert list(json.loads(json.dumps(article().to_dict()))) == [
        "url", "id", "publisher", "section", "headline", "description", "authors", "place", "date_published", "date_modified",
        "body", "word_count", "reading_minutes", "image", "image_caption", "topics", "premium", "live", "language", "next_url",
        "links", "crawled_at", "status", "content_hash", "copy_group", "extraction",
    ]  # fmt: skip


# Copies ----------------------------------------------------------------------


def test_without_rensa_groups_are_unknown_and_a_warning_says_so_once(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "rensa", None)
    monkeypatch.delitem(sys.modules, "newscrawl.history.copies", raising=False)
    pipeline = CopiesPipeline(SimpleNamespace(spider=None, settings=Settings({"COPIES_DAYS": 30})))
    for number in ("1", "2"):
        assert pipeline.process_item(article(id=number, body="Ships sail. " * 50)).copy_group is None
    pipeline.close_spider()
    assert [record.message for record in caplog.records] == [
        "Copies are not recognised in the rest of this run: rensa is not installed, or has no wheel for this platform"
    ]
