"""How Sphinx builds the documentation: ``sphinx-build -W -n --keep-going -b html docs docs/_build/html``."""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent / "_ext")]

os.environ["NEWSCRAWL_CONFIG"] = ""  # the defaults, not those of whoever builds the site

from newscrawl.version import __version__  # noqa: E402

project = "newscrawl"
release = version = __version__
language = "en"
smartquotes = False  # options begin with --

extensions = ["myst_parser", "sphinx_copybutton", "from_code"]
exclude_patterns = ["_build"]
nitpicky = True

# Headings have anchors, which links may name: [text](page.md#a-heading). A link that leads nowhere is a warning.
myst_heading_anchors = 4
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist"]
# Blocks in formats that no highlighter knows; of "# …" and "…" in shell and JSON none complains.
suppress_warnings = ["misc.highlighting_failure"]

highlight_language = "text"

html_theme = "furo"
html_title = f"newscrawl {__version__}"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_copy_source = False
html_show_copyright = False
copybutton_exclude = ".linenos, .gp, .go"
