"""Scripts of the pages: a library is as published, and its licence goes with every copy."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hies_annot.render import html
from hies_annot.render.html import render_index, viewer_script
from hies_annot.render.totals import totals_of

FOLDER = Path(html.__file__).parent / "scripts"
PUBLISHED = {
    "datatables-3.1.5.min.js": "38017a5586acd9c6eb6bbfe8b6938e1a25bdc717c5acfcb07e0c9d663282c59d",
    "igv-3.8.10.min.js": "87b991ae2a720978172e269dd5127c495e56df5af31144dff19c83124e2f5744",
}


@pytest.mark.parametrize(("name", "digest"), PUBLISHED.items())
def test_a_library_is_as_published(name: str, digest: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


def test_the_licence_goes_with_the_library() -> None:
    page = "".join(render_index([], totals_of([])))
    viewer = "".join(viewer_script())

    assert (FOLDER / "datatables-LICENSE.txt").read_text(encoding="utf-8") in page
    assert page.index("Permission is hereby granted") < page.index("DataTables 3.1.5")
    assert (FOLDER / "igv-LICENSE.txt").read_text(encoding="utf-8") in viewer
    assert viewer.endswith((FOLDER / "igv-3.8.10.min.js").read_text(encoding="utf-8"))


def test_no_script_ends_its_element() -> None:
    for script in FOLDER.glob("*.js"):
        assert "</script" not in script.read_text(encoding="utf-8").lower()
        assert "<!--" not in script.read_text(encoding="utf-8")
