"""VCF records as evidence: reference blocks, hom-ref rows, called variants, no-calls.

What a file is follows from its records, never from its header: GATK, DRAGEN (`<NON_REF>`),
DeepVariant, bcftools (`<*>`), old samtools (`<X>`), Strelka (ALT `.` with INFO/END) and
all-sites files (one hom-ref row a base) are all read by the same rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from hies_annot.callability.carried import (
    CarriedAllele,
    allele_depth,
    carried_alleles,
    gt_alleles,
)
from hies_annot.callability.overlapping_blocks import worse_blocks
from hies_annot.callability.required import RequiredBases, merge_spans
from hies_annot.callability.statements import Statement, Weight
from hies_annot.model import AlleleKind, SampleFields, SiteRecord
from hies_annot.model.record import block_end
from hies_annot.reference.normalise import classify_alt, ref_agreement
from hies_annot.reference.sequence import Reference
from hies_annot.settings.callability_rules import CallabilityConfig

Record = tuple[SiteRecord, SampleFields]

CALLED = "called record"
ALL_SITES_RUN = 10
"""Adjacent hom-ref bases that make an all-sites file; forced single sites do not."""

_ONE_COPY = frozenset({"X", "Y", "MT"})
"""Chromosomes of which a person may have one copy; elsewhere a haploid call tells of one of two."""
_NAMELESS = {AlleleKind.REFERENCE_BLOCK, AlleleKind.UNREADABLE}
_SMALL = {AlleleKind.SEQUENCE, AlleleKind.SPANNING_DELETION, AlleleKind.UNREADABLE}


class VcfKind(StrEnum):
    """What the records of a sample are."""

    GVCF = "gVCF"
    ALL_SITES = "all-sites VCF"
    VARIANTS = "variants"


class VcfEvidence(Struct, frozen=True):
    """What the records of one sample in one locus say about its bases."""

    kind: VcfKind
    statements: tuple[Statement, ...]
    carried: tuple[CarriedAllele, ...]
    without_quality: int
    """Callable records without GQ, judged on their depth alone."""


def read_evidence(
    records: Sequence[Record],
    required: RequiredBases,
    kind: VcfKind,
    reference: Reference,
    config: CallabilityConfig,
) -> VcfEvidence:
    """Turn the records of one sample into statements about the required bases of one gene.

    `kind` is that of the whole input: a gVCF may have no record at all in one locus.
    """
    ours = [record for record in records if record[0].chrom == required.chrom]
    found = [
        (record, _statement(*record, config, kind, reference))
        for record in ours
        if required.overlaps(record[0].pos, max(record[0].end, block_end(*record)))
    ]
    return VcfEvidence(
        kind=kind,
        statements=tuple(worse_blocks([(_of_block(*at), each) for at, each in found if each])),
        carried=tuple(
            allele
            for site, fields in ours
            for allele in carried_alleles(site, fields, reference)
            if allele.changed is None or required.overlaps(*allele.changed)
        ),
        without_quality=sum(
            1
            for (_, fields), statement in found
            if fields.gq is None and statement is not None and statement.callable
        ),
    )


def vcf_kind(records: Sequence[Record]) -> VcfKind:
    """Tell a gVCF and an all-sites file from a file of variants only, by the records."""
    rows: list[tuple[int, int]] = []
    for site, fields in records:
        if _structural(site, fields):
            continue
        if has_block_allele(site):
            return VcfKind.GVCF
        if not site.alts:
            end = block_end(site, fields)
            if end > _last_base(site):
                return VcfKind.GVCF
            rows.append((site.pos, end))
    longest = max((end - start + 1 for start, end in merge_spans(rows)), default=0)
    return VcfKind.ALL_SITES if longest >= ALL_SITES_RUN else VcfKind.VARIANTS


def has_block_allele(site: SiteRecord) -> bool:
    """Whether the record weighs "any other allele" (`<NON_REF>`, `<*>`)."""
    return any(_kind(alt) is AlleleKind.REFERENCE_BLOCK for alt in site.alts)


def _statement(
    site: SiteRecord,
    fields: SampleFields,
    config: CallabilityConfig,
    kind: VcfKind,
    reference: Reference,
) -> Statement | None:
    if _structural(site, fields):
        return None
    block = not _real_alts(site)
    depth = _lowest_depth(fields) if block else allele_depth(fields)
    weight, reason = _judge(site, fields, depth, config)
    one_row = not block or block_end(site, fields) == _last_base(site)
    if one_row and _is_of_another_reference(site, reference):
        weight, reason = Weight.NO_CALL, "REF is not the base of the reference"
    # A block of the ALT-less kind (Strelka, all-sites) weighs single bases only.
    indels_weighed = has_block_allele(site)
    return Statement(
        start=site.pos,
        end=block_end(site, fields) if block else _last_base(site),
        weight=weight,
        source=str(kind) if block else CALLED,
        depth=fields.dp if block and fields.dp is not None else depth,
        reason=reason,
        indel=(weight is Weight.CALLABLE) if indels_weighed else None,
    )


def _of_block(site: SiteRecord, fields: SampleFields) -> str | None:
    """Return the file of a reference block, None for other records and rows of an all-sites VCF."""
    several = has_block_allele(site) or block_end(site, fields) > _last_base(site)
    return site.file if several and not _real_alts(site) else None


def _is_of_another_reference(site: SiteRecord, reference: Reference) -> bool:
    """Whether REF is not the base of the reference, so that `0/0` is no reference call."""
    last = _last_base(site)
    locus = reference.overlapping(site.chrom, site.pos, last)
    return locus is not None and ref_agreement(locus, site.pos, site.ref) is False


def _judge(
    site: SiteRecord, fields: SampleFields, depth: int | None, config: CallabilityConfig
) -> tuple[Weight, str]:
    alleles = gt_alleles(fields.gt)
    if not alleles or None in alleles:
        return Weight.NO_CALL, "no call"
    if len(alleles) == 1 and site.chrom not in _ONE_COPY:
        return Weight.NOT_CALLABLE, "one copy called"
    if any(_unresolved(site, index) for index in alleles):
        return Weight.NOT_CALLABLE, "unresolved alternate allele"
    if not any(alleles) and _contradicted(fields, config):
        return Weight.NOT_CALLABLE, "reads contradict the reference call"
    if not any(alleles) and fields.replaced is not None:
        return Weight.NO_CALL, f"another genotype is stated ({fields.replaced})"
    if not any(alleles) and fields.gq == 0 and depth != 0:
        return Weight.NO_CALL, "genotype quality 0"
    failed = [name for name in (*site.filters, *fields.ft) if name not in config.accepted_filters]
    if failed:
        return Weight.NOT_CALLABLE, f"filter {failed[0]}"
    return _judge_figures(fields.gq, depth, config)


def _judge_figures(
    quality: float | None, depth: int | None, config: CallabilityConfig
) -> tuple[Weight, str]:
    if depth is not None and depth < config.min_depth:
        return Weight.NOT_CALLABLE, f"depth below {config.min_depth}" if depth else "no reads"
    if quality is not None and quality < config.min_gq:
        return Weight.NOT_CALLABLE, f"genotype quality below {config.min_gq}"
    if depth is None:
        return Weight.INCOMPLETE, "depth not given"
    return Weight.CALLABLE, ""


def _unresolved(site: SiteRecord, index: int | None) -> bool:
    """Whether the sample is said to carry an allele that nobody can name."""
    if not index:
        return False
    return index > len(site.alts) or _kind(site.alts[index - 1]) in _NAMELESS


def _contradicted(fields: SampleFields, config: CallabilityConfig) -> bool:
    """Whether AD of a reference call shows more other reads than a reference base has."""
    counts = [count or 0 for count in fields.ad or ()]
    return sum(counts[1:]) > config.max_alt_fraction * sum(counts)


def _structural(site: SiteRecord, fields: SampleFields) -> bool:
    if "SVTYPE" in site.info or "CN" in site.info or fields.copy_number is not None:
        return True
    return any(
        kind not in _SMALL and kind is not AlleleKind.REFERENCE_BLOCK
        for kind in map(_kind, site.alts)
    )


def _real_alts(site: SiteRecord) -> list[str]:
    return [alt for alt in site.alts if _kind(alt) is not AlleleKind.REFERENCE_BLOCK]


_kind = lru_cache(maxsize=4096)(classify_alt)


def _last_base(site: SiteRecord) -> int:
    return site.pos + len(site.ref) - 1


def _lowest_depth(fields: SampleFields) -> int | None:
    given = fields.min_dp if fields.min_dp is not None else fields.dp
    return allele_depth(fields) if given is None else given
