"""The result of one person, from a row of a sheet with the texts of its files (GRCh38)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.row_files import joined_files

CONTIGS = (
    "##fileformat=VCFv4.2\n"
    "##contig=<ID=chr5,length=181538259>\n"
    "##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n"
)
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT"
WHOLE_LOCI = {"seen.bed": "chr17\t42311324\t42393495\nchr20\t33726656\t33797269\n"}
"""A file for the column `callable`: all bases of both genes."""


@cache
def usual_engine() -> Engine:
    """Return the engine of the settings that ship."""
    return Engine(RunConfig())


def vcf(records: Iterable[str], *, columns: str = "P", header: str = "") -> str:
    """Return the text of a VCF; `columns` are the samples, with tabs between them."""
    lines = "".join(f"{record}\n" for record in records)
    return f"{CONTIGS}{header}{COLUMNS}\t{columns}\n{lines}"


def in_order(records: Iterable[str]) -> list[str]:
    """Return records in the order of their places."""
    return sorted(records, key=lambda line: (line.split("\t")[0], int(line.split("\t")[1])))


def result_of(engine: Engine | None = None, **cells: str | Mapping[str, str]) -> SampleResult:
    """Return the result of sample P.

    Args:
        engine: settings and sources; None: those that ship.
        cells: the row of the sheet; a cell of files is their texts by name.
    """
    with tempfile.TemporaryDirectory() as folder:
        row = {"sample": "P"}
        for column, cell in cells.items():
            files = {} if isinstance(cell, str) else cell
            for name, text in files.items():
                Path(folder, name).write_text(text, encoding="utf-8")
            paths = joined_files(f"{folder}/{name}" for name in files)
            row[column] = cell if isinstance(cell, str) else paths
        (result,) = analyse_rows(engine or usual_engine(), [row], (), batch=None)
    return result
