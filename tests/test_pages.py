"""Saved invented pages: one folder a case, ``page.html`` and what must come of it, ``expected.json``.

``expected.json`` holds ``url``, optionally ``headers``, ``publisher`` and ``fetched_at``, under ``article`` the fields
that the case is about, and under ``instants`` dates that may be told in any zone.
"""

from __future__ import annotations

import gc
import json
import weakref
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from newscrawl import extract_article
from newscrawl.extract.page import Page
from newscrawl.library import article_on
from newscrawl.publishers import by_name

CASES = sorted(path.parent for path in Path(__file__).parent.glob("pages/*/expected.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page(case):
    expected = json.loads((case / "expected.json").read_text(encoding="utf8"))
    fetched = expected.get("fetched_at")
    article = extract_article(
        (case / "page.html").read_bytes(),
        expected["url"],
        headers=expected.get("headers"),
        publisher=expected.get("publisher"),
        fetched_at=fetched and datetime.fromisoformat(fetched),
    ).to_dict()
    article["body"] = article["body"].split("\n\n") if article["body"] else []
    for key, value in expected["article"].items():
        assert article[key] == value, key
    for key, value in expected.get("instants", {}).items():
        assert article[key] and datetime.fromisoformat(article[key]) == datetime.fromisoformat(value), key


def elements() -> set[etree._Element]:
    """All that this process has of any page."""
    return {one for one in gc.get_objects() if isinstance(one, etree._Element)}


@pytest.mark.parametrize("publisher", ["business-standard.com", "generic"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_is_freed_at_once(case, publisher):
    """What is kept for a page must not keep the page: its tree takes megabytes until the next collection of garbage."""
    page = Page((case / "page.html").read_bytes(), "https://paper.example/2025/harbour-lock")
    kept = weakref.ref(page)
    gc.collect()
    others = elements()
    gc.disable()
    try:
        article_on(page, by_name(publisher), datetime(2025, 9, 3, tzinfo=UTC))
        del page
        assert kept() is None
        assert not elements() - others
    finally:
        gc.enable()
