"""What is fuzzed: each target takes bytes, and raises only where the program is at fault.

A fault of the input is a `HiesError`, or a sample that is `failed` with a sentence.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path

from msgspec.json import decode
from msgspec.structs import replace

from hies_annot.errors import UNFORESEEN, HiesError
from hies_annot.evidence.loci import Place
from hies_annot.evidence.sources import load_source
from hies_annot.genes.gene_file import default_genes, load_gene
from hies_annot.genome import Build
from hies_annot.io.coverage import read_bed
from hies_annot.io.gff import directives, features
from hies_annot.render.html import render_sample
from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.run.typed_variants import look_up
from hies_annot.settings.evidence_sources import Source, SourceKind
from hies_annot.settings.run_config import RunConfig, load_config
from hies_annot.sheet.ped import read_ped
from hies_annot.sheet.sample_specs import expand_rows, specs_of
from hies_annot.sheet.table import sheet_and_faults
from hies_annot.write.sample_files import result_json

Target = Callable[[bytes], None]

SHARED_MEMORY = Path("/dev/shm")
HEAD = (
    b"##fileformat=VCFv4.3\n##contig=<ID=chr17,length=83257441>\n"
    b"##contig=<ID=chr20,length=64444167>\n"
    b'##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
    b"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
)


class UnforeseenError(Exception):
    """A sample ended by a fault of the program."""


class _Raising(logging.Handler):
    """Raises what the program has only logged."""

    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[1] if record.exc_info else None
        raise UnforeseenError(record.getMessage()) from fault


@contextmanager
def _raising() -> Iterator[None]:
    handler = _Raising()
    UNFORESEEN.addHandler(handler)
    try:
        yield
    finally:
        UNFORESEEN.removeHandler(handler)


@lru_cache
def engine() -> Engine:
    """Return the tools, loaded once."""
    return Engine(RunConfig())


@lru_cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """Return the folder of the inputs; in memory where that can be."""
    where = str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None
    return tempfile.TemporaryDirectory(prefix="fuzz-", dir=where)


def _written(data: bytes, name: str) -> Path:
    path = Path(folder().name, name)
    path.write_bytes(data)
    return path


def vcf(data: bytes) -> None:
    """A text VCF, all of it."""
    path = _written(data, "a.vcf")
    with _raising():
        results = list(analyse_rows(engine(), [{"vcf": str(path)}], (), batch=None))
    for result in results:
        told = result_json(result)
        assert result_json(decode(told, type=SampleResult)) == told
        if result.conditions:
            render_sample(result)


def records(data: bytes) -> None:
    """The records of a VCF with a good header and one sample."""
    vcf(HEAD + data)


def names(data: bytes) -> None:
    """Variants as they are typed, one a line."""
    for text in data.decode("utf-8", "replace").split("\n")[:3]:
        for build in Build:
            _allowed(partial(look_up, (text,), engine(), build, zygosity="het"))


def sheet(data: bytes) -> None:
    """A sample sheet."""
    path = _written(data, "samples.tsv")

    def read() -> None:
        rows, _ = sheet_and_faults(path)
        specs_of(expand_rows(rows)[0])

    _allowed(read)


def pedigree(data: bytes) -> None:
    """A PED file."""
    path = _written(data, "family.ped")
    _allowed(lambda: read_ped(path))


def clinvar(data: bytes) -> None:
    """A ClinVar VCF."""
    _source(data, "clinvar.vcf", Source(name="ClinVar", kind=SourceKind.CLINVAR, path=""))


def population(data: bytes) -> None:
    """A table of frequencies."""
    _source(data, "lab.tsv", Source(name="lab", kind=SourceKind.POPULATION, path=""))


def scores(data: bytes) -> None:
    """A table of scores."""
    source = Source(name="REVEL", kind=SourceKind.SCORE, tool="REVEL", path="")
    _source(data, "scores.tsv", source)


def _source(data: bytes, name: str, source: Source) -> None:
    path = _written(data, name)
    place = Place(default_genes(), engine().references[Build.GRCH38])
    _allowed(lambda: load_source(replace(source, path=str(path)), place))


def gene(data: bytes) -> None:
    """A gene file."""
    path = _written(data, "gene.yaml")
    _allowed(lambda: load_gene(path))


def configuration(data: bytes) -> None:
    """A configuration."""
    path = _written(data, "config.yaml")
    _allowed(lambda: load_config(path))


def intervals(data: bytes) -> None:
    """A BED file or a table of depths."""
    path = _written(data, "callable.bed")
    spans = {"17": ((42_313_000, 42_388_000),), "20": ((33_730_000, 33_800_000),)}
    _allowed(lambda: read_bed(path, Build.GRCH38, spans))


def gff(data: bytes) -> None:
    """Features of a genome in GFF3."""
    path = _written(data, "genes.gff3")
    _allowed(lambda: [*directives(path), *features(path, lambda *_: True)])


def _allowed(read: Callable[[], object]) -> None:
    with suppress(HiesError):
        read()


TARGETS: Mapping[str, Target] = {
    each.__name__: each
    for each in (
        *(vcf, records, names, sheet, pedigree, clinvar, population, scores),
        *(gene, configuration, intervals, gff),
    )
}
