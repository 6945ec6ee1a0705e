"""Which characters belong to scripts without spaces, and that all rooms agree on it."""

from __future__ import annotations

import sqlite3

import pytest

from newscrawl.text.scripts import UNSPACED, UNSPACED_LETTER, unspaced


@pytest.mark.parametrize(
    "letter",
    ["ก", "ั", "๕", "ກ", "က", "ក", "あ", "ア", "ー", "ｱ", "漢", "々", "〇", "㐀", "\uf900", "\U00020000", "\U00030000"],
)
def test_letters_of_scripts_without_spaces(letter):
    assert UNSPACED_LETTER.fullmatch(letter)


@pytest.mark.parametrize(
    "other",
    ["a", "é", "я", "ह", "ع", "한", "、", "。", "「", "〒", "・", "฿", "။", "។", "䷀", "０", "!", "5", "\u3040"],
)
def test_punctuation_symbols_and_other_scripts_are_none(other):
    assert not UNSPACED_LETTER.search(other)


def test_sqlite_reads_the_same_class():
    letters = "a漢、々한ก฿"
    glob = sqlite3.connect("").execute
    found = [c for c in letters if glob("select ? glob ?", (c, f"[{UNSPACED}]")).fetchone()[0]]
    assert found == [c for c in letters if UNSPACED_LETTER.match(c)] == ["漢", "々", "ก"]


def test_how_many_there_are():
    assert unspaced("東京 2025, กก") == 4
