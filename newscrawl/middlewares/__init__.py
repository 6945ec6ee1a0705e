"""Downloader middlewares: which requests are sent, and when they are sent again."""
