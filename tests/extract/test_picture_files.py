"""Which addresses are one picture."""

from __future__ import annotations

import pytest

from newscrawl.extract.picture_files import File, is_no_picture, key_of_picture, largest, side, size_in

A = "https://www.maroledger.example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{A}/up/2025/quay-1024x683.jpg", f"{A}/up/2025/quay.jpg"),
        (f"{A}/up/quay-scaled.jpg", f"{A}/up/quay-300x200.webp"),
        (f"{A}/up/quay.jpg?w=600", f"{A}/up/quay.jpg?w=1200&h=800"),
        (f"{A}/quay@2x.png", f"{A}/quay.png"),
        (f"{A}/w_300,c_fill/quay.jpg", f"{A}/w_900,c_fill/quay.jpg"),
        (f"{A}/600x400/smart/quay.jpg", f"{A}/1200x800/smart/quay.jpg"),
        (f"{A}/sites/default/files/styles/large/public/quay-at-noon.jpg?itok=a", f"{A}/sites/default/files/quay-at-noon.jpg"),
        (f"{A}/cdn-cgi/image/width=600/{A}/quay.jpg", f"{A}/quay.jpg"),
        ("https://i0.wp.com/www.maroledger.example/up/quay.jpg?w=600", f"{A}/up/quay.jpg"),
        (f"{A}/_next/image?url=https%3A%2F%2Fimg.example%2Fquay.jpg&w=640&q=75", "https://img.example/quay.jpg"),
        (f"{A}/media/0123abcd/0_0_3000_1800/master/3000.jpg?width=620", f"{A}/media/0123abcd/0_0_3000_1800/500.jpg"),
        (f"{A}/resizer/AbCdEfGhIjKlMnOpQrStUv12=/800x0/smart/0123456789ABCDEF.jpg", f"{A}/resizer/0123456789ABCDEF.jpg"),
        ("https://3.bp.example/-wA8/AAAA/VGL/w1200-h630-p-k-no-nu/quay.jpg", "https://3.bp.example/-wA8/AAAA/VGL/s320/quay.jpg"),
        (f"{A}/photos/01/07/18637042/5/rawImage.jpg", f"{A}/photos/01/07/18637042/5/920x920.jpg"),
        (f"{A}/thumb/msid-112916719,imgsize-300,width-400,resizemode-4/112916719.jpg", f"{A}/thumb/resizemode-4,width-1280,height-720,msid-112916719/112916719.jpg"),
        (f"{A}/picture.php?id=7&w=300", f"{A}/picture.php?id=7&w=900"),
        (f"{A}/quay-superJumbo.jpg", f"{A}/quay-articleLarge.jpg"),
        (f"{A}/$zoom_0.2%2C$width_1059/t_crop/{'0a' * 20}", f"{A}/$zoom_0.1%2C$width_756/t_crop/{'0a' * 20}"),
        (f"{A}/600x400/smart/screenshot.png", f"{A}/1200x800/smart/screenshot.png"),
    ],
)  # fmt: skip
def test_one_picture(one: str, other: str) -> None:
    assert key_of_picture(one) == key_of_picture(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{A}/up/quay.jpg", f"{A}/up/crane.jpg"),
        (f"{A}/up/1535178347_1.jpg", f"{A}/up/1535178347_2.jpg"),
        (f"{A}/gallery/1.jpg", f"{A}/gallery/2.jpg"),
        (f"{A}/up/key_features_of_cranes_-1.webp", f"{A}/up/key_features_of_cranes_-2.webp"),
        (f"{A}/up/how_a_crane_fell.jpg", f"{A}/up/how_a_crane_rose.jpg"),
        (f"{A}/picture.php?id=7", f"{A}/picture.php?id=8"),
        (f"{A}/a/image.jpg", f"{A}/b/image.jpg"),
        (f"{A}/2024/01/screenshot.png", f"{A}/2025/02/screenshot.png"),
        (f"{A}/2024/a/featured-image-2.png", f"{A}/2025/b/featured-image-2.png"),
        ("https://i.ytimg.com/vi/abc/maxresdefault.jpg", "https://i.ytimg.com/vi/def/maxresdefault.jpg"),
        (f"{A}/x/{'0a' * 20}", f"{A}/x/{'0b' * 20}"),
        (f"{A}/_next/image?url=%2Fquay.jpg&w=640", f"{A}/_next/image?url=%2Fcrane.jpg&w=640"),
        (f"{A}/stories/harbour-one/500.jpg", f"{A}/stories/harbour-two/500.jpg"),
    ],
)
def test_two_pictures(one: str, other: str) -> None:
    assert key_of_picture(one) != key_of_picture(other)


@pytest.mark.parametrize(
    ("path", "is_none"),
    [
        ("img/pages/opengraph_default.png", True),
        ("og/default.png", True),
        ("img/base/spacer/16.png", True),
        (f"logo_open-graph_twitter.{'1beadfec' * 4}.png", True),
        (f"rating-star-{'1beadfec' * 4}.svg", True),
        ("town_emblem.png", True),
        ("sites/default/files/quay.jpg", False),
        (f"{'1beadfec' * 4}.jpg", False),
        ("emblematic-quay.jpg", False),
    ],
)
def test_addresses_of_icons_and_placeholders(path: str, is_none: bool) -> None:
    assert is_no_picture(f"{A}/{path}") is is_none


@pytest.mark.parametrize("url", ["", "x", "//", "http://[", f"{A}/" + "a" * 100_000, f"{A}/%"])
def test_addresses_of_no_picture(url: str) -> None:
    assert isinstance(key_of_picture(url), str)
    assert size_in(url) == (None, None)


@pytest.mark.parametrize(
    ("written", "pixels"),
    [("640", 640), (" 640px ", 640), ("640.0", 640), (640, 640), (640.0, 640), ("auto", None), ("100%", None), ("", None),
     (None, None), (True, None), ("0", None), ("99999", None), ({"@value": "640"}, 640), ([640], None), ("6e2", None)],
)  # fmt: skip
def test_sides(written: object, pixels: int | None) -> None:
    assert side(written) == pixels


def test_the_largest() -> None:
    small, large, unknown = File("/s", 300), File("/l", 900), File("/u")
    assert largest([small, large, unknown]) is large
    assert largest([unknown, File("/v")]) is unknown
    assert largest([small, File("/o", original=True), large]).url == "/o"
