"""The page's language, and whether labels may be in it."""

import pytest

from newscrawl.extract.language import has_labels, language
from newscrawl.extract.page import Page
from newscrawl.publishers import GENERIC, Publisher
from tests.extract.invented import URL, json_ld, meta, page

OWN = Publisher(name="maroledger.example")


@pytest.mark.parametrize(
    ("lang", "head", "tag", "rule"),
    [
        ("pt-br", "", "pt-BR", "html::attr(lang)"),
        ("zh-hant-tw", "", "zh-Hant-TW", "html::attr(lang)"),
        ("", json_ld(inLanguage="sv"), "sv", "json-ld:inLanguage"),
        ("not a tag", meta("og:locale", "en_IN"), "en-IN", "meta:og:locale"),
        ("und", meta("content-language", "de, en"), "de", "meta:content-language"),
        (
            "",
            json_ld(inLanguage={"@type": "Language", "name": "German", "alternateName": "de"}),
            "de",
            "json-ld:inLanguage",
        ),
        ("", json_ld(inLanguage=["fr-FR", "en"]), "fr-FR", "json-ld:inLanguage"),
        (
            "",
            '<meta name="language" content="german"><meta name="dc.language" content="de_DE.UTF-8">',
            "de-DE",
            "meta:dc.language",
        ),
        (
            "",
            '<script type="application/ld+json">{"@type": "WebPage", "inLanguage": "es"}</script>',
            "es",
            "json-ld:WebPage.inLanguage",
        ),
        (
            "",
            f"<link rel=alternate hreflang=x href=/o><link rel=alternate hreflang=it href={URL}>",
            "it",
            "link hreflang",
        ),
        ("", f"<link rel=alternate hreflang=x-default href={URL}>", None, None),
        ("", "", None, None),
    ],
)
def test_language(lang: str, head: str, tag: str | None, rule: str | None) -> None:
    assert language(page(head=head, lang=lang), GENERIC) == (tag, rule)


@pytest.mark.parametrize(
    "markup",
    [
        "<html xml:lang='pt-br'><p>x",
        "<html lang='' xml:lang='pt-br'><p>x",
        "<html><body lang='pt_BR'><p>x",
        "<html><body><main lang='pt-br'>x",
        "<html><body><article lang='pt-br'>x",
        "<html><body itemscope itemtype='https://schema.org/NewsArticle'><b itemprop=inLanguage>pt-br</b>",
    ],
)
def test_language_of_another_element(markup: str) -> None:
    assert language(Page(markup, URL), GENERIC).value == "pt-BR"


def test_the_language_of_the_response() -> None:
    assert language(Page("<p>x", URL, {"content-language": "nl, en"}), GENERIC) == ("nl", "Content-Language")
    assert language(Page("<html lang=en><p>x", URL, {"Content-Language": "nl"}), GENERIC).value == "en"


@pytest.mark.parametrize(
    ("publisher", "lang", "may"),
    [(GENERIC, "en-GB", True), (GENERIC, "", True), (GENERIC, "de", False), (OWN, "de", True)],
)
def test_labels_without_a_publishers_own_are_english(publisher: Publisher, lang: str, may: bool) -> None:
    assert has_labels(page(lang=lang), publisher) is may
