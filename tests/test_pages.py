"""Saved invented pages: one folder a case, ``page.html`` and what must come of it, ``expected.json``.

``expected.json`` holds ``url``, optionally ``headers``, ``publisher`` and ``fetched_at``, under ``article`` the fields
that the case is about, and under ``instants`` dates that may be told in any zone.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from newscrawl import extract_article

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
