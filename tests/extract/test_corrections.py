"""Corrections, clarifications and editor's notes."""

import pytest

from newscrawl.extract.corrections import corrections
from tests.extract.invented import SENTENCE, json_ld, page

STORY = f"<article><h1>Harbour reopens</h1><p>{SENTENCE}</p>"
NOTE = "Correction: The ferry leaves at nine, not at ten."


@pytest.mark.parametrize(
    "text",
    [
        NOTE,
        "CORRECTION — The ferry leaves at nine, not at ten.",
        "Correction (4 Sept): The ferry leaves at nine.",
        "Correction, Nov. 15, 2025: This article first gave another hour.",
        "Clarification: The port, not the town, owns the quay.",
        "Editor’s note: This story was updated at 5:45 p.m. to include the pilots' answer.",
        "This article was amended on 8 December 2025. An earlier version said that the quay was shut.",
        "This Sept 3 story has been corrected to fix the name of the ferry in paragraph 4",
        "An earlier version of this story misstated the hour.",
        "A previous version of this article gave another hour.",
        "The headline of this story has been corrected.",
        "Korrektur: Die Fähre fährt um neun.",
        "Anmerkung der Redaktion: Die Fähre fährt um neun.",
        "In einer früheren Version dieses Artikels hieß es, die Fähre fahre um zehn.",
        "Rectificatif : Le ferry part à neuf heures.",
        "Une version précédente de cet article donnait une autre heure.",
        "Fe de errores: El ferri sale a las nueve.",
        "Una versión anterior de esta noticia daba otra hora.",
        "Errata: a balsa sai às nove.",
        "Errata corrige: il traghetto parte alle nove.",
        "Rectificatie: De veerboot vertrekt om negen uur.",
        "In een eerdere versie van dit artikel stond een ander uur.",
        "Rättelse: Färjan går klockan nio.",
        "Rettelse: Fergen går klokken ni.",
        "Oikaisu: Lautta lähtee yhdeksältä.",
        "Sprostowanie: Prom odpływa o dziewiątej.",
        "Уточнение: паром уходит в девять.",
        "Düzeltme: Vapur dokuzda kalkıyor.",
        "تصحيح: تغادر العبارة في التاسعة.",
        "הבהרה: המעבורת יוצאת בתשע.",
        "Ralat: Feri berangkat pukul sembilan.",
        "更正：渡轮九点开。",
        "编者按：本文由港口提供。",
        "訂正：フェリーは九時に出ます。",
        "정정: 배는 아홉 시에 떠난다.",
    ],
)
def test_a_line_that_says_it_is_one(text: str) -> None:
    assert corrections(page(f"{STORY}<p>{text}</p></article>"), [SENTENCE]) == ([text], "label")


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Correction fluid is sold on the quay.</p>",
        "<p>The correction came late.</p>",
        "<p><b>Correction</b> is what the pilots ask for.</p>",
        "<p>This article was written by Ana Brel.</p>",
        "<p>This story was published in the Ledger.</p>",
        '<p><a href="/corrections">Corrections: how we correct</a></p>',
        f"<nav><p>{NOTE}</p></nav>",
        f"<p hidden>{NOTE}</p>",
        f'<div class="card"><p>{NOTE}</p></div>',
        f'<div class="comments"><p>{NOTE}</p></div>',
        f"<h1>{NOTE}</h1>",
        "<h3>Corrections</h3><ul><li><a href='/a'>Housing</a></li><li><a href='/b'>Money</a></li></ul>",
        "<p>Report a correction</p>",
        "<p>Editorial Note: The Ledger may contain affiliate links. We earn a commission.</p>",
        "<p>Editor’s note: Make sure to click to enlarge the image below.</p>",
        "<h4>Editor's note</h4><p>Feature image by the port, all other images by the Ledger.</p>",
    ],
)
def test_what_is_none(markup: str) -> None:
    assert corrections(page(f"{STORY}{markup}</article>"), [SENTENCE, "Corrections"]) == ([], None)


@pytest.mark.parametrize(
    "markup",
    [
        f"<p><strong>Correction:</strong>{NOTE.removeprefix('Correction:')}</p>",
        f"<p><em>{NOTE}</em></p>",
        f"<p>• {NOTE}</p>",
        f"<p>[{NOTE}]</p>",
        f"<p>Published at ten.<br>{NOTE}</p>",
        f"<aside><p>{NOTE}</p></aside>",
        f"<footer><p>{NOTE}</p></footer>",
        f"<p>{NOTE}</p><p>{NOTE}</p>",
    ],
)
def test_the_note_is_its_line_from_the_label_on(markup: str) -> None:
    assert corrections(page(f"{STORY}{markup}</article>"), [SENTENCE, NOTE]).value == [NOTE]


def test_a_label_on_its_own_line_is_of_the_text_below() -> None:
    text = "The ferry leaves at nine, not at ten."
    assert corrections(page(f"{STORY}<h4>Corrections</h4><p>{text}</p></article>"), []).value == [text]
    assert corrections(page(f"{STORY}<h4>Corrections</h4><p>Money</p></article>"), []).value == []
    box = "<div class=correction><h4>Corrections &amp; Clarifications</h4><p>The lock is in Maro.</p></div>"
    assert corrections(page(f"{STORY}{box}</article>"), []).value == ["The lock is in Maro."]


def test_what_metadata_say_comes_first() -> None:
    told = [{"@type": "CorrectionComment", "text": "The ferry &amp; the quay."}, "It is at nine.", "https://x.example/"]
    shown = page(f"{STORY}<p>{NOTE}</p><p>It is at nine.</p></article>", json_ld(correction=told))
    assert corrections(shown, []) == (["The ferry & the quay.", "It is at nine.", NOTE], "json-ld:correction")


def test_paragraphs_that_the_page_does_not_show_count_too() -> None:
    assert corrections(page(STORY), [SENTENCE, NOTE]) == ([NOTE], "label")
    assert corrections(page(STORY), [f"Correction: {SENTENCE * 20}"]).value == []


def test_elements_within_a_line_part_nothing() -> None:
    text = "Correction: It was “Web of Ships”. It was not shown in May. Maro is in Pelu."
    markup = "<b>Correction:</b> It was <i>“Web of Ships”</i>. It was <em>not</em> shown in <a href=/m>Ma</a>y.<br>Maro is in Pelu."
    assert corrections(page(f"{STORY}<p>{markup}</p></article>"), [SENTENCE]).value == [text]
    below = f"{STORY}<h4>Correction</h4><p>The <i>Anna</i>, not the <i>Berta</i>, came.</p></article>"
    assert corrections(page(below), [SENTENCE]).value == ["The Anna, not the Berta, came."]
