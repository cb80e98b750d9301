"""One spelling for each allele: trimmed, left-aligned, on the canonical contig.

Left alignment is that of VCF (Tan 2015, 10.1093/bioinformatics/btv112); shifting stops at the
edge of the locus and, on a demo reference, at the first made-up base.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from hies_annot.genome import Build
from hies_annot.io.record.mates import BREAKS
from hies_annot.model import Allele, AlleleKind
from hies_annot.model.allele import UNNAMED
from hies_annot.model.closed_words import Problem
from hies_annot.reference.sequence import LocusSequence, Reference

_BASES = re.compile(r"[ACGT]+\Z")
_POINTS = ("<INS", "<MEI")
"""Symbols of what lies at one place and has no extent."""
_BREAKS = tuple(f"<{word}" for word in BREAKS)
"""Symbols of a break, as breakends are."""
_REFERENCE_SYMBOLS = UNNAMED | {".", ""}


@lru_cache(maxsize=4096)
def classify_alt(alt: str) -> AlleleKind:
    """Return what an ALT of a VCF record is, from its spelling alone."""
    if alt == "*" or alt == "<*:DEL>":
        return AlleleKind.SPANNING_DELETION
    if alt.upper() in _REFERENCE_SYMBOLS:
        return AlleleKind.REFERENCE_BLOCK
    if alt.startswith("<") and alt.endswith(">"):
        breaks = alt.upper().startswith(_BREAKS)
        return AlleleKind.BREAKEND if breaks else AlleleKind.SYMBOLIC
    if "[" in alt or "]" in alt or alt.startswith(".") or alt.endswith("."):
        return AlleleKind.BREAKEND
    if _BASES.match(alt.upper()):
        return AlleleKind.SEQUENCE
    return AlleleKind.UNREADABLE


def normalise_allele(
    reference: Reference,
    chrom: str,
    pos: int,
    ref: str,
    alt: str,
    *,
    end: int | None = None,
    copy_number: int | None = None,
    precise: bool = False,
) -> Allele | None:
    """Return the one spelling of an allele, or None where it overlaps no locus.

    Args:
        reference: sequences of the loci on the build of the record.
        chrom: canonical contig name (`17`).
        pos: 1-based position of the first base of `ref`.
        ref: REF as in the file, any case.
        alt: one ALT as in the file.
        end: last base (1-based) of a block, or of an allele that is no bases; None for a
            symbolic allele that states no extent: it cannot be read.
        copy_number: copy number that the record states for a symbolic allele.
        precise: whether the record says that the ends of a symbolic allele are exact.
    """
    kind = classify_alt(alt)
    ref = ref.upper()
    last = pos + len(ref) - 1
    if kind not in (AlleleKind.SEQUENCE, AlleleKind.SPANNING_DELETION):
        last = max(last, end or last)
    locus = reference.overlapping(chrom, pos, last)
    if locus is None:
        return None
    if kind is not AlleleKind.SEQUENCE:
        problem = _problem_of(kind, locus, pos, ref)
        if kind is AlleleKind.SYMBOLIC and end is None and not alt.upper().startswith(_POINTS):
            kind, problem = AlleleKind.UNREADABLE, "extent_not_given"
        plain = _plain(
            reference.build, locus, pos, ref, alt, kind, last, copy_number, problem=problem
        )
        return replace(plain, precise=True) if precise and kind is AlleleKind.SYMBOLIC else plain
    return _sequence(reference.build, locus, pos, ref, alt.upper())


def _problem_of(kind: AlleleKind, locus: LocusSequence, pos: int, ref: str) -> Problem | None:
    """Return what is wrong with an allele that is no bases."""
    if kind is AlleleKind.UNREADABLE:
        return "ambiguous_bases"
    wrong = kind is AlleleKind.REFERENCE_BLOCK and ref_agreement(locus, pos, ref) is False
    return "ref_mismatch" if wrong else None


@lru_cache(maxsize=65_536)
def _sequence(build: Build, locus: LocusSequence, pos: int, ref: str, alt: str) -> Allele:
    """Return the one spelling of an allele of bases; samples of a batch share most of theirs."""
    problem = _sequence_problem(locus, pos, ref, alt)
    if problem is not None:
        kind, last = AlleleKind.UNREADABLE, pos + len(ref) - 1
        return _plain(build, locus, pos, ref, alt, kind, last, None, problem=problem)
    start, short_ref, short_alt, stopped = _left_align(locus, *_trim(pos, ref, alt))
    start, anchored_ref, anchored_alt = _anchor(locus, start, short_ref, short_alt, (pos, ref))
    end_base = start + len(anchored_ref) - 1
    return Allele(
        build=build,
        gene=locus.gene,
        chrom=locus.chrom,
        pos=start,
        ref=anchored_ref,
        alt=anchored_alt,
        kind=AlleleKind.SEQUENCE,
        end=end_base,
        unverifiable=locus.demo and (stopped or not locus.known(start, end_base)),
    )


def ref_agreement(locus: LocusSequence, pos: int, ref: str) -> bool | None:
    """Say whether REF agrees with the known bases of a locus; None where no base is known."""
    written, known = ref.upper(), locus.bases(pos, pos + len(ref) - 1)
    if written == known and "N" not in known:
        return True  # the common case; made-up bases are lower case
    compared = 0
    for given, base in zip(written, known, strict=True):
        if base.upper() == "N" or given == "N" or (locus.demo and base.islower()):
            continue
        if given != base.upper():
            return False
        compared += 1
    return True if compared else None


def _sequence_problem(locus: LocusSequence, pos: int, ref: str, alt: str) -> Problem | None:
    if not _BASES.match(ref):
        return "ambiguous_bases"
    if ref == alt:
        return "alt_equals_ref"
    if ref_agreement(locus, pos, ref) is False:
        return "ref_mismatch"
    return None


def _plain(
    build: Build,
    locus: LocusSequence,
    pos: int,
    ref: str,
    alt: str,
    kind: AlleleKind,
    end: int,
    copy_number: int | None,
    *,
    problem: Problem | None,
) -> Allele:
    return Allele(
        build=build,
        gene=locus.gene,
        chrom=locus.chrom,
        pos=pos,
        ref=ref,
        alt=alt or ".",
        kind=kind,
        end=end,
        copy_number=copy_number,
        problem=problem,
    )


def _trim(pos: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Cut the common end, then the common start; one of the two may become empty."""
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        pos, ref, alt = pos + 1, ref[1:], alt[1:]
    return pos, ref, alt


def _left_align(locus: LocusSequence, pos: int, ref: str, alt: str) -> tuple[int, str, str, bool]:
    """Shift a pure insertion or deletion to the left; say whether made-up bases stopped it."""
    if bool(ref) == bool(alt):
        return pos, ref, alt, False
    moved = ref or alt
    while pos - 1 > locus.start:
        base = locus.bases(pos - 1, pos - 1)
        if base.upper() == "N" or (locus.demo and base.islower()):
            stopped = locus.demo
            break
        if base.upper() != moved[-1]:
            stopped = False
            break
        moved = moved[-1] + moved[:-1]
        pos -= 1
    else:
        stopped = False
    return (pos, moved, "", stopped) if ref else (pos, "", moved, stopped)


def _anchor(
    locus: LocusSequence, pos: int, ref: str, alt: str, written: tuple[int, str]
) -> tuple[int, str, str]:
    """Put the base before an insertion or deletion in front, as VCF wants it."""
    if ref and alt:
        return pos, ref, alt
    base = locus.bases(pos - 1, pos - 1).upper()
    first, text = written
    if first <= pos - 1 < first + len(text):
        base = text[pos - 1 - first]
    return pos - 1, base + ref, base + alt
