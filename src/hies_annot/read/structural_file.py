"""The file of structural variants and copy numbers of a sample."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from hies_annot.errors import InputError
from hies_annot.genome import Build
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.model import Call, SampleSpec
from hies_annot.model.census import FileCensus, Lost
from hies_annot.read.detect_build import BuildDecision
from hies_annot.read.one_pass import ReadingRules
from hies_annot.read.samples import Unreadable, read_group


class Structural(NamedTuple):
    """What the SV/CNV file of a sample says; empty where there is none."""

    calls: tuple[Call, ...] = ()
    censuses: tuple[FileCensus, ...] = ()
    warnings: tuple[str, ...] = ()


def read_structural(spec: SampleSpec, rules: ReadingRules, build: Build) -> Structural:
    """Return the calls of a sample's SV/CNV files, and what could not be read.

    The files are of several callers: each is read by itself, and an event of two of them is seen
    as one where pairs are made. They are small and their records reach far: every record is looked
    at. A file that cannot be read, or is of another build, may hold anything. One of which nothing
    tells the build is read on that of the VCF, and what is not in it shows nothing.
    """
    parts = [_read_file(spec, file, rules, build) for file in spec.sv_vcfs]
    return Structural(
        tuple(call for part in parts for call in part.calls),
        tuple(census for part in parts for census in part.censuses),
        tuple(dict.fromkeys(text for part in parts for text in part.warnings)),
    )


def _read_file(spec: SampleSpec, source: str, rules: ReadingRules, build: Build) -> Structural:
    names = replace(spec, vcf=source, vcf_sample=_column(spec, source))
    pinned = replace(rules, forced=build)
    path, nobody = Path(source), frozenset[str]()
    found = read_group(path, [names], pinned, relatives=nobody, whole=True)[spec.sample]
    if isinstance(found, Unreadable):
        return Structural(censuses=(_doubt(source, found.reason, "were not read"),))
    named = open_vcf(path).named
    if found.decision.header is None and named and build not in named:
        words = f"the header names {' and '.join(sorted(named))} as reference, but {build} is due"
        fault = InputError(f"{words}; give a file on the build of the VCF", file=path.name)
        return Structural(censuses=(_doubt(source, str(fault), "were not read"),))
    if rules.forced is not None or _tells(found.decision, named):
        return Structural(found.calls, found.censuses, found.warnings)
    reason = (
        f"{path.name}: nothing tells its genome build (contig lengths, ##reference, REF bases), so "
        f"it was read on {build} like the VCF; add contig lines, or name the build with --build"
    )
    censuses = (*found.censuses, _doubt(source, reason, "are in doubt"))
    return Structural(found.calls, censuses, found.warnings)


def _column(spec: SampleSpec, file: str) -> str | None:
    """Return the column that a sample has in a file: `vcf_sample`, or one of its own name."""
    try:
        columns = open_vcf(Path(file)).samples
    except (InputError, OSError):
        return spec.vcf_sample  # told where the file is read
    own = spec.vcf_sample not in columns and spec.sample in columns
    return None if own else spec.vcf_sample


def _tells(decision: BuildDecision, named: Collection[Build]) -> bool:
    """Whether a file itself shows that it is of the build on which it was read."""
    by_bases = decision.scores[decision.build].supports
    return decision.header is not None or by_bases or set(named) == {decision.build}


def _doubt(file: str, reason: str, what: str) -> FileCensus:
    """Return what is to be known of a file of which all records are concerned."""
    return FileCensus(file, lost=(Lost(reason, None, 0, f"structural variants {what}"),))
