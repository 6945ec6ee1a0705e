"""The contract: what an article is, one table of its types, and JSON Lines in and out."""
