"""What a Scrapy user writes first: default settings, ten CSS selectors, JSON Lines."""

import re
from urllib.parse import urlsplit

import scrapy


def of_publisher(response):
    """Ten fields of the publisher's pages."""
    return {
        "url": response.css("link[rel=canonical]::attr(href)").get(),
        "headline": response.css("h1.stryhdtp::text").get(),
        "description": response.css("h2.strydsc::text").get(),
        "author": response.css("[class*=dtlauthinfo] a::text").get(),
        "date": response.css("meta[property='article:published_time']::attr(content)").get(),
        "updated": response.css("div.meta-info::text").getall(),
        "body": response.css("div.storycontent div::text").getall(),
        "image": response.css("meta[property='og:image']::attr(content)").get(),
        "topics": response.css("[class*=topiclisting] span::text").getall(),
        "next": response.xpath("//a[contains(., 'Next Story')]/@href").get(),
    }


def of_any(response):
    """Ten fields of most sites' pages."""
    return {
        "url": response.css("link[rel=canonical]::attr(href)").get(),
        "headline": response.css("h1::text").get(),
        "description": response.css("meta[name=description]::attr(content)").get(),
        "author": response.css("meta[name=author]::attr(content)").get(),
        "date": response.css("meta[property='article:published_time']::attr(content)").get(),
        "updated": response.css("time::attr(datetime)").getall(),
        "body": response.css("article p::text").getall(),
        "image": response.css("meta[property='og:image']::attr(content)").get(),
        "topics": response.css("a[rel~=tag]::text").getall(),
        "next": response.css("a[rel~=next]::attr(href)").get(),
    }


class TenSelectorsSpider(scrapy.Spider):
    """Takes ten fields from each page of the sitemap."""

    name = "ten"

    def __init__(self, origin, site="publisher"):
        super().__init__()
        self.origin, self.fields = origin, of_any if site == "any" else of_publisher

    async def start(self):
        yield scrapy.Request(f"{self.origin}/sitemap.xml", self.parse_sitemap)

    def parse_sitemap(self, response):
        for url in re.findall(r"<loc>(.*?)</loc>", response.text):
            yield scrapy.Request(self.origin + urlsplit(url).path, self.parse)

    def parse(self, response):
        yield self.fields(response)
