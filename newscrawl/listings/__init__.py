"""Whatever lists articles: pages, feeds, sitemaps."""
