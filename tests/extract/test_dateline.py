"""The dateline."""

import pytest

from newscrawl.extract.byline import byline
from newscrawl.extract.dateline import OPENING_PARAGRAPHS, dateline, dateline_in, written_dateline
from tests.extract.invented import GENERIC, SENTENCE, json_ld, page


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("MARO (AP) — ", "Maro"),
        ("RIO DE MARO, Sept 3 (Reuters) - ", "Rio de Maro"),
        ("Maro, 3. Sept. (dpa) – ", "Maro"),
        ("MARO — ", None),
        ("MARO (the port) — ", None),
    ],
)
def test_the_place_that_a_story_begins_with(opening: str, place: str | None) -> None:
    assert dateline(page(f"<p>{opening}{SENTENCE}</p>")) == (place, "dateline" if place else None)


def test_the_first_paragraphs_of_the_story_alone_have_it() -> None:
    one, with_place = f"<p>{SENTENCE}</p>", f"<p>MARO (AP) — {SENTENCE}</p>"
    assert dateline(page("<p>Photo</p>" * 9 + one * (OPENING_PARAGRAPHS - 1) + with_place)).value == "Maro"
    assert dateline(page(one * OPENING_PARAGRAPHS + with_place)).value is None
    assert dateline(page(f"<aside>{with_place}</aside>")).value is None


# As written ------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "MARO, Sept 3 (Reuters) -",
        "Maro (AP) —",
        "MARO —",
        "NEW MARO:",
        "New Maro [Pelu], September 3 (ANI):",
        "New Maro, Sep 3 (PTI)",
        "ST. MARO, Mich. (AP) —",
        "MARO, United Isles —",
        "MARO/THE QUAY, March 7 (Reuters) -",
        "MARO, Dec 20, 2025 (Ledger) -",
        "MARO, 03 SET -",
        "(ANSA) - MARO, 03 SET -",
        "MARO, 3 Sep. (EUROPA PRESS) -",
        "Maro, le 3 septembre (AFP) –",
        "Maro/Pelu (dpa/tmn) -",
        "Maro, Sept. 3 (Xinhua) --",
        "МАРО, 3 сен —",
        "PELÚ —",
    ],
)
def test_a_dateline_is_given_as_written(written: str) -> None:
    assert written_dateline([f"{written} {SENTENCE}"], page()) == (written, "dateline")


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE: The harbour is open.",
        "FACT CHECK: The harbour is open.",
        "NASA — which is not at sea — was asked.",
        "Today – We take the boat.",
        "Key Takeaway - The harbour is open.",
        "Search engine optimisation (SEO) – The harbour is found.",
        "The Association of Pilots of All the Harbours (AP) - The harbour is open.",
        "II — The harbour is open.",
        "MARO was open.",
    ],
)
def test_what_looks_like_one_is_none(text: str) -> None:
    assert written_dateline([text + SENTENCE], page()) == (None, None)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("新华社马罗9月3日电（记者 王明）港口周三重新开放。", "新华社马罗9月3日电（记者 王明）"),
        ("本报讯 港口周三重新开放。", "本报讯"),
        ("【マロ共同】港は水曜日に再開した。", "【マロ共同】"),
        ("[マロ ３日 ロイター] - 港は水曜日に再開した。", "[マロ ３日 ロイター] -"),
        ("(마로=연합뉴스) 홍길동 기자 = 항구가 수요일에 다시 열렸다.", "(마로=연합뉴스) 홍길동 기자 ="),
        ("人民网上有很多人，今天都在讨论这件事。", ""),
        ("【写真】港は水曜日に再開した。", ""),
    ],
)
def test_one_in_a_script_without_spaces(text: str, written: str) -> None:
    assert dateline_in(text) == written


def test_one_without_a_source_stands_at_the_beginning_alone() -> None:
    dek = "Ships may call at the island again, says the port, and the ferries will follow."
    assert written_dateline([dek, f"MARO — {SENTENCE}"], page()).value == "MARO —"
    assert written_dateline([dek, dek, f"MARO — {SENTENCE}"], page()).value is None
    assert written_dateline([dek, dek, f"MARO (AP) — {SENTENCE}"], page()).value == "MARO (AP) —"
    assert written_dateline([dek] * 3 + [f"MARO (AP) — {SENTENCE}"], page()).value is None
    assert written_dateline(["MARO — Photo"], page()).value is None


def test_what_metadata_say_counts_where_the_story_has_none() -> None:
    told = page(head=json_ld(dateline="Maro, Pelu"))
    assert written_dateline([SENTENCE], told) == ("Maro, Pelu", "json-ld:dateline")
    assert written_dateline([f"MARO — {SENTENCE}"], told).value == "MARO —"
    assert written_dateline([SENTENCE], page(head=json_ld(dateline="x" * 101))).value is None


@pytest.mark.parametrize(
    "told", ["Published on December 19, 2025.", "19 December 2025", "Dec 19, 2025", "Updated 10:15"]
)
def test_a_date_alone_is_no_dateline_and_no_place(told: str) -> None:
    shown = page(head=json_ld(dateline=told, locationCreated="Maro"))
    assert written_dateline([SENTENCE], shown).value is None
    assert byline(shown, GENERIC)[1] == ("Maro", "json-ld:locationCreated")
