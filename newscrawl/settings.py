"""Every setting that differs from Scrapy's default, and why."""

import os
from pathlib import Path

from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl import timelimit
from newscrawl.configuration import effect
from newscrawl.version import __version__

_output = Path(closest_scrapy_cfg() or "./scrapy.cfg").parent / "output"

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"

# Honest: says what reads the site. Put your address in it: contact = "you@example.org" in newscrawl.toml.
USER_AGENT = f"newscrawl/{__version__} (news section reader; operator's contact not set)"

# Polite. Retries wait 1, 2, 4 s, or what Retry-After asks for up to two minutes.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 0.5  # seconds, varied by half
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5  # seconds; more as soon as the site is slower
CRAWL_DELAY_MAX = 60.0  # seconds between requests that robots.txt may ask for (Crawl-delay); 0: it is not read
RETRY_TIMES = 3
RETRY_BACKOFF = 1.0  # seconds
RETRY_AFTER_MAX = 120.0  # seconds
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "newscrawl.connections.handler.GuardedDownloadHandler")
DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.guard.GuardMiddleware": 40,
    "newscrawl.middlewares.browser.BrowserMiddleware": 50,  # sees answers as the spider would
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.middlewares.robots.RFC9309Middleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "newscrawl.middlewares.retry.BackoffRetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newscrawl.middlewares.redirect.CopyRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.middlewares.compression.HonestCompressionMiddleware": 590,
    "newscrawl.middlewares.credentials.CredentialsMiddleware": 940,  # nearer than the cache, which writes headers
    "newscrawl.middlewares.archive.ArchiveMiddleware": 950,  # next to the downloader, before bodies are unpacked
}

# -s ARCHIVE=archive keeps every exchange in that folder, as WARC; -a start=archive reads it again.
ARCHIVE = None
ARCHIVE_SIZE = 1_000_000_000  # bytes, after which another file is begun

# -s BROWSER=listings reads listings in Chromium that have no links to articles without scripts; all: articles, too;
# off: none. Without it, as the publisher's description says. It needs the extra "browser".
BROWSER = None
BROWSER_PATH = None  # of Chromium or Chrome; without it, the one on PATH
BROWSER_TIMEOUT = 120.0  # seconds for one page, politeness towards what it asks for among them

# Bounds: what one page, or a whole site, can cost.
DOWNLOAD_TIMEOUT = 60  # seconds
DOWNLOAD_MAXSIZE = 5 * 1024 * 1024  # bytes, as sent and unpacked; a page has some 150 KB
PAGE_TIME_LIMIT = timelimit.PAGE_TIME_LIMIT  # seconds of CPU that reading a page may take, and its pipelines; 0: none
ITEM_PROCESSOR = "newscrawl.pipelines.limited.LimitedPipelines"
ROBOTSTXT_PARSER = "newscrawl.middlewares.robots.LimitedRobotParser"
DOWNLOAD_WARNSIZE = 0  # reported once, as a failure
REDIRECT_MAX_TIMES = 5
DEPTH_LIMIT = 1000  # listing pages behind one another
CLOSESPIDER_PAGECOUNT = 200_000
COMPLETION_REQUESTS = 5  # feeds and sitemaps of one section that are compared with its listing in a run; 0: none
MAX_PAGES = 50  # listing pages that are read while none shows a story of the last complete run
SITEMAP_INDEX_LIMIT = 50  # sitemaps of one index, newest first
SITEMAP_LIMIT = 200  # sitemaps of one section in a run, whichever robots.txt or index names them: four whole indexes
URLLENGTH_LIMIT = 2083

# As the listing has it, newest first.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# An answer gives one article: more at a time would only start tasks that find nothing to do.
CONCURRENT_ITEMS = 1

# Not needed to read news: no session to keep, no word of where we come from, no page that only a refresh leads to,
# no console.
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"  # without the middleware, Scrapy warns at each start
METAREFRESH_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

ITEM_PIPELINES = {
    "newscrawl.pipelines.offers.OffersPipeline": 100,
    "newscrawl.pipelines.dates.DatesPipeline": 200,
    "newscrawl.pipelines.validation.ValidationPipeline": 300,
    "newscrawl.pipelines.since.SincePipeline": 400,
    "newscrawl.pipelines.duplicates.DuplicatesPipeline": 500,
    "newscrawl.pipelines.history.HistoryPipeline": 600,
    "newscrawl.pipelines.limit.LimitPipeline": 650,
    "newscrawl.pipelines.copies.CopiesPipeline": 700,
}

# Files that are complete or absent, errors that end the run; where to write when nobody says so.
FEED_EXPORT_ENCODING = "utf-8"
FEED_STORAGES = {
    "": "newscrawl.feeds.file.AtomicFileFeedStorage",
    "file": "newscrawl.feeds.file.AtomicFileFeedStorage",
    "stdout": "newscrawl.feeds.stdout.StandardOutputStorage",
}
FEED_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "newscrawl.feeds.lines.ArticleLinesExporter") | {
    "parquet": "newscrawl.feeds.parquet.ParquetExporter",
    "sqlite": "newscrawl.feeds.sqlite.SqliteExporter",
    "excel": "newscrawl.feeds.excel.ExcelExporter",
    "atom": "newscrawl.feeds.digest.AtomExporter",
    "jsonfeed": "newscrawl.feeds.digest.JsonFeedExporter",
}
DIGEST_ARTICLES = 50  # the newest, which an Atom or JSON Feed shows
FEED_URI_PARAMS = "newscrawl.feeds.file.uri_params"
DEFAULT_FEEDS = {
    # Beside the project's scrapy.cfg, or in the current folder for an installed package.
    str(_output / "%(output_name)s-%(started)s.jsonl"): {
        "format": "jsonlines",
        "store_empty": False,
    }
}

# What earlier runs emitted is remembered beside the first feed's file. The name is the spider's; of the spider
# "section" it is "section-" and the host, so that one history holds for all sections of a site.
HISTORY_ENABLED = True
HISTORY_REBUILD = True  # what it lacks and finished files beside the first feed hold is taken from them
HISTORY_FILE = "%(name)s.history.sqlite"  # in that folder, or a path of its own
HISTORY_FILE_DEMO = "%(name)s-demo.history.sqlite"  # of the bundled edition, whose stories are not the publisher's
RECHECK_DAYS = 3.0  # how long a story is looked at again for changes, and a failed one asked for again
RECHECK_LIMIT = 1000  # stories looked at again in one run, those on the listing first
COPIES_FILE = "copies.sqlite"  # beside the history, for all spiders that write there; or a path of its own
COPIES_DAYS = 30.0  # how long copies of an article are recognised
STALE_DAYS = 3.0  # how long the section's first page may show the same stories

# One crawl by many workers, over a Redis that they share: docs/how-to/many-workers.md. Off without an address. The
# address may hold a password, and other users see command lines: so the environment may give it.
REDIS_URL = os.environ.get("NEWSCRAWL_REDIS_URL", "")
REDIS_PREFIX = "newscrawl:"  # of all keys
REDIS_RETRY_SECONDS = 60.0  # how long a Redis that does not answer is tried again
LEASE_SECONDS = 60.0  # without a sign of life, after which others do what a worker had in hand
BATCH_ARTICLES = 100  # of one file: what a worker's death costs at most
BATCH_SECONDS = 30.0  # after which a file with fewer is ended
SHARED_FEEDS = {
    name.removesuffix(".jsonl") + "-%(worker)d-%(batch_id)04d.jsonl": options for name, options in DEFAULT_FEEDS.items()
}

# A log of some dozens of lines a run.
LOG_LEVEL = "INFO"
LOG_FORMATTER = "newscrawl.extensions.log.ShortLogFormatter"
LOGSTATS_INTERVAL = 300.0  # seconds
STATS_DUMP = False
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spider reports what failed
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "newscrawl.extensions.feedexport.StrictFeedExporter": 0,
    "newscrawl.extensions.crawldelay.CrawlDelay": 100,  # behind AutoThrottle
    "newscrawl.extensions.contact.Contact": 100,
    "newscrawl.extensions.outcome.Outcome": 100,
    "newscrawl.extensions.progress.Progress": 100,
    "newscrawl.extensions.health.Health": 100,
    "newscrawl.extensions.pages.Pages": 100,
    "newscrawl.extensions.history.HistoryKeeper": 200,
}
PROGRESS_ENABLED = True

# -s SUMMARY_FILE=last-run.json: how the run ended, its counts, and what each source named, for programs.
SUMMARY_FILE = None

# For development: -s HTTPCACHE_ENABLED=1 keeps pages in .scrapy/httpcache and asks for none twice.
HTTPCACHE_IGNORE_HTTP_CODES = [304, 403, 429, 500, 502, 503, 504]

# What a user's newscrawl.toml says counts more than all of this, and less than a section's own settings and -s.
effect.apply(globals(), _output)
