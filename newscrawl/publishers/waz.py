"""Westdeutsche Allgemeine Zeitung (www.waz.de), Germany, and the layout of the Funke group's newspapers.

Facts: saved pages of 2023 (``article__body``) and of 2024 and 2025 (``article-body``) and their links: articles at
``/<section>/article<id>/<slug>.html``, until 2023 at ``/<section>/<slug>-id<id>.html``; sections at ``/<section>/``; feeds at
``/rss`` and ``/leben/rss``. Stories that the group shares have another of its newspapers as canonical address.
"""

from newscrawl.publishers.description import Offers, Publisher

PUBLISHER = Publisher(
    name="waz.de",
    hosts=("www.waz.de", "waz.de"),
    home="https://www.waz.de",
    timezone="Europe/Berlin",
    article=r"/(?P<section>[A-Za-z0-9-]+(?:/[A-Za-z0-9-]+)*)/(?:article|[^/]*?-id)(?P<id>\d{6,12})(?:/[^/]+)?\.html",
    listing=r"/(?P<section>[A-Za-z0-9-]+(?:/[A-Za-z0-9-]+)*)/",
    feed=r"/(?P<section>[A-Za-z0-9-]+(?:/[A-Za-z0-9-]+)*)/rss",
    alternatives=(("/rss",),),
    rules={
        "body": (".article-body", ".article__body"),
        "topics": ("main > section.not-prose > ul", "main > div.not-prose > ul"),
    },
    drop=(
        ".not-prose",
        ".newsletter-cleverreach",
        ".topic-tags",
        ".content-options",
        ".video-inline",
        "li:has(> strong + a)",  # "Topic: another story", a link behind a label
        "div.p_1",  # a list of links; a paragraph has that class, too
    ),
    ends=(r"mehr artikel aus dieser rubrik.*",),
    asides=(
        r"auch interessant|lesen sie auch|mehr zum thema|das könnte sie auch interessieren"
        r"|exklusive politik-hintergründe\b.*",
    ),
    offers=Offers(certain=(r"aktuelle nachrichten aufs handy\?.*", r"die waz auch bei social media\b.*")),
)
