"""Pages kept as WARC (ISO 28500): written by a crawl, read by anything, and read again by later rules."""
