"""Each pipeline on items."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy.exceptions import DropItem
from scrapy.settings import Settings

from newscrawl.article.item import Article
from newscrawl.dates.found import Found, FoundDate
from newscrawl.pipelines.copies import CopiesPipeline
from newscrawl.pipelines.dates import DatesPipeline
from newscrawl.pipelines.duplicates import DuplicateArticle, DuplicatesPipeline
from newscrawl.pipelines.limit import BeyondLimit, LimitPipeline
from newscrawl.pipelines.offers import OffersPipeline
from newscrawl.pipelines.since import LaterArticle, SincePipeline
from newscrawl.pipelines.validation import ValidationPipeline
from newscrawl.publishers import by_name
from newscrawl.store import SQLiteStore

BS = by_name("business-standard.com")


def article(**fields):
    given_fields = {"url": "https://www.business-standard.com/x", "id": "125090301234", "publisher": BS.name, **fields}
    return Article(**given_fields)


def once():
    return DuplicatesPipeline(SimpleNamespace(spider=SimpleNamespace(store=SQLiteStore())))


# Dates -----------------------------------------------------------------------


def test_dates_are_read_as_the_article_s_publisher_writes_them():
    found = Found(datetime(2025, 9, 3, 15, tzinfo=UTC), (FoundDate("Sep 03 2025 | 7:49 PM IST", "rule", visible=True),))
    assert DatesPipeline().process_item(article(found=found)).date_published == "2025-09-03T19:49:00+05:30"


# Offers ----------------------------------------------------------------------


def test_prompts_are_taken_out_as_the_article_s_publisher_words_them():
    body = "The port of Maro opens on Monday.\n\nSubscribe for ₹2,700 / 1 Year"
    assert OffersPipeline().process_item(article(body=body)).body == "The port of Maro opens on Monday."


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
    pipeline = once()
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


def test_until_drops_only_what_is_later():
    pipeline = SincePipeline(until=datetime(2025, 9, 3, tzinfo=UTC))
    for kept in (None, "2025-09-03T05:30:00+05:30", "2025-09-01T00:00:00+00:00"):
        assert pipeline.process_item(article(date_published=kept)).date_published == kept
    with pytest.raises(LaterArticle):
        pipeline.process_item(article(date_published="2025-09-03T05:30:01+05:30"))


def test_a_limit_lets_that_many_through():
    pipeline = LimitPipeline(2)
    assert [pipeline.process_item(article(id=str(number))).id for number in range(2)] == ["0", "1"]
    with pytest.raises(BeyondLimit):
        pipeline.process_item(article(id="2"))


def test_the_output_has_the_contract_s_keys_in_their_order():
    assert list(json.loads(json.dumps(article().to_dict()))) == [
        "url", "id", "publisher", "section", "headline", "description", "authors", "place", "date_published", "date_modified",
        "body", "word_count", "reading_minutes", "image", "image_caption", "topics", "premium", "live", "language", "next_url",
        "links", "crawled_at", "status", "content_hash", "copy_group", "extraction",
        "body_markdown", "images", "updates", "publisher_name", "keywords", "corrections", "contributors", "dateline",
        "links_in_text",
    ]  # fmt: skip


# Copies ----------------------------------------------------------------------


def test_without_rensa_groups_are_unknown_and_a_warning_says_so_once(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "rensa", None)
    for name in ("signatures", "groups"):
        monkeypatch.delitem(sys.modules, f"newscrawl.history.copies.{name}", raising=False)
    pipeline = CopiesPipeline(SimpleNamespace(spider=None, settings=Settings({"COPIES_DAYS": 30})))
    for number in ("1", "2"):
        assert pipeline.process_item(article(id=number, body="Ships sail. " * 50)).copy_group is None
    pipeline.close_spider()
    assert [record.message for record in caplog.records] == [
        "Copies are not recognised in the rest of this run: rensa is not installed, or has no wheel for this platform"
    ]


# Duplicates --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "headline", "body", "contradicts"),
    [
        ("hash of the address", "Talks  RESUME", "Another text.", False),
        ("hash of the address", "Cranes stand still", "Talks in Maro.", False),
        ("hash of the address", "Cranes stand still", "Another text.", True),
        ("form of the address", "Cranes stand still", "Another text.", False),
    ],
)
def test_of_two_stories_under_one_address_one_is_missing(rule, headline, body, contradicts):
    pipeline = once()
    first, second = article(headline="Talks resume", body="Talks in Maro."), article(headline=headline, body=body)
    first.rules, second.rules = {"id": rule}, {"id": rule}
    assert pipeline.process_item(first) is first
    with pytest.raises(DuplicateArticle) as dropped:
        pipeline.process_item(second)
    assert dropped.value.contradicts is contradicts
