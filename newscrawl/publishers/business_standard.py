"""Business Standard (www.business-standard.com). Data first.

Facts: public code that reads the site (2022 to 2026) and a page as a reader sees it. It is a
Next.js site: of a class ``MainStory_storycontent__Pe3ys`` the part after ``__`` changes with each
deploy, so rules name only ``storycontent``. The body of a story that is or was premium stands in ``.non-paywall-content``
and each ``.paywall-slot``, shown or not. JSON-LD's ``isAccessibleForFree: false`` marks the product, not what a reader sees of
the page: the label and a visible prompt do. Stories of the magazine Blueprint have elements of their own names.
"""

from newscrawl.publishers.description import Offers, Publisher

#: A line that reports what somebody said or did is no offer.
_NO_REPORT = r"(?!.*\b(?:said|says|told|tell|was|were|had|that|its|their|according)\b)"
_NO_NEWS = r"(?!.*\b(?:said|says|told|was|were|had|did|according)\b)"
#: What a subscription gives, as a list of benefits names it, and the sentence behind each name.
_BENEFIT = (
    r"(?:(?:exclusive|curated|daily|unlimited|complimentary|premium|full|ad-free|advert-free|seamless|digital|business standard"
    r"|our|the|new york times|in-depth|expert|all|over \d+) )*"
    r"(?:premium (?:stories|content|articles|journalism)|stories|articles|e-?paper|newsletters?|archives?|reading(?: experience)?"
    r"|access|insights|analysis|market analysis|devices|new york times)"
    r"(?: (?:(?-i:[A-Z])\w+|&|and|to|the|of|for|on|online|across|all|any|your)){0,6}?"
)
_GIVES = (
    r"(?:no (?:ads|adverts|advertisements|advertising)|without (?:ads|adverts|advertisements|advertising)|ad-free|handpicked by our|delivered"
    r" to your|to your inbox|dating back to \d{4}|since \d{4}|replica of our|(?:all|across) (?:all )?(?:your )?devices|on any device"
    r"|web or app|our (?:daily )?newspaper|our (?:e-?paper|archives?|newsletters?|editors|experts))"
)

PUBLISHER = Publisher(
    name="business-standard.com",
    title="Business Standard",
    hosts=("www.business-standard.com", "business-standard.com"),
    home="https://www.business-standard.com",
    timezone="Asia/Kolkata",
    # /world-news/<slug>-<id>_1.html; /markets/news/<slug>-…; older: /article/<section>/<slug>-…
    # The id is 1YYMMDDNNNNN: the NNNNN-th story of that day in India.
    article=r"/(?:article/)?(?P<section>[a-z0-9-]+(?:/[a-z0-9-]+)*)/[^/]*?-?(?P<id>1\d{11})_1\.html",
    listing=r"/(?P<section>(?!rss/|sitemap|amp/)[a-z0-9-]+(?:/(?!page-\d)[a-z0-9-]+)*?)(?:/page-(?P<page>\d+))?/?",
    feed=r"/rss/(?P<section>[a-z0-9-]+(?:/[a-z0-9-]+)*?)-\d+\.rss",
    next_page="/{section}/page-{page}",
    amp="/amp/",
    twins={"wap.business-standard.com/article-amp/": "/article/"},
    feeds={
        "world-news": "/rss/world-news-221.rss",
        "markets": "/rss/markets-106.rss",
        "companies": "/rss/companies-101.rss",
        "economy": "/rss/economy-102.rss",
        "technology": "/rss/technology-108.rss",
        "india-news": "/rss/india-news-216.rss",
        "industry/news": "/rss/industry/news-21705.rss",
        "industry/banking": "/rss/industry/banking-21703.rss",
    },
    alternatives=(
        ("/sitemap/google-news-sitemap.xml", "/sitemap/latest-news-sitemap.xml"),
        ("/sitemap-main/article-sitemap.xml", "/sitemap/sitemap-index.xml", "/sitemap.xml"),
    ),
    monthly_sitemap="/sitemap/{year}-{month}-{part}.xml",
    date_formats=(
        "%b %d %Y | %I:%M %p",
        "%B %d %Y | %I:%M %p",
        "%b %d, %Y | %I:%M %p",
        "%d %b %Y | %I:%M %p",
        "%b %d %Y %I:%M %p",
        "%b %d, %Y %I:%M %p",
        "%b %d %Y | %H:%M",
    ),
    zones={"IST": "Asia/Kolkata"},
    id_date=("1%y%m%d", 7),
    rules={
        "card": (".cardlist", ".image-card", ".smallcard-title"),
        "card_date": (".metapoststyle", ".metainfo"),
        "breadcrumb": (".breadcrum", ".breadcrumb"),
        "headline": ("h1.stryhdtp", ".stryhdtp"),
        "description": ("h2.strydsc", ".strydsc"),
        "byline": (".dtlauthinfo",),
        "date": (".meta-info", "[data-expandedtime]", "[data-expandedtime]::attr(data-expandedtime)"),
        "body": (
            ".storycontent",
            "#parent_top_div",
            "[class*=storbpcontent]",
            ".non-paywall-content, .paywall-slot",
        ),
        "image": (".story-image img",),
        "image_caption": (".captiontext",),
        "topics": (".topiclisting",),
        "premium": (".strlabel",),
        "prompt": ("[class*=subscriptionPlan]", "[class*=BPstoryPaywall]"),
        "rest": (".paywall-content", ".paywall-slot"),
        "live": (".livetitle",),
    },
    drop=(
        ".storyadsprg",
        ".recommendsection",
        ".mb-20",
        "[id*=between_article_content]",
        ".read_more",
        ".brtag",
        "[class*=storyautio]",
        'span[style*="display:block"]',
        'span[style*="display: block"]',
        ".subscribe-page",
        ".paywall-cta",
        "[class*=subscriptionPlan]",
        "[class*=BPstoryPaywall]",
        ".sbcrbtmlfull",
        "[class*=artcalLeftBox]",
        "div:has(> img.zoomimg) > div[style]",  # a picture's caption
        "div:has(> :not(div) img.zoomimg) > div[style]",
        "[class*=captiontext]",
        ".topiclisting",
        ".meta-info",
        ".dtlauthinfo",
    ),
    ends=(
        r"more from this section",
        r"explore news",
        r"next story",
        r"topics\s*:.*",
        r"first published\s*:.*",
    ),
    # What is general of it ("Already a subscriber? Log in") is in wording.py.
    offers=Offers(
        certain=(
            r"subscribe (?:now )?to business standard\b.{0,120}",
            r"(?:get|enjoy) complimentary access to the new york times\b.{0,80}subscri.{0,60}",
            r"subscribe for (?:just |only )?₹\s?[\d,]+.{0,40}",
            r"here[’']?s what[’']?s included in (?:our|your|the) .{0,40}(?:subscription|plans?)\b\W*",
            r"(?:what[’']?s|what is) included in (?:our|your) .{0,40}(?:subscription|plans?)\b\W*",
        ),
        likely=(
            r"connect with us\W*",
            r"(?:facebook|linkedin|twitter|x|whatsapp|telegram|e?mail)(?: icon)?(?:\s*(?:facebook|linkedin|twitter|x|whatsapp|telegram|e?mail) icon)*",
            r"log ?in|sign ?in|sign ?up|subscribe(?: now| today)?\W*",
            r"(?:smart (?:quarterly|essential)|super saver|(?:most popular|best value|recommended)(?: plan)?)\W*",
            r"save (?:up to )?\d+\s?%",
            r"(?:₹|rs\.? ?)\s?[\d,]+(?:\s?/\s?(?:\d+ )?(?:month|months|year|years|quarter|week))?",
            r"(?:\d+|one|two|three|six) (?:months?|years?|weeks?)",
            r"(?:smart (?:quarterly|essential)|super saver)\b[^.!?]{0,80}[₹%][^.!?]{0,40}",
            r"(?:\W*)(?:over \d+ )?(?:exclusive )?premium stories(?: (?:online|daily))?\b[^.!?]{0,60}\W*",
            r"(?:\W*)complimentary access to the new york times\W*",
            r"(?:\W*)news, games, cooking, audio, wirecutter[^.!?]{0,30}\W*",
            r"(?:\W*)business standard e-?paper\W*",
            r"(?:\W*)digital replica of our (?:daily )?newspaper\b[^.!?]{0,80}\W*",
            r"(?:\W*)curated newsletters\W*",
            r"(?:\W*)insights on [^.!?]{0,80} delivered to your inbox\W*",
            r"(?:\W*)market analysis (?:&|and) investment insights\W*",
            r"(?:\W*)in-depth market analysis (?:&|and) insights\b[^.!?]{0,60}\W*",
            r"(?:\W*)archives\W*",
            r"(?:\W*)repository of articles and publications[^.!?]{0,60}\W*",
            r"(?:\W*)ad-free reading\W*",
            r"(?:\W*)uninterrupted reading experience[^.!?]{0,60}\W*",
            r"(?:\W*)seamless access across all devices\W*",
            r"(?:\W*)access business standard across devices[^.!?]{0,80}\W*",
            rf"(?:please )?subscribe\b{_NO_REPORT}[^.!?]{{0,90}}\W*",
            rf"(?:get |enjoy |unlock )?(?:unlimited|full|complimentary|exclusive) (?:digital )?access\b{_NO_REPORT}[^.!?]{{0,80}}\W*",
            rf"(?:please )?(?:log|sign)[ -]?(?:in|up)\b{_NO_REPORT}[^.!?]{{0,60}}\W*",
            rf"(?:buy|choose|start|upgrade|view|see|get)\b{_NO_REPORT}[^.!?]{{0,40}}\b(?:plans?|subscription|trial|membership)\W*",
            r"(?:(?:\W|and|or)*(?:cancel any ?time|renews automatically|auto-?renew(?:s|al)?|no commitment))+\W*",
            r"(?:(?:only|just|at|from) )?(?:₹|rs\.? ?)\s?[\d,]+ (?:for|per|a|every|/|only)(?: (?:(?:\d+ )?(?:months?|years?|weeks?|quarters?|days?)|only))*\W*",
            rf"save {_NO_REPORT}(?:up to |more |over |₹ ?[\d,]+|\d+\s?%)[^.!?]{{0,50}}\W*",
            # A list of benefits, of which each item is a bold name and a sentence, or these one below the other.
            rf"\W*{_NO_NEWS}{_BENEFIT}\s?(?:[:–—-]\s?\w|(?-i:(?<=[a-z])\s?[A-Z]))[^.!?]{{0,160}}\W*",
            rf"\W*{_NO_NEWS}[^.!?]{{0,120}}\b{_GIVES}\b[^.!?]{{0,100}}\W*",
            r"(?:what|all) (?:you(?:[’']ll)?|subscribers|members) (?:will )?get\b[^.!?]{0,40}\W*|(?:your |key |subscriber |subscription )?benefits\W*"
            r"|why subscribe\b[^.!]{0,40}\W*",
            r"(?:choose|select|pick) (?:a|your) (?:subscription )?plan\W*|view (?:all )?plans\W*|subscription plans?\W*",
        ),
    ),
)
