"""The pages of samples completed with what only the whole run knows; see `render.run_slot`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hies_annot.io.atomic import own_text, unlinked, write_text
from hies_annot.render.html import render_counted, render_told
from hies_annot.render.run_slot import with_slot
from hies_annot.render.sample_summary import SampleSummary
from hies_annot.results.carrier_counts import CarriedAlleles
from hies_annot.write.counted_alleles import CountedAlleles

FILLED = ".completed"
"""The pages that the last summary has completed, one a line, so that a later one finds them."""
_INDEX = "index.html"


def complete_pages(
    folder: Path,
    samples: Iterable[tuple[SampleSummary, CarriedAlleles]],
    counted: CountedAlleles,
) -> None:
    """Write decisions, changes and counts on the pages of the samples that have any.

    A page that an earlier summary has completed is emptied where this one has nothing to say. No
    other page is opened, but for those with a reported allele, which may be of an older version.

    Args:
        folder: results folder.
        samples: the samples of the run with what they carry.
        counted: how often alleles recur.

    Raises:
        OSError: a page cannot be written.
    """
    ledger = unlinked(folder / FILLED)
    before = set(own_text(ledger).split("\n")) - {""}
    filled = []
    for summary, person in samples:
        page = summary.file(".html")
        if not page:
            continue
        content = _content(summary, tuple(counted.sentences_of(person)))
        if content:
            filled.append(page)
            if page not in before:  # noted first: whatever ends the process, it is found again
                with ledger.open("a", encoding="utf-8") as notes:
                    notes.write(f"{page}\n")
        if content or page in before or any(allele.reported for allele in person.alleles):
            _fill(folder / page, content)
    if filled or before:
        write_text(ledger, "".join(f"{page}\n" for page in filled))


def _content(summary: SampleSummary, counts: tuple[str, ...]) -> str:
    index = f"../{_INDEX}" if summary.folder else _INDEX
    return render_told(summary.decided, summary.changes, index) + render_counted(counts, index)


def _fill(page: Path, content: str) -> None:
    try:
        before = page.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    after = with_slot(before, content)
    if after != before:
        write_text(page, after)
