"""What ``scrapy …`` gains inside this project."""
