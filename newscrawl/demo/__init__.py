"""A made-up edition of the section, which ``start=demo`` reads in the place of a publisher's: no network is asked.

Invented prose in the publisher's layout, with each difficulty that its real pages have. ``place`` knows its address
and its files' names, ``answers`` has its pages in memory, and ``handler`` gives them to a crawl.
"""
