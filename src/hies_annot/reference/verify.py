"""Checks of a reference before it is used: does it encode what it claims to encode?"""

from __future__ import annotations

from msgspec import Struct

from hies_annot.genes.gene_file import Gene
from hies_annot.genome import Build
from hies_annot.reference.codons import translate
from hies_annot.reference.load import embedded_reference, gene_proteins
from hies_annot.reference.sequence import (
    LocusSequence,
    Reference,
    refget_digest,
    reverse_complement,
    spliced,
)
from hies_annot.reference.transcripts import Transcript

_INTRON_ENDS = ("GT-AG", "GC-AG", "AT-AC")
"""Ends that introns are known to have; AT-AC: Jackson 1991 (10.1093/nar/19.14.3795)."""


class Check(Struct, frozen=True):
    """One check: of which gene, what was looked at, whether it passed, and the figures.

    A failed check that is not `fatal` is a remark; the reference may be used.
    """

    gene: str
    name: str
    passed: bool
    detail: str
    fatal: bool = True
    demo: bool = False


def verify(reference: Reference, genes: tuple[Gene, ...]) -> tuple[Check, ...]:
    """Check every locus of a reference: length, bases, proteins, introns, digest."""
    checks: list[Check] = []
    for gene in genes:
        locus = reference.locus(gene.name)
        checks += [_length(reference.build, gene, locus), _bases(gene, locus)]
        for transcript in reference.transcripts[gene.name]:
            checks += [_protein(gene, locus, transcript), _introns(gene, locus, transcript)]
        checks.append(_digest(reference.build, gene, locus))
    return tuple(checks)


def _length(build: Build, gene: Gene, locus: LocusSequence) -> Check:
    span = gene.file.loci[build]
    detail = f"{locus.chrom}:{locus.start}-{locus.end}, {len(locus.sequence)} bases"
    passed = (locus.start, locus.end) == (span.start, span.end)
    if not passed:
        detail += f"; {gene.name} on {build} is {span.start}-{span.end}"
    return Check(gene.name, "length", passed, detail, demo=locus.demo)


def _bases(gene: Gene, locus: LocusSequence) -> Check:
    places = [at for at, base in enumerate(locus.sequence.upper()) if base not in "ACGT"]
    unknown = len(places)
    made_up = sum(base.islower() for base in locus.sequence) if locus.demo else 0
    detail = f"{unknown} unknown bases"
    if places:
        detail += f", the first is {locus.chrom}:{locus.start + places[0]}"
    if locus.demo:
        detail += f"; DEMO: {made_up} of {len(locus.sequence)} bases are made up"
    return Check(gene.name, "bases", unknown == 0, detail, demo=locus.demo)


def _protein(gene: Gene, locus: LocusSequence, transcript: Transcript) -> Check:
    first, last = transcript.cds_offsets
    protein = translate(spliced(locus, transcript).upper()[first : last + 1])
    known = gene_proteins(gene).get(transcript.protein)
    if known is not None:
        passed = protein == f"{known}*"
        detail = f"{len(known)} residues equal {transcript.protein}"
        if not passed:
            detail = _first_difference(locus, transcript, protein, f"{known}*")
    else:
        passed = protein.startswith("M") and protein.find("*") == len(protein) - 1
        detail = f"open reading frame of {len(protein) - 1} residues"
    name = f"protein of {transcript.accession}"
    return Check(gene.name, name, passed, detail, demo=locus.demo)


def _first_difference(locus: LocusSequence, transcript: Transcript, found: str, known: str) -> str:
    """Return where the coding region first encodes another residue than the known protein."""
    residue = next(
        (at for at, pair in enumerate(zip(found, known, strict=False)) if pair[0] != pair[1]),
        min(len(found), len(known)),
    )
    offset = transcript.cds_offsets[0] + 3 * residue
    place = transcript.genome_position(min(offset, transcript.cds_offsets[1]))
    exon = next(n for n, x in enumerate(transcript.exons, 1) if x.start <= place <= x.end)
    ours, theirs = found[residue : residue + 1] or "no", known[residue : residue + 1] or "no"
    return (
        f"the coding region does not translate to {transcript.protein}: codon {residue + 1} "
        f"(exon {exon}, {locus.chrom}:{place}) is {ours} residue, not {theirs}"
    )


def _introns(gene: Gene, locus: LocusSequence, transcript: Transcript) -> Check:
    ends = _intron_ends(locus, transcript)
    odd = [
        f"intron {number} ({_intron_place(locus, transcript, number)}) is {found}"
        for number, found in enumerate(ends, start=1)
        if found not in _INTRON_ENDS
    ]
    counts = (f"{n} {known}" for known in _INTRON_ENDS if (n := ends.count(known)))
    detail = "; ".join(odd) or f"{len(ends)} introns: {', '.join(counts) or 'none'}"
    name = f"introns of {transcript.accession}"
    return Check(gene.name, name, not odd, detail, demo=locus.demo)


def _intron_place(locus: LocusSequence, transcript: Transcript, number: int) -> str:
    ends = sorted((transcript.exons[number - 1], transcript.exons[number]), key=lambda x: x.start)
    return f"{locus.chrom}:{ends[0].end + 1}-{ends[1].start - 1}"


def _intron_ends(locus: LocusSequence, transcript: Transcript) -> list[str]:
    ends = []
    for left, right in zip(transcript.exons, transcript.exons[1:], strict=False):
        low, high = (left.end, right.start) if transcript.plus else (right.end, left.start)
        intron = locus.bases(low + 1, high - 1).upper()
        if not transcript.plus:
            intron = reverse_complement(intron)
        ends.append(f"{intron[:2]}-{intron[-2:]}")
    return ends


def _digest(build: Build, gene: Gene, locus: LocusSequence) -> Check:
    digest = refget_digest(locus.sequence)
    shipped = embedded_reference(build, (gene,)).locus(gene.name)
    if shipped.demo:
        pairs = zip(shipped.sequence, locus.sequence.upper(), strict=False)
        odd = [at for at, (known, base) in enumerate(pairs) if known.isupper() and known != base]
        detail = f"{digest}, {len(odd)} known bases differ"
        if odd:
            detail += f", the first at {locus.chrom}:{locus.start + odd[0]}"
        return Check(gene.name, "digest", not odd, detail, fatal=False, demo=locus.demo)
    same = digest == shipped.digest
    detail = digest if same else f"{digest} differs from {gene.file.reference.source}"
    return Check(gene.name, "digest", same, detail, fatal=False, demo=locus.demo)
