"""``scrapy report``: one file, without network, that says what the nights brought."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sqlite3
import subprocess
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.utils.test import get_crawler

from newscrawl.article.item import Article
from newscrawl.extensions.pages import Pages
from newscrawl.history import History, durable, runs
from newscrawl.report import news
from newscrawl.report.difference import Passage, compare
from newscrawl.signals import article_failed, listing_failed
from tests.conftest import PROJECT, article_html, listing_html, path_of
from tests.test_history_command import crawl, scrapy

html5lib = pytest.importorskip("html5lib")

from newscrawl.report.data import collect  # noqa: E402
from newscrawl.report.page import render  # noqa: E402

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOSTILE = 'Harbour</summary><script>document.title="taken"</script><img src=x onerror=alert(1)> & "Maro"'


def article(number=1, body="The harbour is open.\n\nNo ship had left it.", **more):
    one = Article(
        f"https://news.example/story-{number}", str(number), "news.example", headline="Harbour reopens", body=body,
        date_published=f"2025-09-0{number % 3 + 1}T1{number % 10}:05:00+05:30", topics=["Ports"],
        crawled_at="2025-09-03T10:00:00Z",
    )  # fmt: skip
    for name, value in more.items():
        setattr(one, name, value)
    one.seal()
    return one.to_dict()


@pytest.fixture
def night(tmp_path):
    """Enters a night into a history: its file's articles, and how it ended."""

    def enter(day, *articles, status=0, sentence="all well", counts=None, drift=None, name="news"):
        path = tmp_path / f"{name}-{day}.jsonl"
        path.parent.mkdir(exist_ok=True)
        with History(tmp_path / f"{name}.history.sqlite") as history:
            run = durable.begin(history, "world", 1)
            if articles:
                durable.opening(history, run, str(path), True, False)
                lines = [json.dumps(one) + "\n" for one in articles]
                path.with_name(f"{path.name}.part").write_text("".join(lines), encoding="utf8")
                durable.prepare(history, run, [(str(path), 0, True)])
            durable.publish(history, run)
            told = {"written": len(articles), "changed": 0, "unchanged": 0, "failed": 0, "pages": 9} | (counts or {})
            runs.finish(history, run, runs.Ending(status, sentence, json.dumps(told), None, drift, 1, 2.0))
            with history.db:
                history.db.execute("update runs set started = ? where id = ?", (f"{day}T02:30:00Z", run))
        return path

    enter.history = tmp_path / "news.history.sqlite"
    return enter


def shares(read, **filled):
    return {"shares": {"read": read, "filled": filled, "rules": {"body: .text": read}}}


# The data ------------------------------------------------------------------------


def test_nights_are_counted_back_from_the_last_run(night):
    night("2025-08-01", article(1))
    night("2025-09-02", article(2), status=2, sentence="1 article written, but 1 failed")
    night("2025-09-03", article(3), article(4))
    report = collect([night.history], 2)
    assert (report.first, report.last) == (date(2025, 9, 2), date(2025, 9, 3))
    assert [run.status for run in report.runs] == [2, 0]
    assert report.articles == 3
    assert collect([night.history], 90).articles == 4


def test_days_hours_and_topics_of_articles(night):
    night("2025-09-03", article(1), article(2, topics=["Ports", "Trade"]), article(3, date_published=None), article(4))
    report = collect([night.history], 30)
    assert report.periods == [date(2025, 9, 2), date(2025, 9, 3)]
    assert report.published == [2, 1]
    assert report.hours[1][11] == report.hours[2][12] == report.hours[1][14] == 1  # Tuesday and Wednesday
    assert report.undated == 1
    assert report.topics == [("Ports", [2, 1]), ("Trade", [0, 1])]


def test_an_impossible_date_stretches_nothing(night):
    night(
        "2025-09-03", article(1), article(2, date_published="9999-01-01T00:00:00Z"), article(3, date_published="soon")
    )
    report = collect([night.history], 30)
    assert len(report.periods) == 1
    assert report.undated == 2


def test_a_year_is_counted_by_the_week(night):
    night("2025-09-03", article(1), article(2, date_published="2024-12-01T10:00:00Z"))
    report = collect([night.history], 365)
    assert report.weekly
    assert {day.weekday() for day in report.periods} == {0}
    assert sum(report.published) == 2


def test_what_fell_comes_first_with_the_alarm_s_words(night):
    night("2025-09-01", counts=shares(40, authors=40, place=38))
    drift = "articles with place fell from 95% to 10%; rule x fell from 90% to 1%: look at a page"
    night("2025-09-02", status=2, counts=shares(40, authors=40, place=4), drift=drift)
    (section,) = collect([night.history], 30).shares
    place, authors = section.fields
    assert (place.name, place.values, place.is_low) == ("place", [0.95, 0.1], True)
    assert place.falls == [(date(2025, 9, 2), "fell from 95% to 10%")]
    assert not authors.is_low and not authors.falls
    assert [rule.name for rule in section.rules] == ["body: .text"]


def test_a_changed_story_with_its_differences(night):
    night("2025-09-01", article())
    night("2025-09-02", article(body="The harbour is shut.\n\nNo ship had left it."))
    report = collect([night.history], 30)
    (change,) = report.editions[0].changes
    ((name, (first, second)),) = change.passages
    assert name == "body"
    assert first.before == [("same", "The harbour is "), ("del", "open"), ("same", ".")]
    assert first.after == [("same", "The harbour is "), ("ins", "shut"), ("same", ".")]
    assert second == Passage(unchanged=1)
    assert report.articles == report.editions[0].changed == 1


def test_a_text_that_is_missing_is_said(night):
    first = night("2025-09-01", article())
    night("2025-09-02", article(body="The harbour is shut."))
    first.rename(first.with_name("elsewhere"))
    report = collect([night.history], 30)
    assert report.editions[0].changes[0].passages is None
    assert len(report.missing) == 1 and first.name in report.missing[0]
    assert first.name in render(report)


def test_a_rotated_file_is_read(night):
    first = night("2025-09-01", article())
    night("2025-09-02", article(body="The harbour is shut."))
    first.with_name(f"{first.name}.gz").write_bytes(gzip.compress(first.read_bytes()))
    first.unlink()
    report = collect([night.history], 30)
    assert report.editions[0].changes[0].passages
    assert report.missing == []


def test_a_moved_folder_is_read(night, tmp_path):
    night("2025-09-01", article())
    shutil.copytree(tmp_path, tmp_path / "moved")
    for path in tmp_path.glob("*.jsonl"):
        path.unlink()
    report = collect([tmp_path / "moved" / night.history.name], 30)
    assert report.topics and report.missing == []


def test_a_file_without_the_lines_is_said(night):
    night("2025-09-01", article()).write_text("headline,body\n", encoding="utf8")
    assert "does not hold" in collect([night.history], 30).missing[0]


def test_several_histories_together(night, tmp_path):
    night("2025-09-01", article(), counts=shares(1, place=1))
    night("2025-09-02", article(), counts=shares(1, place=1), name="other")
    report = collect([night.history, tmp_path / "other.history.sqlite"], 30)
    assert [run.history for run in report.runs] == ["news", "other"]
    assert len(report.shares) == 2
    assert [edition.history for edition in report.editions] == ["news", "other"]


# The news ------------------------------------------------------------------------


def test_what_came_is_newest_first_and_by_day(night):
    night("2025-09-03", article(1), article(2), article(4), article(3, date_published=None))
    (edition,) = collect([night.history], 30).editions
    assert [(story.key, str(story.day), story.time) for story in edition.stories] == [
        ("news.example/2", "2025-09-03", "12:05"),
        ("news.example/3", "2025-09-03", ""),  # without a date: the day that brought it
        ("news.example/4", "2025-09-02", "14:05"),
        ("news.example/1", "2025-09-02", "11:05"),
    ]


def test_what_the_last_run_brought_is_marked(night):
    night("2025-09-02", article(1))
    night("2025-09-03", article(1, body="The harbour is shut."), article(2))
    (edition,) = collect([night.history], 30).editions
    marks = {story.key[-1]: (story.is_latest, story.has_changed) for story in edition.stories}
    assert marks == {"1": (False, True), "2": (True, False)}
    assert elements(render(collect([night.history], 30)), "span", "tag new") == ["New"]


def test_a_story_of_before_that_changed_did_not_come(night):
    night("2025-08-01", article(1))
    night("2025-09-03", article(1, body="The harbour is shut."), article(2))
    (edition,) = collect([night.history], 2).editions
    assert [story.key[-1] for story in edition.stories] == ["2"]
    assert edition.changed == 1


def test_more_stories_than_are_shown_are_counted(night, monkeypatch):
    monkeypatch.setattr("newscrawl.report.data._STORIES", 1)
    monkeypatch.setattr("newscrawl.report.data._FEWEST_STORIES", 2)
    night("2025-09-03", *map(article, range(1, 6)))
    report = collect([night.history], 30)
    assert (len(report.editions[0].stories), report.editions[0].more, report.editions[0].came) == (2, 3, 5)
    assert "3 stories of earlier days are not shown here" in render(report)


def test_what_was_taken_away_is_told(night):
    night("2025-09-02", article(1, description="All ships may sail."), article(2))
    with History(night.history) as history:
        history.take_away("news.example/1")
        history.take_away("news.example/9")  # was never emitted
        with history.db:
            history.db.execute("update articles set taken_away = '2025-09-03T02:31:07Z' where taken_away is not null")
    report = collect([night.history], 30)
    (removed,) = report.editions[0].removed
    assert (removed.text.description, removed.seen) == ("All ships may sail.", "2025-09-03T02:31:07Z")
    assert elements(render(report), "span", "tag off") == ["Removed"]
    assert "3 September 2025, 02:31" in render(report)


def test_a_story_that_is_back_was_not_taken_away(night):
    night("2025-09-02", article(1))
    with History(night.history) as history:
        history.take_away("news.example/1")
        history.unchanged("news.example/1")
    assert collect([night.history], 30).editions[0].removed == []


def test_a_history_of_an_earlier_version_tells_of_nothing_taken_away(night):
    night("2025-09-02", article(1))
    with sqlite3.connect(night.history) as db:
        db.execute("alter table articles drop column taken_away")
    assert collect([night.history], 30).editions[0].removed == []


def test_copies_across_publishers(night, tmp_path):
    mine = {"copy_group": "news.example/1"}
    night("2025-08-01", article(1, **mine))
    night("2025-09-03", article(2))
    night(
        "2025-09-03", article(7, publisher="other.example", **mine), article(8, publisher="other.example"), name="other"
    )
    report = collect([night.history, tmp_path / "other.history.sqlite"], 2)
    (copies,) = report.copies
    assert (copies.group, copies.publishers) == ("news.example/1", 2)
    assert [copy.title for copy in copies.stories] == ["news.example", "other.example"]
    assert "also at <bdi>news.example</bdi>" in render(report)


def test_copies_beyond_those_that_are_shown_are_counted(night, monkeypatch):
    monkeypatch.setattr(news, "COPIES", 1)
    texts = {1: "news.example/1", 2: "news.example/1", 3: "news.example/3", 4: "news.example/3"}
    night("2025-09-03", *(article(number, copy_group=group) for number, group in texts.items()))
    report = collect([night.history], 30)
    assert (len(report.copies), report.copied) == (1, 2)
    assert "The first 1 of 2." in render(report)


def test_titles(night, tmp_path):
    night("2025-09-03", article(1, publisher="business-standard.com", section="World News"))
    assert title_of(collect([night.history], 30)) == "Business Standard, World News — 3 September 2025"
    night("2025-09-04", article(2, publisher="other.example"), name="other")
    paths = [night.history, tmp_path / "other.history.sqlite"]
    assert title_of(collect(paths, 30)) == "Business Standard and other.example — 4 September 2025"


def test_several_publishers_have_an_index(night, tmp_path):
    night("2025-09-03", article(1))
    night("2025-09-03", article(2, publisher="other.example", section="World"), name="other")
    night("2025-09-03", status=1, sentence="the section answered 403", name="section-third.example")
    paths = [night.history, *(tmp_path / f"{name}.history.sqlite" for name in ("other", "section-third.example"))]
    page = render(collect(paths, 30))
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    links = tree.findall(".//nav/table//a")
    assert ["".join(link.itertext()) for link in links] == ["news.example", "other.example, World", "third.example"]
    ids = {element.get("id") for element in tree.iter()}
    assert all(link.get("href")[1:] in ids for link in links)
    assert "third.example: The last run failed: the section answered 403" in text_of(tree, "p", "alert s1")[0]


def test_an_empty_a_first_and_a_failed_night(night):
    night("2025-09-01", article(1), counts={"written": 1})
    first = render(collect([night.history], 30))
    assert "It is the first" in first and 'class="alert' not in first
    night("2025-09-02")
    empty = render(collect([night.history], 30))
    assert "<b>nothing new</b>" in empty and 'class="alert' not in empty
    night("2025-09-03", status=1, sentence="the section answered 503", counts={"pages": 0})
    failed = render(collect([night.history], 30))
    assert 'class="alert s1"' in failed and "the section answered 503" in failed
    assert '<details class="desk" id="runs" open>' in failed
    assert "Harbour reopens" in failed  # what came before is still there


def test_all_histories_of_the_folder_are_read_and_none_of_the_sample(night, tmp_path):
    night("2025-09-01", article(), name="output/worldnews")
    night("2025-09-01", article(publisher="other.example"), name="output/section-other.example")
    night("2025-09-01", article(publisher="none.example"), name="output/worldnews-demo")
    pages = []
    for number in range(2):  # in processes that order their sets differently
        done = scrapy(tmp_path, "report", "--into", f"{number}.html")
        assert done.returncode == 0, done.stderr
        pages.append((tmp_path / f"{number}.html").read_bytes())
    assert pages[0] == pages[1]
    assert title_of_page(pages[0]) == "news.example and other.example — 1 September 2025"


def test_runs_that_kept_less_are_shown(night):
    """A history of before pages were kept, and one without a run."""
    night("2025-09-01", article())
    with sqlite3.connect(night.history) as db:
        db.execute("update runs set counts = '{}', status = null, finished = null")
    assert "not ended" in render(collect([night.history], 30))
    with sqlite3.connect(night.history) as db:
        db.execute("delete from runs")
    assert "No run yet" in render(collect([night.history], 30))


# The differences -----------------------------------------------------------------


def text_of(tree, tag, kind):
    """The texts of the elements with that tag and class."""
    found = (element for element in tree.iter(tag) if element.get("class") == kind)
    return [" ".join("".join(element.itertext()).split()) for element in found]


def elements(page, tag, kind):
    return text_of(html5lib.parse(page, namespaceHTMLElements=False), tag, kind)


def title_of(report):
    return title_of_page(render(report))


def title_of_page(page):
    return html5lib.parse(page, namespaceHTMLElements=False).find(".//title").text


def joined(passages, kinds):
    return "".join(text for passage in passages for kind, text in passage.parts if kind in kinds)


@pytest.mark.parametrize(
    ("before", "after", "taken", "put"),
    [
        ("Eleven tonnes came down.", "Twelve tonnes came down.", "Eleven ", "Twelve "),
        ("One.", "One.\n\nTwo.", "", "Two."),
        ("One.\n\nTwo.", "Two.", "One.", ""),
        ("", "All new.", "", "All new."),
        ("Port opens.", "Port opens, late.", "", ", late"),
        ("Can't sail at 1,200 knots", "Can sail at 1,250 knots", "Can't 1,200 ", "Can 1,250 "),
        ("Four of nine voted on it", "Five of many voted on it", "Four of nine ", "Five of many "),
        ("می\u200cخواهم برود", "نمی\u200cخواهم برود", "می\u200cخواهم ", "نمی\u200cخواهم "),
        ("हिन्दी में लिखो", "हिन्दू में लिखो", "हिन्दी ", "हिन्दू "),
        ("港は水曜日に開いた。", "港は木曜日に開いた。", "水曜日に", "木曜日に"),
        ("港口星期三重新开放。", "港口星期四重新开放。", "星期三", "星期四"),
        ("ท่าเรือเปิดวันพุธ", "ท่าเรือเปิดวันศุกร์", "พุธ", "ศุกร์"),
        ("ទីក្រុង ភ្នំពេញ", "ទីក្រុង ភ្នំពួញ", "ភ្នំពេញ", "ភ្នំពួញ"),
    ],
)  # fmt: skip
def test_word_by_word(before, after, taken, put):
    passages = compare(before, after)
    assert joined(passages, {"del"}) == taken
    assert joined(passages, {"ins"}) == put


WORDS = st.lists(
    st.sampled_from("a ab, b-a “c” it’s x. 水曜日は 港\n\nport ไทย 3月 é e\u0301 —".split(" ")), max_size=30
).map(" ".join)


@given(WORDS, WORDS, st.sampled_from(["", "ja", "zh-Hant"]))
@settings(deadline=None, max_examples=60)
def test_both_texts_are_whole_and_no_word_is_marked_in_half(before, after, language):
    passages = [passage for passage in compare(before, after, language) if passage.parts]
    for text, kinds, side in ((before, {"same", "del"}, "before"), (after, {"same", "ins"}, "after")):
        for passage in passages:
            shown = "".join(part for _, part in getattr(passage, side))
            assert shown == joined([passage], kinds)
            assert shown in text
            place = 0
            for _, part in getattr(passage, side)[:-1]:
                place += len(part)
                assert not re.fullmatch("[a-zé]{2}", shown[place - 1 : place + 1])
                assert not unicodedata.combining(shown[place])


def test_long_texts_are_compared_in_bounded_time():
    before = " ".join(f"word{n % 50}" for n in range(20_000))
    passages = compare(before, f"{before} more")
    assert joined(passages, {"same", "ins"}) == f"{before} more"


# The page ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nights")
    for name in ("demo", "demo:2", "demo:3"):
        crawl(folder, name, name.replace(":", ""))
    done = scrapy(folder, "report", "--demo")
    assert done.returncode == 0, done.stderr
    return folder, (folder / "output" / "demo" / "report.html").read_text(encoding="utf8")


def test_three_nights_of_the_edition(kept):
    folder, page = kept
    assert page.count('<details class="change"') == 3
    assert page.count('<article class="story"') == 48
    assert re.search(r"<ins>[^<]", page) and re.search(r"<del>[^<]", page)
    assert "all 42 articles written" in page
    assert not list((folder / "output" / "demo").glob("*.part"))


def test_the_page_is_valid_html(kept):
    parser = html5lib.HTMLParser()
    tree = parser.parse(kept[1])
    assert [error[1] for error in parser.errors] == []
    space = {"h": "http://www.w3.org/1999/xhtml"}
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {link.get("href")[1:] for link in tree.iterfind(".//h:nav/h:a", space)} <= set(ids)
    inside = {link.get("href")[1:] for link in tree.iterfind(".//h:a", space) if link.get("href").startswith("#")}
    assert inside <= set(ids)
    assert all(table.find(".//h:th", space) is not None for table in tree.iterfind(".//h:table", space))


def test_pictures_are_asked_for_late_and_without_a_referrer(night):
    night("2025-09-03", article(1, image="https://pictures.example/1.jpg"), article(2, image="javascript:alert(1)"))
    report = collect([night.history], 30)
    (picture,) = html5lib.parse(render(report), namespaceHTMLElements=False).iter("img")
    kept = {name: picture.get(name) for name in ("src", "alt", "loading", "referrerpolicy")}
    assert kept == {
        "src": "https://pictures.example/1.jpg", "alt": "", "loading": "lazy", "referrerpolicy": "no-referrer"
    }  # fmt: skip
    without = render(report, pictures=False)
    assert "<img" not in without and "img-src" not in without


def test_the_page_asks_for_nothing_but_pictures(kept):
    page = kept[1]
    assert "default-src 'none'" in page
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for element in tree.iter():
        assert not str(element.tag).endswith(("script", "link", "iframe", "object", "embed"))
        if element.tag == "img":
            continue
        for name, value in element.attrib.items():
            if str(name).rsplit("}", 1)[-1] in ("src", "srcset", "action", "data", "poster", "background", "style"):
                pytest.fail(f"{element.tag} has {name}")
            if str(name).rsplit("}", 1)[-1] == "href":
                assert element.tag == "a" and value.startswith(("#", "http://", "https://"))
    (style,) = tree.iter("style")
    assert "url(" not in style.text and "@import" not in style.text


def test_text_of_pages_is_escaped(night):
    night("2025-09-01", article(headline=HOSTILE, url="javascript:alert(1)", topics=[HOSTILE]))
    failed = {"failed": 1, "failed_pages": [["javascript:alert(2)", HOSTILE]], "slowest": [[f"https://x/{HOSTILE}", 9]]}
    hostile = dict.fromkeys(("description", "place", "section", "language", "copy_group", "image"), HOSTILE)
    changed = article(
        headline=HOSTILE,
        body=f"Shut.{HOSTILE}",
        url="javascript:alert(1)",
        topics=[HOSTILE],
        authors=[HOSTILE],
        **hostile,
    )
    night("2025-09-02", changed, sentence=HOSTILE, status=2, counts=failed)
    page = render(collect([night.history], 30))
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    assert not list(tree.iter("script")) and not list(tree.iter("img"))
    assert not [a for a in tree.iter("a") if a.get("href").startswith("javascript")]
    assert HOSTILE in "".join(tree.itertext())


#: Controls, the marks of Unicode's property Bidi_Control, separators, half pairs, noncharacters.
UNSHOWN = [
    *map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160)]),
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    *"\u2028\u2029\ufeff\ud83d\udc00\ufdd0\uffff\U0010fffe",
]


def test_what_cannot_be_shown_is_written_out(night):
    text = f"Ports {'x'.join(UNSHOWN)} reopen"
    stored = text.encode("utf8", "ignore").decode()  # a database takes no half character
    pages = {"failed_pages": [[f"https://x/{text}", text]], "slowest": [[f"https://x/{text}", 9]], "failed": 1}
    night("2025-09-01", article(headline=stored) | {"topics": [text]})
    after = {"body": text, "topics": [text], "url": f"https://news.example/{stored}", "content_hash": "2" * 40}
    night("2025-09-02", article(headline=stored) | after,
          counts=pages | shares(1, **{text: 1}), sentence=stored, drift=stored)  # fmt: skip
    page = render(collect([night.history], 30))
    assert sorted(set(UNSHOWN) & set(page)) == []
    parser = html5lib.HTMLParser()
    parser.parse(page.encode())
    assert [error[1] for error in parser.errors] == []
    for shown in ("\\x00", "\\x1b", "\\u202e", "\\u2067", "\\ud83d", "\\U0010fffe"):
        assert page.count(shown) >= 3, shown


def test_each_text_has_its_own_direction(night):
    """A headline that runs from right to left turns nothing of ours round; a space-less joiner stays."""
    arabic, persian = "أعيد فتح الميناء بعد أسبوعين", "می\u200cخواهم"
    before = article(headline=arabic, body=f"{persian}\n\n{arabic}", topics=[arabic])
    night("2025-09-01", before)
    after = before | {"body": f"{persian}\n\n{arabic} (2)", "content_hash": "2" * 40}
    night("2025-09-02", after, sentence=arabic, counts={"failed": 1, "failed_pages": [["https://x/1", arabic]]})
    tree = html5lib.parse(render(collect([night.history], 30)), namespaceHTMLElements=False)
    parents = {child: parent for parent in tree.iter() for child in parent}
    found = [element for element in tree.iter() if arabic in (element.text or "")]
    assert len(found) >= 5
    for element in found:
        line = [element]
        while line[-1].tag not in ("p", "td", "th", "li", "summary", "h1", "h2", "h3"):
            line.append(parents[line[-1]])
        assert any(one.tag == "bdi" or one.get("dir") == "auto" for one in line), element.tag
        # What decides the direction is the text itself, and no words of ours before it.
        (nearest, *_) = [one for one in line if one.tag == "bdi" or one.get("dir") == "auto"]
        assert "".join(nearest.itertext()).lstrip().startswith(arabic)


def test_a_headline_with_markup_in_a_browser(night, tmp_path):
    if BROWSER is None:
        pytest.skip("no Chromium is installed")
    night("2025-09-01", article(headline=HOSTILE))
    night("2025-09-02", article(headline=HOSTILE, body="Shut."))
    path = tmp_path / "report.html"
    path.write_text(render(collect([night.history], 30)), encoding="utf8")
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()
    )
    done = subprocess.run(
        [BROWSER, *flags, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", path.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if not done.stdout.strip():
        pytest.skip(f"Chromium does not run here: {done.stderr[-200:]}")
    tree = html5lib.parse(done.stdout, namespaceHTMLElements=False)
    assert "taken" not in tree.find(".//title").text
    assert not list(tree.iter("script")) and not list(tree.iter("img"))
    (summary,) = [one for one in tree.iter("summary") if HOSTILE in "".join(one.itertext())]
    assert summary is not None


def test_half_a_character_is_written(night, tmp_path):
    path = night("2025-09-01", article())
    night("2025-09-02", article(body="Shut."))
    path.write_text(path.read_text("utf8").replace("The harbour is open.", "The \\ud800 harbour."), encoding="utf8")
    done = scrapy(tmp_path, "report", "--file", night.history, "--into", "page.html")
    assert done.returncode == 0, done.stderr
    assert "The \\ud800 harbour." in (tmp_path / "page.html").read_text(encoding="utf8")


# The command ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "no history"),
        (("--file", "none.sqlite"), "no history at"),
        (("-n", "0"), "1 or more"),
        (("-n", "x"), "not 'x'"),
        (("extra",), "expected: scrapy report"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(tmp_path, arguments, words):
    done = scrapy(tmp_path, "report", *arguments)
    assert done.returncode == 1
    assert words in done.stderr and "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_and_a_damaged_history(night, tmp_path):
    night("2025-09-01", article())
    (tmp_path / "file").touch()
    done = scrapy(tmp_path, "report", "--file", night.history, "--into", "file/report.html")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    (tmp_path / "bad.sqlite").write_bytes(b"not a database" * 500)
    done = scrapy(tmp_path, "report", "--file", "bad.sqlite")
    assert done.returncode == 1 and "cannot be used" in done.stderr and "Traceback" not in done.stderr


def test_slow_and_failed_pages_are_kept(site, crawl, tmp_path):
    site.html("/world-news", listing_html(*map(path_of, range(1, 5))))
    site.html(path_of(1), article_html())
    site.html(path_of(2), "no", status=403)
    site.html(path_of(3), article_html(body=""))
    site.routes[path_of(4)] = (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(2000))
    run = crawl("-a", f"start={site.origin}/world-news", "-a", "pages=1")
    assert run.status == 2
    report = collect([tmp_path / "worldnews.history.sqlite"], 30)
    found = {page.url.removeprefix(site.origin): page.what for page in report.failed}
    assert set(found) == {path_of(2), path_of(3), path_of(4)}
    assert (found[path_of(2)], found[path_of(4)]) == ("HTTP 403", "not HTML")
    assert f"{site.origin}{path_of(1)}" in {page.url for page in report.slowest}
    assert all(page.what >= 0 for page in report.slowest)
    assert dict(report.answers)["403"] == 1
    assert report.failures == 3


def test_failures_are_kept_without_a_log(site, crawl, tmp_path):
    """Also those of a pipeline, and of a later listing page."""
    site.html("/world-news", listing_html(*map(path_of, range(1, 5))))
    site.html(path_of(1), article_html())
    site.html(path_of(2), "no", status=403)
    site.html(path_of(3), article_html(body=""))
    site.html(path_of(4), article_html(headline="Broken"))
    site.html("/world-news/page-2", "no", status=500)
    (tmp_path / "quiet.py").write_text(
        "from newscrawl.settings import *\nimport logging\nlogging.disable(logging.CRITICAL)\n"
        "ITEM_PIPELINES = {**ITEM_PIPELINES, 'tests.test_report.Breaking': 900}\n"
    )
    run = crawl(
        "-a", f"start={site.origin}/world-news", "-a", "pages=2",
        PYTHONPATH=f"{tmp_path}:{PROJECT}", SCRAPY_SETTINGS_MODULE="quiet",
    )  # fmt: skip
    assert run.status == 2, run.stderr
    report = collect([tmp_path / "worldnews.history.sqlite"], 30)
    found = {page.url.removeprefix(site.origin): page.what for page in report.failed}
    assert found == {
        path_of(2): "HTTP 403",
        path_of(3): "no body",
        path_of(4): "an error in a pipeline; the log has it",
        "/world-news/page-2": "HTTP 500",
    }
    assert report.failures == 3


class Breaking:
    def process_item(self, item):
        if item.headline == "Broken":
            raise ZeroDivisionError
        return item


def test_failures_are_bounded():
    crawler = get_crawler()
    pages = Pages.from_crawler(crawler)
    for number in range(1000):
        signal = article_failed if number % 2 else listing_failed
        crawler.signals.send_catch_log(signal, url=f"https://x/{number}/{'x' * 3000}", reason="y" * 3000)
    kept = pages.to_dict()["failed_pages"]
    assert [url[:11] for url, _ in kept[:3]] == ["https://x/0", "https://x/1", "https://x/2"]
    assert len(kept) == 50
    assert len(json.dumps(kept)) < 60_000


def test_nothing_but_a_report_is_replaced(kept, tmp_path):
    shutil.copytree(kept[0] / "output", tmp_path / "output")
    history = next((tmp_path / "output" / "demo").glob("*.history.sqlite"))
    kept_bytes = history.read_bytes()
    done = scrapy(tmp_path, "report", "--demo", "--into", str(history))
    assert done.returncode == 1
    assert "exists and is not a report" in done.stderr
    assert history.read_bytes() == kept_bytes
    assert scrapy(tmp_path, "report", "--demo").returncode == 0
    assert scrapy(tmp_path, "report", "--demo").returncode == 0


def test_a_story_that_answers_no_more_was_taken_away(site, crawl, tmp_path):
    site.html("/world-news", listing_html(*map(path_of, range(1, 4))))
    for number in range(1, 4):
        site.html(path_of(number), article_html())
    arguments = ("-a", f"start={site.origin}/world-news", "-a", "pages=1", "-o", str(tmp_path / "all.jsonl"))
    assert crawl(*arguments, output=None).status == 0
    site.html(path_of(2), "no", status=410)
    assert crawl(*arguments, output=None).status == 0
    report = collect([tmp_path / "worldnews.history.sqlite"], 30)
    (edition,) = report.editions
    assert [removed.text.url for removed in edition.removed] == [f"{site.origin}{path_of(2)}"]
    assert "1 removed" in render(report)
    site.html(path_of(2), article_html())
    assert crawl(*arguments, output=None).status == 0
    assert collect([tmp_path / "worldnews.history.sqlite"], 30).editions[0].removed == []
