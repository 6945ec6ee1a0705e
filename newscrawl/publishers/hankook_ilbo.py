"""Hankook Ilbo (www.hankookilbo.com), South Korea.

Facts: saved pages of 2025 (the second of two rules) and 2026 (the first), and their links: articles at ``/News/Read/<id>``,
now ``/news/article/<id>``; sections at ``/News/Politics`` and ``/News/Politics/HA01``. The id is A, the day, and eleven digits
more.
"""

from newscrawl.publishers.description import Publisher

PUBLISHER = Publisher(
    name="hankookilbo.com",
    hosts=("www.hankookilbo.com", "hankookilbo.com"),
    home="https://www.hankookilbo.com",
    timezone="Asia/Seoul",
    article=r"/(?:News/Read|news/article)/(?P<id>A\d{19})/?",
    id_date=("A%Y%m%d", 9),
    rules={
        "body": ("#article-view-content", "[itemprop=articleBody]"),
    },
    drop=(
        ".editor-img-box",
        ".writer",
        ".btn-area",
        ".more-news",
        ".edit-subscribe",
        ".newspaper-subscribe",
        ".more-articles",
    ),
)
