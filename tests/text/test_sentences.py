"""Where sentences end."""

from __future__ import annotations

import pytest

from newscrawl.text.sentences import SENTENCE_BREAK, ends_sentence


@pytest.mark.parametrize(
    "text",
    [
        "It is shut.",
        "It is shut!",
        "Is it?",
        "It is …",
        "“It is shut.”",
        "„Sie ist zu.“",
        "»Den er lukket.«",
        "« Elle est fermée. »",
        "Est-elle fermée ?",
        "It is shut (for now.)",
        "It is shut.*",
        "水門は閉まった。",
        "水門は閉まった！",
        "「水門は閉まった。」",
        "『水門は閉まった。』",
        "फाटक बंद है।",
        "هل أغلق القفل؟",
        "دروازہ بند ہے۔",
        "Դուռը փակ է։",
        "တံခါးပိတ်ထားသည်။",
        "ទ្វារបិទ។",
        "በሩ ተዘግቷል።",
    ],
)
def test_the_end_of_a_sentence(text):
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text", ["", "Lock closed", "The lock:", "Lock, gate;", "“Lock closed”", ". Lock", "3.50", "」"]
)
def test_no_end_of_a_sentence(text):
    assert not ends_sentence(text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It is shut. Why? Nobody knows", ["It is shut. ", "Why? ", "Nobody knows"]),
        ("He said “No.” She left.", ["He said “No.” ", "She left."]),
        ("The A.I. costs 3.50 now.", ["The A.I. ", "costs 3.50 now."]),
        ("閉まった。なぜ？知らない", ["閉まった。", "なぜ？", "知らない"]),
        ("بند ہے۔ کیوں؟نہیں", ["بند ہے۔ ", "کیوں؟", "نہیں"]),
    ],
)
def test_sentences_within_a_text(text, sentences):
    ends = [found.end() for found in SENTENCE_BREAK.finditer(text)]
    starts = [0, *ends]
    assert [text[a:b] for a, b in zip(starts, [*ends, len(text)], strict=True) if a < b] == sentences
