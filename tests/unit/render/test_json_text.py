"""JSON in parts is the JSON of one piece."""

from __future__ import annotations

import json

import pytest

from hies_annot.render.json_text import item_text, long_list, long_object

HEAD = {"version": 1, "names": ["a\u2028b", "\u00e9"], "none": {}}
ITEMS = [{"a": [1, {"b": "x\ny"}], "c": {}}, [], "text", None, 1.5]


def whole(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("count", range(len(ITEMS) + 1))
def test_a_list_in_parts(count: int) -> None:
    items = ITEMS[:count]
    parts = long_list(HEAD, "samples", map(item_text, items))
    assert "".join(parts) == whole({**HEAD, "samples": items})


@pytest.mark.parametrize("count", range(len(ITEMS) + 1))
def test_an_object_in_parts(count: int) -> None:
    members = {f'key {place} "\u00e9': item for place, item in enumerate(ITEMS[:count])}
    parts = long_object({}, "data", members.items())
    assert "".join(parts) == whole({"data": members})
