"""The lead image and its caption."""

import pytest

from newscrawl.extract.image import image, image_caption
from tests.extract.invented import GENERIC, HOME, SENTENCE, json_ld, meta, page, publisher

OWN = publisher(image=(".lead img",), image_caption=(".caption",))


@pytest.mark.parametrize(
    "attributes", ["src=/a.jpg", "src='' data-src=/a.jpg", "srcset='/b.jpg 400w, /a.jpg 800w'", "data-srcset=/a.jpg"]
)
def test_a_publishers_image(attributes: str) -> None:
    shown = page(f"<div class=lead><img {attributes}></div>", meta("og:image", "/other.jpg"))
    assert image(shown, OWN) == (f"{HOME}/a.jpg", ".lead img")


@pytest.mark.parametrize("value", ["/a.jpg", ["/a.jpg", "/b.jpg"], {"url": "/a.jpg"}, [{"contentUrl": "/a.jpg"}]])
def test_images_in_json_ld(value: object) -> None:
    assert image(page(head=json_ld(image=value)), GENERIC) == (f"{HOME}/a.jpg", "json-ld:image")


def test_what_is_no_address_is_passed_over() -> None:
    head = json_ld(image={"width": 4}) + meta("og:image", "data:image/gif;base64,R0") + meta("twitter:image", "/a.jpg")
    assert image(page(head=head), GENERIC) == (f"{HOME}/a.jpg", "meta:twitter:image")
    assert image(page(), GENERIC) == (None, None)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("/my quay.jpg", "/my%20quay.jpg"),
        ("/a.php?id=7&#038;c=quay", "/a.php?id=7&c=quay"),
        ('{"default":{"src":"/b.jpg"}}', None),
        ("/quay_${formatId}.jpg", None),
    ],
)
def test_an_image_has_an_address_that_can_be_requested(written: str, url: str | None) -> None:
    assert image(page(head=json_ld(image=written)), GENERIC).value == (url and HOME + url)


def test_captions() -> None:
    shown = page("<p class=caption>The port</p><article><figcaption>Ships</figcaption></article>")
    assert image_caption(shown, OWN) == ("The port", ".caption")
    assert image_caption(shown, GENERIC) == ("Ships", "article figcaption")
    assert image_caption(page(head=json_ld(image={"caption": "Cranes"})), GENERIC) == (
        "Cranes",
        "json-ld:image.caption",
    )
    assert image_caption(page("<main><figcaption hidden>Ships</figcaption></main>"), GENERIC) == (None, None)


@pytest.mark.parametrize(
    ("markup", "caption"),
    [
        ("Ships leave.<span>Photo: Ann Lee</span>", "Ships leave. Photo: Ann Lee"),
        ("Ships at Maro<span>Ann Lee</span>", "Ships at Maro Ann Lee"),
        ("The <b>M</b>aro <i>harbour</i>s", "The Maro harbours"),
    ],
)
def test_what_only_markup_parts_in_a_caption(markup: str, caption: str) -> None:
    shown = page(f"<article><figcaption>{markup}</figcaption></article>")
    assert image_caption(shown, GENERIC).value == caption


@pytest.mark.parametrize(
    ("picture", "is_one"),
    [
        ("<img src=/a.jpg>", True),
        ("<img src=/a.jpg width=50%>", True),
        ("<img src=/a.jpg width=0 height=0 style='width:100%'>", True),
        ("<img src=/a.jpg width=90 height=400>", True),
        ("<div class=wp-block-gallery><a href=/gallery/harbour><img src=/a.jpg></a></div>", True),
        ("<a href=/world/other><img src=/a.jpg></a>", False),
        ("<img src=/a.jpg width=0 height=0>", False),
        ("<img src=/a.jpg width=90>", False),
        ("<img src=/a.jpg style='width: 1px'>", False),
    ],
)
def test_the_picture_that_a_page_shows(picture: str, is_one: bool) -> None:
    shown = page(f"<article><h1>The harbour</h1>{picture}<p>{SENTENCE}</p></article>")
    assert image(shown, GENERIC) == ((f"{HOME}/a.jpg", "img") if is_one else (None, None))
