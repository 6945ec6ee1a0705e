"""Charts as SVG without scripts or styles of their own: the page's style sheet gives them their colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pygal
from markupsafe import Markup
from pygal.style import Style

#: Units of the drawing: it takes the width of its column, on a phone some 340 pixels.
_WIDTH, _HEIGHT = 460, 220
_LABELS = 6  # along the horizontal axis
_ROOM = Style(label_font_size=15, major_label_font_size=15)  # that is left for labels, as large as on a phone


def bars(series: Mapping[str, Sequence[int]], labels: Sequence[str], what: str) -> Markup:
    """Stacked bars, a bar for each of ``labels``; ``what`` the picture shows is its name for a screen reader."""
    chart = pygal.StackedBar(
        width=_WIDTH, height=_HEIGHT, margin=4, margin_right=18, spacing=4, show_legend=False, js=(), style=_ROOM,
        disable_xml_declaration=True, show_minor_x_labels=False, x_labels_major_count=min(_LABELS, len(labels)),
        truncate_label=-1, min_scale=2, max_scale=6, order_min=0, value_formatter=lambda value: f"{value:g}",
    )  # fmt: skip
    chart.title = None
    chart.x_labels = labels
    for name, values in series.items():
        told = ({"value": n, "label": f"{label}: {n} {name}"} for label, n in zip(labels, values, strict=True))
        chart.add(name, list(told))
    return _drawn(chart, what)


def sparkline(values: Sequence[float], most: float, what: str) -> Markup:
    """A line from 0 to ``most``."""
    if len(values) == 1:
        values = [*values, *values]  # one point is no line
    chart = pygal.Line(
        width=220, height=36, margin=3, range=(0, most or 1), show_dots=False, show_legend=False, show_x_labels=False,
        show_y_labels=False, show_y_guides=False, js=(), disable_xml_declaration=True,
    )  # fmt: skip
    chart.add(None, list(values))
    return _drawn(chart, what, preserveAspectRatio="none")


def _drawn(chart: Any, what: str, **attributes: str) -> Markup:
    def plain(root: Any) -> Any:
        """Leave shapes and text: no scripts, no ids (they would not be the page's only ones), and titles for labels."""
        root.attrib.pop("id", None)
        root.attrib.update({"role": "img", "aria-label": what, **attributes})
        for parent in list(root.iter()):
            parent.attrib.pop("id", None)
            parent.attrib.pop("style", None)
            told = [child.text for child in parent if child.tag == "desc" and child.get("class") == "label"]
            for child in list(parent):
                tag = child.tag if isinstance(child.tag, str) else None
                if tag in (None, "defs", "desc", "title") or (tag == "g" and "tooltip" in child.get("class", "")):
                    parent.remove(child)
                elif told and tag == "rect":
                    title = child.makeelement("title", {})
                    title.text = told[0]
                    child.append(title)
        return root

    chart.add_xml_filter(plain)
    return Markup(chart.render(is_unicode=True))  # noqa: S704 - written by a serializer, which escapes
