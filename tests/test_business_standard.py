"""Business Standard: what marks a premium story, where its body stands, and what stands in it besides."""

from __future__ import annotations

import json

import pytest

from newscrawl import extract_article
from newscrawl.addresses.site import Site
from newscrawl.article.item import Article
from newscrawl.publishers import by_name, by_url

URL = "https://www.business-standard.com/world-news/harbour-talks-resume-125090301234_1.html"
STORY = [
    "Harbour pilots in Maro returned to the table on Wednesday after a fortnight of silence between the union and the port.",
    "Both sides described the first session as “useful”, a word neither had used since the cranes stopped moving in August.",
    "Ships waiting in the roads outside the breakwater were told to expect berths by the weekend, if the wind allows it.",
]
PLAN = '<div class="subscription_subscriptionPlan__a1"><div>Read on with a plan</div><div>₹900</div><button>Go</button></div>'


def read(inside: str, free: object = False, *, label: str = "", outside: str = "", url: str = URL) -> Article:
    node = {"@type": "NewsArticle", "headline": "Talks"} | ({} if free is None else {"isAccessibleForFree": free})
    html = (
        f'<html lang="en"><head><title>Talks</title><script type="application/ld+json">{json.dumps(node)}</script></head><body>'
        f'<h1 class="MainStory_stryhdtp__a1 stryhdtp">Talks</h1>{label}'
        f'<div class="MainStory_storycontent__b2 storycontent">{inside}</div>{outside}</body></html>'
    )
    return extract_article(html, url)


def divs(texts: list[str]) -> str:
    return "".join(f"<div>{text}</div>" for text in texts)


def slots(texts: list[str], style: str = "") -> str:
    inner = "".join(f'<div class="paywall-slot"><div>{text}</div></div>' for text in texts)
    return f'<div class="paywall-content"{style}>{inner}</div>'


@pytest.mark.parametrize(
    ("inside", "free", "premium"),
    [
        (divs(STORY), False, False),  # marks the product, not the page
        (divs(STORY), "False", False),
        (divs(STORY[:1]) + PLAN, False, True),
        (divs(STORY[:1]) + PLAN, None, True),
        (divs(STORY[:1]) + PLAN, True, False),
        (divs(STORY[:1]) + PLAN.replace("<div class", "<div hidden class", 1), False, False),
        (divs(STORY[:1]) + f'<div style="display:none">{PLAN}</div>', False, False),
        (divs(STORY[:1]) + PLAN + divs(STORY[1:]), False, False),  # in the middle of a story that goes on
        (divs(STORY[:1]) + PLAN.replace("subscription_subscriptionPlan", "BluePrintPaywall_BPstoryPaywall"), False, True),
        (divs(STORY[:1]) + slots(STORY[1:]) + PLAN, False, False),
        (divs(STORY[:1]) + slots(STORY[1:], ' style="display:none"'), False, True),
        (divs(STORY[:1]) + '<div class="paywall-content"><div class="paywall-cta">Subscribe now</div></div>', False, True),
    ],
)  # fmt: skip
def test_premium(inside, free, premium):
    assert read(inside, free).premium is premium


def test_the_label_marks_premium():
    label = '<span class="MainStory_strlabel__p"> Premium </span>'
    assert read(divs(STORY), True, label=label).premium is True
    assert read(divs(STORY), label=label.replace("Premium", "Opinion")).premium is False


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        (f'<div class="non-paywall-content">{divs(STORY[:1])}</div>{slots(STORY[1:])}', ""),
        (f'<div id="parent_top_div"><div class="non-paywall-content">{divs(STORY[:2])}</div>{slots(STORY[2:])}</div>', ""),
        (divs(STORY[:1]), slots(STORY[1:])),
        (divs(STORY) + PLAN, ""),
        (divs(STORY[:2]) + '<section class="sbcrbtmlfull"><div>Read more with a plan of ours, it says here.</div></section>' + divs(STORY[2:]), ""),
        (divs(STORY[:2]) + '<div class="subscribfixed_artcalLeftBox__c"><div>A plan for every reader.</div></div>' + divs(STORY[2:]), ""),
        (divs(STORY[:1]) + '<div><img class="zoomimg" src="x.jpg"><div style="font-size:12px">The port. Photo: Harbour office</div></div>' + divs(STORY[1:]), ""),
        (divs(STORY[:1]) + '<div><a href="/x"><img class="zoomimg" src="x.jpg"></a><div style="color:#777">The port of Maro on a day without wind, in a picture taken from the bridge by the office that looks after it.</div></div>' + divs(STORY[1:]), ""),
    ],
)  # fmt: skip
def test_the_body(inside, outside):
    assert read(inside, outside=outside).paragraphs == STORY


def test_what_is_not_shown_is_not_read():
    assert read(divs(STORY[:1]), outside=slots(STORY[1:], ' style="display:none"')).paragraphs == STORY[:1]


def test_blueprint():
    html = (
        '<html lang="en"><body><h1 class="stryhdtp">Talks</h1>'
        f'<div class="blueprint-story-detail_storbpcontent__z9">{divs(STORY[:2])}'
        '<div class="BluePrintPaywall_BPstoryPaywall__q"><div>Go on with Blueprint</div><div>₹4,500</div></div></div></body></html>'
    )
    article = extract_article(html, URL)
    assert (article.paragraphs, article.premium) == (STORY[:2], True)


BENEFITS = [
    ("Exclusive premium stories", "More than 30 a day, picked by our editors."),
    ("E-paper", "Read the replica of our newspaper on any device."),
    ("Curated Newsletters", "The morning’s markets delivered to your inbox."),
    ("Archives", "All that we have published since 1997."),
    ("Ad-free Reading", "Pages without advertising."),
]


@pytest.mark.parametrize(
    "item",
    [
        "<li><b>{}</b> {}</li>",
        "<li><strong>{}:</strong> {}</li>",
        "<p><b>{}</b> – {}</p>",
        "<div><b>{}</b><span>{}</span></div>",
        "<li><b>{}</b><br>{}</li>",
    ],
)
def test_a_bare_list_of_benefits_goes(item):
    listed = "".join(item.format(*benefit) for benefit in BENEFITS)
    assert read(divs(STORY[:2]) + f"<div>{listed}</div>" + divs(STORY[2:])).paragraphs == STORY
    assert read(divs(STORY) + f"<ul>{listed}</ul>").paragraphs == STORY


def test_a_story_about_what_papers_sell_stays():
    listed = [
        "E-paper: 4,000 readers had it last year, and half of them kept it.",
        "Newsletters: two of five were stopped in May.",
        "Archives: the oldest issue was lost in the flood.",
        "Prices: ₹300 a month, which is what a cup of tea a day costs in Maro.",
    ]
    assert read(divs([*STORY[:2], *listed, STORY[2]])).paragraphs == [*STORY[:2], *listed, STORY[2]]


BS = by_name("business-standard.com")


@pytest.mark.parametrize(
    "twin",
    [
        "https://wap.business-standard.com/article-amp/world-news/talks-125090301234_1.html?x=1",
        "https://www.business-standard.com/amp/article/world-news/talks-125090301234_1.html",
    ],
)
def test_twins_for_telephones(twin):
    assert by_url(twin) is BS
    site = Site(BS, twin)
    assert site.url(twin) == "https://www.business-standard.com/article/world-news/talks-125090301234_1.html"
    assert read(divs(STORY), url=twin).url == site.url(twin)
    assert read(divs(STORY), url=twin).paragraphs == STORY


def test_other_pages_of_the_old_mobile_site_are_none_of_its_articles():
    assert Site(BS, URL).url("https://wap.business-standard.com/world-news/talks-125090301234_1.html") is None


def test_feeds_of_sections_within_sections():
    assert (
        Site(BS, URL).section("https://www.business-standard.com/rss/industry/banking-21703.rss") == "industry/banking"
    )
    assert Site(BS, URL).section("https://www.business-standard.com/rss/world-news-221.rss") == "world-news"
