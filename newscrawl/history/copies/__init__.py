"""Which articles are copies of one text, by whichever publisher and under whichever address.

Near-duplicates by MinHash (Broder, 1997) and locality-sensitive hashing: two texts are copies when they share at
least half of all their three-word sequences (their Jaccard similarity), as estimated from short signatures
(``signatures``). ``groups`` decides, over what ``sqlite`` keeps in a file, or ``redis`` for many workers.
"""
