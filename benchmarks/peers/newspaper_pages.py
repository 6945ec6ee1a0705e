"""newspaper4k on one page after the other, without the images: python newspaper_pages.py ORIGIN OUTPUT."""

import json
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import newspaper
import requests

session = requests.Session()
with Path(sys.argv[2]).open("w") as output:
    for url in re.findall(r"<loc>(.*?)</loc>", session.get(f"{sys.argv[1]}/sitemap.xml", timeout=60).text):
        answer = session.get(sys.argv[1] + urlsplit(url).path, timeout=60)
        article = newspaper.Article(answer.url, language="en", fetch_images=False)
        article.download(input_html=answer.text)
        article.parse()
        fields = {
            "title": article.title,
            "authors": article.authors,
            "date": str(article.publish_date),
            "text": article.text,
        }
        output.write(json.dumps(fields) + "\n")
