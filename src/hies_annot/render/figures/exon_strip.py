"""The exons of a gene with their depth, their gaps and the known sites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import parse_build
from hies_annot.render.figures.marks import WIDTH, box, figure, line, text
from hies_annot.render.words import KNOWN_SITE, word
from hies_annot.results.callability_contract import (
    ExonResult,
    GapResult,
    GeneCallabilityResult,
    KnownSiteResult,
)

_FLOOR, _FULL = 80, 56
_BETWEEN = 5


def exon_strip(
    gene: GeneCallabilityResult, sites: Sequence[KnownSiteResult], build: str | None
) -> Markup | None:
    """Return the figure of one gene; None where no exon is listed.

    Boxes are as wide as the required bases of the exon. What nobody measured is left open and
    named so; a known site whose place cannot be told is counted in the words.
    """
    if not gene.exons:
        return None
    spans = _spans(gene.exons)
    own = [site for site in sites if site.gene == gene.gene]
    offset = _offset(gene.gene, build)
    placed = [(x, site) for site in own if (x := _site_x(site, spans, offset)) is not None]
    depths = [exon.mean_depth for exon in gene.exons if exon.mean_depth is not None]
    highest = max(depths, default=0.0)
    return figure(
        f"Depth and gaps of {gene.gene}",
        _described(gene, own, len(own) - len(placed), depths),
        122,
        [*_boxes(spans, highest), *_gaps(gene.gaps, spans), *_sites(placed)],
    )


def _offset(gene: str, build: str | None) -> int | None:
    """Return what a position of GRCh38 is more than that of the build; None: cannot be told."""
    found = parse_build(build) if build else None
    file = next((each.file for each in default_genes() if each.name == gene), None)
    return None if found is None or file is None else file.offset(found)


def _spans(exons: Sequence[ExonResult]) -> list[tuple[float, float, ExonResult]]:
    total = sum(exon.required for exon in exons) or 1
    scale = (WIDTH - 16 - _BETWEEN * (len(exons) - 1)) / total
    spans, x = [], 8.0
    for exon in exons:
        spans.append((x, exon.required * scale, exon))
        x += exon.required * scale + _BETWEEN
    return spans


def _described(
    gene: GeneCallabilityResult,
    sites: Sequence[KnownSiteResult],
    lost: int,
    depths: Sequence[float],
) -> str:
    depth = (
        f"Mean depth of an exon: {min(depths):.0f} to {max(depths):.0f} (height of the bars)."
        if depths
        else "Depth is not known: the boxes are empty."
    )
    gaps = (
        "Whether there are gaps is not known."
        if gene.callable_bases is None
        else f"Gaps, black with a white cross: {len(gene.gaps)}."
    )
    states = [site.state for site in sites]
    told = ", ".join(f"{states.count(s)} {word(KNOWN_SITE, s)}" for s in dict.fromkeys(states))
    missing = f"; {lost} not drawn, their place cannot be told" if lost else ""
    return f"{depth} {gaps} Known sites: {told or 'none'}{missing}."


def _boxes(spans: Sequence[tuple[float, float, ExonResult]], highest: float) -> Iterator[Markup]:
    yield line(8, _FLOOR - _FULL / 2, WIDTH - 8, _FLOOR - _FULL / 2)
    for x, width, exon in spans:
        yield box(x, _FLOOR - _FULL, width, _FULL, "open")
        if exon.mean_depth is not None and highest:
            high = _FULL * exon.mean_depth / highest
            yield box(x, _FLOOR - high, width, high, "depth")
        yield text(x + width / 2, 18, exon.exon, "middle")


def _gaps(
    gaps: Sequence[GapResult], spans: Sequence[tuple[float, float, ExonResult]]
) -> Iterator[Markup]:
    for gap in gaps:
        for x, width, exon in spans:
            start, end = max(gap.start, exon.start), min(gap.end, exon.end)
            if start > end:
                continue
            reverse = spans[0][2].start > spans[-1][2].start
            ahead = exon.end - end if reverse else start - exon.start
            left = x + width * ahead / (exon.end - exon.start + 1)
            wide = max(2.0, width * (end - start + 1) / (exon.end - exon.start + 1))
            yield box(left, _FLOOR - _FULL, wide, _FULL, "gap")
            yield line(left, _FLOOR - _FULL, left + wide, _FLOOR, "cross")


def _site_x(
    site: KnownSiteResult,
    spans: Sequence[tuple[float, float, ExonResult]],
    offset: int | None,
) -> float | None:
    """Return where a site lies; its id is GRCh38, the exons are in the build of the data."""
    parts = site.variant.split("-")
    if offset is None or len(parts) < 4 or not parts[1].isdigit():
        return None
    place = int(parts[1]) - offset
    bounds = tuple((exon.start, exon.end) for _, _, exon in spans)
    x, width, exon = spans[_nearest(place, bounds)]
    reverse = spans[0][2].start > spans[-1][2].start
    share = (place - exon.start) / max(1, exon.end - exon.start)
    return x + width * min(1.0, max(0.0, 1 - share if reverse else share))


@lru_cache(maxsize=1024)
def _nearest(place: int, bounds: tuple[tuple[int, int], ...]) -> int:
    """Return which of some exons lies nearest to a place: the same for each sample."""
    distances = [max(start - place, place - end, 0) for start, end in bounds]
    return distances.index(min(distances))


def _sites(placed: Sequence[tuple[float, KnownSiteResult]]) -> Iterator[Markup]:
    for x, site in placed:
        if site.state == "not_covered":
            yield line(x - 3, 91, x + 3, 99, "miss")
            yield line(x - 3, 99, x + 3, 91, "miss")
        elif site.state == "unknown":
            yield text(x, 98, "?", "middle")
        else:
            yield line(x, 86, x, 98, "seen")
    yield text(8, 116, "known sites: | seen   ? nothing known   X not covered")
