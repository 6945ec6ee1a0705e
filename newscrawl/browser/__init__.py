"""Pages that show nothing without scripts: which (``scripted``), and what they show in a browser (``chromium``)."""
