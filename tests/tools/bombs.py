"""Files that are small and become large, or are large where no file is: what a run makes of each.

Run as a program it makes docs/limits.md: `python tests/tools/bombs.py`. Each file is given to
`hies-annot run` beside a good one, in a process of its own.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from vcf_text import bases

HEAD = (
    "##fileformat=VCFv4.2\n##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n"
)
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
FINDING = "chr17\t42329643\t.\tG\tA\t900\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\n"
FIRST = 42_313_500
"""A base (1-based) of STAT3 on GRCh38, from which on records are made."""
EXON = 42_329_200
"""A base before an exon: the deletions take all of it."""
PIECE = 1 << 20


class Bomb(NamedTuple):
    """What the file is, its name, and its text in pieces for a size (1: as in the page)."""

    title: str
    name: str
    pieces: Callable[[float], Iterable[str]]


def _record(pos: int, ref: str, alts: str) -> str:
    return f"chr17\t{pos}\t.\t{ref}\t{alts}\t900\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\n"


def _repeated(text: str, times: int) -> Iterator[str]:
    together = max(1, PIECE // len(text))
    for done in range(0, times, together):
        yield text * min(together, times - done)


def _long_line(before: str, size: float) -> Iterator[str]:
    yield HEAD + COLUMNS + before
    yield from _repeated("A", int(size))
    yield "\tA\t900\tPASS\t.\tGT\t0/1\n" + FINDING


def _far_records(scale: float) -> Iterator[str]:
    yield HEAD + COLUMNS + FINDING
    for start in range(0, int(6_000_000 * scale), 10_000):
        yield "".join(f"chr1\t{10 + start + i}\t.\tA\tG\t9\t.\t.\tGT\t0/1\n" for i in range(10_000))


def _header(scale: float) -> Iterator[str]:
    yield HEAD
    yield from _repeated("##bcftools_command=view " + "x" * 976 + "\n", int(1_000_000 * scale))
    yield COLUMNS + FINDING


def _records(scale: float) -> Iterator[str]:
    yield HEAD + COLUMNS
    many = int(5_000_000 * scale)
    text = bases("17", FIRST, FIRST + 50_000)
    for start in range(0, many, 10_000):
        rows = []
        for number in range(start, min(start + 10_000, many)):
            place = number * 50_000 // many
            ref = text[place]
            rows.append(_record(FIRST + place, ref, "ACGT".replace(ref, "")[number % 3]))
        yield "".join(rows)
    yield FINDING


def _alts(scale: float) -> Iterator[str]:
    yield HEAD + COLUMNS
    ref = bases("17", FIRST, FIRST)
    many = (f"{ref}{_word(number)}{'ACGT' * 250}" for number in range(int(2_000 * scale)))
    yield _record(FIRST, ref, ",".join(many))
    yield FINDING


def _word(number: int) -> str:
    return "".join("ACGT"[number >> 2 * place & 3] for place in range(8))


def _deletions(scale: float) -> Iterator[str]:
    yield HEAD + COLUMNS
    many = int(400 * scale)
    for number in range(many):
        pos = EXON + number
        ref = bases("17", pos, pos + 800)
        yield _record(pos, ref, ref[0])
    yield FINDING


BOMBS = (
    Bomb(
        "one line of 4 GB, gzip",
        "line.vcf.gz",
        lambda s: _long_line("chr17\t42313500\t.\t", 4e9 * s),
    ),
    Bomb("one line of 500 MB", "line.vcf", lambda s: _long_line("chr17\t42313500\t.\t", 5e8 * s)),
    Bomb(
        "one line of 500 MB elsewhere", "far.vcf", lambda s: _long_line("chr1\t1000\t.\t", 5e8 * s)
    ),
    Bomb("6 million records elsewhere, gzip", "records.vcf.gz", _far_records),
    Bomb("a header of 1 GB", "header.vcf", _header),
    Bomb("a header of 1 GB, gzip", "header.vcf.gz", _header),
    Bomb("5 million records in a gene", "many.vcf", _records),
    Bomb("2,000 ALTs of 1 kB in one record", "alts.vcf", _alts),
    Bomb("400 overlapping deletions", "deletions.vcf", _deletions),
)


def write(bomb: Bomb, folder: Path, scale: float = 1) -> Path:
    """Write a bomb into a folder; `.gz` is packed as strongly as can be."""
    path = folder / bomb.name
    with gzip.open(path, "wb", 9) if path.suffix == ".gz" else path.open("wb") as out:
        for piece in bomb.pieces(scale):
            out.write(piece.encode())
    return path


PAGE = Path(__file__).parents[2] / "docs/limits.md"
TEXT = """# How much a file may bring

Made by `python tests/tools/bombs.py`. What is small may unpack to any size, so a run bounds what it
keeps, and not what it passes over: a genome of 30x with a row for each base (tens of GB unpacked)
is read through in the memory of a small file, and a packed file of nothing but lines elsewhere
costs its time and no memory. A line is held while it is read, the header as a whole, and the
records of the loci. Each has a limit that no file of people meets:

| what | limit | beyond it |
| --- | --- | --- |
| header | 64 MB | the file is refused |
| a line | 32 MB and 16 kB for each sample | it is cut; a record at a gene is told as unread |
| records of a file in the loci | 500,000 (`limits.records`) | the file is refused |
| their text, for each sample | 500 MB (`limits.megabytes`) | the file is refused |
| ALTs of a record | 5,000 (`limits.alts`) | it is told as unread |
| alleles of a gene that a sample carries and that may count | 200 (`limits.alleles`) | the sample \
is `failed` |

The figures of `limits` stand in the configuration; a lab may raise them. A gene with an unread
record is never `none`. By an index htslib reads a line whole before its
length is known: there memory grows with the longest line at a gene.

Pipes, sockets and devices are no input: a VCF, an alignment or a BED is read more than once and by
place, so they are refused at once, and never waited on. Sheet, pedigree and configuration are read
once: `--samples <(command)` works, and a pipe with a name is refused. These texts have bounds of
their own: 64 MB, and for YAML 4 MB, 50 levels and 200,000 values (security.md).

What comes of a file that has too much of one thing, read beside a good one (which is always
`relevant`); seconds and memory are of the whole run, on a busy machine of 2 cores:

| file | size | status | seconds | MB of memory |
| --- | --- | --- | --- | --- |
"""


def _measured(bomb: Bomb, folder: Path) -> str:
    path, good, out = write(bomb, folder), folder / "good.vcf", folder / "out"
    good.write_text(HEAD + COLUMNS.replace("\tP\n", "\tG\n") + FINDING)
    command = [
        sys.executable,
        "-m",
        "hies_annot",
        "run",
        "-q",
        str(path),
        str(good),
        "-o",
        str(out),
    ]
    started = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        _, ended, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(ended)
    seconds = time.monotonic() - started
    lines = [line for each in out.glob("*.jsonl") for line in each.read_text().splitlines()]
    found = {each["sample"]: each["status"] for each in map(json.loads, lines)}
    assert found.pop("G") == "relevant"
    (status,) = found.values()
    size, memory = path.stat().st_size / 1e6, usage.ru_maxrss / 1024
    return f"| {bomb.title} | {size:,.1f} MB | {status} | {seconds:.0f} | {memory:.0f} |\n"


def main() -> None:
    """Write the page."""
    rows = []
    for bomb in BOMBS:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(_measured(bomb, Path(folder)))
    PAGE.write_text(TEXT + "".join(rows))


if __name__ == "__main__":
    main()
