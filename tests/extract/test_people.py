"""The people that texts name."""

import pytest

from newscrawl.extract.people import Line, people, read_line

BOTH = ["Ann Lee", "Bo Berg"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann Lee and Bo Berg", BOTH),
        ("By by ANN LEE", ["ANN LEE"]),
        ("Von Ann Lee und Bo Berg", BOTH),
        ("Ann Lee · Bo Berg", BOTH),
        ("Ann Lee (Maro); ann lee", ["Ann Lee"]),
        ("Ann de la Cruz y Bo", ["Ann de la Cruz y Bo"]),  # no whole name behind "y"
        ("Ann and Bo", ["Ann", "Bo"]),
        ("김하나 기자", ["김하나"]),
        ("김하나·이상현", ["김하나", "이상현"]),
        ("作者：李文静、王小明", ["李文静", "王小明"]),
        # degrees, roles and places behind a name
        ("Written by: Ann Lee, Correspondent", ["Ann Lee"]),
        ("Ann Lee, PhD, and Bo Berg, M.D.", BOTH),
        ("Ann Lee MD", ["Ann Lee"]),
        ("Bo Berg, Jr.", ["Bo Berg Jr."]),
        ("Ann Lee, Vice President, Maro Harbour Cloud", ["Ann Lee"]),
        ("Ann Lee, Reporter, Bo Berg, Reporter", BOTH),
        ("Ann Lee - Harbour Editor", ["Ann Lee"]),
        ("Ann Lee, Maro", ["Ann Lee"]),
        ("Ann Lee for The Ledger", ["Ann Lee"]),
        ("Ann Lee. Edited by Bo Berg", ["Ann Lee"]),
        # last name first
        ("Lee, Ann", ["Ann Lee"]),
        ("Lee, Ann M.", ["Ann M. Lee"]),
        ("Lee, Ann; Berg, Bo", BOTH),
        ("de la Cruz, Ann", ["Ann de la Cruz"]),
        ("Орлова, Инна", ["Инна Орлова"]),
        ("AFP, MARO", ["AFP", "MARO"]),
        ("alee, bberg", ["alee", "bberg"]),
        # addresses
        ("Ann Lee @annlee", ["Ann Lee"]),
        ("Ann Lee | ann@maroledger.example", ["Ann Lee"]),
        ("ann@maroledger.example (Ann Lee)", ["Ann Lee"]),
        ("https://maroledger.example/ann", []),
        ("ann@maroledger.example", []),
        # a firm, whatever parts people
        ("Quay & Sons", ["Quay & Sons"]),
        ("Quay & i", ["Quay & i"]),
        ("Maro Today in Brief", ["Maro Today in Brief"]),
        ("Maro World News", ["Maro World News"]),
        # nobody
        ("admin", []),
        ("No Author", []),
        ("Unbekannt", []),
        ("{{author}}", []),
        ("", []),
    ],
)
def test_the_names_in_a_text(text: str, names: list[str]) -> None:
    assert people([text]) == names


def test_each_name_comes_once() -> None:
    assert people(["Ann Lee", "BY ANN LEE", "Bo Berg"]) == BOTH


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("By Ann Lee", Line(("Ann Lee",), labelled=True, explained=True)),
        ("By Ann Lee on 3 Sep", Line(("Ann Lee",), labelled=True, explained=True)),
        ("By Ann Lee, Maro, and Bo Berg", Line(("Ann Lee", "Bo Berg"), labelled=True, explained=True)),
        ("Ann Lee,", Line(("Ann Lee",), explained=True, joined=True)),
        ("Ann Lee rows", Line(("Ann Lee",))),
        ("By the Ledger Team", Line(other="the Ledger Team", labelled=True, explained=True)),
        ("김하나 기자", Line(("김하나",), labelled=True, explained=True)),
        ("Edited by Ann Lee", Line(("Ann Lee",), labelled=True, helper=True, explained=True)),
        ("Photo: Ann Lee", Line()),
    ],
)
def test_what_a_shown_line_says(text: str, line: Line) -> None:
    assert read_line(text) == line
