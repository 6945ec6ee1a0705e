"""Words, and texts that are worded alike."""

from __future__ import annotations

import pytest

from newscrawl.text.words import WORD, count_words, key_of, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lock – “shut” – since 9.30!", ["The", "lock", "shut", "since", "9", "30"]),
        ("हिन्दी में है।", ["हिन्दी", "में", "है"]),
        ("دروازہ بند ہے۔", ["دروازہ", "بند", "ہے"]),
        ("人 々 の 「 家 」 。", ["人", "々", "の", "家"]),
    ],
)
def test_words_of_a_text(text, words):
    assert WORD.findall(text) == words_in(text) == words


def test_words_are_found_the_same_two_ways():
    all_characters = "a".join(map(chr, range(0x110000)))
    assert words_in(all_characters) == WORD.findall(all_characters)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lock closed", "LOCK  CLOSED!"), ("The lock’s gate", "The lock's gate"), ("lock_closed", "Lock: closed")],
)
def test_texts_that_are_worded_alike_have_one_key(one, other):
    assert key_of(one) == key_of(other) != ""


def test_a_text_without_words_has_no_key():
    assert key_of(" – _ ! ") == ""


def test_texts_of_other_words_have_other_keys():
    assert key_of("Lock 1 closed") != key_of("Lock 2 closed")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("The lock is shut.", 4),
        ("“The lock” – it is – shut…", 7),
        ("Η κλειδαριά είναι κλειστή", 4),
        ("수문은 닫혔다", 2),
        ("水" * 143, 100),
        ("ひ" * 143 + "。" * 50, 100),
        ("水" * 100 + "ひ" * 43, 100),
        ("水" * 143 + "\n\n" + "水" * 143, 200),
        ("ก" * 34, 10),
        ("ກ" * 34, 10),
        ("ក" * 34, 10),
        ("က" * 34, 10),
        ("「水」", 1),
        ("NHK は 2025 年", 3),
        ("The 東京 lock", 3),
    ],
)
def test_how_many_words_a_text_has(text, count):
    assert count_words(text) == count
