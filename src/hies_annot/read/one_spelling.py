"""One spelling for changes that callers write as bases or as a symbol.

What is known of an allele is found under its bases: a short `<DEL>` or `<DUP>` with exact ends, and
an `<INS>` of which INFO has the sequence, are these. A copy or an inversion of more than a part of
an exon acts by what it covers, not by the bases at its place: written in bases it is the symbol.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from hies_annot.io.record.record_extent import extent_contradicted
from hies_annot.model import Allele, AlleleKind, SiteRecord
from hies_annot.model.allele import STRUCTURAL_SIZE, TANDEM_COPIES
from hies_annot.read.exact_ends import end_bounds
from hies_annot.reference.normalise import normalise_allele
from hies_annot.reference.sequence import LocusSequence, Reference, reverse_complement
from hies_annot.reference.transcripts import Transcript

INSERTED = ("SVINSSEQ", "INSSEQ", "SEQ")
"""Keys of INFO with the inserted bases: Manta, DRAGEN; Severus, sawfish; Sniffles 1."""
_AT_BREAK = ("SVINSSEQ", "SVINSLEN", "INSSEQ", "INSLEN")
"""Keys that tell of further bases between the ends of a deletion or copy."""
_MORE_AT_BREAK = re.compile(r"\A[ACGTN.]{2,}[\[\]]|[\[\]][ACGTN.]{2,}\Z", re.IGNORECASE)
"""Brackets with more than the base of REF."""
_BY_DEPTH = frozenset({"CN", "TCN"})
_BASES = re.compile(r"[ACGT]+\Z")
_UNLIKE = 0.02
"""Share of bases in which a long read, or a person, may differ from the reference."""
LONGEST_SPELLED = STRUCTURAL_SIZE // 2
"""Bases up to which an allele that is written in bases has no other spelling."""
_LOSSES = ("<DEL>", "<DEL:")


def in_one_spelling(
    allele: Allele, site: SiteRecord, index: int, keys: Collection[str], reference: Reference
) -> Allele:
    """Return an allele of a record in the spelling under which the same change is always read.

    Args:
        allele: the normalised allele.
        site: its record.
        index: number of the ALT (1-based).
        keys: those of FORMAT.
        reference: sequences and transcripts of the loci.
    """
    pos, ref, alt = site.pos, site.ref.upper(), allele.alt
    if allele.kind is AlleleKind.SYMBOLIC:
        written = _bases_of(allele, site, index, keys, reference.locus(allele.gene))
        if written is None:
            return allele
        pos, (ref, alt) = allele.pos, written
        allele = normalise_allele(reference, allele.chrom, pos, ref, alt) or allele
    elif allele.kind is AlleleKind.SEQUENCE:
        alt = site.alts[index - 1].upper()
    longest = max(len(allele.ref), len(allele.alt))
    if allele.kind is AlleleKind.SEQUENCE and longest > LONGEST_SPELLED:
        as_written = (pos, alt[1:]) if ref == alt[:1] else None
        return _symbol_of(allele, as_written, reference) or allele
    return allele


def _bases_of(
    allele: Allele,
    site: SiteRecord,
    index: int,
    keys: Collection[str],
    locus: LocusSequence,
) -> tuple[str, str] | None:
    """Return REF and ALT of a symbol of which the bases are certain, None for any other."""
    if end_bounds(site, index) is not None or "IMPRECISE" in site.info:
        return None
    base = locus.bases(allele.pos, allele.pos).upper()
    if allele.alt.startswith("<INS") and not allele.alt.startswith("<INS:M"):
        text = _inserted(site)
        return (base, base + text) if text else None
    length = allele.end - allele.pos
    told = any(key in site.info for key in (*_AT_BREAK, "CN")) or not _BY_DEPTH.isdisjoint(keys)
    told |= bool(_MORE_AT_BREAK.search(site.alts[index - 1] if site.alts else ""))
    claimed = site.info.get("SVCLAIM", "J") == "D" or site.info.get("SVTYPE") == "CNV"
    if told or claimed or not 0 < length < STRUCTURAL_SIZE:
        return None
    if extent_contradicted(site.pos, site.alts, site.info) or not locus.known(
        allele.pos, allele.end
    ):
        return None
    moved = locus.bases(allele.pos + 1, allele.end).upper()
    if allele.alt.startswith(_LOSSES):
        return base + moved, base
    return (base, base + moved) if allele.alt in TANDEM_COPIES else None


def _inserted(site: SiteRecord) -> str | None:
    """Return the inserted bases where INFO has them, and as many as SVLEN says."""
    if len(site.alts) > 1:
        return None
    texts = [site.info[key].upper() for key in INSERTED if key in site.info]
    text = next((text for text in texts if _BASES.match(text)), None)
    stated = site.info.get("SVLEN", ".").lstrip("+-")
    return text if text is not None and stated in (".", str(len(text))) else None


def _symbol_of(
    allele: Allele, as_written: tuple[int, str] | None, reference: Reference
) -> Allele | None:
    """Return the copy or inversion that an allele of bases is, None for any other allele.

    An insertion is also looked at as its record has it (base before it, bases): one that is not
    quite its copy has come to lie elsewhere by left alignment.
    """
    locus = reference.locus(allele.gene)
    if len(allele.ref) == 1 and allele.ref == allele.alt[:1]:
        spellings = ((allele.pos, allele.alt[1:]), *((as_written,) if as_written else ()))
        places = [
            (before, before + len(moved))
            for pos, moved in spellings
            for before in _copied(locus, pos, moved)
        ]
        for rule in (_holds_exon, _cuts_exon):
            for before, last in places:
                if rule(reference.mane(allele.gene), before, last):
                    return _as(allele, "<DUP:TANDEM>", before, last, reference, locus)
        return None
    turned = len(allele.ref) == len(allele.alt) and _alike(
        reverse_complement(allele.ref), allele.alt
    )
    mane = reference.mane(allele.gene)
    if turned and any(rule(mane, allele.pos - 1, allele.end) for rule in (_holds_exon, _cuts_exon)):
        return _as(allele, "<INV>", allele.pos - 1, allele.end, reference, locus)
    return None


def _copied(locus: LocusSequence, pos: int, moved: str) -> Iterator[int]:
    """Yield the base before each stretch of which an insertion behind `pos` is the tandem copy.

    In a repeat, that is the same change from several places on.
    """
    length = len(moved)
    if not _alike(locus.bases(pos + 1, pos + length), moved):
        if _alike(locus.bases(pos - length + 1, pos), moved):
            yield pos - length
        return
    before = pos
    while True:
        yield before
        first, behind = locus.bases(before + 1, before + 1).upper(), before + length + 1
        if before == pos + length or first != locus.bases(behind, behind).upper():
            return
        before += 1


def _alike(there: str, here: str) -> bool:
    """Whether bases are the same; long ones may differ at a few places."""
    there = there.upper()
    if len(there) < STRUCTURAL_SIZE or there == here:
        return there == here
    few = int(len(here) * _UNLIKE)
    return sum(a != b for a, b in zip(there, here, strict=True)) <= few


def _holds_exon(transcript: Transcript, before: int, last: int) -> bool:
    """Whether the bases behind `before` to `last` (1-based) hold a whole exon."""
    return any(before < exon.start and exon.end <= last for exon in transcript.exons)


def _cuts_exon(transcript: Transcript, before: int, last: int) -> bool:
    """Whether they are no short stretch and do not lie within an exon, whose bases tell all."""
    within = any(exon.start <= before + 1 and last <= exon.end for exon in transcript.exons)
    return last - before >= STRUCTURAL_SIZE and not within


def _as(
    allele: Allele, symbol: str, before: int, last: int, reference: Reference, locus: LocusSequence
) -> Allele | None:
    """Return the symbol over the bases behind `before` to `last` (1-based)."""
    base = locus.bases(before, before).upper()
    return normalise_allele(reference, allele.chrom, before, base, symbol, end=last)
