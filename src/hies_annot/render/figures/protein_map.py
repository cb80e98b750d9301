"""The protein with its domains: alleles of the sample over the alleles that are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from markupsafe import Markup

from hies_annot.evidence.known_alleles import shipped_known
from hies_annot.genes.gene_file import GeneFile, default_genes
from hies_annot.model import KnownVariant
from hies_annot.model.closed_words import DAMAGING
from hies_annot.render.figures.marks import (
    WIDTH,
    box,
    figure,
    line,
    residue,
    shape,
    short_c,
    spread,
    text,
)
from hies_annot.results.variant_contract import VariantResult

_ABOVE = frozenset({"dominant_negative", "loss_of_function"})
"""Mechanisms of hyper-IgE syndrome: drawn above the protein, all others below."""
_BAR, _HIGH = 74, 22
_LEGEND = (
    ("dominant_negative", "dominant negative"),
    ("loss_of_function", "loss of function"),
    ("gain_of_function", "gain of function"),
    ("somatic_activating", "somatic, activating"),
    (None, "mechanism not known"),
)


def protein_map(gene: str, reported: Sequence[VariantResult]) -> Markup | None:
    """Return the figure of a gene that ships with the package; None for any other gene."""
    shipped = {each.name: each.file for each in default_genes()}
    if gene not in shipped or not shipped[gene].transcripts.protein_length:
        return None
    file = shipped[gene]
    placed = [(place, v) for v in reported if (place := residue(v.hgvs_p)) is not None]
    background, counts = _background(gene)
    shown = _words([short_c(v.hgvs_p, v.id) for _, v in placed])
    left_out = [short_c(v.hgvs_c, v.id) for v in reported if residue(v.hgvs_p) is None]
    also = f" Without a place in the protein, not drawn: {', '.join(left_out)}." if left_out else ""
    return figure(
        f"Protein of {gene} ({file.transcripts.protein_length} residues)",
        f"This sample, large and labelled: {shown}.{also} {counts}",
        152,
        [background, *_own(placed, file)],
    )


def _words(names: Sequence[str]) -> str:
    return ", ".join(names) or "no allele"


def _x(place: float, file: GeneFile) -> float:
    return 8 + (WIDTH - 16) * place / _length(file)


def _length(file: GeneFile) -> int:
    return file.transcripts.protein_length or 1


@cache
def _background(gene: str) -> tuple[Markup, str]:
    """Return what is the same in every sample: domains, known alleles, legend; and its words."""
    file = next(each.file for each in default_genes() if each.name == gene)
    known = [
        each
        for each in shipped_known()
        if each.gene == gene and "benign" not in each.classification
    ]
    placed = [(place, each) for each in known if (place := residue(each.hgvs_p)) is not None]
    upper = sum(_mechanism(each) in _ABOVE for _, each in placed)
    counts = (
        f"Small marks are known alleles of the shipped table: {upper} of hyper-IgE syndrome above, "
        f"{len(placed) - upper} others below; hollow: uncertain; not drawn, without a place in the "
        f"protein: {len(known) - len(placed)}. The form tells the mechanism. "
        f"Domains: {file.domains.source}."
    )
    marks = [*_domains(file), *(_small(place, each, file) for place, each in placed), *_legend()]
    return Markup("").join(marks), counts


def _mechanism(known: KnownVariant) -> str | None:
    return next((str(each) for each in known.mechanisms if str(each) != "unresolved"), None)


def _small(place: int, known: KnownVariant, file: GeneFile) -> Markup:
    mechanism = _mechanism(known)
    y = _BAR - 8 if mechanism in _ABOVE else _BAR + _HIGH + 8
    side = "hies" if mechanism in _ABOVE else "gof"
    clear = known.classification in DAMAGING and mechanism is not None
    return shape(mechanism, _x(place, file), y, 3.2, side if clear else f"{side} open")


def _domains(file: GeneFile) -> Iterator[Markup]:
    yield line(_x(0, file), _BAR + _HIGH / 2, _x(_length(file), file), _BAR + 11)
    for number, domain in enumerate(file.domains.features):
        start, end = _x(domain.start, file), _x(domain.end, file)
        yield box(start, _BAR, end - start, _HIGH, "dom alt" if number % 2 else "dom")
        name = domain.name.removesuffix(" domain")
        if len(name) * 6 < end - start:
            yield text((start + end) / 2, _BAR + 15, name, "middle")


def _own(placed: Sequence[tuple[int, VariantResult]], file: GeneFile) -> Iterator[Markup]:
    ordered = sorted(placed, key=lambda item: item[0])
    labels = spread((_x(place, file) for place, _ in ordered), 100, WIDTH - 50)
    for (place, variant), label in zip(ordered, labels, strict=True):
        x, mechanism = _x(place, file), variant.mechanism
        yield line(x, _BAR, max(44, label), 34, "own")
        yield shape(mechanism, max(44, label), 27, 7, "me")
        yield text(max(44, label), 14, short_c(variant.hgvs_p, variant.id), "middle", "b")


def _legend() -> Iterator[Markup]:
    x = 12.0
    for mechanism, words in _LEGEND:
        yield shape(mechanism, x, 134, 4, "key")
        yield text(x + 9, 138, words)
        x += 24 + 6.4 * len(words)
