"""What is done to each article between extraction and the feed, one file a step.

A step is a class with ``process_item``; the function it calls works without Scrapy, so that
:func:`newscrawl.extract_article` does just what a crawl does.
"""
