"""The share of reads with each reported allele against the band that its genotype lets expect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from hies_annot.render.figures.marks import WIDTH, box, figure, line, shape, short_c, text
from hies_annot.render.words import percent
from hies_annot.results.variant_contract import VariantResult

MOST = 12
"""Most alleles that are drawn; the words say how many more there are."""
_LEFT, _ROW = 190, 22
_ONE_COPY = frozenset({"het", "het_alt"})

Band = tuple[float, float] | None


def read_fractions(
    reported: Sequence[VariantResult], thresholds: Mapping[str, Any]
) -> Markup | None:
    """Return the figure of the reported alleles; None where no fraction is given."""
    measured = [v for v in reported if v.allele_fraction is not None][:MOST]
    if not measured:
        return None
    bands = [band_of(variant, thresholds) for variant in measured]
    more = len(reported) - len(measured)
    said = [_words(variant, band) for variant, band in zip(measured, bands, strict=True)]
    left_out = f" {more} more without a fraction, or beyond the first {MOST}." if more else ""
    high = 24 + _ROW * len(measured)
    return figure(
        "Share of reads with the allele",
        f"{'; '.join(said)}. Line: 95 % interval; grey: expected for the genotype.{left_out}",
        high + 4,
        [*_axis(high), *(m for n, v in enumerate(measured) for m in _row(n, v, bands[n]))],
    )


def band_of(variant: VariantResult, thresholds: Mapping[str, Any]) -> Band:
    """Return the shares (0..1) that the settings in force accept for the genotype, else None."""
    if variant.zygosity in _ONE_COPY and "calls.het_balance" in thresholds:
        low, high = thresholds["calls.het_balance"]
        return float(low), float(high)
    if variant.zygosity == "hom_alt" and thresholds.get("calls.hom_balance") is not None:
        return float(thresholds["calls.hom_balance"]), 1.0
    return None


def _words(variant: VariantResult, band: Band) -> str:
    share = variant.allele_fraction or 0.0
    place = "no band for its genotype"
    if band is not None:
        where = "within" if band[0] <= share <= band[1] else "OUTSIDE"
        place = f"{where} {percent(band[0])} to {percent(band[1])}"
    return f"{short_c(variant.hgvs_c, variant.id)} {percent(share)}, {place}"


def _x(share: float) -> float:
    return _LEFT + (WIDTH - _LEFT - 30) * min(1.0, max(0.0, share))


def _axis(high: float) -> Iterator[Markup]:
    for tenth in range(0, 11, 2):
        yield line(_x(tenth / 10), 16, _x(tenth / 10), high, "thin")
        yield text(_x(tenth / 10), 12, f"{tenth * 10} %", "middle")


def _row(number: int, variant: VariantResult, band: Band) -> Iterator[Markup]:
    y = 32 + _ROW * number
    yield text(8, y + 4, short_c(variant.hgvs_c, variant.id))
    if band is not None:
        yield box(_x(band[0]), y - 8, _x(band[1]) - _x(band[0]), 16, "band")
    if variant.allele_fraction_interval:
        low, high = variant.allele_fraction_interval
        yield line(_x(low), y, _x(high), y, "own")
    yield shape(variant.mechanism, _x(variant.allele_fraction or 0.0), y, 5, "me")
