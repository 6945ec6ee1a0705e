"""A publisher's rules that match nothing on a page."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawl.extract.css import split_rule
from newscrawl.extract.page import Page
from newscrawl.publishers import Publisher


def unmatched(page: Page, publisher: Publisher) -> Mapping[str, tuple[str, ...]]:
    """The selectors without an element, by what they are for; ``drop`` is for what is left out of a body."""
    rules = {**publisher.rules, "drop": publisher.drop}
    missing = {name: tuple(r for r in of if not page.tree.select(split_rule(r)[0])) for name, of in rules.items()}
    return {name: left for name, left in missing.items() if left}
