"""The project's settings for a local site, an archive or a replay: no politeness, and nothing that costs time for it.

    SCRAPY_SETTINGS_MODULE=newscrawl.fast scrapy crawl worldnews -a start=http://127.0.0.1:8000/sitemap.xml

Not for a publisher's live site. Limits on size, depth and pages stay as they are, and robots.txt is obeyed, but for its
Crawl-delay, which a server of one's own has for others (-s CRAWL_DELAY_MAX=60 keeps it).
"""

from scrapy.settings import default_settings

from newscrawl.settings import *  # noqa: F403

DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
CRAWL_DELAY_MAX = 0
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 16
RETRY_BACKOFF = 0.1
LOG_LEVEL = "WARNING"
LOGSTATS_INTERVAL = 0
CLOSESPIDER_PAGECOUNT = 0

# Not needed here, and not loaded: switched off, Scrapy would import them and what they need all the same, 13 MB.
# GuardMiddleware is stricter about hosts than the offsite one.
_LEFT_OUT = {
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware",
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware",
    "scrapy.extensions.remote_control.RemoteControl",
    "scrapy.extensions.telnet.TelnetConsole",
}
DOWNLOADER_MIDDLEWARES_BASE = {
    name: order for name, order in default_settings.DOWNLOADER_MIDDLEWARES_BASE.items() if name not in _LEFT_OUT
}
EXTENSIONS_BASE = {name: order for name, order in default_settings.EXTENSIONS_BASE.items() if name not in _LEFT_OUT}
REFERER_ENABLED = False
