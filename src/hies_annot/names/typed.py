"""A variant as people type it: its allele, and what must be said about the reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from hies_annot.annotate.annotator import Annotator
from hies_annot.genes.gene_file import Gene
from hies_annot.model import Allele
from hies_annot.names.parse import parse_variant
from hies_annot.names.protein_text import three_letter_change
from hies_annot.names.transcript_positions import (
    genome_position,
    named_transcript,
    read_as,
    transcript_of,
)
from hies_annot.names.usual_spelling import usual_spelling
from hies_annot.reference.sequence import Reference

_PROTEIN = re.compile(r"[\s,;]+\(?(?P<p>p\.\S+?)\)?$|\s*\((?P<q>p\..+)\)$")
_OLD_STYLE = re.compile(
    r"(?P<head>.*\b[cgn]\.)(?P<ref>[ACGT])(?P<at>[-*]?\d+(?:[-+]\d+)?)(?P<alt>[ACGT])"
)
_BARE_PROTEIN = re.compile(r"(?:p\.)?\(?(?:[A-Z]|[A-Z][a-z]{2})\d+(?:[A-Z*]|[A-Z][a-z]{2})\)?")
_CODING = re.compile(r"[cgn]\.")
_STRETCH = re.compile(
    r"(?P<head>[^:]+):(?P<kind>[cn])\.(?P<first>[-*]?\d+)_(?P<last>[-*]?\d+)(?:del|dup|inv).*"
)


class TypedVariant(Struct, frozen=True):
    """The allele that a text names, and remarks on how the text was read."""

    allele: Allele
    remarks: tuple[str, ...]


def read_typed(text: str, reference: Reference, genes: tuple[Gene, ...]) -> TypedVariant:
    """Return the allele of a text in any form that `parse_variant` knows or people type.

    Beyond those: what `usual_spelling` sets right, `R382W` and `p.R382W` (where the residue fits
    one gene alone), a gene symbol with a space behind it, `c.C1144T`, a protein name beside the
    c. name (`NM_139276.3:c.1144C>T p.(Arg382Trp)`) and other versions of a transcript.

    Raises:
        InputError, BuildMismatchError: as `parse_variant`.
    """
    usual = usual_spelling(text, (gene.name for gene in genes), reference.build)
    name, protein = _parts(usual, genes)
    allele = parse_variant(name, reference, genes)
    head, _ = transcript_of(name.partition(":")[0])
    mane = head in {gene.file.transcripts.ensembl for gene in genes}
    read_on = None if mane else read_as(head, reference)
    remarks = [read_on] if read_on else []
    remarks += _over_introns(name, reference, genes)
    if protein is not None:
        remarks += _disagreement(protein, allele, Annotator(reference, genes))
    return TypedVariant(allele, tuple(remarks))


def _parts(text: str, genes: tuple[Gene, ...]) -> tuple[str, str | None]:
    """Return the name in one usual spelling, and the protein name that stood behind it."""
    protein = None
    match = _PROTEIN.search(text)
    if match is not None and _CODING.search(text[: match.start()]):
        text, protein = text[: match.start()], match["p"] or match["q"]
    for gene in genes:
        text = re.sub(rf"^{gene.name}[\s,:]+(?=\S)", f"{gene.name}:", text, flags=re.IGNORECASE)
    if (old := _OLD_STYLE.fullmatch(text)) is not None:
        text = f"{old['head']}{old['at']}{old['ref']}>{old['alt']}"
    head, colon, change = text.rpartition(":")
    if _BARE_PROTEIN.fullmatch(change) and (not colon or not change.startswith("p.")):
        text = f"{head}:p.{change.removeprefix('p.')}"
    return text, protein


def _over_introns(name: str, reference: Reference, genes: tuple[Gene, ...]) -> Iterator[str]:
    """Say where a change from one exon to another was read with the introns between them."""
    match = _STRETCH.fullmatch(name)
    if match is None:
        return
    transcript = named_transcript(transcript_of(match["head"])[0], reference, genes)
    exons = [
        transcript.exon_at(genome_position(transcript, match[end], match["kind"]))
        for end in ("first", "last")
    ]
    numbers = [exon.number for exon in exons if exon is not None]
    if len(set(numbers)) == 2:
        yield (
            f"it reaches from exon {numbers[0]} to exon {numbers[1]}: what lies between them, "
            "introns too, was taken to be changed; a change seen in RNA alone is not this one"
        )


def _disagreement(protein: str, allele: Allele, annotator: Annotator) -> Iterator[str]:
    """Say where the protein name is not that of the allele, or only on another transcript."""
    annotation = annotator.annotate(allele)
    names = {annotation.transcript: annotation.hgvs_p}
    names |= {effect.transcript: effect.hgvs_p for effect in annotation.effects}
    stated = three_letter_change(protein)
    own = annotation.hgvs_p or "no protein change"
    if stated is None:
        yield f"the protein name {protein} was not compared with {own}"
        return
    fitting = [name for name, found in names.items() if three_letter_change(found or "") == stated]
    if not fitting:
        yield f"c. and p. disagree: the c. name makes {own}, not {protein}; the c. name was read"
    elif annotation.transcript not in fitting:
        others = ", ".join(fitting)
        yield f"{protein} is its name on {others}; on {annotation.transcript} it is {own}"
