"""Hamburger Abendblatt (www.abendblatt.de), Germany: a newspaper of the Funke group, with its layout.

Facts: saved pages of 2024 and 2025.
"""

from dataclasses import replace

from newscrawl.publishers import waz

PUBLISHER = replace(
    waz.PUBLISHER, name="abendblatt.de", hosts=("www.abendblatt.de", "abendblatt.de"), home="https://www.abendblatt.de"
)
