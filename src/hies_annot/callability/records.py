"""VCF records as evidence: reference blocks, hom-ref rows, called variants, no-calls.

What a file is follows from its records, never from its header: GATK, DRAGEN (`<NON_REF>`),
DeepVariant, bcftools (`<*>`), old samtools (`<X>`), gvcfgenotyper (`<M>`), Strelka (ALT `.`
with INFO/END) and all-sites files (one hom-ref row a base) are all read by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hies_annot.callability.config import CallabilityConfig
from hies_annot.callability.required import merge_spans
from hies_annot.callability.statements import Statement, Weight
from hies_annot.model import SampleFields, SiteRecord

Record = tuple[SiteRecord, SampleFields]

BLOCK_ALTS = frozenset({"<NON_REF>", "<*>", "<X>", "<M>"})
SPANNING_DELETION = "*"
CALLED = "called record"
ALL_SITES_RUN = 10
"""Adjacent hom-ref bases that make an all-sites file; forced single sites do not."""

_SEPARATOR = re.compile(r"[/|]")
_BASES = re.compile(r"[ACGTNacgtn]+")


class VcfKind(StrEnum):
    """What the records of a sample are."""

    GVCF = "gVCF"
    ALL_SITES = "all-sites VCF"
    VARIANTS = "variants"


@dataclass(frozen=True, slots=True)
class CarriedAllele:
    """An allele that the sample carries, trimmed; `changed` is its span, None for insertions."""

    pos: int
    ref: str
    alt: str
    changed: tuple[int, int] | None
    depth: float | None


@dataclass(frozen=True, slots=True)
class VcfEvidence:
    """What the records of one sample in one locus say about its bases."""

    kind: VcfKind
    statements: tuple[Statement, ...]
    carried: tuple[CarriedAllele, ...]
    without_quality: int
    """Callable records without GQ, judged on their depth alone."""


def read_evidence(
    records: Sequence[Record], kind: VcfKind, config: CallabilityConfig
) -> VcfEvidence:
    """Turn the records of one sample and locus into statements about bases.

    `kind` is that of the whole input: a gVCF may have no record at all in one locus.
    """
    found = [(record, _statement(*record, config, kind)) for record in records]
    return VcfEvidence(
        kind=kind,
        statements=tuple(statement for _, statement in found if statement is not None),
        carried=tuple(allele for site, fields in records for allele in _carried(site, fields)),
        without_quality=sum(
            1
            for (_, fields), statement in found
            if fields.gq is None and statement is not None and statement.callable
        ),
    )


def vcf_kind(sites: Iterable[SiteRecord]) -> VcfKind:
    """Tell a gVCF and an all-sites file from a file of variants only, by the records."""
    rows: list[tuple[int, int]] = []
    for site in sites:
        if _structural(site):
            continue
        if any(alt in BLOCK_ALTS for alt in site.alts):
            return VcfKind.GVCF
        if not site.alts:
            if site.end > _last_base(site):
                return VcfKind.GVCF
            rows.append((site.pos, site.end))
    longest = max((end - start + 1 for start, end in merge_spans(rows)), default=0)
    return VcfKind.ALL_SITES if longest >= ALL_SITES_RUN else VcfKind.VARIANTS


def trim(pos: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Return the shortest form of an allele (VCF, at least one base each), not shifted."""
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        pos, ref, alt = pos + 1, ref[1:], alt[1:]
    return pos, ref, alt


def _statement(
    site: SiteRecord, fields: SampleFields, config: CallabilityConfig, kind: VcfKind
) -> Statement | None:
    if _structural(site):
        return None
    block = not _real_alts(site)
    depth = _lowest_depth(fields) if block else _allele_depth(fields)
    weight, reason = _judge(site, fields, depth, config)
    # A block of the ALT-less kind (Strelka, all-sites) weighs single bases only.
    indels_weighed = any(alt in BLOCK_ALTS for alt in site.alts)
    return Statement(
        start=site.pos,
        end=site.end if block else _last_base(site),
        weight=weight,
        source=str(kind) if block else CALLED,
        depth=fields.dp if block and fields.dp is not None else depth,
        reason=reason,
        indel=(weight is Weight.CALLABLE) if indels_weighed else None,
    )


def _judge(
    site: SiteRecord, fields: SampleFields, depth: int | None, config: CallabilityConfig
) -> tuple[Weight, str]:
    alleles = _alleles(fields.gt)
    if not alleles or "." in alleles:
        return Weight.NO_CALL, "no call"
    if any(_is_block_allele(site, allele) for allele in alleles):
        return Weight.NOT_CALLABLE, "unresolved alternate allele"
    failed = [name for name in (*site.filters, *fields.ft) if name not in config.accepted_filters]
    if failed:
        return Weight.NOT_CALLABLE, f"filter {failed[0]}"
    if fields.gq is not None and fields.gq < config.min_gq:
        return Weight.NOT_CALLABLE, f"genotype quality below {config.min_gq}"
    if depth is None:
        return Weight.INCOMPLETE, "depth not given"
    if depth < config.min_depth:
        return Weight.NOT_CALLABLE, f"depth below {config.min_depth}"
    return Weight.CALLABLE, ""


def _carried(site: SiteRecord, fields: SampleFields) -> Iterable[CarriedAllele]:
    for text in dict.fromkeys(_alleles(fields.gt)):
        index = int(text) if text.isdigit() else 0
        if not 0 < index <= len(site.alts) or not _BASES.fullmatch(site.alts[index - 1]):
            continue
        pos, ref, alt = trim(site.pos, site.ref.upper(), site.alts[index - 1].upper())
        anchored = len(ref) != len(alt) and ref[0] == alt[0]
        first, last = pos + anchored, pos + len(ref) - 1
        changed = (first, last) if first <= last else None
        yield CarriedAllele(pos, ref, alt, changed, _allele_depth(fields))


def _alleles(gt: str | None) -> list[str]:
    return [] if gt is None else _SEPARATOR.split(gt.lstrip("/|"))


def _is_block_allele(site: SiteRecord, allele: str) -> bool:
    index = int(allele) if allele.isdigit() else 0
    return 0 < index <= len(site.alts) and site.alts[index - 1] in BLOCK_ALTS


def _structural(site: SiteRecord) -> bool:
    if "SVTYPE" in site.info or "CN" in site.info:
        return True
    return any(
        alt not in BLOCK_ALTS and alt != SPANNING_DELETION and not _BASES.fullmatch(alt)
        for alt in site.alts
    )


def _real_alts(site: SiteRecord) -> list[str]:
    return [alt for alt in site.alts if alt not in BLOCK_ALTS]


def _last_base(site: SiteRecord) -> int:
    return site.pos + len(site.ref) - 1


def _lowest_depth(fields: SampleFields) -> int | None:
    return fields.min_dp if fields.min_dp is not None else fields.dp


def _allele_depth(fields: SampleFields) -> int | None:
    counts = [count for count in fields.ad or () if count is not None]
    if fields.ad and len(counts) == len(fields.ad):
        return sum(counts)
    return fields.dp
