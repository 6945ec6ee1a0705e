"""Listings and articles that show nothing without scripts, read in a real browser."""

from __future__ import annotations

import json
import shutil

import pytest

from newscrawl.browser.chromium import LACKING, executable, is_installed
from tests.conftest import serve
from tests.sections import prose
from tests.test_connections import nobody, story

try:
    LACKS = "" if executable(None) and is_installed() else "the extra 'browser' is not installed"
except ValueError as error:
    LACKS = str(error)
in_browser = pytest.mark.skipif(bool(LACKS), reason=LACKS)

SHELL = (
    '<!DOCTYPE html><html><head><title>Harbour</title><link rel="stylesheet" href="/app.css"></head><body>'
    "<noscript>Please enable JavaScript.</noscript>"
    '<div id="root"></div><img src="/pixel.gif"><script src="{}"></script></body></html>'
)
#: Shows five stories, and five more as often as it is asked; what else it tries must lead nowhere.
APP = """
let page = 0, busy = false;
const root = document.getElementById('root');
async function more() {
  if (busy) return;
  busy = true;
  const answer = await fetch('/api' + location.pathname + '?page=' + ++page, {headers: {'X-Paper': 'harbour'}});
  for (const one of answer.ok ? await answer.json() : []) {
    const card = document.createElement('article');
    card.style.minHeight = '40vh';
    card.innerHTML = `<h2><a href="${one.url}">${one.title}</a></h2><p>In short.</p>`;
    root.firstChild.append(card);
  }
  busy = false;
}
root.innerHTML = '<main><h1>Harbour</h1></main>';
if (location.pathname.startsWith('/button')) {
  root.insertAdjacentHTML('beforeend', '<button>Load more stories</button>');
  document.querySelector('button').addEventListener('click', more);
} else {
  addEventListener('scroll', () => { if (scrollY + innerHeight > root.scrollHeight - 50) more(); });
}
for (const leak of [
  () => fetch('/secret/all.json').catch(() => 0), () => fetch('OTHER/x').catch(() => 0),
  () => new WebSocket('OTHER/socket'.replace('http', 'ws')), () => navigator.sendBeacon('OTHER/beacon', 'x'),
  () => window.open('OTHER/popup'), () => { location.href = 'OTHER/away'; }, () => alert('Hello'),
  () => { new Image().src = 'OTHER/image'; },
  () => root.insertAdjacentHTML('beforeend', '<iframe src="OTHER/frame"></iframe><link rel="preconnect" href="OTHER">'),
  () => { const to = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.2:PORT'}]});
          to.createDataChannel('x'); to.createOffer().then(offer => to.setLocalDescription(offer)); },
  () => navigator.serviceWorker.register('/worker.js').catch(() => 0),
]) { try { leak(); } catch { } }
more();
"""


def at(section: str, number: int) -> str:
    return f"/{section}/2025/09/the-lamp-of-pier-{number}/"


def app_site(site, port: int) -> None:
    """Two sections of 25 stories each, whose pages are made by scripts."""
    script = APP.replace("OTHER", f"http://127.0.0.2:{port}").replace("PORT", str(port))
    site.routes["/app.js"] = (200, {"Content-Type": "text/javascript"}, script.encode())
    site.routes["/app.css"] = (200, {"Content-Type": "text/css"}, b"body {font-size: 2em}")
    site.routes["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /secret/\n")
    for section, first in (("button", 0), ("endless", 100)):
        site.html(f"/{section}", SHELL.format("/app.js"))
        for page in range(1, 6):
            numbers = range(first + 5 * page - 4, first + 5 * page + 1)
            cards = [{"url": at(section, n), "title": f"The lamp of pier {n} burns again"} for n in numbers]
            kind = {"Content-Type": "application/json"}
            site.routes[f"/api/{section}?page={page}"] = (200, kind, json.dumps(cards).encode())
            for number in numbers:
                site.html(at(section, number), story(number))


def start(site, *paths: str) -> tuple[str, str]:
    return "-a", "start=" + ",".join(site.origin + path for path in paths)


@in_browser
def test_what_loads_by_script_is_read_within_the_bounds_of_the_crawl(site, crawl):
    with serve("127.0.0.2") as free:
        port = int(free.origin.rpartition(":")[2])
    app_site(site, port)
    with nobody(port):
        run = crawl(*start(site, "/button", "/endless"), "-a", "pages=3", "-s", "BROWSER=listings", spider="section")
    assert run.status == 0, run.stderr
    expected = {at("button", n) for n in range(1, 16)} | {at("endless", n) for n in range(101, 116)}
    assert {article["url"].removeprefix(site.origin) for article in run.articles} == expected
    assert run.stderr.count("is read in a browser, since its plain page has no links to articles") == 2
    asked = [path for path in site.requests if "lamp" not in path]
    for section in ("button", "endless"):
        assert asked.count(f"/{section}") == 1
        assert [path for path in asked if path.startswith(f"/api/{section}")] == [
            f"/api/{section}?page={page}" for page in (1, 2, 3)
        ]
    assert not {"/secret/all.json", "/pixel.gif", "/worker.js", "/favicon.ico"} & set(asked)
    assert "Traceback" not in run.stderr


@in_browser
def test_articles_are_read_so_where_that_is_wanted(site, crawl):
    links = "".join(
        f'<article><h2><a href="{at("plain", n)}">The lamp of pier {n} burns again</a></h2><p>{prose(n, 1)[0]}</p></article>'
        for n in range(1, 5)
    )
    site.html("/plain", f"<html><body><main><h1>Harbour</h1>{links}</main></body></html>")
    for number in range(1, 5):
        page = story(number)
        script = f"document.getElementById('root').innerHTML = {json.dumps(page.partition('<main>')[2].partition('</main>')[0])}"
        site.html(
            at("plain", number),
            page.partition("<main>")[0] + f'<div id="root"></div><script>{script}</script></body></html>',
        )
    run = crawl(*start(site, "/plain"), "-s", "BROWSER=listings", spider="section")
    assert run.status == 1
    assert "none of 4 articles could be read (4 show nothing without scripts); -s BROWSER=all" in run.last_line
    assert "is read in a browser" not in run.stderr  # the listing has links
    run = crawl(*start(site, "/plain"), "-s", "BROWSER=all", spider="section")
    assert run.status == 0, run.stderr
    assert sorted(article["headline"] for article in run.articles) == [
        f"The lamp of pier {n} burns again tonight" for n in range(1, 5)
    ]


@in_browser
def test_scripts_that_do_not_end(site, crawl):
    site.html("/world", SHELL.format("/app.js"))
    site.routes["/app.js"] = (200, {"Content-Type": "text/javascript"}, b"for (;;) {}")
    run = crawl(*start(site, "/world"), "-s", "BROWSER=listings", "-s", "BROWSER_TIMEOUT=2", spider="section")
    assert run.status == 1
    assert f"{site.origin}/world: its scripts took longer than BROWSER_TIMEOUT" in run.last_line
    assert "Traceback" not in run.stderr


def test_without_a_browser_the_ending_says_what_the_page_needs(site, crawl):
    site.html("/world", SHELL.format("/app.js"))
    site.html("/sitemap.xml", SHELL.format("/app.js"))  # as such sites answer whatever they do not have
    site.routes["/news-sitemap.xml"] = (500, {}, b"")
    run = crawl(*start(site, "/world"), "-s", "RETRY_ENABLED=0", spider="section")
    assert run.status == 1
    for path in ("/sitemap.xml", "/news-sitemap.xml"):
        assert f"source    sitemap {site.origin}{path}: 0 named" in run.stderr
    why = f"{site.origin}/world shows nothing without scripts (a <noscript> that asks for JavaScript)"
    assert (
        f"no articles on the section's pages: {why}; -s BROWSER=listings reads it in a browser ({LACKING})"
        in run.last_line
    )
    site.html(
        "/plain",
        "".join(
            f'<article><h2><a href="{at("plain", n)}">The lamp of pier {n}</a></h2></article>' for n in range(1, 5)
        ),
    )
    for number in range(1, 5):
        site.html(at("plain", number), story(number))
    run = crawl(*start(site, "/plain", "/world"), spider="section")
    assert (run.status, len(run.articles)) == (2, 4), run.stderr
    assert why in run.last_line


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("BROWSER=always", "expected one of listings, all, off"),
        ("BROWSER_PATH=/nowhere/chrome", "expected the path of Chromium"),
    ],
)
def test_settings_that_are_wrong(site, crawl, setting, said):
    if "PATH" in setting and not is_installed():
        pytest.skip("the extra 'browser' is not installed")
    run = crawl(*start(site, "/world"), "-s", "BROWSER=listings", "-s", setting, spider="section")
    assert run.status == 1
    assert said in run.last_line
    assert not site.requests


def test_which_browser(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", {"google-chrome": "/opt/google-chrome"}.get)
    assert executable(None) == "/opt/google-chrome"
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ValueError, match="install chromium"):
        executable(None)
