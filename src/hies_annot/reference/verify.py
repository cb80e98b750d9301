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

_INTRON_ENDS = {("GT", "AG"), ("GC", "AG")}


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
    unknown = sum(base not in "ACGT" for base in locus.sequence.upper())
    made_up = sum(base.islower() for base in locus.sequence) if locus.demo else 0
    detail = f"{unknown} unknown bases"
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
            detail = f"the coding region does not translate to {transcript.protein}"
    else:
        passed = protein.startswith("M") and protein.find("*") == len(protein) - 1
        detail = f"open reading frame of {len(protein) - 1} residues"
    name = f"protein of {transcript.accession}"
    return Check(gene.name, name, passed, detail, demo=locus.demo)


def _introns(gene: Gene, locus: LocusSequence, transcript: Transcript) -> Check:
    odd = [
        f"intron {number} is {donor}-{acceptor}"
        for number, (donor, acceptor) in enumerate(_intron_ends(locus, transcript), start=1)
        if (donor, acceptor) not in _INTRON_ENDS
    ]
    detail = "; ".join(odd) or f"{len(transcript.exons) - 1} introns are GT-AG or GC-AG"
    name = f"introns of {transcript.accession}"
    return Check(gene.name, name, not odd, detail, demo=locus.demo)


def _intron_ends(locus: LocusSequence, transcript: Transcript) -> list[tuple[str, str]]:
    ends = []
    for left, right in zip(transcript.exons, transcript.exons[1:], strict=False):
        low, high = (left.end, right.start) if transcript.plus else (right.end, left.start)
        intron = locus.bases(low + 1, high - 1).upper()
        if not transcript.plus:
            intron = reverse_complement(intron)
        ends.append((intron[:2], intron[-2:]))
    return ends


def _digest(build: Build, gene: Gene, locus: LocusSequence) -> Check:
    digest = refget_digest(locus.sequence)
    shipped = embedded_reference(build, (gene,)).locus(gene.name)
    if shipped.demo:
        pairs = zip(shipped.sequence, locus.sequence.upper(), strict=False)
        odd = sum(known.isupper() and known != base for known, base in pairs)
        detail = f"{digest}, {odd} known bases differ"
        return Check(gene.name, "digest", odd == 0, detail, fatal=False, demo=locus.demo)
    same = digest == shipped.digest
    detail = digest if same else f"{digest} differs from {gene.file.reference.source}"
    return Check(gene.name, "digest", same, detail, fatal=False, demo=locus.demo)
