"""Who else worked on a story."""

import pytest

from newscrawl.extract.contributors import contributors, names_in
from tests.extract.invented import SENTENCE, json_ld, page

STORY = f"<article><h1>Harbour reopens</h1><p>{SENTENCE}</p>"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Additional reporting by Ana Brel", ["Ana Brel"]),
        ("Additional reporting by Ana Brel in Maro and Tomas Weir in New Pelu.", ["Ana Brel", "Tomas Weir"]),
        ("(Reporting by Ana Brel; Editing by Tomas Weir)", ["Ana Brel", "Tomas Weir"]),
        (
            "Reporting by Ana Brel in Maro, Tomas Weir in The Quay and Ines Halder; Writing by Tomas Weir; Editing by Cy Dunn",
            ["Ana Brel", "Tomas Weir", "Ines Halder", "Cy Dunn"],
        ),
        ("Reporting by Ana Brel, additional reporting by Tomas Weir, editing by Cy Dunn", ["Ana Brel", "Tomas Weir", "Cy Dunn"]),
        ("Ana Brel, Tomas Weir, and Cy Dunn contributed to this report.", ["Ana Brel", "Tomas Weir", "Cy Dunn"]),
        ("The quay is open. Ana Brel contributed reporting from Maro.", ["Ana Brel"]),
        ("Associated Press writer Ana Brel in Maro contributed to this report.", ["Ana Brel"]),
        ("Ledger News’ Ana Brel contributed to this story.", ["Ana Brel"]),
        ("(With inputs from PTI)", ["PTI"]),
        ("With inputs from Reuters and Ana Brel", ["Reuters", "Ana Brel"]),
        ("With files from The Associated Press", ["The Associated Press"]),
        ("Edited by: Ana Brel × Ana Brel is an editor of the Ledger.", ["Ana Brel"]),
        ("Fact checked by Ana Brel Fact checked by Ana Brel Ana Brel is a Master of Science.", ["Ana Brel"]),
        ("Mitarbeit: Ana Brel, Tomas Weir", ["Ana Brel", "Tomas Weir"]),
        ("Unter Mitarbeit von Ana Brel und Tomas Weir", ["Ana Brel", "Tomas Weir"]),
        ("Mit Material der dpa", ["dpa"]),
        ("Avec la collaboration de Ana Brel et Tomas Weir", ["Ana Brel", "Tomas Weir"]),
        ("(Avec l’AFP)", ["AFP"]),
        ("Con información de EFE y Ana Brel", ["EFE", "Ana Brel"]),
        ("Com informações da Reuters", ["Reuters"]),
        ("Ha collaborato Ana Brel", ["Ana Brel"]),
        ("Met medewerking van Ana Brel", ["Ana Brel"]),
        ("При участии Анны Брель", ["Анны Брель"]),
        ("责任编辑：王明", ["王明"]),
        ("편집: 홍길동", ["홍길동"]),
        ("With inputs from agencies", []),
        ("Produced by Lee Berg, a leading venture capital firm", []),
        ("Produced by Lee Berg, a writer in Maro", ["Lee Berg"]),
        ("Editing by hand takes time.", []),
        ("Reporting by the pilots was late.", []),
    ],
)  # fmt: skip
def test_a_line_that_names_who_helped(text: str, names: list[str]) -> None:
    found = contributors(page(f"{STORY}<p>{text}</p></article>"), [SENTENCE], [])
    assert found == (names, "label" if names else None)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Ana Brel contributed to the harbour's fund.</p>",
        "<p>The contributors were Ana Brel and Tomas Weir.</p>",
        "<p>With Ana Brel on the quay, the ship came.</p>",
        '<p><a href="/x">Edited by Ana Brel</a></p>',
        "<nav><p>Edited by Ana Brel</p></nav>",
        '<div class="comments"><p>Edited by Ana Brel</p></div>',
    ],
)
def test_what_names_nobody(markup: str) -> None:
    assert contributors(page(f"{STORY}{markup}</article>"), [SENTENCE], []).value == []


def test_a_label_beside_a_link_to_the_person() -> None:
    markup = '<div>Edited by <a href="/people/ana-brel">Ana Brel</a></div>'
    assert contributors(page(f"{STORY}{markup}</article>"), [], []).value == ["Ana Brel"]


def test_the_end_of_a_paragraph_may_say_so() -> None:
    texts = [SENTENCE, f"{SENTENCE} (With inputs from PTI)"]
    assert contributors(page(STORY), texts, []) == (["PTI"], "label")
    assert contributors(page(STORY), [texts[1], *[SENTENCE] * 3], []).value == []


def test_authors_and_the_site_are_none() -> None:
    shown = page(f"{STORY}<p>Reporting by Ana Brel; editing by Tomas Weir and Maro Ledger</p></article>")
    assert contributors(shown, [], ["ana brel"]).value == ["Tomas Weir"]


def test_what_metadata_say_comes_first() -> None:
    head = json_ld(contributor=[{"name": "Ines Halder"}, {"name": "Maro Press Group"}], editor={"name": "Cy Dunn"})
    found = contributors(page(f"{STORY}<p>Editing by Ana Brel</p></article>", head), [], [])
    assert found == (["Ines Halder", "Cy Dunn", "Ana Brel"], "json-ld:contributor, json-ld:editor, label")


def test_initials_end_no_list() -> None:
    assert names_in("Editing by J. R. Weir. More follows.") == ["J. R. Weir"]
