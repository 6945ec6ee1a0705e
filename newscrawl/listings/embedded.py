"""What a page carries as data for its scripts: more of its list than it shows, and where that goes on.

Next.js and Nuxt have it in a script of a known id (https://nextjs.org/docs/pages, https://nuxt.com/docs), Inertia in an
attribute; others have in one what a script is told of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote, urlsplit

from newscrawl.extract.css import Element
from newscrawl.extract.page import Page
from newscrawl.listings import json_data
from newscrawl.listings.cards import links_of
from newscrawl.listings.json_data import Found, Story
from newscrawl.listings.listing import Link, ListingSite
from newscrawl.listings.load_more import Around
from newscrawl.listings.stream import joined

_NEXT, _NUXT = "__NEXT_DATA__", "__NUXT_DATA__"
#: Attributes that may have data: Inertia's page, the properties of what a script draws.
_IN_ATTRIBUTE = re.compile(r"data-[\w-]*(?:page|props|options|config|settings|scroll|state)|props")
#: How Infinite Scroll writes where a page's number stands in its addresses (https://infinite-scroll.com/options#path).
_NUMBER = "{{#}}"
_MOST_ATTRIBUTES = 200
#: What Nuxt wraps around a value: the name, and where the value is.
_WRAPPERS = ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef")


class Embedded:
    """The data of a page, ``None`` where it has none; and where the same data is to be had of other pages."""

    def __init__(self, page: Page):
        self._page = page
        self.data: Any = None
        self.routes: list[str] = []
        #: Data in attributes of elements, which say where a list goes on and mostly have none of it.
        self.options: list[tuple[Element, Any]] = []
        scripts = {
            script.get("id"): script for script in page.tree.tagged("script") if script.get("id") in (_NEXT, _NUXT)
        }
        for name, script in scripts.items():
            try:
                self._take(name, json_data.parse("".join(script.itertext())))
            except ValueError:
                continue
        self._take_attributes()

    def _take_attributes(self) -> None:
        left = json_data.MOST_JSON  # characters
        elements = self._page.root.iter("*")
        texts = ((e, text) for e in elements for name, text in e.attrib.items() if _is_data(name, text))
        for element, text in islice(texts, _MOST_ATTRIBUTES):
            left -= len(text)
            if left < 0:
                return
            try:
                self._take_options(element, json_data.parse(text))
            except ValueError:
                continue

    def _take_options(self, element: Element, data: Any) -> None:
        if self.data is None and isinstance(data, dict) and "component" in data and "props" in data:
            self.data = data  # Inertia's (https://inertiajs.com/the-protocol)
            self.routes.append(self._page.url)
        else:
            self.options.append((element, data))

    def _take(self, name: str, data: Any) -> None:
        if name == _NUXT and isinstance(data, list):
            self.data = _unfolded(data)
        elif name == _NEXT and isinstance(data, dict):
            self.data = data.get("props")
            if isinstance(build := data.get("buildId"), str):
                self.routes.append(self._route(build))
        self.routes.append(self._page.url)

    def _route(self, build: str) -> str:
        """The address at which Next.js gives the data of this page."""
        parts = urlsplit(self._page.url)
        path = f"/_next/data/{quote(build, safe='')}/{parts.path.strip('/') or 'index'}.json"
        return parts._replace(path=path, fragment="").geturl()

    def further(self, site: ListingSite, section: str, links: list[Link]) -> list[Link]:
        """The section's articles in the data that the page does not show: those of the list of which it shows some.

        Of a page that shows none, those of all lists.
        """
        stories = json_data.collect(self.data).stories if self.data is not None else []
        shown = {link.url for link in links}
        if shown:
            places = _places(stories, site, shown)
            stories = [story for story in stories if story.place in places]
        if not stories:
            return []
        page = Page(json_data.as_page(Found(stories)), self._page.url)
        return [link for link in site.links(page, section) if link.url not in shown]

    def next_pages(self, number: int, count: int) -> Iterator[str]:
        """Addresses that may be of the page after page ``number``, by what the data say of it."""
        for route in self.routes if self.data is not None else ():
            yield from json_data.next_pages(self.data, route, number, count=count, guess=False)

    def named_next(self, number: int) -> Iterator[str]:
        """Addresses that options beside the listing name as those of the page after page ``number``."""
        around = Around(self._page, list(links_of(self._page))) if self.options else None
        for element, options in self.options:
            if around is None or around.is_of_others(element):
                continue
            yield from json_data.named_next(options, self._page.url)
            path = options.get("path") if isinstance(options, dict) else None
            if isinstance(path, str) and _NUMBER in path:
                yield joined(self._page.url, path.replace(_NUMBER, str(number + 1)))


def _is_data(name: str, text: str) -> bool:
    return text.lstrip().startswith("{") and _IN_ATTRIBUTE.fullmatch(name) is not None


def _places(stories: list[Story], site: ListingSite, shown: set[str]) -> set[int]:
    """The lists that have most of the articles that the page shows."""
    found: dict[int, set[str]] = {}
    for story in stories:
        if (url := site.url(story.address)) in shown and url is not None:
            found.setdefault(story.place, set()).add(url)
    return {place for place, urls in found.items() if len(urls) * 2 > len(shown)}


def _unfolded(flat: list[Any]) -> Any:
    """Nuxt's data: all values are in one list, and name one another by their numbers there, as devalue writes them."""
    values = [{} if isinstance(one, dict) else [] if isinstance(one, list) else one for one in flat]

    def at(number: Any) -> Any:
        for _ in _WRAPPERS:
            if not isinstance(number, int) or not 0 <= number < len(flat):
                return None
            one = flat[number]
            if not (isinstance(one, list) and len(one) > 1 and one[0] in _WRAPPERS):
                return values[number]
            number = one[1]
        return None

    for value, one in zip(values, flat, strict=True):
        if isinstance(one, dict):
            value.update((name, at(number)) for name, number in one.items())
        elif isinstance(one, list):
            value.extend(at(number) for number in one if isinstance(number, int))
    return at(0)
