"""Names that a curated table gives beside the coordinates of a row: held against them.

The coordinates are the key; a name that is that of another variant tells that one of them is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from hies_annot.annotate.annotator import Annotator
from hies_annot.errors import HiesError
from hies_annot.genes.gene_file import Gene
from hies_annot.model import Allele, Annotation, KnownVariant
from hies_annot.names.protein_text import known_protein, three_letter_change
from hies_annot.names.transcript_positions import named_transcript, transcript_of
from hies_annot.names.typed import read_typed

_REGULAR = re.compile(
    r"c\.(?:[-*+\d_]+ ?(?:(?P<exchange>[ACGT]+ ?> ?[ACGT]+)|(?:delins|del|dup|ins|inv)[ACGT]*)"
    r"|(?P<old>[ACGT][-*]?\d+(?:[-+]\d+)?[ACGT]))",
    re.IGNORECASE,
)
"""A change that is compared; the last form is the old one, `c.C1144T`."""
_UNKNOWN = "p.?"


class StatedNames:
    """Compares names with alleles on one reference, on every transcript that it has."""

    def __init__(self, annotator: Annotator, genes: tuple[Gene, ...]) -> None:
        """Keep what alleles are named with."""
        self._annotator = annotator
        self._reference = annotator.reference
        self._genes = genes

    def settled(self, variant: KnownVariant, allele: Allele) -> KnownVariant:
        """Return a row with the names that its allele has on the MANE transcript.

        A name that cannot be compared stays as it is written: on a transcript or in a form that is
        not known here, or where the bases are made up.

        Raises:
            ValueError: a name is that of another variant; the sentence says what the allele is.
        """
        annotation = self._annotator.annotate(allele)
        if variant.hgvs_c and not self._fits_coding(variant.hgvs_c, allele, annotation):
            raise ValueError(_told(variant.hgvs_c, variant, annotation, annotation.hgvs_c))
        if variant.hgvs_p and not self._fits_protein(variant, annotation):
            ours = annotation.hgvs_p or "no change of the protein"
            raise ValueError(_told(variant.hgvs_p, variant, annotation, ours))
        return replace(
            variant,
            hgvs_c=annotation.hgvs_c if _regular(variant.hgvs_c) else variant.hgvs_c,
            hgvs_p=_protein_of(variant, annotation),
        )

    def _fits_coding(self, text: str, allele: Allele, annotation: Annotation) -> bool:
        """Whether a c. name is that of the allele, or cannot be compared."""
        regular = _regular(text)
        if regular is None or (annotation.made_up and not (regular["exchange"] or regular["old"])):
            return True
        readings = list(self._readings(text, allele.gene))
        return not readings or any(self._reads_as(reading, allele) for reading in readings)

    def _readings(self, text: str, gene: str) -> Iterator[str]:
        """Yield a name with each transcript that it may stand on; none where that is not known."""
        if ":" not in text:
            for transcript in self._reference.transcripts[gene]:
                yield f"{transcript.accession}:{text}"
        elif not self._on_unknown(text):
            yield text

    def _on_unknown(self, text: str) -> bool:
        """Whether a c. name has an accession that is not known here."""
        head, colon, _ = text.rpartition(":")
        try:
            named_transcript(transcript_of(head.strip())[0], self._reference, self._genes)
        except ValueError:
            return bool(colon)
        return False

    def _reads_as(self, text: str, allele: Allele) -> bool:
        try:
            found = read_typed(text, self._reference, self._genes).allele
        except HiesError:
            return False
        return (found.pos, found.ref, found.alt) == (allele.pos, allele.ref, allele.alt)

    def _fits_protein(self, variant: KnownVariant, annotation: Annotation) -> bool:
        """Whether a p. name is that of the allele on some transcript, or cannot be compared.

        Without an accession it stands on the transcript of the c. name.
        """
        head, colon, name = (variant.hgvs_p or "").rpartition(":")
        stated = three_letter_change(name)
        coding = variant.hgvs_c or ""
        unknown = not known_protein(head, self._annotator) if colon else self._on_unknown(coding)
        if stated is None or unknown:
            return True
        ours = {annotation.hgvs_p, *(effect.hgvs_p for effect in annotation.effects)}
        return _UNKNOWN in ours or stated in {three_letter_change(each or "") for each in ours}


def _regular(text: str | None) -> re.Match[str] | None:
    return _REGULAR.fullmatch((text or "").rpartition(":")[2].strip())


def _protein_of(variant: KnownVariant, annotation: Annotation) -> str | None:
    """Return the p. name: that of the allele, but for what a lab knows better (RNA, a deletion)."""
    if annotation.hgvs_p in (None, _UNKNOWN):
        return variant.hgvs_p
    stated = (variant.hgvs_p or "").rpartition(":")[2]
    said = stated not in ("", _UNKNOWN) and three_letter_change(stated) is None
    return variant.hgvs_p if said else annotation.hgvs_p


def _told(text: str, variant: KnownVariant, annotation: Annotation, ours: str | None) -> str:
    return (
        f"{text} is not the name of {variant.identifier}, which is {ours} on "
        f"{annotation.transcript}: mend the name or the position; a name on a transcript that is "
        "not known here needs its accession in front"
    )
