"""XML is read as a stream: what a broken document still says, and bounds."""

from __future__ import annotations

import gzip
from urllib.parse import quote

import pytest

from newscrawl import listings
from newscrawl.listings import stream
from newscrawl.listings.listing import Answer
from newscrawl.publishers import GENERIC
from newscrawl.sites import LearnedSite

HOME = "https://news.example"


def read(text: str | bytes) -> tuple[list[str], str]:
    listing = listings.read(Answer(text.encode() if isinstance(text, str) else text, HOME), LearnedSite(GENERIC, HOME))
    return [link.url.removeprefix(HOME) for link in listing.links], listing.cut


ITEMS = "<item><link>/a?id=1&amp;b=2</link></item><item><link>/b?id=1&amp;b=2</link></item>"
BROKEN = {
    "text that is markup": "<rss><item><title>A <3 B < C</title><link>/a</link></item><item><link>/b</link></item></rss>",
    "an element without end": "<rss><item><link>/a</link><b></item><item><link>/b</link></item></rss>",
    "quotation marks in a value": '<rss><item><enclosure url="a"b"/><link>/a</link></item><item><link>/b</link></item></rss>',
    "an element within a link": "<rss><item><link>/a<i>x</i></link></item><item><link>/b</link></item></rss>",
    "an entry without end": "<rss><item><link>/a</link><item><link>/b</link></item></rss>",
    "ends of nothing": "<rss></p><item></b><link>/a</link></item></item><item><link>/b</link></item></rss>",
    "many elements without end": f"<rss><item><link>/a</link>{'<br>' * 200}</item><item>{'<br>' * 200}<link>/b</link></item></rss>",
    "instructions within": "<rss><?php echo 1 ?><item><link>/a</link></item><?xml version='1.0'?><item><link>/b</link></item></rss>",
    "a section without end": "<rss><item><link>/a</link></item><item><link>/b</link></item></rss><!-- the fer",
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_feeds_are_read_all_the_same(what):
    assert read(BROKEN[what]) == (["/a", "/b"], "")


CUT = {
    "in a text": "<feed><entry><link href='/a'/></entry><entry><link href='/b'/><title>The fer",
    "in a tag": "<rss><channel><item><link>/a</link></item><item><link>/b</link></item><ite",
    "behind an image's address": (
        "<urlset><url><loc>/a</loc></url><url><loc>/b</loc><image:image><image:loc>/i.jpg</image:loc>"
    ),
}


@pytest.mark.parametrize("where", CUT)
def test_a_document_that_ends_in_the_middle_is_told(where):
    assert read(CUT[where]) == (["/a", "/b"], "it ends in the middle")


SLIPS = {
    "a raw ampersand": "A & B",
    "an entity of HTML": "A&nbsp;B&hellip;",
    "a reference to nothing": "&#0;&#x1f;&#99999999;",
    "a control character": "A\x0bB",
    "a byte of another character set": b"caf\xe9 \x93A\x94",
    "the end of a section": "]]>",
    "quotation marks": '<b title="a"b">x</b>',
}


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("head", ["", '<?xml version="1.0" encoding="utf-8"?>'])
def test_one_slip_spoils_no_link_behind_it(slip, head):
    text = SLIPS[slip] if isinstance(SLIPS[slip], bytes) else SLIPS[slip].encode()
    feed = head.encode() + b"<rss><channel><title>" + text + b"</title>" + ITEMS.encode() + b"</channel></rss>"
    assert read(feed) == (["/a?id=1&b=2", "/b?id=1&b=2"], "")


@pytest.mark.parametrize(
    "link",
    [
        "<link>/a?id=1&copy=2</link>",
        "<link>/a?id=1&amp;copy=2</link>",
        "<link>/a?id=1&amp;amp;copy=2</link>",
        "<link><![CDATA[/a?id=1&copy=2]]></link>",
        "<link>\n/a?id=1<![CDATA[&copy]]>=2\x01 </link>",
        "<link href='/a?id=1&copy=2'/>",
        '<link type="text/html" href = "/a?id=1&#38;copy=2" />',
        "<link>&path;?id=1&#x26;copy=2</link>",
    ],
)
def test_addresses_with_ampersands(link):
    subset = "<!DOCTYPE rss [ <!ENTITY path '/a'> <!ENTITY more SYSTEM 'https://news.example/more.ent'> %more; ]>"
    assert read(f"{subset}<rss><item>{link}</item></rss>") == (["/a?id=1&copy=2"], "")


PROLOGUES = {
    "a document type": '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY nbsp "&#160;"> <!-- ] > -->]>\n',
    "two byte order marks": "\ufeff\ufeff",
    "a mark behind a newline": "\n\ufeff<?xml version='1.0'?>",
    "a warning of PHP": "<br />\n<b>Warning</b>: x in <b>/a.php</b> on line <b>3</b><br />\n<?xml version='1.0'?>",
    "a warning as text": "Notice: x in /a.php on line 3\n<?xml version='1.0'?>",
    "a warning, and no declaration": "<b>Deprecated</b>: x<br>\n",
    "a long comment": f"<!-- {'by hand ' * 2000} -->",
}


@pytest.mark.parametrize("prologue", PROLOGUES)
def test_what_comes_before_a_feed(prologue):
    assert read(f"{PROLOGUES[prologue]}<rss><channel>{ITEMS}</channel></rss>") == (["/a?id=1&b=2", "/b?id=1&b=2"], "")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-16", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("utf-16", "utf-8"),
        ("windows-1251", "cp1251"),
        ("euc-jp", "euc-jp"),
        ("utf-7", "utf-8"),
        ("zip", "utf-8"),
    ],
)
def test_character_sets(declared, encoding):
    letter = {"cp1251": "ж", "euc-jp": "鐘"}.get(encoding, "é鐘")
    feed = f"<?xml version='1.0' encoding='{declared}'?><rss><item><link>/{letter}</link></item></rss>"
    assert read(feed.encode(encoding)) == ([f"/{quote(letter)}"], "")


def test_a_document_is_the_same_in_whatever_pieces_it_comes(monkeypatch):
    feed = (
        "<!DOCTYPE rss [<!ENTITY s '/s'>]><rss><!-- a > b --><item><link>/a?id=1&amp;b=2</link></item>"
        "<item><title><![CDATA[ <item> ]]]]></title><link><![CDATA[/b?c&d]]></link></item>"
        "<item x='>' y=\"'\"><link> &s; </link><description>1 < 2</description></item></rss>"
    )
    whole = (["/a?id=1&b=2", "/b?c&d", "/s"], "")
    for size in range(1, 60):
        monkeypatch.setattr(stream, "_CHUNK", size)
        assert read(feed) == whole, size


@pytest.mark.parametrize(
    "body", ["<?xml version='1.0'?><Error><Code>Denied</Code></Error>", "<?xml version='1.0'?>", ""]
)
def test_other_xml_is_a_feed_that_cannot_be_read(body):
    answer = Answer(body.encode(), f"{HOME}/feed.xml", {"Content-Type": "application/xml"})
    with pytest.raises(ValueError, match="a feed or sitemap that cannot be read"):
        listings.read(answer, LearnedSite(GENERIC, HOME))


@pytest.mark.parametrize(
    ("bound", "text"),
    [
        ("MOST_ENTRIES", "<rss>" + "<item><link>/a</link></item>" * 20 + "</rss>"),
        ("MOST_ELEMENTS", "<rss><item><link>/a</link></item>" + "<a/>" * 20 + "</rss>"),
        ("MOST_DEPTH", "<rss><item><link>/a</link></item>" + "<a>" * 20 + "</a>" * 20 + "</rss>"),
        ("MOST_NAMES", "<rss><item><link>/a</link></item>" + "".join(f"<a{n}/>" for n in range(20)) + "</rss>"),
        ("MOST_CHARACTERS", "<rss>" + "<item><link>/a</link></item>" * 20 + "</rss>"),
        ("MOST_BYTES", "<rss><item><link>/a</link></item>" + " " * 100_000 + "</rss>"),
    ],
)
def test_a_bound_ends_the_reading_and_is_told(bound, text, monkeypatch):
    assert read(text)[1] == ""
    monkeypatch.setattr(stream, bound, 50_000 if bound == "MOST_BYTES" else 5)
    links, cut = read(text)
    assert set(links) == {"/a"}
    assert cut.startswith("more than")
    assert read(gzip.compress(text.encode())) == (links, cut)


def test_a_zipped_sitemap_that_was_cut_off_is_told():
    text = "<urlset>" + "".join(f"<url><loc>/{n}</loc></url>" for n in range(20_000)) + "</urlset>"
    zipped = gzip.compress(text.encode(), 1)
    links, cut = read(zipped[: len(zipped) // 2])
    assert 0 < len(links) < 20_000
    assert cut == "damaged: it cannot be decompressed"
    assert read(zipped + b"from a server that adds this") == read(zipped) == ([f"/{n}" for n in range(20_000)], "")
