"""What a message says, and when there is one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawl.configuration.notify import Notify
from newscrawl.crawl.ending import Ending, ExitStatus, failed, incomplete, judge_all, ok
from newscrawl.notify.message import event_of, message_of
from newscrawl.notify.sending import Message

TARGET = Notify(addresses=("json://127.0.0.1/",))
FAILED = failed("the section refused: HTTP 403", "section-refused")
INCOMPLETE = incomplete("3 articles written, but 1 failed", "failed-articles")
GOOD = ok("all 3 articles written")
RECOVERED = replace(GOOD, before=1)
STORIES = [
    {"headline": f"Story {number}", "url": f"https://news.example/{number}", "status": status}
    for number, status in enumerate(("new", "changed", "new"), start=1)
]
NEWS = replace(GOOD, headlines=STORIES, files=["a.jsonl"], counts={"written": 3, "changed": 1})


def message(ended: Ending, notify: Notify = TARGET, name: str = "world") -> Message | None:
    return message_of(ended, {name: ended}, notify)


@pytest.mark.parametrize(
    ("ended", "event"),
    [
        (FAILED, "failed"), (INCOMPLETE, "incomplete"), (GOOD, ""), (RECOVERED, "recovered"),
        (replace(GOOD, before=2), "recovered"), (replace(GOOD, before=0), ""), (replace(FAILED, before=1), "failed"),
    ],
)  # fmt: skip
def test_a_run_is_one_event(ended, event):
    assert event_of(ended) == event
    told = message(ended)
    assert (told is not None) == bool(event)
    assert told is None or told.title == f"world: {event}"
    assert message(ended, replace(TARGET, on=())) is None


def test_a_message_says_what_happened_and_what_to_do():
    told = message(replace(INCOMPLETE, counts={"written": 3, "unchanged": 0, "failed": 1}))
    assert told is not None
    lines = told.body.splitlines()
    assert lines[:3] == [
        "exit status 2 (incomplete): 3 articles written, but 1 failed",
        "3 written, 1 failed",
        "What to do: newscrawl explain failed-articles",
    ]
    assert lines[-1].startswith("newscrawl on ")
    assert told.kind == "warning"


def test_only_what_is_asked_for_is_told():
    only = replace(TARGET, on=("failed",))
    assert message(INCOMPLETE, only) is None
    assert message(RECOVERED, only) is None
    assert message(FAILED, only) is not None


def test_a_digest_has_the_headlines_of_what_was_written():
    assert message(NEWS) is None
    told = message(NEWS, replace(TARGET, digest=2))
    assert told is not None
    assert (told.title, told.kind) == ("world: 3 written, 1 changed", "success")
    assert (
        "- Story 1\n  https://news.example/1\n- Story 2 (changed)\n  https://news.example/2\nand 1 more\n" in told.body
    )
    assert message(replace(NEWS, files=[]), replace(TARGET, digest=2)) is None  # no file got its name
    assert message(GOOD, replace(TARGET, digest=2)) is None  # nothing new


def test_alert_and_digest_are_one_message():
    told = message(replace(NEWS, before=1), replace(TARGET, digest=5))
    assert told is not None
    assert told.title == "world: recovered"
    assert "- Story 3" in told.body
    assert "more" not in told.body


def test_a_headline_calls_nobody():
    """Discord and Slack take these in a text for a call to all readers of a channel."""
    story = {
        "headline": "<!channel> @everyone @Here <@U123> a@example.org",
        "url": "https://x.example/",
        "status": "new",
    }
    told = message(replace(NEWS, headlines=[story]), replace(TARGET, digest=2))
    assert told is not None
    for call in ("<!", "@everyone", "@Here", "<@"):
        assert call not in told.body
    assert "a@example.org" in told.body


def test_passwords_of_an_address_are_left_out():
    told = message(
        failed("https://me:hunter2@x.example/?token=abc does not answer", "x"), name="https://me:hunter2@x.example/"
    )
    assert told is not None
    assert "hunter2" not in told.body + told.title
    assert "abc" not in told.body


def test_a_link_leads_to_its_story():
    story = {"headline": "One", "url": "https://me:hunter2@x.example/@desk/one?key=7", "status": "new"}
    told = message(replace(NEWS, headlines=[story]), replace(TARGET, digest=2))
    assert told is not None
    assert "\n  https://x.example/@desk/one?key=7\n" in told.body


def test_sections_share_one_message():
    ended = {"a": FAILED, "b": INCOMPLETE, "c": GOOD, "d": RECOVERED}
    told = message_of(judge_all(ended), ended, TARGET)
    assert told is not None
    assert told.title == "newscrawl: 1 failed, 1 incomplete, 1 recovered of 4 sections"
    assert told.body.splitlines()[:3] == [
        "a: failed: the section refused: HTTP 403 (newscrawl explain section-refused)",
        "b: incomplete: 3 articles written, but 1 failed (newscrawl explain failed-articles)",
        "d: recovered: all 3 articles written",
    ]
    assert message_of(judge_all({"c": GOOD, "e": GOOD}), {"c": GOOD, "e": GOOD}, TARGET) is None


def test_of_many_sections_some_are_told():
    ended = {f"s{number}": FAILED for number in range(25)}
    told = message_of(judge_all(ended), ended, TARGET)
    assert told is not None
    assert "and 5 other sections" in told.body


def test_what_is_wrong_with_no_section_is_told():
    whole = failed("sections.toml has 2 faults")
    told = message_of(whole, {}, TARGET)
    assert told is not None
    assert told.title == "newscrawl: failed"
    assert "exit status 1 (failed): sections.toml has 2 faults" in told.body
    unwritten = Ending(ExitStatus.INCOMPLETE, "2 sections, but the file", anchor="no-summary")
    told = message_of(unwritten, {"a": GOOD, "b": GOOD}, TARGET)
    assert told is not None
    assert told.body.startswith("exit status 2 (incomplete): 2 sections, but the file")


def test_the_digest_of_sections_names_them():
    ended = {"a": NEWS, "b": replace(NEWS, headlines=STORIES[:1], counts={"written": 1})}
    told = message_of(judge_all(ended), ended, replace(TARGET, digest=9))
    assert told is not None
    assert told.body.index("\na:\n") < told.body.index("Story 3") < told.body.index("\nb:\n")
