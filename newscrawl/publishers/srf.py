"""SRF (www.srf.ch), Swiss radio and television, in German.

Facts: saved pages of 2024 and 2025. An article's address (``/news/international/<slug>``) differs from a section's only in
the length of its last step, so no address pattern is given here. The title has a topic line before it, which
``og:title`` repeats.
"""

from newscrawl.publishers.description import Publisher

PUBLISHER = Publisher(
    name="srf.ch",
    hosts=("www.srf.ch", "srf.ch"),
    home="https://www.srf.ch",
    timezone="Europe/Zurich",
    rules={
        "headline": (".article-title__text",),
        "description": (".article-lead",),
        "body": ("[itemprop=articleBody]",),
    },
    # Boxes on a person or a background, and captions ("Legende: …").
    drop=(".expandable-box", ".media-caption", ".article-element"),
)
