"""The description."""

from newscrawl.extract.description import description
from tests.extract.invented import GENERIC, json_ld, meta, page, publisher


def test_a_publishers_rule_is_before_metadata() -> None:
    shown = page("<h2 class=dek>Ships leave again</h2>", json_ld(description="For machines"))
    assert description(shown, publisher(description=(".dek",))) == ("Ships leave again", ".dek")
    assert description(shown, GENERIC) == ("For machines", "json-ld:description")


def test_the_best_metadata_count() -> None:
    head = meta("description", "Long and for search engines") + meta("og:description", "Ships <i>leave</i> again")
    assert description(page(head=head), GENERIC) == ("Ships leave again", "meta:og:description")
    assert description(page(), GENERIC) == (None, None)
