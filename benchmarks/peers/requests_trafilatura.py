"""requests one page after the other, and trafilatura on each: python requests_trafilatura.py ORIGIN OUTPUT."""

import json
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import requests
from trafilatura import bare_extraction

session = requests.Session()
with Path(sys.argv[2]).open("w") as output:
    for url in re.findall(r"<loc>(.*?)</loc>", session.get(f"{sys.argv[1]}/sitemap.xml", timeout=60).text):
        answer = session.get(sys.argv[1] + urlsplit(url).path, timeout=60)
        document = bare_extraction(answer.text, url=answer.url, with_metadata=True)
        fields = {"title": document.title, "author": document.author, "date": document.date, "text": document.text}
        output.write(json.dumps(fields) + "\n")
