"""The data block of the page of a batch holds what the columns say, and no markup."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from hies_annot.render.batch_columns import PageColumn
from hies_annot.render.batch_data import PageTable, data_block, script_json
from hies_annot.render.visible_text import visible

KINDS = ("sample", "text", "lines", "list", "status", "figure", "files", "names")
OWN = ("sample", "status", "files")


class Row(Struct, frozen=True):
    place: int
    texts: tuple[str, ...]


COLUMNS: tuple[PageColumn[Row], ...] = tuple(
    PageColumn(kind, kind, lambda row, number=number: row.texts[number])  # type: ignore[misc]
    for number, kind in enumerate(KINDS)
)
ROWS = st.lists(
    st.builds(
        Row,
        st.integers(0, 10),
        st.tuples(*[st.text() | st.sampled_from(["</script>", "<!--<script>"]) for _ in KINDS]),
    )
)


@given(ROWS)
def test_rows_come_back_with_nothing_hidden(rows: list[Row]) -> None:
    text = "".join(data_block({"a": "<b>"}, {"one": PageTable(COLUMNS, rows)}))
    content: dict[str, Any] = json.loads(text)

    assert not set("<>&") & set(text)
    assert text.isascii()
    words = content["words"]
    assert len(words) == len(set(words))
    table = content["tables"]["one"]
    assert [column["kind"] for column in table["columns"]] == list(KINDS)
    back = [
        Row(
            place,
            tuple(
                value if kind in OWN else words[value]
                for kind, value in zip(KINDS, cells, strict=True)
            ),
        )
        for place, *cells in table["rows"]
    ]
    assert back == [Row(row.place, tuple(map(visible, row.texts))) for row in rows]


def test_several_tables_share_their_words() -> None:
    table = PageTable(COLUMNS[1:2], [Row(0, ("", "again"))])
    content = json.loads("".join(data_block({}, {"one": table, "two": table})))

    assert content["words"] == ["again"]
    assert content["tables"]["one"]["rows"] == content["tables"]["two"]["rows"] == [[0, 0]]


@given(st.text())
def test_a_text_in_a_script_is_the_same_text(text: str) -> None:
    assert json.loads(script_json(text)) == text
