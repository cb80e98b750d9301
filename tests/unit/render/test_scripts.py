"""Scripts of the pages: the library is as published, and its licence goes with every copy."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hies_annot.render import html
from hies_annot.render.html import render_index
from hies_annot.render.totals import totals_of

FOLDER = Path(html.__file__).parent / "scripts"
PUBLISHED = "38017a5586acd9c6eb6bbfe8b6938e1a25bdc717c5acfcb07e0c9d663282c59d"


def test_the_library_is_as_published() -> None:
    library = (FOLDER / "datatables-3.1.5.min.js").read_bytes()

    assert hashlib.sha256(library).hexdigest() == PUBLISHED


def test_the_licence_goes_with_the_library() -> None:
    page = "".join(render_index([], totals_of([])))

    assert (FOLDER / "datatables-LICENSE.txt").read_text(encoding="utf-8") in page
    assert page.index("Permission is hereby granted") < page.index("DataTables 3.1.5")


def test_no_script_ends_its_element() -> None:
    for script in FOLDER.glob("*.js"):
        assert "</script" not in script.read_text(encoding="utf-8").lower()
        assert "<!--" not in script.read_text(encoding="utf-8")
