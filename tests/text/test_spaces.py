"""White space, what cannot be printed, and entities."""

from __future__ import annotations

import pytest

from newscrawl.text.spaces import clean, clean_markup, unescape


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" The lock\n\tis\u2003shut.\u00a0", "The lock is shut."),
        ("The\u200b lo\u00adck", "The lock"),
        ("The \x1b[31mlock\x1b[0m", "The [31mlock[0m"),
        ("The \ud800lock", "The lock"),
        ("می\u200cشود", "می\u200cشود"),  # a joiner that Persian is written with
        (" \u200b ", ""),
    ],
)
def test_a_text_on_one_line(text, line):
    assert clean(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Lock &amp; gate", "Lock & gate"),
        ("<b>Lock</b><br>shut", "Lock shut"),
        ("&lt;b&gt;Lock", "Lock"),
        ("3 < 4", "3 < 4"),
        ("a &#" + "9" * 5000 + "; b", "a \ufffd b"),
    ],
)
def test_entities_and_tags_in_a_string(text, line):
    assert clean_markup(text) == line


def test_an_entity_without_end_is_one_character():
    assert unescape("&#" + "1" * 5000 + ";&gt;") == "\ufffd>"
