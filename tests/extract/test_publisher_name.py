"""The publisher's name."""

import json
from dataclasses import replace

import pytest

from newscrawl.extract.publisher_name import publisher_name
from tests.extract.invented import GENERIC, json_ld, meta, page, publisher

SITE = meta("og:site_name", "Maro Ledger Online")


@pytest.mark.parametrize(
    ("head", "name", "rule"),
    [
        (json_ld(publisher={"@type": "Organization", "name": "The Maro Ledger"}) + SITE, "The Maro Ledger", "json-ld:publisher"),
        (json_ld(publisher=[{"name": "The Maro Ledger"}, {"name": "Quay Press"}]), "The Maro Ledger", "json-ld:publisher"),
        (json_ld(publisher="The Maro Ledger"), "The Maro Ledger", "json-ld:publisher"),
        (json_ld(publisher={"name": "https://www.maroledger.example"}) + SITE, "Maro Ledger Online", "meta:og:site_name"),
        (json_ld(publisher={"name": "maroledger.example"}) + SITE, "Maro Ledger Online", "meta:og:site_name"),
        (json_ld(publisher={"name": "maroledger.example"}), "maroledger.example", "json-ld:publisher"),
        (json_ld(publisher={"name": "WordPress"}) + SITE, "Maro Ledger Online", "meta:og:site_name"),
        (meta("og:site_name", "Maro Ledger |"), "Maro Ledger", "meta:og:site_name"),
        (meta("og:site_name", "@maroledger"), None, None),
        (meta("og:site_name", "https://x.example/"), None, None),
        (meta("og:site_name", "n" * 61) + meta("publisher", "Quay Press"), "Quay Press", "meta:publisher"),
        ("<title>Harbour reopens</title>" + meta("og:site_name", "Harbour reopens"), None, None),
        ("<title>Harbour reopens - Storms | Maro Ledger</title>", "Maro Ledger", "title"),
        ("<title>Harbour reopens | The quay of Pelu</title>", None, None),
        (json_ld(publisher={"name": "Ledger"}) + meta("og:site_name", "Maro Ledger"), "Maro Ledger", "meta:og:site_name"),
        (json_ld(publisher={"name": "Ledger"}) + meta("og:site_name", "Read more - Ledger"), "Ledger", "json-ld:publisher"),
        (json_ld(publisher={"name": "Ledger"}) + meta("og:site_name", "Ledger Blog"), "Ledger", "json-ld:publisher"),
        (json_ld(publisher={"name": "ledger"}) + SITE, "Maro Ledger Online", "meta:og:site_name"),
        (json_ld(publisher={"name": "Quay Press GmbH"}) + SITE, "Maro Ledger Online", "meta:og:site_name"),
        (json_ld(publisher={"name": "Quay Press GmbH"}), "Quay Press GmbH", "json-ld:publisher"),
        ("<title>Opinion | Harbour reopens - Maro Ledger</title>", "Maro Ledger", "title"),
        ("<title>Harbour reopens</title>", None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_what_the_publisher_calls_itself(head: str, name: str | None, rule: str | None) -> None:
    assert publisher_name(page(head=head), GENERIC) == (name, rule)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("mptimes.example", "The Maro Pelu Times"),
        ("mpt.example", "Maro Pelu Times"),
        ("mt.example", None),
        ("x.example", None),
    ],
)
def test_a_host_with_the_initials_of_the_name(host: str, name: str | None) -> None:
    title = name or "Maro Times"
    head = f"<title>Opinion | Harbour reopens - {title}</title>"
    shown = page(head=head, url=f"https://www.{host}/news/harbour")
    assert publisher_name(shown, GENERIC).value == name


def test_an_organisation_of_the_page_and_a_reference_to_one() -> None:
    site, paper = {"@type": "WebSite", "name": "Ledger site"}, {"@type": "NewsMediaOrganization", "name": "The Ledger"}
    graph = json.dumps({"@graph": [site, paper]})
    head = f'<script type="application/ld+json">{graph}</script>'
    assert publisher_name(page(head=head), GENERIC) == ("The Ledger", "json-ld:NewsMediaOrganization")
    article = {"@type": "NewsArticle", "publisher": {"@id": "#paper"}}
    graph = json.dumps({"@graph": [article, {"@id": "#paper", **paper}]})
    head = f'<script type="application/ld+json">{graph}</script>'
    assert publisher_name(page(head=head), GENERIC) == ("The Ledger", "json-ld:publisher")


def test_a_description_has_its_own() -> None:
    described = replace(publisher(), title="The Maro Ledger")
    assert publisher_name(page(head=SITE), described) == ("The Maro Ledger", "the description's title")
    assert publisher_name(page(head=SITE), publisher()).value == "Maro Ledger Online"
