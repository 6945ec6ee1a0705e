"""The updates of live blogs: which paragraphs each has, and when it came, in each form of page and of JSON-LD."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newscrawl import extract_article
from newscrawl.article.item import Article, Update

URL = "https://paper.example.de/2025/harbour-lock"
TEXTS = [
    "The harbour master closed the northern lock on Tuesday after divers found a crack in its lower gate.",
    "Forty barges were waiting by the evening, some of them with fruit that will not keep until the weekend.",
    "A crane from the next port up the coast has arrived, and it is to lift the gate before nightfall.",
    "The gate hangs in the crane, and welders have begun to close the crack from both of its sides.",
]
SECOND = "Nobody was hurt, the harbour office says, and the southern lock stays open to all small boats."
SUMMARY = "The northern lock is shut: here is what happened today, and what the harbour master says of it."
FETCHED = datetime(2025, 9, 2, 16, 30, 20, tzinfo=UTC)


def read(
    inside: str,
    updates: object = None,
    *,
    published: str = "2025-09-02T09:00:00+02:00",
    modified: str = "2025-09-02T18:10:00+02:00",
    url: str = URL,
    publisher: str = "generic",
    **blog: object,
) -> Article:
    node = {"@type": "LiveBlogPosting", "headline": "Lock closed", "datePublished": published}
    node |= {"dateModified": modified, "liveBlogUpdate": updates} | blog
    html = (
        f'<html lang="en"><head><title>Lock closed</title><script type="application/ld+json">'
        f"{json.dumps({name: value for name, value in node.items() if value})}</script></head>"
        f"<body><main><h1>Lock closed</h1><div class=content>{inside}</div></main></body></html>"
    )
    article = extract_article(html, url, publisher=publisher, fetched_at=FETCHED)
    assert all(update.text in article.body for update in article.updates)
    return article


def at(clock: str, day: int = 2, offset: str = "+02:00") -> str:
    return f"2025-09-{day:02}T{clock}:00{offset}"


def times(article: Article) -> list[str | None]:
    return [update.time for update in article.updates]


def plain(*of: tuple[str, str | None, str]) -> list[Update]:
    return [Update(time, headline, text, text) for time, headline, text in of]


#: How publishers write an update: {t} its time, {iso} as a machine's, {h} its headline, {p} its text.
FORMS = {
    "time-in-article": "<article><time datetime={iso}>{t}</time><h3>{h}</h3><p>{p}</p></article>",
    "head-in-a-header": "<article><header><time datetime={iso}>{t}</time><h3>{h}</h3></header><p>{p}</p></article>",
    "heading-first": "<section><h3>{h}</h3><div><time datetime={iso}>{t}</time></div><p>{p}</p></section>",
    "time-at-the-end": "<section><h3>{h}</h3><p>{p}</p><p><time datetime={iso}>{t}</time></p></section>",
    "flat": "<time datetime={iso}>{t}</time><h3>{h}</h3><p>{p}</p>",
    "flat-heading-first": "<h3>{h}</h3><p><time datetime={iso}>{t}</time></p><p>{p}</p>",
    "shown-only": "<div class=entry><span class=date>{t}</span><h3>{h}</h3><p>{p}</p></div>",
    "shown-flat": "<p class=date>{t}</p><h3>{h}</h3><p>{p}</p>",
    "in-the-heading": "<h3>{t} – {h}</h3><p>{p}</p>",
    "in-the-heading-without-a-sign": "<h3>{t} {h}</h3><p>{p}</p>",
    "nested-lists": "<ul><li><p>{t}</p><h3>{h}</h3><ul><li>{p}</li></ul></li></ul>",
    "one-list": "<li><div><span>{t}</span></div><h3>{h}</h3><p>{p}</p></li>",
    "stamp-of-the-box": "<div class=entry data-timestamp={epoch}><span>{t}</span><h3>{h}</h3><p>{p}</p></div>",
    "microdata": "<div><meta itemprop=datePublished content={iso}><span>{t}</span><h3>{h}</h3><p>{p}</p></div>",
    "with-a-name": "<article><time datetime={iso}>{t}</time><b>By Ann Diver of the desk in Lund</b><h3>{h}</h3><p>{p}</p></article>",
}  # fmt: skip


def epoch(clock: str, day: int) -> int:
    try:
        return int(datetime.fromisoformat(at(clock, day)).timestamp())
    except ValueError:
        return 0


def page(form: str, clocks: list[str], day: int = 2) -> str:
    parts = [
        form.format(
            t=clock, iso=at(clock, day), h=f"Hour {n}", p=TEXTS[n],
            epoch=epoch(clock, day),
        )
        for n, clock in enumerate(clocks)
    ]  # fmt: skip
    return f"<p>{SUMMARY}</p>{''.join(parts)}"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("clocks", [["10:05", "12:05", "18:05"], ["18:05", "12:05", "10:05"]], ids=["oldest", "newest"])
def test_forms_of_updates(form, clocks):
    article = read(page(form, clocks))
    expected = [(at(clock), f"Hour {n}", TEXTS[n]) for n, clock in enumerate(clocks)]
    assert [(one.time, one.headline, one.text.removeprefix("- ")) for one in article.updates] == expected
    assert article.paragraphs[0] == SUMMARY


@pytest.mark.parametrize(
    "form",
    ["<p><b>{t}:</b> {p}</p>", "<p><strong>{t} Uhr</strong> – {p}</p>", "<p>{t} Uhr: {p}</p>",
     "<li><time datetime={iso}>{t}</time> {p}</li>"],
)  # fmt: skip
def test_times_in_front_of_a_text_are_part_of_it(form):
    article = read(page(form, ["10:05", "12:05", "18:05"]))
    assert times(article) == [at("10:05"), at("12:05"), at("18:05")]
    assert [update.text for update in article.updates] == article.paragraphs[1:]
    assert all(TEXTS[n] in update.text for n, update in enumerate(article.updates))


def test_an_update_has_all_its_paragraphs_in_both_forms():
    first = f"<article><time datetime={at('12:05')}>12:05</time><h3>A <em>crack</em></h3><p>{TEXTS[0]}</p>"
    first += f"<ul><li>{TEXTS[1]}</li><li>{SECOND}</li></ul></article>"
    article = read(f"<p>{SUMMARY}</p>{first}<article><time>10:05</time><p>{TEXTS[2]}</p></article>")
    assert article.updates == [
        Update(
            at("12:05"),
            "A crack",
            "\n\n".join((TEXTS[0], TEXTS[1], SECOND)),
            f"{TEXTS[0]}\n\n- {TEXTS[1]}\n- {SECOND}",
        ),
        Update(at("10:05"), None, TEXTS[2], TEXTS[2]),
    ]


def test_a_pinned_summary_is_no_update():
    points = "<ul><li>The lock is shut until Friday at the earliest</li><li>Forty barges wait outside of it</li></ul>"
    article = read(f"<h2>What we know so far</h2><p>{SUMMARY}</p>{points}" + page(FORMS["flat"], ["12:05", "10:05"]))
    assert [update.headline for update in article.updates] == ["Hour 0", "Hour 1"]


def test_another_s_post_has_a_time_of_its_own():
    post = "<blockquote><p>The lock is shut and will be for days, take the southern one if you can.</p><p>8:01 – 2 Sep 2025</p></blockquote>"
    form = FORMS["time-in-article"].replace("</article>", f"{post}</article>")
    assert times(read(page(form, ["12:05", "10:05"]))) == [at("12:05"), at("10:05")]


# Days and clocks -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clocks", "days"),
    [(["00:20", "23:40", "22:10"], [3, 2, 2]), (["22:10", "23:40", "00:20"], [2, 2, 3]), (["00:20", "23:40"], [3, 2])],
)
def test_over_midnight(clocks, days):
    article = read(
        page(FORMS["shown-flat"], clocks), published="2025-09-02T21:50:00+02:00", modified="2025-09-03T00:25:00+02:00"
    )
    assert times(article) == [at(clock, day) for clock, day in zip(clocks, days, strict=True)]


def test_a_blog_that_was_closed_days_later_has_the_days_of_its_beginning():
    article = read(page(FORMS["shown-flat"], ["09:05", "12:05"]), modified="2025-09-05T20:00:00+02:00")
    assert times(article) == [at("09:05"), at("12:05")]


def test_what_may_be_of_several_days_has_no_time():
    article = read(
        page(FORMS["shown-flat"], ["13:05", "15:05"]),
        published="2025-09-02T09:00:00+02:00",
        modified="2025-09-05T20:00:00+02:00",
    )
    assert times(article) == [None, None]


@pytest.mark.parametrize("clocks", [["09:05", "18:05", "15:05", "11:05"], ["09:05", "15:05", "14:05", "12:05"]])
def test_a_pinned_update_above_the_newest(clocks):
    assert times(read(page(FORMS["shown-flat"], clocks))) == [at(clock) for clock in clocks]


def test_days_that_part_the_updates():
    form = FORMS["shown-flat"]
    inside = f"<h2>3 September 2025</h2>{form}<h2>2 September 2025</h2>{form}"
    inside = inside.replace("{t}", "09:05", 1).replace("{t}", "08:05").replace("{p}", TEXTS[0], 1)
    inside = inside.replace("{p}", TEXTS[1]).replace("{h}", "An hour")
    assert times(read(f"<p>{SUMMARY}</p>{inside}", modified="")) == [at("09:05", 3), at("08:05", 2)]


@pytest.mark.parametrize(
    "shown", ["2 Sep 2025, 12:05", "2 Sep, 12:05", "12.05 Uhr", "12:05 pm", "12:05:00", "10:05 UTC"]
)
def test_times_as_readers_see_them(shown):
    article = read(page(FORMS["shown-flat"], [shown, "10:05"]).replace("10:05:00", ""))
    expected = "2025-09-02T10:05:00+00:00" if "UTC" in shown else at("12:05")
    assert datetime.fromisoformat(times(article)[0]) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("12 minutes ago", "18:18:20"), ("2 hours ago", "16:30:20"), ("an hour ago", "17:30:20")],
)
def test_times_told_from_the_present(shown, expected):
    inside = "".join(f"<div class=entry><span>{shown}</span><h3>Hour {n}</h3><p>{TEXTS[n]}</p></div>" for n in range(2))
    article = read(f"<p>{SUMMARY}</p>{inside}")
    found = [datetime.fromisoformat(time or "") for time in times(article)]
    assert found == [datetime.fromisoformat(f"2025-09-02T{expected}+02:00")] * 2
    assert article.paragraphs[0] == SUMMARY


def test_no_time_where_nothing_tells_the_clock():
    article = read(
        page(FORMS["shown-flat"], ["12:05", "10:05"]),
        url="https://paper.example/lock",
        published="2025-09-02T07:00:00Z",
        modified="2025-09-02T16:10:00Z",
    )
    assert [(update.time, update.text) for update in article.updates] == [(None, TEXTS[0]), (None, TEXTS[1])]


# JSON-LD ---------------------------------------------------------------------------------


def update(number: int, **other: object) -> dict[str, object]:
    date = at(f"1{number}:05")
    return {
        "@type": "BlogPosting",
        "headline": f"Hour {number}",
        "datePublished": date,
        "articleBody": TEXTS[number],
    } | other


@pytest.mark.parametrize(
    "updates",
    [[update(0), update(1)], [[update(0)], [update(1)]], {"@list": [update(0), update(1)]}, [update(0), update(0), update(1)],
     {"@type": "ItemList", "itemListElement": [update(0), {"@type": "ListItem", "item": update(1)}]}],
)  # fmt: skip
def test_updates_in_json_ld(updates):
    assert read("", updates).updates == plain((at("10:05"), "Hour 0", TEXTS[0]), (at("11:05"), "Hour 1", TEXTS[1]))


@pytest.mark.parametrize(
    ("date", "time"),
    [("2025-09-02T10:05:07.123+02:00", "2025-09-02T10:05:07+02:00"), ("2025-09-02T08:05:00Z", at("10:05")),
     ("2025-09-02 10:05", at("10:05")), ("2025-09-02", None), ("soon", None), (20250902, None)],
)  # fmt: skip
def test_dates_in_json_ld(date, time):
    assert times(read("", [update(0, datePublished=date), update(1)])) == [time, at("11:05")]


def test_an_update_in_json_ld_without_a_headline():
    found = read(
        "", [update(0, headline=None), update(1, articleBody=f"<p>{TEXTS[1]}</p><h3>Why</h3><p>{TEXTS[2]}</p>")]
    )
    assert [(one.headline, one.text) for one in found.updates] == [
        (None, TEXTS[0]), ("Hour 1", f"{TEXTS[1]}\n\nWhy\n\n{TEXTS[2]}"),
    ]  # fmt: skip


def test_the_page_s_updates_have_json_ld_s_instants():
    form = "<div class=entry><h3>{h}</h3><p>{p}</p></div>"
    article = read(page(form, ["10:05", "11:05", "12:05"]), [update(2), update(1), update(0)])
    assert article.updates == plain(*((at(f"1{n}:05"), f"Hour {n}", TEXTS[n]) for n in range(3)))


def test_a_relative_time_on_the_page_gives_way_to_json_ld():
    form = "<div class=entry><time>{t}</time><h3>{h}</h3><p>{p}</p></div>"
    article = read(page(form, ["8 hours ago", "7 hours ago"]), [update(0), update(1)])
    assert times(article) == [at("10:05"), at("11:05")]


# Elsewhere ---------------------------------------------------------------------------------


def test_a_story_that_is_no_live_blog_has_none():
    article = extract_article(
        f"<html><body><main><h1>Lock closed</h1><div>{page(FORMS['flat'], ['12:05', '10:05'])}</div></main></body></html>",
        URL,
    )
    assert (article.live, article.updates) == (False, [])


def test_prompts_are_no_updates():
    prompt = "Subscribe now to read the full story"
    inside = page(FORMS["time-in-article"], ["12:05", "10:05"]).replace("</article>", f"<p>{prompt}</p></article>", 1)
    alone = f"<article><time datetime={at('09:05')}>09:05</time><p>{prompt}</p></article>"
    article = read(inside + alone)
    assert prompt not in article.body
    assert [(one.time, one.text, one.markdown) for one in article.updates] == [
        (at("12:05"), TEXTS[0], TEXTS[0]), (at("10:05"), TEXTS[1], TEXTS[1]),
    ]  # fmt: skip


def test_without_markdown():
    html = f'<html lang=en><head><script type="application/ld+json">{json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": [update(0)]})}'
    article = extract_article(f"{html}</script></head><body><h1>Lock</h1></body></html>", URL, markdown=False)
    assert article.updates == [Update(at("10:05"), "Hour 0", TEXTS[0], "")]


@pytest.mark.parametrize("form", ["{t}", "Sep 02 2025 | {t}", "Updated: {t}"])
def test_business_standard(form):
    entries = "".join(
        f'<div class="liveblog_entry__x1"><div class="liveblog_time__y2">{form.format(t=t)}</div>'
        f"<div><h3>Hour {n}</h3></div><div>{TEXTS[n]}</div></div>"
        for n, t in enumerate(["9:28 PM IST", "7:49 PM IST"])
    )
    html = (
        "<html lang=en><head><title>Lock closed</title></head><body><span class='LiveButton_livetitle__z'>LIVE</span>"
        "<h1 class='MainStory_stryhdtp__a stryhdtp'>Lock closed</h1>"
        "<div class='meta-info'>3 min read Last Updated : <!-- -->Sep 02 2025 | 9:31 PM<!-- --> IST</div>"
        f"<div class='MainStory_storycontent__Pe3ys storycontent'><div id=parent_top_div><div>{SUMMARY}</div>{entries}</div></div>"
        "<div>First Published: Sep 02 2025 | 7:40 PM IST</div></body></html>"
    )
    article = extract_article(html, "https://www.business-standard.com/world-news/lock-125090201234_1.html")
    assert article.live
    assert article.updates == plain(
        (at("21:28", offset="+05:30"), "Hour 0", TEXTS[0]), (at("19:49", offset="+05:30"), "Hour 1", TEXTS[1])
    )
