"""The edition's pages, built as the publisher builds its own; see docs/architecture.md."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from xml.sax.saxutils import escape as xml

from newscrawl.demo.edition import Story

HOME = "https://www.business-standard.com"
_HASHES = ("Pe3ys", "dfq57", "k9_Qa", "x0Lm2")  # as each deploy makes new ones
_CLUTTER = """<nav><ul><li><a href="/">Home</a></li><li><a href="/markets">Markets</a></li>
<li><a href="/world-news">World News</a></li><li><a href="/videos">Videos</a></li></ul></nav>"""
_OTHERS = """<div class="listingstyle_cardlistlist__dfq57 cardlist"><div class="image-card"><h3>
<a class="smallcard-title" href="/markets/news/grain-index-slips-125090309001_1.html">Grain index slips on Port Maro exchange</a></h3></div></div>
<div class="cardlist"><h3><a class="smallcard-title" href="/videos/world-news/how-tides-work-125090309002_1.html">Watch: how tides work</a></h3></div>
<div class="cardlist"><h3><a class="smallcard-title" href="/web-stories/world-news/ten-lighthouses-125090309003_1.html">Ten lighthouses</a></h3></div>
<h2><a class="smallcard-title" href="/world-news">World News</a></h2>"""
_PLANS = (
    ("Smart Quarterly", "₹900", "3 Months", "₹300/Month", "SAVE 25%"),
    ("Smart Essential", "₹2,700", "1 Year", "₹225/Month", "SAVE 46%"),
    ("Super Saver", "₹3,900", "2 Years", "₹162/Month"),
)
_OFFER = (
    "Already subscribed? Log in",
    "Subscribe to read the full story →",
    "Subscribe to Business Standard digital and get complimentary access to The New York Times",
    *(line for plan in _PLANS for line in plan),
    "Subscribe",
    "Renews automatically, cancel anytime",
    "Here’s what’s included in our digital subscription plans",
    "Exclusive premium stories online",
    "• Over 30 premium stories daily, handpicked by our editors",
    "Complimentary Access to The New York Times",
    "Business Standard Epaper",
    "Curated Newsletters",
    "Market Analysis & Investment Insights",
    "Archives",
    "Ad-free Reading",
    "Seamless Access Across All Devices",
    "SAVE 46%",
    "Subscribe for ₹2,700 / 1 Year",
    "Connect with us on WhatsApp",
)
_AD = '<div class="storyadsprg"><div id="between_article_content_1">Advertisement</div></div>'
_PLAYER = '<div class="MainStory_storyautio__aa1"><span>Listen to this article</span><audio></audio></div>'
_SPACER = '<span style="display:block;height:12px">&nbsp;</span>'


def _class(story: Story, prefix: str, name: str) -> str:
    """A class attribute: hashed, mostly with its plain companion."""
    hashed = f"{prefix}_{name}__{_HASHES[(story.number + story.day) % len(_HASHES)]}"
    return hashed if story.number % 5 == 3 else f"{hashed} {name}"


def _moment(date: datetime) -> str:
    return f"{date:%b %d %Y | %-I:%M %p} IST"


def _url(story: Story) -> str:
    """The address under which links name a story: plain, AMP, relative, tracked or http."""
    forms = (
        HOME + story.path,
        story.path,
        HOME + "/amp" + story.path,
        HOME.replace("https", "http") + story.path + "?utm_source=listing&utm_medium=web",
    )
    return forms[story.number % len(forms)]


def _body(story: Story) -> str:
    text = story.text
    paragraphs = [escape(paragraph, quote=False) for paragraph in text["body"]]
    also = '<div class="recommendsection"><h4>Also Read</h4><ul><li><a href="/world-news/other-125090200001_1.html">Another story</a></li></ul></div>'
    if story.number % 2:
        also = '<p><strong>Also Read:</strong> <a href="/world-news/other-125090200001_1.html">Another story</a></p>'
    offer = "".join(f"<div>{escape(line)}</div>" for line in _OFFER)
    if story.number % 3 == 0:
        offer = f'<div class="subscribe-page">{offer}</div>'
    middle = f'{_AD}{_PLAYER}{also}<div class="mb-20" style="margin:0"><b>Track markets live</b></div>{_SPACER}'
    style = story.number % 4
    if "subheading" in text:
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in text["table"])
        items = "".join(f"<li>{escape(item)}</li>" for item in text["list"])
        paragraphs[1:1] = [f"<h3>{escape(text['subheading'])}</h3>"]
        paragraphs += [
            f"<ul>{items}</ul>",
            f"<blockquote>{escape(text['quote'])}</blockquote>",
            f"<table>{rows}</table>",
        ]
        style = 0
    if "updates" in text:
        for time, heading, update in text["updates"]:
            paragraphs.append(f"<div><span>{time}</span><h3>{escape(heading)}</h3><p>{escape(update)}</p></div>")
        style = 0
    if style == 2:
        story_html = "<br><br>".join(paragraphs[:2]) + middle + "<br/> <br/>".join(paragraphs[2:])
    else:
        tag = "p" if style == 1 else "div"
        wrapped = [f"<{tag}>{p}</{tag}>" for p in paragraphs]
        story_html = "\n".join(wrapped[:2]) + middle + "\n".join(wrapped[2:])
    if style == 3:
        story_html = f'<div class="non-paywall-content">{story_html}</div>'
    after = "" if story.number % 3 == 2 else offer
    if story.number % 3 == 2:  # the offer stands between two paragraphs
        story_html = story_html.replace(middle, middle + f"<div>{'</div><div>'.join(map(escape, _OFFER[:6]))}</div>", 1)
    return f'<div class="{_class(story, "MainStory", "storycontent")}"><div id="parent_top_div">{story_html}{after}</div></div>'


def _json_ld(story: Story) -> str:
    if not story.has_json_ld:
        return ""
    node: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if story.kind == "live" else "NewsArticle",
        "headline": story.text["headline"],
        "description": story.text["dek"],
        "datePublished": story.published.isoformat(),
        "dateModified": story.updated.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "isAccessibleForFree": story.kind != "premium",
        "articleBody": " ".join([*story.text["body"], *story.text.get("hidden", ())]),
    }
    form = story.number % 6
    if form == 3:  # broken as some of the publisher's are
        text = json.dumps(node, ensure_ascii=False).replace(". ", ".\n")[:-1] + ",}"
    else:
        wrapped: object = {1: [node], 2: {"@graph": [{"@type": "WebPage"}, node]}}.get(form, node)
        text = json.dumps(wrapped, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


def _byline(story: Story) -> str:
    names = story.authors
    tag = "span" if story.number % 3 == 1 and len(names) == 1 else "a"
    people = " ".join(f"<{tag} {'href=/author/x' if tag == 'a' else ''}>{escape(name)}</{tag}>" for name in names)
    place = f' <span style="color:#888">{escape(story.text["place"])}</span>' if "place" in story.text else ""
    return f'<span class="MainStory_dtlauthinfo__{_HASHES[story.number % 4]}">{people}{place}</span>'


def _dates(story: Story) -> str:
    minutes, moment = f"{story.text['minutes']} min read", _moment(story.updated)
    if story.number % 5 == 2:
        return f'<div class="meta-info" data-expandedtime="Updated: {moment}">{minutes}</div>'
    if story.number % 5 == 1:
        return f'<div class="meta-info">{minutes} <!-- --> Last Updated : <!-- -->{moment[:-4]}<!-- --> IST</div>'
    return f'<div class="meta-info"><span>{minutes}</span> Last Updated : {moment}</div>'


def article(story: Story, following: Story, more: Sequence[Story]) -> str:
    """One article's page; ``following`` is its Next Story."""
    text, number = story.text, story.number
    hidden = json.dumps(
        {"props": {"pageProps": {"data": {"htmlContent": " ".join([*text["body"], *text.get("hidden", ())])}}}}
    )
    links = "".join(f'<li><a href="{_url(s)}">{escape(s.text["headline"])}</a></li>' for s in more)
    topics = "".join(f"<span>{escape(topic)}</span>" for topic in text["topics"])
    label = '<span class="MainStory_strlabel__q1"> Premium </span>' if story.kind == "premium" else ""
    label += '<span class="LiveButton_livetitle__q2">LIVE</span>' if story.kind == "live" else ""
    counter = f'<div class="sharecount">{17 * story.day + number % 5} readers now</div>'  # the shell of the page lives
    first = f"<div>First Published: <!-- -->{_moment(story.published)}</div>" if story.shows_first_published else ""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(text["headline"])} | World News</title>
<link rel="canonical" href="{HOME}{story.path}"><meta property="og:title" content="{escape(text["headline"])}">
<meta property="og:image" content="https://bsmedia.business-standard.com/{story.id}.jpg">
<meta property="article:published_time" content="{story.published.isoformat()}">
{_json_ld(story)}<style>.x{{}}</style></head><body>{_CLUTTER}
<div class="breadcrum"><a href="/">Home</a> / <a href="/world-news">World News</a> / <span>{escape(text["headline"])}</span></div>
{label}<h1 class="{_class(story, "MainStory", "stryhdtp")}">{escape(text["headline"])}</h1>
<h2 class="{_class(story, "MainStory", "strydsc")}">{escape(text["dek"])}</h2>
<div class="story-image"><img src="https://bsmedia.business-standard.com/{story.id}.jpg" alt="">
<div class="MainStory_captiontext__z9">The scene on day {number + 1}. Photo: Edition.</div></div>
{_byline(story)}{_dates(story)}<div>Connect with us</div>
{_body(story)}
<div><h3>More From This Section</h3><ul>{links}</ul></div>
<div class="MainStory_topiclisting__m3">Topics :{topics}</div>{first}
{counter}<div>Explore News</div><a href="{_url(following)}"><span>Next Story</span></a>
<script id="__NEXT_DATA__" type="application/json">{hidden}</script></body></html>"""


def listing(page: int, shown: Sequence[Story], pages: int) -> str:
    """Page ``page`` of the section's listing."""
    cards = []
    for story in shown:
        level = 2 + story.number % 3
        premium = '<span class="Card_premium_categorytext__1">Premium</span>' if story.kind == "premium" else ""
        date = f'<div class="MetaPost_metainfo__MmNP0">{story.text["minutes"]} min read <!-- --> Last Updated : <!-- -->{_moment(story.updated)[:-4]}<!-- --> IST</div>'
        cards.append(
            f'<div class="listingstyle_cardlistlist__{_HASHES[page]} cardlist"><div class="image-card"><div class="image-title">'
            f'<h{level}>{premium}<a class="smallcard-title" href="{_url(story)}">{escape(story.text["headline"])}</a></h{level}></div>'
            f'<div class="shortvideoimg"><a class="img-smllnews" href="{story.path}"></a></div></div>'
            f'<div class="MetaPost_metapost__dt07I metapoststyle">{date if story.number % 7 else ""}</div></div>'
        )
    older = f'<a href="/world-news/page-{page + 1}">Next</a>' if page < pages else ""
    canonical = f'<link rel="canonical" href="{HOME}/world-news{f"/page-{page}" if page > 1 else ""}">'
    return f"<!DOCTYPE html><html lang=en><head><title>World News</title>{canonical}</head><body>{_CLUTTER}{_OTHERS}{''.join(cards)}{older}</body></html>"


def rss(edition: Sequence[Story]) -> str:
    """The section's RSS feed."""
    items = "".join(
        f"<item><title>{xml(s.text['headline'])}</title><link>{HOME}{s.path}</link><pubDate>{format_datetime(s.published)}</pubDate></item>"
        for s in edition
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>World News</title>{items}</channel></rss>'


def sitemap(edition: Sequence[Story]) -> str:
    """A sitemap of the edition, with entries of another section among them."""
    paths = [*(s.path for s in edition), "/markets/news/grain-index-slips-125090309001_1.html"]
    urls = "".join(f"<url><loc>{HOME}{path}</loc></url>" for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def sitemap_index(paths: Sequence[str]) -> str:
    """An index of sitemaps."""
    maps = "".join(f"<sitemap><loc>{HOME}{path}</loc></sitemap>" for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
