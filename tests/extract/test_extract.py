"""A page in, an article out, with the rule of each field."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

from newscrawl.addresses.site import Site
from newscrawl.article.item import Article
from newscrawl.extract import extract
from newscrawl.library import cleaned
from newscrawl.publishers import GENERIC
from tests.extract.invented import SENTENCE, URL, json_ld, meta, page

NOW = datetime(2025, 9, 3, 12, tzinfo=UTC)
#: Fields that follow from the run or from other fields.
WITHOUT_RULE = {
    "publisher", "word_count", "crawled_at", "status", "content_hash", "copy_group", "extraction", "body_markdown",
    "images", "updates", "links_in_text",
}  # fmt: skip


def article(body: str = "", head: str = "", section: str = "") -> Article:
    shown = page(body, head)
    return cleaned(extract(shown, Site(GENERIC, URL), NOW, section), GENERIC)


def test_every_field_has_a_rule_or_none() -> None:
    found = article()
    assert {*found.rules, *found.extraction} == {field.name for field in fields(Article)} - WITHOUT_RULE
    assert found.extraction == {"headline": None, "body": None, "date_published": None}


def test_rules_are_kept_beside_those_of_the_output() -> None:
    head = json_ld(dateModified="2025-09-03T10:00:00Z", datePublished="2025-09-03T09:00:00Z") + meta(
        "og:title", "Harbour"
    )
    found = article(f"<article><p>{SENTENCE}</p><p>{SENTENCE} Twice.</p><p>{SENTENCE} Again.</p></article>", head)
    assert found.extraction == {
        "headline": "meta:og:title", "body": "prose", "date_published": "json-ld:datePublished",
    }  # fmt: skip
    assert found.rules["date_modified"] == "json-ld:dateModified"
    assert found.rules["language"] == "html::attr(lang)"
    assert found.rules["image"] is None
    assert "rules" not in found.to_dict()


def test_a_page_without_a_section_is_in_the_one_that_was_asked_for() -> None:
    assert article(section="World News").section == "World News"
    assert article(head=meta("article:section", "World"), section="World News").section == "World"
