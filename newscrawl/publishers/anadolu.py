"""Anadolu Ajansı (www.aa.com.tr), Türkiye's news agency, in Turkish.

Facts: saved pages of 2025 (the first of two rules) and 2026 (the second), and their links: articles at
``/tr/<section>/<slug>/<id>``, sections at ``/tr/<section>``. Without its date format, 05.04.2025 would be a day in May.
"""

from newscrawl.publishers.description import Publisher

PUBLISHER = Publisher(
    name="aa.com.tr",
    hosts=("www.aa.com.tr", "aa.com.tr"),
    home="https://www.aa.com.tr",
    timezone="Europe/Istanbul",
    article=r"/(?P<section>[a-z]{2}/[a-z-]+)/[^/]+/(?P<id>\d{5,8})",
    listing=r"/(?P<section>[a-z]{2}/[a-z-]+)/?",
    date_formats=("%d.%m.%Y", "%d.%m.%Y %H:%M"),
    date_labels={"date_modified": ("Güncelleme",)},
    rules={
        "byline": (".detay-spot-category .row > span:first-child",),
        "date": (".detay-spot-category .tarih",),
        "body": (".detay-icerik", ".embed-responsive.prose"),
        "topics": (".detay-paylas > div",),
    },
    # The place, which stands alone before the text; the agency's note on its website; tags and share buttons.
    drop=(".detay-icerik > h6", ".detay-foto-editor", ".detay-paylas"),
)
