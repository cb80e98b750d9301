"""Genes about which a file may hold more than could be read: there, nothing found says nothing.

A BED, reads or reference blocks tell that bases were sequenced. They do not tell that the file
with the variants is whole, nor what stands in a record that has no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from hies_annot.callability.bed_format import BedKind
from hies_annot.callability.known import REFERENCE_ASSUMED, REFERENCE_SEEN, UNKNOWN
from hies_annot.callability.records import Record, VcfKind, vcf_kind
from hies_annot.callability.required import RequiredBases
from hies_annot.model import Callability, SiteRecord
from hies_annot.model.census import (
    ALL_BUT,
    NO_RECORD,
    REGION,
    VARIANT_KINDS,
    FileCensus,
    LeftOut,
    Lost,
    Unread,
)
from hies_annot.reference.sequence import LocusSequence, Reference


def unread_genes(
    reference: Reference,
    files: Sequence[FileCensus],
    others: Sequence[FileCensus] = (),
    rows: Sequence[Record] = (),
    required: Iterable[RequiredBases] = (),
) -> tuple[Unread, ...]:
    """Return each gene of which records may be missing or have no place, with the reason.

    Args:
        reference: the loci on the build of the files.
        files: the files with the small variants of one person, which are read as one.
        others: files that need no record on a chromosome (structural variants).
        rows: the records of the person in the loci; where they are reference blocks, what was
            taken out of the files is a gap.
        required: the bases of each gene that regions of a file must hold; none of a gene: its
            whole locus.
    """
    gaps_show = vcf_kind(rows) is not VcfKind.VARIANTS
    spans = {item.gene: item.spans for item in required}
    return tuple(
        unread
        for locus in reference.loci
        for unread in (
            *(Unread(locus.gene, reason, lost=False) for reason in _silent(locus, files)),
            *(
                Unread(locus.gene, reason, lost=False)
                for reason in _left_out(
                    locus,
                    files,
                    [site for site, _ in rows if _lies_in(locus, site)],
                    spans.get(locus.gene, ((locus.start, locus.end),)),
                    gaps_show=gaps_show,
                )
            ),
            *(Unread(locus.gene, reason, lost=True) for reason in _lost(locus, (*files, *others))),
        )
    )


def _lost(locus: LocusSequence, files: Sequence[FileCensus]) -> Iterator[str]:
    for census in files:
        for lost in census.lost:
            if lost.chrom in (None, locus.chrom):
                yield lost_words(census.file, lost)


def lost_words(file: str, lost: Lost) -> str:
    """Return what is to be known of records without a place, in words."""
    name = Path(file).name
    if not lost.records:
        return f"{lost.first}: {lost.cause}"
    where = "" if lost.chrom is None else f" and may lie on chromosome {lost.chrom}"
    return (
        f"{name}: {lost.records} record(s) could not be placed or read{where}: {lost.cause}; "
        f"the first: {lost.first}"
    )


def _lies_in(locus: LocusSequence, site: SiteRecord) -> bool:
    return site.chrom == locus.chrom and site.pos <= locus.end and site.end >= locus.start


def _left_out(
    locus: LocusSequence,
    files: Sequence[FileCensus],
    sites: Sequence[SiteRecord],
    spans: Sequence[tuple[int, int]],
    *,
    gaps_show: bool,
) -> Iterator[str]:
    """Yield what the headers of files say that these cannot hold of a gene.

    A record in the gene (`sites`) beside the regions to which a file was cut shows that it was not
    cut to them alone. What one file lacks, another one with records of the chromosome may have; of
    a kind of variants, one with any record, since there may be none of that kind on the chromosome.
    """
    told = {
        census.file: [
            each
            for each in census.left_out
            if not (each.selection and gaps_show)
            and not (each.lacks == REGION and _beside(each, sites))
            and each.concerns(locus.chrom, spans)
        ]
        for census in files
    }
    for file, doubts in told.items():
        for doubt in doubts:
            anywhere = doubt.lacks in VARIANT_KINDS
            there = (x.file for x in files if x.records and (anywhere or x.reach.get(locus.chrom)))
            if not doubt.lacks or all(
                doubt.lacks in {each.lacks for each in told[name]} for name in there
            ):
                yield f"{Path(file).name}: {doubt.words}"


def _beside(doubt: LeftOut, sites: Iterable[SiteRecord]) -> bool:
    return any(not doubt.kept(site.chrom, site.pos, site.end) for site in sites)


def _silent(locus: LocusSequence, files: Sequence[FileCensus]) -> Iterator[str]:
    """Yield why files are not known to go as far as a gene."""
    names = ", ".join(dict.fromkeys(Path(census.file).name for census in files))
    if not any(census.records for census in files):
        yield f"{names} {NO_RECORD}"
        return
    reach = max(census.reach.get(locus.chrom, 0) for census in files)
    if not reach:
        yield (
            f"{names} has no record on chromosome {locus.chrom}, but some elsewhere: the gene was "
            "perhaps left out, or the file was cut"
        )
    elif reach < locus.start:
        yield (
            f"the last record of {names} on chromosome {locus.chrom} lies before the gene "
            f"(position {reach:,}): the file was perhaps cut"
        )


def unread_sentences(unread: Iterable[Unread]) -> Iterator[str]:
    """Yield each reason once, with the genes that it concerns."""
    reasons: dict[str, list[str]] = {}
    for gene, reason, _ in unread:
        reasons.setdefault(reason, []).append(gene)
    for reason, genes in reasons.items():
        yield f"{' and '.join(dict.fromkeys(genes))}: {reason}"


def by_depth(callability: Callability, given: str | None) -> bool:
    """Whether bases count as seen by their depth alone: a file was given, and is no BED."""
    return given is not None and str(BedKind.BED) not in callability.source.split(", ")


def region_notes(files: Iterable[FileCensus], *, by_depth: bool) -> Iterator[str]:
    """Yield what headers say of regions that nobody knows here, in words.

    A BED names the regions that were looked at (else `by_depth`), but not what was left out there.
    """
    for census in files:
        words = f"{Path(census.file).name}: its header says that it was cut to"
        left_out = [text for text in census.region_files if text.startswith(ALL_BUT)]
        kept = [text for text in census.region_files if text not in left_out]
        if kept and by_depth:
            yield (
                f"{words} {', '.join(kept)}, which are not known here: where bases outside of them "
                "have the depth, no variant was called all the same; give the regions as BED"
            )
        if left_out:
            yield (
                f"{words} {', '.join(left_out)}, which are not known here: variants in them are "
                "not in the file, whatever was seen there; take them out of the callable regions"
            )


def with_unread(callability: Callability, unread: tuple[Unread, ...]) -> Callability:
    """Return the callability with what was not read; no known site of such a gene is reference."""
    genes = {one.gene for one in unread}
    return replace(
        callability,
        unread=unread,
        known_sites=tuple(
            replace(site, state=UNKNOWN)
            if site.gene in genes and site.state in (REFERENCE_SEEN, REFERENCE_ASSUMED)
            else site
            for site in callability.known_sites
        ),
    )
