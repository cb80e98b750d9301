"""The rooms of the package, and that imports between them go down only (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import hies_annot

PACKAGE = Path(hies_annot.__file__).parent
ROOMS = (
    ("cli",),
    ("run",),
    ("write",),
    ("render",),
    ("results", "findings"),
    ("judge",),
    ("phase",),
    ("names",),
    ("evidence", "annotate", "callability"),
    ("read",),
    ("sheet", "reference"),
    ("io",),
    ("genes", "settings"),
    ("texts",),
    ("model",),
    ("genome",),
    ("shipped",),
    ("errors",),
)
"""From the top floor down. Rooms of one floor do not import each other."""
INNER = {"io": ("windows", "record", "header", "remote", "index")}
"""The folders of a room, from the top floor down; what lies beside them is tied to no order."""
FLOORS = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 250
MOST_FLOORS = 13
"""Rooms on the longest way down; `__main__` stands above."""
DOCUMENT = Path(__file__).parents[1] / "docs" / "architecture.md"
START, END = "tests/test_rooms.py`, compared by a test -->\n", "<!-- /rooms -->"


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports_of(path: Path) -> Iterator[str]:
    """Yield the modules of the package that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("hies_annot"))
        elif isinstance(node, ast.ImportFrom) and node.module == "hies_annot":
            yield from (f"hies_annot.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hies_annot."):
            yield node.module or ""


def outside(path: Path) -> set[str]:
    """Return the first part of every name that a file imports."""
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    names = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}


def upward(room: str, imports: Iterator[str]) -> list[str]:
    """Return the imports that do not go down from a room."""
    targets = ((name, room_of(name)) for name in imports)
    return [
        name
        for name, target in targets
        if target in FLOORS and target != room and FLOORS[target] <= FLOORS[room]
    ]


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_go_down(path: Path) -> None:
    parts = path.relative_to(PACKAGE).parts
    room = parts[0].removesuffix(".py")
    if room in FLOORS:
        assert upward(room, imports_of(path)) == []


def upward_within(room: str, folder: str, imports: Iterator[str]) -> list[str]:
    """Return the imports that do not go down from a folder of a room."""
    above = INNER[room][: INNER[room].index(folder)]
    starts = tuple(f"hies_annot.{room}.{other}." for other in above)
    return [name for name in imports if f"{name}.".startswith(starts)]


@pytest.mark.parametrize(
    "path", [path for path in MODULES if len(path.relative_to(PACKAGE).parts) > 2], ids=place
)
def test_imports_go_down_within_a_room(path: Path) -> None:
    room, folder, *_ = path.relative_to(PACKAGE).parts
    if room in INNER:
        assert upward_within(room, folder, imports_of(path)) == []


def test_an_upward_import_within_a_room_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "x.py"
    module.write_text("from hies_annot.io.windows.vcf import x\nimport hies_annot.io.index.csi\n")
    assert upward_within("io", "record", imports_of(module)) == ["hies_annot.io.windows.vcf"]


def test_every_folder_of_such_a_room_is_named() -> None:
    for room, folders in INNER.items():
        found = {path.parent.name for path in (PACKAGE / room).glob("*/__init__.py")}
        assert found == set(folders)


def test_an_upward_import_is_noticed(tmp_path: Path) -> None:
    module = tmp_path / "x.py"
    module.write_text("import hies_annot.model\ndef f():\n    from hies_annot.run.batch import x\n")
    assert upward("io", imports_of(module)) == ["hies_annot.run.batch"]


def longest_chain() -> list[str]:
    """Return the rooms of the longest way down by imports, from the top on."""
    below: dict[str, set[str]] = {room: set() for room in FLOORS}
    for path in MODULES:
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in FLOORS:
            targets = {room_of(name) for name in imports_of(path)} & set(FLOORS)
            below[room] |= targets - {room}

    @cache
    def way(room: str) -> list[str]:
        return [room, *max((way(other) for other in sorted(below[room])), key=len, default=[])]

    return max(map(way, FLOORS), key=len)


def test_the_way_down_is_short() -> None:
    chain = longest_chain()
    assert len(chain) <= MOST_FLOORS, chain


def test_every_module_is_in_a_room() -> None:
    rooms = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if path.suffix != ".typed"}
    assert rooms - {"__init__", "__main__", "__pycache__", "resources"} == set(FLOORS)
    root = [path.name for path in PACKAGE.glob("*.py")]
    assert len(root) <= 5


def test_no_two_modules_share_a_name() -> None:
    names = [path.stem for path in MODULES if path.stem != "__init__"]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_only_one_room_each_knows_pysam_jinja_and_click() -> None:
    for package, rooms in {"pysam": {"io"}, "jinja2": {"render"}, "click": {"cli"}}.items():
        users = {place(path).split("/")[0] for path in MODULES if package in outside(path)}
        assert users == rooms, package


def test_reading_of_files_knows_no_settings() -> None:
    """What it needs of them it is given as a value."""
    knowing = [place(path) for path in MODULES if place(path).startswith("io/")]
    assert knowing
    assert not [each for each in knowing if "hies_annot.settings" in (PACKAGE / each).read_text()]


NETWORK = re.compile(
    r"^\s*(?:from|import) (?:urllib\.(?:request|error)|http|socket|ssl)\b", re.MULTILINE
)


def test_only_fetching_and_the_told_end_of_a_run_use_the_network() -> None:
    users = {place(path) for path in MODULES if NETWORK.search(path.read_text(encoding="utf-8"))}
    assert users == {"io/remote/transport.py", "reference/fetch.py", "write/completion.py"}


def first_line(room: str) -> str:
    path = PACKAGE / room
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()[0]


def picture() -> str:
    """Return the rooms as a table, the highest first; those of one floor share a row."""
    rows = ["| room | what it is for |", "|---|---|"]
    for rooms in ROOMS:
        names, lines = (
            " <br> ".join(part) for part in (map("`{}`".format, rooms), map(first_line, rooms))
        )
        rows.append(f"| {names} | {lines} |")
        inner = [f"{room}/{folder}" for room in rooms for folder in INNER.get(room, ())]
        rows += [f"| `{folder}` | {first_line(folder)} |" for folder in inner]
    return "\n".join(rows) + "\n"


def test_the_document_shows_the_rooms() -> None:
    shown = DOCUMENT.read_text(encoding="utf-8").partition(START)[2].partition(END)[0]
    assert shown == picture()


if __name__ == "__main__":
    before, mark, rest = DOCUMENT.read_text(encoding="utf-8").partition(START)
    after = rest[rest.index(END) :]
    DOCUMENT.write_text(before + mark + picture() + after, encoding="utf-8")
