"""What a page shows in a browser that has no way to the network but ours."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

#: What distributions and vendors call it.
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LACKING = "pip install 'newscrawl[browser]'"
#: Why what shows or measures, and tells nothing of articles, is not fetched.
OF_NO_USE = "of no use"
_LEADS_AWAY = "to another page in its place"
#: No connection of its own: each leads to a port at which nobody listens, names are looked up by nobody.
_NO_NETWORK = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}  # port 9: discard (RFC 863)
_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-quic",
    "--dns-prefetch-disable",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
]
#: What is fetched for a page; images, fonts, media, beacons and frames are not.
_FETCHED = {"document", "script", "stylesheet", "xhr", "fetch"}
_METHODS = {"GET", "HEAD", "POST"}
#: Header fields that the page's request does not hand on: the crawl sends its own, or none.
_OWN_FIELDS = {"host", "user-agent", "cookie", "referer", "origin", "connection", "content-length", "accept-encoding"}
#: Header fields of an answer whose body is no longer coded.
_CODED = {"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"}
_MOST_REQUESTS = 100  # for one page; some 20 are common
_MOST_BODIES = 4  # times DOWNLOAD_MAXSIZE, all that is fetched for one page
_QUIET = 0.5  # seconds without a request after which a page has what it asked for
_LONGEST_ERROR = 200  # characters
_POLL = 0.05  # seconds
_LAST = 5.0  # seconds for a page's markup, and for closing it, where the time is over

#: What a button that loads more is called, in many languages; and what is called alike and does not.
_MORE_WORDS = (
    r"more|mehr|weitere|plus|más|mais|altr|meer|flere|fler|více|więcej|ещё|еще|больше|daha fazla|もっと|더\s?보기|更多"
    r"|और|المزيد"
)
_OTHER_WORDS = r"read more|learn more|weiterlesen|lire la suite|leer más|menu"
#: Click what loads more, or else go down to the end of the page. A link with an address leads to a next page, which
#: is read as such.
_MORE = """([words, others]) => {
  const [more, other] = [new RegExp(words, 'i'), new RegExp(others, 'i')];
  const all = document.querySelectorAll('button, [role=button], a:not([href]), a[href="#"], a[href^="javascript:"]');
  for (const one of all) {
    const label = (one.innerText || one.getAttribute('aria-label') || '').trim();
    if (label.length <= 40 && more.test(label) && !other.test(label) && !one.disabled && one.getClientRects().length
        && !one.closest('nav, header')) {
      one.click();
      return;
    }
  }
  window.scrollTo(0, document.documentElement.scrollHeight);
}"""
_LINKS = "() => new Set(Array.from(document.querySelectorAll('a[href]'), one => one.href)).size"
_SIZE = "() => document.documentElement.outerHTML.length"


class RenderError(Exception):
    """A page could not be read in the browser; the text says why."""


@dataclass(slots=True)
class Rendered:
    """A page's markup as it is in the browser, and why it may lack something: ``cut``, and what was not ``sent``."""

    html: str
    cut: str = ""
    not_sent: Counter[str] = field(default_factory=Counter)


def is_installed() -> bool:
    """Whether the extra is."""
    return find_spec("scrapy_playwright") is not None


def executable(path: str | None) -> str:
    """The browser at a path, or the one that is installed. Raises ``ValueError`` where there is none."""
    if path:
        if not os.access(path, os.X_OK):
            raise ValueError(f"BROWSER_PATH={path}: expected the path of Chromium or Chrome")
        return path
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise ValueError("no browser was found: install chromium, or name it by -s BROWSER_PATH=/path/to/chrome")
    return found


class Chromium:
    """One browser for a crawl, begun when the first page needs it.

    Whatever a page asks for is fetched by the crawl itself, so that robots.txt, private addresses, politeness, retries,
    bounds and the archive are the crawl's; what it refuses, the page does not get. Settings: ``BROWSER_PATH``,
    ``BROWSER_TIMEOUT`` (seconds for one page), and scrapy-playwright's own. Raises ``ValueError`` for a wrong one.
    """

    def __init__(self, crawler: Crawler):
        self._crawler = crawler
        self._path = executable(crawler.settings["BROWSER_PATH"])
        self._timeout = crawler.settings.getfloat("BROWSER_TIMEOUT")
        self._handler: Any = None
        self._turn = asyncio.Lock()  # one page at a time

    async def _begin(self) -> Any:
        if self._handler is None:
            from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

            logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # what fails is told by us
            handler = ScrapyPlaywrightDownloadHandler.from_crawler(self._crawler)
            handler.config.navigation_timeout_ms = 1000 * _LAST
            handler.config.launch_options = {
                "executable_path": self._path,
                "args": _ARGUMENTS,
                "proxy": _NO_NETWORK,
                "chromium_sandbox": not hasattr(os, "geteuid") or os.geteuid() != 0,  # which root cannot have
                **handler.config.launch_options,
            }
            await handler._maybe_launch_in_thread()  # the engine, whose start it waits for, runs
            self._handler = handler
        return self._handler

    async def close(self) -> None:
        """End the browser; the next page begins another."""
        handler, self._handler = self._handler, None
        if handler is not None:
            with suppress(Exception):  # of a browser that has ended
                await asyncio.wait_for(handler.close(), _LAST)

    async def render(self, response: Response, rounds: int, allows: Callable[[str], bool]) -> Rendered:
        """What a page shows; it is clicked or scrolled for more up to so many ``rounds``. Raises ``RenderError``.

        ``allows`` tells the addresses that it may ask for.
        """
        async with self._turn:
            return await self._render(response, rounds, allows)

    async def _render(self, response: Response, rounds: int, allows: Callable[[str], bool]) -> Rendered:
        from scrapy_playwright.page import PageMethod

        visit = _Visit(self._crawler, response, allows, self._timeout)
        request = Request(
            response.url,
            meta={
                "playwright": True,
                "playwright_page_init_callback": visit.begin,
                "playwright_page_methods": [PageMethod(visit.look, rounds)],
                "playwright_page_goto_kwargs": {"wait_until": "commit", "timeout": 1000 * self._timeout},
                "playwright_context_kwargs": {
                    "service_workers": "block",
                    "accept_downloads": False,
                    "user_agent": self._crawler.settings["USER_AGENT"],
                },
            },
        )
        try:
            handler = await self._begin()
            await asyncio.wait_for(handler.download_request(request), self._timeout + 4 * _LAST)
        except Exception as error:  # the browser's own are many
            if not visit.html:  # else what failed is to wait for an event that does not come, or to close the page
                raise RenderError(visit.cut or _words(error)) from error
        finally:
            if not await visit.end():
                await self.close()
        return Rendered(visit.html, visit.cut, visit.not_sent)


def _words(error: Exception) -> str:
    """What went wrong in the browser, in a line."""
    if isinstance(error, RenderError):
        return str(error)
    said = str(error).strip().partition("\n")[0][:_LONGEST_ERROR]
    return f"the browser failed{f' ({said})' if said else ''}"


class _Visit:
    """One page in the browser, and what it asks for."""

    def __init__(self, crawler: Crawler, response: Response, allows: Callable[[str], bool], timeout: float):
        self._crawler, self._response, self._allows = crawler, response, allows
        self._largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._until = _now() + timeout
        self._page: Page | None = None
        self._is_open = False
        self._under_way = self._requests = self._bytes = 0
        self._last = _now()
        self.html = self.cut = ""
        self.not_sent: Counter[str] = Counter()

    async def begin(self, page: Page, request: Request) -> None:
        """Take all that the page asks for; what was asked last to take it comes first."""
        self._page = page
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
        page.on("popup", lambda popup: asyncio.ensure_future(popup.close()))
        await page.route("**", self._answer)
        await page.route_web_socket("**", lambda socket: socket.close())

    async def end(self) -> bool:
        """Close the page, where what drives it has not; whether that worked."""
        if self._page is not None and not self._page.is_closed():
            try:
                await asyncio.wait_for(self._page.close(), _LAST)
            except Exception:  # the browser's own, or it takes too long
                return False
        return True

    async def look(self, page: Page, rounds: int) -> None:
        """Wait for what the page shows, then for more, as long as there is."""
        try:
            async with asyncio.timeout_at(self._until):
                with suppress(_playwright_error()):  # which a page that would lead away does not come to
                    await page.wait_for_load_state("domcontentloaded", timeout=1000 * _LAST)
                await self._settle()
                links = await page.evaluate(_LINKS)
                for _ in range(rounds):
                    await page.evaluate(_MORE, [_MORE_WORDS, _OTHER_WORDS])
                    await self._settle()
                    links, before = await page.evaluate(_LINKS), links
                    if links <= before:
                        break
        except TimeoutError:
            self.cut = "its scripts took longer than BROWSER_TIMEOUT"
        try:
            async with asyncio.timeout(_LAST):
                if await page.evaluate(_SIZE) > self._largest:
                    raise RenderError("larger than DOWNLOAD_MAXSIZE in the browser")
                self.html = await page.content()
        except TimeoutError:
            raise RenderError(self.cut or "the browser gave no answer") from None

    async def _settle(self) -> None:
        self._last = _now()
        while self._under_way or _now() - self._last < _QUIET:
            if not self._crawler.crawling:
                raise RenderError("the run was interrupted")
            await asyncio.sleep(_POLL)

    # What it asks for ------------------------------------------------------------

    async def _answer(self, route: Route) -> None:
        self._under_way += 1
        try:
            with suppress(_playwright_error()):  # the page was closed meanwhile
                await self._answer_one(route)
        finally:
            self._under_way -= 1
            self._last = _now()

    async def _answer_one(self, route: Route) -> None:
        if route.request.resource_type == "document" and not self._is_open:
            self._is_open = True
            kind = self._response.headers.get("Content-Type") or b"text/html"
            await route.fulfill(status=200, headers={"Content-Type": kind.decode("latin-1")}, body=self._response.body)
            return
        if why := self._refusal(route):
            self.not_sent[why] += 1
            await route.abort(
                "aborted" if why == _LEADS_AWAY else "blockedbyclient"
            )  # the former leaves a page as it is
            return
        try:
            answer = await self._fetch(route)
        except IgnoreRequest as error:
            self.not_sent[str(error)] += 1
            await route.abort("blockedbyclient")
        except Exception:  # as many as there are networks
            self.not_sent["failed"] += 1
            await route.abort("failed")
        else:
            self._bytes += len(answer.body)
            await route.fulfill(status=answer.status, headers=_fields_of(answer), body=answer.body)

    def _refusal(self, route: Route) -> str:
        """Why the page does not get what it asks for; ``""`` if it does."""
        request = route.request
        if request.resource_type not in _FETCHED or request.method not in _METHODS:
            return OF_NO_USE
        if request.resource_type == "document":
            return OF_NO_USE if _is_inner(route) else _LEADS_AWAY
        if not self._allows(request.url):
            return "to another host"
        if self._requests >= _MOST_REQUESTS or self._bytes > _MOST_BODIES * self._largest:
            self.cut = f"its scripts ask for more than {_MOST_REQUESTS} files, or {_MOST_BODIES} times DOWNLOAD_MAXSIZE"
            return "too many"
        return ""

    async def _fetch(self, route: Route) -> Response:
        self._requests += 1
        assert self._crawler.engine is not None
        asked = route.request
        fields = {name: value for name, value in asked.headers.items() if _is_handed_on(name)}
        request = Request(
            asked.url,
            method=asked.method,
            headers=fields,
            body=asked.post_data_buffer or b"",
            callback=NO_CALLBACK,
        )
        return await self._crawler.engine.download_async(request)


def _is_inner(route: Route) -> bool:
    """Whether a document is for a frame within the page."""
    try:
        return route.request.frame.parent_frame is not None
    except _playwright_error():  # there is no frame yet: of a window of its own
        return False


def _is_handed_on(name: str) -> bool:
    return name not in _OWN_FIELDS and not name.startswith(("sec-", ":"))


def _fields_of(answer: Response) -> dict[str, str]:
    fields: Mapping[bytes, list[bytes]] = answer.headers
    return {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in fields.items()
        if name.decode("latin-1").lower() not in _CODED
    }


def _playwright_error() -> type[Exception]:
    from playwright.async_api import Error

    return Error


def _now() -> float:
    return asyncio.get_running_loop().time()
