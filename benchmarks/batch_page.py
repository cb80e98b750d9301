"""The pages in a browser: `python benchmarks/batch_page.py [SAMPLES ...] [--pages PAGES]`.

For each number of samples (default 5,000 and 100,000) it makes the page of a batch out of the results
of the example batch, each again and again under other names, opens it from disk in Chromium and
measures, in the page, from the act until the browser has painted, half a second between acts: opening it, a search of two
words, a choice of statuses, and an order by each shown column. Then it writes the pages of 1,000
samples (`--pages`) on one core and says their processor seconds. One line each, as Markdown.

Needs the extra `dev` and Chromium (Debian's package `chromium`); CHROMIUM names another one.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from msgspec.structs import replace
from playwright.sync_api import Page, sync_playwright

from hies_annot.io.spool import Spool
from hies_annot.render.html import render_index, render_sample
from hies_annot.render.sample_summary import SampleSummary, summarise
from hies_annot.render.totals import totals_of
from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.table import read_sheet

ROOT = Path(__file__).resolve().parents[1]
TURNS = 5
PAUSE = 500
"""Milliseconds between two acts, as a person needs them: the other table is drawn in them."""
ACT = """([act, argument]) => new Promise(done => {
  const start = performance.now();
  const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  new DataTable.Api("#table-samples").one("draw", painted);
  const query = document.getElementById("query");
  if (act === "search") { query.value = argument; query.dispatchEvent(new Event("input")); }
  if (act === "status") document.querySelector(`#controls input[value="${argument}"]`).click();
  if (act === "order") document.querySelectorAll("#table-samples thead .dt-column-order")[argument].click();
})"""
OPENED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"""


@dataclass(frozen=True, slots=True)
class Opened:
    """Milliseconds in the browser, and sizes."""

    opening: float
    search: float
    status: float
    order: float
    slowest_order: float
    memory: float


def main() -> None:
    """Measure each size, then the pages of samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("samples", type=int, nargs="*", default=[5_000, 100_000])
    parser.add_argument("--pages", type=int, default=1_000)
    given = parser.parse_args()
    results = example()
    print(f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}\n")
    head = ("samples", "page (MB)", "of that data", "written (CPU s)", "peak MB", "open (ms)")
    head = (*head, "search", "statuses", "order", "slowest order", "heap (MB)")
    print(f"| {' | '.join(head)} |\n{'|---' * len(head)}|")
    with tempfile.TemporaryDirectory() as folder:
        for count in given.samples:
            print(measured(results, count, Path(folder)), flush=True)
        print(f"\n{pages(results, given.pages, Path(folder))}")


def example() -> Sequence[SampleResult]:
    """Return the results of the example batch."""
    rows = read_sheet(ROOT / "resources/example/samples.tsv")
    return list(analyse_rows(Engine(RunConfig()), rows, (), batch="example"))


def measured(results: Sequence[SampleResult], count: int, folder: Path) -> str:
    """Return the row of one size."""
    path = folder / f"index_{count}.html"
    start = time.process_time()
    write_index(results, count, path)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    whole = path.stat().st_size / 1e6
    data = len(path.read_text().partition('id="data">')[2].partition("</script>")[0]) / 1e6
    seen = opened(path)
    figures = (seen.opening, seen.search, seen.status, seen.order, seen.slowest_order)
    cells = [f"{count:,}", f"{whole:.2f}", f"{data:.2f}", f"{spent:.1f}", f"{peak:.0f}"]
    return f"| {' | '.join([*cells, *(f'{each:.0f}' for each in figures), f'{seen.memory:.0f}'])} |"


def write_index(results: Sequence[SampleResult], count: int, path: Path) -> None:
    """Write the page of a batch of `count` samples, in batches of 100."""
    summaries: Spool[SampleSummary] = Spool(path.parent)
    few = [summarise(result) for result in results]
    for number, summary in enumerate(islice(cycle(few), count)):
        name, batch = f"{summary.sample}-{number:06}", f"B{number // 100:04}"
        kin = tuple(f"{each}-{number // len(few)}" for each in summary.kin)
        summaries.append(
            replace(summary, sample=name, stem=name, batch=batch, folder=batch, kin=kin)
        )
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(render_index(summaries, totals_of(summaries)))


def opened(path: Path) -> Opened:
    """Open a page from disk and measure in it; medians of some turns."""
    with sync_playwright() as browsers:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = browsers.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        openings = []
        for _ in range(TURNS):
            page = browser.new_page()
            page.goto(path.as_uri())
            openings.append(float(page.evaluate(OPENED)))
            if len(openings) < TURNS:
                page.close()
        columns = page.locator("#table-samples thead .dt-column-order").count()
        orders = [acted(page, "order", [number] * 2) for number in range(columns)]
        words = ["r382w stat3", "", "ex20 znf341", "", "c.904c>t trans", ""]
        found = Opened(
            median(openings),
            acted(page, "search", words),
            acted(page, "status", ["failed", "none"] * 2),
            median(orders),
            max(orders),
            page.evaluate("performance.memory.usedJSHeapSize") / 1e6,
        )
        browser.close()
    return found


def acted(page: Page, act: str, arguments: Sequence[object]) -> float:
    """Return the slowest of some acts, in milliseconds."""
    return max(_act(page, act, argument) for argument in arguments)


def _act(page: Page, act: str, argument: object) -> float:
    page.wait_for_timeout(PAUSE)
    return float(page.evaluate(ACT, [act, argument]))


def pages(results: Sequence[SampleResult], count: int, folder: Path) -> str:
    """Write the pages of `count` samples and return how long that took."""
    render_sample(results[0])
    start, size = time.process_time(), 0
    for number, result in enumerate(islice(cycle(results), count)):
        text = render_sample(result)
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
        size += len(text)
    spent = time.process_time() - start
    return f"{count:,} pages of samples with figures: {spent:.1f} CPU s, {size / count / 1e3:.0f} kB each"


if __name__ == "__main__":
    main()
