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

# Identity. It says honestly what reads the site.
#
# Put your address in it before the first live run: contact = "you@example.org" in newscrawl.toml.
USER_AGENT = f"newscrawl/{__version__} (news section reader; operator's contact not set)"

# Politeness. Retries wait 1, 2, 4 s, or what Retry-After asks for up to two minutes.
ROBOTSTXT_OBEY = True  # nothing that robots.txt forbids is requested
CONCURRENT_REQUESTS_PER_DOMAIN = 2  # requests in progress at one host
DOWNLOAD_DELAY = 0.5  # seconds between two requests to one host, varied by half
AUTOTHROTTLE_ENABLED = True  # the delay grows as soon as the site is slower
AUTOTHROTTLE_START_DELAY = 0.5  # seconds; as DOWNLOAD_DELAY
# Seconds between two requests to a host that robots.txt may ask for (Crawl-delay). A longer one is shortened to this,
# with a warning. 0: Crawl-delay is not read.
CRAWL_DELAY_MAX = 60.0
RETRY_TIMES = 3  # a page is requested four times at most
RETRY_BACKOFF = 1.0  # seconds before the first retry; twice as long before each further one
RETRY_AFTER_MAX = 120.0  # seconds; a host whose Retry-After is longer gets no further request
# Connects to no private address that the user did not give.
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "newscrawl.connections.handler.GuardedDownloadHandler")
# The project's own take the places of Scrapy's: hosts, robots.txt as in RFC 9309, retries, redirects, compression.
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
    "newscrawl.middlewares.archive.ArchiveMiddleware": 950,  # before bodies are unpacked
    "newscrawl.middlewares.stopping.StoppingMiddleware": 990,  # next to the downloader
}

# Archive. -s ARCHIVE=archive keeps every exchange in that folder, as WARC; -a start=archive reads it again.
ARCHIVE = None  # the folder; None: nothing is kept
ARCHIVE_SIZE = 1_000_000_000  # bytes after which another file is begun

# Browser. It needs the extra "browser": docs/how-to/browser.md.
#
# "listings" reads listings in Chromium if they have no links to articles without scripts; "all": articles, too; "off":
# nothing. None: as the publisher's description says.
BROWSER = None
BROWSER_PATH = None  # the path of Chromium or Chrome; None: the one on PATH
BROWSER_TIMEOUT = 120.0  # seconds for one page, including the delays between the requests that it makes

# Bounds. What one page, or a whole site, can cost.
DOWNLOAD_TIMEOUT = 60  # seconds for one answer
DOWNLOAD_MAXSIZE = 5 * 1024 * 1024  # bytes, as sent and unpacked; a page has some 150 KB
# Seconds of CPU that reading one page may take, be it an article, a listing, a feed, a sitemap or robots.txt, and then
# its pipelines; most take 0.01. Beyond it, the page fails and the run goes on. Not on Windows, and not around pipelines
# that are coroutines. Ctrl-C is obeyed within that time for each page in progress. 0: no limit.
PAGE_TIME_LIMIT = timelimit.PAGE_TIME_LIMIT
ITEM_PROCESSOR = "newscrawl.pipelines.limited.LimitedPipelines"  # keeps that limit
ROBOTSTXT_PARSER = "newscrawl.middlewares.robots.LimitedRobotParser"  # keeps that limit
DOWNLOAD_WARNSIZE = 0  # no warnings: a page that is too large is reported once, as a failure
REDIRECT_MAX_TIMES = 5  # redirects from one address
DEPTH_LIMIT = 1000  # listing pages in a row
CLOSESPIDER_PAGECOUNT = 200_000  # answers in a run
COMPLETION_REQUESTS = 5  # feeds and sitemaps of one section that a run compares with its listing; 0: none
# Listing pages that are read while none shows a story of the last complete run. The argument pages replaces it.
MAX_PAGES = 50
SITEMAP_INDEX_LIMIT = 50  # sitemaps of one index, newest first
SITEMAP_LIMIT = 200  # sitemaps of one section in a run, whichever robots.txt or index names them: four whole indexes
URLLENGTH_LIMIT = 2083  # characters of an address

# Order.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # as the listing has it, newest first
CONCURRENT_ITEMS = 1  # an answer gives one article: more at a time would only start tasks that find nothing to do

# Turned off. Reading news does not need these.
COOKIES_ENABLED = False  # there is no session to keep
REFERRER_POLICY = "no-referrer"  # no site learns where a request comes from; without the middleware, Scrapy warns
METAREFRESH_ENABLED = False  # no article is only behind a refresh
TELNETCONSOLE_ENABLED = False  # nobody needs a console
REMOTE_CONTROL_ENABLED = False  # nor this one

# Pipelines.
#
# In this order, each does one step on one article.
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

# Output. Files are complete or absent, and an error of a feed ends the run.
FEED_EXPORT_ENCODING = "utf-8"  # non-ASCII characters are not escaped
# A file gets its name when it is complete.
FEED_STORAGES = {
    "": "newscrawl.feeds.file.AtomicFileFeedStorage",
    "file": "newscrawl.feeds.file.AtomicFileFeedStorage",
    "stdout": "newscrawl.feeds.stdout.StandardOutputStorage",
}
# docs/reference/formats.md lists the formats.
FEED_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "newscrawl.feeds.lines.ArticleLinesExporter") | {
    "parquet": "newscrawl.feeds.parquet.ParquetExporter",
    "sqlite": "newscrawl.feeds.sqlite.SqliteExporter",
    "excel": "newscrawl.feeds.excel.ExcelExporter",
    "atom": "newscrawl.feeds.digest.AtomExporter",
    "jsonfeed": "newscrawl.feeds.digest.JsonFeedExporter",
}
DIGEST_ARTICLES = 50  # how many articles, the newest, an Atom or JSON Feed shows
FEED_URI_PARAMS = "newscrawl.feeds.file.uri_params"  # what %(started)s and %(output_name)s mean in names
# Where a run writes if neither -o, -O nor FEEDS is given.
DEFAULT_FEEDS = {
    # Beside the project's scrapy.cfg, or in the current folder for an installed package.
    str(_output / "%(output_name)s-%(started)s.jsonl"): {
        "format": "jsonlines",
        "store_empty": False,
    }
}

# History. What earlier runs emitted is remembered beside the first feed's file. The name is the spider's; of the spider
# "section" it is "section-" and the host, so that all sections of a site share one history.
HISTORY_ENABLED = True  # without a history, every run writes all that it finds
HISTORY_REBUILD = True  # if the history was lost, it is rebuilt from the finished files beside the first feed
HISTORY_FILE = "%(name)s.history.sqlite"  # its name in that folder, or another path; its lock is beside it
HISTORY_FILE_DEMO = "%(name)s-demo.history.sqlite"  # the same of the sample edition
HISTORY_WAIT = 0.0  # seconds that 'crawl' waits for another run that writes to the same folder; the option --wait
RECHECK_DAYS = 3.0  # how many days a story is checked again for changes, and a failed one requested again
RECHECK_LIMIT = 1000  # known stories that one run checks again at most, those on the listing first
COPIES_FILE = "copies.sqlite"  # copies of one text, beside the history, for all spiders there; or another path
COPIES_FILE_DEMO = "copies-demo.sqlite"  # the same of the sample edition
COPIES_DAYS = 30.0  # how many days copies of an article are recognised
STALE_DAYS = 3.0  # how many days the section's first page may show the same stories before a run says so

# Sample edition.
#
# Which of its three days -a start=demo reads: 1; demo:2 and demo:3 set the later ones.
DEMO_DAY = 1

# Workers. One crawl by many workers, over a Redis that they share: docs/how-to/many-workers.md.
#
# Turns this on: redis://[[name]:password@]host[:port]/[database], rediss:// or unix:///path. Other users see command
# lines: NEWSCRAWL_REDIS_URL in the environment may give an address with a password.
REDIS_URL = os.environ.get("NEWSCRAWL_REDIS_URL", "")
REDIS_PREFIX = "newscrawl:"  # how all keys begin: several installations can share a Redis
REDIS_RETRY_SECONDS = 60.0  # how long a Redis that does not answer is tried again before the worker gives up
LEASE_SECONDS = 60.0  # a worker that gave no sign of life for so long is taken for dead, and others do its work
BATCH_ARTICLES = 100  # articles of one file: what a worker's death costs at most, beside the pages in progress
BATCH_SECONDS = 30.0  # after which a file with fewer articles is ended; a worker with nothing to do ends it at once
SHARED_FEEDS = {
    name.removesuffix(".jsonl") + "-%(worker)d-%(batch_id)04d.jsonl": options for name, options in DEFAULT_FEEDS.items()
}

# Log. Some dozens of lines a run.
LOG_LEVEL = "INFO"  # DEBUG has each request
LOG_FORMATTER = "newscrawl.extensions.log.ShortLogFormatter"  # one line an event, without the text of pages
LOGSTATS_INTERVAL = 300.0  # seconds between two lines that say how far the run is
STATS_DUMP = False  # the summary has what matters
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spider reports what failed
# What a run counts and keeps: its ending, its history, slow pages, progress.
EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "newscrawl.extensions.feedexport.StrictFeedExporter": 0,
    "newscrawl.extensions.crawldelay.CrawlDelay": 100,  # behind AutoThrottle
    "newscrawl.extensions.contact.Contact": 100,
    "newscrawl.extensions.outcome.Outcome": 100,
    "newscrawl.extensions.progress.Progress": 100,
    "scrapy.extensions.logstats.LogStats": None,
    "newscrawl.extensions.progress.ProgressLog": 100,
    "newscrawl.extensions.health.Health": 100,
    "newscrawl.extensions.pages.Pages": 100,
    "newscrawl.extensions.history.HistoryKeeper": 200,
    "newscrawl.extensions.first_line.FirstLine": 300,
}
PROGRESS_ENABLED = True  # a progress line, where standard error is a terminal

# Summary. For programs: how the run ended, its counts, and what each source named: docs/reference/summary.md.
SUMMARY_FILE = None  # the file to write, as in -s SUMMARY_FILE=last-run.json
DRY_RUN_OUTPUT = "lines"  # "lines": each link of a dry run on standard output; "summary": in the document of --json

# Development. -s HTTPCACHE_ENABLED=1 keeps pages in .scrapy/httpcache and requests none twice.
#
# Refusals and errors are not kept.
HTTPCACHE_IGNORE_HTTP_CODES = [304, 403, 429, 500, 502, 503, 504]

# What a user's newscrawl.toml says counts more than all of this, and less than a section's own settings and -s.
effect.apply(globals(), _output)
