"""Daily Maverick (www.dailymaverick.co.za), South Africa.

Facts: saved pages of 2025 (the first of two rules) and 2026 (the second), and their links: articles at
``/article/<day>-<slug>/``, sections at ``/section/<name>/`` and ``/<name>/``.
"""

from newscrawl.publishers.description import Publisher

PUBLISHER = Publisher(
    name="dailymaverick.co.za",
    hosts=("www.dailymaverick.co.za", "dailymaverick.co.za"),
    home="https://www.dailymaverick.co.za",
    timezone="Africa/Johannesburg",
    article=r"/article/\d{4}-\d\d-\d\d-[^/]+/?",
    rules={
        "description": (".top-summary",),
        "body": ("#long-form .article-content", ".article-contents"),
        "topics": (".article-tags", ".keywords-section"),
    },
    drop=(".wp-caption", ".dm_add_wrapper", ".post_gallery"),
    ends=(r"¯+", r"first published (?:in|by|on) .{1,80}"),
)
