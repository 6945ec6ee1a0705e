"""taz (taz.de), Germany.

Facts: saved pages of 2023 (the first of two rules) and 2024 (the second), and their links: articles at ``/<slug>/!<id>/``,
sections at ``/Politik/Deutschland/!p4616/``, topics at ``/<name>/!t<id>/``, a section's feed at ``/!p4616/rss.xml``.
"""

from newscrawl.publishers.description import Publisher

PUBLISHER = Publisher(
    name="taz.de",
    hosts=("taz.de", "www.taz.de"),
    home="https://taz.de",
    timezone="Europe/Berlin",
    article=r"/(?:[^/]+/)?!(?P<id>\d{5,8})/?",
    rules={
        "body": ("article[itemprop=articleBody]", ".main-article-corpus"),
    },
    drop=("p.caption", "h1"),
)
