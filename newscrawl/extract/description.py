"""The description: the dek below the headline."""

from __future__ import annotations

from newscrawl.extract.page import Page
from newscrawl.extract.rules import first_text
from newscrawl.extract.value import Value
from newscrawl.publishers import Publisher

DESCRIPTION_RULES = ("json-ld:description", "meta:og:description", "meta:twitter:description", "meta:description")


def description(page: Page, publisher: Publisher) -> Value[str | None]:
    """What a publisher's rule gives, else the page's metadata."""
    return first_text(page, (*publisher.rules.get("description", ()), *DESCRIPTION_RULES))
