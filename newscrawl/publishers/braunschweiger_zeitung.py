"""Braunschweiger Zeitung (www.braunschweiger-zeitung.de), Germany: a newspaper of the Funke group, with its layout.

Facts: saved pages of 2024 and 2025.
"""

from dataclasses import replace

from newscrawl.publishers import waz

PUBLISHER = replace(
    waz.PUBLISHER,
    name="braunschweiger-zeitung.de",
    hosts=("www.braunschweiger-zeitung.de", "braunschweiger-zeitung.de"),
    home="https://www.braunschweiger-zeitung.de",
)
