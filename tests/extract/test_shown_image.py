"""The picture that a story shows, where metadata have none."""

import pytest

from newscrawl.extract.image import image
from tests.extract.invented import GENERIC, HOME, SENTENCE, json_ld, meta, page

P = f"<p>{SENTENCE}</p>"


def shown(markup: str, head: str = "") -> tuple[str | None, str | None]:
    return image(page(markup, head), GENERIC)


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img src=/a.jpg></figure>",
        "<figure><img src=data:image/gif;base64,R0 data-src=/a.jpg></figure>",
        "<figure><img src=/placeholder.png data-original=/a.jpg></figure>",
        "<figure><img class=lazy src=/i/lazyload.gif><noscript><img src=/a.jpg></noscript></figure>",
        "<figure><picture><source srcset='/b.webp 400w, /c.webp 800w'><img src=/a.jpg></picture></figure>",
        "<picture><source data-srcset='/b.jpg 400w, /a.jpg 800w'><img src=data:image/gif;base64,R0></picture>",
        "<figure><img srcset='/b.jpg 1x,/a.jpg 2x'></figure>",
        "<div class=lead-image><img src=/a.jpg></div>",
        "<img class=wp-post-image src=/a.jpg>",
        "<div class=heroImage><div><amp-img src=/a.jpg width=1200 height=600></amp-img></div></div>",
        "<figure><a href=/a.jpg><img src=/a.jpg></a></figure>",
        "<p><img src=/a.jpg></p>",
        "<img src=/s.gif width=1 height=1><img src=/icon.svg><p><img src=/a.jpg></p>",
    ],
)
@pytest.mark.parametrize(
    "story",
    [
        "<article><h1>Harbour</h1>{}" + P + "</article>",
        "<header><img src=/l.png></header><main><h1>Harbour</h1>{}" + P + "<article><img src=/o.jpg></article></main>",
        "<h1>Harbour</h1><article>" + P + "{}</article><div class=related><figure><img src=/o.jpg></figure></div>",
        "<aside><figure><img src=/o.jpg></figure></aside><div itemprop=articleBody>{}" + P + "</div>",
    ],
)
def test_a_storys_picture(picture: str, story: str) -> None:
    assert shown(story.format(picture))[0] == f"{HOME}/a.jpg"


@pytest.mark.parametrize(
    "story",
    [
        "<main><figure><img src=/a.jpg></figure><article><h1>Harbour</h1>" + P + "</article></main>",
        "<div><h1>Harbour</h1></div><div><figure><img src=/a.jpg></figure>" + P + "</div>",
        "<article><h1>H</h1><p><img src=/o.jpg></p><figure><img src=/a.jpg></figure></article>",
    ],
)
def test_a_figure_beside_the_text(story: str) -> None:
    assert shown(story) == (f"{HOME}/a.jpg", "figure")


@pytest.mark.parametrize(
    "other",
    [
        "<img src=/logo.png>",
        "<figure class=author-photo><img src=/ana.jpg></figure>",
        "<img src=/ana.jpg width=64 height=64>",
        "<a href=/world/other-1234568><figure><img src=/o.jpg></figure></a>",
        "<aside><img src=/o.jpg></aside>",
        "<div class='comment-list'><img src=/o.jpg></div>",
        "<div class=share><img src=/o.jpg></div>",
        "<img hidden src=/o.jpg>",
        "<article><figure><img src=/o.jpg></figure></article>",
        "<img>",
    ],
)
def test_pictures_of_something_else(other: str) -> None:
    assert shown(f"<article><h1>Harbour</h1>{other}{P}</article>") == (None, None)


def test_pictures_where_nothing_is_the_story() -> None:
    assert shown(f"<figure><img src=/o.jpg></figure><h1>Harbour</h1><img src=/p.jpg>{P}") == (None, None)
    assert shown("<article><figure><img src=/a.jpg></figure></article><article></article>") == (None, None)


LOGO = {"@type": "ImageObject", "url": f"{HOME}/static/m.png"}
PUBLISHER = {"@type": "Organization", "logo": LOGO}
PICTURE = "<article><h1>Harbour</h1><figure><img src=/a.jpg></figure></article>"


@pytest.mark.parametrize(
    "head",
    [
        json_ld(image=LOGO, publisher=PUBLISHER) + meta("og:image", "/a.jpg"),
        json_ld(image=[LOGO, "/a.jpg"], publisher=[PUBLISHER]),
        json_ld(image="/static/m.png?w=60", publisher={"logo": "/static/m.png"}),
        meta("og:image", "/static/m.png")
        + f'<script type="application/ld+json">{{"@type": "Organization", "logo": "{HOME}/static/m.png"}}</script>',
        json_ld(image="/i/site-logo-600x60.png"),
        meta("og:image", "/i/default-share.png"),
    ],
)
def test_a_logo_is_no_picture_of_the_story(head: str) -> None:
    assert shown(PICTURE, head)[0] == f"{HOME}/a.jpg"


def test_a_picture_named_like_an_icon_counts_where_there_is_no_other() -> None:
    assert shown("", meta("og:image", "/new-logo.jpg"))[0] == f"{HOME}/new-logo.jpg"
    assert shown("", json_ld(image=LOGO, publisher=PUBLISHER)) == (None, None)
    told = "/how-the-designers-made-a-new-logo-for-the-old-harbour-of-maro.jpg"
    assert shown(PICTURE, meta("og:image", told))[0] == HOME + told


@pytest.mark.parametrize(
    "head",
    [
        "<link rel='image_src' href=/a.jpg>",
        "<link rel='preload image_src' href=/a.jpg>",
        "<meta itemprop=image content=/a.jpg>",
        "<link itemprop=image href=/a.jpg>",
        meta("twitter:image:src", "/a.jpg"),
        meta("og:image:secure_url", "/a.jpg"),
        json_ld(thumbnailUrl="/a.jpg"),
        json_ld(image={"@id": "/a.jpg"}),
        json_ld(image={"@type": "ImageObject", "url": {"@id": "/a.jpg"}}),
        f"""<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "image": [{{"@id": "{HOME}/#i"}}]}},
        {{"@type": "ImageObject", "@id": "{HOME}/#i", "contentUrl": "/a.jpg"}}]}}</script>""",
        f"""<script type="application/ld+json">{{"@graph": [{{"@type": "WebPage", "primaryImageOfPage": {{"@id": "{HOME}/#i"}}}},
        {{"@type": "ImageObject", "@id": "{HOME}/#i", "url": "/a.jpg"}}]}}</script>""",
    ],
)
def test_pictures_that_metadata_name(head: str) -> None:
    assert shown("", head)[0] == f"{HOME}/a.jpg"
