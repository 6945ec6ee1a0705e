"""The store of a crawl that workers on one or many machines share, in Redis."""
