"""The table of types: what each field holds."""

from __future__ import annotations

import pytest

from newscrawl.article.types import COLUMNS, FIELDS, is_instant
from tests.article.conftest import good


@pytest.mark.parametrize(
    ("name", "fitting", "others"),
    [
        ("headline", ["", "x"], [None, 1, ["x"], {}]),
        ("place", [None, "x"], [1, []]),
        ("word_count", [0, 2**63 - 1], [None, True, 2**63, 1.5, "1"]),
        ("reading_minutes", [None, 3], ["3", False]),
        ("premium", [True], [None, 1, "true"]),
        ("authors", [[], ["x"]], [None, "x", [1], [None], {}]),
        ("extraction", [{}, {"body": None, "headline": "h1"}], [None, [], {"body": 1}, "x"]),
        (
            "images",
            [[], [{"url": "x", "later": 1}]],
            [None, ["x"], [{}], [{"url": None}], [{"url": "x", "width": "1"}]],
        ),
        ("updates", [[{"text": "x", "markdown": "x"}]], [[{"text": "x"}], [{"text": None, "markdown": "x"}], {}]),
        (
            "links_in_text",
            [[{"url": "x", "text": "x", "internal": True}]],
            [[{"url": "x", "text": "x", "internal": 1}]],
        ),
    ],
)
def test_what_fits(name, fitting, others):
    assert all(map(FIELDS[name].fits, fitting))
    assert not any(map(FIELDS[name].fits, others))


def test_a_list_of_one_article_is_not_anothers():
    FIELDS["authors"].missing().append("x")
    assert FIELDS["authors"].missing() == []


def test_dates_and_what_else_is_known_of_fields():
    assert {name for name, field in FIELDS.items() if field.instant} == {
        "date_published",
        "date_modified",
        "crawled_at",
    }
    assert {name for name, field in FIELDS.items() if field.utc} == {"crawled_at"}
    assert {name for name, field in FIELDS.items() if field.json} == {
        "authors", "topics", "links", "extraction", "images", "updates", "keywords", "corrections", "contributors",
        "links_in_text",
    }  # fmt: skip
    assert {name: list(field.of) for name, field in FIELDS.items() if field.of} == {
        "images": ["url", "caption", "credit", "alt", "width", "height"],
        "updates": ["time", "headline", "text", "markdown"],
        "links_in_text": ["url", "text", "internal"],
    }
    assert {name for name, kind in COLUMNS.items() if kind == "integer"} == {
        "word_count", "reading_minutes", "premium", "live"
    }  # fmt: skip


def test_what_an_article_may_lack_is_watched():
    assert [name for name, field in FIELDS.items() if field.watched] == [
        "description", "authors", "place", "date_published", "date_modified", "reading_minutes", "image",
        "image_caption", "topics", "language", "next_url", "links", "images", "updates", "publisher_name", "keywords",
        "contributors", "dateline", "links_in_text",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2025-09-03T19:49:00+05:30", True),
        ("2025-09-03T14:19:30.5Z", True),
        ("2025-02-30T10:00:00Z", False),
        ("2025-09-03T10:00:00", False),
        ("2025-09-03", False),
        ("٢٠25-09-03T10:00:00Z", False),
    ],
)
def test_an_instant_has_a_day_a_time_and_an_offset(text, is_one):
    assert is_instant(text) is is_one


ADDRESSES = """
http://a/b|c http://x/[a] http://x/%zz http://x/%20 mailto:a@b http://[::1]/x http://[zz]/ http://x:port/ http://x:80/ //x/y
data:image/png;base64,AA== http://x/a'b(c) http://x/#a#b http://x/#a?b http://ü.example/ß x http: http://a@b@c/ http://a@b/
http://x/?q[]=1 http://x/?q=/?a http://x?q http://x/\uffff http://x/\ue000 http://x/?\ue000 http://x/😀 https:///x x.y+z-1:a
""".split()


@pytest.mark.parametrize("text", ["", "http://x/a b", *ADDRESSES], ids=ascii)
def test_an_address_is_one_for_the_schema_and_for_the_table(checker, text):
    assert checker._is_valid(good(image=text)) is not bool(FIELDS["image"].lacks(text))
