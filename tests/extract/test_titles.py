"""Titles less what is no headline."""

import pytest

from newscrawl.extract.site_names import SiteNames
from newscrawl.extract.titles import bare_title, decoded, told_elsewhere, whole
from tests.extract.invented import meta, page

BARE = "Harbour reopens at last"
PAGE = page(head=meta("og:site_name", "The Maro Ledger"))
NAMES = SiteNames(PAGE)
SIGNS = "| - – — : :: ~ › » > « < · • * / // \\ ★ → ● || -- _ ; # + ▸ ❯ ⋮ ¦".split()


def bare(
    title: str, *others: str, body: str = "", head: str = "", url: str = "https://www.maroledger.example/world/a-1"
) -> str:
    one = page(body, head, url)
    return bare_title(title, SiteNames(one), others, {"ports"})


@pytest.mark.parametrize("sign", SIGNS)
def test_the_sites_name_behind_any_sign(sign: str) -> None:
    assert bare_title(f"{BARE} {sign} The Maro Ledger", NAMES) == BARE
    assert bare_title(f"The Maro Ledger {sign} {BARE}", NAMES) == BARE


@pytest.mark.parametrize("form", ["{} (The Maro Ledger)", "{} [Maro Ledger]", "【Maro Ledger】{}", "{}: Maro Ledger", "{}, Maro Ledger",
                                  "{}. The Maro Ledger", "{}|Maro Ledger", "{}｜Maro Ledger", "{} -The Maro Ledger", "maroledger.example {}"])  # fmt: skip
def test_the_sites_name_in_other_forms(form: str) -> None:
    assert bare_title(form.format(BARE), NAMES) == BARE


def test_a_question_keeps_its_mark() -> None:
    assert bare_title("Who owns the harbour? The Maro Ledger", NAMES) == "Who owns the harbour?"


@pytest.mark.parametrize("link", ['<a href="/">Norr Post</a>', '<a href="/" title="Norr Post – home"></a>',
                                  '<a href="https://www.maroledger.example/"><img alt="Norr Post logo"></a>'])  # fmt: skip
def test_links_to_the_front_page_name_the_site(link: str) -> None:
    assert bare(f"{BARE} ~ Norr Post", body=link) == BARE
    assert bare("Norr Post", body=link) == ""


@pytest.mark.parametrize("name", ["maroledger", "MaroLedger", "Maro Ledger Online", "www.maroledger.example", "Ledger"])
def test_the_host_names_the_site(name: str) -> None:
    assert bare(f"{BARE} › {name}") == BARE


def test_sections_behind_it() -> None:
    assert bare(f"{BARE} | World | Seas | Maro Ledger") == BARE
    assert bare(f"{BARE} - Ports") == BARE
    assert bare("Ports - Ships - Maro Ledger") == "Ports - Ships"  # too short for a headline before a section


@pytest.mark.parametrize("sign", "_|-")
def test_labels_close_behind_a_headline_without_spaces(sign: str) -> None:
    assert bare(f"马罗港口两周后重新向船只开放{sign}国际{sign}马罗日报") == "马罗港口两周后重新向船只开放"
    assert bare("马罗—诺尔高铁两周后重新开放") == "马罗—诺尔高铁两周后重新开放"


@pytest.mark.parametrize(
    "title",
    ["Convoy near the border attacked: Maro Ledger journalist hurt", "Maro Ledger wins: a long night for all of the town",
     "The Maro-Ledger-like harbour", "Harbour (at last) reopens", "Harbour, ships and Maro", "Harbour | reopens",
     'The man who sold "The Maro Ledger"', "A day at the Maro Ledger"],
)  # fmt: skip
def test_what_is_no_name_stays(title: str) -> None:
    assert bare_title(title, NAMES) == title


def test_a_name_alone_is_no_headline() -> None:
    assert bare("Maro Ledger") == bare("The Maro Ledger") == bare("maroledger.example") == ""


@pytest.mark.parametrize("then", ["(Published 2016)", "(Updated in March 2016)", "[Veröffentlicht 2016]"])
def test_what_an_archive_adds(then: str) -> None:
    assert bare(f"{BARE} {then}") == BARE


def test_what_another_title_has_for_the_whole() -> None:
    assert told_elsewhere(f"World – {BARE} – Ports", [BARE]) == BARE
    assert told_elsewhere(f"World – {BARE} – Ports", ["Ports"]) == ""
    assert told_elsewhere(BARE, [BARE]) == ""


@pytest.mark.parametrize(
    "escaped", ["Maro&#039;s ships &amp; port", "Maro&amp;#039;s ships &amp;amp; port", "Maro's ships & port"]
)
def test_a_title_may_be_escaped_several_times(escaped: str) -> None:
    assert decoded(escaped) == "Maro's ships & port"
    assert decoded("R&D at Maro; AT&T") == "R&D at Maro; AT&T"


def test_a_headline_is_whole() -> None:
    long = "Harbour reopens at last after two weeks in which no ship left it"
    assert whole(long[:40], [long]) == whole(f"{long[:40].rstrip()}...", [long]) == long
    assert whole(long[:40], [f"{long[:40].rstrip()} – Ports"]) == long[:40]
    assert whole(long[:40], [long], unmarked=False) == long[:40]
