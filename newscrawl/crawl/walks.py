"""All walks of a run, and the addresses that they begin at."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from newscrawl.addresses.forms import section_name
from newscrawl.addresses.hosts import with_ascii_host
from newscrawl.crawl.walk import Walk
from newscrawl.publishers import Publisher
from newscrawl.sites import site_at


class Walks(dict[str, Walk]):
    """The walks by their ids. ``publisher_of`` tells whose an address is; ``section`` is for one that tells none."""

    def __init__(self, publisher_of: Callable[[str], Publisher], section: str):
        super().__init__()
        self._publisher_of = publisher_of
        self._section = section
        #: Each walk with an address to begin at; a walk may have several.
        self.starts: list[tuple[Walk, str]] = []
        self._typed: dict[str, str] = {}  # hosts by their one form

    def walk(self, url: str) -> Walk:
        """The walk that begins at an address. Raises ``ValueError`` for what is none."""
        site = site_at(self._publisher_of(url), url)
        section = site.section_of_start(url)
        section = self._section if section is None else section
        walk = Walk(site, section, alternatives=iter(site.alternatives(section)), title=section_name(section))
        return self.setdefault(walk.id, walk)

    def begin(self, url: str) -> None:
        """Let a walk begin at an address. Raises ``ValueError`` for what is none."""
        typed, url = urlsplit(url).netloc, with_ascii_host(url)
        walk = self.walk(url)
        self.starts.append((walk, walk.site.url(url) or url))
        self._typed[urlsplit(url).netloc] = typed

    def as_given(self, url: str) -> str:
        """An address with its host as the user wrote it, who may not know it in ASCII."""
        parts = urlsplit(url)
        return urlunsplit(parts._replace(netloc=self._typed.get(parts.netloc, parts.netloc)))

    def starts_of(self, walk: Walk) -> list[str]:
        """The addresses that a walk begins at."""
        return [url for of, url in self.starts if of is walk]

    def allows(self, url: str) -> bool:
        """Whether an address is on a host that this crawl was started for."""
        return any(walk.site.answers(url) for walk in self.values())

    def on_copy(self, asked: str, leads_to: str) -> str:
        """Where a redirect leads, be it from a copy to the publisher's own host."""
        sites = (walk.site for walk in self.values())
        return next((site.on_copy(leads_to) for site in sites if site.answers(asked)), leads_to)
