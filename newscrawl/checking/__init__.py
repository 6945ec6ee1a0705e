"""First contact with a section: a few of its pages asked for politely, read as a crawl reads them, and judged.

``spider`` asks, ``reading`` makes facts of the answers, ``checks`` find what looks wrong, ``verdict`` says what
follows, and ``report`` shows it. All but the first work on answers from a folder, too.
"""
