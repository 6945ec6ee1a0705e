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
    ],
)
def test_credits_at_the_end(text: str, credit: str) -> None:
    assert split_credit(f"{SHIPS} {text}") == Caption(SHIPS, credit)
    assert split_credit(text) == Caption(None, credit)


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
