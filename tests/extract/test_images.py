"""The pictures of a story: which are, in which order, the largest of each, with captions and credits."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest
from scrapy import Request

from newscrawl.article.item import Image
from newscrawl.extract.blocks import Block
from newscrawl.extract.image import image
from newscrawl.extract.images import Placed, images_of, story_pictures
from newscrawl.extract.page import Page
from newscrawl.extract.prose import Told, find_story
from newscrawl.extract.value import Value
from newscrawl.publishers import GENERIC
from tests.extract.invented import HOME, json_ld, meta, page

HEADLINE = "The harbour of Maro reopens after two weeks"
FIRST = "The harbour of Maro reopened on Wednesday after two weeks in which no ship had left it, its master said."
SECOND = "Fishing boats were the first to leave, and a ferry followed them at noon with some forty passengers on board."
THIRD = (
    "The council of Maro had closed the harbour because a crane had fallen into the narrow channel that leads to it."
)
FOURTH = "Nobody was hurt when it fell, and the company that owns the crane has said that it will pay for the repairs."
STORY = f"<p>{FIRST}</p>%s<p>{SECOND}</p><p>{THIRD}</p><p>{FOURTH}</p>"


def story_page(lead: str = "", middle: str = "", end: str = "", head: str = "", above: str = "") -> Page:
    """An article with markup above its headline, below it, behind its first paragraph, and at its end."""
    return page(
        f"<header><a href=/><img src=/logo.png></a></header><main>{above}<article><h1>{HEADLINE}</h1>{lead}"
        f"<div class=text>{STORY % middle}{end}</div></article></main><footer><img src=/footer.jpg></footer>",
        head,
    )


def placed(shown: Page, authors: tuple[str, ...] = ()) -> list[Placed]:
    story = find_story(shown, Told(HEADLINE, authors, is_article=True))
    assert [block.text for block in story.blocks] == [FIRST, SECOND, THIRD, FOURTH]
    return story_pictures(shown, story.blocks, HEADLINE, authors, image(shown, GENERIC))


def images(shown: Page) -> list[Image]:
    return images_of(placed(shown))


def of(url: str, caption: str | None = None, credit: str | None = None, **rest: Any) -> Image:
    return Image(f"{HOME}{url}" if url.startswith("/") else url, caption, credit, **rest)


#: Markup behind a story's first paragraph, and the pictures in it.
FORMS: dict[str, tuple[str, list[Image]]] = {
    "a site's words as its caption": (
        "<figure><img src=/a.jpg alt=null><figcaption>Source</figcaption></figure>",
        [of("/a.jpg")],
    ),
    "one name in two folders, and two captions": (
        "<figure><img src=/2024/harbour-quay.jpg><figcaption>One</figcaption></figure>"
        "<figure><img src=/2025/harbour-quay.jpg><figcaption>Two</figcaption></figure>",
        [of("/2024/harbour-quay.jpg", "One"), of("/2025/harbour-quay.jpg", "Two")],
    ),
    "one name in two folders, and one caption": (
        "<figure><img src=/s/harbour-quay.jpg><figcaption>One</figcaption></figure>"
        "<figure><img src=/t/harbour-quay.jpg width=900><figcaption>One</figcaption></figure>",
        [of("/t/harbour-quay.jpg", "One", width=900)],
    ),
    "a credit beside the caption": (
        "<figure><img src=/a.jpg><figcaption>The quay</figcaption><span>Ann Lee/Getty Images</span></figure>",
        [of("/a.jpg", "The quay", "Ann Lee/Getty Images")],
    ),
    "a sentence beside the caption": (
        "<figure><img src=/a.jpg><figcaption>The quay</figcaption><span>Ships at Maro</span></figure>",
        [of("/a.jpg", "The quay")],
    ),
    "a paragraph of the story": (f"<figure><img src=/a.jpg><span>{SECOND}</span></figure>", [of("/a.jpg")]),
    "plain": ("<p><img src=/a.jpg alt='The  quay'></p>", [of("/a.jpg", alt="The quay")]),
    "with its size": ("<img src=/a.jpg width=800 height=450>", [of("/a.jpg", width=800, height=450)]),
    "size with a unit": ("<img src=/a.jpg width=800px height=100%>", [of("/a.jpg", width=800)]),
    "srcset by width": (
        "<img src=/a-300.jpg srcset='/a-300w.jpg 300w, /a-1200w.jpg 1200w, /a-600w.jpg 600w'>",
        [of("/a-1200w.jpg", width=1200)],
    ),
    "srcset by width keeps proportions": (
        "<img src=/a-800w.jpg srcset='/a-800w.jpg 800w, /a-1600w.jpg 1600w' width=800 height=450>",
        [of("/a-1600w.jpg", width=1600, height=900)],
    ),
    "srcset by density": (
        "<img src=/a.jpg srcset='/a.jpg 1x, /a@2x.jpg 2x' width=400 height=300>",
        [of("/a@2x.jpg", width=800, height=600)],
    ),
    "srcset without spaces behind commas": (
        "<img srcset='/a-1x.jpg 100w,/a-2x.jpg 900w'>",
        [of("/a-2x.jpg", width=900)],
    ),
    "srcset of addresses with commas": (
        "<img srcset='https://img.example/w_300,c_fill/harbour-wall.jpg 300w, https://img.example/w_900,c_fill/harbour-wall.jpg 900w'>",
        [of("https://img.example/w_900,c_fill/harbour-wall.jpg", width=900)],
    ),
    "lazy with a placeholder": (
        "<img src='data:image/gif;base64,R0lGOD' data-src=/a.jpg>",
        [of("/a.jpg")],
    ),
    "lazy with a named placeholder": ("<img src=/placeholder.png data-lazy-src=/a.jpg>", [of("/a.jpg")]),
    "lazy set": (
        "<img src=/blank.gif data-srcset='/a-400w.jpg 400w, /a-1000w.jpg 1000w'>",
        [of("/a-1000w.jpg", width=1000)],
    ),
    "lazy with a copy in noscript": (
        "<img src='data:,' data-src=/a-640x480.jpg><noscript><img src=/a-1024x768.jpg alt=Quay></noscript>",
        [of("/a-1024x768.jpg", alt="Quay", width=1024, height=768)],
    ),
    "only in noscript": ("<div><noscript><img src=/a.jpg></noscript></div>", [of("/a.jpg")]),
    "a file as it was uploaded": (
        "<img src=/up/quay-300x200.jpg data-orig-file=/up/quay.jpg width=300 height=200>",
        [of("/up/quay.jpg")],
    ),
    "a link to its larger file": (
        "<a href=/up/quay.jpg><img src=/up/quay-300x200.jpg width=300 height=200></a>",
        [of("/up/quay.jpg")],
    ),
    "a link to the file of a lazy one": ("<a href=/up/quay.jpg><img src=/lazy.gif></a>", [of("/up/quay.jpg")]),
    "a link to another file": (
        "<a href=/up/plan-of-the-channel.jpg><img src=/up/quay-at-noon.jpg></a>",
        [of("/up/quay-at-noon.jpg")],
    ),
    "picture with sources": (
        "<picture><source srcset='/a.webp 600w, /a-large.webp 1400w' type=image/webp><img src=/a.jpg alt=Quay></picture>",
        [of("/a-large.webp", alt="Quay", width=1400)],
    ),
    "picture with a lazy image": (
        "<picture><source media='(min-width: 9px)' data-srcset='/b.jpg 900w'><img src='data:,'></picture>",
        [of("/b.jpg", width=900)],
    ),
    "amp-img": (
        "<amp-img src=/a.jpg width=1280 height=720 layout=responsive alt=Quay></amp-img>",
        [of("/a.jpg", alt="Quay", width=1280, height=720)],
    ),
    "amp-img with a fallback": (
        "<amp-img src=/a.webp width=800 height=450><amp-img fallback src=/a.jpg width=800 height=450></amp-img></amp-img>",
        [of("/a.webp", width=800, height=450)],
    ),
    "addresses that a script has yet to make": (
        "<img data-url='https://img.example/quay_${formatId}.jpg' src='{\"default\":{\"src\":\"/b.jpg\"}}' data-src=/a.jpg>",
        [of("/a.jpg")],
    ),
    "an address with a gap alone": ("<img src='/quay_{width}x.jpg'>", []),
    "an address that is escaped twice": ("<img src='/a.php?id=7&amp;amp;c=quay&#038;#038;d=1'>", [of("/a.php?id=7&c=quay&d=1")]),
    "figure": (
        "<figure><img src=/a.jpg><figcaption>Ships leave Maro.</figcaption></figure>",
        [of("/a.jpg", "Ships leave Maro.")],
    ),
    "figure with a marked credit": (
        "<figure><img src=/a.jpg><figcaption>Ships leave Maro.<span class=credit>Photo: Ann Lee</span></figcaption></figure>",
        [of("/a.jpg", "Ships leave Maro.", "Ann Lee")],
    ),
    "credit beside the caption": (
        "<figure><img src=/a.jpg><figcaption>Ships leave Maro.</figcaption><div class='image__credit'>Ann Lee/Norrpress</div></figure>",
        [of("/a.jpg", "Ships leave Maro.", "Ann Lee/Norrpress")],
    ),
    "credit within the caption's text": (
        "<figure><img src=/a.jpg><figcaption>Ships leave Maro. (AP Photo/Ann Lee)</figcaption></figure>",
        [of("/a.jpg", "Ships leave Maro.", "AP Photo/Ann Lee")],
    ),
    "credit alone": ("<figure><img src=/a.jpg><figcaption>Foto: Ann Lee</figcaption></figure>", [of("/a.jpg", None, "Ann Lee")]),
    "microdata": (
        "<figure itemscope itemtype=https://schema.org/ImageObject><img src=/a.jpg itemprop=contentUrl>"
        "<span itemprop=caption>Ships leave Maro.</span><span itemprop=copyrightHolder>Norrpress</span></figure>",
        [of("/a.jpg", "Ships leave Maro.", "Norrpress")],
    ),
    "a caption to be toggled": (
        "<figure><img src=/a.jpg><div class=caption><p>Ships leave Maro.</p><b class=hide-caption>hide caption</b></div></figure>",
        [of("/a.jpg", "Ships leave Maro.")],
    ),
    "an old WordPress figure": (
        "<div class='wp-caption aligncenter' style='width:610px'><a href=/up/quay.jpg><img class=wp-image-7 src=/up/quay-600x400.jpg"
        " width=600 height=400></a><p class=wp-caption-text>Ships leave Maro. Photo by Ann Lee</p></div>",
        [of("/up/quay.jpg", "Ships leave Maro.", "Ann Lee")],
    ),
    "WordPress": (
        "<figure class='wp-block-image size-large'><img src=/up/quay-1024x683.jpg srcset='/up/quay-300x200.jpg 300w, /up/quay-1024x683.jpg 1024w,"
        " /up/quay-scaled.jpg 2560w' width=1024 height=683><figcaption class=wp-element-caption>Ships leave Maro.</figcaption></figure>",
        [of("/up/quay-scaled.jpg", "Ships leave Maro.", width=2560, height=1708)],
    ),
    "Jetpack's service": (
        "<img src='https://i0.wp.com/www.maroledger.example/up/quay.jpg?resize=300%2C200&ssl=1'"
        " srcset='https://i0.wp.com/www.maroledger.example/up/quay.jpg?w=1200&ssl=1 1200w, https://i0.wp.com/www.maroledger.example/up/quay.jpg?w=300&ssl=1 300w'>",
        [of("https://i0.wp.com/www.maroledger.example/up/quay.jpg?w=1200&ssl=1", width=1200)],
    ),
    "a WordPress gallery": (
        "<figure class=wp-block-gallery><figure><img src=/up/quay-one.jpg><figcaption>The quay.</figcaption></figure>"
        "<figure><img src=/up/crane-two.jpg><figcaption>The crane.</figcaption></figure></figure>",
        [of("/up/quay-one.jpg", "The quay."), of("/up/crane-two.jpg", "The crane.")],
    ),
    "an old WordPress gallery": (
        "<div class='gallery gallery-columns-2'><dl class=gallery-item><dt class='gallery-icon landscape'><a href=/harbour/quay/>"
        "<img src=/up/quay-200x200.jpg width=200 height=200></a></dt><dd class=gallery-caption>The quay.</dd></dl></div>",
        [of("/up/quay-200x200.jpg", "The quay.", width=200, height=200)],
    ),
    "several in a figure": (
        "<figure><img src=/first-quay.jpg><img src=/second-quay.jpg><figcaption>The quays of Maro. Ann Lee/Reuters</figcaption></figure>",
        [of("/first-quay.jpg", "The quays of Maro.", "Ann Lee/Reuters"), of("/second-quay.jpg", "The quays of Maro.", "Ann Lee/Reuters")],
    ),
    "a slideshow": (
        "<div class=slideshow><div class=slide><img src=/1.jpg><p class=caption>One.</p></div>"
        "<div class=slide style='display:none'><img src=/2.jpg><p class=caption>Two.</p></div></div>",
        [of("/1.jpg", "One."), of("/2.jpg", "Two.")],
    ),
    "Arc": (
        "<figure class=c-image><img src='https://www.maroledger.example/resizer/v2/ABCDEFGHIJKLMNOPQRSTUVWXYZ.jpg?auth=f00&width=800&height=533'"
        " srcset='https://www.maroledger.example/resizer/v2/ABCDEFGHIJKLMNOPQRSTUVWXYZ.jpg?auth=f00&width=800&height=533 800w,"
        " https://www.maroledger.example/resizer/v2/ABCDEFGHIJKLMNOPQRSTUVWXYZ.jpg?auth=f00&width=1440&height=960 1440w' width=800 height=533>"
        "<figcaption>Ships leave Maro.<span class=a-caption__credit>(Ann Lee)</span></figcaption></figure>",
        [
            of(
                "/resizer/v2/ABCDEFGHIJKLMNOPQRSTUVWXYZ.jpg?auth=f00&width=1440&height=960",
                "Ships leave Maro.",
                "Ann Lee",
                width=1440,
                height=959,
            )
        ],
    ),
    "Drupal": (
        "<article class='media media--type-image'><div class='field field--name-field-media-image'><img"
        " src='/sites/default/files/styles/large/public/2025-09/quay.jpg?itok=x1' width=960 height=640></div>"
        "<div class='field field--name-field-caption'>Ships leave Maro.</div></article>",
        [of("/sites/default/files/styles/large/public/2025-09/quay.jpg?itok=x1", "Ships leave Maro.", width=960, height=640)],
    ),
    "Ghost": (
        "<figure class='kg-card kg-image-card kg-card-hascaption'><img class=kg-image src=/content/images/2025/09/quay.jpg"
        " srcset='/content/images/size/w600/2025/09/quay.jpg 600w, /content/images/2025/09/quay.jpg 2000w' width=2000 height=1333>"
        "<figcaption><span>Ships leave Maro. © Ann Lee</span></figcaption></figure>",
        [of("/content/images/2025/09/quay.jpg", "Ships leave Maro.", "Ann Lee", width=2000, height=1333)],
    ),
    "Business Standard": (
        "<div><img class=zoomimg src=https://bsmedia.example/quay/full/2025.jpg width=620 height=400>"
        "<div style='font-size:12px'>Ships leave Maro.</div></div>",
        [of("https://bsmedia.example/quay/full/2025.jpg", "Ships leave Maro.", width=620, height=400)],
    ),
    "a button that makes it larger": (
        "<figure><button class=zoom><img src=/a.jpg></button><figcaption>The quay.</figcaption></figure>",
        [of("/a.jpg", "The quay.")],
    ),
    "a caption behind it": (
        "<div class=photo><img src=/a.jpg></div><p class=caption>The quay.</p>",
        [of("/a.jpg", "The quay.")],
    ),
    "the same twice, in two sizes": (
        "<img class=mobile src=/up/quay-400x300.jpg><img class=desktop src=/up/quay-1200x900.jpg>",
        [of("/up/quay-1200x900.jpg", width=1200, height=900)],
    ),
    "a link that makes it larger": ("<a class=js-lightbox href=/zoom/7><img src=/a.jpg></a>", [of("/a.jpg")]),
    "an aside that is a picture": (
        "<aside class='left image'><img src=/a.jpg><p class=caption>The quay.</p></aside>",
        [of("/a.jpg", "The quay.")],
    ),
    "an address of a page beside it": ("<img src=/a.jpg data-url=/photos/7>", [of("/a.jpg")]),
    "linked, with a caption of its own": (
        "<figure><a href=/gallery/7><img src=/a.jpg></a><figcaption>The quay.</figcaption></figure>",
        [of("/a.jpg", "The quay.")],
    ),
}  # fmt: skip

#: Markup behind a story's first paragraph in which no picture of it is.
NONE = {
    "an icon": "<img src=/a.jpg width=24 height=24>",
    "a tracking pixel": "<img src=https://stats.example/p?id=7 width=1 height=1>",
    "a tracking pixel of no size": "<img src=https://stats.example/p?id=7 width=0 height=0>",
    "a drawing": "<img src=/quay.svg>",
    "a logo": "<img src=/norrpress-logo.png width=300 height=120>",
    "a placeholder alone": "<img src='data:image/gif;base64,R0lGOD'>",
    "of the site's design": "<img src=/wp-content/themes/maro/waves-at-the-quay.jpg>",
    "a share button": "<div class=share-buttons><img src=/tell-a-friend.jpg></div>",
    "an author's portrait": "<div class=author-box><img src=/ann.jpg width=150 height=150></div>",
    "advertising": "<div class=advert><a href=https://shop.example/><img src=/shoes-for-sailors.jpg></a></div>",
    "an advertisement that only leads away": "<p><a href=https://shop.example/><img src=/shoes-for-sailors.jpg></a></p>",
    "a card of another story": "<div class=related><a href=/other><figure><img src=/other.jpg></figure>Other</a></div>",
    "another story": "<article><a href=/other><img src=/other.jpg></a><h3>The other harbour</h3></article>",
    "a linked figure with a linked title": "<figure><a href=/other><img src=/o.jpg></a><figcaption><a href=/other>Other</a></figcaption></figure>",
    "beside the story": "<aside><figure><img src=/other.jpg></figure></aside>",
    "hidden": "<div hidden><img src=/a.jpg></div>",
    "a newsletter's": "<div class=newsletter-signup><img src=/letters-and-envelopes.jpg></div>",
    "a comment's": "<div class=comments><img src=/reader-with-a-hat.jpg></div>",
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str) -> None:
    markup, expected = FORMS[form]
    assert images(story_page(middle=markup)) == expected


@pytest.mark.parametrize("form", NONE)
def test_what_is_no_picture_of_the_story(form: str) -> None:
    assert images(story_page(middle=NONE[form])) == []


FIGURE = "<figure><img src=/lead.jpg><figcaption>The quay.</figcaption></figure>"


def places(shown: Page) -> list[tuple[str, int, bool]]:
    return [(one.image.url.removeprefix(HOME), one.after, one.is_lead) for one in placed(shown)]


def test_where_pictures_stand() -> None:
    middle = "<img src=/a.jpg><div><img src=/b.jpg></div>"
    end = "<figure><img src=/c.jpg></figure>"
    shown = story_page(lead=FIGURE, middle=middle, end=end)
    assert places(shown) == [("/lead.jpg", 0, True), ("/a.jpg", 1, False), ("/b.jpg", 1, False), ("/c.jpg", 4, False)]
    elements = [one.element for one in placed(shown)]
    assert [element.get("src") for element in elements if element is not None] == [
        "/lead.jpg",
        "/a.jpg",
        "/b.jpg",
        "/c.jpg",
    ]


@pytest.mark.parametrize(
    ("markup", "after"),
    [
        (f"<p><img src=/a.jpg> {FIRST}</p><p>{SECOND}</p>", 0),
        (f"<p>{FIRST} <img src=/a.jpg></p><p>{SECOND}</p>", 1),
        (f"<p>{FIRST}<br><br><img src=/a.jpg>{SECOND}</p>", 1),
        (f"<p>{FIRST}<br><br>{SECOND}<br><br><img src=/a.jpg></p>", 2),
    ],
)
def test_pictures_within_a_paragraph(markup: str, after: int) -> None:
    shown = page(f"<article><h1>{HEADLINE}</h1><div>{markup}<p>{THIRD}</p><p>{FOURTH}</p></div></article>")
    assert places(shown) == [("/a.jpg", after, True)]


def test_the_lead_comes_first_in_the_field_and_stays_in_its_place() -> None:
    shown = story_page(
        middle="<img src=/a.jpg><img src=/b-800x600.jpg>", head=meta("og:image", f"{HOME}/b-200x150.jpg")
    )
    assert places(shown) == [("/a.jpg", 1, False), ("/b-800x600.jpg", 1, True)]
    assert [one.url for one in images(shown)] == [f"{HOME}/b-800x600.jpg", f"{HOME}/a.jpg"]


@pytest.mark.parametrize(
    "above",
    ["<figure><img src=/lead.jpg></figure>", "<div class=hero-image><img src=/lead.jpg></div>", "<img src=/lead.jpg>"],
)
def test_a_picture_above_the_headline_that_metadata_name(above: str) -> None:
    shown = story_page(above=above, head=meta("og:image", "/lead.jpg"))
    assert places(shown) == [("/lead.jpg", 0, True)]


def test_a_picture_above_the_headline_that_nothing_names_is_the_sites() -> None:
    assert places(story_page(above="<img src=/site.jpg width=900 height=90>")) == []


def test_below_the_headline_portraits_are_passed_over() -> None:
    lead = "<div><img src=/ann.jpg alt='Ann Lee' width=120 height=120>By Ann Lee</div><img src=/lead.jpg width=1200 height=800>"
    found = placed(story_page(lead=lead), ("Ann Lee",))
    assert [one.image.url for one in found] == [f"{HOME}/lead.jpg"]


def test_a_picture_called_as_an_author_is_no_picture_of_the_story() -> None:
    found = placed(story_page(middle="<figure><img src=/ann.jpg alt='Ann  Lee'></figure>"), ("Ann Lee",))
    assert found == []


def test_a_small_picture_with_an_authors_biography_is_none() -> None:
    text = "Ann Lee writes about ships and harbours, and lives in Maro with her cat."
    form = f"<figure><img src=/q.jpg width=%s><figcaption>{text}</figcaption></figure>"
    assert [one.image.url for one in placed(story_page(end=form % 200), ("Ann Lee",))] == []
    assert len(placed(story_page(end=form % 900), ("Ann Lee",))) == len(placed(story_page(end=form % 200))) == 1


def test_behind_the_story_only_figures_and_galleries_count() -> None:
    end = "<img src=/a.jpg><figure><img src=/b.jpg></figure><div class=gallery><img src=/c.jpg></div>"
    assert [place for place, *_ in places(story_page(end=end))] == ["/b.jpg", "/c.jpg"]


def test_pictures_of_other_stories_below() -> None:
    below = "<section><a href=/1><img src=/1.jpg width=600></a><figure><img src=/2.jpg></figure></section>"
    shown = page(f"<main><article><h1>{HEADLINE}</h1>{STORY % ''}</article>{below}</main>")
    assert images(shown) == []


def test_metadata_tell_size_caption_and_credit() -> None:
    told = {
        "url": "/quay-1600x900.jpg",
        "width": 1600,
        "height": "900",
        "caption": "The quay.",
        "creditText": "Ann Lee",
    }
    shown = story_page(lead="<figure><img src=/quay-400x225.jpg alt=Quay></figure>", head=json_ld(image=told))
    assert images(shown) == [of("/quay-1600x900.jpg", "The quay.", "Ann Lee", alt="Quay", width=1600, height=900)]


def test_what_the_page_shows_counts_before_metadata() -> None:
    told = {"url": "/lead.jpg", "caption": "Archive picture", "copyrightHolder": {"name": "Norrpress"}}
    assert images(story_page(lead=FIGURE, head=json_ld(image=told))) == [of("/lead.jpg", "The quay.", "Norrpress")]


def test_a_lead_that_only_metadata_have() -> None:
    head = meta("og:image", "/quay.jpg") + meta("og:image:width", "1200") + meta("og:image:height", "630")
    head += meta("og:image:alt", "Ships at the quay")
    shown = story_page(head=head)
    assert images(shown) == [of("/quay.jpg", alt="Ships at the quay", width=1200, height=630)]
    assert [one.element for one in placed(shown)] == [None]


def test_crops_in_metadata_are_no_other_pictures() -> None:
    crops = ["/crops/1x1/778899.jpg", "/crops/4x3/665544.jpg"]
    assert images(story_page(lead=FIGURE, head=json_ld(image=crops))) == [of("/lead.jpg", "The quay.")]


def test_pictures_that_only_metadata_have_each_with_its_caption() -> None:
    told = [{"@type": "ImageObject", "url": f"/{name}.jpg", "caption": f"The {name}."} for name in ("quay", "crane")]
    assert images(story_page(head=json_ld(image=told))) == [
        of("/quay.jpg", "The quay."),
        of("/crane.jpg", "The crane."),
    ]


@pytest.mark.parametrize("name", ["facebook-default.png", "maro-logo.png", "themes/maro/share.jpg"])
def test_a_sites_own_picture_in_metadata_is_none_of_the_story(name: str) -> None:
    assert images(story_page(head=meta("og:image", f"/{name}"))) == []


def test_an_icon_that_metadata_call_the_image() -> None:
    assert (
        images(story_page(middle="<img src=/topic.png width=64 height=64>", head=meta("og:image", "/topic.png"))) == []
    )


def test_a_story_that_only_metadata_have() -> None:
    shown = page(f"<main><h1>{HEADLINE}</h1>{FIGURE}</main><aside><figure><img src=/o.jpg></figure></aside>")
    assert images_of(story_pictures(shown, [], HEADLINE, (), Value(None))) == [of("/lead.jpg", "The quay.")]


def test_pictures_do_not_keep_the_page() -> None:
    shown = story_page(lead=FIGURE)
    found = images(shown)
    gc.disable()
    try:
        freed = weakref.ref(shown)
        del shown
        assert freed() is None
    finally:
        gc.enable()
    assert found


def test_a_page_of_pictures_alone_is_read_to_a_bound() -> None:
    middle = "".join(f"<img src=/quay-number-{n}.jpg>" for n in range(2000))
    assert len(images(story_page(middle=middle))) == 200


def test_a_paragraph_in_an_element_that_no_name_may_have() -> None:
    shown = page(f"<article><h1>{HEADLINE}</h1><p>{FIRST}</p><img src=/a.jpg><a\x01b>{SECOND}</a\x01b></article>")
    odd = next(element for element in shown.root.iter("*") if element.tag.startswith("a\x01"))
    story = [Block(FIRST, "p", element=shown.tree.tagged("p")[0]), Block(SECOND, "div", element=odd)]
    found = story_pictures(shown, story, "", (), Value(None))
    assert [one.after for one in found] == [1]


def test_an_empty_page() -> None:
    assert story_pictures(Page("", f"{HOME}/x"), [], "", (), Value(None)) == []


@pytest.mark.parametrize(
    "written",
    ["/my quay.jpg", "/부두.jpg", "/quay–2×3.jpg", "/a.jpg?q=[1]|{2}", "https://bücher.example/a.jpg", "/50%.jpg"],
)
def test_addresses_are_those_that_are_requested(written: str) -> None:
    (one,) = images(story_page(middle=f"<img src='{written}'>"))
    assert Request(one.url).url == one.url
    assert one.url.isascii()
    assert not set(" []|{}^`<>") & set(one.url)
