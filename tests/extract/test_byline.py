"""Who wrote the story, and from where."""

import pytest

from newscrawl.extract.byline import byline
from tests.extract.invented import GENERIC, SENTENCE, json_ld, meta, page, publisher

OWN = publisher(byline=(".none", ".by"))


@pytest.mark.parametrize(
    ("markup", "names", "place"),
    [
        ("<a>Ann Lee</a><a>Bo Berg</a> | Maro", ["Ann Lee", "Bo Berg"], "Maro"),
        ("<a>Ann Lee</a><span>Maro</span>", ["Ann Lee"], "Maro"),
        ("<span>Ann Lee</span><span>Bo Berg</span><span>Maro</span>", ["Ann Lee", "Bo Berg"], "Maro"),
        ("By <span>Ann Lee</span><span>Maro</span>", ["Ann Lee"], "Maro"),
        ("Ann Lee <span>Maro</span>", ["Ann Lee"], "Maro"),
        ("By Ann Lee", ["Ann Lee"], None),
        ("Cy Dahl Maro", ["Cy Dahl"], "Maro"),  # whose name the metadata have
    ],
)
def test_a_publishers_byline(markup: str, names: list[str], place: str | None) -> None:
    shown = page(f"<div class=by>{markup}</div>", json_ld(author=[{"name": "Cy Dahl"}]))
    assert byline(shown, OWN) == ((names, ".by"), (place, ".by" if place else None))


@pytest.mark.parametrize(
    ("markup", "names", "place"),
    [
        ("<p class=by>Ann Lee</p><p class=by>Bo Berg</p><p class=by><b>Cy Dahl</b></p>", ["Ann Lee", "Bo Berg", "Cy Dahl"], None),
        ("<p class=by><a>Ann Lee</a></p><p class=by><a>Bo Berg</a> <span>Maro</span></p>", ["Ann Lee", "Bo Berg"], "Maro"),
        ("<div><p class=by>Ann Lee</p></div><div><p class=by>Bo Berg</p></div>", ["Ann Lee", "Bo Berg"], None),
        ("<p class=by>Ann Lee</p><section><ul><li class=by>Bo Berg</li></ul></section>", ["Ann Lee"], None),
        ("<p class=by><span>Ann Lee</span><span>Cy Dahl</span></p>", ["Ann Lee", "Cy Dahl"], None),  # no place
    ],
)  # fmt: skip
def test_a_publishers_byline_in_several_elements(markup: str, names: list[str], place: str | None) -> None:
    shown = page(f"<div>{markup}</div>", json_ld(author=[{"name": "Cy Dahl"}]))
    assert byline(shown, OWN) == ((names, ".by"), (place, ".by" if place else None))


def test_without_it_the_metadata_count() -> None:
    head = json_ld(author="Cy Dahl", dateline="Maro")
    shown = page("<div class=by hidden><a>Ann Lee</a></div><p class=byline>By Bo Berg</p>", head)
    assert byline(shown, OWN) == ((["Cy Dahl"], "json-ld:author"), ("Maro", "json-ld:dateline"))


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        (json_ld(author=[{"name": ["Ann Lee"]}]), "json-ld:author"),
        (json_ld(author={"name": {"name": "Ann Lee"}}), "json-ld:author"),
        (json_ld(author={"@list": [{"name": "Ann Lee"}]}), "json-ld:author"),
        (json_ld(author=[], creator="Ann Lee"), "json-ld:creator"),
        (meta("author", "alee") + meta("byline", "Ann Lee"), "meta:byline"),
        (meta("author", "Quay GmbH") + meta("article:author", "Ann Lee"), "meta:article:author"),
        (meta("article:author", "https://social.example/ann") + meta("byl", "By Ann Lee"), "meta:byl"),
        (meta("twitter:label2", "Written by") + meta("twitter:data2", "Ann Lee"), "meta:twitter:data2"),
        (meta("twitter:label1", "Verfasst von") + meta("twitter:data1", "Ann Lee"), "meta:twitter:data1"),
        (meta("author", "Maro Ledger") + meta("og:site_name", "Maro Ledger"), "byline's class"),
        (meta("author", "Quay Group"), "byline's class"),
        (meta("author", "Quay Trade") + meta("copyright", "© Quay Trade 2025"), "byline's class"),
        (json_ld(author={"@type": "Organization", "name": "Quay Trade"}), "byline's class"),
        (meta("author", "alee"), "byline's class"),
    ],
)
def test_who_the_metadata_name(head: str, rule: str) -> None:
    assert byline(page("<h1>Harbour reopens</h1><p class=byline>By Ann Lee</p>", head), GENERIC)[0] == (
        ["Ann Lee"],
        rule,
    )


@pytest.mark.parametrize("name", ["Bo Berg", "Reuters, Bo Berg"])
def test_a_person_of_the_metadata_counts_whoever_is_shown(name: str) -> None:
    shown = page("<h1>Harbour reopens</h1><p class=byline>By Ann Lee</p>", meta("author", name))
    assert byline(shown, GENERIC)[0] == (name.split(", "), "meta:author")


def test_a_login_yields_to_whose_it_is_without_a_label() -> None:
    shown = page("<h1>Harbour reopens</h1><p>Ann Lee</p><p>3 September 2025</p>", meta("author", "ann.lee"))
    assert byline(shown, GENERIC)[0] == (["Ann Lee"], "name beside the date")
    other = page("<h1>Harbour reopens</h1><p>Bo Berg</p><p>3 September 2025</p>", meta("author", "ann.lee"))
    assert byline(other, GENERIC)[0] == (["ann.lee"], "meta:author")


def test_the_publication_counts_where_nobody_else_is_named() -> None:
    head = meta("author", "Maro Ledger") + meta("og:site_name", "Maro Ledger")
    assert byline(page(head=head), GENERIC)[0] == (["Maro Ledger"], "meta:author")
    assert byline(page(), GENERIC) == (([], None), (None, None))


def test_the_place_of_metadata_is_before_the_dateline() -> None:
    body = f"<p>MARO (AP) — {SENTENCE}</p>"
    assert byline(page(body), GENERIC)[1] == ("Maro", "dateline")
    located = json_ld(locationCreated={"name": "Tollan"})
    assert byline(page(body, located), GENERIC)[1] == ("Tollan", "json-ld:locationCreated")
