"""Faults of the fields of a record that is read all the same, and what is done about each.

Only fields from which a genotype, its extent or its quality is read are looked at. The classes of
faults are those of EBI's vcf-validator (inc/vcf/error.hpp, src/vcf/record.cpp); docs/robustness.md
lists what is said of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from hies_annot.errors import InputError
from hies_annot.genome import Build
from hies_annot.io.header.header_builds import builds_of_contigs, builds_of_names
from hies_annot.io.header.vcf_header import contigs_of
from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.io.record.column_values import READ_KEYS
from hies_annot.io.record.info_faults import info_faults
from hies_annot.io.record.record_extent import is_known_symbol, last_bases
from hies_annot.io.record.vcf_line import VcfLine
from hies_annot.model import SiteRecord
from hies_annot.model.reading_faults import Fault, FaultTally

BASES = re.compile(r"[ACGTN]+", re.IGNORECASE)
"""What a REF is made of (VCF 4.3, 1.6.1)."""
_MATE = r"([\[\]])[^\[\]\s]+:[0-9]+"
_ALT = re.compile(
    rf"[ACGTN]+|\*|\.|<[^<>\s,]+>|\.[ACGTN]+|[ACGTN]+\."
    rf"|(?:[ACGTN]+|\.){_MATE}\1|{_MATE}\2(?:[ACGTN]+|\.)",
    re.IGNORECASE,
)
"""Bases, `*`, a symbol or a breakend (VCF 4.3, 1.6.1 and 5.4)."""
_UNSAID = "says by neither END nor SVLEN"
_TWICE = "names an allele twice"
_KEY = re.compile(r"[A-Za-z_][0-9A-Za-z_.]*")


class RecordFaults:
    """What is wrong with the records that a reading hands out, and which keys nothing declares.

    `builds` are those that further headers tell where the first tells none, in words.
    """

    def __init__(self, file: VcfFile) -> None:
        """Start with nothing seen."""
        self._file = file
        self._tally = FaultTally()
        self._changes: set[str] = set()
        self._keys: dict[tuple[str, ...], None] = {}
        self._infos: dict[str, str] = {}
        self._header: list[str] = []
        self.builds: dict[Build, str] = {}

    def look_at(self, record: VcfLine, line: str) -> None:
        """Note what is wrong with a record that was taken apart."""
        for fault in _faults(record, line):
            self._tally.note(record.site.where, fault)
        self._keys[record.keys] = None
        self._infos.update(record.site.info)

    def met_again(self, site: SiteRecord, changes: Iterable[str]) -> None:
        """Note the changes (ids of alleles) of a record that an earlier record has, too."""
        for change in sorted(changes):
            if change in self._changes:
                words = "is a change that an earlier record has, too; both are read"
                self._tally.note(site.where, Fault("ALT", words, change))
            self._changes.add(change)

    def header_again(self, line: str, number: int) -> None:
        """Note a line of a header behind the first `number` records.

        Raises:
            InputError: it names other samples than the first header, or tells another build.
        """
        if not number:
            return
        if not line.startswith("#CHROM\t"):
            self._header.append(line)
            return
        where = f"behind record {number}"
        fault = self._other_data(line, where)
        if fault is not None:
            raise InputError(
                f"another header stands there, with {fault}: split the file and write it anew",
                file=self._file.name,
                record=where,
            )
        self._header.clear()
        self._tally.note(where, Fault("#CHROM", "another header stands there; both parts are read"))

    def _other_data(self, line: str, where: str) -> str | None:
        """Return what a further header, which ends with a line, has that the first has not."""
        if tuple(line.split("\t")[9:]) != self._file.samples:
            return "other samples"
        told = builds_of_contigs(contigs_of(self._header)) or builds_of_names(self._header)
        first = builds_of_contigs(self._file.contigs) or self._file.named
        if not first:
            self.builds |= {build: f"a header {where} tells {build}" for build in told}
        if not first or not told or told == first:
            return None
        words = [" and ".join(sorted(builds)) or "none" for builds in (told, first)]
        return f"another build ({words[0]}; the first header: {words[1]}), so that builds are mixed"

    def sentences(self) -> Iterator[str]:
        """Yield what is to be known of the file."""
        yield from self._tally.sentences(self._file.name)
        if self._file.declared is None:
            return
        formats = (key for keys in self._keys for key in keys if key in READ_KEYS)
        used = (*(f"FORMAT {key}" for key in formats), *(f"INFO {key}" for key in self._infos))
        unknown = [key for key in dict.fromkeys(used) if key not in self._file.declared]
        if unknown:
            yield (
                f"{self._file.name}: read, though its header does not declare "
                f"{', '.join(unknown)}: taken in their usual meaning"
            )


def _faults(record: VcfLine, line: str) -> tuple[Fault, ...]:
    name, _, _, ref, alt, quality, filters, info = line.split("\t", 8)[:8]
    found = _alleles(ref, alt) + _filters(filters) + _format(record.keys)
    if alt.count("<") > 1 and _has_symbol_twice(record.site):
        found += (Fault("ALT", _TWICE, alt),)
    if name != name.strip():
        found += (Fault("CHROM", "has a blank; it is read without it", name),)
    if record.site.qual is not None and record.site.qual < 0:
        found += (Fault("QUAL", "lies below 0", quality),)
    if record.site.info:
        found += tuple(info_faults(record.site, info))
    if record.open_ended:
        several = "," in record.site.info.get("SVLEN", "")
        which = "has several lengths in SVLEN and no END: it does not say" if several else _UNSAID
        found += (Fault("INFO", f"{which} how far the allele reaches", info),)
    return found


def _has_symbol_twice(site: SiteRecord) -> bool:
    """Whether two symbols are alike and reach as far."""
    ends = last_bases(site.chrom, site.pos, site.ref, site.alts, site.info)
    symbols = [(a.upper(), e) for a, e in zip(site.alts, ends, strict=True) if a.startswith("<")]
    return len(set(symbols)) < len(symbols)


@lru_cache(maxsize=4096)
def _alleles(ref: str, alt: str) -> tuple[Fault, ...]:
    return tuple(_faults_of_alleles(ref, alt))


def _faults_of_alleles(ref: str, alt: str) -> Iterator[Fault]:
    if not BASES.fullmatch(ref):
        yield Fault("REF", "is not made of bases", ref)
    alts = alt.split(",")
    for one in alts:
        if not _ALT.fullmatch(one):
            yield Fault("ALT", "is no allele: bases, *, <symbol> or breakend is due", one or alt)
        elif ":" in one and one.startswith("<") and not is_known_symbol(one):
            yield Fault("ALT", "is a symbol of no known type", one)
        elif one.upper() == ref.upper():
            yield Fault("ALT", "is the same as REF", one)
    if "." in alts and len(alts) > 1:
        yield Fault("ALT", "has the mark of no allele beside others", alt)
    bases = [one.upper() for one in alts if not one.startswith("<")]
    if len(set(bases)) < len(bases):
        yield Fault("ALT", _TWICE, alt)


@lru_cache(maxsize=1024)
def _filters(text: str) -> tuple[Fault, ...]:
    return tuple(Fault("FILTER", words, text) for words in _faults_of_filters(text))


def _faults_of_filters(text: str) -> Iterator[str]:
    words = text.split(";")
    if text in ("", "0"):
        yield "names no filter; it is read as PASS"
    elif "" in words:
        yield "has an empty word, which is passed over"
    elif "0" in words or ("." in words and len(words) > 1):
        yield "has a word that names no filter beside others"
    if any(mark.isspace() for mark in text):
        yield "has a blank, which no name of a filter has"


@lru_cache(maxsize=1024)
def _format(keys: tuple[str, ...]) -> tuple[Fault, ...]:
    return tuple(_faults_of_format(keys))


def _faults_of_format(keys: tuple[str, ...]) -> Iterator[Fault]:
    if "GT" in keys[1:] and keys[0] != "GT":
        yield Fault("FORMAT", "has GT behind another key; it is read there", ":".join(keys))
    for key in keys:
        if not _KEY.fullmatch(key):
            yield Fault("FORMAT", "is no name of a field and is not read", key or ":".join(keys))
    if len(set(keys)) < len(keys):
        yield Fault("FORMAT", "names a key twice", ":".join(keys))
