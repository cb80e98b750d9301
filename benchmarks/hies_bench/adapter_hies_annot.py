"""hies-annot on the benchmark: one run over a sheet of all persons of all cases."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.hies_bench.adapter import Adapter
from benchmarks.hies_bench.case_file import CATEGORIES, Case, Person
from benchmarks.hies_bench.golden import CONDITION, WORD
from benchmarks.hies_bench.score import Said

from hies_annot import __version__

_COLUMNS = ("sample", "vcf", "vcf_sample", "batch", "father", "mother", "sex", "affected", "callable",
            "sv_vcf", "hpo")  # fmt: skip
_BATCH = 100


def sheet_row(case: Case, person: Person, folder: Path, batch: str) -> dict[str, str]:
    """Return the sheet's row of one person; names are made unique by the case's id."""
    known = {one.name for one in case.people}
    home = folder.absolute() / case.id
    files = {"vcf": person.vcf, "callable": person.callable, "sv_vcf": person.sv_vcf}
    return {
        "sample": f"{case.id}.{person.name}",
        "vcf_sample": person.column,
        "batch": batch,
        "father": f"{case.id}.{person.father}" if person.father in known else person.father,
        "mother": f"{case.id}.{person.mother}" if person.mother in known else person.mother,
        "sex": person.sex,
        "affected": {"affected": "yes", "unaffected": "no"}.get(person.affected, person.affected),
        "hpo": person.hpo,
        **{key: str(home / name) if name else "" for key, name in files.items()},
    }


def answer(cases: Sequence[Case], folder: Path, work: Path) -> list[Said]:
    """Return the answers; the run writes its results into `work`."""
    sheet, out = work / "samples.tsv", work / "results"
    with sheet.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, _COLUMNS, delimiter="\t", lineterminator="\n")
        table.writeheader()
        for index, case in enumerate(cases):
            for person in case.people:
                table.writerow(sheet_row(case, person, folder, f"b{index // _BATCH}"))
    command = [
        sys.executable,
        "-m",
        "hies_annot",
        "run",
        "--samples",
        str(sheet),
        "-o",
        str(out),
        "-q",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    results = dict(_results(out))
    return [_said(case, results.get(f"{case.id}.{case.proband.name}")) for case in cases]


def _results(out: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in out.glob("*/*.json"):
        result = json.loads(path.read_text(encoding="utf-8"))
        yield result["sample"], result


def _said(case: Case, result: dict[str, Any] | None) -> Said:
    if result is None:
        return Said(case.id, "cannot say", note="no result")
    status = result["status"]
    found = next((one for one in result["conditions"] if one["status"] == status), None)
    reason = result["status_reason"]
    if found is None or found["id"] not in CONDITION:
        return Said(case.id, WORD[status], note=reason)
    phase = found["phase"] if found["phase"] in ("trans", "cis", "unknown") else ""
    alleles = ",".join(sorted(found["variants"]))
    return Said(case.id, WORD[status], found["gene"], alleles, phase, reason)


ADAPTER = Adapter(
    name="hies-annot",
    title="hies-annot",
    needs=(),
    install="pip install .",
    way="`hies-annot run --samples`, all defaults, the reference and evidence that ship with it",
    version=lambda: __version__,
    claims=tuple(CATEGORIES),
    answer=answer,
)
