"""Where a crawl connects (``destinations``), how large a head it takes (``heads``), and whether a page came whole
(``ends``), by Scrapy's own ``handler``.
"""
