# ruff: noqa: E501 - markup
"""Article pages as large and as cluttered as the publisher's own, joined from parts that are made once.

    python -m benchmarks.bigpage 7 > page.html       # one of them; its shape goes to stderr

Some 150 KB and 2000 elements around ten paragraphs: menus, scripts, styles, the story again as JSON, cards of
other stories, advertisements, icons, a footer. Stories are those of ``benchmarks.site``, longer.
"""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from random import Random

from benchmarks.site import SENTENCES, headline, path, published

HOME = "https://www.business-standard.com"
_SHELLS = 8  # deploys, each with hashes, menus and cards of its own
_SECTIONS = (
    "markets companies economy industry technology finance world-news india-news politics opinion sports health"
    " education lifestyle specials budget elections cricket entertainment management"
).split()
_WORDS = (
    "news latest analysis results live today top best rate price gold fuel share stock fund tax bank loan card home"
    " auto power steel cement retail media travel start-up policy trade export crop rain jobs exam school college"
).split()
_NAMES = "e t n r i o a s u c l d p m h g f b v w y k x".split()
_COMPONENTS = (
    "Header MegaMenu Ticker Search Login MetaPost MainStory Share Card Widget Footer Poll Listing Video".split()
)
_PROPERTIES = (
    "margin:0 auto", "padding:12px 16px", "display:flex", "position:relative", "font:500 14px/20px Inter,Arial",
    "color:#161616", "background:#fff6f0", "border-bottom:1px solid #e5e5e5", "align-items:center", "width:100%",
    "max-width:1284px", "z-index:12", "transition:all .3s ease-in-out", "overflow:hidden", "text-overflow:ellipsis",
    "box-shadow:0 2px 8px rgba(0,0,0,.16)", "grid-template-columns:1fr 300px", "letter-spacing:-.01em",
)  # fmt: skip
_PLANS = (
    ("Smart Quarterly", "₹900", "3 Months", "₹300/Month", "SAVE 25%"),
    ("Smart Essential", "₹2,700", "1 Year", "₹225/Month", "SAVE 46%"),
    ("Super Saver", "₹3,900", "2 Years", "₹162/Month"),
)
#: The offer in the body, as in the demo's pages.
OFFER = (
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
    "Connect with us on WhatsApp",
)


@dataclass(frozen=True)
class Story:
    """What a reader of page ``number`` reads."""

    number: int
    headline: str
    dek: str
    place: str
    paragraphs: tuple[str, ...]


def story(number: int) -> Story:
    """The story of a page, its own, 8 to 15 paragraphs long."""
    rng = Random(number)
    place = headline(number).split(":", 1)[0]
    texts = [" ".join(rng.choices(SENTENCES, k=rng.randint(2, 5))) for _ in range(rng.randint(8, 15))]
    texts[0] = f"{place} noted case {number} on {published(number):%B %d}. {texts[0]}"
    return Story(number, headline(number), rng.choice(SENTENCES), place, tuple(texts))


# The parts that do not depend on the story ----------------------------------


def _hash(rng: Random) -> str:
    return "".join(rng.choices("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789_-", k=5))


def _title(rng: Random, words: int = 2) -> str:
    return " ".join(rng.choices(_WORDS, k=words)).capitalize()


def _statement(rng: Random) -> str:
    a, b, c = rng.choices(_NAMES, k=3)
    word, component = rng.choice(_WORDS).replace("-", ""), rng.choice(_COMPONENTS)
    return rng.choice(
        (
            f'!function({a},{b}){{if({a}&&{a}.{word}&&{b}<{rng.randrange(900)})return {a}.push(["{word}",{b}]);}}(window,{rng.randrange(99)});',
            f'var {a}=document.createElement("script");{a}.async=!0;{a}.src="https://cdn.example.net/{word}/{_hash(rng)}.js";',
            f'window.dataLayer=window.dataLayer||[];dataLayer.push({{"event":"{word}{component}","id":{rng.randrange(10**6)}}});',
            f'{a}.exports={{{word}:"{component}_{word}__{_hash(rng)}",{b}:{c}=>{c}.map({a}=>{a}.{word}||"<div class=x>{word}</div>")}};',
            f'try{{localStorage.setItem("{word}",JSON.stringify({{{a}:{rng.randrange(999)}}}))}}catch({b}){{}}',
        )
    )


def _script(rng: Random, size: int) -> str:
    return f"<script>{_until(size, lambda: _statement(rng))}</script>"


def _until(size: int, make: Callable[[], str]) -> str:
    parts, length = [], 0
    while length < size:
        parts.append(make())
        length += len(parts[-1])
    return "".join(parts)


def _style(rng: Random, size: int) -> str:
    def rule() -> str:
        names = f".{rng.choice(_COMPONENTS)}_{rng.choice(_WORDS)}__{_hash(rng)}"
        inner = ";".join(rng.sample(_PROPERTIES, rng.randint(2, 5)))
        return f"{names}{{{inner}}}" if rng.random() < 0.85 else f"@media (max-width:768px){{{names}{{{inner}}}}}"

    return f"<style>{_until(size, rule)}</style>"


def _icon(rng: Random, name: str) -> str:
    line = " ".join(f"{rng.choice('MLCHVZ')}{rng.uniform(0, 24):.2f} {rng.uniform(0, 24):.2f}" for _ in range(14))
    return (
        f'<svg width="24" height="24" viewBox="0 0 24 24" fill="none" aria-hidden="true"><title>{name} Icon</title>'
        f'<g><path d="{line}" fill="#161616"/></g></svg>'
    )


def _pixels(rng: Random, size: int) -> str:
    return f"data:image/webp;base64,{b64encode(rng.randbytes(size * 3 // 4)).decode()}"


def _menu(rng: Random, suffix: str) -> str:
    def column(section: str) -> str:
        items = "".join(
            f'<li class="MegaMenu_item__{suffix}"><a href="/{section}/{title.lower().replace(" ", "-")}" title="{title}">{title}</a></li>'
            for title in (_title(rng) for _ in range(11))
        )
        name = section.replace("-", " ").title()
        return f'<li class="MegaMenu_top__{suffix}"><a href="/{section}">{name}</a><div class="MegaMenu_drop__{suffix}"><ul>{items}</ul></div></li>'

    return f'<nav class="MegaMenu_nav__{suffix}" aria-label="Main"><ul>{"".join(map(column, _SECTIONS))}</ul></nav>'


def _footer(rng: Random, suffix: str) -> str:
    def block() -> str:
        items = "".join(
            f'<li><a href="{HOME}/topic/{title.lower().replace(" ", "-")}" rel="noopener">{title}</a></li>'
            for title in (_title(rng, 3) for _ in range(15))
        )
        return f'<div class="Footer_block__{suffix}"><h4>{_title(rng)}</h4><ul>{items}</ul></div>'

    icons = "".join(f'<a href="https://social.example/{n}">{_icon(rng, n)}</a>' for n in ("Facebook", "X", "LinkedIn"))
    return (
        f'<footer class="Footer_footer__{suffix}">{"".join(block() for _ in range(8))}<div>{icons}</div>'
        "<p>Copyright © Edition. All rights reserved.</p></footer>"
    )


def _cards(rng: Random, suffix: str, count: int) -> str:
    def card() -> str:
        number = rng.randrange(1000)
        url, title = HOME + path(number).replace("/world-news/", "/markets/news/"), escape(headline(number))
        moment = f"{published(number):%b %d %Y | %-I:%M %p}"
        return (
            f'<div class="listingstyle_cardlistlist__{suffix} cardlist"><div class="image-card"><div class="image-title"><h3>'
            f'<a class="smallcard-title" href="{url}">{title}</a></h3></div><div class="shortvideoimg"><a class="img-smllnews" href="{url}">'
            f'<img loading="lazy" decoding="async" width="100" height="56" src="https://bsmedia.business-standard.com/{number}.jpg?im=FeatureCrop,size=(100,56)" alt="{title}"></a></div></div>'
            f'<div class="MetaPost_metapost__{suffix} metapoststyle"><div class="MetaPost_metainfo__{suffix}">3 min read <!-- --> Last Updated : <!-- -->{moment}<!-- --> IST</div></div></div>'
        )

    return "".join(card() for _ in range(count))


def _ad(rng: Random, number: int) -> str:
    return (
        f'<div class="storyadsprg advertisement-bg"><div id="between_article_content_{number}" style="min-height:250px">'
        f"<span>Advertisement</span><script>googletag.cmd.push(function(){{googletag.display('div-gpt-{rng.randrange(10**9)}')}});</script></div></div>"
    )


@dataclass(frozen=True)
class _Shell:
    """What all pages of one deploy share, encoded."""

    suffix: str
    head: bytes
    top: bytes
    aside: bytes
    foot: bytes
    ads: tuple[str, ...]
    menus: str


@cache
def _shell(number: int) -> _Shell:
    rng = Random(f"shell {number}")
    suffix = _hash(rng)
    names = [f"{_title(rng)}{n}".replace(" ", "") for n in range(7)]
    preload = "".join(
        f'<link rel="preload" as="script" href="/_next/static/chunks/{_hash(rng)}-{n}.js">' for n in range(20)
    )
    head = preload + _style(rng, 7500) + _script(rng, 5000) + _script(rng, 3000) + _style(rng, 2500)
    tickers = "".join(
        f'<li><span class="Ticker_name__{suffix}">{n}</span><b>{rng.uniform(1, 9e4):.2f}</b></li>' for n in names
    )
    logo = f'<a href="/" class="Header_logo__{suffix}"><img alt="Edition" src="{_pixels(rng, 2200)}"></a>'
    icons = "".join(_icon(rng, name) for name in ("Search", "Login", "Bell", "Menu", "Epaper", "Close"))
    top = (
        f'<noscript><iframe src="https://tags.example/ns.html" style="display:none"></iframe></noscript><div id="__next">'
        f'<header class="Header_header__{suffix}">{logo}{icons}<ul class="Ticker_list__{suffix}">{tickers}</ul></header>'
        f"{_menu(rng, suffix)}{_script(rng, 3000)}{_ad(rng, 90)}"
    )
    aside = (
        f'<aside class="Widget_rail__{suffix}"><h2>Latest News</h2>{_cards(rng, suffix, 20)}{_ad(rng, 91)}'
        f'<img alt="" src="{_pixels(rng, 1800)}"><h2>Most Viewed</h2>{_cards(rng, suffix, 12)}</aside>'
    )
    foot = (
        f'<section class="Widget_also__{suffix}"><h2>You May Also Like</h2>{_cards(rng, suffix, 16)}</section>'
        f"{_footer(rng, suffix)}</div>{_script(rng, 7500)}{_script(rng, 3500)}"
    )
    menus = json.dumps(
        [
            {"id": n, "title": _title(rng), "url": f"/{rng.choice(_SECTIONS)}/{_title(rng)}", "sub": []}
            for n in range(70)
        ]
    )
    ads = tuple(_ad(rng, n) for n in range(4))
    return _Shell(suffix, head.encode(), top.encode(), aside.encode(), foot.encode(), ads, menus)


# The story ------------------------------------------------------------------


def _moment(number: int) -> str:
    return f"{published(number):%b %d %Y | %-I:%M %p} IST"


def _json_ld(told: Story, url: str) -> str:
    iso = published(told.number).isoformat()
    nodes: tuple[object, ...] = (
        {
            "@context": "https://schema.org", "@type": "NewsArticle", "mainEntityOfPage": url,
            "headline": told.headline, "description": told.dek, "datePublished": iso, "dateModified": iso,
            "author": [{"@type": "Person", "name": "Edition Wire", "url": f"{HOME}/author/edition-wire"}],
            "image": {"@type": "ImageObject", "url": _image(told.number), "width": 1200, "height": 675},
            "publisher": {"@type": "NewsMediaOrganization", "name": "Edition", "logo": f"{HOME}/logo.png"},
            "articleSection": "World News", "keywords": f"{told.place}, Harbours, Rain", "inLanguage": "en",
            "isAccessibleForFree": True, "articleBody": " ".join(told.paragraphs),
        },
        {
            "@context": "https://schema.org", "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "item": {"@id": HOME, "name": "Home"}},
                {"@type": "ListItem", "position": 2, "item": {"@id": f"{HOME}/world-news", "name": "World News"}},
                {"@type": "ListItem", "position": 3, "item": {"@id": url, "name": told.headline}},
            ],
        },
        {"@context": "https://schema.org", "@type": "WebSite", "url": HOME, "name": "Edition"},
    )  # fmt: skip
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>' for node in nodes
    )


def _image(number: int) -> str:
    return f"https://bsmedia.business-standard.com/_media/bs/img/article/{number}.jpg"


def _metas(told: Story, url: str) -> str:
    iso, title, dek = published(told.number).isoformat(), escape(told.headline), escape(told.dek)
    named = {
        "description": dek, "keywords": f"{told.place}, Harbours", "news_keywords": f"{told.place}, Harbours",
        "robots": "index, follow, max-image-preview:large", "author": "Edition Wire", "twitter:card": "summary",
        "twitter:title": title, "twitter:description": dek, "twitter:image": _image(told.number),
        "twitter:site": "@edition", "theme-color": "#fff", "application-name": "Edition", "referrer": "always",
        "viewport": "width=device-width, initial-scale=1", "apple-mobile-web-app-capable": "yes",
        "msapplication-TileColor": "#da532c", "google-site-verification": "x" * 43, "format-detection": "telephone=no",
    }  # fmt: skip
    properties = {
        "og:title": title, "og:description": dek, "og:url": url, "og:image": _image(told.number), "og:type": "article",
        "og:site_name": "Edition", "og:locale": "en_IN", "og:image:width": "1200", "og:image:height": "675",
        "article:published_time": iso, "article:modified_time": iso, "article:section": "World News",
        "article:tag": told.place, "article:author": "Edition Wire", "fb:app_id": "1", "fb:pages": "2",
    }  # fmt: skip
    return (
        "".join(f'<meta name="{name}" content="{value}">' for name, value in named.items())
        + "".join(f'<meta property="{name}" content="{value}">' for name, value in properties.items())
        + f'<meta http-equiv="Last-Modified" content="{iso}">'
    )


def _body(told: Story, shell: _Shell) -> str:
    """The paragraphs with what stands between them, in one of the publisher's forms."""
    tag = "p" if told.number % 4 == 1 else "div"
    parts = [f"<{tag}>{escape(text, quote=False)}</{tag}>" for text in told.paragraphs]
    offer = "".join(f"<div>{escape(line)}</div>" for line in OFFER)
    if told.number % 3 == 0:
        offer = f'<div class="subscribe-page">{offer}</div>'
    also = "".join(f'<li><a href="{HOME}{path(n)}">{escape(headline(n))}</a></li>' for n in range(5))
    parts[6:6] = [
        f'<div class="mb-20" style="margin:0"><style>.x{{}}</style><b>Track markets live</b></div>{shell.ads[1]}'
    ]
    parts[4:4] = [f'<div class="recommendsection"><h4>Also Read</h4><ul>{also}</ul></div>']
    parts[2:2] = [
        shell.ads[0] + f'<div class="MainStory_storyautio__{shell.suffix}"><span>Listen to this article</span>'
        "<audio></audio></div>" + '<span style="display:block;height:12px">&nbsp;</span>'
    ]
    inner = "\n".join([*parts, offer])
    inner = f'<div class="non-paywall-content">{inner}</div>' if told.number % 4 == 3 else inner
    return (
        f'<div class="MainStory_storycontent__{shell.suffix} storycontent"><div id="parent_top_div">{inner}</div></div>'
    )


def _main(told: Story, shell: _Shell, following: str, more: Iterable[int]) -> str:
    title, suffix = escape(told.headline), shell.suffix
    links = "".join(
        f'<li class="MainStory_more__{suffix}"><a href="{HOME}{path(n)}">{escape(headline(n))}</a></li>' for n in more
    )
    topics = "".join(f'<span><a href="/topic/{t.lower()}">{t}</a></span>' for t in (told.place, "Harbours", "Rain"))
    share = "".join(f'<a class="Share_icon__{suffix}" href="#{n}">{n} Icon</a>' for n in ("Facebook", "LinkedIN"))
    return f"""<main><div class="breadcrum"><a href="/">Home</a> / <a href="/world-news">World News</a> / <span>{title}</span></div>
<h1 class="MainStory_stryhdtp__{suffix} stryhdtp">{title}</h1><h2 class="MainStory_strydsc__{suffix} strydsc">{escape(told.dek)}</h2>
<div class="story-image"><img fetchpriority="high" width="1200" height="675" src="{_image(told.number)}" alt="{told.place}">
<div class="MainStory_captiontext__{suffix}">{told.place} on the day. Photo: Edition.</div></div>
<span class="MainStory_dtlauthinfo__{suffix}"><a href="/author/edition-wire">Edition Wire</a> <span style="color:#888">{told.place}</span></span>
<div class="meta-info">3 min read <!-- --> Last Updated : <!-- -->{_moment(told.number)[:-4]}<!-- --> IST</div><div>Connect with us</div>{share}
{_body(told, shell)}{shell.ads[2]}
<div class="MainStory_morefrom__{suffix}"><h3>More From This Section</h3><ul>{links}</ul></div>
<div class="MainStory_topiclisting__{suffix}">Topics :{topics}</div>
<div>First Published: <!-- -->{_moment(told.number)}</div>{shell.ads[3]}
<div>Explore News</div><a href="{HOME}{following}"><span>Next Story</span></a></main>"""


def _next_data(told: Story, shell: _Shell) -> str:
    content = "".join(f"<div>{text}</div>" for text in told.paragraphs)
    data = {"htmlContent": content, "heading1": told.headline, "metaDescription": told.dek, "articleId": told.number}
    story_json = json.dumps(data, ensure_ascii=False)
    return (
        f'<script id="__NEXT_DATA__" type="application/json">{{"props":{{"pageProps":{{"data":{story_json},'
        f'"menus":{shell.menus}}}}},"page":"/[...slug]","buildId":"{shell.suffix}"}}</script>'
    )


def page(number: int, following: int | None = None, more: Sequence[int] | None = None) -> bytes:
    """Page ``number``; ``following`` and ``more`` are the numbers of the stories that it leads to."""
    shell, told = _shell(number % _SHELLS), story(number)
    url = HOME + path(number)
    following = max(0, number - 1) if following is None else following
    more = range(max(0, number - 7), number - 2) if more is None else more
    title = escape(told.headline)
    return b"".join(
        (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | World News</title>'
            f'<link rel="canonical" href="{url}">{_metas(told, url)}{_json_ld(told, url)}'.encode(),
            shell.head,
            b"</head><body>",
            shell.top,
            _main(told, shell, path(following), more).encode(),
            shell.aside,
            shell.foot,
            _next_data(told, shell).encode(),
            b"</body></html>",
        )
    )


def shape(html: bytes) -> dict[str, int]:
    """What a page is made of: bytes, elements, links, and the percentage of bytes in scripts and styles."""
    code = sum(len(match[0]) for match in re.finditer(rb"<(script|style)\b.*?</\1>", html, re.DOTALL))
    return {
        "bytes": len(html),
        "elements": len(re.findall(rb"<[a-z]", re.sub(rb"(<(script|style)\b[^>]*>).*?</\2>", rb"\1", html, flags=re.DOTALL))),
        "links": html.count(b"<a "),
        "percent_code": 100 * code // len(html),
    }  # fmt: skip


if __name__ == "__main__":
    html = page(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    sys.stdout.buffer.write(html)
    print(shape(html), file=sys.stderr)
