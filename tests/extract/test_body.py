"""Bodies on pages of any site: invented pages in the forms that blogs and newspapers have."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import extract_article

URL = "https://paper.example/2025/harbour-lock"
STORY = [
    "The harbour master closed the northern lock on Tuesday after divers found a crack in its lower gate.",
    "Forty barges were waiting by the evening, some of them with fruit that will not keep until the weekend.",
    "“We have asked for a crane from the next port up the coast,” she said, and gave no date for the repair.",
    "The lock was built when the river still carried coal, and has been repaired eleven times since then.",
]
MENU = "<nav><ul><li><a href=/a>World</a><li><a href=/b>Business</a><li><a href=/c>Sport</a></ul></nav>"
FOOT = "<footer><p>The Paper is published by a foundation that was set up for it in the year of the flood.</p></footer>"


def page(body: str, head: str = '<meta property="og:type" content="article">') -> str:
    return f"<html><head><title>Lock closed</title>{head}</head><body>{MENU}{body}{FOOT}</body></html>"


def paragraphs(texts=STORY) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def story(inside: str, head: str = '<meta property="og:type" content="article">') -> str:
    return page(f"<main><h1>Lock closed</h1><div class=content>{inside}</div></main>", head)


def body(html: str) -> list[str]:
    text = extract_article(html, URL, publisher="generic").body
    return text.split("\n\n") if text else []


def between(furniture: str) -> str:
    return story(paragraphs(STORY[:2]) + furniture + paragraphs(STORY[2:]))


@pytest.mark.parametrize(
    "markup",
    [
        paragraphs(),
        "<br><br>".join(STORY),
        "".join(f"<div>{text}</div>" for text in STORY),
        "".join(f"<div><span>{text}</span></div>" for text in STORY),
        f"<table><tr><td>{paragraphs()}</td></tr></table>",
        f"<form action=/page.aspx>{paragraphs()}</form>",
        f"<div class=paywall-content>{paragraphs()}</div>",
        "".join(f"<section class=teaser-widget><p>{text}</p></section>" for text in STORY),
    ],
    ids=["p", "br", "div", "span", "table", "form", "paywall", "hinted-chunks"],
)
def test_every_way_to_mark_up_a_paragraph(markup):
    assert body(story(markup)) == STORY


def test_labels_between_paragraphs_do_not_outweigh_them():
    told = "".join(f"<div>{text}</div>" for text in STORY)
    labels = "".join(f"<div>Plan number {number} of all</div>" for number in range(30))
    assert body(story(told + labels))[: len(STORY)] == STORY


def test_short_sentences_in_divs_are_the_storys():
    texts = [*STORY[:2], "Nobody saw it happen.", *STORY[2:], "It has no name yet."]
    assert body(story("".join(f"<div>{text}</div>" for text in texts))) == texts


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class='related-posts'><h3>Related</h3><p>The ferry that never came, and what the town made of it then.</p></div>",
        "<div class=relatedPosts><p>The ferry that never came, and what the town made of it in the end.</p></div>",
        "<ul><li><a href=/x>The ferry that never came to the town</a><li><a href=/y>A crane on its way up the coast</a></ul>",
        "<p>Read more: <a href=/x>The ferry that never came to the town</a></p>",
        "<p><a href=/x>Les også: Fergen som aldri kom til byen</a></p>",
        "<h3>More on this</h3><ul><li><a href=/x>The ferry that never came to the town</a></ul>",
        "<article><h3><a href=/x>The ferry that never came to the town</a></h3><p>It was to come in spring, and the town had a band ready.</p></article>",
        "<figure><img src=x.jpg><figcaption>The lower gate, with a crack that a diver found. Photo: A. Diver</figcaption></figure>",
        "<div class=pic><img src=x.jpg><div>The lower gate on Tuesday morning, seen from the bridge that leads to the port.</div></div>",
        "<p>Photo: A. Diver / The Paper</p>",
        "<div class=share-bar><p>Tell the people whom you know about this story, by any of the ways that there are.</p></div>",
        "<div class=newsletter-box><p>Our letter comes every morning, and it tells you of all that happened at night.</p></div>",
        "<p>Follow us on Facebook, Twitter and Instagram</p>",
        "<div>Advertisement</div>",
        "<div class=player><span>Listen to this article</span><audio></audio></div>",
        "<aside><p>The river has four locks, and each was built by another engineer of the same family.</p></aside>",
        "<div style='display:none'><p>The river has four locks, and each was built by another engineer.</p></div>",
        "<div role=complementary><p>The river has four locks, and each was built by another engineer.</p></div>",
    ],
)
def test_what_is_not_the_story_goes(furniture):
    assert body(between(furniture)) == STORY


@pytest.mark.parametrize(
    "kept",
    [
        ("<h2>Eleven repairs</h2>", "Eleven repairs"),
        ("<ul><li>Forty barges wait</ul>", "Forty barges wait"),
        ("<blockquote><p>It is a good lock</p></blockquote>", "It is a good lock"),
        ("<p>“Why now?”</p>", "“Why now?”"),
        ("<p>It is, the <a href=/l>law on locks of the year of the flood</a> says, hers.</p>", "It is, the law on locks of the year of the flood says, hers."),
        ("<table><tr><td>Barges</td><td>40</td></tr></table>", "Barges | 40"),
        ("<figure><blockquote><p>It is a good lock, and it was a good lock then.</p></blockquote></figure>", "It is a good lock, and it was a good lock then."),
    ],
    ids=["heading", "list", "quotation", "short", "link", "row", "quotation-in-figure"],
)  # fmt: skip
def test_what_is_the_story_stays(kept):
    markup, text = kept
    assert body(between(markup)) == [*STORY[:2], text, *STORY[2:]]


def test_what_stands_above_the_headline_goes():
    above = "<p>The weather: rain until noon, and a wind from the sea that will turn.</p>"
    html = page(
        f"<main><div>{above}<h1>Lock closed</h1><p>By Ann Diver</p><p>3 May 2025, 10:00</p>{paragraphs()}</div></main>"
    )
    assert body(html) == STORY


def test_what_follows_the_story_goes():
    after = (
        "<p>Reporting by Ann Diver; editing by Bo Crane</p><p>Ann Diver is a writer and lives on a barge with two cats.</p>"
        "<p>© 2025 The Paper</p><h3>More stories</h3><p><a href=/x>The ferry that never came to the town</a></p>"
    )
    data = json.dumps({"@type": "NewsArticle", "headline": "Lock closed", "author": {"name": "Ann Diver"}})
    assert body(story(paragraphs() + after, f"<script type='application/ld+json'>{data}</script>")) == STORY


def test_comments_are_not_the_story_however_long():
    comment = (
        "<li><p>My grandfather worked at that lock for thirty years, and he always said that the gate was too thin.</p>"
    )
    html = page(f"<main><h1>Lock closed</h1><div>{paragraphs()}</div><ol class=comment-list>{comment * 30}</ol></main>")
    assert body(html) == STORY


def test_the_article_that_an_endless_page_appends_is_another():
    following = paragraphs(f"{text} That was another port, and it was in another year." for text in STORY * 3)
    html = page(
        f"<article><h1>Lock closed</h1>{paragraphs()}</article><article><h1>Ferry late</h1>{following}</article>"
    )
    assert body(html) == STORY


def test_updates_of_a_live_blog_are_articles_in_the_story():
    updates = "".join(f"<article><p>{text}</p></article>" for text in STORY)
    assert body(page(f"<main><h1>Lock closed</h1>{updates}</main>")) == STORY


def test_a_lead_that_stands_apart_belongs_to_it():
    long = [f"{text} {text.replace('lock', 'gate')}" for text in STORY]
    html = page(f"<main><h1>Lock closed</h1><div><p>{STORY[0]}</p></div><div>{paragraphs(long)}</div></main>")
    assert body(html) == [STORY[0], *long]


@pytest.mark.parametrize(
    "sentences",
    [
        ["港口负责人周二关闭了北侧船闸，因为潜水员在下闸门上发现了裂缝。", "到傍晚已有四十艘驳船在等候，其中一些装着无法存放到周末的水果。", "她说，已经向沿岸下一个港口借用起重机，但没有说明修复的日期。"],
        ["潜水士が下の扉に亀裂を見つけたため、港長は火曜日に北の閘門を閉じた。", "夕方には四十隻のはしけが待っており、週末までもたない果物を積んだものもあった。", "彼女は沿岸の次の港にクレーンを頼んだと述べたが、修理の日は言わなかった。"],
        ["잠수부들이 아래쪽 문에서 금을 발견하자 항만장은 화요일에 북쪽 갑문을 닫았다.", "저녁까지 바지선 마흔 척이 기다리고 있었고 일부는 주말까지 버티지 못할 과일을 싣고 있었다.", "그는 해안의 다음 항구에 기중기를 부탁했다고 말했지만 수리 날짜는 밝히지 않았다."],
        ["गोताखोरों को निचले फाटक में दरार मिलने के बाद बंदरगाह प्रमुख ने मंगलवार को उत्तरी द्वार बंद कर दिया।", "शाम तक चालीस नावें खड़ी थीं और कुछ में ऐसे फल थे जो सप्ताहांत तक नहीं टिकेंगे।", "उन्होंने कहा कि तट के अगले बंदरगाह से क्रेन मँगाई गई है।"],
        ["أغلق مدير الميناء الهويس الشمالي يوم الثلاثاء بعد أن وجد الغواصون شقا في بوابته السفلى.", "هل تصل الرافعة من الميناء التالي على الساحل قبل نهاية هذا الأسبوع؟", "قالت المديرة إن الهويس أصلح إحدى عشرة مرة منذ بنائه ولم تذكر موعدا للإصلاح."],
        ["Начальник порта закрыл северный шлюз во вторник, когда водолазы нашли трещину в нижних воротах.", "К вечеру ждали сорок барж, и некоторые везли фрукты, которые не доживут до выходных.", "Она сказала, что кран попросили у соседнего порта, и не назвала дня починки."],
    ],
    ids=["zh", "ja", "ko", "hi", "ar", "ru"],
)  # fmt: skip
def test_sentences_of_many_scripts(sentences):
    assert body(between("").replace("".join(paragraphs()), paragraphs(sentences))) == sentences


def test_a_blog_that_says_nothing_of_itself():
    long = [f"{text} {text.replace('lock', 'gate')} {text.replace('lock', 'weir')}" for text in STORY]
    assert body(story(paragraphs(long), head="")) == long


def test_json_ld_has_what_the_page_shows_only_the_beginning_of():
    data = {"@type": "NewsArticle", "headline": "Lock closed", "articleBody": "\n".join(STORY)}
    script = "<script type='application/ld+json'>{}</script>"
    shown = paragraphs(STORY[:1]) + "<h2>Eleven repairs</h2>"
    assert body(story(shown, script.format(json.dumps(data)))) == STORY
    assert body(story(paragraphs(), script.format(json.dumps(data)))) == STORY
    free = {**data, "isAccessibleForFree": False}
    assert body(story(paragraphs([f"{STORY[0]} {STORY[1]}"]), script.format(json.dumps(free)))) == [
        f"{STORY[0]} {STORY[1]}"
    ]


def test_a_short_notice_with_a_date_above_it():
    assert body(
        page(f"<div><p>Lock closed</p><div>03/05/2025 - Ann</div><div>{STORY[0]} {STORY[1]}</div></div>", head="")
    ) == [f"{STORY[0]} {STORY[1]}"]


def test_a_story_may_begin_with_a_line_without_a_full_stop():
    first = "Chelsea Lock, built for coal and now used by barges with fruit that does not keep, is shut from this very morning"
    assert body(story(paragraphs([first, *STORY]))) == [first, *STORY]


@pytest.mark.parametrize("head", ["", '<meta property="og:type" content="article">'], ids=["bare", "says-article"])
@pytest.mark.parametrize(
    "markup",
    [
        "".join(
            f"<div class=item><h3><a href=/{n}>{STORY[n][:50]} {n}</a></h3><p>{STORY[n]}</p></div>" for n in range(4)
        )
        * 5,
        "".join(f"<li><a href=/{n}>{STORY[n][:50]}</a><p>{STORY[n]}</p></li>" for n in range(4)) * 5,
        "".join(f"<a href=/{n}><h3>{STORY[n][:50]}</h3><p>{STORY[n]}</p></a>" for n in range(4)) * 5,
        "<h1>Page not found</h1><p>The page that you asked for is not here.</p><p><a href=/>Home</a></p>",
        "<h1>Checking your browser</h1><p>Please wait while we check that you are not a robot.</p>",
        "<div class=cookie-consent><h2>Your privacy</h2>" + paragraphs() * 4 + "</div>",
        "<div id=onetrust-banner>" + paragraphs() * 4 + "</div><div role=dialog>" + paragraphs() * 4 + "</div>",
    ],
    ids=["titles-and-teasers", "list-with-teasers", "linked-cards", "error", "bot-check", "consent", "consent-dialog"],
)
def test_a_page_that_is_no_article_has_no_body(markup, head):
    assert body(page(markup, head)) == []


_WORDS = st.lists(st.text("abcdefghij", min_size=4, max_size=9), min_size=16, max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS.map(lambda words: " ".join(words).capitalize() + "."), min_size=6, max_size=12, unique=True))
def test_a_story_is_the_same_whatever_stands_around_it(texts):
    plain = story(paragraphs(texts))
    around = "<aside><p>" + "The river has four locks, and each was built by another engineer. " * 2 + "</p></aside>"
    assert body(plain) == texts
    assert body(plain.replace("<main>", f"{around}<main>").replace("</main>", f"</main>{around}")) == texts


def test_a_flash_of_two_lines_on_a_page_that_says_it_is_an_article():
    flash = ["The minister of ports has resigned.", "More of this later in the day."]
    assert body(page(f"<article><h1>Lock closed</h1>{paragraphs(flash)}</article>")) == flash
    assert body(page(f"<article><h1>Lock closed</h1>{paragraphs(flash)}</article>", head="")) == []


def live(updates: list[dict[str, str]], inside: str) -> str:
    node = {"@type": "LiveBlogPosting", "headline": "Lock closed", "liveBlogUpdate": updates}
    return story(inside, f'<script type="application/ld+json">{json.dumps(node)}</script>')


def test_a_live_blog_is_read_where_readers_read_it():
    titles = [{"headline": f"Update {n}", "datePublished": f"2025-09-02T1{n}:00:00+02:00"} for n in range(3)]
    assert body(live(titles, paragraphs())) == STORY
    whole = [{**title, "articleBody": text} for title, text in zip(titles, STORY, strict=False)]
    assert STORY[2] in body(live(whole, ""))
