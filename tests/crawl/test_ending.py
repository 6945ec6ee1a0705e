"""Each rule that judges a crawl, on counts alone."""

from typing import Any

import pytest

from newscrawl.crawl.counts import Counts
from newscrawl.crawl.ending import (
    SCRIPTED_ARTICLE,
    Ending,
    ExitStatus,
    failed,
    incomplete,
    is_complete,
    judge,
    judge_all,
    ok,
)

SECTION = "https://news.example/world"


def counts(reasons: dict[str, int] | None = None, **values: Any) -> Counts:
    """Of a crawl that ended by itself; with what differs."""
    made = Counts()
    for name, value in ({"finish_reason": "finished", "shown": 9, "found": 9} | values).items():
        setattr(made, name, value)
    for reason, number in (reasons or {}).items():
        made.fail(reason, number)
    return made


def judged(reasons: dict[str, int] | None = None, **values: Any) -> tuple[int, str]:
    ending = judge(counts(reasons, **values))
    return ending.status, ending.sentence


def test_an_ending_as_the_last_line_has_it():
    assert str(incomplete("3 articles written")) == "exit status 2 (incomplete): 3 articles written"


def test_cut_off():
    cut = "it was cut off before its file was written"
    assert judged(finish_reason=None, written=3) == (1, cut)
    assert judged(finish_reason=None, has_history=True) == (1, f"{cut}; the next run saves what it had and goes on")


def test_output_failed():
    status, sentence = judged(output_error="No space left", written=3)
    assert (status, sentence) == (1, "the output could not be written: No space left; fix that and run again")
    assert judged(output_error="No space left", has_history=True)[1].endswith("run again, nothing is lost")


def test_a_feed_failed():
    failing = counts(written=3)
    failing.stats.set_value("feedexport/failed_count/FileFeedStorage", 1)
    ending = judge(failing)
    assert ending.status == ExitStatus.FAILED
    assert "see the log above" in ending.sentence


def test_archive_failed():
    told = "the archive could not be written: No space left; fix that and run again; 3 articles written"
    assert judged(archive_error="No space left", finish_reason="archive_failed", written=3) == (1, told)


def test_files_that_are_left_as_they_were():
    status, sentence = judged(archive_error="No space left", finish_reason="archive_failed", written=3, left=["a.csv"])
    assert (status, sentence.partition("; ")[2]) == (1, "fix that and run again; a.csv is left as it was")
    assert judged(left=["a", "b", "c", "d"])[1].endswith("; 4 files are left as they were")


@pytest.mark.parametrize(
    ("values", "status", "sentence"),
    [
        ({"finish_reason": "shutdown", "written": 3}, 2, "it was interrupted; 3 articles written"),
        ({"finish_reason": "shutdown", "shown": 0}, 1, "it was interrupted; 0 articles written"),
        ({"finish_reason": "closespider_timeout", "settled": 1, "has_history": True}, 2,
         "it was stopped early (closespider_timeout); 0 articles written, the next run goes on from there"),
    ],
)  # fmt: skip
def test_stopped_early(values, status, sentence):
    assert judged(**values) == (status, sentence)


def test_empty_archive():
    values = {"replay_records": 5, "replay_skipped": 2, "replay_revisits": 1, "replay_damaged": 1}
    status, sentence = judged(shown=0, is_replay=True, replay_unfinished=1, **values)
    assert (status, sentence) == (
        1,
        "the archive has no article's page (5 records read, 0 pages, 3 skipped, 1 damaged); 1 unfinished file was left"
        " out; the next run with this ARCHIVE completes it",
    )


def test_robots_unreachable():
    status, sentence = judged(shown=0, robots_unreachable="HTTP 503", refused=f"{SECTION}: Forbidden by robots.txt")
    assert status == 1
    assert sentence.startswith("robots.txt could not be read (HTTP 503), so nothing else was requested")


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("Forbidden by robots.txt", "the publisher does not want this page crawled"),
        ("HTTP 401", "give name and password in start"),
        ("HTTP 403", "try again later and more slowly"),
        ("HTTP 429", "try again later and more slowly"),
        ("HTTP 500", "try again later"),
        ("HTTP 404", "give another address of the section as start"),
        ("leads to another host, https://new.example/", "give that address as start"),
        ("at a private address", "if you mean it, give this address and port as start"),
    ],
)
def test_section_refused(reason, advice):
    status, sentence = judged(shown=0, refused=f"{SECTION}: {reason}")
    assert status == 1
    assert sentence.startswith(f"the section did not answer or refused: {SECTION}: {reason}; {advice}")


def test_section_cut_has_answered():
    why = f"{SECTION}: 50 of its 60 sitemaps are read (SITEMAP_INDEX_LIMIT)"
    status, sentence = judged(shown=0, cut=why, listing_failed=1)
    assert status == 1
    assert sentence.startswith(f"the section could not be read to its end: {why}; ")


def test_nothing_shown():
    assert judged(shown=0)[0] == 1
    assert judged(shown=0)[1].startswith("no articles on the section's pages; ")


def test_nothing_shown_by_a_page_of_scripts():
    status, sentence = judged(shown=0, scripted=f"{SECTION} shows nothing without scripts; what to do")
    assert (status, sentence) == (
        1,
        f"no articles on the section's pages: {SECTION} shows nothing without scripts; what to do",
    )


def test_a_dry_run_tells_what_would_be_read():
    assert judged(is_dry_run=True, would_read=12, links=25) == (0, "dry run: 12 of 25 links would be read")
    status, sentence = judged(is_dry_run=True, would_read=1, links=1, listing_failed=2)
    assert (status, sentence) == (2, "dry run: 1 of 1 link would be read, but 2 listing pages could not be read")
    assert judged(is_dry_run=True, shown=0)[0] == 1


def test_what_was_named_and_not_read_is_told():
    assert judged(written=3, not_read=1) == (
        2,
        "3 articles written, but 1 article that a source named was not read",
    )
    told = "2 articles that a source named were not read and 19 sitemaps that a source named were not read"
    assert judged(written=3, not_read=2, sitemaps_not_read=19) == (2, f"3 articles written, but {told}")


def test_a_limit_and_a_range_are_told_and_well():
    assert judged(written=3, limited=True) == (0, "3 articles written, limit reached")
    told = "3 articles written, 2 older than asked for, 4 later than asked for"
    assert judged(written=3, older=2, later=4) == (0, told)
    told = "0 articles written, the range was read by earlier runs (--again reads it again), 4 later than asked for"
    assert judged(later=4, range_was_read=True) == (0, told)
    assert judged(written=1, limited=True, beyond_limit=1) == (
        0,
        "1 article written, limit reached (1 article found and left to the next run)",
    )


@pytest.mark.parametrize(
    "values",
    [
        {"limited": True},
        {"listing_failed": 1},
        {"not_read": 1},
        {"sitemaps_not_read": 1},
        {"more": ["the listing has a button"]},
        {"refused": SECTION},
        {"finish_reason": "shutdown"},
    ],
)
def test_a_run_that_left_something_is_not_complete(values):
    assert is_complete(counts(written=3))
    assert not is_complete(counts(written=3, **values))


def test_all_skipped():
    assert judged(skipped=2)[1].startswith("none of 2 pages that the section links to is an article; ")
    assert judged(skipped=2)[0] == 1
    assert judged(skipped=2, settled=1)[0] == 0


def test_all_gone():
    assert judged(gone=1) == (1, "the article that was asked for is gone; open one in a browser")
    assert judged(gone=2) == (1, "all 2 articles that were asked for are gone; open one in a browser")


def test_all_failed():
    assert judged({"HTTP 500": 2}) == (1, "none of 2 articles could be read (2 HTTP 500)")
    assert "(1 shows nothing without scripts)" in judged({SCRIPTED_ARTICLE: 1})[1]
    assert "(2 show nothing without scripts)" in judged({SCRIPTED_ARTICLE: 2})[1]
    assert judged({"HTTP 500": 1}, unchanged=3) == (2, "nothing new, but 1 failed (1 HTTP 500)")
    assert judged({"HTTP 403": 1})[1].endswith("; refused: try again later and more slowly")


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"listing_failed": 2}, "2 listing pages could not be read"),
        ({"empty": [SECTION]}, f"{SECTION} gave no article"),
        (
            {"start_refused": f"{SECTION}: HTTP 500"},
            f"a start could not be read ({SECTION}: HTTP 500; try again later)",
        ),
        ({"scripted": f"{SECTION} shows nothing without scripts"}, f"{SECTION} shows nothing without scripts"),
        ({"empty": [SECTION], "refused": "HTTP 500"}, f"{SECTION} gave no article (HTTP 500)"),
        ({"empty": [SECTION], "cut": "too long"}, f"{SECTION} gave no article (too long)"),
        ({"replay_damaged": 1}, "1 damaged record of the archive skipped"),
        ({"replay_unresolved": 1}, "1 unchanged page is only in archives of earlier runs; give those as well"),
        ({"replay_hars": 2}, "2 HAR files were not read; convert them to WARC"),
        ({"replay_unfinished": 2}, "2 unfinished files were left out; the next run with this ARCHIVE completes them"),
        ({"warnings": ["look at one"]}, "look at one"),
    ],
)
def test_some_missing(values, missing):
    assert judged(written=3, **values) == (2, f"3 articles written, but {missing}")


def test_some_failed_for_reasons_the_most_frequent_first():
    reasons = {"a": 1, "b": 2, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1}
    told = "8 failed (2 b, 1 a, 1 c, 1 d, 1 e, and 2 for other reasons)"
    assert judged(reasons, written=3) == (2, f"3 articles written, but {told}")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"written": 3}, "all 3 articles written"),
        ({"written": 1}, "1 article written"),
        ({"unchanged": 1, "settled": 2}, "nothing new, 3 unchanged since an earlier run (2 of them not fetched again;"
                                         " --again writes all)"),
        ({"written": 3, "unchanged": 1, "is_replay": True}, "3 articles written, 1 the same as before in the archive"),
        ({"written": 3, "gone": 1}, "3 articles written, 1 removed by the publisher"),
        ({"written": 3, "older": 2}, "3 articles written, 2 older than asked for"),
        ({"written": 3, "again": 2},
         "3 articles written, 2 of these unchanged since an earlier run and written again"),
    ],
)  # fmt: skip
def test_all_well(values, sentence):
    assert judged(**values) == (0, sentence)


def ended(ending: Ending, written: int = 0) -> Ending:
    return Ending(ending.status, ending.sentence, counts={"written": written})


def test_all_sections_are_well():
    ending = judge_all({"world": ended(ok("all 3 articles written"), 3), "science": ended(ok("nothing new"))})
    assert (ending.status, ending.sentence) == (0, "2 sections, 3 articles written")


def test_all_sections_failed():
    ending = judge_all({"world": failed("no"), "science": failed("no"), "arts": failed("no"), "town": failed("no")})
    assert (ending.status, ending.sentence) == (
        1, "all 4 sections failed: world: no; science: no; arts: no; and town",
    )  # fmt: skip
    assert judge_all({"world": failed("no")}).sentence == "the section failed: world: no"


def test_some_sections_are_not_well():
    ending = judge_all({"world": ended(ok("fine"), 3), "science": failed("no"), "arts": ended(incomplete("some"), 2)})
    assert (ending.status, ending.sentence) == (
        2, "5 articles written, but of 3 sections 1 failed and 1 incomplete (science: no; arts: some)",
    )  # fmt: skip


def test_dead_links_change_no_status():
    dead = counts(written=2)
    dead.die("HTTP 410")
    dead.die("Forbidden by robots.txt")
    told = "2 articles written, 2 still dead since an earlier run (1 forbidden by robots.txt, 1 HTTP 410)"
    assert str(judge(dead)) == f"exit status 0 (ok): {told}"
    dead.written = 0
    assert judge(dead).status == ExitStatus.FAILED
    dead.settled = 1
    assert judge(dead).status == ExitStatus.OK


def test_pages_that_are_not_their_address_s():
    assert judged(written=2, skipped=3, same_page=3)[0] == 2
    assert "3 addresses answered with a page that others also show" in judged(written=2, skipped=3, same_page=3)[1]
    assert judged(skipped=3, same_page=3)[0] == 1
    assert judged(written=2, contradicted=1) == (
        2,
        "2 articles written, but left out: 1 page with the canonical address of another story",
    )
