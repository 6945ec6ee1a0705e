"""Topics."""

import pytest

from newscrawl.extract.shown_topics import MOST_TOPICS_IN_BOX
from newscrawl.extract.topics import MOST_TOPICS, topics
from tests.extract.invented import GENERIC, json_ld, meta, page, publisher

OWN = publisher(topics=(".filed",))


def told(body: str = "", head: str = "") -> tuple[list[str], str | None]:
    return topics(page(body, head), GENERIC, ["Ann Lee"])


def tags(number: int, path: str = "/tag") -> str:
    return " ".join(f"<a href={path}/t{n}>Topic {'abcdefghijklmnopqrstuvwxyz'[n]}</a>" for n in range(number))


def test_a_publishers_list_less_its_heading() -> None:
    body = "<ul class=filed><li>Topics :</li><li><a href=/x>Ports</a></li><li>Ports</li><li>Cranes |</li></ul>"
    assert topics(page(body, meta("keywords", "Other")), OWN, []) == (["Ports", "Cranes"], ".filed")
    assert topics(page(tags(3), meta("keywords", "Other")), OWN, []) == (["Other"], "meta:keywords")
    assert topics(page(tags(3)), OWN, []) == ([], None)


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        (meta("keywords", "Other") + meta("news_keywords", "Ports, Cranes"), "meta:news_keywords"),
        (meta("keywords", "Ports; Cranes; ports"), "meta:keywords"),
        (json_ld(keywords=["Ports", {"name": "Cranes"}]), "json-ld:keywords"),
        (meta("article:tag", "Ports") + meta("article:tag", "tag: Cranes"), "meta:article:tag"),
        (meta("keywords", "Ann Lee, Maro Ledger") + meta("og:site_name", "Maro Ledger")
         + meta("tags", "Ports,Cranes"), "meta:tags"),
        (meta("keywords", "Ports,type=story,12345,https://x.example,@maro,Cranes"), "meta:keywords"),
    ],
)  # fmt: skip
def test_keywords(head: str, rule: str) -> None:
    assert told(head=head) == (["Ports", "Cranes"], rule)


def test_an_agencys_codes_are_no_topics() -> None:
    assert told(head=meta("keywords", "ECO,POL:INT,A1B,MAR,Ports")) == ([], None)
    assert told(head=meta("keywords", "EU,UN,AU"))[0] == ["EU", "UN", "AU"]


def test_a_page_files_under_so_many() -> None:
    words = ",".join(f"port {'abcdefghijklmnopqrstuvwxyz'[n // 26]}{n % 26} x" for n in range(99))
    assert len(told(head=meta("keywords", words))[0]) == MOST_TOPICS


@pytest.mark.parametrize(
    ("body", "number", "rule"),
    [
        (f"<div class=tags>{tags(2, '/any')}</div>", 2, "tags shown"),
        ("<p>More on <a rel=tag href=/tag/a>Topic a</a></p>", 1, "tags shown"),
        (f"<div class=tags>{tags(MOST_TOPICS_IN_BOX + 1)}</div>", 0, None),
        (f"<ul>{tags(3, '/topics')}</ul>", 3, "links to topics"),
        (f"<ul>{tags(3, '/topics')} and a text that is much longer than what the links have</ul>", 0, None),
        (f"<p>{tags(1)}</p>", 0, None),
        (f"<nav class=tags>{tags(3)}</nav>", 0, None),
        (f"<div class=tags>{tags(2, '/any')} and what else may be told of all of these</div>", 0, None),
    ],
)
def test_tags_that_a_page_shows(body: str, number: int, rule: str | None) -> None:
    found = told(body)
    assert (len(found[0]), found[1]) == (number, rule)
