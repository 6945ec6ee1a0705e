"""Reading a publisher's addresses: which article, listing or feed one is, and its one form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string, url_query_cleaner

from newscrawl.addresses import forms
from newscrawl.addresses.hosts import ascii_netloc, with_ascii_host
from newscrawl.publishers import Publisher

if TYPE_CHECKING:
    from tldextract import TLDExtract

#: Query parameters that tell where a reader came from, not what is read.
TRACKING = (
    "fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "ref", "ref_src", "cmpid",
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "utm_name",
    "yclid", "twclid", "_ga", "_gl", "mkt_tok", "ocid", "smid", "CMP", "xtor", "wt_mc", "wt_zmc", "at_medium", "at_campaign",
    "ref_url", "spm", "traffic_source", "intcid", "ns_mchannel", "PHPSESSID", "jsessionid", "sessionid",
)  # fmt: skip
_WHOLE = re.compile(r"https?://", re.IGNORECASE)
#: An address in which there is nothing to escape.
_PLAIN = re.compile(r"[A-Za-z0-9/:._~?=&+-]+")
#: One that is scheme, host and path, as most are: splitting it takes a fifth of the time.
_SIMPLE = re.compile(r"(https?)://([a-z0-9.-]+)(/[A-Za-z0-9/._~=&+-]*)?")
#: A link to a place at the page's own host, as most are, in which nothing has to be resolved; and what it is joined to.
_PLACE = re.compile(r"/(?![/.])(?:[A-Za-z0-9._~=&+-]|/(?!\.))*")
_ORIGIN = re.compile(r"https?://[a-z0-9.:-]+(?=[/?#]|\Z)")
#: Characters of an address: what common servers read (Apache's LimitRequestLine), so that a longer one leads nowhere.
LONGEST_ADDRESS = 8190
_LONGEST_HOST = 260  # characters of a name (RFC 1035, 2.3.4), and its port
DEFAULT_PORTS = {"http": 80, "https": 443}
#: What may be name and password: as far as the last @, since one with a / in it makes an address that cannot be read.
_USERINFO = re.compile(r"(?:^|(?<=//))(?:(?!,\s*https?://)\S)*@", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
#: The host of most addresses: in small letters, without port, user and what has to be read by the rules.
_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|\Z)")


@cache
def _pattern(regex: str) -> re.Pattern[str]:
    return re.compile(regex)


def _groups(regex: str) -> Mapping[str, int]:
    return _pattern(regex).groupindex


def _netloc(scheme: str, host: str, port: int | None) -> str:
    host = f"[{host}]" if ":" in host else host
    return host if port is None or port == DEFAULT_PORTS.get(scheme) else f"{host}:{port}"


def origin_of(url: str) -> str:
    """Scheme, host and port of an http or https address. Raises ``ValueError`` for what is none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{_netloc(parts.scheme, parts.hostname or '', parts.port)}"


def host_of(url: str) -> str:
    """The host, and port, of an http or https address; ``""`` for what is none, or cannot be read.

    >>> host_of("https://news.example:8080/world"), host_of("http://[site:url]/world"), host_of("tag:news.example,2025:1")
    ('news.example:8080', '', '')
    """
    if plain := plain_host(url):
        return plain
    try:
        parts = urlsplit(url)
        port = parts.port  # raises for what is no number
    except ValueError:
        return ""
    return _netloc(parts.scheme, parts.hostname, port) if parts.hostname and parts.scheme in DEFAULT_PORTS else ""


def plain_host(url: str) -> str:
    """The host of a whole address that can be read off, with no port and nothing to decode; else ``""``."""
    plain = _PLAIN_HOST.match(url)
    return plain[1] if plain else ""


def joined(base: str, link: str) -> str:
    """What ``urljoin`` gives, for most links in a tenth of its time. Raises ``ValueError`` for what is no address.

    >>> joined("https://news.example/world/", "/sport/1.html"), joined("https://news.example/world/", "../sport")
    ('https://news.example/sport/1.html', 'https://news.example/sport')
    """
    origin = _ORIGIN.match(base) if _PLACE.fullmatch(link) else None
    return origin[0] + link if origin else urljoin(base, link)


def without_credentials(url: str) -> tuple[str, tuple[str, str] | None]:
    """An address without ``user:password@``, and these, if they were there."""
    parts = urlsplit(url)
    userinfo, at, place = parts.netloc.rpartition("@")
    if not at:
        return url, None
    user, _, password = userinfo.partition(":")
    return urlunsplit(parts._replace(netloc=place)), (unquote(user), unquote(password))


def shown(start: str) -> str:
    """What may be said of an address, or of several, that a user gave: all but what may be name and password."""
    return _USERINFO.sub("…@", start)


@cache
def _suffixes() -> TLDExtract:
    """The public suffix list that comes with the library: no request for a newer one."""
    from tldextract import TLDExtract  # 13 MB, and mostly not needed

    return TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)


@lru_cache(1000)  # a page may name any number of hosts
def _domain(host: str) -> str:
    """The registered domain of a host."""
    return _suffixes()(host).top_domain_under_public_suffix


def _read(address: str) -> tuple[str, str | None, int | None, str, str]:
    """Scheme, host, port, path and query of an address, escaped. Raises ``ValueError`` for what is none."""
    if simple := _SIMPLE.fullmatch(address):
        scheme, host, path = simple.groups("")
        return scheme, host, None, path, ""
    parts = urlsplit(address if _PLAIN.fullmatch(address) else safe_url_string(with_ascii_host(address)))
    return parts.scheme, parts.hostname, parts.port, parts.path, parts.query


def _last_labels(host: str) -> list[str]:
    return host.rstrip(".").rsplit(".", 2)[-2:]


def _without_twin(publisher: Publisher, host: str | None, path: str) -> str | None:
    """The plain path of an article's twin at another host of the publisher; ``None`` for what is no twin."""
    place = f"{host}{path}"
    begin = next((begin for begin in publisher.twins if place.startswith(begin)), None)
    return None if begin is None else publisher.twins[begin] + place[len(begin) :]


def tells_sections(publisher: Publisher) -> bool:
    """Whether the addresses of a publisher's articles tell their section: else its listings have to."""
    return "section" in _groups(publisher.article)


class Site:
    """A publisher's addresses as they are at one origin: its own, a copy's, or an archive's.

    On a copy, links to the publisher's own hosts are read as links to the copy; ``original`` is a host that a site
    turned out to be a copy of. A site without a description is its host, with or without "www.", and ``others`` that
    it has moved from. Raises ``ValueError`` for an address that is not http(s).
    """

    def __init__(self, publisher: Publisher, url: str):
        parts = urlsplit(with_ascii_host(url))
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            raise ValueError(f"{url!r} is not an http or https address")
        self.publisher = publisher
        is_own = parts.hostname in publisher.hosts or _without_twin(publisher, parts.hostname, parts.path) is not None
        if is_own and publisher.home:
            parts = urlsplit(publisher.home)
        self.host = parts.hostname or ""
        #: The publisher's domain, as the output names it.
        self.name = publisher.name if publisher.hosts else self.host.removeprefix("www.")
        #: Other hosts whose pages are this site's.
        self.others: set[str] = set()
        self.original = ""
        self.be_at(parts.scheme, _netloc(parts.scheme, self.host, parts.port))
        #: Whether its articles' addresses tell their section.
        self.tells_sections = tells_sections(publisher)

    def be_at(self, scheme: str, netloc: str) -> None:
        """Take an origin as this site's own."""
        self.scheme, self.netloc = scheme, netloc
        self.origin = f"{scheme}://{netloc}"

    def at(self, netloc: str) -> Self:
        """The same publisher at another host."""
        return type(self)(self.publisher, f"{self.scheme}://{netloc}")

    def is_sibling(self, netloc: str) -> bool:
        """Whether another host, at the same port, belongs to the same registered domain."""
        if len(netloc) > _LONGEST_HOST:
            return False
        try:
            netloc = ascii_netloc(netloc)
        except ValueError:
            return False
        host, own = (re.fullmatch(r"([\w.-]+)(:\d+)?", text) for text in (netloc, self.netloc))
        if not host or not own or host[1] == own[1] or host[2] != own[2]:
            return False
        if _last_labels(host[1]) != _last_labels(own[1]):
            return False  # of one domain they have at least two in common: the list of suffixes need not be asked
        domain = _domain(own[1])
        return bool(domain) and _domain(host[1]) == domain

    def is_internal(self, url: str) -> bool:
        """Whether an address is at one of the publisher's hosts, or at another one of the same registered domain.

        >>> site = Site(Publisher(name="generic"), "https://www.news.example/a")
        >>> [site.is_internal(f"https://{host}/b") for host in ("news.example", "sport.news.example", "other.example")]
        [True, True, False]
        """
        host = host_of(url)
        if not host:
            return False
        if host in self.publisher.hosts or host in (self.netloc, self.original) or host in self.others:
            return True
        own = self.netloc.removeprefix("www.")
        if host == own or host.endswith(f".{own}"):
            return True
        # a cheap look first: most hosts are of other domains
        return host.split(".")[-2:] == self.netloc.split(".")[-2:] and self.is_sibling(host)

    def url(self, link: str, base: str = "") -> str | None:
        """The one form of the address of a page here: no fragment, no tracking, never AMP.

        ``None`` when it leads elsewhere, or is no address. ``base`` is the page's own address.
        """
        if len(link) > LONGEST_ADDRESS or len(base) > LONGEST_ADDRESS:
            return None
        try:
            address = link if _WHOLE.match(link) else joined(base or self.origin, link.strip())
            scheme, host, port, place, query = _read(address)
        except ValueError:
            return None
        path = _without_twin(self.publisher, host, place)
        own = self.netloc if path else self._own(scheme, host, port)
        if not own:
            return None
        path, query = self._resource(path or place or "/", query)
        return f"{self.scheme}://{own}{path}{'?' if query else ''}{query}"

    def _own(self, scheme: str, host: str | None, port: int | None) -> str | None:
        """Where a page at a host is read, ``None`` if that is no host of this site."""
        if scheme not in DEFAULT_PORTS or not host:
            return None
        netloc = _netloc(scheme, host, port)
        if host in self.publisher.hosts or netloc in (self.netloc, self.original):
            return self.netloc
        if not self.tells_sections and netloc.removeprefix("www.") == self.netloc.removeprefix("www."):
            return self.netloc
        return netloc if netloc in self.others else None

    def _resource(self, path: str, query: str) -> tuple[str, str]:
        """Path and query without what does not tell what is read."""
        amp = self.publisher.amp
        if amp and path.startswith(amp):
            path = "/" + path[len(amp) :]
        if query and self._article(path):
            query = ""  # a described article address is complete without one
        elif query:
            query = url_query_cleaner("?" + query, TRACKING, remove=True).lstrip("?")
        return _SESSION.sub("", path) if ";" in path else path, query

    @property
    def is_copy(self) -> bool:
        """Whether another host answers in the place of the publisher's."""
        return bool(self.original) or (bool(self.publisher.hosts) and self.host not in self.publisher.hosts)

    def on_copy(self, url: str) -> str:
        """An address at the publisher's own host as the same one on the copy, where this is a copy; any other as it is."""
        parts = urlsplit(url)
        is_original = parts.hostname in self.publisher.hosts or (self.original and host_of(url) == self.original)
        if not self.is_copy or not is_original:
            return url
        return urlunsplit(parts._replace(scheme=self.scheme, netloc=self.netloc))

    def answers(self, url: str) -> bool:
        """Whether a request for an address goes to this site, and not to the publisher that it is a copy of."""
        return "@" not in urlsplit(url).netloc and self.on_copy(url) == url and self.url(url) is not None

    def _article(self, path: str) -> re.Match[str] | None:
        regex = self.publisher.article
        return _pattern(regex).fullmatch(path) if regex else None

    def article_id(self, url: str) -> str | None:
        """The publisher's own id in an article's address, else ``None``."""
        match = self._article(urlsplit(url).path)
        return match.groupdict().get("id") if match else None

    def key(self, url: str) -> str:
        """What tells one article from another: its id, else a stable hash of its address."""
        return self.article_id(url) or sha256(url.encode()).hexdigest()[:16]

    def section(self, url: str) -> str | None:
        """The section that an article, listing or feed address belongs to, as in its path."""
        path = urlsplit(url).path
        for regex in (self.publisher.article, self.publisher.feed, self.publisher.listing):
            if "section" in _groups(regex) and (match := _pattern(regex).fullmatch(path)):
                return match["section"]
        return None

    def is_article(self, url: str, section: str | None = None) -> bool:
        """Whether an address is an article's, in ``section`` if that is given and addresses tell theirs.

        Without a description: whether it says much for one.
        """
        if not self.publisher.article:
            return forms.weigh(url, section or "") == forms.MUCH
        match = self._article(urlsplit(url).path)
        if not match or not section or not self.tells_sections:
            return match is not None
        return match["section"] == section or match["section"].startswith(section + "/")
