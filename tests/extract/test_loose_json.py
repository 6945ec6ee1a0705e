"""JSON with mistakes, read as its writer meant it."""

from __future__ import annotations

import json
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.loose_json import LONGEST_TEXT, loads, mended

STORY = {"headline": "Ferries sail again", "date": "2025-09-03"}
PLAIN = json.dumps(STORY)


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{PLAIN}",
        f"{PLAIN};",
        f"window.story = {PLAIN}; send();",
        f"<!-- {PLAIN} -->",
        f"<![CDATA[{PLAIN}]]>",
        f"/*<![CDATA[*/ {PLAIN} /*]]>*/",
        f"// <![CDATA[\n{PLAIN}\n// ]]&gt;",
        f"//<![CDATA[ {PLAIN} //]]>",
        f"// the 'story' of {{today}}\n{PLAIN}",
        f'/* "old" {{"headline": "Old"}} */{PLAIN}',
        f"<!-- schema -->{PLAIN}<!-- /schema -->",
        f"<p>{PLAIN.replace(',', ',<br />')}</p>",
        PLAIN.replace('"', "&quot;"),
        PLAIN.replace('"', "&#34;"),
        PLAIN.replace('"', "&amp;quot;"),
        PLAIN.replace('"', '\\"'),
        PLAIN.replace('"', "'"),
        PLAIN.replace(' "', " “").replace('"', "”"),
        "{headline: 'Ferries sail again', date: \"2025-09-03\"}",
        '{"headline": "Ferries sail again", // the title\n "date": "2025-09-03" /* the day */}',
        '{"headline": "Ferries sail again",, "date": "2025-09-03",}',
        '{"headline": "Ferries sail again"\n "date": "2025-09-03"}',
        '{"headline" "Ferries sail again", "date" => "2025-09-03"}',
        '{"headline": "Ferries sail again, "date": "2025-09-03"}',
        '{"headline": "Ferries sail again,\n"date": "2025-09-03"}',
        '{"headline": Ferries sail again", "date": 2025-09-03}',
        '{"headline": ""Ferries sail again", "date": "2025-09-03""}',
        '{headline": "Ferries sail again", "date: "2025-09-03"}',
        '{"headline": "Ferries sail again"}, "date": "2025-09-03"}',
        '{"headline": "Ferries sail again", "date": "2025-09-03"',
        '"headline": "Ferries sail again", "date": "2025-09-03"}',
    ],
)
def test_a_story_in_spite_of_its_mistakes(text: str) -> None:
    with pytest.raises(ValueError):
        loads(text)
    assert mended(text) == STORY


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('The "old" quay', 'The "old" quay'),
        ('"Sail!", she said: "Now."', '"Sail!", she said: "Now."'),
        ('"Yes", "no" and "maybe"', '"Yes", "no" and "maybe"'),
        ('Back to "the quay"', 'Back to "the quay"'),
        ('<a href="/quay" class="x">Quay</a>', '<a href="/quay" class="x">Quay</a>'),
        (r"Pilot\'s quay", "Pilot's quay"),
        (r"50\% more \x41\u0042", "50% more AB"),
        ("Two\nlines\tand a tab", "Two\nlines\tand a tab"),
        ("https://quay.example/a // b", "https://quay.example/a // b"),
        (r"Told: \"sail\"", 'Told: "sail"'),
        ("", ""),
    ],
)
@pytest.mark.parametrize("behind", ['"more": 1}', '"more": [1], }', "}"])
def test_marks_and_escapes_in_a_text(written: str, read: str, behind: str) -> None:
    assert mended(f'{{"text": "{written}", {behind}')["text"] == read


def test_marks_in_a_list() -> None:
    assert mended('{"a": ["The "old" quay", "x" "y", "z",], "b": ["one"]}') == {
        "a": ['The "old" quay', "x", "y", "z"],
        "b": ["one"],
    }


def test_what_has_no_value() -> None:
    text = '{"a": , "b": undefined, "c": NaN, "d": null, "e": [,], "f": {{ name }}, "g": name, "h": true, "i": -1.5e3, "j": }'
    found = mended(text)
    assert [found[key] for key in "abcdghij"] == [None, None, None, None, None, True, -1500, None]
    assert found["e"] == []
    assert loads('{"a": NaN, "b": Infinity}') == {"a": None, "b": None}


def test_several_values() -> None:
    assert mended('{"a": 1}{"b": 2} [{"c": 3}]') == [{"a": 1}, {"b": 2}, [{"c": 3}]]


def test_a_missing_end_costs_what_stands_behind_it_little() -> None:
    assert mended('{"a": [{"b": 1, "c": [2}], "d": 3}') == {"a": [{"b": 1, "c": [2]}], "d": 3}
    assert mended('[{"b": 1}, "c": 2}, {"d": 3}]') == [{"b": 1, "c": 2}, {"d": 3}]
    assert mended('{"a": 1, "text": "Cut in the mid') == {"a": 1, "text": None}


@pytest.mark.parametrize(
    "text", ["", "no JSON", "{}", '{"a', '"' * 1000, '{"a":' * 1000, "[" * 100_000, " " * LONGEST_TEXT + '{"a": 1;}']
)
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(ValueError):
        mended(text)


@given(st.text(alphabet="{}[]\"':,\\/*<!-> \nau0é&;"))
def test_nothing_else_is_raised(text: str) -> None:
    try:
        mended(text)
    except ValueError as error:
        assert str(error) in ("no JSON", "JSON nested too deep")


@given(
    st.dictionaries(st.from_regex("[a-z@]{1,9}", fullmatch=True), st.text() | st.integers() | st.booleans(), min_size=1)
)
def test_what_is_right_stays(value: dict[str, object]) -> None:
    assert mended(f"/**/{json.dumps(value)}") == value


@pytest.mark.parametrize(
    "part",
    ['"b" ', '",', '", "', '"\n', "x,", "/*", "<", "\\x", ',"k":"', '{"', "[]", "{]", '" , , ', "'\"", '"a" "b":'],
)
def test_time_grows_with_the_text(part: str) -> None:
    text = ('{"a": "' + part * LONGEST_TEXT)[:LONGEST_TEXT]
    began = process_time()
    with suppress(ValueError):
        mended(text)
    assert process_time() - began < 5
