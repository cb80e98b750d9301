"""What comes of each fault in a file; run as a program it makes docs/robustness.md."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from containers import NO_CONTAINER, pack
from faults import faults

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

PAGE = Path(__file__).parents[2] / "docs/robustness.md"
BED = "chr17\t42311324\t42393495\nchr20\t33726656\t33797269\n"
IMPOSSIBLE = "no such file"
SHOWN = {"": "VCF", "gz indexed": "VCF.gz with index", "bcf indexed": "BCF with index"}
HEAD = """# What comes of a faulty file

Made by `python tests/tools/robustness.py`. One person has STAT3 p.Arg382Trp in one copy, and a BED
says that all bases of both genes were looked at. Each row changes one thing of the file; the
columns give the status that the person gets from each container. `relevant` is the answer of the
file without a fault. *no such file*: bgzip, tabix or htslib refuse to make the container of it.
`tests/property/test_faults.py` runs all of them in five containers: no fault may end as `none`,
`carrier` or `differential`, or without a reason, and none may meet a fault of the program.

The one exception: by an index, nobody sees a record that was commented out (`#chr17...`). The
index does not know such lines; without it the record is told.

"""


def outcome(engine: Engine, content: bytes, folder: Path, packed: str) -> tuple[str, str]:
    """Return status and reason of a person whose file has this content."""
    vcf, bed = folder / "in.vcf", folder / "callable.bed"
    vcf.write_bytes(content)
    bed.write_text(BED)
    try:
        vcf = pack(vcf, packed)
    except NO_CONTAINER as fault:
        return IMPOSSIBLE, str(fault) or "refused"
    row = {"sample": "P", "vcf": str(vcf), "callable": str(bed)}
    (result,) = analyse_rows(engine, [row], (), batch=None)
    return result.status, result.status_reason


def page(found: Mapping[str, Mapping[str, str]]) -> str:
    """Return the page: counts, then the faults by the part of the file that they touch."""
    counts = {packed: Counter(row[packed] for row in found.values()) for packed in SHOWN}
    states = sorted({state for each in counts.values() for state in each})
    text = HEAD + f"{len(found)} faults:\n\n" + _table("status", SHOWN.values())
    for state in states:
        text += _row(state, (str(counts[packed][state]) for packed in SHOWN))
    part = ""
    for name, row in found.items():
        where, _, what = name.partition(": ")
        if where != part:
            part = where
            text += f"\n## {part}\n\n" + _table("fault", SHOWN.values())
        text += _row(what, (row[packed] for packed in SHOWN))
    return text


def _table(first: str, titles: Iterable[str]) -> str:
    cells = (first, *titles)
    return f"| {' | '.join(cells)} |\n| {' | '.join(['---'] * len(cells))} |\n"


def _row(first: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join((first, *cells))} |\n"


def main() -> None:
    """Write the page."""
    engine = Engine(RunConfig())
    found: dict[str, dict[str, str]] = {}
    for name, fault in faults().items():
        row = found[name] = {}
        for packed in SHOWN:
            with tempfile.TemporaryDirectory() as folder:
                row[packed] = outcome(engine, fault(), Path(folder), packed)[0]
    PAGE.write_text(page(dict(sorted(found.items(), key=lambda item: item[0].partition(":")[0]))))


if __name__ == "__main__":
    main()
