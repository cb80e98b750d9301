"""The text of a sample's VCF: every variant of the result, reported or not, as VCF 4.3.

One allele a row. Reference blocks are left out. The header has no date, so that the same
result gives the same bytes. Pure; `write.sample_vcf` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hies_annot.genome import Build, contigs, parse_build
from hies_annot.render.standing import demo_genes
from hies_annot.render.vcf_fields import (
    BASES,
    DECLARATIONS,
    INFO,
    Value,
    alt_text,
    escape,
)
from hies_annot.results.contract import SampleResult, VariantResult

_GT = {
    "het": "0/1",
    "hom_alt": "1/1",
    "het_alt": "./1",
    "over_deletion": "./1",
    "haploid": "1",
    "half_call": "./1",
    "polyploid": "./1",
    "hom_ref": "0/0",
    "no_call": "./.",
}


def header_lines(result: SampleResult) -> Iterator[str]:
    """Yield the header of a sample's VCF."""
    yield "##fileformat=VCFv4.3"
    yield f"##source=hies-annot {_plain(result.software.get('hies-annot', ''))}".rstrip()
    build = parse_build(result.build or "")
    if build:
        yield f"##reference={build}"
    yield f"##hiesStatus={_plain(result.status)}"
    yield "##hiesNote=Research use only - not for diagnosis"
    for gene in sorted(demo_genes(result)):
        yield f"##hiesDemoReference={_plain(gene)}"
    if result.callability.assumed_reference:
        yield "##hiesWarning=Absent records were taken as reference"
    yield from _contig_lines(build, result.variants)
    yield '##FILTER=<ID=PASS,Description="All filters passed">'
    for name in sorted({_filter(name) for v in result.variants for name in v.filters} - {"PASS"}):
        yield f'##FILTER=<ID={name},Description="As in the input">'
    symbols = {alt[1:-1] for v in result.variants if (alt := alt_text(v)).startswith("<")}
    for symbol in sorted(symbols):
        yield f'##ALT=<ID={symbol},Description="As in the input">'
    yield from DECLARATIONS
    columns = ("CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT")
    yield "#" + "\t".join((*columns, _plain(result.sample) or "sample"))


def record_rows(result: SampleResult) -> Iterator[str]:
    """Yield the rows, sorted by contig and position; rows of one position keep their order."""
    demo = demo_genes(result)
    findings: dict[str, list[str]] = {}
    for condition in result.conditions:
        for identifier in condition.variants:
            findings.setdefault(identifier, []).append(f"{condition.id}:{condition.status}")
    variants = [variant for variant in result.variants if variant.kind != "reference_block"]
    for variant in sorted(variants, key=lambda v: (_chrom_rank(v.chrom), v.pos)):
        yield _record(variant, variant.gene in demo, findings.get(variant.id, []))


def genotype(variant: VariantResult) -> str:
    """Return the genotype in terms of the row: 0 reference, 1 this allele, `.` anything else.

    The other allele of `1/2` or `1/*` is `.` here: it is neither the reference nor this allele.
    """
    if variant.zygosity == "polyploid" and re.fullmatch(r"[01]([/|][01])+", variant.genotype or ""):
        return variant.genotype or "."
    text = _GT.get(variant.zygosity, ".")
    if variant.haplotype in (0, 1) and variant.zygosity in ("het", "het_alt", "over_deletion"):
        first, _, second = text.partition("/")
        return f"{first}|{second}" if variant.haplotype == 1 else f"{second}|{first}"
    return text


def _record(variant: VariantResult, demo: bool, findings: list[str]) -> str:
    info = [_info(field.name, field.read(variant)) for field in INFO]
    info += [_info("HIES_FINDING", findings), _info("HIES_DEMO", demo)]
    values = _sample_values(variant)
    return "\t".join(
        (
            variant.chrom,
            str(variant.pos),
            ".",
            _ref_text(variant),
            alt_text(variant),
            "." if variant.quality is None else f"{variant.quality:g}",
            ";".join(_filter(name) for name in variant.filters) or ".",
            ";".join(filter(None, info)) or ".",
            ":".join(values),
            ":".join(values.values()),
        )
    )


def _ref_text(variant: VariantResult) -> str:
    return variant.ref if BASES.fullmatch(variant.ref) else "N"


def _sample_values(variant: VariantResult) -> dict[str, str]:
    values = {
        "GT": genotype(variant),
        "AD": None if variant.alt_depth is None else f".,{variant.alt_depth}",
        "DP": None if variant.depth is None else str(variant.depth),
        "GQ": None if variant.genotype_quality is None else str(int(variant.genotype_quality)),
        "VAF": None if variant.allele_fraction is None else f"{variant.allele_fraction:.4g}",
        "HIES_GT": escape(variant.genotype).replace(":", "%3A") if variant.genotype else None,
        "HIES_PS": escape(variant.phase_set).replace(":", "%3A") if variant.phase_set else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _info(name: str, value: Value) -> str:
    if value is True:
        return name
    if value is None or value is False or value in ("", []):
        return ""
    if isinstance(value, list):
        return f"{name}={','.join(escape(item) for item in value)}"
    return f"{name}={escape(str(value))}"


def _filter(name: str) -> str:
    return escape(name).replace("<", "%3C").replace(">", "%3E") if name != "0" else "%30"


def _plain(text: str) -> str:
    return " ".join(text.split()) if text.strip() != text or not text.isprintable() else text


def _contig_lines(build: Build | None, variants: Iterable[VariantResult]) -> Iterator[str]:
    known = contigs(build) if build else {}
    for contig in known.values():
        yield f"##contig=<ID={contig.chrom},length={contig.length},assembly={build}>"
    others = {variant.chrom for variant in variants} - set(known)
    for chrom in sorted(others, key=_chrom_rank):
        yield f"##contig=<ID={chrom}>"


def _chrom_rank(chrom: str) -> tuple[int, str]:
    return (int(chrom), "") if chrom.isdigit() else (99, chrom)
