"""``scrapy crawl worldnews``."""

from newscrawl.spiders.section import SectionSpider


class WorldNewsSpider(SectionSpider):
    """Business Standard's World News."""

    name = "worldnews"
    publisher = "business-standard.com"
    section = "world-news"
