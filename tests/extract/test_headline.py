"""The headline."""

import pytest

from newscrawl.extract.elements import text_of
from newscrawl.extract.headline import heading, headline
from tests.extract.invented import GENERIC, json_ld, meta, page, publisher


def told(head: str = "", body: str = "") -> tuple[str, str | None]:
    return headline(page(body, head), GENERIC)


def test_a_publishers_rule_is_believed() -> None:
    shown = page("<h2 class=head>Harbour | Maro Ledger</h2>", meta("og:title", "Other"))
    assert headline(shown, publisher(headline=("h1.head", ".head"))) == ("Harbour | Maro Ledger", ".head")


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (json_ld(headline="Harbour reopens") + meta("og:title", "Harbour reopens"), ("Harbour reopens", "json-ld:headline")),
        (json_ld(headline="Maro port open") + meta("og:title", "Harbour reopens"), ("Maro port open", "json-ld:headline")),
        # what repeats the title is worded for search engines
        (json_ld(headline="Maro port open") + meta("og:title", "Harbour reopens") + "<title>Maro port open</title>",
         ("Harbour reopens", "meta:og:title")),
        (meta("twitter:title", "Harbour reopens"), ("Harbour reopens", "meta:twitter:title")),
        ("<title>Harbour reopens - Maro Ledger</title>", ("Harbour reopens", "title")),
    ],
)  # fmt: skip
def test_metadata(head: str, found: tuple[str, str]) -> None:
    assert told(meta("og:site_name", "Maro Ledger") + head) == found


def test_the_heading_that_agrees_with_the_title() -> None:
    body = "<h1>Maro Ledger</h1><h1 hidden>Harbour</h1><h1>Live now</h1><h1>The <b>harbour</b> reopens</h1>"
    shown = page(body, "<title>Harbour reopens at last</title>" + meta("og:site_name", "Maro Ledger"))
    assert headline(shown, GENERIC) == ("The harbour reopens", "h1")
    top = heading(shown)
    assert top is not None
    assert text_of(top) == "The harbour reopens"


def test_a_page_without_any() -> None:
    assert told() == ("", None)
    assert heading(page()) is None


@pytest.mark.parametrize(
    "title",
    [
        "Harbour reopens | Maro Ledger",
        "Maro Ledger - Harbour reopens",
        "Maro Ledger：Harbour reopens",
        "Harbour reopens | Maro Ledger News | 03.09.2025",
        "Harbour reopens – maroledger",
        "Harbour reopens",
    ],
)
def test_the_sites_name_and_a_date_are_taken_off(title: str) -> None:
    assert told(meta("og:site_name", "Maro Ledger") + meta("og:title", title))[0] == "Harbour reopens"


@pytest.mark.parametrize("title", ["Harbour | reopens", "Maro Ledger-like | harbour reopens"])
def test_what_is_no_name_stays(title: str) -> None:
    assert told(meta("og:title", title))[0] == title


def test_what_another_source_has_for_the_whole_is_the_headline() -> None:
    head = meta("og:title", "World – Harbour reopens – Ports")
    assert told(head, "<h1>Harbour reopens</h1>")[0] == "Harbour reopens"
    assert told(head, "<h1>Ports</h1>")[0] == "World – Harbour reopens – Ports"  # too short for it


@pytest.mark.parametrize("end", ["...", " …"])
def test_a_headline_that_was_cut_short_is_made_whole(end: str) -> None:
    assert told(meta("og:title", f"Harbour{end}"), "<h1>Harbour reopens</h1>")[0] == "Harbour reopens"
    assert told(meta("og:title", f"Harbour{end}"), "<h1>Ships leave</h1>")[0] == f"Harbour{end}"
