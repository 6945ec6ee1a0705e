"""news-please on one page after the other: python news_please.py ORIGIN OUTPUT."""

import json
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import requests
from newsplease import NewsPlease

session = requests.Session()
with Path(sys.argv[2]).open("w") as output:
    for url in re.findall(r"<loc>(.*?)</loc>", session.get(f"{sys.argv[1]}/sitemap.xml", timeout=60).text):
        answer = session.get(sys.argv[1] + urlsplit(url).path, timeout=60)
        article = NewsPlease.from_html(answer.text, url=answer.url, fetch_images=False)
        fields = {
            "title": article.title,
            "authors": article.authors,
            "date": str(article.date_publish),
            "text": article.maintext,
        }
        output.write(json.dumps(fields) + "\n")
