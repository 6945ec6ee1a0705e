"""Which heading is the headline."""

import pytest

from newscrawl.extract.headline import heading, headline
from tests.extract.invented import GENERIC, HOME, SENTENCE, json_ld, meta, page

SHOWN = "Maro lets its ships out again"
SEARCHED = "Harbour of Maro reopens: what ships and captains need to know"
SOCIAL = "It was a long fortnight"
STORY = "".join(f"<p>{SENTENCE}</p>" for _ in range(4))
TITLES = f"<title>{SEARCHED}</title>" + meta("og:title", SEARCHED) + meta("og:site_name", "Maro Ledger")


def told(body: str, head: str = TITLES) -> tuple[str, str | None]:
    return headline(page(body, head), GENERIC)


@pytest.mark.parametrize(
    "head",
    [
        TITLES,
        TITLES + json_ld(headline=SEARCHED),
        f"<title>{SHOWN} | Maro Ledger</title>" + meta("og:title", SOCIAL),
        f"<title>{SEARCHED}</title>" + meta("og:title", SOCIAL) + json_ld(headline=SHOWN),
        f"<title>{SHOWN}</title>" + meta("og:title", f"{SHOWN} (Published 2016)"),
        "<title>Maro Ledger</title>" + meta("og:title", "Maro Ledger") + meta("og:site_name", "Maro Ledger"),
        "",
    ],
)
@pytest.mark.parametrize(
    "top",
    [
        f"<h1>{SHOWN}</h1>",
        f"<header><h1 class=title><a href='{HOME}/world/harbour-reopens-1234567'>{SHOWN}</a></h1></header>",
        f"<h1><span class=kicker>Ports</span><span>{SHOWN}</span></h1>",
        f"<h1>{SHOWN}<small>Captains are glad</small></h1>",
        f"<h1>{SHOWN} <a class=anchor href='#top'>¶</a></h1>",
        f"<h1>{SHOWN}<span class='sr-only'>opens here</span><svg><title>Play</title></svg></h1>",
        f"<h1>{SHOWN} – Maro Ledger</h1>",
    ],
)
def test_what_readers_see_comes_before_titles_in_other_words(head: str, top: str) -> None:
    assert told(f"<main><article>{top}{STORY}</article></main>", head + meta("og:site_name", "Maro Ledger"))[0] == SHOWN


@pytest.mark.parametrize(
    "other",
    [
        "<h1>Maro Ledger</h1>",
        "<h1><a href='/'>The Ledger of Maro and its ships</a></h1>",
        "<h1><a href='/'><svg><title>Ledger</title><desc>Ledger Logo</desc></svg></a></h1>",
        "<h1 class=site-title>Maro and its ships</h1>",
        "<nav><h1>Ships of Maro harbour</h1></nav>",
        "<ol class=breadcrumb><li><h1>Ships of Maro harbour</h1></li></ol>",
        "<div class=modal><h1>Log in</h1></div>",
        "<h1>Ports</h1>",
        "<nav><a href='/ships'>Ships and harbour</a></nav><h1>Ships and harbour</h1>",
        "<a href='/other'><h1>Harbour of Maro: another story</h1></a>",
    ],
)
@pytest.mark.parametrize(
    "own", [f"<h1>{SHOWN}</h1>", f"<h2 class=headline>{SHOWN}</h2>", f"<p itemprop=headline>{SHOWN}</p>"]
)
def test_what_is_a_logo_a_section_or_a_tool_is_none(other: str, own: str) -> None:
    assert told(f"{other}<main>{own}{STORY}</main>")[0] == SHOWN
    assert told(f"{other}<main>{STORY}</main>")[0] == SEARCHED


@pytest.mark.parametrize("tag", ["h2", "h3", "h4"])
def test_a_lower_heading_that_says_a_title_comes_first(tag: str) -> None:
    body = f"<h1>Ships of Maro and the harbour</h1><{tag}>{SEARCHED}</{tag}>{STORY}"
    assert told(body) == (SEARCHED, tag)
    top = heading(page(body, TITLES))
    assert top is not None
    assert top.tag == tag


def test_a_heading_that_repeats_what_was_taken_off_a_title_is_none() -> None:
    title = "<title>马罗港口两周后重新向船只开放_国际_马罗日报</title>"
    assert told("<h1>马罗日报</h1><h2>马罗港口两周后重新向船只开放</h2>", title) == (
        "马罗港口两周后重新向船只开放",
        "h2",
    )
    assert told("<h1>马罗日报</h1>", title) == ("马罗港口两周后重新向船只开放", "title")


LONG = "Maro lets its ships out again after two weeks in which the harbour was shut and captains waited"


@pytest.mark.parametrize("cut", [LONG[:60], f"{LONG[:60]}…", LONG[:38]])
def test_a_heading_that_goes_on_where_a_title_was_cut_is_the_headline(cut: str) -> None:
    head = json_ld(headline=cut) + meta("og:title", cut)
    assert told(f"<h1 class=new-name>{LONG}</h1>{STORY}", head) == (LONG, "h1")
    assert told(f"<h1>Maro Ledger</h1><h2>{LONG}</h2>{STORY}", head) == (LONG, "h2")
    assert told(STORY, head + f"<title>{LONG} | Maro Ledger</title>" + meta("og:site_name", "Maro Ledger"))[0] == LONG


def test_a_headline_in_parts_is_written_as_in_a_title() -> None:
    head = meta("og:title", "Ports: Maro lets its ships out")
    assert (
        told("<h1><span>Ports</span><span>Maro lets its ships out</span></h1>", head)[0]
        == "Ports: Maro lets its ships out"
    )
    assert told("<h1>PORTS: MARO LETS ITS SHIPS OUT</h1>", head)[0] == "Ports: Maro lets its ships out"
    assert (
        told("<h1><span>Ports</span>: Maro lets its ships <i>out</i></h1>", "")[0] == "Ports: Maro lets its ships out"
    )


def test_a_kicker_above_the_heading_is_part_of_it_where_all_say_so() -> None:
    both = json_ld(headline=f"Ports: {SHOWN}") + meta("og:title", f"Ports: {SHOWN}")
    assert told(f"<p>Ports</p><h1>{SHOWN}</h1>", both)[0] == f"Ports: {SHOWN}"
    assert told(f"<p>Ports</p><h1>{SHOWN}</h1>", meta("og:title", f"Ports: {SHOWN}"))[0] == SHOWN


def test_many_top_headings_are_subheadings() -> None:
    tops = "".join(f"<h1>{word} of the harbour</h1>" for word in ("Days", "Ships", "Captains", "Docks"))
    assert told(tops + STORY)[0] == SEARCHED


def test_a_heading_streamed_into_a_hidden_element_is_seen() -> None:
    assert told(f"<div hidden id='S:0'><h1>{SHOWN}</h1>{STORY}</div>")[0] == SHOWN
    assert told(f"<div hidden><h1>{SHOWN}</h1>{STORY}</div>")[0] == SEARCHED
