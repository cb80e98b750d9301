"""Reads on a page, drawn by the viewer beside it: from disk, without any other request."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from made_up_reads import write_bam
from playwright.sync_api import Page, expect

from .conftest import EXAMPLE, run

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a sample with reads."""
    folder = tmp_path_factory.mktemp("reads")
    shutil.copy(EXAMPLE / "vcf/EX01.vcf", folder / "A.vcf")
    write_bam(folder / "A.bam")
    sheet = folder / "samples.tsv"
    sheet.write_text("sample\tvcf\tvcf_sample\tbam\nA\tA.vcf\tEX01\tA.bam\n")
    return run(sheet, folder / "results", "--alignments") / "batch-0001/A.html"


def colours(page: Page) -> set[str]:
    """Return the colours of what the viewer has drawn on its largest canvas."""
    return set(
        page.evaluate(
            """() => {
              const roots = [document];
              document.querySelectorAll("*").forEach(e => e.shadowRoot && roots.push(e.shadowRoot));
              const all = roots.flatMap(root => [...root.querySelectorAll("canvas")]);
              const found = new Set();
              all.filter(c => c.width && c.height).forEach(c => {
                const data = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
                for (let at = 0; at < data.length; at += 4) {
                  if (data[at + 3] === 255) found.add([...data.slice(at, at + 3)].join());
                }
              });
              return [...found];
            }"""
        )
    )


def test_reads_are_drawn_from_disk(visit: Visit, shown: Path) -> None:
    page = visit(shown, viewport={"width": 1200, "height": 900})
    assert colours(page) == set(), "nothing is loaded before it is asked for"
    page.click("details.reads summary")
    expect(page.locator("details.reads[data-shown=yes]")).to_have_count(1, timeout=20_000)
    page.wait_for_timeout(1500)
    drawn = colours(page)
    assert "0,200,0" in drawn, "the allele, A, in green"
    assert "185,185,185" in drawn, "reads"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200


def test_without_viewer_or_script_the_figures_stand_there(
    visit: Visit, shown: Path, tmp_path: Path
) -> None:
    lone = Path(shutil.copy(shown, tmp_path / "lone.html"))
    for path, options in ((shown, {"java_script_enabled": False}), (lone, {})):
        page = visit(path, **options)
        expect(page.locator("#reads ~ .scroll")).to_contain_text("15 + 15")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
