"""YAML files, which a few bytes can make endless: bounded before anything is made of them.

An alias repeats what it names, so 40 short lines may stand for 10^12 values; deep nesting ends a
process within libyaml, which calls itself for each level.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import yaml

from hies_annot.texts.whole_file import YAML_TEXT, whole_bytes

_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEPTH = 50
"""Lists and mappings within each other; settings and gene files have 8."""
VALUES = 200_000
"""Values, keys included, each as often as aliases repeat it; a long text counts for each 100
letters."""
_LETTERS = 100
_TAG = "tag:yaml.org,2002:"
_OLD_NUMBER = re.compile(r"[-+]?0[0-9_]+|.*:.*")
"""What YAML 1.1 takes for a number that nobody means: `010` is 8 there, `1:30` is 90."""


class _Part(NamedTuple):
    """What an event stands for: values with all that they hold, and levels of them."""

    values: int
    levels: int


def yaml_of(path: Path) -> object:
    """Return the content of a YAML file; None where it has none.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no YAML, or has more of something than is read; the message says which.
    """
    data = whole_bytes(path, YAML_TEXT)
    try:
        text = data.decode("utf-8")
        _demand_bounds(text)
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise ValueError(f"this is not YAML: {' '.join(str(fault).split())}") from None
    try:
        loader = _SAFE_LOADER(text)
        node = loader.get_single_node()
        _demand_plain(node, set())
        found: object = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as fault:
        raise ValueError(f"this is not YAML: {' '.join(str(fault).split())}") from None
    except (ValueError, OverflowError) as fault:  # a key twice, a number of 5,000 digits
        raise ValueError(f"a value in it cannot be: {fault}") from None
    return found


def _demand_bounds(text: str) -> None:
    """Go through the events of a text, of which nothing is kept, and count what they stand for.

    Raises:
        ValueError: too much of something, or a value that holds itself.
        yaml.YAMLError: it is no YAML.
    """
    named: dict[str, _Part] = {}
    open_: list[tuple[str | None, _Part]] = [(None, _Part(0, 0))]
    for event in yaml.parse(text, _SAFE_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            named.pop(event.anchor or "", None)
            open_.append((event.anchor, _Part(1, 1)))
            _demand_depth(len(open_) - 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            _add(open_, named, *open_.pop())
        elif isinstance(event, yaml.ScalarEvent):
            _add(open_, named, event.anchor, _Part(1 + len(event.value) // _LETTERS, 0))
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in named:
                raise ValueError(f"*{event.anchor} stands for nothing that ends before it")
            _add(open_, named, None, named[event.anchor])


def _demand_plain(node: yaml.Node | None, seen: set[int]) -> None:
    """See that nothing of a file is dropped or read as what nobody means; dates stay texts.

    Raises:
        ValueError: a key stands twice, or a number is none as everybody writes it.
    """
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        lines: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode):
                if key.value in lines:
                    first = lines[key.value]
                    raise ValueError(f"{key.value} stands twice, in lines {first} and {line}")
                lines[key.value] = line
            _demand_plain(key, seen)
            _demand_plain(value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            _demand_plain(each, seen)
    elif node.tag == f"{_TAG}timestamp":
        node.tag = f"{_TAG}str"
    elif node.tag == f"{_TAG}int" and _OLD_NUMBER.fullmatch(node.value):
        line = node.start_mark.line + 1
        raise ValueError(f"{node.value} in line {line}: write the number without 0 or : in it")


def _add(
    open_: list[tuple[str | None, _Part]], named: dict[str, _Part], anchor: str | None, part: _Part
) -> None:
    """Count a part to the collection that is open."""
    if anchor is not None:
        named[anchor] = part
    outer, before = open_[-1]
    _demand_depth(len(open_) - 1 + part.levels)
    values = before.values + part.values
    open_[-1] = outer, _Part(values, max(before.levels, part.levels + 1))
    if values > VALUES:
        raise ValueError(f"it stands for more than {VALUES:,} values")


def _demand_depth(levels: int) -> None:
    if levels > DEPTH:
        raise ValueError(f"its lists and mappings are nested more than {DEPTH} deep")
