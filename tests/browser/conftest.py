"""Pages in Chromium, opened from disk as a user would. Skipped where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from hies_annot.render.alignments import VIEWER

EXAMPLE = Path(__file__).resolve().parents[2] / "resources/example"
HOSTILE = '<img src=x onerror="document.title=1">&lt;</script><script>document.title=2</script>'
LONG = "a-very-long-sample-id-" * 14


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system; CHROMIUM names another one."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium here (Debian: apt-get install chromium)")
    with sync_playwright() as browsers:
        found = browsers.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


def run(sheet: Path, out: Path, *more: str) -> Path:
    """Analyse a sheet as a user does; return the results folder. Samples may fail here."""
    command = [sys.executable, "-m", "hies_annot", "run", "--quiet"]
    subprocess.run([*command, "--samples", str(sheet), "-o", str(out), *more], check=False)
    return out


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the example batch."""
    return run(EXAMPLE / "samples.tsv", tmp_path_factory.mktemp("example") / "results")


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of samples with a hostile and with a long id."""
    folder = tmp_path_factory.mktemp("odd")
    rows = ["sample\tvcf\tvcf_sample\tbatch"]
    for number, name in enumerate((HOSTILE, LONG)):
        shutil.copy(EXAMPLE / "vcf/EX01.vcf", folder / f"{number}.vcf")
        rows.append(f"{name}\t{folder / f'{number}.vcf'}\tEX01\todd")
    (folder / "samples.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return run(folder / "samples.tsv", folder / "results")


def sample_pages(results: Path) -> list[Path]:
    """Return the pages of all samples."""
    return sorted(results.glob("*/*.html"))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages; at the end none has asked for anything but pages and the viewer of reads."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    asked: list[str] = []

    def listen(page: Page) -> None:
        page.on("console", lambda message: faults.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))

    def opened(path: Path, **options: Any) -> Page:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        listen(page)
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
    elsewhere = [url for url in asked if not url.startswith(("file://", "blob:"))]
    assert elsewhere == []
    beside = (".html", f"/{VIEWER}")
    assert [url for url in asked if not url.partition("#")[0].endswith(beside)] == []
