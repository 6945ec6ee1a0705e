"""Seznam Zprávy (www.seznamzpravy.cz), Czechia.

Facts: saved pages of 2025 and their links. Classes (``c_hy``, ``b_j8``) change with each deploy, ``data-dot`` attributes do
not. Articles are at ``/clanek/<section>-<slug>-<id>``, where nothing tells the section's end from the slug's beginning;
sections at ``/sekce/<section>-<id>``.
"""

from newscrawl.publishers.description import Publisher

PUBLISHER = Publisher(
    name="seznamzpravy.cz",
    hosts=("www.seznamzpravy.cz", "seznamzpravy.cz"),
    home="https://www.seznamzpravy.cz",
    timezone="Europe/Prague",
    article=r"/clanek/[a-z0-9-]+-(?P<id>\d{5,7})/?",
    rules={
        "description": ("[data-dot=ogm-article-perex]",),
        "body": ("[data-dot=ogm-article-content]",),
    },
    drop=(
        "[data-dot=mol-document-link]",  # cards of other articles
        ".mol-post-card__body",  # boxes that tell what went before
        "[data-dot=mol-embed]",
        "[data-dot=mol-self-promo]",
        "[data-dot=mol-figure]",
    ),
)
