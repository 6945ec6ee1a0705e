"""Sections of invented publishers, each built in a style of its own: nothing here shares a template."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice

from tests.conftest import LocalSite

_WHO = [
    "The ferry company",
    "A beekeeper from Orrin",
    "The council of Maro",
    "An engineer",
    "The night watch",
    "Her sister",
]
_DID = ["counted the boats", "closed the old bridge", "found a second bell", "sold the last lamp", "opened the granary"]
_WHEN = ["before the tide turned", "while the market slept", "for the third year running", "without a word to anyone"]


def prose(number: int, paragraphs: int = 5) -> list[str]:
    """Paragraphs of a story, other ones for each number."""
    found = []
    for p in range(paragraphs):
        n = number * 7 + p * 3
        found.append(
            f"{_WHO[n % 6]} {_DID[n % 5]} {_WHEN[n % 4]}, as {number} people saw from the quay on that day. "
            f"{_WHO[(n + 2) % 6]} {_DID[(n + 3) % 5]} {_WHEN[(n + 1) % 4]}, and nobody in the valley asked why."
        )
    return found


@dataclass
class Section:
    """Where a section begins, and what must come of it: paths of its articles, and of pages that are none."""

    start: str
    articles: set[str]
    skipped: int = 0


def weblog(site: LocalSite) -> Section:
    """Dates in the path, /page/2/, h2 in header in article, comments feed, widgets; as of a common weblog program."""
    paths = [f"/2025/09/{n:02d}/lamp-{n}/" for n in range(1, 10)]

    def listing(shown: list[str], older: str | None) -> str:
        posts = "".join(
            f'<article id="post-{n}" class="post-{n} post type-post category-harbour"><header class="entry-header">'
            f'<h2 class="entry-title"><a href="{path}" rel="bookmark">The lamp of pier {n} burns again</a></h2>'
            f'<span class="byline">by <a class="url fn n" href="/author/jane-doe-of-maro/">Jane Doe of Maro</a></span></header>'
            f'<div class="entry-summary"><p>{prose(n, 1)[0]}</p><a href="{path}#more-{n}">Continue reading</a></div>'
            f'<footer class="entry-footer"><a href="/category/harbour/" rel="category tag">Harbour</a>'
            f'<a href="{path}#respond">Leave a comment</a></footer></article>'
            for n, path in enumerate(shown, 1)
        )
        onward = f'<a href="{older}" class="older"><span>←</span> Older posts</a>' if older else ""
        return (
            '<!DOCTYPE html><html lang="en-GB"><head><link rel="alternate" type="application/rss+xml" href="/comments/feed/"/>'
            '<meta property="og:type" content="article"><script type="application/ld+json">{"@graph":[{"@type":"CollectionPage"}]}</script>'
            '</head><body class="archive has-sidebar"><nav id="site-navigation"><a href="/">Home</a>'
            '<a href="/about-the-harbour-post/">About the Harbour Post and its people</a></nav><div id="content" class="with-sidebar">'
            f'<h1 class="page-title">Harbour</h1>{posts}<div class="nav-links">{onward}</div></div>'
            '<div id="secondary" class="widget-area sidebar"><section class="widget"><h2>Recent Posts</h2><ul>'
            '<li><a href="/2025/08/01/the-other-sections-story-of-the-week/">The other section’s story of the week</a></li></ul>'
            '</section><ul><li><a href="/2025/09/">September 2025</a></li></ul></div></body></html>'
        )

    site.html("/category/harbour/", listing(paths[:5], "/category/harbour/page/2/"))
    site.html("/category/harbour/page/2/", listing(paths[5:], None))
    for n, path in enumerate(paths, 1):
        site.html(path, (
            f'<html lang="en-GB"><head><title>The lamp of pier {n} burns again – The Harbour Post</title>'
            f'<link rel="canonical" href="{site.origin}{path}"><meta property="article:published_time" content="2025-09-{n:02d}T08:00:00+00:00">'
            f'</head><body><article class="post"><h1 class="entry-title">The lamp of pier {n} burns again</h1><div class="entry-content">'
            f"{''.join(f'<p>{p}</p>' for p in prose(n))}</div></article><nav class='post-navigation'>"
            f"<a rel='prev' href='/2025/01/01/an-older-post-of-another-kind/'>An older post of another kind</a></nav></body></html>"
        ))  # fmt: skip
    return Section("/category/harbour/", set(paths))


def ids_in_the_query(site: LocalSite) -> Section:
    """Tables, article.php?id=, session ids in each link, pages by &start=."""
    ids = range(41, 53)

    def row(n: int) -> str:
        href = f"article.php?id={n}&amp;PHPSESSID=ab{n}cd"
        return (
            f"<tr><td><a href='{href}'><img src='t{n}.gif' border=0></a></td><td><font size=3><a href='{href}'><b>"
            f"Granary number {n} opened to the public</b></a></font><br>{prose(n, 1)[0]} <a href='{href}'>more</a></td></tr>"
        )

    def listing(shown: range, start: int) -> str:
        pages = " ".join(f"<a href='list.php?cat=3&amp;start={s}'>{s // 6 + 1}</a>" for s in (0, 6) if s != start)
        menu = "".join(f"<td><a href='list.php?cat={c}'>Part {c}</a></td>" for c in range(9))
        return (
            f"<html><head><title>Granaries</title></head><body><table width=100%><tr>{menu}</tr></table>"
            f"<table>{''.join(map(row, shown))}</table><p>Pages: {pages}</p>"
            "<a href='print.php?cat=3'>Print this</a> <a href='article.pdf'>The granary yearbook as a file</a></body></html>"
        )

    site.html("/list.php?cat=3", listing(ids[:6], 0))
    site.html("/list.php?cat=3&start=6", listing(ids[6:], 6))
    for n in ids:
        site.html(f"/article.php?id={n}", (
            f"<html><head><title>Granary number {n} opened to the public</title><meta property=og:type content=article></head><body><h1>Granary number {n} opened to the public"
            f"</h1><i>Published: 3 September 2025 11:{n} UTC</i><div class=txt>{''.join(f'<p>{p}</p>' for p in prose(n))}</div></body></html>"
        ))  # fmt: skip
    return Section("/list.php?cat=3", {f"/article.php?id={n}" for n in ids})


def opaque_ids(site: LocalSite) -> Section:
    """/news/articles/c0xyz…, whole cards as links, client classes; articles not below the section's path; videos among them."""
    ids = ["c0kx1m7ydzpo", "cr4w2q9nn3lo", "c8d6e5gyjr1o", "ce9v01dq4kxo", "c5y2zzp8m7go"]
    cards = "".join(
        f'<div data-testid="card" class="sc-{n}a1"><a href="/news/articles/{i}" class="sc-8a"><div><h2 class="sc-9d">'
        f"Bridge over the Orrin, part {n}</h2><p>{prose(n, 1)[0]}</p></div></a><div><span>3 hrs ago</span><span>Valley</span></div></div>"
        for n, i in enumerate(ids)
    )
    videos = "".join(
        f'<div data-testid="card" class="sc-{n}b1"><a href="/news/{kind}/cv0a1b2c3d{n}o" class="sc-8a"><div><h2 class="sc-9d">'
        f"Watch how the bridge {kind} was made</h2></div></a></div>"
        for n, kind in enumerate(("videos", "articles", "topics"))
    )
    site.html("/news/valley", (
        '<html lang="en-gb"><body><div id="__next"><header><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li>'
        f'<li><a href="/news/valley">Valley</a></li></ul></nav></header><main id="main-content"><h1>Valley</h1><section>{cards}{videos}</section>'
        '<section><h2>Most read</h2><ol><li><a href="/news/articles/cz1most2read3o">What everybody else has read today</a></li></ol></section>'
        "</main><footer><a href='/usingthesite/terms'>Terms of use of this site and all its parts</a></footer></div></body></html>"
    ))  # fmt: skip
    for n, i in enumerate(ids):
        ld = {"@context": "http://schema.org", "@type": "ReportageNewsArticle", "headline": f"Bridge over the Orrin, part {n}",
              "datePublished": f"2025-09-03T1{n}:00:00.000Z", "url": f"/news/articles/{i}"}  # fmt: skip
        site.html(f"/news/articles/{i}", (
            f'<html lang="en-gb"><head><script type="application/ld+json">{json.dumps(ld)}</script></head><body><main><article>'
            f"<h1>Bridge over the Orrin, part {n}</h1>{''.join(f'<div data-component=t><p>{p}</p></div>' for p in prose(n))}</article></main></body></html>"
        ))  # fmt: skip
    ld = {"@type": "VideoObject", "name": "Watch", "uploadDate": "2025-09-03"}
    site.html("/news/articles/cv0a1b2c3d1o", (
        f'<html><head><meta property="og:type" content="video.other"><script type="application/ld+json">{json.dumps(ld)}</script></head>'
        "<body><main><h1>Watch how the bridge was made</h1><video></video><p>A minute of hammering.</p></main></body></html>"
    ))  # fmt: skip
    return Section("/news/valley", {f"/news/articles/{i}" for i in ids}, skipped=1)


def german(site: LocalSite) -> Section:
    """slug-a-123.html below the section; kickers, a newsletter, a picture series; "Ältere Beiträge"."""
    paths = [f"/politik/ausland/bruecke-a-{n}.html" for n in range(120, 129)]

    def teaser(n: int, path: str) -> str:
        return (
            f'<div class="teaser"><div class="teaser__img"><a href="{path}?ref=bild" title="zum Artikel"><img alt=""></a></div>'
            f'<a class="kicker" href="/thema/bruecken-im-ganzen-tal/">Brücken im ganzen Tal</a><h3><a href="{path}">Die Brücke Nummer {n} ist'
            f' wieder offen</a></h3><a href="/impressum/autor-4711.html">Von Anna Berg</a><time datetime="2025-09-0{n % 9 + 1}T10:00:00+02:00"></time></div>'
        )

    other = (
        '<div class="teaser"><h3><a href="/fotostrecke/die-zehn-schoensten-bruecken-a-999.html">Die zehn schönsten Brücken in Bildern</a></h3></div>'
        '<div class="teaser"><h3><a href="/newsletter/der-brief-aus-dem-tal-am-morgen-1.html">Der Brief aus dem Tal am Morgen</a></h3></div>'
        '<div class="teaser teaser--abo"><h3><a href="/abo/angebote/jetzt-vier-wochen-testen.html">Jetzt vier Wochen kostenlos testen</a></h3></div>'
    )

    def listing(shown: list[str], older: str) -> str:
        rows = "".join(teaser(int(path[-8:-5]), path) for path in shown)
        return (
            '<!doctype html><html lang="de"><body><ul class="nav"><li><a href="/politik/">Politik</a></li><li><a href="/politik/inland/">Inland</a></li></ul>'
            f'<div class="stage">{rows}{other}</div><div class="side"><h4>Meistgelesen</h4>'
            '<a href="/sport/der-torwart-der-nicht-hielt-a-555.html">Der Torwart, der nicht hielt</a></div>'
            f'<div class="seiten"><a href="{older}">Ältere Beiträge »</a></div><div class="cookie-hinweis">Wir brauchen Kekse.</div></body></html>'
        )

    site.html("/politik/ausland/", listing(paths[:4], "/politik/ausland/archiv-2.html"))
    site.html("/politik/ausland/archiv-2.html", listing(paths[4:8], "/politik/ausland/archiv-3.html"))
    site.html("/politik/ausland/archiv-3.html", listing(paths[8:], "/politik/ausland/"))
    for path in paths:
        site.html(path, (
            f'<html lang="de"><head><meta property="og:type" content="article"><meta name="date" content="2025-09-03T10:00:00+02:00"></head><body>'
            f'<main><header><h1>Die Brücke Nummer {path[-8:-5]} ist wieder offen</h1></header><div class="artikeltext">'
            f"{''.join(f'<p>{p}</p>' for p in prose(int(path[-8:-5])))}</div></main></body></html>"
        ))  # fmt: skip
    return Section("/politik/ausland/", set(paths))


def japanese(site: LocalSite) -> Section:
    """/articles/ABC123.html, titles without spaces, 次へ."""
    ids = [f"ASU{n}3Q" for n in range(411, 418)]

    def listing(shown: list[str], onward: str) -> str:
        items = "".join(
            f'<li class="ListItem"><a href="/articles/{i}.html"><span class="Title">港の灯台が再び点灯、町の人々が集う{i}</span>'
            f'<span class="Time">9月3日</span></a></li>'
            for i in shown
        )
        return (
            '<html lang="ja"><body><div class="GlobalNav"><ul><li><a href="/sports/">スポーツ</a></li><li><a href="/culture/">文化</a></li></ul></div>'
            f'<div class="Section"><h1>国際</h1><ul>{items}</ul>{onward}</div><div class="Ranking"><h2>アクセスランキング</h2><ul>'
            '<li><a href="/articles/ASU999Z.html">隣の町で一番読まれている記事はこちらです</a></li></ul></div></body></html>'
        )

    site.html("/international/", listing(ids[:4], '<p class="Pager"><a href="/international/list2.html">次へ</a></p>'))
    site.html("/international/list2.html", listing(ids[4:], '<p class="Pager"><a href="/international/">前へ</a></p>'))
    text = "港の灯台は十年ぶりに灯をともし、町の人々は夜遅くまで岸壁に集まって、静かにその光を見つめていた。"
    for n, i in enumerate(ids):
        body = "".join(
            f"<p>{text}{'その日、' * (k + 1)}船は一隻も港を出なかった。番号は{n}である。{text}</p>" for k in range(4)
        )
        site.html(f"/articles/{i}.html", (
            f'<html lang="ja"><head><meta property="og:type" content="article"><meta property="article:published_time" content="2025-09-03T09:00:00+09:00">'
            f"<title>港の灯台が再び点灯、町の人々が集う{i}</title></head><body><main><h1>港の灯台が再び点灯、町の人々が集う{i}</h1>"
            f'<div class="ArticleText">{body}</div></main></body></html>'
        ))  # fmt: skip
    return Section("/international/", {f"/articles/{i}.html" for i in ids})


def only_a_feed(site: LocalSite, form: str = "rss") -> Section:
    """A section's page that shows nothing without its script, and names a feed."""
    paths = [f"/bulletin/{n}" for n in range(9001, 9005)]
    kinds = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
    site.html("/bulletin", (
        f'<html><head><link rel="alternate" type="{kinds[form]}" href="/bulletin/feed.{form}"></head>'
        "<body><div id=root></div><script src=/app.js></script></body></html>"
    ))  # fmt: skip
    feeds = {
        "rss": f'<rss version="2.0"><channel>{"".join(f"<item><title>A</title><link>{p}</link></item>" for p in paths)}</channel></rss>',
        "atom": f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(f"<entry><link href={p!r}/></entry>" for p in paths)}</feed>',
        "json": json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": p, "url": site.origin + p} for p in paths]}),
    }  # fmt: skip
    site.html(f"/bulletin/feed.{form}", feeds[form])
    _plain_articles(site, paths)
    return Section("/bulletin", set(paths))


def _plain_articles(site: LocalSite, paths: list[str]) -> None:
    for n, path in enumerate(paths):
        site.html(path, (
            f'<html><head><meta property="article:published_time" content="2025-09-03T09:00:00Z"></head><body><section><h1>Bulletin of day {n}</h1>'
            f"{''.join(f'<p>{p}</p>' for p in prose(n))}</section></body></html>"
        ))  # fmt: skip


def only_sitemaps(site: LocalSite) -> Section:
    """A section that refuses; robots.txt names an index, with pages, tags and two months of articles."""
    paths = [f"/valley/the-bell-of-orrin-rings-{n}.html" for n in range(100, 104)]
    others = [
        "/valley/tag/the-bell-of-orrin-tower.html",
        "/market/the-price-of-the-last-lamps-701.html",
        "/valley/",
        "/about-us.html",
    ]
    site.routes["/robots.txt"] = (
        200,
        {},
        f"User-agent: *\nDisallow: /x\nSitemap: {site.origin}/maps/index.xml\n".encode(),
    )
    site.html("/valley/", "<html><body>Please enable JavaScript</body></html>", 403)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    urls = [f"<url><loc>{site.origin}{p}</loc><lastmod>2025-09-03</lastmod></url>" for p in paths + others]
    site.html(
        "/maps/index.xml",
        f"<sitemapindex {space}><sitemap><loc>/maps/a.xml</loc></sitemap><sitemap><loc>/maps/b.xml</loc></sitemap></sitemapindex>",
    )
    site.html("/maps/a.xml", f"<urlset {space}>{''.join(urls[:3])}</urlset>")
    site.html("/maps/b.xml", f"<urlset {space}>{''.join(urls[3:])}</urlset>")
    _plain_articles(site, paths)
    return Section("/valley/", set(paths))


def item_list(site: LocalSite) -> Section:
    """Nothing but JSON-LD: the cards are drawn by a script."""
    paths = [f"/en/news/2309{n}" for n in range(10, 16)]
    items = [{"@type": "ListItem", "position": n, "url": site.origin + p} for n, p in enumerate(paths)]
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "item": f"{site.origin}/en/all-the-news-of-the-valley"}],
    }
    page = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "mainEntity": {"@type": "ItemList", "itemListElement": items},
    }
    site.html("/en/latest", (
        f'<html><head><script type="application/ld+json">{json.dumps([crumbs, page])}</script></head><body><app-root></app-root></body></html>'
    ))  # fmt: skip
    _plain_articles(site, paths)
    return Section("/en/latest", set(paths))


def mixed_cards(site: LocalSite) -> Section:
    """Cards of one look, half of which lead to something else, and addresses that do not tell it; one-word headlines' paths."""
    ways = islice(
        ((f"/s/{word}", word) for word in ("lanterns", "granaries", "ferries", "bells", "bridges", "markets")), 6
    )
    stories = {path: f"What the people of Maro say about {word}" for path, word in ways}
    others = {
        "/s/walkthrough": ("A walk through the old town in pictures", {"@type": "ImageGallery"}, "website"),
        "/s/talk": ("Listen to the talk of the ferrymen of Maro", {"@type": "PodcastEpisode"}, "website"),
        "/s/anna-berg": ("All that Anna Berg has written for us", {"@type": "ProfilePage"}, "profile"),
        "/s/islands": ("All that we have about the islands in the east", {"@type": "CollectionPage"}, "article"),
    }
    cards = list(stories.items()) + [(path, title) for path, (title, _, _) in others.items()]
    cards.sort(key=lambda card: card[1][-3:])
    site.html("/", "<html><body>front</body></html>")
    site.html("/town", (
        "<html><body><main><h1>Town</h1><ul class='grid'>"
        + "".join(f"<li><a href='{path}'><img alt=''></a><h3><a href='{path}'>{title}</a></h3><p>Short.</p></li>" for path, title in cards)
        + "</ul><a href='https://ads.example/click?id=99999'>A wonderful new lamp for your home</a>"
        "<a rel='sponsored' href='/s/partners'>How our partner makes the best of lamps</a>"
        "<form><a href='/login?next=/town'>Log in to read all of our stories</a></form></main></body></html>"
    ))  # fmt: skip
    for n, (path, title) in enumerate(stories.items()):
        body = "".join(f"<p>{p}</p>" for p in prose(n))
        site.html(
            path,
            f"<html><head><meta property='article:published_time' content='2025-09-03'></head><body><main><h1>{title}</h1>{body}</main></body></html>",
        )
    for path, (title, ld, og_type) in others.items():
        site.html(path, (
            f'<html><head><meta property="og:type" content="{og_type}"><script type="application/ld+json">{json.dumps(ld)}</script></head>'
            f"<body><main><h1>{title}</h1><article><p>{prose(5, 1)[0]}</p></article><article><p>{prose(6, 1)[0]}</p></article></main></body></html>"
        ))  # fmt: skip
    return Section("/town", set(stories), skipped=len(others))


STYLES = [weblog, ids_in_the_query, opaque_ids, german, japanese, only_a_feed, only_sitemaps, item_list, mixed_cards]
