"""Scrapy, and trafilatura on each page: python scrapy_trafilatura.py ORIGIN OUTPUT."""

import re
import sys
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess
from trafilatura import bare_extraction


class TrafilaturaSpider(scrapy.Spider):
    """Takes what trafilatura finds on each page of the sitemap."""

    name = "trafilatura"

    async def start(self):
        yield scrapy.Request(f"{sys.argv[1]}/sitemap.xml", self.parse_sitemap)

    def parse_sitemap(self, response):
        for url in re.findall(r"<loc>(.*?)</loc>", response.text):
            yield scrapy.Request(sys.argv[1] + urlsplit(url).path, self.parse)

    def parse(self, response):
        document = bare_extraction(response.text, url=response.url, with_metadata=True)
        yield {"title": document.title, "author": document.author, "date": document.date, "text": document.text}


process = CrawlerProcess({"FEEDS": {sys.argv[2]: {"format": "jsonlines"}}, "LOG_LEVEL": "WARNING"})
process.crawl(TrafilaturaSpider)
process.start()
