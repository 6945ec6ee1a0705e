"""One crawl by many workers, on one machine or many, over a Redis that they share.

docs/explanation/durability.md has the proof. Nothing here is imported unless the setting ``REDIS_URL`` is given.
"""
