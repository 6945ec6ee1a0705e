"""The publisher's keywords for search engines."""

import pytest

from newscrawl.extract.keywords import MOST_KEYWORDS, keywords
from newscrawl.extract.topics import topics
from tests.extract.invented import GENERIC, json_ld, meta, page


@pytest.mark.parametrize(
    ("head", "found", "rule"),
    [
        (meta("keywords", "harbour, Maro ,storms"), ["harbour", "Maro", "storms"], "meta:keywords"),
        (meta("news_keywords", "harbour; storms"), ["harbour", "storms"], "meta:news_keywords"),
        (json_ld(keywords=["harbour", "Maro"]), ["harbour", "Maro"], "json-ld:keywords"),
        (json_ld(keywords="harbour, Maro"), ["harbour", "Maro"], "json-ld:keywords"),
        (
            meta("keywords", "harbour, Maro") + meta("news_keywords", "Harbour, storms") + json_ld(keywords=["ferry"]),
            ["harbour", "Maro", "storms", "ferry"],
            "meta:keywords, meta:news_keywords, json-ld:keywords",
        ),
        (meta("keywords", ""), [], None),
        (meta("article:tag", "harbour"), [], None),
    ],
)
def test_what_metadata_have(head: str, found: list[str], rule: str | None) -> None:
    assert keywords(page(head=head), GENERIC) == (found, rule)


def test_topics_are_for_readers_and_keywords_as_they_are() -> None:
    shown = page(head=meta("keywords", "harbour, section:world, maroledger.example, Ana Brel"))
    assert keywords(shown, GENERIC).value == ["harbour", "section:world", "maroledger.example", "Ana Brel"]
    assert topics(shown, GENERIC, ["Ana Brel"]).value == ["harbour"]


def test_a_list_without_end_is_cut() -> None:
    found = keywords(page(head=meta("keywords", ",".join(map(str, range(1000))))), GENERIC).value
    assert found == [str(number) for number in range(MOST_KEYWORDS)]
