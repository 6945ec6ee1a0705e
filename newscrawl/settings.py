"""Every setting that differs from Scrapy's default, and why."""

import os
from pathlib import Path

from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl import timelimit
from newscrawl.configuration import effect, file

# Beside the project's scrapy.cfg, or in the current folder for an installed package.
_output = Path(closest_scrapy_cfg() or "./scrapy.cfg").parent / "output"

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
COMMANDS_MODULE = "newscrawl.commands"

# Identity. Publishers see what reads their site.
#
# Set contact = "you@example.org" in newscrawl.toml before the first live run. It becomes part of the user agent.
USER_AGENT = file.user_agent(file.NO_CONTACT)

# Politeness. Retries wait 1, 2 and 4 s, or as long as Retry-After says, up to two minutes.
ROBOTSTXT_OBEY = True  # nothing that robots.txt forbids is requested
CONCURRENT_REQUESTS_PER_DOMAIN = 2  # requests in progress at one host
DOWNLOAD_DELAY = 0.5  # seconds between two requests to one host, varied by half
AUTOTHROTTLE_ENABLED = True  # the delay grows when the site gets slower
AUTOTHROTTLE_START_DELAY = 0.5  # seconds; as DOWNLOAD_DELAY
# The longest Crawl-delay of robots.txt that is obeyed, in seconds. A longer one is shortened to this, with a warning.
# 0: Crawl-delay is ignored.
CRAWL_DELAY_MAX = 60.0
RETRY_TIMES = 3  # a page is requested four times at most
RETRY_BACKOFF = 1.0  # seconds before the first retry; twice as long before each further one
RETRY_AFTER_MAX = 120.0  # seconds; a host with a longer Retry-After gets no further request
# The handler connects to a private address only if the user named it.
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "newscrawl.connections.handler.GuardedDownloadHandler")
# These replace Scrapy's own for hosts, robots.txt as in RFC 9309, retries, redirects, compression and statistics.
DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.guard.GuardMiddleware": 40,
    "newscrawl.middlewares.browser.BrowserMiddleware": 50,  # sees answers as the spider does
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.middlewares.robots.RFC9309Middleware": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "newscrawl.middlewares.retry.BackoffRetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newscrawl.middlewares.redirect.CopyRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newscrawl.middlewares.compression.HonestCompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "newscrawl.middlewares.statistics.PageStatistics": 850,
    "newscrawl.middlewares.credentials.CredentialsMiddleware": 940,  # after the cache, which stores headers
    "newscrawl.middlewares.archive.ArchiveMiddleware": 950,  # before bodies are unpacked
    "newscrawl.middlewares.stopping.StoppingMiddleware": 990,  # next to the downloader
}

# Archive. -s ARCHIVE=archive keeps every exchange in that folder as WARC; -a start=archive reads it again.
# An address such as s3://bucket/archive/ is one of the places that files are delivered to: docs/how-to/delivering.md.
ARCHIVE = None  # the folder, or an address; None: nothing is kept
ARCHIVE_SIZE = 1_000_000_000  # bytes after which the next file begins
REPLAY_PROCESSES = 0  # processes that read the pages of an archive (-a start=archive); 0: one for each core

# Pictures. -s IMAGES=pictures downloads what the field "images" of each article names: docs/how-to/images.md.
IMAGES = None  # the folder; None: none are downloaded
IMAGES_MAXSIZE = 20 * 1024 * 1024  # bytes of a picture; a larger one is not kept

# Fields.
BODY_MARKDOWN = True  # whether articles have body_markdown: the story with its headings, lists, quotations and links

# Browser. It needs the extra "browser": docs/how-to/browser.md.
#
# "listings": Chromium reads listings that have no links to articles without scripts. "all": it also reads articles that
# show nothing without scripts. "off": it reads nothing. None: the publisher's description decides.
BROWSER = None
BROWSER_PATH = None  # the path of Chromium or Chrome; None: the first one on PATH
BROWSER_TIMEOUT = 120.0  # seconds for one page, including the delays between the requests that it makes

# Bounds. These limit what one page, or a whole site, can cost.
DOWNLOAD_TIMEOUT = 60  # seconds for one answer
DOWNLOAD_MAXSIZE = 5 * 1024 * 1024  # bytes of an answer, both as sent and unpacked; a page has some 150 KB
# Seconds of CPU for reading one article, listing, feed, sitemap or robots.txt, and again for its pipelines; most take
# 0.01. A page that takes longer fails, and the run goes on. The limit does not work on Windows, nor for pipelines that
# are coroutines. Ctrl-C may take that long for each page in progress. 0: no limit.
PAGE_TIME_LIMIT = timelimit.PAGE_TIME_LIMIT
ITEM_PROCESSOR = "newscrawl.pipelines.limited.LimitedPipelines"  # enforces PAGE_TIME_LIMIT for pipelines
ROBOTSTXT_PARSER = "newscrawl.middlewares.robots.LimitedRobotParser"  # enforces PAGE_TIME_LIMIT for robots.txt
DOWNLOAD_WARNSIZE = 0  # no warnings: a page that is too large is reported as a failure
REDIRECT_MAX_TIMES = 5  # redirects from one address
DEPTH_LIMIT = 1000  # listing pages in a row
CLOSESPIDER_PAGECOUNT = 200_000  # answers in a run
COMPLETION_REQUESTS = 5  # how many feeds and sitemaps of a section complete its listing; 0: none
# How many listing pages a run reads to find a story of the last complete run. The argument pages overrides it.
MAX_PAGES = 50
SITEMAP_INDEX_LIMIT = 50  # sitemaps of one index, newest first
SITEMAP_LIMIT = 200  # sitemaps of one section in a run, from robots.txt and all indexes
# Pages of one story that a run reads and joins. A story with more counts as failed. 1: only its first page is read.
STORY_PAGES = 20
URLLENGTH_LIMIT = 2083  # characters of an address

# Order.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # in the order of the listing, newest first
CONCURRENT_ITEMS = 1  # an answer gives one article, so more would only start idle tasks

# Turned off. News sections need none of these.
COOKIES_ENABLED = False  # there is no session to keep
REFERRER_POLICY = "no-referrer"  # sites do not see where a request comes from; without the middleware, Scrapy warns
METAREFRESH_ENABLED = False  # no article needs a meta refresh
TELNETCONSOLE_ENABLED = False  # a crawl needs no console
REMOTE_CONTROL_ENABLED = False  # a crawl needs no remote control
WARN_ON_GENERATOR_RETURN_VALUE = False  # Scrapy would parse the spider's code again and again: 0.5 ms

# Pipelines.
#
# Each does one step on one article, in this order.
ITEM_PIPELINES = {
    "newscrawl.pipelines.offers.OffersPipeline": 100,
    "newscrawl.pipelines.dates.DatesPipeline": 200,
    "newscrawl.pipelines.validation.ValidationPipeline": 300,
    "newscrawl.pipelines.since.SincePipeline": 400,
    "newscrawl.pipelines.duplicates.DuplicatesPipeline": 500,
    "newscrawl.pipelines.history.HistoryPipeline": 600,
    "newscrawl.pipelines.limit.LimitPipeline": 650,
    "newscrawl.pipelines.copies.CopiesPipeline": 700,
    "newscrawl.pipelines.images.ImagesPipeline": 800,
}

# Output. A file gets its name when it is complete. An error in a feed ends the run.
FEED_EXPORT_ENCODING = "utf-8"  # non-ASCII characters are not escaped
# These give a file its name when it is complete.
FEED_STORAGES = {
    "": "newscrawl.feeds.file.AtomicFileFeedStorage",
    "file": "newscrawl.feeds.file.AtomicFileFeedStorage",
    "stdout": "newscrawl.feeds.stdout.StandardOutputStorage",
}
# docs/reference/formats.md lists the formats.
FEED_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "newscrawl.feeds.lines.ArticleLinesExporter") | {
    "csv": "newscrawl.feeds.objects.CsvExporter",
    "xml": "newscrawl.feeds.objects.XmlExporter",
    "pickle": "newscrawl.feeds.objects.PickleExporter",
    "marshal": "newscrawl.feeds.objects.MarshalExporter",
    "parquet": "newscrawl.feeds.parquet.ParquetExporter",
    "sqlite": "newscrawl.feeds.sqlite.SqliteExporter",
    "excel": "newscrawl.feeds.excel.ExcelExporter",
    "atom": "newscrawl.feeds.digest.AtomExporter",
    "jsonfeed": "newscrawl.feeds.digest.JsonFeedExporter",
}
DIGEST_ARTICLES = 50  # how many of the newest articles an Atom or JSON Feed has
DIGEST_URL = None  # the address of the folder where these are published, which they then name as theirs; None: unknown
FEED_URI_PARAMS = "newscrawl.feeds.file.uri_params"  # defines %(started)s and %(output_name)s in file names
# Where each finished file is delivered to as well: a list of folders, such as s3://bucket/news/ or sftp://host/news/.
# -o and -O take such addresses, too. The next run tries again what could not be delivered: docs/how-to/delivering.md.
DELIVER: list[str] = []
# Where a run writes if neither -o, -O nor FEEDS is given.
DEFAULT_FEEDS = file.feeds_in(str(_output))

# History. The history, beside the first feed's file, records what earlier runs wrote. Its name is the spider's. For the
# spider "section" it is "section-" and the host, so that all sections of a site share one history.
HISTORY_ENABLED = True  # without a history, every run writes everything it finds
HISTORY_REBUILD = True  # rebuild a lost history from the finished files beside the first feed
HISTORY_FILE = "%(name)s.history.sqlite"  # a name in that folder, or another path; the lock is beside it
HISTORY_FILE_DEMO = "%(name)s-demo.history.sqlite"  # the same for the sample edition
HISTORY_WAIT = 0.0  # seconds to wait for another run that writes to the same folder; the option --wait sets it
RECHECK_DAYS = 3.0  # for how many days runs check a story for changes, and request a failed one again
RECHECK_LIMIT = 1000  # how many known stories one run checks at most, those on the listing first
COPIES_FILE = "copies.sqlite"  # copies of one text, for all spiders: a name beside the history, or another path
COPIES_FILE_DEMO = "copies-demo.sqlite"  # the same for the sample edition
COPIES_DAYS = 30.0  # for how many days copies of an article are recognised
STALE_DAYS = 3.0  # after how many days of the same stories on the section's first page a run reports it

# Sample edition.
#
# The day of its three that -a start=demo reads. demo:2 and demo:3 set the later ones.
DEMO_DAY = 1

# Workers. Many workers share one crawl through a Redis: docs/how-to/many-workers.md.
#
# The address of the Redis, which turns this on: redis://[[name]:password@]host[:port]/[database], rediss:// or
# unix:///path. Other users see command lines: put an address with a password into the environment, as
# NEWSCRAWL_REDIS_URL.
REDIS_URL = os.environ.get("NEWSCRAWL_REDIS_URL", "")
REDIS_PREFIX = "newscrawl:"  # the beginning of all keys, so that several installations can share a Redis
REDIS_RETRY_SECONDS = 120.0  # how long a worker retries a Redis that does not answer before it gives up
LEASE_SECONDS = 60.0  # after this time without a sign of life a worker counts as dead, and others do its work
BATCH_ARTICLES = 100  # articles in one file; a killed worker loses at most these and the pages in progress
BATCH_SECONDS = 30.0  # after which a file with fewer articles ends; an idle worker ends it at once
SHARED_FEEDS = file.feeds_in(str(_output), of_workers=True)

# Log. A run logs some dozens of lines.
LOG_LEVEL = "INFO"  # DEBUG also logs each request
LOG_FORMATTER = "newscrawl.extensions.log.ShortLogFormatter"  # one line for each event, without the text of pages
LOGSTATS_INTERVAL = 300.0  # seconds between two lines about progress
STATS_DUMP = False  # the summary has the important counts
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spider reports what failed
# These record how a run ends, its history, slow pages and progress.
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": None,
    "newscrawl.extensions.corestats.PageStats": 0,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "newscrawl.extensions.feedexport.StrictFeedExporter": 0,
    "newscrawl.extensions.crawldelay.CrawlDelay": 100,  # after AutoThrottle
    "newscrawl.extensions.contact.Contact": 100,
    "newscrawl.extensions.outcome.Outcome": 100,
    "newscrawl.extensions.progress.Progress": 100,
    "scrapy.extensions.logstats.LogStats": None,
    "newscrawl.extensions.progress.ProgressLog": 100,
    "newscrawl.extensions.health.Health": 100,
    "newscrawl.extensions.pages.Pages": 100,
    "newscrawl.extensions.history.HistoryKeeper": 200,
    "newscrawl.extensions.delivering.Delivering": 250,
    "newscrawl.extensions.first_line.FirstLine": 300,
}
PROGRESS_ENABLED = True  # show a progress line if standard error is a terminal

# Summary. For programs, it has how the run ended, its counts, and what each source named: docs/reference/summary.md.
SUMMARY_FILE = None  # the file to write, as in -s SUMMARY_FILE=last-run.json
DRY_RUN_OUTPUT = "lines"  # "lines": a dry run prints each link; "summary": the document of --json has the links

# Alerts. [notify] in newscrawl.toml says who gets a message when a run fails: docs/how-to/alerts.md.
NOTIFY_ENABLED = True  # -s NOTIFY_ENABLED=0: this run sends none

# Development. -s HTTPCACHE_ENABLED=1 keeps pages in .scrapy/httpcache and requests none twice.
#
# Refusals and errors are not kept.
HTTPCACHE_IGNORE_HTTP_CODES = [304, 403, 429, 500, 502, 503, 504]

# newscrawl.toml overrides all of this. A section's own settings and -s override newscrawl.toml.
effect.apply(globals(), _output)
