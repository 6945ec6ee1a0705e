"""What a crawl decides."""
