"""Pages of publishers that nobody described: each field from what the page itself tells."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import extract_article

URL = "https://www.maro-ledger.example/harbour/talks-resume"
PROSE = "<p>" + "Harbour pilots in Maro returned to the table on Wednesday after a fortnight of silence. " * 4 + "</p>"


def page(head="", body="", *, ld=None, url=URL, lang="en"):
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
    html = f"<html lang={lang}><head>{head}{script}</head><body><main>{body}<article>{PROSE}</article></main></body></html>"
    return extract_article(html, url, publisher="generic", fetched_at=datetime(2025, 9, 4, 12, tzinfo=UTC))


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


# JSON-LD ---------------------------------------------------------------------

STORY = {"@type": "NewsArticle", "headline": "Talks resume", "datePublished": "2025-09-03T19:49:00+01:00"}
OTHER = {**STORY, "headline": "Cranes stand still", "datePublished": "2025-08-01T08:00:00+01:00"}


@pytest.mark.parametrize(
    "ld",
    [
        STORY,
        [{"@type": "Organization", "name": "x"}, STORY],
        {"@graph": [{"@type": "WebPage"}, STORY]},
        {"@type": "WebPage", "mainEntity": STORY},
        {"@type": "WebPage", "mainEntityOfPage": {"@type": "WebPage", "mainEntity": [STORY]}},
        [
            {**OTHER, "url": "https://www.maro-ledger.example/cranes"},
            {**STORY, "url": URL.replace("https", "http") + "/?x=1"},
        ],
        [OTHER, {**STORY, "mainEntityOfPage": {"@id": URL}}],
        [OTHER, {"@type": ["Article", "BlogPosting"], "@id": URL, **{k: v for k, v in STORY.items() if k != "@type"}}],
    ],
)
def test_the_page_s_own_article_in_any_shape(ld):
    article = page(ld=ld)
    assert article.headline == "Talks resume"
    assert article.date_published == "2025-09-03T19:49:00+01:00"


def test_of_several_articles_the_one_that_the_title_names():
    assert page("<title>Talks resume | The Maro Ledger</title>", ld=[OTHER, STORY]).headline == "Talks resume"


def test_objects_of_one_address_add_to_each_other():
    article = page(ld=[{**STORY, "url": URL}, {"@type": "NewsArticle", "url": URL, "author": {"name": "Ada Quill"}}])
    assert (article.headline, article.authors) == ("Talks resume", ["Ada Quill"])


def test_references_within_the_page():
    person = {"@type": "Person", "@id": "#/person/1", "name": "Ada Quill"}
    assert page(ld={"@graph": [{**STORY, "author": {"@id": "#/person/1"}}, person]}).authors == ["Ada Quill"]
    assert page(ld={"@graph": [{**STORY, "author": [{"@id": "#/nobody"}]}, person]}).authors == []


# Headline --------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        meta("og:title", "Talks resume | The Maro Ledger") + meta("og:site_name", "The Maro Ledger"),
        meta("og:title", "Talks resume - Ledger News") + meta("og:site_name", "Ledger"),
        meta("og:title", "Talks resume – ML – 03.09.2025") + meta("og:site_name", "ML"),
        meta("og:title", "Talks resume | Harbour") + meta("twitter:title", "Talks resume"),
        "<title>Maro-Ledger.example | Talks resume</title>",
    ],
)
def test_the_headline_without_the_site_s_name(head):
    assert page(head).headline == "Talks resume"


def test_a_sign_within_a_headline_stays():
    head = meta("og:title", "Talks - and a ship - resume") + meta("og:site_name", "The Maro Ledger")
    assert page(head).headline == "Talks - and a ship - resume"


def test_of_two_headlines_the_one_that_is_not_worded_for_search():
    head = meta("og:title", "Pilots talk again") + "<title>Maro harbour: talks resume | The Maro Ledger</title>"
    assert page(head, ld={**STORY, "headline": "Maro harbour: talks resume"}).headline == "Pilots talk again"
    assert page(head, ld={**STORY, "headline": "Silence ends"}).headline == "Silence ends"


def test_the_heading_that_agrees_with_the_title():
    body = (
        "<h1><a href=/>The Ledger</a></h1><h1 hidden>Talks resume in Maro</h1><h1>Talks <b>resume</b></h1><h1>More</h1>"
    )
    assert page("<title>Talks resume | Ledger</title>", body).headline == "Talks resume"


def test_the_site_s_name_is_no_headline():
    assert (
        page("<title>Talks resume | Maro-Ledger</title>", "<h1>Maro Ledger</h1><h2>Talks resume</h2>").headline
        == "Talks resume"
    )


def test_a_headline_cut_short_is_made_whole():
    head = meta("og:title", "Talks resume in…")
    assert page(head + meta("twitter:title", "Talks resume in the harbour")).headline == "Talks resume in the harbour"


# Authors ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("By Ada Quill", ["Ada Quill"]),
        ("by Ada Quill and Ben Oar", ["Ada Quill", "Ben Oar"]),
        ("Von Ada Quill und Ben Oar", ["Ada Quill", "Ben Oar"]),
        ("Kommentar von Ada Quill", ["Ada Quill"]),
        ("Par Ada Quill et Ben Oar", ["Ada Quill", "Ben Oar"]),
        ("Por Ada Quill", ["Ada Quill"]),
        ("di Ada Quill e Ben Oar", ["Ada Quill", "Ben Oar"]),
        ("Door Ada Quill", ["Ada Quill"]),
        ("Av Ada Quill", ["Ada Quill"]),
        ("Text: Ada Quill", ["Ada Quill"]),
        ("Ada Quill, Ben Oar; Cy Tarn & Dee Moor", ["Ada Quill", "Ben Oar", "Cy Tarn", "Dee Moor"]),
        ("Ada Quill, chief harbour correspondent", ["Ada Quill"]),
        ("Ada Quill, Political Editor", ["Ada Quill"]),
        ("Ada Quill (aq)", ["Ada Quill"]),
        ("Ada Quill, ada@ledger.example, @adaquill", ["Ada Quill"]),
        ("ADA QUILL, Ada Quill", ["ADA QUILL"]),
        ("Ada von der Quill", ["Ada von der Quill"]),
        ("Ada Ortega y Gasset", ["Ada Ortega y Gasset"]),
        ("Associated Press, dpa", ["Associated Press", "dpa"]),
        ("https://social.example/ada", []),
        (["Ada Quill", {"@type": "Organization", "name": "Reuters"}], ["Ada Quill", "Reuters"]),
        ({"@type": "Person", "givenName": "Ada", "familyName": "Quill"}, ["Ada Quill"]),
        ({"name": ["Ada Quill", "Ben Oar"]}, ["Ada Quill", "Ben Oar"]),
        ([None, 7, {}, {"name": None}], []),
    ],
)
def test_authors_of_json_ld(author, expected):
    assert page(ld={**STORY, "author": author}).authors == expected


@pytest.mark.parametrize("name", ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"])
def test_authors_of_meta_elements(name):
    assert page(meta("article:author", "https://social.example/ledger") + meta(name, "By Ada Quill")).authors == [
        "Ada Quill"
    ]


def test_the_preview_s_pair_that_names_the_author():
    assert page(meta("twitter:label1", "Written by") + meta("twitter:data1", "Ada Quill")).authors == ["Ada Quill"]


@pytest.mark.parametrize(
    "shown",
    [
        "<div class=byline>By <a href=/ada>Ada Quill</a></div>",
        "<a rel=author href=/ada>Ada Quill</a>",
        "<span itemprop=author><span itemprop=name>Ada Quill</span><br>Harbour desk</span>",
        "<p class=article-author>Von Ada Quill</p>",
        "<p class=byline>by Ada Quill<br>Monday, 1 September 2025</p>",
    ],
)
def test_people_shown_where_the_metadata_names_the_publication(shown):
    head = meta("og:site_name", "The Maro Ledger") + meta("author", "The Maro Ledger")
    assert page(head, shown).authors == ["Ada Quill"]
    assert page(head).authors == ["The Maro Ledger"]
    assert page(head, f"<aside>{shown}</aside>").authors == ["The Maro Ledger"]


def test_the_publication_s_name_goes_where_people_are_named():
    author = [{"name": "The Maro Ledger"}, {"name": "Ada Quill"}]
    assert page(meta("og:site_name", "The Maro Ledger"), ld={**STORY, "author": author}).authors == ["Ada Quill"]


# Topics ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "ld"),
    [
        (meta("news_keywords", "Maro, Port fees"), None),
        (meta("article:tag", "Maro") + meta("article:tag", "Port fees"), None),
        (meta("http://ogp.me/ns/article#tag", "Maro, Port fees"), None),
        (meta("parsely-tags", "Maro,Port fees"), None),
        ("", {**STORY, "keywords": ["Maro", {"@type": "DefinedTerm", "name": "Port fees"}]}),
        ("", {**STORY, "keywords": "Maro, Port fees"}),
        ("", {**STORY, "keywords": ["Category: Maro", "8ae9ab2d-fe1b-4230-acb8-a59b52877682", "Tag:Port fees", "x=1"]}),
        (meta("og:site_name", "The Maro Ledger") + meta("keywords", "Maro,Port fees,the maro ledger"), None),
        (meta("keywords", "@id:12, Maro, &quot;, Port fees"), None),
        (meta("keywords", "MAR,SHP,GEN,PRT08,IND") + meta("article:tag", "Maro,Port fees"), None),
    ],
)
def test_topics_of_the_metadata(head, ld):
    assert page(head, ld=ld).topics == ["Maro", "Port fees"]


def test_an_author_is_no_topic():
    assert page(meta("keywords", "Maro, Ada Quill") + meta("author", "Ada Quill")).topics == ["Maro"]


LINKS = "<a href=/topic/maro>Maro</a> <a href='/topic/port-fees'>Port fees</a>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<ul class=tags>{LINKS}</ul>", ["Maro", "Port fees"]),
        ("<a rel=tag href=/tag/maro>#Maro</a>", ["Maro"]),
        (f"<div>{LINKS}</div>", ["Maro", "Port fees"]),
        (f"<nav>{LINKS}</nav>", []),
        ("<p>Ships for <a href=/topic/maro>Maro</a> wait in the roads, and pay <a href=/topic/fees>fees</a>.</p>", []),
        ("<div><a href=/news/maro>Maro</a> <a href=/sport>Sport</a></div>", []),
    ],
)
def test_topics_that_the_page_shows(body, expected):
    assert page("", body).topics == expected


# Dates -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "url", "lang", "expected"),
    [
        (meta("article:published_time", "2025-09-03T19:49:07+02:00"), URL, "en", "2025-09-03T19:49:07+02:00"),
        # Without an offset: that of another date, the country's, or UTC.
        (
            meta("article:published_time", "2025-09-03T19:49:07") + meta("article:modified_time", "2025-09-03T20:00:00+02:00"),
            URL, "en", "2025-09-03T19:49:07+02:00",
        ),
        (meta("article:published_time", "2025-01-03T19:49:07"), "https://x.de/a", "de", "2025-01-03T19:49:07+01:00"),
        (meta("article:published_time", "2025-09-03T19:49:07"), "https://x.es/a", "es", "2025-09-03T19:49:07+00:00"),
        # The same instant in another zone tells what was meant, and the local time.
        (
            meta("article:published_time", "2025-09-03T19:49:07") + meta("date", "2025-09-03T23:49:07Z"),
            URL, "en", "2025-09-03T23:49:07+00:00",
        ),
        (
            meta("article:published_time", "2025-09-03T23:49:07Z") + meta("date", "2025-09-03T19:49:07-04:00"),
            URL, "en", "2025-09-03T19:49:07-04:00",
        ),
        # A time of day beats a mere day, or the midnight that it was made into.
        (
            meta("article:published_time", "2025-09-03") + meta("dcterms.created", "2025-09-03T19:49:07Z"),
            URL, "en", "2025-09-03T19:49:07+00:00",
        ),
        (
            meta("article:published_time", "2025-09-03T00:00:00Z") + meta("dcterms.created", "2025-09-03T19:49:07Z"),
            URL, "en", "2025-09-03T19:49:07+00:00",
        ),
        (meta("sailthru.date", "2025-09-03"), "https://x.de/a", "de", "2025-09-03T00:00:00+02:00"),
        (meta("timestamp", "1756908547"), URL, "en", "2025-09-03T14:09:07+00:00"),
        (meta("citation_publication_date", "2025/09/03"), URL, "en", "2025-09-03T00:00:00+00:00"),
    ],
)  # fmt: skip
def test_the_publication_date(head, url, lang, expected):
    assert page(head, url=url, lang=lang).date_published == expected


@pytest.mark.parametrize(
    ("body", "lang", "published", "modified"),
    [
        ("<h1>Talks</h1><time datetime='2025-09-03T19:49:07+02:00'>today</time>", "en", "2025-09-03T19:49:07+02:00", None),
        ("<h1>Talks</h1><time datetime='onsdag 03. september 2025 - 13:26'>x</time>", "nb", "2025-09-03T13:26:00+02:00", None),
        ("<h1>Talks</h1><meta itemprop=datePublished content=2025-09-03T19:49:07Z>", "en", "2025-09-03T19:49:07+00:00", None),
        ("<h1>Talks</h1><p>erstellt: <b>03. September 2025, 15:25</b></p>", "de-DE", "2025-09-03T15:25:00+02:00", None),
        (
            "<h1>Talks</h1><p>03.09.2025 15:25 - Güncelleme: 04.09.2025 10:00</p>",
            "tr", "2025-09-03T15:25:00+03:00", "2025-09-04T10:00:00+03:00",
        ),
        ("<aside><p>3 September 2025, 15:25</p></aside><h1>Talks</h1>", "en", None, None),
    ],
)  # fmt: skip
def test_dates_in_markup_and_text(body, lang, published, modified):
    article = page("", body, lang=lang)
    assert (article.date_published, article.date_modified) == (published, modified)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("Published: 2 September 2025", "2025-09-03T19:49:07+00:00"),
        ("Published: 2 September 2025, 10:00", "2025-09-03T19:49:07+00:00"),
        ("First Published: 2 September 2025, 10:00 BST", "2025-09-02T10:00:00+01:00"),
    ],
)
def test_a_shown_date_counts_if_it_is_exact(shown, expected):
    head = meta("article:published_time", "2025-09-03T19:49:07Z")
    assert page(head, f"<h1>Talks</h1><p>{shown}</p>").date_published == expected


PROSE_PAGE = "<main><article><h1>Talks resume</h1>{}<div>" + PROSE * 4 + "</div>{}</article></main>"


def story(line, after="", lang="en"):
    """A page without metadata that shows a line under its headline."""
    html = f"<html lang={lang}><body>{PROSE_PAGE.format(line, after)}</body></html>"
    return extract_article(html, URL, publisher="generic", fetched_at=datetime(2025, 9, 4, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    "after",
    [
        "<section id=comments><article><time datetime='2025-09-04T10:00:00-04:00'>today</time>Good.</article></section>",
        "<div class=related><a href=/x>Other</a><time datetime='2025-08-29T10:00:00Z'>29 Aug</time></div>",
        "<ul><li><a href=/x>Other</a><time datetime='2025-08-29T10:00:00Z'>29 Aug</time></li></ul>",
    ],
)
def test_the_date_of_something_else_is_not_the_story_s(after):
    line = "<div>September 3, 2025 at 6:02 p.m.</div>"
    assert story(line, after).date_published == "2025-09-03T18:02:00+00:00"
    assert story("", after).date_published is None


def test_the_only_time_of_a_page_may_stand_in_a_part_of_the_storys():
    assert story("", "<section id=top><time datetime='2025-09-04T10:00Z'>4 September</time></section>").date_published


@pytest.mark.parametrize(
    "line",
    [
        "<p>The strike began on 24 February 2022.</p>",
        "<p>The strike began on <b>24 February 2022</b>, the port says.</p>",
        "<figure><figcaption>The port, 24 February 2022</figcaption></figure>",
    ],
)
def test_a_date_in_prose_or_a_caption_is_not_the_story_s(line):
    assert story(line).date_published is None


@pytest.mark.parametrize("lang", ["en", "en-GB", "en-IN"])
def test_numbers_that_may_be_two_dates_are_not_guessed(lang):
    assert story("<div>03/09/2025 16:12</div>", lang=lang).date_published is None


@pytest.mark.parametrize(
    ("line", "lang", "published", "modified"),
    [
        ("<p>Published September 3, 2025</p>", "en", "2025-09-03T00:00:00+00:00", None),
        ("<p>World | September 3, 2025</p>", "en", "2025-09-03T00:00:00+00:00", None),
        ("<p>By Tom Ashby, September 3, 2025</p>", "en", "2025-09-03T00:00:00+00:00", None),
        ("<p>Posted on Sept. 3, 2025 6:02 p.m.</p>", "en", "2025-09-03T18:02:00+00:00", None),
        ("<p>September 3, 2025 5 min read</p>", "en", "2025-09-03T00:00:00+00:00", None),
        (
            "<p>Published September 3, 2025 | Updated September 4, 2025</p>",
            "en", "2025-09-03T00:00:00+00:00", "2025-09-04T00:00:00+00:00",
        ),
        (
            "<p>3 settembre 2025 (modifica il 4 settembre 2025 | 10:00)</p>",
            "it", "2025-09-03T00:00:00+00:00", "2025-09-04T10:00:00+00:00",
        ),
        ("<footer class=meta><span>Published: 3 Sep 2025 16:12 EAT</span></footer>", "en", "2025-09-03T16:12:00+03:00", None),
    ],
)  # fmt: skip
def test_words_around_a_date(line, lang, published, modified):
    article = story(line, lang=lang)
    assert (article.date_published, article.date_modified) == (published, modified)


# The rest --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "ld", "premium"),
    [
        ("", {**STORY, "isAccessibleForFree": False}, True),
        ("", {**STORY, "isAccessibleForFree": "http://schema.org/False"}, True),
        (
            "",
            {**STORY, "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".wall"}},
            True,
        ),
        (
            "",
            {
                **STORY,
                "isAccessibleForFree": True,
                "hasPart": [{"@type": "WebPageElement", "isAccessibleForFree": False}],
            },
            False,
        ),
        ("", {**STORY, "hasPart": [{"@type": "ImageObject", "isAccessibleForFree": False}, None]}, False),
        (meta("article:content_tier", "locked"), STORY, True),
        (meta("article:content_tier", "metered"), STORY, False),
        ("", STORY, False),
    ],
)
def test_premium(head, ld, premium):
    assert page(head, ld=ld).premium is premium


@pytest.mark.parametrize(
    ("link", "og", "expected"),
    [
        ("/harbour/talks-resume?utm_source=x", "", URL),
        ("/harbour/talks-resume-again", "", URL + "-again"),
        ("/", "", URL),
        ("/harbour/", "", URL),
        ("/cranes/stand-still", URL, URL),
        ("http://[x", "", URL),
    ],
)
def test_the_canonical_address(link, og, expected):
    assert page(f"<link rel=canonical href='{link}'>" + meta("og:url", og)).url == expected


def test_an_amp_page_has_the_plain_address():
    link = f"<link rel=canonical href='{URL}'>"
    assert page(link, ld={**STORY, "mainEntityOfPage": URL}, url=URL + "/amp").url == URL


@pytest.mark.parametrize(
    ("head", "ld", "minutes"),
    [
        ("", {**STORY, "timeRequired": "PT4M"}, 4),
        (meta("twitter:label2", "Geschätzte Lesezeit") + meta("twitter:data2", "4 Minuten"), STORY, 4),
        (meta("twitter:label2", "Price") + meta("twitter:data2", "4 min"), STORY, None),
    ],
)
def test_reading_minutes(head, ld, minutes):
    assert page(head, ld=ld).reading_minutes == minutes


def test_the_section_of_a_breadcrumb():
    items = [{"name": "Startseite"}, {"item": {"name": "Hafen"}}, {"name": "Talks resume"}]
    ld = [STORY, {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", **item} for item in items]}]
    assert page(ld=ld).section == "Hafen"


@pytest.mark.parametrize(("lang", "tag"), [("de_at", "de-AT"), ("zh-hans-cn", "zh-Hans-CN"), ("german", "en")])
def test_language(lang, tag):
    assert page(lang=lang).language == tag


# Nothing raises --------------------------------------------------------------

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30) | st.just(URL),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@id", "@type", "name", "givenName", "url", "isAccessibleForFree", "item"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
_KEYS = [
    "@id", "headline", "author", "creator", "publisher", "keywords", "about", "datePublished", "dateModified", "image", "url",
    "mainEntityOfPage", "mainEntity", "@graph", "hasPart", "isAccessibleForFree", "timeRequired", "articleSection", "dateline",
    "itemListElement", "articleBody", "inLanguage", "description",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=8), max_size=3),
    st.sampled_from(["NewsArticle", ["Article"], "BreadcrumbList", "WebSite"]),
)
def test_no_json_ld_makes_it_raise(nodes, kind):
    article = page("<title>x | y - z</title>", ld=[{"@type": kind, **node} for node in nodes])
    json.dumps(article.to_dict()).encode()


_PIECES = st.sampled_from([
    "<h1>", "</h1>", "<h1>Talks | resume</h1>", "<time datetime='", "<time itemprop=datePublished>", "2025-09-03T19:49", "'>", "</time>",
    "<meta property='og:title' content='", "<meta name=keywords content='", "<meta name=author content='", "a, b; c", "By , and", "Von ",
    "<a rel=tag href='/tag/x'>", "<a rel=author href='http://[x'>", "</a>", "<div class=byline>", "<ul class=tags>", "</ul>", "</div>",
    "<link rel=canonical href='http://[y'>", "<link rel=canonical href='/'>", "99.99.9999 99:99", "03.09.2025 19:49", "+99:99", "GMT+99",
    "<span itemprop=author><i itemprop=name>", "1756908547", "<meta property='twitter:label1' content='Reading time'>", "<title>", "</title>",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=20), max_size=40).map("".join))
def test_no_markup_makes_it_raise(html):
    article = extract_article(html, URL, publisher="generic")
    json.dumps(article.to_dict(), ensure_ascii=False).encode()


# What pages without metadata show ----------------------------------------------


def bare(under_headline="", behind="", *, prose=PROSE):
    html = (
        f"<html><body><main><article><h1>Talks resume</h1>{under_headline}<div>{prose}</div>{behind}</article></main>"
    )
    return extract_article(html, URL, publisher="generic", fetched_at=datetime(2025, 9, 4, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("inside", "caption"),
    [
        ("El puerto.<span>ROSA MEDINA</span>", "El puerto. ROSA MEDINA"),
        ("<p>The harbour</p><p>Photo: Ada Quill</p>", "The harbour Photo: Ada Quill"),
        ("The <b>h</b>arbour (<span>Maro</span>), at <i>dawn</i>.", "The harbour (Maro), at dawn."),
    ],
)
def test_a_caption_s_parts_stand_apart(inside, caption):
    assert bare(f"<figure><figcaption>{inside}</figcaption></figure>").image_caption == caption


@pytest.mark.parametrize(
    ("shown", "topics"),
    [
        ('<ul class=tags><li><a href="/noticias/ordan/">Ordan</a><li><a href="/noticias/maro/">Maro</a></ul>', ["Ordan", "Maro"]),
        ('<div class=tags><span>Archivado en:</span> <a href="/noticias/ordan/">Ordan</a></div>', ["Ordan"]),
        ('<p class=tags>Tags: <a href="/search?q=pilots">Pilots</a>, <a href="/search?q=maro">Maro</a></p>', ["Pilots", "Maro"]),
        (f'<div class=tags>{PROSE}<a href="/cranes">Cranes stand still</a></div>', []),
        ('<div class=tags><a href="#top">Top</a></div>', []),
    ],
)  # fmt: skip
def test_tags_wherever_they_lead(shown, topics):
    assert bare(behind=shown).topics == topics


@pytest.mark.parametrize(
    ("shown", "authors"),
    [
        ('<footer class="node__meta">Submitted by <a class=username href="/user/12">Ada Quill</a> on 3 September</footer>', ["Ada Quill"]),
        ("<footer><span class=author>By Ada Quill</span></footer>", ["Ada Quill"]),
        ("<header><span class=author>By Ada Quill</span></header>", ["Ada Quill"]),
        ("<div class=submitted>By Ada Quill</div>", ["Ada Quill"]),
        ('<p class=meta>By <a href="/authors/ada-quill">Ada Quill</a></p>', ["Ada Quill"]),
        ('<a class=x_y href="/autor/maria-pena/">María Peña</a>', ["María Peña"]),
        ("<div class=firma>Por <strong>María Peña</strong></div>", ["María Peña"]),
        ("<div class=byline>By Ada Quill in Maro</div>", ["Ada Quill"]),
        ("<div class=byline>By Ada Quill<br>3 September 2025, 10:11</div>", ["Ada Quill"]),
        ("<div class=byline>By Ada Quill<br>September 3, 2025</div>", ["Ada Quill"]),
        ("<div class=byline>By Ada Quill Published 3 September 2025</div>", ["Ada Quill"]),
        ("<div class=byline>Reuters</div>", ["Reuters"]),
        ("<div class=byline>By Our Correspondent</div>", ["Our Correspondent"]),
        ("<div class=author><a>Ada Quill</a><span>Reporter</span></div>", ["Ada Quill"]),
        ("<p class=meta>Harbour Life</p>", []),
        ("<p class=meta>By the harbour wall, a quiet morning</p>", []),
        ("<aside><a href='/autor/maria-pena/'>María Peña</a></aside>", []),
    ],
)  # fmt: skip
def test_authors_under_the_headline(shown, authors):
    assert bare(shown).authors == authors


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<section id=comments><article><footer><span class=author>By Jon Vale</span></footer></article></section>",
        "<div class=comment><span class=comment-author>Jon Vale</span></div>",
        "<article><h3>Cranes</h3><footer><span class=author>By Jon Vale</span></footer></article>",
        f'{PROSE * 2}<div><a href="/cranes">Cranes of the harbour stand still</a><p class=meta>By Jon Vale</p></div>',
    ],
)
def test_who_wrote_something_else_is_no_author(elsewhere):
    assert bare(behind=elsewhere).authors == []


@pytest.mark.parametrize(
    ("beginning", "place"),
    [
        ("TOLLAN (AP) — ", "Tollan"),
        ("NAIROBI, Sept 3 (Reuters) - ", "Nairobi"),
        ("RIO DE JANEIRO, 3 septembre (AFP) – ", "Rio de Janeiro"),
        ("NAIROBI, Kenya (AP) — ", "Nairobi, Kenya"),
        ("Ada Quill (SPD) – ", None),
        ("Pilots told AP (AP) that ", None),
    ],
)
def test_the_place_of_a_dateline(beginning, place):
    assert bare(prose=PROSE.replace("<p>", f"<p>{beginning}", 1)).place == place
