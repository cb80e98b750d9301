"""Count what a file has, while it is read: where its records lie, and those that are lost.

A record is lost where nobody can say that it does not lie in a gene: its contig has an unknown
name, its POS is none, or its line cannot be taken apart. It is never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import NamedTuple

from hies_annot.errors import InputError
from hies_annot.genome import Build, build_of_accession, canonical_chrom
from hies_annot.io.allowance import Allowance
from hies_annot.io.header.assemblies import accession_assembly, not_supported
from hies_annot.io.header.contig_names import longest, may_be
from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.io.numbers import whole_number
from hies_annot.io.record.record_faults import RecordFaults
from hies_annot.io.record.vcf_line import VcfLine
from hies_annot.io.windows.loose_ends import LooseEnds
from hies_annot.model.census import FileCensus, Lost
from hies_annot.model.file_bounds import USUAL, FileBounds

_SHOWN = 70
"""Characters of a line that a message shows."""
_KEPT = 10_000
"""Names of contigs that are remembered; a line without tabs is a name of its own."""
NO_TABS = "the columns are not separated by tabs"
_REFERENCE = frozenset("0/|")
_GENOTYPES = ("GT", "LGT")
_FIRST_SAMPLE = 9
_FIXED = 7
"""Columns behind CHROM that every record has."""


class Known(NamedTuple):
    """A contig that is read: canonical chromosome, and its last base (1-based)."""

    chrom: str
    length: int


class Odd(NamedTuple):
    """A contig of which nobody can say that it is not one of those wanted."""

    cause: str
    chrom: str | None


class _Places(dict[str, Known | Odd | None]):
    """Contigs by name, each worked out when it is first met."""

    def __init__(self, place_of: Callable[[str], Known | Odd | None]) -> None:
        super().__init__()
        self._place_of = place_of

    def __missing__(self, name: str) -> Known | Odd | None:
        place = self._place_of(name)
        if len(self) < _KEPT:
            self[name] = place
        return place


class Census:
    """What the reading of one file has shown so far.

    `places` gives what a contig is; None: another sequence than those that are wanted. Asked for
    an accession of an assembly that is not supported it raises InputError. `breaks` are where
    breaks lie and lead to, `builds` those of which a contig was met by its accession, in words.
    """

    def __init__(self, file: VcfFile, wanted: Iterable[str], limits: FileBounds = USUAL) -> None:
        """Start with nothing seen; `wanted` are the chromosomes (`17`) that are asked for."""
        self.file, self._wanted = file, frozenset(wanted)
        self.limits = limits
        self.allowance = Allowance(file.name, len(file.samples), self.limits)
        self.reach: dict[str, int] = {}
        self.records = True
        self.notes: list[str] = []
        self.breaks = LooseEnds(self._wanted)
        self.builds: dict[Build, str] = {}
        self.faults = RecordFaults(file)
        self.places = _Places(self._place_of)
        self._lost: dict[tuple[str, str | None], Lost] = {}

    def _place_of(self, name: str) -> Known | Odd | None:
        chrom = canonical_chrom(name)
        if chrom is not None:
            if chrom not in self._wanted:
                return None
            accession = build_of_accession(name)
            if accession is not None:
                self.builds[accession] = f"{name} is a contig of {accession}"
            return Known(chrom, self.file.contigs.get(name) or longest(chrom))
        assembly = accession_assembly(name)
        if assembly is not None:
            raise InputError(
                not_supported(f"contig {name} is one of {assembly}"), file=self.file.name
            )
        first, *more = name.split() or [""]
        if more:
            there = self._place_of(first)
            return Odd(NO_TABS, there.chrom) if there is not None else None
        maybe = may_be(name, self.file.contigs.get(name))
        if maybe is None or (maybe.chrom is not None and maybe.chrom not in self._wanted):
            return None
        return Odd(f"unknown contig name {name[:_SHOWN]!r}", maybe.chrom)

    def wants(self, name: str) -> bool:
        """Return whether records of a contig are asked for, or nobody can say that they are not."""
        return self.places[name] is not None

    def touched(self, record: VcfLine, last: int, line: str) -> None:
        """Note a record that is handed out; a block may reach to a gene from far before it.

        Args:
            record: the record.
            last: its last base.
            line: its line.

        Raises:
            InputError: the file has more than may be kept.
        """
        site = record.site
        self.allowance.keep(len(line), sum(map(len, site.alts)))
        self.faults.look_at(record, line)
        self.breaks.handed_out(site)
        self.reach[site.chrom] = max(last, self.reach.get(site.chrom, 0))

    @property
    def too_many_alts(self) -> str:
        """Why a record of very many alleles is not read."""
        return f"the record has more than {self.limits.alts:,} ALTs (limits.alts)"

    def note_mate(self, line: str, number: int | None) -> None:
        """Keep where the breaks of a record lead to."""
        if self.breaks.note(line, number):
            self.allowance.keep(0, len(line))

    def lose(
        self, cause: str, chrom: str | None, line: str, number: int | None = None, detail: str = ""
    ) -> None:
        """Count a record that cannot be read or placed."""
        columns = not_plainly_reference(line, len(self.file.samples))
        before = self._lost.get((cause, chrom))
        if before is None:
            label = "record" if number is None else f"record {number}"
            text = " ".join(line[: _SHOWN * 2].split())[:_SHOWN]
            first = f"{label} ({text}){f': {detail}' if detail else ''}"
            self._lost[cause, chrom] = Lost(cause, chrom, 1, first, columns)
            return
        if columns is not None and before.columns is not None:
            columns |= before.columns
        else:
            columns = None
        self._lost[cause, chrom] = before._replace(records=before.records + 1, columns=columns)

    def finished(self) -> FileCensus:
        """Return what was seen, as a value."""
        return FileCensus(
            file=self.file.name,
            reach=MappingProxyType(dict(self.reach)),
            records=self.records,
            lost=tuple(self._lost.values()),
            notes=(*self.notes, *self.faults.sentences()),
            left_out=self.file.left_out,
            region_files=self.file.region_files,
        )


def commented_place(line: str) -> tuple[str, int] | None:
    """Return chromosome and POS (1-based) of a record that is commented out; None: it is none."""
    name, *cells = line.lstrip("#").split("\t", _FIXED)
    chrom = canonical_chrom(name) if len(cells) == _FIXED else None
    position = None if chrom is None else whole_number(cells[0])
    return None if chrom is None or position is None else (chrom, position)


def position_fault(position: int | None, length: int, line: str) -> str | None:
    """Say why a POS cannot be one of a chromosome; a breakend may lie on a telomere (VCF 4.3).

    Args:
        position: POS (1-based) as a number, None where it is none.
        length: bases of the chromosome.
        line: the record.
    """
    if position is None:
        return "POS is no number"
    if 0 < position <= length:
        return None
    if position in (0, length + 1) and _is_breakend(line):
        return None
    return "POS lies before the first base" if position < 1 else "POS lies behind the chromosome"


def _is_breakend(line: str) -> bool:
    alt = line.split("\t", 5)[4:5]
    return bool(alt) and ("[" in alt[0] or "]" in alt[0])


def not_plainly_reference(line: str, samples: int) -> frozenset[int] | None:
    """Return the samples (0-based) that are not plainly reference in a line; None: not told."""
    cells = line.split("\t")
    if len(cells) != _FIRST_SAMPLE + samples or cells[8].split(":")[0] not in _GENOTYPES:
        return None
    texts = enumerate(cells[_FIRST_SAMPLE:])
    return frozenset(
        column
        for column, text in texts
        if not (genotype := text.partition(":")[0]) or not _REFERENCE.issuperset(genotype)
    )
