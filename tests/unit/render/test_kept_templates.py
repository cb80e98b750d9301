"""Compiled templates are kept for the user alone, and never cost a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hies_annot.render import html, kept_templates
from hies_annot.render.totals import totals_of


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("HIES_ANNOT_CACHE", str(tmp_path / "cache"))
    _forget()
    yield tmp_path / "cache"
    _forget()


def _forget() -> None:
    html._environment.cache_clear()
    html._template.cache_clear()


def page() -> str:
    _forget()
    return "".join(html.render_index([], totals_of([])))


def test_a_second_run_reads_what_the_first_compiled(cache: Path) -> None:
    first = page()
    kept = {path: path.read_bytes() for path in cache.rglob("*.cache")}
    assert len(kept) == 3
    assert page() == first
    assert {path: path.read_bytes() for path in cache.rglob("*.cache")} == kept


@pytest.mark.parametrize("damage", [b"", b"\0", b"j2", b"cos\nnothing\n.", b"\x80\x04\x95"])
@pytest.mark.parametrize("keep", [0, 6, 60])
def test_a_damaged_file_is_compiled_anew(cache: Path, damage: bytes, keep: int) -> None:
    first = page()
    whole = {path: path.read_bytes() for path in cache.rglob("*.cache")}
    for path, data in whole.items():
        path.write_bytes(data[:keep] + damage)
    assert page() == first
    assert {path: path.read_bytes() for path in cache.rglob("*.cache")} == whole


def test_a_place_that_cannot_be_used_costs_no_page(cache: Path) -> None:
    first = page()
    for path in sorted(cache.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    cache.rmdir()
    cache.write_text("a file, no folder")
    assert page() == first
    assert kept_templates.kept_templates() is None


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_to_is_not_read(cache: Path, mode: int) -> None:
    folder = kept_templates.kept_templates()
    assert folder is not None
    Path(folder.directory).chmod(mode)
    assert kept_templates.kept_templates() is None


def test_a_link_in_the_place_of_the_folder_is_not_followed(cache: Path, tmp_path: Path) -> None:
    folder = kept_templates.kept_templates()
    assert folder is not None
    Path(folder.directory).rmdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    Path(folder.directory).symlink_to(tmp_path / "elsewhere")
    assert kept_templates.kept_templates() is None
