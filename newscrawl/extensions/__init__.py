"""What watches a crawl: how it ended, and how far it is."""
