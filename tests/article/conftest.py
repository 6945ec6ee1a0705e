"""What the tests of the room have in common."""

from __future__ import annotations

import json

import pytest

from newscrawl.article.check import Checker
from newscrawl.article.item import Article


def good(**values):
    article = Article(
        "https://x.example/1", "1", "x.example", headline="Harbour reopens", body="One.\n\nTwo.",
        date_published="2025-09-03T19:49:00+05:30", crawled_at="2025-09-03T14:19:30Z",
    )  # fmt: skip
    article.seal()
    return article.to_dict() | values


def line(**values):
    return json.dumps(good(**values), ensure_ascii=False).encode() + b"\n"


@pytest.fixture(scope="session")
def checker():
    pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed: pip install 'newscrawl[validate]'")
    return Checker()
