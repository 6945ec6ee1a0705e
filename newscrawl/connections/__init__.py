"""Where a crawl connects (``destinations``), how large a head it takes (``heads``), by Scrapy's own ``handler``."""
