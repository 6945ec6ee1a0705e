"""docs/architecture.md tells the rooms of the package and which import which; the code says the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import PROJECT

PACKAGE = PROJECT / "newscrawl"
#: A row of the table: the rooms that stand in it, and the rooms that they import.
ROW = re.compile(r"^\| ((?:`[\w./]+`(?:, )?)+) \| .+ \| (.+) \|$", re.MULTILINE)


def room_of(path: Path) -> str:
    """The room of a module: a folder of the package, or a module beside them."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms() -> set[str]:
    return {room_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules of the package that a module imports, those for the type checker alone left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "newscrawl":
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("newscrawl."))
        yield from imported(node)


def found() -> dict[str, set[str]]:
    """The rooms that each room imports."""
    graph: dict[str, set[str]] = {room: set() for room in rooms()}
    for path in PACKAGE.rglob("*.py"):
        if (room := room_of(path)) in graph:
            names = imported(ast.parse(path.read_text("utf8")))
            graph[room] |= {name.split(".")[1] for name in names} & graph.keys() - {room}
    return graph


def told() -> dict[str, set[str]]:
    """The same as the table has it, in its order."""
    table = (PROJECT / "docs" / "architecture.md").read_text("utf8")
    return {
        room.removesuffix(".py").strip("/"): {
            name.removesuffix(".py").strip("/") for name in re.findall(r"`([\w./]+)`", imports)
        }
        for names, imports in ROW.findall(table)
        for room in re.findall(r"`([\w./]+)`", names)
    }


def test_each_module_of_the_extraction_is_in_its_table() -> None:
    table = (PROJECT / "docs" / "architecture.md").read_text("utf8").partition("## The modules of `extract/`")[2]
    rows = re.findall(r"^\| [\w ,]+ \| (.+) \|$", table.partition("## The rooms")[0], re.MULTILINE)
    modules = [module for row in rows for module in re.findall(r"`(\w+)`", row)]
    assert sorted(modules) == sorted(path.stem for path in (PACKAGE / "extract").glob("[!_]*.py"))


def test_each_room_imports_what_the_table_says() -> None:
    assert found() == told()


def test_no_room_imports_from_above() -> None:
    order = list(told())
    upward = {
        (room, other) for room, others in found().items() for other in others if order.index(other) > order.index(room)
    }
    assert not upward
