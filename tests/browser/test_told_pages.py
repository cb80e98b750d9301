"""Pages with decisions of a reviewer and with changes: text only, readable, on a phone too."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import EXAMPLE, run

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]
NOTE = '<img src=x onerror="document.title=1">' + "a-note-without-a-blank-" * 30


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample whose second file has lost the finding, with a decision on the first."""
    folder = tmp_path_factory.mktemp("told")
    vcf, sheet = folder / "A.vcf", folder / "samples.tsv"
    shutil.copy(EXAMPLE / "vcf/EX01.vcf", vcf)
    sheet.write_text("sample\tvcf\tvcf_sample\nA\tA.vcf\tEX01\n")
    old = run(sheet, folder / "old")
    lines = [line for line in vcf.read_text().splitlines() if "\t42329643\t" not in line]
    vcf.write_text("\n".join(lines) + "\n")
    review = folder / "review.tsv"
    review.write_text(f"sample\tfinding\tdecision\tnote\nA\tSTAT3-AD-HIES\tdismissed\t{NOTE}\n")
    return run(sheet, folder / "new", "--earlier", str(old), "--review", str(review))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_changes_and_decisions_are_shown(visit: Visit, told: Path, scheme: str) -> None:
    page = visit(told / "index.html", color_scheme=scheme, viewport={"width": 390, "height": 844})
    first = page.locator("main section h2").first
    expect(first).to_have_text("Changed since the last report")
    expect(page.locator("#table-changed")).to_contain_text("status: Relevant ->")
    for link in (None, "#table-changed a"):
        if link:
            page.click(link)
            expect(page.locator("#decided + .banner")).to_be_visible()
            assert NOTE[:38] in page.inner_text("main")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator("img").count() == 0
        grave = [
            each["id"]
            for each in Axe().run(page).response["violations"]
            if each["impact"] in ("serious", "critical")
        ]
        assert grave == []
    page.click("#changed + .note a")
    expect(first).to_be_visible()
