"""Premium and live."""

import pytest

from newscrawl.extract.marks import is_live, is_premium
from tests.extract.invented import GENERIC, json_ld, meta, page, publisher

MARKED = publisher(premium=(".label",), live=(".live",))
CLOSED_PART = json_ld(hasPart=[{"@type": "WebPageElement", "isAccessibleForFree": "False"}])


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        (json_ld(isAccessibleForFree=False), "json-ld:isAccessibleForFree"),
        (json_ld(isAccessibleForFree="http://schema.org/False"), "json-ld:isAccessibleForFree"),
        (CLOSED_PART, "json-ld:hasPart"),
        (meta("article:content_tier", "locked"), "meta:article:content_tier"),
        (meta("isAccessibleForFree", "false"), "meta:isaccessibleforfree"),
        (meta("article:content_tier", "metered"), None),
        (json_ld(isAccessibleForFree=True, hasPart={"@type": "WebPageElement", "isAccessibleForFree": False}), None),
        ("", None),
    ],
)
def test_metadata_say_premium(head: str, rule: str | None) -> None:
    assert is_premium(page(head=head), GENERIC) == (rule is not None, rule)


def test_a_publishers_mark_says_premium() -> None:
    assert is_premium(page("<b class=label>Premium</b>"), MARKED) == (True, ".label")
    assert is_premium(page("<b class=label>Opinion</b>", CLOSED_PART), MARKED) == (False, None)
    assert is_premium(page("<a href=/other><b class=label>Premium</b></a>"), MARKED) == (False, None)


def test_live() -> None:
    node = '<script type="application/ld+json">{"@type": ["LiveBlogPosting"]}</script>'
    assert is_live(page(head=node), GENERIC) == (True, "json-ld:LiveBlogPosting")
    assert is_live(page("<b class=live>Live</b>"), MARKED) == (True, ".live")
    assert is_live(page("<li><b class=live>Live</b></li>"), MARKED) == (False, None)
    assert is_live(page(), GENERIC) == (False, None)
