"""Captions, and the credits at their ends."""

from __future__ import annotations

import pytest

from newscrawl.extract.captions import Caption, credit_of, split_credit

SHIPS = "Ships leave Maro."


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Photo: Ann Lee", "Ann Lee"),
        ("Photo by Ann Lee", "Ann Lee"),
        ("(Photo by Ann Lee/Getty Images)", "Ann Lee/Getty Images"),
        ("(Photo: Ann Lee (Norrpress))", "Ann Lee (Norrpress)"),
        ("(AP Photo/Ann Lee)", "AP Photo/Ann Lee"),
        ("(AP Photo/Ann Lee, File)", "AP Photo/Ann Lee, File"),
        ("[Ann Lee/Reuters]", "Ann Lee/Reuters"),
        ("Ann Lee/Reuters", "Ann Lee/Reuters"),
        ("Ann Lee via AP", "Ann Lee via AP"),
        ("REUTERS/Ann Lee", "REUTERS/Ann Lee"),
        ("Getty Images", "Getty Images"),
        ("| Getty Images", "Getty Images"),
        ("Photograph: Ann Lee/The Ledger", "Ann Lee/The Ledger"),
        ("Image credit: Ann Lee", "Ann Lee"),
        ("File photo: Ann Lee", "Ann Lee"),
        ("Picture: Ann Lee", "Ann Lee"),
        ("Credit: Ann Lee", "Ann Lee"),
        ("| Photo Credit: Ann Lee", "Ann Lee"),
        ("© Ann Lee", "Ann Lee"),
        ("Copyright Norrpress", "Norrpress"),
        ("Foto: Ann Lee", "Ann Lee"),
        ("Bild: picture alliance / dpa", "picture alliance / dpa"),
        ("Quelle: dpa", "dpa"),
        ("Crédit photo : Ann Lee", "Ann Lee"),
        ("Fotó: Ann Lee", "Ann Lee"),
        ("Фото: Анна Ли", "Анна Ли"),
        ("Photo: PTI.", "PTI"),
        ("(Photo: Ann Lee/Getty Images) Getty", "Ann Lee/Getty Images"),
        ("Photo Courtesy of Ann Lee", "Ann Lee"),
        ("Courtesy of Norrpress", "Norrpress"),
        ("Image via Getty Images", "Getty Images"),
        ("Photo illustration by Ann Lee. Photo by Bo D.", "Ann Lee. Photo by Bo D."),
        ("Ann Lee/PA Images via Getty Images", "Ann Lee/PA Images via Getty Images"),
        ("Ảnh: Ann Lee", "Ann Lee"),
        ("＝ＡＰ", "ＡＰ"),
        ("（ロイター）", "ロイター"),
    ],
)
def test_credits_at_the_end(text: str, credit: str) -> None:
    assert split_credit(f"{SHIPS} {text}") == Caption(SHIPS, credit)
    assert split_credit(text) == Caption(None, credit)


#: Whole texts, their captions and their credits.
FORMS = [
    ("FILE PHOTO: Ships in Maro, U.S., May 18, 2019. REUTERS/Ann Lee", "FILE PHOTO: Ships in Maro, U.S., May 18, 2019.", "REUTERS/Ann Lee"),
    ("FILE PHOTO: Ships. (AP Photo/Ann Lee, File)", "FILE PHOTO: Ships.", "AP Photo/Ann Lee, File"),
    ("Photo: A ship leaves Maro, May 3, 2019. REUTERS/Ann Lee", "Photo: A ship leaves Maro, May 3, 2019.", "REUTERS/Ann Lee"),
    ("Image: a ship in the old harbour", "Image: a ship in the old harbour", None),
    ("The source: a spring in the hills", "The source: a spring in the hills", None),
    ("The picture: A ship", "The picture: A ship", None),
    ("Maro (source: Norrpress)", "Maro", "Norrpress"),
    ("Maro | source: Norrpress", "Maro", "Norrpress"),
    ("Ships leave Maro Photo: Ann Lee", "Ships leave Maro", "Ann Lee"),
    ("Photo: Ann Lee. All rights reserved", None, "Ann Lee. All rights reserved"),
    ("© Ann Lee, Maro, Courtesy Norrpress", None, "Ann Lee, Maro, Courtesy Norrpress"),
    ("マロの港＝ＡＰ", "マロの港", "ＡＰ"),
    ("港の船長＝山田太郎撮影", "港の船長", "山田太郎撮影"),
    ("BBC", None, "BBC"),
    ("ITV, ASSOCIATED PRESS", None, "ITV, ASSOCIATED PRESS"),
    ("BBC staff on the quay", "BBC staff on the quay", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "caption", "credit"), FORMS)
def test_captions_and_credits_are_parted(text: str, caption: str | None, credit: str | None) -> None:
    assert split_credit(text) == Caption(caption, credit)


@pytest.mark.parametrize(
    "text",
    [
        SHIPS,
        "Ann Lee, the master of Maro's harbour",
        "The harbour of Maro (right) in 2019",
        "A source: the spring of the river Maro, seen from the road that leads to the town: green and deep",
        "Reporters of AP walk along the quay of Maro",
        "A photo by the sea",
        "",
    ],
)
def test_captions_without_credits(text: str) -> None:
    assert split_credit(text) == Caption(text or None)


@pytest.mark.parametrize(
    ("text", "credit"),
    [("Photo: Ann Lee", "Ann Lee"), ("(Ann Lee)", "Ann Lee"), ("Ann Lee", "Ann Lee"), ("© ", None), ("", None)],
)
def test_credits_without_their_labels(text: str, credit: str | None) -> None:
    assert credit_of(text) == credit
