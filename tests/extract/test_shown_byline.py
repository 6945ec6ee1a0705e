"""Bylines that a page shows."""

import pytest

from newscrawl.extract.names_of_people import Kind
from newscrawl.extract.shown_byline import shown_byline
from newscrawl.extract.texts_near_headline import HEADLINE_TO_BYLINE
from tests.extract.invented import SENTENCE, page

HEADLINE = "<h1>Harbour reopens</h1>"
STORY = f"<p>{SENTENCE}</p>" * 12
BYLINE = "<p class=byline>By Ann Lee</p>"


def told(body: str) -> tuple[str, ...]:
    return shown_byline(page(body), {"maroledger"}).names


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<span itemprop=author>Ann Lee</span>", "[itemprop=author]"),
        ("<p itemprop=author>About <b itemprop=name>Ann Lee</b>, of whom much can be told</p>", "[itemprop=author]"),
        ("<a rel=author href=/x>Ann Lee</a>", "[rel~=author]"),
        ("<p class=story-byline>Ann Lee</p>", "byline's class"),
        ("<p class=WRİTER>Ann Lee</p>", "byline's class"),
        ("<p class=q>By Ann Lee</p>", "byline's label"),
        ("<div class=q>By <span>Ann Lee</span></div>", "byline's label"),
        ("<div><span>By </span><a href=/x>Ann Lee</a></div>", "byline's label"),
        ("<div>By</div><div>Ann Lee</div>", "byline's label"),
        ("<div>Posted on <time>3 September 2025</time> by <b>Ann Lee</b></div>", "byline's label"),
        ("<p>By <span class=first-name>Ann</span> <span class=last-name>Lee</span></p>", "byline's label"),
        ("<a href=/authors/ann-lee>Ann Lee</a>", "author's address"),
        ("<a href=/people/ann-lee>Ann Lee</a>", "author's address"),
        ("<div>Maro</div><p>Ferries</p><a href=/x/ann-lee-12>Ann Lee</a>", "name below the headline"),
        ("<p>3 September 2025 | Ann Lee</p>", "name beside the date"),
        ("<div><span>Ann Lee</span></div><time>3 September 2025</time>", "name beside the date"),
        ("<p>Ann Lee</p><p>Harbour Editor</p>", "name below the headline"),
        (f"<p>{SENTENCE * 2}</p>{STORY}<p class=author-box>Ann Lee</p>", "[class*=author]"),
        (f"{STORY}<p>Written by <i>Ann Lee</i></p>", "byline's label"),
    ],
)
def test_who_is_shown(markup: str, rule: str) -> None:
    found = shown_byline(page(HEADLINE + markup), set())
    assert (found.names, found.kind, found.rule) == (("Ann Lee",), Kind.PERSON, rule)


@pytest.mark.parametrize(
    "markup",
    [
        "<p class=byline><a href=/a/ann>Ann Lee</a> <a href=/news>Harbour Trade</a></p>",
        "<p class=byline><a href=/a/ann>Ann Lee</a> <a href=/a/ann>Alle Artikel</a></p>",
        "<p class=byline><span>Ann Lee</span><div>Maro Post</div></p>",
        "<div class=byline><div>By <b>Ann Lee</b></div><div><div>Maro Wire</div><time>3 September 2025</time></div></div>",
        "<p>By Ann Lee</p><p>Reviewed by Bo Berg</p>",
        "<div>By <b>Ann Lee</b></div><div>Edited by <b>Bo Berg</b></div>",
        "<p>Photo: Bo Berg</p><p>By Ann Lee</p>",
        "<p class=byline>By Ann Lee Maro Ledger</p>",
        "<p>By Ann Lee</p><div><i class=author>Bo Berg</i><h3><a href=/x>Ferry fares rise again</a></h3></div>",
        "<p>By Ann Lee</p><p>Next: <a href=/x>Ferry fares rise again</a> by <b>Bo Berg</b></p>",
        "<div><a href=/tag/joe-dahl>Joe Dahl</a></div><p>By Ann Lee</p>",
        "<figure><figcaption>By Bo Berg</figcaption></figure><p>By Ann Lee</p>",
        "<p>By Ann Lee</p><h3><a href=/x>Ferry fares rise again</a></h3><p>By Bo Berg</p>",
    ],
)
def test_what_stands_beside_a_name_is_none(markup: str) -> None:
    assert told(HEADLINE + markup) == ("Ann Lee",)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>By <i itemprop=author>Ann Lee</i>, <i itemprop=author>Bo Berg</i></p>",
        "<p>By <a rel=author href=/a/1>Ann Lee</a> and <a rel=author href=/a/2>Bo Berg</a></p>",
        "<div><div class=author-name>Ann Lee</div><div class=author-name>Bo Berg</div></div>",
        "<ul class=authors><li>Ann Lee</li><li>Bo Berg</li></ul>",
        "<div class=authors><a href=/a/1>Ann Lee</a><a href=/a/2>Bo Berg</a></div>",
        "<p>Von Ann Lee<br>und Bo Berg</p>",
        "<p>By <b>Ann Lee</b>, Reporter, and <b>Bo Berg</b></p>",
    ],
)
def test_several_people_in_elements_of_their_own(markup: str) -> None:
    assert told(HEADLINE + markup) == ("Ann Lee", "Bo Berg")


@pytest.mark.parametrize(
    ("markup", "name", "kind"),
    [
        ("<a rel=author href=/a/n>Newsdesk</a>", "Newsdesk", Kind.ORGANISATION),
        ("<p>by <span class=author>Ann</span></p>", "Ann", Kind.SINGLE),
        ("<a rel=author href=/a/n>alee</a>", "alee", Kind.LOGIN),
        ("<p class=byline>By The Ledger Editors</p>", "The Ledger Editors", Kind.ORGANISATION),
        ("<p class=byline>Maro Ledger</p>", "Maro Ledger", Kind.ORGANISATION),
        ("<p>By Reuters</p>", "Reuters", Kind.ORGANISATION),
        ("<p>Reviewed by <b>Ann Lee</b></p>", "Ann Lee", Kind.PERSON),
    ],
)
def test_who_counts_where_nobody_else_is_told(markup: str, name: str, kind: Kind) -> None:
    found = shown_byline(page(HEADLINE + markup), {"maroledger"})
    assert (found.names, found.kind) == ((name,), kind)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Harbour Trade</p><p>3 September 2025</p>",  # the headline's word
        "<p>By the numbers: what ships carry</p>",
        "<p>Von der Bucht zum Hafen</p>",
        "<a href=/tag/joe-dahl>Joe Dahl</a>",
        "<p>By Admin</p>",
        f"{STORY}<div><i class=author>Ann Lee</i><h3><a href=/x>Ferry fares rise again</a></h3></div>",
        "<div class=comment-list><p class=byline>By Ann Lee</p></div>",
        "<div id=comments><p class=byline>By Ann Lee</p></div>",
        "<div class=reader-reactions><a class=author>Ann Lee</a></div>",
        "<div itemscope itemtype=https://schema.org/Comment><b itemprop=author>Ann Lee</b></div>",
        f"<p>{'x' * (HEADLINE_TO_BYLINE + 1)}</p><p>Ann Lee</p><p>3 September 2025</p>",
        "<p class=byline>By Ann Lee, who " + "writes about ships and " * 6 + "more</p>",
        f"{STORY}<div><h3><a href=/x>Ferry fares rise again</a></h3><p class=byline>By Ann Lee</p></div>",
        "<p hidden class=byline>By Ann Lee</p>",
    ],
)
def test_what_is_no_byline(markup: str) -> None:
    assert told(HEADLINE.replace("reopens", "Trade") + markup) == ()


@pytest.mark.parametrize(
    ("body", "ours"),
    [
        (f"<article>{HEADLINE}<footer>{BYLINE}</footer></article>", True),
        (f"<article>{HEADLINE}<nav><ul><li>{BYLINE}</ul></nav></article>", True),
        (f"<article><aside>{BYLINE}</aside><div>{HEADLINE}</div></article>", True),
        (f"{BYLINE}{HEADLINE}", True),
        (f"{HEADLINE}<article><header>{BYLINE}</header></article>", True),
        (f"{HEADLINE}<article></article><article><header>{BYLINE}</header></article>", False),
        (f"<article>{HEADLINE}{STORY}</article><article>{BYLINE}</article>", False),
        (f"<article>{HEADLINE}{STORY}<section><article>{BYLINE}</article></section></article>", False),
        (f"<main>{HEADLINE}{STORY}</main><div>{BYLINE}</div>", False),
        (f"<article>{HEADLINE}<footer><div hidden>{BYLINE}</div></footer></article>", False),
        (f"{HEADLINE}<footer>{BYLINE}</footer>", False),
        (f"{HEADLINE}<aside>{BYLINE}</aside>", False),
    ],
)
def test_whose_byline_it_is(body: str, ours: bool) -> None:
    assert told(body) == (("Ann Lee",) if ours else ())


def test_a_page_without_a_headline_may_have_a_byline() -> None:
    assert told(f"<footer>{BYLINE}</footer>") == ("Ann Lee",)


def test_links_that_say_author_belong_together_whatever_folder_they_lead_to():
    links = "<ul><li><a rel=author href=/lee>Ann Lee</a></li><li><a rel=author href=/berg>Bo Berg</a></li></ul>"
    assert told(HEADLINE + links + STORY) == ("Ann Lee", "Bo Berg")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Additional reporting by Bo Berg", ()),
        ("Additional reporting by Bo Berg in Maro and Cy Dunn; editing by Dee Ray", ()),
        ("Edited by Dee Ray and Bo Berg", ()),
        ("Reporting by Ann Lee; editing by Dee Ray", ("Ann Lee",)),
        ("Reviewed by Dee Ray", ("Dee Ray",)),
    ],
)
def test_who_only_helped_is_a_contributor(line: str, names: tuple[str, ...]) -> None:
    assert told(f"{HEADLINE}<p>{line}</p>{STORY}") == names
    assert told(f"{HEADLINE}<p>{SENTENCE}</p><p>{line}</p>") == names
