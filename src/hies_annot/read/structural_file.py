"""The file of structural variants and copy numbers of a sample."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from hies_annot.genome import Build
from hies_annot.model import Call, SampleSpec
from hies_annot.model.census import FileCensus, Lost
from hies_annot.read.one_pass import ReadingRules
from hies_annot.read.samples import Unreadable, read_group


class Structural(NamedTuple):
    """What the SV/CNV file of a sample says; empty where there is none."""

    calls: tuple[Call, ...] = ()
    censuses: tuple[FileCensus, ...] = ()


def read_structural(spec: SampleSpec, rules: ReadingRules, build: Build) -> Structural:
    """Return the calls of a sample's SV/CNV file, and what could not be read.

    Such files are small and their records reach far: every record is looked at. A file that
    cannot be read may hold anything.
    """
    if spec.sv_vcf is None:
        return Structural()
    names = replace(spec, vcf=spec.sv_vcf)
    pinned = replace(rules, forced=build)
    path, nobody = Path(spec.sv_vcf), frozenset[str]()
    found = read_group(path, [names], pinned, relatives=nobody, whole=True)[spec.sample]
    if isinstance(found, Unreadable):
        lost = Lost(found.reason, None, 0, "")
        return Structural(censuses=(FileCensus(spec.sv_vcf, lost=(lost,)),))
    return Structural(found.calls, found.censuses)
