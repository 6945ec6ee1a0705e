"""What an address says: its one form, and whether it may be an article's."""
