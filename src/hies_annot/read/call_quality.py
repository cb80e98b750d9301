"""Which thresholds a genotype call fails, and the statistics of allele fractions.

A figure that the file does not give fails no threshold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from hies_annot.io.numbers import finite_or_none
from hies_annot.model import CARRIED, AlleleKind, Call, SampleFields, SiteRecord, Zygosity
from hies_annot.settings.call_thresholds import CallThresholds

SOMATIC_CALLER = "somatic_caller"
IMPUTED = "imputed"
_MANTA_REFERENCE = "HomRef"
DENIED = "reference_in_other_file"
SAID_MOSAIC = "said_mosaic"
SAID_SOMATIC = "said_somatic"
SAID_LOH = "said_loh"
AMBIGUOUS = "ambiguous_reads"
DEPTH_DENIES = "depth_denies"
_SAID = {"MOSAIC": SAID_MOSAIC, "SOMATIC": SAID_SOMATIC}
"""Flags of single records: Sniffles 2 and DRAGEN; octopus and others."""
_SOMATIC_STATUS = {"STATUS": ("StrongSomatic", "LikelySomatic"), "SS": ("2",)}
"""Words for it of callers that compare two samples: VarDict; VarScan."""
_LOST_STATUS = {"STATUS": ("StrongLOH", "LikelyLOH"), "SS": ("3",)}
"""Words of the same callers for an allele that is on both copies of a clone, on one elsewhere."""
_SURELY_WRONG = 0.01
"""QUAL below which an allele of bases is surely wrong on every scale, of shares too."""
_NOT_SAID = (".", "0", "false", "False")
_MAPPED_ELSEWHERE = ("natorQ0", "pytorQ0")
"""Share of reads of mapping quality 0 (CNVnator, CNVpytor); both advise to filter above half."""
_MOST = 0.5
_IMPUTED_KEYS = ("IMP", "IMPUTED")
"""Flags of records that Beagle, IMPUTE and Minimac have inferred from a panel."""
QUALITY: Mapping[str, str] = {
    SOMATIC_CALLER: "called by a somatic caller, which tells nothing of the germline",
    IMPUTED: "imputed from a panel, not seen",
    SAID_MOSAIC: "its record calls it mosaic (INFO MOSAIC)",
    SAID_SOMATIC: "its record calls it somatic (INFO SOMATIC, STATUS or SS)",
    SAID_LOH: "its record calls it loss of heterozygosity (INFO STATUS or SS): of a clone perhaps",
    AMBIGUOUS: "most reads there fit elsewhere as well (mapping quality 0)",
    DEPTH_DENIES: "the depth of reads shows no such loss or gain",
    DENIED: "another file of the sample calls the reference there",
    "low_qual": "low QUAL",
    "low_gq": "low genotype quality",
    "low_depth": "low depth",
    "low_alt_depth": "few reads with the allele",
    "allele_balance": "allele fraction does not fit the genotype",
}
REPLACED = "replaced"
NO_REFERENCE = "no_reference_reads"
QUALITY_OF: Mapping[str, str] = {
    "filter": "FILTER",
    "ft": "FT",
    REPLACED: "another genotype is stated beside it:",
}
"""The codes of failed thresholds in words; those of the second table name something."""


def quality_words(code: str) -> str:
    """Return a failed threshold in words; failed filters keep their name."""
    kind, _, name = code.partition(":")
    return f"{QUALITY_OF[kind]} {name}" if name else QUALITY[code]


def fraction_interval(alt: int, depth: int) -> tuple[float, float]:
    """Return the 95 % Wilson score interval of alt / depth, each limit 0..1.

    No reads tell nothing: depth 0 gives (0, 1). Raises ValueError unless 0 <= alt <= depth.
    """
    if not 0 <= alt <= depth:
        raise ValueError(f"{alt} alternate reads of {depth} cannot be")
    if depth == 0:
        return 0.0, 1.0
    z = 1.959963984540054
    share, scale = alt / depth, 1 + z * z / depth
    middle = (share + z * z / (2 * depth)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / depth + z * z / (4 * depth * depth))
    low = 0.0 if alt == 0 else max(0.0, middle - half)
    high = 1.0 if alt == depth else min(1.0, middle + half)
    return low, high


def heterozygous_p(alt: int, depth: int) -> float:
    """Return the two-sided binomial p of `alt` reads of `depth` if half were expected."""
    fewer = min(alt, depth - alt)
    if fewer < 0:
        raise ValueError(f"{alt} alternate reads of {depth} cannot be")
    if 2 * fewer == depth:
        return 1.0
    log_term = (
        math.lgamma(depth + 1)
        - math.lgamma(fewer + 1)
        - math.lgamma(depth - fewer + 1)
        - depth * math.log(2)
    )
    term = total = math.exp(log_term)
    for reads in range(fewer, 0, -1):
        term *= reads / (depth - reads + 1)
        total += term
        if term <= total * 1e-17:  # nothing is added, also where all is too small for a float
            break
    return min(1.0, 2 * total)


def site_codes(site: SiteRecord, thresholds: CallThresholds) -> tuple[str, ...]:
    """Return the codes of what a whole record fails: `low_qual`, `imputed`, `filter:<NAME>`."""
    codes = []
    # delly wrote 0 before each structural variant, others -1 where there is none.
    wrong = site.qual is not None and 0 <= site.qual < _SURELY_WRONG and "SVTYPE" not in site.info
    if wrong or below(site.qual, thresholds.min_qual):
        codes.append("low_qual")
    if any(key in site.info for key in _IMPUTED_KEYS):
        codes.append(IMPUTED)
    codes += [code for key, code in _SAID.items() if site.info.get(key, ".") not in _NOT_SAID]
    if any(site.info.get(key) in words for key, words in _SOMATIC_STATUS.items()):
        codes.append(SAID_SOMATIC)
    shares = (site.info[key] for key in _MAPPED_ELSEWHERE if key in site.info)
    if any((finite_or_none(share) or 0) > _MOST for share in shares):
        codes.append(AMBIGUOUS)
    failed = [name for name in site.filters if _is_failure(name, thresholds)]
    return (*dict.fromkeys(codes), *(f"filter:{name}" for name in failed))


def sample_codes(
    fields: SampleFields, depth: int | None, thresholds: CallThresholds, zygosity: Zygosity
) -> tuple[str, ...]:
    """Return the codes of what the sample's genotype fails: `low_gq`, `low_depth`, `ft:<NAME>`.

    Manta writes into FT of a reference call that it is one: nothing that it fails.
    """
    codes = []
    if below(fields.gq, thresholds.min_gq):
        codes.append("low_gq")
    if below(depth, thresholds.min_dp):
        codes.append("low_depth")
    if fields.replaced is not None:
        codes.append(f"{REPLACED}:{fields.replaced}")
    stated = {_MANTA_REFERENCE} if zygosity is Zygosity.HOM_REF else set()
    wrong = [x for x in fields.ft if x not in stated and _is_failure(x, thresholds)]
    return (*codes, *(f"ft:{name}" for name in wrong))


def loss_codes(site: SiteRecord, zygosity: Zygosity) -> tuple[str, ...]:
    """Return `said_loh` of an allele of which the record says that it has lost its partner."""
    lost = any(site.info.get(key) in words for key, words in _LOST_STATUS.items())
    return (SAID_LOH,) * (lost and zygosity in FULL_EXPECTED)


def balance_codes(
    zygosity: Zygosity, alt: int | None, fraction: float | None, thresholds: CallThresholds
) -> tuple[str, ...]:
    """Return `low_alt_depth` and `allele_balance` where a carried allele fails them."""
    codes = []
    if below(alt, thresholds.min_alt_depth):
        codes.append("low_alt_depth")
    low, high = thresholds.het_balance
    if fraction is not None:
        if zygosity in HALF_EXPECTED and not low <= fraction <= high:
            codes.append("allele_balance")
        if zygosity in FULL_EXPECTED and fraction < thresholds.hom_balance:
            codes.append("allele_balance")
    return tuple(codes)


HALF_EXPECTED = frozenset({Zygosity.HET, Zygosity.HET_ALT})
FULL_EXPECTED = frozenset({Zygosity.HOM_ALT, Zygosity.HAPLOID})
REFERENCE_POSSIBLE = frozenset(
    {Zygosity.HET, Zygosity.HALF_CALL, Zygosity.POLYPLOID, Zygosity.HOM_REF}
    | {Zygosity.NO_CALL, Zygosity.NOT_GIVEN}
)


def read_flags(
    zygosity: Zygosity,
    alt: int | None,
    depth: int | None,
    thresholds: CallThresholds,
    *,
    by_junction: bool = False,
) -> tuple[str, ...]:
    """Return remarks of the reads against the genotype, whatever its form.

    Reads over a junction map less well than those of the reference beside it, so that half of
    them is not expected: there, `by_junction`, only the band tells a low fraction.

    `low_fraction`: a carried allele that is seen less often than on one copy of two;
    `no_reference_reads`: a call that leaves room for the reference, or does not name the allele,
    of which the reads show no reference copy; `ad_contradicts_gt` and `reads_without_call`.
    """
    if alt is None or not depth:
        return ()
    full = _is_full(alt, depth, thresholds)
    high = thresholds.het_balance[1]
    seen = alt >= thresholds.min_alt_depth and alt / depth >= thresholds.low_fraction[0]
    one_sided = alt in (0, depth) and depth >= thresholds.min_dp
    remarks = {
        "low_fraction": zygosity in CARRIED
        and _is_low(alt, depth, thresholds, by_junction=by_junction),
        NO_REFERENCE: zygosity in REFERENCE_POSSIBLE and full,
        "ad_contradicts_gt": (zygosity is Zygosity.HOM_REF and seen)
        or (zygosity in HALF_EXPECTED and one_sided)
        or (zygosity in FULL_EXPECTED and alt / depth <= high and depth - alt > 1),
        "reads_without_call": zygosity in (Zygosity.NO_CALL, Zygosity.NOT_GIVEN) and seen,
    }
    return tuple(name for name, holds in remarks.items() if holds)


def is_shown_alone(call: Call) -> bool:
    """Whether the reads show an allele of bases that is not called, and no reference copy."""
    shown = not {"ad_contradicts_gt", "reads_without_call"}.isdisjoint(call.flags)
    small = call.allele.kind is AlleleKind.SEQUENCE
    return small and call.zygosity not in CARRIED and shown and NO_REFERENCE in call.flags


def below(value: float | None, least: float | None) -> bool:
    """Whether a given value lies below a given limit; what is not given never does."""
    return value is not None and least is not None and value < least


def _is_low(alt: int, depth: int, thresholds: CallThresholds, *, by_junction: bool) -> bool:
    fraction = alt / depth
    low, high = thresholds.low_fraction
    if by_junction or fraction >= 0.5:
        return low <= fraction < high
    unlikely = heterozygous_p(alt, depth) < thresholds.mosaic_p
    return low <= fraction and (fraction < high or unlikely)


def _is_full(alt: int, depth: int, thresholds: CallThresholds) -> bool:
    """Whether the reads leave no room for a reference copy (binomial, as for a mosaic)."""
    if alt == depth:
        return depth >= thresholds.min_dp
    above = alt / depth > thresholds.het_balance[1]
    return above and heterozygous_p(alt, depth) < thresholds.mosaic_p


def _is_failure(name: str, thresholds: CallThresholds) -> bool:
    return name not in thresholds.accepted_filters and name not in (".", "")
