"""The section."""

import json

import pytest

from newscrawl.extract.section import section
from tests.extract.invented import GENERIC, json_ld, meta, page, publisher

CRUMBS = publisher(breadcrumb=(".none", ".crumbs"))


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=crumbs><a href=/>Home</a> / <a href=/world>World News</a> / Harbour reopens</div>",
        "<div class=crumbs>Home › World News › Harbour reopens</div>",
    ],
)
def test_the_breadcrumbs_second_step(markup: str) -> None:
    assert section(page(markup), CRUMBS) == ("World News", ".crumbs")


def test_a_breadcrumb_that_does_not_begin_at_home_says_nothing() -> None:
    shown = page("<div class=crumbs>Markets › World News</div>", meta("article:section", "World"))
    assert section(shown, CRUMBS) == ("World", "meta:article:section")


def listed(*names: str) -> str:
    steps = [{"@type": "ListItem", "position": n, "item": {"name": name}} for n, name in enumerate(names, 1)]
    node = {"@type": "BreadcrumbList", "itemListElement": steps}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_the_breadcrumb_of_json_ld() -> None:
    head = json_ld(articleSection="news")
    assert section(page(head=head + listed("Startseite", "Ausland", "Hafen")), GENERIC) == (
        "Ausland", "json-ld:BreadcrumbList",
    )  # fmt: skip
    for names in (("Ausland", "Hafen"), ("Startseite",), ()):
        assert section(page(head=head + listed(*names)), GENERIC) == ("news", "json-ld:articleSection")
