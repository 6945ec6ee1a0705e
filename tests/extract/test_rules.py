"""What rules find."""

import pytest

from newscrawl.extract.elements import text_of
from newscrawl.extract.rules import first_text, leaves_of, name_of, values
from tests.extract.invented import element, json_ld, meta, page

HEAD = json_ld(headline="Harbour &amp; port", image=[{"caption": "Ships"}], author={"@id": "#ann"})
HEAD += '<script type="application/ld+json">{"@type": "Person", "@id": "#ann", "name": "Ann Lee"}</script>'


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("json-ld:headline", "Harbour & port"),
        ("json-ld:image.caption", "Ships"),
        ("json-ld:author.name", "Ann Lee"),
        ("json-ld:author.name.first", None),
        ("meta:og:title", "Harbour reopens"),
        ("p.dek", "Ships leave again"),
        ("p.dek::attr(title)", "A dek"),
        ("p.hidden", None),
    ],
)
def test_a_rule_finds(rule: str, found: str | None) -> None:
    body = "<p class=dek title='A  dek'>Ships leave\n again</p><p class=hidden hidden>Nothing</p>"
    told = first_text(page(body, HEAD + meta("og:title", "Harbour reopens")), (rule,))
    assert told == (found, rule if found else None)


def test_all_that_rules_find_is_in_their_order() -> None:
    shown = page("<p>one</p><p>two</p>", meta("tag", "three") + meta("tag", "four"))
    assert list(values(shown, ("meta:tag", "p"))) == [
        ("three", "meta:tag"), ("four", "meta:tag"), ("one", "p"), ("two", "p"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("node", "name"),
    [
        ("Ann &amp; Bo", "Ann & Bo"),
        ({"name": ["Ann Lee", "Bo Berg"]}, "Ann Lee"),
        ({"givenName": "Ann", "familyName": "Lee"}, "Ann Lee"),
        ({"givenName": 3}, None),
        (["Ann Lee"], "Ann Lee"),
        (None, None),
        (7, None),
    ],
)
def test_the_name_of_a_thing(node: object, name: str | None) -> None:
    assert name_of(node) == name


def test_leaves_hold_text_and_no_other_leaf() -> None:
    found = element("<div><span><a>Ann</a> <span></span></span><span>Maro</span></div>")
    assert [text_of(e) for e in leaves_of(found, "a", "span")] == ["Ann", "Maro"]
