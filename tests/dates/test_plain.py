"""Figures and times of any script and language as ASCII's."""

from __future__ import annotations

import pytest

from newscrawl.dates.plain import figures, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18.11.2025, 14.30 Uhr", "18.11.2025, 14:30 Uhr"),
        ("à 19h49", "à 19:49"),
        ("kl. 09.30", "kl. 09:30"),
        ("at 9 am", "at 9:00 AM"),
        ("14時30分", "14:30:00"),
        ("午前9時半", "9:30:00 AM"),
        ("下午3:05", "3:05 PM"),
        ("오전 9:30", "9:30 AM"),
        ("２０２５／１１／１８", "2025/11/18"),
        ("民國114年11月18日", "2025年11月18日"),
        ("\u200f18 נובמבר 2025\u200f", "18 נובמבר 2025"),
        ("3 am Hafen", "3:00 AM Hafen"),
    ],
)
def test_a_line(text, expected):
    assert plain(text) == expected


def test_figures_of_other_scripts():
    assert figures("२०२५ ٢٠٢٥ ๒๕๖๘ 2025") == "2025 2025 2568 2025"
