"""The names of the site."""

from newscrawl.extract.site_names import publication_names, site_keys
from tests.extract.invented import json_ld, meta, page


def test_the_publication_is_named_in_metadata() -> None:
    head = meta("og:site_name", "Maro Ledger") + json_ld(publisher={"name": "Ledger Group"})
    head += '<script type="application/ld+json">{"@type": "WebSite", "name": "The Ledger"}</script>'
    assert publication_names(page(head=head)) == {"Maro Ledger", "Ledger Group", "The Ledger"}


def test_a_publisher_that_is_a_reference_is_looked_up() -> None:
    head = json_ld(publisher={"@id": "#us"})
    head += '<script type="application/ld+json">{"@type": "Thing", "@id": "#us", "name": "The Ledger"}</script>'
    assert publication_names(page(head=head)) == {"The Ledger"}


def test_the_address_names_the_site_but_for_short_labels() -> None:
    assert site_keys(page(url="https://www.maroledger.co.uk/a")) == {"maroledgercouk", "maroledger"}
