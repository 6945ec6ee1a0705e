"""Labels in front of names."""

import pytest

from newscrawl.extract.byline_labels import (
    is_credit,
    is_helper_label,
    is_label,
    unlabelled,
    without_helpers,
    without_label,
)


@pytest.mark.parametrize(
    "text",
    [
        "By {}", "by: {}", "Written by {}", "Author: {}", "Author {}", "By: Written by {}", "Posted on 3 September 2025 by {}",
        "Von {}", "Veröffentlicht von {}", "Ein Artikel von {}", "Text: {}", "Autorin: {}",
        "Par {}", "Publié par {}", "Auteur : {}", "Por {}", "Escrito por {}", "Di {}", "A cura di {}", "Scritto da {}",
        "Door {}", "Geschreven door {}", "Av {}", "Skriven av {}", "Skrevet av {}", "Af {}", "Skrevet af {}",
        "Kirjoittanut {}", "Teksti: {}", "Autor: {}", "Napisała {}", "Napsal {}", "Napísala {}", "Írta: {}", "Szerző: {}",
        "Scris de {}", "De {}", "Автор: {}", "Текст: {}", "Авторка: {}", "Συντάκτης: {}", "Γράφει η {}", "Yazan: {}",
        "بقلم: {}", "نویسنده: {}", "מאת: {}", "लेखक: {}", "লেখক: {}", "Oleh {}", "Penulis: {}", "Tác giả: {}", "โดย {}",
        "作者：{}", "记者 {}", "文/{}", "著者：{}", "文＝{}", "글쓴이: {}", "글 {}",
    ],
)  # fmt: skip
def test_a_label_goes(text: str) -> None:
    for name in ("Ann Lee", "Инна Орлова", "李文静"):
        assert without_label(text.format(name)) == name


@pytest.mark.parametrize(
    "text",
    ["Bylaws of Maro", "Author of a book", "Von der Leyen", "De la Cruz", "Text of the law", "Ann Lee", "文静", ""],
)
def test_what_is_no_label(text: str) -> None:
    assert unlabelled(text) == (text, False, False)


def test_labels_alone() -> None:
    assert all(map(is_label, ("By", "Written by:", "von", "Author", "作者：")))
    assert not any(map(is_label, ("By Ann", "Ann", "Maro")))


def test_who_helped_and_what_is_no_byline() -> None:
    assert is_helper_label("Reviewed by")
    assert not is_helper_label("Reviewed by Ann Lee")
    assert without_helpers("Ann Lee, Maro. Edited by Bo Berg") == "Ann Lee, Maro."
    assert is_credit("Photo: Ann Lee")
    assert is_credit("写真：山田花子")
    assert not is_credit("Photographer Ann Lee")
