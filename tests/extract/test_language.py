"""The page's language, and whether labels may be in it."""

import pytest

from newscrawl.extract.language import has_labels, language
from newscrawl.publishers import GENERIC, Publisher
from tests.extract.invented import json_ld, meta, page

OWN = Publisher(name="maroledger.example")


@pytest.mark.parametrize(
    ("lang", "head", "tag", "rule"),
    [
        ("pt-br", "", "pt-BR", "html::attr(lang)"),
        ("zh-hant-tw", "", "zh-Hant-TW", "html::attr(lang)"),
        ("", json_ld(inLanguage="sv"), "sv", "json-ld:inLanguage"),
        ("not a tag", meta("og:locale", "en_IN"), "en-IN", "meta:og:locale"),
        ("", "", None, None),
    ],
)
def test_language(lang: str, head: str, tag: str | None, rule: str | None) -> None:
    assert language(page(head=head, lang=lang), GENERIC) == (tag, rule)


@pytest.mark.parametrize(
    ("publisher", "lang", "may"),
    [(GENERIC, "en-GB", True), (GENERIC, "", True), (GENERIC, "de", False), (OWN, "de", True)],
)
def test_labels_without_a_publishers_own_are_english(publisher: Publisher, lang: str, may: bool) -> None:
    assert has_labels(page(lang=lang), publisher) is may
