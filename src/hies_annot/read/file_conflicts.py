"""Two files of one person that give different genotypes of one place: none is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from hies_annot.model import AlleleKind, Call, SampleFields, SiteRecord, Zygosity
from hies_annot.model.call import CARRIED
from hies_annot.model.census import LeftOut
from hies_annot.model.gt import parse_genotype
from hies_annot.model.record import block_end
from hies_annot.read.samples import SampleRecords
from hies_annot.reference.normalise import classify_alt

Content = tuple[object, ...]
_COUNTED = CARRIED | {Zygosity.HOM_REF}


def content_of(site: SiteRecord, fields: SampleFields) -> Content:
    """Return what a record says of a sample, whatever the file and the id of the record."""
    info = tuple(sorted(site.info.items()))
    return (site.chrom, site.pos, site.end, site.ref, site.alts, site.qual, site.filters, info,
            fields)  # fmt: skip


class Conflict(NamedTuple):
    """A record of one file that the other contradicts; `denied`: by a block of the reference."""

    site: SiteRecord
    content: Content
    denied: bool


class _Place(NamedTuple):
    """A row of one of two files (0 or 1); `reference`: it is a block that calls the reference."""

    site: SiteRecord
    end: int
    part: int
    content: Content
    reference: bool


def conflicts(one: SampleRecords, other: SampleRecords) -> Iterator[Conflict]:
    """Yield where two files give different genotypes; other figures of one genotype are none."""
    yield from _other_genotypes(one.calls, other.calls)
    yield from _denied(one, other)


def doubts(parts: Sequence[SampleRecords]) -> tuple[tuple[LeftOut, ...], frozenset[Content]]:
    """Return what is to be said of files that contradict each other, and the denied records."""
    told, denied = [], set[Content]()
    for one, other in combinations(parts, 2):
        found = list(conflicts(one, other))
        denied |= {each.content for each in found if each.denied}
        places = list(dict.fromkeys(f"{x.site.chrom_written}:{x.site.pos}" for x in found))
        if places:
            more = f" and {len(places) - 1} more place(s)" if places[1:] else ""
            words = (
                f"it and {Path(other.file).name} give different genotypes of {places[0]}{more}: "
                "they may be of two people; look which one is right, and name that one only"
            )
            told.append(LeftOut(words, selection=False))
    return tuple(told), frozenset(denied)


def _other_genotypes(ours: Sequence[Call], theirs: Sequence[Call]) -> Iterator[Conflict]:
    """Yield the calls of an allele of which both files tell the copies, and not the same."""
    copies: dict[object, set[int | None]] = {}
    for call in theirs:
        if call.zygosity in _COUNTED:
            copies.setdefault(call.allele, set()).add(call.copies)
    for call in ours:
        said = copies.get(call.allele)
        if said is None or call.allele.kind is AlleleKind.REFERENCE_BLOCK:
            continue
        if call.zygosity in _COUNTED and call.copies not in said:
            yield Conflict(call.site, content_of(call.site, call.fields), denied=False)


def _denied(one: SampleRecords, other: SampleRecords) -> Iterator[Conflict]:
    """Yield the carried changes that lie in a reference block of the other file."""
    carried = {
        content_of(call.site, call.fields)
        for part in (one, other)
        for call in part.calls
        if call.carried and call.allele.kind is AlleleKind.SEQUENCE
    }
    open_blocks: list[_Place] = []
    for place in sorted(_places(one, other), key=_blocks_first):
        site = place.site
        open_blocks = [
            block
            for block in open_blocks
            if block.site.chrom == site.chrom and block.end >= site.pos
        ]
        if place.content in carried and any(
            block.part != place.part and block.end >= site.pos + (len(site.ref) > 1)
            for block in open_blocks
        ):
            yield Conflict(site, place.content, denied=True)
        if place.reference:
            open_blocks.append(place)


def _places(one: SampleRecords, other: SampleRecords) -> Iterator[_Place]:
    for number, part in enumerate((one, other)):
        for site, fields in part.rows:
            genotype = parse_genotype(fields.gt or "")
            block = all(classify_alt(alt) is AlleleKind.REFERENCE_BLOCK for alt in site.alts)
            reference = block and genotype is not None and set(genotype.alleles) == {0}
            reference = reference and 0 not in (fields.gq, fields.dp)  # no call, in other words
            end = block_end(site, fields)
            yield _Place(site, end, number, content_of(site, fields), reference)


def _blocks_first(place: _Place) -> tuple[str, int, bool]:
    return place.site.chrom, place.site.pos, not place.reference
