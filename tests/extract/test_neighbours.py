"""The addresses on an article's page."""

from __future__ import annotations

import pytest

from newscrawl.addresses.site import Site
from newscrawl.extract.neighbours import addresses, canonical_url, more_links, next_url
from newscrawl.extract.page import Page
from newscrawl.publishers import Publisher
from tests.extract.invented import GENERIC, HOME, URL, json_ld, meta, page

OWN = Publisher(
    name="maroledger.example", hosts=("www.maroledger.example", "maroledger.example"), home=HOME,
    article=r"/(?P<section>[a-z-]+)/[a-z-]+-(?P<id>\d+)",
)  # fmt: skip
ASKED = "the address asked for"
OTHER = "/world/ships-leave-2222222"


def link(href: str) -> str:
    return f"<link rel=canonical href='{href}'>"


@pytest.mark.parametrize(
    ("head", "path", "rule"),
    [
        (link("/news/harbour-open-1234567?utm_source=x"), "/news/harbour-open-1234567", "link rel=canonical"),
        (meta("og:url", "/news/harbour-open-1234567"), "/news/harbour-open-1234567", "meta:og:url"),
        (link(OTHER) + meta("og:url", "/news/harbour-open-1234567"), "/news/harbour-open-1234567", "meta:og:url"),
        (link(OTHER), "/world/harbour-reopens-1234567", ASKED),  # another article's
        (link("https://elsewhere.example/a-1234567"), "/world/harbour-reopens-1234567", ASKED),
        (link(" "), "/world/harbour-reopens-1234567", ASKED),
    ],
)
def test_a_supported_publishers_article(head: str, path: str, rule: str) -> None:
    assert canonical_url(page(head=head), Site(OWN, URL)) == (HOME + path, rule)


@pytest.mark.parametrize(
    ("head", "path", "rule"),
    [
        (link("/other"), "/other", "link rel=canonical"),
        (link(URL), "/world/harbour-reopens-1234567", "link rel=canonical"),
        (link("/"), "/world/harbour-reopens-1234567", ASKED),
        (link("/world"), "/world/harbour-reopens-1234567", ASKED),  # a section above the page
        (link("/other") + meta("og:url", URL), "/world/harbour-reopens-1234567", ASKED),
        (link("/other") + json_ld(url=URL), "/world/harbour-reopens-1234567", ASKED),
    ],
)
def test_any_sites_article(head: str, path: str, rule: str) -> None:
    assert canonical_url(page(head=head), Site(GENERIC, URL)) == (HOME + path, rule)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (f"<a href={OTHER}>Next Story</a>", OTHER),
        (f"<a href={OTHER}><b>Next Story</b> →</a>", OTHER),
        (f"<a href={OTHER} title='next story'><img></a>", OTHER),
        (f"<p>Next Story:</p><a href=/about>x</a><a href={OTHER}>Ships leave</a>", OTHER),
        (f"<a href={OTHER}><p>Ships leave</p><p>Next Story</p></a>", OTHER),
        (f"<p>Next Story</p><a href=/x>x</a><a href=/y>y</a><a href={OTHER}>Ships leave</a>", None),  # too far behind
        (f"<p>The next story of Maro</p><a href={OTHER}>Ships leave</a>", None),
        ("<a>Next Story</a>", None),
        ("", None),
    ],
)
def test_the_next_story(body: str, path: str | None) -> None:
    assert next_url(page(body), Site(OWN, URL)) == (path and HOME + path, path and "label")


def test_labels_are_looked_for_in_their_language() -> None:
    body = f"<a href={OTHER}>Next Story</a>"
    assert next_url(page(body, lang="de"), Site(OWN, URL)).value
    assert next_url(page(body, lang="de"), Site(GENERIC, URL)) == (None, None)


LINKS = f"<a href={OTHER}>Ships</a><a href={URL}>Own</a><a href=/about>x</a><a href=/world/cranes-3333333>Cranes</a>"


@pytest.mark.parametrize(
    "body",
    [
        f"<div><h2>More From This Section</h2>{LINKS}<a href={OTHER}>Ships</a></div><a href=/world/last-4444444>x</a>",
        f"<section><div><h2>More From <b>This</b> Section</h2></div><ul>{LINKS}</ul></section>",
        f"<div><h2>More From This Section</h2>{LINKS}<a href=/world/next-5555555>Next Story</a></div>",
    ],
)
def test_more_of_the_section(body: str) -> None:
    found = more_links(page(body), Site(OWN, URL), "1234567")
    assert found == ([HOME + OTHER, f"{HOME}/world/cranes-3333333"], "label")


def test_the_list_behind_many_labels() -> None:
    labels = "<div><p>More From This Section</p></div>" * 30
    body = f"{'<div>' * 5}{labels}{'</div>' * 5}<div><h2>More From This Section</h2>{LINKS}</div>"
    assert more_links(page(body), Site(OWN, URL), "1234567").value == [HOME + OTHER, f"{HOME}/world/cranes-3333333"]


@pytest.mark.parametrize("number", [1, 30])
def test_labels_in_two_documents_of_one_page(number: int) -> None:
    document = (
        f"<html><body>{'<p>More From This Section</p><p>Next Story</p>' * number}<a href=/about>x</a></body></html>"
    )
    found = Page(document * 2, URL)
    assert found.root.getnext() is not None
    assert more_links(found, Site(OWN, URL), "1234567") == ([], None)
    assert next_url(found, Site(OWN, URL)) == (None, None)


def key_here() -> str:
    return Site(GENERIC, URL).key(URL)


CARDS = f"<a href={OTHER}>Ships</a><a href={URL}>Own</a><a href=/about>x</a><a href=/quay>Cranes are back again now</a>"
CARDS += "<a href=https://elsewhere.example/world/ships-return-to-the-sea-1>Ships of another paper return</a>"


@pytest.mark.parametrize(
    "body",
    [
        f"<div><h2>More From This Section</h2>{CARDS}</div>",
        f"<aside><h3>More on this story:</h3><ul><li>{CARDS}</li></ul></aside>",
        f"<div><p><b>Mehr zum Thema</b></p><div>{CARDS}</div></div><p><a href=/world/other-things-5555555>Other</a></p>",
        f"<h2><span>RELATED</span></h2><hr><div>{CARDS}</div>",
        f"<div>À lire aussi : {CARDS}</div>",
        f"<div><h4>More from World »</h4></div><section>{CARDS}</section>",
        f"<h3><a href=/world>Читайте также</a></h3><ul>{CARDS}</ul>",
        f"<article><h1>Harbour</h1><footer><h2>関連記事</h2>{CARDS}</footer></article>",
        f"<p>Also read: <a href={OTHER}>Ships</a></p><p>{'The port is quiet. ' * 30}</p><p>See also</p><p>{CARDS}</p>",
    ],
)
def test_stories_behind_labels_of_any_site(body: str) -> None:
    found = more_links(page(f"<div>{body}</div>"), Site(GENERIC, URL), key_here())
    assert found == ([HOME + OTHER, f"{HOME}/quay"], "related")


@pytest.mark.parametrize(
    "body",
    [
        "<h2>More From This Section</h2>",
        f"<h2>Latest</h2>{CARDS}",
        f"<a href=/x>Related stories</a>{CARDS}",
        f"<footer><h2>Related</h2>{CARDS}</footer>",
        f"<div class=site-footer><h2>Related</h2>{CARDS}</div>",
        f"<p>Related</p><p>{'The port is quiet. ' * 30}</p><div>{CARDS}</div>",
        f"<div><p>The port is quiet, and that is all that can be told of it until the ice leaves the bay.</p><p>Related</p><p>x</p></div><div>{CARDS}</div>",
        f"<h2>Related</h2><p>{'The port is quiet. ' * 90}{CARDS}</p>",
    ],
)
def test_links_that_no_label_is_for(body: str) -> None:
    assert more_links(page(f"<div>{body}</div>"), Site(GENERIC, URL), key_here()) == ([], None)


def test_a_label_of_a_publisher_without_links() -> None:
    assert more_links(page("<h2>More From This Section</h2>"), Site(OWN, URL), "") == ([], None)


def test_an_id_is_in_the_address_or_made_of_it() -> None:
    assert addresses(page(), Site(OWN, URL))["id"] == ("1234567", "pattern of the address")
    key, rule = addresses(page(), Site(GENERIC, URL))["id"]
    assert (len(key), rule) == (16, "hash of the address")
