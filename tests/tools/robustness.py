"""What comes of each fault in a file; run as a program it makes docs/robustness.md."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from containers import NO_CONTAINER, pack
from faults import Fault, faults
from validator_classes import Check, checks

from hies_annot.results.contract import SampleResult
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


CLASSES = """## The classes of vcf-validator

Every class of error of [EBI's vcf-validator](https://github.com/EBIvariation/vcf-validator), with a
file for each of its checks (tests/tools/validator_classes.py), in which the record of p.Arg382Trp
or the header has that fault. *status* is that of the VCF; what is said stands in the warnings of
the result or in the reason of its status. Where a fault cannot touch a genotype nothing is said,
for the reason in italics. `tests/property/test_validator_classes.py` holds each row of this table.

"""


def outcome(engine: Engine, content: bytes, folder: Path, packed: str) -> tuple[str, str]:
    """Return status and reason of a person whose file has this content."""
    try:
        result = result_of(engine, content, folder, packed)
    except NO_CONTAINER as fault:
        return IMPOSSIBLE, str(fault) or "refused"
    return result.status, result.status_reason


def result_of(engine: Engine, content: bytes, folder: Path, packed: str) -> SampleResult:
    """Return the result of a person whose file has this content.

    Raises what `NO_CONTAINER` lists where the tools refuse to make the container.
    """
    vcf, bed = folder / "in.vcf", folder / "callable.bed"
    vcf.write_bytes(content)
    bed.write_text(BED)
    row = {"sample": "P", "vcf": str(pack(vcf, packed)), "callable": str(bed)}
    (result,) = analyse_rows(engine, [row], (), batch=None)
    return result


def all_faults() -> dict[str, Fault]:
    """Return the faults of every kind by name, those of the classes of vcf-validator with them."""
    return faults() | {check.name: lambda c=check: c.content for check in checks()}


def sayings(result: SampleResult, folder: Path) -> tuple[str, ...]:
    """Return what a result says about its file, without the folder."""
    texts = (*result.warnings, result.status_reason)
    return tuple(text.replace(f"{folder}/", "") for text in texts)


def said_of(engine: Engine, check: Check, folder: Path) -> tuple[str, tuple[str, ...]]:
    """Return the status of a file, and what is said that is not said of the file without fault."""
    usual = sayings(result_of(engine, check.mended, folder, ""), folder)
    result = result_of(engine, check.content, folder, "")
    new = dict.fromkeys(text for text in sayings(result, folder) if text not in usual)
    return result.status, tuple(new)


def table_of_classes(page_text: str) -> str:
    """Return the part of the page with the classes of vcf-validator."""
    return page_text.partition(CLASSES)[2]


def class_row(check: Check, status: str, said: tuple[str, ...]) -> str:
    """Return the row of a check: what it is, the status, and what is said or why nothing is."""
    words = f"*{check.harmless}*" if check.harmless else " / ".join(_about(check, said))
    words = re.sub(r"[|<>]", lambda mark: f"&#{ord(mark[0])};", words)
    return _row(check.what.replace("<", "&lt;"), (status, words))


def _about(check: Check, said: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first sentence that names all that is due."""
    return next(((text,) for text in said if all(name in text for name in check.names)), said)


def _class_rows(engine: Engine) -> str:
    text, group = "", ""
    for check in sorted(checks(), key=lambda check: check.group):
        if check.group != group:
            group = check.group
            text += f"\n### {group}\n\n{_table('check', ('status', 'what is said'))}"
        with tempfile.TemporaryDirectory() as folder:
            text += class_row(check, *said_of(engine, check, Path(folder)))
    return text


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
    for name, fault in all_faults().items():
        row = found[name] = {}
        for packed in SHOWN:
            with tempfile.TemporaryDirectory() as folder:
                row[packed] = outcome(engine, fault(), Path(folder), packed)[0]
    by_part = dict(sorted(found.items(), key=lambda item: item[0].partition(":")[0]))
    PAGE.write_text(page(by_part) + "\n" + CLASSES + _class_rows(engine).lstrip("\n"))


if __name__ == "__main__":
    main()
