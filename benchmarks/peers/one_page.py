"""One extractor on pages that come on standard input: python one_page.py NAME. A line with milliseconds for each."""

import sys
import time


def extractor(name):
    """What is called with a page's text and its address."""
    if name == "trafilatura":
        from trafilatura import bare_extraction

        return lambda text, url: bare_extraction(text, url=url, with_metadata=True)
    if name == "resiliparse":
        from resiliparse.extract.html2text import extract_plain_text

        return lambda text, url: extract_plain_text(text, main_content=True)
    import newspaper

    def read(text, url):
        article = newspaper.Article(url, language="en", fetch_images=False)
        article.download(input_html=text)
        article.parse()

    return read


read = extractor(sys.argv[1])
while head := sys.stdin.buffer.readline():
    url, size = head.split()
    body = sys.stdin.buffer.read(int(size))
    began = time.perf_counter()
    try:
        read(body.decode("utf-8", "replace"), url.decode())
    except Exception as error:
        print(f"{url.decode()}: {error}", file=sys.stderr)
    print((time.perf_counter() - began) * 1e3, flush=True)
