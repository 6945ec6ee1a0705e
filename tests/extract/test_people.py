"""Names of people in texts."""

import pytest

from newscrawl.extract.people import is_name, names_in, people
from tests.extract.invented import element


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann Lee and Bo Berg", ["Ann Lee", "Bo Berg"]),
        ("Written by: Ann Lee, Correspondent", ["Ann Lee"]),
        ("Von Ann Lee und Bo Berg", ["Ann Lee", "Bo Berg"]),
        ("Un articolo di Ada Venti", ["Ada Venti"]),
        ("Ann Lee (Maro); ann lee", ["Ann Lee"]),
        ("Ann de la Cruz y Bo", ["Ann de la Cruz y Bo"]),  # no whole name behind "y"
        ("김하나 기자", ["김하나"]),
        ("https://maroledger.example/ann", []),
        ("ann@maroledger.example", []),
        ("admin", []),
        ("", []),
    ],
)
def test_the_names_in_a_text(text: str, names: list[str]) -> None:
    assert people([text]) == names


def test_each_name_comes_once() -> None:
    assert people(["Ann Lee", "BY ANN LEE", "Bo Berg"]) == ["Ann Lee", "Bo Berg"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee", True),
        ("Ann de la Cruz", True),
        ("J.-P. O’Neil", True),
        ("Ann", False),
        ("Ann Lee Bo Berg Cy Dahl", False),  # more words than a name has
        ("Ann lee", False),
        ("Senior Editor", False),
        ("Follow Ann", False),
        ("Top 10", False),
    ],
)
def test_what_looks_like_a_name(text: str, name: bool) -> None:
    assert is_name(text) is name


@pytest.mark.parametrize(
    ("markup", "text", "names"),
    [
        ("<p>By Ann Lee Wednesday 3 Sep</p>", "By Ann Lee Wednesday 3 Sep", ["Ann Lee"]),
        ("<p>By <b>Ann Lee</b><i>Published on Sep 3</i></p>", "By Ann Lee Published on Sep 3", ["Ann Lee"]),
        ("<p>By <b>Ann Lee</b><i>as told there</i></p>", "By Ann Lee as told there", []),
        ("<p>Reuters</p>", "Reuters", ["Reuters"]),
        ("<p>Our Special Correspondent</p>", "Our Special Correspondent", ["Our Special Correspondent"]),
        ("<p>Maro Ledger</p>", "Maro Ledger", []),
    ],
)
def test_a_shown_byline_names(markup: str, text: str, names: list[str]) -> None:
    assert names_in(element(markup), text, {"maroledger"}) == names
