"""Where on a page weight is gathered: the innermost element that holds (nearly) all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from newscrawl.extract.css import Element
from newscrawl.extract.weights import Weighed

#: Share of the greatest weight that the story's element has at least; the rest is boxes beside it.
NEARLY_ALL = 0.8


def densest(weighed: Sequence[Weighed], *, labels: bool = True) -> list[Weighed]:
    """What stands in the innermost element of nearly the greatest weight.

    Without ``labels``, of what weighs against a story only links count.
    """
    counted = weighed if labels else [one for one in weighed if one.weight > 0 or one.block.linked]
    element = innermost(counted, NEARLY_ALL)
    if element is None:
        return []
    is_inside = inside(element)
    return [one for one in weighed if is_inside(one.block.element)]


def inside(*roots: Element) -> Callable[[Element | None], bool]:
    """Tells whether an element is one of some, or stands in one."""
    known: dict[Element, bool] = {None: False, **dict.fromkeys(roots, True)}

    def is_inside(element: Element) -> bool:
        unknown = []
        while element not in known:
            unknown.append(element)
            element = element.getparent()
        is_known = known[element]
        for one in unknown:
            known[one] = is_known
        return is_known

    return is_inside


def innermost(weighed: Iterable[Weighed], share: float) -> Element | None:
    """The innermost element of some share of the greatest weight; ``None`` where nothing weighs for a story."""
    sums = _weight_within(weighed)
    most = max(sums.values(), default=0)
    if most <= 0:
        return None
    heavy = (element for element, weight in sums.items() if weight >= share * most)
    return max(heavy, key=lambda element: sum(1 for _ in element.iterancestors()))


def _weight_within(weighed: Iterable[Weighed]) -> dict[Element, int]:
    """The weight of all that an element holds."""
    sums: dict[Element, int] = defaultdict(int)
    boxes: dict[Element, int] = defaultdict(int)  # paragraphs share theirs
    for block, weight in weighed:
        if weight:
            sums[block.element] += weight
            boxes[block.element.getparent()] += weight
    boxes.pop(None, None)
    for box, weight in boxes.items():
        for element in (box, *box.iterancestors()):
            sums[element] += weight
    return sums
