"""Words and signs of dates."""

from __future__ import annotations

import pytest

from newscrawl.dates.wording import AFTER_TIME, BETWEEN, CLOCK, READING_TIME, RELATIVE, TIME


@pytest.mark.parametrize("text", ["19:49", "19.49 Uhr", "19h49", "7 p.m.", "7pm", "19時49分", "at 7:49"])
def test_times(text):
    assert TIME.search(text)


@pytest.mark.parametrize("text", ["3.9.2025", "03.09.25", "2025", "3 Sep 2025", "5 min read"])
def test_no_times(text):
    assert not TIME.search(text)


@pytest.mark.parametrize(
    ("text", "told"), [("2 hours ago", True), ("Yesterday, 7:49 PM", True), ("Just now", True), ("Chicago", False)]
)
def test_words_told_from_the_present(text, told):
    assert bool(RELATIVE.search(text)) is told


@pytest.mark.parametrize(
    "text",
    ["3.9.2025 um 19:49", "3.9.2025 à 19:49", "3.9.2025 kl. 19:49", "3.9.2025 | 19:49", "3.9.2025 alle ore 19:49"],
)
def test_words_between_a_day_and_its_time(text):
    assert BETWEEN.sub(" ", text) == "3.9.2025 19:49"


def test_times_with_other_signs_and_words_behind_them():
    assert CLOCK.sub(r"\1:\2", "3.9.2025 19.49 Uhr") == "3.9.2025 19:49 Uhr"
    assert CLOCK.sub(r"\1:\2", "le 3.9.2025 19h49") == "le 3.9.2025 19:49"
    assert AFTER_TIME.sub("", "19:49 Uhr") == "19:49"


@pytest.mark.parametrize("text", ["3 min read", "3-minute read", "12 mins read"])
def test_reading_times(text):
    assert READING_TIME.fullmatch(text)
