"""The ceiling: Scrapy asks for every page of the sitemap, and does nothing with it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import scrapy


class NothingSpider(scrapy.Spider):
    """Counts what comes; at the end it writes as many lines."""

    name = "nothing"

    def __init__(self, origin, output):
        super().__init__()
        self.origin, self.output, self.seen = origin, output, 0

    async def start(self):
        yield scrapy.Request(f"{self.origin}/sitemap.xml", self.parse_sitemap)

    def parse_sitemap(self, response):
        for url in re.findall(r"<loc>(.*?)</loc>", response.text):
            yield scrapy.Request(self.origin + urlsplit(url).path, self.parse)

    def parse(self, response):
        self.seen += 1

    def closed(self, reason):
        Path(self.output).write_text("\n" * self.seen)
