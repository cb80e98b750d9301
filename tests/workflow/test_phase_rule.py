"""Read-backed phase by a rule of its own: the same bytes, and no jobs without alignments."""

import re
from pathlib import Path

import pytest
from spanning_reads import write_bam

from .conftest import Place
from .test_run import statuses

pytestmark = pytest.mark.slow
LENGTH = 64444167
PAIR = ((33753265, "C", "T"), (33757310, "C", "T"))
TRANS = ((20, (True, False)), (20, (False, True)))
HEAD = (
    f"##fileformat=VCFv4.2\n##contig=<ID=20,length={LENGTH}>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"
)
BATCHES = {"open": (2, True), "single": (1, True), "no_reads": (2, False)}
"""Alleles of the sample of each batch, and whether it has alignments."""


def make_batches(place: Place) -> None:
    rows = []
    for name, (alleles, with_reads) in BATCHES.items():
        records = (
            f"20\t{position}\t.\t{ref}\t{alt}\t900\tPASS\t.\tGT:DP:GQ\t0/1:40:99\n"
            for position, ref, alt in PAIR[:alleles]
        )
        (place.folder / f"{name}.vcf").write_text(HEAD + "".join(records))
        row = {"sample": name, "vcf": f"{name}.vcf", "vcf_sample": "S", "batch": name}
        if with_reads:
            row["bam"] = write_bam(place.folder / f"{name}.bam", "20", LENGTH, PAIR, TRANS)
        rows.append(row)
    place.sheet(rows)


def files(folder: Path) -> dict[str, bytes]:
    """Return all files of results but the plans, which have a serial."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in names.items() if not name.startswith("plan")}


def test_the_same_bytes_as_in_the_job(place: Place) -> None:
    make_batches(place)
    place.configure(output="in_job")
    assert "phase_reads" not in place.plan()
    place.snakemake()
    place.configure(output="own_rule", phase_reads="own_rule")
    planned = place.plan()
    assert planned["open_pairs"] == planned["phase_reads"] == 2
    assert planned["analyse_batch"] == 3
    said = place.snakemake()
    assert re.findall(r"mem_mb=(2000|500)\b", said).count("2000") == 1
    assert re.findall(r"mem_mb=(2000|500)\b", said).count("500") == 1
    found = files(place.folder / "own_rule")
    assert found == files(place.folder / "in_job")
    assert not [name for name in found if name.startswith("phase")], "what was handed on is removed"
    told = statuses(place.folder / "own_rule/summary.tsv")
    assert told["open"] == "relevant"
    assert told["no_reads"] != "relevant"
    assert place.plan() == {}
    place.configure(output="in_job", phase_reads="own_rule")
    assert place.plan()["analyse_batch"] == 2, "other inputs: the batches with alignments"
    place.configure(output="own_rule", phase_reads="own_rule")

    with (place.folder / "open.vcf").open("a") as stream:
        stream.write("\n")
    repeated = place.plan()
    assert repeated["phase_reads"] == repeated["analyse_batch"] == 1
