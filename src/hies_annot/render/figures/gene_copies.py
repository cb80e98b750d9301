"""The two copies of a gene with the alleles of a finding on them, and what proves the phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from hies_annot.render.figures.marks import WIDTH, box, figure, line, shape, short_c, text
from hies_annot.render.sentence import phase_words
from hies_annot.render.standing import allelic_state
from hies_annot.results.contract import ConditionResult
from hies_annot.results.variant_contract import VariantResult

_ROWS = (30.0, 74.0)
_BETWEEN = sum(_ROWS) / 2
_LEFT = 90


def gene_copies(condition: ConditionResult, variants: Mapping[str, VariantResult]) -> Markup | None:
    """Return the figure of one finding; None where the result lacks its variants."""
    alleles = [variants[key] for key in condition.variants if key in variants]
    if not alleles:
        return None
    places = [places_of(condition, number, allele) for number, allele in enumerate(alleles)]
    lost = any(allele.zygosity == "over_deletion" for allele in alleles)
    return figure(
        f"The two copies of {condition.gene}",
        f"{_words(alleles, places)} Phase: {phase_words(condition)}.",
        104,
        [*_bars(lost=lost), *_alleles(alleles, places)],
    )


def places_of(condition: ConditionResult, number: int, allele: VariantResult) -> tuple[int, ...]:
    """Return the copies (0, 1) that an allele is drawn on; empty where that is not known.

    One allele alone is drawn on the first copy: which of the two carries it has no meaning.
    """
    state = allelic_state(allele, [condition])
    if state == "hom_alt":
        return (0, 1)
    if state not in ("het", "het_alt", "over_deletion"):
        return ()
    if len(condition.variants) == 1 or condition.phase == "cis":
        return (0,)
    return (number % 2,) if condition.phase == "trans" and len(condition.variants) == 2 else ()


def _words(alleles: Sequence[VariantResult], places: Sequence[tuple[int, ...]]) -> str:
    said = {(0,): "on one copy", (1,): "on the other copy", (0, 1): "on both copies"}
    parts = [
        f"{short_c(allele.hgvs_c, allele.id)} {said.get(place, 'on a copy that is not known')}"
        for allele, place in zip(alleles, places, strict=True)
    ]
    return f"{'; '.join(parts)}."


def _bars(*, lost: bool) -> Iterator[Markup]:
    for number, y in enumerate(_ROWS):
        yield text(8, y + 4, f"copy {number + 1}")
        yield box(_LEFT, y - 5, WIDTH - _LEFT - 8, 10, "open dash" if lost and number else "dom")
    if lost:
        yield text(WIDTH - 16, _ROWS[1] + 22, "deleted here", "end")


def _alleles(
    alleles: Sequence[VariantResult], places: Sequence[tuple[int, ...]]
) -> Iterator[Markup]:
    step = (WIDTH - _LEFT) / (len(alleles) + 1)
    for number, (allele, place) in enumerate(zip(alleles, places, strict=True)):
        x, name = _LEFT + step * (number + 1), short_c(allele.hgvs_c, allele.id)
        for copy in place:
            yield shape(allele.mechanism, x, _ROWS[copy], 7, "me")
            yield text(x, _ROWS[copy] - 12, name, "middle", "b")
        if not place:
            yield line(x, _ROWS[0], x, _ROWS[1], "dash")
            yield shape(allele.mechanism, x, _BETWEEN, 7, "me")
            yield text(x + 12, _BETWEEN + 4, f"{name} ? (copy not known)", "start", "b")
