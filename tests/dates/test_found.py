"""What is found of a page's dates is handed on as it is."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime

import pytest

from newscrawl.dates.found import Found, FoundDate

DATE = FoundDate("Sep 03 2025 | 7:49 PM IST", ".meta-info", visible=True)


def test_what_is_found_does_not_change():
    found = Found(datetime(2025, 9, 3, tzinfo=UTC), (DATE,))
    with pytest.raises(FrozenInstanceError):
        found.run = "1"
    assert replace(found, run="1").published == (DATE,)
    assert found.modified == ()
